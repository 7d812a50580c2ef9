//! Negation across a bead: a "not" that nothing opposite renders.
//!
//! It is looked for only where the other side says no nowhere. A "not" that a translation *added* is free prose more often
//! than not ("is not inspired" renders "is short of inspiration"): there the word that is negated must stand opposite, by
//! the seed lexicon.

use diwan_model::Span;
use diwan_text::stem::{is_stop_word, stem};
use diwan_text::words::{WordKind, clitics, words_in};

use super::cues::Cue;
use super::wording::{Side, push};
use super::{Both, Difference, DifferenceKind};
use crate::align::concepts_of;

/// A negation says no to a word at most so many words away.
const REACH: usize = 3;

/// A word of a sentence with what it may mean.
struct Meant {
    sentence: usize,
    span: Span,
    concepts: Vec<u32>,
}

/// Finds negations of one side that the other lacks.
pub(super) fn find(both: &Both<'_>, here: &Side, there: &Side, confidence: f32, out: &mut Vec<Difference>) {
    let lost = there.count(Cue::Not) + there.count(Cue::Negative) + there.count(Cue::Nothing) == 0;
    let original = here.side == both.original();
    let Some(first) = here.first(Cue::Not) else { return };
    let (at, sure) = match (lost, original) {
        (true, true) => (first, 0.8),
        (true, false) => match unsaid(both, here, there) {
            Some(at) => (at, 0.6),
            None => return,
        },
        (false, _) => return,
    };
    let message = "A negation in one version has no counterpart in the other.";
    let to = (there.side, None, there.sentences.start);
    push(both, DifferenceKind::NegationDiffers, confidence * sure, message, (here.side, at), to, out);
}

/// The negation whose word stands opposite.
fn unsaid(both: &Both<'_>, here: &Side, there: &Side) -> Option<(usize, Span)> {
    let (said, opposite) = (meant(both, here), meant(both, there));
    here.cues.iter().filter(|(_, f)| f.cue == Cue::Not).map(|(s, f)| (*s, f.span)).find(|(sentence, span)| {
        let place = said.iter().position(|w| w.sentence == *sentence && w.span.end() > span.start());
        let close = said
            .iter()
            .enumerate()
            .filter(|(k, w)| w.sentence == *sentence && place.is_some_and(|p| p.abs_diff(*k) <= REACH));
        close.flat_map(|(_, w)| &w.concepts).any(|c| opposite.iter().any(|o| o.concepts.contains(c)))
    })
}

/// The words of one side that the lexicon knows, small words left out.
fn meant(both: &Both<'_>, side: &Side) -> Vec<Meant> {
    let lang = both.side(side.side).lang;
    let mut out = Vec::new();
    for sentence in side.sentences.clone() {
        let text = both.sentence(side.side, sentence);
        for word in words_in(text, lang).into_iter().filter(|w| w.kind == WordKind::Word) {
            let form = clitics(word.span.of(text), lang).rest;
            let mut concepts = concepts_of(&stem(&form, lang), lang).to_vec();
            // A Persian verb carries its negation.
            if lang.primary() == "fa"
                && let Some(bare) = form.strip_prefix('ن')
            {
                concepts.extend(concepts_of(&stem(bare, lang), lang));
            }
            if is_stop_word(&form, lang) {
                concepts.clear();
            }
            out.push(Meant { sentence, span: word.span, concepts });
        }
    }
    out
}
