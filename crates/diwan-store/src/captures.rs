//! Captures as files named by their hash: `captures/ab/cdef…`.
//!
//! A file appears under its name only when all its bytes are on the disk: it is written under a temporary name, synced,
//! renamed, and the folder synced. So a file that is there is whole, whatever happened to the process that wrote it.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use diwan_model::CaptureHash;

use crate::{Result, StoreError};

const TEMPORARY: &str = "tmp";

#[derive(Debug, Clone)]
pub(crate) struct CaptureFolder(PathBuf);

impl CaptureFolder {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    pub(crate) fn path(&self, hash: CaptureHash) -> PathBuf {
        let text = hash.to_string();
        let (head, tail) = text.split_at(2);
        self.0.join(head).join(tail)
    }

    /// Keeps the bytes; nothing happens where they are kept already.
    pub(crate) fn keep(&self, hash: CaptureHash, bytes: &[u8]) -> Result<()> {
        let path = self.path(hash);
        if path.exists() {
            return Ok(());
        }
        let (folder, temporary) = (path.parent().unwrap_or(&self.0), self.0.join(TEMPORARY));
        for folder in [folder, &temporary] {
            fs::create_dir_all(folder).map_err(StoreError::file(folder))?;
        }
        let mut file = tempfile::NamedTempFile::new_in(&temporary).map_err(StoreError::file(&temporary))?;
        file.write_all(bytes).map_err(StoreError::file(file.path()))?;
        file.as_file().sync_all().map_err(StoreError::file(file.path()))?;
        file.persist(&path).map_err(|error| StoreError::File { path: path.clone(), error: error.error })?;
        sync_folder(folder)?;
        sync_folder(&self.0)
    }

    /// The bytes as they lie on the disk; `None` where they are not.
    pub(crate) fn bytes(&self, hash: CaptureHash) -> Result<Option<Vec<u8>>> {
        let path = self.path(hash);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::File { path, error }),
        }
    }

    /// Removes what a process that was killed left half written. Only for who holds the archive's lock.
    pub(crate) fn sweep(&self) {
        let Ok(entries) = fs::read_dir(self.0.join(TEMPORARY)) else { return };
        for entry in entries.flatten() {
            // What cannot be removed does no harm: it lies outside every name that is read.
            let _ = fs::remove_file(entry.path());
        }
    }

    /// Every file whose place spells a hash, sorted; and every other file outside the temporary folder.
    pub(crate) fn list(&self) -> Result<(Vec<CaptureHash>, Vec<PathBuf>)> {
        let (mut hashes, mut strangers) = (Vec::new(), Vec::new());
        let mut todo = vec![self.0.clone()];
        while let Some(folder) = todo.pop() {
            for entry in fs::read_dir(&folder).map_err(StoreError::file(&folder))? {
                let path = entry.map_err(StoreError::file(&folder))?.path();
                if path.is_dir() {
                    if path != self.0.join(TEMPORARY) {
                        todo.push(path);
                    }
                } else if let Some(hash) = self.spelt(&path) {
                    hashes.push(hash);
                } else {
                    strangers.push(path);
                }
            }
        }
        hashes.sort();
        strangers.sort();
        Ok((hashes, strangers))
    }

    fn spelt(&self, path: &Path) -> Option<CaptureHash> {
        let parts: Vec<&str> = path.strip_prefix(&self.0).ok()?.iter().filter_map(|p| p.to_str()).collect();
        let [head, tail] = parts.as_slice() else { return None };
        let hash: CaptureHash = format!("{head}{tail}").parse().ok()?;
        (self.path(hash) == path).then_some(hash)
    }
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> Result<()> {
    fs::File::open(folder).and_then(|file| file.sync_all()).map_err(StoreError::file(folder))
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> Result<()> {
    Ok(())
}
