//! The furniture of sites: what was learnt from their pages, and what people say of it.

use diwan_model::CaptureHash;
use rusqlite::{Row, TransactionBehavior, params};
use serde::Serialize;
use serde_json::json;

use crate::{Result, Store, StoreError, clock, custody};

/// A line that stands round the text on the pages of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FurnitureRecord {
    /// The site: a host in small letters.
    pub host: String,
    /// `head` or `tail`.
    pub side: String,
    /// What lines are compared by.
    pub key: String,
    /// The line as one of the pages prints it.
    pub text: String,
    /// On how many of the pages looked at it stands there; 0 for a line that only a person named.
    pub pages: i64,
    /// How many pages were looked at.
    pub of_pages: i64,
    /// A page that prints it so.
    pub example: Option<CaptureHash>,
    /// Whether it is taken for furniture: a person's word before the machine's.
    pub furniture: bool,
    /// The decision that counts.
    pub decision: Option<FurnitureDecision>,
}

/// What a person says of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FurnitureDecision {
    /// Whether it is furniture.
    pub furniture: bool,
    /// Who says so.
    pub who: String,
    /// Why.
    pub why: Option<String>,
    /// When, RFC 3339.
    pub at: String,
}

/// A line as it was learnt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFurniture {
    /// `head` or `tail`.
    pub side: &'static str,
    /// What lines are compared by.
    pub key: String,
    /// As `example` prints it.
    pub text: String,
    /// On how many pages.
    pub pages: usize,
    /// One of them.
    pub example: CaptureHash,
}

fn record(row: &Row<'_>) -> rusqlite::Result<FurnitureRecord> {
    let decided: Option<i64> = row.get(7)?;
    let decision = match decided {
        Some(furniture) => Some(FurnitureDecision {
            furniture: furniture == 1,
            who: row.get(8)?,
            why: row.get(9)?,
            at: row.get(10)?,
        }),
        None => None,
    };
    let pages: i64 = row.get(4)?;
    Ok(FurnitureRecord {
        host: row.get(0)?,
        side: row.get(1)?,
        key: row.get(2)?,
        text: row.get(3)?,
        pages,
        of_pages: row.get(5)?,
        example: row.get::<_, Option<String>>(6)?.and_then(|hash| hash.parse().ok()),
        furniture: decision.as_ref().map_or(pages > 0, |decision| decision.furniture),
        decision,
    })
}

impl Store {
    /// Addresses of the pages that were read, oldest first, with their captures.
    pub fn page_addresses(&self) -> Result<Vec<(CaptureHash, String)>> {
        let mut select = self.connection.prepare_cached(
            "SELECT c.sha256, c.address FROM capture AS c JOIN reading AS r ON r.capture = c.sha256
             WHERE c.address IS NOT NULL ORDER BY c.seq",
        )?;
        let rows = select.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        let rows = rows.collect::<Result<Vec<_>, rusqlite::Error>>()?;
        Ok(rows.into_iter().filter_map(|(hash, address)| Some((hash.parse().ok()?, address))).collect())
    }

    /// Keeps what was learnt of a site in place of what was learnt before. Whether anything is new or gone.
    pub fn put_furniture(
        &mut self,
        host: &str,
        of_pages: usize,
        lines: &[NewFurniture],
        method: &str,
    ) -> Result<bool> {
        let known = |store: &Self| -> Result<Vec<(String, String)>> {
            let mut select = store
                .connection
                .prepare_cached("SELECT side, key FROM site_furniture WHERE host = ?1 ORDER BY side, key")?;
            let rows = select.query_map([host], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, rusqlite::Error>>()?)
        };
        let before = known(self)?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.prepare_cached("DELETE FROM site_furniture WHERE host = ?1")?.execute([host])?;
        {
            let mut insert = transaction.prepare_cached(
                "INSERT INTO site_furniture (host, side, key, text, pages, of_pages, example, method, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?;
            let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
            for line in lines {
                insert.execute(params![
                    host,
                    line.side,
                    line.key,
                    line.text,
                    count(line.pages),
                    count(of_pages),
                    line.example.to_string(),
                    method,
                    clock::now_text()
                ])?;
            }
        }
        transaction.commit()?;
        Ok(known(self)? != before)
    }

    /// The furniture of a site or of all, by site, side and line; what people named or refused among it.
    pub fn furniture(&self, host: Option<&str>) -> Result<Vec<FurnitureRecord>> {
        let mut select = self.connection.prepare_cached(
            "WITH newest AS (SELECT * FROM furniture_decision WHERE id IN
               (SELECT max (id) FROM furniture_decision GROUP BY host, side, key)),
             line AS (SELECT host, side, key FROM site_furniture UNION SELECT host, side, key FROM newest)
             SELECT line.host, line.side, line.key, coalesce (s.text, d.text), coalesce (s.pages, 0),
                    coalesce (s.of_pages, 0), s.example, d.furniture, d.who, d.why, d.at
             FROM line
             LEFT JOIN site_furniture AS s ON s.host = line.host AND s.side = line.side AND s.key = line.key
             LEFT JOIN newest AS d ON d.host = line.host AND d.side = line.side AND d.key = line.key
             WHERE ?1 IS NULL OR line.host = ?1
             ORDER BY line.host, line.side, line.key",
        )?;
        Ok(select.query_map([host], record)?.collect::<Result<_, rusqlite::Error>>()?)
    }

    /// Keeps what a person says of a line of a site.
    ///
    /// # Errors
    /// [`StoreError::Refused`] without a name.
    pub fn decide_furniture(
        &mut self,
        host: &str,
        side: &str,
        (key, text): (&str, &str),
        furniture: bool,
        who: &str,
        why: Option<&str>,
    ) -> Result<()> {
        if who.trim().is_empty() {
            return Err(StoreError::Refused("a decision needs the name of who takes it".to_owned()));
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction
            .prepare_cached(
                "INSERT INTO furniture_decision (host, side, key, text, furniture, who, why, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![host, side, key, text, furniture, who, why, clock::now_text()])?;
        let detail = json!({"furniture": furniture, "side": side, "line": text, "who": who, "why": why});
        custody::append(&transaction, "furniture", host, &detail)?;
        Ok(transaction.commit()?)
    }
}
