//! `diwan align`: two texts, one sentence a line, sentence by sentence; or the versions in the archive.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use diwan_model::LanguageTag;
use diwan_relate::align::{Bead, Pair, SentenceVectors, align, align_by, seed_lexicon};
use diwan_store::Store;
use serde::Serialize;

use crate::{alignment, output, progress};

/// Align two texts of one sentence a line: which lines render which. Without texts: the versions in the archive.
///
/// In the archive the authoritative version of each statement is aligned with each other; `add` does that by itself. Only
/// what is new or has changed is done, and what people corrected stands.
///
/// Of two texts it prints a bead a line: indices of the first text, a tabulator, indices of the second; 0-based, comma between them,
/// empty where a line has no counterpart.
#[derive(Debug, Args)]
pub(crate) struct AlignCommand {
    /// The first text, one sentence a line.
    #[arg(requires = "target")]
    source: Option<PathBuf>,
    /// The second text.
    target: Option<PathBuf>,
    /// Language of the first text.
    #[arg(long, default_value = "und")]
    from: String,
    /// Language of the second text.
    #[arg(long, default_value = "und")]
    to: String,
    /// Many pairs at once, which learn from each other: a file with path, path and name a line, tabulators between.
    #[arg(long, value_name = "PAIRS.tsv", conflicts_with_all = ["source", "target"], requires = "out")]
    batch: Option<PathBuf>,
    /// With --batch: the folder to write `<name>.pred.tsv` into.
    #[arg(long, value_name = "DIR", requires = "batch")]
    out: Option<PathBuf>,
    /// Vectors of the sentences of both texts, from a model that you run: two files, a line a sentence, numbers with blanks
    /// between. Off by default.
    #[arg(long, num_args = 2, value_names = ["SOURCE", "TARGET"], requires = "source")]
    vectors: Vec<PathBuf>,
    /// In the archive: align everything again, with all that was learnt since.
    #[arg(long, conflicts_with_all = ["source", "batch"])]
    again: bool,
    /// One JSON object a bead, with its confidence; in the archive, one object with what was done.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Row {
    source: Vec<usize>,
    target: Vec<usize>,
    confidence: f32,
}

impl AlignCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path, quiet: bool) -> anyhow::Result<()> {
        let (from, to) = (LanguageTag::new(&self.from), LanguageTag::new(&self.to));
        if let (Some(list), Some(out)) = (&self.batch, &self.out) {
            return self.batch(list, out, &from, &to);
        }
        let (Some(source), Some(target)) = (&self.source, &self.target) else {
            return self.archive(archive, quiet);
        };
        let pair = Pair { source: lines(source)?, target: lines(target)? };
        let beads = match self.vectors.as_slice() {
            [a, b] => {
                let told = Told {
                    source: vectors(a, pair.source.len())?,
                    target: vectors(b, pair.target.len())?,
                    text: pair.source.clone(),
                };
                align_by(&[pair], &from, &to, &seed_lexicon(&from, &to), Some(&told)).0.pop()
            }
            _ => align(&[pair], &from, &to).pop(),
        };
        let beads = beads.unwrap_or_default();
        let mut stdout = std::io::stdout().lock();
        stdout.write_all(self.print(&beads)?.as_bytes())?;
        Ok(())
    }

    fn archive(&self, archive: &Path, quiet: bool) -> anyhow::Result<()> {
        let mut store = Store::open(archive)?;
        let _lock = store.lock()?;
        let bar = progress::bar(0, "aligning", quiet);
        let done = alignment::bring_up_to_date(&mut store, None, self.again, &bar)?;
        bar.finish_and_clear();
        if self.json {
            return output::put_json(&done);
        }
        if done.too_long > 0 {
            output::say(&format!(
                "{} too long and left alone",
                output::counted(done.too_long, "pair is", "pairs are")
            ));
        }
        let pairs = output::counted(done.aligned, "pair of versions", "pairs of versions");
        if quiet { Ok(()) } else { output::put(&format!("{pairs} aligned\n")) }
    }

    fn batch(&self, list: &Path, out: &Path, from: &LanguageTag, to: &LanguageTag) -> anyhow::Result<()> {
        let text = fs::read_to_string(list).with_context(|| format!("cannot read `{}`", list.display()))?;
        let mut names = Vec::new();
        let mut pairs = Vec::new();
        for (n, row) in text.lines().enumerate().filter(|(_, row)| !row.is_empty()) {
            let cells: Vec<&str> = row.split('\t').collect();
            let &[source, target, name] = cells.as_slice() else {
                anyhow::bail!(
                    "line {} of `{}` has not three columns: path, path, name",
                    n + 1,
                    list.display()
                );
            };
            pairs.push(Pair { source: lines(Path::new(source))?, target: lines(Path::new(target))? });
            names.push(name.to_owned());
        }
        fs::create_dir_all(out).with_context(|| format!("cannot make the folder `{}`", out.display()))?;
        for (name, beads) in names.iter().zip(align(&pairs, from, to)) {
            let path = out.join(format!("{name}.pred.tsv"));
            fs::write(&path, self.print(&beads)?)
                .with_context(|| format!("cannot write `{}`", path.display()))?;
        }
        Ok(())
    }

    fn print(&self, beads: &[Bead]) -> anyhow::Result<String> {
        let mut out = String::new();
        for bead in beads {
            if self.json {
                out.push_str(&serde_json::to_string(&Row {
                    source: bead.source.clone().collect(),
                    target: bead.target.clone().collect(),
                    confidence: bead.confidence.value(),
                })?);
            } else {
                out.push_str(&format!("{}\t{}", indices(bead.source.clone()), indices(bead.target.clone())));
            }
            out.push('\n');
        }
        Ok(out)
    }
}

/// Vectors that a user handed in.
struct Told {
    source: Vec<Vec<f32>>,
    target: Vec<Vec<f32>>,
    /// The sentences of the first text.
    text: Vec<String>,
}

impl SentenceVectors for Told {
    fn vectors(&self, _: &LanguageTag, sentences: &[String]) -> Option<Vec<Vec<f32>>> {
        Some(if *sentences == *self.text { self.source.clone() } else { self.target.clone() })
    }
}

/// Reads a vector a line; there must be one for each sentence.
fn vectors(path: &Path, sentences: usize) -> anyhow::Result<Vec<Vec<f32>>> {
    let rows: Vec<Vec<f32>> = lines(path)?
        .iter()
        .enumerate()
        .map(|(n, line)| {
            let numbers: Result<Vec<f32>, _> = line.split_whitespace().map(str::parse).collect();
            numbers
                .with_context(|| format!("line {} of `{}` is not a list of numbers", n + 1, path.display()))
        })
        .collect::<anyhow::Result<_>>()?;
    let size = rows.first().map_or(0, Vec::len);
    if rows.len() != sentences || size == 0 || rows.iter().any(|row| row.len() != size) {
        anyhow::bail!(
            "`{}` must have {sentences} lines, one a sentence, with as many numbers each; it has {}",
            path.display(),
            rows.len()
        );
    }
    Ok(rows)
}

fn indices(range: std::ops::Range<usize>) -> String {
    range.map(|k| k.to_string()).collect::<Vec<_>>().join(",")
}

fn lines(path: &Path) -> anyhow::Result<Vec<String>> {
    let bytes = fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text
        .strip_suffix('\n')
        .unwrap_or(&text)
        .split('\n')
        .map(|l| l.trim_end_matches('\r').to_owned())
        .collect())
}
