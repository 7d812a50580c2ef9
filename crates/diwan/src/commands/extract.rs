//! `diwan extract`: the main text of pages, with title, date and language, without an archive.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use diwan_extract::{Article, article};
use rayon::prelude::*;
use serde::Serialize;

use crate::pipeline::{self, Origin};

/// The most bytes of a compressed page when unpacked.
const MAX_UNPACKED: u64 = 64 << 20;
/// Pages read between two writes of output.
const AT_ONCE: usize = 256;

/// Take the main text out of pages: what a reader came for, without menus, notices, share bars and comments.
///
/// Prints the text of each page after its title and date; with `--json` one object a page:
/// path, title, date (of publication), lang, text, and findings where something does not fit.
/// Pages that end in `.gz` are unpacked. No archive is needed. docs/extract.md tells the method and its figures.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan extract page.html\n  diwan extract pages/*.html --json > articles.jsonl\n  diwan extract --batch pages.tsv --json     key, path and address a line, tabulators between"
)]
pub(crate) struct ExtractCommand {
    /// The pages: HTML or plain text.
    #[arg(required_unless_present = "batch", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// A list of pages: a line each with key, path and address (which may be empty), tabulators between.
    #[arg(long, value_name = "LIST.tsv", conflicts_with_all = ["files", "address"])]
    batch: Option<PathBuf>,
    /// The address the page came from; it may tell the date.
    #[arg(long, value_name = "URL")]
    address: Option<String>,
    /// Print JSON, an object a line.
    #[arg(long)]
    json: bool,
    /// With --json: also what the page says of itself (metadata, structured data, links to its other languages), each with its line.
    #[arg(long, requires = "json")]
    evidence: bool,
}

/// A page that is to be read.
struct Job {
    key: Option<String>,
    path: PathBuf,
    address: Option<String>,
}

#[derive(Serialize)]
struct Row<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<&'a str>,
    path: String,
    title: Option<&'a str>,
    date: Option<&'a str>,
    lang: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    findings: &'a [diwan_model::Finding],
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(flatten)]
    evidence: Option<Evidence<'a>>,
}

#[derive(Serialize)]
struct Evidence<'a> {
    date_confidence: Option<f32>,
    date_evidence: &'a [diwan_model::PageEvidence],
    evidence: &'a [diwan_model::PageEvidence],
    links: &'a [diwan_model::Link],
}

impl ExtractCommand {
    /// Runs it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let jobs = match &self.batch {
            Some(list) => listed(list)?,
            None => self
                .files
                .iter()
                .map(|path| Job { key: None, path: path.clone(), address: self.address.clone() })
                .collect(),
        };
        let mut refused = 0;
        let mut stdout = io::stdout().lock();
        for some in jobs.chunks(AT_ONCE) {
            let read: Vec<(String, Option<String>)> = some.par_iter().map(|job| self.one(job)).collect();
            for (text, error) in read {
                if let Some(error) = error {
                    refused += 1;
                    crate::output::say(&format!("refused {error}"));
                }
                match stdout.write_all(text.as_bytes()) {
                    // Whoever reads has read enough (`| head`).
                    Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(()),
                    other => other?,
                }
            }
        }
        if refused > 0 && refused == jobs.len() {
            anyhow::bail!("none of {refused} could be read");
        }
        Ok(())
    }

    /// The output for a page, and why it could not be read.
    fn one(&self, job: &Job) -> (String, Option<String>) {
        match bytes_of(&job.path) {
            Ok(bytes) => {
                let origin = Origin {
                    address: job.address.clone(),
                    source: Some(job.path.display().to_string()),
                    ..Origin::default()
                };
                (self.print(job, &article(&bytes, &pipeline::capture(&bytes, origin)), None), None)
            }
            Err(error) => {
                let why = format!("{error:#}");
                let empty = Article { lang: "und".to_owned(), ..Article::default() };
                (self.print(job, &empty, Some(why.clone())), Some(why))
            }
        }
    }

    fn print(&self, job: &Job, article: &Article, error: Option<String>) -> String {
        if self.json {
            let row = Row {
                key: job.key.as_deref(),
                path: job.path.display().to_string(),
                title: article.title.as_deref(),
                date: article.date.as_deref(),
                lang: &article.lang,
                text: &article.text,
                findings: &article.findings,
                error,
                evidence: self.evidence.then_some(Evidence {
                    date_confidence: article.date_confidence,
                    date_evidence: &article.date_evidence,
                    evidence: &article.evidence,
                    links: &article.links,
                }),
            };
            let mut line = serde_json::to_string(&row).unwrap_or_default();
            line.push('\n');
            return line;
        }
        if error.is_some() {
            return String::new();
        }
        // First-strong isolates keep right-to-left titles from pulling the line about.
        let title = article.title.as_deref().unwrap_or("(no title)");
        let date = article.date.as_deref().unwrap_or("no date");
        let text = if article.text.is_empty() { "No main text was found." } else { &article.text };
        let mut out = format!("\u{2068}{title}\u{2069}\n{date} · {}\n\n{text}\n\n", article.lang);
        for finding in &article.findings {
            out.push_str(&format!("{}: {}\n", finding.kind, finding.message));
        }
        out
    }
}

/// The pages of a list.
fn listed(list: &Path) -> anyhow::Result<Vec<Job>> {
    let text = fs::read_to_string(list).with_context(|| format!("cannot read `{}`", list.display()))?;
    let mut out = Vec::new();
    for (n, line) in text.lines().enumerate() {
        if line.trim().is_empty() || (n == 0 && line.starts_with("key\tpath")) {
            continue;
        }
        let mut columns = line.split('\t');
        let (Some(key), Some(path)) = (columns.next(), columns.next()) else {
            anyhow::bail!(
                "line {} of `{}` has no path: give key, path and address with tabulators between",
                n + 1,
                list.display()
            );
        };
        let address = columns.next().filter(|a| !a.is_empty()).map(str::to_owned);
        out.push(Job { key: Some(key.to_owned()), path: PathBuf::from(path), address });
    }
    Ok(out)
}

/// The bytes of a page, unpacked where its name ends in `.gz`.
fn bytes_of(path: &Path) -> anyhow::Result<Vec<u8>> {
    let bytes = fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    if path.extension().is_none_or(|e| e != "gz") {
        return Ok(bytes);
    }
    let mut out = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes.as_slice())
        .take(MAX_UNPACKED)
        .read_to_end(&mut out)
        .with_context(|| format!("cannot unpack `{}`", path.display()))?;
    Ok(out)
}
