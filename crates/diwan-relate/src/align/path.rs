//! The best way through two texts, and how sure each step of it is.

use std::ops::Range;

use super::features::Side;
use super::lengths::Lengths;
use super::matches::Matches;

/// A bead with its confidence in 0 … 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) source: Range<usize>,
    pub(super) target: Range<usize>,
    pub(super) confidence: f32,
}

/// Kinds of bead: how many sentences of either side.
const KINDS: [(usize, usize); 13] =
    [(1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (1, 4), (4, 1), (2, 3), (3, 2), (3, 3)];

/// How common each kind of bead is, as logarithms against one-to-one.
#[derive(Debug, Clone)]
pub(super) struct Priors([f32; KINDS.len()]);

impl Default for Priors {
    fn default() -> Self {
        Self([0.0, -2.6, -2.6, -3.0, -3.0, -5.0, -5.0, -5.0, -6.5, -6.5, -7.0, -7.0, -8.0])
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
const NEGLIGIBLE: f32 = 12.0;
/// Half width of the band round the coarse path, in sentences.
const BAND: usize = 60;

struct Band {
    from: Vec<usize>,
    to: Vec<usize>,
    start: Vec<usize>,
}

impl Band {
    /// For each row, the columns that are looked at.
    fn round(path: &[(usize, usize)], n: usize, m: usize) -> Self {
        let mut from = Vec::with_capacity(n + 1);
        let mut to = Vec::with_capacity(n + 1);
        let small = n.saturating_mul(m) < 250_000;
        let mut k = 0;
        for i in 0..=n {
            while path.get(k + 1).is_some_and(|p| p.0 <= i) {
                k += 1;
            }
            let a = path.get(k).copied().unwrap_or((0, 0));
            let b = path.get(k + 1).copied().unwrap_or((n, m));
            let (rise, run) = (b.1.saturating_sub(a.1), b.0.saturating_sub(a.0).max(1));
            let centre = a.1 + rise * i.saturating_sub(a.0) / run;
            let width = BAND + rise.min(400) / 2;
            if small {
                from.push(0);
                to.push(m);
            } else {
                from.push(centre.saturating_sub(width));
                to.push((centre + width).min(m));
            }
        }
        if let Some(last) = to.last_mut() {
            *last = m;
        }
        if let Some(first) = from.first_mut() {
            *first = 0;
        }
        let mut start = Vec::with_capacity(n + 2);
        let mut at = 0;
        for (f, t) in from.iter().zip(&to) {
            start.push(at);
            at += t + 1 - f;
        }
        start.push(at);
        Self { from, to, start }
    }

    fn index(&self, i: usize, j: usize) -> Option<usize> {
        let (from, to) = (*self.from.get(i)?, *self.to.get(i)?);
        (from <= j && j <= to).then(|| self.start.get(i).map(|s| s + j - from)).flatten()
    }

    fn size(&self) -> usize {
        self.start.last().copied().unwrap_or(0)
    }
}

/// A coarse path: pairs of sentences with much in common, in an order that never turns back.
fn coarse(matches: &Matches, n: usize, m: usize) -> Vec<(usize, usize)> {
    let mut best: Vec<(usize, usize, f32)> = Vec::new();
    let mut row: Option<(usize, usize, f32, f32)> = None;
    let close = |row: Option<(usize, usize, f32, f32)>, best: &mut Vec<(usize, usize, f32)>| {
        if let Some((i, j, first, second)) = row
            && first > 4.0
            && first > 1.5 * second
        {
            best.push((i, j, first));
        }
    };
    for ((i, j), weight) in matches.pairs() {
        let (i, j) = (i as usize, j as usize);
        row = match row {
            Some((at, to, first, second)) if at == i => {
                if weight > first {
                    Some((i, j, weight, first))
                } else {
                    Some((at, to, first, second.max(weight)))
                }
            }
            other => {
                close(other, &mut best);
                Some((i, j, weight, 0.0))
            }
        };
    }
    close(row, &mut best);
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

/// Aligns two texts.
pub(super) fn align(a: &Side, b: &Side, matches: &Matches, lengths: &Lengths, priors: &Priors) -> Vec<Found> {
    let (n, m) = (a.sentences.len(), b.sentences.len());
    let band = Band::round(&coarse(matches, n, m), n, m);
    let scorer = Scorer { a, b, matches, lengths, priors };
    let mut best = vec![f32::NEG_INFINITY; band.size()];
    let mut sum = vec![f32::NEG_INFINITY; band.size()];
    let mut step: Vec<u8> = vec![u8::MAX; band.size()];
    let mut steps: Vec<(u32, u32, u8, f32)> = Vec::new();
    for i in 0..=n {
        let (from, to) = (band.from.get(i).copied().unwrap_or(0), band.to.get(i).copied().unwrap_or(0));
        for j in from..=to {
            let Some(here) = band.index(i, j) else { continue };
            if i == 0 && j == 0 {
                set(&mut best, here, 0.0);
                set(&mut sum, here, 0.0);
                continue;
            }
            let (mut top, mut kind_of, mut total) = (f32::NEG_INFINITY, u8::MAX, f32::NEG_INFINITY);
            for (k, (di, dj)) in KINDS.iter().enumerate() {
                if i < *di || j < *dj {
                    continue;
                }
                let Some(there) = band.index(i - di, j - dj) else { continue };
                let before = get(&best, there);
                if before == f32::NEG_INFINITY {
                    continue;
                }
                let Some(score) = scorer.bead(k, i - di..i, j - dj..j, top - before - NEGLIGIBLE) else {
                    continue;
                };
                steps.push((i as u32, j as u32, k as u8, score));
                total = log_add(total, get(&sum, there) + score);
                if before + score > top {
                    (top, kind_of) = (before + score, k as u8);
                }
            }
            set(&mut best, here, top);
            set(&mut sum, here, total);
            if let Some(slot) = step.get_mut(here) {
                *slot = kind_of;
            }
        }
    }
    let after = backward(&band, &steps, n, m);
    trace(&band, &step, &sum, &after, &scorer, n, m)
}

/// Sums over all ways from a point to the end.
fn backward(band: &Band, steps: &[(u32, u32, u8, f32)], n: usize, m: usize) -> Vec<f32> {
    let mut after = vec![f32::NEG_INFINITY; band.size()];
    if let Some(end) = band.index(n, m) {
        set(&mut after, end, 0.0);
    }
    for (i, j, kind, score) in steps.iter().rev() {
        let Some((di, dj)) = KINDS.get(*kind as usize) else { continue };
        let (i, j) = (*i as usize, *j as usize);
        if let (Some(here), Some(there)) = (band.index(i, j), band.index(i - di, j - dj)) {
            let value = log_add(get(&after, there), get(&after, here) + score);
            set(&mut after, there, value);
        }
    }
    after
}

fn trace(
    band: &Band,
    step: &[u8],
    sum: &[f32],
    after: &[f32],
    scorer: &Scorer<'_>,
    n: usize,
    m: usize,
) -> Vec<Found> {
    let mut out = Vec::new();
    let (mut i, mut j) = (n, m);
    let all = band.index(n, m).map_or(0.0, |end| get(sum, end));
    while i > 0 || j > 0 {
        let kind = band.index(i, j).and_then(|k| step.get(k)).copied().unwrap_or(u8::MAX) as usize;
        // Outside the band there is no way: what is left has no counterpart.
        let (di, dj) = KINDS.get(kind).copied().unwrap_or(if i > 0 { (1, 0) } else { (0, 1) });
        let (source, target) = (i - di..i, j - dj..j);
        let confidence = match (band.index(i - di, j - dj), band.index(i, j)) {
            (Some(there), Some(here)) => {
                let score =
                    scorer.bead(kind, source.clone(), target.clone(), f32::NEG_INFINITY).unwrap_or(0.0);
                (get(sum, there) + score + get(after, here) - all).exp().clamp(0.0, 1.0)
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

fn log_add(a: f32, b: f32) -> f32 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == f32::NEG_INFINITY || high - low > 30.0 { high } else { high + (low - high).exp().ln_1p() }
}

struct Scorer<'a> {
    a: &'a Side,
    b: &'a Side,
    matches: &'a Matches,
    lengths: &'a Lengths,
    priors: &'a Priors,
}

impl Scorer<'_> {
    /// How much speaks for a bead: a log likelihood ratio against two texts that have nothing to do with each other.
    /// `None` where it is out of the question, or surely below `floor`.
    fn bead(&self, kind: usize, source: Range<usize>, target: Range<usize>, floor: f32) -> Option<f32> {
        let prior = self.priors.0.get(kind).copied()?;
        let left = self.a.sentences.get(source.clone())?;
        let right = self.b.sentences.get(target.clone())?;
        if left.is_empty() || right.is_empty() {
            let furniture = left.iter().chain(right).filter(|s| s.furniture).count();
            return Some(prior + 2.2 * furniture as f32);
        }
        let length = |side: &[super::features::SentenceFacts]| side.iter().map(|s| s.length).sum::<f32>();
        let lengths = self.lengths.score(length(left), length(right));
        if lengths < -9.0 && left.len() + right.len() > 2 {
            return None;
        }
        let bound = self.bound(source.clone(), target.clone());
        if prior + lengths + BELIEVED * bound < floor {
            return None;
        }
        let words = if kind == 0 { bound } else { self.words(source, target) };
        Some(prior + lengths + BELIEVED * words)
    }

    /// What the words of a bead can be worth at most; exact for one sentence against one.
    fn bound(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let missing =
            |list: &[f32], range: Range<usize>| list.get(range).unwrap_or_default().iter().sum::<f32>();
        let mut total = missing(&self.matches.missing.0, source.clone())
            + missing(&self.matches.missing.1, target.clone());
        for i in source {
            total += target
                .clone()
                .filter_map(|j| self.matches.cell(i, j))
                .map(|c| c.worth.0 + c.worth.1)
                .sum::<f32>();
        }
        total / 2.0
    }

    fn words(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let mut total = 0.0;
        for i in source.clone() {
            total += self.matches.missing.0.get(i).copied().unwrap_or(0.0);
            let mut seen: Vec<(u16, f32)> = Vec::new();
            for cell in target.clone().filter_map(|j| self.matches.cell(i, j)) {
                merge(&mut seen, &cell.source);
            }
            let chance = chance(target.len());
            total += seen.iter().map(|(p, w)| w - chance - self.matches.cost_source(i, *p)).sum::<f32>();
        }
        for j in target {
            total += self.matches.missing.1.get(j).copied().unwrap_or(0.0);
            let mut seen: Vec<(u16, f32)> = Vec::new();
            for cell in source.clone().filter_map(|i| self.matches.cell(i, j)) {
                merge(&mut seen, &cell.target);
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

fn merge(seen: &mut Vec<(u16, f32)>, more: &[(u16, f32)]) {
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
