//! The samples of many sentences, filed so that those that meet are found at once.

use std::collections::{BTreeMap, HashMap};

use diwan_model::LanguageTag;
use rayon::prelude::*;

use super::item::may_be_alike;
use super::{ALIKE, Item, likeness};

/// A hash that so many sentences share says little; of those that share it each is compared with so many that stand
/// for the others.
const LEADERS: usize = 24;

/// The longest list of sentences under one hash that is looked through for one sentence.
const LONGEST_LIST: usize = 4_000;

/// How many candidates are compared for one sentence: those that share most hashes.
const CANDIDATES: usize = 1_000;

/// A sentence that is like another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// Its number.
    pub sentence: u32,
    /// How alike, 0 to 1.
    pub likeness: f32,
}

/// Sentences filed under their samples.
#[derive(Debug, Default)]
pub struct Index {
    items: Vec<Item>,
    /// Hash above, sentence below; sorted.
    filed: Vec<u64>,
    /// What was added since.
    fresh: HashMap<u32, Vec<u32>>,
}

impl Index {
    /// Files many sentences at once, on all processors. Numbers are places in the slice.
    pub fn build(sentences: &[(&str, &LanguageTag)]) -> Self {
        let items: Vec<Item> = sentences.par_iter().map(|(text, lang)| Item::new(text, lang)).collect();
        let mut filed: Vec<u64> = items
            .par_iter()
            .enumerate()
            .flat_map_iter(|(k, item)| item.sample().into_iter().map(move |hash| file(hash, number(k))))
            .collect();
        filed.par_sort_unstable();
        Self { items, filed, fresh: HashMap::new() }
    }

    /// How many sentences are filed.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Files one more and gives its number.
    pub fn add(&mut self, sentence: &str, lang: &LanguageTag) -> u32 {
        let item = Item::new(sentence, lang);
        let n = number(self.items.len());
        for hash in item.sample() {
            self.fresh.entry(hash).or_default().push(n);
        }
        self.items.push(item);
        n
    }

    /// The sentences like this one, the most alike first, then by number; itself among them where it is filed.
    pub fn near(&self, sentence: &str, lang: &LanguageTag) -> Vec<Near> {
        self.near_item(&Item::new(sentence, lang))
    }

    /// The same for a sentence that was read.
    pub fn near_item(&self, item: &Item) -> Vec<Near> {
        let mut meets: HashMap<u32, u32> = HashMap::new();
        for hash in item.sample() {
            let from = self.filed.partition_point(|filed| *filed < file(hash, 0));
            let old =
                self.filed.iter().skip(from).take_while(|filed| hash_of(**filed) == hash).map(|f| low(*f));
            let new = self.fresh.get(&hash).into_iter().flatten().copied();
            for n in old.chain(new).take(LONGEST_LIST) {
                *meets.entry(n).or_default() += 1;
            }
        }
        let mut candidates: Vec<(u32, u32)> = meets.into_iter().map(|(n, times)| (times, n)).collect();
        candidates.sort_unstable_by_key(|(times, n)| (std::cmp::Reverse(*times), *n));
        candidates.truncate(CANDIDATES);
        let mut out: Vec<Near> = candidates
            .into_iter()
            .filter_map(|(_, n)| {
                let other = self.items.get(n as usize).filter(|other| other.lang() == item.lang())?;
                if !may_be_alike(item, other, ALIKE) {
                    return None;
                }
                Some(Near { sentence: n, likeness: likeness(item, other) })
            })
            .filter(|near| near.likeness >= ALIKE)
            .collect();
        out.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.sentence.cmp(&b.sentence)));
        out
    }

    /// Families among all that is filed at building, each in order, by their first members. Languages are worked on side
    /// by side.
    pub fn families(&self) -> Vec<Vec<u32>> {
        // Sentences of the same words stand together under the first of them.
        let mut prints: Vec<(u32, u64, u32)> = self
            .items
            .par_iter()
            .enumerate()
            .filter(|(_, item)| item.words() > 0)
            .map(|(k, item)| (item.lang(), item.print(), number(k)))
            .collect();
        prints.par_sort_unstable();
        let mut first: Vec<u32> = (0..number(self.items.len())).collect();
        for pair in prints.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let Some(head) = pair.first() else { continue };
            for (_, _, k) in pair {
                if let Some(slot) = first.get_mut(*k as usize) {
                    *slot = head.2;
                }
            }
        }
        let mut by_lang: BTreeMap<u32, Vec<u64>> = BTreeMap::new();
        for filed in &self.filed {
            let k = low(*filed);
            if first.get(k as usize) == Some(&k)
                && let Some(item) = self.items.get(k as usize)
            {
                by_lang.entry(item.lang()).or_default().push(*filed);
            }
        }
        let lists: Vec<Vec<u64>> = by_lang.into_values().collect();
        let ties: Vec<(u32, u32)> = lists.par_iter().flat_map_iter(|list| self.ties(list)).collect();
        let mut roots = Roots::new(self.items.len());
        for (k, head) in first.iter().enumerate() {
            roots.tie(number(k), *head);
        }
        for (a, b) in ties {
            roots.tie(a, b);
        }
        roots.families()
    }

    /// Ties among the sentences of one language, enough to hold each family together.
    fn ties(&self, filed: &[u64]) -> Vec<(u32, u32)> {
        let mut own: Vec<u32> = filed.iter().map(|f| low(*f)).collect();
        own.sort_unstable();
        own.dedup();
        let place: HashMap<u32, u32> = own.iter().enumerate().map(|(at, k)| (*k, number(at))).collect();
        let mut roots = Roots::new(own.len());
        let mut out = Vec::new();
        for group in filed.chunk_by(|a, b| hash_of(*a) == hash_of(*b)).filter(|group| group.len() > 1) {
            let mut leaders: Vec<(u32, u32)> = Vec::with_capacity(LEADERS.min(group.len()));
            for k in group.iter().map(|f| low(*f)) {
                let Some(at) = place.get(&k).copied() else { continue };
                let mut alone = true;
                for (leader, leader_at) in &leaders {
                    if roots.root(at) == roots.root(*leader_at) {
                        alone = false;
                        break;
                    }
                    let (Some(a), Some(b)) = (self.items.get(k as usize), self.items.get(*leader as usize))
                    else {
                        continue;
                    };
                    if may_be_alike(a, b, ALIKE) && likeness(a, b) >= ALIKE {
                        roots.tie(at, *leader_at);
                        out.push((k, *leader));
                        alone = false;
                    }
                }
                if alone && leaders.len() < LEADERS {
                    leaders.push((k, at));
                }
            }
        }
        out
    }
}

fn number(k: usize) -> u32 {
    u32::try_from(k).unwrap_or(u32::MAX)
}

fn file(hash: u32, sentence: u32) -> u64 {
    (u64::from(hash) << 32) | u64::from(sentence)
}

fn hash_of(filed: u64) -> u32 {
    (filed >> 32) as u32
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
fn low(filed: u64) -> u32 {
    filed as u32
}

/// Which sentences are tied: a forest in which each points towards the first of its family.
#[derive(Debug)]
pub(crate) struct Roots {
    up: Vec<u32>,
}

impl Roots {
    pub(crate) fn new(len: usize) -> Self {
        Self { up: (0..number(len)).collect() }
    }

    pub(crate) fn root(&mut self, mut k: u32) -> u32 {
        loop {
            let up = self.up.get(k as usize).copied().unwrap_or(k);
            if up == k {
                return k;
            }
            // Halving the way for those who come after.
            let above = self.up.get(up as usize).copied().unwrap_or(up);
            if let Some(slot) = self.up.get_mut(k as usize) {
                *slot = above;
            }
            k = above;
        }
    }

    pub(crate) fn tie(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(slot) = self.up.get_mut(a.max(b) as usize) {
            *slot = a.min(b);
        }
    }

    /// Families of two and more, each in order, by their first members.
    pub(crate) fn families(mut self) -> Vec<Vec<u32>> {
        let mut by_root: Vec<(u32, u32)> = (0..number(self.up.len())).map(|k| (self.root(k), k)).collect();
        by_root.sort_unstable();
        by_root
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|family| family.len() > 1)
            .map(|family| family.iter().map(|(_, k)| *k).collect())
            .collect()
    }
}
