//! `diwan link`: which texts of a folder are translations of each other.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use diwan_model::LanguageTag;
use diwan_relate::link::{DocumentLink, LinkEvidence, LinkOptions, Linker};
use serde::Serialize;

use crate::output::{put, put_json};

/// Find which texts of a folder are translations of each other.
///
/// The folder holds one text a file, named `<id>.<language>.txt` (`a17.ar.txt`). Prints a link a line, the surest first:
/// id, id, language, language, score from 0 to 1, with tabulators between. Only what the texts say counts: no names of
/// files, no addresses.
#[derive(Debug, Args)]
pub(crate) struct LinkFolderCommand {
    /// The folder of texts.
    folder: PathBuf,
    /// Leave out links that are less sure than this.
    #[arg(long, value_name = "SCORE", default_value_t = LinkOptions::default().least)]
    least: f32,
    /// One list of objects, each with its evidence.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Row<'a> {
    ids: [&'a str; 2],
    langs: [&'a str; 2],
    score: f32,
    evidence: Vec<String>,
}

/// A text of the folder.
struct Entry {
    id: String,
    lang: LanguageTag,
    path: PathBuf,
}

/// Texts that are held in memory at once.
const CHUNK: usize = 2000;

impl LinkFolderCommand {
    /// Runs it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let entries = entries(&self.folder)?;
        let mut linker = Linker::default();
        for part in entries.chunks(CHUNK) {
            let texts: Vec<(LanguageTag, String)> =
                part.iter().map(|e| Ok((e.lang.clone(), read(&e.path)?))).collect::<anyhow::Result<_>>()?;
            linker.add_all(&texts);
        }
        let text = |at: usize| entries.get(at).and_then(|e| read(&e.path).ok());
        let options = LinkOptions { least: self.least, evidence: self.json, ..LinkOptions::default() };
        let links = linker.link_all(&text, &options);
        if self.json {
            let rows: Vec<Row<'_>> = links.iter().filter_map(|link| row(link, &entries)).collect();
            return put_json(&rows);
        }
        let mut out = String::new();
        for row in links.iter().filter_map(|link| row(link, &entries)) {
            let ([a, b], [x, y]) = (row.ids, row.langs);
            out.push_str(&format!("{a}\t{b}\t{x}\t{y}\t{:.3}\n", row.score));
        }
        put(&out)
    }
}

fn row<'a>(link: &DocumentLink, entries: &'a [Entry]) -> Option<Row<'a>> {
    let (a, b) = (entries.get(link.first)?, entries.get(link.second)?);
    // Ids in order, so that a link has one spelling.
    let (a, b) = if a.id <= b.id { (a, b) } else { (b, a) };
    Some(Row {
        ids: [&a.id, &b.id],
        langs: [a.lang.as_str(), b.lang.as_str()],
        score: link.confidence.value(),
        evidence: link.evidence.iter().map(say).collect(),
    })
}

fn say(evidence: &LinkEvidence) -> String {
    match evidence {
        LinkEvidence::Date(text) => format!("date {text}"),
        LinkEvidence::Number(text) => format!("number {text}"),
        LinkEvidence::Name(text) => format!("word {text}"),
        LinkEvidence::Concepts(n) => format!("{n} words with a known rendering"),
        LinkEvidence::Lines(a, b) => format!("{a} and {b} lines"),
        LinkEvidence::Aligned(share) => format!("{:.0} % of the sentences align", share * 100.0),
        LinkEvidence::Through(n) => format!("both are tied to {n} others"),
    }
}

fn entries(folder: &Path) -> anyhow::Result<Vec<Entry>> {
    let list =
        fs::read_dir(folder).with_context(|| format!("cannot read the folder `{}`", folder.display()))?;
    let mut out = Vec::new();
    for file in list {
        let path = file.with_context(|| format!("cannot read the folder `{}`", folder.display()))?.path();
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        let parts = name.strip_suffix(".txt").and_then(|n| n.rsplit_once('.'));
        if let Some((id, lang)) = parts.filter(|(id, lang)| !id.is_empty() && !lang.is_empty()) {
            out.push(Entry { id: id.to_owned(), lang: LanguageTag::new(lang), path: path.clone() });
        }
    }
    out.sort_by(|a, b| (&a.id, a.lang.as_str()).cmp(&(&b.id, b.lang.as_str())));
    if out.is_empty() {
        anyhow::bail!("no text in `{}` is named `<id>.<language>.txt`", folder.display());
    }
    Ok(out)
}

fn read(path: &Path) -> anyhow::Result<String> {
    let bytes = fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
