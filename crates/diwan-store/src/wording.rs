//! What is kept of wording: the index that sentences are found by, grown as versions come in, and the formulas as they were
//! last made.

use diwan_model::LanguageTag;
use rusqlite::{OptionalExtension, TransactionBehavior, params};

use crate::{Result, Store, read};

/// A version whose sentences are not filed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnfiledVersion {
    /// Its row.
    pub id: i64,
    /// Its language.
    pub lang: LanguageTag,
    /// Number and text of its sentences.
    pub sentences: Vec<(u32, String)>,
}

/// A sentence that shares hashes with one that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledSentence {
    /// The statement's code.
    pub statement: String,
    /// Its language.
    pub lang: LanguageTag,
    /// Its number in its version, from 1.
    pub n: u32,
    /// Line in the source, 1-based.
    pub line: u32,
    /// The file or address it was read from.
    pub source: String,
    /// The statement's date, where its record has one.
    pub date: Option<String>,
    /// As printed.
    pub text: String,
}

/// A version by its row, with each of its sentences: number, and the keys it is filed under.
pub type FiledVersion = (i64, Vec<(u32, Vec<u32>)>);

impl Store {
    /// Shown versions that are not filed by this method, at most so many.
    pub fn unfiled_versions(&self, method: &str, most: u32) -> Result<Vec<UnfiledVersion>> {
        let mut select = self.connection.prepare_cached(
            "SELECT v.id, v.lang FROM version AS v LEFT JOIN sketched AS k ON k.version = v.id AND k.method = ?1
             WHERE v.shown = 1 AND k.version IS NULL ORDER BY v.id LIMIT ?2",
        )?;
        let rows =
            select.query_map(params![method, most], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
        let rows: Vec<(i64, String)> = rows.collect::<std::result::Result<_, rusqlite::Error>>()?;
        let mut out = Vec::with_capacity(rows.len());
        let mut sentences =
            self.connection.prepare_cached("SELECT n, text FROM sentence WHERE version = ?1 ORDER BY n")?;
        for (id, lang) in rows {
            let texts = sentences.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            out.push(UnfiledVersion {
                id,
                lang: LanguageTag::new(&lang),
                sentences: texts.collect::<std::result::Result<_, rusqlite::Error>>()?,
            });
        }
        Ok(out)
    }

    /// Files versions: for each its row, and for each sentence its number and hashes.
    pub fn file_versions(&mut self, method: &str, versions: &[FiledVersion]) -> Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut clear = transaction.prepare_cached("DELETE FROM sketch WHERE version = ?1")?;
            let mut put = transaction
                .prepare_cached("INSERT OR IGNORE INTO sketch (hash, version, n) VALUES (?1, ?2, ?3)")?;
            let mut done = transaction.prepare_cached(
                "INSERT INTO sketched (version, method) SELECT id, ?2 FROM version WHERE id = ?1
                 ON CONFLICT (version) DO UPDATE SET method = excluded.method",
            )?;
            for (version, sentences) in versions {
                clear.execute([version])?;
                // A version that was read anew meanwhile is gone; it comes again under another row.
                if done.execute(params![version, method])? == 0 {
                    continue;
                }
                for (n, hashes) in sentences {
                    for hash in hashes {
                        put.execute(params![hash, version, n])?;
                    }
                }
            }
        }
        Ok(transaction.commit()?)
    }

    /// Shown sentences of a language filed under any of these hashes: those that share most first, at most so many.
    pub fn filed_under(&self, hashes: &[u32], lang: &LanguageTag, most: u32) -> Result<Vec<FiledSentence>> {
        let wanted = serde_json::to_string(hashes).map_err(crate::StoreError::json("hashes"))?;
        let mut select = self.connection.prepare_cached(
            "WITH near AS (
               SELECT k.version, k.n, count(*) AS shared FROM json_each(?1) AS h JOIN sketch AS k ON k.hash = h.value
               GROUP BY k.version, k.n ORDER BY shared DESC, k.version, k.n LIMIT ?3
             )
             SELECT s.code, v.lang, near.n, t.line, coalesce(c.source, c.address, c.sha256), s.date, t.text
             FROM near JOIN version AS v ON v.id = near.version AND v.shown = 1 AND (v.lang = ?2 OR v.lang LIKE ?2 || '-%')
             JOIN statement AS s ON s.id = v.statement AND s.merged_into IS NULL
             JOIN capture AS c ON c.sha256 = v.capture
             JOIN sentence AS t ON t.version = near.version AND t.n = near.n
             ORDER BY near.shared DESC, near.version, near.n",
        )?;
        let rows = select.query_map(params![wanted, lang.primary(), most], |row| {
            Ok(FiledSentence {
                statement: row.get(0)?,
                lang: LanguageTag::new(&row.get::<_, String>(1)?),
                n: row.get(2)?,
                line: row.get(3)?,
                source: row.get(4)?,
                date: row.get(5)?,
                text: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<std::result::Result<_, rusqlite::Error>>()?)
    }

    /// What wording is made of, in one line: it changes whenever texts, decisions or alignments do.
    pub fn wording_state(&self) -> Result<String> {
        let alignments: String = self.connection.query_row(
            "SELECT count(*) || ' ' || coalesce(max(at), '') FROM alignment",
            [],
            |row| row.get(0),
        )?;
        let decisions: i64 =
            self.connection.query_row("SELECT coalesce(max(id), 0) FROM decision", [], |row| row.get(0))?;
        Ok(format!("{} {alignments} {decisions}", read::revision(&self.connection)?))
    }

    /// What was kept under a name: of what it was made, and the value.
    pub fn kept_wording(&self, name: &str) -> Result<Option<(String, String)>> {
        let mut select =
            self.connection.prepare_cached("SELECT state, value FROM wording_state WHERE name = ?1")?;
        Ok(select.query_row([name], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// Keeps values by name, all of one state, and which sentences have which formula.
    pub fn keep_wording(
        &self,
        state: &str,
        values: &[(&str, String)],
        sentences: &[(String, String)],
    ) -> Result<()> {
        let transaction = self.connection.unchecked_transaction()?;
        for (name, value) in values {
            transaction.execute(
                "INSERT INTO wording_state (name, state, value) VALUES (?1, ?2, ?3)
                 ON CONFLICT (name) DO UPDATE SET state = excluded.state, value = excluded.value",
                params![name, state, value],
            )?;
        }
        transaction.execute("DELETE FROM formula_sentence", [])?;
        {
            let mut put = transaction.prepare_cached(
                "INSERT OR IGNORE INTO formula_sentence (sentence, formula) VALUES (?1, ?2)",
            )?;
            for (sentence, formula) in sentences {
                put.execute([sentence, formula])?;
            }
        }
        Ok(transaction.commit()?)
    }

    /// The formula of a sentence (`DW/2021/000123-fa/12`), as last kept.
    pub fn formula_of(&self, sentence: &str) -> Result<Option<String>> {
        let mut select = self.connection.prepare_cached(
            "SELECT formula FROM formula_sentence WHERE sentence = ?1 ORDER BY formula LIMIT 1",
        )?;
        Ok(select.query_row([sentence], |row| row.get(0)).optional()?)
    }
}

#[cfg(test)]
mod tests {
    use crate::Settings;

    use super::*;

    #[test]
    fn what_is_kept_comes_back_and_an_empty_archive_has_nothing_to_file() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::init(folder.path(), &Settings::named("An archive")).unwrap();
        assert!(store.unfiled_versions("near@1", 10).unwrap().is_empty());
        store.file_versions("near@1", &[(7, vec![(1, vec![1, 2])])]).unwrap();
        assert!(store.filed_under(&[1, 2], &LanguageTag::new("en"), 10).unwrap().is_empty());
        let state = store.wording_state().unwrap();
        assert_eq!(store.kept_wording("formulas").unwrap(), None);
        let pair = [("DW/2021/000001-en/1".to_owned(), "a".to_owned())];
        store.keep_wording(&state, &[("formulas", "[]".to_owned())], &pair).unwrap();
        assert_eq!(store.kept_wording("formulas").unwrap(), Some((state, "[]".to_owned())));
        assert_eq!(store.formula_of("DW/2021/000001-en/1").unwrap().as_deref(), Some("a"));
    }
}
