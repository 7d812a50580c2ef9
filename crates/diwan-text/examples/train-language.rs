//! Makes `data/language/model.bin` from lists of words with counts (see `docs/text/language.md`).
//!
//! `cargo run --release -p diwan-text --example train-language -- LISTS OUT`, where `LISTS/<tag>/*.tsv` hold
//! `word<TAB>count` lines: `freq.tsv` (running text of many kinds), `text.tsv` (text of one kind), `dict.tsv` (entries of a
//! dictionary, all counted once).

use std::error::Error;
use std::fs;
use std::path::Path;

use diwan_text::language::train::{LanguageSource, train};

/// The plan: tag, script, prior, words, sequences.
const PLAN: &str = include_str!("../data/language/languages.tsv");

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(lists), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("usage: train-language LISTS OUT".into());
    };
    let mut sources = Vec::new();
    for line in PLAN.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [tag, script, prior, words, sequences] = fields.as_slice() else {
            return Err(format!("five fields wanted: {line}").into());
        };
        let mut source = LanguageSource {
            tag: (*tag).to_owned(),
            script: (*script).to_owned(),
            prior: prior.parse()?,
            words: words.parse()?,
            sequences: sequences.parse()?,
            lists: Vec::new(),
        };
        let folder = Path::new(&lists).join(tag);
        let frequent = folder.join("freq.tsv").exists();
        for (name, share) in
            [("freq.tsv", 0.9), ("text.tsv", if frequent { 0.1 } else { 0.85 }), ("dict.tsv", 0.15)]
        {
            if let Ok(text) = fs::read_to_string(folder.join(name)) {
                source.lists.push((share, read_list(&text)));
            }
        }
        sources.push(source);
    }
    fs::write(out, train(&sources, include_str!("../data/language/sources.txt")))?;
    Ok(())
}

fn read_list(text: &str) -> Vec<(String, f64)> {
    text.lines()
        .filter_map(|line| {
            let (word, count) = line.split_once('\t')?;
            Some((word.to_owned(), count.trim().parse().ok()?))
        })
        .collect()
}
