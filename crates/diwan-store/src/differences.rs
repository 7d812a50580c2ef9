//! Findings between versions: where a translation departs from the text it renders. They are made from kept alignments, and
//! kept with them; what a person said of one stands when it is made again.

use std::collections::{BTreeMap, BTreeSet};

use diwan_model::{
    ArchiveCode, Authority, CaptureHash, Direction, LanguageTag, SentenceCode, Severity, VersionCode,
};
use rusqlite::{Connection, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

use crate::alignment::{AlignmentRecord, id_of};
use crate::{
    FINDING_STATUS, FindingRecord, FindingStatus, Fingerprint, QuoteRecord, Result, SentenceRecord, Store,
    StoreError, Subject, decide, read,
};

/// Words of one of two versions that a difference rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DifferenceQuote {
    /// The version's language.
    pub lang: LanguageTag,
    /// The sentence, from 1.
    pub n: u32,
    /// Line in the source, 1-based.
    pub line: u32,
    /// As printed.
    pub text: String,
    /// The sentence that the words stand in.
    pub sentence: String,
    /// The sentence's code, where it is one of another statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// Where a translation departs from the text it renders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Short stable name of its kind.
    pub kind: String,
    /// How much it matters.
    pub severity: Severity,
    /// One sentence in English for people.
    pub message: String,
    /// The words that show it, those of the rendered text first.
    pub quotes: Vec<DifferenceQuote>,
}

/// Two aligned versions that are to be compared.
#[derive(Debug, Clone, PartialEq)]
pub struct DifferenceTask {
    /// Their alignment.
    pub alignment: AlignmentRecord,
    /// Whether they were compared already.
    pub done: bool,
    /// Sentences of the first.
    pub source: Vec<SentenceRecord>,
    /// Sentences of the second.
    pub target: Vec<SentenceRecord>,
    /// Which text counts: the first's and the second's.
    pub authority: (Authority, Authority),
    /// The body, where it is known.
    pub issuer: Option<String>,
    /// The date, where it is known.
    pub date: Option<String>,
}

impl Store {
    /// Pairs of versions that `method` has not compared as they are now, with all others of the same body and languages,
    /// by date: what a body did before is compared too.
    pub fn difference_tasks(&self, method: &str) -> Result<Vec<DifferenceTask>> {
        let mut select = self.connection.prepare_cached(
            "SELECT DISTINCT s.code, s.issuer, s.date FROM alignment AS a JOIN statement AS s ON s.id = a.statement
             WHERE EXISTS (SELECT 1 FROM alignment AS b JOIN statement AS t ON t.id = b.statement
               WHERE b.compared IS NOT ?1 AND b.source = a.source AND b.target = a.target
                 AND (b.id = a.id OR t.issuer = s.issuer))
             ORDER BY s.date IS NULL, s.date, s.id",
        )?;
        let statements: Vec<(String, Option<String>, Option<String>)> = select
            .query_map([method], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, rusqlite::Error>>()?;
        let mut out = Vec::new();
        for (code, issuer, date) in statements {
            let code = ArchiveCode::new(code);
            for alignment in self.alignments(&code)?.into_iter().filter(|a| a.current) {
                let compared: Option<String> = self
                    .connection
                    .prepare_cached("SELECT compared FROM alignment WHERE id = ?1")?
                    .query_row([alignment.id], |row| row.get(0))?;
                let version = |lang: &LanguageTag| {
                    self.version(&VersionCode { statement: code.clone(), lang: lang.clone() })
                };
                let (Some(source), Some(target)) = (version(&alignment.source)?, version(&alignment.target)?)
                else {
                    continue;
                };
                out.push(DifferenceTask {
                    alignment,
                    done: compared.as_deref() == Some(method),
                    authority: (source.authority, target.authority),
                    source: source.sentences,
                    target: target.sentences,
                    issuer: issuer.clone(),
                    date: date.clone(),
                });
            }
        }
        Ok(out)
    }

    /// Keeps what was found between two versions, in place of what was found before.
    pub fn put_differences(
        &mut self,
        of: &AlignmentRecord,
        method: &str,
        found: &[Difference],
    ) -> Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let id = id_of(&transaction, &of.statement, &of.source, &of.target)?;
        transaction.execute("DELETE FROM version_finding WHERE alignment = ?1", [id])?;
        for difference in found {
            let json = serde_json::to_string(&difference.quotes).map_err(StoreError::json("a finding"))?;
            for turn in 0.. {
                let fingerprint = fingerprint(of, difference, turn);
                let put = transaction.execute(
                    "INSERT INTO version_finding (fingerprint, alignment, kind, severity, message, quotes)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
                    params![
                        fingerprint.as_str(),
                        id,
                        difference.kind,
                        difference.severity as i64,
                        difference.message,
                        json
                    ],
                )?;
                if put > 0 {
                    break;
                }
            }
        }
        transaction.execute("UPDATE alignment SET compared = ?2 WHERE id = ?1", params![id, method])?;
        Ok(transaction.commit()?)
    }
}

/// Depends on the statement, the languages, the kind and the words quoted: not on numbers, lines or the run.
fn fingerprint(of: &AlignmentRecord, difference: &Difference, turn: u32) -> Fingerprint {
    let mut langs = [of.source.as_str(), of.target.as_str()];
    langs.sort_unstable();
    let mut text = format!("{}\n{}\n{}\n{turn}", of.statement, langs.join(" "), difference.kind);
    let mut quotes: Vec<String> = difference
        .quotes
        .iter()
        .map(|q| format!("{} {}", q.lang, q.text.split_whitespace().collect::<Vec<_>>().join(" ")))
        .collect();
    quotes.sort();
    for quote in quotes {
        text.push('\n');
        text.push_str(&quote);
    }
    let mut hash = CaptureHash::of(text.as_bytes()).to_string();
    hash.truncate(16);
    Fingerprint(hash)
}

/// Findings between versions, gravest first: all, those of a statement (by its row), or the one of that name.
pub(crate) fn findings(
    connection: &Connection,
    statement: Option<i64>,
    name: Option<&str>,
) -> Result<Vec<FindingRecord>> {
    let mut select = connection.prepare_cached(
        "SELECT f.fingerprint, f.kind, f.severity, f.message, f.quotes, s.code, s.id
         FROM version_finding AS f JOIN alignment AS a ON a.id = f.alignment JOIN statement AS s ON s.id = a.statement
         WHERE (?1 IS NULL OR s.id = ?1) AND (?2 IS NULL OR f.fingerprint = ?2)
         ORDER BY f.severity DESC, s.id, a.id, f.kind, f.fingerprint",
    )?;
    type Raw = (String, String, i64, String, String, String, i64);
    let rows: Vec<Raw> = select
        .query_map(params![statement, name], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
        })?
        .collect::<Result<_, rusqlite::Error>>()?;
    let mut pages = Pages::default();
    let mut out = Vec::new();
    for (fingerprint, kind, severity, message, quotes, code, id) in rows {
        let quotes: Vec<DifferenceQuote> =
            serde_json::from_str(&quotes).map_err(StoreError::json("a finding"))?;
        let mut shown = Vec::new();
        for quote in quotes {
            let elsewhere = quote.code.as_ref().and_then(|code| code.parse::<SentenceCode>().ok());
            let at = match &elsewhere {
                Some(code) => {
                    read::surviving(connection, &code.version.statement)?.map_or(id, |found| found.id)
                }
                None => id,
            };
            let page = pages.of(connection, at, &quote.lang)?;
            shown.push(QuoteRecord {
                capture: page.as_ref().map(|(hash, ..)| *hash),
                line: quote.line,
                text: quote.text,
                sentence: Some(quote.sentence),
                code: quote.code.or_else(|| Some(format!("{code}-{}/{}", quote.lang, quote.n))),
                authoritative: page
                    .as_ref()
                    .is_some_and(|(.., authority)| *authority == Authority::Authoritative),
                lang: Some(quote.lang),
                source: page.map(|(_, source, _)| source),
            });
        }
        // A finding stands on the page of the version that departs, the last one quoted.
        let Some(capture) = shown.iter().rev().find_map(|quote| quote.capture) else { continue };
        let source = shown.iter().rev().find_map(|quote| quote.source.clone()).unwrap_or_default();
        let fingerprint = Fingerprint(fingerprint);
        let mut record = FindingRecord {
            kind,
            severity: read::severity(severity),
            message,
            quotes: shown,
            capture,
            source,
            statements: vec![ArchiveCode::new(code)],
            status: FindingStatus::Open,
            decision: None,
            fingerprint,
        };
        judge(connection, &mut record)?;
        out.push(record);
    }
    Ok(out)
}

/// Puts what people decided of a finding into it.
pub(crate) fn judge(connection: &Connection, finding: &mut FindingRecord) -> Result<()> {
    let subject = Subject::Finding(finding.fingerprint.clone());
    finding.decision = decide::current(connection, &subject, FINDING_STATUS)?;
    finding.status = match finding.decision.as_ref().and_then(|d| d.value.as_deref()) {
        Some("confirmed") => FindingStatus::Confirmed,
        Some("dismissed") => FindingStatus::Dismissed,
        _ => FindingStatus::Open,
    };
    Ok(())
}

/// Pages of shown versions, asked for once each.
#[derive(Default)]
struct Pages(BTreeMap<(i64, LanguageTag), Option<read::VersionPage>>);

impl Pages {
    fn of(
        &mut self,
        connection: &Connection,
        statement: i64,
        lang: &LanguageTag,
    ) -> Result<Option<read::VersionPage>> {
        if let Some(known) = self.0.get(&(statement, lang.clone())) {
            return Ok(known.clone());
        }
        let found = read::page_of(connection, statement, lang)?;
        self.0.insert((statement, lang.clone()), found.clone());
        Ok(found)
    }
}

/// The source of a page, and the codes and languages of the versions on it.
type PageOf = (String, BTreeSet<(String, String)>);

/// The versions of a page that have a sentence on a line.
fn on_line(connection: &Connection, capture: CaptureHash, line: u32) -> Result<BTreeSet<(String, String)>> {
    let mut select = connection.prepare_cached(
        "SELECT DISTINCT s.code, v.lang FROM sentence AS t JOIN version AS v ON v.id = t.version
         JOIN statement AS s ON s.id = v.statement WHERE v.capture = ?1 AND t.line = ?2",
    )?;
    let rows = select.query_map(params![capture.to_string(), line], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, rusqlite::Error>>()?)
}

/// The one version that words can be of: the only one, or the only one that is written in their direction.
fn only<'a>(versions: &'a BTreeSet<(String, String)>, text: &str) -> Option<&'a (String, String)> {
    let arabic = text.chars().any(|c| matches!(c, '\u{0600}'..='\u{06FF}'));
    let direction = if arabic { Direction::RightToLeft } else { Direction::LeftToRight };
    let mut fitting = versions
        .iter()
        .filter(|(_, lang)| versions.len() == 1 || LanguageTag::new(lang).direction() == direction);
    fitting.next().filter(|_| fitting.next().is_none())
}

/// Fills in what is known of the pages that quotes stand on.
pub(crate) fn place_quotes(connection: &Connection, finding: &mut FindingRecord) -> Result<()> {
    let mut known: BTreeMap<CaptureHash, Option<PageOf>> = BTreeMap::new();
    for quote in &mut finding.quotes {
        let capture = quote.capture.unwrap_or(finding.capture);
        if let std::collections::btree_map::Entry::Vacant(entry) = known.entry(capture) {
            entry.insert(read::page(connection, capture)?);
        }
        let Some(Some((source, versions))) = known.get(&capture) else { continue };
        quote.source = Some(source.clone());
        let of_line = on_line(connection, capture, quote.line)?;
        let candidates = if of_line.is_empty() { versions } else { &of_line };
        if let Some((code, lang)) = only(candidates, &quote.text) {
            quote.code = Some(format!("{code}-{lang}"));
            quote.lang = Some(LanguageTag::new(lang));
        }
    }
    Ok(())
}
