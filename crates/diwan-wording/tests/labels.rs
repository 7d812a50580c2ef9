//! Sentences are paired as a person pairs them, on statements of a central bank that lie in the shared data; skipped, with
//! a word, where those are not here (`DIWAN_SHARED`).

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may fail loudly, and says how well it went"
)]

use std::collections::BTreeSet;
use std::path::PathBuf;

use diwan_model::LanguageTag;
use diwan_wording::redline::compare;
use diwan_wording::{Blindness, Document};

fn corpus() -> Option<PathBuf> {
    let shared = std::env::var_os("DIWAN_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let folder = shared.join("corpus/fomc");
    if !folder.is_dir() {
        println!("skipped: there is no `{}` (set DIWAN_SHARED)", folder.display());
        return None;
    }
    Some(folder)
}

fn read(text: &str) -> Document {
    Document::new(text, &LanguageTag::new("en"), Blindness::Looks)
}

#[test]
fn sentences_are_paired_as_by_hand() {
    let Some(corpus) = corpus() else { return };
    let (mut right, mut given, mut wanted) = (0, 0, 0);
    for row in include_str!("labels/fomc.tsv").lines().filter(|l| !l.starts_with('#')).skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let load = |name: &str| std::fs::read_to_string(corpus.join(format!("{name}.txt"))).unwrap();
        let redline = compare(&read(&load(cells[0])), &read(&load(cells[1])));
        let want: BTreeSet<(usize, usize)> = cells[2]
            .split_whitespace()
            .map(|pair| pair.split_once('-').map(|(a, b)| (a.parse().unwrap(), b.parse().unwrap())).unwrap())
            .collect();
        let got: BTreeSet<(usize, usize)> = redline.pairs().into_iter().collect();
        right += got.intersection(&want).count();
        given += got.len();
        wanted += want.len();
        for pair in got.symmetric_difference(&want) {
            println!(
                "{} {} {} {pair:?}",
                cells[0],
                cells[1],
                if want.contains(pair) { "missed" } else { "extra" }
            );
        }
    }
    let f1 = 2.0 * right as f64 / (given + wanted) as f64;
    println!("pairs F1 {f1:.3}: {right} right of {given} given, {wanted} labelled");
    assert!(f1 >= 0.95, "F1 {f1:.3}");
}

#[test]
fn every_statement_is_rebuilt_from_the_one_before() {
    let Some(corpus) = corpus() else { return };
    let mut files: Vec<PathBuf> = std::fs::read_dir(corpus).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let texts: Vec<String> =
        files.iter().map(|f| String::from_utf8_lossy(&std::fs::read(f).unwrap()).into_owned()).collect();
    for pair in texts.windows(2) {
        let redline = compare(&read(&pair[0]), &read(&pair[1]));
        assert_eq!(redline.rebuild_before(), pair[0]);
        assert_eq!(redline.rebuild_after(), pair[1]);
    }
}
