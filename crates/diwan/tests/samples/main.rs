//! The sample archive read and added by the built `diwan`: what each planted trap must become.
//!
//! Where `samples/pending.toml` lists a check, its failure is counted and does not fail the test.

#![allow(clippy::indexing_slicing, reason = "a test may fail loudly")]

mod linking;
mod outcome;
mod reading;

use std::path::PathBuf;

use diwan_testing::samples;

/// The folder of the samples.
fn folder() -> PathBuf {
    samples::folder(env!("CARGO_MANIFEST_DIR"))
}

/// Text without differences of spacing.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
