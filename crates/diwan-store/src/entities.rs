//! Mentions and authority records.
//!
//! Mentions are written with their version. Records are made of all mentions by a caller (`diwan-ledger`) and put here whole;
//! they can be thrown away and made again at any time and keep their ids, because [`entity_key`](self) remembers which record
//! a key belonged to. Decisions on entities are on keys, not on ids, so that they outlive reading again.

use std::collections::BTreeMap;

use diwan_model::{Entity, EntityKind, MentionForm, MentionPart, Version};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde::Serialize;

use crate::{Decision, Result, Store, StoreError, decide, read};

/// A mention as the archive keeps it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MentionRow {
    /// The statement's number.
    pub statement: i64,
    /// Its code.
    pub code: String,
    /// Its date.
    pub date: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The version's language.
    pub lang: String,
    /// Line in the source, 1-based.
    pub line: u32,
    /// First code point in the line.
    pub start: u32,
    /// The code point after the last.
    pub end: u32,
    /// The sentence that holds it.
    pub sentence: Option<u32>,
    /// That sentence.
    pub sentence_text: Option<String>,
    /// As printed.
    pub text: String,
    /// What it names.
    pub kind: EntityKind,
    /// Equal for equal entities of one page.
    pub key: String,
    /// How it names it.
    pub form: MentionForm,
    /// In which part of the page.
    pub part: MentionPart,
    /// The office of a person.
    pub role: Option<String>,
    /// The key of the body that issues the statement, where it is named in the head.
    pub issuer: Option<String>,
    /// The record it belongs to: `E12`.
    pub entity: Option<String>,
}

/// An entity that stands in the same sentences as another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Neighbour {
    /// `E12`.
    pub id: String,
    /// In how many statements both stand in one sentence.
    pub statements: u64,
}

const ROW: &str = "SELECT s.id, s.code, s.date, s.title, v.lang, m.line, m.start, m.\"end\", m.sentence, t.text, m.text, m.kind,
    m.key, m.form, m.part, m.role,
    NULL, m.entity, m.version, m.n
  FROM mention AS m JOIN version AS v ON v.id = m.version AND v.shown = 1
  JOIN statement AS s ON s.id = v.statement
  LEFT JOIN sentence AS t ON t.version = m.version AND t.n = m.sentence";

/// Writes the mentions of a version.
pub(crate) fn put_mentions(connection: &Connection, id: i64, version: &Version) -> Result<()> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO mention (version, n, inside, line, start, \"end\", sentence, text, kind, key, form, part, role, confidence)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?;
    let mut n: i64 = 0;
    for outer in &version.mentions {
        let first = n + 1;
        for (k, mention) in outer.nested().enumerate() {
            n += 1;
            insert.execute(params![
                id,
                n,
                (k > 0).then_some(first),
                mention.line,
                mention.start,
                mention.end,
                mention.sentence,
                mention.text,
                mention.r#type.as_str(),
                mention.entity,
                form(mention.form),
                part(mention.part),
                mention.role,
                mention.confidence.value(),
            ])?;
        }
    }
    Ok(())
}

fn form(form: MentionForm) -> &'static str {
    match form {
        MentionForm::Name => "name",
        MentionForm::Short => "short",
        MentionForm::Adjective => "adjective",
    }
}

fn part(part: MentionPart) -> &'static str {
    match part {
        MentionPart::Text => "text",
        MentionPart::Head => "head",
        MentionPart::Notice => "notice",
        MentionPart::Record => "record",
        MentionPart::Site => "site",
    }
}

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<MentionRow> {
    let kind: String = row.get(11)?;
    let form: String = row.get(13)?;
    let part: String = row.get(14)?;
    Ok(MentionRow {
        statement: row.get(0)?,
        code: row.get(1)?,
        date: row.get(2)?,
        title: row.get(3)?,
        lang: row.get(4)?,
        line: row.get(5)?,
        start: row.get(6)?,
        end: row.get(7)?,
        sentence: row.get(8)?,
        sentence_text: row.get(9)?,
        text: row.get(10)?,
        kind: EntityKind::parse(&kind).unwrap_or(EntityKind::Organisation),
        key: row.get(12)?,
        form: match form.as_str() {
            "short" => MentionForm::Short,
            "adjective" => MentionForm::Adjective,
            _ => MentionForm::Name,
        },
        part: match part.as_str() {
            "head" => MentionPart::Head,
            "notice" => MentionPart::Notice,
            "record" => MentionPart::Record,
            "site" => MentionPart::Site,
            _ => MentionPart::Text,
        },
        role: row.get(15)?,
        issuer: row.get(16)?,
        entity: row.get::<_, Option<i64>>(17)?.map(id_text),
    })
}

/// `E12`.
fn id_text(id: i64) -> String {
    format!("E{id}")
}

/// 12 of `E12`.
fn id_number(id: &str) -> Option<i64> {
    id.strip_prefix(['E', 'e'])?.parse().ok()
}

impl Store {
    /// Calls `each` with every mention of shown versions that is evidence of an entity: all but those of the site.
    pub fn for_each_mention<E: From<StoreError>>(
        &self,
        mut each: impl FnMut(MentionRow) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let database = |error: rusqlite::Error| E::from(StoreError::from(error));
        let issuers = self.issuer_keys()?;
        let sql = format!("{ROW} WHERE m.part <> 'site' ORDER BY s.id, v.id, m.n");
        let mut select = self.connection.prepare(&sql).map_err(database)?;
        let mut rows = select.query([]).map_err(database)?;
        while let Some(found) = rows.next().map_err(database)? {
            let mut one = row(found).map_err(database)?;
            one.issuer = issuers.get(&one.statement).cloned();
            each(one)?;
        }
        Ok(())
    }

    /// The key of the body that issues each statement, where its head names it.
    fn issuer_keys(&self) -> Result<BTreeMap<i64, String>> {
        let mut select = self.connection.prepare(
            "SELECT v.statement, m.key FROM mention AS m JOIN version AS v ON v.id = m.version JOIN statement AS s ON s.id = v.statement
             WHERE m.part = 'head' AND m.kind = 'organisation' AND m.form = 'name' AND m.text = s.issuer ORDER BY v.id DESC, m.n DESC",
        )?;
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<std::result::Result<_, rusqlite::Error>>()?)
    }

    /// Keys of one kind that stand alone opposite each other in aligned sentences, with how often: the only mention of that
    /// kind on either side that names nothing which the other side names as well.
    pub fn opposite_mentions(&self) -> Result<Vec<(String, String, u64)>> {
        let mut select = self.connection.prepare(
            "SELECT a.id, b.n, m.key, m.kind, 0 FROM alignment AS a JOIN bead AS b ON b.alignment = a.id
               JOIN version AS v ON v.statement = a.statement AND v.lang = a.source AND v.shown = 1
               JOIN mention AS m ON m.version = v.id AND m.inside IS NULL AND m.sentence >= b.source_first AND m.sentence < b.source_first + b.source_count
             WHERE b.source_count > 0 AND b.target_count > 0 AND b.confidence >= 0.5
             UNION ALL
             SELECT a.id, b.n, m.key, m.kind, 1 FROM alignment AS a JOIN bead AS b ON b.alignment = a.id
               JOIN version AS v ON v.statement = a.statement AND v.lang = a.target AND v.shown = 1
               JOIN mention AS m ON m.version = v.id AND m.inside IS NULL AND m.sentence >= b.target_first AND m.sentence < b.target_first + b.target_count
             WHERE b.source_count > 0 AND b.target_count > 0 AND b.confidence >= 0.5
             ORDER BY 1, 2, 4, 5, 3",
        )?;
        let mut sides: BTreeMap<(i64, i64, String), [std::collections::BTreeSet<String>; 2]> =
            BTreeMap::new();
        let mut rows = select.query([])?;
        while let Some(found) = rows.next()? {
            let side = usize::from(found.get::<_, i64>(4)? != 0);
            let slot = sides.entry((found.get(0)?, found.get(1)?, found.get(3)?)).or_default();
            if let Some(set) = slot.get_mut(side) {
                set.insert(found.get(2)?);
            }
        }
        let mut counts: BTreeMap<(String, String), u64> = BTreeMap::new();
        for [left, right] in sides.into_values() {
            let (mut a, mut b) = (left.difference(&right), right.difference(&left));
            if let (Some(x), None, Some(y), None) = (a.next(), a.next(), b.next(), b.next()) {
                *counts.entry((x.clone(), y.clone())).or_default() += 1;
            }
        }
        Ok(counts.into_iter().map(|((a, b), n)| (a, b, n)).collect())
    }

    /// Decisions of people on entities that count now: key, field, value (`null`: dismissed).
    pub fn entity_decisions(&self) -> Result<Vec<Decision>> {
        decide::of_kind(&self.connection, "entity")
    }

    /// Whether the records are those of what the archive holds now, made by this method.
    pub fn entities_current(&self, method: &str) -> Result<bool> {
        let made: String =
            self.connection
                .query_row("SELECT value FROM meta WHERE name = 'entities'", [], |row| row.get(0))?;
        Ok(made == format!("{method} {}", read::revision(&self.connection)?))
    }

    /// Puts all records anew, made by `method` of what the archive held at `revision`. Ids are kept: a record has the oldest id
    /// that one of its keys ever had. `key_of` gives the key of a mention among the records' keys.
    pub fn put_entities(
        &mut self,
        entities: &[Entity],
        revision: u64,
        method: &str,
        key_of: impl Fn(&MentionRow) -> String,
    ) -> Result<()> {
        let issuers = self.issuer_keys()?;
        let mut keys: Vec<(i64, i64, String)> = Vec::new();
        {
            let sql = format!("{ROW} WHERE m.part <> 'site' ORDER BY v.id, m.n");
            let mut select = self.connection.prepare(&sql)?;
            let mut rows = select.query([])?;
            while let Some(found) = rows.next()? {
                let mut one = row(found)?;
                one.issuer = issuers.get(&one.statement).cloned();
                keys.push((found.get(18)?, found.get(19)?, key_of(&one)));
            }
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("UPDATE entity SET live = 0", [])?;
        transaction.execute("DELETE FROM entity_name", [])?;
        let mut of_key: BTreeMap<&str, i64> = BTreeMap::new();
        let mut taken: std::collections::BTreeSet<i64> = std::collections::BTreeSet::new();
        for entity in entities {
            let mut old: Option<i64> = None;
            for key in &entity.keys {
                let found: Option<i64> = transaction
                    .prepare_cached("SELECT entity FROM entity_key WHERE key = ?1")?
                    .query_row([key], |row| row.get(0))
                    .optional()?;
                old = old.into_iter().chain(found.filter(|id| !taken.contains(id))).min();
            }
            let id = match old {
                Some(id) => id,
                None => {
                    transaction.execute(
                        "INSERT INTO entity (kind, record, statements, live) VALUES (?1, '{}', 0, 1)",
                        [entity.kind.as_str()],
                    )?;
                    transaction.last_insert_rowid()
                }
            };
            taken.insert(id);
            let whole = Entity { id: id_text(id), ..entity.clone() };
            let json = serde_json::to_string(&whole).map_err(StoreError::json("an entity"))?;
            transaction
                .prepare_cached(
                    "UPDATE entity SET kind = ?2, record = ?3, statements = ?4, live = 1 WHERE id = ?1",
                )?
                .execute(params![
                    id,
                    entity.kind.as_str(),
                    json,
                    i64::try_from(entity.statements).unwrap_or(i64::MAX)
                ])?;
            for key in &entity.keys {
                of_key.insert(key, id);
            }
            for name in entity
                .spellings
                .iter()
                .map(|s| s.text.as_str())
                .chain(entity.name.values().map(String::as_str))
            {
                transaction
                    .prepare_cached(
                        "INSERT INTO entity_name (name, entity) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                    )?
                    .execute(params![plain(name), id])?;
            }
        }
        for (key, id) in &of_key {
            transaction
                .prepare_cached(
                    "INSERT INTO entity_key (key, entity) VALUES (?1, ?2)
                     ON CONFLICT (key) DO UPDATE SET entity = excluded.entity",
                )?
                .execute(params![key, id])?;
        }
        for (version, n, key) in &keys {
            transaction
                .prepare_cached(
                    "UPDATE mention SET entity = ?3 WHERE version = ?1 AND n = ?2 AND entity IS NOT ?3",
                )?
                .execute(params![version, n, of_key.get(key.as_str())])?;
        }
        transaction.execute(
            "UPDATE meta SET value = ?1 WHERE name = 'entities'",
            [format!("{method} {revision}")],
        )?;
        Ok(transaction.commit()?)
    }

    /// All records, those with most statements first; of one kind where `kind` says so.
    pub fn entities(&self, kind: Option<EntityKind>) -> Result<Vec<Entity>> {
        let mut select = self.connection.prepare_cached(
            "SELECT record FROM entity WHERE live = 1 AND (?1 IS NULL OR kind = ?1) ORDER BY statements DESC, id",
        )?;
        let rows = select.query_map([kind.map(EntityKind::as_str)], |row| row.get::<_, String>(0))?;
        rows.map(|json| serde_json::from_str(&json?).map_err(StoreError::json("an entity"))).collect()
    }

    /// A record by its id (`E12`).
    pub fn entity(&self, id: &str) -> Result<Option<Entity>> {
        let Some(number) = id_number(id) else { return Ok(None) };
        let json: Option<String> = self
            .connection
            .prepare_cached("SELECT record FROM entity WHERE id = ?1 AND live = 1")?
            .query_row([number], |row| row.get(0))
            .optional()?;
        json.map(|json| serde_json::from_str(&json).map_err(StoreError::json("an entity"))).transpose()
    }

    /// Records that are printed under this name, whatever its case and spaces.
    pub fn entities_named(&self, name: &str) -> Result<Vec<Entity>> {
        let mut select = self.connection.prepare_cached(
            "SELECT e.record FROM entity_name AS n JOIN entity AS e ON e.id = n.entity AND e.live = 1
             WHERE n.name = ?1 ORDER BY e.statements DESC, e.id",
        )?;
        let rows = select.query_map([plain(name)], |row| row.get::<_, String>(0))?;
        rows.map(|json| serde_json::from_str(&json?).map_err(StoreError::json("an entity"))).collect()
    }

    /// The record that a key belongs to.
    pub fn entity_of_key(&self, key: &str) -> Result<Option<Entity>> {
        let id: Option<i64> = self
            .connection
            .prepare_cached("SELECT entity FROM entity_key WHERE key = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?;
        id.map_or(Ok(None), |id| self.entity(&id_text(id)))
    }

    /// Mentions of a record, by date, at most `limit`.
    pub fn entity_mentions(&self, id: &str, limit: u32) -> Result<Vec<MentionRow>> {
        let Some(number) = id_number(id) else { return Ok(Vec::new()) };
        let sql = format!("{ROW} WHERE m.entity = ?1 ORDER BY s.date, s.id, v.lang, m.n LIMIT ?2");
        let mut select = self.connection.prepare_cached(&sql)?;
        let rows = select.query_map(params![number, limit], row)?;
        Ok(rows.collect::<std::result::Result<_, rusqlite::Error>>()?)
    }

    /// Mentions of a statement's shown versions.
    pub fn statement_mentions(&self, code: &diwan_model::ArchiveCode) -> Result<Vec<MentionRow>> {
        let Some(found) = read::surviving(&self.connection, code)? else { return Ok(Vec::new()) };
        let sql = format!("{ROW} WHERE s.id = ?1 AND m.inside IS NULL ORDER BY v.lang, m.n");
        let mut select = self.connection.prepare_cached(&sql)?;
        let rows = select.query_map([found.id], row)?;
        Ok(rows.collect::<std::result::Result<_, rusqlite::Error>>()?)
    }

    /// Records that stand in one sentence with this one, most statements first.
    pub fn neighbours(&self, id: &str, limit: u32) -> Result<Vec<Neighbour>> {
        let Some(number) = id_number(id) else { return Ok(Vec::new()) };
        let mut select = self.connection.prepare_cached(
            "SELECT b.entity, count(DISTINCT v.statement) AS n FROM mention AS a
               JOIN mention AS b ON b.version = a.version AND b.sentence = a.sentence AND b.entity <> a.entity
               JOIN version AS v ON v.id = a.version AND v.shown = 1
             WHERE a.entity = ?1 AND a.part = 'text' GROUP BY b.entity ORDER BY n DESC, b.entity LIMIT ?2",
        )?;
        let rows = select.query_map(params![number, limit], |row| {
            Ok(Neighbour {
                id: id_text(row.get(0)?),
                statements: u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0),
            })
        })?;
        Ok(rows.collect::<std::result::Result<_, rusqlite::Error>>()?)
    }
}

/// A name as it is looked up: lower case, without marks, spaces as one.
fn plain(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.trim().chars() {
        match c {
            '\u{64B}'..='\u{65F}'
            | '\u{670}'
            | '\u{640}'
            | '\u{200C}'
            | '\u{200D}'
            | '\u{200E}'
            | '\u{200F}' => {}
            'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
            'ي' | 'ى' | 'ئ' => out.push('ی'),
            'ك' => out.push('ک'),
            'ة' => out.push('ه'),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}
