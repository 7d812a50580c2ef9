//! A bilingual lexicon learnt from aligned sentences (Brown et al. 1993, Model 1, both ways).

use std::collections::HashMap;

use super::features::{Side, Vocabulary};
use super::path::Found;

/// Word pairs with how often they were seen to render each other: what is kept between runs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lexicon {
    /// Stem of the first language, stem of the second, weight from 0: about how many times the pair was seen.
    pub pairs: Vec<(String, String, f32)>,
}

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
    seed: HashMap<(u32, u32), f32>,
    /// Expected number of times that a pair renders each other in the beads of the last pass.
    counts: HashMap<(u32, u32), f32>,
    source: Vec<Vec<Rendering>>,
    /// How much it costs when nothing opposite renders the word (0 or less), by side.
    missing: (Vec<f32>, Vec<f32>),
    sizes: (usize, usize),
}

/// A pair seen once may be chance: this much of its count is not believed.
const DISCOUNT: f32 = 0.9;
/// Largest weight of one word pair.
const STRONGEST: f32 = 5.0;

impl Learner {
    pub(super) fn new(source: &Vocabulary, target: &Vocabulary, seed: &Lexicon) -> Self {
        let seed: HashMap<(u32, u32), f32> = seed
            .pairs
            .iter()
            .filter_map(|(a, b, weight)| Some(((source.get(a)?, target.get(b)?), *weight)))
            .collect();
        let sizes = (source.words.len(), target.words.len());
        let mut out =
            Self { seed, counts: HashMap::new(), source: Vec::new(), missing: (Vec::new(), Vec::new()), sizes };
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
            for bead in list.iter().filter(|f| !f.source.is_empty() && !f.target.is_empty() && f.confidence > 0.3) {
                let ids = |side: &Side, range: &std::ops::Range<usize>| {
                    let mut ids: Vec<u32> = side
                        .sentences
                        .get(range.clone())
                        .unwrap_or_default()
                        .iter()
                        .flat_map(|s| s.tokens.iter().map(|t| t.id))
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
        let forth = self.model(&beads, false);
        let back = self.model(&beads, true);
        self.counts = forth
            .into_iter()
            .filter_map(|(pair, count)| {
                let other = back.get(&(pair.1, pair.0))?;
                let both = (count * other).sqrt();
                (both > 0.15).then_some((pair, both))
            })
            .collect();
        let occurrences = occurrences(&beads, self.sizes);
        self.weigh(&occurrences.0, &occurrences.1);
    }

    /// Expected counts by Model 1 of `target` given `source` (`turned`: the other way round).
    fn model(&self, beads: &[(Vec<u32>, Vec<u32>, f32)], turned: bool) -> HashMap<(u32, u32), f32> {
        const EMPTY: u32 = u32::MAX;
        let mut probability: HashMap<(u32, u32), f32> = HashMap::new();
        let mut counts: HashMap<(u32, u32), f32> = HashMap::new();
        for round in 0..4 {
            counts.clear();
            let mut totals: HashMap<u32, f32> = HashMap::new();
            for (left, right, weight) in beads {
                let (from, to) = if turned { (right, left) } else { (left, right) };
                for t in to {
                    let chance = |s: u32| {
                        if round == 0 {
                            let seed = if turned { self.seed.get(&(*t, s)) } else { self.seed.get(&(s, *t)) };
                            1.0 + 20.0 * seed.copied().unwrap_or(0.0).min(1.0)
                        } else {
                            probability.get(&(s, *t)).copied().unwrap_or(1e-6)
                        }
                    };
                    let nothing = if round == 0 { 0.5 } else { chance(EMPTY).max(1e-6) };
                    let sum: f32 = nothing + from.iter().map(|s| chance(*s)).sum::<f32>();
                    for (s, p) in from.iter().map(|s| (*s, chance(*s))).chain([(EMPTY, nothing)]) {
                        let share = weight * p / sum;
                        if share > 1e-4 {
                            *counts.entry((s, *t)).or_default() += share;
                            *totals.entry(s).or_default() += share;
                        }
                    }
                }
            }
            probability = counts
                .iter()
                .map(|((s, t), c)| ((*s, *t), c / totals.get(s).copied().unwrap_or(1.0).max(1e-6)))
                .collect();
        }
        counts.retain(|(s, _), c| *s != EMPTY && *c > 0.1);
        counts
    }

    /// Turns counts and seed into weights.
    fn weigh(&mut self, source: &[f32], target: &[f32]) {
        let total: f32 = source.first().copied().unwrap_or(0.0).max(1.0);
        let of = |list: &[f32], id: u32| list.get(id as usize + 1).copied().unwrap_or(0.0);
        let mut joint: HashMap<(u32, u32), f32> = HashMap::new();
        for (pair, count) in &self.counts {
            let believed = count - DISCOUNT;
            if believed > 0.05 {
                joint.insert(*pair, believed);
            }
        }
        self.source = vec![Vec::new(); self.sizes.0];
        let mut known = (vec![0.0f32; self.sizes.0], vec![0.0f32; self.sizes.1]);
        let mut pairs: Vec<(u32, u32)> = joint.keys().chain(self.seed.keys()).copied().collect();
        pairs.sort_unstable();
        pairs.dedup();
        for (s, t) in pairs {
            let count = joint.get(&(s, t)).copied().unwrap_or(0.0);
            let (in_source, in_target) = (of(source, s).max(1.0), of(target, t).max(1.0));
            let learnt = if count > 0.0 { (count * total / (in_source * in_target)).ln() } else { 0.0 };
            let seeded = self.seed.get(&(s, t)).map_or(0.0, |w| 2.5 * w.min(1.0));
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
            .filter_map(|((s, t), count)| Some((source.word(*s)?.stem.clone(), target.word(*t)?.stem.clone(), *count)))
            .collect();
        pairs.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        Lexicon { pairs }
    }
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
