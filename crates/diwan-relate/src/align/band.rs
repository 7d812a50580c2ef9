//! The part of the plane of two texts that is looked at.

use std::ops::Range;

/// For each number of sentences of the first text, which numbers of the second are looked at.
#[derive(Debug)]
pub(super) struct Band {
    from: Vec<u32>,
    to: Vec<u32>,
    start: Vec<u32>,
}

/// Between two points further apart than this (sentences times sentences) only the middle is looked at.
const WIDEST: usize = 2_000_000;

impl Band {
    /// All of it.
    pub(super) fn whole(n: usize, m: usize) -> Self {
        Self::build(vec![0; n + 1], vec![m as u32; n + 1])
    }

    /// Round a path of points that rise in both directions. Between two points the band is as wide as `width`, and wider
    /// where they lie far from each other.
    pub(super) fn round(path: &[(usize, usize)], n: usize, m: usize, width: usize) -> Self {
        let mut from = Vec::with_capacity(n + 1);
        let mut to = Vec::with_capacity(n + 1);
        let mut k = 0;
        for i in 0..=n {
            while path.get(k + 1).is_some_and(|p| p.0 <= i) {
                k += 1;
            }
            let a = path.get(k).copied().unwrap_or((0, 0));
            let b = path.get(k + 1).copied().unwrap_or((n, m));
            let (rise, run) = (b.1.saturating_sub(a.1), b.0.saturating_sub(a.0).max(1));
            let along = i.saturating_sub(a.0);
            let centre = a.1 + rise * along / run;
            // What was left out on either side may lie anywhere between the two points: the way may run along the first
            // text at once or only at the end, as steeply as the texts do where nothing is left out.
            let (early, late) =
                (a.1 + along.min(rise), b.1.saturating_sub(run.saturating_sub(along).min(rise)));
            let wide = rise.saturating_mul(run) <= WIDEST;
            let slack = width + rise.min(run).min(400) / 2;
            let (low, high) = if wide { (early.min(late), early.max(late)) } else { (centre, centre) };
            from.push(low.min(centre).saturating_sub(slack) as u32);
            to.push((high.max(centre) + slack).min(m) as u32);
        }
        if let Some(last) = to.last_mut() {
            *last = m as u32;
        }
        if let Some(first) = from.first_mut() {
            *first = 0;
        }
        Self::build(from, to)
    }

    /// Round the beads of an earlier pass.
    pub(super) fn along(
        beads: impl Iterator<Item = (Range<usize>, Range<usize>)>,
        n: usize,
        m: usize,
        width: usize,
    ) -> Self {
        let mut from = vec![u32::MAX; n + 1];
        let mut to = vec![0u32; n + 1];
        for (source, target) in beads {
            for i in source.start..=source.end {
                if let (Some(f), Some(t)) = (from.get_mut(i), to.get_mut(i)) {
                    *f = (*f).min(target.start.saturating_sub(width) as u32);
                    *t = (*t).max((target.end + width).min(m) as u32);
                }
            }
        }
        if let Some(first) = from.first_mut() {
            *first = 0;
        }
        if let Some(last) = to.last_mut() {
            *last = m as u32;
        }
        Self::build(from, to)
    }

    fn build(mut from: Vec<u32>, mut to: Vec<u32>) -> Self {
        // Rows must overlap, else no way leads through.
        for k in 1..from.len() {
            let (before_from, before_to) =
                (from.get(k - 1).copied().unwrap_or(0), to.get(k - 1).copied().unwrap_or(0));
            if let (Some(f), Some(t)) = (from.get_mut(k), to.get_mut(k)) {
                *f = (*f).max(before_from).min(before_to);
                *t = (*t).max(before_to).max(*f);
            }
        }
        let mut start = Vec::with_capacity(from.len() + 1);
        let mut at = 0;
        for (f, t) in from.iter().zip(&to) {
            start.push(at);
            at += t + 1 - f;
        }
        start.push(at);
        Self { from, to, start }
    }

    /// The columns of a row, both included.
    pub(super) fn row(&self, i: usize) -> (usize, usize) {
        let at = |list: &[u32]| list.get(i).copied().unwrap_or(0) as usize;
        (at(&self.from), at(&self.to))
    }

    /// The number of a point; none outside.
    pub(super) fn index(&self, i: usize, j: usize) -> Option<usize> {
        let (from, to) = (*self.from.get(i)? as usize, *self.to.get(i)? as usize);
        if from <= j && j <= to { self.start.get(i).map(|s| *s as usize + j - from) } else { None }
    }

    /// How many points there are.
    pub(super) fn size(&self) -> usize {
        self.start.last().copied().unwrap_or(0) as usize
    }

    /// Which sentences of the second text (of `m`) sentence `i` of the first may be matched with, `margin` beside.
    pub(super) fn columns(&self, i: usize, m: usize, margin: usize) -> (usize, usize) {
        let (here, next) = (self.row(i), self.row(i + 1));
        (here.0.saturating_sub(margin), (next.1 + margin).min(m))
    }
}
