//! `diwan text words`.

use clap::Args;

use super::Input;

/// Not here yet.
#[derive(Debug, Args)]
pub(crate) struct WordsCommand {
    #[command(flatten)]
    input: Input,
}

impl WordsCommand {
    /// Runs it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let _ = self.input;
        anyhow::bail!("`diwan text words` is not here yet")
    }
}
