//! Words of one text that may render words of the other, gathered by pairs of sentences inside the band.

use std::ops::Range;

use super::band::Band;
use super::features::{Side, Vocabulary};
use super::index::{Anchors, Index, Kind, Place};
use super::learn::Learner;
use super::vectors::Chance;

/// What two sentences have in common.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cell {
    /// The matches of words of the first sentence, in `Matches::source`.
    source: (u32, u32),
    /// Of the second.
    target: (u32, u32),
}

/// What one sentence of the first text has in common with those of the second.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Row<'a> {
    from: usize,
    at: &'a [(u32, f32)],
}

impl Row<'_> {
    /// What the matches with sentence `j` are worth, with what it would cost to miss them.
    #[inline]
    pub(super) fn worth(&self, j: usize) -> f32 {
        if j < self.from { 0.0 } else { self.at.get(j - self.from).map_or(0.0, |s| s.1) }
    }
}

/// The best match of a word: its position in the sentence, the weight.
pub(super) type Match = (u16, f32);

/// All that two texts have in common.
#[derive(Debug, Default)]
pub(super) struct Matches {
    /// By row: the first column that has a place in `at`, and where the row begins there.
    rows: Vec<(u32, u32)>,
    /// A cell number and what its matches are worth, densely by row and column.
    at: Vec<(u32, f32)>,
    /// As `at`: what vectors from elsewhere tell; empty where there are none.
    told: Vec<f32>,
    cells: Vec<Cell>,
    source: Vec<Match>,
    target: Vec<Match>,
    /// By sentence: what it costs when none of its words is rendered.
    pub(super) missing: (Vec<f32>, Vec<f32>),
    /// By sentence and word: what it costs when the word is not rendered.
    costs: (Vec<Vec<f32>>, Vec<Vec<f32>>),
}

impl Matches {
    fn slot(&self, i: usize, j: usize) -> Option<(u32, f32)> {
        let row = self.row(i);
        row.at.get(j.checked_sub(row.from)?).copied()
    }

    /// The row of a sentence of the first text.
    pub(super) fn row(&self, i: usize) -> Row<'_> {
        let Some((from, start)) = self.rows.get(i).copied() else { return Row::default() };
        let end = self.rows.get(i + 1).map_or(self.at.len(), |r| r.1 as usize);
        Row { from: from as usize, at: self.at.get(start as usize..end).unwrap_or_default() }
    }

    /// The matches of sentence `i` with sentence `j`: words of the first, words of the second.
    pub(super) fn cell(&self, i: usize, j: usize) -> (&[Match], &[Match]) {
        let cell = self.slot(i, j).and_then(|s| self.cells.get(s.0 as usize)).copied().unwrap_or_default();
        (part(&self.source, cell.source), part(&self.target, cell.target))
    }

    /// What vectors from elsewhere tell of the sentences of a bead; 0 where there are none.
    pub(super) fn told(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        if self.told.is_empty() {
            return 0.0;
        }
        let (mut sum, mut n) = (0.0, 0.0f32);
        for i in source {
            let Some((from, start)) = self.rows.get(i).copied() else { continue };
            for j in target.clone() {
                let at = j.checked_sub(from as usize).map(|k| start as usize + k);
                sum += at.and_then(|at| self.told.get(at)).copied().unwrap_or(0.0);
                n += 1.0;
            }
        }
        sum / n.max(1.0)
    }

    /// What it costs when the word at `position` of sentence `i` of the first text is not rendered.
    pub(super) fn cost_source(&self, i: usize, position: u16) -> f32 {
        self.costs.0.get(i).and_then(|c| c.get(position as usize)).copied().unwrap_or(0.0)
    }

    /// As [`Self::cost_source`], of the second text.
    pub(super) fn cost_target(&self, j: usize, position: u16) -> f32 {
        self.costs.1.get(j).and_then(|c| c.get(position as usize)).copied().unwrap_or(0.0)
    }
}

fn part(list: &[Match], (from, to): (u32, u32)) -> &[Match] {
    list.get(from as usize..to as usize).unwrap_or_default()
}

/// A word that stands in more sentences than this ties nothing to anything.
const COMMON: usize = 60;
/// A figure without its counterpart speaks against a bead.
const FIGURE_MISSING: f32 = -0.9;
/// Sentences beside the band that a bead may still touch.
const MARGIN: usize = 4;

/// What is shared by all pairs of a batch.
pub(super) struct Shared<'a> {
    pub(super) learner: &'a Learner,
    pub(super) anchors: &'a Anchors,
    pub(super) words: (&'a Vocabulary, &'a Vocabulary),
}

impl Shared<'_> {
    /// Calls `tie` with the weight and the places of every match of a word of the first text.
    fn ties(&self, word: u32, form: u32, index: &Index, mut tie: impl FnMut(f32, &[Place])) {
        for rendering in self.learner.renderings(word) {
            let to = index.word(rendering.other);
            if !to.is_empty() {
                tie(rendering.weight * if to.len() > COMMON { 0.3 } else { 1.0 }, to);
            }
        }
        for (anchor, kind) in self.anchors.of_source(form) {
            let to = index.anchor(*anchor);
            let weight = anchor_weight(*kind, to.len(), index.sentences);
            if !to.is_empty() && weight > 0.0 {
                tie(weight, to);
            }
        }
    }
}

/// Pairs of sentences that rare words tie, with their weight: what a coarse path is made of.
pub(super) fn rare_ties(a: &Side, index: &Index, shared: &Shared<'_>, rarest: usize) -> Vec<(u32, u32, f32)> {
    let mut seen: super::fast::FastMap<u32, u32> = super::fast::FastMap::default();
    for token in a.sentences.iter().flat_map(|s| &s.tokens) {
        *seen.entry(token.word).or_default() += 1;
    }
    let mut out = Vec::new();
    let mut row: Vec<(u32, f32)> = Vec::new();
    for (i, sentence) in a.sentences.iter().enumerate() {
        row.clear();
        for token in &sentence.tokens {
            if seen.get(&token.word).is_some_and(|n| *n as usize > rarest) {
                continue;
            }
            shared.ties(token.word, token.form, index, |weight, places| {
                if places.len() <= rarest {
                    row.extend(places.iter().map(|p| (p.0, weight)));
                }
            });
        }
        row.sort_unstable_by(|x, y| x.0.cmp(&y.0).then(x.1.total_cmp(&y.1)));
        out.extend(
            row.chunk_by(|x, y| x.0 == y.0)
                .filter_map(|run| Some((i as u32, run.first()?.0, run.iter().map(|r| r.1).sum()))),
        );
    }
    out
}

/// Gathers what two texts have in common inside the band.
pub(super) fn matches(a: &Side, b: &Side, index: &Index, shared: &Shared<'_>, band: &Band) -> Matches {
    let costs = (
        costs(a, |id| shared.learner.missing_source(id), shared.words.0),
        costs(b, |id| shared.learner.missing_target(id), shared.words.1),
    );
    let sums = |list: &[Vec<f32>]| list.iter().map(|c| c.iter().sum()).collect();
    let mut out = Matches { missing: (sums(&costs.0), sums(&costs.1)), costs, ..Matches::default() };
    out.cells.push(Cell::default());
    let chance = Chance::of(a, b);
    let mut ties: Vec<(u32, u16, u16, f32)> = Vec::new();
    let mut best: Vec<Match> = Vec::new();
    for (i, sentence) in a.sentences.iter().enumerate() {
        let (from, to) = band.columns(i, b.sentences.len(), MARGIN);
        let start = out.at.len();
        out.rows.push((from as u32, start as u32));
        out.at.resize(start + to.saturating_sub(from), (0, 0.0));
        if let Some(chance) = chance {
            out.told.extend((from..to.max(from)).map(|j| chance.told(a, b, i, j)));
        }
        ties.clear();
        for (position, token) in sentence.tokens.iter().enumerate() {
            shared.ties(token.word, token.form, index, |weight, places| {
                let first = places.partition_point(|p| (p.0 as usize) < from);
                for place in places.get(first..).unwrap_or_default() {
                    if place.0 as usize >= to {
                        break;
                    }
                    ties.push((place.0, position as u16, place.1, weight));
                }
            });
        }
        ties.sort_unstable_by_key(|t| (t.0, t.1, t.2));
        for run in ties.chunk_by(|x, y| x.0 == y.0) {
            let Some((j, ..)) = run.first() else { continue };
            let source = (out.source.len() as u32, 0);
            for word in run.chunk_by(|x, y| x.1 == y.1) {
                let weight = word.iter().map(|t| t.3).fold(0.0, f32::max);
                out.source.extend(word.first().map(|t| (t.1, weight)));
            }
            best.clear();
            best.extend(run.iter().map(|t| (t.2, t.3)));
            best.sort_unstable_by(|x, y| x.0.cmp(&y.0).then(y.1.total_cmp(&x.1)));
            best.dedup_by_key(|m| m.0);
            let target = (out.target.len() as u32, (out.target.len() + best.len()) as u32);
            out.target.extend_from_slice(&best);
            let source = (source.0, out.source.len() as u32);
            let worth = out
                .source
                .get(source.0 as usize..)
                .unwrap_or_default()
                .iter()
                .map(|(p, w)| w - out.cost_source(i, *p))
                .sum::<f32>()
                + best.iter().map(|(p, w)| w - out.cost_target(*j as usize, *p)).sum::<f32>();
            let number = out.cells.len() as u32;
            out.cells.push(Cell { source, target });
            if let Some(slot) = out.at.get_mut(start + *j as usize - from) {
                *slot = (number, worth);
            }
        }
    }
    out
}

/// How much a shared anchor says, by how many words of the other text have it.
fn anchor_weight(kind: Kind, places: usize, sentences: usize) -> f32 {
    let rarity = ((sentences as f32 + 8.0) / (places as f32 + 0.5)).ln();
    match kind {
        Kind::Figure => rarity.min(4.0),
        Kind::Letters => rarity.min(4.5),
        Kind::Opening => (rarity - 0.7).min(2.5),
        Kind::Sound => (rarity - 0.9).min(2.2),
    }
}

fn costs(side: &Side, missing: impl Fn(u32) -> f32, words: &Vocabulary) -> Vec<Vec<f32>> {
    let of = |word: u32| {
        if words.word(word).is_some_and(|w| w.figure) { FIGURE_MISSING } else { missing(word) }
    };
    side.sentences.iter().map(|s| s.tokens.iter().map(|t| of(t.word)).collect()).collect()
}
