//! `diwan text language`.

use clap::Args;

use super::Input;

/// Not here yet.
#[derive(Debug, Args)]
pub(crate) struct LanguageCommand {
    #[command(flatten)]
    input: Input,
}

impl LanguageCommand {
    /// Runs it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let _ = self.input;
        anyhow::bail!("`diwan text language` is not here yet")
    }
}
