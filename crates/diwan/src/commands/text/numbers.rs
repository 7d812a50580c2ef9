//! `diwan text numbers`.

use clap::Args;

use super::Input;

/// Not here yet.
#[derive(Debug, Args)]
pub(crate) struct NumbersCommand {
    #[command(flatten)]
    input: Input,
}

impl NumbersCommand {
    /// Runs it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let _ = self.input;
        anyhow::bail!("`diwan text numbers` is not here yet")
    }
}
