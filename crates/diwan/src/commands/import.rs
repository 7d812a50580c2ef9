//! `diwan import`: what others made.

use std::fs::File;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use diwan_formats::tmx;
use diwan_store::{MemoryUnit, Store};
use serde::Serialize;

use crate::failure::{Failure, Kind};
use crate::{alignment, output};

/// Take in what others made.
#[derive(Debug, Subcommand)]
pub(crate) enum ImportCommand {
    /// Translators' memories (TMX): their words improve alignment and stand among the terms.
    Tmx(TmxImport),
    /// Authority records (CSV or lines of JSON): names per language, identifiers, notes.
    Authorities(super::authorities::AuthoritiesImport),
}

/// Translators' memories (TMX 1.1 to 1.4b): their words improve alignment, and they stand among the terms.
///
/// Taking the same file in again changes nothing. What is aligned stays as it is until `diwan align --again`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan import tmx ours.tmx theirs.tmx\n  diwan import tmx ours.tmx --json"
)]
pub(crate) struct TmxImport {
    /// The files.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize, Default)]
struct Imported {
    units: u64,
    new: u64,
    left_out: u64,
    word_pairs: u64,
    broken: Vec<String>,
}

impl ImportCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path, quiet: bool) -> anyhow::Result<()> {
        match self {
            Self::Tmx(import) => import.run(archive, quiet),
            Self::Authorities(import) => import.run(archive, quiet),
        }
    }
}

impl TmxImport {
    fn run(self, archive: &Path, quiet: bool) -> anyhow::Result<()> {
        let mut store = Store::open(archive)?;
        let _lock = store.lock()?;
        let mut done = Imported::default();
        for path in &self.files {
            let name = path.display().to_string();
            let fail = |kind: Kind, why: String| Failure::new(kind, format!("`{name}`: {why}"));
            let file = File::open(path).map_err(|error| {
                let kind =
                    if error.kind() == std::io::ErrorKind::NotFound { Kind::NotFound } else { Kind::Input };
                fail(kind, error.to_string())
            })?;
            let memory = tmx::read(file).map_err(|error| fail(Kind::Input, error.to_string()))?;
            let origin = path.file_name().map_or(name.clone(), |n| n.to_string_lossy().into_owned());
            let mut units = Vec::new();
            for unit in &memory.units {
                for (k, (source, text)) in unit.variants.iter().enumerate() {
                    let others =
                        unit.variants.iter().skip(k + 1).filter(|(l, _)| l.primary() != source.primary());
                    units.extend(others.map(|(target, rendering)| MemoryUnit {
                        source: diwan_model::LanguageTag::new(source.primary()),
                        target: diwan_model::LanguageTag::new(target.primary()),
                        text: text.clone(),
                        rendering: rendering.clone(),
                        origin: origin.clone(),
                    }));
                }
            }
            done.units += memory.units.len() as u64;
            done.left_out += memory.left_out;
            done.new += store.put_memory(&units)?;
            if let Some(why) = memory.broken {
                done.broken.push(format!("`{name}`: {why}; what stands before that was taken"));
            }
        }
        if done.new > 0 {
            done.word_pairs = alignment::learn_from_memories(&mut store)?;
        }
        for broken in &done.broken {
            output::say(broken);
        }
        if self.json {
            return output::put_json(&done);
        }
        let units = output::counted(done.units, "unit", "units");
        let left_out =
            if done.left_out > 0 { format!(", {} left out", done.left_out) } else { String::new() };
        if quiet { Ok(()) } else { output::put(&format!("{units} read, {} new{left_out}\n", done.new)) }
    }
}
