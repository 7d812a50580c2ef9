//! The archive as its callers see it: what goes in comes out, once, whole, with decisions over it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests on what they made themselves")]

mod common;

use common::{add, page, read_all};
use diwan_model::ArchiveCode;
use diwan_store::{Action, ErrorKind, Filter, NewDecision, Placement, Settings, Store, StoreError, Subject};

fn archive() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::init(folder.path(), &Settings::named("Test")).unwrap();
    (folder, store)
}

fn code(text: &str) -> ArchiveCode {
    ArchiveCode::new(text)
}

fn decision(subject: Subject, field: &str, action: Action, value: Option<&str>) -> NewDecision {
    NewDecision {
        subject,
        field: field.to_owned(),
        action,
        value: value.map(str::to_owned),
        who: "Mina".to_owned(),
        why: Some("I was there".to_owned()),
    }
}

#[test]
fn what_goes_in_comes_out() {
    let (_folder, mut store) = archive();
    let reading = page("a", "en", "Communiqué of the Lake Compact", "2021-06-28");
    add(&mut store, &reading, &Placement::New);
    let rows = store.statements(&Filter::default()).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].code.as_str(), "DW/2021/000001");
    assert_eq!(rows[0].versions[0].code, "DW/2021/000001-en");
    let record = store.statement(&rows[0].code).unwrap().unwrap();
    assert_eq!(record.text("title"), Some("Communiqué of the Lake Compact"));
    assert_eq!(record.text("date"), Some("2021-06-28"));
    assert_eq!(record.versions[0].sentences[1].code, "DW/2021/000001-en/2");
    let sentence = store.sentence(&"DW/2021/000001-en/2".parse().unwrap()).unwrap().unwrap();
    assert_eq!(sentence.text, "Second sentence of a.");
    assert_eq!(store.reading(reading.capture.sha256).unwrap().unwrap(), reading);
    assert!(store.verify(|_, _| {}).unwrap().ok);
}

#[test]
fn filters_take_a_year_whole() {
    let (_folder, mut store) = archive();
    for (name, date) in [("a", "2020-12-31"), ("b", "2021-01-01"), ("c", "2021-12-31"), ("d", "2022-01-01")] {
        add(&mut store, &page(name, "en", name, date), &Placement::New);
    }
    let filter = Filter {
        from: Some("2021".to_owned()),
        until: Some("2021".to_owned()),
        newest_first: true,
        ..Filter::default()
    };
    let dates: Vec<_> = store.statements(&filter).unwrap().into_iter().map(|row| row.date.unwrap()).collect();
    assert_eq!(dates, ["2021-12-31", "2021-01-01"]);
    assert_eq!(store.count(&filter).unwrap(), 2);
}

#[test]
fn a_persons_decision_stands_whatever_the_machine_reads_later() {
    let (_folder, mut store) = archive();
    let reading = page("a", "en", "Comunique", "2021-06-28");
    add(&mut store, &reading, &Placement::New);
    let subject = Subject::Statement(code("DW/2021/000001"));
    store.decide(&decision(subject.clone(), "title", Action::Correct, Some("Communiqué"))).unwrap();
    store.decide(&decision(subject.clone(), "date", Action::Confirm, None)).unwrap();
    assert_eq!(store.statements(&Filter::default()).unwrap()[0].title.as_deref(), Some("Communiqué"));

    // Another method reads the same bytes otherwise.
    let mut again = page("a", "en", "COMUNIQUE", "2021-06-29");
    again.capture = reading.capture.clone();
    common::read_again(&mut store, &again);
    let record = store.statement(&code("DW/2021/000001")).unwrap().unwrap();
    assert_eq!(record.text("title"), Some("Communiqué"));
    assert_eq!(record.field("title").unwrap().machine.as_ref().unwrap().text, "COMUNIQUE");
    assert_eq!(record.text("date"), Some("2021-06-28"), "confirmed by a person");

    // Newest wins; an undo brings back what was before; an undo can be undone.
    let newest = store.decide(&decision(subject.clone(), "title", Action::Correct, Some("Other"))).unwrap();
    let undo = store.undo(newest.id, "Mina", None).unwrap();
    assert_eq!(store.statement(&code("DW/2021/000001")).unwrap().unwrap().text("title"), Some("Communiqué"));
    store.undo(undo.id, "Mina", None).unwrap();
    assert_eq!(store.statement(&code("DW/2021/000001")).unwrap().unwrap().text("title"), Some("Other"));
    assert!(matches!(store.undo(undo.id, "Mina", None), Err(StoreError::Refused(_))), "undone already");
    let history = store.history(Some(&subject)).unwrap();
    assert_eq!(history.len(), 5, "nothing is lost");
    let counting: Vec<i64> = history.iter().filter(|d| d.counts).map(|d| d.id).collect();
    assert_eq!(counting, [2, 3]);
    assert!(store.verify(|_, _| {}).unwrap().ok);
}

#[test]
fn a_dismissed_value_is_not_shown_and_a_dismissed_finding_stays_dismissed() {
    let (_folder, mut store) = archive();
    let reading = page("a", "en", "Communiqué", "2021-06-28");
    add(&mut store, &reading, &Placement::New);
    let subject = Subject::Statement(code("DW/2021/000001"));
    store.decide(&decision(subject, "issuer", Action::Dismiss, None)).unwrap();
    assert_eq!(store.statement(&code("DW/2021/000001")).unwrap().unwrap().text("issuer"), None);

    let finding = store.findings().unwrap().remove(0);
    let subject = Subject::Finding(finding.fingerprint.clone());
    store.decide(&decision(subject, "status", Action::Dismiss, None)).unwrap();
    let mut again = reading.clone();
    again.findings[0].message = "worded anew".to_owned();
    common::read_again(&mut store, &again);
    let after = store.finding(&finding.fingerprint).unwrap().unwrap();
    assert_eq!((after.message.as_str(), after.status.as_str()), ("worded anew", "dismissed"));
}

#[test]
fn decisions_that_cannot_be_taken_are_refused() {
    let (_folder, mut store) = archive();
    add(&mut store, &page("a", "en", "Communiqué", "2021-06-28"), &Placement::New);
    let statement = Subject::Statement(code("DW/2021/000001"));
    for (subject, field, action, value, kind) in [
        (statement.clone(), "date", Action::Correct, Some("28 June"), ErrorKind::Input),
        (statement.clone(), "colour", Action::Correct, Some("red"), ErrorKind::Input),
        (statement.clone(), "title", Action::Correct, None, ErrorKind::Input),
        (statement, "office", Action::Confirm, None, ErrorKind::Input),
        (Subject::Statement(code("DW/2021/000009")), "title", Action::Dismiss, None, ErrorKind::NotFound),
        (
            Subject::Version("DW/2021/000001-fa".parse().unwrap()),
            "authority",
            Action::Dismiss,
            None,
            ErrorKind::NotFound,
        ),
    ] {
        let error = store.decide(&decision(subject, field, action, value)).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
    }
    assert!(store.history(None).unwrap().is_empty());
}

#[test]
fn versions_join_merge_and_replace() {
    let (_folder, mut store) = archive();
    add(&mut store, &page("fa", "fa", "بیانیه", "2021-12-03"), &Placement::New);
    add(&mut store, &page("ar", "ar", "بيان", "2021-12-03"), &Placement::New);
    let merge = Placement::Join { into: code("DW/2021/000001"), merge: vec![code("DW/2021/000002")] };
    add(&mut store, &page("en", "en", "Note", "2021-12-03"), &merge);
    let rows = store.statements(&Filter::default()).unwrap();
    assert_eq!(rows.len(), 1);
    let langs: Vec<&str> = rows[0].versions.iter().map(|v| v.lang.as_str()).collect();
    assert_eq!(langs, ["ar", "en", "fa"]);
    let record = store.statement(&code("DW/2021/000002")).unwrap().unwrap();
    assert_eq!((record.code.as_str(), record.merged.len()), ("DW/2021/000001", 1), "the old code leads on");

    let join = Placement::Join { into: code("DW/2021/000001"), merge: Vec::new() };
    add(&mut store, &page("fa, mended", "fa", "بیانیه", "2021-12-03"), &join);
    let record = store.statement(&code("DW/2021/000001")).unwrap().unwrap();
    let fa = record.versions.iter().find(|v| v.lang.as_str() == "fa").unwrap();
    assert_eq!(fa.source, "fa, mended.txt");
    assert_eq!(record.earlier.len(), 1);
    assert_eq!(fa.replaces, Some(record.earlier[0].capture));
    // The next new statement does not get the code of the merged one.
    add(&mut store, &page("other", "en", "Other", "2021-12-04"), &Placement::New);
    assert_eq!(read_all(&store), ["DW/2021/000001", "DW/2021/000003"]);
    assert!(store.verify(|_, _| {}).unwrap().ok);
}
