//! `diwan show`: one statement, version or sentence whole.

use std::fmt::Write as _;
use std::path::Path;

use clap::Args;
use diwan_model::{ArchiveCode, SentenceCode, VersionCode};
use diwan_store::{ShownField, StatementRecord, Store, StoreError, VersionRecord};

use crate::output::{self, isolated};

/// Show a statement with its record and versions, one version with its text, or one sentence.
///
/// After a value stands who says so: the line of the page it was read from, or the person who decided.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan show DW/2021/000123\n  diwan show DW/2021/000123-fa\n  diwan show DW/2021/000123-fa/12 --json"
)]
pub(crate) struct ShowCommand {
    /// The code of a statement, version or sentence.
    code: String,
    /// Print one JSON object, complete.
    #[arg(long)]
    json: bool,
}

impl ShowCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path) -> anyhow::Result<()> {
        let store = Store::open(archive)?;
        let mut out = String::new();
        // A pattern of codes may make statements' codes that look like a version's, so the statement is asked for first.
        if let Some(record) = store.statement(&ArchiveCode::new(self.code.as_str()))? {
            if self.json {
                return output::put_json(&record);
            }
            statement(&mut out, &self.code, &record);
            for found in &record.versions {
                provenance(&mut out, &store, found)?;
            }
        } else if let Some(found) = lookup(self.code.parse::<VersionCode>(), |code| store.version(code))? {
            if self.json {
                return output::put_json(&found);
            }
            version(&mut out, &found);
            provenance(&mut out, &store, &found)?;
            for sentence in &found.sentences {
                let _ = writeln!(out, "{:>5}  {}", sentence.n, isolated(&sentence.text));
            }
        } else if let Some(found) = lookup(self.code.parse::<SentenceCode>(), |code| store.sentence(code))? {
            if self.json {
                return output::put_json(&found);
            }
            let _ = writeln!(out, "{}\n{}", found.code, isolated(&found.text));
        } else {
            return Err(StoreError::NotFound { what: "code", key: self.code }.into());
        }
        output::put(&out)
    }
}

fn lookup<C, T, E>(
    code: Result<C, E>,
    find: impl FnOnce(&C) -> diwan_store::Result<Option<T>>,
) -> diwan_store::Result<Option<T>> {
    code.ok().map_or(Ok(None), |code| find(&code))
}

fn statement(out: &mut String, asked: &str, record: &StatementRecord) {
    let _ = writeln!(out, "{}", record.code);
    if asked != record.code.as_str() {
        let _ = writeln!(out, "  ({asked} was found to be this statement)");
    }
    for shown in &record.fields {
        if let Some(text) = &shown.text {
            let _ = writeln!(out, "  {:<13} {}  {}", shown.field, isolated(text), says(shown));
        }
    }
    if let Some(meeting) = &record.meeting {
        let said = [meeting.what.as_deref(), meeting.when.as_deref(), meeting.r#where.as_deref()];
        let said: Vec<String> = said.into_iter().flatten().map(isolated).collect();
        let _ = writeln!(out, "  {:<13} {}", "meeting", said.join(", "));
    }
    if let Some(code) = record.archive_record.as_ref().and_then(|found| found.code.as_ref()) {
        let _ = writeln!(out, "  {:<13} {}", "record", isolated(code));
    }
    for found in &record.versions {
        version(out, found);
    }
    for found in &record.earlier {
        let _ = writeln!(out, "  earlier: {}  {}  {}", found.lang, found.at, isolated(&found.source));
    }
    for finding in &record.findings {
        let _ = writeln!(
            out,
            "  finding {} ({}): {}",
            finding.fingerprint,
            finding.status.as_str(),
            isolated(&finding.message)
        );
    }
}

fn says(field: &ShownField) -> String {
    match (&field.decision, &field.machine) {
        (Some(decision), _) => format!("[{}, {}]", isolated(&decision.who), decision.at),
        (None, Some(machine)) => match machine.line {
            Some(line) => format!("[line {line}, {:.2}]", machine.confidence),
            None => format!("[{:.2}]", machine.confidence),
        },
        (None, None) => String::new(),
    }
}

/// Where the bytes of a version came from, and what was asked and answered to get them.
fn provenance(out: &mut String, store: &Store, found: &VersionRecord) -> anyhow::Result<()> {
    let Some(capture) = store.capture(found.capture)? else { return Ok(()) };
    let hash: String = capture.sha256.to_string().chars().take(16).collect();
    let encoding =
        capture.declared_encoding.as_deref().map(|e| format!(", said to be {e}")).unwrap_or_default();
    let _ = writeln!(
        out,
        "  {} from capture {hash}…: {}, {} bytes{encoding}, came in {}",
        found.lang, capture.media_type, capture.bytes, capture.at
    );
    for record in store.exchanges_of(found.capture)? {
        let asked = &record.exchange;
        let _ = writeln!(
            out,
            "    {} {}  {}",
            asked.at.as_deref().unwrap_or("at an unknown time"),
            asked.status,
            isolated(&asked.address)
        );
    }
    Ok(())
}

fn version(out: &mut String, found: &VersionRecord) {
    let sentences = output::counted(found.sentences.len() as u64, "sentence", "sentences");
    let _ = writeln!(
        out,
        "{}  {}  {sentences}  {}",
        found.code,
        found.authority.as_str(),
        isolated(&found.source)
    );
    if let Some(title) = &found.title {
        let _ = writeln!(out, "  {}", isolated(title));
    }
}
