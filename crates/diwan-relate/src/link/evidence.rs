//! Why a link is believed, with the words as printed: read again from the texts of linked documents alone.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::find::Weights;
use super::read::{Kind, Reader};
use super::{DocumentLink, LinkEvidence, Linker, TextOf};

/// Pieces of evidence of each kind that are kept with a link.
const MOST_SHOWN: usize = 5;

/// Adds to each link what both of its documents hold, the most telling first.
pub(super) fn explain(linker: &Linker, weights: &Weights<'_>, links: &mut [DocumentLink], texts: TextOf<'_>) {
    links.par_iter_mut().for_each_init(Reader::default, |reader, link| {
        let shared = weights.shared(link.first, link.second);
        let concepts = shared.iter().filter(|(k, _)| matches!(Kind::of(*k), Kind::Concept | Kind::Learnt));
        let concepts = concepts.count();
        let shown = |wanted: Kind| {
            shared.iter().filter(move |(k, _)| Kind::of(*k) == wanted).map(|(k, _)| *k).take(MOST_SHOWN)
        };
        let kinds = [Kind::Date, Kind::Figure, Kind::Letters];
        let wanted: BTreeSet<u32> = kinds.into_iter().flat_map(shown).collect();
        let first = linker.documents.get(link.first);
        let lang = first.and_then(|d| linker.langs.get(usize::from(d.lang)));
        let printed = match (lang, texts(link.first)) {
            (Some(lang), Some(text)) if !wanted.is_empty() => {
                reader.printed(&text, lang, |key| wanted.contains(&key))
            }
            _ => Default::default(),
        };
        for kind in kinds {
            for text in shown(kind).filter_map(|key| printed.get(&key).cloned()) {
                link.evidence.push(match kind {
                    Kind::Date => LinkEvidence::Date(text),
                    Kind::Figure => LinkEvidence::Number(text),
                    _ => LinkEvidence::Name(text),
                });
            }
        }
        if concepts > 0 {
            link.evidence.push(LinkEvidence::Concepts(concepts));
        }
        let lines = |d: usize| linker.documents.get(d).map_or(0, |d| d.profile.lines);
        let (a, b) = (lines(link.first), lines(link.second));
        if a.min(b) >= 3 && a.abs_diff(b) * 8 <= a.min(b) {
            link.evidence.push(LinkEvidence::Lines(a, b));
        }
    });
}
