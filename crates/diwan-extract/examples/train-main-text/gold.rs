//! Pages with what is known of their main text, and which blocks that makes right.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use diwan_extract::main_text::{Prepared, prepare};
use serde_json::Value;

/// A page and what is known of it.
pub(crate) struct GoldPage {
    pub(crate) set: String,
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) body: Option<String>,
    pub(crate) with: Vec<String>,
    pub(crate) without: Vec<String>,
    pub(crate) fold: usize,
    pub(crate) prepared: Prepared,
    /// For each block its share of right words, and the weights of its right and wrong words.
    pub(crate) labels: Vec<(f32, f32)>,
}

/// The words that the scorer counts.
pub(crate) fn tokens(text: &str) -> Vec<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty()).collect()
}

/// Reads the pages of a folder `bench/extract` whose main text is known at least in part.
pub(crate) fn load(folder: &Path, folds: usize) -> Vec<GoldPage> {
    let text = gunzip(&folder.join("gold.dev.jsonl.gz"));
    let mut out = Vec::new();
    for line in String::from_utf8_lossy(&text).lines() {
        let row: Value = serde_json::from_str(&line.replace(": NaN", ": null")).expect("a row of gold");
        let get = |name: &str| row.get(name).and_then(Value::as_str).map(str::to_owned);
        let list = |name: &str| -> Vec<String> {
            row.get(name)
                .and_then(Value::as_array)
                .map(|l| l.iter().filter_map(Value::as_str).map(str::to_owned).collect())
                .unwrap_or_default()
        };
        let body = get("body").filter(|b| !b.trim().is_empty());
        let (with, without) = (list("with"), list("without"));
        if body.is_none() && with.is_empty() && without.is_empty() {
            continue;
        }
        let file = get("file").expect("a file");
        let prepared = prepare(&gunzip(&folder.join(&file)), get("url").as_deref());
        let host = get("url").unwrap_or_default();
        let host = host.split('/').nth(2).unwrap_or(&file).trim_start_matches("www.").to_owned();
        // All pages of a host are in one fold.
        let fold = host.bytes().fold(7_usize, |h, b| h.wrapping_mul(31).wrapping_add(b.into())) % folds;
        let mut page = GoldPage {
            set: get("set").unwrap_or_default(),
            id: get("id").unwrap_or_default(),
            kind: get("type").unwrap_or_default(),
            body,
            with,
            without,
            fold,
            prepared,
            labels: Vec::new(),
        };
        page.labels = label(&page);
        out.push(page);
    }
    out
}

pub(crate) fn gunzip(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut out = Vec::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut out).expect("gzip");
    out
}

/// The weights of the right and of the wrong words of each block.
fn label(page: &GoldPage) -> Vec<(f32, f32)> {
    match &page.body {
        Some(body) => from_body(page, body),
        None => from_segments(page),
    }
}

/// How much a set weighs: the small ones more, so that each counts.
fn weight(page: &GoldPage) -> f32 {
    match (page.set.as_str(), page.kind.as_str()) {
        ("arfa", _) => 5.0,
        ("aeb" | "fundus", _) => 1.6,
        ("wcxb", "article") => 1.0,
        ("wcxb", _) => 2.0,
        _ => 1.0,
    }
}

/// The words of the page that stand in the body, in its order, are right.
fn from_body(page: &GoldPage, body: &str) -> Vec<(f32, f32)> {
    let gold = tokens(body);
    let mut all = Vec::new();
    let mut blocks = Vec::new();
    for text in page.prepared.texts() {
        let from = all.len();
        all.extend(tokens(text));
        blocks.push(from..all.len());
    }
    let covered = covered(&gold, &all);
    let scale = 100.0 * weight(page) / (gold.len().max(40) as f32);
    let mut out: Vec<(f32, f32)> = blocks
        .into_iter()
        .map(|range| {
            let len = range.len();
            let right = range.filter(|k| covered[*k]).count();
            (right as f32 * scale, (len - right) as f32 * scale)
        })
        .collect();
    // Precision falls less and less with every wrong word.
    let wrong: f32 = out.iter().map(|(_, w)| w).sum();
    let most = 300.0 * weight(page);
    if wrong > most {
        out.iter_mut().for_each(|(_, w)| *w *= most / wrong);
    }
    out
}

/// Which words of `page` belong to the longest common run-by-run order of four-word runs of both.
fn covered(gold: &[&str], page: &[&str]) -> Vec<bool> {
    let mut places: HashMap<&[&str], Vec<usize>> = HashMap::new();
    for (k, run) in gold.windows(4).enumerate() {
        places.entry(run).or_default().push(k);
    }
    // Pairs (page, gold) in page order, gold descending within one page place; then the longest increasing sequence.
    let mut pairs = Vec::new();
    for (k, run) in page.windows(4).enumerate() {
        if let Some(list) = places.get(run).filter(|l| l.len() <= 12) {
            pairs.extend(list.iter().rev().map(|g| (k, *g)));
        }
    }
    let mut tails: Vec<usize> = Vec::new();
    let mut back = vec![usize::MAX; pairs.len()];
    for (n, (_, g)) in pairs.iter().enumerate() {
        let at = tails.partition_point(|t| pairs[*t].1 < *g);
        back[n] = if at > 0 { tails[at - 1] } else { usize::MAX };
        if at == tails.len() { tails.push(n) } else { tails[at] = n }
    }
    let mut covered = vec![false; page.len()];
    let mut at = tails.last().copied().unwrap_or(usize::MAX);
    while at != usize::MAX {
        let k = pairs[at].0;
        covered[k..k + 4].fill(true);
        at = back[at];
    }
    covered
}

/// Blocks with a wanted segment are right, blocks with an unwanted one wrong; of the others nothing is known.
fn from_segments(page: &GoldPage) -> Vec<(f32, f32)> {
    let squeeze = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    let with: Vec<String> = page.with.iter().map(|s| squeeze(s)).collect();
    let without: Vec<String> = page.without.iter().map(|s| squeeze(s)).collect();
    let texts: Vec<String> = page.prepared.texts().map(squeeze).collect();
    texts
        .iter()
        .map(|text| {
            let good = with.iter().filter(|s| text.contains(s.as_str())).count();
            let found = |s: &&String| text.contains(s.as_str());
            // A segment that stands in many blocks is less told by each.
            let bad: f32 = without
                .iter()
                .filter(found)
                .map(|s| 1.0 / texts.iter().filter(|t| t.contains(s.as_str())).count() as f32)
                .sum();
            (good as f32 * 15.0, if good > 0 { 0.0 } else { bad * 15.0 })
        })
        .collect()
}
