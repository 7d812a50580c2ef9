//! Weights of correspondences between the spellings of two alphabets, and the best way to read one word as the other.
//!
//! A *correspondence* pairs up to three letters of the left word with up to two of the right one (`sh`–ش, `x`–كس,
//! silent `e`–nothing). Each has a weight, and further weights by the letter before and after it on the left
//! (`c` before `e` is س). Weights are log-likelihood ratios: above zero speaks for one name, below against. The
//! score of two words is the greatest sum over all ways to cut both into correspondences.
//!
//! The weights are learned from pairs of names ([`super::learn`]) and frozen in `data/names/`.

use std::collections::HashMap;

use super::letters::{Alphabet, EDGE, Letter};

/// Letters and the edge: the number of contexts.
pub(crate) const CONTEXTS: usize = EDGE as usize + 1;

/// The longest left side of a correspondence.
pub(crate) const LONGEST_LEFT: usize = 3;

/// A score that no sum of weights reaches.
pub(crate) const NEVER: f32 = -1.0e9;

/// One correspondence.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Pairing {
    pub(crate) left: Vec<Letter>,
    pub(crate) right: Vec<Letter>,
}

/// The weights between two alphabets.
#[derive(Debug, Clone)]
pub struct Weights {
    /// The alphabet of the left words.
    pub(crate) left: Alphabet,
    /// The alphabet of the right words.
    pub(crate) right: Alphabet,
    pub(crate) pairings: Vec<Pairing>,
    pub(crate) base: Vec<f32>,
    /// `pairing * CONTEXTS + letter`: the letter before on the left.
    pub(crate) before: Vec<f32>,
    /// As `before`: the letter after.
    pub(crate) after: Vec<f32>,
    /// What costs a letter for which no correspondence is known: replaced, left over on the left, on the right.
    pub(crate) unknown: [f32; 3],
    by_left: HashMap<Vec<Letter>, Vec<(u16, u32)>>,
    right_pairs: Vec<u16>,
    width: usize,
}

/// Ways of using an unknown letter, as places in [`Weights::unknown`].
pub(crate) const REPLACED: usize = 0;
pub(crate) const LEFT_OVER: usize = 1;
pub(crate) const ADDED: usize = 2;

impl Weights {
    /// Weights of zero for the pairings.
    pub(crate) fn new(left: Alphabet, right: Alphabet, pairings: Vec<Pairing>) -> Self {
        let mut right_pairs = vec![0u16; CONTEXTS * CONTEXTS];
        let mut width = CONTEXTS + 1;
        let mut by_left: HashMap<Vec<Letter>, Vec<(u16, u32)>> = HashMap::new();
        for (number, pairing) in pairings.iter().enumerate() {
            let id = match pairing.right[..] {
                [] => 0,
                [one] => 1 + u16::from(one),
                [one, two, ..] => {
                    let at = usize::from(one) * CONTEXTS + usize::from(two);
                    match right_pairs.get_mut(at) {
                        Some(id) => {
                            if *id == 0 {
                                *id = width as u16;
                                width += 1;
                            }
                            *id
                        }
                        None => continue,
                    }
                }
            };
            by_left.entry(pairing.left.clone()).or_default().push((id, number as u32));
        }
        let count = pairings.len();
        Self {
            left,
            right,
            pairings,
            base: vec![0.0; count],
            before: vec![0.0; count * CONTEXTS],
            after: vec![0.0; count * CONTEXTS],
            unknown: [-4.0, -3.0, -3.0],
            by_left,
            right_pairs,
            width,
        }
    }

    /// The right word, ready for comparison.
    pub(crate) fn target(&self, letters: &[Letter]) -> Target {
        let pair = |at: usize| -> u16 {
            match letters.get(at..at + 2) {
                Some([one, two]) => self
                    .right_pairs
                    .get(usize::from(*one) * CONTEXTS + usize::from(*two))
                    .copied()
                    .unwrap_or(0),
                _ => 0,
            }
        };
        Target { cells: letters.iter().enumerate().map(|(k, l)| (1 + u16::from(*l), pair(k))).collect() }
    }

    /// The left word, ready for comparison.
    pub(crate) fn profile(&self, letters: &[Letter]) -> Profile {
        let n = letters.len();
        let mut profile = Profile {
            length: n,
            width: self.width,
            costs: Vec::with_capacity((n + 1) * 2 * self.width),
            rows: vec![NO_ROW; (n + 1) * (LONGEST_LEFT + 1)],
        };
        for i in 0..=n {
            for p in 0..=LONGEST_LEFT {
                let Some(chunk) = letters.get(i..i + p) else { continue };
                let known = self.by_left.get(chunk);
                if known.is_none() && p > 1 {
                    continue;
                }
                let before = context(letters, i.checked_sub(1));
                let after = context(letters, Some(i + p));
                let start = profile.costs.len();
                let (none, one) = match p {
                    0 => (NEVER, self.unknown[ADDED]),
                    1 => (self.unknown[LEFT_OVER], self.unknown[REPLACED]),
                    _ => (NEVER, NEVER),
                };
                profile.costs.resize(start + self.width, NEVER);
                let Some(row) = profile.costs.get_mut(start..) else { continue };
                row.iter_mut().skip(1).take(CONTEXTS).for_each(|c| *c = one);
                if let Some(first) = row.first_mut() {
                    *first = none;
                }
                for (id, number) in known.into_iter().flatten() {
                    if let Some(cost) = row.get_mut(usize::from(*id)) {
                        *cost = self.weight(*number as usize, before, after);
                    }
                }
                if let Some(row) = profile.rows.get_mut(i * (LONGEST_LEFT + 1) + p) {
                    *row = start as u32;
                }
            }
        }
        profile
    }

    fn weight(&self, number: usize, before: Letter, after: Letter) -> f32 {
        let at = |table: &[f32], letter: Letter| {
            table.get(number * CONTEXTS + usize::from(letter)).copied().unwrap_or(0.0)
        };
        self.base.get(number).copied().unwrap_or(0.0) + at(&self.before, before) + at(&self.after, after)
    }

    /// The pairing that a step of a path used; `Err` with the place in `unknown` if none is known.
    pub(crate) fn step(&self, left: &[Letter], id: u16) -> Result<u32, usize> {
        let known = self.by_left.get(left).and_then(|ids| ids.iter().find(|(i, _)| *i == id));
        known.map(|(_, number)| *number).ok_or(match (left.len(), id) {
            (0, _) => ADDED,
            (_, 0) => LEFT_OVER,
            _ => REPLACED,
        })
    }
}

/// The letter at a place, or the edge.
pub(crate) fn context(letters: &[Letter], at: Option<usize>) -> Letter {
    at.and_then(|k| letters.get(k)).copied().unwrap_or(EDGE)
}

const NO_ROW: u32 = u32::MAX;

/// A left word with the weights of all that may stand against each of its parts.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    length: usize,
    width: usize,
    costs: Vec<f32>,
    /// `place * (LONGEST_LEFT + 1) + letters used`: where its row in `costs` begins.
    rows: Vec<u32>,
}

/// A right word: for each place, the number of its letter and of it with the next one (0: none).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) cells: Vec<(u16, u16)>,
}

/// Room for a comparison, to be used again.
#[derive(Debug, Default, Clone)]
pub(crate) struct Room(Vec<f32>);

/// A place where a word may begin, after what was glued to it, and what beginning there costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Start {
    pub(crate) left: usize,
    pub(crate) right: usize,
    pub(crate) weight: f32,
}

/// A word begins at its beginning.
pub(crate) const WHOLE: [Start; 1] = [Start { left: 0, right: 0, weight: 0.0 }];

impl Profile {
    fn row(&self, i: usize, p: usize) -> Option<&[f32]> {
        let start = *self.rows.get(i * (LONGEST_LEFT + 1) + p)?;
        if start == NO_ROW {
            return None;
        }
        self.costs.get(start as usize..start as usize + self.width)
    }

    /// The score of the best path, and in `room` the best score of every state.
    pub(crate) fn score(&self, target: &Target, starts: &[Start], room: &mut Room) -> f32 {
        let (n, m) = (self.length, target.cells.len());
        let stride = m + 1;
        room.0.clear();
        room.0.resize((n + 1) * stride, NEVER);
        for start in starts {
            if start.left <= n && start.right <= m {
                let at = start.left * stride + start.right;
                if let Some(cell) = room.0.get_mut(at) {
                    *cell = cell.max(start.weight);
                }
            }
        }
        for i in 0..=n {
            // The letters added on the right stay in this line; the others lead to the lines below.
            let (line, below) = room.0.split_at_mut((i + 1) * stride);
            let Some(line) = line.get_mut(i * stride..) else { return NEVER };
            if let Some(added) = self.row(i, 0) {
                let mut carried = NEVER;
                for (cell, id) in
                    line.iter_mut().zip(std::iter::once(0).chain(target.cells.iter().map(|c| c.0)))
                {
                    let here = added.get(usize::from(id)).copied().unwrap_or(NEVER);
                    carried = (carried + here).max(*cell);
                    *cell = carried;
                }
            }
            for (p, to) in (1..=LONGEST_LEFT).zip(below.chunks_exact_mut(stride)) {
                if let Some(row) = self.row(i, p) {
                    relax(row, line, to, &target.cells);
                }
            }
        }
        room.0.last().copied().unwrap_or(NEVER)
    }

    /// The steps of a best path, from the end: place on the left, letters used there, place on the right and the
    /// number of what stands there. Call after `score` with the same words.
    pub(crate) fn path(&self, target: &Target, room: &Room) -> Vec<(usize, usize, usize, u16)> {
        let stride = target.cells.len() + 1;
        let value = |i: usize, j: usize| room.0.get(i * stride + j).copied().unwrap_or(NEVER);
        let (mut i, mut j) = (self.length, target.cells.len());
        let mut steps = Vec::new();
        'steps: while i > 0 || j > 0 {
            let here = value(i, j);
            for p in 0..=LONGEST_LEFT.min(i) {
                let Some(row) = self.row(i - p, p) else { continue };
                for q in 0..=2.min(j) {
                    let id = match q {
                        0 if p > 0 => 0,
                        1 => target.cells.get(j - 1).map_or(0, |c| c.0),
                        2 if p > 0 => target.cells.get(j - 2).map_or(0, |c| c.1),
                        _ => continue,
                    };
                    if q > 0 && id == 0 {
                        continue;
                    }
                    let cost = row.get(usize::from(id)).copied().unwrap_or(NEVER);
                    if cost > NEVER / 2.0 && (value(i - p, j - q) + cost - here).abs() < 1e-3 {
                        steps.push((i - p, p, j - q, id));
                        i -= p;
                        j -= q;
                        continue 'steps;
                    }
                }
            }
            break;
        }
        steps
    }
}

/// Steps that use a chunk of the left word and none, one or two letters of the right one.
fn relax(row: &[f32], line: &[f32], to: &mut [f32], cells: &[(u16, u16)]) {
    let cost = |id: u16| row.get(usize::from(id)).copied().unwrap_or(NEVER);
    let none = cost(0);
    for (next, from) in to.iter_mut().zip(line) {
        *next = next.max(from + none);
    }
    for ((next, from), (one, _)) in to.iter_mut().skip(1).zip(line).zip(cells) {
        *next = next.max(from + cost(*one));
    }
    for ((next, from), (_, two)) in to.iter_mut().skip(2).zip(line).zip(cells) {
        if *two != 0 {
            *next = next.max(from + cost(*two));
        }
    }
}

impl Weights {
    /// How well `left` can be read as `right` (one folded word each): the sum of the weights of the best way.
    pub fn word_score(&self, left: &str, right: &str) -> f32 {
        let (l, r) = (self.left.letters(left), self.right.letters(right));
        self.profile(&l).score(&self.target(&r), &WHOLE, &mut Room::default())
    }
}

impl Weights {
    /// The weights as text, a correspondence a line: left, right, weight in hundredths, then the weights by the
    /// letter before (`<x-12`) and after (`>e40`). Weights by context under `LEAST` are left out.
    pub fn print(&self) -> String {
        let mut out = String::new();
        let hundredths = |w: f32| (w * 100.0).round() as i32;
        let [replaced, left_over, added] = self.unknown.map(hundredths);
        out.push_str(&format!("*\t*\t{replaced} {left_over} {added}\n"));
        for (number, pairing) in self.pairings.iter().enumerate() {
            let side = |alphabet: Alphabet, letters: &[Letter]| -> String {
                if letters.is_empty() {
                    "-".to_owned()
                } else {
                    letters.iter().map(|l| alphabet.print(*l)).collect()
                }
            };
            let base = hundredths(self.base.get(number).copied().unwrap_or(0.0));
            out.push_str(&format!(
                "{}\t{}\t{base}",
                side(self.left, &pairing.left),
                side(self.right, &pairing.right)
            ));
            for (sign, table) in [('<', &self.before), ('>', &self.after)] {
                for letter in 0..CONTEXTS {
                    let weight = hundredths(table.get(number * CONTEXTS + letter).copied().unwrap_or(0.0));
                    if weight.abs() >= LEAST {
                        out.push_str(&format!(" {sign}{}{weight}", self.left.print(letter as Letter)));
                    }
                }
            }
            out.push('\n');
        }
        out
    }
}

/// Weights by context below this many hundredths say nothing and are not kept.
const LEAST: i32 = 8;

impl Weights {
    /// Reads what `print` writes; lines that are none are passed over.
    pub fn read(text: &str, left: Alphabet, right: Alphabet) -> Self {
        let mut unknown = [-4.0, -3.0, -3.0];
        let mut rows: Vec<(Pairing, &str)> = Vec::new();
        for line in text.lines() {
            let mut fields = line.split('\t');
            let (Some(l), Some(r), Some(numbers)) = (fields.next(), fields.next(), fields.next()) else {
                continue;
            };
            if l == "*" {
                for (to, number) in unknown.iter_mut().zip(numbers.split(' ')) {
                    *to = hundredths(number);
                }
                continue;
            }
            let side = |alphabet: Alphabet, text: &str| -> Vec<Letter> {
                if text == "-" { Vec::new() } else { text.chars().filter_map(|c| alphabet.read(c)).collect() }
            };
            rows.push((Pairing { left: side(left, l), right: side(right, r) }, numbers));
        }
        let mut weights = Self::new(left, right, rows.iter().map(|r| r.0.clone()).collect());
        weights.unknown = unknown;
        for (number, (_, numbers)) in rows.iter().enumerate() {
            let mut numbers = numbers.split(' ');
            if let (Some(base), Some(first)) = (weights.base.get_mut(number), numbers.next()) {
                *base = hundredths(first);
            }
            for by_context in numbers {
                let mut signs = by_context.chars();
                let table = match signs.next() {
                    Some('<') => &mut weights.before,
                    Some('>') => &mut weights.after,
                    _ => continue,
                };
                let Some(letter) = signs.next().and_then(|c| left.read(c)) else { continue };
                if let Some(weight) = table.get_mut(number * CONTEXTS + usize::from(letter)) {
                    *weight = hundredths(signs.as_str());
                }
            }
        }
        weights
    }
}

fn hundredths(number: &str) -> f32 {
    number.parse::<i16>().map_or(0.0, |n| f32::from(n) / 100.0)
}
