//! Addresses that are asked again and again, and what came of it last.

use diwan_model::CaptureHash;
use rusqlite::{Row, params};
use serde::Serialize;

use crate::{Result, Store, StoreError, clock};

/// A watched address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WatchRecord {
    /// The address, as it was given.
    pub address: String,
    /// `page`, `feed`, `sitemap`; `unknown` until it was asked once.
    pub kind: String,
    /// How long to wait before it is asked again, in seconds.
    pub every_seconds: i64,
    /// The `ETag` of the last answer.
    pub etag: Option<String>,
    /// The `Last-Modified` of the last answer.
    pub last_modified: Option<String>,
    /// The newest capture of it.
    pub capture: Option<CaptureHash>,
    /// When it was last asked, RFC 3339.
    pub checked_at: Option<String>,
    /// When it was last found changed, RFC 3339.
    pub changed_at: Option<String>,
    /// How often in a row it could not be had.
    pub failures: i64,
    /// Why, the last time.
    pub said: Option<String>,
}

fn watched(row: &Row<'_>) -> rusqlite::Result<WatchRecord> {
    Ok(WatchRecord {
        address: row.get(0)?,
        kind: row.get(1)?,
        every_seconds: row.get(2)?,
        etag: row.get(3)?,
        last_modified: row.get(4)?,
        capture: row.get::<_, Option<String>>(5)?.and_then(|hash| hash.parse().ok()),
        checked_at: row.get(6)?,
        changed_at: row.get(7)?,
        failures: row.get(8)?,
        said: row.get(9)?,
    })
}

impl Store {
    /// Every watched address, by address.
    pub fn watched(&self) -> Result<Vec<WatchRecord>> {
        let mut select = self.connection.prepare_cached(
            "SELECT address, kind, every_seconds, etag, last_modified, capture, checked_at, changed_at, failures, said
             FROM watch ORDER BY address",
        )?;
        Ok(select.query_map([], watched)?.collect::<Result<_, rusqlite::Error>>()?)
    }

    /// Watches an address from now on; one that is watched already gets the new interval. Whether it is new.
    pub fn watch(&mut self, address: &str, every_seconds: i64) -> Result<bool> {
        let new = !self.watched()?.iter().any(|watch| watch.address == address);
        self.connection.execute(
            "INSERT INTO watch (address, kind, every_seconds, at) VALUES (?1, 'unknown', ?2, ?3)
             ON CONFLICT (address) DO UPDATE SET every_seconds = excluded.every_seconds",
            params![address, every_seconds.max(1), clock::now_text()],
        )?;
        Ok(new)
    }

    /// Watches it no more. Its captures stay.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where it is not watched.
    pub fn unwatch(&mut self, address: &str) -> Result<()> {
        match self.connection.execute("DELETE FROM watch WHERE address = ?1", [address])? {
            0 => Err(StoreError::NotFound { what: "watched address", key: address.to_owned() }),
            _ => Ok(()),
        }
    }

    /// Keeps what came of asking.
    pub fn put_watched(&mut self, watch: &WatchRecord) -> Result<()> {
        self.connection.execute(
            "UPDATE watch SET kind = ?2, etag = ?3, last_modified = ?4, capture = ?5, checked_at = ?6, changed_at = ?7,
               failures = ?8, said = ?9 WHERE address = ?1",
            params![
                watch.address,
                watch.kind,
                watch.etag,
                watch.last_modified,
                watch.capture.map(|hash| hash.to_string()),
                watch.checked_at,
                watch.changed_at,
                watch.failures,
                watch.said
            ],
        )?;
        Ok(())
    }
}
