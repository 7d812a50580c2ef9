//! The record that a documentary archive keeps of a statement, as its page prints it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A date of an archive's record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecordDate {
    /// `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    pub iso: String,
    /// As printed.
    pub printed: String,
    /// Line in the source, 1-based.
    pub line: u32,
}

/// An archive's record: glued values split, doubled ones merged, empty fields left empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct ArchiveRecord {
    /// The archive's own code.
    pub code: Option<String>,
    /// The date it gives.
    pub issue_date: Option<RecordDate>,
    /// Languages, as tags.
    pub languages: Vec<String>,
    /// Type of document, as printed.
    pub r#type: Option<String>,
    /// Countries, as printed.
    pub target_countries: Vec<String>,
    /// Collections, as printed.
    pub collections: Vec<String>,
    /// Persons, as printed.
    pub persons: Vec<String>,
    /// Entities, as printed.
    pub entities: Vec<String>,
    /// Entries of a diary, as printed.
    pub diary: Vec<String>,
    /// Grades of reliability that can be chosen, as printed.
    pub grades_offered: Vec<String>,
    /// The grade that is marked.
    pub grade: Option<String>,
    /// The line that asks for comments, as printed.
    pub feedback: Option<String>,
}
