//! `diwan read`: one page read, without an archive.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use diwan_model::{Authority, Reading, Statement};

use crate::pipeline::{self, Origin};

/// Read one page and show what it says: the role of each line, the statements and their fields, what does not fit.
///
/// Nothing is kept and no archive is needed. `--json` prints one JSON object; docs/reading.md describes it.
#[derive(Debug, Args)]
pub(crate) struct ReadCommand {
    /// The page: plain text or HTML.
    file: PathBuf,
    /// The address the page came from, to resolve its links.
    #[arg(long, value_name = "URL")]
    address: Option<String>,
    /// The encoding that the page is said to be in (`windows-1256`).
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl ReadCommand {
    /// Runs it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let bytes =
            std::fs::read(&self.file).with_context(|| format!("cannot read `{}`", self.file.display()))?;
        let origin = Origin {
            address: self.address,
            source: Some(self.file.display().to_string()),
            media_type: None,
            encoding: self.encoding,
        };
        let reading = pipeline::read(&bytes, pipeline::capture(&bytes, origin), None);
        let text = if self.json {
            let mut text = serde_json::to_string(&reading)?;
            text.push('\n');
            text
        } else {
            readable(&reading)
        };
        match io::stdout().lock().write_all(text.as_bytes()) {
            // Whoever reads has read enough (`| head`).
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            other => Ok(other?),
        }
    }
}

/// A reading for people: the lines with their roles, then each statement, then the findings.
fn readable(reading: &Reading) -> String {
    let mut out = String::new();
    for block in &reading.blocks {
        let shown: String = block.text.chars().take(100).collect();
        let dots = if shown.len() < block.text.len() { "…" } else { "" };
        // First-strong isolates keep right-to-left text from pulling the columns about.
        let _ = writeln!(
            out,
            "{:>5}  {:<24} {:<3} \u{2068}{}{dots}\u{2069}",
            block.line,
            block.role.as_str(),
            block.lang.primary(),
            shown.trim()
        );
    }
    for (n, statement) in reading.statements.iter().enumerate() {
        let _ = writeln!(out, "\nStatement {}", n + 1);
        statement_lines(&mut out, statement);
    }
    if reading.statements.is_empty() {
        out.push_str("\nNo statement was found.\n");
    }
    if !reading.findings.is_empty() {
        out.push_str("\nFindings\n");
    }
    for finding in &reading.findings {
        let _ = writeln!(out, "  {}: {}", finding.kind, finding.message);
        for quote in &finding.quotes {
            let _ = writeln!(out, "    line {}: \u{2068}{}\u{2069}", quote.line, quote.text.trim());
        }
    }
    out
}

fn statement_lines(out: &mut String, statement: &Statement) {
    let mut row = |name: &str, value: Option<&str>, line: Option<u32>| {
        if let Some(value) = value {
            let place = line.map_or_else(String::new, |n| format!("  (line {n})"));
            let _ = writeln!(out, "  {name:<10} \u{2068}{value}\u{2069}{place}");
        }
    };
    for (name, field) in [
        ("title", &statement.title),
        ("issuer", &statement.issuer),
        ("office", &statement.office),
        ("type", &statement.r#type),
        ("place", &statement.place),
    ] {
        row(name, field.as_ref().map(|f| f.text.as_str()), field.as_ref().and_then(|f| f.line));
    }
    if let Some(date) = &statement.date {
        row("date", Some(&date.iso), date.line);
    }
    if let Some(original) = &statement.original_url {
        row("original", Some(&original.url), Some(original.line));
    }
    if let Some(meeting) = &statement.meeting {
        let line = meeting.lines.first().copied();
        row("meeting", meeting.what.as_deref(), line);
        row("  when", meeting.when.as_deref(), None);
        row("  where", meeting.r#where.as_deref(), None);
        for host in &meeting.hosts {
            row("  host", Some(host), None);
        }
    }
    if let Some(record) = &statement.archive_record {
        row("record", record.code.as_deref(), None);
    }
    for version in &statement.versions {
        let authority = match version.authority {
            Authority::Authoritative => "the authoritative text",
            Authority::CourtesyTranslation => "a courtesy translation",
            Authority::Unknown => "authority not said",
        };
        let _ = writeln!(
            out,
            "  version    {}: {} sentences, {authority}",
            version.lang,
            version.sentences.len()
        );
    }
}
