//! The layout of the database, step by step.
//!
//! `user_version` counts the steps taken; each step is an embedded file and runs in a transaction of its own, so that
//! a crash between two leaves a database that the next start completes.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::{Result, StoreError};

/// `DIWN`: marks the file as ours.
pub(crate) const APPLICATION_ID: i64 = 0x4449_574E;

/// Every step so far. A step that was released never changes.
pub(crate) const STEPS: &[&str] = &[
    include_str!("../migrations/0001_archive.sql"),
    include_str!("../migrations/0002_alignment.sql"),
    include_str!("../migrations/0003_sources.sql"),
    include_str!("../migrations/0004_entities.sql"),
    include_str!("../migrations/0005_facts.sql"),
    include_str!("../migrations/0006_phrases.sql"),
    include_str!("../migrations/0007_furniture.sql"),
    include_str!("../migrations/0008_ties.sql"),
    include_str!("../migrations/0009_wording.sql"),
];

/// The newest layout this program knows.
pub(crate) fn newest() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}

/// Brings the database to the newest layout. Refuses one that a newer program made, and a file that is not ours.
pub(crate) fn migrate(connection: &mut Connection, folder: &Path) -> Result<()> {
    loop {
        let found = check(connection, folder)?;
        let Some(step) = usize::try_from(found).ok().and_then(|k| STEPS.get(k)) else { return Ok(()) };
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have taken the step while this one waited for the lock.
        if layout(&transaction)? == found {
            transaction.execute_batch(step)?;
            transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
            transaction.pragma_update(None, "user_version", found + 1)?;
            transaction.commit()?;
        }
    }
}

/// The layout of the database, after making sure that it is one of ours and not newer than this program.
pub(crate) fn check(connection: &Connection, folder: &Path) -> Result<i64> {
    let found = layout(connection)?;
    let id: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if found < 0 || (id != APPLICATION_ID && (found != 0 || has_tables(connection)?)) {
        return Err(StoreError::NotAnArchive(
            folder.to_owned(),
            "`diwan.db` is some other database".to_owned(),
        ));
    }
    if found > newest() {
        return Err(StoreError::Newer(folder.to_owned(), found, newest()));
    }
    Ok(found)
}

fn layout(connection: &Connection) -> Result<i64> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

fn has_tables(connection: &Connection) -> Result<bool> {
    Ok(connection.query_row("SELECT EXISTS (SELECT 1 FROM sqlite_schema)", [], |row| row.get(0))?)
}
