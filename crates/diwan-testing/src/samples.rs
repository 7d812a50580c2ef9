//! The list of the sample archive (`samples/manifest.toml`), for tests, benches and the demo's own checks.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// A page of the samples, as the manifest lists it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SamplePage {
    /// File below `samples/`, with `/`.
    pub path: String,
    /// The address it would have been fetched from.
    pub address: String,
    /// Language of the text, as a tag; `und` where there is no text.
    pub lang: String,
    /// The same for versions of one statement; empty where the page holds none.
    pub statement: String,
    /// `authoritative`, `courtesy-translation` or `unknown`, whether or not the page itself says so.
    pub authority: String,
    /// Date of the statement, `YYYY-MM-DD`; empty where the page holds none.
    pub date: String,
    /// What the page shows.
    pub kind: String,
}

#[derive(Deserialize)]
struct Manifest {
    page: Vec<SamplePage>,
}

/// The folder `samples/` of the repository, for a crate's tests.
pub fn folder(manifest_dir: &str) -> PathBuf {
    crate::repository_root(manifest_dir).join("samples")
}

/// Every page, in the order of adding.
///
/// # Errors
///
/// When the manifest cannot be read or is not what it should be.
pub fn pages(samples: &Path) -> io::Result<Vec<SamplePage>> {
    let text = fs::read_to_string(samples.join("manifest.toml"))?;
    let manifest: Manifest =
        toml::from_str(&text).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    Ok(manifest.page)
}
