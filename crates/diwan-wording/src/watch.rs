//! A saved phrase: does it still stand, did it change, is it gone?
//!
//! In each statement that comes, the phrase is looked for word by word, blind to looks; where it does not stand as it is,
//! the run of words most like it is found, so that the change can be quoted.

use diwan_model::{LanguageTag, Span};
use diwan_text::words::{WordKind, words_in};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::word_keys;

/// What became of a phrase in one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It stands there, word for word.
    Kept,
    /// Words very like it stand there.
    Changed,
    /// Nothing like it stands there.
    Gone,
}

impl Fate {
    /// Its spelling in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Changed => "changed",
            Self::Gone => "gone",
        }
    }
}

/// Where a phrase, or what is most like it, stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighting {
    /// What became of it.
    pub fate: Fate,
    /// Which sentence, from 0; `None` where it is gone.
    pub sentence: Option<usize>,
    /// Where in that sentence.
    pub span: Option<Span>,
    /// How much of the phrase stands there, 0 to 1.
    pub likeness: f32,
}

/// Least share of a phrase's words that must stand together for the phrase to count as changed, not gone.
const CHANGED: f32 = 0.6;

/// Looks for a phrase in the sentences of a text.
///
/// ```
/// use diwan_wording::watch::{Fate, sight};
/// let en = "en".into();
/// let text = ["Policy can remain accommodative for a considerable period."];
/// assert_eq!(sight("for a considerable period", &text, &en).fate, Fate::Kept);
/// assert_eq!(sight("for quite a considerable period", &text, &en).fate, Fate::Changed);
/// assert_eq!(sight("removed at a measured pace", &text, &en).fate, Fate::Gone);
/// ```
pub fn sight<T: AsRef<str>>(phrase: &str, sentences: &[T], lang: &LanguageTag) -> Sighting {
    let wanted = word_keys(phrase, lang);
    let mut best = Sighting { fate: Fate::Gone, sentence: None, span: None, likeness: 0.0 };
    if wanted.is_empty() {
        return best;
    }
    for (k, sentence) in sentences.iter().enumerate() {
        let sentence = sentence.as_ref();
        let keys = word_keys(sentence, lang);
        let Some((likeness, from, to)) = closest(&wanted, &keys) else { continue };
        if likeness > best.likeness {
            best = Sighting {
                fate: if likeness >= 1.0 { Fate::Kept } else { Fate::Changed },
                sentence: Some(k),
                span: span_of(sentence, from, to, lang),
                likeness,
            };
        }
    }
    if best.likeness < CHANGED {
        best = Sighting { fate: Fate::Gone, sentence: None, span: None, likeness: best.likeness };
    }
    best
}

/// The run of words that holds most of the phrase in order for its length: likeness, first word, the one behind the
/// last.
fn closest(phrase: &[u64], keys: &[u64]) -> Option<(f32, usize, usize)> {
    if let Some(at) = keys.windows(phrase.len()).position(|run| run == phrase) {
        return Some((1.0, at, at + phrase.len()));
    }
    if !phrase.iter().any(|key| keys.contains(key)) {
        return None;
    }
    let longest = phrase.len() * 3 / 2 + 2;
    let mut best: Option<(f32, usize, usize)> = None;
    for from in (0..keys.len()).filter(|k| keys.get(*k).is_some_and(|key| phrase.contains(key))) {
        // The longest common subsequence of the phrase with ever longer runs from here: one row, grown word by word.
        let mut row = vec![0_u32; phrase.len() + 1];
        for (n, key) in keys.iter().skip(from).take(longest).enumerate() {
            let mut diagonal = 0;
            for (k, wanted) in phrase.iter().enumerate() {
                let (above, left) = (row.get(k + 1).copied().unwrap_or(0), row.get(k).copied().unwrap_or(0));
                let now = if wanted == key { diagonal + 1 } else { above.max(left) };
                diagonal = above;
                if let Some(slot) = row.get_mut(k + 1) {
                    *slot = now;
                }
            }
            let shared = row.last().copied().unwrap_or(0) as f32;
            let likeness = (2.0 * shared / (phrase.len() + n + 1) as f32).min(0.99);
            if best.is_none_or(|(most, _, _)| likeness > most) {
                best = Some((likeness, from, from + n + 1));
            }
        }
    }
    best
}

fn span_of(sentence: &str, from: usize, to: usize, lang: &LanguageTag) -> Option<Span> {
    let words: Vec<Span> = words_in(sentence, lang)
        .into_iter()
        .filter(|word| word.kind != WordKind::Punctuation)
        .map(|word| word.span)
        .collect();
    Span::new(sentence, words.get(from)?.start(), words.get(to.checked_sub(1)?)?.end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_change_can_be_quoted() {
        let fa = LanguageTag::new("fa");
        let text =
            ["وزیران دیدار کردند.", "این ائتلاف به درخواست دولت، با رعایت کامل حاکميت کشور فعالیت می‌کند."];
        let kept = sight("با رعايت کامل حاکمیت کشور", &text, &fa);
        assert_eq!((kept.fate, kept.sentence), (Fate::Kept, Some(1)));
        let changed = sight("با رعایت کامل وحدت و حاکمیت کشور", &text, &fa);
        assert_eq!(changed.fate, Fate::Changed);
        assert_eq!(changed.span.unwrap().of(text[1]), "با رعایت کامل حاکميت کشور");
        assert_eq!(sight("", &text, &fa).fate, Fate::Gone);
        assert_eq!(sight("...", &text, &fa).fate, Fate::Gone);
    }
}
