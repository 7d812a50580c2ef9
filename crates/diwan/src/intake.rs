//! Adding pages: read many at once, write one after the other.
//!
//! Pages are taken from a [`Gathering`] in chunks that bound memory. While one chunk is written, in order, by one thread, the
//! next is gathered and read by all others; so codes do not depend on which page was read first. Each page is one
//! transaction of the store.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use diwan_capture::{Content, FetchOptions, GatherOptions, Gathering, Given, Locator, Mark, Refusal, Source};
use diwan_model::{ArchiveCode, Capture, CaptureHash, Reading};
use diwan_store::{Outcome, Store, clock};
use indicatif::ProgressBar;
use rayon::prelude::*;
use serde::Serialize;

use crate::pipeline::{self, Origin};
use crate::sites::{self, Sites};
use crate::{alignment, ledger, link, notes, tie};

/// The version of the method that readings are marked with.
pub(crate) const METHOD: &str = concat!("diwan ", env!("CARGO_PKG_VERSION"));

/// Pages read at once, and bytes read at once (one page may be larger).
const CHUNK_PAGES: usize = 64;
const CHUNK_BYTES: u64 = 16 << 20;

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
    /// Feeds and sitemaps that were fetched; their pages are among the given, they themselves are not.
    pub(crate) lists: u64,
    /// What web archives hold that is no page, by kind: among nothing above.
    pub(crate) passed_over: BTreeMap<String, u64>,
    /// What was refused, and why.
    pub(crate) refusals: Vec<Refused>,
    /// How many, as far as is known, were not looked at because the person stopped it.
    pub(crate) not_reached: u64,
    /// Sites whose furniture is known otherwise than before, with how many lines of it.
    pub(crate) furniture: BTreeMap<String, usize>,
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
    /// Sites that pages came from.
    pub(crate) hosts: BTreeSet<String>,
    /// Whether someone else, a person who decides, changed the store between two pages.
    pub(crate) disturbed: bool,
}

/// A source on its way, read or not. Its bytes stand beside it.
enum Prepared {
    Refused { refusal: Refusal, kept: Option<(Capture, Vec<u8>)> },
    Known { source: Source, hash: CaptureHash },
    Earlier { source: Source, digest: String },
    List { source: Source, capture: Capture, bytes: Vec<u8> },
    Read { source: Source, bytes: Vec<u8>, reading: Box<Reading> },
}

/// A gathering as the archive's settings have it, with nothing handed in yet.
pub(crate) fn gathering(store: &Store, fetch: impl FnOnce(&mut FetchOptions)) -> anyhow::Result<Gathering> {
    let max_bytes = store.settings().size_limit();
    let mut options = FetchOptions::new(clock::now_text);
    options.max_bytes = max_bytes;
    fetch(&mut options);
    Ok(Gathering::new(GatherOptions { max_bytes, fetch: options, marks: store.progress()? }))
}

/// Adds everything that is gathered. Ends early, after the page in hand, once `stop` is set.
pub(crate) fn add(
    store: &mut Store,
    gathering: &mut Gathering,
    progress: &ProgressBar,
    stop: &AtomicBool,
) -> anyhow::Result<Summary> {
    let _lock = store.lock()?;
    let (limit, known, sites) = (store.settings().size_limit(), store.read_hashes()?, Sites::of(store)?);
    let revision = store.revision()?;
    let changes = Changes { from: revision, to: revision, ..Changes::default() };
    let mut summary = Summary { changes, ..Summary::default() };
    let mut next = || {
        let chunk = gathering.next_chunk(CHUNK_PAGES, CHUNK_BYTES, stop);
        progress.set_length(gathering.expected());
        prepare(chunk, limit, &known, &sites)
    };
    let mut in_hand = next();
    while !in_hand.is_empty() {
        let (written, prepared) =
            rayon::join(|| write(store, in_hand, &mut summary, progress, stop), &mut next);
        written?;
        in_hand = prepared;
    }
    if stop.load(Ordering::Relaxed) {
        summary.not_reached = gathering.expected().saturating_sub(summary.given);
    } else {
        store.forget_progress()?;
    }
    summary.passed_over = gathering.passed_over().clone();
    index(store, &summary.changes);
    if !stop.load(Ordering::Relaxed) {
        let tied = tie::bring_up_to_date(store, Some(&summary.changes.statements))?;
        if !tied.is_empty() {
            let (before, after) = (summary.changes.to, store.revision()?);
            let _ = diwan_serve::indexing::catch_up(store, before, after, &tied);
            summary.changes.to = after;
            summary.changes.statements.extend(tied);
        }
        alignment::bring_up_to_date(store, Some(&summary.changes.statements), false, &ProgressBar::hidden())?;
        ledger::bring_up_to_date(store, Some(&summary.changes.statements))?;
        summary.furniture = sites::learn(store, &summary.changes.hosts)?;
        diwan_serve::wording::file_sentences(store)?;
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

fn prepare(chunk: Vec<Given>, limit: u64, known: &BTreeSet<CaptureHash>, sites: &Sites) -> Vec<Prepared> {
    chunk
        .into_par_iter()
        .map(|given| match given {
            Given::Page(source) => prepare_page(*source, limit, known, sites),
            Given::List(source) => {
                let (source, bytes) = with_bytes(*source);
                let capture = pipeline::capture(&bytes, origin(&source));
                Prepared::List { source, capture, bytes }
            }
            Given::Refused(refusal) => Prepared::Refused { refusal: *refusal, kept: None },
        })
        .collect()
}

/// Takes the bytes out of a source.
fn with_bytes(mut source: Source) -> (Source, Vec<u8>) {
    match std::mem::replace(&mut source.content, Content::Bytes(Vec::new())) {
        Content::Bytes(bytes) => (source, bytes),
        Content::File(_) | Content::Earlier { .. } => (source, Vec::new()),
    }
}

fn origin(source: &Source) -> Origin {
    Origin {
        address: source.address.clone(),
        source: Some(source.name.clone()),
        media_type: source.media_type.clone(),
        encoding: source.encoding.clone(),
    }
}

fn prepare_page(source: Source, limit: u64, known: &BTreeSet<CaptureHash>, sites: &Sites) -> Prepared {
    if let Content::Earlier { digest } = &source.content {
        let digest = digest.clone();
        return Prepared::Earlier { source, digest };
    }
    let (source, bytes) = match diwan_capture::load(source, limit) {
        Ok(source) => with_bytes(source),
        Err(refusal) => return Prepared::Refused { refusal, kept: None },
    };
    let capture = pipeline::capture(&bytes, origin(&source));
    if known.contains(&capture.sha256) {
        return Prepared::Known { source, hash: capture.sha256 };
    }
    match read(&bytes, &capture, sites) {
        Ok(mut reading) => {
            notes::compare(&mut reading, &source.notes);
            Prepared::Read { source, bytes, reading: Box::new(reading) }
        }
        Err(reason) => Prepared::Refused { refusal: source.refuse(reason), kept: Some((capture, bytes)) },
    }
}

/// Reads the bytes, or says why they cannot be read.
pub(crate) fn read(bytes: &[u8], capture: &Capture, sites: &Sites) -> Result<Reading, String> {
    if bytes.is_empty() {
        return Err("it is empty".to_owned());
    }
    // Reading cannot fail; should it do so all the same, one page is lost and not the run.
    let site = sites.site(capture.address.as_deref());
    let reading = catch_unwind(AssertUnwindSafe(|| pipeline::read(bytes, capture.clone(), site)))
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
    // How far each large file is done with, told once a chunk: what is read twice after a stop is known by its hash.
    let mut marks: BTreeMap<String, u64> = BTreeMap::new();
    for prepared in chunk {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        if let Some(Mark { file, place }) = prepared.mark() {
            marks.insert(file.clone(), *place);
        }
        match write_one(store, prepared, summary)? {
            Outcome::Added => summary.added += 1,
            Outcome::Unchanged => summary.unchanged += 1,
            Outcome::Refused => summary.refused += 1,
            Outcome::List => {
                summary.lists += 1;
                continue;
            }
        }
        summary.given += 1;
        progress.inc(1);
        progress.set_message(counts(summary));
    }
    Ok(store.put_progress(&marks)?)
}

/// `3 added, 1 unchanged, 0 refused`.
pub(crate) fn counts(summary: &Summary) -> String {
    format!("{} added, {} unchanged, {} refused", summary.added, summary.unchanged, summary.refused)
}

impl Prepared {
    fn mark(&self) -> Option<&Mark> {
        match self {
            Self::Refused { refusal, .. } => refusal.mark.as_ref(),
            Self::Known { source, .. }
            | Self::Earlier { source, .. }
            | Self::List { source, .. }
            | Self::Read { source, .. } => source.mark.as_ref(),
        }
    }
}

fn write_one(store: &mut Store, prepared: Prepared, summary: &mut Summary) -> anyhow::Result<Outcome> {
    match prepared {
        Prepared::Known { source, hash } => unchanged(store, &source, hash),
        Prepared::Earlier { source, digest } => match store.capture_of_digest(&digest)? {
            Some(hash) => unchanged(store, &source, hash),
            None => {
                let reason = "its bytes are those of an earlier capture, which is not in this archive";
                refused(store, source.refuse(reason), None, summary)
            }
        },
        Prepared::Refused { refusal, kept } => refused(store, refusal, kept, summary),
        Prepared::List { source, capture, bytes } => {
            let mut page = store.begin_page(&capture, &bytes)?;
            page.put_exchanges(Some(capture.sha256), &source.exchanges)?;
            page.log_list(&source.name, source.address.as_deref(), capture.sha256)?;
            page.commit()?;
            Ok(Outcome::List)
        }
        Prepared::Read { source, bytes, reading } => {
            // The same bytes may have come in a moment ago under another name.
            if store.is_read(reading.capture.sha256)? {
                return unchanged(store, &source, reading.capture.sha256);
            }
            let codes = put(store, &source, &bytes, &reading, &mut summary.changes)?;
            summary.without_statement += u64::from(codes.is_empty());
            Ok(Outcome::Added)
        }
    }
}

fn unchanged(store: &mut Store, source: &Source, hash: CaptureHash) -> anyhow::Result<Outcome> {
    let mut page = store.reopen_page()?;
    page.put_exchanges(Some(hash), &source.exchanges)?;
    page.put_notes(hash, &source.name, &source.notes)?;
    page.log_unchanged(&source.name, source.address.as_deref(), hash)?;
    page.commit()?;
    Ok(Outcome::Unchanged)
}

fn refused(
    store: &mut Store,
    refusal: Refusal,
    kept: Option<(Capture, Vec<u8>)>,
    summary: &mut Summary,
) -> anyhow::Result<Outcome> {
    let hash = kept.as_ref().map(|(capture, _)| capture.sha256);
    let mut page = match &kept {
        Some((capture, bytes)) => store.begin_page(capture, bytes)?,
        None => store.reopen_page()?,
    };
    page.put_exchanges(hash, &refusal.exchanges)?;
    let locator = refusal.locator.as_ref().map(serde_json::to_string::<Locator>).transpose()?;
    page.log_refused(&refusal.name, refusal.address.as_deref(), hash, &refusal.reason, locator.as_deref())?;
    page.commit()?;
    summary.refusals.push(Refused { source: refusal.name, reason: refusal.reason, named: refusal.named });
    Ok(Outcome::Refused)
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
    page.put_exchanges(Some(reading.capture.sha256), &source.exchanges)?;
    page.put_notes(reading.capture.sha256, &source.name, &source.notes)?;
    let codes = link::place_all(&mut page, reading, &[])?;
    page.log_added(&reading.capture, &source.name)?;
    let revision = page.revision()?;
    page.commit()?;
    changes.to = revision;
    changes.statements.extend(codes.iter().cloned());
    changes.hosts.extend(reading.capture.address.as_deref().and_then(diwan_extract::furniture::host));
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
        let mut gathering = gathering(store, |_| {}).unwrap();
        gathering.push_arguments(&[folder.to_owned()]);
        add(store, &mut gathering, &ProgressBar::hidden(), &AtomicBool::new(false)).unwrap()
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
        let reading = read(note(3).as_bytes(), &capture, &Sites::default()).unwrap();
        let source = Source::file(&from.join("3.txt"), true);
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
        let mut gathering = gathering(&store, |_| {}).unwrap();
        gathering.push_arguments(std::slice::from_ref(&from));
        let summary =
            add(&mut store, &mut gathering, &ProgressBar::hidden(), &AtomicBool::new(true)).unwrap();
        assert_eq!((summary.given, summary.not_reached), (0, 5));
        assert_eq!(add_all(&mut store, &from).given, 5);
    }
}
