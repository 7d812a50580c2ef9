//! Full text in every script, with an index that can always be rebuilt.
//!
//! A document of the index is one sentence of a version, or its title. The index lies beside the database and
//! holds nothing that the store does not hold: where it is missing, damaged, made by other versions of the
//! normal form or the stemmers, or older than the store, it is made anew.
//!
//! ```
//! use diwan_model::{ArchiveCode, LanguageTag, VersionCode};
//! use diwan_search::{IndexedVersion, SearchIndex, SearchRequest};
//!
//! let index = SearchIndex::in_memory()?;
//! let mut writer = index.writer()?;
//! writer.add(&IndexedVersion {
//!     code: VersionCode { statement: ArchiveCode::new("DW/2021/000001"), lang: LanguageTag::new("fr") },
//!     title: None,
//!     date: Some("2021-12-03".to_owned()),
//!     sentences: vec![(1, "L’État s’engage à protéger le lac.".to_owned())],
//! })?;
//! writer.commit("1")?;
//! let found = index.search(&SearchRequest::new("ETAT"))?;
//! assert_eq!(found.hits.len(), 1);
//! assert_eq!(found.hits[0].highlights[0].of(&found.hits[0].text), "État");
//! # Ok::<(), diwan_search::SearchError>(())
//! ```

mod analysis;
mod index;
mod query;
mod search;
mod snippet;

pub use index::{IndexWriter, IndexedVersion, SearchIndex};
pub use search::{Hit, SearchRequest, SearchResults};
pub use snippet::{Snippet, snippet};

/// The version of the index's fields and of how they are filled. A change makes every index be made anew.
pub const INDEX_VERSION: u32 = 1;

/// The longest query that is read, in characters; what lies beyond is not searched.
pub const LONGEST_QUERY: usize = 400;

/// Why the index could not do what was asked. A query itself never fails.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Another process is writing to the index.
    #[error("the search index in `{0}` is being written by another process")]
    Busy(String),
    /// The folder of the index cannot be read or written.
    #[error("the search index: {0}")]
    Folder(#[from] std::io::Error),
    /// The index cannot be read or written.
    #[error("the search index: {0}")]
    Index(#[from] tantivy::TantivyError),
}
