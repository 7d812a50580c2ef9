//! `diwan text match-names`.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use diwan_text::names::NameIndex;
use rayon::prelude::*;
use serde::Serialize;

use super::JsonLines;

/// The best lines of B for each line of A, likest first, as `{a, b, score}`.
#[derive(Debug, Args)]
pub(crate) struct MatchNamesCommand {
    /// File of names, one a line.
    a: PathBuf,
    /// File of the names to look among, one a line.
    b: PathBuf,
    /// How many lines of B for each line of A.
    #[arg(long, default_value_t = 10)]
    top: usize,
}

#[derive(Serialize)]
struct Row<'a> {
    a: &'a str,
    b: &'a str,
    score: f32,
}

impl MatchNamesCommand {
    /// Runs it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let wanted = lines(&self.a)?;
        let index = NameIndex::new(lines(&self.b)?);
        let found: Vec<Vec<(usize, f32)>> =
            wanted.par_iter().map(|name| index.search(name, self.top)).collect();
        let mut out = JsonLines::stdout();
        for (a, found) in wanted.iter().zip(found) {
            for (number, score) in found {
                out.write(&Row { a, b: index.name(number).unwrap_or(""), score })?;
            }
        }
        out.finish()
    }
}

/// The lines of a file that are not empty.
fn lines(path: &std::path::Path) -> anyhow::Result<Vec<String>> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot open `{}`", path.display()))?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect())
}
