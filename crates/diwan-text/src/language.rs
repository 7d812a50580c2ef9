//! Which language a text is in.
//!
//! The script is looked at first. Within it every language that is written in it is asked what the words would cost
//! there: how common each word is and, where it is not in the list, how it is spelt ([`model`]). Which of the
//! look-alike letters was typed (ي or ی) is weighed once for the whole text, since it tells of the keyboard as much as
//! of the language. A language that is not known, and a text too short to tell, are `und`; lines of numbers, codes and addresses
//! are `zxx`.
//!
//! The method, its sources and its figures: `docs/text/language.md`.

mod fold;
mod forms;
mod model;
mod reader;
mod segments;
pub mod train;

use diwan_model::{Confidence, Direction, LanguageTag};

use crate::script::Script;

pub use segments::segments;

/// What was found out about a text's language.
#[derive(Debug, Clone, PartialEq)]
pub struct Guess {
    /// The language; `und` where it cannot be told, `zxx` where there are no letters.
    pub lang: LanguageTag,
    /// How sure.
    pub confidence: Confidence,
    /// The script of most of its letters.
    pub script: Option<Script>,
    /// The direction of that script.
    pub dir: Direction,
}

impl Guess {
    fn new(lang: LanguageTag, confidence: f32, script: Option<Script>) -> Self {
        Self {
            lang,
            confidence: Confidence::new(confidence),
            script,
            dir: script.map(Script::direction).unwrap_or_default(),
        }
    }
}

/// The language of `text`, among `candidates` (all known ones if empty).
///
/// `und` where no candidate fits or too little is there to tell; `zxx` where there are no words (numbers, codes,
/// addresses). Kurmanji Kurdish is `ku`, Sorani `ckb`.
///
/// ```
/// use diwan_text::language::identify;
/// assert_eq!(identify("صدر البيان عن الوزارة", &[]).lang.as_str(), "ar");
/// assert_eq!(identify("این بیانیه امروز منتشر شد", &[]).lang.as_str(), "fa");
/// assert_eq!(identify("A/76/L.12 (2021)", &[]).lang.as_str(), "zxx");
/// ```
pub fn identify(text: &str, candidates: &[LanguageTag]) -> Guess {
    reader::read(text, candidates)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lang(text: &str) -> String {
        identify(text, &[]).lang.to_string()
    }

    #[test]
    fn the_model_is_there() {
        let model = &*reader::MODEL;
        for (script, tags) in [
            ("Arab", vec!["ar", "fa", "ckb", "ps", "ur"]),
            ("Latn", vec!["en", "fr", "de", "es", "tr", "ku"]),
            ("Cyrl", vec!["ru"]),
            ("Hebr", vec!["he"]),
        ] {
            for tag in tags {
                let group = model.group(script).unwrap();
                assert!(group.languages.iter().any(|l| l.tag == tag && l.prior == 0), "{tag}");
            }
        }
    }

    #[test]
    fn the_keyboard_does_not_make_the_language() {
        assert_eq!(lang("اين بيانيه در پايان نشست وزيران امور خارجه منتشر شد"), "fa");
        assert_eq!(lang("اصدرت الوزارة بیانا بشان الاجتماع الذی عقد امس فی العاصمة"), "ar");
    }

    #[test]
    fn candidates_narrow() {
        let only = |tags: &[&str]| tags.iter().map(|t| LanguageTag::new(t)).collect::<Vec<_>>();
        assert_eq!(identify("این بیانیه امروز منتشر شد", &only(&["ar", "en"])).lang.as_str(), "und");
        assert_eq!(identify("المادة", &only(&["ar", "en"])).lang.as_str(), "ar");
        assert_eq!(identify("The statement was issued", &only(&["ar", "fa"])).lang.as_str(), "und");
    }

    #[test]
    fn capitals_and_missing_accents_do_no_harm() {
        assert_eq!(lang("COMMUNIQUE CONJOINT DES MINISTRES DES AFFAIRES ETRANGERES"), "fr");
        assert_eq!(lang("DIŞİŞLERİ BAKANLIĞI SÖZCÜSÜNÜN AÇIKLAMASI"), "tr");
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC*") {
            let guess = identify(&text, &[]);
            prop_assert_eq!(&guess, &identify(&text, &[]));
            prop_assert!((0.0..=1.0).contains(&guess.confidence.value()));
        }

        #[test]
        fn segments_cover_the_text(text in "([a-zçî ]{0,12}|[ا-ي ]{0,12}|[Ѐ-я]{0,5}|[一-丐]{0,3}|[.(«\\n0-9/@]|\\PC){0,12}") {
            let found = segments(&text, &[]);
            let mut end = 0;
            for (span, _) in &found {
                prop_assert_eq!(span.start(), end);
                prop_assert!(!span.is_empty());
                end = span.end();
            }
            prop_assert_eq!(end, text.len());
            for pair in found.windows(2) {
                prop_assert!(pair[0].1.lang != pair[1].1.lang);
            }
        }
    }
}
