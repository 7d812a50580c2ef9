//! Beads as they are kept and shown: what the machine found, cut where a person decided otherwise.
//!
//! A person's correction names a region of both texts and the beads that fill it. The region is found again by its
//! sentences, not their numbers, so that it outlives a text that is read anew. The machine's beads are cut at its edges and
//! what lies inside gives way; so the whole always covers both texts in order, each sentence once.

use diwan_model::CaptureHash;
use serde::{Deserialize, Serialize};

/// Sentences in a row, counted from 1. An empty run stands before sentence `first`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Run {
    /// The first sentence.
    pub first: u32,
    /// How many.
    pub count: u32,
}

impl Run {
    /// `count` sentences from `first` on.
    pub fn new(first: u32, count: u32) -> Self {
        Self { first, count }
    }

    /// The number after the last sentence.
    pub fn end(self) -> u32 {
        self.first.saturating_add(self.count)
    }

    /// Whether it holds no sentence.
    pub fn is_empty(self) -> bool {
        self.count == 0
    }

    /// Whether it holds sentence `n`.
    pub fn holds(self, n: u32) -> bool {
        (self.first..self.end()).contains(&n)
    }

    /// The numbers of its sentences.
    pub fn numbers(self) -> std::ops::Range<u32> {
        self.first..self.end()
    }

    /// The items of `list` (sentence 1 first) that it names.
    pub fn of<T>(self, list: &[T]) -> &[T] {
        let first = (self.first as usize).saturating_sub(1);
        list.get(first..first.saturating_add(self.count as usize)).unwrap_or_default()
    }

    fn between(first: u32, end: u32) -> Self {
        Self { first, count: end.saturating_sub(first) }
    }
}

impl Serialize for Run {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.numbers())
    }
}

/// Sentences of one version that render sentences of another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BeadRecord {
    /// Its number in the alignment, from 1.
    pub n: u32,
    /// Sentences of the first version; printed as their numbers.
    pub source: Run,
    /// Sentences of the second.
    pub target: Run,
    /// How sure, 0 to 1; 1 where a person decided.
    pub confidence: f32,
    /// The decision that made it so, where a person did.
    pub decision: Option<i64>,
}

/// What a person does to beads in the parallel reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BeadEdit {
    /// The bead is right.
    Confirm,
    /// The bead and the one after it are one.
    MergeNext,
    /// The bead is two: the first has so many sentences of each side.
    Split {
        /// Of the first version.
        source: u32,
        /// Of the second version.
        target: u32,
    },
    /// The last sentence of a side belongs to the bead after it.
    MoveDown(BeadSide),
    /// The first sentence of a side belongs to the bead before it.
    MoveUp(BeadSide),
}

/// A side of a bead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BeadSide {
    /// The first version.
    Source,
    /// The second version.
    Target,
}

/// The beads that take the place of some others.
pub(crate) struct Change {
    pub(crate) source: Run,
    pub(crate) target: Run,
    pub(crate) beads: Vec<(Run, Run)>,
}

/// What an edit of bead `at` (an index) means; `Err` says why it cannot be.
pub(crate) fn change(beads: &[BeadRecord], at: usize, edit: BeadEdit) -> Result<Change, &'static str> {
    let here = beads.get(at).ok_or("there is no such bead")?;
    let whole = |first: &BeadRecord, last: &BeadRecord, beads| Change {
        source: Run::between(first.source.first, last.source.end()),
        target: Run::between(first.target.first, last.target.end()),
        beads,
    };
    let next = || beads.get(at + 1).ok_or("there is no bead after it");
    match edit {
        BeadEdit::Confirm => Ok(whole(here, here, vec![(here.source, here.target)])),
        BeadEdit::MergeNext => {
            let next = next()?;
            let source = Run::between(here.source.first, next.source.end());
            let target = Run::between(here.target.first, next.target.end());
            Ok(whole(here, next, vec![(source, target)]))
        }
        BeadEdit::Split { source, target } => {
            if source > here.source.count || target > here.target.count {
                return Err("the bead has not so many sentences");
            }
            let cut = |run: Run, n: u32| (Run::new(run.first, n), Run::between(run.first + n, run.end()));
            let ((s, s2), (t, t2)) = (cut(here.source, source), cut(here.target, target));
            if (s.is_empty() && t.is_empty()) || (s2.is_empty() && t2.is_empty()) {
                return Err("both parts of a split bead need a sentence");
            }
            Ok(whole(here, here, vec![(s, t), (s2, t2)]))
        }
        BeadEdit::MoveDown(side) => {
            let next = next()?;
            let shifted = shift(here, next, side, true)?;
            Ok(whole(here, next, shifted))
        }
        BeadEdit::MoveUp(side) => {
            let before = at.checked_sub(1).and_then(|k| beads.get(k)).ok_or("there is no bead before it")?;
            let shifted = shift(before, here, side, false)?;
            Ok(whole(before, here, shifted))
        }
    }
}

/// Two beads with one sentence of a side moved over the line between them; one bead where the other has nothing left.
fn shift(
    a: &BeadRecord,
    b: &BeadRecord,
    side: BeadSide,
    down: bool,
) -> Result<Vec<(Run, Run)>, &'static str> {
    let moved = |a: Run, b: Run| {
        let giving = if down { a } else { b };
        if giving.is_empty() {
            return Err("there is no sentence to move");
        }
        let line = if down { a.end() - 1 } else { b.first + 1 };
        Ok((Run::between(a.first, line), Run::between(line, b.end())))
    };
    let ((s, s2), (t, t2)) = match side {
        BeadSide::Source => (moved(a.source, b.source)?, (a.target, b.target)),
        BeadSide::Target => ((a.source, b.source), moved(a.target, b.target)?),
    };
    let mut out = vec![(s, t), (s2, t2)];
    out.retain(|(s, t)| !s.is_empty() || !t.is_empty());
    Ok(out)
}

/// One side of a corrected region, as a decision keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptSide {
    first: u32,
    /// What each sentence is, and what stands around.
    sentences: Vec<String>,
    before: Option<String>,
    after: Option<String>,
}

/// A correction, as a decision keeps it: both sides, and the beads as [first, count, first, count].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptChange {
    pub(crate) beads: Vec<[u32; 4]>,
    pub(crate) source: KeptSide,
    pub(crate) target: KeptSide,
}

/// A sentence by its words, not its spacing.
pub(crate) fn mark(text: &str) -> String {
    let squeezed = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut hash = CaptureHash::of(squeezed.as_bytes()).to_string();
    hash.truncate(12);
    hash
}

impl KeptSide {
    fn new(run: Run, marks: &[String]) -> Self {
        let at = |n: u32| marks.get((n as usize).checked_sub(1)?).cloned();
        Self {
            first: run.first,
            sentences: run.of(marks).to_vec(),
            before: run.first.checked_sub(1).and_then(at),
            after: at(run.end()),
        }
    }

    /// Where the region is in a text of these sentences: where it was, else the nearest place with the same sentences.
    fn find(&self, marks: &[String]) -> Option<Run> {
        let count = u32::try_from(self.sentences.len()).ok()?;
        let last = u32::try_from(marks.len()).ok()? + 1;
        let fits = |first: u32| {
            let run = Run::new(first, count);
            if count > 0 {
                return run.end() <= last && run.of(marks) == self.sentences.as_slice();
            }
            let at = |n: u32| (n as usize).checked_sub(1).and_then(|k| marks.get(k));
            first <= last
                && (at(first.saturating_sub(1)) == self.before.as_ref() || at(first) == self.after.as_ref())
        };
        if fits(self.first) {
            return Some(Run::new(self.first, count));
        }
        (1..=last)
            .filter(|first| fits(*first))
            .min_by_key(|first| first.abs_diff(self.first))
            .map(|first| Run::new(first, count))
    }
}

impl KeptChange {
    pub(crate) fn new(change: &Change, source: &[String], target: &[String]) -> Self {
        Self {
            beads: change.beads.iter().map(|(s, t)| [s.first, s.count, t.first, t.count]).collect(),
            source: KeptSide::new(change.source, source),
            target: KeptSide::new(change.target, target),
        }
    }

    /// Seen from the other version.
    pub(crate) fn turned(self) -> Self {
        Self {
            beads: self.beads.into_iter().map(|[a, b, c, d]| [c, d, a, b]).collect(),
            source: self.target,
            target: self.source,
        }
    }

    /// The correction at its place in these texts; `None` where its sentences are no longer there.
    pub(crate) fn find(&self, source: &[String], target: &[String]) -> Option<Change> {
        let (s, t) = (self.source.find(source)?, self.target.find(target)?);
        let moved = |n: u32, from: u32, to: u32| (n + to).checked_sub(from);
        let beads = self.beads.iter().map(|[a, b, c, d]| {
            let source = Run::new(moved(*a, self.source.first, s.first)?, *b);
            Some((source, Run::new(moved(*c, self.target.first, t.first)?, *d)))
        });
        Some(Change { source: s, target: t, beads: beads.collect::<Option<_>>()? })
    }
}

/// The machine's beads with corrections over them, newest first; those that a newer one overlaps give way to it. Also
/// gives which of them count.
pub(crate) fn compose(
    machine: Vec<BeadRecord>,
    corrections: &[(i64, Change)],
) -> (Vec<BeadRecord>, Vec<i64>) {
    let before =
        |a: &Change, b: &Change| a.source.end() <= b.source.first && a.target.end() <= b.target.first;
    let mut taken: Vec<&(i64, Change)> = Vec::new();
    for correction in corrections {
        let new = &correction.1;
        if taken.iter().all(|(_, old)| before(new, old) || before(old, new)) {
            taken.push(correction);
        }
    }
    let mut beads = machine;
    for (decision, change) in &taken {
        let (mut front, mut back) = (Vec::new(), Vec::new());
        for bead in beads {
            let part = |source: Run, target: Run| {
                let whole = source == bead.source && target == bead.target;
                // A piece of a bead that a person cut is a guess; its confidence says so.
                let confidence = if whole { bead.confidence } else { bead.confidence.min(0.5) };
                BeadRecord { source, target, confidence, ..bead.clone() }
            };
            let start = |run: Run, region: Run| Run::between(run.first, run.end().min(region.first));
            let end = |run: Run, region: Run| {
                Run::between(run.first.max(region.end()), run.end().max(region.end()))
            };
            let (s, t) = (start(bead.source, change.source), start(bead.target, change.target));
            if !s.is_empty() || !t.is_empty() {
                front.push(part(s, t));
            }
            let (s, t) = (end(bead.source, change.source), end(bead.target, change.target));
            if !s.is_empty() || !t.is_empty() {
                back.push(part(s, t));
            }
        }
        front.extend(change.beads.iter().map(|(source, target)| BeadRecord {
            n: 0,
            source: *source,
            target: *target,
            confidence: 1.0,
            decision: Some(*decision),
        }));
        front.extend(back);
        beads = front;
    }
    // Empty sides stand where the text has got to.
    let (mut s, mut t) = (1, 1);
    for (n, bead) in (1..).zip(&mut beads) {
        bead.n = n;
        if bead.source.is_empty() {
            bead.source.first = s;
        }
        if bead.target.is_empty() {
            bead.target.first = t;
        }
        (s, t) = (bead.source.end(), bead.target.end());
    }
    (beads, taken.into_iter().map(|(id, _)| *id).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bead(source: (u32, u32), target: (u32, u32)) -> BeadRecord {
        let run = |(first, count)| Run::new(first, count);
        BeadRecord { n: 0, source: run(source), target: run(target), confidence: 0.9, decision: None }
    }

    fn covers(beads: &[BeadRecord], source: u32, target: u32) {
        let all =
            |pick: fn(&BeadRecord) -> Run| beads.iter().flat_map(|b| pick(b).numbers()).collect::<Vec<_>>();
        assert_eq!(all(|b| b.source), (1..=source).collect::<Vec<_>>(), "{beads:?}");
        assert_eq!(all(|b| b.target), (1..=target).collect::<Vec<_>>(), "{beads:?}");
        assert!(beads.iter().all(|b| !b.source.is_empty() || !b.target.is_empty()));
    }

    fn marks(prefix: &str, n: u32) -> Vec<String> {
        (1..=n).map(|k| mark(&format!("{prefix} {k}"))).collect()
    }

    #[test]
    fn a_sentence_moves_to_the_bead_after_it() {
        let beads = vec![bead((1, 1), (1, 1)), bead((2, 2), (2, 1)), bead((4, 1), (3, 2))];
        let moved = change(&beads, 1, BeadEdit::MoveDown(BeadSide::Source)).unwrap();
        assert_eq!(moved.beads, [(Run::new(2, 1), Run::new(2, 1)), (Run::new(3, 2), Run::new(3, 2))]);
        let (out, taken) = compose(beads, &[(7, moved)]);
        covers(&out, 4, 4);
        assert_eq!((out.len(), taken), (3, vec![7]));
        assert_eq!(out[2].decision, Some(7));
    }

    #[test]
    fn a_correction_outlives_other_beads_and_other_numbers() {
        let first = vec![bead((1, 1), (1, 1)), bead((2, 1), (2, 1)), bead((3, 1), (3, 1))];
        let merged = change(&first, 1, BeadEdit::MergeNext).unwrap();
        let kept = KeptChange::new(&merged, &marks("s", 3), &marks("t", 3));
        // The text is read anew with a sentence more in front, and aligned otherwise.
        let mut source = vec![mark("new")];
        source.extend(marks("s", 3));
        let again = vec![bead((1, 2), (1, 2)), bead((3, 2), (3, 1))];
        let found = kept.find(&source, &marks("t", 3)).unwrap();
        let (out, _) = compose(again, &[(1, found)]);
        covers(&out, 4, 3);
        assert!(out.iter().any(|b| b.source == Run::new(3, 2) && b.target == Run::new(2, 2)), "{out:?}");
        assert!(kept.find(&marks("other", 9), &marks("t", 3)).is_none());
        let turned = kept.clone().turned();
        assert!(turned.find(&marks("t", 3), &source).is_some() && turned.turned() == kept);
    }

    /// A way through two texts, as counts of each bead's sides.
    fn path() -> impl Strategy<Value = Vec<(u32, u32)>> {
        proptest::collection::vec((0..3u32, 0..3u32), 1..12).prop_map(|steps| {
            steps.into_iter().map(|(s, t)| if s + t == 0 { (1, 1) } else { (s, t) }).collect()
        })
    }

    fn beads_of(steps: &[(u32, u32)]) -> (Vec<BeadRecord>, u32, u32) {
        let (mut s, mut t, mut out) = (1, 1, Vec::new());
        for (a, b) in steps {
            out.push(bead((s, *a), (t, *b)));
            (s, t) = (s + a, t + b);
        }
        (out, s - 1, t - 1)
    }

    proptest! {
        #[test]
        fn whatever_is_corrected_every_sentence_stands_once_and_in_order(
            steps in path(),
            edits in proptest::collection::vec((0..12usize, 0..7u8, 0..3u32, 0..3u32), 0..8),
        ) {
            let (machine, s, t) = beads_of(&steps);
            let (mut shown, mut taken): (Vec<_>, Vec<(i64, Change)>) = (machine.clone(), Vec::new());
            for (id, (at, what, a, b)) in edits.into_iter().enumerate() {
                let edit = match what {
                    0 => BeadEdit::Confirm,
                    1 => BeadEdit::MergeNext,
                    2 | 3 => BeadEdit::Split { source: a, target: b },
                    4 => BeadEdit::MoveDown(BeadSide::Source),
                    5 => BeadEdit::MoveUp(BeadSide::Target),
                    _ => BeadEdit::MoveDown(BeadSide::Target),
                };
                let Ok(change) = change(&shown, at % shown.len(), edit) else { continue };
                let wanted = change.beads.clone();
                taken.insert(0, (id as i64, change));
                shown = compose(machine.clone(), &taken).0;
                covers(&shown, s, t);
                for (source, target) in wanted {
                    let there = shown.iter().any(|b| b.source.numbers() == source.numbers() && b.target.numbers() == target.numbers());
                    prop_assert!(there || source.is_empty() || target.is_empty(), "{source:?} {target:?} {shown:?}");
                }
            }
        }
    }
}
