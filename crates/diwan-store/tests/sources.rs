//! Where captures come from: exchanges, notes, watched addresses, places in large files.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod common;

use std::collections::BTreeMap;

use diwan_model::{Exchange, ExchangeOrigin};
use diwan_store::{Settings, Store};
use rusqlite::Connection;

fn exchange(address: &str, status: u16, digest: Option<&str>) -> Exchange {
    Exchange {
        address: address.to_owned(),
        at: Some("2021-12-03T09:00:00Z".to_owned()),
        request: "GET / HTTP/1.1\r\n".to_owned(),
        response: format!("HTTP/1.1 {status} X\r\nETag: \"a\"\r\n"),
        status,
        peer: None,
        body: if status == 200 { Vec::new() } else { b"moved".to_vec() },
        digest: digest.map(str::to_owned),
        origin: ExchangeOrigin::Fetched,
    }
}

#[test]
fn a_way_to_a_page_is_kept_whole_and_an_altered_head_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::init(folder.path(), &Settings::named("Test")).unwrap();
    let reading = common::page("one", "en", "One", "2021-12-03");
    let hash = reading.capture.sha256;
    let way = [
        exchange("https://a.example/old", 301, None),
        exchange("https://a.example/new", 200, Some("sha1:X")),
    ];
    let mut page = store.begin_page(&reading.capture, b"one").unwrap();
    page.put_exchanges(Some(hash), &way).unwrap();
    page.put_notes(hash, "list.csv", &[("date".to_owned(), "2021-12-03".to_owned())]).unwrap();
    page.log_list("https://a.example/old", None, hash).unwrap();
    page.commit().unwrap();
    let mut page = store.reopen_page().unwrap();
    page.put_exchanges(None, &[exchange("https://a.example/gone", 404, None)]).unwrap();
    page.log_refused(
        "https://a.example/gone",
        None,
        None,
        "404",
        Some("{\"address\":\"https://a.example/gone\"}"),
    )
    .unwrap();
    page.commit().unwrap();

    let found = store.exchanges_of(hash).unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].capture, found[1].capture), (None, Some(hash)), "the last is the page's own");
    assert_eq!((&found[0].exchange, &found[1].exchange), (&way[0], &way[1]));
    assert_eq!(store.capture_of_digest("sha1:X").unwrap(), Some(hash));
    assert!(store.knows_address("https://a.example/old").unwrap(), "by the redirect");
    assert!(!store.knows_address("https://a.example/gone").unwrap());
    assert_eq!(store.notes().unwrap().len(), 1);
    assert_eq!(store.list_captures().unwrap().len(), 1);
    assert_eq!(store.refused_locators().unwrap().len(), 1);
    assert_eq!(store.counts().unwrap().unread, 0, "a list is no page that was not read");
    assert!(store.verify(|_, _| {}).unwrap().ok, "{:?}", store.verify(|_, _| {}).unwrap().damage);

    let database = Connection::open(folder.path().join("diwan.db")).unwrap();
    assert!(database.execute("UPDATE exchange SET response = 'x'", []).is_err(), "an exchange never changes");
    database
        .execute_batch("DROP TRIGGER exchange_stays; UPDATE exchange SET response = 'x' WHERE seq = 1")
        .unwrap();
    let kinds: Vec<&str> = store.verify(|_, _| {}).unwrap().damage.iter().map(|damage| damage.kind).collect();
    assert_eq!(kinds, ["exchange-altered"]);
}

#[test]
fn watched_addresses_and_places_in_files() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::init(folder.path(), &Settings::named("Test")).unwrap();
    assert!(store.watch("https://a.example/", 60).unwrap());
    assert!(!store.watch("https://a.example/", 120).unwrap(), "watched already");
    let mut watch = store.watched().unwrap().remove(0);
    assert_eq!((watch.every_seconds, watch.kind.as_str(), watch.failures), (120, "unknown", 0));
    (watch.kind, watch.etag, watch.failures) = ("feed".to_owned(), Some("\"a\"".to_owned()), 2);
    store.put_watched(&watch).unwrap();
    assert_eq!(store.watched().unwrap(), [watch]);
    store.unwatch("https://a.example/").unwrap();
    assert!(store.unwatch("https://a.example/").is_err());

    store.put_progress(&BTreeMap::from([("a.warc".to_owned(), 7)])).unwrap();
    store.put_progress(&BTreeMap::from([("a.warc".to_owned(), 9)])).unwrap();
    assert_eq!(store.progress().unwrap(), BTreeMap::from([("a.warc".to_owned(), 9)]));
    store.forget_progress().unwrap();
    assert!(store.progress().unwrap().is_empty());
}

#[test]
fn an_archive_of_the_first_layout_keeps_its_log() {
    let folder = tempfile::tempdir().unwrap();
    drop(Store::init(folder.path(), &Settings::named("Test")).unwrap());
    let path = folder.path().join("diwan.db");
    for name in ["diwan.db", "diwan.db-wal", "diwan.db-shm"] {
        let _ = std::fs::remove_file(folder.path().join(name));
    }
    let database = Connection::open(path).unwrap();
    database.execute_batch(include_str!("../migrations/0001_archive.sql")).unwrap();
    database
        .execute_batch(
            "INSERT INTO intake (source, at, outcome, reason) VALUES ('a.txt', '2021-12-03T09:00:00Z', 'refused', 'empty');
             PRAGMA application_id = 1145657166; PRAGMA user_version = 1",
        )
        .unwrap();
    drop(database);
    let mut store = Store::open(folder.path()).unwrap();
    assert_eq!((store.intake().unwrap().len(), store.intake().unwrap()[0].seq), (1, 1));
    store.refuse("b.txt", None, None, "it is empty").unwrap();
    assert_eq!(store.intake().unwrap()[1].seq, 2, "numbers go on");
}
