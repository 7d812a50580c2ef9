//! "Recalling their statement of 4 June 2020": what a statement says of the one before it.
//!
//! A sentence recalls when it has a word of recalling, a word for a statement or meeting, and a date between or behind
//! them. The words are in `data/<lang>/recall.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use diwan_model::LanguageTag;
use diwan_text::dates::{DateOptions, find_dates};
use diwan_text::normal::strong_in;
use serde::Deserialize;

/// A reference to an earlier statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recall {
    /// Number of the sentence, from 1.
    pub sentence: u32,
    /// The day, `YYYY-MM-DD`.
    pub iso: String,
    /// The date as printed.
    pub printed: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    /// Words of recalling, in any form that they are written.
    recalling: Vec<String>,
    /// Words for what is recalled.
    what: Vec<String>,
}

const SOURCES: &[(&str, &str)] = &[
    ("ar", include_str!("../../data/ar/recall.toml")),
    ("en", include_str!("../../data/en/recall.toml")),
    ("fa", include_str!("../../data/fa/recall.toml")),
    ("fr", include_str!("../../data/fr/recall.toml")),
];

static WORDS: LazyLock<BTreeMap<&'static str, Words>> = LazyLock::new(|| {
    SOURCES
        .iter()
        .map(|(lang, source)| {
            let tag = LanguageTag::new(lang);
            let mut words: Words = toml::from_str(source).unwrap_or_default();
            for word in words.recalling.iter_mut().chain(&mut words.what) {
                *word = strong_in(word, &tag);
            }
            (*lang, words)
        })
        .collect()
});

/// What the sentences of a version recall, in order.
///
/// ```
/// use diwan_wording::series::recalls;
/// let text = ["Recalling their communiqué of April 15, 2021, they committed to strengthening cooperation."];
/// let found = recalls(text, &"en".into());
/// assert_eq!((found[0].sentence, found[0].iso.as_str()), (1, "2021-04-15"));
/// assert!(recalls(["They met on April 15, 2021."], &"en".into()).is_empty());
/// ```
pub fn recalls<'a>(sentences: impl IntoIterator<Item = &'a str>, lang: &LanguageTag) -> Vec<Recall> {
    let Some(words) = WORDS.get(lang.primary()) else { return Vec::new() };
    let options = DateOptions { lang: lang.clone(), issued: None };
    let mut out = Vec::new();
    for (n, sentence) in (1_u32..).zip(sentences) {
        let strong = format!(" {} ", strong_in(sentence, lang));
        let has = |list: &[String]| list.iter().any(|word| strong.contains(word.as_str()));
        if !has(&words.recalling) || !has(&words.what) {
            continue;
        }
        for mention in find_dates(sentence, &options) {
            let Some(date) = mention.value.single() else { continue };
            let iso = date.to_string();
            if iso.len() == 10 {
                out.push(Recall { sentence: n, iso, printed: mention.span.of(sentence).to_owned() });
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_is_read() {
        for (lang, source) in SOURCES {
            let words: Words = toml::from_str(source).unwrap();
            assert!(words.recalling.len() > 3 && words.what.len() > 3, "{lang}");
        }
    }

    #[test]
    fn each_language_recalls() {
        for (lang, text) in [
            ("ar", "وإذ استذكر الوزراء بيانهم الصادر في 4 حزيران/يونيو 2020، التزموا بتعزيز التعاون."),
            ("fa", "وزیران با یادآوری بیانیه مورخ ۴ ژوئن ۲۰۲۰ خود، متعهد شدند."),
            ("fr", "Rappelant leur communiqué du 4 juin 2020, les ministres se sont engagés."),
        ] {
            let found = recalls([text], &lang.into());
            assert_eq!(found.first().map(|r| r.iso.as_str()), Some("2020-06-04"), "{lang}");
        }
    }
}
