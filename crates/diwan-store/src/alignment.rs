//! Alignments of versions: which are wanted, keeping them, and people's corrections over them.
//!
//! Of each statement with two languages or more, one version (the authoritative one, else one of which nothing is said) is
//! aligned with each other. An alignment belongs to the two texts whose digest it has; where a text was read anew since, it
//! is stale and not shown.

use std::collections::BTreeSet;

use diwan_model::{ArchiveCode, CaptureHash, LanguageTag, VersionCode};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde::Serialize;

use crate::beads::{self, BeadEdit, BeadRecord, Change, KeptChange, Run};
use crate::decide::{self, NewRow};
use crate::{Action, Decision, Result, Store, StoreError, Subject, clock, read};

/// The region of two versions that a correction is about: `DW/2021/000123-en/3+2~fa/3+1` is two sentences from the third
/// on, and one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BeadKey {
    /// The first version.
    pub source: VersionCode,
    /// Its sentences.
    pub source_run: Run,
    /// The language of the second.
    pub target: LanguageTag,
    /// Its sentences.
    pub target_run: Run,
}

impl std::fmt::Display for BeadKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (s, t) = (self.source_run, self.target_run);
        write!(f, "{}/{}+{}~{}/{}+{}", self.source, s.first, s.count, self.target, t.first, t.count)
    }
}

impl std::str::FromStr for BeadKey {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self> {
        let run = |text: &str| {
            let (first, count) = text.split_once('+')?;
            Some(Run::new(first.parse().ok()?, count.parse().ok()?))
        };
        let parse = || {
            let (source, target) = text.rsplit_once('~')?;
            let (version, source_run) = source.rsplit_once('/')?;
            let (lang, target_run) = target.split_once('/')?;
            Some(Self {
                source: version.parse().ok()?,
                source_run: run(source_run)?,
                target: LanguageTag::new(lang),
                target_run: run(target_run)?,
            })
        };
        parse().ok_or_else(|| StoreError::NotFound { what: "bead", key: text.chars().take(80).collect() })
    }
}

/// Two versions to be aligned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlignmentTask {
    /// The statement.
    pub statement: ArchiveCode,
    /// The language of the text that is rendered: the authoritative one, where there is one.
    pub source: LanguageTag,
    /// The language of the rendering.
    pub target: LanguageTag,
    /// Sentences of the first.
    pub source_texts: Vec<String>,
    /// Sentences of the second.
    pub target_texts: Vec<String>,
    /// SHA-256 of both.
    pub digest: CaptureHash,
}

/// What an aligner found.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAlignment {
    /// The task.
    pub statement: ArchiveCode,
    /// The first language.
    pub source: LanguageTag,
    /// The second.
    pub target: LanguageTag,
    /// The digest of the texts that were aligned.
    pub digest: CaptureHash,
    /// The aligner and its version.
    pub method: String,
    /// The version of the learnt lexicon it knew; 0 for none.
    pub lexicon: u32,
    /// The beads in order, with how sure each is.
    pub beads: Vec<(Run, Run, f32)>,
}

/// A kept alignment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AlignmentRecord {
    /// The statement.
    pub statement: ArchiveCode,
    /// The first language.
    pub source: LanguageTag,
    /// The second.
    pub target: LanguageTag,
    /// The aligner and its version.
    pub method: String,
    /// The version of the learnt lexicon it knew; 0 for none.
    pub lexicon: u32,
    /// When, RFC 3339.
    pub at: String,
    /// Whether the texts are still those that were aligned.
    pub current: bool,
    /// The beads in order.
    pub beads: Vec<BeadRecord>,
    #[serde(skip)]
    pub(crate) id: i64,
}

impl AlignmentRecord {
    /// Beads that are not kept anywhere.
    pub fn new(
        statement: ArchiveCode,
        source: LanguageTag,
        target: LanguageTag,
        beads: Vec<BeadRecord>,
    ) -> Self {
        let (method, at) = (String::new(), String::new());
        Self { statement, source, target, method, lexicon: 0, at, current: true, beads, id: 0 }
    }
}

/// A correction of a bead about to be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCorrection {
    /// The statement.
    pub statement: ArchiveCode,
    /// The two languages, in either order.
    pub source: LanguageTag,
    /// The other language.
    pub target: LanguageTag,
    /// The bead as the person saw it.
    pub bead: (Run, Run),
    /// What is done to it.
    pub edit: BeadEdit,
    /// Who decides.
    pub who: String,
    /// Why.
    pub why: Option<String>,
}

/// A shown version in short.
struct Shown {
    id: i64,
    lang: LanguageTag,
    rank: u8,
}

impl Store {
    /// Alignments that are wanted and not there as `method` would make them: of these statements, or of all.
    /// `again`: also those that are there.
    pub fn alignment_tasks(
        &self,
        statements: Option<&BTreeSet<ArchiveCode>>,
        method: &str,
        again: bool,
    ) -> Result<Vec<AlignmentTask>> {
        let mut out = Vec::new();
        for (id, code) in aligned_statements(&self.connection, statements)? {
            let (source, others) = match star(&self.connection, id)? {
                Some(found) => found,
                None => continue,
            };
            let source_texts = texts(&self.connection, source.id)?;
            for target in others {
                let target_texts = texts(&self.connection, target.id)?;
                let digest = digest(&source_texts, &target_texts);
                let known: Option<(String, String)> = self
                    .connection
                    .prepare_cached(
                        "SELECT digest, method FROM alignment WHERE statement = ?1 AND source = ?2 AND target = ?3",
                    )?
                    .query_row(params![id, source.lang.as_str(), target.lang.as_str()], |row| {
                        Ok((row.get(0)?, row.get(1)?))
                    })
                    .optional()?;
                let there = known.is_some_and(|(d, m)| d == digest.to_string() && m == method);
                if (again || !there) && !source_texts.is_empty() && !target_texts.is_empty() {
                    out.push(AlignmentTask {
                        statement: code.clone(),
                        source: source.lang.clone(),
                        target: target.lang,
                        source_texts: source_texts.clone(),
                        target_texts,
                        digest,
                    });
                }
            }
        }
        Ok(out)
    }

    /// Keeps an alignment in place of the one before it, with people's corrections over it.
    pub fn put_alignment(&mut self, new: &NewAlignment) -> Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found = read::surviving(&transaction, &new.statement)?
            .ok_or_else(|| StoreError::NotFound { what: "statement", key: new.statement.to_string() })?;
        let machine: Vec<(u32, u32, u32, u32, f32)> =
            new.beads.iter().map(|(s, t, c)| (s.first, s.count, t.first, t.count, *c)).collect();
        transaction.execute(
            "INSERT INTO alignment (statement, source, target, digest, method, lexicon, machine, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (statement, source, target) DO UPDATE SET digest = excluded.digest, method = excluded.method,
               lexicon = excluded.lexicon, machine = excluded.machine, at = excluded.at, compared = NULL",
            params![
                found.id,
                new.source.as_str(),
                new.target.as_str(),
                new.digest.to_string(),
                new.method,
                new.lexicon,
                serde_json::to_string(&machine).map_err(StoreError::json("an alignment"))?,
                clock::now_text(),
            ],
        )?;
        compose_pair(&transaction, found.id, &new.source, &new.target)?;
        Ok(transaction.commit()?)
    }

    /// Takes out alignments that nobody wants any more: of versions that are gone or no longer read beside each other.
    pub fn sweep_alignments(&mut self) -> Result<u64> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let rows: Vec<(i64, i64, String, String)> = transaction
            .prepare("SELECT id, statement, source, target FROM alignment ORDER BY id")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
            .collect::<Result<_, rusqlite::Error>>()?;
        let mut gone = 0;
        for (id, statement, source, target) in rows {
            let wanted = star(&transaction, statement)?.is_some_and(|(s, others)| {
                s.lang.as_str() == source && others.iter().any(|o| o.lang.as_str() == target)
            });
            if !wanted {
                transaction.execute("DELETE FROM alignment WHERE id = ?1", [id])?;
                gone += 1;
            }
        }
        transaction.commit()?;
        Ok(gone)
    }

    /// Alignments of a statement, by language.
    pub fn alignments(&self, code: &ArchiveCode) -> Result<Vec<AlignmentRecord>> {
        let Some(found) = read::surviving(&self.connection, code)? else { return Ok(Vec::new()) };
        records(&self.connection, found.id, &found.code)
    }

    /// Calls `f` with the alignments of every statement that has some, by code.
    pub fn for_each_alignment<E: From<StoreError>>(
        &self,
        mut f: impl FnMut(AlignmentRecord) -> Result<(), E>,
    ) -> Result<(), E> {
        let all: Vec<(i64, String)> = (|| {
            let mut select = self.connection.prepare_cached(
                "SELECT DISTINCT s.id, s.code FROM alignment AS a JOIN statement AS s ON s.id = a.statement ORDER BY s.id",
            )?;
            let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<Result<_, rusqlite::Error>>()
        })()
        .map_err(StoreError::from)?;
        for (id, code) in all {
            for record in records(&self.connection, id, &ArchiveCode::new(code))? {
                f(record)?;
            }
        }
        Ok(())
    }

    /// Takes a person's correction of a bead. It shows at once and is kept over every later run.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the versions are not aligned; [`StoreError::Refused`] where the bead is no longer as
    /// the person saw it, or the edit cannot be done.
    pub fn correct_bead(&mut self, new: &NewCorrection) -> Result<Decision> {
        if new.who.trim().is_empty() {
            return Err(StoreError::Refused("a decision needs the name of who decides".to_owned()));
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let absent = || StoreError::NotFound { what: "alignment", key: new.statement.to_string() };
        let found = read::surviving(&transaction, &new.statement)?.ok_or_else(absent)?;
        let all = records(&transaction, found.id, &found.code)?;
        let pair = |s: &LanguageTag, t: &LanguageTag| all.iter().find(|a| a.source == *s && a.target == *t);
        let (record, bead, edit) = match pair(&new.source, &new.target) {
            Some(record) => (record, new.bead, new.edit),
            None => {
                let record = pair(&new.target, &new.source).ok_or_else(absent)?;
                (record, (new.bead.1, new.bead.0), turned(new.edit))
            }
        };
        let refused = |why: &str| StoreError::Refused(why.to_owned());
        if !record.current {
            return Err(refused("a text was read anew since; `diwan align` aligns it again"));
        }
        let same = |b: &BeadRecord| {
            b.source.numbers().eq(bead.0.numbers()) && b.target.numbers().eq(bead.1.numbers())
        };
        let at = record.beads.iter().position(same);
        let at = at.ok_or_else(|| refused("the bead is no longer as it was shown; look again"))?;
        let change = beads::change(&record.beads, at, edit).map_err(refused)?;
        let (source, target) = (
            marks_of(&transaction, found.id, &record.source)?,
            marks_of(&transaction, found.id, &record.target)?,
        );
        let kept = KeptChange::new(&change, &source, &target);
        let subject = Subject::Bead(BeadKey {
            source: VersionCode { statement: found.code.clone(), lang: record.source.clone() },
            source_run: change.source,
            target: record.target.clone(),
            target_run: change.target,
        });
        let action = if edit == BeadEdit::Confirm { Action::Confirm } else { Action::Correct };
        let value = serde_json::to_string(&kept).map_err(StoreError::json("a correction"))?;
        let row = NewRow {
            kind: subject.kind(),
            key: &subject.key(),
            field: decide::BEADS,
            action,
            value: Some(&value),
            who: &new.who,
            why: new.why.as_deref(),
            undoes: None,
        };
        let decision = decide::append(&transaction, &row)?;
        compose_pair(&transaction, found.id, &record.source, &record.target)?;
        transaction.commit()?;
        Ok(decision)
    }

    /// Decisions on beads of a statement, in the order taken.
    pub fn bead_history(&self, code: &ArchiveCode) -> Result<Vec<Decision>> {
        let Some(found) = read::surviving(&self.connection, code)? else { return Ok(Vec::new()) };
        bead_decisions(&self.connection, &found.code)
    }

    /// Corrections of beads that count: the words on both sides of each bead, with its languages. What a person says is
    /// worth learning from.
    pub fn corrected_pairs(
        &self,
        source: &LanguageTag,
        target: &LanguageTag,
    ) -> Result<Vec<(String, String)>> {
        let mut select = self.connection.prepare_cached(
            "SELECT a.statement, b.source_first, b.source_count, b.target_first, b.target_count
             FROM bead AS b JOIN alignment AS a ON a.id = b.alignment
             WHERE b.decision IS NOT NULL AND a.source = ?1 AND a.target = ?2 ORDER BY a.id, b.n",
        )?;
        let rows = select.query_map(params![source.as_str(), target.as_str()], |row| {
            Ok((row.get::<_, i64>(0)?, run(row, 1)?, run(row, 3)?))
        })?;
        let mut out = Vec::new();
        for row in rows {
            let (statement, s, t) = row?;
            let side = |lang: &LanguageTag, run: Run| -> Result<String> {
                let Some(id) = shown_id(&self.connection, statement, lang)? else { return Ok(String::new()) };
                Ok(run.of(&texts(&self.connection, id)?).join(" "))
            };
            let (s, t) = (side(source, s)?, side(target, t)?);
            if !s.is_empty() && !t.is_empty() {
                out.push((s, t));
            }
        }
        Ok(out)
    }
}

fn turned(edit: BeadEdit) -> BeadEdit {
    use crate::beads::BeadSide::{Source, Target};
    let other = |side| if side == Source { Target } else { Source };
    match edit {
        BeadEdit::Split { source, target } => BeadEdit::Split { source: target, target: source },
        BeadEdit::MoveDown(side) => BeadEdit::MoveDown(other(side)),
        BeadEdit::MoveUp(side) => BeadEdit::MoveUp(other(side)),
        same => same,
    }
}

/// Statements with two shown versions or more.
fn aligned_statements(
    connection: &Connection,
    statements: Option<&BTreeSet<ArchiveCode>>,
) -> Result<Vec<(i64, ArchiveCode)>> {
    let mut select = connection.prepare_cached(
        "SELECT s.id, s.code FROM statement AS s JOIN version AS v ON v.statement = s.id AND v.shown = 1
         GROUP BY s.id HAVING count(*) > 1 ORDER BY s.id",
    )?;
    let rows = select
        .query_map([], |row| Ok((row.get::<_, i64>(0)?, ArchiveCode::new(row.get::<_, String>(1)?))))?
        .collect::<Result<Vec<_>, rusqlite::Error>>()?;
    let Some(wanted) = statements else { return Ok(rows) };
    let mut ids = BTreeSet::new();
    for code in wanted {
        ids.extend(read::surviving(connection, code)?.map(|found| found.id));
    }
    Ok(rows.into_iter().filter(|(id, _)| ids.contains(id)).collect())
}

/// The version that is aligned with each other, and the others; `None` where there are not two.
fn star(connection: &Connection, statement: i64) -> Result<Option<(Shown, Vec<Shown>)>> {
    let mut select = connection.prepare_cached(
        "SELECT id, lang, authority FROM version WHERE statement = ?1 AND shown = 1 ORDER BY lang",
    )?;
    let rows = select.query_map([statement], |row| {
        let rank = match row.get::<_, String>(2)?.as_str() {
            "authoritative" => 0,
            "unknown" => 1,
            _ => 2,
        };
        Ok(Shown { id: row.get(0)?, lang: LanguageTag::new(&row.get::<_, String>(1)?), rank })
    })?;
    let mut all: Vec<Shown> = rows.collect::<Result<_, rusqlite::Error>>()?;
    all.sort_by(|a, b| (a.rank, &a.lang).cmp(&(b.rank, &b.lang)));
    let mut all = all.into_iter();
    let Some(first) = all.next() else { return Ok(None) };
    let others: Vec<Shown> = all.collect();
    Ok(if others.is_empty() { None } else { Some((first, others)) })
}

fn shown_id(connection: &Connection, statement: i64, lang: &LanguageTag) -> Result<Option<i64>> {
    Ok(connection
        .prepare_cached("SELECT id FROM version WHERE statement = ?1 AND lang = ?2 AND shown = 1")?
        .query_row(params![statement, lang.as_str()], |row| row.get(0))
        .optional()?)
}

fn texts(connection: &Connection, version: i64) -> Result<Vec<String>> {
    let mut select = connection.prepare_cached("SELECT text FROM sentence WHERE version = ?1 ORDER BY n")?;
    let rows = select.query_map([version], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, rusqlite::Error>>()?)
}

fn marks_of(connection: &Connection, statement: i64, lang: &LanguageTag) -> Result<Vec<String>> {
    let Some(id) = shown_id(connection, statement, lang)? else { return Ok(Vec::new()) };
    Ok(texts(connection, id)?.iter().map(|text| beads::mark(text)).collect())
}

fn digest(source: &[String], target: &[String]) -> CaptureHash {
    CaptureHash::of(format!("{}\u{1d}{}", source.join("\u{1e}"), target.join("\u{1e}")).as_bytes())
}

fn run(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Run> {
    Ok(Run::new(row.get(column)?, row.get(column + 1)?))
}

fn records(connection: &Connection, statement: i64, code: &ArchiveCode) -> Result<Vec<AlignmentRecord>> {
    let mut select = connection.prepare_cached(
        "SELECT id, source, target, digest, method, lexicon, at FROM alignment WHERE statement = ?1
         ORDER BY source, target",
    )?;
    let rows = select.query_map([statement], |row| {
        Ok((
            row.get::<_, String>(3)?,
            AlignmentRecord {
                statement: code.clone(),
                source: LanguageTag::new(&row.get::<_, String>(1)?),
                target: LanguageTag::new(&row.get::<_, String>(2)?),
                method: row.get(4)?,
                lexicon: row.get(5)?,
                at: row.get(6)?,
                current: false,
                beads: Vec::new(),
                id: row.get(0)?,
            },
        ))
    })?;
    let mut out = Vec::new();
    for row in rows {
        let (kept, mut record) = row?;
        let ids = (
            shown_id(connection, statement, &record.source)?,
            shown_id(connection, statement, &record.target)?,
        );
        if let (Some(source), Some(target)) = ids {
            record.current =
                digest(&texts(connection, source)?, &texts(connection, target)?).to_string() == kept;
        }
        let mut select = connection.prepare_cached(
            "SELECT n, source_first, source_count, target_first, target_count, confidence, decision FROM bead
             WHERE alignment = ?1 ORDER BY n",
        )?;
        let beads = select.query_map([record.id], |row| {
            Ok(BeadRecord {
                n: row.get(0)?,
                source: run(row, 1)?,
                target: run(row, 3)?,
                confidence: row.get(5)?,
                decision: row.get(6)?,
            })
        })?;
        record.beads = beads.collect::<Result<_, rusqlite::Error>>()?;
        out.push(record);
    }
    Ok(out)
}

/// Decisions on beads of a statement, whatever code it had.
fn bead_decisions(connection: &Connection, code: &ArchiveCode) -> Result<Vec<Decision>> {
    let mut out = Vec::new();
    for code in read::merged(connection, code)?.into_iter().chain([code.clone()]) {
        out.extend(decide::starting(connection, "bead", &format!("{code}-"))?);
    }
    out.retain(|decision| decision.subject.parse::<BeadKey>().is_ok());
    out.sort_by_key(|decision| decision.id);
    Ok(out)
}

/// Shows a decision on a bead at once.
pub(crate) fn refresh(connection: &Connection, key: &BeadKey) -> Result<()> {
    let Some(found) = read::surviving(connection, &key.source.statement)? else { return Ok(()) };
    compose_pair(connection, found.id, &key.source.lang, &key.target)?;
    compose_pair(connection, found.id, &key.target, &key.source.lang)
}

/// Makes the shown beads of two versions anew: the machine's, with people's corrections over them.
fn compose_pair(
    connection: &Connection,
    statement: i64,
    source: &LanguageTag,
    target: &LanguageTag,
) -> Result<()> {
    let row: Option<(i64, String, String)> = connection
        .prepare_cached(
            "SELECT a.id, a.machine, s.code FROM alignment AS a JOIN statement AS s ON s.id = a.statement
             WHERE a.statement = ?1 AND a.source = ?2 AND a.target = ?3",
        )?
        .query_row(params![statement, source.as_str(), target.as_str()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let Some((id, machine, code)) = row else { return Ok(()) };
    let machine: Vec<(u32, u32, u32, u32, f32)> =
        serde_json::from_str(&machine).map_err(StoreError::json("an alignment"))?;
    let bead = |(a, b, c, d, confidence): (u32, u32, u32, u32, f32)| BeadRecord {
        n: 0,
        source: Run::new(a, b),
        target: Run::new(c, d),
        confidence: confidence.clamp(0.0, 1.0),
        decision: None,
    };
    let corrections = corrections(connection, statement, &ArchiveCode::new(code), source, target)?;
    let (beads, _) = beads::compose(machine.into_iter().map(bead).collect(), &corrections);
    connection.execute("DELETE FROM bead WHERE alignment = ?1", [id])?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO bead (alignment, n, source_first, source_count, target_first, target_count, confidence, decision)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for b in beads {
        let (s, t) = (b.source, b.target);
        insert.execute(params![id, b.n, s.first, s.count, t.first, t.count, b.confidence, b.decision])?;
    }
    connection.execute("UPDATE alignment SET compared = NULL WHERE id = ?1", [id])?;
    Ok(())
}

/// Corrections of these two versions that count, at their places, newest first.
fn corrections(
    connection: &Connection,
    statement: i64,
    code: &ArchiveCode,
    source: &LanguageTag,
    target: &LanguageTag,
) -> Result<Vec<(i64, Change)>> {
    let mut decisions = bead_decisions(connection, code)?;
    decisions.retain(|decision| decision.counts);
    if decisions.is_empty() {
        return Ok(Vec::new());
    }
    let marks = (marks_of(connection, statement, source)?, marks_of(connection, statement, target)?);
    let mut out = Vec::new();
    for decision in decisions.iter().rev() {
        let Ok(key) = decision.subject.parse::<BeadKey>() else { continue };
        let kept = decision.value.as_deref().and_then(|v| serde_json::from_str::<KeptChange>(v).ok());
        let kept = match (kept, key.source.lang == *source && key.target == *target) {
            (Some(kept), true) => kept,
            (Some(kept), false) if key.source.lang == *target && key.target == *source => kept.turned(),
            _ => continue,
        };
        // Where the sentences are gone the decision waits: they may come back.
        out.extend(kept.find(&marks.0, &marks.1).map(|change| (decision.id, change)));
    }
    Ok(out)
}

/// The alignment's row, for what hangs on it.
pub(crate) fn id_of(
    transaction: &Transaction<'_>,
    statement: &ArchiveCode,
    source: &LanguageTag,
    target: &LanguageTag,
) -> Result<i64> {
    let absent = || StoreError::NotFound { what: "alignment", key: statement.to_string() };
    let found = read::surviving(transaction, statement)?.ok_or_else(absent)?;
    transaction
        .query_row(
            "SELECT id FROM alignment WHERE statement = ?1 AND source = ?2 AND target = ?3",
            params![found.id, source.as_str(), target.as_str()],
            |row| row.get(0),
        )
        .optional()?
        .ok_or_else(absent)
}
