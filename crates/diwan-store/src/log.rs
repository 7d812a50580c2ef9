//! The intake log: each time something was handed in, and what became of it.

use diwan_model::CaptureHash;
use rusqlite::{Connection, Row, params};
use serde::Serialize;

use crate::{Result, Store, clock, custody};

/// What became of something handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// New, and read.
    Added,
    /// Here already, byte for byte.
    Unchanged,
    /// Not read; the reason is given.
    Refused,
    /// A feed or sitemap, kept; the pages that it names come by themselves.
    List,
}

impl Outcome {
    /// Its spelling in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
            Self::List => "list",
        }
    }
}

/// One time that something was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IntakeEntry {
    /// Its number, from 1.
    pub seq: i64,
    /// The file or address, as the user named it.
    pub source: String,
    /// The address it came from, where known.
    pub address: Option<String>,
    /// The bytes; `null` where none were kept (a missing file, one above the size limit).
    pub capture: Option<CaptureHash>,
    /// When, RFC 3339.
    pub at: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it was refused.
    pub reason: Option<String>,
}

/// Writes an entry, in the intake log and the custody log.
pub(crate) fn append(
    connection: &Connection,
    source: &str,
    address: Option<&str>,
    capture: Option<CaptureHash>,
    outcome: Outcome,
    reason: Option<&str>,
) -> Result<()> {
    let hash = capture.map(|hash| hash.to_string());
    connection
        .prepare_cached(
            "INSERT INTO intake (source, address, capture, at, outcome, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![source, address, hash, clock::now_text(), outcome.as_str(), reason])?;
    custody::append(
        connection,
        "intake",
        hash.as_deref().unwrap_or(source),
        &serde_json::json!({
            "source": source, "address": address, "outcome": outcome.as_str(), "reason": reason,
        }),
    )
}

fn entry(row: &Row<'_>) -> rusqlite::Result<IntakeEntry> {
    let (capture, outcome): (Option<String>, String) = (row.get(3)?, row.get(5)?);
    Ok(IntakeEntry {
        seq: row.get(0)?,
        source: row.get(1)?,
        address: row.get(2)?,
        capture: capture.and_then(|hash| hash.parse().ok()),
        at: row.get(4)?,
        outcome: match outcome.as_str() {
            "added" => Outcome::Added,
            "unchanged" => Outcome::Unchanged,
            "list" => Outcome::List,
            _ => Outcome::Refused,
        },
        reason: row.get(6)?,
    })
}

impl Store {
    /// The intake log from the start.
    pub fn intake(&self) -> Result<Vec<IntakeEntry>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT seq, source, address, capture, at, outcome, reason FROM intake ORDER BY seq",
        )?;
        Ok(statement.query_map([], entry)?.collect::<Result<_, rusqlite::Error>>()?)
    }

    /// What was refused and has not been read since: the newest entry of each source.
    pub fn refused(&self) -> Result<Vec<IntakeEntry>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT seq, source, address, capture, at, outcome, reason FROM intake AS i
             WHERE outcome = 'refused'
               AND NOT EXISTS (SELECT 1 FROM intake AS later WHERE later.source = i.source AND later.seq > i.seq)
               AND NOT EXISTS (SELECT 1 FROM reading WHERE reading.capture = i.capture)
             ORDER BY source, seq",
        )?;
        Ok(statement.query_map([], entry)?.collect::<Result<_, rusqlite::Error>>()?)
    }
}
