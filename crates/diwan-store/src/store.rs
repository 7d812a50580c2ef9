//! Making and opening an archive.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use crate::{Result, Settings, StoreError, captures::CaptureFolder, migrate};

const SETTINGS_FILE: &str = "diwan.toml";
const DATABASE_FILE: &str = "diwan.db";
const CAPTURES_FOLDER: &str = "captures";
const LOCK_FILE: &str = "diwan.lock";

/// How long a write waits for another process's write. Transactions are one page long, so this is ample.
const BUSY: Duration = Duration::from_secs(30);

/// Memory for pages of the database, in KiB.
const CACHE_KIB: i32 = 24 << 10;

/// Pages of the write-ahead log, of 4 KiB, after which it is folded back into the database.
const LOG_PAGES: i32 = 4_000;

/// An open archive. One connection: `Send`, not `Sync`; threads that read at once each take one with
/// [`Store::another`].
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) captures: CaptureFolder,
    folder: PathBuf,
    settings: Settings,
}

impl Store {
    /// Makes an archive in `folder` (made if absent; may hold other files) and opens it.
    ///
    /// # Errors
    /// [`StoreError::AlreadyThere`] where there is one.
    pub fn init(folder: &Path, settings: &Settings) -> Result<Self> {
        let toml = folder.join(SETTINGS_FILE);
        settings.pattern()?;
        if toml.exists() {
            return Err(StoreError::AlreadyThere(folder.to_owned()));
        }
        let captures = folder.join(CAPTURES_FOLDER);
        fs::create_dir_all(&captures).map_err(StoreError::file(&captures))?;
        // The settings come last: a folder is an archive once they are there, and `init` again completes one that was
        // interrupted, or that lost them.
        drop(connect(&folder.join(DATABASE_FILE), folder, true)?);
        fs::write(&toml, settings.text()).map_err(StoreError::file(&toml))?;
        Self::open(folder)
    }

    /// Opens the archive in `folder`; an older layout is brought up to date.
    ///
    /// # Errors
    /// [`StoreError::NoFolder`], [`StoreError::NoArchive`], [`StoreError::NotAnArchive`], [`StoreError::Newer`],
    /// [`StoreError::Settings`].
    pub fn open(folder: &Path) -> Result<Self> {
        if !folder.exists() {
            return Err(StoreError::NoFolder(folder.to_owned()));
        }
        if !folder.is_dir() {
            return Err(StoreError::NotAnArchive(folder.to_owned(), "it is a file".to_owned()));
        }
        let (toml, database) = (folder.join(SETTINGS_FILE), folder.join(DATABASE_FILE));
        match (toml.exists(), database.exists()) {
            (false, false) => return Err(StoreError::NoArchive(folder.to_owned())),
            (true, false) => return Err(half(folder, DATABASE_FILE)),
            (false, true) => return Err(half(folder, SETTINGS_FILE)),
            (true, true) => {}
        }
        let settings = Settings::read(&toml)?;
        let connection = connect(&database, folder, false)?;
        let captures = CaptureFolder::new(folder.join(CAPTURES_FOLDER));
        Ok(Self { connection, captures, folder: folder.to_owned(), settings })
    }

    /// Another connection to the same archive, for another thread.
    pub fn another(&self) -> Result<Self> {
        Self::open(&self.folder)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the person set in `diwan.toml`.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Holds the archive for a run that adds pages; a second one is told to wait. Reading and decisions go on
    /// meanwhile. Ends when the value is dropped or the process ends, however it ends.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where another process holds it.
    pub fn lock(&self) -> Result<ArchiveLock> {
        let path = self.folder.join(LOCK_FILE);
        let file = fs::File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(StoreError::file(&path))?;
        match file.try_lock() {
            Ok(()) => {
                self.captures.sweep();
                Ok(ArchiveLock { _file: file })
            }
            Err(fs::TryLockError::WouldBlock) => Err(StoreError::Busy(self.folder.clone())),
            Err(fs::TryLockError::Error(error)) => Err(StoreError::File { path, error }),
        }
    }
}

/// The right to add pages, held by one process at a time.
#[derive(Debug)]
pub struct ArchiveLock {
    _file: fs::File,
}

fn half(folder: &Path, missing: &str) -> StoreError {
    StoreError::NotAnArchive(folder.to_owned(), format!("`{missing}` is missing"))
}

fn connect(path: &Path, folder: &Path, create: bool) -> Result<Connection> {
    use rusqlite::OpenFlags;
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    flags.set(OpenFlags::SQLITE_OPEN_CREATE, create);
    let ours = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => {
            StoreError::NotAnArchive(folder.to_owned(), format!("`{DATABASE_FILE}` is not a database"))
        }
        Some(
            rusqlite::ErrorCode::ReadOnly
            | rusqlite::ErrorCode::CannotOpen
            | rusqlite::ErrorCode::PermissionDenied,
        ) => StoreError::NoRights(folder.to_owned()),
        _ => error.into(),
    };
    let mut connection = Connection::open_with_flags(path, flags).map_err(ours)?;
    connection.busy_timeout(BUSY)?;
    // Asked before anything is set: a file that is not ours must stay as it is.
    migrate::check(&connection, folder).map_err(|error| match error {
        StoreError::Database(error) => ours(error),
        other => other,
    })?;
    connection.pragma_update(None, "journal_mode", "WAL").map_err(ours)?;
    // A commit survives the end of the process; after a power cut the newest commits may be gone, whole, and a second
    // `add` completes them, because a capture is on the disk before its rows are written.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // Readings are large rows: what a page needs of the tables stays in memory, and the log is folded back less often.
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
    connection.set_prepared_statement_cache_capacity(256);
    migrate::migrate(&mut connection, folder).map_err(|error| match error {
        StoreError::Database(error) => ours(error),
        other => other,
    })?;
    Ok(connection)
}
