//! `diwan align`: two texts, one sentence a line, sentence by sentence.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use diwan_model::LanguageTag;
use diwan_relate::align::{Bead, Pair, align};
use serde::Serialize;

/// Align two texts of one sentence a line: which lines render which.
///
/// Prints a bead a line: indices of the first text, a tabulator, indices of the second; 0-based, comma between them,
/// empty where a line has no counterpart.
#[derive(Debug, Args)]
pub(crate) struct AlignCommand {
    /// The first text, one sentence a line.
    #[arg(required_unless_present = "batch", requires = "target")]
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
    /// One JSON object a bead, with its confidence.
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
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let (from, to) = (LanguageTag::new(&self.from), LanguageTag::new(&self.to));
        if let (Some(list), Some(out)) = (&self.batch, &self.out) {
            return self.batch(list, out, &from, &to);
        }
        let (Some(source), Some(target)) = (&self.source, &self.target) else {
            anyhow::bail!("name two texts, or --batch");
        };
        let pair = Pair { source: lines(source)?, target: lines(target)? };
        let beads = align(&[pair], &from, &to).pop().unwrap_or_default();
        let mut stdout = std::io::stdout().lock();
        stdout.write_all(self.print(&beads)?.as_bytes())?;
        Ok(())
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
