//! `cargo xtask lint`: form, lints, documentation, licences and bans.

use std::process::Command;

use anyhow::bail;

use crate::shell::{self, cargo, has, is_ci, tell};

/// The release of `cargo-deny` that the checks were written for.
const CARGO_DENY: &str = "0.20.2";

/// Runs every check; the first that fails ends the task.
pub(crate) fn run_all(checks: &mut [Command]) -> anyhow::Result<()> {
    checks.iter_mut().try_for_each(shell::run)
}

/// The task.
pub(crate) fn run_lints() -> [Command; 3] {
    let mut doc = cargo(&["doc", "--workspace", "--no-deps", "--quiet"]);
    doc.env("RUSTDOCFLAGS", "-D warnings");
    [
        cargo(&["fmt", "--all", "--check"]),
        cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]),
        doc,
    ]
}

/// The task.
pub(crate) fn run() -> anyhow::Result<()> {
    run_all(&mut run_lints())?;
    licences()
}

/// `cargo deny`, installed where it is missing.
fn licences() -> anyhow::Result<()> {
    if !has("cargo-deny") {
        tell("`cargo-deny` is missing; installing it");
        let installed =
            run_all(&mut [cargo(&["install", "cargo-deny", "--locked", "--version", CARGO_DENY])]);
        if installed.is_err() {
            if is_ci() {
                bail!("`cargo-deny` cannot be installed");
            }
            tell("skipped: licences and bans (`cargo-deny` cannot be installed)");
            return Ok(());
        }
    }
    run_all(&mut [cargo(&["deny", "check", "bans", "licenses", "sources"])])
}
