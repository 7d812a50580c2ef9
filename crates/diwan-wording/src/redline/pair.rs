//! Which sentences of one text became which of another.
//!
//! Likeness is how much of their weight two sentences share, words by how rare they are in the two texts, and pairs of
//! neighbouring words. Pairs that are near the best of both their sides may stand; the heaviest chain of them that runs
//! forward in both texts is the backbone. What is left and still alike has moved; a sentence left beside a pair whose
//! other side holds its words was merged into it, or split from it; the rest is new or dropped.

use std::collections::HashMap;
use std::ops::Range;

use crate::text::Document;

/// Least likeness of a pair in its place. Below it two sentences share a subject, not a wording.
const LIKE: f32 = 0.30;
/// Least likeness of a pair out of its place.
const MOVED: f32 = 0.55;
/// Least likeness of two sentences that stand alone opposite each other between two pairs.
const OPPOSITE: f32 = 0.22;
/// A pair must have this share of the best likeness of either side.
const NEAR_BEST: f32 = 0.7;
/// A sentence was merged into another that holds this share of its weight beside what the first partner holds.
const HELD: f32 = 0.45;
/// Fewest words of a sentence that may have moved or merged: shorter ones recur by chance.
const FEWEST: usize = 4;

/// Sentences that belong together, one side or the other of more than one sentence, or with none opposite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) before: Range<usize>,
    pub(super) after: Range<usize>,
    /// Out of its place: not on the backbone.
    pub(super) moved: bool,
}

/// A sentence as words and pairs of neighbouring words, numbered densely over both texts.
struct Side {
    /// Sorted words of each sentence, with how often.
    words: Vec<Vec<(u32, u32)>>,
    pairs: Vec<Vec<(u32, u32)>>,
    weight: Vec<f32>,
    sizes: Vec<usize>,
    prints: Vec<u64>,
}

struct Numbers {
    words: HashMap<u64, u32>,
    pairs: HashMap<(u32, u32), u32>,
}

impl Side {
    fn read(document: &Document, numbers: &mut Numbers) -> Self {
        let mut side = Self {
            words: Vec::new(),
            pairs: Vec::new(),
            weight: Vec::new(),
            sizes: Vec::new(),
            prints: Vec::new(),
        };
        for k in 0..document.sentences() {
            let tokens = document.tokens().get(document.range(k)).unwrap_or(&[]);
            let all: Vec<u64> = tokens.iter().map(|t| t.key).collect();
            side.prints.push(crate::text::fingerprint(&all));
            let mut ids: Vec<u32> = Vec::with_capacity(tokens.len());
            for token in tokens.iter().filter(|t| t.counts) {
                let next = number(numbers.words.len());
                ids.push(*numbers.words.entry(token.key).or_insert(next));
            }
            let mut pairs: Vec<u32> = Vec::with_capacity(ids.len());
            for pair in ids.windows(2) {
                let [a, b] = pair else { continue };
                let next = number(numbers.pairs.len());
                pairs.push(*numbers.pairs.entry((*a, *b)).or_insert(next));
            }
            side.sizes.push(ids.len());
            side.words.push(bag(ids));
            side.pairs.push(bag(pairs));
        }
        side
    }

    fn len(&self) -> usize {
        self.words.len()
    }
}

fn number(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

fn bag(mut items: Vec<u32>) -> Vec<(u32, u32)> {
    items.sort_unstable();
    let mut out: Vec<(u32, u32)> = Vec::with_capacity(items.len());
    for item in items {
        match out.last_mut() {
            Some((last, n)) if *last == item => *n += 1,
            _ => out.push((item, 1)),
        }
    }
    out
}

/// Likeness of sentences that share something.
struct Likeness {
    /// For each sentence before: those after that it shares something with, and how much, 0 to 1.
    rows: Vec<Vec<(usize, f32)>>,
    best_before: Vec<f32>,
    best_after: Vec<f32>,
}

impl Likeness {
    fn of(&self, before: usize, after: usize) -> f32 {
        let row = self.rows.get(before);
        let found = row.and_then(|row| row.iter().find(|(j, _)| *j == after));
        found.map_or(0.0, |(_, like)| *like)
    }

    fn stands(&self, before: usize, after: usize, like: f32) -> bool {
        let best = |all: &[f32], k: usize| all.get(k).copied().unwrap_or(0.0);
        like >= NEAR_BEST * best(&self.best_before, before).max(best(&self.best_after, after))
    }
}

/// Groups in which every sentence of both texts is once.
pub(super) fn pair(before: &Document, after: &Document) -> Vec<Group> {
    let mut numbers = Numbers { words: HashMap::new(), pairs: HashMap::new() };
    let mut a = Side::read(before, &mut numbers);
    let mut b = Side::read(after, &mut numbers);
    let weights = weights(&a, &b, numbers.words.len());
    for side in [&mut a, &mut b] {
        side.weight = side.words.iter().map(|bag| weigh(bag, &weights)).collect();
    }
    let likeness = likeness(&a, &b, &weights, numbers.pairs.len());
    let mut partner: Vec<Option<usize>> = vec![None; a.len()];
    for (i, j) in backbone(&likeness, &a, &b) {
        set(&mut partner, i, j);
    }
    fill_gaps(&mut partner, &likeness, b.len());
    let moved = moved(&partner, &likeness, &a, &b);
    let mut groups: Vec<Group> = Vec::new();
    for (i, j) in partner.iter().enumerate().filter_map(|(i, j)| Some((i, (*j)?))) {
        groups.push(Group { before: i..i + 1, after: j..j + 1, moved: false });
    }
    for (i, j) in moved {
        groups.push(Group { before: i..i + 1, after: j..j + 1, moved: true });
    }
    absorb(&mut groups, &a, &b, &weights);
    groups
}

fn set(partner: &mut [Option<usize>], i: usize, j: usize) {
    if let Some(slot) = partner.get_mut(i) {
        *slot = Some(j);
    }
}

/// How much each word weighs: the rarer in the two texts, the more.
fn weights(a: &Side, b: &Side, words: usize) -> Vec<f32> {
    let mut in_sentences = vec![0_u32; words];
    for (word, _) in a.words.iter().chain(&b.words).flatten() {
        if let Some(n) = in_sentences.get_mut(*word as usize) {
            *n += 1;
        }
    }
    let all = (a.len() + b.len()) as f32;
    in_sentences.iter().map(|n| (1.0 + all / (1.0 + *n as f32)).ln()).collect()
}

fn weigh(bag: &[(u32, u32)], weights: &[f32]) -> f32 {
    bag.iter().map(|(word, n)| weights.get(*word as usize).copied().unwrap_or(0.0) * *n as f32).sum()
}

fn likeness(a: &Side, b: &Side, weights: &[f32], pairs: usize) -> Likeness {
    let in_words = postings(&b.words, weights.len());
    let in_pairs = postings(&b.pairs, pairs);
    let mut best_after = vec![0.0_f32; b.len()];
    let mut best_before = Vec::with_capacity(a.len());
    let mut rows = Vec::with_capacity(a.len());
    let mut shared = vec![(0.0_f32, 0_u32); b.len()];
    for (i, (words, own_pairs)) in a.words.iter().zip(&a.pairs).enumerate() {
        let mut touched: Vec<usize> = Vec::new();
        for (word, n) in words {
            let weight = weights.get(*word as usize).copied().unwrap_or(0.0);
            for (j, m) in in_words.get(*word as usize).into_iter().flatten() {
                if let Some(sum) = shared.get_mut(*j) {
                    if sum.0 == 0.0 && sum.1 == 0 {
                        touched.push(*j);
                    }
                    sum.0 += weight * (*n).min(*m) as f32;
                }
            }
        }
        for (pair, n) in own_pairs {
            for (j, m) in in_pairs.get(*pair as usize).into_iter().flatten() {
                if let Some(sum) = shared.get_mut(*j) {
                    sum.1 += (*n).min(*m);
                }
            }
        }
        touched.sort_unstable();
        let mut row = Vec::new();
        let mut best = 0.0_f32;
        for j in touched {
            let (sum, pairs) = shared.get_mut(j).map(std::mem::take).unwrap_or_default();
            let like = blend(a, b, i, j, sum, pairs);
            if like > 0.05 {
                best = best.max(like);
                if let Some(best) = best_after.get_mut(j) {
                    *best = best.max(like);
                }
                row.push((j, like));
            }
        }
        rows.push(row);
        best_before.push(best);
    }
    Likeness { rows, best_before, best_after }
}

fn postings(bags: &[Vec<(u32, u32)>], items: usize) -> Vec<Vec<(usize, u32)>> {
    let mut out = vec![Vec::new(); items];
    for (k, bag) in bags.iter().enumerate() {
        for (item, n) in bag {
            if let Some(list) = out.get_mut(*item as usize) {
                list.push((k, *n));
            }
        }
    }
    out
}

/// Dice's coefficient over weighed words, and over pairs of neighbouring words; sentences that are the same are 1.
fn blend(a: &Side, b: &Side, i: usize, j: usize, shared: f32, pairs: u32) -> f32 {
    let get = |all: &[f32], k: usize| all.get(k).copied().unwrap_or(0.0);
    let size = |side: &Side, k: usize| side.sizes.get(k).copied().unwrap_or(0);
    if a.prints.get(i) == b.prints.get(j) {
        return 1.0;
    }
    let by_weight = 2.0 * shared / (get(&a.weight, i) + get(&b.weight, j)).max(f32::EPSILON);
    let most = size(a, i).saturating_sub(1) + size(b, j).saturating_sub(1);
    let by_pairs = if most == 0 { by_weight } else { 2.0 * pairs as f32 / most as f32 };
    0.99 * (0.65 * by_weight + 0.35 * by_pairs)
}

/// The heaviest chain of pairs that runs forward in both texts.
fn backbone(likeness: &Likeness, a: &Side, b: &Side) -> Vec<(usize, usize)> {
    // The best chain ending at or before each sentence after, as a tree of prefix maxima.
    let mut tree: Vec<(f32, Option<usize>)> = vec![(0.0, None); b.len() + 1];
    let mut links: Vec<(usize, usize, Option<usize>)> = Vec::new();
    let (rows, columns) = (a.len().max(1) as f32, b.len().max(1) as f32);
    for (i, row) in likeness.rows.iter().enumerate() {
        let mut found = Vec::new();
        for (j, like) in row.iter().filter(|(j, like)| *like >= LIKE && likeness.stands(i, *j, *like)) {
            let (score, from) = best_up_to(&tree, *j);
            // Among equals, near the same height of the text.
            let aside = (i as f32 / rows - *j as f32 / columns).abs();
            found.push((*j, score + like * like - 0.01 * aside, from));
        }
        for (j, score, from) in found {
            links.push((i, j, from));
            raise(&mut tree, j + 1, (score, Some(links.len() - 1)));
        }
    }
    let mut out = Vec::new();
    let mut at = best_up_to(&tree, b.len()).1;
    while let Some((i, j, from)) = at.and_then(|k| links.get(k)) {
        out.push((*i, *j));
        at = *from;
    }
    out.reverse();
    out
}

/// The best of the first `k` sentences after.
fn best_up_to(tree: &[(f32, Option<usize>)], mut k: usize) -> (f32, Option<usize>) {
    let mut best = (0.0, None);
    while k > 0 {
        if let Some(found) = tree.get(k).filter(|found| found.0 > best.0) {
            best = *found;
        }
        k &= k - 1;
    }
    best
}

fn raise(tree: &mut [(f32, Option<usize>)], mut k: usize, with: (f32, Option<usize>)) {
    while let Some(slot) = tree.get_mut(k) {
        if with.0 > slot.0 {
            *slot = with;
        }
        k += k & k.wrapping_neg();
    }
}

/// Where one sentence stands alone opposite one other between two pairs, less likeness is enough.
fn fill_gaps(partner: &mut [Option<usize>], likeness: &Likeness, after: usize) {
    let mut i = 0;
    let mut next_after = 0;
    while i < partner.len() {
        match partner.get(i).copied().flatten() {
            Some(j) => {
                next_after = j + 1;
                i += 1;
            }
            None => {
                let end = (i..partner.len()).find(|k| partner.get(*k).copied().flatten().is_some());
                let until = end.and_then(|k| partner.get(k).copied().flatten()).unwrap_or(after);
                let end = end.unwrap_or(partner.len());
                let alone = end - i == 1 && until.saturating_sub(next_after) == 1;
                if alone && likeness.of(i, next_after) >= OPPOSITE {
                    set(partner, i, next_after);
                }
                i = end;
            }
        }
    }
}

/// Pairs out of their place, the most alike first.
fn moved(partner: &[Option<usize>], likeness: &Likeness, a: &Side, b: &Side) -> Vec<(usize, usize)> {
    let mut taken = vec![false; b.len()];
    for j in partner.iter().flatten() {
        if let Some(slot) = taken.get_mut(*j) {
            *slot = true;
        }
    }
    let long = |side: &Side, k: usize| side.sizes.get(k).is_some_and(|n| *n >= FEWEST);
    let mut found: Vec<(f32, usize, usize)> = Vec::new();
    for (i, row) in likeness.rows.iter().enumerate().filter(|(i, _)| partner.get(*i) == Some(&None)) {
        for (j, like) in row.iter().filter(|(_, like)| *like >= MOVED) {
            if taken.get(*j) == Some(&false) && long(a, i) && long(b, *j) {
                found.push((*like, i, *j));
            }
        }
    }
    found.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut gone = vec![false; partner.len()];
    let mut out = Vec::new();
    for (_, i, j) in found {
        if gone.get(i) == Some(&false) && taken.get(j) == Some(&false) {
            if let (Some(one), Some(other)) = (gone.get_mut(i), taken.get_mut(j)) {
                (*one, *other) = (true, true);
            }
            out.push((i, j));
        }
    }
    out.sort_unstable();
    out
}

/// Sentences left over beside a pair join it where the other side holds their words; the rest become groups of their
/// own.
fn absorb(groups: &mut Vec<Group>, a: &Side, b: &Side, weights: &[f32]) {
    let mut free = [vec![true; a.len()], vec![true; b.len()]];
    for group in groups.iter() {
        let [x, y] = &mut free;
        group.before.clone().for_each(|k| _ = x.get_mut(k).map(|f| *f = false));
        group.after.clone().for_each(|k| _ = y.get_mut(k).map(|f| *f = false));
    }
    let [free_before, free_after] = &mut free;
    grow(groups, a, b, weights, free_before, false);
    grow(groups, b, a, weights, free_after, true);
    for (side, all) in [(false, free_before), (true, free_after)] {
        for k in all.iter().enumerate().filter(|(_, free)| **free).map(|(k, _)| k) {
            let (before, after) = if side { (0..0, k..k + 1) } else { (k..k + 1, 0..0) };
            groups.push(Group { before, after, moved: false });
        }
    }
}

/// Lets each free sentence of `own` join the group of its neighbour.
fn grow(groups: &mut [Group], own: &Side, other: &Side, weights: &[f32], free: &mut [bool], flipped: bool) {
    let mut holder: HashMap<usize, usize> = HashMap::new();
    for (g, group) in groups.iter().enumerate() {
        let range = if flipped { &group.after } else { &group.before };
        range.clone().for_each(|k| _ = holder.insert(k, g));
    }
    for k in 0..own.len() {
        let long = own.sizes.get(k).is_some_and(|n| *n >= FEWEST);
        if free.get(k) != Some(&true) || !long {
            continue;
        }
        let near = [k.checked_sub(1), Some(k + 1)].into_iter().flatten();
        let candidates: Vec<usize> = near.filter_map(|n| holder.get(&n).copied()).collect();
        let mut best: Option<(f32, usize)> = None;
        for g in candidates {
            let Some(group) = groups.get(g) else { continue };
            let (mine, theirs) =
                if flipped { (&group.after, &group.before) } else { (&group.before, &group.after) };
            // One side of a group stays one sentence: two became one, or one became two.
            if theirs.len() != 1 || group.moved {
                continue;
            }
            let held = held(own, other, weights, k, mine, theirs);
            if held >= HELD && best.is_none_or(|(most, _)| held > most) {
                best = Some((held, g));
            }
        }
        if let Some((_, g)) = best
            && let (Some(group), Some(slot)) = (groups.get_mut(g), free.get_mut(k))
        {
            let mine = if flipped { &mut group.after } else { &mut group.before };
            *mine = mine.start.min(k)..mine.end.max(k + 1);
            *slot = false;
            holder.insert(k, g);
        }
    }
}

/// The share of sentence `k`'s weight that the other side holds beside what its present partners hold.
fn held(
    own: &Side,
    other: &Side,
    weights: &[f32],
    k: usize,
    mine: &Range<usize>,
    theirs: &Range<usize>,
) -> f32 {
    let mut left: HashMap<u32, u32> = HashMap::new();
    for (word, n) in theirs.clone().filter_map(|t| other.words.get(t)).flatten() {
        *left.entry(*word).or_default() += n;
    }
    for (word, n) in mine.clone().filter_map(|m| own.words.get(m)).flatten() {
        if let Some(rest) = left.get_mut(word) {
            *rest = rest.saturating_sub(*n);
        }
    }
    let weight = |word: u32| weights.get(word as usize).copied().unwrap_or(0.0);
    let all: f32 = own.weight.get(k).copied().unwrap_or(0.0);
    let held: f32 = own
        .words
        .get(k)
        .into_iter()
        .flatten()
        .map(|(word, n)| weight(*word) * (*n).min(left.get(word).copied().unwrap_or(0)) as f32)
        .sum();
    if all > 0.0 { held / all } else { 0.0 }
}
