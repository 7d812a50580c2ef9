//! `manifest.toml`: which files of a folder are pages, in which order, and the address each came from.
//!
//! ```toml
//! [[page]]
//! path = "note.fa.html"                                # below the folder
//! address = "https://ministry.example/fa/note/"        # may be left out
//! ```
//!
//! Other keys are for other readers. Files that it does not name are not pages.

use std::path::{Component, Path, PathBuf};

use crate::source::{Refusal, Source};

/// The name of the file.
pub(crate) const NAME: &str = "manifest.toml";

/// What the manifest of `folder` lists; `None` where there is none, or where a file of that name is something else.
pub(crate) fn read(folder: &Path) -> Option<Vec<Result<Source, Refusal>>> {
    let path = folder.join(NAME);
    let text = std::fs::read_to_string(&path).ok()?;
    let table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            let reason = format!("it is not TOML: {}", error.message());
            return Some(vec![Err(Refusal::of_file(&path, true, reason))]);
        }
    };
    let pages = table.get("page")?.as_array()?;
    Some(pages.iter().map(|page| source(folder, &path, page)).collect())
}

fn source(folder: &Path, manifest: &Path, page: &toml::Value) -> Result<Source, Refusal> {
    let text = |key: &str| page.get(key).and_then(toml::Value::as_str);
    let Some(name) = text("path") else {
        return Err(Refusal::of_file(manifest, true, "a page of it has no `path`"));
    };
    let below = PathBuf::from(name);
    let path = folder.join(&below);
    if !below.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Err(Refusal::of_file(&path, false, "the manifest names a file outside its folder"));
    }
    let address = text("address").map(str::trim).filter(|address| !address.is_empty()).map(str::to_owned);
    Ok(Source { address, ..Source::file(&path, false) })
}
