//! What is glued to words: Arabic conjunctions, prepositions and article; French elisions; endings for light stems.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use diwan_model::LanguageTag;
use serde::Deserialize;

use crate::normal::strong;

/// A word without what is glued before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peeled {
    /// What was peeled off, in order; the fused لل gives ل and ال.
    pub prefixes: Vec<String>,
    /// What remains, in strong form.
    pub rest: String,
}

/// Peels the clitics off a word (any spelling; the answer is in strong form).
///
/// Arabic: a conjunction (و ف), a preposition (ب ك ل) before the article, the article, the fused لل. A letter that
/// belongs to the word stays (وزير, بيان), by a list of such words; where letters allow both and no list knows, only
/// و is peeled without an article. Other languages have nothing to peel.
///
/// ```
/// use diwan_model::LanguageTag;
/// use diwan_text::words::clitics;
/// let peeled = clitics("وللتحالف", &LanguageTag::new("ar"));
/// assert_eq!((peeled.prefixes.join("+"), peeled.rest.as_str()), ("و+ل+ال".into(), "تحالف"));
/// assert!(clitics("وزير", &LanguageTag::new("ar")).prefixes.is_empty());
/// ```
pub fn clitics(word: &str, lang: &LanguageTag) -> Peeled {
    let word = strong(word);
    match knowledge(lang.primary()) {
        Some(k) if !k.article.is_empty() => k.peel(&word),
        _ => Peeled { prefixes: Vec::new(), rest: word },
    }
}

/// `data/<lang>/words.toml`, in strong form.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Knowledge {
    conjunctions: Vec<String>,
    prepositions: Vec<String>,
    article: String,
    fused: String,
    own: BTreeSet<String>,
    suffixes: Vec<(String, usize)>,
    prefixes: Vec<(String, usize)>,
    pub(super) elisions: BTreeSet<String>,
}

const SOURCES: &[(&str, &str)] = &[
    ("ar", include_str!("../../data/ar/words.toml")),
    ("fa", include_str!("../../data/fa/words.toml")),
    ("fr", include_str!("../../data/fr/words.toml")),
];

static KNOWLEDGE: LazyLock<BTreeMap<&'static str, Knowledge>> = LazyLock::new(|| {
    let read = |source| toml::from_str::<Knowledge>(source).unwrap_or_default().folded();
    SOURCES.iter().map(|(lang, source)| (*lang, read(source))).collect()
});

/// What is known of a language's glued parts.
pub(crate) fn knowledge(primary: &str) -> Option<&'static Knowledge> {
    KNOWLEDGE.get(primary)
}

impl Knowledge {
    fn folded(mut self) -> Self {
        let fold = |list: &mut Vec<String>| list.iter_mut().for_each(|w| *w = strong(w));
        fold(&mut self.conjunctions);
        fold(&mut self.prepositions);
        self.article = strong(&self.article);
        self.fused = strong(&self.fused);
        self.own = self.own.iter().map(|w| strong(w)).collect();
        for (affix, _) in self.suffixes.iter_mut().chain(&mut self.prefixes) {
            *affix = strong(affix);
        }
        self
    }

    /// Whether `word` is one of the words that begin with a clitic's letter, or one with an ending.
    fn is_own(&self, word: &str) -> bool {
        let bare_is_own = |suffix: &str| {
            word.strip_suffix(suffix).is_some_and(|bare| {
                bare.chars().count() >= 3
                    && (self.own.contains(bare) || self.own.contains(&format!("{bare}ه")))
            })
        };
        self.own.contains(word) || self.suffixes.iter().any(|(suffix, _)| bare_is_own(suffix))
    }

    fn peel(&self, word: &str) -> Peeled {
        let mut prefixes = Vec::new();
        let mut rest = word;
        if !self.is_own(rest) {
            for conjunction in &self.conjunctions {
                let Some(behind) = rest.strip_prefix(conjunction.as_str()) else { continue };
                let sure = self.with_article(behind).is_some() || self.is_own(behind);
                let loose = self.conjunctions.first() == Some(conjunction) && behind.chars().count() >= 3;
                if sure || loose {
                    prefixes.push(conjunction.clone());
                    rest = behind;
                    break;
                }
            }
        }
        if let Some((preposition, behind)) = self.with_article(rest)
            && !self.own.contains(rest)
        {
            prefixes.extend(preposition);
            prefixes.push(self.article.clone());
            rest = behind;
        }
        Peeled { prefixes, rest: rest.to_owned() }
    }

    /// A preposition and the article, the fused form, or the article alone, with a word behind.
    fn with_article<'a>(&self, word: &'a str) -> Option<(Option<String>, &'a str)> {
        let enough = |rest: &&str| rest.chars().count() >= 2;
        if let Some(behind) = word.strip_prefix(self.fused.as_str()).filter(enough) {
            return Some((self.prepositions.last().cloned(), behind));
        }
        if let Some(behind) = word.strip_prefix(self.article.as_str()).filter(enough) {
            return Some((None, behind));
        }
        self.prepositions.iter().find_map(|preposition| {
            let behind = word.strip_prefix(preposition.as_str())?.strip_prefix(self.article.as_str())?;
            enough(&behind).then(|| (Some(preposition.clone()), behind))
        })
    }

    /// The word without the first ending that leaves enough of it.
    pub(crate) fn without_suffix<'a>(&self, word: &'a str) -> &'a str {
        self.without(word, &self.suffixes, |word, suffix| word.strip_suffix(suffix))
    }

    /// The word without what stands before it.
    pub(crate) fn without_prefix<'a>(&self, word: &'a str) -> &'a str {
        self.without(word, &self.prefixes, |word, prefix| word.strip_prefix(prefix))
    }

    fn without<'a>(
        &self,
        word: &'a str,
        affixes: &[(String, usize)],
        strip: fn(&'a str, &str) -> Option<&'a str>,
    ) -> &'a str {
        // Where there is an article, `own` speaks of beginnings alone.
        if self.article.is_empty() && self.own.contains(word) {
            return word;
        }
        let enough = |rest: &&str, least: usize| rest.chars().count() >= least;
        affixes
            .iter()
            .find_map(|(affix, least)| strip(word, affix).filter(|r| enough(r, *least)))
            .unwrap_or(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_is_read() {
        for (lang, source) in SOURCES {
            let read = toml::from_str::<Knowledge>(source);
            assert!(read.is_ok(), "{lang}: {read:?}");
        }
    }
}
