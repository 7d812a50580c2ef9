//! Reuse: what one text took from another, word for word.
//!
//! Runs of words are sampled by winnowing: of every few successive hashes of five words the smallest is kept, so that any run
//! long enough in common meets in the samples; each meeting is followed in both directions as far as the words are the
//! same. A text most of which stands in another of about the same day is a copy; a run between quotation marks that
//! stands in an earlier text is a quotation.
//!
//! Source: S. Schleimer, D. Wilkerson, A. Aiken, *Winnowing: Local Algorithms for Document Fingerprinting* (2003).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diwan_model::{LanguageTag, Span};
use diwan_text::words::{WordKind, words_in};

use crate::text::{fingerprint, word_keys};

/// Words in one hash.
const RUN: usize = 5;
/// Hashes of which the smallest is kept: runs of `RUN + WINDOW - 1` words and more are always found.
const WINDOW: usize = 4;
/// Share of a copy's words that must stand in its source, in runs of eight words and more.
const COPIED: f32 = 0.6;
const COPIED_RUN: usize = 8;
/// A copy appears within so many days of its source; later the same words are a formula.
const DAYS: i64 = 10;
/// Least share of the words between quotation marks that must stand in the source.
const QUOTED: f32 = 0.8;
/// Under one hash at most so many places are looked at.
const PLACES: usize = 200;

/// A text to be searched for what it took.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    /// Which statement it belongs to; texts of one statement are not compared.
    pub statement: usize,
    /// Its language.
    pub lang: &'a LanguageTag,
    /// Its sentences in order.
    pub sentences: Vec<&'a str>,
    /// Its day as a number, where known.
    pub day: Option<i64>,
    /// Whether it comes from the body that says it, and not from someone who reports it.
    pub official: bool,
}

/// A text most of which stands in another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Copy {
    /// The copy, as an index.
    pub copy: usize,
    /// Where it was taken from.
    pub source: usize,
    /// Share of the copy's words that stand in the source, 0 to 1.
    pub share: f32,
}

/// Words between quotation marks that stand in an earlier text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// The text that quotes, as an index.
    pub text: usize,
    /// Its sentence, from 0.
    pub sentence: usize,
    /// What is quoted, without the marks.
    pub span: Span,
    /// The text that is quoted.
    pub source: usize,
    /// Its sentence, from 0.
    pub source_sentence: usize,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reuse {
    /// Copies, by text.
    pub copies: Vec<Copy>,
    /// Quotations, by text and sentence.
    pub quotations: Vec<Quotation>,
}

/// Words of a text in a row, and the sentence of each.
struct Row {
    keys: Vec<u64>,
    sentence: Vec<usize>,
}

/// A run that two texts share: where it begins in each, and how many words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Shared {
    other: usize,
    from: usize,
    other_from: usize,
    len: usize,
}

/// Copies and quotations among texts.
pub fn reuse(texts: &[Text<'_>]) -> Reuse {
    let rows: Vec<Row> = texts.iter().map(row).collect();
    let mut filed: HashMap<(u64, &str), Vec<(usize, usize)>> = HashMap::new();
    for (t, (row, text)) in rows.iter().zip(texts).enumerate() {
        for (hash, at) in sample(&row.keys) {
            filed.entry((hash, text.lang.primary())).or_default().push((t, at));
        }
    }
    let mut out = Reuse::default();
    for (t, (row, text)) in rows.iter().zip(texts).enumerate() {
        let mut runs: BTreeSet<Shared> = BTreeSet::new();
        for (hash, at) in sample(&row.keys) {
            let places = filed.get(&(hash, text.lang.primary())).map(Vec::as_slice).unwrap_or(&[]);
            for (other, other_at) in places.iter().take(PLACES) {
                if texts.get(*other).is_some_and(|o| o.statement != text.statement) {
                    runs.extend(follow(row, rows.get(*other), *other, at, *other_at));
                }
            }
        }
        out.copies.extend(copied(t, texts, &rows, &runs));
        out.quotations.extend(quoted(t, texts, &rows));
    }
    // Of two texts that copy each other one is the source.
    let pairs: BTreeSet<(usize, usize)> = out.copies.iter().map(|c| (c.copy, c.source)).collect();
    out.copies.retain(|c| !pairs.contains(&(c.source, c.copy)) || is_source(texts, c.source, c.copy));
    out
}

fn row(text: &Text<'_>) -> Row {
    let mut row = Row { keys: Vec::new(), sentence: Vec::new() };
    for (k, sentence) in text.sentences.iter().enumerate() {
        let keys = word_keys(sentence, text.lang);
        row.sentence.extend(std::iter::repeat_n(k, keys.len()));
        row.keys.extend(keys);
    }
    row
}

/// Hashes kept by winnowing, with where they stand.
fn sample(keys: &[u64]) -> Vec<(u64, usize)> {
    let hashes: Vec<u64> = keys.windows(RUN).map(fingerprint).collect();
    let mut out: Vec<(u64, usize)> = Vec::new();
    for (from, window) in hashes.windows(WINDOW.min(hashes.len().max(1))).enumerate() {
        // Of equal ones the last, so that neighbouring windows agree.
        let least = window.iter().enumerate().min_by_key(|(k, hash)| (**hash, std::cmp::Reverse(*k)));
        if let Some((k, hash)) = least
            && out.last().is_none_or(|(_, at)| *at != from + k)
        {
            out.push((*hash, from + k));
        }
    }
    out
}

/// The whole run round a meeting.
fn follow(row: &Row, other: Option<&Row>, other_index: usize, at: usize, other_at: usize) -> Option<Shared> {
    let other = other?;
    let back = row.keys.get(..at)?.iter().rev().zip(other.keys.get(..other_at)?.iter().rev());
    let back = back.take_while(|(x, y)| x == y).count();
    let on = row.keys.get(at..)?.iter().zip(other.keys.get(other_at..)?).take_while(|(x, y)| x == y).count();
    Some(Shared { other: other_index, from: at - back, other_from: other_at - back, len: back + on })
}

fn copied(t: usize, texts: &[Text<'_>], rows: &[Row], runs: &BTreeSet<Shared>) -> Option<Copy> {
    let (text, row) = (texts.get(t)?, rows.get(t)?);
    if row.keys.len() < 2 * COPIED_RUN {
        return None;
    }
    let mut covered: BTreeMap<usize, Vec<bool>> = BTreeMap::new();
    for run in runs.iter().filter(|run| run.len >= COPIED_RUN) {
        let other = texts.get(run.other)?;
        let near = match (text.day, other.day) {
            (Some(a), Some(b)) => (a - b).abs() <= DAYS,
            _ => true,
        };
        if near {
            let words = covered.entry(run.other).or_insert_with(|| vec![false; row.keys.len()]);
            words.iter_mut().skip(run.from).take(run.len).for_each(|word| *word = true);
        }
    }
    let shares = covered.into_iter().map(|(other, words)| {
        (words.iter().filter(|word| **word).count() as f32 / words.len().max(1) as f32, other)
    });
    let best = shares
        .filter(|(_, other)| is_source(texts, *other, t))
        .max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
    let (share, source) = best.filter(|(share, _)| *share >= COPIED)?;
    Some(Copy { copy: t, source, share: (share * 1000.0).round() / 1000.0 })
}

/// Whether `a` is rather the source of `b` than the other way round: official, else earlier, else first in order.
fn is_source(texts: &[Text<'_>], a: usize, b: usize) -> bool {
    let key = |k: usize| texts.get(k).map(|t| (!t.official, t.day.unwrap_or(i64::MAX), k));
    key(a) < key(b)
}

/// Words between marks that stand in a text of an earlier day, or of the same day in an earlier place.
fn quoted(t: usize, texts: &[Text<'_>], rows: &[Row]) -> Vec<Quotation> {
    let Some(text) = texts.get(t) else { return Vec::new() };
    let mut out = Vec::new();
    for (k, sentence) in text.sentences.iter().enumerate() {
        for span in between_marks(sentence) {
            let keys = word_keys(span.of(sentence), text.lang);
            if keys.len() < RUN {
                continue;
            }
            if let Some((source, source_sentence)) = origin(t, &keys, texts, rows) {
                out.push(Quotation { text: t, sentence: k, span, source, source_sentence });
            }
        }
    }
    out
}

/// The earliest text that holds most of these words in one run.
fn origin(t: usize, keys: &[u64], texts: &[Text<'_>], rows: &[Row]) -> Option<(usize, usize)> {
    let text = texts.get(t)?;
    let needed = ((keys.len() as f32 * QUOTED).ceil() as usize).max(RUN);
    let wanted: BTreeSet<&[u64]> = keys.windows(needed).collect();
    let mut found: Vec<(i64, usize, usize)> = Vec::new();
    for (other, row) in rows.iter().enumerate() {
        let o = texts.get(other)?;
        let earlier = o.day.unwrap_or(i64::MAX) <= text.day.unwrap_or(i64::MAX);
        if o.statement == text.statement || o.lang.primary() != text.lang.primary() || !earlier {
            continue;
        }
        if let Some(at) = row.keys.windows(needed).position(|run| wanted.contains(run)) {
            found.push((o.day.unwrap_or(i64::MAX), other, row.sentence.get(at).copied().unwrap_or(0)));
        }
    }
    found.into_iter().min().map(|(_, other, sentence)| (other, sentence))
}

/// What stands between quotation marks, without them.
///
/// ```
/// use diwan_wording::reuse::between_marks;
/// let text = "They called it “a matter of days” and «un fait accompli».";
/// let quoted: Vec<&str> = between_marks(text).iter().map(|s| s.of(text)).collect();
/// assert_eq!(quoted, ["a matter of days", "un fait accompli"]);
/// ```
pub fn between_marks(sentence: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut open: Option<(char, usize)> = None;
    for (at, c) in sentence.char_indices() {
        match open {
            Some((close, from)) if c == close => {
                out.extend(Span::new(sentence, from, at));
                open = None;
            }
            Some(_) => {}
            None => {
                let close = match c {
                    '“' | '„' => '”',
                    '«' => '»',
                    '"' => '"',
                    '‘' => '’',
                    _ => continue,
                };
                open = Some((close, at + c.len_utf8()));
            }
        }
    }
    out.iter()
        .filter_map(|span| {
            let inner = span.of(sentence).trim();
            let words = words_in(inner, &LanguageTag::UNDETERMINED);
            let any = words.iter().any(|word| word.kind != WordKind::Punctuation);
            Span::of_slice(sentence, inner).filter(|_| any)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text<'a>(
        statement: usize,
        lang: &'a LanguageTag,
        day: i64,
        official: bool,
        sentences: &[&'a str],
    ) -> Text<'a> {
        Text { statement, lang, sentences: sentences.to_vec(), day: Some(day), official }
    }

    const NOTE: [&str; 3] = [
        "Ministers of the Compact for Lake Orvane met in Vosk to review the restoration of the eastern shore.",
        "They agreed that the harbour must remain open to fishing boats throughout the closed season.",
        "The next meeting will be held in Kessary in the autumn.",
    ];

    #[test]
    fn a_press_copy_is_told_from_its_source() {
        let en = LanguageTag::new("en");
        let press = ["VOSK (Lake News) -", NOTE[0], NOTE[1], "Fishermen were glad."];
        let other = [
            "The Bank of Meridale kept its key rate at two percent on Thursday.",
            "Voting for were all members of its Board.",
        ];
        let all = [
            text(0, &en, 101, false, &press),
            text(1, &en, 100, true, &NOTE),
            text(2, &en, 100, true, &other),
        ];
        let found = reuse(&all);
        assert_eq!(found.copies.len(), 1);
        assert_eq!((found.copies[0].copy, found.copies[0].source), (0, 1));
        // The same words half a year later are no copy.
        let later = [text(0, &en, 300, false, &press), text(1, &en, 100, true, &NOTE)];
        assert_eq!(reuse(&later).copies, []);
    }

    #[test]
    fn a_quotation_names_its_origin() {
        let en = LanguageTag::new("en");
        let speech = [
            "A year ago we said: “the harbour must remain open to fishing boats throughout the closed season”.",
        ];
        let all = [text(0, &en, 400, true, &speech), text(1, &en, 100, true, &NOTE)];
        let found = reuse(&all).quotations;
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].text, found[0].source, found[0].source_sentence), (0, 1, 1));
        assert!(found[0].span.of(speech[0]).starts_with("the harbour"));
    }
}
