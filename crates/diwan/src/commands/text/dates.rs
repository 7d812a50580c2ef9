//! `diwan text dates`.

use clap::Args;

use super::Input;

/// Not here yet.
#[derive(Debug, Args)]
pub(crate) struct DatesCommand {
    #[command(flatten)]
    input: Input,
}

impl DatesCommand {
    /// Runs it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let _ = self.input;
        anyhow::bail!("`diwan text dates` is not here yet")
    }
}
