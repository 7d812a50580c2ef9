//! Words of one text that may render words of the other, gathered by pairs of sentences.

use super::fast::FastMap;
use super::features::{Anchor, Side, Vocabulary};
use super::learn::Learner;

/// What two sentences have in common: positions of words with the weight of the best match there.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    /// Words of the first sentence.
    pub(super) source: Vec<(u16, f32)>,
    /// Words of the second.
    pub(super) target: Vec<(u16, f32)>,
    /// What the matches are worth in all, by side, with what it would cost to miss them.
    pub(super) worth: (f32, f32),
}

/// All that two texts have in common.
pub(super) struct Matches {
    cells: FastMap<(u32, u32), Cell>,
    /// By sentence: what it costs when none of its words is rendered.
    pub(super) missing: (Vec<f32>, Vec<f32>),
    /// By sentence and word: what it costs when the word is not rendered.
    costs: (Vec<Vec<f32>>, Vec<Vec<f32>>),
}

impl Matches {
    /// What sentence `i` and sentence `j` have in common.
    pub(super) fn cell(&self, i: usize, j: usize) -> Option<&Cell> {
        self.cells.get(&(i as u32, j as u32))
    }

    /// Pairs of sentences that have something in common, sorted.
    pub(super) fn pairs(&self) -> Vec<((u32, u32), f32)> {
        let mut out: Vec<((u32, u32), f32)> =
            self.cells.iter().map(|(at, cell)| (*at, cell.source.iter().map(|m| m.1).sum::<f32>())).collect();
        out.sort_by_key(|p| p.0);
        out
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

/// A word that stands in more sentences than this ties nothing to anything.
const COMMON: usize = 60;
/// A figure without its counterpart speaks against a bead.
const FIGURE_MISSING: f32 = -0.9;

/// Gathers what two texts have in common.
pub(super) fn matches(a: &Side, b: &Side, learner: &Learner, words: &(Vocabulary, Vocabulary)) -> Matches {
    let mut places: FastMap<u32, Vec<(u32, u16)>> = FastMap::default();
    let mut anchored: FastMap<Anchor, Vec<(u32, u16)>> = FastMap::default();
    for (j, sentence) in b.sentences.iter().enumerate() {
        for (position, token) in sentence.tokens.iter().enumerate() {
            places.entry(token.id).or_default().push((j as u32, position as u16));
            for anchor in &token.anchors {
                anchored.entry(*anchor).or_default().push((j as u32, position as u16));
            }
        }
    }
    let mut cells: FastMap<(u32, u32), Cell> = FastMap::default();
    for (i, sentence) in a.sentences.iter().enumerate() {
        for (position, token) in sentence.tokens.iter().enumerate() {
            let mut tie = |to: &[(u32, u16)], weight: f32| {
                if weight > 0.0 {
                    for (j, other) in to {
                        let cell = cells.entry((i as u32, *j)).or_default();
                        raise(&mut cell.source, position as u16, weight);
                        raise(&mut cell.target, *other, weight);
                    }
                }
            };
            for rendering in learner.renderings(token.id) {
                if let Some(to) = places.get(&rendering.other) {
                    let crowd = if to.len() > COMMON { 0.3 } else { 1.0 };
                    tie(to, rendering.weight * crowd);
                }
            }
            for anchor in &token.anchors {
                if let Some(to) = anchored.get(anchor) {
                    tie(to, anchor_weight(*anchor, to.len(), b.sentences.len()));
                }
            }
        }
    }
    let costs = (
        costs(a, |id| learner.missing_source(id), &words.0),
        costs(b, |id| learner.missing_target(id), &words.1),
    );
    let sums = |list: &[Vec<f32>]| list.iter().map(|c| c.iter().sum()).collect();
    let mut out = Matches { cells, missing: (sums(&costs.0), sums(&costs.1)), costs };
    let mut cells = std::mem::take(&mut out.cells);
    cells.retain(|(i, j), cell| {
        let source = cell.source.iter().map(|(p, w)| w - out.cost_source(*i as usize, *p)).sum();
        let target = cell.target.iter().map(|(p, w)| w - out.cost_target(*j as usize, *p)).sum();
        cell.worth = (source, target);
        true
    });
    out.cells = cells;
    out
}

/// How much a shared anchor says, by how many words of the other text have it.
fn anchor_weight(anchor: Anchor, places: usize, sentences: usize) -> f32 {
    let rarity = ((sentences as f32 + 8.0) / (places as f32 + 0.5)).ln();
    match anchor {
        Anchor::Figure(_) => rarity.min(4.0),
        Anchor::Letters(_) => rarity.min(4.5),
        Anchor::Opening(_) => (rarity - 0.7).min(2.5),
        Anchor::Sound(_) => (rarity - 0.9).min(2.2),
    }
}

fn raise(list: &mut Vec<(u16, f32)>, position: u16, weight: f32) {
    match list.iter_mut().find(|m| m.0 == position) {
        Some(m) => m.1 = m.1.max(weight),
        None => list.push((position, weight)),
    }
}

fn costs(side: &Side, missing: impl Fn(u32) -> f32, words: &Vocabulary) -> Vec<Vec<f32>> {
    side.sentences
        .iter()
        .map(|sentence| {
            sentence
                .tokens
                .iter()
                .map(|token| {
                    let figure = token.anchors.iter().any(|a| matches!(a, Anchor::Figure(_)));
                    let stop = words.word(token.id).is_some_and(|w| w.stop);
                    match (figure, stop) {
                        (true, _) => FIGURE_MISSING,
                        (_, true) => missing(token.id) * 0.3,
                        _ => missing(token.id),
                    }
                })
                .collect()
        })
        .collect()
}
