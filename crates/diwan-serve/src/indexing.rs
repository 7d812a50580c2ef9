//! The search index kept in step with the store.
//!
//! The store counts its changes; the index remembers at which count it was made. Where the two differ the index is
//! made anew, so that it may be deleted at any time.

use std::collections::BTreeSet;
use std::path::PathBuf;

use diwan_model::{ArchiveCode, LanguageTag, VersionCode};
use diwan_search::{IndexedVersion, SearchIndex};
use diwan_store::{Store, VersionRecord};

use crate::ServeError;

/// The folder of the index, beside the database.
pub fn folder(store: &Store) -> PathBuf {
    store.folder().join("index")
}

/// The index as of the store's present state: opened, or made anew where it is missing, damaged or old.
pub fn open(store: &Store) -> Result<SearchIndex, ServeError> {
    let stamp = store.revision()?.to_string();
    if let Some(index) = SearchIndex::open(&folder(store), &stamp)? {
        return Ok(index);
    }
    SearchIndex::rebuild(&folder(store), &stamp, |writer| {
        store.for_each_statement(|row, versions| {
            for version in versions.iter().filter_map(|version| indexed(row.date.as_deref(), version)) {
                writer.add(&version)?;
            }
            Ok::<(), ServeError>(())
        })
    })
}

/// The index after a run that took the store from revision `from` to `to` and put pages into `statements`: where it was
/// current before, only those are written, else all of it is made anew. What other processes changed meanwhile is left
/// to the next [`open`], which sees that the store is no longer at `to`.
pub fn catch_up(
    store: &Store,
    from: u64,
    to: u64,
    statements: &BTreeSet<ArchiveCode>,
) -> Result<(), ServeError> {
    match SearchIndex::open(&folder(store), &from.to_string())? {
        Some(_) if from == to => Ok(()),
        Some(index) => write(store, &index, to, statements),
        None => open(store).map(drop),
    }
}

/// Brings `index`, which was current at revision `before`, up to date when only `statements` changed since. Where it
/// was not current it is left alone, and [`open`] makes it anew.
pub fn update(
    store: &Store,
    index: &SearchIndex,
    before: u64,
    statements: &[ArchiveCode],
) -> Result<(), ServeError> {
    if index.stamp().as_deref() != Some(before.to_string().as_str()) {
        return Ok(());
    }
    // Asked before the statements are: what changes in between is then seen as a change.
    write(store, index, store.revision()?, statements)
}

fn write<'a>(
    store: &Store,
    index: &SearchIndex,
    stamp: u64,
    statements: impl IntoIterator<Item = &'a ArchiveCode>,
) -> Result<(), ServeError> {
    let mut writer = index.writer()?;
    for code in statements {
        let Some(record) = store.statement(code)? else { continue };
        // Sentences of a statement that became part of this one go with their old code.
        let langs: BTreeSet<&str> =
            record.versions.iter().chain(&record.earlier).map(|version| version.lang.as_str()).collect();
        for merged in &record.merged {
            for lang in &langs {
                writer.remove(&VersionCode { statement: merged.clone(), lang: LanguageTag::new(lang) });
            }
        }
        for version in record.versions.iter().filter_map(|v| indexed(record.text("date"), v)) {
            writer.add(&version)?;
        }
    }
    Ok(writer.commit(&stamp.to_string())?)
}

/// A version as the index takes it; `None` where its code cannot be read.
fn indexed(date: Option<&str>, version: &VersionRecord) -> Option<IndexedVersion> {
    Some(IndexedVersion {
        code: version.version_code()?,
        title: version.title.clone(),
        date: date.map(str::to_owned),
        sentences: version.sentences.iter().map(|s| (s.n, s.text.clone())).collect(),
    })
}
