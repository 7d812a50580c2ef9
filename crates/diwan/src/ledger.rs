//! The ledger of an archive: facts of every statement over all its pages, kept where people's decisions lie over them.
//!
//! Each page's facts were read with it. Versions on other pages are laid beside them by the alignments that the archive
//! keeps, so that a correction of an alignment is a correction of the ledger.

use std::collections::BTreeSet;

use diwan_ledger::chains::Entry;
use diwan_ledger::facts::{Aligned, join};
use diwan_model::{ArchiveCode, CaptureHash, Fact, LanguageTag};
use diwan_store::{AlignmentRecord, FactRecord, Filter, Run, Store};

/// Puts the facts of these statements, or of all, into the ledger anew.
pub(crate) fn bring_up_to_date(
    store: &mut Store,
    statements: Option<&BTreeSet<ArchiveCode>>,
) -> anyhow::Result<()> {
    let codes: Vec<ArchiveCode> = match statements {
        Some(some) => some.iter().cloned().collect(),
        None => store.statements(&Filter::default())?.into_iter().map(|row| row.code).collect(),
    };
    for code in codes {
        let facts = facts(store, &code)?;
        store.put_facts(&code, &facts)?;
    }
    Ok(())
}

/// The facts of one statement over all its shown versions.
fn facts(store: &Store, code: &ArchiveCode) -> anyhow::Result<Vec<Fact>> {
    let Some(record) = store.statement(code)? else { return Ok(Vec::new()) };
    let alignments = store.alignments(&record.code)?;
    let mut out: Vec<Fact> = Vec::new();
    let mut pages: Vec<(CaptureHash, Vec<LanguageTag>)> = Vec::new();
    for version in &record.versions {
        match pages.iter_mut().find(|(hash, _)| *hash == version.capture) {
            Some((_, langs)) => langs.push(version.lang.clone()),
            None => pages.push((version.capture, vec![version.lang.clone()])),
        }
    }
    let mut before: Vec<LanguageTag> = Vec::new();
    for (hash, langs) in pages {
        let Some(reading) = store.reading(hash)? else { continue };
        let mine = |lang: &LanguageTag| langs.iter().any(|l| l.primary() == lang.primary());
        let mut new: Vec<Fact> = Vec::new();
        for statement in reading.statements {
            // A page of several statements: the one whose sentences are shown is told by its first sentence.
            let shown = statement.versions.iter().any(|v| {
                let first = v.sentences.first().map(|s| s.text.as_str());
                record.versions.iter().any(|r| {
                    r.capture == hash
                        && r.lang == v.lang
                        && r.sentences.first().map(|s| s.text.as_str()) == first
                })
            });
            if shown {
                new.extend(statement.facts);
            }
        }
        for fact in &mut new {
            fact.provenance.retain(|p| mine(&p.lang));
        }
        new.retain(|fact| !fact.provenance.is_empty());
        let beads = before.iter().flat_map(|a| langs.iter().map(move |b| (a, b)));
        let tie = beads.clone().find_map(|(a, b)| Some((a.clone(), b.clone(), aligned(&alignments, a, b)?)));
        match tie {
            Some((a, b, beads)) => join(&mut out, new, (&a, &b), &beads, &mut Vec::new()),
            None => out.extend(new),
        }
        before.extend(langs);
    }
    Ok(out)
}

/// What the archive keeps of which sentences of two languages render each other.
fn aligned(
    alignments: &[AlignmentRecord],
    first: &LanguageTag,
    second: &LanguageTag,
) -> Option<Vec<Aligned>> {
    let numbers = |run: &Run| (run.first..run.first.saturating_add(run.count)).collect::<Vec<u32>>();
    let found = |a: &LanguageTag, b: &LanguageTag| {
        alignments
            .iter()
            .find(|r| r.current && r.source.primary() == a.primary() && r.target.primary() == b.primary())
    };
    if let Some(record) = found(first, second) {
        let beads = record.beads.iter();
        return Some(
            beads.map(|b| Aligned { first: numbers(&b.source), second: numbers(&b.target) }).collect(),
        );
    }
    let record = found(second, first)?;
    let beads = record.beads.iter();
    Some(beads.map(|b| Aligned { first: numbers(&b.target), second: numbers(&b.source) }).collect())
}

/// Facts of the ledger as chains take them.
pub(crate) fn entries(records: &[FactRecord]) -> Vec<Entry<'_>> {
    fn entry(record: &FactRecord) -> Entry<'_> {
        let FactRecord { id, statement, stated, fact, .. } = record;
        Entry { id: id.as_str(), statement: statement.as_str(), stated: stated.as_deref(), fact }
    }
    records.iter().map(entry).collect()
}
