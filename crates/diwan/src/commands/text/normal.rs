//! `diwan text normal`.

use clap::Args;

use super::Input;

/// Not here yet.
#[derive(Debug, Args)]
pub(crate) struct NormalCommand {
    #[command(flatten)]
    input: Input,
}

impl NormalCommand {
    /// Runs it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let _ = self.input;
        anyhow::bail!("`diwan text normal` is not here yet")
    }
}
