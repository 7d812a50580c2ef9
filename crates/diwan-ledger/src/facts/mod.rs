//! Facts: who joined, what was promised, which rate was set, each with the sentence that states it.
//!
//! Rules are data (`data/<lang>/facts/*.toml`): patterns of words with slots. One automaton finds which rules may match a
//! sentence; only those are tried. What slots take becomes subject, object and date. Facts of one language are then laid
//! beside those of the others through the sentences that render each other ([`merge`]): agreement raises confidence,
//! disagreement is a finding.
//!
//! *Invariant:* a fact is printed: its subject, object and figures stand in the sentences it names, or are the words of
//! its rule, the body that speaks, or the date of its statement.

mod actors;
mod meeting;
mod merge;
mod named;
mod objects;
mod pattern;
mod rates;
mod regions;
mod rules;
mod sentence;
mod slots;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use diwan_model::{
    Confidence, DateValue, EntityKind, Fact, FactSource, Method, PartialDate, Statement, Version,
};

pub use merge::{Aligned, across, join};
pub use rules::{RuleFiles, built_in, use_rules};

use objects::{chair_of_what, name_known, with_cue};
use pattern::{Match, Pattern, SlotKind};
use rules::{Around, DateFrom, Language, Rule, language};
use sentence::Prepared;
use slots::{Value, leading, one_line, values};

/// The version of the method; a part of every fact's `method`.
const METHOD: &str = "@1";

/// Facts kept of one sentence: a bound against runaway text.
const MOST_OF_A_SENTENCE: usize = 100;

/// Words behind an actor in a slot that still belong to the same clause.
const MOST_BESIDE: usize = 4;

/// A fact before versions are compared.
#[derive(Debug, Clone)]
struct Found {
    rule: usize,
    subject: Option<Value>,
    subject_text: String,
    subject_entity: Option<String>,
    object: Option<Value>,
    object_text: String,
    date: Option<String>,
    details: BTreeMap<String, String>,
    /// Facts of one match belong together (a list).
    of: usize,
}

/// Who a text speaks of as it goes on.
struct Speaking {
    issuer: String,
    /// The last actor that was a subject.
    topic: Option<(String, Option<String>)>,
    /// The actor of the sentence in hand.
    own: Option<(String, Option<String>)>,
}

/// Types of facts whose subject speaks or acts: a body, people in office, a state. What is no actor is not their subject.
const ACTED: &[&str] = &[
    "commitment",
    "call",
    "condemnation/welcome",
    "condolence",
    "task",
    "pledge/financing",
    "statement-recalled",
    "information-sharing",
    "lines-of-effort",
    "request",
    "territorial/geographic focus",
    "legal-reference",
];

/// The facts that one version of a statement states, in its order.
pub fn facts_of_version(statement: &Statement, version: &Version) -> Vec<Fact> {
    let Some(language) = language(&version.lang) else { return Vec::new() };
    let issued = statement.date.as_ref().and_then(|date| issued(&date.value, &date.iso));
    let date = statement.date.as_ref().map(|date| date.iso.clone());
    let issuer = statement.issuer.as_ref().map(|i| one_line(&i.text)).unwrap_or_default();
    let mut speaking = Speaking { issuer, topic: None, own: None };
    let mut speakers: BTreeMap<u32, (String, Option<String>)> = BTreeMap::new();
    let mut out: Vec<Fact> = Vec::new();
    for sentence in &version.sentences {
        let mut prepared = Prepared::new(&sentence.text, &version.lang, issued);
        prepared.names = sentence::known(sentence, &version.mentions);
        speaking.hear(&prepared, language);
        if let Some(actor) = &speaking.own {
            speakers.insert(sentence.n, actor.clone());
        }
        for found in read_sentence(&prepared, language, &mut speaking, date.as_deref()) {
            let Some(rule) = language.rules.get(found.rule) else { continue };
            let source = FactSource {
                line: sentence.line,
                n: sentence.n,
                lang: version.lang.clone(),
                text: sentence.text.clone(),
                subject: found.subject_text.clone(),
                object: found.object_text.clone(),
                span: found.object.as_ref().or(found.subject.as_ref()).map(|v| v.span),
            };
            add(&mut out, fact(rule, language, found, source));
        }
    }
    named::roles(statement, version, &mut out);
    named::laws(version, date.as_deref(), &speakers, &mut out);
    for fact in &mut out {
        fact.entities = named::entities(version, fact);
    }
    out
}

impl Speaking {
    /// Hears who acts in a sentence: its own actor, or where a pronoun stands for one, the last.
    fn hear(&mut self, sentence: &Prepared<'_>, language: &Language) {
        if actors::begins_with_pronoun(sentence, language) {
            self.own = self.topic.clone();
            return;
        }
        let found = actors::actor_of(sentence, language).map(|actor| (actor.text, actor.entity));
        self.own = found.or_else(|| self.topic.clone());
    }
}

/// The day of issue, where it is a day of the Gregorian calendar.
fn issued(value: &DateValue, iso: &str) -> Option<PartialDate> {
    let day = |value: &DateValue| value.single().copied().filter(PartialDate::is_gregorian_day);
    day(value).or_else(|| iso.parse().ok().as_ref().and_then(day))
}

fn fact(rule: &Rule, language: &Language, found: Found, source: FactSource) -> Fact {
    Fact {
        r#type: rule.source.r#type.clone(),
        subject: found.subject_text,
        subject_entity: found.subject_entity,
        predicate: rule.source.predicate.clone(),
        object: found.object_text,
        object_entity: found.object.and_then(|o| o.entity),
        date: found.date,
        details: found.details,
        entities: Vec::new(),
        confidence: Confidence::new(rule.source.confidence),
        method: Method(format!("{}/{}{METHOD}", language.lang, rule.source.id).into()),
        provenance: vec![source],
    }
}

/// Adds a fact, or its sentence to the same fact stated before.
fn add(facts: &mut Vec<Fact>, new: Fact) {
    let same = facts.iter_mut().find(|old| {
        old.r#type == new.r#type
            && old.predicate == new.predicate
            && old.subject == new.subject
            && old.object == new.object
            && old.date == new.date
    });
    match same {
        Some(old) => {
            for source in new.provenance {
                if !old.provenance.iter().any(|p| p.lang == source.lang && p.n == source.n) {
                    old.provenance.push(source);
                }
            }
        }
        None => facts.push(new),
    }
}

fn read_sentence(
    sentence: &Prepared<'_>,
    language: &Language,
    speaking: &mut Speaking,
    date: Option<&str>,
) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut topic = None;
    let mut number = 0;
    for (r, p) in language.candidates(sentence) {
        let Some(rule) = language.rules.get(r) else { continue };
        let Some(pattern) = rule.patterns.get(p) else { continue };
        let around = Around { language, rule };
        let matches = pattern.matches(sentence, &around);
        if matches.is_empty()
            || rule.unless.iter().any(|u| u.is_in(sentence, &around))
            || !rule.needs.is_empty() && !rule.needs.iter().any(|n| n.is_in(sentence, &around))
        {
            continue;
        }
        for found in matches {
            number += 1;
            for new in read_match(sentence, language, (r, rule), pattern, &found, speaking, date) {
                let new = Found { of: number, ..new };
                if topic.is_none()
                    && ACTED.contains(&rule.source.r#type.as_str())
                    && !new.subject_text.is_empty()
                {
                    topic = Some((new.subject_text.clone(), new.subject_entity.clone()));
                    speaking.topic.clone_from(&topic);
                }
                if out.len() < MOST_OF_A_SENTENCE && !covered(&out, &new, language) {
                    out.push(new);
                }
            }
        }
    }
    chair_of_what(&mut out, language);
    out
}

/// Whether an earlier match read the same type of fact from the same words.
fn covered(found: &[Found], new: &Found, language: &Language) -> bool {
    let kind = |f: &Found| language.rules.get(f.rule).map(|r| r.source.r#type.as_str());
    found.iter().any(|old| {
        let subjects = shared(&old.subject, &new.subject);
        let objects = shared(&old.object, &new.object);
        let same_text = old.subject_text == new.subject_text && old.object_text == new.object_text;
        let same_words = match (subjects, objects) {
            (Some(a), Some(b)) => a && b,
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => false,
        };
        let less = new.subject.is_none()
            && new.object.is_none()
            && old.object_text == new.object_text
            && old.date == new.date;
        kind(old) == kind(new) && (same_text || less && old.of != new.of || same_words && old.of != new.of)
    })
}

/// Whether two values are mostly the same words; `None` where one of them is not there.
fn shared(a: &Option<Value>, b: &Option<Value>) -> Option<bool> {
    let (a, b) = (a.as_ref()?.span, b.as_ref()?.span);
    let both = a.end().min(b.end()).saturating_sub(a.start().max(b.start()));
    Some(both * 2 > a.len().max(b.len()) || both > 0 && both == a.len().min(b.len()))
}

fn read_match(
    sentence: &Prepared<'_>,
    language: &Language,
    (r, rule): (usize, &Rule),
    pattern: &Pattern,
    found: &Match,
    speaking: &Speaking,
    statement_date: Option<&str>,
) -> Vec<Found> {
    let Some(slots) = fill(sentence, language, rule, pattern, found) else { return Vec::new() };
    let mut date = match rule.source.date {
        DateFrom::Statement => statement_date.map(str::to_owned),
        DateFrom::Sentence => nearest_date(sentence, found).or_else(|| statement_date.map(str::to_owned)),
        DateFrom::Stated => nearest_date(sentence, found),
        DateFrom::Required => match nearest_date(sentence, found) {
            Some(date) => Some(date),
            None => return Vec::new(),
        },
    };
    let mut details = rule.source.details.clone();
    if rule.source.r#type.starts_with("meeting-") {
        details.extend(meeting::details(sentence, language, found.anchor));
    }
    for (name, values) in &slots {
        let Some(first) = values.first() else { continue };
        match name.as_str() {
            "subject" | "object" => {}
            "date" => date = Some(first.text.clone()),
            _ => {
                details.insert(name.clone(), first.text.clone());
            }
        }
        if !matches!(name.as_str(), "date") {
            details.extend(first.details.clone());
        }
    }
    let none = Vec::new();
    let subjects = slots.get("subject").unwrap_or(&none);
    let acting: Vec<Value>;
    let acted = ACTED.contains(&rule.source.r#type.as_str());
    let subjects = if acted {
        if runs_on(sentence, language, pattern, found) {
            return Vec::new();
        }
        acting = subjects.iter().filter_map(|s| acting_in(sentence, language, s)).collect();
        &acting
    } else if rule.source.r#type == "mandate" {
        // "will enable the Focus Group the Coalition to …": the group is the name that comes first.
        acting =
            subjects.iter().map(|s| actors::first_name(sentence, s).unwrap_or_else(|| s.clone())).collect();
        &acting
    } else {
        subjects
    };
    let objects = slots.get("object").unwrap_or(&none);
    let (apart, parted): (Value, Vec<Value>);
    let (mut subjects, mut objects) = (subjects.as_slice(), objects.as_slice());
    // Where no slot took the subject it may stand at the beginning of the object.
    let told_apart = matches!(rule.source.subject.as_str(), "topic" | "actor")
        && acted
        && subjects.is_empty()
        && language.lang.primary() != "en";
    if told_apart
        && let [object] = objects
        && let Some((actor, rest)) = actors::split(sentence, language, object)
    {
        parted = vec![rest];
        objects = &parted;
        if let Some(actor) = actor {
            apart = actor;
            subjects = std::slice::from_ref(&apart);
        }
    }
    // Words stand before the verb, and nobody among them: it is no verb ("significant support").
    if rule.source.subject == "actor"
        && subjects.is_empty()
        && slots.get("subject").is_some_and(|s| !s.is_empty())
    {
        return Vec::new();
    }
    let mut out = Vec::new();
    for subject in some_or_one(subjects) {
        for object in some_or_one(objects) {
            let (subject_text, subject_entity) = subject_of(subject, rule, speaking);
            out.push(Found {
                rule: r,
                subject_text,
                subject_entity,
                subject: subject.cloned(),
                object_text: object.map_or_else(|| told(rule, &slots), |o| o.text.clone()),
                object: object.cloned(),
                date: date.clone(),
                details: details.clone(),
                of: 0,
            });
        }
    }
    match rule.source.r#type.as_str() {
        "legal-reference" => {
            out.iter_mut().for_each(|f| name_known(sentence, found.anchor, f, EntityKind::Legal));
        }
        "pledge/financing" => {
            out.iter_mut().for_each(|f| name_known(sentence, found.anchor, f, EntityKind::Programme));
        }
        _ if rule.source.with_cue => out.iter_mut().for_each(|f| with_cue(sentence, found.anchor, f)),
        // "all lines of effort of the Coalition" lists none.
        "lines-of-effort" => out.retain(|f| f.object.as_ref().is_none_or(|o| o.entity.is_none())),
        _ => {}
    }
    out.retain(|f| !(f.subject_text.is_empty() && f.object_text.is_empty()));
    out
}

fn some_or_one(values: &[Value]) -> Vec<Option<&Value>> {
    if values.is_empty() { vec![None] } else { values.iter().map(Some).collect() }
}

/// The slots of a match by name; `None` where one has no value of its kind.
fn fill(
    sentence: &Prepared<'_>,
    language: &Language,
    rule: &Rule,
    pattern: &Pattern,
    found: &Match,
) -> Option<BTreeMap<String, Vec<Value>>> {
    let mut slots: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    if let Some(slot) = pattern.lead.and_then(|k| pattern.slots.get(k)) {
        let around = Around { language, rule };
        let skips = |word: &str| pattern::Surroundings::skips(&around, word);
        let taken = leading(sentence, language, &skips, slot.kind, found.anchor);
        let mut read = taken.map_or_else(Vec::new, |(s, e)| values(sentence, language, slot.kind, s, e));
        read.retain(|v| !language.is_pronoun(&v.text));
        if read.is_empty()
            && (slot.name != "subject" || !matches!(slot.kind, SlotKind::Clause | SlotKind::Phrase))
        {
            return None;
        }
        slots.entry(slot.name.clone()).or_default().extend(read);
    }
    for taken in &found.taken {
        let slot = pattern.slots.get(taken.slot)?;
        let mut read = values(sentence, language, slot.kind, taken.start, taken.end);
        if slot.name == "subject" {
            let all = read.len();
            read.retain(|v| !language.is_pronoun(&v.text));
            if read.is_empty() && all > 0 {
                continue;
            }
        }
        if read.is_empty() {
            return None;
        }
        slots.entry(slot.name.clone()).or_default().extend(read);
    }
    Some(slots)
}

/// The actor within what a slot took.
fn acting_in(sentence: &Prepared<'_>, language: &Language, taken: &Value) -> Option<Value> {
    let range = sentence.normal_span(taken.span)?;
    actors::actor_in(sentence, language, range.start(), range.end())
}

/// Whether a subject in the middle of a pattern took far more than an actor: the words of the rule then belong to two
/// different clauses.
fn runs_on(sentence: &Prepared<'_>, language: &Language, pattern: &Pattern, found: &Match) -> bool {
    found.taken.iter().any(|taken| {
        let subject = pattern.slots.get(taken.slot).is_some_and(|slot| slot.name == "subject");
        let tokens = |end: usize| sentence.tokens.partition_point(|t| t.start < end);
        let actor = || actors::actor_in(sentence, language, taken.start, taken.end);
        subject
            && Some(taken.slot) != pattern.lead
            && actor()
                .and_then(|actor| sentence.normal_span(actor.span))
                .is_some_and(|actor| tokens(taken.end) > tokens(actor.end()) + MOST_BESIDE)
    })
}

/// The words and the entity of a subject: what a slot took, else who is spoken of.
fn subject_of(subject: Option<&Value>, rule: &Rule, speaking: &Speaking) -> (String, Option<String>) {
    if let Some(subject) = subject {
        return (subject.text.clone(), subject.entity.clone());
    }
    match rule.source.subject.as_str() {
        "topic" | "actor" => {
            let heard = speaking.own.clone().or_else(|| speaking.topic.clone());
            heard.unwrap_or_else(|| (speaking.issuer.clone(), None))
        }
        "issuer" => (speaking.issuer.clone(), None),
        "none" => (String::new(), None),
        words => (words.to_owned(), None),
    }
}

/// The rule's own words for the object, with what slots took.
fn told(rule: &Rule, slots: &BTreeMap<String, Vec<Value>>) -> String {
    let mut text = rule.source.object.clone().unwrap_or_default();
    for (name, values) in slots {
        if let Some(value) = values.first() {
            text = text.replace(&format!("{{{name}}}"), &value.text);
        }
    }
    // What no slot took is not said.
    if text.contains('{') { String::new() } else { text }
}

/// The date nearest behind the first word of a match, else the nearest before it.
fn nearest_date(sentence: &Prepared<'_>, found: &Match) -> Option<String> {
    let token = sentence.tokens.get(found.anchor)?;
    let anchor = sentence.printed_at(token.start, token.end)?.start();
    let dates = sentence.dates();
    let behind = dates.iter().find(|d| d.span.end() > anchor);
    let date = behind.or_else(|| dates.iter().rev().find(|d| d.span.end() <= anchor))?;
    Some(date.resolved.unwrap_or(date.value).to_string())
}
