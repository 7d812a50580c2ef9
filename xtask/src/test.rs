//! `cargo xtask test`: every test, with what it needs installed where that can be done.
//!
//! Ends with one line that counts: `N passed, M failed, K skipped`. With `CI=true` a skip is a failure.

use std::process::Command;

use anyhow::bail;

use crate::shell::{self, cargo, has, is_ci, root, run as run_command, say, tell};

/// What was counted.
#[derive(Default)]
struct Count {
    passed: u64,
    failed: u64,
    skipped: Vec<String>,
}

/// The task.
pub(crate) fn run() -> anyhow::Result<()> {
    let mut count = Count::default();
    prepare_judges();
    let sound = rust_tests(&mut count)?;
    browser_tests(&mut count)?;
    for skip in &count.skipped {
        tell(&format!("skipped: {skip}"));
    }
    say(&format!("{} passed, {} failed, {} skipped", count.passed, count.failed, count.skipped.len()));
    if count.failed > 0 || !sound {
        bail!("tests failed");
    }
    if is_ci() && !count.skipped.is_empty() {
        bail!("a skipped test counts as failed where `CI=true`");
    }
    Ok(())
}

/// Installs the peers that judge what is written, where that can be done; a test that misses one says so and goes on.
fn prepare_judges() {
    let has = |module: &str| {
        let mut command = Command::new("python3");
        command.args(["-c", &format!("import {module}")]).stderr(std::process::Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    if !has("warcio")
        && run_command(Command::new("python3").args(["-m", "pip", "install", "--quiet", "warcio"])).is_err()
    {
        tell("`warcio` cannot be installed: web archives are judged by our own reader alone");
    }
}

/// Unit, property, corpus, end-to-end and documentation tests. True where cargo itself was content.
fn rust_tests(count: &mut Count) -> anyhow::Result<bool> {
    let mut command = cargo(&["test", "--workspace", "--no-fail-fast"]);
    if is_ci() {
        // On a clean clone a change is judged, not the dice: property tests draw the same cases each time. At a desk
        // they draw new ones, and the fuzz targets search further.
        command.env("PROPTEST_RNG_SEED", "20211203");
    }
    shell::watch(&mut command, |line| {
        if let Some((passed, failed)) = result_line(line) {
            count.passed += passed;
            count.failed += failed;
        }
        if let Some(reason) = line.strip_prefix("skipped: ") {
            count.skipped.push(reason.to_owned());
        }
    })
}

/// Passed and failed of a line like `test result: ok. 12 passed; 0 failed; …`.
fn result_line(line: &str) -> Option<(u64, u64)> {
    let rest = line.strip_prefix("test result: ")?;
    Some((number_before(rest, " passed")?, number_before(rest, " failed")?))
}

fn number_before(text: &str, word: &str) -> Option<u64> {
    text.split(word).next()?.rsplit([' ', ';']).next()?.trim().parse().ok()
}

/// The pages in a real Chromium.
fn browser_tests(count: &mut Count) -> anyhow::Result<()> {
    if let Err(reason) = prepare_browser() {
        count.skipped.push(format!("browser tests ({reason:#})"));
        return Ok(());
    }
    // The end-to-end tests have built it; building one package alone would choose other features and start over.
    let diwan = target_folder().join("debug").join("diwan");
    if !diwan.is_file() {
        run_command(&mut cargo(&["build", "--quiet", "--package", "diwan"]))?;
    }
    let mut command = Command::new("node");
    command.arg("run.mjs").current_dir(root().join("e2e")).env("DIWAN_BIN", diwan);
    let (mut passed, mut failed) = (0, 0);
    let sound = shell::watch(&mut command, |line| {
        if let Some(rest) = line.strip_prefix("e2e: ") {
            passed = number_before(rest, " passed").unwrap_or(0);
            failed = number_before(rest, " failed").unwrap_or(0);
        }
    })?;
    count.passed += passed;
    count.failed += failed;
    if !sound && failed == 0 {
        count.failed += 1;
    }
    Ok(())
}

fn target_folder() -> std::path::PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into)
}

/// Chromium, fonts for the scripts that are tested, and the packages of `e2e/`.
fn prepare_browser() -> anyhow::Result<()> {
    if !has("node") || !has("npm") {
        bail!("Node.js with npm is not installed");
    }
    if !has("chromium") {
        install_packages(&["chromium", "fonts-noto-core"])?;
    }
    if !root().join("e2e/node_modules").is_dir() {
        run_command(
            Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(root().join("e2e")),
        )?;
    }
    Ok(())
}

/// Debian packages, where this is Debian and one may install.
fn install_packages(names: &[&str]) -> anyhow::Result<()> {
    let is_root = shell::output(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    if !is_root || !has("apt-get") {
        bail!("Chromium is missing and cannot be installed from here: install `{}`", names.join("` and `"));
    }
    run_command(Command::new("apt-get").args(["update", "-qq"]))?;
    run_command(
        Command::new("apt-get")
            .args(["install", "-y", "-qq"])
            .args(names)
            .env("DEBIAN_FRONTEND", "noninteractive"),
    )
}
