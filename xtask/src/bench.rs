//! `cargo xtask bench`: figures beside the peers.

/// The task.
pub(crate) fn run(arguments: &[&str]) -> anyhow::Result<()> {
    anyhow::bail!("there is no bench `{}`", arguments.join(" "))
}
