//! What facts are about, beside what a slot took: an instrument as mentions know it, the cue before it, the group of a chair.

use diwan_model::EntityKind;

use super::Found;
use super::rules::Language;
use super::sentence::Prepared;
use super::slots::{self, Value};

/// The object of a legal reference or a pledge is the instrument or programme as mentions know it, else of a reference
/// what is printed from the cue on ("resolution 9954").
pub(super) fn name_known(sentence: &Prepared<'_>, anchor: usize, fact: &mut Found, kind: EntityKind) {
    let Some(begin) = sentence.tokens.get(anchor).map(|t| t.start) else { return };
    let taken = fact.object.as_ref().and_then(|o| sentence.normal_span(o.span));
    let end = taken.map_or(begin + 1, |t| t.end());
    let known = sentence.names.iter().find(|n| {
        n.kind == kind && sentence.normal_span(n.span).is_some_and(|s| s.start() < end && begin < s.end())
    });
    let named = known.and_then(|known| {
        let s = sentence.normal_span(known.span)?;
        slots::value(sentence, s.start(), s.end()).map(|v| Value { entity: Some(known.entity.clone()), ..v })
    });
    if let Some(value) = named {
        fact.object_text.clone_from(&value.text);
        fact.object = Some(value);
    } else if kind == EntityKind::Legal {
        with_cue(sentence, anchor, fact);
    }
}

/// Lets an object begin with the word that it follows, where nothing stands between them.
pub(super) fn with_cue(sentence: &Prepared<'_>, anchor: usize, fact: &mut Found) {
    let Some(begin) = sentence.tokens.get(anchor).map(|t| t.start) else { return };
    let Some(taken) = fact.object.as_ref().and_then(|o| sentence.normal_span(o.span)) else {
        if !fact.object_text.is_empty() {
            return;
        }
        // Nothing is said of it but its date.
        let end = sentence.tokens.get(anchor).map_or(begin, |t| t.end);
        if let Some(value) = slots::value(sentence, begin + slots::prefixes(sentence, anchor), end) {
            fact.object_text.clone_from(&value.text);
            fact.object = Some(value);
        }
        return;
    };
    let next = sentence.tokens.get(anchor + 1).map_or(0, |t| t.start);
    if begin < taken.start()
        && taken.start() <= next
        && let Some(value) = slots::value(sentence, begin + slots::prefixes(sentence, anchor), taken.end())
    {
        fact.object_text.clone_from(&value.text);
        fact.object = Some(value);
    }
}

/// Who is named as chair of no group in a sentence that sets one up chairs that group.
pub(super) fn chair_of_what(found: &mut [Found], language: &Language) {
    let kind = |f: &Found| language.rules.get(f.rule).map_or("", |r| r.source.r#type.as_str());
    let Some(group) = found.iter().find(|f| kind(f) == "group-created").map(|f| f.object_text.clone()) else {
        return;
    };
    for fact in found.iter_mut().filter(|f| f.object_text.is_empty()) {
        if language
            .rules
            .get(fact.rule)
            .is_some_and(|r| matches!(r.source.r#type.as_str(), "chair" | "co-chair"))
        {
            fact.object_text.clone_from(&group);
        }
    }
}
