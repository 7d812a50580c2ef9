//! Names across a bead: which word opposite spells a name, and which name none does.
//!
//! Names are read on the side whose script has capitals; opposite, every word may be one. A name is compared with
//! every word opposite by its letters (`diwan_text::names`), so that what is found is a spelling, and what is not found
//! is another name or none. Names that are translated rather than spelt (of countries, of bodies) are left out: only
//! persons, and words that were spelt elsewhere in the same two versions, are expected opposite.

use std::collections::BTreeMap;

use diwan_model::{Direction, Span};
use diwan_text::names::{Name, NameKind, find_names};
use diwan_text::normal::strong_in;
use diwan_text::stem::{is_stop_word, stem};
use diwan_text::words::{WordKind, clitics, words_in};

use super::{Both, ComparedSide, Difference, DifferenceKind, quote, range};
use crate::align::Bead;

/// From this similarity on, a word opposite spells the name.
const SPELT: f32 = 0.45;
/// Below this, no word opposite can be the name.
const ABSENT: f32 = 0.12;
/// Beads of more sentences on the other side are not searched.
const LARGEST: usize = 3;
/// Words of a crafted sentence beyond this many are not compared.
const MOST_WORDS: usize = 200;

/// One word of a name with what spells it opposite.
#[derive(Debug, Clone)]
pub(super) struct Spelt {
    /// The word in strong form: the key under which its spellings are gathered.
    pub(super) key: String,
    pub(super) sentence: usize,
    pub(super) span: Span,
    /// Which mention of its side it belongs to.
    mention: usize,
    person: bool,
    /// Whether a word beside the best one opposite is known to no lexicon.
    beside_unknown: bool,
    /// The best word opposite: its sentence, place, strong form without clitics, and how alike it is.
    pub(super) best: Option<(usize, Span, String, f32)>,
    /// The first sentence opposite, and how sure the bead is.
    opposite: usize,
    confidence: f32,
}

/// The names of two versions.
pub(super) struct Names {
    /// The side whose names were read.
    pub(super) side: Option<ComparedSide>,
    pub(super) words: Vec<Spelt>,
}

impl Names {
    /// Reads the names of the side that has capitals and looks for them opposite.
    pub(super) fn read(both: &Both<'_>) -> Self {
        let latin =
            |side| !matches!(both.side(side).lang.primary(), "ar" | "fa" | "ur" | "ps" | "ckb" | "he");
        let side = [both.original(), both.original().other()].into_iter().find(|s| latin(*s));
        let mut out = Self { side, words: Vec::new() };
        let Some(side) = side else { return out };
        let mut mention = 0;
        for bead in both.beads {
            if bead.confidence.value() < 0.5
                || bead.source.is_empty()
                || bead.target.is_empty()
                || bead.source.len() > LARGEST
                || bead.target.len() > LARGEST
            {
                continue;
            }
            out.read_bead(both, bead, side, &mut mention);
        }
        out
    }

    fn read_bead(&mut self, both: &Both<'_>, bead: &Bead, side: ComparedSide, mention: &mut usize) {
        let lang = both.side(side).lang;
        let mut opposite: Option<Vec<(usize, Span, String, Name)>> = None;
        for sentence in range(bead, side) {
            let text = both.sentence(side, sentence);
            for name in find_names(text, lang) {
                *mention += 1;
                for word in
                    words_in(name.span.of(text), lang).into_iter().filter(|w| w.kind == WordKind::Word)
                {
                    let printed = word.span.of(name.span.of(text));
                    let key = strong_in(printed, lang);
                    let proper = printed.chars().next().is_some_and(char::is_uppercase)
                        && !printed.chars().skip(1).all(char::is_uppercase);
                    if key.chars().count() < 3
                        || !proper
                        || is_stop_word(&key, lang)
                        || known(&key, both, side)
                    {
                        continue;
                    }
                    let start = name.span.start() + word.span.start();
                    let Some(span) = Span::new(text, start, start + printed.len()) else { continue };
                    let list = opposite.get_or_insert_with(|| candidates(both, bead, side.other()));
                    let wanted = Name::new(printed);
                    let mut best: Option<(usize, Span, String, f32)> = None;
                    for (at, place, form, candidate) in list.iter() {
                        let alike = if *form == key { 1.0 } else { wanted.similarity(candidate) };
                        if best.as_ref().is_none_or(|b| alike > b.3) {
                            best = Some((*at, *place, form.clone(), alike));
                        }
                    }
                    self.words.push(Spelt {
                        key,
                        sentence,
                        span,
                        mention: *mention,
                        person: name.kind == NameKind::Person,
                        beside_unknown: best
                            .as_ref()
                            .is_some_and(|b| beside_unknown(both, side.other(), b.0, b.1)),
                        best,
                        opposite: range(bead, side.other()).start,
                        confidence: bead.confidence.value(),
                    });
                }
            }
        }
    }

    /// Finds names that are another opposite, or missing.
    pub(super) fn find(&self, both: &Both<'_>, out: &mut Vec<Difference>) {
        let Some(side) = self.side else { return };
        let mut spelt: BTreeMap<&str, usize> = BTreeMap::new();
        for word in &self.words {
            if word.alike() >= SPELT {
                *spelt.entry(&word.key).or_default() += 1;
            }
        }
        let often = |w: &Spelt| spelt.get(w.key.as_str()).copied().unwrap_or(0);
        let mut at = 0;
        while let Some(first) = self.words.get(at) {
            let mention: Vec<&Spelt> =
                self.words.iter().skip(at).take_while(|w| w.mention == first.mention).collect();
            at += mention.len().max(1);
            let present = mention.iter().filter(|w| w.alike() >= SPELT).count();
            let absent: Vec<&&Spelt> = mention.iter().filter(|w| w.alike() < ABSENT).collect();
            let Some(lost) = absent.first() else { continue };
            let whole = present == 0 && absent.len() == mention.len();
            let person = first.person && mention.len() >= 2;
            // Beside the part that is there stands a word that no lexicon knows: another name.
            let other = present > 0 && mention.iter().any(|w| w.alike() >= SPELT && w.beside_unknown);
            let familiar = absent.len() == mention.len() && absent.iter().any(|w| often(w) >= 3);
            if first.confidence < 0.7 || !(other || (whole && (person || familiar))) {
                continue;
            }
            if whole && repeated(&self.words, lost) {
                // The name was said a moment ago; here a pronoun may stand for it.
                continue;
            }
            let (kind, sure) = if present > 0 {
                (DifferenceKind::NameDiffers, 0.8)
            } else {
                (DifferenceKind::NameMissing, if person { 0.6 } else { 0.5 })
            };
            let message = "A name is spelt by no word of the other version.";
            let there = mention.iter().find(|w| w.alike() >= SPELT).and_then(|w| w.best.as_ref());
            let quotes = vec![
                quote(side, lost.sentence, Some(lost.span)),
                match there {
                    Some((sentence, span, ..)) => quote(side.other(), *sentence, Some(*span)),
                    None => quote(side.other(), lost.opposite, None),
                },
            ];
            out.push(both.difference(kind, lost.confidence * sure, message, quotes));
        }
    }
}

impl Spelt {
    fn alike(&self) -> f32 {
        self.best.as_ref().map_or(0.0, |b| b.3)
    }
}

/// Whether the word after a place is one that no lexicon knows: a name, by its looks.
fn beside_unknown(both: &Both<'_>, side: ComparedSide, sentence: usize, place: Span) -> bool {
    let text = both.sentence(side, sentence);
    let lang = both.side(side).lang;
    let unknown = |word: &str| {
        let strong = strong_in(word, lang);
        strong.chars().count() >= 4
            && !is_stop_word(&strong, lang)
            && !crate::align::is_known_word(&stem(&strong, lang), lang)
            // In a script with capitals a name has one.
            && (lang.direction() == Direction::RightToLeft || word.starts_with(char::is_uppercase))
    };
    let words: Vec<_> = words_in(text, lang).into_iter().filter(|w| w.kind == WordKind::Word).collect();
    let Some(at) = words.iter().position(|w| w.span.overlaps(place)) else { return false };
    words.get(at + 1).is_some_and(|w| unknown(w.span.of(text)))
}

/// Whether the same name stands in the sentence before.
fn repeated(words: &[Spelt], word: &Spelt) -> bool {
    words.iter().any(|w| {
        w.key == word.key
            && (w.sentence, w.span) < (word.sentence, word.span)
            && w.sentence + 2 >= word.sentence
            && w.alike() >= SPELT
    })
}

/// Whether a word is one of the language's own, so that it is translated and not spelt.
fn known(key: &str, both: &Both<'_>, side: ComparedSide) -> bool {
    let lang = both.side(side).lang;
    crate::align::is_known_word(&stem(key, lang), lang)
}

/// The words opposite that may spell a name, each with and without what is glued to it.
fn candidates(both: &Both<'_>, bead: &Bead, side: ComparedSide) -> Vec<(usize, Span, String, Name)> {
    let lang = both.side(side).lang;
    let mut out = Vec::new();
    for sentence in range(bead, side) {
        let text = both.sentence(side, sentence);
        let tokens: Vec<Span> =
            words_in(text, lang).into_iter().filter(|w| w.kind == WordKind::Word).map(|w| w.span).collect();
        for (k, span) in tokens.iter().enumerate().take(MOST_WORDS) {
            let printed = span.of(text);
            let whole = strong_in(printed, lang);
            let peeled = clitics(printed, lang).rest;
            let mut forms = vec![whole.clone()];
            if peeled != whole {
                forms.push(peeled);
            }
            if lang.primary() == "ar" {
                for clitic in ["ب", "ل", "ك", "و"] {
                    if let Some(rest) = whole.strip_prefix(clitic)
                        && rest.chars().count() >= 3
                    {
                        forms.push(rest.to_owned());
                    }
                }
            }
            // A name of one word may be two opposite ("Al Thani").
            if let Some(next) = tokens.get(k + 1) {
                forms.push(format!("{whole}{}", strong_in(next.of(text), lang)));
            }
            for form in forms {
                let name = Name::new(&form);
                out.push((sentence, *span, form, name));
            }
        }
    }
    out
}
