//! Stems and stop words.
//!
//! Arabic and Persian have light stemmers of our own, driven by `data/<lang>/words.toml`: they peel what is glued to
//! a word (clitics, plural, possessive) and leave the word. The other languages use the Snowball algorithms. All work
//! on the strong form, so that spelling variants share a stem.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use diwan_model::LanguageTag;
use frostem::{Algorithm, Stemmer};
use serde::Deserialize;

use crate::normal::{strong, strong_in};
use crate::words::{clitics, knowledge};

/// The version of the stemmers, to be stored beside anything made with them. It changes with our own rules and with
/// the version of the Snowball algorithms.
pub const STEM_VERSION: &str = "1+frostem-2.20261016.1";

/// The stem of a word in strong form ([`strong_in`] with the same language).
///
/// ```
/// use diwan_model::LanguageTag;
/// use diwan_text::{normal::strong, stem::stem};
/// let ar = LanguageTag::new("ar");
/// assert_eq!(stem(&strong("وللوزارات"), &ar), stem(&strong("الوزارة"), &ar));
/// let fa = LanguageTag::new("fa");
/// assert_eq!(stem(&strong("تلاش‌هایشان"), &fa), stem(&strong("تلاش"), &fa));
/// assert_eq!(stem("resolutions", &LanguageTag::new("en")), "resolut");
/// ```
pub fn stem(word: &str, lang: &LanguageTag) -> String {
    // Words without content keep their form; letters with stops between them are no word with an ending.
    if is_stop_word(word, lang) || word.contains('.') {
        return word.to_owned();
    }
    match lang.primary() {
        "ar" => stem_arabic(word, lang),
        "fa" => stem_persian(word),
        primary => match algorithm(primary) {
            Some(algorithm) => Stemmer::new(algorithm).stem(word).into_owned(),
            None => word.to_owned(),
        },
    }
}

/// Whether a word in strong form carries no content of its own.
///
/// ```
/// use diwan_model::LanguageTag;
/// assert!(diwan_text::stem::is_stop_word("the", &LanguageTag::new("en")));
/// ```
pub fn is_stop_word(word: &str, lang: &LanguageTag) -> bool {
    STOP_WORDS.get(lang.primary()).is_some_and(|words| words.contains(word))
}

/// The Snowball algorithm of a language.
fn algorithm(primary: &str) -> Option<Algorithm> {
    Some(match primary {
        "en" => Algorithm::English,
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "es" => Algorithm::Spanish,
        "ru" => Algorithm::Russian,
        "tr" => Algorithm::Turkish,
        "it" => Algorithm::Italian,
        "pt" => Algorithm::Portuguese,
        "nl" => Algorithm::Dutch,
        "sv" => Algorithm::Swedish,
        "da" => Algorithm::Danish,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "fi" => Algorithm::Finnish,
        "hu" => Algorithm::Hungarian,
        "ro" => Algorithm::Romanian,
        _ => return None,
    })
}

fn stem_arabic(word: &str, lang: &LanguageTag) -> String {
    let peeled = clitics(word, lang);
    let rest = peeled.rest;
    knowledge("ar").map_or(rest.clone(), |k| k.without_suffix(&rest).to_owned())
}

fn stem_persian(word: &str) -> String {
    let Some(k) = knowledge("fa") else { return word.to_owned() };
    let stem = k.without_suffix(k.without_prefix(word));
    // کشورهای, کشورهایی and the bare plural fall together in one step; a possessive may lie above it.
    k.without_suffix(stem).to_owned()
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct StopWords {
    words: Vec<String>,
}

const SOURCES: &[(&str, &str)] = &[
    ("ar", include_str!("../data/ar/stop-words.toml")),
    ("de", include_str!("../data/de/stop-words.toml")),
    ("en", include_str!("../data/en/stop-words.toml")),
    ("es", include_str!("../data/es/stop-words.toml")),
    ("fa", include_str!("../data/fa/stop-words.toml")),
    ("fr", include_str!("../data/fr/stop-words.toml")),
    ("ru", include_str!("../data/ru/stop-words.toml")),
    ("tr", include_str!("../data/tr/stop-words.toml")),
];

static STOP_WORDS: LazyLock<BTreeMap<&'static str, BTreeSet<String>>> = LazyLock::new(|| {
    SOURCES
        .iter()
        .map(|(lang, source)| {
            let tag = LanguageTag::new(lang);
            let read: StopWords = toml::from_str(source).unwrap_or_default();
            // Both forms: readers that do not know the language fold without it.
            let words = read.words.iter().flat_map(|w| [strong(w), strong_in(w, &tag)]).collect();
            (*lang, words)
        })
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(lang: &str, words: &[&str]) -> Vec<String> {
        let lang = LanguageTag::new(lang);
        words.iter().map(|w| stem(&strong_in(w, &lang), &lang)).collect()
    }

    fn same(lang: &str, words: &[&str]) {
        let stems = stems(lang, words);
        assert!(stems.iter().all(|s| Some(s) == stems.first()), "{words:?} → {stems:?}");
    }

    #[test]
    fn the_data_is_read() {
        for (lang, source) in SOURCES {
            let read = toml::from_str::<StopWords>(source);
            assert!(read.is_ok_and(|r| r.words.len() > 50), "{lang}");
        }
    }

    #[test]
    fn the_version_names_the_stemmer() {
        let manifest = include_str!("../../../Cargo.toml");
        let version = STEM_VERSION.rsplit_once('-').unwrap().1;
        assert!(
            manifest.contains(&format!("frostem = \"={version}\"")),
            "STEM_VERSION must name the pinned frostem"
        );
    }

    #[test]
    fn words_of_one_family_share_a_stem() {
        same("ar", &["الوزارة", "وزارة", "والوزارة", "للوزارة", "بالوزارة", "وزارات", "وزارتها"]);
        same("ar", &["التحالف", "والتحالف", "للتحالف", "تحالف"]);
        same("ar", &["الهجمات", "هجمات", "وهجماتهم"]);
        same("ar", &["ولاية", "الولاية", "والولايات"]);
        same("fa", &["تلاش", "تلاش\u{200c}ها", "تلاشهای", "تلاش\u{200c}هایشان"]);
        same("fa", &["کشور", "کشورها", "کشورهای", "کشورهایی", "کشورشان"]);
        same("en", &["committed", "commits", "commit"]);
    }

    #[test]
    fn words_that_only_look_glued_stay_apart() {
        assert_ne!(stems("fa", &["سازمان"]), stems("fa", &["ساز"]));
        assert_eq!(stems("ar", &["وزير"]), ["وزیر"]);
        assert_eq!(stems("fa", &["میدان"]), ["میدان"]);
    }
}
