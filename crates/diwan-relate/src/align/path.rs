//! The best way through two texts, and how sure each step of it is.

use std::ops::Range;

use super::band::Band;
use super::features::Side;
use super::lengths::Lengths;
use super::matches::{Match, Matches, Row};

/// A bead with its confidence in 0 … 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) source: Range<usize>,
    pub(super) target: Range<usize>,
    pub(super) confidence: f32,
}

/// Kinds of bead: how many sentences of either side; the usual ones first.
const KINDS: [(usize, usize); ALL_KINDS] = [
    (1, 1),
    (1, 0),
    (0, 1),
    (1, 2),
    (2, 1),
    (2, 2),
    (1, 3),
    (3, 1),
    (1, 4),
    (4, 1),
    (2, 3),
    (3, 2),
    (3, 3),
    (2, 4),
    (4, 2),
    (3, 4),
    (4, 3),
    (4, 4),
];

/// How many kinds there are, and how many of them are usual.
pub(super) const ALL_KINDS: usize = 18;
pub(super) const USUAL_KINDS: usize = 13;

/// How common each kind of bead is, as logarithms against one-to-one.
#[derive(Debug, Clone)]
pub(super) struct Priors([f32; KINDS.len()]);

impl Default for Priors {
    fn default() -> Self {
        Self([
            0.0, -2.6, -2.6, -3.0, -3.0, -5.0, -5.0, -5.0, -6.5, -6.5, -7.0, -7.0, -8.0, -8.5, -8.5, -9.0,
            -9.0, -9.5,
        ])
    }
}

impl Priors {
    /// Learns how common each kind is, leaning on the first guess.
    pub(super) fn learn(&mut self, found: &[Vec<Found>]) {
        let start = Self::default();
        let mut counts = [0.0f32; KINDS.len()];
        let mut all = 0.0;
        for bead in found.iter().flatten() {
            if let Some(n) = KINDS
                .iter()
                .position(|k| *k == (bead.source.len(), bead.target.len()))
                .and_then(|k| counts.get_mut(k))
            {
                *n += 1.0;
                all += 1.0;
            }
        }
        let believed = 40.0;
        let norm: f32 = start.0.iter().map(|p| p.exp()).sum();
        let share: Vec<f32> = counts
            .iter()
            .zip(start.0)
            .map(|(n, p)| (n + believed * p.exp() / norm) / (all + believed))
            .collect();
        let first = share.first().copied().unwrap_or(1.0);
        for (prior, share) in self.0.iter_mut().zip(share) {
            *prior = (share / first).ln();
        }
    }
}

/// Evidence is a sum over words that are not independent; this much of it is believed.
const BELIEVED: f32 = 0.55;
/// A step that is worse than the best by more than this changes neither the path nor its confidence.
const NEGLIGIBLE: f32 = 8.0;
/// A coarse path: pairs of sentences that rare words tie to each other and to no others, in an order that never turns back.
/// `ties` are sorted by the first sentence.
pub(super) fn coarse(ties: &[(u32, u32, f32)], n: usize, m: usize) -> Vec<(usize, usize)> {
    let mut best: Vec<(usize, usize, f32)> = Vec::new();
    for row in ties.chunk_by(|a, b| a.0 == b.0) {
        let mut top: Option<(u32, u32, f32)> = None;
        let mut second = 0.0f32;
        for tie in row {
            if top.is_none_or(|t| tie.2 > t.2) {
                second = second.max(top.map_or(0.0, |t| t.2));
                top = Some(*tie);
            } else {
                second = second.max(tie.2);
            }
        }
        if let Some((i, j, weight)) = top
            && weight > 4.0
            && weight > 1.5 * second
        {
            best.push((i as usize, j as usize, weight));
        }
    }
    let mut path = vec![(0, 0)];
    path.extend(longest_rising(&best));
    path.push((n, m));
    path
}

/// The heaviest subsequence in which columns rise (patience sorting on columns, weights as given).
fn longest_rising(points: &[(usize, usize, f32)]) -> Vec<(usize, usize)> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; points.len()];
    for (k, point) in points.iter().enumerate() {
        let place = tails.partition_point(|t| points.get(*t).is_some_and(|p| p.1 < point.1));
        if let Some(slot) = before.get_mut(k) {
            *slot = place.checked_sub(1).and_then(|p| tails.get(p).copied());
        }
        match tails.get_mut(place) {
            Some(tail) => *tail = k,
            None => tails.push(k),
        }
    }
    let mut out = Vec::new();
    let mut at = tails.last().copied();
    while let Some(k) = at {
        if let Some(p) = points.get(k) {
            out.push((p.0, p.1));
        }
        at = before.get(k).copied().flatten();
    }
    out.reverse();
    out
}

/// Aligns two texts inside a band.
pub(super) fn align(scorer: &Scorer<'_>, band: &Band, kinds: usize) -> Vec<Found> {
    let (n, m) = (scorer.a.sentences.len(), scorer.b.sentences.len());
    let mut best = vec![f32::NEG_INFINITY; band.size()];
    let mut sum = vec![f32::NEG_INFINITY; band.size()];
    let mut step: Vec<u8> = vec![u8::MAX; band.size()];
    let mut steps: Vec<(u32, u32, f32)> = Vec::with_capacity(2 * band.size());
    for i in 0..=n {
        let (from, to) = band.row(i);
        let rows = scorer.rows(i);
        for j in from..=to {
            let Some(here) = band.index(i, j) else { continue };
            if i == 0 && j == 0 {
                set(&mut best, here, 0.0);
                set(&mut sum, here, 0.0);
                continue;
            }
            let (mut top, mut kind_of) = (f32::NEG_INFINITY, u8::MAX);
            let first = steps.len();
            let block = Block::at(&rows, j);
            for (k, (di, dj)) in KINDS.iter().enumerate().take(kinds) {
                if i < *di || j < *dj {
                    continue;
                }
                let Some(there) = band.index(i - di, j - dj) else { continue };
                let before = get(&best, there);
                if before == f32::NEG_INFINITY {
                    continue;
                }
                let floor = top - before - NEGLIGIBLE;
                let Some(score) = scorer.bead(k, (i, j), block.sum(*di, *dj), floor) else { continue };
                steps.push((here as u32, there as u32, score));
                if before + score > top {
                    (top, kind_of) = (before + score, k as u8);
                }
            }
            let mut total = 0.0;
            for (_, there, score) in steps.get(first..).unwrap_or_default() {
                let off = get(&sum, *there as usize) + score - top;
                if off > -NEGLIGIBLE {
                    total += off.exp();
                }
            }
            set(&mut best, here, top);
            set(&mut sum, here, top + total.ln());
            if let Some(slot) = step.get_mut(here) {
                *slot = kind_of;
            }
        }
    }
    let after = backward(&steps, &sum, band.size());
    trace(band, &step, &sum, &after, scorer, n, m)
}

/// Sums over all ways from a point to the end, on the scale of the sums from the beginning: what is kept is the share
/// of all paths that lead through a point.
fn backward(steps: &[(u32, u32, f32)], sum: &[f32], size: usize) -> Vec<f32> {
    let mut share = vec![0.0f32; size];
    if let Some(end) = share.last_mut() {
        *end = 1.0;
    }
    for (here, there, score) in steps.iter().rev() {
        let through = share.get(*here as usize).copied().unwrap_or(0.0);
        if through > 1e-6 {
            let part = (get(sum, *there as usize) + score - get(sum, *here as usize)).exp();
            if let Some(slot) = share.get_mut(*there as usize) {
                *slot += through * part;
            }
        }
    }
    share
}

fn trace(
    band: &Band,
    step: &[u8],
    sum: &[f32],
    share: &[f32],
    scorer: &Scorer<'_>,
    n: usize,
    m: usize,
) -> Vec<Found> {
    let mut out = Vec::new();
    let (mut i, mut j) = (n, m);
    while i > 0 || j > 0 {
        let kind = band.index(i, j).and_then(|k| step.get(k)).copied().unwrap_or(u8::MAX) as usize;
        // Outside the band there is no way: what is left has no counterpart.
        let (di, dj) = KINDS.get(kind).copied().unwrap_or(if i > 0 { (1, 0) } else { (0, 1) });
        let (source, target) = (i.saturating_sub(di)..i, j.saturating_sub(dj)..j);
        let confidence = match (band.index(source.start, target.start), band.index(i, j)) {
            (Some(there), Some(here)) => {
                let block = Block::at(&scorer.rows(i), j);
                let worth = block.sum(source.len(), target.len());
                let score = scorer.bead(kind, (i, j), worth, f32::NEG_INFINITY).unwrap_or(0.0);
                let part = (get(sum, there) + score - get(sum, here)).exp();
                (part * share.get(here).copied().unwrap_or(0.0)).clamp(0.0, 1.0)
            }
            _ => 0.0,
        };
        (i, j) = (source.start, target.start);
        out.push(Found { source, target, confidence });
    }
    out.reverse();
    out
}

fn get(list: &[f32], at: usize) -> f32 {
    list.get(at).copied().unwrap_or(f32::NEG_INFINITY)
}

fn set(list: &mut [f32], at: usize, value: f32) {
    if let Some(slot) = list.get_mut(at) {
        *slot = value;
    }
}

/// Most sentences of a bead on one side.
const MOST: usize = 4;

/// What the words of the sentences before a point are worth against each other: sums over the last sentences of either side.
struct Block([[f32; MOST + 1]; MOST + 1]);

impl Block {
    fn at(rows: &[Row<'_>; MOST], j: usize) -> Self {
        let mut out = [[0.0; MOST + 1]; MOST + 1];
        let mut above = [0.0; MOST + 1];
        for (row, sums) in rows.iter().zip(out.iter_mut().skip(1)) {
            let mut total = 0.0;
            for (b, (sum, above)) in sums.iter_mut().zip(&mut above).enumerate().skip(1) {
                total += j.checked_sub(b).map_or(0.0, |j| row.worth(j));
                *sum = *above + total;
                *above = *sum;
            }
        }
        Self(out)
    }

    fn sum(&self, source: usize, target: usize) -> f32 {
        self.0.get(source).and_then(|row| row.get(target)).copied().unwrap_or(0.0)
    }
}

/// What is added up over the last sentences of a side.
#[derive(Debug, Clone, Copy, Default)]
struct Group {
    /// The logarithm of their length, and one over its root.
    length: (f32, f32),
    /// What it costs when none of their words is rendered.
    missing: f32,
}

/// Groups of sentences: by last sentence, then by how many.
struct Grouped(Vec<[Group; MOST]>);

impl Grouped {
    fn of(side: &Side, missing: &[f32]) -> Self {
        let lengths: Vec<f32> = side.sentences.iter().map(|s| s.length).collect();
        let group = |end: usize| {
            let (mut total, mut cost) = (0.0, 0.0);
            let mut out = [Group::default(); MOST];
            for (k, slot) in out.iter_mut().enumerate() {
                let at = end.checked_sub(k);
                total += at.and_then(|at| lengths.get(at)).copied().unwrap_or(0.0);
                cost += at.and_then(|at| missing.get(at)).copied().unwrap_or(0.0);
                *slot = Group { length: (total.ln(), 1.0 / total.sqrt()), missing: cost };
            }
            out
        };
        Self((0..lengths.len()).map(group).collect())
    }

    fn get(&self, end: usize, count: usize) -> Group {
        let last = end.checked_sub(1).and_then(|at| self.0.get(at));
        last.zip(count.checked_sub(1)).and_then(|(g, k)| g.get(k)).copied().unwrap_or_default()
    }
}

/// Scores the beads of two texts.
pub(super) struct Scorer<'a> {
    a: &'a Side,
    b: &'a Side,
    matches: &'a Matches,
    lengths: &'a Lengths,
    priors: &'a Priors,
    grouped: (Grouped, Grouped),
}

/// No pair of lengths says more for a bead than this.
const LENGTHS_MOST: f32 = 2.3;

impl<'a> Scorer<'a> {
    pub(super) fn new(
        a: &'a Side,
        b: &'a Side,
        matches: &'a Matches,
        lengths: &'a Lengths,
        priors: &'a Priors,
    ) -> Self {
        let grouped = (Grouped::of(a, &matches.missing.0), Grouped::of(b, &matches.missing.1));
        Self { a, b, matches, lengths, priors, grouped }
    }

    /// The rows of matches of the sentences before a point, the last first.
    fn rows(&self, i: usize) -> [Row<'a>; MOST] {
        let mut k = 0;
        [(); MOST].map(|()| {
            k += 1;
            i.checked_sub(k).map(|i| self.matches.row(i)).unwrap_or_default()
        })
    }

    /// How much speaks for the bead of a kind that ends at a point, `worth` being what its matches are worth: a log
    /// likelihood ratio against two texts that have nothing to do with each other. `None` where it is out of the
    /// question, or surely below `floor`.
    fn bead(&self, kind: usize, (i, j): (usize, usize), worth: f32, floor: f32) -> Option<f32> {
        let prior = self.priors.0.get(kind).copied()?;
        let (di, dj) = KINDS.get(kind).copied()?;
        let (source, target) = (i.checked_sub(di)?..i, j.checked_sub(dj)?..j);
        if di == 0 || dj == 0 {
            let left = self.a.sentences.get(source)?;
            let right = self.b.sentences.get(target)?;
            let furniture = left.iter().chain(right).filter(|s| s.furniture).count();
            return Some(prior + 2.2 * furniture as f32);
        }
        let prior = prior + self.matches.told(source.clone(), target.clone());
        let (left, right) = (self.grouped.0.get(i, di), self.grouped.1.get(j, dj));
        // What the words can be worth at most; exact for one sentence against one.
        let bound = (left.missing + right.missing + worth) / 2.0;
        if prior + LENGTHS_MOST + BELIEVED * bound < floor {
            return None;
        }
        let lengths = self.lengths.score(left.length, right.length);
        if (lengths < -9.0 && di + dj > 2) || prior + lengths + BELIEVED * bound < floor {
            return None;
        }
        let words = if kind == 0 { bound } else { self.words(source, target) };
        Some(prior + lengths + BELIEVED * words)
    }

    fn words(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let mut total = 0.0;
        let mut seen: Vec<Match> = Vec::new();
        for i in source.clone() {
            total += self.matches.missing.0.get(i).copied().unwrap_or(0.0);
            seen.clear();
            for j in target.clone() {
                merge(&mut seen, self.matches.cell(i, j).0);
            }
            let chance = chance(target.len());
            total += seen.iter().map(|(p, w)| w - chance - self.matches.cost_source(i, *p)).sum::<f32>();
        }
        for j in target {
            total += self.matches.missing.1.get(j).copied().unwrap_or(0.0);
            seen.clear();
            for i in source.clone() {
                merge(&mut seen, self.matches.cell(i, j).1);
            }
            let chance = chance(source.len());
            total += seen.iter().map(|(p, w)| w - chance - self.matches.cost_target(j, *p)).sum::<f32>();
        }
        total / 2.0
    }
}

/// The more sentences there are opposite, the likelier a word finds its match by chance. Less is taken off than chance
/// would have, because neighbours are seldom about different things.
fn chance(opposite: usize) -> f32 {
    0.4 * (opposite as f32).ln()
}

fn merge(seen: &mut Vec<Match>, more: &[Match]) {
    if seen.is_empty() {
        seen.extend_from_slice(more);
        return;
    }
    for (position, weight) in more {
        match seen.iter_mut().find(|s| s.0 == *position) {
            Some(s) => s.1 = s.1.max(*weight),
            None => seen.push((*position, *weight)),
        }
    }
}
