//! Word pairs learnt from the surest links, as features of their own.
//!
//! What the seed lexicon does not know of the words of a pool, the pool itself teaches: the sentences of sure pairs are
//! aligned, and words that render each other there tie other documents too.

use std::collections::{BTreeMap, BTreeSet};

use diwan_model::LanguageTag;

use super::read::{Kind, key};
use crate::align::fast::FastMap;
use crate::align::{Lexicon, concepts_of};

/// By language: the features of a stem.
#[derive(Debug, Default)]
pub(super) struct Learnt(FastMap<(u8, u64), Vec<u32>>, Vec<LanguageTag>);

/// A pair must have been seen about so often.
const SEEN: f32 = 2.0;
/// Of the renderings of a word those count that are at least this share of the most frequent one.
const SHARE: f32 = 0.4;

impl Learnt {
    /// Whether nothing was learnt.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes in what was learnt of two languages. Pairs that share a concept of the seed say nothing new.
    pub(super) fn take(&mut self, from: &LanguageTag, to: &LanguageTag, lexicon: &Lexicon) {
        let best = |side: fn(&(String, String, f32)) -> &str| {
            let mut out: BTreeMap<&str, f32> = BTreeMap::new();
            for pair in &lexicon.pairs {
                let slot = out.entry(side(pair)).or_default();
                *slot = slot.max(pair.2);
            }
            out
        };
        let (of_source, of_target) = (best(|p| &p.0), best(|p| &p.1));
        for (source, target, seen) in &lexicon.pairs {
            let most = of_source.get(source.as_str()).copied().unwrap_or(0.0);
            let most = most.max(of_target.get(target.as_str()).copied().unwrap_or(0.0));
            let known: BTreeSet<u32> = concepts_of(source, from).iter().copied().collect();
            let shared = concepts_of(target, to).iter().any(|c| known.contains(c));
            let digits = source.starts_with(|c: char| c.is_ascii_digit());
            if *seen < SEEN || *seen < SHARE * most || shared || source == target || digits {
                continue;
            }
            let feature =
                key(Kind::Learnt, &format!("{} {} {source} {target}", from.primary(), to.primary()));
            for (lang, stem) in [(from, source), (to, target)] {
                let lang = self.lang(lang);
                let slot = self.0.entry((lang, hash(stem))).or_default();
                slot.push(feature);
            }
        }
    }

    /// The features of a stem.
    pub(super) fn features(&self, lang: &LanguageTag, stem: &str) -> &[u32] {
        let at = self.1.iter().position(|l| l.primary() == lang.primary());
        let at = at.and_then(|at| u8::try_from(at).ok());
        at.and_then(|at| self.0.get(&(at, hash(stem)))).map_or(&[], Vec::as_slice)
    }

    fn lang(&mut self, lang: &LanguageTag) -> u8 {
        let at = self.1.iter().position(|l| l.primary() == lang.primary()).unwrap_or_else(|| {
            self.1.push(lang.clone());
            self.1.len() - 1
        });
        u8::try_from(at).unwrap_or(u8::MAX)
    }
}

fn hash(stem: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(stem.as_bytes())
}
