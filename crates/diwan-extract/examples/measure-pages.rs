//! How long pages take: `cargo run --release -p diwan-extract --example measure-pages -- LIST.tsv [ROUNDS]`
//!
//! The list has key, path and address a line, as `diwan extract --batch` reads it. Pages are unpacked before the clock starts;
//! printed is the least time of all rounds, a page, on one core: the time of the processor where the system tells it (Linux),
//! else that of the clock.

#![allow(
    missing_docs,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool of the workshop may fail loudly and prints"
)]

use std::io::Read;
use std::time::{Duration, Instant};

use diwan_model::{Capture, CaptureHash};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let list = std::fs::read_to_string(arguments.next().expect("a list")).unwrap();
    let rounds = arguments.next().map_or(3, |r| r.parse().unwrap());
    let pages: Vec<(Vec<u8>, Capture)> = list.lines().map(page).collect();
    let began = Instant::now();
    let mut best = Duration::MAX;
    for _ in 0..rounds {
        let start = now(began);
        let letters: usize =
            pages.iter().map(|(bytes, capture)| diwan_extract::article(bytes, capture).text.len()).sum();
        best = best.min(now(began).saturating_sub(start));
        assert!(letters > 0);
    }
    println!("{:.2} ms a page, {} pages", best.as_secs_f64() * 1000.0 / pages.len() as f64, pages.len());
}

/// The time that this thread has had of a processor, else since the program began.
fn now(began: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.as_deref().and_then(|t| t.split(' ').next()).and_then(|n| n.parse().ok());
    nanoseconds.map_or_else(|| began.elapsed(), Duration::from_nanos)
}

fn page(line: &str) -> (Vec<u8>, Capture) {
    let mut columns = line.split('\t').skip(1);
    let path = columns.next().unwrap();
    let mut bytes = std::fs::read(path).unwrap();
    if path.ends_with(".gz") {
        let mut out = Vec::new();
        flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut out).unwrap();
        bytes = out;
    }
    let capture = Capture {
        sha256: CaptureHash::of(&bytes),
        media_type: diwan_extract::media_type(&bytes).to_owned(),
        bytes: bytes.len() as u64,
        address: columns.next().filter(|a| !a.is_empty()).map(str::to_owned),
        source: None,
        declared_encoding: None,
    };
    (bytes, capture)
}
