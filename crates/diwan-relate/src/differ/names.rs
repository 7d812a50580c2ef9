//! Names across a bead: which word opposite spells a name, and which name none does.
//!
//! Names are read on the side whose script has capitals; between two versions without capitals, where a title of office
//! or the word for a body shows one. Opposite, every word may be one. A name is compared with every word opposite by its
//! letters (`diwan_text::names`), so that what is found is a spelling, and what is not found is another name or none.
//! Names that are translated rather than spelt (of countries, of bodies) are left out: only persons, and words that were
//! spelt elsewhere in the same two versions, are expected opposite. That a name is *another* one is said only where its
//! first word is spelt opposite and the word after that is a stranger: of no lexicon, and like no name of this side.

use std::collections::BTreeMap;

use diwan_model::{Direction, Span};
use diwan_text::names::{Name, NameKind, find_names};
use diwan_text::normal::strong_in;
use diwan_text::stem::{is_stop_word, stem};
use diwan_text::words::{WordKind, clitics, words_in};

use super::{Both, ComparedSide, Difference, DifferenceKind, quote, range};
use crate::align::{Bead, concepts_of};

/// From this similarity on, a word opposite spells the name.
pub(super) const SPELT: f32 = 0.45;
/// Below this, no word opposite can be the name.
const ABSENT: f32 = 0.12;
/// Below this, a word that stands where a name should is another one.
const STRANGE: f32 = 0.35;
/// A name said at least so often, and nearly always spelt, is expected opposite.
const OFTEN: usize = 3;
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
    /// A word of the language, too ("May", "Cook"): missing opposite, it says nothing by itself.
    pub(super) common: bool,
    /// The stranger that stands opposite in its place: its sentence and span.
    stranger: Option<(usize, Span)>,
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

/// A word opposite that may spell a name.
struct Candidate {
    sentence: usize,
    span: Span,
    /// With and without what is glued to it, and joined with the word after it.
    forms: Vec<(String, Name)>,
}

impl Names {
    /// Reads the names of the side that has capitals and looks for them opposite.
    pub(super) fn read(both: &Both<'_>) -> Self {
        let capitals = |side| both.side(side).lang.direction() == Direction::LeftToRight;
        let sides = [both.original(), both.original().other()];
        let side = sides.into_iter().find(|s| capitals(*s)).unwrap_or(both.original());
        let mut out = Self { side: Some(side), words: Vec::new() };
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
            let from = out.words.len();
            out.read_bead(both, bead, side, &mut mention);
            if out.words.len() > from {
                out.look_opposite(both, bead, side, from);
            }
        }
        out
    }

    /// The words of the names of one side of a bead.
    fn read_bead(&mut self, both: &Both<'_>, bead: &Bead, side: ComparedSide, mention: &mut usize) {
        let lang = both.side(side).lang;
        let capitals = lang.direction() == Direction::LeftToRight;
        for sentence in range(bead, side) {
            let text = both.sentence(side, sentence);
            for name in find_names(text, lang) {
                *mention += 1;
                let inside = name.span.of(text);
                for word in words_in(inside, lang).into_iter().filter(|w| w.kind == WordKind::Word) {
                    let printed = word.span.of(inside);
                    let printed =
                        ["'s", "’s"].iter().find_map(|s| printed.strip_suffix(s)).unwrap_or(printed);
                    let key = strong_in(printed, lang);
                    let proper = !capitals
                        || printed.chars().next().is_some_and(char::is_uppercase)
                            && printed.chars().skip(1).any(char::is_lowercase);
                    let dotted = printed.contains('.');
                    // An Arabic adjective ("the American") is translated.
                    let article =
                        lang.primary() == "ar" && printed.starts_with("ال") && name.kind != NameKind::Person;
                    let proper = proper && !article;
                    if key.chars().count() < 3 || !proper || dotted || is_stop_word(&key, lang) {
                        continue;
                    }
                    let start = name.span.start() + word.span.start();
                    let Some(span) = Span::new(text, start, start + printed.len()) else { continue };
                    self.words.push(Spelt {
                        common: crate::align::is_known_word(&stem(&key, lang), lang),
                        key,
                        sentence,
                        span,
                        mention: *mention,
                        person: name.kind == NameKind::Person,
                        stranger: None,
                        best: None,
                        opposite: range(bead, side.other()).start,
                        confidence: bead.confidence.value(),
                    });
                }
            }
        }
    }

    /// Looks for the words from `from` on among the words opposite.
    fn look_opposite(&mut self, both: &Both<'_>, bead: &Bead, side: ComparedSide, from: usize) {
        let list = candidates(both, bead, side.other());
        let Some(words) = self.words.get_mut(from..) else { return };
        let alike: Vec<Vec<f32>> = words
            .iter()
            .map(|word| {
                let name = Name::new(&word.key);
                let one = |c: &Candidate| {
                    let of =
                        |(form, n): &(String, Name)| if *form == word.key { 1.0 } else { name.similarity(n) };
                    c.forms.iter().map(of).fold(0.0, f32::max)
                };
                list.iter().map(one).collect()
            })
            .collect();
        let at =
            |word: usize, there: usize| alike.get(word).and_then(|a| a.get(there)).copied().unwrap_or(0.0);
        // Who is most like each word opposite: that word is taken for others.
        let owner: Vec<Option<usize>> = (0..list.len())
            .map(|there| {
                let best = (0..words.len()).max_by(|a, b| at(*a, there).total_cmp(&at(*b, there)))?;
                (at(best, there) >= SPELT).then_some(best)
            })
            .collect();
        let keys: Vec<String> = words.iter().map(|w| w.key.clone()).collect();
        let free = |word: usize, there: usize| {
            owner
                .get(there)
                .copied()
                .flatten()
                .is_none_or(|o| keys.get(o) == keys.get(word) || at(word, there) >= at(o, there))
        };
        let best_of = |word: usize| {
            (0..list.len())
                .filter(|there| free(word, *there))
                .map(|there| (there, at(word, there)))
                .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
        };
        let bests: Vec<Option<(usize, f32)>> = (0..words.len()).map(best_of).collect();
        // Where the other script has capitals, a capital after the name says enough.
        let capitals = both.side(side.other()).lang.direction() == Direction::LeftToRight;
        let places: Vec<(usize, usize, Span)> =
            words.iter().map(|w| (w.mention, w.sentence, w.span)).collect();
        for (k, word) in words.iter_mut().enumerate() {
            let best = bests.get(k).copied().flatten();
            word.best = best.and_then(|(there, alike)| {
                let candidate = list.get(there)?;
                let name = Name::new(&word.key);
                let form = candidate.forms.iter().max_by(|a, b| {
                    let of = |(form, n): &(String, Name)| {
                        if *form == word.key { 1.0 } else { name.similarity(n) }
                    };
                    of(a).total_cmp(&of(b))
                })?;
                Some((candidate.sentence, candidate.span, form.0.clone(), alike))
            });
            // The first word of the name is spelt opposite; what stands after it?
            let Some(before) = k.checked_sub(1) else { continue };
            let (Some(first), Some(here)) = (places.get(before), places.get(k)) else { continue };
            let beside = first.0 == here.0 && first.1 == here.1 && here.2.start() <= first.2.end() + 4;
            let Some((there, alike)) = bests.get(before).copied().flatten().filter(|_| beside) else {
                continue;
            };
            if alike < SPELT || best.is_some_and(|b| b.1 >= SPELT) {
                continue;
            }
            let (Some(spelt), Some(next)) = (list.get(there), list.get(there + 1)) else { continue };
            let strange = spelt.sentence == next.sentence
                && adjoins(both, side.other(), spelt, next)
                && is_stranger(both, side.other(), next)
                && (0..keys.len()).all(|w| at(w, there + 1) < STRANGE)
                && !starts_like(&word.key, next)
                && !(word.common && (!word.person && !capitals || rendered(both, bead, side, &word.key)));
            word.stranger = strange.then_some((next.sentence, next.span));
        }
    }

    /// Finds names that are another opposite, or missing.
    pub(super) fn find(&self, both: &Both<'_>, out: &mut Vec<Difference>) {
        let Some(side) = self.side else { return };
        let known = self.spellings();
        let mut at = 0;
        while let Some(first) = self.words.get(at) {
            let mention: Vec<&Spelt> =
                self.words.iter().skip(at).take_while(|w| w.mention == first.mention).collect();
            at += mention.len().max(1);
            if first.confidence < 0.7 {
                continue;
            }
            let other = mention.iter().find_map(|w| Some((w, w.stranger?)));
            if let Some((word, (sentence, span))) = other.filter(|(w, at)| !self.rendered_so(both, w, *at)) {
                let message =
                    "A name is spelt by no word of the other version; another word stands in its place.";
                let quotes = vec![
                    quote(side, word.sentence, Some(word.span)),
                    quote(side.other(), sentence, Some(span)),
                ];
                out.push(both.difference(
                    DifferenceKind::NameDiffers,
                    word.confidence * 0.8,
                    message,
                    quotes,
                ));
                continue;
            }
            let told: Vec<&&Spelt> = mention.iter().filter(|w| !w.common).collect();
            let Some(lost) = told.first() else { continue };
            let whole = mention.iter().all(|w| w.alike() < SPELT) && told.iter().all(|w| w.alike() < ABSENT);
            // Where names have no capitals, what follows a title may be any word.
            let capitals = both.side(side).lang.direction() == Direction::LeftToRight;
            let person = first.person && told.len() >= 2 && capitals;
            let familiar = told.iter().any(|w| {
                known.get(w.key.as_str()).is_some_and(|k| k.spelt >= OFTEN && k.spelt >= 4 * k.lost)
            });
            let glued =
                told.iter().any(|w| known.get(w.key.as_str()).is_some_and(|k| k.glued(both, side, w)));
            if !whole || !(person || familiar) || glued || repeated(&self.words, lost) {
                continue;
            }
            let message = "A name is spelt by no word of the other version.";
            let quotes =
                vec![quote(side, lost.sentence, Some(lost.span)), quote(side.other(), lost.opposite, None)];
            let sure = if person { 0.6 } else { 0.5 };
            out.push(both.difference(DifferenceKind::NameMissing, lost.confidence * sure, message, quotes));
        }
    }

    /// Whether the stranger stands for the same name elsewhere, too: then it is how the name is spelt here, however
    /// unlike its letters.
    fn rendered_so(&self, both: &Both<'_>, word: &Spelt, at: (usize, Span)) -> bool {
        let Some(side) = self.side else { return false };
        let lang = both.side(side.other()).lang;
        let form =
            |(sentence, span): (usize, Span)| strong_in(span.of(both.sentence(side.other(), sentence)), lang);
        let this = form(at);
        self.words.iter().any(|w| {
            w.key == word.key
                && (w.sentence, w.span) != (word.sentence, word.span)
                && (w.stranger.is_some_and(|s| form(s) == this)
                    || w.best.as_ref().is_none_or(|b| b.3 < SPELT)
                        && strong_in(both.sentence(side.other(), w.opposite), lang).contains(&this))
        })
    }

    /// How each name was spelt, and how often not at all.
    fn spellings(&self) -> BTreeMap<&str, Known<'_>> {
        let mut out: BTreeMap<&str, Known<'_>> = BTreeMap::new();
        for word in &self.words {
            let known = out.entry(&word.key).or_default();
            match &word.best {
                Some((.., form, alike)) if *alike >= SPELT => {
                    known.spelt += 1;
                    known.forms.push(form);
                }
                _ => known.lost += 1,
            }
        }
        out
    }
}

/// What is known of a name from all of its places.
#[derive(Default)]
struct Known<'a> {
    spelt: usize,
    lost: usize,
    forms: Vec<&'a str>,
}

impl Known<'_> {
    /// Whether a known spelling stands opposite after all, glued to other words.
    fn glued(&self, both: &Both<'_>, side: ComparedSide, word: &Spelt) -> bool {
        let version = both.side(side.other());
        let near = word.opposite.saturating_sub(1)..=word.opposite + LARGEST;
        let letters: String = near
            .filter_map(|at| version.sentences.get(at))
            .flat_map(|text| {
                strong_in(text, version.lang).chars().filter(|c| c.is_alphabetic()).collect::<Vec<_>>()
            })
            .collect();
        self.forms.iter().any(|form| form.chars().count() >= 3 && letters.contains(&form.replace(' ', "")))
    }
}

impl Spelt {
    fn alike(&self) -> f32 {
        self.best.as_ref().map_or(0.0, |b| b.3)
    }
}

/// Whether nothing but a blank stands between two words.
fn adjoins(both: &Both<'_>, side: ComparedSide, a: &Candidate, b: &Candidate) -> bool {
    let text = both.sentence(side, a.sentence);
    text.get(a.span.end()..b.span.start()).is_some_and(|gap| {
        gap.chars().all(|c| c.is_whitespace() || c == '.' || c == '\u{200c}') && gap.len() <= 4
    })
}

/// Whether a word is known to no lexicon: a name, by its looks.
fn is_stranger(both: &Both<'_>, side: ComparedSide, word: &Candidate) -> bool {
    let lang = both.side(side).lang;
    let printed = word.span.of(both.sentence(side, word.sentence));
    // In a script with capitals a name has one.
    let named = lang.direction() == Direction::RightToLeft || printed.starts_with(char::is_uppercase);
    let whole = strong_in(printed, lang);
    named
        && whole.chars().count() >= 4
        && word
            .forms
            .iter()
            .filter(|(form, _)| !form.contains(' ') && form.chars().count() <= whole.chars().count())
            .all(|(form, _)| {
                !is_stop_word(form, lang) && !crate::align::is_known_word(&stem(form, lang), lang)
            })
}

/// Whether a word opposite begins with the name: the blank after it was lost.
fn starts_like(key: &str, word: &Candidate) -> bool {
    let name = Name::new(key);
    word.forms.iter().filter(|(form, _)| !form.contains(' ')).any(|(form, _)| {
        let ends: Vec<usize> = form.char_indices().map(|(at, _)| at).skip(3).collect();
        ends.iter().any(|end| form.get(..*end).is_some_and(|part| name.similarity(&Name::new(part)) >= SPELT))
    })
}

/// Whether a word that is one of the language's own is translated opposite.
fn rendered(both: &Both<'_>, bead: &Bead, side: ComparedSide, key: &str) -> bool {
    let wanted = concepts_of(&stem(key, both.side(side).lang), both.side(side).lang);
    let lang = both.side(side.other()).lang;
    range(bead, side.other()).any(|sentence| {
        let text = both.sentence(side.other(), sentence);
        words_in(text, lang).into_iter().any(|w| {
            let form = clitics(w.span.of(text), lang).rest;
            concepts_of(&stem(&form, lang), lang).iter().any(|c| wanted.contains(c))
        })
    })
}

/// Whether the same name stands in the sentence before: here a pronoun may stand for it.
fn repeated(words: &[Spelt], word: &Spelt) -> bool {
    words.iter().any(|w| {
        w.key == word.key
            && (w.sentence, w.span) < (word.sentence, word.span)
            && w.sentence + 2 >= word.sentence
            && w.alike() >= SPELT
    })
}

/// The words opposite that may spell a name.
fn candidates(both: &Both<'_>, bead: &Bead, side: ComparedSide) -> Vec<Candidate> {
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
                forms.push(format!("{whole} {}", strong_in(next.of(text), lang)));
            }
            let forms =
                forms.into_iter().map(|form| (form.clone(), Name::new(&form.replace(' ', "")))).collect();
            out.push(Candidate { sentence, span: *span, forms });
        }
    }
    out
}
