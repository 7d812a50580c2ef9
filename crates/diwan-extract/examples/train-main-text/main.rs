//! Learns the forests of `diwan_extract::main_text` and says how well they do on pages they have not seen.
//!
//! `cargo run --release -p diwan-extract --example train-main-text -- SHARED/bench/extract [--write] [--pages OUT.jsonl]`
//!
//! The pages are cut into five parts by host. Each part is rated by forests learnt from the other four; the second
//! reading learns from chances that the first gave to pages it had not seen. The figures printed are those of unseen
//! pages. `--write` learns from all pages and writes `data/main-text-*.forest`; `--pages` writes what was
//! taken from each page unseen, with its figures.

#![allow(
    missing_docs,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool of the workshop may fail loudly and prints"
)]

mod gold;
mod learn;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::PathBuf;

use diwan_extract::main_text::features::Rows;
use diwan_extract::main_text::forest::Forest;
use diwan_extract::main_text::{FIRST_NAMES, SECOND_NAMES};
use gold::{GoldPage, tokens};
use learn::{Plan, Table, learn};

const FOLDS: usize = 5;

fn main() {
    let mut folder = PathBuf::from("../shared/bench/extract");
    let (mut write, mut pages_file) = (false, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--write" => write = true,
            "--pages" => pages_file = arguments.next(),
            other => folder = PathBuf::from(other),
        }
    }
    let started = std::time::Instant::now();
    let pages = gold::load(&folder, FOLDS);
    let first: Vec<Rows> = pages.iter().map(|p| p.prepared.first()).collect();
    eprintln!(
        "{} pages, {} blocks, {:?}",
        pages.len(),
        pages.iter().map(|p| p.labels.len()).sum::<usize>(),
        started.elapsed()
    );
    let plan = |trees: usize, leaves: usize| Plan {
        trees,
        leaves,
        rate: 0.1,
        least: 4.0,
        ridge: 8.0,
        columns: 0.4,
        rows: 0.6,
    };
    let (one, two) = (plan(120, 16), plan(120, 16));
    let rated = rate_unseen(&pages, &first, one);
    eprintln!("first reading {:?}", started.elapsed());
    report("first", &pages, &rated, 0.0, None);
    let then: Vec<Rows> =
        pages.iter().zip(&first).zip(&rated).map(|((p, f), c)| p.prepared.second(f, c)).collect();
    let again = rate_unseen(&pages, &then, two);
    // The mean of both, as the product takes it.
    let mean = |(a, b): (&Vec<f32>, &Vec<f32>)| a.iter().zip(b).map(|(a, b)| (a + b) / 2.0).collect();
    let rated: Vec<Vec<f32>> = rated.iter().zip(&again).map(mean).collect();
    eprintln!("second reading {:?}", started.elapsed());
    report("second", &pages, &again, 0.0, None);
    report("t=0.5", &pages, &rated, 0.5, None);
    report("mean", &pages, &rated, 0.0, pages_file.as_deref());
    if write {
        let about = "# Learnt by examples/train-main-text from the development pages of the test sets; see docs/extract.md.\n";
        let all = |rows: &[Rows], plan: Plan| learn(&table(&pages, rows, |_| true), plan);
        for (name, forest, names) in
            [("first", all(&first, one), &FIRST_NAMES), ("second", all(&then, two), &SECOND_NAMES)]
        {
            let path = format!("{}/data/main-text-{name}.forest", env!("CARGO_MANIFEST_DIR"));
            std::fs::write(&path, format!("{about}{}", forest.to_text(names)))
                .expect("the forest is written");
        }
    }
}

fn table<'a>(pages: &[GoldPage], rows: &'a [Rows], keep: impl Fn(&GoldPage) -> bool) -> Table<'a> {
    let mut out = Table { rows: Vec::new(), labels: Vec::new() };
    for (page, rows) in pages.iter().zip(rows).filter(|(p, _)| keep(p)) {
        for (k, label) in page.labels.iter().enumerate() {
            out.rows.push(rows.row(k));
            out.labels.push(*label);
        }
    }
    out
}

/// The chances that forests give to pages of the part they have not seen.
fn rate_unseen(pages: &[GoldPage], rows: &[Rows], plan: Plan) -> Vec<Vec<f32>> {
    let forests: Vec<Forest> = std::thread::scope(|scope| {
        let two: Vec<_> = (0..2)
            .map(|half| {
                scope.spawn(move || {
                    (0..FOLDS)
                        .filter(|f| f % 2 == half)
                        .map(|fold| (fold, learn(&table(pages, rows, |p| p.fold != fold), plan)))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        let mut all: Vec<(usize, Forest)> = two.into_iter().flat_map(|t| t.join().unwrap()).collect();
        all.sort_by_key(|(fold, _)| *fold);
        all.into_iter().map(|(_, f)| f).collect()
    });
    pages
        .iter()
        .zip(rows)
        .map(|(page, rows)| (0..page.labels.len()).map(|k| forests[page.fold].chance(rows.row(k))).collect())
        .collect()
}

/// Prints the figures of the sets, and lists the pages.
fn report(name: &str, pages: &[GoldPage], rated: &[Vec<f32>], threshold: f32, list: Option<&str>) {
    let mut sets: BTreeMap<String, (f64, f64, f64, f64)> = BTreeMap::new();
    let mut segments = [0_usize; 4];
    let mut rows = String::new();
    for (page, chances) in pages.iter().zip(rated) {
        let chosen = if threshold > 0.0 {
            chances.iter().map(|c| *c >= threshold).collect()
        } else {
            page.prepared.taken(chances)
        };
        let texts: Vec<&str> =
            page.prepared.texts().zip(chosen).filter(|(_, c)| *c).map(|(t, _)| t).collect();
        let text = texts.join("\n");
        let (mut p, mut r) = (f64::NAN, f64::NAN);
        if let Some(body) = &page.body {
            let (both, mine, gold) = overlap(body, &text);
            let keys = match page.set.as_str() {
                "wcxb" => vec!["wcxb".to_owned(), format!("wcxb-{}", page.kind)],
                set => vec![set.to_owned()],
            };
            for key in keys {
                let set = sets.entry(key).or_default();
                if mine > 0 {
                    p = both as f64 / mine as f64;
                    *set = (set.0 + p, set.1 + 1.0, set.2, set.3);
                }
                r = both as f64 / gold as f64;
                *set = (set.0, set.1, set.2 + r, set.3 + 1.0);
            }
        }
        if page.set == "trafilatura" {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let found = |s: &&String| text.contains(&s.split_whitespace().collect::<Vec<_>>().join(" "));
            let (a, b) = (page.with.iter().filter(found).count(), page.without.iter().filter(found).count());
            segments[0] += a;
            segments[1] += page.with.len() - a;
            segments[2] += b;
            (p, r) =
                (1.0 - b as f64 / page.without.len().max(1) as f64, a as f64 / page.with.len().max(1) as f64);
        }
        let blocks: Vec<_> = page.prepared.texts().zip(chances).zip(page.prepared.near()).collect();
        let row = serde_json::json!({
            "blocks": blocks, "key": format!("{}/{}", page.set, page.id), "kind": page.kind, "precision": p, "recall": r, "text": text,
        });
        let _ = writeln!(rows, "{row}");
    }
    let mut line = format!("{name:>7}");
    for (set, (p, np, r, nr)) in &sets {
        let (p, r) = (p / np, r / nr);
        let _ = write!(line, "  {set} {:.4} ({p:.3} {r:.3})", 2.0 * p * r / (p + r));
    }
    let p = segments[0] as f64 / (segments[0] + segments[2]) as f64;
    let r = segments[0] as f64 / (segments[0] + segments[1]) as f64;
    println!("{line}  segments {:.4} ({p:.3} {r:.3})", 2.0 * p * r / (p + r));
    if let Some(path) = list {
        std::fs::write(path, rows).unwrap();
    }
}

/// Runs of four words in both, in the second, in the first.
fn overlap(gold: &str, mine: &str) -> (usize, usize, usize) {
    let count = |text: &str| {
        let words: Vec<String> = tokens(text).into_iter().map(str::to_owned).collect();
        let mut out: HashMap<Vec<String>, usize> = HashMap::new();
        if !words.is_empty() {
            for k in 0..words.len().saturating_sub(3).max(1) {
                *out.entry(words[k..(k + 4).min(words.len())].to_vec()).or_default() += 1;
            }
        }
        out
    };
    let (gold, mine) = (count(gold), count(mine));
    let both = gold.iter().map(|(k, n)| mine.get(k).map_or(0, |m| *m.min(n))).sum();
    (both, mine.values().sum(), gold.values().sum())
}
