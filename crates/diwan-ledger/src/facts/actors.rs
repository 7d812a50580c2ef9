//! Who speaks and acts in a sentence: the noun phrase of a body, of people in office, of a state.
//!
//! What stands before a verb is often more than its subject ("In Syria, the Coalition must"), and in Persian the whole
//! middle of the sentence. An actor begins with a name that mentions know or with a word that the data list
//! (`actors` in `common.toml`), and goes on only over names, further such words and what binds them (`modifiers`,
//! `of_words`): a verb never gets into it.

use diwan_model::EntityKind;
use diwan_text::words::WordKind;

use super::rules::Language;
use super::sentence::{Known, Prepared};
use super::slots::{Value, value};

/// Tokens at the beginning of a clause within which its actor may begin.
const NEAR: usize = 4;
/// Tokens of an actor beside its names.
const MOST_WORDS: usize = 10;

/// The first actor in bytes `start..end` of the normal form.
pub(super) fn actor_in(
    sentence: &Prepared<'_>,
    language: &Language,
    start: usize,
    end: usize,
) -> Option<Value> {
    let from = sentence.tokens.partition_point(|t| t.end <= start);
    let to = sentence.tokens.partition_point(|t| t.start < end);
    let all = || (from..to).filter_map(|k| actor_at(sentence, language, from, k, to));
    // Where verbs come last, what stands right before the verb is nearer than what the sentence began with.
    let last = value(sentence, start, end).map(|v| v.span.end());
    let nearest = || all().find(|actor| Some(actor.span.end()) == last);
    nearest()
        .or_else(|| actor_at_start(sentence, language, start, from, to))
        .or_else(|| all().next())
        .or_else(|| unknown(sentence, language, start, end))
}

/// An actor at the very beginning of what a slot took: what stands before it was the rule's own word, so that neither a
/// preposition before it nor one written together with it speaks against it.
fn actor_at_start(
    sentence: &Prepared<'_>,
    language: &Language,
    start: usize,
    from: usize,
    to: usize,
) -> Option<Value> {
    let name = any_name_from(sentence, from).filter(|n| acts(n));
    if in_office(sentence, from) {
        return None;
    }
    let head = match name {
        Some(name) => behind(sentence, name, from),
        None => language.is_actor_loosely(sentence.token(from, 0)).then_some(from + 1)?,
    };
    let last = end_of(sentence, language, head, to);
    let known = name.and_then(|n| sentence.normal_span(n.span)).map_or(start, |s| s.start());
    let begin = known.max(start).max(bare_start(sentence, start));
    value(sentence, begin, sentence.tokens.get(last.checked_sub(1)?)?.end)
}

/// A name that nobody knows: a few words, with capitals where the script has them, in a sentence without another actor.
fn unknown(sentence: &Prepared<'_>, language: &Language, start: usize, end: usize) -> Option<Value> {
    let from = sentence.tokens.partition_point(|t| t.end <= start);
    let to = sentence.tokens.partition_point(|t| t.start < end);
    let words = (from..to).all(|k| {
        let word = sentence.token(k, 0);
        sentence.tokens.get(k).is_some_and(|t| t.kind == WordKind::Word)
            && !language.prepositions.contains(word)
            && !language.conjunctions.contains(word)
    });
    if !words
        || to.saturating_sub(from) > 3
        || led(sentence, language, from)
        || actor_of(sentence, language).is_some()
    {
        return None;
    }
    let found = value(sentence, start, end)?;
    let first = found.text.chars().next()?;
    (first.is_uppercase() || !first.is_lowercase() && first.is_alphabetic()).then_some(found)
}

/// The actor of the sentence as a whole: one at the beginning of a clause; else, where words are put freely, the first
/// body or person that no preposition stands before.
pub(super) fn actor_of(sentence: &Prepared<'_>, language: &Language) -> Option<Value> {
    let all = sentence.tokens.len();
    let mut since = 0;
    let mut first = None;
    for k in 0..all {
        if matches!(sentence.token(k, 0), "," | "،") {
            since = k + 1;
            continue;
        }
        let Some(found) = actor_at(sentence, language, since, k, all) else { continue };
        if k < since + NEAR {
            return Some(found);
        }
        let person = found.entity.as_ref().is_some_and(|e| e.starts_with("person:"));
        if person && first.is_none() && !language.verb_first {
            first = Some(found);
        }
    }
    first
}

/// Whether the sentence begins with a word that stands for what was spoken of before.
pub(super) fn begins_with_pronoun(sentence: &Prepared<'_>, language: &Language) -> bool {
    let word = |k| sentence.token(k, 0);
    let plain = |k: usize| {
        let found = word(k);
        let bare = if sentence.arabic { found.strip_prefix('و').unwrap_or(found) } else { found };
        language.stands_for(found) || language.stands_for(bare)
    };
    let next_is_actor = sentence.tokens.get(1).is_some() && heads(sentence, language, 1).is_some();
    plain(0) && !next_is_actor
}

/// The actor whose head is token `k`, within tokens `from..to`.
fn actor_at(sentence: &Prepared<'_>, language: &Language, from: usize, k: usize, to: usize) -> Option<Value> {
    let head = heads(sentence, language, k)?;
    if in_office(sentence, k) {
        return holder(sentence, k);
    }
    if led(sentence, language, k) {
        return None;
    }
    let last = end_of(sentence, language, head, to);
    let mut first = k;
    // "Foreign Ministers", "the Lake Compact": what describes stands before the head in some languages.
    while first > from && k - first < 4 && describes(sentence, language, first - 1) {
        first -= 1;
    }
    let begin = sentence.tokens.get(first)?;
    let known = name_from(sentence, k).and_then(|n| sentence.normal_span(n.span)).map(|s| s.start());
    let start = if first == k { known.unwrap_or(begin.start) } else { begin.start };
    let start = start.max(bare_start(sentence, begin.start));
    value(sentence, start, sentence.tokens.get(last.checked_sub(1)?)?.end)
}

/// The token behind the last part of an actor whose head ends before token `head`.
fn end_of(sentence: &Prepared<'_>, language: &Language, head: usize, to: usize) -> usize {
    let mut last = head;
    let mut words = 0;
    while last < to && words < MOST_WORDS {
        let Some(next) = goes_on(sentence, language, last) else { break };
        // "will enable the Focus Group the Coalition to …": two names side by side are two parts of a clause whose verb
        // came first.
        let another = any_name_from(sentence, last).is_some() || language.is_actor(sentence.token(last, 0));
        if language.verb_first && ends_name(sentence, last) && another {
            break;
        }
        words += 1;
        last = next;
    }
    last
}

/// Whether token `k` describes the head behind it: a word that the data list, or one with a capital that begins no sentence.
fn describes(sentence: &Prepared<'_>, language: &Language, k: usize) -> bool {
    let word = sentence.token(k, 0);
    let says_little = language.prepositions.contains(word) || language.determiners.contains(word);
    if language.is_modifier(word) {
        return true;
    }
    let Some(token) = sentence.tokens.get(k).filter(|t| k > 0 && t.kind == WordKind::Word && !says_little)
    else {
        return false;
    };
    let printed = sentence.printed_at(token.start, token.end).map(|s| s.of(sentence.printed));
    !language.verb_first && printed.and_then(|p| p.chars().next()).is_some_and(char::is_uppercase)
}

/// Where a word begins without an Arabic conjunction written together with it: only where what is left is a word
/// that the actors know.
fn bare_start(sentence: &Prepared<'_>, start: usize) -> usize {
    let rest = sentence.text().get(start..).unwrap_or("");
    if sentence.arabic && (rest.starts_with("وال") || rest.starts_with("فال")) {
        start + 'و'.len_utf8()
    } else {
        start
    }
}

/// Where `k` opens an actor, the token behind its head.
fn heads(sentence: &Prepared<'_>, language: &Language, k: usize) -> Option<usize> {
    if let Some(name) = name_from(sentence, k) {
        return Some(behind(sentence, name, k));
    }
    language.is_actor(sentence.token(k, 0)).then_some(k + 1)
}

/// The token behind what heads a further part of an actor at `k`: a name, a word for people or bodies, an adjective,
/// or one of these behind a word that binds.
fn goes_on(sentence: &Prepared<'_>, language: &Language, k: usize) -> Option<usize> {
    let part = |k: usize| {
        let word = sentence.token(k, 0);
        if word.is_empty() {
            return None;
        }
        if let Some(name) = any_name_from(sentence, k) {
            return Some(behind(sentence, name, k));
        }
        (language.is_actor(word) || language.is_modifier(word)).then_some(k + 1)
    };
    if let Some(next) = part(k) {
        return Some(next);
    }
    let mut at = k;
    while at < k + 3
        && (language.of_words.contains(sentence.token(at, 0))
            || language.conjunctions.contains(sentence.token(at, 0)))
    {
        at += 1;
    }
    // Behind "and" only another actor belongs to it: a bare adjective begins something else.
    let bound = at > k && (name_from(sentence, at).is_some() || language.is_actor(sentence.token(at, 0)));
    let and = (k..at).any(|k| language.conjunctions.contains(sentence.token(k, 0)));
    if at > k && !and {
        return part(at);
    }
    if bound { part(at) } else { None }
}

/// The name of a body, a person or a state that begins in token `k`, at most a conjunction before it.
fn name_from<'a>(sentence: &'a Prepared<'_>, k: usize) -> Option<&'a Known> {
    let token = sentence.tokens.get(k)?;
    let fits = |name: &&Known| {
        acts(name)
            && sentence.normal_span(name.span).is_some_and(|s| {
                s.start() >= token.start
                    && s.start() < token.end
                    && sentence
                        .text()
                        .get(token.start..s.start())
                        .is_some_and(|t| matches!(t, "" | "و" | "ف"))
            })
    };
    sentence.names.iter().filter(fits).max_by_key(|name| name.span.len())
}

/// The name of whatever kind that begins in token `k`, whatever is written together with it.
fn any_name_from<'a>(sentence: &'a Prepared<'_>, k: usize) -> Option<&'a Known> {
    let token = sentence.tokens.get(k)?;
    let fits = |name: &&Known| {
        let kind = matches!(name.kind, EntityKind::Organisation | EntityKind::Person | EntityKind::Place);
        kind && !name.office
            && sentence
                .normal_span(name.span)
                .is_some_and(|s| s.start() >= token.start && s.start() < token.end)
    };
    sentence.names.iter().filter(fits).max_by_key(|name| name.span.len())
}

/// Whether a name is that of a body, a person or a state.
fn acts(name: &Known) -> bool {
    let kind = match name.kind {
        EntityKind::Organisation | EntityKind::Person => true,
        EntityKind::Place => is_state(&name.entity),
        _ => false,
    };
    kind && !name.office
}

/// The person whose office token `k` is a part of.
fn holder(sentence: &Prepared<'_>, k: usize) -> Option<Value> {
    let token = sentence.tokens.get(k)?;
    let of = |n: &&Known| {
        n.office
            && sentence.normal_span(n.span).is_some_and(|s| s.start() < token.end && token.start < s.end())
    };
    let office = sentence.names.iter().find(of)?;
    let person = sentence
        .names
        .iter()
        .find(|n| !n.office && n.kind == EntityKind::Person && n.entity == office.entity)?;
    let span = sentence.normal_span(person.span)?;
    value(sentence, span.start(), span.end())
}

/// Whether token `k` stands within the office of a person or the name of an instrument: nobody by itself.
fn in_office(sentence: &Prepared<'_>, k: usize) -> bool {
    let Some(token) = sentence.tokens.get(k) else { return false };
    sentence
        .names
        .iter()
        .filter(|n| n.office || n.kind == EntityKind::Legal)
        .any(|n| sentence.normal_span(n.span).is_some_and(|s| s.start() < token.end && token.start < s.end()))
}

/// Whether a key is that of a state: `place:` and two letters.
fn is_state(entity: &str) -> bool {
    entity
        .strip_prefix("place:")
        .is_some_and(|code| code.len() == 2 && code.chars().all(|c| c.is_ascii_uppercase()))
}

/// Whether a name ends with the token before `k`.
fn ends_name(sentence: &Prepared<'_>, k: usize) -> bool {
    let Some(token) = k.checked_sub(1).and_then(|k| sentence.tokens.get(k)) else { return false };
    sentence
        .names
        .iter()
        .filter(|n| !n.office)
        .any(|n| sentence.normal_span(n.span).is_some_and(|s| s.end() == token.end))
}

/// The first token behind a name that begins in token `k`.
fn behind(sentence: &Prepared<'_>, name: &Known, k: usize) -> usize {
    let end = sentence.normal_span(name.span).map_or(0, |s| s.end());
    sentence.tokens.partition_point(|t| t.start < end).max(k + 1)
}

/// Whether a preposition or another noun leads to token `k`, an article or demonstrative between them passed over.
fn led(sentence: &Prepared<'_>, language: &Language, k: usize) -> bool {
    let mut at = k;
    while at > 0
        && (language.is_modifier(sentence.token(at - 1, 0))
            || language.determiners.contains(sentence.token(at - 1, 0)))
    {
        at -= 1;
    }
    let Some(before) = at.checked_sub(1) else { return false };
    let word = sentence.token(before, 0);
    let inside =
        sentence.tokens.get(before).is_some_and(|t| t.kind != WordKind::Word && matches!(word, "/" | "-"));
    let bare = if sentence.arabic { word.strip_prefix('و').unwrap_or(word) } else { word };
    inside || language.prepositions.contains(word) || language.prepositions.contains(bare)
}

/// What was taken as an object where its beginning is the actor of the sentence: the actor, and where the rest begins.
/// Persian puts both before the verb, Arabic both behind it.
pub(super) fn split(
    sentence: &Prepared<'_>,
    language: &Language,
    taken: &Value,
) -> Option<(Option<Value>, Value)> {
    let range = sentence.normal_span(taken.span)?;
    let from = sentence.tokens.partition_point(|t| t.end <= range.start());
    let to = sentence.tokens.partition_point(|t| t.start < range.end());
    let pronoun = (1..=2).rev().find(|n| {
        let (Some(first), Some(last)) = (sentence.tokens.get(from), sentence.tokens.get(from + n - 1)) else {
            return false;
        };
        from + n < to
            && sentence.text().get(first.start..last.end).is_some_and(|t| language.stands_for(t))
            && !language.determiners.contains(sentence.token(from, 0))
            || *n == 2 && sentence.text().get(first.start..last.end).is_some_and(|t| language.stands_for(t))
    });
    let (actor, mut next) = match pronoun {
        Some(n) => (None, from + n),
        None => {
            let determined = language.determiners.contains(sentence.token(from, 0));
            let head = from + usize::from(determined);
            let actor = actor_at(sentence, language, from, head, to)?;
            let end = sentence.normal_span(actor.span)?.end();
            (Some(actor), sentence.tokens.partition_point(|t| t.start < end))
        }
    };
    while next < to && language.says_little(sentence.token(next, 0)) {
        next += 1;
    }
    let start = sentence.tokens.get(next).filter(|_| next < to)?.start;
    let conjunction = language.conjunctions.contains(sentence.token(next, 0));
    let mark = sentence.tokens.get(next).is_some_and(|t| t.kind != WordKind::Word)
        && !matches!(sentence.token(next, 0), "\"" | "«");
    if conjunction || mark {
        return None;
    }
    Some((actor, value(sentence, start, range.end())?))
}

/// The name with which a value begins, where it goes on behind it.
pub(super) fn first_name(sentence: &Prepared<'_>, taken: &Value) -> Option<Value> {
    let range = sentence.normal_span(taken.span)?;
    let from = sentence.tokens.partition_point(|t| t.end <= range.start());
    let name = any_name_from(sentence, from).filter(|n| acts(n))?;
    let span = sentence.normal_span(name.span)?;
    value(sentence, span.start(), span.end())
}
