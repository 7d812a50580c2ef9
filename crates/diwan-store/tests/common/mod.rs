//! Readings written by hand, and putting them into an archive as the binary does.

#![allow(dead_code, unreachable_pub, reason = "a module of tests of which each test binary uses a part")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests, on what the tests made")]

use diwan_model::{
    Authority, Block, Capture, CaptureHash, Confidence, Direction, Field, Finding, LanguageTag, Page, Quote,
    Reading, Role, Sentence, Severity, Statement, StatementDate, Version,
};
use diwan_store::{Filter, NewStatement, Placement, Store};

/// A page of two sentences whose bytes are its name.
pub fn page(name: &str, lang: &str, title: &str, date: &str) -> Reading {
    let lang = LanguageTag::new(lang);
    let capture = Capture {
        sha256: CaptureHash::of(name.as_bytes()),
        media_type: "text/plain".to_owned(),
        bytes: name.len() as u64,
        address: None,
        source: Some(format!("{name}.txt")),
        declared_encoding: None,
    };
    let sentence = |n: u32, text: &str| Sentence { n, line: n, text: text.to_owned(), locus: None };
    let version = Version {
        lang: lang.clone(),
        authority: Authority::Unknown,
        disclaimer_line: None,
        begin_line: None,
        end_line: None,
        title: None,
        sentences: vec![
            sentence(1, &format!("First sentence of {name}.")),
            sentence(2, &format!("Second sentence of {name}.")),
        ],
        mentions: Vec::new(),
    };
    let statement = Statement {
        title: Some(Field::outside(title, 0.9, "test@1")),
        issuer: Some(Field::outside("The Lake Compact", 0.8, "test@1")),
        date: Some(StatementDate {
            iso: date.to_owned(),
            value: date.parse().unwrap(),
            printed: date.to_owned(),
            line: Some(1),
            locus: None,
            confidence: Confidence::CERTAIN,
        }),
        versions: vec![version],
        ..Statement::default()
    };
    let block = Block {
        line: 1,
        page: None,
        role: Role::Body,
        dir: Direction::LeftToRight,
        lang,
        text: name.to_owned(),
        mark: Default::default(),
        hints: Vec::new(),
        parted: false,
    };
    let quotes = vec![Quote { line: 1, text: name.to_owned() }];
    let finding = Finding::new("test-kind", Severity::Low, "something is odd", quotes);
    Reading::new(capture, Page { blocks: vec![block], ..Page::default() }, vec![statement], vec![finding])
}

/// Puts the page in, all its statements as `placement` says.
pub fn add(store: &mut Store, reading: &Reading, placement: &Placement) {
    let bytes = reading.blocks[0].text.as_bytes();
    let mut writer = store.begin_page(&reading.capture, bytes).unwrap();
    writer.put_reading(reading, "test@1").unwrap();
    for (part, statement) in reading.statements.iter().enumerate() {
        writer
            .place(
                reading,
                NewStatement { part, statement, own: None, original: None, alternates: &[] },
                placement,
            )
            .unwrap();
    }
    writer.log_added(&reading.capture, reading.capture.source.as_deref().unwrap()).unwrap();
    writer.commit().unwrap();
}

/// Replaces what was read from the same bytes.
pub fn read_again(store: &mut Store, reading: &Reading) {
    let mut writer = store.reopen_page().unwrap();
    let placed: Vec<_> = (0..reading.statements.len())
        .map(|part| writer.placed(reading.capture.sha256, part).unwrap().unwrap().code)
        .collect();
    writer.take_out(reading.capture.sha256).unwrap();
    writer.put_reading(reading, "test@2").unwrap();
    for (part, statement) in reading.statements.iter().enumerate() {
        let placement = Placement::Join { into: placed[part].clone(), merge: Vec::new() };
        writer
            .place(
                reading,
                NewStatement { part, statement, own: None, original: None, alternates: &[] },
                &placement,
            )
            .unwrap();
    }
    writer.commit().unwrap();
}

/// The codes of all statements.
pub fn read_all(store: &Store) -> Vec<String> {
    store.statements(&Filter::default()).unwrap().into_iter().map(|row| row.code.to_string()).collect()
}
