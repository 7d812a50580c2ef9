//! Where each word and each anchor stands in a text.

use super::fast::FastMap;
use super::features::{Anchor, Side, Vocabulary};

/// A place in a text: sentence, word.
pub(super) type Place = (u32, u16);

/// The anchors that words of both languages share, as numbers.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// By form: the shared anchors, each with its kind.
    source: Vec<Vec<(u32, Kind)>>,
    target: Vec<Vec<(u32, Kind)>>,
}

/// How much an anchor says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Figure,
    Letters,
    Opening,
    Sound,
}

impl Anchors {
    /// The anchors that both vocabularies have.
    pub(super) fn shared(source: &Vocabulary, target: &Vocabulary) -> Self {
        let mut ids: FastMap<Anchor, u32> = FastMap::default();
        for anchor in source.forms().flatten() {
            let next = ids.len() as u32;
            ids.entry(*anchor).or_insert(next);
        }
        let known = |form: &[Anchor]| form.iter().filter_map(|a| Some((*ids.get(a)?, kind(*a)))).collect();
        let target: Vec<Vec<(u32, Kind)>> = target.forms().map(known).collect();
        let mut met = vec![false; ids.len()];
        for (id, _) in target.iter().flatten() {
            if let Some(slot) = met.get_mut(*id as usize) {
                *slot = true;
            }
        }
        let mut source: Vec<Vec<(u32, Kind)>> = source.forms().map(known).collect();
        for form in &mut source {
            form.retain(|(id, _)| met.get(*id as usize).copied().unwrap_or(false));
        }
        Self { source, target }
    }

    /// The shared anchors of a form of the first language.
    pub(super) fn of_source(&self, form: u32) -> &[(u32, Kind)] {
        self.source.get(form as usize).map_or(&[], Vec::as_slice)
    }
}

fn kind(anchor: Anchor) -> Kind {
    match anchor {
        Anchor::Figure(_) => Kind::Figure,
        Anchor::Letters(_) => Kind::Letters,
        Anchor::Opening(_) => Kind::Opening,
        Anchor::Sound(_) => Kind::Sound,
    }
}

/// The words and anchors of one text with their places.
#[derive(Debug, Default)]
pub(super) struct Index {
    groups: FastMap<u64, (u32, u32)>,
    places: Vec<Place>,
    /// Sentences of the text.
    pub(super) sentences: usize,
}

const WORDS: u64 = 1 << 32;

impl Index {
    /// Reads the second text of a pair.
    pub(super) fn of(side: &Side, anchors: &Anchors) -> Self {
        let mut entries: Vec<(u64, Place)> = Vec::new();
        for (j, sentence) in side.sentences.iter().enumerate() {
            for (position, token) in sentence.tokens.iter().enumerate() {
                let place = (j as u32, position as u16);
                entries.push((WORDS | u64::from(token.word), place));
                for (anchor, _) in anchors.target.get(token.form as usize).into_iter().flatten() {
                    entries.push((u64::from(*anchor), place));
                }
            }
        }
        entries.sort_unstable();
        entries.dedup();
        let mut groups = FastMap::default();
        let mut start = 0;
        for run in entries.chunk_by(|a, b| a.0 == b.0) {
            if let Some((key, _)) = run.first() {
                groups.insert(*key, (start, start + run.len() as u32));
            }
            start += run.len() as u32;
        }
        Self { groups, places: entries.into_iter().map(|e| e.1).collect(), sentences: side.sentences.len() }
    }

    /// Where a word of the second language stands, in order.
    pub(super) fn word(&self, word: u32) -> &[Place] {
        self.group(WORDS | u64::from(word))
    }

    /// Where an anchor stands, in order.
    pub(super) fn anchor(&self, anchor: u32) -> &[Place] {
        self.group(u64::from(anchor))
    }

    fn group(&self, key: u64) -> &[Place] {
        let range = self.groups.get(&key);
        range.and_then(|(from, to)| self.places.get(*from as usize..*to as usize)).unwrap_or_default()
    }
}
