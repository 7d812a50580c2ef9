//! What was learnt of how words are rendered, by version; and translators' memories that were brought in.

use diwan_model::LanguageTag;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde::Serialize;

use crate::{Result, Store, clock};

/// A state of the lexicon learnt for two languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LexiconState {
    /// The first language.
    pub source: LanguageTag,
    /// The second.
    pub target: LanguageTag,
    /// From 1; it grows with every state.
    pub version: u32,
    /// What learnt it.
    pub method: String,
    /// How many word pairs it has.
    pub pairs: u64,
    /// From what, in English.
    pub learnt_from: String,
    /// When, RFC 3339.
    pub at: String,
}

/// A unit of a translator's memory.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct MemoryUnit {
    /// The first language.
    pub source: LanguageTag,
    /// The second.
    pub target: LanguageTag,
    /// Words in the first language.
    pub text: String,
    /// Words in the second.
    pub rendering: String,
    /// The file it came from.
    pub origin: String,
}

/// Word, rendering, and about how many times the pair was seen.
pub type WordPair = (String, String, f32);

impl Store {
    /// The newest version of the lexicon for two languages, and its pairs; version 0 and nothing where none was learnt.
    pub fn lexicon(&self, source: &LanguageTag, target: &LanguageTag) -> Result<(u32, Vec<WordPair>)> {
        let version = version(&self.connection, source, target)?;
        let mut select = self.connection.prepare_cached(
            "SELECT word, rendering, weight FROM word_pair WHERE source = ?1 AND target = ?2 ORDER BY word, rendering",
        )?;
        let rows = select.query_map(params![source.as_str(), target.as_str()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
        Ok((version, rows.collect::<Result<_, rusqlite::Error>>()?))
    }

    /// Keeps a lexicon as the next version, in place of the one before. Nothing happens where it is the same.
    pub fn put_lexicon(
        &mut self,
        source: &LanguageTag,
        target: &LanguageTag,
        pairs: &[WordPair],
        method: &str,
        learnt_from: &str,
    ) -> Result<u32> {
        let (now, known) = self.lexicon(source, target)?;
        if known == pairs {
            return Ok(now);
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let next = version(&transaction, source, target)? + 1;
        let langs = [source.as_str(), target.as_str()];
        transaction.execute("DELETE FROM word_pair WHERE source = ?1 AND target = ?2", langs)?;
        {
            let mut insert = transaction.prepare_cached(
                "INSERT OR REPLACE INTO word_pair (source, target, word, rendering, weight) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for (word, rendering, weight) in pairs {
                insert.execute(params![source.as_str(), target.as_str(), word, rendering, weight])?;
            }
        }
        transaction.execute(
            "INSERT INTO lexicon (source, target, version, method, pairs, learnt_from, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                source.as_str(),
                target.as_str(),
                next,
                method,
                i64::try_from(pairs.len()).unwrap_or(i64::MAX),
                learnt_from,
                clock::now_text()
            ],
        )?;
        transaction.commit()?;
        Ok(next)
    }

    /// Every state of every learnt lexicon.
    pub fn lexicons(&self) -> Result<Vec<LexiconState>> {
        let mut select = self.connection.prepare_cached(
            "SELECT source, target, version, method, pairs, learnt_from, at FROM lexicon
             ORDER BY source, target, version",
        )?;
        let rows = select.query_map([], |row| {
            Ok(LexiconState {
                source: LanguageTag::new(&row.get::<_, String>(0)?),
                target: LanguageTag::new(&row.get::<_, String>(1)?),
                version: row.get(2)?,
                method: row.get(3)?,
                pairs: u64::try_from(row.get::<_, i64>(4)?).unwrap_or(0),
                learnt_from: row.get(5)?,
                at: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<Result<_, rusqlite::Error>>()?)
    }

    /// Keeps units of a memory; gives how many were new.
    pub fn put_memory(&mut self, units: &[MemoryUnit]) -> Result<u64> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut new = 0;
        {
            let mut insert = transaction.prepare_cached(
                "INSERT INTO memory (source, target, text, rendering, origin, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT DO NOTHING",
            )?;
            for unit in units {
                let langs = (unit.source.as_str(), unit.target.as_str());
                new += insert.execute(params![
                    langs.0,
                    langs.1,
                    unit.text,
                    unit.rendering,
                    unit.origin,
                    clock::now_text()
                ])?;
            }
        }
        transaction.commit()?;
        Ok(u64::try_from(new).unwrap_or(u64::MAX))
    }

    /// Units of memories in these two languages, in either direction, turned so that the first language is `source`.
    pub fn memory(&self, source: &LanguageTag, target: &LanguageTag) -> Result<Vec<MemoryUnit>> {
        let mut select = self.connection.prepare_cached(
            "SELECT source, text, rendering, origin FROM memory
             WHERE (source = ?1 AND target = ?2) OR (source = ?2 AND target = ?1) ORDER BY id",
        )?;
        let rows = select.query_map(params![source.as_str(), target.as_str()], |row| {
            let (first, a, b): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let (text, rendering) = if first == source.as_str() { (a, b) } else { (b, a) };
            Ok(MemoryUnit {
                source: source.clone(),
                target: target.clone(),
                text,
                rendering,
                origin: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, rusqlite::Error>>()?)
    }

    /// Pairs of languages that memories have, each once, in the order of the alphabet.
    pub fn memory_languages(&self) -> Result<Vec<(LanguageTag, LanguageTag)>> {
        let mut select = self.connection.prepare_cached(
            "SELECT DISTINCT min(source, target), max(source, target) FROM memory ORDER BY 1, 2",
        )?;
        let rows = select.query_map([], |row| {
            let tag = |text: String| LanguageTag::new(&text);
            Ok((tag(row.get(0)?), tag(row.get(1)?)))
        })?;
        Ok(rows.collect::<Result<_, rusqlite::Error>>()?)
    }
}

fn version(connection: &Connection, source: &LanguageTag, target: &LanguageTag) -> Result<u32> {
    let version: Option<u32> = connection
        .prepare_cached("SELECT max(version) FROM lexicon WHERE source = ?1 AND target = ?2")?
        .query_row(params![source.as_str(), target.as_str()], |row| row.get(0))
        .optional()?
        .flatten();
    Ok(version.unwrap_or(0))
}
