//! What can go wrong in an archive: each error has a kind, a sentence, and often a hint.

use std::path::{Path, PathBuf};

use diwan_model::CodePatternError;

/// What went wrong, as the caller must treat it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// What was handed in cannot be used.
    Input,
    /// There is no such thing.
    NotFound,
    /// It clashes with what is there, or with someone else at work.
    Conflict,
    /// The archive is damaged, or the machine failed.
    Damaged,
}

/// An error of the archive.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The folder does not exist.
    #[error("there is no folder `{}`", .0.display())]
    NoFolder(PathBuf),
    /// The folder holds no archive.
    #[error("there is no archive in `{}`", .0.display())]
    NoArchive(PathBuf),
    /// The folder holds half of one, or something else by that name.
    #[error("`{}` is not an archive: {}", .0.display(), .1)]
    NotAnArchive(PathBuf, String),
    /// `init` on an archive.
    #[error("there is an archive in `{}` already", .0.display())]
    AlreadyThere(PathBuf),
    /// Made by a newer program.
    #[error("the archive in `{}` was made by a newer version of Diwan (layout {}; this one knows up to {})", .0.display(), .1, .2)]
    Newer(PathBuf, i64, i64),
    /// `diwan.toml` cannot be used.
    #[error("`{}` cannot be used: {}", .0.display(), .1)]
    Settings(PathBuf, String),
    /// The folder may be read and not be written.
    #[error("the archive in `{}` cannot be written", .0.display())]
    NoRights(PathBuf),
    /// Another process writes.
    #[error("another `diwan` is adding to the archive in `{}`", .0.display())]
    Busy(PathBuf),
    /// Nothing has this code, hash or number.
    #[error("there is no {what} `{key}` in this archive")]
    NotFound {
        /// What was looked for: `statement`, `finding`, …
        what: &'static str,
        /// What was given.
        key: String,
    },
    /// A decision that cannot be taken.
    #[error("{0}")]
    Refused(String),
    /// A code pattern without a number.
    #[error(transparent)]
    Pattern(#[from] CodePatternError),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] rusqlite::Error),
    /// What lies in the database cannot be read back.
    #[error("what the database holds of {what} cannot be read: {error}")]
    Json {
        /// Of what.
        what: &'static str,
        /// Why.
        error: serde_json::Error,
    },
    /// A file failed.
    #[error("`{}`: {error}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
}

impl StoreError {
    /// For `map_err` on what touches a file.
    pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::File { path, error }
    }

    /// For `map_err` on JSON read back.
    pub(crate) fn json(what: &'static str) -> impl FnOnce(serde_json::Error) -> Self {
        move |error| Self::Json { what, error }
    }

    /// How the caller must treat it.
    pub fn kind(&self) -> ErrorKind {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
        match self {
            Self::NoFolder(_) | Self::NoArchive(_) | Self::NotFound { .. } => ErrorKind::NotFound,
            Self::AlreadyThere(_) | Self::Busy(_) => ErrorKind::Conflict,
            Self::Database(error)
                if matches!(error.sqlite_error_code(), Some(DatabaseBusy | DatabaseLocked)) =>
            {
                ErrorKind::Conflict
            }
            Self::NotAnArchive(..) | Self::Newer(..) | Self::Settings(..) | Self::NoRights(_) => {
                ErrorKind::Input
            }
            Self::Database(error) if is_full(error) => ErrorKind::Input,
            Self::Refused(_) | Self::Pattern(_) => ErrorKind::Input,
            Self::Database(_) | Self::Json { .. } | Self::File { .. } => ErrorKind::Damaged,
        }
    }

    /// What the person can do about it.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::NoFolder(path) => format!("make one with `diwan init {}`", path.display()),
            Self::NoArchive(path) => format!(
                "make one with `diwan init {}`, or name the archive's folder with `-C DIR`",
                path.display()
            ),
            Self::NotAnArchive(..) => "name the archive's folder with `-C DIR`".to_owned(),
            Self::AlreadyThere(_) => "add to it with `diwan add`, or name another folder".to_owned(),
            Self::Newer(..) => "install the newer version; nothing was changed".to_owned(),
            Self::Settings(..) => "mend the file, or compare it with one that `diwan init` writes".to_owned(),
            Self::NoRights(_) => {
                "even reading keeps a journal beside the database: ask for the right to write there, or \
                work on a copy (`cp -r`)"
                    .to_owned()
            }
            Self::Busy(_) => "wait until it is done, then try again; nothing was lost".to_owned(),
            Self::Pattern(_) => "a pattern looks like `DW/{year}/{number}`".to_owned(),
            Self::Database(_) if self.kind() == ErrorKind::Conflict => {
                "another program holds the database; try again".to_owned()
            }
            Self::Database(error) if is_full(error) => FULL.to_owned(),
            Self::File { error, .. } if error.kind() == std::io::ErrorKind::StorageFull => FULL.to_owned(),
            Self::Database(_) | Self::Json { .. } => "`diwan verify` says what is damaged".to_owned(),
            Self::NotFound { what: "statement" | "version" | "sentence" | "code", .. } => {
                "`diwan list` prints every code".to_owned()
            }
            Self::NotFound { what: "finding", .. } => "`diwan findings` prints every finding".to_owned(),
            Self::NotFound { what: "decision", .. } => "`diwan history` prints every decision".to_owned(),
            _ => return None,
        })
    }
}

const FULL: &str =
    "the disk is full: make room and run the same command again; what was finished is kept, whole";

/// Whether the database had no room.
fn is_full(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull)
}

/// What the archive answers.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;
