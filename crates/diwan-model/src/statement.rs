//! What a body said on one occasion, and its text in each language.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ArchiveRecord, Confidence, DateValue, Fact, Field, LanguageTag, Locus, Mention};

/// Which text counts when two versions differ.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Authority {
    /// The text that counts.
    Authoritative,
    /// A translation for the reader's convenience.
    CourtesyTranslation,
    /// The page does not say.
    #[default]
    Unknown,
}

impl Authority {
    /// Its spelling in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Authoritative => "authoritative",
            Self::CourtesyTranslation => "courtesy-translation",
            Self::Unknown => "unknown",
        }
    }
}

/// The date of a statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StatementDate {
    /// In the Gregorian calendar, `YYYY-MM-DD` where the day is known, else `YYYY-MM`.
    pub iso: String,
    /// The value in the calendar in which it is printed.
    pub value: DateValue,
    /// As printed.
    pub printed: String,
    /// Line in the source, 1-based; `null` when read from the page's metadata.
    pub line: Option<u32>,
    /// The exact place.
    pub locus: Option<Locus>,
    /// How sure.
    pub confidence: Confidence,
}

/// The address of the original text, as a translation gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OriginalAddress {
    /// The address.
    pub url: String,
    /// Line in the source, 1-based.
    pub line: u32,
}

/// How people met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MeetingFormat {
    /// In one place.
    InPerson,
    /// By video.
    Virtual,
    /// Both.
    Hybrid,
}

/// The meeting that a statement reports.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Meeting {
    /// What it was, as printed.
    pub what: Option<String>,
    /// The day, `YYYY-MM-DD`.
    pub when: Option<String>,
    /// The place, as printed.
    pub r#where: Option<String>,
    /// How people met.
    pub format: Option<MeetingFormat>,
    /// Who hosted or invited, as printed.
    pub hosts: Vec<String>,
    /// Lines of the source that say so, 1-based.
    pub lines: Vec<u32>,
}

/// A sentence of a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sentence {
    /// Number in its version, from 1.
    pub n: u32,
    /// Line in the source, 1-based.
    pub line: u32,
    /// As printed.
    pub text: String,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locus: Option<Locus>,
}

/// A statement's text in one language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Version {
    /// Its language.
    pub lang: LanguageTag,
    /// Which text counts.
    pub authority: Authority,
    /// The line that says so, 1-based.
    pub disclaimer_line: Option<u32>,
    /// Line of "begin text", 1-based.
    pub begin_line: Option<u32>,
    /// Line of "end text", 1-based.
    pub end_line: Option<u32>,
    /// The title in this language.
    pub title: Option<Field>,
    /// Its sentences in order, numbered from 1.
    pub sentences: Vec<Sentence>,
    /// Who and what is named in it, in the order of the page; names inside names hang on the outer ones.
    #[serde(default)]
    pub mentions: Vec<Mention>,
}

/// What a body said on one occasion, as one page gives it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    /// From the text, the page's metadata, or its address.
    pub title: Option<Field>,
    /// The body that says it.
    pub issuer: Option<Field>,
    /// The office within.
    pub office: Option<Field>,
    /// The kind of document.
    pub r#type: Option<Field>,
    /// Where it was issued.
    pub place: Option<Field>,
    /// When it was issued.
    pub date: Option<StatementDate>,
    /// The original's address.
    pub original_url: Option<OriginalAddress>,
    /// The meeting it reports.
    pub meeting: Option<Meeting>,
    /// What an archive's record panel says of it.
    pub archive_record: Option<ArchiveRecord>,
    /// Its text in each language that the page has.
    pub versions: Vec<Version>,
    /// What it states, each with the sentences that do.
    #[serde(default)]
    pub facts: Vec<Fact>,
}
