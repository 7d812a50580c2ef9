//! `diwan text match-names`.

use clap::Args;

use super::Input;

/// Not here yet.
#[derive(Debug, Args)]
pub(crate) struct MatchNamesCommand {
    #[command(flatten)]
    input: Input,
}

impl MatchNamesCommand {
    /// Runs it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let _ = self.input;
        anyhow::bail!("`diwan text match-names` is not here yet")
    }
}
