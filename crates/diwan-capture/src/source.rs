//! What is about to be read, and what cannot be.

use std::path::{Path, PathBuf};

use diwan_model::Exchange;
use serde::{Deserialize, Serialize};

use crate::fetch::{FetchOutcome, Fetched};

/// Where something is, so that it can be had again.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Locator {
    /// A file.
    File(PathBuf),
    /// An address to be fetched.
    Address(String),
    /// A record of a web archive, by the place in the file where reading can begin.
    Record {
        /// The web archive.
        file: PathBuf,
        /// Bytes from its beginning.
        place: u64,
    },
    /// A file inside a ZIP file.
    Member {
        /// The ZIP file.
        file: PathBuf,
        /// Its name in there.
        name: String,
    },
}

/// How far a large file was read: a run that is stopped there goes on there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The file, with what tells it from another of that name: its length and time.
    pub file: String,
    /// Where the record after this one begins.
    pub place: u64,
}

/// The bytes, or where they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A file that is still to be read.
    File(PathBuf),
    /// Bytes at hand.
    Bytes(Vec<u8>),
    /// The bytes of an earlier capture, which a web archive refers to and does not hold again.
    Earlier {
        /// The digest that the earlier record states.
        digest: String,
    },
}

/// A page to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// As the user named it, or named what it is in.
    pub name: String,
    /// The address its bytes came from, where known.
    pub address: Option<String>,
    /// Whether the user named it itself, and so means it and no other.
    pub named: bool,
    /// The media type that its transport declared.
    pub media_type: Option<String>,
    /// The encoding that its transport declared.
    pub encoding: Option<String>,
    /// What a list that names it says of it: name and value.
    pub notes: Vec<(String, String)>,
    /// Where it can be had again.
    pub locator: Locator,
    /// What was asked and answered to get it.
    pub exchanges: Vec<Exchange>,
    /// How far its file was read with it.
    pub mark: Option<Mark>,
    /// Its bytes.
    pub content: Content,
}

impl Source {
    /// A file, as the user named it or named what it is in.
    pub fn file(path: &Path, named: bool) -> Self {
        let content = Content::File(path.to_owned());
        Self::new(path.display().to_string(), named, Locator::File(absolute(path)), content)
    }

    /// An address that is still to be fetched.
    pub(crate) fn to_fetch(address: &str, named: bool) -> Self {
        let mut source = Self::new(
            address.to_owned(),
            named,
            Locator::Address(address.to_owned()),
            Content::Bytes(Vec::new()),
        );
        source.address = Some(address.to_owned());
        source
    }

    /// A page that was fetched from `asked`; whether something came of it is for the caller to know.
    pub fn fetched(asked: &str, fetched: Fetched) -> Self {
        let mut source = Self::to_fetch(asked, false);
        source.address = Some(fetched.address);
        source.exchanges = fetched.exchanges;
        if let FetchOutcome::Page { bytes, media_type, charset } = fetched.outcome {
            source.content = Content::Bytes(bytes);
            (source.media_type, source.encoding) = (media_type, charset);
        }
        source
    }

    pub(crate) fn new(name: String, named: bool, locator: Locator, content: Content) -> Self {
        Self {
            name,
            address: None,
            named,
            media_type: None,
            encoding: None,
            notes: Vec::new(),
            locator,
            exchanges: Vec::new(),
            mark: None,
            content,
        }
    }

    /// A refusal of it.
    pub fn refuse(self, reason: impl Into<String>) -> Refusal {
        Refusal {
            name: self.name,
            named: self.named,
            address: self.address,
            reason: reason.into(),
            locator: Some(self.locator),
            exchanges: self.exchanges,
            mark: self.mark,
        }
    }

    /// How many bytes are held in memory for it.
    pub fn weight(&self) -> u64 {
        match &self.content {
            Content::Bytes(bytes) => bytes.len() as u64,
            Content::File(path) => path.metadata().map_or(0, |found| found.len()),
            Content::Earlier { .. } => 0,
        }
    }
}

/// Something that cannot be taken, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// As the user named it.
    pub name: String,
    /// As in [`Source::named`].
    pub named: bool,
    /// The address it would have come from.
    pub address: Option<String>,
    /// Why, as the end of a sentence that begins with the name.
    pub reason: String,
    /// Where it can be asked for again; `None` where that makes no sense.
    pub locator: Option<Locator>,
    /// What was asked and answered.
    pub exchanges: Vec<Exchange>,
    /// How far its file was read with it.
    pub mark: Option<Mark>,
}

impl Refusal {
    pub(crate) fn of_file(path: &Path, named: bool, reason: impl Into<String>) -> Self {
        Source::file(path, named).refuse(reason)
    }
}

/// The path from the root, so that it can be found from another folder.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
