//! Learns the weights of `diwan_extract::published` and says how well they do on pages they have not seen.
//!
//! `cargo run --release -p diwan-extract --example train-published -- SHARED/bench/extract [--write] [--wrong | --wrong-all]`
//!
//! Each page is a choice among the days that it tells, and none. The weights are those under which the right choices
//! are likeliest, pulled to what the names of the kinds make one believe (gradient ascent, no chance involved). Figures are those of pages of hosts that the
//! weights have not seen, five parts by host. `--write` learns from all pages.

#![allow(
    missing_docs,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool of the workshop may fail loudly and prints"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read;
use std::path::{Path, PathBuf};

use diwan_extract::published::weigh::{days, names, weigh_with};
use diwan_extract::published::{Witness, evidence};
use serde_json::Value;

struct Page {
    set: String,
    id: String,
    lang: String,
    date: String,
    fold: usize,
    witnesses: Vec<Witness>,
}

fn gunzip(path: &Path) -> Vec<u8> {
    let mut out = Vec::new();
    flate2::read::GzDecoder::new(std::fs::read(path).unwrap().as_slice()).read_to_end(&mut out).unwrap();
    out
}

fn main() {
    let mut folder = PathBuf::from("../shared/bench/extract");
    let (mut write, mut wrong, mut loud) = (false, false, false);
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--write" => write = true,
            "--wrong" => wrong = true,
            "--wrong-all" => (wrong, loud) = (true, true),
            other => folder = PathBuf::from(other),
        }
    }
    let text = gunzip(&folder.join("gold.dev.jsonl.gz"));
    let mut pages = Vec::new();
    for line in String::from_utf8_lossy(&text).lines() {
        let row: Value = serde_json::from_str(&line.replace(": NaN", ": null")).unwrap();
        let get = |name: &str| row.get(name).and_then(Value::as_str).map(str::to_owned);
        let Some(date) = get("date").filter(|d| d.len() >= 10) else { continue };
        let url = get("url");
        let file = get("file").unwrap();
        let host = url
            .as_deref()
            .and_then(|u| u.split('/').nth(2))
            .unwrap_or(&file)
            .trim_start_matches("www.")
            .to_owned();
        pages.push(Page {
            set: get("set").unwrap(),
            id: get("id").unwrap(),
            lang: get("lang").unwrap_or_default(),
            date: date.chars().take(10).collect(),
            fold: host.bytes().fold(7_usize, |h, b| h.wrapping_mul(31).wrapping_add(b.into())) % 5,
            witnesses: evidence(&gunzip(&folder.join(&file)), url.as_deref()),
        });
    }
    let mut figures: BTreeMap<String, [f64; 3]> = BTreeMap::new();
    for fold in 0..5 {
        let weights = learn(pages.iter().filter(|p| p.fold != fold));
        for page in pages.iter().filter(|p| p.fold == fold) {
            let got = weigh_with(&page.witnesses, &weights).map(|(d, _)| d.to_string());
            let right = got.as_deref() == Some(page.date.as_str());
            let arabic = matches!(page.lang.as_str(), "ar" | "fa");
            let mut keys = vec![page.set.clone()];
            if arabic {
                keys.push("ar fa".to_owned());
            }
            for key in keys {
                let figure = figures.entry(key).or_default();
                figure[0] += f64::from(u8::from(right));
                figure[1] += f64::from(u8::from(got.is_some()));
                figure[2] += 1.0;
            }
            if wrong && !right && (page.set != "wcxb" || loud) {
                println!("{} {} want {} got {got:?}", page.set, page.id, page.date);
                for w in page.witnesses.iter().take(14) {
                    println!("    {} {} {}", w.kind.name(), w.day, w.value);
                }
            }
        }
    }
    for (set, [right, given, all]) in figures {
        let (p, r) = (right / given, right / all);
        println!("{set}: F1 {:.4}, precision {p:.3}, recall {r:.3}, {all} pages", 2.0 * p * r / (p + r));
    }
    if write {
        let weights = learn(pages.iter());
        let mut out = String::from(
            "# How much each kind of evidence weighs (log odds) for the day of publication. Learnt by examples/train-published\n# from the development pages of the test sets; see docs/extract.md.\n\n",
        );
        for (name, weight) in names().iter().zip(weights) {
            let _ = writeln!(out, "{name} = {weight:.3}");
        }
        std::fs::write(format!("{}/data/published.weights.toml", env!("CARGO_MANIFEST_DIR")), out).unwrap();
    }
}

fn learn<'a>(pages: impl Iterator<Item = &'a Page>) -> Vec<f32> {
    let (ridge, noisy) = (number("RIDGE", 2.0), number("NOISY", 0.5));
    // For each page the rows of its days, which is right (none: no day), and how much the page counts.
    let cases: Vec<(Vec<Vec<f32>>, Option<usize>, f32)> = pages
        .map(|page| {
            let told = days(&page.witnesses);
            let right = told.iter().position(|(d, _)| d.to_string() == page.date);
            let weight = if page.set == "wcxb" { noisy } else { 1.0 };
            (told.into_iter().map(|(_, row)| row).collect(), right, weight)
        })
        .collect();
    let n = names().len();
    let believed: Vec<f32> = names().iter().map(|name| belief(name)).collect();
    let mut weights = believed.clone();
    let mut speed = vec![0.0_f32; n];
    for _ in 0..1500 {
        let mut gradient: Vec<f32> = weights.iter().zip(&believed).map(|(w, b)| (b - w) * ridge).collect();
        for (rows, right, weight) in &cases {
            let scores: Vec<f32> =
                rows.iter().map(|r| r.iter().zip(&weights).map(|(a, b)| a * b).sum()).collect();
            let most = scores.iter().copied().fold(0.0, f32::max);
            let sum: f32 = scores.iter().map(|s| (s - most).exp()).sum::<f32>() + (-most).exp();
            for (k, row) in rows.iter().enumerate() {
                let p = (scores[k] - most).exp() / sum;
                let pull = f32::from(u8::from(*right == Some(k))) - p;
                for (g, v) in gradient.iter_mut().zip(row) {
                    *g += weight * pull * v;
                }
            }
        }
        for ((w, s), g) in weights.iter_mut().zip(&mut speed).zip(&gradient) {
            *s = 0.9 * *s + 0.002 * g;
            *w += *s;
        }
    }
    weights
}

/// The weight that a kind has before any page is seen.
fn belief(name: &str) -> f32 {
    match name {
        "address" => 8.0,
        "meta-published" => 3.5,
        "data-published" => 3.0,
        "zone-local" => 1.5,
        "meta-date" | "property-published" => 2.5,
        "word-published" => 2.0,
        "time-published" | "address-month" | "script" | "near-heading" => 1.5,
        "data-created" | "class-published" | "before-heading" => 1.0,
        "time-first" | "picture-month" | "first-short" => 0.7,
        "data-published-later" | "text-opens" | "part-meta" => 0.5,
        "agreement" => 0.3,
        "data-modified" | "meta-modified" | "property-modified" | "time-modified" | "class-modified" => -0.5,
        "other-short" => -0.2,
        _ => 0.0,
    }
}

/// A setting for trials.
fn number(name: &str, otherwise: f32) -> f32 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(otherwise)
}
