//! The archive notices what was done to it, and knows what it can open.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "tests on what they made themselves"
)]

mod common;

use std::fs;
use std::path::Path;

use common::{add, page};
use diwan_store::{Placement, Settings, Store, StoreError};
use rusqlite::Connection;

fn archive(folder: &Path) -> Store {
    let mut store = Store::init(folder, &Settings::named("Test")).unwrap();
    add(&mut store, &page("a", "en", "Note", "2021-06-28"), &Placement::New);
    add(&mut store, &page("b", "en", "Note", "2021-06-29"), &Placement::New);
    store
}

fn database(folder: &Path) -> Connection {
    Connection::open(folder.join("diwan.db")).unwrap()
}

fn damage(folder: &Path) -> Vec<String> {
    let found = Store::open(folder).unwrap().verify(|_, _| {}).unwrap();
    assert_eq!(found.ok, found.damage.is_empty());
    found.damage.into_iter().map(|damage| damage.kind.to_owned()).collect()
}

#[test]
fn the_custody_log_cannot_be_changed_unnoticed() {
    for change in [
        "UPDATE custody SET at = '2000-01-01T00:00:00Z' WHERE seq = 2",
        "UPDATE custody SET detail = '{}' WHERE seq = 3",
        "DELETE FROM custody WHERE seq = 2",
        "UPDATE custody SET seq = -1 WHERE seq = 2",
    ] {
        let folder = tempfile::tempdir().unwrap();
        drop(archive(folder.path()));
        let connection = database(folder.path());
        let refused = connection.execute_batch(change).unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
        // Whoever has the file can take the triggers away, and then the chain tells.
        connection.execute_batch("DROP TRIGGER custody_stays; DROP TRIGGER custody_kept").unwrap();
        connection.execute_batch(change).unwrap();
        assert!(damage(folder.path()).contains(&"custody-broken".to_owned()), "{change}");
    }
}

#[test]
fn captures_are_hashed_anew() {
    let folder = tempfile::tempdir().unwrap();
    let store = archive(folder.path());
    let hashes: Vec<String> = store.captures().unwrap().iter().map(|c| c.sha256.to_string()).collect();
    let path = |hash: &str| folder.path().join("captures").join(&hash[..2]).join(&hash[2..]);
    assert_eq!(damage(folder.path()), Vec::<String>::new());
    fs::write(path(&hashes[0]), "altered").unwrap();
    fs::remove_file(path(&hashes[1])).unwrap();
    fs::write(folder.path().join("captures").join("notes.txt"), "x").unwrap();
    assert_eq!(damage(folder.path()), ["stranger", "capture-altered", "capture-missing"]);
}

#[test]
fn a_page_cut_off_leaves_a_file_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = archive(folder.path());
    let cut = page("cut", "en", "Note", "2021-06-30");
    // Dropped before the commit, as by a process that is killed.
    drop(store.begin_page(&cut.capture, b"cut").unwrap());
    let found = store.verify(|_, _| {}).unwrap();
    assert!(found.ok, "{:?}", found.damage);
    assert_eq!((found.unfinished, found.counts.captures), (vec![cut.capture.sha256], 2));
    add(&mut store, &cut, &Placement::New);
    assert!(store.verify(|_, _| {}).unwrap().unfinished.is_empty());
    assert_eq!(common::read_all(&store).len(), 3);
}

#[test]
fn one_process_adds_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let store = archive(folder.path());
    let lock = store.lock().unwrap();
    let other = store.another().unwrap();
    assert!(matches!(other.lock(), Err(StoreError::Busy(_))));
    assert!(other.counts().is_ok(), "reading goes on");
    drop(lock);
    assert!(other.lock().is_ok());
}

#[test]
fn layouts_are_brought_up_to_date_and_newer_ones_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    drop(archive(folder.path()));
    let version = |connection: &Connection| -> i64 {
        connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
    };
    let newest = version(&database(folder.path()));
    assert!(newest >= 1);

    // As `init` leaves it when it is cut off before the first step: the next one completes it.
    let half = tempfile::tempdir().unwrap();
    drop(Connection::open(half.path().join("diwan.db")).unwrap());
    Store::init(half.path(), &Settings::named("Half")).unwrap();
    assert_eq!(version(&database(half.path())), newest);

    database(folder.path()).pragma_update(None, "user_version", newest + 1).unwrap();
    let before = fs::read(folder.path().join("diwan.db")).unwrap();
    let error = Store::open(folder.path()).unwrap_err();
    assert!(matches!(error, StoreError::Newer(..)), "{error}");
    assert!(error.hint().unwrap().contains("newer version"));
    assert_eq!(fs::read(folder.path().join("diwan.db")).unwrap(), before);
}

#[test]
fn what_is_no_archive_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    assert!(matches!(Store::open(&at("none")), Err(StoreError::NoFolder(_))));
    assert!(matches!(Store::open(folder.path()), Err(StoreError::NoArchive(_))));
    drop(archive(&at("a")));
    assert!(matches!(Store::init(&at("a"), &Settings::named("x")), Err(StoreError::AlreadyThere(_))));
    fs::write(at("a/diwan.toml"), "colour = 'red'").unwrap();
    assert!(matches!(Store::open(&at("a")), Err(StoreError::Settings(..))));
    fs::remove_file(at("a/diwan.toml")).unwrap();
    assert!(matches!(Store::open(&at("a")), Err(StoreError::NotAnArchive(..))));

    fs::create_dir(at("b")).unwrap();
    fs::write(at("b/diwan.toml"), "name = 'b'").unwrap();
    fs::write(at("b/diwan.db"), "this is a text and no database, however long it may be".repeat(40)).unwrap();
    assert!(matches!(Store::open(&at("b")), Err(StoreError::NotAnArchive(..))));
    fs::remove_file(at("b/diwan.db")).unwrap();
    Connection::open(at("b/diwan.db")).unwrap().execute_batch("CREATE TABLE other (x)").unwrap();
    assert!(matches!(Store::open(&at("b")), Err(StoreError::NotAnArchive(..))));
}
