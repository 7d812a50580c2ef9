//! How well and how fast documents are tied to their translations: the development pool, and a pool of many documents.
//!
//! `cargo bench -p diwan-relate --bench link [-- many COUNT]`. The pool lies in `DIWAN_SHARED` (default `../shared`).

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a bench may fail loudly")]
#![allow(clippy::print_stdout, reason = "its figures are its output")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use diwan_model::LanguageTag;
use diwan_relate::link::{LinkOptions, Linker};
use diwan_testing::statements::statement;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    match arguments.first().map(String::as_str) {
        Some("many") => many(arguments.get(1).and_then(|n| n.parse().ok()).unwrap_or(100_000)),
        _ => pool(!arguments.is_empty()),
    }
}

fn pool(wrong: bool) {
    let shared = std::env::var_os("DIWAN_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let folder = shared.join("bench/align/doclink_ntrex/dev");
    let Ok(list) = fs::read_dir(folder.join("pool")) else {
        println!("skipped: no pool at {}", folder.display());
        return;
    };
    let mut files: Vec<PathBuf> = list.flatten().map(|e| e.path()).collect();
    files.sort();
    let mut ids = Vec::new();
    let mut texts = Vec::new();
    for file in &files {
        let name = file.file_name().unwrap().to_str().unwrap().trim_end_matches(".txt").to_owned();
        let (id, lang) = name.split_once('.').unwrap();
        ids.push(id.to_owned());
        texts.push((LanguageTag::new(lang), fs::read_to_string(file).unwrap()));
    }
    let start = Instant::now();
    let mut linker = Linker::default();
    linker.add_all(&texts);
    let links = linker.link_all(&|at| texts.get(at).map(|t| t.1.clone()), &LinkOptions::default());
    let seconds = start.elapsed().as_secs_f64();
    let pair =
        |a: &str, b: &str| if a < b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) };
    let found: BTreeSet<_> = links.iter().map(|l| pair(&ids[l.first], &ids[l.second])).collect();
    let gold: BTreeSet<_> = fs::read_to_string(folder.join("gold.tsv"))
        .unwrap()
        .lines()
        .filter_map(|l| l.split_once('\t'))
        .map(|(a, rest)| pair(a, rest.split('\t').next().unwrap()))
        .collect();
    let right = found.intersection(&gold).count() as f64;
    let f1 = 2.0 * right / (found.len() + gold.len()) as f64;
    println!(
        "news pool: F1 {f1:.3}, {right} of {} found, {} given, {} documents in {seconds:.2} s",
        gold.len(),
        found.len(),
        ids.len()
    );
    if wrong {
        for l in &links {
            if !gold.contains(&pair(&ids[l.first], &ids[l.second])) {
                println!("wrong {} {} {:?}", ids[l.first], ids[l.second], (l.confidence, &l.evidence));
            }
        }
        for (a, b) in gold.difference(&found) {
            println!("missed {a} {b}");
        }
    }
}

/// Many documents: each statement in four languages, written from few sentences, so that only names, days and numbers tell
/// them apart.
fn many(count: usize) {
    let start = Instant::now();
    let langs = ["en", "fr", "ar", "fa"];
    let text = |at: usize| statement(at as u64 / 4, langs[at % 4]);
    let mut linker = Linker::default();
    let mut at = 0;
    while at < count {
        let part: Vec<(LanguageTag, String)> =
            (at..(at + 4000).min(count)).map(|k| (LanguageTag::new(langs[k % 4]), text(k))).collect();
        linker.add_all(&part);
        at += part.len();
    }
    let read = start.elapsed().as_secs_f64();
    let links = linker.link_all(&|at| Some(text(at)), &LinkOptions::default());
    let right = links.iter().filter(|l| l.first / 4 == l.second / 4).count();
    let wanted = count / 4 * 6;
    println!(
        "{count} documents: F1 {:.3}, {right} of {wanted} links, {} given; read in {read:.1} s, all in {:.1} s; peak memory {} MB",
        2.0 * right as f64 / (links.len() + wanted) as f64,
        links.len(),
        start.elapsed().as_secs_f64(),
        peak()
    );
}

/// Peak memory of this process in megabytes, where the system tells.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM:"));
    line.and_then(|l| l.split_whitespace().nth(1)).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) / 1024
}
