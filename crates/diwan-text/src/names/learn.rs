//! Learning weights from pairs of names: for a new language or script, or from better pairs.
//!
//! Two steps. *Expectation maximisation* finds which letters stand for which, from nothing but the pairs, and
//! gives each correspondence the logarithm of how much more often its two sides stand together than by chance.
//! *Contrast* then moves these weights, and those by context, until in batches of names each finds its own
//! other spelling before all others. Everything is deterministic: the same pairs in the same order give the same
//! weights.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use super::letters::{Alphabet, Letter};
use super::weights::{CONTEXTS, LONGEST_LEFT, Pairing, Profile, Room, Target, WHOLE, Weights, context};

/// A pair of spellings of one name, as letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    pub(crate) left: Vec<Letter>,
    pub(crate) right: Vec<Letter>,
}

/// How learning is done.
#[derive(Debug, Clone, Copy)]
pub struct LearnOptions {
    /// Rounds of expectation maximisation with single letters, then with groups.
    pub rounds: (usize, usize),
    /// How many pairs, from the first, expectation maximisation looks at.
    pub sample: usize,
    /// A group of letters that is expected less often than this is forgotten.
    pub fewest: f64,
    /// Passes of contrast over all pairs.
    pub passes: usize,
    /// Names in a batch of contrast.
    pub batch: usize,
    /// Length of the first steps of contrast.
    pub step: f32,
    /// How strongly weights by context are drawn to zero.
    pub pull: f32,
}

impl Default for LearnOptions {
    fn default() -> Self {
        Self { rounds: (6, 5), sample: 20_000, fewest: 6.0, passes: 3, batch: 256, step: 0.15, pull: 0.02 }
    }
}

/// Folds a pair of printed words (one word each) into letters; `None` if either is in another alphabet or empty.
pub fn pair(left: &str, right: &str, alphabets: (Alphabet, Alphabet)) -> Option<Pair> {
    let letters = |word: &str, alphabet: Alphabet| {
        let mut folded = String::new();
        for c in word.chars() {
            if super::letters::fold(c, &mut folded).is_some_and(|a| a != alphabet) {
                return None;
            }
        }
        let letters = alphabet.letters(&folded);
        (!letters.is_empty() && letters.len() <= 24).then_some(letters)
    };
    Some(Pair { left: letters(left, alphabets.0)?, right: letters(right, alphabets.1)? })
}

/// Learns weights from pairs; `tell` hears how it goes.
pub fn learn(
    pairs: &[Pair],
    alphabets: (Alphabet, Alphabet),
    options: &LearnOptions,
    tell: &mut dyn FnMut(String),
) -> Weights {
    let mut weights = ratios(expectation(pairs, options, tell), alphabets);
    let mut room = Room::default();
    let mut kept = pairs.to_vec();
    kept.retain(|pair| {
        weights.profile(&pair.left).score(&weights.target(&pair.right), &WHOLE, &mut room) > LEAST_LIKE
    });
    tell(format!("{} pairings; {} of {} pairs kept", weights.pairings.len(), kept.len(), pairs.len()));
    contrast(&mut weights, &kept, options, tell);
    weights
}

/// A pair whose score after expectation maximisation is lower is no transliteration and is not learned from.
const LEAST_LIKE: f32 = -4.0;

type Counts = BTreeMap<Pairing, f64>;

/// A pairing as one number: five letters of six bits, and how many stand on each side.
type Code = u64;

fn code(left: &[Letter], right: &[Letter]) -> Code {
    let letters = left.iter().chain(right).fold(0, |sum, l| sum << 6 | u64::from(*l));
    letters << 6 | (left.len() as u64) << 3 | right.len() as u64
}

fn decode(mut code: Code) -> Pairing {
    let (lefts, rights) = ((code >> 3 & 7) as usize, (code & 7) as usize);
    code >>= 6;
    let mut letters: Vec<Letter> = (0..lefts + rights).map(|k| (code >> (6 * k) & 63) as Letter).collect();
    letters.reverse();
    let right = letters.split_off(lefts.min(letters.len()));
    Pairing { left: letters, right }
}

/// Numbers that are used often together are looked up in a table by their own bits.
#[derive(Default, Clone, Copy)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(0x517C_C1B7_2722_0A95);
        self.0 ^= self.0 >> 29;
    }
}

type CodeCounts = HashMap<Code, f64, BuildHasherDefault<Mixer>>;

/// One step that a path through a pair may take.
struct Edge {
    from: usize,
    to: usize,
    code: Code,
    chance: f64,
}

fn edges(pair: &Pair, groups: bool, chance: &dyn Fn(Code) -> f64) -> Vec<Edge> {
    let stride = pair.right.len() + 1;
    let mut edges = Vec::new();
    for i in 0..=pair.left.len() {
        for j in 0..=pair.right.len() {
            for p in 0..=LONGEST_LEFT {
                for q in 0..=2 {
                    let single = p + q > 0 && p <= 1 && q <= 1;
                    let group = groups && p > 0 && q > 0 && p + q <= 4;
                    if !single && !group {
                        continue;
                    }
                    if let (Some(left), Some(right)) = (pair.left.get(i..i + p), pair.right.get(j..j + q)) {
                        let code = code(left, right);
                        let (from, to) = (i * stride + j, (i + p) * stride + j + q);
                        edges.push(Edge { from, to, code, chance: chance(code) });
                    }
                }
            }
        }
    }
    edges
}

/// Adds to `counts` how often each pairing is expected in the pair; returns the pair's log-likelihood.
fn expect(pair: &Pair, groups: bool, chance: &dyn Fn(Code) -> f64, counts: &mut CodeCounts) -> f64 {
    let edges = edges(pair, groups, chance);
    let states = (pair.left.len() + 1) * (pair.right.len() + 1);
    let mut forward = vec![0.0; states];
    let mut backward = vec![0.0; states];
    let get = |v: &[f64], k: usize| v.get(k).copied().unwrap_or(0.0);
    if let (Some(first), Some(last)) = (forward.first_mut(), backward.last_mut()) {
        *first = 1.0;
        *last = 1.0;
    }
    for edge in &edges {
        let add = get(&forward, edge.from) * edge.chance;
        if let Some(to) = forward.get_mut(edge.to) {
            *to += add;
        }
    }
    for edge in edges.iter().rev() {
        let add = get(&backward, edge.to) * edge.chance;
        if let Some(from) = backward.get_mut(edge.from) {
            *from += add;
        }
    }
    let total = get(&forward, states - 1);
    if total <= 0.0 {
        return f64::NEG_INFINITY;
    }
    for edge in edges {
        let share = get(&forward, edge.from) * edge.chance * get(&backward, edge.to) / total;
        if share > 1e-2 {
            *counts.entry(edge.code).or_default() += share;
        }
    }
    total.ln()
}

/// How often each pairing is expected.
fn expectation(pairs: &[Pair], options: &LearnOptions, tell: &mut dyn FnMut(String)) -> Counts {
    let mut kept: Vec<&Pair> = pairs.iter().take(options.sample).collect();
    let mut counts = CodeCounts::default();
    for round in 0..options.rounds.0 + options.rounds.1 {
        let groups = round >= options.rounds.0;
        let total: f64 = sorted(&counts).iter().map(|c| c.1).sum();
        let chance = |code: Code| -> f64 {
            let (lefts, rights) = (code >> 3 & 7, code & 7);
            if round == 0 {
                // Nothing is known yet: letters of about the same place go together.
                return if lefts * rights == 0 { 1e-3 } else { 2e-3 };
            }
            // Groups come in strong, or single letters would explain everything.
            let floor = match (lefts + rights, round == options.rounds.0) {
                (0..=2, _) => 1e-6,
                (3, true) => 2e-4,
                (_, true) => 5e-6,
                (_, false) => 1e-7,
            };
            counts.get(&code).map_or(0.0, |c| c / total).max(floor)
        };
        let mut next = CodeCounts::default();
        let mut sum = 0.0;
        let mut scored: Vec<(f64, &Pair)> = Vec::with_capacity(kept.len());
        for pair in kept {
            let likelihood = expect(pair, groups, &chance, &mut next);
            sum += likelihood;
            scored.push((likelihood / (pair.left.len() + pair.right.len()) as f64, pair));
        }
        tell(format!("round {round}: {} pairs, {} pairings, likelihood {sum:.0}", scored.len(), next.len()));
        // What is no transliteration (a translated name, another name) scores worst and goes.
        if round >= 2 {
            let mut order: Vec<f64> = scored.iter().map(|s| s.0).collect();
            order.sort_by(f64::total_cmp);
            let cut = order.get(order.len() / 100).copied().unwrap_or(f64::NEG_INFINITY);
            scored.retain(|s| s.0 >= cut);
        }
        kept = scored.into_iter().map(|s| s.1).collect();
        counts = next;
    }
    let mut out: Counts = sorted(&counts).into_iter().map(|(code, count)| (decode(code), count)).collect();
    out.retain(|pairing, count| {
        *count >= if pairing.left.len() + pairing.right.len() > 2 { options.fewest } else { 0.5 }
    });
    out
}

fn sorted(counts: &CodeCounts) -> Vec<(Code, f64)> {
    let mut list: Vec<(Code, f64)> = counts.iter().map(|(code, count)| (*code, *count)).collect();
    list.sort_by_key(|c| c.0);
    list
}

/// The logarithm of how much more often the two sides of each pairing stand together than by chance.
fn ratios(counts: Counts, alphabets: (Alphabet, Alphabet)) -> Weights {
    let total: f64 = counts.values().sum();
    let mut left = [1.0; CONTEXTS];
    let mut right = [1.0; CONTEXTS];
    for (pairing, count) in &counts {
        for (side, letters) in [(&mut left, &pairing.left), (&mut right, &pairing.right)] {
            for letter in letters {
                if let Some(n) = side.get_mut(usize::from(*letter)) {
                    *n += count;
                }
            }
        }
    }
    let (lefts, rights): (f64, f64) = (left.iter().sum(), right.iter().sum());
    let base = counts
        .iter()
        .map(|(pairing, count)| {
            let chance = |side: &[f64], sum: f64, letters: &[Letter]| -> f64 {
                letters.iter().map(|l| (side.get(usize::from(*l)).copied().unwrap_or(1.0) / sum).ln()).sum()
            };
            let ratio = (count / total).ln()
                - chance(&left, lefts, &pairing.left)
                - chance(&right, rights, &pairing.right);
            // A left-over letter has no other side to be compared with: its chance is that of the letter being left over.
            let ratio = if pairing.left.is_empty() || pairing.right.is_empty() { ratio - 3.0 } else { ratio };
            ratio.clamp(-8.0, 8.0) as f32
        })
        .collect();
    let mut weights = Weights::new(alphabets.0, alphabets.1, counts.into_keys().collect());
    weights.base = base;
    weights
}

/// Squares of past gradients, by which steps are shortened.
struct Past {
    base: Vec<f32>,
    before: Vec<f32>,
    after: Vec<f32>,
    unknown: [f32; 3],
}

fn contrast(weights: &mut Weights, pairs: &[Pair], options: &LearnOptions, tell: &mut dyn FnMut(String)) {
    let count = weights.pairings.len();
    let mut past = Past {
        base: vec![1e-2; count],
        before: vec![1e-2; count * CONTEXTS],
        after: vec![1e-2; count * CONTEXTS],
        unknown: [1e-2; 3],
    };
    let start = weights.base.clone();
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    for pass in 0..options.passes {
        shuffle(&mut order, &mut seed);
        let step = options.step / (1.0 + pass as f32 * 0.5);
        let (mut right, mut seen, mut loss) = (0, 0, 0.0);
        for batch in order.chunks(options.batch) {
            let batch: Vec<&Pair> = batch.iter().filter_map(|k| pairs.get(*k)).collect();
            let (gradient, found, sum) = batch_gradient(weights, &batch);
            right += found;
            seen += batch.len();
            loss += sum;
            apply(weights, &gradient, &mut past, step / (batch.len() as f32).sqrt(), options.pull, &start);
        }
        tell(format!(
            "pass {pass}: first {:.4}, loss {:.4}",
            f64::from(right as u32) / f64::from(seen as u32),
            loss / seen as f32
        ));
    }
}

fn shuffle(order: &mut [usize], seed: &mut u64) {
    for k in (1..order.len()).rev() {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(k, (*seed >> 33) as usize % (k + 1));
    }
}

type Gradient = BTreeMap<(u8, u32), f32>;

/// The gradient of the batch, how many found their own first, and the loss.
fn batch_gradient(weights: &Weights, batch: &[&Pair]) -> (Gradient, usize, f32) {
    let profiles: Vec<Profile> = batch.iter().map(|p| weights.profile(&p.left)).collect();
    let targets: Vec<Target> = batch.iter().map(|p| weights.target(&p.right)).collect();
    let n = batch.len();
    let mut room = Room::default();
    let mut scores = vec![0.0f32; n * n];
    for ((a, profile), line) in profiles.iter().enumerate().zip(scores.chunks_mut(n)) {
        for ((b, target), score) in targets.iter().enumerate().zip(line) {
            let same = a != b
                && batch
                    .get(a)
                    .zip(batch.get(b))
                    .is_some_and(|(x, y)| x.left == y.left || x.right == y.right);
            *score = if same { f32::NEG_INFINITY } else { profile.score(target, &WHOLE, &mut room) };
        }
    }
    let at = |a: usize, b: usize| scores.get(a * n + b).copied().unwrap_or(f32::NEG_INFINITY);
    let mut gradient = Gradient::new();
    let mut pull = vec![0.0f32; n * n];
    let (mut found, mut loss) = (0, 0.0);
    for k in 0..n {
        for by_row in [true, false] {
            let score = |other: usize| if by_row { at(k, other) } else { at(other, k) };
            let top = (0..n).map(score).fold(f32::NEG_INFINITY, f32::max);
            let sum: f32 = (0..n).map(|o| (score(o) - top).exp()).sum();
            loss -= score(k) - top - sum.ln();
            if by_row && score(k) >= top {
                found += 1;
            }
            for other in 0..n {
                let share = (score(other) - top).exp() / sum;
                let want = if other == k { 1.0 } else { 0.0 };
                let cell = if by_row { k * n + other } else { other * n + k };
                if let Some(p) = pull.get_mut(cell) {
                    *p += want - share;
                }
            }
        }
    }
    for (cell, pull) in pull.iter().enumerate() {
        if pull.abs() < 2e-3 {
            continue;
        }
        let (a, b) = (cell / n, cell % n);
        if let (Some(profile), Some(target), Some(pair)) = (profiles.get(a), targets.get(b), batch.get(a)) {
            profile.score(target, &WHOLE, &mut room);
            for (i, p, _, id) in profile.path(target, &room) {
                let chunk = pair.left.get(i..i + p).unwrap_or(&[]);
                match weights.step(chunk, id) {
                    Ok(number) => {
                        let before = u32::from(context(&pair.left, i.checked_sub(1)));
                        let after = u32::from(context(&pair.left, Some(i + p)));
                        *gradient.entry((0, number)).or_default() += pull;
                        *gradient.entry((1, number * CONTEXTS as u32 + before)).or_default() += pull;
                        *gradient.entry((2, number * CONTEXTS as u32 + after)).or_default() += pull;
                    }
                    Err(unknown) => *gradient.entry((3, unknown as u32)).or_default() += pull,
                }
            }
        }
    }
    (gradient, found, loss)
}

fn apply(weights: &mut Weights, gradient: &Gradient, past: &mut Past, step: f32, pull: f32, start: &[f32]) {
    for ((table, place), slope) in gradient {
        let place = *place as usize;
        let (value, square) = match table {
            0 => (weights.base.get_mut(place), past.base.get_mut(place)),
            1 => (weights.before.get_mut(place), past.before.get_mut(place)),
            2 => (weights.after.get_mut(place), past.after.get_mut(place)),
            _ => (weights.unknown.get_mut(place), past.unknown.get_mut(place)),
        };
        let (Some(value), Some(square)) = (value, square) else { continue };
        let origin = match table {
            0 => start.get(place).copied().unwrap_or(0.0),
            3 => -3.0,
            _ => 0.0,
        };
        let slope = slope - pull * (*value - origin);
        *square += slope * slope;
        *value += step * 16.0 * slope / square.sqrt();
    }
}

impl Weights {
    /// The share of pairs whose right word comes first, and among the first ten, of all right words.
    pub fn hits(&self, pairs: &[Pair]) -> String {
        let targets: Vec<Target> = pairs.iter().map(|p| self.target(&p.right)).collect();
        let mut room = Room::default();
        let (mut one, mut ten) = (0u32, 0u32);
        for (k, pair) in pairs.iter().enumerate() {
            let profile = self.profile(&pair.left);
            let scores: Vec<f32> = targets.iter().map(|t| profile.score(t, &WHOLE, &mut room)).collect();
            let own = scores.get(k).copied().unwrap_or(f32::NEG_INFINITY);
            let better = pairs
                .iter()
                .zip(&scores)
                .filter(|(other, s)| **s > own && other.left != pair.left && other.right != pair.right)
                .count();
            one += u32::from(better == 0);
            ten += u32::from(better < 10);
        }
        let n = f64::from(pairs.len().max(1) as u32);
        format!("first {:.4}, first ten {:.4}", f64::from(one) / n, f64::from(ten) / n)
    }
}
