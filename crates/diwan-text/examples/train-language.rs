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

/// Shares of `freq.tsv`, `text.tsv`, `more.tsv`, `dict.tsv` and the common words, where there is a list from running text …
const FREQUENT: [f64; 5] = [0.9, 0.1, 0.05, 0.02, 0.03];
/// … and where there is none.
const SCARCE: [f64; 5] = [0.0, 0.5, 0.2, 0.15, 0.25];

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
            unseen: 0.0,
            lists: Vec::new(),
        };
        let folder = Path::new(&lists).join(tag);
        let frequent = folder.join("freq.tsv").exists();
        let shares = if frequent { FREQUENT } else { SCARCE };
        source.unseen = if frequent { 0.02 } else { 0.2 };
        for (name, share) in ["freq.tsv", "text.tsv", "more.tsv", "dict.tsv"].iter().zip(shares) {
            if let Ok(text) = fs::read_to_string(folder.join(name)) {
                source.lists.push((share, read_list(&text)));
            }
        }
        source.lists.push((shares[4], common_words(tag)?));
        sources.push(source);
    }
    fs::write(out, train(&sources, include_str!("../data/language/sources.txt")))?;
    Ok(())
}

/// The words of `data/<tag>/language.toml`; the later in the list, the rarer.
fn common_words(tag: &str) -> Result<Vec<(String, f64)>, Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(tag).join("language.toml");
    let Ok(text) = fs::read_to_string(path) else { return Ok(Vec::new()) };
    let data: toml::Table = text.parse()?;
    let words = data.get("words").and_then(toml::Value::as_array);
    let words = words.into_iter().flatten().filter_map(toml::Value::as_str);
    Ok(words.enumerate().map(|(rank, word)| (word.to_owned(), 1.0 / (rank as f64 + 10.0))).collect())
}

fn read_list(text: &str) -> Vec<(String, f64)> {
    text.lines()
        .filter_map(|line| {
            let (word, count) = line.split_once('\t')?;
            Some((word.to_owned(), count.trim().parse().ok()?))
        })
        .collect()
}
