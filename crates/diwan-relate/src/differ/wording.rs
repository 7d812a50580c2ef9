//! Negation, obligation, "and" and "or", hedges, and the strength of verbs across a bead.

use diwan_model::{Direction, Span};

use super::cues::{Cue, FIELDS, Found, cues};
use super::{Both, ComparedSide, Difference, DifferenceKind, negation, quote, range, ranks};
use crate::align::Bead;

/// The cues of one side of a bead, each with its sentence.
pub(super) struct Side {
    pub(super) side: ComparedSide,
    pub(super) cues: Vec<(usize, Found)>,
    pub(super) sentences: std::ops::Range<usize>,
    /// How often it says "and", glued to a word or not.
    ands: usize,
}

impl Side {
    pub(super) fn count(&self, cue: Cue) -> usize {
        self.cues.iter().filter(|(_, f)| f.cue == cue).count()
    }

    pub(super) fn first(&self, cue: Cue) -> Option<(usize, Span)> {
        self.cues.iter().find(|(_, f)| f.cue == cue).map(|(s, f)| (*s, f.span))
    }
}

/// A bead of more sentences than this is too coarse to compare words by presence.
const LARGEST: usize = 3;

/// Compares the cue words of a bead.
pub(super) fn find(both: &Both<'_>, bead: &Bead, out: &mut Vec<Difference>) {
    if bead.source.len() + bead.target.len() > LARGEST {
        return;
    }
    let (Some(source), Some(target)) =
        (read(both, ComparedSide::Source, bead), read(both, ComparedSide::Target, bead))
    else {
        return;
    };
    // Words that lost the blanks between them hide every cue.
    if [&source, &target].iter().any(|side| run_together(both, side)) {
        return;
    }
    let confidence = bead.confidence.value();
    for (here, there) in [(&source, &target), (&target, &source)] {
        negation::find(both, here, there, confidence, out);
        alternative(both, here, there, confidence, out);
        ranks::find(both, here, there, confidence, out);
    }
    let (original, translation) =
        if both.original() == ComparedSide::Source { (&source, &target) } else { (&target, &source) };
    modality(both, original, translation, confidence, out);
    strength(both, original, translation, confidence, out);
}

/// No word of a script without long compounds is longer.
const LONGEST_WORD: usize = 18;

/// Whether words of a side are printed without the blanks between them.
fn run_together(both: &Both<'_>, side: &Side) -> bool {
    both.side(side.side).lang.direction() == Direction::RightToLeft
        && side.sentences.clone().any(|sentence| {
            let text = both.sentence(side.side, sentence);
            text.split(|c: char| !c.is_alphabetic() && c != '\u{200c}')
                .any(|w| w.chars().filter(|c| c.is_alphabetic()).count() > LONGEST_WORD)
        })
}

fn read(both: &Both<'_>, side: ComparedSide, bead: &Bead) -> Option<Side> {
    let version = both.side(side);
    let known = cues(version.lang)?;
    let sentences = range(bead, side);
    let glued = |text: &str| {
        let words = diwan_text::words::words_in(text, version.lang);
        words
            .iter()
            .filter(|w| w.span.of(text).starts_with('و') && w.span.of(text).chars().count() >= 4)
            .count()
    };
    let glued: usize = match version.lang.primary() {
        "ar" => sentences.clone().map(|s| glued(both.sentence(side, s))).sum(),
        _ => 0,
    };
    let cues: Vec<(usize, Found)> = sentences
        .clone()
        .flat_map(|s| known.find(both.sentence(side, s), version.lang).into_iter().map(move |f| (s, f)))
        .collect();
    let ands = glued + cues.iter().filter(|(_, f)| f.cue == Cue::And).count();
    Some(Side { side, cues, sentences, ands })
}

/// Adds a difference with the cue of one side and its place on the other.
pub(super) fn push(
    both: &Both<'_>,
    kind: DifferenceKind,
    confidence: f32,
    message: impl Into<String>,
    (side, here): (ComparedSide, (usize, Span)),
    there: (ComparedSide, Option<(usize, Span)>, usize),
    out: &mut Vec<Difference>,
) {
    let (other, at, whole) = there;
    let opposite = at.map_or_else(|| quote(other, whole, None), |(s, span)| quote(other, s, Some(span)));
    out.push(both.difference(kind, confidence, message, vec![quote(side, here.0, Some(here.1)), opposite]));
}

/// A plain "or" here, and no alternative opposite.
fn alternative(both: &Both<'_>, here: &Side, there: &Side, confidence: f32, out: &mut Vec<Difference>) {
    let alternatives = there.count(Cue::Or) + there.count(Cue::Alternative);
    if alternatives > 0 || here.count(Cue::Or) != 1 || there.ands <= here.ands {
        return;
    }
    if let Some(at) = here.first(Cue::Or) {
        let message = "\"Or\" in one version, none in the other.";
        let to = (there.side, None, there.sentences.start);
        push(both, DifferenceKind::AndOr, confidence * 0.7, message, (here.side, at), to, out);
    }
}

/// An obligation that became a permission.
fn modality(
    both: &Both<'_>,
    original: &Side,
    translation: &Side,
    confidence: f32,
    out: &mut Vec<Difference>,
) {
    // "Should" is said with the words of either: it is not compared.
    let (from, to) = (Cue::Must, Cue::May);
    let clear = original.count(from) == 1 && original.count(to) == 0 && translation.count(from) == 0;
    if let (true, Some(here), Some(there)) = (clear, original.first(from), translation.first(to)) {
        let message = "An obligation in one version is a permission or possibility in the other.";
        let place = (translation.side, Some(there), there.0);
        let kind = DifferenceKind::ModalityDiffers;
        push(both, kind, confidence * 0.6, message, (original.side, here), place, out);
    }
}

/// A strong verb of a field that became a weak one, or the other way round.
fn strength(
    both: &Both<'_>,
    original: &Side,
    translation: &Side,
    confidence: f32,
    out: &mut Vec<Difference>,
) {
    for (k, field) in (0_u8..).zip(FIELDS) {
        let ways = [
            (Cue::Strong(k), Cue::Weak(k), DifferenceKind::VerbSoftened),
            (Cue::Weak(k), Cue::Strong(k), DifferenceKind::VerbStrengthened),
        ];
        for (from, to, kind) in ways {
            let clear = original.count(to) == 0 && translation.count(from) == 0;
            // What is weak in one language may be said with a word that is strong elsewhere in the other ("asked"): only a
            // condemnation is looked for in this direction.
            let clear = clear && (kind == DifferenceKind::VerbSoftened || *field == *"condemn");
            if let (true, Some(here), Some(there)) = (clear, original.first(from), translation.first(to)) {
                let message = format!("Verbs of one field (\"{field}\"), but not of one strength.");
                let place = (translation.side, Some(there), there.0);
                push(both, kind, confidence * 0.6, message, (original.side, here), place, out);
            }
        }
    }
}
