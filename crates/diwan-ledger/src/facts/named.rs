//! Facts that mentions tell by themselves: who holds which office, which law is named.

use std::collections::{BTreeMap, BTreeSet};

use diwan_model::{
    Confidence, EntityKind, Fact, FactSource, Mention, MentionPart, Method, Statement, Version,
};

use super::slots::one_line;

fn source(version: &Version, mention: &Mention, subject: &str, object: &str) -> Option<FactSource> {
    let n = mention.sentence?;
    let sentence = version.sentences.iter().find(|s| s.n == n)?;
    Some(FactSource {
        line: sentence.line,
        n,
        lang: version.lang.clone(),
        text: sentence.text.clone(),
        subject: subject.to_owned(),
        object: object.to_owned(),
        span: None,
    })
}

/// Who is named with an office: one fact a person and office, where it is told most fully.
pub(super) fn roles(statement: &Statement, version: &Version, out: &mut Vec<Fact>) {
    let mut fullest: BTreeMap<&str, (&Mention, String)> = BTreeMap::new();
    let people =
        version.mentions.iter().filter(|m| m.r#type == EntityKind::Person && m.part == MentionPart::Text);
    for mention in people {
        let Some(role) = mention.role.as_deref().map(one_line).filter(|r| !r.is_empty()) else { continue };
        let known = fullest.entry(mention.entity.as_str()).or_insert_with(|| (mention, role.clone()));
        if role.chars().count() > known.1.chars().count() * 2 {
            *known = (mention, role);
        }
    }
    let date = statement.date.as_ref().map(|d| d.iso.clone());
    for (mention, role) in fullest.into_values() {
        let name = one_line(&mention.text);
        let Some(source) = source(version, mention, &name, &role) else { continue };
        out.push(Fact {
            r#type: "role-holder".to_owned(),
            subject: name,
            subject_entity: Some(mention.entity.clone()),
            predicate: "is".to_owned(),
            object: role,
            object_entity: None,
            date: date.clone(),
            details: BTreeMap::new(),
            entities: Vec::new(),
            confidence: Confidence::new(0.85),
            method: Method::new("named/office@1"),
            provenance: vec![source],
        });
    }
}

/// Laws, treaties and resolutions that are named, where no rule read them.
pub(super) fn laws(
    version: &Version,
    date: Option<&str>,
    speakers: &BTreeMap<u32, (String, Option<String>)>,
    out: &mut Vec<Fact>,
) {
    let mut seen = BTreeSet::new();
    for mention in
        version.mentions.iter().filter(|m| m.r#type == EntityKind::Legal && m.part == MentionPart::Text)
    {
        let text = one_line(&mention.text);
        let told = |f: &Fact| {
            f.r#type == "legal-reference"
                && f.provenance.iter().any(|p| {
                    Some(p.n) == mention.sentence && (f.object.contains(&text) || text.contains(&f.object))
                })
        };
        if out.iter().any(told) || !seen.insert((mention.sentence, mention.entity.as_str())) {
            continue;
        }
        let speaker = mention.sentence.and_then(|n| speakers.get(&n)).cloned();
        let (subject, subject_entity) = speaker.unwrap_or_default();
        let Some(source) = source(version, mention, &subject, &text) else { continue };
        out.push(Fact {
            r#type: "legal-reference".to_owned(),
            subject,
            subject_entity,
            predicate: "refers to".to_owned(),
            object: text,
            object_entity: Some(mention.entity.clone()),
            date: date.map(str::to_owned),
            details: BTreeMap::new(),
            entities: Vec::new(),
            confidence: Confidence::new(0.85),
            method: Method::new("named/law@1"),
            provenance: vec![source],
        });
    }
}

/// Keys of what the sentences of a fact name in this version: places, bodies, people, programmes.
pub(super) fn entities(version: &Version, fact: &Fact) -> Vec<String> {
    let of = |m: &&Mention| {
        m.sentence.is_some_and(|n| fact.provenance.iter().any(|p| p.n == n && p.lang == version.lang))
            && !matches!(m.r#type, EntityKind::Document)
    };
    let mut keys = BTreeSet::new();
    for mention in version.mentions.iter().filter(of) {
        keys.insert(mention.entity.clone());
        keys.extend(mention.inner.iter().map(|inner| inner.entity.clone()));
    }
    keys.into_iter().collect()
}
