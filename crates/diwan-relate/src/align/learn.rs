//! A bilingual lexicon learnt from aligned sentences (Brown et al. 1993, Model 1, both ways).

use rayon::prelude::*;

use super::fast::FastMap;
use super::features::{Side, Vocabulary};
use super::lexicon::Lexicon;
use super::path::Found;

/// A rendering of a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rendering {
    /// The word of the other language.
    pub(super) other: u32,
    /// Logarithm of how much likelier the pair is in a bead than by chance.
    pub(super) weight: f32,
}

/// Learns, and answers what renders what.
pub(super) struct Learner {
    seed: FastMap<(u32, u32), f32>,
    /// Expected number of times that a pair renders each other in the beads of the last pass.
    counts: FastMap<(u32, u32), f32>,
    source: Vec<Vec<Rendering>>,
    /// How much it costs when nothing opposite renders the word (0 or less), by side.
    missing: (Vec<f32>, Vec<f32>),
    sizes: (usize, usize),
    /// In which share of all sentences each word stands, by side.
    shares: (Vec<f32>, Vec<f32>),
}

/// A pair seen once may be chance: this much of its count is not believed.
const DISCOUNT: f32 = 0.9;
/// How much likelier a pair of the seed is at first than any other pair of a bead.
const SEED_LEAN: f32 = 8.0;
/// How often a word of the seed is rendered by the other of its pair.
const SEED_SHARE: f32 = 0.25;
/// Largest weight that the seed alone gives.
const SEED_STRONGEST: f32 = 3.0;
/// Largest weight of one word pair.
const STRONGEST: f32 = 5.0;

impl Learner {
    pub(super) fn new(source: &Vocabulary, target: &Vocabulary, seed: &Lexicon) -> Self {
        let seed: FastMap<(u32, u32), f32> = seed
            .pairs
            .iter()
            .filter_map(|(a, b, weight)| Some(((source.get(a)?, target.get(b)?), *weight)))
            .collect();
        let sizes = (source.words.len(), target.words.len());
        let mut out = Self {
            seed,
            counts: FastMap::default(),
            source: Vec::new(),
            missing: (Vec::new(), Vec::new()),
            sizes,
            shares: (source.shares(), target.shares()),
        };
        out.weigh(&[], &[]);
        out
    }

    /// Renderings of a word of the first language.
    pub(super) fn renderings(&self, id: u32) -> &[Rendering] {
        self.source.get(id as usize).map_or(&[], Vec::as_slice)
    }

    /// What it costs when a word of the first language has no rendering opposite.
    pub(super) fn missing_source(&self, id: u32) -> f32 {
        self.missing.0.get(id as usize).copied().unwrap_or(0.0)
    }

    /// What it costs when a word of the second language has no rendering opposite.
    pub(super) fn missing_target(&self, id: u32) -> f32 {
        self.missing.1.get(id as usize).copied().unwrap_or(0.0)
    }

    /// Learns from the beads of a pass.
    pub(super) fn learn(&mut self, sides: &[(Side, Side)], found: &[Vec<Found>]) {
        let mut beads: Vec<(Vec<u32>, Vec<u32>, f32)> = Vec::new();
        for ((a, b), list) in sides.iter().zip(found) {
            for bead in
                list.iter().filter(|f| !f.source.is_empty() && !f.target.is_empty() && f.confidence > 0.3)
            {
                let ids = |side: &Side, range: &std::ops::Range<usize>| {
                    let mut ids: Vec<u32> = side
                        .sentences
                        .get(range.clone())
                        .unwrap_or_default()
                        .iter()
                        .flat_map(|s| s.tokens.iter().map(|t| t.word))
                        .collect();
                    ids.sort_unstable();
                    ids.dedup();
                    ids
                };
                let (left, right) = (ids(a, &bead.source), ids(b, &bead.target));
                if left.len() <= 120 && right.len() <= 120 {
                    beads.push((left, right, bead.confidence));
                }
            }
        }
        let table = Table::of(&beads);
        let (forth, back) =
            rayon::join(|| self.model(&beads, &table, false), || self.model(&beads, &table, true));
        self.counts = table
            .pairs
            .iter()
            .zip(forth.iter().zip(&back))
            .filter_map(|(pair, (there, here))| {
                let both = (there * here).sqrt();
                (both > 0.15).then_some((*pair, both))
            })
            .collect();
        let occurrences = occurrences(&beads, self.sizes);
        self.weigh(&occurrences.0, &occurrences.1);
    }

    /// Expected counts of each pair of `table` by Model 1, of the second language given the first (`turned`: of the
    /// first given the second).
    fn model(&self, beads: &[(Vec<u32>, Vec<u32>, f32)], table: &Table, turned: bool) -> Vec<f32> {
        let given = |pair: (u32, u32)| if turned { pair.1 } else { pair.0 } as usize;
        let words = if turned { self.sizes.1 } else { self.sizes.0 };
        let mut probability: Vec<f32> = table
            .pairs
            .iter()
            .map(|p| 1.0 + SEED_LEAN * self.seed.get(p).copied().unwrap_or(0.0).min(1.0))
            .collect();
        let mut nothing = 0.5;
        let mut counts = vec![0.0f32; table.pairs.len()];
        for _ in 0..4 {
            counts.fill(0.0);
            let (mut totals, mut lost, mut all) = (vec![0.0f32; words], 0.0f32, 0.0f32);
            let mut at = 0;
            for (left, right, weight) in beads {
                let ids = table.entries.get(at..at + left.len() * right.len()).unwrap_or_default();
                at += ids.len();
                let (outer, inner) =
                    if turned { (left.len(), right.len()) } else { (right.len(), left.len()) };
                for o in 0..outer {
                    // Rows are words of the first language, columns of the second.
                    let cells = (0..inner).filter_map(|k| {
                        ids.get(if turned { o * inner + k } else { k * outer + o }).map(|id| *id as usize)
                    });
                    let sum: f32 = nothing + cells.clone().filter_map(|id| probability.get(id)).sum::<f32>();
                    lost += weight * nothing / sum;
                    all += weight;
                    for id in cells {
                        if let (Some(p), Some(count)) = (probability.get(id), counts.get_mut(id)) {
                            *count += weight * p / sum;
                        }
                    }
                }
            }
            for (pair, count) in table.pairs.iter().zip(&counts) {
                if let Some(total) = totals.get_mut(given(*pair)) {
                    *total += count;
                }
            }
            for ((pair, count), p) in table.pairs.iter().zip(&counts).zip(&mut probability) {
                *p = count / totals.get(given(*pair)).copied().unwrap_or(1.0).max(1e-6);
            }
            // The empty word renders any word of the vocabulary alike.
            nothing = lost / all.max(1.0) / words.max(1) as f32 * 20.0;
        }
        counts
    }

    /// Turns counts and seed into weights.
    fn weigh(&mut self, source: &[f32], target: &[f32]) {
        let total: f32 = source.first().copied().unwrap_or(0.0).max(1.0);
        let of = |list: &[f32], id: u32| list.get(id as usize + 1).copied().unwrap_or(0.0);
        // Order does not matter here: what follows walks the sorted pairs.
        let mut joint = self.counts.clone();
        joint.retain(|_, count| {
            *count -= DISCOUNT;
            *count > 0.05
        });
        self.source = vec![Vec::new(); self.sizes.0];
        let mut known = (vec![0.0f32; self.sizes.0], vec![0.0f32; self.sizes.1]);
        let mut pairs: Vec<(u32, u32)> = joint.keys().chain(self.seed.keys()).copied().collect();
        pairs.sort_unstable();
        pairs.dedup();
        for (s, t) in pairs {
            let count = joint.get(&(s, t)).copied().unwrap_or(0.0);
            let (in_source, in_target) = (of(source, s).max(1.0), of(target, t).max(1.0));
            let learnt = if count > 0.0 { (count * total / (in_source * in_target)).ln() } else { 0.0 };
            let seeded = self.seed.get(&(s, t)).map_or(0.0, |w| {
                let (a, b) = (share(&self.shares.0, s), share(&self.shares.1, t));
                (w.min(1.0) * SEED_SHARE / a.max(b).max(1e-6)).ln().clamp(0.0, SEED_STRONGEST)
            });
            let weight = learnt.max(seeded).min(STRONGEST);
            if weight < 0.3 {
                continue;
            }
            if let Some(list) = self.source.get_mut(s as usize) {
                list.push(Rendering { other: t, weight });
            }
            let sure = |count: f32, all: f32| (count / (all + 1.0)).min(0.95);
            if let Some(k) = known.0.get_mut(s as usize) {
                *k += sure(count, in_source);
            }
            if let Some(k) = known.1.get_mut(t as usize) {
                *k += sure(count, in_target);
            }
        }
        let cost = |known: &[f32]| known.iter().map(|k| (1.0 - k.min(0.92)).ln()).collect();
        self.missing = (cost(&known.0), cost(&known.1));
    }

    /// What was learnt, for the next time.
    pub(super) fn into_lexicon(self, source: &Vocabulary, target: &Vocabulary) -> Lexicon {
        let mut pairs: Vec<(String, String, f32)> = self
            .counts
            .iter()
            .filter(|(_, count)| **count >= 1.5)
            .filter_map(|((s, t), count)| {
                Some((source.word(*s)?.stem.clone(), target.word(*t)?.stem.clone(), *count))
            })
            .collect();
        pairs.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        Lexicon { pairs }
    }
}

/// The word pairs of some beads, each with a number of its own.
struct Table {
    pairs: Vec<(u32, u32)>,
    /// For each bead, row by row, the numbers of its pairs.
    entries: Vec<u32>,
}

impl Table {
    fn of(beads: &[(Vec<u32>, Vec<u32>, f32)]) -> Self {
        let size: usize = beads.iter().map(|(l, r, _)| l.len() * r.len()).sum();
        let mut keys: Vec<(u64, u32)> = Vec::with_capacity(size);
        for (left, right, _) in beads {
            for s in left {
                for t in right {
                    keys.push((u64::from(*s) << 32 | u64::from(*t), keys.len() as u32));
                }
            }
        }
        keys.par_sort_unstable();
        let mut entries = vec![0; size];
        let mut pairs = Vec::new();
        for run in keys.chunk_by(|a, b| a.0 == b.0) {
            let Some((key, _)) = run.first() else { continue };
            for (_, at) in run {
                if let Some(slot) = entries.get_mut(*at as usize) {
                    *slot = pairs.len() as u32;
                }
            }
            pairs.push(((key >> 32) as u32, *key as u32));
        }
        Self { pairs, entries }
    }
}

fn share(shares: &[f32], id: u32) -> f32 {
    shares.get(id as usize).copied().unwrap_or(1.0)
}

/// In how many beads each word stands; the first entry is the number of beads.
fn occurrences(beads: &[(Vec<u32>, Vec<u32>, f32)], sizes: (usize, usize)) -> (Vec<f32>, Vec<f32>) {
    let mut out = (vec![0.0; sizes.0 + 1], vec![0.0; sizes.1 + 1]);
    for (left, right, weight) in beads {
        for (ids, list) in [(left, &mut out.0), (right, &mut out.1)] {
            if let Some(all) = list.first_mut() {
                *all += weight;
            }
            for id in ids {
                if let Some(n) = list.get_mut(*id as usize + 1) {
                    *n += weight;
                }
            }
        }
    }
    out
}
