//! `diwan init`: make an archive.

use std::path::{Path, PathBuf};

use clap::Args;
use diwan_store::{Settings, Store};

use crate::output;

/// Make an archive: a folder with `diwan.toml`, `diwan.db` and `captures/`.
///
/// The folder may exist and hold other files; it must not hold an archive yet.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan init my-archive\n  diwan init my-archive --name 'Statements on the lake' --codes 'LK/{year}/{number}'"
)]
pub(crate) struct InitCommand {
    /// The folder; made where it does not exist. Without it, the folder of `-C`.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// The archive's name, shown on every page; the folder's name if left out.
    #[arg(long)]
    name: Option<String>,
    /// How codes are made; `{number}` must be in it, `{year}` may.
    #[arg(long, value_name = "PATTERN")]
    codes: Option<String>,
}

impl InitCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path, quiet: bool) -> anyhow::Result<()> {
        let folder = self.folder.unwrap_or_else(|| archive.to_owned());
        let name = self.name.unwrap_or_else(|| name_of(&folder));
        let mut settings = Settings::named(name);
        if let Some(codes) = self.codes {
            settings.code_pattern = codes;
        }
        Store::init(&folder, &settings)?;
        if !quiet {
            output::say(&format!(
                "made an archive in `{0}`; add pages with `diwan -C {0} add …`",
                folder.display()
            ));
        }
        Ok(())
    }
}

fn name_of(folder: &Path) -> String {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    absolute.file_name().map_or_else(|| "Archive".to_owned(), |name| name.to_string_lossy().into_owned())
}
