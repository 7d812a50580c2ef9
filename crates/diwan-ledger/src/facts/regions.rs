//! Text that names places: from the first place to the last.

use diwan_model::EntityKind;
use diwan_text::words::WordKind;

use super::rules::Language;
use super::sentence::Prepared;
use super::slots::{Value, dated, inside, plain};

/// The places of a text that names some: from the first to the last, with what describes a word of geography. None where
/// only "the region" is said.
pub(super) fn region(
    sentence: &Prepared<'_>,
    language: &Language,
    start: usize,
    end: usize,
) -> Option<Value> {
    let tokens = inside(sentence, start, end);
    let named = |k: usize| {
        let token = sentence.tokens.get(k)?;
        sentence.names.iter().filter(|n| n.kind == EntityKind::Place && !n.office).find_map(|n| {
            let span = sentence.normal_span(n.span)?;
            (span.start() < token.end && token.start < span.end()).then_some(())
        })
    };
    let is_place = |k: usize| named(k).is_some() || language.is_geo_word(sentence.token(k, 0));
    let first = tokens.clone().find(|k| is_place(*k))?;
    let mut last = first;
    let breaks = |k: usize| {
        let word = sentence.token(k, 0);
        dated(sentence, k) || language.subject_stops.contains(word) || matches!(word, ";" | "؛")
    };
    // What stands between two places of a list is short.
    while let Some(next) = (last + 1..tokens.end.min(last + 6)).find(|k| is_place(*k)) {
        if (last + 1..next).any(breaks) {
            break;
        }
        last = next;
    }
    let describes = |k: usize| {
        let word = sentence.token(k, 0);
        sentence.tokens.get(k).is_some_and(|t| t.kind == WordKind::Word)
            && !language.prepositions.contains(word)
            && !language.conjunctions.contains(word)
            && !language.determiners.contains(word)
            && !language.leading.contains(word)
            && !breaks(k)
    };
    let generic = named(first).is_none() && named(last).is_none();
    let (mut from, mut to) = (first, last);
    if generic {
        let before = matches!(language.lang.primary(), "en");
        if before {
            from = (tokens.start..first).rev().take(2).take_while(|k| describes(*k)).last().unwrap_or(first);
        } else {
            to = (last + 1..tokens.end).take(1).take_while(|k| describes(*k)).last().unwrap_or(last);
        }
        if from == to {
            return None;
        }
    }
    let (first, last) = (sentence.tokens.get(from)?, sentence.tokens.get(to)?);
    // A name that goes on behind its first token is kept whole.
    let end_of = |k: usize, end: usize| {
        sentence
            .names
            .iter()
            .filter(|n| n.kind == EntityKind::Place)
            .filter_map(|n| sentence.normal_span(n.span))
            .fold(end, |e, s| {
                let token = sentence.tokens.get(k);
                if token.is_some_and(|t| s.start() < t.end && t.start < s.end()) { e.max(s.end()) } else { e }
            })
    };
    plain(sentence, language, first.start.max(start), end_of(to, last.end))
}
