//! Sentences of neighbouring statements of a series that are one thought in other words: rewritten, translated anew, or
//! in another language.
//!
//! Stems of content words are weighed by how rare they are in all texts of the language; what two sentences share is
//! measured against the shorter and the longer of them. Between languages words meet through a [`Dictionary`], figures and
//! names by themselves. A pair stands when it is near the best that either sentence has in the other text.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::dictionary::{Dictionary, Notion, notions};
use super::{Said, TextOf};

/// Least likeness of kin, 0 to 1, between statements that follow one pattern, and between those that do not.
const KIN: f32 = 0.2;
const KIN_APART: f32 = 0.45;
/// Two texts follow one pattern when this share of the shorter one's sentences has a partner so much alike.
const PATTERN: f32 = 0.2;
const PATTERN_LIKE: f32 = 0.33;
/// A pair must have this share of the best likeness of either side.
const NEAR_BEST: f32 = 0.93;
/// How many statements back a statement is compared with.
const BACK: usize = 3;
/// Most a tie of kin weighs; near-duplicates weigh more. Between languages it weighs less.
const WEIGHT: f32 = 0.75;
const WEIGHT_ACROSS: f32 = 0.65;
/// The same for two sentences whose neighbours on both sides are kin.
const KIN_BETWEEN: f32 = 0.06;
/// So much of a sentence must stand in a longer one that says two things.
const HELD: f32 = 0.2;
/// How much less a tie weighs to a sentence that says two things: either may be meant.
const COMPOUND: f32 = 0.6;
/// Fewest notions a sentence must have to be recognised by them.
const FEWEST: usize = 4;

/// A tie between an earlier and a later sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Kin {
    pub(super) weight: f32,
    pub(super) a: u32,
    pub(super) b: u32,
    /// One of them holds the other and says something else as well.
    pub(super) part: bool,
}

/// A sentence (as an index) with its notions, and what each and all of them weigh.
struct Stemmed {
    sentence: u32,
    thought: u32,
    notions: Vec<Notion>,
    weights: Vec<f32>,
    weight: f32,
}

/// A text: its language and its sentences.
struct Text<'a> {
    lang: &'a str,
    sentences: Vec<Stemmed>,
    /// The sentence of each thought.
    of: HashMap<u32, usize>,
}

/// Ties of kin. `thought`: sentences that render each other within a statement have the same number.
pub(super) fn kin(
    said: &[Said],
    texts: &[TextOf],
    thought: &[u32],
    compound: &BTreeSet<u32>,
    dictionary: &Dictionary,
) -> Vec<Kin> {
    // Texts by series, place and language.
    let mut series: BTreeMap<usize, BTreeMap<usize, BTreeMap<&str, usize>>> = BTreeMap::new();
    let mut sentences: BTreeMap<usize, (&str, Vec<u32>)> = BTreeMap::new();
    for (k, s) in (0_u32..).zip(said) {
        let Some(text) = texts.get(s.text_of).filter(|t| !t.furniture) else { continue };
        let Some((of, place)) = text.place else { continue };
        series.entry(of).or_default().entry(place).or_default().insert(s.lang.primary(), s.text_of);
        sentences.entry(s.text_of).or_insert_with(|| (s.lang.primary(), Vec::new())).1.push(k);
    }
    let read = read(said, &sentences, thought);
    let mut pairs: Vec<Vec<(usize, usize)>> = Vec::new();
    for places in series.values() {
        let places: Vec<&BTreeMap<&str, usize>> = places.values().collect();
        for (at, place) in places.iter().enumerate() {
            // In one language back over so many statements; else back to the last that shares a language.
            let mut across = true;
            for earlier in places.get(at.saturating_sub(BACK)..at).unwrap_or(&[]).iter().rev() {
                let same: Vec<(usize, usize)> =
                    place.iter().filter_map(|(lang, b)| Some((*earlier.get(lang)?, *b))).collect();
                across &= same.is_empty();
                if !same.is_empty() {
                    pairs.push(same);
                } else if across {
                    pairs.push(earlier.values().flat_map(|a| place.values().map(|b| (*a, *b))).collect());
                }
            }
        }
    }
    let mut out: Vec<Kin> =
        pairs.par_iter().flat_map_iter(|pairs| statements(pairs, &read, dictionary)).collect();
    for kin in &mut out {
        if !kin.part && (compound.contains(&kin.a) || compound.contains(&kin.b)) {
            kin.weight *= COMPOUND;
        }
    }
    out
}

/// Reads the sentences of texts; weighs notions by how rare they are among all sentences of their language.
fn read<'a>(
    said: &[Said],
    texts: &BTreeMap<usize, (&'a str, Vec<u32>)>,
    thought: &[u32],
) -> BTreeMap<usize, Text<'a>> {
    let all: Vec<(&str, u32)> =
        texts.values().flat_map(|(lang, list)| list.iter().map(move |k| (*lang, *k))).collect();
    let read: Vec<(&str, u32, Vec<Notion>)> = all
        .par_iter()
        .map(|(lang, k)| {
            let read = said.get(*k as usize).map(|s| notions(&s.text, &s.lang)).unwrap_or_default();
            (*lang, *k, read)
        })
        .collect();
    let mut counted: BTreeMap<&str, (u32, HashMap<u64, u32>)> = BTreeMap::new();
    for (lang, _, notions) in &read {
        let (all, of) = counted.entry(lang).or_default();
        *all += 1;
        notions.iter().for_each(|notion| *of.entry(notion.stem).or_default() += 1);
    }
    let weigh = |lang: &str, notion: &Notion| {
        let (all, n) =
            counted.get(lang).map_or((0, 1), |(all, of)| (*all, of.get(&notion.stem).copied().unwrap_or(1)));
        (1.0 + all as f32 / (n as f32 + 1.0)).ln()
    };
    let mut stemmed: HashMap<u32, Stemmed> = read
        .into_iter()
        .map(|(lang, sentence, notions)| {
            let weights: Vec<f32> = notions.iter().map(|notion| weigh(lang, notion)).collect();
            let weight = weights.iter().sum();
            let thought = thought.get(sentence as usize).copied().unwrap_or(sentence);
            (sentence, Stemmed { sentence, thought, notions, weights, weight })
        })
        .collect();
    texts
        .iter()
        .map(|(text, (lang, list))| {
            let sentences: Vec<Stemmed> = list.iter().filter_map(|k| stemmed.remove(k)).collect();
            let of = sentences.iter().enumerate().map(|(k, s)| (s.thought, k)).collect();
            (*text, Text { lang, sentences, of })
        })
        .collect()
}

/// How alike two sentences are, and how much of the shorter the longer holds; 0 to 1.
#[derive(Debug, Clone, Copy, Default)]
struct Like {
    like: f32,
    held: f32,
}

/// How alike each sentence of a text is to each of another; nothing where no dictionary leads from one to the other.
fn likes(a: &Text<'_>, b: &Text<'_>, dictionary: &Dictionary) -> Option<Vec<Vec<Like>>> {
    let across = match a.lang == b.lang {
        true => None,
        false => Some((dictionary.between(a.lang, b.lang)?, dictionary.between(b.lang, a.lang)?)),
    };
    let like = |x: &Stemmed, y: &Stemmed| {
        if x.notions.len() < FEWEST || y.notions.len() < FEWEST {
            return Like::default();
        }
        let (own, other) = match across {
            None => {
                let shared = shared(x, y);
                (shared, shared)
            }
            Some((there, back)) => {
                let met =
                    |own: &Stemmed, met: Vec<f32>| own.weights.iter().zip(met).map(|(w, m)| w * m).sum();
                (
                    met(x, there.met(&x.notions, &y.notions, back)),
                    met(y, back.met(&y.notions, &x.notions, there)),
                )
            }
        };
        let held = if x.weight < y.weight { own / x.weight } else { other / y.weight };
        Like { like: alike(0.5 * (own + other), x.weight, y.weight), held }
    };
    Some(a.sentences.par_iter().map(|x| b.sentences.iter().map(|y| like(x, y)).collect()).collect())
}

/// Ties between two statements, given the texts of each that can be compared. What one pair of texts says of two sentences
/// is weighed with what the other pairs say of their renderings.
fn statements(
    pairs: &[(usize, usize)],
    read: &BTreeMap<usize, Text<'_>>,
    dictionary: &Dictionary,
) -> Vec<Kin> {
    let compared: Vec<(&Text<'_>, &Text<'_>, Vec<Vec<Like>>)> = pairs
        .iter()
        .filter_map(|(a, b)| {
            let (a, b) = (read.get(a)?, read.get(b)?);
            Some((a, b, likes(a, b, dictionary)?))
        })
        .collect();
    let mut out = Vec::new();
    for (own, (a, b, likes)) in compared.iter().enumerate() {
        let rows: Vec<Vec<Like>> = a
            .sentences
            .iter()
            .zip(likes)
            .map(|(x, row)| {
                let of = |(y, like): (&Stemmed, &Like)| {
                    let elsewhere = compared.iter().enumerate().filter(|(k, _)| *k != own);
                    let others = elsewhere.filter_map(|(_, (a, b, likes))| {
                        likes.get(*a.of.get(&x.thought)?)?.get(*b.of.get(&y.thought)?)
                    });
                    let (n, sum, held) = others
                        .fold((1.0, like.like, like.held), |(n, s, h), o| (n + 1.0, s + o.like, h + o.held));
                    Like { like: sum / n, held: held / n }
                };
                b.sentences.iter().zip(row).map(of).collect()
            })
            .collect();
        ties(a, b, &rows, &mut out);
    }
    out
}

fn ties(a: &Text<'_>, b: &Text<'_>, rows: &[Vec<Like>], out: &mut Vec<Kin>) {
    let most = if a.lang == b.lang { WEIGHT } else { WEIGHT_ACROSS };
    // Where each sentence finds its best partner.
    let best_of = |likes: &mut dyn Iterator<Item = f32>| {
        likes.enumerate().max_by(|x, y| x.1.total_cmp(&y.1).then(y.0.cmp(&x.0))).unwrap_or((usize::MAX, 0.0))
    };
    let in_b: Vec<(usize, f32)> = rows.iter().map(|row| best_of(&mut row.iter().map(|l| l.like))).collect();
    let column = |j: usize| rows.iter().map(move |row| row.get(j).map_or(0.0, |l| l.like));
    let in_a: Vec<(usize, f32)> = (0..b.sentences.len()).map(|j| best_of(&mut column(j))).collect();
    let mutual = in_b
        .iter()
        .enumerate()
        .filter(|(i, (j, like))| *like >= PATTERN_LIKE && in_a.get(*j).is_some_and(|(back, _)| back == i));
    let shorter = a.sentences.len().min(b.sentences.len()).max(1) as f32;
    let pattern = mutual.count() as f32 / shorter >= PATTERN;
    let least = if pattern { KIN } else { KIN_APART };
    let mut tied: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (i, ((x, row), (own_best, own_most))) in a.sentences.iter().zip(rows).zip(&in_b).enumerate() {
        for (j, ((y, like), (other_best, other_most))) in b.sentences.iter().zip(row).zip(&in_a).enumerate() {
            // The shorter finds its best in the longer, which has its own best beside it.
            let (best, beside) = match x.weight < y.weight {
                true => (*own_best == j, other_best.abs_diff(i) == 1),
                false => (*other_best == i, own_best.abs_diff(j) == 1),
            };
            let kin = Kin { weight: most * like.like, a: x.sentence, b: y.sentence, part: false };
            if like.like >= least && like.like >= NEAR_BEST * own_most.max(*other_most) {
                tied.insert((i, j));
                out.push(kin);
            }
            if pattern && best && beside && like.held >= HELD {
                out.push(Kin { part: true, ..kin });
            }
        }
    }
    if pattern {
        between(a, b, rows, &tied, out);
    }
}

/// A sentence between two that are kin to the neighbours of another is kin to that, though it shares little with it.
fn between(
    a: &Text<'_>,
    b: &Text<'_>,
    rows: &[Vec<Like>],
    tied: &BTreeSet<(usize, usize)>,
    out: &mut Vec<Kin>,
) {
    let most = if a.lang == b.lang { WEIGHT } else { WEIGHT_ACROSS };
    let (taken_a, taken_b): (BTreeSet<usize>, BTreeSet<usize>) = tied.iter().copied().unzip();
    for (i, j) in tied {
        let (x, y) = (i + 1, j + 1);
        if taken_a.contains(&x) || taken_b.contains(&y) || !tied.contains(&(i + 2, j + 2)) {
            continue;
        }
        let like = rows.get(x).and_then(|row| row.get(y)).map_or(0.0, |like| like.like);
        if let (Some(x), Some(y), true) = (a.sentences.get(x), b.sentences.get(y), like >= KIN_BETWEEN) {
            out.push(Kin { weight: most * like, a: x.sentence, b: y.sentence, part: false });
        }
    }
}

/// The mean of what the shorter and what both together share: a short sentence inside a long one is kin to it.
fn alike(shared: f32, a: f32, b: f32) -> f32 {
    let least = a.min(b);
    let shared = shared.min(least);
    if least <= 0.0 { 0.0 } else { 0.5 * shared / least + shared / (a + b) }
}

fn shared(a: &Stemmed, b: &Stemmed) -> f32 {
    let (mut x, mut y) = (a.notions.iter().zip(&a.weights).peekable(), b.notions.iter().peekable());
    let mut sum = 0.0;
    while let (Some((p, weight)), Some(q)) = (x.peek(), y.peek()) {
        match p.stem.cmp(&q.stem) {
            std::cmp::Ordering::Less => _ = x.next(),
            std::cmp::Ordering::Greater => _ = y.next(),
            std::cmp::Ordering::Equal => {
                sum += **weight;
                x.next();
                y.next();
            }
        }
    }
    sum
}
