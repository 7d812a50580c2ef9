//! The index on disk: its fields, how it is opened, made anew and added to.

use std::fs;
use std::path::{Path, PathBuf};

use diwan_model::VersionCode;
use serde::{Deserialize, Serialize};
use tantivy::directory::error::{LockError, OpenReadError};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{PreTokenizedString, Token as IndexToken};
use tantivy::{Index, IndexReader, ReloadPolicy, TantivyDocument, TantivyError, Term};

use crate::SearchError;
use crate::analysis::{SearchWord, Token, analyse, method_fingerprint};

/// Memory for writing, in bytes, shared by its threads.
const WRITER_MEMORY: usize = 64 << 20;

/// A version as the index takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexedVersion {
    /// Its code, which also gives its language.
    pub code: VersionCode,
    /// Its title as printed, in its language.
    pub title: Option<String>,
    /// The statement's date, `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    pub date: Option<String>,
    /// Number and text of each sentence.
    pub sentences: Vec<(u32, String)>,
}

/// The fields of a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    pub(crate) version: Field,
    pub(crate) lang: Field,
    pub(crate) year: Field,
    pub(crate) date: Field,
    pub(crate) n: Field,
    pub(crate) title: Field,
    pub(crate) text: Field,
    pub(crate) exact: Field,
    pub(crate) folded: Field,
    pub(crate) stem: Field,
}

impl Fields {
    fn build() -> (Schema, Self) {
        let mut builder = Schema::builder();
        let words = |record| {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer("raw")
                    .set_index_option(record)
                    .set_fieldnorms(true),
            )
        };
        let fields = Self {
            version: builder.add_text_field("version", STRING | STORED),
            lang: builder.add_text_field("lang", STRING),
            year: builder.add_u64_field("year", INDEXED | FAST),
            date: builder.add_text_field("date", STORED),
            n: builder.add_u64_field("n", STORED),
            title: builder.add_text_field("title", STORED),
            text: builder.add_text_field("text", STORED),
            exact: builder.add_text_field("exact", words(IndexRecordOption::WithFreqsAndPositions)),
            folded: builder.add_text_field("folded", words(IndexRecordOption::WithFreqsAndPositions)),
            stem: builder.add_text_field("stem", words(IndexRecordOption::WithFreqs)),
        };
        (builder.build(), fields)
    }
}

/// What a commit says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    methods: String,
    stamp: String,
}

/// The index of an archive's texts.
pub struct SearchIndex {
    pub(crate) index: Index,
    pub(crate) fields: Fields,
    pub(crate) reader: IndexReader,
    folder: Option<PathBuf>,
}

impl std::fmt::Debug for SearchIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SearchIndex").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl SearchIndex {
    /// The index in `folder`, if it is whole, made by the methods of this build, and committed at `stamp`: what
    /// the store says of its own state, compared and nothing more. `None` means that it must be made anew.
    pub fn open(folder: &Path, stamp: &str) -> Result<Option<Self>, SearchError> {
        if !folder.is_dir() {
            return Ok(None);
        }
        let Ok(index) = Index::open_in_dir(folder) else { return Ok(None) };
        let (schema, fields) = Fields::build();
        if index.schema() != schema {
            return Ok(None);
        }
        let Ok(this) = Self::over(index, fields, Some(folder.to_owned())) else { return Ok(None) };
        Ok((this.stamp().as_deref() == Some(stamp)).then_some(this))
    }

    /// An empty index in `folder`, in place of whatever was there.
    pub fn create(folder: &Path) -> Result<Self, SearchError> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        let (schema, fields) = Fields::build();
        Self::over(Index::create_in_dir(folder, schema)?, fields, Some(folder.to_owned()))
    }

    /// An empty index in memory.
    pub fn in_memory() -> Result<Self, SearchError> {
        let (schema, fields) = Fields::build();
        Self::over(Index::create_in_ram(schema), fields, None)
    }

    /// The index in `folder` as of `stamp`: opened if it is current, else made anew of `versions`.
    ///
    /// ```
    /// # let folder = tempfile::tempdir()?;
    /// # let none = || Ok::<_, diwan_search::SearchError>(Vec::new());
    /// let path = folder.path().join("index");
    /// let index = diwan_search::SearchIndex::open_or_rebuild(&path, "7", none)?;
    /// assert_eq!(index.stamp().as_deref(), Some("7"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn open_or_rebuild<I, E>(
        folder: &Path,
        stamp: &str,
        versions: impl FnOnce() -> Result<I, E>,
    ) -> Result<Self, E>
    where
        I: IntoIterator<Item = IndexedVersion>,
        E: From<SearchError>,
    {
        if let Some(index) = Self::open(folder, stamp)? {
            return Ok(index);
        }
        let versions = versions()?;
        Self::rebuild(folder, stamp, |writer| {
            versions.into_iter().try_for_each(|version| Ok(writer.add(&version)?))
        })
    }

    /// The index in `folder` made anew: `fill` adds the versions one after the other, so that they need not be in memory together.
    pub fn rebuild<E: From<SearchError>>(
        folder: &Path,
        stamp: &str,
        fill: impl FnOnce(&mut IndexWriter<'_>) -> Result<(), E>,
    ) -> Result<Self, E> {
        let index = Self::create(folder)?;
        let mut writer = index.writer()?;
        fill(&mut writer)?;
        writer.commit(stamp)?;
        Ok(index)
    }

    fn over(index: Index, fields: Fields, folder: Option<PathBuf>) -> Result<Self, SearchError> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { index, fields, reader, folder })
    }

    /// The stamp of the last commit; `None` when there is none, or when it was made by other methods.
    pub fn stamp(&self) -> Option<String> {
        let payload: Payload = serde_json::from_str(&self.index.load_metas().ok()?.payload?).ok()?;
        (payload.methods == method_fingerprint()).then_some(payload.stamp)
    }

    /// Sees what was committed since, also by other processes.
    pub fn reload(&self) -> Result<(), SearchError> {
        Ok(self.reader.reload()?)
    }

    /// Number of documents (sentences and titles).
    pub fn documents(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// The one writer. [`SearchError::Busy`] when another process has it.
    pub fn writer(&self) -> Result<IndexWriter<'_>, SearchError> {
        let writer = self.index.writer_with_num_threads(2, WRITER_MEMORY).map_err(|error| match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => {
                SearchError::Busy(self.folder.as_deref().unwrap_or(Path::new("")).display().to_string())
            }
            TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) => {
                SearchError::Folder(std::io::Error::new(io_error.kind(), io_error.to_string()))
            }
            other => SearchError::Index(other),
        })?;
        Ok(IndexWriter { search: self, writer })
    }
}

/// Adds to an index; nothing is seen before [`IndexWriter::commit`].
pub struct IndexWriter<'a> {
    search: &'a SearchIndex,
    writer: tantivy::IndexWriter,
}

impl std::fmt::Debug for IndexWriter<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IndexWriter").field("search", self.search).finish_non_exhaustive()
    }
}

impl IndexWriter<'_> {
    /// Adds a version in place of what the index had under its code.
    pub fn add(&mut self, version: &IndexedVersion) -> Result<(), SearchError> {
        self.remove(&version.code);
        if let Some(title) = &version.title {
            self.add_text(version, 0, title)?;
        }
        for (n, text) in &version.sentences {
            self.add_text(version, *n, text)?;
        }
        Ok(())
    }

    /// Removes a version.
    pub fn remove(&mut self, code: &VersionCode) {
        let term = Term::from_field_text(self.search.fields.version, &code.to_string());
        self.writer.delete_term(term);
    }

    /// Makes what was added visible, all at once, as the store's state `stamp`.
    pub fn commit(mut self, stamp: &str) -> Result<(), SearchError> {
        let payload = Payload { methods: method_fingerprint(), stamp: stamp.to_owned() };
        let mut prepared = self.writer.prepare_commit()?;
        prepared.set_payload(&serde_json::to_string(&payload).unwrap_or_default());
        prepared.commit()?;
        self.writer.wait_merging_threads()?;
        self.search.reload()
    }

    fn add_text(&mut self, version: &IndexedVersion, n: u32, text: &str) -> Result<(), SearchError> {
        let fields = self.search.fields;
        let lang = &version.code.lang;
        let words = analyse(text, lang);
        let mut document = TantivyDocument::default();
        document.add_text(fields.version, version.code.to_string());
        document.add_text(fields.lang, lang.as_str());
        document.add_u64(fields.n, n.into());
        document.add_text(fields.text, text);
        if let Some(title) = version.title.as_deref().filter(|_| n > 0) {
            document.add_text(fields.title, title);
        }
        if let Some(date) = &version.date {
            document.add_text(fields.date, date);
            if let Some(year) = date.get(..4).and_then(|y| y.parse().ok()) {
                document.add_u64(fields.year, year);
            }
        }
        document.add_pre_tokenized_text(fields.exact, tokens(&words, |t| t.exact.clone()));
        document.add_pre_tokenized_text(fields.folded, tokens(&words, |t| t.folded.clone()));
        document.add_pre_tokenized_text(fields.stem, tokens(&words, |t| stem_term(lang.primary(), &t.stem)));
        self.writer.add_document(document)?;
        Ok(())
    }
}

/// A stem with its language: the stems of two languages never meet.
pub(crate) fn stem_term(lang: &str, stem: &str) -> String {
    format!("{lang}:{stem}")
}

fn tokens(words: &[SearchWord], form: impl Fn(&Token) -> String) -> PreTokenizedString {
    let tokens = words
        .iter()
        .flat_map(SearchWord::tokens)
        .map(|t| IndexToken {
            offset_from: t.span.start(),
            offset_to: t.span.end(),
            position: t.position,
            text: form(t),
            position_length: 1,
        })
        .collect();
    PreTokenizedString { text: String::new(), tokens }
}
