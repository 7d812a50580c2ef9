//! Pages per second and peak memory of reading (decode, extract, describe), over the samples varied to many pages.
//!
//! `cargo xtask bench read [PAGES]`, default 100,000. Pages are made and read in batches, so that the memory shown is
//! that of reading and not of the pages. Figures are printed, never asserted: machines differ.

#![allow(missing_docs, clippy::print_stdout, reason = "a bench prints its figures")]

use std::time::{Duration, Instant};

use diwan_model::{Capture, CaptureHash};
use diwan_testing::generate::Generator;
use rayon::prelude::*;

const BATCH: usize = 2_000;

fn read(address: &str, bytes: &[u8]) -> (usize, usize) {
    let html = bytes.contains(&b'<') || address.ends_with('/');
    let capture = Capture {
        sha256: CaptureHash::of(bytes),
        media_type: if html { "text/html" } else { "text/plain" }.to_owned(),
        bytes: bytes.len() as u64,
        address: Some(address.to_owned()),
        source: None,
        declared_encoding: None,
    };
    let (mut page, _) = diwan_extract::extract(bytes, &capture);
    let (statements, _) = diwan_describe::describe(&mut page, &capture);
    (statements.len(), statements.iter().flat_map(|s| &s.versions).map(|v| v.sentences.len()).sum())
}

/// Peak resident memory of this process in MB, where the system tells.
fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kb| kb / 1024.0)
}

fn main() {
    let count = std::env::args().filter_map(|a| a.parse().ok()).next().unwrap_or(100_000);
    let samples = diwan_testing::samples::folder(env!("CARGO_MANIFEST_DIR"));
    let Ok(generator) = Generator::read(&samples) else {
        println!("skipped: the samples cannot be read at `{}`", samples.display());
        return;
    };
    let mut pages = generator.pages(count, 1);
    let (mut spent, mut bytes, mut totals) = (Duration::ZERO, 0usize, (0usize, 0usize));
    loop {
        let batch: Vec<(String, Vec<u8>)> = pages.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        bytes += batch.iter().map(|p| p.1.len()).sum::<usize>();
        let start = Instant::now();
        let got = batch
            .par_iter()
            .map(|(address, page)| read(address, page))
            .reduce(|| (0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
        spent += start.elapsed();
        totals = (totals.0 + got.0, totals.1 + got.1);
    }
    let seconds = spent.as_secs_f64().max(1e-9);
    let cores = rayon::current_num_threads();
    let rate = count as f64 / seconds;
    println!(
        "read: {count} pages, {:.1} MB, {} statements, {} sentences",
        bytes as f64 / 1e6,
        totals.0,
        totals.1
    );
    println!(
        "read: {rate:.0} pages/s on {cores} cores, {:.0} pages/s a core, {:.2} ms a page; peak memory {:.0} MB",
        rate / cores as f64,
        1000.0 * cores as f64 / rate,
        peak_memory().unwrap_or(f64::NAN),
    );
}
