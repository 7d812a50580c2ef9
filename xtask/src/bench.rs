//! `cargo xtask bench`: figures beside the peers, measured in one run.

mod extract;
mod text;
mod wording;

use crate::shell::{cargo, root, run as run_command};

use std::path::PathBuf;

/// The task.
pub(crate) fn run(arguments: &[&str]) -> anyhow::Result<()> {
    match arguments {
        ["read", rest @ ..] => read(rest),
        ["text"] => text::run(),
        ["wording", rest @ ..] => wording::run(rest),
        ["extract"] => extract::run(),
        ["all"] => text::run()
            .and_then(|()| extract::run())
            .and_then(|()| wording::run(&[]))
            .and_then(|()| read(&[])),
        [] => anyhow::bail!("name a bench: `read`, `text`, `extract`, `wording` or `all`"),
        [other, ..] => {
            anyhow::bail!(
                "there is no bench `{other}`; there are `read`, `text`, `extract`, `wording` and `all`"
            )
        }
    }
}

/// Pages per second and peak memory of reading, over the samples varied to many pages.
fn read(arguments: &[&str]) -> anyhow::Result<()> {
    let mut command = cargo(&["bench", "--quiet", "--package", "diwan-describe", "--bench", "read", "--"]);
    run_command(command.args(arguments))
}

/// The shared test sets, where they are.
pub(crate) fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("DIWAN_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    folder.canonicalize().ok().filter(|f| f.is_dir())
}

/// The release build of `diwan`.
pub(crate) fn release_binary() -> anyhow::Result<PathBuf> {
    run_command(&mut cargo(&["build", "--release", "--quiet", "--package", "diwan"]))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    Ok(target.join("release").join("diwan"))
}
