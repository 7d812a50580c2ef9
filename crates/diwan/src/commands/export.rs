//! `diwan export`: everything, in an open form.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};
use diwan_store::{Filter, Store};
use serde::Serialize;

/// Write the archive out, complete, in an open form.
#[derive(Debug, Subcommand)]
pub(crate) enum ExportCommand {
    /// One JSON object with every statement, version, sentence, finding, capture, decision and log entry.
    Json(JsonExport),
    /// A WARC file of every capture, which other tools replay.
    Warc(super::export_warc::WarcExport),
    /// A translation memory (TMX 1.4b) of every aligned place.
    Tmx(super::parallel::TmxExport),
    /// Parallel text: a table of two languages, or plain text.
    Parallel(super::parallel::ParallelExport),
    /// Every entity's names, identifiers and notes, as `diwan import authorities` reads them.
    Authorities(super::authorities::AuthoritiesExport),
}

/// One JSON object with everything but the bytes of the captures: the archive's name and counts, every statement with its
/// versions and sentences, every capture, what was handed in, what servers were asked and answered, what is watched, findings, decisions and the custody log. No limits; the same archive gives the
/// same bytes.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan export json > archive.json\n  diwan export json --out archive.json"
)]
pub(crate) struct JsonExport {
    /// The file to write; standard output if left out.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl ExportCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path) -> anyhow::Result<()> {
        let store = Store::open(archive)?;
        let export = match self {
            Self::Json(export) => export,
            Self::Warc(export) => return export.run(&store),
            Self::Tmx(export) => return export.run(&store),
            Self::Parallel(export) => return export.run(&store),
            Self::Authorities(export) => return export.run(store),
        };
        match export.out {
            Some(path) => {
                let file =
                    File::create(&path).with_context(|| format!("cannot write `{}`", path.display()))?;
                write(&store, BufWriter::new(file))
            }
            None => write(&store, BufWriter::new(io::stdout().lock())),
        }
    }
}

/// Statement by statement, so that the whole is never in memory.
fn write(store: &Store, mut out: impl Write) -> anyhow::Result<()> {
    out.write_all(b"{\n\"archive\": ")?;
    serde_json::to_writer(&mut out, store.settings())?;
    out.write_all(b",\n\"counts\": ")?;
    serde_json::to_writer(&mut out, &store.counts()?)?;
    out.write_all(b",\n\"statements\": [")?;
    let mut separator = "\n";
    for row in store.statements(&Filter::default())? {
        if let Some(record) = store.statement(&row.code)? {
            out.write_all(separator.as_bytes())?;
            serde_json::to_writer(&mut out, &record)?;
            separator = ",\n";
        }
    }
    out.write_all(b"\n]")?;
    list(&mut out, "captures", &store.captures()?)?;
    list(&mut out, "intake", &store.intake()?)?;
    out.write_all(b",\n\"exchanges\": [")?;
    let mut separator = "\n";
    store.for_each_exchange(|exchange| {
        out.write_all(std::mem::replace(&mut separator, ",\n").as_bytes())?;
        serde_json::to_writer(&mut out, &exchange)?;
        Ok::<(), anyhow::Error>(())
    })?;
    out.write_all(b"\n]")?;
    list(&mut out, "notes", &store.notes()?)?;
    list(&mut out, "watched", &store.watched()?)?;
    list(&mut out, "findings", &store.findings()?)?;
    let mut alignments = Vec::new();
    store.for_each_alignment(|record| {
        alignments.push(record);
        Ok::<(), anyhow::Error>(())
    })?;
    list(&mut out, "alignments", &alignments)?;
    list(&mut out, "decisions", &store.history(None)?)?;
    list(&mut out, "custody", &store.custody(None)?)?;
    out.write_all(b"\n}\n")?;
    out.flush()?;
    Ok(())
}

fn list<T: Serialize>(out: &mut impl Write, name: &str, rows: &[T]) -> anyhow::Result<()> {
    write!(out, ",\n\"{name}\": [")?;
    for (k, row) in rows.iter().enumerate() {
        out.write_all(if k > 0 { b",\n" } else { b"\n" })?;
        serde_json::to_writer(&mut *out, row)?;
    }
    out.write_all(b"\n]")?;
    Ok(())
}
