//! Watched phrases: who wants to know when a wording changes, and what they were told.

use diwan_model::LanguageTag;
use rusqlite::{TransactionBehavior, params};
use serde::Serialize;

use crate::{Result, Store, StoreError, clock};

/// A phrase that someone watches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WatchedPhrase {
    /// Its number, from 1.
    pub id: i64,
    /// The words.
    pub phrase: String,
    /// Their language.
    pub lang: LanguageTag,
    /// The code of a statement of the series it is watched in; `null`: every series of that language that has it.
    pub series: Option<String>,
    /// Who watches.
    pub who: String,
    /// Since when, RFC 3339.
    pub at: String,
}

impl Store {
    /// Begins to watch a phrase and gives its number.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where phrase or name is empty.
    pub fn watch_phrase(
        &mut self,
        phrase: &str,
        lang: &LanguageTag,
        series: Option<&str>,
        who: &str,
    ) -> Result<i64> {
        let (phrase, who) = (phrase.trim(), who.trim());
        if phrase.is_empty() || who.is_empty() {
            return Err(StoreError::Refused("a watch needs a phrase and the name of who watches".to_owned()));
        }
        self.connection.execute(
            "INSERT INTO watched_phrase (phrase, lang, series, who, at) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![phrase, lang.as_str(), series, who, clock::now_text()],
        )?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Phrases that are watched, in the order in which that began.
    pub fn watched_phrases(&self) -> Result<Vec<WatchedPhrase>> {
        let mut select = self.connection.prepare_cached(
            "SELECT id, phrase, lang, series, who, at FROM watched_phrase WHERE ended IS NULL ORDER BY id",
        )?;
        let rows = select.query_map([], |row| {
            Ok(WatchedPhrase {
                id: row.get(0)?,
                phrase: row.get(1)?,
                lang: LanguageTag::new(&row.get::<_, String>(2)?),
                series: row.get(3)?,
                who: row.get(4)?,
                at: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, rusqlite::Error>>()?)
    }

    /// Ends a watch.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where nothing of that number is watched.
    pub fn end_watch(&mut self, id: i64) -> Result<()> {
        let changed = self.connection.execute(
            "UPDATE watched_phrase SET ended = ?2 WHERE id = ?1 AND ended IS NULL",
            params![id, clock::now_text()],
        )?;
        match changed {
            0 => Err(StoreError::NotFound { what: "watched phrase", key: id.to_string() }),
            _ => Ok(()),
        }
    }

    /// Notes what is told of a watch: statements and what became of the phrase there. Gives those that were not told
    /// before.
    pub fn tell_watch(&mut self, id: i64, fates: &[(String, &str)]) -> Result<Vec<String>> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut new = Vec::new();
        for (statement, fate) in fates {
            let changed = transaction.execute(
                "INSERT INTO watched_told (watch, statement, fate, at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO NOTHING",
                params![id, statement, fate, clock::now_text()],
            )?;
            if changed > 0 {
                new.push(statement.clone());
            }
        }
        transaction.commit()?;
        Ok(new)
    }
}

#[cfg(test)]
mod tests {
    use crate::Settings;

    use super::*;

    #[test]
    fn a_watch_is_told_once_and_ends() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::init(folder.path(), &Settings::named("An archive")).unwrap();
        let en = LanguageTag::new("en");
        assert!(store.watch_phrase(" ", &en, None, "Mina").is_err());
        let id = store.watch_phrase("for a considerable period", &en, None, "Mina").unwrap();
        let fates = [("DW/2021/000001".to_owned(), "gone")];
        assert_eq!(store.tell_watch(id, &fates).unwrap(), ["DW/2021/000001"]);
        assert!(store.tell_watch(id, &fates).unwrap().is_empty());
        assert_eq!(store.watched_phrases().unwrap().len(), 1);
        store.end_watch(id).unwrap();
        assert!(store.watched_phrases().unwrap().is_empty());
        assert!(store.end_watch(id).is_err());
    }
}
