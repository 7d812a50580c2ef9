//! Sentences without a counterpart.

use diwan_text::words::{WordKind, words};

use super::{Both, ComparedSide, Difference, DifferenceKind, quote, range};

/// A sentence of fewer words may be a heading or a line of furniture.
const FEWEST: usize = 4;

/// Finds sentences that stand in one version only.
pub(super) fn find(both: &Both<'_>) -> Vec<Difference> {
    let mut out = Vec::new();
    if !aligned(both) {
        return out;
    }
    for (k, bead) in both.beads.iter().enumerate() {
        for side in [ComparedSide::Source, ComparedSide::Target] {
            if range(bead, side).is_empty() || !range(bead, side.other()).is_empty() {
                continue;
            }
            for sentence in range(bead, side) {
                let text = both.sentence(side, sentence);
                let count = words(text).iter().filter(|w| w.kind == WordKind::Word).count();
                let addresses = words(text).iter().any(|w| w.kind == WordKind::Address);
                if count < FEWEST || (addresses && count < 12) {
                    continue;
                }
                let omitted = side == both.original();
                let kind =
                    if omitted { DifferenceKind::SentenceOmitted } else { DifferenceKind::SentenceAdded };
                let mut quotes = vec![quote(side, sentence, None)];
                quotes.extend(neighbour(both, k, side.other()).map(|at| quote(side.other(), at, None)));
                let message = if omitted {
                    "A sentence has no counterpart in the other version; the quote of that version is the sentence where it would stand."
                } else {
                    "A sentence stands in this version only; the quote of the other version is the sentence where it would stand."
                };
                out.push(both.difference(kind, bead.confidence.value(), message, quotes));
            }
        }
    }
    out
}

/// Whether the two texts render each other at all: where most sentences have no counterpart, nothing was left out, the
/// texts are different ones.
fn aligned(both: &Both<'_>) -> bool {
    let tied = both.beads.iter().filter(|b| !b.source.is_empty() && !b.target.is_empty()).count();
    let alone = both.beads.iter().filter(|b| b.source.is_empty() || b.target.is_empty()).count();
    tied > alone
}

/// The last sentence of `side` before bead `k`, else the first one after it.
fn neighbour(both: &Both<'_>, k: usize, side: ComparedSide) -> Option<usize> {
    let before = both.beads.iter().take(k).rev().map(|b| range(b, side)).find(|r| !r.is_empty());
    let after = || both.beads.iter().skip(k + 1).map(|b| range(b, side)).find(|r| !r.is_empty());
    match before {
        Some(range) => range.end.checked_sub(1),
        None => after().map(|range| range.start),
    }
}
