//! Cues: what names of elements and turns of phrase tell about the part of a page they stand in.
//!
//! The words are data: `data/parts.toml` for names of elements, `data/<lang>/furniture.toml` for phrases.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use serde::Deserialize;

use super::measure::is_dense;

/// Number of kinds of part that names of elements tell.
pub(super) const PART_COUNT: usize = 20;
/// Number of kinds of phrase.
pub(super) const PHRASE_COUNT: usize = 10;

/// A set of kinds, a bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Parts(u32);

impl Parts {
    /// Whether the kind of that number is in it.
    pub(super) fn has(self, k: usize) -> bool {
        self.0 >> k & 1 == 1
    }
}

impl std::ops::BitOrAssign for Parts {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// The cues of all languages.
pub(super) static CUES: LazyLock<Cues> = LazyLock::new(Cues::load);

pub(super) struct Cues {
    parts: Finder,
    phrases: Finder,
    /// Names of the kinds of part.
    pub(super) part_names: Vec<String>,
    /// Names of the kinds of phrase.
    pub(super) phrase_names: Vec<String>,
}

/// Finds words and tells their kinds.
struct Finder {
    words: Option<AhoCorasick>,
    /// For each pattern its kind, and whether it must stand between boundaries.
    kinds: Vec<(usize, bool)>,
}

impl Finder {
    fn new(entries: &[(String, usize, bool)]) -> Self {
        let words = AhoCorasickBuilder::new()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::DFA))
            .build(entries.iter().map(|(word, ..)| word))
            .ok();
        Self { words, kinds: entries.iter().map(|(_, kind, bounded)| (*kind, *bounded)).collect() }
    }

    fn find(&self, text: &str) -> Parts {
        let mut out = Parts::default();
        let Some(words) = &self.words else { return out };
        for found in words.find_overlapping_iter(text) {
            let Some((kind, bounded)) = self.kinds.get(found.pattern().as_usize()) else { continue };
            if out.has(*kind) || *bounded && !stands_alone(text, found.start(), found.end()) {
                continue;
            }
            out.0 |= 1 << kind;
        }
        out
    }
}

/// In small letters, whatever the language: for comparing, never shown.
pub(crate) fn small(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }).collect()
}

/// Whether no letter goes on before and after: `ad` in `ad-box` and `leftAd`, not in `header`.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|t| t.chars().next_back());
    let first = text.get(start..).and_then(|t| t.chars().next());
    let after = text.get(end..).and_then(|t| t.chars().next());
    let last = text.get(..end).and_then(|t| t.chars().next_back());
    // Scripts without spaces have no boundaries to look for.
    if first.is_some_and(is_dense) {
        return true;
    }
    let opens = before
        .is_none_or(|b| !b.is_alphanumeric() || (b.is_lowercase() && first.is_some_and(char::is_uppercase)));
    let closes = after
        .is_none_or(|a| !a.is_alphabetic() || (a.is_uppercase() && last.is_some_and(char::is_lowercase)));
    opens && closes
}

#[derive(Deserialize)]
struct PartsFile {
    part: Vec<Part>,
}

#[derive(Deserialize)]
struct Part {
    name: String,
    words: Vec<String>,
    names: Vec<String>,
}

#[derive(Deserialize)]
struct PhrasesFile {
    phrases: std::collections::BTreeMap<String, Vec<String>>,
}

/// The kinds of phrase, in the order in which the model counts them.
const PHRASES: [&str; PHRASE_COUNT] =
    ["comments", "related", "share", "letter", "rights", "consent", "advert", "byline", "caption", "more"];

/// A folder of data for each language.
macro_rules! furniture {
    ($($lang:literal),*) => {
        [$(($lang, include_str!(concat!("../../data/", $lang, "/furniture.toml")))),*]
    };
}

/// The phrases of each language.
pub(super) const FURNITURE: [(&str, &str); 15] =
    furniture!["ar", "de", "en", "es", "fa", "fr", "it", "ja", "nl", "pl", "pt", "ru", "sv", "tr", "zh"];

impl Cues {
    fn load() -> Self {
        let parts: Vec<Part> = toml::from_str::<PartsFile>(include_str!("../../data/parts.toml"))
            .map(|f| f.part)
            .unwrap_or_default();
        let mut names = Vec::new();
        for (kind, part) in parts.iter().enumerate().take(PART_COUNT) {
            names.extend(part.words.iter().map(|w| (w.clone(), kind, false)));
            names.extend(part.names.iter().map(|w| (w.clone(), kind, true)));
        }
        let mut phrases = Vec::new();
        for (_, text) in FURNITURE {
            let Ok(file) = toml::from_str::<PhrasesFile>(text) else { continue };
            for (name, list) in file.phrases {
                if let Some(kind) = PHRASES.iter().position(|p| *p == name) {
                    phrases.extend(list.iter().map(|phrase| (small(phrase), kind, true)));
                }
            }
        }
        Self {
            parts: Finder::new(&names),
            phrases: Finder::new(&phrases),
            part_names: parts.into_iter().map(|p| p.name).take(PART_COUNT).collect(),
            phrase_names: PHRASES.iter().map(|p| (*p).to_owned()).collect(),
        }
    }

    /// What a class, an id or a role tells.
    pub(super) fn of_name(&self, name: &str) -> Parts {
        self.parts.find(name)
    }

    /// What the words of a short text tell.
    pub(super) fn of_text(&self, text: &str) -> Parts {
        self.phrases.find(&small(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: &str) -> usize {
        CUES.part_names.iter().position(|p| p == name).expect("a kind of part")
    }

    #[test]
    fn the_data_files_are_whole() {
        assert_eq!(CUES.part_names.len(), PART_COUNT);
        for (lang, text) in FURNITURE {
            let file: PhrasesFile = toml::from_str(text).unwrap_or_else(|e| panic!("{lang}: {e}"));
            for (name, list) in &file.phrases {
                assert!(PHRASES.contains(&name.as_str()), "{lang}: no kind {name}");
                assert!(list.iter().all(|p| p.trim() == p && !p.is_empty()), "{lang}: {name}");
            }
        }
    }

    #[test]
    fn whole_names_and_parts_of_names() {
        assert!(CUES.of_name("left-ad").has(part("advert")));
        assert!(CUES.of_name("topAd").has(part("advert")));
        assert!(!CUES.of_name("shadow").has(part("advert")));
        assert!(CUES.of_name("PostComments").has(part("comments")));
        assert_eq!(CUES.of_name("zzz"), Parts::default());
    }
}
