//! Entities: which mentions, in whatever script, name the same person, body or place.
//!
//! Mentions come with keys that are equal within a page (`mentions`). Here keys become one entity when they are well known
//! under the same name, made of the same concepts and proper names, spellings of one person's name in two scripts, or when
//! they stand opposite each other in aligned sentences. What people decided goes over all of it.

mod authority;
mod same;

use std::collections::{BTreeMap, BTreeSet};

use diwan_model::{Confidence, Entity, EntityKind, MentionForm, RoleHeld, Spelling};

use crate::mentions::known_of;
pub use authority::{Authority, IDENTIFIERS, is_authority};
use same::Union;
pub(crate) use same::slip;

/// A mention as the archive keeps it.
#[derive(Debug, Clone)]
pub struct Observation {
    /// The statement, by any number that is its own.
    pub statement: i64,
    /// The key of the body that issues the statement, where it was read.
    pub issuer: Option<String>,
    /// The sentence's code, or the version's.
    pub source: String,
    /// The language of the text.
    pub lang: String,
    /// The statement's date.
    pub date: Option<String>,
    /// [`diwan_model::Mention::entity`].
    pub key: String,
    /// What it names.
    pub kind: EntityKind,
    /// How.
    pub form: MentionForm,
    /// As printed.
    pub text: String,
    /// The office of a person.
    pub role: Option<String>,
}

/// What people decided about entities. Keys are keys of mentions as [`Entity::keys`] lists them.
#[derive(Debug, Clone, Default)]
pub struct Decisions {
    /// Two keys are one entity's.
    pub same: Vec<(String, String)>,
    /// A key is an entity by itself.
    pub apart: BTreeSet<String>,
    /// Key → field (`name-fa`, `kind`, `wikidata`, `notes`, `mark`) → value.
    pub fields: BTreeMap<String, BTreeMap<String, String>>,
    /// Records that people brought with them, in the order in which they did: later ones stand over earlier ones.
    pub authorities: Vec<Authority>,
}

/// The key of an observation among all statements: what a page calls only "the Council" belongs to its issuer.
pub fn scoped(observation: &Observation) -> String {
    if observation.kind == EntityKind::Organisation && same::is_general(&observation.key) {
        let issuer = observation.issuer.as_deref().filter(|issuer| *issuer != observation.key);
        return match issuer {
            Some(issuer) => format!("{}@{issuer}", observation.key),
            None => format!("{}@", observation.key),
        };
    }
    observation.key.clone()
}

/// All mentions of one key.
struct Node {
    kind: EntityKind,
    spellings: BTreeMap<(String, String), (u64, bool)>,
    statements: BTreeSet<i64>,
    roles: BTreeMap<(String, String), RoleHeld>,
}

/// Entities of all observations, in the order of their first keys; ids are empty, and given by who keeps them.
/// `opposite` are pairs of keys that stand opposite each other in aligned sentences.
pub fn resolve(
    observations: impl IntoIterator<Item = Observation>,
    opposite: &[(String, String)],
    decisions: &Decisions,
) -> Vec<Entity> {
    let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
    for one in observations {
        let node = nodes.entry(scoped(&one)).or_insert_with(|| Node {
            kind: one.kind,
            spellings: BTreeMap::new(),
            statements: BTreeSet::new(),
            roles: BTreeMap::new(),
        });
        node.statements.insert(one.statement);
        let spelling = node.spellings.entry((one.text, one.lang.clone())).or_default();
        spelling.0 += 1;
        spelling.1 |= one.form == MentionForm::Name;
        if let Some(role) = one.role {
            add_role(&mut node.roles, role, &one.lang, one.date, one.source);
        }
    }
    let ties = bring(&mut nodes, &decisions.authorities);
    let keys: Vec<&str> = nodes.keys().map(String::as_str).collect();
    let mut union = Union::new(keys.len());
    let statements: Vec<&BTreeSet<i64>> = nodes.values().map(|n| &n.statements).collect();
    same::people(&keys, &statements, &mut union);
    same::bodies(&keys, &mut union);
    let number: BTreeMap<&str, usize> = keys.iter().enumerate().map(|(k, key)| (*key, k)).collect();
    for (a, b) in opposite {
        if let (Some(a), Some(b)) = (number.get(a.as_str()), number.get(b.as_str())) {
            union.join(*a, *b, 0.7);
        }
    }
    for (a, b) in &ties {
        if let (Some(a), Some(b)) = (number.get(a.as_str()), number.get(b.as_str())) {
            union.join(*a, *b, 0.95);
        }
    }
    for key in &decisions.apart {
        if let Some(k) = number.get(key.as_str()) {
            union.apart(*k);
        }
    }
    for (a, b) in &decisions.same {
        if let (Some(a), Some(b)) = (number.get(a.as_str()), number.get(b.as_str())) {
            union.join(*a, *b, 1.0);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for k in 0..keys.len() {
        groups.entry(union.root(k)).or_default().push(k);
    }
    let list: Vec<(&String, &Node)> = nodes.iter().collect();
    let mut out: Vec<Entity> = groups
        .into_iter()
        .map(|(root, members)| {
            let members: Vec<(&String, &Node)> =
                members.iter().filter_map(|k| list.get(*k).copied()).collect();
            entity(&members, union.sure(root), decisions)
        })
        .collect();
    out.sort_by(|a, b| a.keys.cmp(&b.keys));
    out
}

/// Puts records that people brought among the nodes; which of them are one with what else is there.
fn bring(nodes: &mut BTreeMap<String, Node>, records: &[Authority]) -> Vec<(String, String)> {
    if records.is_empty() {
        return Vec::new();
    }
    for record in records {
        nodes.entry(record.key()).or_insert_with(|| Node {
            kind: record.kind,
            spellings: BTreeMap::new(),
            statements: BTreeSet::new(),
            roles: BTreeMap::new(),
        });
    }
    let mut names: BTreeMap<(EntityKind, String), BTreeSet<&str>> = BTreeMap::new();
    let mut identified: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for (key, node) in nodes.iter() {
        let full = node.spellings.iter().filter(|(_, (_, named))| *named);
        for ((text, lang), _) in full {
            names.entry((node.kind, authority::spelt(text, lang))).or_default().insert(key);
        }
        let Some(known) = known_of(key) else { continue };
        for (lang, name) in &known.names {
            names.entry((node.kind, authority::spelt(name, lang))).or_default().insert(key);
        }
        for (scheme, id) in [("wikidata", &known.wikidata), ("iso-3166", &known.iso)] {
            let Some(id) = id else { continue };
            identified.entry((scheme.to_owned(), id.clone())).or_default().insert(key.clone());
        }
    }
    let keys: Vec<String> = records.iter().map(Authority::key).collect();
    for (record, key) in records.iter().zip(&keys) {
        for (lang, name) in &record.names {
            names.entry((record.kind, authority::spelt(name, lang))).or_default().insert(key);
        }
        for (scheme, id) in &record.identifiers {
            identified.entry((scheme.clone(), id.clone())).or_default().insert(key.clone());
        }
    }
    let mut out = Vec::new();
    for (record, key) in records.iter().zip(&keys) {
        out.extend(
            authority::ties(record, &names, &identified).into_iter().map(|other| (key.clone(), other)),
        );
    }
    out
}

fn add_role(
    roles: &mut BTreeMap<(String, String), RoleHeld>,
    role: String,
    lang: &str,
    date: Option<String>,
    source: String,
) {
    let held = roles.entry((role.clone(), lang.to_owned())).or_insert_with(|| RoleHeld {
        text: role,
        lang: lang.to_owned(),
        first: None,
        last: None,
        sources: Vec::new(),
    });
    if let Some(date) = date {
        if held.first.as_ref().is_none_or(|first| date < *first) {
            held.first = Some(date.clone());
        }
        if held.last.as_ref().is_none_or(|last| date > *last) {
            held.last = Some(date);
        }
    }
    if held.sources.len() < 50 && !held.sources.contains(&source) {
        held.sources.push(source);
    }
}

fn entity(members: &[(&String, &Node)], sure: f32, decisions: &Decisions) -> Entity {
    let mut spellings: BTreeMap<(&str, &str), (u64, bool)> = BTreeMap::new();
    let mut statements = BTreeSet::new();
    let mut roles = BTreeMap::new();
    for (_, node) in members {
        for ((text, lang), (count, name)) in &node.spellings {
            let slot = spellings.entry((text, lang)).or_default();
            slot.0 += count;
            slot.1 |= name;
        }
        statements.extend(node.statements.iter().copied());
        roles.extend(node.roles.clone());
    }
    let mut name: BTreeMap<String, String> = BTreeMap::new();
    let mut identifiers = BTreeMap::new();
    let known = members.iter().find_map(|(key, _)| known_of(key));
    if let Some(known) = known {
        name = known.names.clone();
        identifiers.extend(known.wikidata.clone().map(|id| ("wikidata".to_owned(), id)));
        identifiers.extend(known.iso.clone().map(|id| ("iso-3166".to_owned(), id)));
        identifiers.extend(known.country.clone().map(|id| ("country".to_owned(), id)));
    }
    let langs: BTreeSet<&str> = spellings.keys().map(|(_, lang)| *lang).collect();
    for lang in langs {
        if name.contains_key(lang) {
            continue;
        }
        // A name counts before a short form; then the most frequent, then the longest.
        let best =
            spellings.iter().filter(|((_, l), _)| *l == lang).max_by_key(|((text, _), (count, named))| {
                (*named, *count, text.chars().count(), std::cmp::Reverse(*text))
            });
        if let Some(((text, _), _)) = best {
            name.insert(lang.to_owned(), same::preferred(text, lang));
        }
    }
    let mut all: Vec<Spelling> = spellings
        .iter()
        .map(|((text, lang), (count, _))| Spelling {
            text: (*text).to_owned(),
            lang: (*lang).to_owned(),
            count: *count,
        })
        .collect();
    all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.cmp(b)));
    let kind = members.first().map_or(EntityKind::Organisation, |(_, node)| node.kind);
    let mut entity = Entity {
        id: String::new(),
        kind,
        name,
        spellings: all,
        identifiers,
        roles: roles.into_values().collect(),
        notes: None,
        mark: None,
        keys: {
            // Decisions are taken on the first key: one that pages have, where there is one.
            let mut keys: Vec<String> = members.iter().map(|(key, _)| (*key).clone()).collect();
            keys.sort_by_key(|key| is_authority(key));
            keys
        },
        statements: statements.len() as u64,
        confidence: Confidence::new(sure),
    };
    for record in decisions.authorities.iter().filter(|_| entity.keys.iter().any(|k| is_authority(k))) {
        if entity.keys.contains(&record.key()) {
            entity.kind = record.kind;
            entity.name.extend(record.names.clone());
            entity.identifiers.extend(record.identifiers.clone());
            entity.notes = record.notes.clone().or(entity.notes);
        }
    }
    for key in entity.keys.clone() {
        if let Some(fields) = decisions.fields.get(&key) {
            apply(&mut entity, fields);
        }
    }
    entity
}

/// What a person decided stands over what the machine made.
fn apply(entity: &mut Entity, fields: &BTreeMap<String, String>) {
    for (field, value) in fields {
        match field.as_str() {
            "kind" => entity.kind = EntityKind::parse(value).unwrap_or(entity.kind),
            "notes" => entity.notes = Some(value.clone()),
            "mark" => entity.mark = Some(value.clone()),
            "wikidata" | "viaf" | "iso-3166" => {
                entity.identifiers.insert(field.clone(), value.clone());
            }
            other => {
                if let Some(lang) = other.strip_prefix("name-") {
                    entity.name.insert(lang.to_owned(), value.clone());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(statement: i64, lang: &str, text: &str, decisions: &mut Vec<Observation>) {
        for mention in crate::find(text, &lang.into()) {
            decisions.push(Observation {
                statement,
                issuer: None,
                source: format!("S{statement}-{lang}/1"),
                lang: lang.to_owned(),
                date: Some("2021-06-28".to_owned()),
                key: mention.entity.clone(),
                kind: mention.r#type,
                form: mention.form,
                text: mention.text.clone(),
                role: mention.role.clone(),
            });
        }
    }

    fn entities(decisions: &Decisions) -> Vec<Entity> {
        let mut all = Vec::new();
        seen(
            1,
            "en",
            "The Coalition for Lake Safety thanked Ambassador Mira Halvorsen. Italian forces left.",
            &mut all,
        );
        seen(1, "fa", "سفیر میرا هالورسن در رم بود.", &mut all);
        seen(2, "ar", "شكر السفيرة ميرا هالفورسن في روما.", &mut all);
        resolve(all, &[], decisions)
    }

    #[test]
    fn one_person_in_three_scripts() {
        let all = entities(&Decisions::default());
        let mira = all.iter().find(|e| e.name.get("en").is_some_and(|n| n == "Mira Halvorsen")).unwrap();
        assert_eq!(mira.name.len(), 3, "{:?}", mira.spellings);
        assert_eq!(mira.statements, 2);
        let rome = all.iter().find(|e| e.keys.contains(&"place:rome".to_owned())).unwrap();
        assert_eq!(rome.spellings.len(), 2);
    }

    #[test]
    fn a_record_that_was_brought_is_one_with_what_pages_name() {
        let record = |kind, name: &str, id: &str| Authority {
            kind,
            names: BTreeMap::from([("en".to_owned(), name.to_owned()), ("ku".to_owned(), "Nav".to_owned())]),
            identifiers: BTreeMap::from([("wikidata".to_owned(), id.to_owned())]),
            notes: Some("brought".to_owned()),
        };
        let mut decisions = Decisions::default();
        decisions.authorities.push(record(EntityKind::Person, "Mira  HALVORSEN", "Q1"));
        decisions.authorities.push(record(EntityKind::Organisation, "Nowhere Council", "Q2"));
        let all = entities(&decisions);
        let mira = all.iter().find(|e| e.identifiers.get("wikidata").is_some_and(|id| id == "Q1")).unwrap();
        assert_eq!(mira.statements, 2, "joined with the one whom pages name");
        assert_eq!(mira.notes.as_deref(), Some("brought"));
        assert!(!is_authority(mira.keys.first().unwrap()));
        let alone = all.iter().find(|e| e.identifiers.get("wikidata").is_some_and(|id| id == "Q2")).unwrap();
        assert_eq!((alone.statements, alone.name["ku"].as_str()), (0, "Nav"));
    }

    #[test]
    fn what_people_decide_stands() {
        let apart = entities(&Decisions::default())
            .iter()
            .find(|e| e.name.get("ar").is_some_and(|n| n.contains("هالفورسن")))
            .and_then(|e| e.keys.iter().find(|k| k.contains("میرا هالفورسن")).cloned())
            .unwrap();
        let mut decisions = Decisions::default();
        decisions.apart.insert(apart.clone());
        decisions.fields.entry(apart.clone()).or_default().insert("name-ar".to_owned(), "ميرا".to_owned());
        let all = entities(&decisions);
        let alone = all.iter().find(|e| e.keys == [apart.clone()]).unwrap();
        assert_eq!(alone.name["ar"], "ميرا");
    }
}
