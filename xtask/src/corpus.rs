//! `cargo xtask corpus`: the corpus cases alone, and `--bless`.

use crate::shell::{cargo, run as run_command};

/// Crates whose `tests/corpus.rs` runs cases.
const CRATES: &[&str] = &["diwan-text", "diwan-extract", "diwan-describe"];

/// The task.
pub(crate) fn run(arguments: &[&str]) -> anyhow::Result<()> {
    let bless = match arguments {
        [] => false,
        ["--bless"] => true,
        other => anyhow::bail!("`cargo xtask corpus` takes `--bless` or nothing, not `{}`", other.join(" ")),
    };
    for name in CRATES {
        let mut command = cargo(&["test", "--quiet", "--package", name, "--test", "corpus"]);
        if bless {
            command.env("DIWAN_BLESS", "1");
        }
        run_command(&mut command)?;
    }
    Ok(())
}
