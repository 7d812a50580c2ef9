//! Kept alignments: people's corrections over every later run, with undo and history; findings between versions.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod common;

use common::{add, page, read_again};
use diwan_model::{ArchiveCode, Sentence, Severity};
use diwan_store::{
    BeadEdit, BeadSide, Difference, DifferenceQuote, Filter, FindingStatus, NewAlignment, NewCorrection,
    NewDecision, Placement, Run, Settings, Store, Subject,
};

const METHOD: &str = "test@1";

/// An English version of three sentences and a Persian one of three, in one statement.
fn archive() -> (tempfile::TempDir, Store, ArchiveCode) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::init(folder.path(), &Settings::named("Test")).unwrap();
    add(&mut store, &three("one", "en"), &Placement::New);
    let code = store.statements(&Filter::default()).unwrap()[0].code.clone();
    add(&mut store, &three("two", "fa"), &Placement::Join { into: code.clone(), merge: Vec::new() });
    align(&mut store, false);
    (folder, store, code)
}

fn three(name: &str, lang: &str) -> diwan_model::Reading {
    let mut reading = page(name, lang, name, "2021-06-28");
    let third = Sentence { n: 3, line: 3, text: format!("Third sentence of {name}."), locus: None };
    reading.statements[0].versions[0].sentences.push(third);
    reading
}

/// Sentence by sentence; what is left over stands alone.
fn align(store: &mut Store, again: bool) -> usize {
    let tasks = store.alignment_tasks(None, METHOD, again).unwrap();
    for task in &tasks {
        let (s, t) = (task.source_texts.len() as u32, task.target_texts.len() as u32);
        let beads = (1..=s.max(t)).map(|n| {
            let run = |most: u32| if n <= most { Run::new(n, 1) } else { Run::new(most + 1, 0) };
            (run(s), run(t), 0.7)
        });
        let new = NewAlignment {
            statement: task.statement.clone(),
            source: task.source.clone(),
            target: task.target.clone(),
            digest: task.digest,
            method: METHOD.to_owned(),
            lexicon: 0,
            beads: beads.collect(),
        };
        store.put_alignment(&new).unwrap();
    }
    tasks.len()
}

fn shape(store: &Store, code: &ArchiveCode) -> Vec<(u32, u32, bool)> {
    let alignment = store.alignments(code).unwrap().remove(0);
    alignment.beads.iter().map(|b| (b.source.count, b.target.count, b.decision.is_some())).collect()
}

fn correct(
    store: &mut Store,
    code: &ArchiveCode,
    bead: (Run, Run),
    edit: BeadEdit,
) -> diwan_store::Result<i64> {
    let new = NewCorrection {
        statement: code.clone(),
        source: "en".into(),
        target: "fa".into(),
        bead,
        edit,
        who: "Mina".to_owned(),
        why: None,
    };
    store.correct_bead(&new).map(|decision| decision.id)
}

#[test]
fn what_is_aligned_is_aligned_once_and_again_where_a_text_changed() {
    let (_folder, mut store, code) = archive();
    assert_eq!(shape(&store, &code), [(1, 1, false); 3]);
    assert_eq!(align(&mut store, false), 0);
    assert_eq!(store.alignment_tasks(None, "other@1", false).unwrap().len(), 1);
    // A page is read anew with a sentence less: the alignment is stale until it is made again.
    read_again(&mut store, &page("two", "fa", "two", "2021-06-28"));
    assert!(!store.alignments(&code).unwrap()[0].current);
    assert_eq!(align(&mut store, false), 1);
    assert_eq!(shape(&store, &code), [(1, 1, false), (1, 1, false), (1, 0, false)]);
    assert!(store.verify(|_, _| {}).unwrap().ok);
}

#[test]
fn a_correction_stands_over_every_later_run_until_it_is_taken_back() {
    let (_folder, mut store, code) = archive();
    let merge = correct(&mut store, &code, (Run::new(2, 1), Run::new(2, 1)), BeadEdit::MergeNext).unwrap();
    let joined = [(1, 1, false), (2, 2, true)];
    assert_eq!(shape(&store, &code), joined);
    align(&mut store, true);
    assert_eq!(shape(&store, &code), joined, "aligned again");
    read_again(&mut store, &three("two", "fa"));
    align(&mut store, true);
    assert_eq!(shape(&store, &code), joined, "read again");
    // The text loses the sentence, and gets it back.
    read_again(&mut store, &page("two", "fa", "two", "2021-06-28"));
    align(&mut store, false);
    assert!(shape(&store, &code).iter().all(|(.., decided)| !decided));
    read_again(&mut store, &three("two", "fa"));
    align(&mut store, false);
    assert_eq!(shape(&store, &code), joined, "the decision waited");

    // A newer one on the same place counts, in either direction of the languages.
    let new = NewCorrection {
        statement: code.clone(),
        source: "fa".into(),
        target: "en".into(),
        bead: (Run::new(2, 2), Run::new(2, 2)),
        edit: BeadEdit::Split { source: 2, target: 1 },
        who: "Ana".to_owned(),
        why: Some("one thought".to_owned()),
    };
    let split = store.correct_bead(&new).unwrap().id;
    assert_eq!(shape(&store, &code), [(1, 1, false), (1, 2, true), (1, 0, true)]);
    store.undo(split, "Ana", None).unwrap();
    assert_eq!(shape(&store, &code), joined);
    store.undo(merge, "Mina", None).unwrap();
    assert_eq!(shape(&store, &code), [(1, 1, false); 3]);
    let history = store.bead_history(&code).unwrap();
    assert_eq!(history.len(), 4);
    assert!(history.iter().all(|decision| !decision.counts));
    assert!(store.verify(|_, _| {}).unwrap().ok);
}

#[test]
fn corrections_that_cannot_be_are_refused() {
    let (_folder, mut store, code) = archive();
    let first = (Run::new(1, 1), Run::new(1, 1));
    assert!(correct(&mut store, &code, first, BeadEdit::MoveUp(BeadSide::Source)).is_err(), "no bead before");
    assert!(
        correct(&mut store, &code, first, BeadEdit::Split { source: 1, target: 1 }).is_err(),
        "an empty half"
    );
    assert!(
        correct(&mut store, &code, (Run::new(1, 2), Run::new(1, 1)), BeadEdit::Confirm).is_err(),
        "not as shown"
    );
    assert!(correct(&mut store, &ArchiveCode::new("DW/9"), first, BeadEdit::Confirm).is_err());
    let last = (Run::new(3, 1), Run::new(3, 1));
    assert!(correct(&mut store, &code, last, BeadEdit::MergeNext).is_err(), "no bead after");
    assert!(correct(&mut store, &code, last, BeadEdit::Confirm).is_ok());
    assert_eq!(store.corrected_pairs(&"en".into(), &"fa".into()).unwrap().len(), 1);
}

#[test]
fn a_finding_between_versions_keeps_its_dismissal() {
    let (_folder, mut store, code) = archive();
    let quote = |lang: &str, n: u32, text: &str| DifferenceQuote {
        lang: lang.into(),
        n,
        line: n,
        text: text.to_owned(),
        sentence: format!("{text} sentence"),
        code: None,
    };
    let difference = Difference {
        kind: "number-differs".to_owned(),
        severity: Severity::High,
        message: "The numbers differ.".to_owned(),
        quotes: vec![quote("en", 1, "85"), quote("fa", 1, "58")],
    };
    let put = |store: &mut Store, found: &[Difference]| {
        let tasks = store.difference_tasks(METHOD).unwrap();
        assert_eq!(tasks.len(), 1);
        store.put_differences(&tasks[0].alignment, METHOD, found).unwrap();
    };
    put(&mut store, std::slice::from_ref(&difference));
    assert!(store.difference_tasks(METHOD).unwrap().is_empty());
    let of =
        |store: &Store| store.findings().unwrap().into_iter().find(|f| f.kind == "number-differs").unwrap();
    let finding = of(&store);
    assert_eq!(finding.quotes[1].code.as_deref(), Some(format!("{code}-fa/1").as_str()));
    assert_eq!(finding.quotes[1].source.as_deref(), Some("two.txt"));
    store
        .decide(&NewDecision {
            subject: Subject::Finding(finding.fingerprint.clone()),
            field: diwan_store::FINDING_STATUS.to_owned(),
            action: diwan_store::Action::Dismiss,
            value: None,
            who: "Mina".to_owned(),
            why: Some("as agreed".to_owned()),
        })
        .unwrap();
    align(&mut store, true);
    // The same words in another sentence are the same finding.
    let moved = Difference { quotes: vec![quote("en", 2, "85"), quote("fa", 2, "58")], ..difference };
    put(&mut store, &[moved]);
    let found = of(&store);
    assert_eq!((found.status, &found.fingerprint), (FindingStatus::Dismissed, &finding.fingerprint));
    assert!(store.statement(&code).unwrap().unwrap().findings.iter().any(|f| f.kind == "number-differs"));
}
