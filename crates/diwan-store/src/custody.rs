//! The custody log: everything that happened, each entry bound to the one before it.
//!
//! The hash of an entry is the SHA-256 of the previous entry's hash, a line feed, and the entry in canonical JSON (no
//! white space, fields in the order of [`Canonical`], keys of `detail` sorted). The first entry's previous hash is 64
//! zeros. Whoever alters, drops or swaps an entry breaks the chain from there on; what is dropped from the end is noticed
//! by whoever wrote down the last hash, which `diwan verify` prints.

use diwan_model::CaptureHash;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use crate::{Result, Store, clock};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CustodyEntry {
    /// Its number, from 1 without gaps.
    pub seq: i64,
    /// When, RFC 3339.
    pub at: String,
    /// What: `intake`, `capture`, `statement`, `version`, `merge`, `decision`, `reading`, `exchange`,
    /// `furniture`.
    pub event: String,
    /// To what: a hash, a code.
    pub subject: String,
    /// The rest, as canonical JSON.
    pub detail: String,
    /// The hash of the entry before it.
    pub previous: String,
    /// Its own.
    pub hash: String,
}

/// What is hashed, besides the previous hash.
#[derive(Serialize)]
struct Canonical<'a> {
    seq: i64,
    at: &'a str,
    event: &'a str,
    subject: &'a str,
    detail: &'a str,
}

const NOTHING_BEFORE: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The hash of an entry.
fn hash(previous: &str, entry: &Canonical<'_>) -> String {
    let canonical = serde_json::to_string(entry).unwrap_or_default();
    CaptureHash::of(format!("{previous}\n{canonical}").as_bytes()).to_string()
}

/// Writes an entry at the end. Inside a write transaction, so that nobody comes between.
pub(crate) fn append(
    connection: &Connection,
    event: &str,
    subject: &str,
    detail: &serde_json::Value,
) -> Result<()> {
    let last = connection
        .prepare_cached("SELECT seq, hash FROM custody ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))
        .optional()?;
    let (seq, previous) = last.map_or((1, NOTHING_BEFORE.to_owned()), |(seq, hash)| (seq + 1, hash));
    let (at, detail) = (clock::now_text(), detail.to_string());
    let hash = hash(&previous, &Canonical { seq, at: &at, event, subject, detail: &detail });
    connection
        .prepare_cached(
            "INSERT INTO custody (seq, at, event, subject, detail, previous, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![seq, at, event, subject, detail, previous, hash])?;
    Ok(())
}

fn entry(row: &Row<'_>) -> rusqlite::Result<CustodyEntry> {
    Ok(CustodyEntry {
        seq: row.get(0)?,
        at: row.get(1)?,
        event: row.get(2)?,
        subject: row.get(3)?,
        detail: row.get(4)?,
        previous: row.get(5)?,
        hash: row.get(6)?,
    })
}

/// Walks the chain: how many entries, the last hash, and the number of the first entry that does not fit.
pub(crate) fn check(connection: &Connection) -> Result<(u64, String, Option<i64>)> {
    let mut statement = connection
        .prepare("SELECT seq, at, event, subject, detail, previous, hash FROM custody ORDER BY seq")?;
    let (mut count, mut last) = (0, NOTHING_BEFORE.to_owned());
    for found in statement.query_map([], entry)? {
        let e = found?;
        let canonical =
            Canonical { seq: e.seq, at: &e.at, event: &e.event, subject: &e.subject, detail: &e.detail };
        if u64::try_from(e.seq) != Ok(count + 1) || e.previous != last || e.hash != hash(&last, &canonical) {
            return Ok((count, last, Some(e.seq)));
        }
        count += 1;
        last = e.hash;
    }
    Ok((count, last, None))
}

impl Store {
    /// The custody log from the start: all of it, or what concerns one subject (a hash, a code).
    pub fn custody(&self, subject: Option<&str>) -> Result<Vec<CustodyEntry>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT seq, at, event, subject, detail, previous, hash FROM custody
             WHERE ?1 IS NULL OR subject = ?1 OR subject LIKE '% ' || ?1 ORDER BY seq",
        )?;
        Ok(statement.query_map([subject], entry)?.collect::<Result<_, rusqlite::Error>>()?)
    }
}
