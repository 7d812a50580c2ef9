//! Where captures come from: exchanges with servers, what lists say, how far files were read, where refused things are.

use diwan_model::{CaptureHash, Exchange, ExchangeOrigin};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use crate::put::PageWriter;
use crate::{Outcome, Result, Store, clock, custody, log};

/// An exchange as the archive keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExchangeRecord {
    /// Its number, from 1.
    pub seq: i64,
    /// The capture that its body is; `null` for redirects and what was refused.
    pub capture: Option<CaptureHash>,
    /// Exchanges of one way to a page, redirects before the page itself, have the same number.
    pub journey: i64,
    /// What was asked and answered.
    #[serde(flatten)]
    pub exchange: Exchange,
}

/// What a list says of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoteRecord {
    /// The page.
    pub capture: CaptureHash,
    /// The page as the list names it.
    pub source: String,
    /// The column: `date`, `title` …
    pub name: String,
    /// What stands there.
    pub value: String,
}

impl PageWriter<'_> {
    /// Keeps what was asked and answered to get a capture; the last exchange is the capture's own.
    pub fn put_exchanges(&mut self, capture: Option<CaptureHash>, exchanges: &[Exchange]) -> Result<()> {
        put_exchanges(&self.transaction, capture, exchanges)
    }

    /// Keeps what a list says of a page.
    pub fn put_notes(
        &mut self,
        capture: CaptureHash,
        source: &str,
        notes: &[(String, String)],
    ) -> Result<()> {
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO note (capture, source, name, value) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        )?;
        for (name, value) in notes {
            insert.execute(params![capture.to_string(), source, name, value])?;
        }
        Ok(())
    }

    /// Logs the page as here already.
    pub fn log_unchanged(&mut self, source: &str, address: Option<&str>, capture: CaptureHash) -> Result<()> {
        log::append(&self.transaction, source, address, Some(capture), Outcome::Unchanged, None)
    }

    /// Logs a kept list: its pages come by themselves.
    pub fn log_list(&mut self, source: &str, address: Option<&str>, capture: CaptureHash) -> Result<()> {
        log::append(&self.transaction, source, address, Some(capture), Outcome::List, None)
    }

    /// Logs something that was refused, and where it can be had again (JSON, as the caller has it).
    pub fn log_refused(
        &mut self,
        source: &str,
        address: Option<&str>,
        capture: Option<CaptureHash>,
        reason: &str,
        locator: Option<&str>,
    ) -> Result<()> {
        if let Some(locator) = locator {
            self.transaction
                .prepare_cached(
                    "INSERT INTO refusal (source, locator, at) VALUES (?1, ?2, ?3)
                     ON CONFLICT (source) DO UPDATE SET locator = excluded.locator, at = excluded.at",
                )?
                .execute(params![source, locator, clock::now_text()])?;
        }
        log::append(&self.transaction, source, address, capture, Outcome::Refused, Some(reason))
    }
}

fn put_exchanges(
    connection: &Connection,
    capture: Option<CaptureHash>,
    exchanges: &[Exchange],
) -> Result<()> {
    let Some(last) = exchanges.len().checked_sub(1) else { return Ok(()) };
    let journey: i64 = connection
        .prepare_cached("SELECT coalesce(max(seq), 0) + 1 FROM exchange")?
        .query_row([], |row| row.get(0))?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO exchange (capture, address, at, request, response, status, peer, body, digest, origin, journey)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    for (k, exchange) in exchanges.iter().enumerate() {
        insert.execute(params![
            capture.filter(|_| k == last).map(|hash| hash.to_string()),
            exchange.address,
            exchange.at,
            exchange.request,
            exchange.response,
            exchange.status,
            exchange.peer,
            Some(&exchange.body).filter(|body| !body.is_empty()),
            exchange.digest,
            exchange.origin.as_str(),
            journey,
        ])?;
    }
    // The chain binds what was said on the whole way, so that a head that is altered later is noticed.
    let subject = capture.map(|hash| hash.to_string());
    let subject = subject.as_deref().or_else(|| exchanges.last().map(|last| last.address.as_str()));
    let detail = serde_json::json!({ "journey": journey, "sha256": digest(exchanges) });
    custody::append(connection, "exchange", subject.unwrap_or_default(), &detail)
}

/// The SHA-256 of everything that was said on one way: addresses, times, heads and bodies, each ended by a zero byte.
fn digest(exchanges: &[Exchange]) -> CaptureHash {
    let mut text = Vec::new();
    for exchange in exchanges {
        let at = exchange.at.as_deref().unwrap_or("");
        for part in [exchange.address.as_str(), at, &exchange.request, &exchange.response] {
            text.extend_from_slice(part.as_bytes());
            text.push(0);
        }
        text.extend_from_slice(&exchange.body);
        text.push(0);
    }
    CaptureHash::of(&text)
}

/// Ways whose exchanges are not what the custody log says of them.
pub(crate) fn altered(connection: &Connection) -> Result<u64> {
    let mut told = std::collections::BTreeMap::new();
    let mut select = connection.prepare(
        "SELECT json_extract (detail, '$.journey'), json_extract (detail, '$.sha256') FROM custody WHERE event = 'exchange'",
    )?;
    for row in select.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))? {
        let (journey, hash) = row?;
        told.insert(journey, hash);
    }
    let mut altered = 0;
    let mut close = |journey: Option<i64>, way: &[Exchange]| {
        let Some(journey) = journey else { return };
        altered += u64::from(told.remove(&journey) != Some(digest(way).to_string()));
    };
    let (mut journey, mut way) = (None, Vec::new());
    let mut select = connection.prepare(&format!("SELECT {COLUMNS} FROM exchange ORDER BY seq"))?;
    for row in select.query_map([], exchange)? {
        let record = row?;
        if journey != Some(record.journey) {
            close(journey, &way);
            way.clear();
        }
        journey = Some(record.journey);
        way.push(record.exchange);
    }
    close(journey, &way);
    Ok(altered + told.len() as u64)
}

fn exchange(row: &Row<'_>) -> rusqlite::Result<ExchangeRecord> {
    let capture: Option<String> = row.get(1)?;
    let origin: String = row.get(10)?;
    Ok(ExchangeRecord {
        seq: row.get(0)?,
        capture: capture.and_then(|hash| hash.parse().ok()),
        journey: row.get(11)?,
        exchange: Exchange {
            address: row.get(2)?,
            at: row.get(3)?,
            request: row.get(4)?,
            response: row.get(5)?,
            status: row.get(6)?,
            peer: row.get(7)?,
            body: row.get::<_, Option<Vec<u8>>>(8)?.unwrap_or_default(),
            digest: row.get(9)?,
            origin: if origin == "archive" { ExchangeOrigin::Archive } else { ExchangeOrigin::Fetched },
        },
    })
}

const COLUMNS: &str =
    "seq, capture, address, at, request, response, status, peer, body, digest, origin, journey";

impl Store {
    /// What was asked and answered to get a capture, each time, redirects before the page itself.
    pub fn exchanges_of(&self, capture: CaptureHash) -> Result<Vec<ExchangeRecord>> {
        let mut select = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM exchange
             WHERE journey IN (SELECT journey FROM exchange WHERE capture = ?1) ORDER BY seq"
        ))?;
        Ok(select.query_map([capture.to_string()], exchange)?.collect::<Result<_, rusqlite::Error>>()?)
    }

    /// Calls `f` with every exchange, in order, one in memory at a time.
    pub fn for_each_exchange<E: From<crate::StoreError>>(
        &self,
        mut f: impl FnMut(ExchangeRecord) -> Result<(), E>,
    ) -> Result<(), E> {
        let database = crate::StoreError::from;
        let mut select = self
            .connection
            .prepare(&format!("SELECT {COLUMNS} FROM exchange ORDER BY seq"))
            .map_err(database)?;
        let rows = select.query_map([], exchange).map_err(database)?;
        for row in rows {
            f(row.map_err(database)?)?;
        }
        Ok(())
    }

    /// The capture whose archive record states this digest.
    pub fn capture_of_digest(&self, digest: &str) -> Result<Option<CaptureHash>> {
        let hash: Option<String> = self
            .connection
            .prepare_cached(
                "SELECT capture FROM exchange WHERE digest = ?1 AND capture IS NOT NULL ORDER BY seq LIMIT 1",
            )?
            .query_row([digest], |row| row.get(0))
            .optional()?;
        Ok(hash.and_then(|hash| hash.parse().ok()))
    }

    /// Whether a page was had from this address before, also by a redirect.
    pub fn knows_address(&self, address: &str) -> Result<bool> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM exchange AS e WHERE e.address = ?1 AND EXISTS
                   (SELECT 1 FROM exchange AS f WHERE f.journey = e.journey AND f.capture IS NOT NULL))",
            )?
            .query_row([address], |row| row.get(0))?)
    }

    /// What lists say of a capture: name and value, in the order in which they were handed in.
    pub fn notes_of(&self, capture: CaptureHash) -> Result<Vec<(String, String)>> {
        let mut select =
            self.connection.prepare_cached("SELECT name, value FROM note WHERE capture = ?1 ORDER BY seq")?;
        let rows = select.query_map([capture.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, rusqlite::Error>>()?)
    }

    /// Everything that lists say of captures, in the order in which it was handed in.
    pub fn notes(&self) -> Result<Vec<NoteRecord>> {
        let mut select =
            self.connection.prepare_cached("SELECT capture, source, name, value FROM note ORDER BY seq")?;
        let rows = select.query_map([], |row| {
            let capture: String = row.get(0)?;
            Ok((capture, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
        let mut out = Vec::new();
        for row in rows {
            let (capture, source, name, value) = row?;
            out.extend(capture.parse().ok().map(|capture| NoteRecord { capture, source, name, value }));
        }
        Ok(out)
    }

    /// Where refused things can be had again: source and locator (JSON), of those in [`Store::refused`].
    pub fn refused_locators(&self) -> Result<Vec<(String, String)>> {
        let mut out = Vec::new();
        let mut select = self.connection.prepare_cached("SELECT locator FROM refusal WHERE source = ?1")?;
        for entry in self.refused()? {
            let locator: Option<String> = select.query_row([&entry.source], |row| row.get(0)).optional()?;
            out.extend(locator.map(|locator| (entry.source, locator)));
        }
        Ok(out)
    }

    /// How far large files were read by runs that did not end.
    pub fn progress(&self) -> Result<std::collections::BTreeMap<String, u64>> {
        let mut select = self.connection.prepare_cached("SELECT file, place FROM progress")?;
        let rows = select.query_map([], |row| {
            Ok((row.get::<_, String>(0)?, u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0)))
        })?;
        Ok(rows.collect::<Result<_, rusqlite::Error>>()?)
    }

    /// Remembers how far large files were read.
    pub fn put_progress(&mut self, marks: &std::collections::BTreeMap<String, u64>) -> Result<()> {
        let mut put = self.connection.prepare_cached(
            "INSERT INTO progress (file, place, at) VALUES (?1, ?2, ?3)
             ON CONFLICT (file) DO UPDATE SET place = excluded.place, at = excluded.at",
        )?;
        for (file, place) in marks {
            put.execute(params![file, i64::try_from(*place).unwrap_or(i64::MAX), clock::now_text()])?;
        }
        Ok(())
    }

    /// Captures that are lists, not pages.
    pub fn list_captures(&self) -> Result<std::collections::BTreeSet<CaptureHash>> {
        let mut select = self.connection.prepare_cached(
            "SELECT DISTINCT capture FROM intake WHERE outcome = 'list' AND capture IS NOT NULL
               AND capture NOT IN (SELECT capture FROM reading)",
        )?;
        let rows = select.query_map([], |row| row.get::<_, String>(0))?;
        Ok(rows.filter_map(|hash| hash.ok()?.parse().ok()).collect())
    }

    /// Forgets how far files were read: the run ended.
    pub fn forget_progress(&mut self) -> Result<()> {
        self.connection.execute("DELETE FROM progress", [])?;
        Ok(())
    }
}
