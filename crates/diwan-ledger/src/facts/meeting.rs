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
    if let Some(place) = place {
        out.insert("place".to_owned(), one_line(place.span.of(sentence.printed)));
        out.insert("place_entity".to_owned(), place.entity.clone());
    }
    let part = if next.is_some() { text.get(begin..end).unwrap_or(text) } else { text };
    for (name, words) in &language.levels {
        if words.iter().any(|w| part.contains(w.as_str())) {
            out.entry("level".to_owned()).or_insert_with(|| name.clone());
        }
    }
    for (name, words) in &language.formats {
        if words.iter().any(|w| part.contains(w.as_str())) {
            out.entry("format".to_owned()).or_insert_with(|| name.clone());
        }
    }
    out
}
