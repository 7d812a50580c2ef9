//! What changed from one text to another: sentences first, then the words inside each pair of them.
//!
//! The result is told twice. Passages say what became of each sentence, in the order of both texts; a sentence that moved
//! stands twice, once where it was and once where it is. Operations say what became of each word: the fewest changes that
//! lead from one text to the other, so that where sentences were dropped and others stand in their place, words that both
//! have are the same words still. Either rebuilds both texts exactly.
//!
//! ```
//! use diwan_wording::redline::compare;
//! use diwan_wording::{Blindness, Document};
//! let text = |t: &str| Document::new(t, &"en".into(), Blindness::Looks);
//! let (a, b) = (text("Risks are balanced. Growth is slow."), text("Risks are weighted to the downside. Growth is slow."));
//! let redline = compare(&a, &b);
//! assert_eq!((redline.summary.reworded, redline.summary.same), (1, 1));
//! assert_eq!(redline.rebuild_before(), a.text());
//! assert_eq!(redline.rebuild_after(), b.text());
//! ```

mod flat;
mod pair;
mod words;

use std::fmt;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use crate::text::{Document, WordToken};

use pair::Group;

/// What became of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// The same words.
    Same,
    /// Some words changed.
    Reworded,
    /// It stands elsewhere, the same or reworded.
    Moved,
    /// Several sentences became one.
    Merged,
    /// One sentence became several.
    Split,
    /// Only the second text has it.
    New,
    /// Only the first text has it.
    Dropped,
}

impl Change {
    /// Its spelling in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Reworded => "reworded",
            Self::Moved => "moved",
            Self::Merged => "merged",
            Self::Split => "split",
            Self::New => "new",
            Self::Dropped => "dropped",
        }
    }

    fn mirrored(self) -> Self {
        match self {
            Self::Merged => Self::Split,
            Self::Split => Self::Merged,
            Self::New => Self::Dropped,
            Self::Dropped => Self::New,
            other => other,
        }
    }
}

/// What becomes of a run of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OperationKind {
    /// The same in both texts, though it may look different.
    Equal,
    /// Other words stand in its place.
    Replace,
    /// Only the second text has it.
    Insert,
    /// Only the first text has it.
    Delete,
    /// It stands in another place of the other text.
    Move,
}

/// Characters (code points) of a text, the end not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Characters {
    /// The first.
    pub start: usize,
    /// The one behind the last.
    pub end: usize,
}

/// A run of words and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Operation {
    /// What.
    pub op: OperationKind,
    /// As printed in the first text, with the space behind it.
    pub before: Option<String>,
    /// As printed in the second text, with the space behind it.
    pub after: Option<String>,
    /// Where in the first text.
    pub before_span: Option<Characters>,
    /// Where in the second text.
    pub after_span: Option<Characters>,
    /// The passage it belongs to, from 0; of dropped sentences and those in their place, the first.
    pub passage: usize,
}

/// Sentences that belong together, and their words.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Passage {
    /// What became of them.
    pub change: Change,
    /// Numbers of the first text's sentences, from 1.
    pub before: Vec<usize>,
    /// Numbers of the second text's sentences, from 1.
    pub after: Vec<usize>,
    /// For a moved sentence: the passage where the other text has it, from 0.
    pub elsewhere: Option<usize>,
    /// Share of words kept, 0 to 1.
    pub kept: f32,
    /// Its words.
    #[serde(skip)]
    pub operations: Vec<Operation>,
}

/// The comparison in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, JsonSchema)]
pub struct Summary {
    /// Sentences of the first text.
    pub sentences_before: usize,
    /// Sentences of the second text.
    pub sentences_after: usize,
    /// Pairs of sentences with the same words, in their place.
    pub same: usize,
    /// Pairs of sentences in which words changed, in their place.
    pub reworded: usize,
    /// Pairs of sentences that stand elsewhere.
    pub moved: usize,
    /// Sentences into which several were merged.
    pub merged: usize,
    /// Sentences that were split.
    pub split: usize,
    /// Sentences that are new.
    pub new: usize,
    /// Sentences that were dropped.
    pub dropped: usize,
    /// Words of the first text.
    pub words_before: usize,
    /// Words of the second text.
    pub words_after: usize,
    /// Words that both share, those of moved sentences among them.
    pub words_kept: usize,
    /// Share of wording kept, 0 to 1: words kept, of the mean length of both texts.
    pub kept: f32,
}

impl Summary {
    /// Whether nothing changed.
    pub fn is_unchanged(&self) -> bool {
        self.reworded + self.moved + self.merged + self.split + self.new + self.dropped == 0
    }

    /// The share kept as a whole percentage; 100 only where nothing changed.
    pub fn percent_kept(&self) -> u32 {
        let percent = (self.kept * 100.0).round() as u32;
        if self.is_unchanged() { 100 } else { percent.min(99) }
    }
}

impl fmt::Display for Summary {
    /// "3 sentences new, 2 dropped, 5 reworded, 1 moved; share of wording kept 71 %".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.new, "new"),
            (self.dropped, "dropped"),
            (self.reworded, "reworded"),
            (self.moved, "moved"),
            (self.merged, "merged"),
            (self.split, "split"),
        ];
        let mut first = true;
        for (n, what) in counts.into_iter().filter(|(n, _)| *n > 0) {
            let noun = match (first, n) {
                (true, 1) => " sentence",
                (true, _) => " sentences",
                _ => "",
            };
            write!(f, "{}{n}{noun} {what}", if first { "" } else { ", " })?;
            first = false;
        }
        if first {
            write!(f, "no sentence changed")?;
        }
        write!(f, "; share of wording kept {} %", self.percent_kept())
    }
}

/// What changed from one text to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Redline {
    /// In numbers.
    pub summary: Summary,
    /// What became of each sentence, in order of both texts.
    pub passages: Vec<Passage>,
    operations: Vec<Operation>,
}

impl Redline {
    /// What became of each word, in order of both texts.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.operations.iter()
    }

    /// The first text, from the operations.
    pub fn rebuild_before(&self) -> String {
        self.operations().filter_map(|op| op.before.as_deref()).collect()
    }

    /// The second text, from the operations.
    pub fn rebuild_after(&self) -> String {
        self.operations().filter_map(|op| op.after.as_deref()).collect()
    }

    /// Pairs of sentences (from 1) that are the same, reworded, moved, merged or split: first text, second text.
    pub fn pairs(&self) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        for passage in &self.passages {
            let after = match passage.elsewhere {
                Some(other) if !passage.before.is_empty() => {
                    self.passages.get(other).map(|p| p.after.clone()).unwrap_or_default()
                }
                _ => passage.after.clone(),
            };
            for before in &passage.before {
                out.extend(after.iter().map(|after| (*before, *after)));
            }
        }
        out
    }
}

/// Compares two texts.
pub fn compare(before: &Document, after: &Document) -> Redline {
    // Ties are broken by order; taking the texts in an order of their own makes the comparison the same from both sides.
    let key = |d: &Document| d.tokens().iter().map(|t| t.key).collect::<Vec<_>>();
    let swapped = key(before) > key(after);
    let mut groups = if swapped { pair::pair(after, before) } else { pair::pair(before, after) };
    let mut shared: Vec<Vec<(usize, usize)>> = groups
        .iter()
        .map(|group| {
            let (a, b) = if swapped { (after, before) } else { (before, after) };
            words::common(tokens(a, &group.before), tokens(b, &group.after))
        })
        .collect();
    if swapped {
        for group in &mut groups {
            std::mem::swap(&mut group.before, &mut group.after);
        }
        for (i, j) in shared.iter_mut().flatten() {
            std::mem::swap(i, j);
        }
    }
    let items: Vec<(Group, Vec<(usize, usize)>)> = groups.into_iter().zip(shared).collect();
    let mut writer = Writer::new(before, after);
    writer.write(items);
    writer.finish()
}

fn tokens<'a>(document: &'a Document, sentences: &Range<usize>) -> &'a [WordToken] {
    document.tokens().get(document.tokens_of(sentences.clone())).unwrap_or(&[])
}

/// Puts groups into the order of both texts and writes their operations.
struct Writer<'a> {
    before: &'a Document,
    after: &'a Document,
    passages: Vec<Passage>,
    /// Code points written of each text.
    at: (usize, usize),
    summary: Summary,
    /// For each moved group: its passage in the first text.
    moved: Vec<(usize, usize)>,
}

impl<'a> Writer<'a> {
    fn new(before: &'a Document, after: &'a Document) -> Self {
        let summary = Summary {
            sentences_before: before.sentences(),
            sentences_after: after.sentences(),
            words_before: before.words(),
            words_after: after.words(),
            ..Summary::default()
        };
        Self { before, after, passages: Vec::new(), at: (0, 0), summary, moved: Vec::new() }
    }

    fn write(&mut self, items: Vec<(Group, Vec<(usize, usize)>)>) {
        let mut of_before: Vec<usize> = vec![usize::MAX; self.before.sentences()];
        let mut of_after: Vec<usize> = vec![usize::MAX; self.after.sentences()];
        for (g, (group, _)) in items.iter().enumerate() {
            group.before.clone().for_each(|k| _ = of_before.get_mut(k).map(|slot| *slot = g));
            group.after.clone().for_each(|k| _ = of_after.get_mut(k).map(|slot| *slot = g));
        }
        let in_place = |g: usize| {
            items
                .get(g)
                .filter(|(group, _)| !group.moved && !group.before.is_empty() && !group.after.is_empty())
        };
        let (mut i, mut j) = (0, 0);
        loop {
            let next = of_before.get(i).copied();
            if let Some(g) = next.filter(|g| in_place(*g).is_none()) {
                if let Some((group, common)) = items.get(g) {
                    self.one_side(g, group, common, true);
                }
                i += 1;
                continue;
            }
            let other = of_after.get(j).copied();
            if let Some(g) = other.filter(|g| in_place(*g).is_none()) {
                if let Some((group, common)) = items.get(g) {
                    self.one_side(g, group, common, false);
                }
                j += 1;
                continue;
            }
            let Some((group, common)) = next.or(other).and_then(in_place) else { break };
            self.both_sides(group, common);
            i = i.max(group.before.end);
            j = j.max(group.after.end);
        }
    }

    /// A sentence that stands in one text here: new, dropped, or moved.
    fn one_side(&mut self, g: usize, group: &Group, common: &[(usize, usize)], is_before: bool) {
        let n = self.passages.len();
        let mut kept = 0.0;
        let (change, elsewhere) = if group.moved {
            kept = self.share(group, common);
            let known = self.moved.iter().find(|(found, _)| *found == g).map(|(_, passage)| *passage);
            match known {
                Some(first) => {
                    if let Some(first) = self.passages.get_mut(first) {
                        first.elsewhere = Some(n);
                    }
                    self.summary.moved += 1;
                    self.summary.words_kept += self.counted(group, common);
                }
                None => self.moved.push((g, n)),
            }
            (Change::Moved, known)
        } else if is_before {
            self.summary.dropped += 1;
            (Change::Dropped, None)
        } else {
            self.summary.new += 1;
            (Change::New, None)
        };
        let range = if is_before { &group.before } else { &group.after };
        let document = if is_before { self.before } else { self.after };
        let tokens = document.tokens_of(range.clone());
        // Which of its tokens the other side shares.
        let mut same = vec![false; tokens.len()];
        for (i, j) in common {
            if let Some(slot) = same.get_mut(if is_before { *i } else { *j }) {
                *slot = true;
            }
        }
        let mut operations = Vec::new();
        let mut from = 0;
        while from < tokens.len() {
            let here = same.get(from).copied().unwrap_or(false);
            let run = same.iter().skip(from).take_while(|other| **other == here).count();
            let piece = document.slice(tokens.start + from..tokens.start + from + run).to_owned();
            let kind = match (group.moved && here, is_before) {
                (true, _) => OperationKind::Move,
                (false, true) => OperationKind::Delete,
                (false, false) => OperationKind::Insert,
            };
            let (old, new) = if is_before { (Some(piece), None) } else { (None, Some(piece)) };
            let operation = self.operation(kind, old, new);
            operations.push(operation);
            from += run.max(1);
        }
        let numbers: Vec<usize> = range.clone().map(|k| k + 1).collect();
        let (before, after) = if is_before { (numbers, Vec::new()) } else { (Vec::new(), numbers) };
        self.passages.push(Passage { change, before, after, elsewhere, kept, operations });
    }

    /// Sentences in their place.
    fn both_sides(&mut self, group: &Group, common: &[(usize, usize)]) {
        let old = self.before.tokens_of(group.before.clone());
        let new = self.after.tokens_of(group.after.clone());
        let mut operations = Vec::new();
        let (mut i, mut j) = (0, 0);
        let mut at = 0;
        loop {
            let (to_i, to_j) = common.get(at).copied().unwrap_or((old.len(), new.len()));
            let gone = self.before.slice(old.start + i..old.start + to_i).to_owned();
            let come = self.after.slice(new.start + j..new.start + to_j).to_owned();
            match (gone.is_empty(), come.is_empty()) {
                (true, true) => {}
                (false, true) => {
                    operations.push(self.operation(OperationKind::Delete, Some(gone), None));
                }
                (true, false) => {
                    operations.push(self.operation(OperationKind::Insert, None, Some(come)));
                }
                (false, false) => {
                    operations.push(self.operation(OperationKind::Replace, Some(gone), Some(come)));
                }
            }
            let run = common
                .get(at..)
                .unwrap_or(&[])
                .iter()
                .enumerate()
                .take_while(|(k, pair)| **pair == (to_i + k, to_j + k))
                .count();
            if run == 0 {
                break;
            }
            let same = self.before.slice(old.start + to_i..old.start + to_i + run).to_owned();
            let also = self.after.slice(new.start + to_j..new.start + to_j + run).to_owned();
            operations.push(self.operation(OperationKind::Equal, Some(same), Some(also)));
            (i, j) = (to_i + run, to_j + run);
            at += run;
        }
        let unchanged = operations.iter().all(|op| op.op == OperationKind::Equal);
        let change = match (group.before.len(), group.after.len()) {
            (1, 1) if unchanged => Change::Same,
            (1, 1) => Change::Reworded,
            (1, _) => Change::Split,
            _ => Change::Merged,
        };
        match change {
            Change::Same => self.summary.same += 1,
            Change::Reworded => self.summary.reworded += 1,
            Change::Split => self.summary.split += 1,
            _ => self.summary.merged += 1,
        }
        self.summary.words_kept += self.counted(group, common);
        let kept = self.share(group, common);
        self.passages.push(Passage {
            change,
            before: group.before.clone().map(|k| k + 1).collect(),
            after: group.after.clone().map(|k| k + 1).collect(),
            elsewhere: None,
            kept,
            operations,
        });
    }

    /// Words among what is shared.
    fn counted(&self, group: &Group, common: &[(usize, usize)]) -> usize {
        let tokens = tokens(self.before, &group.before);
        common.iter().filter(|(i, _)| tokens.get(*i).is_some_and(|t| t.counts)).count()
    }

    fn share(&self, group: &Group, common: &[(usize, usize)]) -> f32 {
        let words = |d: &Document, range| tokens(d, range).iter().filter(|t| t.counts).count();
        let all = words(self.before, &group.before) + words(self.after, &group.after);
        if all == 0 { 1.0 } else { rounded(2.0 * self.counted(group, common) as f32 / all as f32) }
    }

    fn operation(&mut self, op: OperationKind, before: Option<String>, after: Option<String>) -> Operation {
        let advance = |at: &mut usize, text: &Option<String>| {
            text.as_ref().map(|text| {
                let start = *at;
                *at += text.chars().count();
                Characters { start, end: *at }
            })
        };
        Operation {
            op,
            before_span: advance(&mut self.at.0, &before),
            after_span: advance(&mut self.at.1, &after),
            before,
            after,
            passage: self.passages.len(),
        }
    }

    fn finish(mut self) -> Redline {
        let words = self.summary.words_before + self.summary.words_after;
        self.summary.kept =
            if words == 0 { 1.0 } else { rounded(2.0 * self.summary.words_kept as f32 / words as f32) };
        let operations = flat::operations(self.before, self.after, &self.passages);
        Redline { summary: self.summary, passages: self.passages, operations }
    }
}

fn rounded(share: f32) -> f32 {
    (share * 1000.0).round() / 1000.0
}

/// A change seen from the other side: what is new is dropped, what was merged is split.
pub fn mirrored(change: Change) -> Change {
    change.mirrored()
}

#[cfg(test)]
mod tests;
