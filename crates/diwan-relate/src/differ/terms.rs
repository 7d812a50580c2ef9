//! Terms that are rendered otherwise than the same body rendered them before.
//!
//! A word of the original that the seed lexicon knows is tied to the one word opposite that shares its concept. Where
//! earlier statements of the body always used one word for it, and this one uses another word of the same concept
//! throughout, that is reported: two words that look alike (a broken plural, another ending) are taken for one.

use std::collections::{BTreeMap, BTreeSet};

use diwan_model::Span;
use diwan_text::normal::strong_in;
use diwan_text::stem::{is_stop_word, stem};
use diwan_text::words::{WordKind, clitics, words_in};

use super::usage::{Earlier, Usage};
use super::{Both, ComparedSide, Difference, DifferenceKind, quote, range};
use crate::align::concepts_of;

/// So often a body must have rendered a term in one way, in two statements at least, before another way is news.
const TIMES: u32 = 3;
/// This share of all renderings known.
const NEARLY_ALWAYS: f32 = 0.9;
/// A word of more meanings is no term.
const MEANINGS: usize = 2;

/// A word of the first version with the words opposite that render it.
pub(super) struct Term {
    stem: String,
    at: (usize, Span),
    rendered: (String, usize, Span),
}

/// How often a body used a rendering, and in how many statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rendered {
    pub(super) earlier: Earlier,
    pub(super) statements: u32,
    last: String,
}

/// The words of a pair whose rendering is plain.
pub(super) fn read(both: &Both<'_>) -> Vec<Term> {
    let mut out = Vec::new();
    for bead in both.beads {
        if bead.confidence.value() < 0.8 || bead.source.len() != 1 || bead.target.len() != 1 {
            continue;
        }
        let (source, target) =
            (words(both, bead, ComparedSide::Source), words(both, bead, ComparedSide::Target));
        for (form, at, meant) in &source {
            let renders: Vec<_> =
                target.iter().filter(|(_, _, other)| other.iter().any(|c| meant.contains(c))).collect();
            let once = source.iter().filter(|(_, _, m)| m.iter().any(|c| meant.contains(c))).count() == 1;
            if let ([(other, place, _)], true) = (renders.as_slice(), once) {
                out.push(Term { stem: form.clone(), at: *at, rendered: (other.clone(), place.0, place.1) });
            }
        }
    }
    out
}

type Meant = (String, (usize, Span), &'static [u32]);

fn words(both: &Both<'_>, bead: &crate::align::Bead, side: ComparedSide) -> Vec<Meant> {
    let lang = both.side(side).lang;
    let mut out = Vec::new();
    for sentence in range(bead, side) {
        let text = both.sentence(side, sentence);
        for word in words_in(text, lang).into_iter().filter(|w| w.kind == WordKind::Word) {
            let form = clitics(word.span.of(text), lang).rest;
            let stem = stem(&form, lang);
            let meant = concepts_of(&stem, lang);
            if (1..=MEANINGS).contains(&meant.len())
                && stem.chars().count() >= 3
                && !is_stop_word(&form, lang)
            {
                out.push((stem, (sentence, word.span), meant));
            }
        }
    }
    out
}

/// Takes in how a pair renders its terms.
pub(super) fn learn(both: &Both<'_>, place: &str, known: &mut BTreeMap<String, BTreeMap<String, Rendered>>) {
    for term in read(both) {
        let (form, sentence, span) = term.rendered;
        let text = span.of(both.sentence(ComparedSide::Target, sentence)).to_owned();
        let rendered = known.entry(term.stem).or_default().entry(form).or_insert_with(|| Rendered {
            earlier: Earlier { text, place: place.to_owned(), times: 0 },
            statements: 0,
            last: String::new(),
        });
        rendered.earlier.times += 1;
        if rendered.last != place {
            rendered.statements += 1;
            place.clone_into(&mut rendered.last);
        }
    }
}

/// Finds terms that this pair renders otherwise than before.
pub(super) fn find(both: &Both<'_>, usage: &Usage, out: &mut Vec<Difference>) {
    if usage.terms.is_empty() {
        return;
    }
    let mut here: BTreeMap<String, Vec<Term>> = BTreeMap::new();
    for term in read(both) {
        here.entry(term.stem.clone()).or_default().push(term);
    }
    for (stem, terms) in here {
        let Some(before) = usage.terms.get(&stem) else { continue };
        let all: u32 = before.values().map(|r| r.earlier.times).sum();
        let Some((usual, rendered)) =
            before.iter().max_by_key(|(form, r)| (r.earlier.times, (*form).clone()))
        else {
            continue;
        };
        let forms: BTreeSet<&str> = terms.iter().map(|t| t.rendered.0.as_str()).collect();
        let settled = rendered.earlier.times >= TIMES
            && rendered.statements >= 2
            && rendered.earlier.times as f32 >= NEARLY_ALWAYS * all as f32;
        let new = forms
            .iter()
            .all(|form| *form != usual.as_str() && !one_word(form, usual) && !before.contains_key(*form));
        let (true, true, Some(first)) = (settled, new, terms.first()) else { continue };
        let message = format!(
            "A term is rendered otherwise than before: {} in {}, {} times.",
            rendered.earlier.text, rendered.earlier.place, rendered.earlier.times
        );
        let quotes = vec![
            quote(ComparedSide::Source, first.at.0, Some(first.at.1)),
            quote(ComparedSide::Target, first.rendered.1, Some(first.rendered.2)),
        ];
        let mut difference = both.difference(DifferenceKind::TermOtherwise, 0.5, message, quotes);
        difference.earlier = Some(rendered.earlier.clone());
        out.push(difference);
    }
}

/// Whether two stems are forms of one word: two thirds of the letters of the shorter one stand in the other, in order.
fn one_word(a: &str, b: &str) -> bool {
    let letters = |text: &str| strong_in(text, &"und".into()).chars().collect::<Vec<char>>();
    let (a, b) = (letters(a), letters(b));
    let mut row = vec![0_usize; b.len() + 1];
    for x in &a {
        let mut corner = 0;
        for (k, y) in b.iter().enumerate() {
            let above = row.get(k + 1).copied().unwrap_or(0);
            let left = row.get(k).copied().unwrap_or(0);
            if let Some(cell) = row.get_mut(k + 1) {
                *cell = if x == y { corner + 1 } else { above.max(left) };
            }
            corner = above;
        }
    }
    3 * row.last().copied().unwrap_or(0) >= 2 * a.len().min(b.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_are_told_from_other_words() {
        assert!(one_word("عضو", "اعضاء") && one_word("خبير", "خبراء") && one_word("council", "councils"));
        assert!(!one_word("تحالف", "ائتلاف") && !one_word("قرار", "مرسوم") && !one_word("treaty", "accord"));
    }
}
