//! The Persian words and parts of words that restoring stands on, from `data/fa/zwnj.toml`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

/// `data/fa/zwnj.toml` as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    whole: String,
    fixed: String,
    before_al: String,
    after_bi: String,
    seconds: String,
    weak_seconds: String,
    numerals: String,
    counted: String,
    directions: String,
    sides: String,
    present: String,
    past: String,
    preverbs: String,
    silent_h: String,
    nouns: String,
    joined: String,
    prefer_h: String,
}

/// Words and parts, without their ZWNJ; each list is explained in the data file.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    pub(super) whole: HashSet<String>,
    /// With the bytes at which a ZWNJ stands.
    pub(super) fixed: HashMap<String, Vec<usize>>,
    pub(super) before_al: Vec<String>,
    pub(super) after_bi: HashSet<String>,
    pub(super) seconds: HashSet<String>,
    pub(super) weak_seconds: HashSet<String>,
    pub(super) numerals: Vec<String>,
    pub(super) counted: HashSet<String>,
    pub(super) directions: Vec<String>,
    pub(super) sides: HashSet<String>,
    pub(super) present: HashSet<String>,
    pub(super) past: HashSet<String>,
    pub(super) preverbs: Vec<String>,
    pub(super) silent_h: HashSet<String>,
    pub(super) nouns: HashSet<String>,
    pub(super) joined: Vec<String>,
    pub(super) prefer_h: HashSet<String>,
}

static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| toml::from_str(SOURCE).map_or_else(|_| Lexicon::default(), |s| Lexicon::from(&s)));

const SOURCE: &str = include_str!("../../data/fa/zwnj.toml");

pub(super) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl From<&Source> for Lexicon {
    fn from(source: &Source) -> Self {
        let list = |words: &str| words.split_whitespace().map(bare).collect::<Vec<_>>();
        let set = |words: &str| words.split_whitespace().map(bare).collect::<HashSet<_>>();
        Self {
            whole: set(&source.whole),
            fixed: source.fixed.split_whitespace().map(|w| (bare(w), joints(w))).collect(),
            before_al: list(&source.before_al),
            after_bi: set(&source.after_bi),
            seconds: set(&source.seconds),
            weak_seconds: set(&source.weak_seconds),
            numerals: list(&source.numerals),
            counted: set(&source.counted),
            directions: list(&source.directions),
            sides: set(&source.sides),
            present: set(&source.present),
            past: set(&source.past),
            preverbs: list(&source.preverbs),
            silent_h: set(&source.silent_h),
            nouns: set(&source.nouns),
            joined: list(&source.joined),
            prefer_h: set(&source.prefer_h),
        }
    }
}

/// A word of the data without the marks for ZWNJ.
fn bare(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '|' | '\u{200C}')).collect()
}

/// The bytes of the bare word at which a ZWNJ stands; none behind a letter that joins nothing.
fn joints(word: &str) -> Vec<usize> {
    let mut at = 0;
    let mut last = None;
    let mut out = Vec::new();
    for c in word.chars() {
        if matches!(c, '|' | '\u{200C}') {
            if last.is_some_and(joins) {
                out.push(at);
            }
        } else {
            at += c.len_utf8();
            last = Some(c);
        }
    }
    out
}

/// Whether a letter joins the one behind it, so that a ZWNJ between them is seen.
pub(super) fn joins(c: char) -> bool {
    !matches!(c, 'ا' | 'آ' | 'أ' | 'إ' | 'د' | 'ذ' | 'ر' | 'ز' | 'ژ' | 'و' | 'ؤ' | 'ء' | 'ة')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_is_read() {
        let read = toml::from_str::<Source>(SOURCE);
        assert!(read.is_ok(), "{read:?}");
        let lexicon = lexicon();
        assert!(lexicon.nouns.len() > 1000 && lexicon.silent_h.len() > 500 && lexicon.present.len() > 150);
        assert!(lexicon.silent_h.iter().all(|word| word.ends_with('ه')));
        let source: Source = read.unwrap();
        for word in source.prefer_h.split_whitespace() {
            assert!(lexicon.silent_h.contains(word), "{word} is not among the words in ه");
        }
    }
}
