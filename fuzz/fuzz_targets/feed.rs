//! Any bytes are read as a feed, and what is read can be written and read again.
#![no_main]

use diwan_formats::feed::{WrittenEntry, is_feed, read_feed, write_atom};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = is_feed(data);
    let feed = read_feed(data);
    let entries: Vec<WrittenEntry<'_>> = feed
        .entries
        .iter()
        .map(|entry| WrittenEntry {
            id: &entry.address,
            address: &entry.address,
            title: entry.title.as_deref().unwrap_or(""),
            updated: "2026-01-31T09:00:00Z",
            lang: entry.lang.as_deref(),
            summary: None,
        })
        .collect();
    let mut out = Vec::new();
    write_atom(&mut out, "t", "https://a.example/", "2026-01-31T09:00:00Z", &entries).unwrap();
    let again = read_feed(&out);
    assert_eq!(again.fault, None);
    assert!(again.entries.len() <= entries.len());
});
