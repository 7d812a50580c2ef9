//! Families that grow by ties, and refuse those that would make two sentences of one text the same formula.

use std::collections::{BTreeMap, BTreeSet};

use super::{Said, TextOf};

/// Sentences at least so alike are the same formula even inside one text: it was said twice.
const SAID_TWICE: f32 = 0.8;

/// Families under construction.
pub(super) struct Families<'a> {
    said: &'a [Said],
    texts: &'a [TextOf],
    /// The family of each sentence.
    of: Vec<u32>,
    /// For each family that has members: which numbers of which text.
    members: BTreeMap<u32, BTreeMap<usize, Vec<u32>>>,
    sentences: BTreeMap<u32, Vec<u32>>,
    /// For each family: sentences of others that say it as well.
    guests: BTreeMap<u32, BTreeSet<u32>>,
}

impl<'a> Families<'a> {
    pub(super) fn new(said: &'a [Said], texts: &'a [TextOf]) -> Self {
        let count = u32::try_from(said.len()).unwrap_or(u32::MAX);
        Self {
            said,
            texts,
            of: (0..count).collect(),
            members: BTreeMap::new(),
            sentences: BTreeMap::new(),
            guests: BTreeMap::new(),
        }
    }

    fn family(&self, k: u32) -> u32 {
        self.of.get(k as usize).copied().unwrap_or(k)
    }

    fn begin(&mut self, k: u32) {
        if let Some(said) = self.said.get(k as usize) {
            self.members.entry(k).or_insert_with(|| BTreeMap::from([(said.text_of, vec![said.n])]));
            self.sentences.entry(k).or_insert_with(|| vec![k]);
        }
    }

    /// Makes one family of two, where no text has a sentence in both.
    pub(super) fn tie(&mut self, a: u32, b: u32, weight: f32) {
        let (a, b) = (self.family(a), self.family(b));
        if a == b {
            return;
        }
        self.begin(a);
        self.begin(b);
        if weight >= SAID_TWICE || !self.meet(a, b) {
            self.unite(a, b);
        }
    }

    fn unite(&mut self, a: u32, b: u32) {
        let size = |families: &Self, k: u32| families.sentences.get(&k).map_or(0, Vec::len);
        let (into, from) = if size(self, a) >= size(self, b) { (a, b) } else { (b, a) };
        let moving = self.sentences.remove(&from).unwrap_or_default();
        for k in &moving {
            if let Some(slot) = self.of.get_mut(*k as usize) {
                *slot = into;
            }
        }
        self.sentences.entry(into).or_default().extend(moving);
        let texts = self.members.remove(&from).unwrap_or_default();
        let own = self.members.entry(into).or_default();
        for (text, numbers) in texts {
            own.entry(text).or_default().extend(numbers);
        }
        let guests = self.guests.remove(&from).unwrap_or_default();
        self.guests.entry(into).or_default().extend(guests);
    }

    /// Whether a text has sentences in both.
    fn meet(&self, a: u32, b: u32) -> bool {
        let (Some(x), Some(y)) = (self.members.get(&a), self.members.get(&b)) else { return false };
        let (few, many) = if x.len() <= y.len() { (x, y) } else { (y, x) };
        few.keys().any(|text| many.contains_key(text))
    }

    /// Two sentences one of which says the other and something else as well: the longer is a guest in the family of the
    /// shorter, besides its own.
    pub(super) fn guest(&mut self, a: u32, b: u32) {
        let length = |k: u32| self.said.get(k as usize).map_or(0, |s| s.text.chars().count());
        let (long, short) = if length(a) >= length(b) { (a, b) } else { (b, a) };
        let home = self.family(short);
        self.begin(home);
        let text = self.said.get(long as usize).map(|s| s.text_of);
        let there = self.members.get(&home).zip(text).is_some_and(|(texts, text)| texts.contains_key(&text));
        if self.family(long) != home && !there {
            self.guests.entry(home).or_default().insert(long);
        }
    }

    /// Families that share a guest and that no two statements keep apart are one thought in two sentences.
    pub(super) fn settle(&mut self) {
        let homes: Vec<(u32, u32)> =
            self.guests.iter().flat_map(|(home, guests)| guests.iter().map(move |k| (*home, *k))).collect();
        for (home, guest) in homes {
            let (a, b) = (self.family(home), self.family(guest));
            if a != b {
                self.begin(b);
                if self.one_thought(a, b) {
                    self.unite(a, b);
                }
            }
        }
    }

    /// Whether no more than one statement has both, and in its texts their sentences are neighbours.
    fn one_thought(&self, a: u32, b: u32) -> bool {
        let (Some(x), Some(y)) = (self.members.get(&a), self.members.get(&b)) else { return true };
        let both = x.iter().filter_map(|(text, numbers)| Some((text, numbers, y.get(text)?)));
        let statements: BTreeSet<usize> =
            both.clone().filter_map(|(text, _, _)| self.texts.get(*text).map(|t| t.statement)).collect();
        statements.len() <= 1
            && both.into_iter().all(|(_, numbers, others)| {
                let beside = |n: &u32, m: &u32| n.abs_diff(*m) == 1 && *n > 0 && *m > 0;
                numbers.len() + others.len() <= 2
                    && numbers.iter().all(|n| others.iter().all(|m| beside(n, m)))
            })
    }

    /// Families of two and more with their guests, members in order.
    pub(super) fn finish(mut self) -> Vec<Vec<u32>> {
        let guests = std::mem::take(&mut self.guests);
        for (home, guests) in guests {
            let home = self.family(home);
            let own = self.sentences.entry(home).or_default();
            own.extend(guests);
        }
        let mut out: Vec<Vec<u32>> = self
            .sentences
            .into_values()
            .map(|mut family| {
                family.sort_unstable();
                family.dedup();
                family
            })
            .filter(|family| family.len() > 1)
            .collect();
        out.sort();
        out
    }
}
