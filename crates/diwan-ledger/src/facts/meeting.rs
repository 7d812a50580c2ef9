//! What is told of a meeting beside: where, on which level, in which form.

use std::collections::BTreeMap;

use diwan_model::EntityKind;

use super::rules::Language;
use super::sentence::Prepared;
use super::slots::one_line;

/// Place, level and form of the meeting of which token `anchor` speaks. What stands behind the next verb of holding
/// belongs to another meeting.
pub(super) fn details(
    sentence: &Prepared<'_>,
    language: &Language,
    anchor: usize,
) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let text = sentence.text();
    let begin = sentence.tokens.get(anchor).map_or(0, |t| t.start);
    let holds = |k: &usize| language.meeting_verbs.contains(sentence.token(*k, 0));
    let own = (anchor..sentence.tokens.len()).find(holds);
    let next = own.and_then(|own| (own + 1..sentence.tokens.len()).find(holds));
    let end = next.and_then(|k| sentence.tokens.get(k)).map_or(text.len(), |t| t.start);
    let is_place = |name: &&super::sentence::Known| {
        let Some(span) = sentence.normal_span(name.span) else { return false };
        let before = sentence.tokens.partition_point(|t| t.end <= span.start());
        let led = before.checked_sub(1).is_some_and(|k| {
            language.place_words.contains(sentence.token(k, 0)) && !language.is_geo_word(sentence.token(k, 0))
        });
        name.kind == EntityKind::Place && !name.office && led && span.end() <= end
    };
    let mut places = sentence.names.iter().filter(is_place);
    let behind =
        |name: &&super::sentence::Known| sentence.normal_span(name.span).is_some_and(|s| s.start() >= begin);
    let place = places.clone().find(behind).or_else(|| places.next());
    let part = if next.is_some() { text.get(begin..end).unwrap_or(text) } else { text };
    // The meeting's own words tell its level; only where they do not, the rest of the sentence.
    let own_part = text.get(begin..end).unwrap_or(part);
    for part in [own_part, part] {
        let of = |words: &Vec<String>| words.iter().filter_map(|w| part.find(w.as_str())).min();
        let found = language.levels.iter().filter_map(|(name, words)| Some((of(words)?, name)));
        if let Some((_, name)) = found.min_by_key(|(at, _)| *at) {
            out.insert("level".to_owned(), name.clone());
            break;
        }
    }
    for (name, words) in &language.formats {
        if words.iter().any(|w| part.contains(w.as_str())) {
            out.entry("format".to_owned()).or_insert_with(|| name.clone());
        }
    }
    if let Some(place) = place {
        let about = is_about(sentence, language, place);
        // Who meets by video meets nowhere: a place in the sentence is what they speak of.
        let key = if about || out.get("format").is_some_and(|f| f == "virtual") { "about" } else { "place" };
        out.insert(key.to_owned(), one_line(place.span.of(sentence.printed)));
        out.insert(format!("{key}_entity"), place.entity.clone());
    }
    out
}

/// Whether words before a place say that it is what the meeting is about ("on the threat in West Africa").
fn is_about(sentence: &Prepared<'_>, language: &Language, place: &super::sentence::Known) -> bool {
    let Some(span) = sentence.normal_span(place.span) else { return false };
    let at = sentence.tokens.partition_point(|t| t.end <= span.start());
    let holds = |k: usize| language.meeting_verbs.contains(sentence.token(k, 0));
    (at.saturating_sub(10)..at.saturating_sub(1))
        .rev()
        .take_while(|k| !holds(*k) && !matches!(sentence.token(*k, 0), "," | "،"))
        .any(|k| {
            let word = sentence.token(k, 0);
            // "on 4 June" is no subject of a meeting.
            language.about_words.contains(word)
                && !super::slots::dated(sentence, k + 1)
                && !within_name(sentence, k)
        })
}

/// Whether a token is a part of a name ("the Coalition *against* …").
fn within_name(sentence: &Prepared<'_>, k: usize) -> bool {
    let Some(token) = sentence.tokens.get(k) else { return false };
    sentence
        .names
        .iter()
        .filter_map(|n| sentence.normal_span(n.span))
        .any(|s| s.start() <= token.start && token.end <= s.end())
}
