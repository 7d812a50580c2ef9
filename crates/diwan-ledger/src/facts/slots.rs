//! From what a slot took to values: a phrase, the names of a list, a number, a rate, a place.

use std::collections::BTreeMap;

use diwan_model::{EntityKind, Span};
use diwan_text::numbers::{NumberKind, NumberMention};
use diwan_text::words::{WordKind, clitics};

use super::pattern::SlotKind;
use super::rates::rate;
use super::regions::region;
use super::rules::Language;
use super::sentence::{Known, Prepared};

/// Names of one list that are kept.
const MOST_NAMES: usize = 64;

/// One value of a slot.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Value {
    /// As printed, on one line; of a date its value.
    pub(crate) text: String,
    /// Where it is printed in the sentence.
    pub(crate) span: Span,
    /// The entity it names, where one is known.
    pub(crate) entity: Option<String>,
    /// What is known of it beside (`value`, `unit`, `hedge`, `low`, `high`).
    pub(crate) details: BTreeMap<String, String>,
}

/// A text of several lines on one.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn value(sentence: &Prepared<'_>, start: usize, end: usize) -> Option<Value> {
    let span = sentence.printed_at(start, end)?;
    Some(Value {
        text: one_line(span.of(sentence.printed)),
        span,
        entity: entity_at(sentence, span),
        details: BTreeMap::new(),
    })
}

/// The entity that a span names: the one whose name is most of it.
fn entity_at(sentence: &Prepared<'_>, span: Span) -> Option<String> {
    let inside = sentence.names.iter().filter(|n| !n.office && span.contains(n.span));
    let longest = inside.max_by_key(|n| n.span.len())?;
    (longest.span.len() * 5 >= span.len() * 3).then(|| longest.entity.clone())
}

/// Whether a place is named within bytes `start..end`.
fn names_place(sentence: &Prepared<'_>, start: usize, end: usize) -> bool {
    sentence.printed_at(start, end).is_some_and(|range| {
        sentence.names.iter().any(|n| n.kind == EntityKind::Place && range.contains(n.span))
    })
}

/// The values of a slot that took bytes `start..end` of the normal form; none where the kind does not fit.
pub(crate) fn values(
    sentence: &Prepared<'_>,
    language: &Language,
    kind: SlotKind,
    start: usize,
    end: usize,
) -> Vec<Value> {
    let tokens = inside(sentence, start, end);
    let any = |test: &dyn Fn(&str) -> bool| tokens.clone().any(|k| test(sentence.token(k, 0)));
    // A date alone is no phrase: it is the date of what is said.
    let undated = |range: std::ops::Range<usize>| range.into_iter().any(|k| !dated(sentence, k));
    let phrase = matches!(kind, SlotKind::Phrase | SlotKind::Clause);
    if phrase && !undated(tokens.clone()) {
        return Vec::new();
    }
    let found = match kind {
        SlotKind::Phrase | SlotKind::Clause => plain(sentence, language, start, end),
        SlotKind::Names => return names(sentence, language, start, end),
        SlotKind::People => return people(sentence, language, start, end),
        SlotKind::Place => place(sentence, language, start, end),
        SlotKind::Geo => (any(&|w| language.is_geo_word(w)) || names_place(sentence, start, end))
            .then(|| region(sentence, language, start, end))
            .flatten(),
        SlotKind::Group => {
            let named = || quoted(sentence, start, end).or_else(|| plain(sentence, language, start, end));
            any(&|w| language.is_group_word(w)).then(named).flatten()
        }
        SlotKind::Number => number(sentence, start, end, |_| true),
        SlotKind::Ordinal => number(sentence, start, end, |n| n.kind == NumberKind::Ordinal),
        SlotKind::Money => number(sentence, start, end, |n| n.kind == NumberKind::Money),
        SlotKind::Rate => rate(sentence, language, start, end),
        SlotKind::Date => date(sentence, start, end),
    };
    found.into_iter().collect()
}

/// What stands in quotation marks within bytes `start..end`, where something does.
fn quoted(sentence: &Prepared<'_>, start: usize, end: usize) -> Option<Value> {
    let text = sentence.text().get(start..end)?;
    // The marks before may have been left out of the range.
    let open = sentence.text().get(..start).is_some_and(|t| t.trim_end().ends_with('"'));
    let from = if open { 0 } else { text.find('"')? + 1 };
    let to = from + text.get(from..)?.find('"')?;
    value(sentence, start + from, start + to)
}

/// Tokens that lie in bytes `start..end`.
pub(super) fn inside(sentence: &Prepared<'_>, start: usize, end: usize) -> std::ops::Range<usize> {
    let from = sentence.tokens.partition_point(|t| t.end <= start);
    let to = sentence.tokens.partition_point(|t| t.start < end);
    from..to.max(from)
}

/// A phrase without conjunctions and articles before it.
pub(super) fn plain(sentence: &Prepared<'_>, language: &Language, start: usize, end: usize) -> Option<Value> {
    let mut from = start;
    for k in inside(sentence, start, end) {
        let Some(token) = sentence.tokens.get(k) else { break };
        let word = sentence.token(k, 0);
        let drops = token.kind == WordKind::Punctuation && !matches!(word, "(" | "[")
            || language.leading.contains(word)
            || language.conjunctions.contains(word);
        if !drops {
            from = from.max(token.start);
            break;
        }
        from = token.end;
    }
    if from == start || sentence.arabic {
        from = from.max(start) + attached(sentence, language, from.max(start));
    }
    value(sentence, from, end)
}

/// Bytes of an Arabic conjunction written together with the word at byte `at`.
fn attached(sentence: &Prepared<'_>, language: &Language, at: usize) -> usize {
    if !sentence.arabic {
        return 0;
    }
    let k = sentence.tokens.partition_point(|t| t.end <= at);
    let Some(token) = sentence.tokens.get(k).filter(|t| t.start == at) else { return 0 };
    let word = sentence.token(k, 0);
    let peeled = clitics(word, &language.lang);
    let conjunction = peeled.prefixes.first().filter(|p| matches!(p.as_str(), "و" | "ف"));
    conjunction.filter(|_| token.end - token.start > 6).map_or(0, String::len)
}

/// Bytes of the conjunction and the preposition written together with token `k` of an Arabic sentence.
pub(super) fn prefixes(sentence: &Prepared<'_>, k: usize) -> usize {
    if !sentence.arabic {
        return 0;
    }
    let word = sentence.token(k, 0);
    let peeled = clitics(word, &diwan_model::LanguageTag::new("ar"));
    let whole = |p: &&String| matches!(p.as_str(), "و" | "ف" | "ب" | "ل" | "ك");
    peeled.prefixes.iter().take_while(whole).map(String::len).sum()
}

/// The names of a list.
fn names(sentence: &Prepared<'_>, language: &Language, start: usize, end: usize) -> Vec<Value> {
    let mut out = Vec::new();
    let mut from = start;
    for k in inside(sentence, start, end) {
        let Some(token) = sentence.tokens.get(k).copied() else { break };
        let word = sentence.token(k, 0);
        let (stops, next) =
            if token.kind == WordKind::Punctuation && matches!(word, "," | "،" | ";" | "؛" | "-" | ":") {
                (!glued(sentence, k), token.end)
            } else if language.conjunctions.contains(word) {
                (true, token.end)
            } else if token.start > start && attached(sentence, language, token.start) > 0 {
                (true, token.start)
            } else {
                (false, 0)
            };
        if stops && !within_name(sentence, token.start) {
            out.extend(name(sentence, language, from, token.start));
            from = next;
        }
    }
    out.extend(name(sentence, language, from, end));
    out.truncate(MOST_NAMES);
    out
}

/// Whether a mark stands inside a word (`co-host`).
fn glued(sentence: &Prepared<'_>, k: usize) -> bool {
    let touch = |a: usize, b: usize| {
        sentence.tokens.get(a).zip(sentence.tokens.get(b)).is_some_and(|(a, b)| a.end == b.start)
    };
    k.checked_sub(1).is_some_and(|before| touch(before, k)) && touch(k, k + 1)
}

/// Whether a name that is known from elsewhere goes on over the byte.
fn within_name(sentence: &Prepared<'_>, at: usize) -> bool {
    sentence.names.iter().any(|name| {
        sentence.normal_span(name.span).is_some_and(|known| known.start() < at && at < known.end())
    })
}

fn name(sentence: &Prepared<'_>, language: &Language, start: usize, end: usize) -> Option<Value> {
    let found = plain(sentence, language, start, end)?;
    // The office of a person who is named beside it is no name of its own.
    if sentence.names.iter().any(|n| n.office && n.span.contains(found.span)) {
        return None;
    }
    let inside = sentence.names.iter().filter(|n| {
        let kind = matches!(n.kind, EntityKind::Place | EntityKind::Organisation | EntityKind::Person);
        kind && !n.office && found.span.contains(n.span)
    });
    // A person is named with an office before or behind; a body's or a state's name comes first.
    let person = inside.clone().find(|n| n.kind == EntityKind::Person);
    if let Some(known) = person.or_else(|| inside.min_by_key(|n| (n.span.start(), usize::MAX - n.span.len())))
    {
        return Some(Value {
            text: one_line(known.span.of(sentence.printed)),
            span: known.span,
            entity: Some(known.entity.clone()),
            details: BTreeMap::new(),
        });
    }
    let letters = found.text.chars().filter(|c| c.is_alphabetic()).count();
    let no_name = letters < 2
        || language.is_pronoun(&found.text)
        || language.stops_place(&strong_word(sentence, &found));
    (!no_name).then_some(found)
}

fn strong_word(sentence: &Prepared<'_>, value: &Value) -> String {
    sentence.normal_span(value.span).map(|s| s.of(sentence.text()).to_owned()).unwrap_or_default()
}

/// The people of a list: offices ("Chairman") and what is told of a person ("who preferred …") are left out.
fn people(sentence: &Prepared<'_>, language: &Language, start: usize, end: usize) -> Vec<Value> {
    let mut out = Vec::new();
    let mut from = start;
    let mut telling = false;
    let mut flush = |from: usize, to: usize, telling: bool| {
        if telling {
            return;
        }
        if let Some(person) = person(sentence, language, from, to) {
            out.push(person);
        }
    };
    for k in inside(sentence, start, end) {
        let Some(token) = sentence.tokens.get(k).copied() else { break };
        let word = sentence.token(k, 0);
        let next = sentence.token(k + 1, 0);
        if telling && matches!(word, "," | "،") && another(sentence, language, k) {
            (from, telling) = (token.end, false);
            continue;
        }
        if matches!(word, ";" | "؛") {
            flush(from, token.start, telling);
            (from, telling) = (token.end, false);
        } else if matches!(word, "," | "،") {
            // "Jr." belongs to the name before it.
            if matches!(next, "jr" | "sr" | "ii" | "iii") {
                continue;
            }
            flush(from, token.start, telling);
            from = token.end;
        } else if language.subject_stops.contains(word) {
            flush(from, token.start, telling);
            telling = true;
        } else if language.conjunctions.contains(word) {
            flush(from, token.start, telling);
            from = token.end;
        } else if token.start > start && attached(sentence, language, token.start) > 0 {
            flush(from, token.start, telling);
            from = token.start;
        }
    }
    flush(from, end, telling);
    out.truncate(MOST_NAMES);
    out
}

/// Whether behind a comma another person follows of whom something is told (", and Tor Ness, who …").
fn another(sentence: &Prepared<'_>, language: &Language, comma: usize) -> bool {
    language.conjunctions.contains(sentence.token(comma + 1, 0))
        && (comma + 3..comma + 10).any(|k| {
            matches!(sentence.token(k, 0), "," | "،")
                && language.subject_stops.contains(sentence.token(k + 1, 0))
        })
}

fn person(sentence: &Prepared<'_>, language: &Language, start: usize, end: usize) -> Option<Value> {
    let mut found = plain(sentence, language, start, end)?;
    let strong = strong_word(sentence, &found);
    if language.titles.contains(&strong) {
        return None;
    }
    // An office written before the name: "Governor Gramlich".
    let title =
        language.titles.iter().filter(|t| strong.starts_with(&format!("{t} "))).max_by_key(|t| t.len());
    if let Some(title) = title
        && let Some(span) = sentence.normal_span(found.span)
        && let Some(rest) = value(sentence, span.start() + title.len(), span.end())
    {
        found = rest;
    }
    let words = found.text.split_whitespace().count();
    let first = found.text.chars().next()?;
    let cased = first.is_uppercase() || !(first.is_lowercase() || first.is_numeric());
    (cased && (1..=6).contains(&words)).then_some(found)
}

/// Whether a token is a part of a date.
pub(super) fn dated(sentence: &Prepared<'_>, k: usize) -> bool {
    let Some(token) = sentence.tokens.get(k) else { return false };
    sentence.dates().iter().any(|d| {
        sentence.normal_span(d.span).is_some_and(|s| s.start() <= token.start && token.end <= s.end())
    })
}

/// The name of a place at the beginning of what was taken.
fn place(sentence: &Prepared<'_>, language: &Language, start: usize, end: usize) -> Option<Value> {
    let range = sentence.printed_at(start, end)?;
    let near = |n: &&Known| {
        n.kind == EntityKind::Place
            && !n.office
            && range.contains(n.span)
            && n.span.start() <= range.start() + 5
    };
    if let Some(known) = sentence.names.iter().filter(near).max_by_key(|n| n.span.len()) {
        return Some(Value {
            text: one_line(known.span.of(sentence.printed)),
            span: known.span,
            entity: Some(known.entity.clone()),
            details: BTreeMap::new(),
        });
    }
    let mut last = start;
    let mut taken = 0;
    for k in inside(sentence, start, end) {
        let token = sentence.tokens.get(k)?;
        let word = sentence.token(k, (start.max(token.start)) - token.start);
        let dated = dated(sentence, k);
        let stops =
            token.kind != WordKind::Word && word != "-" && word != "." || language.stops_place(word) || dated;
        let printed = sentence.printed_at(token.start, token.end);
        let small =
            printed.is_some_and(|p| p.of(sentence.printed).chars().next().is_some_and(char::is_lowercase));
        if taken > 0 && (stops || small) || taken == 4 {
            break;
        }
        if stops || small && !language.leading.contains(word) {
            return None;
        }
        last = token.end;
        taken += usize::from(!language.leading.contains(word));
    }
    (taken > 0).then(|| plain(sentence, language, start, last)).flatten()
}

fn number(
    sentence: &Prepared<'_>,
    start: usize,
    end: usize,
    fits: impl Fn(&NumberMention) -> bool,
) -> Option<Value> {
    let range = sentence.printed_at(start, end)?;
    let found = sentence.numbers().iter().find(|n| n.span.overlaps(range) && fits(n))?;
    let mut details = BTreeMap::from([("value".to_owned(), plain_number(found.value))]);
    if let Some(unit) = &found.unit {
        details.insert("unit".to_owned(), unit.clone());
    } else if found.kind == NumberKind::Percent {
        details.insert("unit".to_owned(), "percent".to_owned());
    }
    if let Some(hedge) = found.hedge {
        details.insert("hedge".to_owned(), hedge.as_str().to_owned());
    }
    Some(Value { text: one_line(found.span.of(sentence.printed)), span: found.span, entity: None, details })
}

/// A number without needless decimals.
pub(crate) fn plain_number(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn date(sentence: &Prepared<'_>, start: usize, end: usize) -> Option<Value> {
    let range = sentence.printed_at(start, end)?;
    let found = sentence.dates().iter().find(|d| d.span.overlaps(range))?;
    let text = found.resolved.unwrap_or(found.value).to_string();
    Some(Value { text, span: found.span, entity: None, details: BTreeMap::new() })
}

/// A slot before the first word of a pattern, read backwards from token `anchor`.
pub(crate) fn leading(
    sentence: &Prepared<'_>,
    language: &Language,
    skips: &dyn Fn(&str) -> bool,
    kind: SlotKind,
    anchor: usize,
) -> Option<(usize, usize)> {
    let word = |k: usize| sentence.token(k, 0);
    let mark = |k: usize| sentence.tokens.get(k).is_some_and(|t| t.kind == WordKind::Punctuation);
    let list = matches!(kind, SlotKind::Names | SlotKind::People);
    let mut end = anchor;
    while end > 0 && (skips(word(end - 1)) || matches!(word(end - 1), "\"" | "'")) {
        end -= 1;
    }
    if end > 0 && matches!(word(end - 1), "," | "،") && !list {
        // "…, which remains": the clause before the comma is taken; else what stands between two commas is said of the
        // subject before them.
        let relative = word(anchor).strip_prefix('و').filter(|_| sentence.arabic).unwrap_or(word(anchor));
        if language.subject_stops.contains(word(anchor)) || language.subject_stops.contains(relative) {
            end -= 1;
        } else {
            end = (0..end - 1).rev().take(30).find(|k| matches!(word(*k), "," | "،"))?;
        }
    }
    // "…, and urges": the subject was named before.
    if end > 0 && !list && language.conjunctions.contains(word(end - 1)) {
        return None;
    }
    let mut start = end;
    let mut joined = false;
    while start > 0 && end - start < 24 {
        let k = start - 1;
        if dated(sentence, k) {
            break;
        }
        let comma = matches!(word(k), "," | "،");
        if language.subject_stops.contains(word(k))
            || mark(k) && !comma && !matches!(word(k), "." | "-" | "/" | "'" | "«" | "»" | "\"")
        {
            break;
        }
        if comma && !(list && joined) {
            break;
        }
        joined |= language.conjunctions.contains(word(k)) || comma;
        start = k;
    }
    if start == end {
        return None;
    }
    Some((sentence.tokens.get(start)?.start, sentence.tokens.get(end - 1)?.end))
}
