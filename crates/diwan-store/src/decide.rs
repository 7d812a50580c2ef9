//! What people decide: one mechanism for everything.
//!
//! A decision names a subject (statement, version, finding), a field of it, and a value. Decisions are only ever
//! appended: the newest one on a field that is not undone counts, and an undo is itself a decision that points at the one
//! it takes back (so an undo can be undone). Machine values lie elsewhere and never touch them.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use diwan_model::{ArchiveCode, Authority, VersionCode};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, named_params, params};
use serde::{Deserialize, Serialize};

use crate::alignment::BeadKey;
use crate::{Result, Store, StoreError, clock, custody, put, read};

/// Fields of a statement that a person can decide, in the order in which they are shown. The series is not read from
/// its page: where nobody decides, it is found by comparing statements.
pub const STATEMENT_FIELDS: &[&str] =
    &["title", "date", "issuer", "office", "type", "place", "original_url", "series"];

/// Fields of an entity that a person can decide. `same-as`: the key of another that it is one with; `apart`: the key is an
/// entity by itself.
pub const ENTITY_FIELDS: &[&str] = &[
    "name-ar",
    "name-en",
    "name-fa",
    "name-fr",
    "kind",
    "mark",
    "notes",
    "wikidata",
    "viaf",
    "iso-3166",
    "same-as",
    "apart",
    AUTHORITIES,
];

/// The field under which authority records of a file are kept, as JSON: one decision a file, so that one undo takes them
/// back.
pub const AUTHORITIES: &str = "authorities";

/// What the subject of such a decision begins with; the file's name follows.
pub const AUTHORITY_FILE: &str = "authorities:";

/// Fields of a version that a person can decide.
pub const VERSION_FIELDS: &[&str] = &["authority"];

/// The field of a finding that a person decides.
pub const FINDING_STATUS: &str = "status";

/// The field of a region of two versions that a person decides: which sentences render which.
pub const BEADS: &str = "beads";

/// The name of a finding: 16 hexadecimal digits that depend on the page, the kind and the words quoted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(pub(crate) String);

impl Fingerprint {
    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Fingerprint {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self> {
        if text.len() == 16 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
            Ok(Self(text.to_owned()))
        } else {
            Err(StoreError::NotFound { what: "finding", key: text.chars().take(80).collect() })
        }
    }
}

/// What a decision is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A statement's record.
    Statement(ArchiveCode),
    /// A version.
    Version(VersionCode),
    /// A finding.
    Finding(Fingerprint),
    /// Beads of an alignment.
    Bead(BeadKey),
    /// An entity, by a key of its mentions: ids may change hands, keys do not.
    Entity(String),
    /// A fact of the ledger.
    Fact(Fingerprint),
    /// Whether a part of a page belongs to a statement.
    Link(crate::LinkKey),
}

impl Subject {
    /// `statement`, `version`, `finding` or `bead`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Statement(_) => "statement",
            Self::Version(_) => "version",
            Self::Finding(_) => "finding",
            Self::Bead(_) => "bead",
            Self::Entity(_) => "entity",
            Self::Fact(_) => "fact",
            Self::Link(_) => "link",
        }
    }

    /// The code or fingerprint.
    pub fn key(&self) -> String {
        match self {
            Self::Statement(code) => code.to_string(),
            Self::Version(code) => code.to_string(),
            Self::Finding(fingerprint) => fingerprint.to_string(),
            Self::Bead(key) => key.to_string(),
            Self::Entity(key) => key.clone(),
            Self::Fact(id) => id.to_string(),
            Self::Link(key) => key.to_string(),
        }
    }

    /// Fields of it that can be decided.
    pub fn fields(&self) -> &'static [&'static str] {
        match self {
            Self::Statement(_) => STATEMENT_FIELDS,
            Self::Version(_) => VERSION_FIELDS,
            Self::Finding(_) => &[FINDING_STATUS],
            Self::Bead(_) => &[BEADS],
            Self::Entity(_) => ENTITY_FIELDS,
            Self::Fact(_) => crate::facts::FACT_FIELDS,
            Self::Link(_) => &[crate::BELONGS],
        }
    }
}

/// What a person does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// The machine's value is right (of a finding: it is so).
    Confirm,
    /// Another value is right.
    Correct,
    /// The machine's value is wrong and nothing takes its place (of a finding: it is not so, or does not matter).
    Dismiss,
    /// An earlier decision is taken back.
    Undo,
}

impl Action {
    /// Its spelling in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Correct => "correct",
            Self::Dismiss => "dismiss",
            Self::Undo => "undo",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Confirm, Self::Correct, Self::Dismiss, Self::Undo].into_iter().find(|a| a.as_str() == text)
    }
}

/// A decision as it was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// Its number, from 1, in the order taken.
    pub id: i64,
    /// `statement`, `version`, `finding` or `bead`.
    pub subject_kind: String,
    /// The code or fingerprint.
    pub subject: String,
    /// The field.
    pub field: String,
    /// What was done.
    pub action: Action,
    /// The value decided; `null` for a dismissal and an undo.
    pub value: Option<String>,
    /// Who.
    pub who: String,
    /// When, RFC 3339.
    pub at: String,
    /// Why, in the person's words.
    pub why: Option<String>,
    /// The decision that this one takes back.
    pub undoes: Option<i64>,
    /// Whether it still counts: not undone, and no newer one on the same field.
    pub counts: bool,
}

/// A decision about to be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDecision {
    /// About what.
    pub subject: Subject,
    /// Which field; see [`Subject::fields`].
    pub field: String,
    /// What is done; undo goes through [`Store::undo`].
    pub action: Action,
    /// The value, for [`Action::Correct`] alone.
    pub value: Option<String>,
    /// Who decides.
    pub who: String,
    /// Why.
    pub why: Option<String>,
}

impl Store {
    /// Takes a decision. It shows at once, and no machine value ever replaces it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the subject is not there; [`StoreError::Refused`] where the field cannot be
    /// decided, the value is not one for the field, or there is no machine value to confirm.
    pub fn decide(&mut self, new: &NewDecision) -> Result<Decision> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let subject = resolve(&transaction, &new.subject)?;
        let value = decided_value(&transaction, &subject, new)?;
        let row = NewRow {
            kind: subject.kind(),
            key: &subject.key(),
            field: &new.field,
            action: new.action,
            value: value.as_deref(),
            who: &new.who,
            why: new.why.as_deref(),
            undoes: None,
        };
        let decision = append(&transaction, &row)?;
        put::refresh_subject(&transaction, &subject)?;
        transaction.commit()?;
        Ok(decision)
    }

    /// Takes back decision `id` by a new one that points at it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Refused`] where it was undone already.
    pub fn undo(&mut self, id: i64, who: &str, why: Option<&str>) -> Result<Decision> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let old = by_id(&transaction, id)?
            .ok_or_else(|| StoreError::NotFound { what: "decision", key: id.to_string() })?;
        let history = history(&transaction, &old.subject_kind, &old.subject, Some(&old.field))?;
        if undone(&history).contains(&id) {
            return Err(StoreError::Refused(format!("decision {id} was undone already")));
        }
        let row = NewRow {
            kind: &old.subject_kind,
            key: &old.subject,
            field: &old.field,
            action: Action::Undo,
            value: None,
            who,
            why,
            undoes: Some(id),
        };
        let decision = append(&transaction, &row)?;
        if let Some(subject) = subject_of(&old) {
            put::refresh_subject(&transaction, &subject)?;
        }
        transaction.commit()?;
        Ok(decision)
    }

    /// Decisions in the order taken: all of them, or those about one subject.
    pub fn history(&self, subject: Option<&Subject>) -> Result<Vec<Decision>> {
        match subject {
            Some(subject) => {
                let subject = resolve(&self.connection, subject)?;
                let mut all = history(&self.connection, subject.kind(), &subject.key(), None)?;
                for code in aliases(&self.connection, &subject)? {
                    all.extend(history(&self.connection, subject.kind(), &code, None)?);
                }
                all.sort_by_key(|decision| decision.id);
                Ok(all)
            }
            None => select(&self.connection, "1 = 1", &[]),
        }
    }
}

/// The subject under its surviving code; an error where it is not there.
fn resolve(connection: &Connection, subject: &Subject) -> Result<Subject> {
    let absent = |what| StoreError::NotFound { what, key: subject.key() };
    match subject {
        Subject::Statement(code) => {
            let found = read::surviving(connection, code)?.ok_or_else(|| absent("statement"))?;
            Ok(Subject::Statement(found.code))
        }
        Subject::Version(code) => {
            let found = read::surviving(connection, &code.statement)?.ok_or_else(|| absent("version"))?;
            let exists: bool = connection.query_row(
                "SELECT EXISTS (SELECT 1 FROM version WHERE statement = ?1 AND lang = ?2)",
                params![found.id, code.lang.as_str()],
                |row| row.get(0),
            )?;
            if !exists {
                return Err(absent("version"));
            }
            Ok(Subject::Version(VersionCode { statement: found.code, lang: code.lang.clone() }))
        }
        Subject::Finding(fingerprint) => {
            let exists: bool = connection.query_row(
                "SELECT EXISTS (SELECT 1 FROM finding WHERE fingerprint = ?1)
                   OR EXISTS (SELECT 1 FROM version_finding WHERE fingerprint = ?1)",
                [fingerprint.as_str()],
                |row| row.get(0),
            )?;
            if exists { Ok(subject.clone()) } else { Err(absent("finding")) }
        }
        Subject::Fact(id) => {
            if crate::facts::exists(connection, id)? {
                Ok(subject.clone())
            } else {
                Err(absent("fact"))
            }
        }
        Subject::Bead(key) => {
            let statement = &key.source.statement;
            let found = read::surviving(connection, statement)?.ok_or_else(|| absent("bead"))?;
            let source = VersionCode { statement: found.code, lang: key.source.lang.clone() };
            Ok(Subject::Bead(BeadKey { source, ..key.clone() }))
        }
        Subject::Entity(key) if key.starts_with(AUTHORITY_FILE) => Ok(subject.clone()),
        Subject::Link(key) => Ok(Subject::Link(crate::ties::resolve(connection, key)?)),
        Subject::Entity(key) => {
            let exists: bool = connection.query_row(
                "SELECT EXISTS (SELECT 1 FROM entity_key WHERE key = ?1)",
                [key],
                |row| row.get(0),
            )?;
            if exists { Ok(subject.clone()) } else { Err(absent("entity")) }
        }
    }
}

/// Keys under which decisions on the subject were taken before its statement was merged into another.
fn aliases(connection: &Connection, subject: &Subject) -> Result<Vec<String>> {
    match subject {
        Subject::Statement(code) => {
            Ok(read::merged(connection, code)?.iter().map(ToString::to_string).collect())
        }
        Subject::Version(code) => Ok(read::merged(connection, &code.statement)?
            .into_iter()
            .map(|statement| VersionCode { statement, lang: code.lang.clone() }.to_string())
            .collect()),
        Subject::Finding(_) | Subject::Entity(_) | Subject::Fact(_) => Ok(Vec::new()),
        Subject::Link(key) => Ok(read::merged(connection, &key.statement)?
            .into_iter()
            .map(|statement| crate::LinkKey { statement, ..key.clone() }.to_string())
            .collect()),
        Subject::Bead(key) => Ok(read::merged(connection, &key.source.statement)?
            .into_iter()
            .map(|statement| {
                let source = VersionCode { statement, lang: key.source.lang.clone() };
                BeadKey { source, ..key.clone() }.to_string()
            })
            .collect()),
    }
}

fn subject_of(decision: &Decision) -> Option<Subject> {
    Some(match decision.subject_kind.as_str() {
        "statement" => Subject::Statement(ArchiveCode::new(decision.subject.as_str())),
        "version" => Subject::Version(decision.subject.parse().ok()?),
        "finding" => Subject::Finding(decision.subject.parse().ok()?),
        "fact" => Subject::Fact(decision.subject.parse().ok()?),
        "bead" => Subject::Bead(decision.subject.parse().ok()?),
        "link" => Subject::Link(decision.subject.parse().ok()?),
        "entity" => Subject::Entity(decision.subject.clone()),
        _ => return None,
    })
}

/// What the decision sets, after checking that it can be taken.
fn decided_value(connection: &Connection, subject: &Subject, new: &NewDecision) -> Result<Option<String>> {
    let refuse = |text: String| Err(StoreError::Refused(text));
    if new.who.trim().is_empty() {
        return refuse("a decision needs the name of who decides".to_owned());
    }
    if !subject.fields().contains(&new.field.as_str()) {
        let fields = subject.fields().join("`, `");
        return refuse(format!("a {} has no field `{}`; it has `{fields}`", subject.kind(), new.field));
    }
    if let Subject::Entity(key) = subject
        && key.starts_with(AUTHORITY_FILE) != (new.field == AUTHORITIES)
    {
        return refuse("authority records are taken in from a file: `diwan import authorities`".to_owned());
    }
    if let Subject::Bead(_) = subject {
        return refuse("beads are corrected one by one: see `Store::correct_bead`".to_owned());
    }
    if let Subject::Link(_) = subject {
        return refuse("a link is confirmed or rejected by itself: see `Store::decide_link`".to_owned());
    }
    if let Subject::Finding(_) = subject {
        return match new.action {
            Action::Confirm => Ok(Some("confirmed".to_owned())),
            Action::Dismiss => Ok(Some("dismissed".to_owned())),
            _ => refuse("a finding is confirmed or dismissed".to_owned()),
        };
    }
    match new.action {
        Action::Dismiss => Ok(None),
        Action::Confirm => match put::machine_value(connection, subject, &new.field)? {
            Some(value) => Ok(Some(value)),
            None => refuse(format!("there is no `{}` to confirm: nothing was read", new.field)),
        },
        Action::Correct => match new.value.as_deref().map(str::trim).filter(|value| !value.is_empty()) {
            None => refuse("a correction needs a value".to_owned()),
            Some(value) if fits(&new.field, value) => Ok(Some(value.to_owned())),
            Some(value) if new.field == "date" => {
                refuse(format!("`{value}` is not a date like `2021-12-03` or `2021-12`"))
            }
            Some(value) => {
                refuse(format!("`{value}` is not one of `authoritative`, `courtesy-translation`, `unknown`"))
            }
        },
        Action::Undo => refuse("an undo names the decision it takes back".to_owned()),
    }
}

fn fits(field: &str, value: &str) -> bool {
    match field {
        "date" => is_iso_date(value),
        "authority" => authority(value).is_some(),
        "kind" => diwan_model::EntityKind::parse(value).is_some(),
        _ => true,
    }
}

fn is_iso_date(text: &str) -> bool {
    match text.len() {
        10 => text.parse::<jiff::civil::Date>().is_ok(),
        7 => format!("{text}-01").parse::<jiff::civil::Date>().is_ok(),
        _ => false,
    }
}

/// The authority spelt so.
pub(crate) fn authority(text: &str) -> Option<Authority> {
    [Authority::Authoritative, Authority::CourtesyTranslation, Authority::Unknown]
        .into_iter()
        .find(|a| a.as_str() == text)
}

pub(crate) struct NewRow<'a> {
    pub(crate) kind: &'a str,
    pub(crate) key: &'a str,
    pub(crate) field: &'a str,
    pub(crate) action: Action,
    pub(crate) value: Option<&'a str>,
    pub(crate) who: &'a str,
    pub(crate) why: Option<&'a str>,
    pub(crate) undoes: Option<i64>,
}

pub(crate) fn append(connection: &Connection, row: &NewRow<'_>) -> Result<Decision> {
    let at = clock::now_text();
    connection.execute(
        "INSERT INTO decision (subject_kind, subject_key, field, action, value, who, at, why, undoes)
         VALUES (:kind, :key, :field, :action, :value, :who, :at, :why, :undoes)",
        named_params! {
            ":kind": row.kind, ":key": row.key, ":field": row.field, ":action": row.action.as_str(),
            ":value": row.value, ":who": row.who, ":at": at, ":why": row.why, ":undoes": row.undoes,
        },
    )?;
    let id = connection.last_insert_rowid();
    custody::append(
        connection,
        "decision",
        &format!("{} {}", row.kind, row.key),
        &serde_json::json!({
            "id": id, "field": row.field, "action": row.action.as_str(), "value": row.value, "who": row.who,
            "why": row.why, "undoes": row.undoes,
        }),
    )?;
    by_id(connection, id)?.ok_or_else(|| StoreError::NotFound { what: "decision", key: id.to_string() })
}

fn by_id(connection: &Connection, id: i64) -> Result<Option<Decision>> {
    let Some((kind, key)) = connection
        .query_row("SELECT subject_kind, subject_key FROM decision WHERE id = ?1", [id], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })
        .optional()?
    else {
        return Ok(None);
    };
    Ok(history(connection, &kind, &key, None)?.into_iter().find(|decision| decision.id == id))
}

fn history(connection: &Connection, kind: &str, key: &str, field: Option<&str>) -> Result<Vec<Decision>> {
    select(
        connection,
        "subject_kind = ?1 AND subject_key = ?2 AND (?3 IS NULL OR field = ?3)",
        &[Some(kind), Some(key), field],
    )
}

/// The decision that counts for a field of a subject, under any of its keys.
pub(crate) fn current(connection: &Connection, subject: &Subject, field: &str) -> Result<Option<Decision>> {
    let mut all = history(connection, subject.kind(), &subject.key(), Some(field))?;
    for key in aliases(connection, subject)? {
        all.extend(history(connection, subject.kind(), &key, Some(field))?);
    }
    Ok(all.into_iter().filter(|decision| decision.counts).max_by_key(|decision| decision.id))
}

/// Decisions on subjects of a kind whose key starts so.
pub(crate) fn starting(connection: &Connection, kind: &str, start: &str) -> Result<Vec<Decision>> {
    select(
        connection,
        "subject_kind = ?1 AND substr(subject_key, 1, length(?2)) = ?2",
        &[Some(kind), Some(start)],
    )
}

/// Decisions on all subjects of a kind that count.
pub(crate) fn of_kind(connection: &Connection, kind: &str) -> Result<Vec<Decision>> {
    let mut all = select(connection, "subject_kind = ?1", &[Some(kind)])?;
    all.retain(|decision| decision.counts);
    Ok(all)
}

fn select(connection: &Connection, condition: &str, values: &[Option<&str>]) -> Result<Vec<Decision>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT id, subject_kind, subject_key, field, action, value, who, at, why, undoes
         FROM decision WHERE {condition} ORDER BY id"
    ))?;
    let mut all: Vec<Decision> = statement
        .query_map(rusqlite::params_from_iter(values), decision)?
        .collect::<Result<_, rusqlite::Error>>()?;
    let undone = undone(&all);
    let mut seen = BTreeSet::new();
    for decision in all.iter_mut().rev() {
        decision.counts = decision.action != Action::Undo
            && !undone.contains(&decision.id)
            && seen.insert((decision.subject_kind.clone(), decision.subject.clone(), decision.field.clone()));
    }
    Ok(all)
}

/// Decisions that are taken back. An undo that was itself undone takes nothing back.
fn undone(decisions: &[Decision]) -> BTreeSet<i64> {
    let mut undone = BTreeSet::new();
    for decision in decisions.iter().rev() {
        if !undone.contains(&decision.id) {
            undone.extend(decision.undoes);
        }
    }
    undone
}

fn decision(row: &Row<'_>) -> rusqlite::Result<Decision> {
    let action: String = row.get(4)?;
    Ok(Decision {
        id: row.get(0)?,
        subject_kind: row.get(1)?,
        subject: row.get(2)?,
        field: row.get(3)?,
        action: Action::parse(&action).unwrap_or(Action::Undo),
        value: row.get(5)?,
        who: row.get(6)?,
        at: row.get(7)?,
        why: row.get(8)?,
        undoes: row.get(9)?,
        counts: false,
    })
}
