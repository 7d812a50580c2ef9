//! The ledger as the archive keeps it: facts that were read, facts that people entered, and what they decided.

use std::collections::{BTreeMap, BTreeSet};

use diwan_model::{ArchiveCode, CaptureHash, Fact};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde::Serialize;

use crate::decide::{self, NewRow};
use crate::{Action, Decision, Fingerprint, Result, Store, StoreError, clock, refresh};

/// Fields of a fact that a person can decide; `status`: whether it is so.
pub const FACT_FIELDS: &[&str] = &["status", "type", "subject", "predicate", "object", "date"];

/// The field under which a fact that a person entered stands.
const ENTERED: &str = "fact";

/// Whether a fact stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactStatus {
    /// Nobody has looked at it.
    Open,
    /// A person says that it is so.
    Confirmed,
    /// A person says that it is not so.
    Rejected,
}

impl FactStatus {
    /// Its spelling in JSON and in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Confirmed => "confirmed",
            Self::Rejected => "rejected",
        }
    }
}

/// A fact of the ledger: people's decisions over the machine's values.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FactRecord {
    /// Its name, which outlives reading again.
    pub id: Fingerprint,
    /// The statement that states it.
    pub statement: ArchiveCode,
    /// The statement's date.
    pub stated: Option<String>,
    /// Whether it stands.
    pub status: FactStatus,
    /// Whether a person entered it.
    pub entered: bool,
    /// Whether the last reading has it.
    pub found: bool,
    /// Decisions that count, in the order taken.
    pub decisions: Vec<Decision>,
    /// The fact as it is shown.
    #[serde(flatten)]
    pub fact: Fact,
}

/// Which facts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FactFilter {
    /// Of this type; a type before a slash takes all behind it (`membership`).
    pub r#type: Option<String>,
    /// Whose subject, object or sentences have these words, or name the entity of this key.
    pub entity: Option<String>,
    /// On or after this date.
    pub from: Option<String>,
    /// On or before this date; a year or month is taken whole.
    pub until: Option<String>,
    /// With this status; without one, all that are not rejected.
    pub status: Option<FactStatus>,
    /// Of this statement.
    pub statement: Option<ArchiveCode>,
}

/// An entry of the diary that a person wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiaryNote {
    /// Its number.
    pub id: i64,
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// What it says.
    pub text: String,
    /// The statement it belongs to.
    pub statement: Option<ArchiveCode>,
    /// Who wrote it.
    pub who: String,
    /// When, RFC 3339.
    pub at: String,
}

/// The name of a fact of a statement.
pub fn fact_id(statement: &ArchiveCode, fact: &Fact) -> Fingerprint {
    let source = fact.provenance.first();
    let text = format!(
        "{statement}\n{}\n{}\n{}\n{}\n{}",
        fact.r#type,
        fact.subject,
        fact.predicate,
        fact.object,
        source.map_or("", |s| s.text.as_str())
    );
    let mut hash = CaptureHash::of(text.as_bytes()).to_string();
    hash.truncate(16);
    Fingerprint(hash)
}

impl Store {
    /// Puts the facts that were read from a statement in the place of those read before. What people entered or decided
    /// about stays.
    pub fn put_facts(&mut self, statement: &ArchiveCode, facts: &[Fact]) -> Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction
            .prepare_cached(
                "DELETE FROM fact WHERE statement = ?1 AND origin = 'machine'
               AND id NOT IN (SELECT subject_key FROM decision WHERE subject_kind = 'fact')",
            )?
            .execute([statement.as_str()])?;
        transaction
            .prepare_cached("UPDATE fact SET found = 0 WHERE statement = ?1 AND origin = 'machine'")?
            .execute([statement.as_str()])?;
        for fact in facts {
            let json = serde_json::to_string(fact).map_err(StoreError::json("a fact"))?;
            transaction.prepare_cached("INSERT INTO fact (id, statement, origin, machine, found) VALUES (?1, ?2, 'machine', ?3, 1)
                 ON CONFLICT (id) DO UPDATE SET machine = excluded.machine, found = 1")?.execute(params![fact_id(statement, fact).as_str(), statement.as_str(), json])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Enters a fact that a person read in a statement.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such statement; [`StoreError::Refused`] without a name, a type, or
    /// where the fact is there already.
    pub fn enter_fact(
        &mut self,
        statement: &ArchiveCode,
        fact: &Fact,
        who: &str,
        why: Option<&str>,
    ) -> Result<FactRecord> {
        if who.trim().is_empty() {
            return Err(StoreError::Refused("a fact needs the name of who enters it".to_owned()));
        }
        if fact.r#type.trim().is_empty() || fact.subject.trim().is_empty() && fact.object.trim().is_empty() {
            return Err(StoreError::Refused("a fact needs a type, and a subject or an object".to_owned()));
        }
        let found = crate::read::surviving(&self.connection, statement)?
            .ok_or_else(|| StoreError::NotFound { what: "statement", key: statement.to_string() })?;
        let id = fact_id(&found.code, fact);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let json = serde_json::to_string(fact).map_err(StoreError::json("a fact"))?;
        let new = transaction.execute(
            "INSERT INTO fact (id, statement, origin, machine, found) VALUES (?1, ?2, 'person', ?3, 1)
             ON CONFLICT (id) DO NOTHING",
            params![id.as_str(), found.code.as_str(), json],
        )?;
        if new == 0 {
            return Err(StoreError::Refused(format!("this fact is there already: {id}")));
        }
        let row = NewRow {
            kind: "fact",
            key: id.as_str(),
            field: ENTERED,
            action: Action::Correct,
            value: Some(&json),
            who,
            why,
            undoes: None,
        };
        decide::append(&transaction, &row)?;
        refresh::bump(&transaction)?;
        transaction.commit()?;
        self.fact(&id)?.ok_or_else(|| StoreError::NotFound { what: "fact", key: id.to_string() })
    }

    /// The fact of that name.
    pub fn fact(&self, id: &Fingerprint) -> Result<Option<FactRecord>> {
        Ok(self.read_facts(Some(id))?.into_iter().next())
    }

    /// The ledger, by date.
    pub fn facts(&self, filter: &FactFilter) -> Result<Vec<FactRecord>> {
        let mut all = self.read_facts(None)?;
        all.retain(|record| filter.takes(record));
        let key = |r: &FactRecord| r.fact.date.clone().or_else(|| r.stated.clone());
        all.sort_by_cached_key(|r| (key(r).is_none(), key(r), r.statement.clone(), r.id.clone()));
        Ok(all)
    }

    fn read_facts(&self, id: Option<&Fingerprint>) -> Result<Vec<FactRecord>> {
        let mut decisions: BTreeMap<String, Vec<Decision>> = BTreeMap::new();
        for decision in decide::starting(&self.connection, "fact", id.map_or("", Fingerprint::as_str))? {
            decisions.entry(decision.subject.clone()).or_default().push(decision);
        }
        let mut select = self.connection.prepare_cached(
            "SELECT f.id, f.statement, f.origin, f.machine, f.found, s.date
             FROM fact AS f JOIN statement AS s ON s.code = f.statement
             WHERE (?1 IS NULL OR f.id = ?1) AND s.merged_into IS NULL",
        )?;
        let rows = select.query_map([id.map(Fingerprint::as_str)], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, String>(3)?,
                row.get::<_, bool>(4)?,
                row.get::<_, Option<String>>(5)?,
            ))
        })?;
        let mut out = Vec::new();
        for row in rows {
            let (id, statement, origin, json, found, stated) = row?;
            let fact: Fact = serde_json::from_str(&json).map_err(StoreError::json("a fact"))?;
            let taken = decisions.remove(&id).unwrap_or_default();
            let record = FactRecord {
                id: Fingerprint(id),
                statement: ArchiveCode::new(statement),
                stated,
                status: FactStatus::Open,
                entered: origin == "person",
                found,
                decisions: taken.into_iter().filter(|d| d.counts).collect(),
                fact,
            };
            out.extend(record.decided());
        }
        Ok(out)
    }

    /// Writes an entry of the diary.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where the day is none, or the name or the text is missing.
    pub fn write_diary(
        &mut self,
        day: &str,
        text: &str,
        statement: Option<&ArchiveCode>,
        who: &str,
    ) -> Result<DiaryNote> {
        if day.parse::<jiff::civil::Date>().is_err() || day.len() != 10 {
            return Err(StoreError::Refused(format!("`{day}` is not a day like `2021-12-03`")));
        }
        if text.trim().is_empty() || who.trim().is_empty() {
            return Err(StoreError::Refused("an entry needs words and the name of who writes it".to_owned()));
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let at = clock::now_text();
        transaction.execute(
            "INSERT INTO diary (day, text, statement, who, at) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![day, text.trim(), statement.map(ArchiveCode::as_str), who, at],
        )?;
        let id = transaction.last_insert_rowid();
        crate::custody::append(
            &transaction,
            "diary",
            &format!("diary {id}"),
            &serde_json::json!({"day": day, "text": text.trim(), "who": who}),
        )?;
        refresh::bump(&transaction)?;
        transaction.commit()?;
        let (text, who) = (text.trim().to_owned(), who.to_owned());
        Ok(DiaryNote { id, day: day.to_owned(), text, statement: statement.cloned(), who, at })
    }

    /// What people wrote into the diary, by day.
    pub fn diary_notes(&self) -> Result<Vec<DiaryNote>> {
        let mut select = self.connection.prepare_cached(
            "SELECT id, day, text, statement, who, at FROM diary
             WHERE id NOT IN (SELECT replaces FROM diary WHERE replaces IS NOT NULL) ORDER BY day, id",
        )?;
        let rows = select.query_map([], |row| {
            Ok(DiaryNote {
                id: row.get(0)?,
                day: row.get(1)?,
                text: row.get(2)?,
                statement: row.get::<_, Option<String>>(3)?.map(ArchiveCode::new),
                who: row.get(4)?,
                at: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, rusqlite::Error>>()?)
    }
}

impl FactRecord {
    /// With the decisions that count; `None` where its entry was taken back.
    fn decided(mut self) -> Option<Self> {
        let value = |field: &str| self.decisions.iter().rev().find(|d| d.field == field).cloned();
        if self.entered && value(ENTERED).is_none() {
            return None;
        }
        if self.entered {
            self.status = FactStatus::Confirmed;
        }
        match value("status").map(|d| d.action) {
            Some(Action::Confirm) => self.status = FactStatus::Confirmed,
            Some(Action::Dismiss) => self.status = FactStatus::Rejected,
            _ => {}
        }
        for field in ["type", "subject", "predicate", "object", "date"] {
            let Some(decision) = value(field) else { continue };
            let text = decision.value.clone();
            if self.status == FactStatus::Open {
                self.status = FactStatus::Confirmed;
            }
            match field {
                "type" => self.fact.r#type = text.unwrap_or_default(),
                "subject" => self.fact.subject = text.unwrap_or_default(),
                "predicate" => self.fact.predicate = text.unwrap_or_default(),
                "object" => self.fact.object = text.unwrap_or_default(),
                _ => self.fact.date = text,
            }
        }
        Some(self)
    }

    /// Its date, else its statement's.
    pub fn when(&self) -> Option<&str> {
        self.fact.date.as_deref().or(self.stated.as_deref())
    }
}

impl FactFilter {
    fn takes(&self, record: &FactRecord) -> bool {
        let when = record.when().unwrap_or("");
        let fact = &record.fact;
        let is_type = |wanted: &String| {
            fact.r#type == *wanted
                || fact.r#type.strip_prefix(wanted.as_str()).is_some_and(|r| r.starts_with('/'))
        };
        self.r#type.as_ref().is_none_or(is_type)
            && self.statement.as_ref().is_none_or(|code| record.statement == *code)
            && self.from.as_ref().is_none_or(|from| !when.is_empty() && when >= from.as_str())
            && self.until.as_ref().is_none_or(|until| !when.is_empty() && when < format!("{until}~").as_str())
            && match self.status {
                Some(status) => record.status == status,
                None => record.status != FactStatus::Rejected,
            }
            && self.entity.as_ref().is_none_or(|entity| names(fact, entity))
    }
}

/// Whether a fact names an entity: by its key, or by its words in any of its sentences' spellings.
fn names(fact: &Fact, entity: &str) -> bool {
    let folded = entity.to_lowercase();
    let key = |k: &Option<String>| k.as_deref() == Some(entity);
    key(&fact.subject_entity)
        || key(&fact.object_entity)
        || fact.entities.iter().any(|e| e == entity)
        || [&fact.subject, &fact.object].iter().any(|t| t.to_lowercase().contains(&folded))
        || fact
            .provenance
            .iter()
            .any(|p| p.subject.to_lowercase().contains(&folded) || p.object.to_lowercase().contains(&folded))
}

/// Whether the archive has a fact of that name.
pub(crate) fn exists(connection: &Connection, id: &Fingerprint) -> Result<bool> {
    Ok(connection
        .query_row("SELECT 1 FROM fact WHERE id = ?1", [id.as_str()], |_| Ok(()))
        .optional()?
        .is_some())
}

/// What the machine has for a field of a fact.
pub(crate) fn machine_value(
    connection: &Connection,
    id: &Fingerprint,
    field: &str,
) -> Result<Option<String>> {
    let json: Option<String> = connection
        .query_row("SELECT machine FROM fact WHERE id = ?1", [id.as_str()], |row| row.get(0))
        .optional()?;
    let Some(json) = json else { return Ok(None) };
    let fact: Fact = serde_json::from_str(&json).map_err(StoreError::json("a fact"))?;
    Ok(match field {
        "status" => Some("confirmed".to_owned()),
        "type" => Some(fact.r#type),
        "subject" => Some(fact.subject),
        "predicate" => Some(fact.predicate),
        "object" => Some(fact.object),
        "date" => fact.date,
        _ => None,
    })
}

impl Store {
    /// Types that facts have, each once, sorted.
    pub fn fact_types(&self) -> Result<Vec<String>> {
        let types: BTreeSet<String> =
            self.facts(&FactFilter::default())?.into_iter().map(|record| record.fact.r#type).collect();
        Ok(types.into_iter().collect())
    }
}
