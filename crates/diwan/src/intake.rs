//! Adding pages: read many at once, write one after the other.
//!
//! Sources are taken in chunks that bound memory. While one chunk is written, in order, by one thread, the next is read by
//! all others; so codes do not depend on which page was read first. Each page is one transaction of the store.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use diwan_capture::{Refusal, Source};
use diwan_model::{ArchiveCode, Capture, CaptureHash, Reading};
use diwan_store::{Outcome, Store};
use indicatif::ProgressBar;
use rayon::prelude::*;
use serde::Serialize;

use crate::pipeline::{self, Origin};
use crate::{alignment, link};

/// The version of the method that readings are marked with.
pub(crate) const METHOD: &str = concat!("diwan ", env!("CARGO_PKG_VERSION"));

/// Pages read at once, and bytes read at once (one page may be larger).
const CHUNK_PAGES: usize = 64;
const CHUNK_BYTES: u64 = 32 << 20;

/// Something that was refused.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Refused {
    /// As the user named it.
    pub(crate) source: String,
    /// Why, as the end of a sentence that begins with the source.
    pub(crate) reason: String,
    /// Whether the user named it itself, not a folder that holds it.
    #[serde(skip)]
    pub(crate) named: bool,
}

/// What became of what was handed in: `added + unchanged + refused = given`.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Summary {
    /// How many were looked at.
    pub(crate) given: u64,
    /// New, and read.
    pub(crate) added: u64,
    /// Here already, byte for byte.
    pub(crate) unchanged: u64,
    /// Not read.
    pub(crate) refused: u64,
    /// Pages among the added in which no statement was found.
    pub(crate) without_statement: u64,
    /// What was refused, and why.
    pub(crate) refusals: Vec<Refused>,
    /// How many were not looked at because the person stopped it.
    pub(crate) not_reached: u64,
    /// What the run changed in the store.
    #[serde(skip)]
    pub(crate) changes: Changes,
}

/// What a run changed: what the search index must be told.
#[derive(Debug, Clone, Default)]
pub(crate) struct Changes {
    /// The store's revision before and after.
    pub(crate) from: u64,
    pub(crate) to: u64,
    /// Statements that pages were put into.
    pub(crate) statements: BTreeSet<ArchiveCode>,
    /// Whether someone else, a person who decides, changed the store between two pages.
    pub(crate) disturbed: bool,
}

/// A source on its way, read or not.
enum Prepared {
    Refused { source: Option<Source>, kept: Option<(Capture, Vec<u8>)>, refusal: Refusal },
    Known { source: Source, hash: CaptureHash },
    Read { source: Source, bytes: Vec<u8>, reading: Box<Reading> },
}

/// Adds the sources in order. Ends early, after the page in hand, once `stop` is set.
pub(crate) fn add(
    store: &mut Store,
    sources: Vec<Result<Source, Refusal>>,
    progress: &ProgressBar,
    stop: &AtomicBool,
) -> anyhow::Result<Summary> {
    let _lock = store.lock()?;
    let (limit, known) = (store.settings().size_limit(), store.read_hashes()?);
    let total = sources.len() as u64;
    let revision = store.revision()?;
    let changes = Changes { from: revision, to: revision, ..Changes::default() };
    let mut summary = Summary { changes, ..Summary::default() };
    let mut chunks = chunks(sources).into_iter();
    let mut in_hand = prepare(chunks.next().unwrap_or_default(), limit, &known);
    while !in_hand.is_empty() {
        let next = chunks.next().unwrap_or_default();
        let (written, prepared) = rayon::join(
            || write(store, in_hand, &mut summary, progress, stop),
            || if stop.load(Ordering::Relaxed) { Vec::new() } else { prepare(next, limit, &known) },
        );
        written?;
        in_hand = prepared;
    }
    summary.not_reached = total.saturating_sub(summary.given);
    index(store, &summary.changes);
    if !stop.load(Ordering::Relaxed) {
        alignment::bring_up_to_date(store, Some(&summary.changes.statements), false, &ProgressBar::hidden())?;
    }
    Ok(summary)
}

/// Tells the search index. Where this fails or does not come to pass, the next search makes the index anew.
fn index(store: &Store, changes: &Changes) {
    let _ = if changes.disturbed {
        diwan_serve::indexing::open(store).map(drop)
    } else {
        diwan_serve::indexing::catch_up(store, changes.from, changes.to, &changes.statements)
    };
}

fn chunks(sources: Vec<Result<Source, Refusal>>) -> Vec<Vec<Result<Source, Refusal>>> {
    let mut chunks: Vec<Vec<_>> = vec![Vec::new()];
    let mut bytes = 0;
    for source in sources {
        let size = source.as_ref().ok().and_then(|s| s.path.metadata().ok()).map_or(0, |found| found.len());
        let full = chunks.last().is_some_and(|chunk| {
            !chunk.is_empty() && (chunk.len() >= CHUNK_PAGES || bytes + size > CHUNK_BYTES)
        });
        if full {
            chunks.push(Vec::new());
            bytes = 0;
        }
        bytes += size;
        if let Some(chunk) = chunks.last_mut() {
            chunk.push(source);
        }
    }
    chunks
}

fn prepare(chunk: Vec<Result<Source, Refusal>>, limit: u64, known: &BTreeSet<CaptureHash>) -> Vec<Prepared> {
    chunk
        .into_par_iter()
        .map(|source| match source {
            Ok(source) => prepare_one(source, limit, known),
            Err(refusal) => Prepared::Refused { source: None, kept: None, refusal },
        })
        .collect()
}

fn prepare_one(source: Source, limit: u64, known: &BTreeSet<CaptureHash>) -> Prepared {
    let bytes = match diwan_capture::load(&source, limit) {
        Ok(bytes) => bytes,
        Err(refusal) => return Prepared::Refused { source: Some(source), kept: None, refusal },
    };
    let origin =
        Origin { address: source.address.clone(), source: Some(source.name.clone()), ..Origin::default() };
    let mut capture = pipeline::capture(&bytes, origin);
    if known.contains(&capture.sha256) {
        return Prepared::Known { source, hash: capture.sha256 };
    }
    capture.media_type = diwan_capture::refine(&capture.media_type, &source.path);
    match read(&bytes, &capture) {
        Ok(reading) => Prepared::Read { source, bytes, reading: Box::new(reading) },
        Err(reason) => {
            let refusal = Refusal { name: source.name.clone(), named: source.named, reason };
            Prepared::Refused { source: Some(source), kept: Some((capture, bytes)), refusal }
        }
    }
}

/// Reads the bytes, or says why they cannot be read.
pub(crate) fn read(bytes: &[u8], capture: &Capture) -> Result<Reading, String> {
    if bytes.is_empty() {
        return Err("it is empty".to_owned());
    }
    // Reading cannot fail; should it do so all the same, one page is lost and not the run.
    let reading = catch_unwind(AssertUnwindSafe(|| pipeline::read(bytes, capture.clone())))
        .map_err(|_| "reading it failed inside Diwan; please report it".to_owned())?;
    if reading.blocks.is_empty() {
        let said = reading.findings.iter().map(|finding| finding.message.clone()).next();
        return Err(said.unwrap_or_else(|| "there is no text in it".to_owned()));
    }
    Ok(reading)
}

fn write(
    store: &mut Store,
    chunk: Vec<Prepared>,
    summary: &mut Summary,
    progress: &ProgressBar,
    stop: &AtomicBool,
) -> anyhow::Result<()> {
    for prepared in chunk {
        if stop.load(Ordering::Relaxed) {
            return Ok(());
        }
        match write_one(store, prepared, summary)? {
            Outcome::Added => summary.added += 1,
            Outcome::Unchanged => summary.unchanged += 1,
            Outcome::Refused => summary.refused += 1,
        }
        summary.given += 1;
        progress.inc(1);
        progress.set_message(counts(summary));
    }
    Ok(())
}

/// `3 added, 1 unchanged, 0 refused`.
pub(crate) fn counts(summary: &Summary) -> String {
    format!("{} added, {} unchanged, {} refused", summary.added, summary.unchanged, summary.refused)
}

fn write_one(store: &mut Store, prepared: Prepared, summary: &mut Summary) -> anyhow::Result<Outcome> {
    match prepared {
        Prepared::Known { source, hash } => {
            store.unchanged(&source.name, source.address.as_deref(), hash)?;
            Ok(Outcome::Unchanged)
        }
        Prepared::Refused { source, kept, refusal } => {
            let address = source.as_ref().and_then(|source| source.address.as_deref());
            let kept = kept.as_ref().map(|(capture, bytes)| (capture, bytes.as_slice()));
            store.refuse(&refusal.name, address, kept, &refusal.reason)?;
            summary.refusals.push(Refused {
                source: refusal.name,
                reason: refusal.reason,
                named: refusal.named,
            });
            Ok(Outcome::Refused)
        }
        Prepared::Read { source, bytes, reading } => {
            // The same bytes may have come in a moment ago under another name.
            if store.is_read(reading.capture.sha256)? {
                store.unchanged(&source.name, source.address.as_deref(), reading.capture.sha256)?;
                return Ok(Outcome::Unchanged);
            }
            let codes = put(store, &source, &bytes, &reading, &mut summary.changes)?;
            summary.without_statement += u64::from(codes.is_empty());
            Ok(Outcome::Added)
        }
    }
}

fn put(
    store: &mut Store,
    source: &Source,
    bytes: &[u8],
    reading: &Reading,
    changes: &mut Changes,
) -> anyhow::Result<Vec<ArchiveCode>> {
    let mut page = store.begin_page(&reading.capture, bytes)?;
    changes.disturbed |= page.revision()? != changes.to;
    page.put_reading(reading, METHOD)?;
    let codes = link::place_all(&mut page, reading, &[])?;
    page.log_added(&reading.capture, &source.name)?;
    let revision = page.revision()?;
    page.commit()?;
    changes.to = revision;
    changes.statements.extend(codes.iter().cloned());
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use diwan_store::{Filter, Settings};
    use proptest::prelude::*;

    use super::*;

    /// Pages of any bytes, and pages that look like statements and name each other's addresses.
    fn pages() -> impl Strategy<Value = Vec<Vec<u8>>> {
        let any = proptest::collection::vec(any::<u8>(), 0..120);
        let statement = (0..4u8, 1..28u8, "[a-z ]{5,30}").prop_map(|(original, day, words)| {
            format!(
                "Ministry of Lakes\nMedia Note\n{day} June 2021\n\nThe ministers met and {words}. They parted.\n\n\
                 To view the original: https://ministry.example/en/note-{original}/\n\
                 This translation is provided as a courtesy and only the original English text is authoritative.\n"
            )
            .into_bytes()
        });
        proptest::collection::vec(prop_oneof![any, statement], 0..6)
    }

    fn add_all(store: &mut Store, folder: &std::path::Path) -> Summary {
        let sources = diwan_capture::sources(&[folder.to_owned()]);
        add(store, sources, &ProgressBar::hidden(), &AtomicBool::new(false)).unwrap()
    }

    fn shown(store: &Store) -> String {
        let codes: Vec<_> = store.statements(&Filter::default()).unwrap();
        let records: Vec<_> = codes.iter().map(|row| store.statement(&row.code).unwrap()).collect();
        serde_json::to_string(&(codes, records, store.captures().unwrap(), store.findings().unwrap()))
            .unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

        #[test]
        fn adding_twice_changes_nothing_but_the_log(pages in pages()) {
            let folder = tempfile::tempdir().unwrap();
            let (from, to) = (folder.path().join("pages"), folder.path().join("archive"));
            fs::create_dir(&from).unwrap();
            for (k, page) in pages.iter().enumerate() {
                fs::write(from.join(format!("{k}.txt")), page).unwrap();
            }
            let mut store = Store::init(&to, &Settings::named("Test")).unwrap();
            let first = add_all(&mut store, &from);
            prop_assert_eq!(first.given, pages.len() as u64);
            prop_assert_eq!(first.added + first.unchanged + first.refused, first.given);
            let (before, revision) = (shown(&store), store.revision().unwrap());
            let second = add_all(&mut store, &from);
            prop_assert_eq!((second.added, second.refused), (0, first.refused));
            prop_assert_eq!(second.unchanged + second.refused, second.given);
            prop_assert_eq!(shown(&store), before);
            prop_assert_eq!(store.revision().unwrap(), revision);
            prop_assert_eq!(store.intake().unwrap().len() as u64, first.given + second.given);
            let verified = store.verify(|_, _| {}).unwrap();
            prop_assert!(verified.ok, "{:?}", verified.damage);
        }
    }

    #[test]
    fn the_index_follows_and_an_interrupted_run_leaves_one_that_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let from = folder.path().join("pages");
        fs::create_dir(&from).unwrap();
        let mut store = Store::init(&folder.path().join("archive"), &Settings::named("Test")).unwrap();
        let place = diwan_serve::indexing::folder(&store);
        let current = |store: &Store| {
            let stamp = store.revision().unwrap().to_string();
            diwan_search::SearchIndex::open(&place, &stamp).unwrap().map(|index| index.documents())
        };
        let note = |k: u32| {
            format!(
                "Ministry of Lakes\nMedia Note\n{k} June 2021\n\nThe ministers met at harbour {k}. They parted.\n"
            )
        };
        fs::write(from.join("1.txt"), note(1)).unwrap();
        add_all(&mut store, &from);
        let one = current(&store).expect("made by the first run");
        fs::write(from.join("2.txt"), note(2)).unwrap();
        add_all(&mut store, &from);
        assert_eq!(current(&store), Some(2 * one), "what was new was added");
        // A run that ended before it came to the index.
        let capture = pipeline::capture(note(3).as_bytes(), Origin::default());
        let reading = read(note(3).as_bytes(), &capture).unwrap();
        let source = Source { name: "3".to_owned(), path: from.join("3.txt"), named: true, address: None };
        put(&mut store, &source, note(3).as_bytes(), &reading, &mut Changes::default()).unwrap();
        assert_eq!(current(&store), None, "known to be old");
        fs::write(from.join("4.txt"), note(4)).unwrap();
        add_all(&mut store, &from);
        assert_eq!(current(&store), Some(4 * one), "made anew");
        assert_eq!(diwan_serve::indexing::open(&store).unwrap().documents(), 4 * one);
    }

    #[test]
    fn a_stop_ends_after_the_page_in_hand() {
        let folder = tempfile::tempdir().unwrap();
        let from = folder.path().join("pages");
        fs::create_dir(&from).unwrap();
        for k in 0..5 {
            fs::write(from.join(format!("{k}.txt")), format!("Note {k}")).unwrap();
        }
        let mut store = Store::init(&folder.path().join("archive"), &Settings::named("Test")).unwrap();
        let sources = diwan_capture::sources(std::slice::from_ref(&from));
        let summary = add(&mut store, sources, &ProgressBar::hidden(), &AtomicBool::new(true)).unwrap();
        assert_eq!((summary.given, summary.not_reached), (0, 5));
        assert_eq!(add_all(&mut store, &from).given, 5);
    }
}
