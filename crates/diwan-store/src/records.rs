//! What the archive gives back: rows for lists, whole records for pages.

use diwan_model::{
    ArchiveCode, ArchiveRecord, Authority, CaptureHash, LanguageTag, Locus, Meeting, SentenceCode, Severity,
    StatementDate, VersionCode,
};
use serde::{Deserialize, Serialize};

use crate::{Decision, Fingerprint};

/// Which statements. The default is all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Issued by this body, exactly as [`StatementRow::issuer`] has it.
    pub issuer: Option<String>,
    /// Of this type, exactly as [`StatementRow::type`] has it.
    pub r#type: Option<String>,
    /// With a version in this language.
    pub lang: Option<LanguageTag>,
    /// Issued on or after this date (`2021`, `2021-06`, `2021-06-28`).
    pub from: Option<String>,
    /// Issued on or before this date; a year or month is taken whole.
    pub until: Option<String>,
    /// Newest first instead of by code.
    pub newest_first: bool,
    /// At most so many.
    pub limit: Option<u64>,
    /// After leaving out so many.
    pub skip: u64,
}

/// A version as a list shows it. Serialised as `diwan list --json` prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VersionRow {
    /// `DW/2021/000123-fa`.
    pub code: String,
    /// Its language.
    pub lang: LanguageTag,
    /// Which text counts.
    pub authority: Authority,
    /// The file or address it was read from.
    pub source: String,
}

/// A statement as a list shows it: a person's decisions over the machine's values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatementRow {
    /// `DW/2021/000123`.
    pub code: ArchiveCode,
    /// The title in the language [`Self::lang`].
    pub title: Option<String>,
    /// The language of the title.
    pub lang: Option<LanguageTag>,
    /// `YYYY-MM-DD` or `YYYY-MM`.
    pub date: Option<String>,
    /// The body that says it.
    pub issuer: Option<String>,
    /// The kind of document.
    pub r#type: Option<String>,
    /// Shown versions by language; authoritative ones first.
    pub versions: Vec<VersionRow>,
}

/// How many statements one body issued of one type: the first cut of series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatementGroup {
    /// The body that says it.
    pub issuer: Option<String>,
    /// The kind of document.
    pub r#type: Option<String>,
    /// How many statements.
    pub statements: u64,
    /// The earliest date.
    pub first: Option<String>,
    /// The latest date.
    pub last: Option<String>,
}

/// A value that the machine read, and where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MachineValue {
    /// As printed (dates: ISO).
    pub text: String,
    /// The language of the version whose page gave it.
    pub lang: Option<LanguageTag>,
    /// The capture it was read from.
    pub capture: CaptureHash,
    /// Line in the source, 1-based, where it stands in one.
    pub line: Option<u32>,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// A field of a statement's record: what is shown, with where it comes from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShownField {
    /// `title`, `date`, …; see [`crate::STATEMENT_FIELDS`].
    pub field: String,
    /// What is shown: the person's value, else the machine's. `null` where nothing is known, or a person dismissed
    /// what the machine read.
    pub text: Option<String>,
    /// What the machine read, whatever a person decided.
    pub machine: Option<MachineValue>,
    /// The decision that counts, where a person took one.
    pub decision: Option<Decision>,
}

/// What the machine reads of a statement over all its pages: kept in the database, decisions not applied.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct MachineRecord {
    /// Values by field name.
    pub(crate) fields: std::collections::BTreeMap<String, MachineValue>,
    /// The date with what was printed.
    pub(crate) date: Option<StatementDate>,
    /// The meeting it reports.
    pub(crate) meeting: Option<Meeting>,
    /// What an archive's record panel says of it.
    pub(crate) archive_record: Option<ArchiveRecord>,
}

/// A version of a statement, with its text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VersionRecord {
    /// `DW/2021/000123-fa`. An earlier version shares it with the one that is shown.
    pub code: String,
    /// Its language.
    pub lang: LanguageTag,
    /// Its direction: `ltr` or `rtl`.
    pub dir: diwan_model::Direction,
    /// Which text counts.
    pub authority: Authority,
    /// The decision that set the authority, where a person took one.
    pub decision: Option<Decision>,
    /// The title in this language.
    pub title: Option<String>,
    /// The file or address it was read from.
    pub source: String,
    /// The address of its page, where known.
    pub address: Option<String>,
    /// The bytes it was read from.
    pub capture: CaptureHash,
    /// When they came in, RFC 3339.
    pub at: String,
    /// The line that says that it is a translation, 1-based.
    pub disclaimer_line: Option<u32>,
    /// Line of "begin text", 1-based.
    pub begin_line: Option<u32>,
    /// Line of "end text", 1-based.
    pub end_line: Option<u32>,
    /// Whether it is the one shown for its language; `false` for an earlier one.
    pub shown: bool,
    /// The capture of the version that this one replaced.
    pub replaces: Option<CaptureHash>,
    /// Its sentences in order.
    pub sentences: Vec<SentenceRecord>,
}

impl VersionRecord {
    /// Its code as a value.
    pub fn version_code(&self) -> Option<VersionCode> {
        self.code.parse().ok()
    }
}

/// A sentence of a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SentenceRecord {
    /// `DW/2021/000123-fa/12`.
    pub code: String,
    /// Number in its version, from 1.
    pub n: u32,
    /// Line in the source, 1-based.
    pub line: u32,
    /// As printed.
    pub text: String,
    /// Where it stands in the blocks of the reading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locus: Option<Locus>,
}

impl SentenceRecord {
    /// Its code as a value.
    pub fn sentence_code(&self) -> Option<SentenceCode> {
        self.code.parse().ok()
    }
}

/// A statement whole: what its page shows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StatementRecord {
    /// `DW/2021/000123`.
    pub code: ArchiveCode,
    /// Codes of statements that were found to be this one; they lead here.
    pub merged: Vec<ArchiveCode>,
    /// When its first page came in, RFC 3339.
    pub at: String,
    /// The language of the title.
    pub lang: Option<LanguageTag>,
    /// Every field of [`crate::STATEMENT_FIELDS`], in that order.
    pub fields: Vec<ShownField>,
    /// The date as printed, with its calendar.
    pub date: Option<StatementDate>,
    /// The meeting it reports.
    pub meeting: Option<Meeting>,
    /// What an archive's record panel says of it.
    pub archive_record: Option<ArchiveRecord>,
    /// Shown versions, authoritative ones first, then by language.
    pub versions: Vec<VersionRecord>,
    /// Versions that newer ones replaced, newest first, without their sentences.
    pub earlier: Vec<VersionRecord>,
    /// What was found inconsistent on its pages.
    pub findings: Vec<FindingRecord>,
}

impl StatementRecord {
    /// A field of [`crate::STATEMENT_FIELDS`].
    pub fn field(&self, name: &str) -> Option<&ShownField> {
        self.fields.iter().find(|field| field.field == name)
    }

    /// The text shown for a field.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.field(name)?.text.as_deref()
    }
}

/// Where a finding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingStatus {
    /// Nobody has looked at it.
    #[default]
    Open,
    /// A person says that it is so.
    Confirmed,
    /// A person says that it is not, or does not matter.
    Dismissed,
}

impl FindingStatus {
    /// Its spelling in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Confirmed => "confirmed",
            Self::Dismissed => "dismissed",
        }
    }
}

/// Words quoted by a finding, with the page they are on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteRecord {
    /// The page; `null` for the finding's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capture: Option<CaptureHash>,
    /// Line in the source, 1-based.
    pub line: u32,
    /// As printed.
    pub text: String,
    /// The sentence that the words stand in, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence: Option<String>,
    /// Whether this is the text that counts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub authoritative: bool,
    /// The sentence (`DW/2021/000123-fa/12`), version or statement it stands in, where that is known.
    #[serde(default)]
    pub code: Option<String>,
    /// Its language, where that is known.
    #[serde(default)]
    pub lang: Option<LanguageTag>,
    /// The file or address of its page.
    #[serde(default)]
    pub source: Option<String>,
}

/// Something inconsistent, with what people decided about it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FindingRecord {
    /// Its name, which outlives reading again.
    pub fingerprint: Fingerprint,
    /// Short stable name of its kind.
    pub kind: String,
    /// How much it matters.
    pub severity: Severity,
    /// One sentence in English for people.
    pub message: String,
    /// The words that show it.
    pub quotes: Vec<QuoteRecord>,
    /// The page.
    pub capture: CaptureHash,
    /// The file or address of the page.
    pub source: String,
    /// Statements of that page.
    pub statements: Vec<ArchiveCode>,
    /// Open, confirmed or dismissed.
    pub status: FindingStatus,
    /// The decision that says so.
    pub decision: Option<Decision>,
}

/// A capture as the archive keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaptureRecord {
    /// Identity.
    pub sha256: CaptureHash,
    /// `text/html`, …
    pub media_type: String,
    /// How many bytes.
    pub bytes: u64,
    /// The address they came from, where known.
    pub address: Option<String>,
    /// The file they were read from, as the user named it.
    pub source: Option<String>,
    /// The encoding that the transport declared.
    pub declared_encoding: Option<String>,
    /// When they first came in, RFC 3339.
    pub at: String,
    /// The version of the method that read them; `null` where they could not be read.
    pub method: Option<String>,
    /// Statements they hold.
    pub statements: Vec<ArchiveCode>,
}

/// How much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Statements (merged ones not counted).
    pub statements: u64,
    /// Versions that are shown.
    pub versions: u64,
    /// Versions that newer ones replaced.
    pub earlier_versions: u64,
    /// Sentences of shown versions.
    pub sentences: u64,
    /// Captures.
    pub captures: u64,
    /// Captures that could not be read.
    pub unread: u64,
    /// Findings, whatever was decided.
    pub findings: u64,
    /// Decisions, undone ones too.
    pub decisions: u64,
    /// Entries of the custody log.
    pub custody: u64,
}
