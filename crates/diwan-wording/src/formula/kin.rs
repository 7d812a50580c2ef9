//! Sentences of neighbouring statements of a series that are one thought in other words: translated anew, or rewritten.
//!
//! Stems of content words are weighed by how rare they are in all texts of the language; what two sentences share is
//! measured against the shorter and the longer of them. A pair stands when it is near the best that either sentence has in the
//! other text.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use crate::text::content_stems;

use super::{Said, TextOf};

/// Least likeness of kin, 0 to 1.
const KIN: f32 = 0.26;
/// A pair must have this share of the best likeness of either side.
const NEAR_BEST: f32 = 0.85;
/// How many statements back a statement is compared with.
const BACK: usize = 3;
/// Most a tie of kin weighs; near-duplicates weigh more.
const WEIGHT: f32 = 0.75;
/// How much less a tie weighs when one sentence is only a part of the other.
const PART: f32 = 0.5;
/// Fewest stems a sentence must have to be recognised by them.
const FEWEST: usize = 4;

/// A text with the stems of its sentences.
struct Stemmed {
    /// Sentence (as an index), its stems sorted, their weight.
    sentences: Vec<(u32, Vec<u64>, f32)>,
}

/// Ties of kin: weight, earlier sentence, later sentence.
pub(super) fn kin(said: &[Said], texts: &[TextOf]) -> Vec<(f32, u32, u32)> {
    // Texts by series, language and place.
    let mut rows: BTreeMap<(usize, String), BTreeMap<usize, usize>> = BTreeMap::new();
    let mut sentences: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for (k, s) in (0_u32..).zip(said) {
        let Some(text) = texts.get(s.text_of).filter(|t| !t.furniture) else { continue };
        let Some((series, place)) = text.place else { continue };
        rows.entry((series, s.lang.primary().to_owned())).or_default().insert(place, s.text_of);
        sentences.entry(s.text_of).or_default().push(k);
    }
    let wanted: Vec<(usize, Vec<u32>)> = sentences.into_iter().collect();
    let stems: Vec<(u32, Vec<u64>)> = wanted
        .par_iter()
        .flat_map_iter(|(_, list)| list.iter().copied())
        .map(|k| {
            let mut stems = said.get(k as usize).map(|s| content_stems(&s.text, &s.lang)).unwrap_or_default();
            stems.sort_unstable();
            stems.dedup();
            (k, stems)
        })
        .collect();
    let weights = weights(&stems);
    let weigh = |stems: &[u64]| stems.iter().map(|s| weights.get(s).copied().unwrap_or(0.0)).sum::<f32>();
    let mut stems: HashMap<u32, Vec<u64>> = stems.into_iter().collect();
    let stemmed: BTreeMap<usize, Stemmed> = wanted
        .iter()
        .map(|(text, list)| {
            let sentences = list.iter().filter_map(|k| stems.remove(k).map(|s| (*k, weigh(&s), s)));
            let sentences = sentences.map(|(k, weight, s)| (k, s, weight)).collect();
            (*text, Stemmed { sentences })
        })
        .collect();
    let pairs: Vec<(usize, usize)> = rows
        .values()
        .flat_map(|row| {
            let texts: Vec<usize> = row.values().copied().collect();
            (0..texts.len())
                .flat_map(|j| (j.saturating_sub(BACK)..j).map(move |i| (i, j)).collect::<Vec<_>>())
                .filter_map(|(i, j)| Some((*texts.get(i)?, *texts.get(j)?)))
                .collect::<Vec<_>>()
        })
        .collect();
    pairs
        .par_iter()
        .flat_map_iter(|(a, b)| match (stemmed.get(a), stemmed.get(b)) {
            (Some(a), Some(b)) => between(a, b, &weights),
            _ => Vec::new(),
        })
        .collect()
}

/// How much each stem weighs: the rarer among all sentences, the more.
fn weights(stems: &[(u32, Vec<u64>)]) -> HashMap<u64, f32> {
    let mut in_sentences: HashMap<u64, u32> = HashMap::new();
    for stem in stems.iter().flat_map(|(_, stems)| stems) {
        *in_sentences.entry(*stem).or_default() += 1;
    }
    let all = stems.len() as f32;
    let of = |n: u32| (1.0 + all / (n as f32 + 1.0)).ln();
    in_sentences.into_iter().map(|(stem, n)| (stem, of(n))).collect()
}

fn between(a: &Stemmed, b: &Stemmed, weights: &HashMap<u64, f32>) -> Vec<(f32, u32, u32)> {
    let mut best_b = vec![0.0_f32; b.sentences.len()];
    let mut rows: Vec<Vec<f32>> = Vec::with_capacity(a.sentences.len());
    for (_, stems, weight) in &a.sentences {
        let mut row = Vec::with_capacity(b.sentences.len());
        for ((_, other, other_weight), best) in b.sentences.iter().zip(&mut best_b) {
            let like = if stems.len() < FEWEST || other.len() < FEWEST {
                0.0
            } else {
                alike(shared(stems, other, weights), *weight, *other_weight)
            };
            *best = best.max(like);
            row.push(like);
        }
        rows.push(row);
    }
    // Where each sentence finds its best partner; one that holds two neighbours of the other text is kin to both.
    let best_of = |likes: &mut dyn Iterator<Item = f32>| {
        likes.enumerate().max_by(|x, y| x.1.total_cmp(&y.1).then(y.0.cmp(&x.0))).map(|(k, _)| k)
    };
    let best_in_b: Vec<Option<usize>> = rows.iter().map(|row| best_of(&mut row.iter().copied())).collect();
    let column = |j: usize| rows.iter().map(move |row| row.get(j).copied().unwrap_or(0.0));
    let best_in_a: Vec<Option<usize>> = (0..b.sentences.len()).map(|j| best_of(&mut column(j))).collect();
    let beside = |best: Option<&Option<usize>>, k: usize| {
        best.copied().flatten().is_some_and(|at| at.abs_diff(k) == 1)
    };
    let is = |best: Option<&Option<usize>>, k: usize| best.copied().flatten() == Some(k);
    let mut out = Vec::new();
    for (i, ((k, _, _), row)) in a.sentences.iter().zip(&rows).enumerate() {
        let best = row.iter().copied().fold(0.0, f32::max);
        for (j, (((m, _, _), like), best_other)) in b.sentences.iter().zip(row).zip(&best_b).enumerate() {
            let both = *like >= NEAR_BEST * best.max(*best_other);
            let part = is(best_in_a.get(j), i) && beside(best_in_b.get(i), j)
                || is(best_in_b.get(i), j) && beside(best_in_a.get(j), i);
            if *like >= KIN && (both || part) {
                out.push((WEIGHT * like * if both { 1.0 } else { PART }, *k, *m));
            }
        }
    }
    out
}

/// The mean of what the shorter and what both together share: a short sentence inside a long one is kin to it.
fn alike(shared: f32, a: f32, b: f32) -> f32 {
    let least = a.min(b);
    if least <= 0.0 { 0.0 } else { 0.5 * shared / least + shared / (a + b) }
}

fn shared(a: &[u64], b: &[u64], weights: &HashMap<u64, f32>) -> f32 {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut sum = 0.0;
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => _ = a.next(),
            std::cmp::Ordering::Greater => _ = b.next(),
            std::cmp::Ordering::Equal => {
                sum += weights.get(*x).copied().unwrap_or(0.0);
                a.next();
                b.next();
            }
        }
    }
    sum
}
