//! Words of rank across a bead: "senior", "deputy", "acting", "former". Who loses one became somebody else.

use super::cues::{Cue, RANKS};
use super::wording::{Side, push};
use super::{Both, Difference, DifferenceKind};

/// Finds words of rank that one side has and the other does not render.
pub(super) fn find(both: &Both<'_>, here: &Side, there: &Side, confidence: f32, out: &mut Vec<Difference>) {
    for (k, rank) in (0_u8..).zip(RANKS) {
        let rendered = there.count(Cue::Rank(k)) + there.count(Cue::RankLike(k)) > 0;
        let Some(at) = here.first(Cue::Rank(k)).filter(|_| !rendered) else { continue };
        let kind = if here.side == both.original() {
            DifferenceKind::WordsOmitted
        } else {
            DifferenceKind::WordsAdded
        };
        let message = format!("A word of rank (\"{rank}\") in one version has no counterpart in the other.");
        push(
            both,
            kind,
            confidence * 0.6,
            message,
            (here.side, at),
            (there.side, None, there.sentences.start),
            out,
        );
    }
}
