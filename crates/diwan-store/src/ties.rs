//! What ties versions beyond addresses: what they say, and what people decided.
//!
//! Who belongs together is not judged here: the caller compares (what it compares lies in `profiles`), and names what is one
//! ([`Store::join`]).
//!
//! A person's word is about a part of a page and a statement: it belongs there, or not ([`LinkKey`]). [`settle`] makes it so,
//! and no later run changes it: what a person keeps apart is not joined by addresses either.

use std::fmt;
use std::str::FromStr;

use diwan_model::{ArchiveCode, CaptureHash, CodePattern, VersionCode};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde_json::json;

use crate::decide::{self, NewRow};
use crate::{
    Action, Decision, LinkEvidence, Result, Store, StoreError, Subject, clock, custody, read, refresh,
};

/// The field of a link that a person decides: whether it is one.
pub const BELONGS: &str = "belongs";

/// A part of a page, and a statement that it belongs to or does not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkKey {
    /// The page.
    pub capture: CaptureHash,
    /// Which statement of the page, from 0.
    pub part: u32,
    /// The statement.
    pub statement: ArchiveCode,
}

impl fmt::Display for LinkKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{}~{}", self.capture, self.part, self.statement)
    }
}

impl FromStr for LinkKey {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self> {
        let parts = text.split_once('~').and_then(|(page, code)| {
            let (capture, part) = page.split_once('+')?;
            Some((capture.parse().ok()?, part.parse().ok()?, ArchiveCode::new(code)))
        });
        let (capture, part, statement) = parts
            .ok_or_else(|| StoreError::NotFound { what: "link", key: text.chars().take(120).collect() })?;
        Ok(Self { capture, part, statement })
    }
}

/// Two statements that the caller found to be one.
#[derive(Debug, Clone, PartialEq)]
pub struct NewJoin {
    /// The statement that stays.
    pub into: ArchiveCode,
    /// The one whose versions go there.
    pub other: ArchiveCode,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// What speaks for it.
    pub evidence: Vec<(LinkEvidence, Option<String>)>,
}

impl Store {
    /// Parts of pages that people keep apart from statements, by the statement's number.
    pub fn kept_apart(&self) -> Result<Vec<(CaptureHash, u32, i64)>> {
        let mut out = Vec::new();
        for decision in decide::of_kind(&self.connection, "link")? {
            if decision.action == Action::Dismiss
                && let Ok(key) = decision.subject.parse::<LinkKey>()
                && let Some(found) = read::surviving(&self.connection, &key.statement)?
            {
                out.push((key.capture, key.part, found.id));
            }
        }
        Ok(out)
    }

    /// Makes two statements one because of what their versions say. `false` where people keep them apart, or one of them is
    /// gone, or they are one already.
    pub fn join(&mut self, new: &NewJoin) -> Result<bool> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = join(&transaction, new, "content")?;
        transaction.commit()?;
        Ok(done)
    }

    /// The statement in which the part of a page is now.
    pub fn statement_of(&self, key: &LinkKey) -> Result<Option<ArchiveCode>> {
        let Some(id) = home(&self.connection, key)? else { return Ok(None) };
        let mut select = self.connection.prepare_cached("SELECT code FROM statement WHERE id = ?1")?;
        Ok(Some(ArchiveCode::new(select.query_row([id], |row| row.get::<_, String>(0))?)))
    }

    /// The name of the link that holds a version in its statement.
    pub fn link_of(&self, version: &VersionCode) -> Result<LinkKey> {
        let absent = || StoreError::NotFound { what: "version", key: version.to_string() };
        let found = read::surviving(&self.connection, &version.statement)?.ok_or_else(absent)?;
        let (capture, part): (String, u32) = self
            .connection
            .prepare_cached(
                "SELECT capture, part FROM version WHERE statement = ?1 AND lang = ?2 AND shown = 1",
            )?
            .query_row(params![found.id, version.lang.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?
            .ok_or_else(absent)?;
        Ok(LinkKey { capture: capture.parse().map_err(|_| absent())?, part, statement: found.code })
    }

    /// A person says that a version belongs to its statement (`confirm`), or not (`dismiss`): it then stands by itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Refused`] where it is the only version there.
    pub fn decide_link(
        &mut self,
        key: &LinkKey,
        belongs: bool,
        who: &str,
        why: Option<&str>,
    ) -> Result<Decision> {
        if who.trim().is_empty() {
            return Err(StoreError::Refused("a decision needs the name of who decides".to_owned()));
        }
        let pattern = self.settings().pattern()?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let subject = Subject::Link(resolve(&transaction, key)?);
        let row = NewRow {
            kind: subject.kind(),
            key: &subject.key(),
            field: BELONGS,
            action: if belongs { Action::Confirm } else { Action::Dismiss },
            value: belongs.then_some("yes"),
            who,
            why,
            undoes: None,
        };
        let decision = decide::append(&transaction, &row)?;
        if let Subject::Link(key) = &subject {
            settle(&transaction, key, Some(&pattern))?;
        }
        transaction.commit()?;
        Ok(decision)
    }

    /// A person says that two statements are one. Gives the decisions, one for each part of a page that comes in.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Refused`] where they are one already.
    pub fn decide_same(
        &mut self,
        into: &ArchiveCode,
        other: &ArchiveCode,
        who: &str,
        why: Option<&str>,
    ) -> Result<Vec<Decision>> {
        let absent = |code: &ArchiveCode| StoreError::NotFound { what: "statement", key: code.to_string() };
        let a = read::surviving(&self.connection, into)?.ok_or_else(|| absent(into))?;
        let b = read::surviving(&self.connection, other)?.ok_or_else(|| absent(other))?;
        if a.id == b.id {
            return Err(StoreError::Refused(format!("{other} and {into} are one statement already")));
        }
        let units = units(&self.connection, b.id)?;
        units
            .into_iter()
            .map(|(capture, part)| {
                let key = LinkKey { capture, part, statement: a.code.clone() };
                self.decide_link(&key, true, who, why)
            })
            .collect()
    }
}

/// The key under the statement's surviving code; an error where the statement or the part of the page is not there.
pub(crate) fn resolve(connection: &Connection, key: &LinkKey) -> Result<LinkKey> {
    let absent = || StoreError::NotFound { what: "link", key: key.to_string() };
    let found = read::surviving(connection, &key.statement)?.ok_or_else(absent)?;
    home(connection, key)?.ok_or_else(absent)?;
    Ok(LinkKey { statement: found.code, ..key.clone() })
}

/// The number of the statement in which the part of a page is now.
fn home(connection: &Connection, key: &LinkKey) -> Result<Option<i64>> {
    Ok(connection
        .prepare_cached("SELECT statement FROM version WHERE capture = ?1 AND part = ?2 LIMIT 1")?
        .query_row(params![key.capture.to_string(), key.part], |row| row.get(0))
        .optional()?)
}

/// The parts of pages whose versions a statement has.
fn units(connection: &Connection, statement: i64) -> Result<Vec<(CaptureHash, u32)>> {
    let mut select = connection.prepare_cached(
        "SELECT DISTINCT capture, part FROM version WHERE statement = ?1 ORDER BY capture, part",
    )?;
    let rows = select.query_map([statement], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
    let mut out = Vec::new();
    for row in rows {
        let (capture, part) = row?;
        out.extend(capture.parse().ok().map(|capture| (capture, part)));
    }
    Ok(out)
}

/// What people decided about a part of a page and a statement.
fn decided(connection: &Connection, key: &LinkKey) -> Result<Option<bool>> {
    let decision = decide::current(connection, &Subject::Link(key.clone()), BELONGS)?;
    Ok(decision.map(|decision| decision.action == Action::Confirm))
}

/// Whether people keep the versions of one statement out of the other.
pub(crate) fn forbidden(connection: &Connection, a: i64, b: i64) -> Result<bool> {
    let code = |id: i64| -> Result<ArchiveCode> {
        Ok(ArchiveCode::new(
            connection
                .prepare_cached("SELECT code FROM statement WHERE id = ?1")?
                .query_row([id], |row| row.get::<_, String>(0))?,
        ))
    };
    for (from, to) in [(a, b), (b, a)] {
        let statement = code(to)?;
        for (capture, part) in units(connection, from)? {
            if decided(connection, &LinkKey { capture, part, statement: statement.clone() })? == Some(false) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Whether people keep a part of a page out of a statement.
pub(crate) fn is_apart(
    connection: &Connection,
    capture: CaptureHash,
    part: usize,
    statement: &ArchiveCode,
) -> Result<bool> {
    let Some(found) = read::surviving(connection, statement)? else { return Ok(false) };
    let part = u32::try_from(part).unwrap_or(u32::MAX);
    Ok(decided(connection, &LinkKey { capture, part, statement: found.code })? == Some(false))
}

fn join(connection: &Connection, new: &NewJoin, method: &str) -> Result<bool> {
    let (Some(into), Some(other)) =
        (read::surviving(connection, &new.into)?, read::surviving(connection, &new.other)?)
    else {
        return Ok(false);
    };
    if into.id == other.id || forbidden(connection, into.id, other.id)? {
        return Ok(false);
    }
    let evidence = serde_json::to_string(&new.evidence).map_err(StoreError::json("a link"))?;
    for (capture, part) in units(connection, other.id)? {
        let row = Joined { capture, part, statement: into.id, origin: other.id, method };
        put_joined(connection, &row, new.confidence, &evidence)?;
    }
    connection
        .execute("UPDATE version SET statement = ?2, shown = 0 WHERE statement = ?1", [other.id, into.id])?;
    lead(connection, other.id, &other.code, into.id, &into.code)?;
    refresh::statement(connection, into.id)?;
    Ok(true)
}

struct Joined<'a> {
    capture: CaptureHash,
    part: u32,
    statement: i64,
    origin: i64,
    method: &'a str,
}

fn put_joined(connection: &Connection, row: &Joined<'_>, confidence: f32, evidence: &str) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO joined (capture, part, statement, origin, method, confidence, evidence, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (capture, part, statement) DO UPDATE SET origin = excluded.origin,
               method = excluded.method, confidence = excluded.confidence, evidence = excluded.evidence",
        )?
        .execute(params![
            row.capture.to_string(),
            row.part,
            row.statement,
            row.origin,
            row.method,
            f64::from(confidence.clamp(0.0, 1.0)),
            evidence,
            clock::now_text()
        ])?;
    Ok(())
}

/// The code of a statement that has no versions left leads to the other from now on.
fn lead(connection: &Connection, from: i64, code: &ArchiveCode, to: i64, into: &ArchiveCode) -> Result<()> {
    connection
        .execute("UPDATE statement SET merged_into = ?2 WHERE id = ?1 OR merged_into = ?1", [from, to])?;
    custody::append(connection, "merge", code.as_str(), &json!({"into": into}))
}

/// Puts the part of a page where people say that it belongs; where nobody says anything (any more), where the machine had it.
///
/// # Errors
/// [`StoreError::Refused`] where a part must stand by itself and there is no code for it (`pattern`).
pub(crate) fn settle(connection: &Connection, key: &LinkKey, pattern: Option<&CodePattern>) -> Result<()> {
    let (Some(found), Some(here)) = (read::surviving(connection, &key.statement)?, home(connection, key)?)
    else {
        return Ok(());
    };
    let kept: Option<(i64, String)> = connection
        .prepare_cached(
            "SELECT origin, method FROM joined WHERE capture = ?1 AND part = ?2 AND statement = ?3",
        )?
        .query_row(params![key.capture.to_string(), key.part, found.id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let wanted = match (decided(connection, key)?, &kept) {
        (Some(decided), _) => decided,
        (None, Some((_, method))) => method != "person",
        (None, None) => return refresh::bump(connection),
    };
    let code_of = |id: i64| -> Result<ArchiveCode> {
        Ok(ArchiveCode::new(
            connection
                .prepare_cached("SELECT code FROM statement WHERE id = ?1")?
                .query_row([id], |row| row.get::<_, String>(0))?,
        ))
    };
    let moved = |to: i64| {
        connection.execute(
            "UPDATE version SET statement = ?3, shown = 0 WHERE capture = ?1 AND part = ?2",
            params![key.capture.to_string(), key.part, to],
        )
    };
    let row = |origin: i64, method| Joined {
        capture: key.capture,
        part: key.part,
        statement: found.id,
        origin,
        method,
    };
    if wanted && here != found.id {
        if kept.is_none() {
            put_joined(connection, &row(here, "person"), 1.0, "[]")?;
        }
        moved(found.id)?;
        let from = code_of(here)?;
        if units(connection, here)?.is_empty() {
            lead(connection, here, &from, found.id, &found.code)?;
        } else {
            refresh::statement(connection, here)?;
        }
        refresh::statement(connection, found.id)
    } else if !wanted && here == found.id {
        if units(connection, here)?.len() < 2 {
            return Err(StoreError::Refused(format!(
                "it is the only page of {}, so there is nothing to take it out of",
                found.code
            )));
        }
        let origin = match kept {
            Some((origin, _)) if origin != here => origin,
            _ => own_statement(connection, key, pattern)?,
        };
        if kept.is_none() {
            put_joined(connection, &row(origin, "address"), 1.0, "[]")?;
        }
        connection.execute("UPDATE statement SET merged_into = NULL WHERE id = ?1", [origin])?;
        moved(origin)?;
        let split = code_of(origin)?;
        custody::append(connection, "split", split.as_str(), &json!({"from": found.code}))?;
        refresh::statement(connection, origin)?;
        refresh::statement(connection, found.id)
    } else {
        refresh::bump(connection)
    }
}

/// A new statement for a part of a page that had none of its own.
fn own_statement(connection: &Connection, key: &LinkKey, pattern: Option<&CodePattern>) -> Result<i64> {
    let pattern = pattern.ok_or_else(|| {
        StoreError::Refused(
            "it has no statement of its own; take it out with `diwan links reject`".to_owned(),
        )
    })?;
    connection
        .execute("INSERT INTO statement (code, record, at) VALUES ('', '{}', ?1)", [clock::now_text()])?;
    let id = connection.last_insert_rowid();
    let date: Option<String> = connection
        .prepare_cached(
            "SELECT json_extract(record, '$.date.iso') FROM version WHERE capture = ?1 AND part = ?2 LIMIT 1",
        )?
        .query_row(params![key.capture.to_string(), key.part], |row| row.get(0))
        .optional()?
        .flatten();
    let year = date.as_deref().and_then(|date| date.get(..4)).and_then(|year| year.parse().ok());
    let code = pattern.code(year, u64::try_from(id).unwrap_or(0));
    connection.execute("UPDATE statement SET code = ?2 WHERE id = ?1", params![id, code.as_str()])?;
    let detail = json!({"capture": key.capture, "part": key.part});
    custody::append(connection, "statement", code.as_str(), &detail)?;
    Ok(id)
}
