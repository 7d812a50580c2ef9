//! Passed, pending and failed checks.

use std::fs;

use serde::Deserialize;

use crate::folder;

#[derive(Deserialize)]
struct PendingList {
    pending: Vec<Pending>,
}

/// A check that is known to fail: its page, its name (or the beginning of names, then `*`), and why.
#[derive(Deserialize)]
struct Pending {
    path: String,
    check: String,
    reason: String,
}

impl Pending {
    fn covers(&self, path: &str, check: &str) -> bool {
        self.path == path
            && (self.check == check
                || self.check.strip_suffix('*').is_some_and(|start| check.starts_with(start)))
    }
}

/// What became of the checks of a test.
pub(crate) struct Outcome {
    pending: Vec<Pending>,
    passed: usize,
    waiting: usize,
    mended: Vec<String>,
    failed: Vec<String>,
}

impl Outcome {
    /// With what `samples/pending.toml` lists.
    pub(crate) fn new() -> Self {
        let text = fs::read_to_string(folder().join("pending.toml")).expect("pending.toml");
        let pending =
            toml::from_str::<PendingList>(&text).expect("pending.toml is what it should be").pending;
        assert!(pending.iter().all(|p| !p.reason.is_empty()), "a pending check without a reason");
        Self { pending, passed: 0, waiting: 0, mended: Vec::new(), failed: Vec::new() }
    }

    /// Takes a check of a page, with what was wrong.
    pub(crate) fn add(&mut self, path: &str, check: &str, result: Result<(), String>) {
        let listed = self.pending.iter().any(|p| p.covers(path, check));
        match result {
            Ok(()) => {
                self.passed += 1;
                if self.pending.iter().any(|p| p.path == path && p.check == check) {
                    self.mended.push(format!("{path} · {check}"));
                }
            }
            Err(_) if listed => self.waiting += 1,
            Err(wrong) => self.failed.push(format!("{path} · {check}: {wrong}")),
        }
    }

    /// Says that the test did not run, and why.
    #[expect(clippy::print_stderr, reason = "a skipped test says so")]
    pub(crate) fn skip(why: &str) {
        eprintln!("samples: skipped: {why}");
    }

    /// Says the counts, and fails where a check failed that is not pending.
    #[expect(clippy::print_stderr, reason = "what is pending is named, though it does not fail")]
    pub(crate) fn end(self, what: &str) {
        for check in &self.mended {
            eprintln!("no longer pending: {check}");
        }
        eprintln!(
            "samples, {what}: {} checks pass, {} are pending, {} fail",
            self.passed,
            self.waiting,
            self.failed.len()
        );
        assert!(self.failed.is_empty(), "{}", self.failed.join("\n"));
    }
}
