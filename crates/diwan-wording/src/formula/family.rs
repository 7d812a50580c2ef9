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
}

impl<'a> Families<'a> {
    pub(super) fn new(said: &'a [Said], texts: &'a [TextOf]) -> Self {
        let count = u32::try_from(said.len()).unwrap_or(u32::MAX);
        Self { said, texts, of: (0..count).collect(), members: BTreeMap::new(), sentences: BTreeMap::new() }
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

    /// Makes one family of two, where nothing speaks against it.
    pub(super) fn tie(&mut self, a: u32, b: u32, weight: f32) {
        let (a, b) = (self.family(a), self.family(b));
        if a == b {
            return;
        }
        for k in [a, b] {
            if self.of.get(k as usize) == Some(&k) {
                self.begin(k);
            }
        }
        if weight < SAID_TWICE && !self.fit(a, b) {
            return;
        }
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
    }

    /// Whether two families may be one: no more than one statement has both, and in its texts their sentences are
    /// neighbours (one thought in two sentences). What two statements keep apart is two thoughts.
    fn fit(&self, a: u32, b: u32) -> bool {
        let (Some(x), Some(y)) = (self.members.get(&a), self.members.get(&b)) else { return true };
        let (few, many) = if x.len() <= y.len() { (x, y) } else { (y, x) };
        let both: BTreeSet<usize> = few
            .keys()
            .filter(|text| many.contains_key(text))
            .filter_map(|text| self.texts.get(*text).map(|t| t.statement))
            .collect();
        both.len() <= 1
            && few.iter().all(|(text, numbers)| {
                let Some(others) = many.get(text) else { return true };
                let neighbours =
                    numbers.iter().all(|n| others.iter().all(|m| n.abs_diff(*m) == 1 && *n > 0 && *m > 0));
                neighbours && numbers.len() + others.len() <= 2
            })
    }

    /// Families of two and more, members in order.
    pub(super) fn finish(self) -> Vec<Vec<u32>> {
        let all = self.sentences.into_values().filter(|family| family.len() > 1);
        let mut out: Vec<Vec<u32>> = all
            .map(|mut family| {
                family.sort_unstable();
                family
            })
            .collect();
        out.sort();
        out
    }
}
