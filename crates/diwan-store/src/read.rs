//! Reading the archive: lists, records, findings, captures, counts. Everything comes sorted.

use diwan_model::{
    ArchiveCode, Authority, CaptureHash, LanguageTag, Locus, Reading, SentenceCode, Severity, Span,
    VersionCode,
};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use crate::records::MachineRecord;
use crate::{
    CaptureRecord, Counts, Filter, FindingRecord, FindingStatus, Fingerprint, Result, STATEMENT_FIELDS,
    SentenceRecord, ShownField, StatementGroup, StatementRecord, StatementRow, Store, StoreError, Subject,
    VersionRecord, VersionRow, decide, differences,
};

/// A statement found by its code, or by the code of one that was merged into it.
pub(crate) struct Found {
    pub(crate) id: i64,
    pub(crate) code: ArchiveCode,
}

/// The statement of that code, or the one it was merged into.
pub(crate) fn surviving(connection: &Connection, code: &ArchiveCode) -> Result<Option<Found>> {
    Ok(connection
        .prepare_cached(
            "SELECT s.id, s.code FROM statement AS s
             WHERE s.id = (SELECT coalesce(merged_into, id) FROM statement WHERE code = ?1)",
        )?
        .query_row([code.as_str()], |row| {
            Ok(Found { id: row.get(0)?, code: ArchiveCode::new(row.get::<_, String>(1)?) })
        })
        .optional()?)
}

/// Codes of statements merged into this one.
pub(crate) fn merged(connection: &Connection, code: &ArchiveCode) -> Result<Vec<ArchiveCode>> {
    let mut select = connection.prepare_cached(
        "SELECT code FROM statement WHERE merged_into = (SELECT id FROM statement WHERE code = ?1) ORDER BY id",
    )?;
    let rows = select.query_map([code.as_str()], |row| Ok(ArchiveCode::new(row.get::<_, String>(0)?)))?;
    Ok(rows.collect::<Result<_, rusqlite::Error>>()?)
}

/// What the machine read of a statement.
pub(crate) fn machine(connection: &Connection, id: i64) -> Result<MachineRecord> {
    let json: String = connection
        .prepare_cached("SELECT record FROM statement WHERE id = ?1")?
        .query_row([id], |row| row.get(0))?;
    serde_json::from_str(&json).map_err(StoreError::json("a statement"))
}

pub(crate) fn revision(connection: &Connection) -> Result<u64> {
    let text: String = connection
        .prepare_cached("SELECT value FROM meta WHERE name = 'revision'")?
        .query_row([], |row| row.get(0))?;
    Ok(text.parse().unwrap_or(0))
}

const SOURCE: &str = "coalesce(c.source, c.address, c.sha256)";

/// A page's name, and the versions it has: code of the statement and language.
type PageVersions = (String, std::collections::BTreeSet<(String, String)>);

/// What a page is, where it is in the archive.
pub(crate) fn page(connection: &Connection, capture: CaptureHash) -> Result<Option<PageVersions>> {
    let hash = capture.to_string();
    let source: Option<String> = connection
        .prepare_cached(&format!("SELECT {SOURCE} FROM capture AS c WHERE c.sha256 = ?1"))?
        .query_row([&hash], |row| row.get(0))
        .optional()?;
    let Some(source) = source else { return Ok(None) };
    let mut select = connection.prepare_cached(
        "SELECT s.code, v.lang FROM version AS v JOIN statement AS s ON s.id = v.statement WHERE v.capture = ?1",
    )?;
    let rows = select.query_map([&hash], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Some((source, rows.collect::<Result<_, rusqlite::Error>>()?)))
}

/// The page of a version: its bytes, its name, and which text counts.
pub(crate) type VersionPage = (CaptureHash, String, Authority);

/// The page of the shown version of a language.
pub(crate) fn page_of(
    connection: &Connection,
    statement: i64,
    lang: &LanguageTag,
) -> Result<Option<VersionPage>> {
    Ok(connection
        .prepare_cached(&format!(
            "SELECT v.capture, {SOURCE}, v.authority FROM version AS v JOIN capture AS c ON c.sha256 = v.capture
             WHERE v.statement = ?1 AND v.lang = ?2 AND v.shown = 1"
        ))?
        .query_row(params![statement, lang.as_str()], |row| Ok((hash(row, 0)?, row.get(1)?, authority(row, 2)?)))
        .optional()?)
}

impl Store {
    /// Statements as a list shows them, by code, or newest first. Statements without a version (their pages were read
    /// again and hold them no more) are left out; their codes stay taken.
    pub fn statements(&self, filter: &Filter) -> Result<Vec<StatementRow>> {
        let order = if filter.newest_first { "s.date IS NULL, s.date DESC, s.id DESC" } else { "s.id" };
        let mut select = self.connection.prepare_cached(&format!(
            "SELECT s.id, s.code, s.title, s.lang, s.date, s.issuer, s.type FROM statement AS s WHERE {CONDITION}
             ORDER BY {order} LIMIT :limit OFFSET :skip"
        ))?;
        let limit = filter.limit.and_then(|n| i64::try_from(n).ok()).unwrap_or(-1);
        let skip = i64::try_from(filter.skip).unwrap_or(i64::MAX);
        let rows = select.query_map(
            named_params! {
                ":issuer": filter.issuer, ":type": filter.r#type, ":lang": filter.lang.as_ref().map(|l| l.primary()),
                ":from": filter.from, ":until": filter.until.as_ref().map(|until| format!("{until}~")),
                ":limit": limit, ":skip": skip,
            },
            |row| {
                Ok((
                    row.get::<_, i64>(0)?,
                    StatementRow {
                        code: ArchiveCode::new(row.get::<_, String>(1)?),
                        title: row.get(2)?,
                        lang: row.get::<_, Option<String>>(3)?.map(|lang| LanguageTag::new(&lang)),
                        date: row.get(4)?,
                        issuer: row.get(5)?,
                        r#type: row.get(6)?,
                        versions: Vec::new(),
                    },
                ))
            },
        )?;
        let mut out = Vec::new();
        for row in rows {
            let (id, mut row) = row?;
            row.versions = self.version_rows(id, &row.code)?;
            out.push(row);
        }
        Ok(out)
    }

    /// How many statements pass the filter, whatever its limit.
    pub fn count(&self, filter: &Filter) -> Result<u64> {
        let n: i64 = self
            .connection
            .prepare_cached(&format!("SELECT count(*) FROM statement AS s WHERE {CONDITION}"))?
            .query_row(
                named_params! {
                    ":issuer": filter.issuer, ":type": filter.r#type,
                    ":lang": filter.lang.as_ref().map(|l| l.primary()), ":from": filter.from,
                    ":until": filter.until.as_ref().map(|until| format!("{until}~")),
                },
                |row| row.get(0),
            )?;
        Ok(u64::try_from(n).unwrap_or(0))
    }

    fn version_rows(&self, statement: i64, code: &ArchiveCode) -> Result<Vec<VersionRow>> {
        let mut select = self.connection.prepare_cached(&format!(
            "SELECT v.lang, v.authority, {SOURCE} FROM version AS v JOIN capture AS c ON c.sha256 = v.capture
             WHERE v.statement = ?1 AND v.shown = 1 ORDER BY v.authority <> 'authoritative', v.lang"
        ))?;
        let rows = select.query_map([statement], |row| {
            let lang = LanguageTag::new(&row.get::<_, String>(0)?);
            Ok(VersionRow {
                code: VersionCode { statement: code.clone(), lang: lang.clone() }.to_string(),
                lang,
                authority: authority(row, 1)?,
                source: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<Result<_, rusqlite::Error>>()?)
    }

    /// Languages of shown versions, those with most first.
    pub fn languages(&self) -> Result<Vec<LanguageTag>> {
        let mut select = self.connection.prepare_cached(
            "SELECT lang FROM version WHERE shown = 1 GROUP BY lang ORDER BY count(*) DESC, lang",
        )?;
        let rows = select.query_map([], |row| Ok(LanguageTag::new(&row.get::<_, String>(0)?)))?;
        Ok(rows.collect::<Result<_, rusqlite::Error>>()?)
    }

    /// Bodies and the types of what they issued, each with how many: those with most first.
    pub fn groups(&self) -> Result<Vec<StatementGroup>> {
        let mut select = self.connection.prepare_cached(
            "SELECT issuer, type, count(*), min(date), max(date) FROM statement AS s
             WHERE s.merged_into IS NULL AND EXISTS (SELECT 1 FROM version AS v WHERE v.statement = s.id)
             GROUP BY issuer, type ORDER BY count(*) DESC, issuer, type",
        )?;
        let rows = select.query_map([], |row| {
            Ok(StatementGroup {
                issuer: row.get(0)?,
                r#type: row.get(1)?,
                statements: u64::try_from(row.get::<_, i64>(2)?).unwrap_or(0),
                first: row.get(3)?,
                last: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, rusqlite::Error>>()?)
    }

    /// The statement of that code whole; `None` where there is none. The code of one that was merged into another
    /// gives the other.
    pub fn statement(&self, code: &ArchiveCode) -> Result<Option<StatementRecord>> {
        let Some(found) = surviving(&self.connection, code)? else { return Ok(None) };
        let (at, lang): (String, Option<String>) = self
            .connection
            .prepare_cached("SELECT at, lang FROM statement WHERE id = ?1")?
            .query_row([found.id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let machine = machine(&self.connection, found.id)?;
        let mut versions = self.version_records(&found, true)?;
        for (id, version) in &mut versions {
            version.sentences = self.sentences(*id, &version.code)?;
        }
        Ok(Some(StatementRecord {
            merged: merged(&self.connection, &found.code)?,
            at,
            lang: lang.map(|lang| LanguageTag::new(&lang)),
            fields: self.fields(&found.code, &machine)?,
            date: machine.date,
            meeting: machine.meeting,
            archive_record: machine.archive_record,
            versions: versions.into_iter().map(|(_, version)| version).collect(),
            earlier: self.version_records(&found, false)?.into_iter().map(|(_, version)| version).collect(),
            findings: {
                let condition = "f.capture IN (SELECT capture FROM version WHERE statement = ?1)";
                let mut all = self.findings_where(condition, &[&found.id])?;
                all.extend(differences::findings(&self.connection, Some(found.id), None)?);
                all.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
                all
            },
            code: found.code,
        }))
    }

    fn fields(&self, code: &ArchiveCode, machine: &MachineRecord) -> Result<Vec<ShownField>> {
        let subject = Subject::Statement(code.clone());
        STATEMENT_FIELDS
            .iter()
            .map(|field| {
                let machine = machine.fields.get(*field).cloned();
                let decision = decide::current(&self.connection, &subject, field)?;
                let text = match &decision {
                    Some(decision) => decision.value.clone(),
                    None => machine.as_ref().map(|value| value.text.clone()),
                };
                Ok(ShownField { field: (*field).to_owned(), text, machine, decision })
            })
            .collect()
    }

    fn version_records(&self, statement: &Found, shown: bool) -> Result<Vec<(i64, VersionRecord)>> {
        let order =
            if shown { "v.authority <> 'authoritative', v.lang" } else { "v.lang, c.seq DESC, v.id DESC" };
        let mut select = self.connection.prepare_cached(&format!(
            "SELECT v.id, v.lang, v.authority, v.title, {SOURCE}, c.address, v.capture, c.at, v.disclaimer_line,
               v.begin_line, v.end_line, v.shown, (SELECT capture FROM version WHERE id = v.replaces)
             FROM version AS v JOIN capture AS c ON c.sha256 = v.capture
             WHERE v.statement = ?1 AND v.shown = ?2 ORDER BY {order}"
        ))?;
        let rows = select.query_map(params![statement.id, shown], |row| {
            let lang = LanguageTag::new(&row.get::<_, String>(1)?);
            Ok((
                row.get::<_, i64>(0)?,
                VersionRecord {
                    code: VersionCode { statement: statement.code.clone(), lang: lang.clone() }.to_string(),
                    dir: lang.direction(),
                    lang,
                    authority: authority(row, 2)?,
                    decision: None,
                    title: row.get(3)?,
                    source: row.get(4)?,
                    address: row.get(5)?,
                    capture: hash(row, 6)?,
                    at: row.get(7)?,
                    disclaimer_line: row.get(8)?,
                    begin_line: row.get(9)?,
                    end_line: row.get(10)?,
                    shown: row.get(11)?,
                    replaces: row.get::<_, Option<String>>(12)?.and_then(|hash| hash.parse().ok()),
                    sentences: Vec::new(),
                },
            ))
        })?;
        let mut rows: Vec<(i64, VersionRecord)> = rows.collect::<Result<_, rusqlite::Error>>()?;
        for (_, version) in rows.iter_mut().filter(|_| shown) {
            if let Some(code) = version.version_code() {
                version.decision = decide::current(&self.connection, &Subject::Version(code), "authority")?;
            }
        }
        Ok(rows)
    }

    fn sentences(&self, version: i64, code: &str) -> Result<Vec<SentenceRecord>> {
        let mut select = self.connection.prepare_cached(
            "SELECT n, line, text, block, start, \"end\" FROM sentence WHERE version = ?1 ORDER BY n",
        )?;
        let rows = select.query_map([version], |row| {
            let n: u32 = row.get(0)?;
            Ok(SentenceRecord {
                code: format!("{code}/{n}"),
                n,
                line: row.get(1)?,
                text: row.get(2)?,
                locus: locus(row)?,
            })
        })?;
        Ok(rows.collect::<Result<_, rusqlite::Error>>()?)
    }

    /// The shown version of that code with its sentences.
    pub fn version(&self, code: &VersionCode) -> Result<Option<VersionRecord>> {
        let Some(found) = surviving(&self.connection, &code.statement)? else { return Ok(None) };
        let rows = self.version_records(&found, true)?;
        let Some((id, mut version)) = rows.into_iter().find(|(_, v)| v.lang == code.lang) else {
            return Ok(None);
        };
        version.sentences = self.sentences(id, &version.code)?;
        Ok(Some(version))
    }

    /// The sentence of that code.
    pub fn sentence(&self, code: &SentenceCode) -> Result<Option<SentenceRecord>> {
        let version = self.version(&code.version)?;
        Ok(version.and_then(|version| version.sentences.into_iter().find(|sentence| sentence.n == code.n)))
    }

    /// Calls `f` with each statement and its shown versions whole, by code, one in memory at a time: what an index is
    /// built from.
    pub fn for_each_statement<E: From<StoreError>>(
        &self,
        mut f: impl FnMut(&StatementRow, &[VersionRecord]) -> Result<(), E>,
    ) -> Result<(), E> {
        for row in self.statements(&Filter::default())? {
            let Some(found) = surviving(&self.connection, &row.code)? else { continue };
            let mut versions = Vec::new();
            for (id, mut version) in self.version_records(&found, true)? {
                version.sentences = self.sentences(id, &version.code)?;
                versions.push(version);
            }
            f(&row, &versions)?;
        }
        Ok(())
    }

    /// A number that grows whenever what is shown changes. An index built at another number is stale.
    pub fn revision(&self) -> Result<u64> {
        revision(&self.connection)
    }

    /// Every finding, gravest first.
    pub fn findings(&self) -> Result<Vec<FindingRecord>> {
        let mut all = self.findings_where("1 = 1", &[])?;
        all.extend(differences::findings(&self.connection, None, None)?);
        all.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        Ok(all)
    }

    /// The finding of that name.
    pub fn finding(&self, fingerprint: &Fingerprint) -> Result<Option<FindingRecord>> {
        let found = self.findings_where("f.fingerprint = ?1", &[&fingerprint.as_str()])?.into_iter().next();
        match found {
            Some(found) => Ok(Some(found)),
            None => Ok(differences::findings(&self.connection, None, Some(fingerprint.as_str()))?
                .into_iter()
                .next()),
        }
    }

    fn findings_where(&self, condition: &str, values: &[&dyn rusqlite::ToSql]) -> Result<Vec<FindingRecord>> {
        let mut select = self.connection.prepare_cached(&format!(
            "SELECT f.fingerprint, f.kind, f.severity, f.message, f.quotes, f.capture, {SOURCE}
             FROM finding AS f JOIN capture AS c ON c.sha256 = f.capture
             WHERE {condition} ORDER BY f.severity DESC, c.seq, f.kind, f.fingerprint"
        ))?;
        let rows = select.query_map(values, |row| {
            Ok((
                row.get::<_, String>(4)?,
                FindingRecord {
                    fingerprint: Fingerprint(row.get(0)?),
                    kind: row.get(1)?,
                    severity: severity(row.get(2)?),
                    message: row.get(3)?,
                    quotes: Vec::new(),
                    capture: hash(row, 5)?,
                    source: row.get(6)?,
                    statements: Vec::new(),
                    status: FindingStatus::Open,
                    decision: None,
                },
            ))
        })?;
        let mut out = Vec::new();
        for row in rows {
            let (quotes, mut finding) = row?;
            finding.quotes = serde_json::from_str(&quotes).map_err(StoreError::json("a finding"))?;
            finding.statements = self.statements_of(finding.capture)?;
            differences::place_quotes(&self.connection, &mut finding)?;
            differences::judge(&self.connection, &mut finding)?;
            out.push(finding);
        }
        Ok(out)
    }

    fn statements_of(&self, capture: CaptureHash) -> Result<Vec<ArchiveCode>> {
        let mut select = self.connection.prepare_cached(
            "SELECT DISTINCT s.code FROM version AS v JOIN statement AS s ON s.id = v.statement
             WHERE v.capture = ?1 ORDER BY s.id",
        )?;
        let rows =
            select.query_map([capture.to_string()], |row| Ok(ArchiveCode::new(row.get::<_, String>(0)?)))?;
        Ok(rows.collect::<Result<_, rusqlite::Error>>()?)
    }

    /// Every capture in the order in which they came in.
    pub fn captures(&self) -> Result<Vec<CaptureRecord>> {
        self.captures_where("1 = 1", &[])
    }

    /// The capture of that hash.
    pub fn capture(&self, hash: CaptureHash) -> Result<Option<CaptureRecord>> {
        Ok(self.captures_where("c.sha256 = ?1", &[&hash.to_string()])?.into_iter().next())
    }

    /// The bytes of a capture, as they came in.
    pub fn capture_bytes(&self, hash: CaptureHash) -> Result<Option<Vec<u8>>> {
        self.captures.bytes(hash)
    }

    fn captures_where(&self, condition: &str, values: &[&dyn rusqlite::ToSql]) -> Result<Vec<CaptureRecord>> {
        let mut select = self.connection.prepare_cached(&format!(
            "SELECT c.sha256, c.media_type, c.bytes, c.address, c.source, c.declared_encoding, c.at, r.method
             FROM capture AS c LEFT JOIN reading AS r ON r.capture = c.sha256 WHERE {condition} ORDER BY c.seq"
        ))?;
        let rows = select.query_map(values, |row| {
            Ok(CaptureRecord {
                sha256: hash(row, 0)?,
                media_type: row.get(1)?,
                bytes: u64::try_from(row.get::<_, i64>(2)?).unwrap_or(0),
                address: row.get(3)?,
                source: row.get(4)?,
                declared_encoding: row.get(5)?,
                at: row.get(6)?,
                method: row.get(7)?,
                statements: Vec::new(),
            })
        })?;
        let mut out: Vec<CaptureRecord> = rows.collect::<Result<_, rusqlite::Error>>()?;
        for capture in &mut out {
            capture.statements = self.statements_of(capture.sha256)?;
        }
        Ok(out)
    }

    /// All that was read from a capture.
    pub fn reading(&self, hash: CaptureHash) -> Result<Option<Reading>> {
        let json: Option<String> = self
            .connection
            .prepare_cached("SELECT json FROM reading WHERE capture = ?1")?
            .query_row([hash.to_string()], |row| row.get(0))
            .optional()?;
        json.map(|json| serde_json::from_str(&json).map_err(StoreError::json("a reading"))).transpose()
    }

    /// How much there is.
    pub fn counts(&self) -> Result<Counts> {
        let n = |sql: &str| -> Result<u64> {
            let n: i64 = self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
            Ok(u64::try_from(n).unwrap_or(0))
        };
        Ok(Counts {
            statements: self.count(&Filter::default())?,
            versions: n("SELECT count(*) FROM version WHERE shown = 1")?,
            earlier_versions: n("SELECT count(*) FROM version WHERE shown = 0")?,
            sentences: n(
                "SELECT count(*) FROM sentence JOIN version ON version.id = sentence.version WHERE shown = 1",
            )?,
            captures: n("SELECT count(*) FROM capture")?,
            unread: n("SELECT count(*) FROM capture WHERE sha256 NOT IN (SELECT capture FROM reading)
                 AND sha256 NOT IN (SELECT capture FROM intake WHERE outcome = 'list' AND capture IS NOT NULL)")?,
            findings: n("SELECT (SELECT count(*) FROM finding) + (SELECT count(*) FROM version_finding)")?,
            decisions: n("SELECT count(*) FROM decision")?,
            custody: n("SELECT count(*) FROM custody")?,
        })
    }
}

/// `~` sorts after every digit and hyphen, so that `2021~` is behind the whole of 2021.
const CONDITION: &str = "s.merged_into IS NULL
    AND EXISTS (SELECT 1 FROM version AS v WHERE v.statement = s.id AND v.shown = 1 AND (:lang IS NULL OR v.lang = :lang))
    AND (:issuer IS NULL OR s.issuer = :issuer)
    AND (:type IS NULL OR s.type = :type)
    AND (:from IS NULL OR s.date >= :from)
    AND (:until IS NULL OR s.date < :until)";

fn authority(row: &Row<'_>, column: usize) -> rusqlite::Result<Authority> {
    Ok(decide::authority(&row.get::<_, String>(column)?).unwrap_or_default())
}

fn hash(row: &Row<'_>, column: usize) -> rusqlite::Result<CaptureHash> {
    row.get::<_, String>(column)?.parse().map_err(|error: diwan_model::ParseHashError| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
    })
}

pub(crate) fn severity(number: i64) -> Severity {
    match number {
        0 => Severity::Info,
        1 => Severity::Low,
        2 => Severity::Medium,
        _ => Severity::High,
    }
}

/// The place of a sentence, kept as numbers: columns `block`, `start`, `end` from the fourth on.
fn locus(row: &Row<'_>) -> rusqlite::Result<Option<Locus>> {
    let (line, block): (u32, Option<u32>) = (row.get(1)?, row.get(3)?);
    let (start, end): (Option<u32>, Option<u32>) = (row.get(4)?, row.get(5)?);
    let (Some(block), Some(start), Some(end)) = (block, start, end) else { return Ok(None) };
    // A span is checked against its text when it is made; these were, and the reading they belong to never changes
    // without its sentences.
    let span: Option<Span> = serde_json::from_value(serde_json::json!({"start": start, "end": end})).ok();
    Ok(span.map(|span| Locus { block, line, span }))
}
