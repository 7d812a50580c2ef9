//! `cargo xtask fuzz`: every fuzz target for a while.
//!
//! The targets live in `fuzz/`, a workspace of its own, because libFuzzer needs instrumentation that the stable
//! compiler gives only when asked to pass for a nightly one.

use anyhow::{Context, bail};

use crate::shell::{cargo, has, root, run as run_command, tell};

/// The task: `SECONDS` for each target.
pub(crate) fn run(arguments: &[&str]) -> anyhow::Result<()> {
    let seconds: u32 = match arguments {
        [] => 60,
        [seconds] => seconds.parse().with_context(|| format!("`{seconds}` is no number of seconds"))?,
        _ => bail!("`cargo xtask fuzz` takes a number of seconds or nothing"),
    };
    if !has("cargo-fuzz") {
        tell("`cargo-fuzz` is missing; installing it");
        run_command(&mut cargo(&["install", "cargo-fuzz", "--locked"]))?;
    }
    for target in targets()? {
        let mut command = cargo(&["fuzz", "run", &target, "--"]);
        command
            .arg(format!("-max_total_time={seconds}"))
            .args(["-max_len=4096", "-timeout=10", "-print_final_stats=1"])
            .env("RUSTC_BOOTSTRAP", "1");
        run_command(&mut command)?;
    }
    Ok(())
}

/// Names of the targets, sorted.
fn targets() -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in
        std::fs::read_dir(root().join("fuzz/fuzz_targets")).context("`fuzz/fuzz_targets` cannot be read")?
    {
        if let Some(name) = entry?.file_name().to_str().and_then(|n| n.strip_suffix(".rs")) {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}
