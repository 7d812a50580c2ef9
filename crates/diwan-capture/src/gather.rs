//! From what was handed in to pages, in order: files opened, archives gone through, lists followed, addresses fetched.
//!
//! [`Gathering`] is a stack of things that are gone through, and a crew that fetches beside it. What lies on this machine
//! comes in the order given; fetched pages come as they arrive. It holds one buffer of a web archive and a few fetched pages,
//! however large the archive and however long the list.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::container::list::{self, Named};
use crate::container::warc::WarcPages;
use crate::container::zip::{self, Found, ZipPages};
use crate::container::{Kind, MAX_LIST, kind, kind_of_file, unpacked};
use crate::fetch::{Conditions, FetchOptions, FetchOutcome, Fetched, Fetcher, Fetching, Job};
use crate::folder;
use crate::source::{Content, Locator, Refusal, Source};

/// How deep lists may name lists.
const MAX_LIST_DEPTH: u8 = 3;

/// What comes out.
#[derive(Debug)]
pub enum Given {
    /// A page to be read.
    Page(Box<Source>),
    /// A fetched list (feed, sitemap): its bytes are evidence, the pages that it names come by themselves.
    List(Box<Source>),
    /// Something that cannot be taken.
    Refused(Box<Refusal>),
}

/// How sources are gathered.
#[derive(Debug, Clone)]
pub struct GatherOptions {
    /// The largest page, in bytes.
    pub max_bytes: u64,
    /// How addresses are fetched.
    pub fetch: FetchOptions,
    /// How far large files were read by an earlier run: what [`Mark`](crate::Mark) named them, and the place.
    pub marks: BTreeMap<String, u64>,
}

/// Something that is being gone through.
enum Work {
    Many(std::vec::IntoIter<Result<Source, Refusal>>),
    Warc(Box<WarcPages>),
    Zip(Box<ZipPages>),
}

/// A page that is being fetched.
#[derive(Debug)]
struct Wanted {
    source: Source,
    depth: u8,
    /// Whether it is said to be a list.
    is_list: bool,
}

/// Goes through everything that was handed in.
pub struct Gathering {
    stack: Vec<Work>,
    fetching: Option<Fetching<Wanted>>,
    options: GatherOptions,
    seen: HashSet<String>,
    expected: u64,
    passed: BTreeMap<String, u64>,
    ready: VecDeque<Given>,
}

impl std::fmt::Debug for Gathering {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gathering").field("expected", &self.expected).finish_non_exhaustive()
    }
}

impl Gathering {
    /// Nothing handed in yet.
    pub fn new(options: GatherOptions) -> Self {
        Self {
            stack: Vec::new(),
            fetching: None,
            options,
            seen: HashSet::new(),
            expected: 0,
            passed: BTreeMap::new(),
            ready: VecDeque::new(),
        }
    }

    /// Hands in arguments: paths and addresses. Later calls come before earlier ones that are not done.
    pub fn push_arguments(&mut self, arguments: &[PathBuf]) {
        let mut sources = Vec::new();
        for argument in arguments {
            match argument.to_str().filter(|text| list::is_address(text)) {
                Some(address) => sources.push(Ok(Source::to_fetch(address, true))),
                None => sources.extend(folder::sources(std::slice::from_ref(argument))),
            }
        }
        self.push_sources(sources);
    }

    /// Hands in lines of paths and addresses.
    pub fn push_lines(&mut self, text: &str) {
        let mut sources = Vec::new();
        for named in list::lines(text) {
            match named {
                Named::Path { path, .. } => sources.extend(folder::sources(&[PathBuf::from(path)])),
                other => sources.extend(self.follow(other, Path::new("."), "-", true)),
            }
        }
        self.push_sources(sources);
    }

    /// Hands in a fetched list that is only to be kept: the caller knows which of its pages are wanted.
    pub fn push_list(&mut self, list: Source) {
        self.ready.push_back(Given::List(Box::new(list)));
    }

    /// Hands in what was refused before.
    pub fn push_locators(&mut self, locators: Vec<(String, Locator)>) {
        let mut sources = Vec::new();
        for (name, locator) in locators {
            let refuse = |reason: String| {
                let content = Content::Bytes(Vec::new());
                Err(Source::new(name.clone(), false, locator.clone(), content).refuse(reason))
            };
            match &locator {
                Locator::File(path) => {
                    sources.extend(folder::sources(std::slice::from_ref(path)).into_iter().map(|found| {
                        found.map(|source| Source { name: name.clone(), named: false, ..source })
                    }));
                }
                Locator::Address(address) => sources.push(Ok(Source::to_fetch(address, false))),
                Locator::Record { file, place } => {
                    let shown = name.rsplit_once(' ').map_or(name.as_str(), |(archive, _)| archive);
                    match WarcPages::open(shown, file, None, *place, self.options.max_bytes) {
                        Ok(pages) => self.stack.push(Work::Warc(Box::new(pages.only_first(*place)))),
                        Err(error) => sources.push(refuse(folder::why(&error))),
                    }
                }
                Locator::Member { file, name: member } => {
                    let shown = name.strip_suffix(member.as_str()).unwrap_or(&name).trim_end();
                    match zip::open(shown, file, self.options.max_bytes) {
                        Ok(Found::Pages(pages)) => {
                            self.expected += 1;
                            self.stack.push(Work::Zip(Box::new(pages.only(member))));
                        }
                        Ok(_) => sources.push(refuse("it is not what it was".to_owned())),
                        Err(reason) => sources.push(refuse(reason)),
                    }
                }
            }
        }
        self.push_sources(sources);
    }

    /// Hands in sources that were listed before.
    pub fn push_sources(&mut self, sources: Vec<Result<Source, Refusal>>) {
        self.expected += sources.len() as u64;
        self.stack.push(Work::Many(sources.into_iter()));
    }

    /// How many pages are known to come or came; it grows while archives and lists are gone through.
    pub fn expected(&self) -> u64 {
        self.expected
    }

    /// What archives hold that is no page, by kind, and was passed over.
    pub fn passed_over(&self) -> &BTreeMap<String, u64> {
        &self.passed
    }

    /// What comes next: at least one thing, unless everything came or `stop` is set; then what is there without waiting, up to
    /// `pages` things or `bytes` bytes in memory.
    pub fn next_chunk(&mut self, pages: usize, bytes: u64, stop: &AtomicBool) -> Vec<Given> {
        let (mut chunk, mut weight) = (Vec::new(), 0);
        while chunk.len() < pages && weight < bytes && !stop.load(Ordering::Relaxed) {
            let Some(given) = self.next(chunk.is_empty(), stop) else { break };
            if let Given::Page(source) = &given {
                weight += source.weight();
            }
            chunk.push(given);
        }
        chunk
    }

    fn next(&mut self, wait: bool, stop: &AtomicBool) -> Option<Given> {
        loop {
            if let Some(given) = self.ready.pop_front() {
                return Some(given);
            }
            if let Some(work) = self.stack.last_mut() {
                let found = match work {
                    Work::Many(many) => many.next(),
                    Work::Warc(pages) => {
                        let found = pages.next();
                        self.expected += u64::from(found.is_some());
                        found
                    }
                    Work::Zip(pages) => pages.next(),
                };
                match found {
                    Some(Ok(source)) => {
                        if let Some(given) = self.open(source) {
                            return Some(given);
                        }
                    }
                    Some(Err(refusal)) => return Some(Given::Refused(Box::new(refusal))),
                    None => self.done(),
                }
                continue;
            }
            let fetching = self.fetching.as_mut().filter(|fetching| fetching.outstanding() > 0)?;
            // Short enough that a person who stops it is heard.
            let patience = if wait { Duration::from_millis(200) } else { Duration::ZERO };
            match fetching.take(patience) {
                Some((wanted, fetched)) => self.arrived(wanted, fetched),
                None if wait && !stop.load(Ordering::Relaxed) => {}
                None => return None,
            }
        }
    }

    /// The thing on top of the stack has no more.
    fn done(&mut self) {
        if let Some(Work::Warc(pages)) = self.stack.pop() {
            for (kind, n) in &pages.passed {
                *self.passed.entry(kind.clone()).or_default() += n;
            }
        }
    }

    /// A source becomes a page, or what it holds or names is gone through.
    fn open(&mut self, source: Source) -> Option<Given> {
        if let Locator::Address(address) = &source.locator
            && source.exchanges.is_empty()
        {
            let address = address.clone();
            self.fetch(Wanted { source, depth: 0, is_list: false }, &address);
            return None;
        }
        let Content::File(path) = source.content.clone() else { return Some(Given::Page(Box::new(source))) };
        match kind_of_file(&path) {
            Kind::Page => Some(Given::Page(Box::new(source))),
            Kind::Warc => self.open_warc(source, &path),
            Kind::Zip => self.open_zip(source, &path),
            Kind::Feed | Kind::Sitemap | Kind::Table if !source.named => Some(Given::Refused(Box::new(
                source.refuse("it is a list of addresses; name it itself to have its pages fetched"),
            ))),
            kind => self.open_list(source, &path, kind),
        }
    }

    fn open_warc(&mut self, source: Source, path: &Path) -> Option<Given> {
        self.expected = self.expected.saturating_sub(1);
        self.push_warc(source, path, None)
    }

    fn push_warc(&mut self, source: Source, path: &Path, span: Option<(u64, u64)>) -> Option<Given> {
        let limit = self.options.max_bytes;
        let opened = WarcPages::open(&source.name, path, span, 0, limit).and_then(|pages| {
            match self.options.marks.get(pages.identity()).copied() {
                Some(place) => WarcPages::open(&source.name, path, span, place, limit),
                None => Ok(pages),
            }
        });
        match opened {
            Ok(pages) => {
                self.stack.push(Work::Warc(Box::new(pages)));
                None
            }
            Err(error) => {
                self.expected += 1;
                Some(Given::Refused(Box::new(source.refuse(folder::why(&error)))))
            }
        }
    }

    fn open_zip(&mut self, mut source: Source, path: &Path) -> Option<Given> {
        match zip::open(&source.name, path, self.options.max_bytes) {
            Err(reason) => Some(Given::Refused(Box::new(source.refuse(reason)))),
            Ok(Found::Document(kind)) => {
                source.media_type = Some(kind.to_owned());
                Some(Given::Page(Box::new(source)))
            }
            Ok(Found::Pages(pages)) => {
                self.expected = self.expected.saturating_sub(1) + pages.left() as u64;
                self.stack.push(Work::Zip(Box::new(pages)));
                None
            }
            Ok(Found::Wacz(warcs, refusals)) => {
                self.expected = self.expected.saturating_sub(1) + refusals.len() as u64;
                for (shown, start, length) in warcs.into_iter().rev() {
                    let inner = Source { name: shown, ..source.clone() };
                    let refused = self.push_warc(inner, path, Some((start, length)));
                    self.ready.extend(refused);
                }
                self.ready.extend(refusals.into_iter().map(|refusal| Given::Refused(Box::new(refusal))));
                None
            }
        }
    }

    fn open_list(&mut self, source: Source, path: &Path, kind: Kind) -> Option<Given> {
        let bytes = match unpacked(path, MAX_LIST) {
            Ok(bytes) => bytes,
            Err(reason) => return Some(Given::Refused(Box::new(source.refuse(reason)))),
        };
        self.expected = self.expected.saturating_sub(1);
        let folder = path.parent().unwrap_or(Path::new("."));
        self.push_named(&bytes, kind, source.address.as_deref(), folder, &source.name, 0);
        None
    }

    fn push_named(
        &mut self,
        bytes: &[u8],
        kind: Kind,
        base: Option<&str>,
        folder: &Path,
        name: &str,
        depth: u8,
    ) {
        let (named, fault) = match kind {
            Kind::Feed => list::of_feed(bytes, base),
            Kind::Sitemap => list::of_sitemap(bytes, base),
            _ => (list::table(bytes), None),
        };
        let mut found = Vec::new();
        for one in named {
            if let Named::Sitemap(address) = one {
                if depth >= MAX_LIST_DEPTH {
                    let reason = format!("lists that name lists are followed {MAX_LIST_DEPTH} deep");
                    found.push(Err(list::refusal(&address, 0, reason)));
                    continue;
                }
                self.expected += 1;
                let source = Source::to_fetch(&address, false);
                self.fetch(Wanted { source, depth: depth + 1, is_list: true }, &address);
                continue;
            }
            found.extend(self.follow(one, folder, name, false));
        }
        if let Some(fault) = fault {
            found.push(Err(list::refusal(name, 0, format!("the list breaks off: {fault}"))));
        }
        self.push_sources(found);
    }

    /// What a list names, as a source.
    fn follow(
        &self,
        one: Named,
        folder: &Path,
        list: &str,
        by_hand: bool,
    ) -> Option<Result<Source, Refusal>> {
        Some(match one {
            Named::Address { address, notes } => {
                let mut source = Source::to_fetch(&address, by_hand);
                source.notes = notes;
                match list::is_address(&address) {
                    true => Ok(source),
                    false => Err(source.refuse("it is no address that can be fetched")),
                }
            }
            Named::Path { path, address, encoding, notes } => {
                let mut source = list::file_of_table(folder, &path);
                (source.address, source.encoding, source.notes) = (address, encoding, notes);
                Ok(source)
            }
            Named::Nothing { line, reason } => Err(list::refusal(list, line, reason)),
            Named::Sitemap(_) => return None,
        })
    }

    /// Has an address fetched, once in a run.
    fn fetch(&mut self, wanted: Wanted, address: &str) {
        let bare = address.split('#').next().unwrap_or(address).to_owned();
        if !self.seen.insert(bare) {
            self.expected = self.expected.saturating_sub(1);
            return;
        }
        let options = &self.options.fetch;
        let fetching =
            self.fetching.get_or_insert_with(|| Fetching::new(Arc::new(Fetcher::new(options.clone()))));
        let conditions = Conditions::default();
        fetching.push(Job { address: address.to_owned(), conditions, with: wanted });
    }

    fn arrived(&mut self, wanted: Wanted, fetched: Fetched) {
        let Wanted { mut source, depth, is_list } = wanted;
        source.exchanges = fetched.exchanges;
        source.address = Some(fetched.address);
        let (bytes, media_type, charset) = match fetched.outcome {
            FetchOutcome::Page { bytes, media_type, charset } => (bytes, media_type, charset),
            FetchOutcome::NotModified => {
                // Nothing was asked that could be answered so.
                self.ready.push_back(Given::Refused(Box::new(source.refuse("the server gives nothing"))));
                return;
            }
            FetchOutcome::Refused(reason) => {
                self.ready.push_back(Given::Refused(Box::new(source.refuse(reason))));
                return;
            }
        };
        (source.media_type, source.encoding) = (media_type, charset);
        let address = source.address.clone().unwrap_or_default();
        let path = address.split(['?', '#']).next().unwrap_or("").to_owned();
        let found = kind(&bytes, &path);
        if !(matches!(found, Kind::Feed | Kind::Sitemap) || (found == Kind::Table && source.named)) {
            source.content = Content::Bytes(bytes);
            self.ready.push_back(match is_list {
                true => {
                    Given::Refused(Box::new(source.refuse("it is not the sitemap that it is said to be")))
                }
                false => Given::Page(Box::new(source)),
            });
            return;
        }
        self.expected = self.expected.saturating_sub(1);
        let mut whole = Vec::new();
        let packed = bytes.starts_with(&[0x1F, 0x8B]);
        let unpacked: &[u8] = if packed {
            let decoder = flate2::read::MultiGzDecoder::new(bytes.as_slice());
            match diwan_formats::http::read_limited(decoder, MAX_LIST, &mut whole) {
                Ok(()) => &whole,
                Err(error) => {
                    self.expected += 1;
                    self.ready.push_back(Given::Refused(Box::new(source.refuse(error.to_string()))));
                    return;
                }
            }
        } else {
            &bytes
        };
        self.push_named(unpacked, found, Some(&address), Path::new("."), &source.name.clone(), depth);
        source.content = Content::Bytes(bytes);
        self.ready.push_back(Given::List(Box::new(source)));
    }
}
