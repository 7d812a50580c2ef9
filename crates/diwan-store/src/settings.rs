//! `diwan.toml`: what a person sets for an archive.

use std::path::Path;

use diwan_model::CodePattern;
use serde::{Deserialize, Serialize};

use crate::{Result, StoreError};

/// What a person sets for an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The archive's name, shown on every page.
    pub name: String,
    /// How codes are made: `{year}` and `{number}` are filled in.
    #[serde(default = "default_code_pattern")]
    pub code_pattern: String,
    /// The largest page that is read, in MiB. Above it a page is refused.
    #[serde(default = "default_size_limit")]
    pub size_limit_mib: u64,
}

fn default_code_pattern() -> String {
    "DW/{year}/{number}".to_owned()
}

fn default_size_limit() -> u64 {
    64
}

impl Settings {
    /// The defaults, with this name.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), code_pattern: default_code_pattern(), size_limit_mib: default_size_limit() }
    }

    /// How codes are made.
    pub fn pattern(&self) -> Result<CodePattern> {
        Ok(CodePattern::new(&self.code_pattern)?)
    }

    /// The largest page that is read, in bytes.
    pub fn size_limit(&self) -> u64 {
        self.size_limit_mib.saturating_mul(1024 * 1024)
    }

    /// Reads the file.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(StoreError::file(path))?;
        let settings: Self = toml::from_str(&text)
            .map_err(|error| StoreError::Settings(path.to_owned(), error.message().to_owned()))?;
        settings.pattern()?;
        Ok(settings)
    }

    /// The file's text, with a word on each setting.
    pub(crate) fn text(&self) -> String {
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        format!(
            "# The archive's name, shown on every page.\nname = {}\n\n\
             # How codes are made. `{{number}}` must be in it; codes once given never change.\ncode_pattern = {}\n\n\
             # The largest page that is read, in MiB; a larger one is refused.\nsize_limit_mib = {}\n",
            quoted(&self.name),
            quoted(&self.code_pattern),
            self.size_limit_mib
        )
    }
}
