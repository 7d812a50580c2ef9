//! Facts of several versions of one statement, laid beside each other.
//!
//! Two facts are one where their type is the same and their sentences render each other. In a sentence that states
//! several facts of one type (a list of members), those are paired whose names are alike across scripts, then the rest in
//! order where the counts are the same. A figure or date that differs between paired facts is a finding.

use std::collections::BTreeMap;

use diwan_model::{Confidence, Fact, Finding, LanguageTag, Quote, Severity, Statement};
use diwan_text::names::similarity;

use super::facts_of_version;

/// Names this alike are taken for one.
const ALIKE: f32 = 0.5;

/// Sentences of one version that render sentences of another, by their numbers from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aligned {
    /// Numbers in the first version.
    pub first: Vec<u32>,
    /// Numbers in the second version.
    pub second: Vec<u32>,
}

/// The facts of a statement over all its versions, and what disagrees between them. `aligned` tells which sentences of
/// two versions (by their place in the statement) render each other; it is asked only where there are several versions.
pub fn across(
    statement: &Statement,
    mut aligned: impl FnMut(usize, usize) -> Vec<Aligned>,
) -> (Vec<Fact>, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut parts: Vec<Vec<Fact>> =
        statement.versions.iter().map(|version| facts_of_version(statement, version)).collect();
    let lead = leader(statement, &parts);
    let mut facts = parts.get_mut(lead).map(std::mem::take).unwrap_or_default();
    for (k, part) in parts.into_iter().enumerate().filter(|(_, part)| !part.is_empty()) {
        let beads = aligned(lead, k);
        let lang = |k: usize| statement.versions.get(k).map_or(LanguageTag::UNDETERMINED, |v| v.lang.clone());
        join(&mut facts, part, (&lang(lead), &lang(k)), &beads, &mut findings);
    }
    facts.sort_by_key(|fact| fact.provenance.first().map(|source| (source.line, source.n)));
    (facts, findings)
}

/// The version whose words facts are written in: the authoritative one, else the English one, else the first with facts.
fn leader(statement: &Statement, parts: &[Vec<Fact>]) -> usize {
    let told = |k: &usize| parts.get(*k).is_some_and(|part| !part.is_empty());
    let all = 0..statement.versions.len();
    let is = |k: &usize, test: &dyn Fn(&diwan_model::Version) -> bool| {
        statement.versions.get(*k).is_some_and(test)
    };
    let authoritative =
        |k: &usize| told(k) && is(k, &|v| v.authority == diwan_model::Authority::Authoritative);
    let english = |k: &usize| told(k) && is(k, &|v| v.lang.primary() == "en");
    let mut all_again = all.clone();
    all.clone()
        .find(authoritative)
        .or_else(|| all.clone().find(english))
        .or_else(|| all_again.find(told))
        .unwrap_or(0)
}

/// Lays the facts of another version over `facts`: `beads` say which sentences of the first language render which of the
/// second. What disagrees is a finding.
pub fn join(
    facts: &mut Vec<Fact>,
    others: Vec<Fact>,
    (first, second): (&LanguageTag, &LanguageTag),
    beads: &[Aligned],
    findings: &mut Vec<Finding>,
) {
    let mut left: Vec<Option<Fact>> = others.into_iter().map(Some).collect();
    let mut groups: BTreeMap<(String, usize), (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (k, fact) in facts.iter().enumerate() {
        for (b, _) in beads.iter().enumerate().filter(|(_, b)| states(fact, first, &b.first)) {
            groups.entry((fact.r#type.clone(), b)).or_default().0.push(k);
        }
    }
    for (k, fact) in left.iter().enumerate() {
        let Some(fact) = fact else { continue };
        for (b, _) in beads.iter().enumerate().filter(|(_, b)| states(fact, second, &b.second)) {
            groups.entry((fact.r#type.clone(), b)).or_default().1.push(k);
        }
    }
    for (mine, theirs) in groups.into_values() {
        for (a, b) in pairs(facts, &left, &mine, &theirs) {
            let Some(other) = left.get_mut(b).and_then(Option::take) else { continue };
            if let Some(fact) = facts.get_mut(a) {
                agree(fact, other, findings);
            }
        }
    }
    facts.extend(left.into_iter().flatten());
}

fn states(fact: &Fact, lang: &LanguageTag, sentences: &[u32]) -> bool {
    fact.provenance.iter().any(|p| p.lang == *lang && sentences.contains(&p.n))
}

/// Which facts of two aligned sentences are the same.
fn pairs(facts: &[Fact], left: &[Option<Fact>], mine: &[usize], theirs: &[usize]) -> Vec<(usize, usize)> {
    let mut scored: Vec<(f32, usize, usize)> = Vec::new();
    for &a in mine {
        for &b in theirs {
            let (Some(x), Some(Some(y))) = (facts.get(a), left.get(b)) else { continue };
            scored.push((alike(x, y), a, b));
        }
    }
    scored.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)).then(x.2.cmp(&y.2)));
    let mut out: Vec<(usize, usize)> = Vec::new();
    let free = |out: &[(usize, usize)], a: usize, b: usize| !out.iter().any(|(x, y)| *x == a || *y == b);
    for (score, a, b) in scored {
        if score >= ALIKE && free(&out, a, b) {
            out.push((a, b));
        }
    }
    let rest_a: Vec<usize> = mine.iter().copied().filter(|a| !out.iter().any(|(x, _)| x == a)).collect();
    let rest_b: Vec<usize> = theirs.iter().copied().filter(|b| !out.iter().any(|(_, y)| y == b)).collect();
    if rest_a.len() == rest_b.len() {
        out.extend(rest_a.into_iter().zip(rest_b));
    }
    out
}

/// How alike two facts of one type in two languages are, by their names and figures.
fn alike(a: &Fact, b: &Fact) -> f32 {
    if let (Some(x), Some(y)) = (a.details.get("value"), b.details.get("value"))
        && x == y
    {
        return 1.0;
    }
    let same = |x: &Option<String>, y: &Option<String>| x.is_some() && x == y;
    if same(&a.subject_entity, &b.subject_entity)
        && (a.object_entity.is_none() || same(&a.object_entity, &b.object_entity))
    {
        return 1.0;
    }
    let short = |text: &str| text.split_whitespace().count() <= 6;
    let compare = |x: &str, y: &str| if short(x) && short(y) { similarity(x, y) } else { 0.0 };
    let subject = compare(&a.subject, &b.subject);
    let object = compare(&a.object, &b.object);
    let predicate = if a.predicate == b.predicate { 0.05 } else { 0.0 };
    subject.max(object) * 0.8 + subject.min(object) * 0.2 + predicate
}

/// Puts the sentence of another version beside a fact; what differs is a finding.
fn agree(fact: &mut Fact, other: Fact, findings: &mut Vec<Finding>) {
    let quotes = |fact: &Fact, other: &Fact| {
        let quote = |f: &Fact| f.provenance.first().map(|p| Quote { line: p.line, text: p.text.clone() });
        quote(fact).into_iter().chain(quote(other)).collect::<Vec<_>>()
    };
    for key in ["value", "low", "high", "unit"] {
        if let (Some(a), Some(b)) = (fact.details.get(key), other.details.get(key))
            && a != b
        {
            let message =
                format!("Two versions give different figures for one fact ({}): {a} and {b}.", fact.r#type);
            findings.push(Finding::new(
                "versions-figure-differs",
                Severity::High,
                message,
                quotes(fact, &other),
            ));
            fact.confidence = Confidence::new(fact.confidence.value().min(0.4));
        }
    }
    if let (Some(a), Some(b)) = (&fact.date, &other.date)
        && a != b
        && !a.starts_with(b.as_str())
        && !b.starts_with(a.as_str())
        && !overlapping(a, b)
    {
        let message = format!("Two versions date one fact ({}) differently: {a} and {b}.", fact.r#type);
        findings.push(Finding::new("versions-date-differs", Severity::Medium, message, quotes(fact, &other)));
        fact.confidence = Confidence::new(fact.confidence.value().min(0.4));
    } else {
        let (a, b) = (fact.confidence.value(), other.confidence.value());
        fact.confidence = Confidence::new((1.0 - (1.0 - a) * (1.0 - b)).min(0.98));
    }
    for (name, value) in other.details {
        fact.details.entry(name).or_insert(value);
    }
    fact.provenance.extend(other.provenance);
    fact.entities.extend(other.entities);
    fact.entities.sort();
    fact.entities.dedup();
}

/// Whether two dates of different kinds (a season and a quarter) may be the same time.
fn overlapping(a: &str, b: &str) -> bool {
    let coarse = |t: &str| t.contains('/') || t.contains('Q');
    (coarse(a) || coarse(b)) && a.get(..4) == b.get(..4)
}
