//! Runs the corpus cases of articles (`tests/corpus/<lang>/*.extract.txt`).
//!
//! What is shown of a case: title, date and language, a line for each line of the main text, then, after `!`, the
//! findings with their quotes. The setting `address` is the page's address.

use std::fmt::Write as _;

use diwan_extract::article;
use diwan_model::{Capture, CaptureHash};
use diwan_testing::Case;

fn main() {
    let root = diwan_testing::repository_root(env!("CARGO_MANIFEST_DIR"));
    diwan_testing::run(&root, &["extract"], render);
}

fn render(_: &str, case: &Case) -> String {
    let bytes = case.input.as_bytes();
    let capture = Capture {
        sha256: CaptureHash::of(bytes),
        media_type: diwan_extract::media_type(bytes).to_owned(),
        bytes: bytes.len() as u64,
        address: Some(case.setting("address", "https://body.example/page").to_owned()),
        source: None,
        declared_encoding: None,
    };
    let article = article(bytes, &capture);
    let mut out = String::new();
    let _ = writeln!(out, "title {}", article.title.as_deref().unwrap_or("–"));
    let _ = writeln!(out, "date {} lang {}", article.date.as_deref().unwrap_or("–"), article.lang);
    for line in article.text.lines() {
        let cut: String = line.chars().take(60).collect();
        let _ = writeln!(out, "{cut}{}", if cut.len() < line.len() { "…" } else { "" });
    }
    for finding in &article.findings {
        let quotes: Vec<String> = finding.quotes.iter().map(|q| format!("{} «{}»", q.line, q.text)).collect();
        let _ = writeln!(out, "! {} {}", finding.kind, quotes.join(" "));
    }
    out
}
