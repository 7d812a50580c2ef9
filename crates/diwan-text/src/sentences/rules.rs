//! What is known of stops and abbreviations, from `data/<lang>/sentences.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use diwan_model::LanguageTag;
use serde::Deserialize;

/// `data/<lang>/sentences.toml`; what each list means is said in the file for `und`.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Rules {
    pub(super) never: BTreeSet<String>,
    pub(super) number: BTreeSet<String>,
    pub(super) may: BTreeSet<String>,
    pub(super) years: BTreeSet<String>,
    pub(super) labels: BTreeSet<String>,
    pub(super) initials: BTreeSet<String>,
    pub(super) weak_initials: BTreeSet<String>,
    pub(super) starters: BTreeSet<String>,
    pub(super) months: BTreeSet<String>,
    pub(super) ordinal_stop: bool,
    /// Whether quotation marks point inwards (»so«).
    #[serde(skip)]
    pub(super) inward_quotes: bool,
}

const SOURCES: &[(&str, &str)] = &[
    ("und", include_str!("../../data/und/sentences.toml")),
    ("ar", include_str!("../../data/ar/sentences.toml")),
    ("de", include_str!("../../data/de/sentences.toml")),
    ("en", include_str!("../../data/en/sentences.toml")),
    ("es", include_str!("../../data/es/sentences.toml")),
    ("fa", include_str!("../../data/fa/sentences.toml")),
    ("fr", include_str!("../../data/fr/sentences.toml")),
    ("ru", include_str!("../../data/ru/sentences.toml")),
    ("tr", include_str!("../../data/tr/sentences.toml")),
    ("ur", include_str!("../../data/ur/sentences.toml")),
];

static RULES: LazyLock<BTreeMap<&'static str, Rules>> = LazyLock::new(|| {
    let common = SOURCES.first().map_or_else(Rules::default, |(_, source)| read(source));
    SOURCES.iter().map(|(lang, source)| (*lang, common.with(read(source), lang))).collect()
});

fn read(source: &str) -> Rules {
    toml::from_str(source).unwrap_or_default()
}

impl Rules {
    fn with(&self, own: Self, lang: &str) -> Self {
        let join = |a: &BTreeSet<String>, b: BTreeSet<String>| a.iter().cloned().chain(b).collect();
        // English words begin sentences in a text whose language is not known.
        Self {
            never: join(&self.never, own.never),
            number: join(&self.number, own.number),
            may: join(&self.may, own.may),
            years: own.years,
            labels: own.labels,
            initials: own.initials,
            weak_initials: own.weak_initials,
            starters: own.starters,
            months: own.months,
            ordinal_stop: own.ordinal_stop,
            inward_quotes: matches!(lang, "de" | "da" | "sv" | "sl"),
        }
    }

    /// The rules of a language; English for what has none of its own (its starters do no harm elsewhere).
    pub(super) fn of(lang: &LanguageTag) -> &'static Self {
        static NONE: LazyLock<Rules> = LazyLock::new(Rules::default);
        let primary = lang.primary();
        RULES.get(if primary == "und" { "en" } else { primary }).or_else(|| RULES.get("und")).unwrap_or(&NONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_is_read() {
        for (lang, source) in SOURCES {
            let read = toml::from_str::<Rules>(source);
            assert!(read.is_ok(), "{lang}: {read:?}");
            let rules = read.unwrap();
            for word in rules.never.iter().chain(&rules.number).chain(&rules.may).chain(&rules.starters) {
                assert_eq!(word.chars().flat_map(char::to_lowercase).collect::<String>(), *word, "{lang}");
                assert!(!word.ends_with('.'), "{lang}: {word}");
            }
        }
    }
}
