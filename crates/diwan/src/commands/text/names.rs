//! `diwan text names`.

use clap::Args;

use super::Input;

/// Not here yet.
#[derive(Debug, Args)]
pub(crate) struct NamesCommand {
    #[command(flatten)]
    input: Input,
}

impl NamesCommand {
    /// Runs it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let _ = self.input;
        anyhow::bail!("`diwan text names` is not here yet")
    }
}
