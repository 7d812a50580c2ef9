//! `diwan reprocess`: kept pages read again.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use clap::Args;
use diwan_extract::furniture::host;
use diwan_model::{ArchiveCode, Capture, Reading, Statement};
use diwan_store::{CaptureRecord, Store};
use rayon::prelude::*;
use serde::Serialize;

use crate::sites::{self, Sites};
use crate::{alignment, intake, ledger, link, notes, output, progress, tie};

/// Pages read at once, and bytes.
const CHUNK_PAGES: usize = 64;
const CHUNK_BYTES: u64 = 16 << 20;

/// Read every kept page again with the current method.
///
/// Codes stay, and so does everything that people decided; values and findings of the machine are replaced. `--dry-run`
/// writes nothing and shows what would change.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan reprocess --dry-run\n  diwan reprocess\n  diwan reprocess --outdated"
)]
pub(crate) struct ReprocessCommand {
    /// Only pages that another version of Diwan read, or that could not be read.
    #[arg(long)]
    outdated: bool,
    /// Change nothing; show what would change.
    #[arg(long)]
    dry_run: bool,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    /// As it was said before: every page, which is what is done anyway.
    #[arg(long, hide = true, conflicts_with = "outdated")]
    all: bool,
}

/// What reading again changes on a page: for each value that differs, how it was and how it is now.
#[derive(Debug, Serialize)]
struct PageChange {
    capture: String,
    source: String,
    statements: Vec<ArchiveCode>,
    values: BTreeMap<String, [Option<String>; 2]>,
}

#[derive(Debug, Default, Serialize)]
struct Report {
    dry_run: bool,
    read: u64,
    changed: u64,
    cannot_be_read: u64,
    changes: Vec<PageChange>,
}

impl ReprocessCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path, quiet: bool) -> anyhow::Result<()> {
        let mut store = Store::open(archive)?;
        let _lock = store.lock()?;
        let (mut captures, lists) = (store.captures()?, store.list_captures()?);
        captures.retain(|capture| {
            let outdated = capture.method.as_deref() != Some(intake::METHOD);
            (!self.outdated || outdated) && !lists.contains(&capture.sha256)
        });
        let sites = Sites::of(&store)?;
        let bar = progress::bar(captures.len() as u64, "reading", quiet);
        let mut report = Report { dry_run: self.dry_run, ..Report::default() };
        for chunk in chunks(&captures) {
            let mut pages = Vec::new();
            for record in chunk {
                let bytes = store.capture_bytes(record.sha256)?.unwrap_or_default();
                pages.push((capture(record), bytes, store.notes_of(record.sha256)?));
            }
            let readings: Vec<_> = pages
                .par_iter()
                .map(|(capture, bytes, notes)| {
                    let mut reading = intake::read(bytes, capture, &sites)?;
                    notes::compare(&mut reading, notes);
                    Ok::<_, String>(reading)
                })
                .collect();
            for (record, reading) in chunk.iter().zip(readings) {
                bar.inc(1);
                // What was read of it before stays.
                let Ok(reading) = reading else {
                    report.cannot_be_read += 1;
                    continue;
                };
                report.read += 1;
                let values = differences(store.reading(record.sha256)?.as_ref(), &reading);
                if !self.dry_run {
                    put(&mut store, &reading)?;
                }
                if !values.is_empty() {
                    report.changed += 1;
                    report.changes.push(PageChange {
                        capture: record.sha256.to_string(),
                        source: record.address.clone().or_else(|| record.source.clone()).unwrap_or_default(),
                        statements: record.statements.clone(),
                        values,
                    });
                }
            }
        }
        bar.finish_and_clear();
        if !self.dry_run {
            tie::bring_up_to_date(&mut store, None)?;
            alignment::bring_up_to_date(&mut store, None, false, &progress::bar(0, "aligning", quiet))?;
            ledger::bring_up_to_date(&mut store, None)?;
            let addresses = store.page_addresses()?;
            sites::learn(&mut store, &addresses.iter().filter_map(|(_, address)| host(address)).collect())?;
        }
        if self.json {
            return output::put_json(&report);
        }
        if quiet { Ok(()) } else { output::put(&readable(&report)) }
    }
}

fn chunks(captures: &[CaptureRecord]) -> Vec<&[CaptureRecord]> {
    let (mut out, mut rest) = (Vec::new(), captures);
    while !rest.is_empty() {
        let mut bytes = 0;
        let many = rest
            .iter()
            .take(CHUNK_PAGES)
            .take_while(|capture| {
                bytes += capture.bytes;
                bytes <= CHUNK_BYTES
            })
            .count();
        let (chunk, after) = rest.split_at(many.clamp(1, rest.len()));
        out.push(chunk);
        rest = after;
    }
    out
}

fn readable(report: &Report) -> String {
    let mut out = String::new();
    for change in &report.changes {
        let codes: Vec<String> = change.statements.iter().map(ToString::to_string).collect();
        let _ = writeln!(out, "{}  {}", output::isolated(&change.source), codes.join(" "));
        for (name, [before, after]) in &change.values {
            let shown = |value: &Option<String>| match value {
                Some(text) => output::isolated(&text.chars().take(80).collect::<String>()),
                None => "-".to_owned(),
            };
            let _ = writeln!(out, "  {name}: {} → {}", shown(before), shown(after));
        }
    }
    let (read, unread) = (report.read, report.cannot_be_read);
    let _ = match report.dry_run {
        true => writeln!(out, "{} of {read} would change, {unread} cannot be read", report.changed),
        false => writeln!(out, "{read} read again, {} changed, {unread} cannot be read", report.changed),
    };
    out
}

/// The values that differ, by name: fields of each statement, counts of sentences, findings.
fn differences(before: Option<&Reading>, after: &Reading) -> BTreeMap<String, [Option<String>; 2]> {
    let mut out = BTreeMap::new();
    let before = before.map(values).unwrap_or_default();
    let after = values(after);
    for name in before.keys().chain(after.keys()) {
        let pair = [before.get(name).cloned(), after.get(name).cloned()];
        if pair[0] != pair[1] {
            out.insert(name.clone(), pair);
        }
    }
    out
}

fn values(reading: &Reading) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for (statement, n) in reading.statements.iter().zip(1..) {
        let prefix = if reading.statements.len() > 1 { format!("{n}.") } else { String::new() };
        for (name, value) in of_statement(statement) {
            out.insert(format!("{prefix}{name}"), value);
        }
    }
    let mut kinds: Vec<&str> = reading.findings.iter().map(|finding| finding.kind.as_ref()).collect();
    kinds.sort_unstable();
    if !kinds.is_empty() {
        out.insert("findings".to_owned(), kinds.join(" "));
    }
    out
}

fn of_statement(statement: &Statement) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut add = |name: &str, value: Option<String>| {
        out.extend(value.map(|value| (name.to_owned(), value)));
    };
    for (name, field) in [
        ("title", &statement.title),
        ("issuer", &statement.issuer),
        ("office", &statement.office),
        ("type", &statement.r#type),
        ("place", &statement.place),
    ] {
        add(name, field.as_ref().map(|field| field.text.clone()));
    }
    add("date", statement.date.as_ref().map(|date| date.iso.clone()));
    add("original", statement.original_url.as_ref().map(|original| original.url.clone()));
    for version in &statement.versions {
        let words: usize =
            version.sentences.iter().map(|sentence| sentence.text.split_whitespace().count()).sum();
        let said =
            format!("{}, {} sentences, {words} words", version.authority.as_str(), version.sentences.len());
        add(&format!("version {}", version.lang), Some(said));
    }
    out
}

fn capture(record: &CaptureRecord) -> Capture {
    Capture {
        sha256: record.sha256,
        media_type: record.media_type.clone(),
        bytes: record.bytes,
        address: record.address.clone(),
        source: record.source.clone(),
        declared_encoding: record.declared_encoding.clone(),
    }
}

fn put(store: &mut Store, reading: &Reading) -> anyhow::Result<()> {
    let hash = reading.capture.sha256;
    let mut page = store.reopen_page()?;
    let mut present = Vec::new();
    for part in 0..reading.statements.len() {
        present.push(page.placed(hash, part)?.map(|candidate| candidate.code));
    }
    page.take_out(hash)?;
    page.put_reading(reading, intake::METHOD)?;
    link::place_all(&mut page, reading, &present)?;
    page.commit()?;
    Ok(())
}
