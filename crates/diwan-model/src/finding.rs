//! Something inconsistent, reported with its quotes and never decided.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of inconsistency, as a short stable name (`record-date-disagrees`).
pub type FindingKind = std::borrow::Cow<'static, str>;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Good to know.
    Info,
    /// A slip of form.
    Low,
    /// Would mislead a careful reader.
    Medium,
    /// Changes what was said or when.
    High,
}

/// Words of a page, quoted as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Quote {
    /// Line in the source, 1-based.
    pub line: u32,
    /// As printed.
    pub text: String,
}

/// Something inconsistent or unreadable, with the words that show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Short stable name.
    #[schemars(with = "String")]
    pub kind: FindingKind,
    /// How much it matters.
    pub severity: Severity,
    /// One sentence in English for people.
    pub message: String,
    /// The words that show it; both sides of a disagreement.
    pub quotes: Vec<Quote>,
}

impl Finding {
    /// A finding with its quotes.
    pub fn new(
        kind: &'static str,
        severity: Severity,
        message: impl Into<String>,
        quotes: Vec<Quote>,
    ) -> Self {
        Self { kind: kind.into(), severity, message: message.into(), quotes }
    }
}
