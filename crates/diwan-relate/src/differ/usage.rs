//! How a body spelt names and rendered terms before, and where this pair spells names otherwise.

use std::collections::BTreeMap;

use diwan_model::Span;

use super::names::{Names, Spelt};
use super::terms::{self, Rendered};
use super::{Both, ComparedSide, ComparedVersion, Difference, DifferenceKind, quote};
use crate::align::Bead;

/// What earlier pairs of one body did: how each name was spelt, how each term was rendered.
///
/// Grown with [`Usage::learn`] pair by pair, oldest first; one for each body and pair of languages.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Usage {
    names: BTreeMap<String, BTreeMap<String, Earlier>>,
    /// By the stem of a term, by the stem of its rendering.
    pub(super) terms: BTreeMap<String, BTreeMap<String, Rendered>>,
}

/// A rendering seen before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// As printed.
    pub text: String,
    /// Where it was first seen, as [`Usage::learn`] was told.
    pub place: String,
    /// How often.
    pub times: u32,
}

impl Usage {
    /// Takes in how a pair renders names. `place` says where that is (an archive code).
    pub fn learn(
        &mut self,
        source: &ComparedVersion<'_>,
        target: &ComparedVersion<'_>,
        beads: &[Bead],
        place: &str,
    ) {
        let both = Both { source, target, beads };
        terms::learn(&both, place, &mut self.terms);
        let names = Names::read(&both);
        let Some(side) = names.side else { return };
        for word in &names.words {
            if let Some((sentence, span, form)) = spelling(word) {
                let text = span.of(both.sentence(side.other(), sentence)).to_owned();
                self.names
                    .entry(word.key.clone())
                    .or_default()
                    .entry(form.to_owned())
                    .or_insert_with(|| Earlier { text, place: place.to_owned(), times: 0 })
                    .times += 1;
            }
        }
    }

    /// How a name (a word in strong form) was rendered, most often first.
    pub fn renderings(&self, name: &str) -> Vec<&Earlier> {
        let mut out: Vec<&Earlier> = self.names.get(name).into_iter().flat_map(BTreeMap::values).collect();
        out.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.text.cmp(&b.text)));
        out
    }
}

/// Only what is surely a spelling is compared with other spellings.
const SURELY: f32 = 0.5;

fn spelling(word: &Spelt) -> Option<(usize, Span, &str)> {
    word.best.as_ref().filter(|b| b.3 >= SURELY && !word.common).map(|b| (b.0, b.1, b.2.as_str()))
}

/// Finds names that this pair spells in two ways, or otherwise than before.
pub(super) fn find(both: &Both<'_>, names: &Names, usage: &Usage, out: &mut Vec<Difference>) {
    let Some(side) = names.side else { return };
    let mut seen: BTreeMap<&str, BTreeMap<&str, (usize, Span, u32)>> = BTreeMap::new();
    for word in &names.words {
        if let Some((sentence, span, form)) = spelling(word) {
            seen.entry(&word.key).or_default().entry(form).or_insert((sentence, span, 0)).2 += 1;
        }
    }
    for (key, spellings) in &seen {
        let usual = spellings.iter().max_by_key(|(form, s)| (s.2, std::cmp::Reverse(**form)));
        let Some((usual_form, usual_place)) = usual else { continue };
        for (form, place) in spellings {
            if form != usual_form && otherwise(form, usual_form) {
                let message = "A name is spelt in two ways in one version.";
                let other = side.other();
                let quotes = vec![
                    quote(other, place.0, Some(place.1)),
                    quote(other, usual_place.0, Some(usual_place.1)),
                ];
                out.push(both.difference(DifferenceKind::NameOtherwise, 0.7, message, quotes));
            }
        }
        if usage.names.get(*key).is_some_and(|before| !before.contains_key(*usual_form)) {
            earlier(both, usage, key, (usual_form, *usual_place), side, names, out);
        }
    }
}

fn earlier(
    both: &Both<'_>,
    usage: &Usage,
    key: &str,
    (form, (sentence, span, _)): (&str, (usize, Span, u32)),
    side: ComparedSide,
    names: &Names,
    out: &mut Vec<Difference>,
) {
    let Some((before, first)) =
        usage.names.get(key).and_then(|b| b.iter().max_by_key(|(f, e)| (e.times, (*f).clone())))
    else {
        return;
    };
    if !otherwise(form, before) {
        return;
    }
    let message = format!("A name is spelt otherwise than before: {} in {}.", first.text, first.place);
    let mut quotes = vec![quote(side.other(), sentence, Some(span))];
    quotes.extend(names.words.iter().find(|w| w.key == key).map(|w| quote(side, w.sentence, Some(w.span))));
    let mut difference = both.difference(DifferenceKind::NameOtherwise, 0.6, message, quotes);
    difference.earlier = Some(first.clone());
    out.push(difference);
}

/// Whether two forms are two spellings and not one word with something glued to it or another ending.
fn otherwise(a: &str, b: &str) -> bool {
    let letters = |text: &str| text.chars().collect::<Vec<char>>();
    let (a, b) = (letters(a), letters(b));
    let (short, long) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
    let ending = short.len().saturating_sub(2).max(2);
    let same_begin = short.iter().zip(long).take_while(|(x, y)| x == y).count() >= ending;
    let same_end = short.iter().rev().zip(long.iter().rev()).take_while(|(x, y)| x == y).count() >= ending;
    short.len() >= 4
        && long.len() - short.len() <= 2
        && !same_begin
        && !(same_end && long.len() > short.len())
}
