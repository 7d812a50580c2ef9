//! Writing one page: all its rows in one transaction.
//!
//! The order that makes a crash harmless: the bytes reach the disk under their hash, then one transaction writes the
//! capture, the reading, statements, versions, sentences, findings and log entries. A process that dies before the commit
//! leaves at most a file that no row names; adding the page again finds it and completes the rest.
//!
//! Which statement a page's statements belong to is not decided here: the caller asks for [`PageWriter::candidates`] and
//! names a [`Placement`].

use diwan_model::{ArchiveCode, Capture, CaptureHash, Finding, LanguageTag, Quote, Reading, Statement};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde_json::json;

use crate::machine::{fingerprint, machine_record};
use crate::records::MachineRecord;
use crate::{
    Decision, Outcome, QuoteRecord, Result, Store, StoreError, Subject, clock, custody, decide, log, read,
    refresh,
};

/// A statement in the archive that a new one may be a version of, because an address of theirs is the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its code.
    pub code: ArchiveCode,
    /// Its number; a lower one came in earlier.
    pub number: i64,
    /// Its date, where one was read (no decision applied, so that linking does not depend on when people decide).
    pub date: Option<String>,
    /// Where the date stands: the page, and the words.
    pub date_quote: Option<(CaptureHash, Quote)>,
    /// Languages it has.
    pub langs: Vec<LanguageTag>,
    /// Normalised addresses of its pages.
    pub own: Vec<String>,
    /// Normalised addresses that its pages name as the original.
    pub originals: Vec<String>,
    /// Normalised addresses where its pages say that they are in other languages.
    pub alternates: Vec<String>,
}

/// A statement of a page, about to be put into the archive.
#[derive(Debug, Clone, Copy)]
pub struct NewStatement<'a> {
    /// Which statement of the reading, from 0.
    pub part: usize,
    /// What was read.
    pub statement: &'a Statement,
    /// Normalised address of the page, where it stands for this statement.
    pub own: Option<&'a str>,
    /// Normalised address of the original.
    pub original: Option<&'a str>,
    /// Normalised addresses where the page says that it is in other languages.
    pub alternates: &'a [String],
}

/// Where a statement goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placement {
    /// It is new and gets a code.
    New,
    /// Its versions belong to this statement, and so do those of the `merge` ones, whose codes will lead to it.
    Join {
        /// The statement that stays.
        into: ArchiveCode,
        /// Statements that turn out to be the same.
        merge: Vec<ArchiveCode>,
    },
}

/// One page on its way in. Dropped without [`PageWriter::commit`] it leaves nothing.
#[derive(Debug)]
pub struct PageWriter<'a> {
    pub(crate) transaction: Transaction<'a>,
    pattern: diwan_model::CodePattern,
}

impl Store {
    /// Whether these bytes were read already.
    pub fn is_read(&self, hash: CaptureHash) -> Result<bool> {
        is_read(&self.connection, hash)
    }

    /// Hashes of all bytes that were read.
    pub fn read_hashes(&self) -> Result<std::collections::BTreeSet<CaptureHash>> {
        let mut select = self.connection.prepare_cached("SELECT capture FROM reading")?;
        let rows = select.query_map([], |row| row.get::<_, String>(0))?;
        Ok(rows.filter_map(|hash| hash.ok()?.parse().ok()).collect())
    }

    /// Keeps bytes and begins the transaction that writes their page.
    ///
    /// # Errors
    /// Conflict where another process writes for longer than half a minute.
    pub fn begin_page(&mut self, capture: &Capture, bytes: &[u8]) -> Result<PageWriter<'_>> {
        self.captures.keep(capture.sha256, bytes)?;
        let mut writer = self.reopen_page()?;
        writer.keep_capture(capture)?;
        Ok(writer)
    }

    /// Begins a transaction that writes a page whose bytes are kept already.
    pub fn reopen_page(&mut self) -> Result<PageWriter<'_>> {
        let pattern = self.settings().pattern()?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok(PageWriter { transaction, pattern })
    }

    /// Logs that these bytes were handed in again.
    pub fn unchanged(&mut self, source: &str, address: Option<&str>, hash: CaptureHash) -> Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        log::append(&transaction, source, address, Some(hash), Outcome::Unchanged, None)?;
        Ok(transaction.commit()?)
    }

    /// Logs that something could not be taken, and keeps its bytes where there are some.
    pub fn refuse(
        &mut self,
        source: &str,
        address: Option<&str>,
        kept: Option<(&Capture, &[u8])>,
        reason: &str,
    ) -> Result<()> {
        if let Some((capture, bytes)) = kept {
            self.captures.keep(capture.sha256, bytes)?;
        }
        let mut writer = self.reopen_page()?;
        if let Some((capture, _)) = kept {
            writer.keep_capture(capture)?;
        }
        let hash = kept.map(|(capture, _)| capture.sha256);
        log::append(&writer.transaction, source, address, hash, Outcome::Refused, Some(reason))?;
        writer.commit()
    }
}

fn is_read(connection: &Connection, hash: CaptureHash) -> Result<bool> {
    Ok(connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM reading WHERE capture = ?1)")?
        .query_row([hash.to_string()], |row| row.get(0))?)
}

impl PageWriter<'_> {
    /// Whether these bytes were read already, asked inside the transaction.
    pub fn is_read(&self, hash: CaptureHash) -> Result<bool> {
        is_read(&self.transaction, hash)
    }

    /// [`Store::revision`] as it will be after this page, if nothing more is put.
    pub fn revision(&self) -> Result<u64> {
        read::revision(&self.transaction)
    }

    /// Ends the page: all of it is in the archive.
    pub fn commit(self) -> Result<()> {
        Ok(self.transaction.commit()?)
    }

    fn keep_capture(&mut self, capture: &Capture) -> Result<()> {
        let new = self
            .transaction
            .prepare_cached(
                "INSERT INTO capture (sha256, media_type, bytes, address, source, declared_encoding, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (sha256) DO NOTHING",
            )?
            .execute(params![
                capture.sha256.to_string(),
                capture.media_type,
                i64::try_from(capture.bytes).unwrap_or(i64::MAX),
                capture.address,
                capture.source,
                capture.declared_encoding,
                clock::now_text(),
            ])?;
        if new > 0 {
            custody::append(
                &self.transaction,
                "capture",
                &capture.sha256.to_string(),
                &json!({"bytes": capture.bytes, "media_type": capture.media_type}),
            )?;
        }
        Ok(())
    }

    /// Logs the page as added.
    pub fn log_added(&mut self, capture: &Capture, source: &str) -> Result<()> {
        let address = capture.address.as_deref();
        log::append(&self.transaction, source, address, Some(capture.sha256), Outcome::Added, None)
    }

    /// Keeps what was read and its findings. What an earlier method read of the same bytes is replaced; decisions stay.
    pub fn put_reading(&mut self, reading: &Reading, method: &str) -> Result<()> {
        let hash = reading.capture.sha256.to_string();
        let json = serde_json::to_string(reading).map_err(StoreError::json("a reading"))?;
        self.transaction.prepare_cached("INSERT INTO reading (capture, method, at, json) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (capture) DO UPDATE SET method = excluded.method, at = excluded.at, json = excluded.json")?.execute(params![hash, method, clock::now_text(), json])?;
        self.transaction
            .prepare_cached("DELETE FROM finding WHERE capture = ?1 AND origin = 'reading'")?
            .execute([&hash])?;
        for finding in &reading.findings {
            self.put_finding(reading.capture.sha256, "reading", finding, None)?;
        }
        let detail = json!({"method": method, "statements": reading.statements.len()});
        custody::append(&self.transaction, "reading", &hash, &detail)
    }

    /// Keeps a finding that came up when the page was placed among the others. The quotes after the first may be on
    /// another page, named by `others`.
    pub fn put_linking_finding(
        &mut self,
        capture: CaptureHash,
        finding: &Finding,
        others: Option<CaptureHash>,
    ) -> Result<()> {
        self.put_finding(capture, "linking", finding, others)
    }

    fn put_finding(
        &mut self,
        capture: CaptureHash,
        origin: &str,
        finding: &Finding,
        others: Option<CaptureHash>,
    ) -> Result<()> {
        let quotes: Vec<QuoteRecord> = finding
            .quotes
            .iter()
            .enumerate()
            .map(|(k, quote)| QuoteRecord {
                capture: others.filter(|_| k > 0),
                line: quote.line,
                text: quote.text.clone(),
                sentence: None,
                authoritative: false,
                code: None,
                lang: None,
                source: None,
            })
            .collect();
        let json = serde_json::to_string(&quotes).map_err(StoreError::json("a finding"))?;
        // The same words may be found wanting twice on a page; the second gets a name of its own.
        for turn in 0.. {
            let fingerprint = fingerprint(capture, finding, turn);
            let put = self
                .transaction
                .prepare_cached(
                    "INSERT INTO finding (fingerprint, capture, origin, kind, severity, message, quotes)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (fingerprint) DO NOTHING",
                )?
                .execute(params![
                    fingerprint.as_str(),
                    capture.to_string(),
                    origin,
                    finding.kind,
                    finding.severity as i64,
                    finding.message,
                    json
                ])?;
            if put > 0 {
                break;
            }
        }
        Ok(())
    }

    /// Statements of the archive that share one of these normalised addresses, by number.
    pub fn candidates(&self, addresses: &[&str]) -> Result<Vec<Candidate>> {
        let mut ids = std::collections::BTreeSet::new();
        let mut find = self.transaction.prepare_cached(
            "SELECT statement FROM version WHERE own_address = ?1 OR original_address = ?1",
        )?;
        for address in addresses {
            for id in find.query_map([address], |row| row.get::<_, i64>(0))? {
                ids.insert(id?);
            }
        }
        ids.into_iter().map(|id| candidate(&self.transaction, id)).collect()
    }

    /// Whether a person said that a part of a page does not belong to a statement.
    pub fn is_apart(&self, capture: CaptureHash, part: usize, statement: &ArchiveCode) -> Result<bool> {
        crate::ties::is_apart(&self.transaction, capture, part, statement)
    }

    /// The statement that a part of an earlier reading of these bytes belongs to.
    pub fn placed(&self, capture: CaptureHash, part: usize) -> Result<Option<Candidate>> {
        let id = self
            .transaction
            .prepare_cached("SELECT statement FROM version WHERE capture = ?1 AND part = ?2 LIMIT 1")?
            .query_row(params![capture.to_string(), number(part)], |row| row.get(0))
            .optional()?;
        id.map(|id| candidate(&self.transaction, id)).transpose()
    }

    /// Takes the versions of these bytes out again, before they are put anew from another reading. Codes stay taken.
    pub fn take_out(&mut self, capture: CaptureHash) -> Result<()> {
        let hash = capture.to_string();
        self.transaction
            .prepare_cached(
                "DELETE FROM sentence WHERE version IN (SELECT id FROM version WHERE capture = ?1)",
            )?
            .execute([&hash])?;
        self.transaction
            .prepare_cached(
                "DELETE FROM mention WHERE version IN (SELECT id FROM version WHERE capture = ?1)",
            )?
            .execute([&hash])?;
        let touched: Vec<i64> = self
            .transaction
            .prepare_cached("SELECT DISTINCT statement FROM version WHERE capture = ?1 ORDER BY statement")?
            .query_map([&hash], |row| row.get(0))?
            .collect::<Result<_, rusqlite::Error>>()?;
        self.transaction.prepare_cached("UPDATE version SET replaces = NULL WHERE replaces IN (SELECT id FROM version WHERE capture = ?1)")?.execute([&hash])?;
        self.transaction.prepare_cached("DELETE FROM version WHERE capture = ?1")?.execute([&hash])?;
        self.transaction
            .prepare_cached("DELETE FROM finding WHERE capture = ?1 AND origin = 'linking'")?
            .execute([&hash])?;
        touched.into_iter().try_for_each(|id| refresh::statement(&self.transaction, id))
    }

    /// Puts a statement of the reading where it belongs and gives its code.
    pub fn place(
        &mut self,
        reading: &Reading,
        new: NewStatement<'_>,
        placement: &Placement,
    ) -> Result<ArchiveCode> {
        let (id, code) = match placement {
            Placement::New => self.new_statement(reading, new)?,
            Placement::Join { into, merge } => {
                let found = read::surviving(&self.transaction, into)?
                    .ok_or_else(|| StoreError::NotFound { what: "statement", key: into.to_string() })?;
                for other in merge {
                    self.merge(other, found.id, &found.code)?;
                }
                (found.id, found.code)
            }
        };
        self.put_versions(reading, new, id, &code)?;
        refresh::statement(&self.transaction, id)?;
        Ok(code)
    }

    fn new_statement(&mut self, reading: &Reading, new: NewStatement<'_>) -> Result<(i64, ArchiveCode)> {
        let year =
            new.statement.date.as_ref().and_then(|date| date.iso.get(..4)).and_then(|y| y.parse().ok());
        // The number is the row's, known only once the row is there; until then a code that no other row can have.
        self.transaction
            .prepare_cached("INSERT INTO statement (code, record, at) VALUES ('', '{}', ?1)")?
            .execute([clock::now_text()])?;
        let id = self.transaction.last_insert_rowid();
        let code = self.pattern.code(year, u64::try_from(id).unwrap_or(0));
        self.transaction
            .prepare_cached("UPDATE statement SET code = ?2 WHERE id = ?1")?
            .execute(params![id, code.as_str()])?;
        let detail = json!({"capture": reading.capture.sha256, "part": new.part});
        custody::append(&self.transaction, "statement", code.as_str(), &detail)?;
        Ok((id, code))
    }

    /// The other statement's versions become this one's; its code leads here from now on.
    fn merge(&mut self, other: &ArchiveCode, into: i64, code: &ArchiveCode) -> Result<()> {
        let Some(other) = read::surviving(&self.transaction, other)? else { return Ok(()) };
        if other.id == into || crate::ties::forbidden(&self.transaction, other.id, into)? {
            return Ok(());
        }
        // Not shown until the languages of both are weighed against each other in `refresh`.
        self.transaction
            .prepare_cached("UPDATE version SET statement = ?2, shown = 0 WHERE statement = ?1")?
            .execute(params![other.id, into])?;
        self.transaction
            .prepare_cached("UPDATE statement SET merged_into = ?2 WHERE id = ?1 OR merged_into = ?1")?
            .execute(params![other.id, into])?;
        custody::append(&self.transaction, "merge", other.code.as_str(), &json!({"into": code}))
    }

    fn put_versions(
        &mut self,
        reading: &Reading,
        new: NewStatement<'_>,
        id: i64,
        code: &ArchiveCode,
    ) -> Result<()> {
        let alternates = serde_json::to_string(new.alternates).map_err(StoreError::json("a version"))?;
        for (position, version) in new.statement.versions.iter().enumerate() {
            let record = machine_record(reading, new.statement, version);
            let json = serde_json::to_string(&record).map_err(StoreError::json("a version"))?;
            self.transaction
                .prepare_cached(
                    "INSERT INTO version (statement, lang, capture, part, position, authority, authority_read, title,
                       own_address, original_address, alternates, record, disclaimer_line, begin_line, end_line, shown, at)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 0, ?15)",
                )?
                .execute(params![
                    id,
                    version.lang.primary(),
                    reading.capture.sha256.to_string(),
                    number(new.part),
                    number(position),
                    version.authority.as_str(),
                    version.title.as_ref().map(|title| title.text.as_str()),
                    new.own,
                    new.original,
                    alternates,
                    json,
                    version.disclaimer_line,
                    version.begin_line,
                    version.end_line,
                    clock::now_text(),
                ])?;
            let id = self.transaction.last_insert_rowid();
            self.put_sentences(id, version)?;
            crate::entities::put_mentions(&self.transaction, id, version)?;
            let subject = format!("{code}-{}", version.lang.primary());
            custody::append(
                &self.transaction,
                "version",
                &subject,
                &json!({"capture": reading.capture.sha256}),
            )?;
        }
        Ok(())
    }

    fn put_sentences(&self, id: i64, version: &diwan_model::Version) -> Result<()> {
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO sentence (version, n, line, text, block, start, \"end\") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        for (k, sentence) in version.sentences.iter().enumerate() {
            let locus = sentence.locus;
            insert.execute(params![
                id,
                number(k + 1),
                sentence.line,
                sentence.text,
                locus.map(|l| l.block),
                locus.map(|l| number(l.span.start())),
                locus.map(|l| number(l.span.end())),
            ])?;
        }
        Ok(())
    }
}

/// As SQLite keeps numbers. Ours are sizes of pages, far from either end.
fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn candidate(connection: &Connection, id: i64) -> Result<Candidate> {
    let (code, record): (String, String) = connection
        .prepare_cached("SELECT code, record FROM statement WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let record: MachineRecord = serde_json::from_str(&record).map_err(StoreError::json("a statement"))?;
    let line = record.fields.get("date").map(|value| (value.capture, value.line.unwrap_or(1)));
    let printed = record.date.as_ref().map(|date| date.printed.clone());
    let mut found = Candidate {
        code: ArchiveCode::new(code),
        number: id,
        date_quote: line.zip(printed).map(|((capture, line), text)| (capture, Quote { line, text })),
        date: record.date.map(|date| date.iso),
        langs: Vec::new(),
        own: Vec::new(),
        originals: Vec::new(),
        alternates: Vec::new(),
    };
    let mut statement = connection.prepare_cached(
        "SELECT lang, own_address, original_address, alternates FROM version WHERE statement = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query([id])?;
    while let Some(row) = rows.next()? {
        found.langs.push(LanguageTag::new(&row.get::<_, String>(0)?));
        found.own.extend(row.get::<_, Option<String>>(1)?);
        found.originals.extend(row.get::<_, Option<String>>(2)?);
        let alternates: Vec<String> =
            serde_json::from_str(&row.get::<_, String>(3)?).map_err(StoreError::json("a version"))?;
        found.alternates.extend(alternates);
    }
    for list in [&mut found.own, &mut found.originals, &mut found.alternates] {
        list.sort();
        list.dedup();
    }
    found.langs.sort();
    found.langs.dedup();
    Ok(found)
}

/// Shows a decision at once.
pub(crate) fn refresh_subject(connection: &Connection, subject: &Subject) -> Result<()> {
    let code = match subject {
        Subject::Statement(code) => code,
        Subject::Version(code) => &code.statement,
        Subject::Finding(_) | Subject::Entity(_) | Subject::Fact(_) => return refresh::bump(connection),
        Subject::Bead(key) => return crate::alignment::refresh(connection, key),
        Subject::Link(key) => return crate::ties::settle(connection, key, None),
    };
    match read::surviving(connection, code)? {
        Some(found) => refresh::statement(connection, found.id),
        None => Ok(()),
    }
}

/// What the machine has for a field, whatever people decided.
pub(crate) fn machine_value(
    connection: &Connection,
    subject: &Subject,
    field: &str,
) -> Result<Option<String>> {
    match subject {
        Subject::Statement(code) => {
            let Some(found) = read::surviving(connection, code)? else { return Ok(None) };
            Ok(read::machine(connection, found.id)?.fields.remove(field).map(|value| value.text))
        }
        Subject::Version(code) => {
            let Some(found) = read::surviving(connection, &code.statement)? else { return Ok(None) };
            refresh::machine_authority(connection, found.id, &code.lang)
        }
        Subject::Finding(_) | Subject::Bead(_) | Subject::Entity(_) | Subject::Link(_) => Ok(None),
        Subject::Fact(id) => crate::facts::machine_value(connection, id, field),
    }
}

/// The decision that counts for a field of a statement.
pub(crate) fn decided(connection: &Connection, code: &ArchiveCode, field: &str) -> Result<Option<Decision>> {
    decide::current(connection, &Subject::Statement(code.clone()), field)
}
