//! What versions are compared by, with an inverted index over it, so that a new version meets only those that share something
//! rare with it. What a profile holds is the caller's matter; here it is features as numbers, and bytes.

use diwan_model::{ArchiveCode, CaptureHash, LanguageTag};
use rusqlite::{OptionalExtension, TransactionBehavior, params};

use crate::{Result, Store};

/// A shown version that is not in the index as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unprofiled {
    /// Its number.
    pub version: i64,
    /// Its language.
    pub lang: LanguageTag,
    /// Its text, a sentence a line.
    pub text: String,
}

/// A version in the index, and what must be known before it is tied to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfiledVersion {
    /// Its number in the index.
    pub profile: i64,
    /// Its own number.
    pub version: i64,
    /// Its language.
    pub lang: LanguageTag,
    /// Its statement, and the statement's number.
    pub statement: ArchiveCode,
    /// The number of its statement; a lower one came in earlier.
    pub number: i64,
    /// Its page and which statement of it.
    pub capture: CaptureHash,
    /// Which statement of its page, from 0.
    pub part: u32,
    /// The date its page gives the statement, where it gives one.
    pub date: Option<String>,
    /// The normalised address that its page names as the original's.
    pub original: Option<String>,
}

impl Store {
    /// Shown versions that are not in the index, or by another method, at most `most`.
    pub fn unprofiled(&self, method: &str, most: usize) -> Result<Vec<Unprofiled>> {
        let mut select = self.connection.prepare_cached(
            "SELECT v.id, v.lang FROM version AS v LEFT JOIN link_profile AS p ON p.version = v.id
             WHERE v.shown = 1 AND (p.id IS NULL OR p.method <> ?1) ORDER BY v.id LIMIT ?2",
        )?;
        let rows = select.query_map(params![method, i64::try_from(most).unwrap_or(i64::MAX)], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        })?;
        let mut out = Vec::new();
        for row in rows {
            let (version, lang) = row?;
            out.push(Unprofiled {
                version,
                lang: LanguageTag::new(&lang),
                text: self.version_text(version)?,
            });
        }
        Ok(out)
    }

    /// The text of a version, by its number, a sentence a line.
    pub fn version_text(&self, version: i64) -> Result<String> {
        let mut select =
            self.connection.prepare_cached("SELECT text FROM sentence WHERE version = ?1 ORDER BY n")?;
        let rows = select.query_map([version], |row| row.get::<_, String>(0))?;
        let sentences = rows.collect::<Result<Vec<_>, rusqlite::Error>>()?;
        Ok(sentences.join("\n"))
    }

    /// Keeps what versions are compared by: number, features, and all of it as bytes.
    pub fn put_profiles(&mut self, method: &str, profiles: &[(i64, &[u32], Vec<u8>)]) -> Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (version, features, bytes) in profiles {
            transaction.prepare_cached("DELETE FROM link_profile WHERE version = ?1")?.execute([version])?;
            transaction
                .prepare_cached("INSERT INTO link_profile (version, method, profile) VALUES (?1, ?2, ?3)")?
                .execute(params![version, method, bytes])?;
            let id = transaction.last_insert_rowid();
            let mut insert = transaction
                .prepare_cached("INSERT OR IGNORE INTO link_posting (feature, profile) VALUES (?1, ?2)")?;
            for feature in *features {
                insert.execute(params![feature, id])?;
            }
        }
        Ok(transaction.commit()?)
    }

    /// Forgets what the index holds of versions that are gone.
    pub fn sweep_profiles(&mut self) -> Result<()> {
        self.connection
            .execute("DELETE FROM link_posting WHERE profile NOT IN (SELECT id FROM link_profile)", [])?;
        Ok(())
    }

    /// All shown versions of the index.
    pub fn profiled(&self) -> Result<Vec<ProfiledVersion>> {
        let mut select = self.connection.prepare_cached(
            "SELECT p.id, v.id, v.lang, s.code, s.id, v.capture, v.part, json_extract(v.record, '$.date.iso'), v.original_address
             FROM link_profile AS p JOIN version AS v ON v.id = p.version JOIN statement AS s ON s.id = v.statement
             WHERE v.shown = 1 ORDER BY v.id",
        )?;
        let rows = select.query_map([], |row| {
            let capture: String = row.get(5)?;
            Ok((
                capture,
                row.get::<_, i64>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, String>(3)?,
                row.get::<_, i64>(4)?,
                row.get::<_, u32>(6)?,
                row.get::<_, Option<String>>(7)?,
                row.get::<_, Option<String>>(8)?,
            ))
        })?;
        let mut out = Vec::new();
        for row in rows {
            let (capture, profile, version, lang, code, number, part, date, original) = row?;
            let Ok(capture) = capture.parse() else { continue };
            out.push(ProfiledVersion {
                profile,
                version,
                lang: LanguageTag::new(&lang),
                statement: ArchiveCode::new(code),
                number,
                capture,
                part,
                date,
                original,
            });
        }
        Ok(out)
    }

    /// What a version of the index is compared by, as it was put.
    pub fn profile(&self, profile: i64) -> Result<Vec<u8>> {
        let mut select = self.connection.prepare_cached("SELECT profile FROM link_profile WHERE id = ?1")?;
        Ok(select.query_row([profile], |row| row.get(0)).optional()?.unwrap_or_default())
    }

    /// Versions of the index that have a feature, at most `most`, by their number there.
    pub fn postings(&self, feature: u32, most: usize) -> Result<Vec<i64>> {
        let mut select = self.connection.prepare_cached(
            "SELECT profile FROM link_posting WHERE feature = ?1 ORDER BY profile LIMIT ?2",
        )?;
        let rows =
            select.query_map(params![feature, i64::try_from(most).unwrap_or(i64::MAX)], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, rusqlite::Error>>()?)
    }
}
