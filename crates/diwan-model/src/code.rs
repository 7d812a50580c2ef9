//! Archive codes: names of statements, versions and sentences for people.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::LanguageTag;

/// The code of a statement (`DW/2021/000123`): stable, never given twice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArchiveCode(String);

impl ArchiveCode {
    /// A code as it is written.
    pub fn new(code: impl Into<String>) -> Self {
        Self(code.into())
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ArchiveCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The code of a version: the statement's with its language (`DW/2021/000123-fa`).
///
/// ```
/// use diwan_model::VersionCode;
/// let code: VersionCode = "DW/2021/000123-fa".parse().unwrap();
/// assert_eq!(code.statement.as_str(), "DW/2021/000123");
/// assert_eq!(code.lang.as_str(), "fa");
/// assert_eq!(code.to_string(), "DW/2021/000123-fa");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionCode {
    /// The statement.
    pub statement: ArchiveCode,
    /// The language.
    pub lang: LanguageTag,
}

/// The code of a sentence: the version's with its number (`DW/2021/000123-fa/12`).
///
/// ```
/// use diwan_model::SentenceCode;
/// let code: SentenceCode = "DW/2021/000123-fa/12".parse().unwrap();
/// assert_eq!((code.version.lang.as_str(), code.n), ("fa", 12));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SentenceCode {
    /// The version.
    pub version: VersionCode,
    /// Number of the sentence, from 1.
    pub n: u32,
}

impl fmt::Display for VersionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.statement, self.lang)
    }
}

impl fmt::Display for SentenceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.version, self.n)
    }
}

/// A text that is no code, or a pattern that cannot make codes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodePatternError {
    /// The pattern has no `{number}`.
    #[error("the code pattern `{0}` has no `{{number}}`, so two statements would get the same code")]
    NoNumber(String),
    /// Not a version's or sentence's code.
    #[error("`{0}` is not a code like `DW/2021/000123-fa` or `DW/2021/000123-fa/12`")]
    NotACode(String),
}

impl FromStr for VersionCode {
    type Err = CodePatternError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fail = || CodePatternError::NotACode(text.chars().take(80).collect());
        let (statement, lang) = text.rsplit_once('-').ok_or_else(fail)?;
        if statement.is_empty()
            || !(2..=3).contains(&lang.len())
            || !lang.bytes().all(|b| b.is_ascii_lowercase())
        {
            return Err(fail());
        }
        Ok(Self { statement: ArchiveCode::new(statement), lang: LanguageTag::new(lang) })
    }
}

impl FromStr for SentenceCode {
    type Err = CodePatternError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fail = || CodePatternError::NotACode(text.chars().take(80).collect());
        let (version, n) = text.rsplit_once('/').ok_or_else(fail)?;
        Ok(Self { version: version.parse()?, n: n.parse().ok().filter(|n| *n > 0).ok_or_else(fail)? })
    }
}

/// How codes are made: text with `{year}` and `{number}`, the number with six digits.
///
/// ```
/// use diwan_model::CodePattern;
/// let pattern = CodePattern::default();
/// assert_eq!(pattern.code(Some(2021), 123).as_str(), "DW/2021/000123");
/// assert_eq!(pattern.code(None, 124).as_str(), "DW/0000/000124");
/// assert!(CodePattern::new("DW/{year}").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodePattern(String);

impl CodePattern {
    /// Checks the pattern.
    pub fn new(pattern: &str) -> Result<Self, CodePatternError> {
        if pattern.contains("{number}") {
            Ok(Self(pattern.to_owned()))
        } else {
            Err(CodePatternError::NoNumber(pattern.to_owned()))
        }
    }

    /// The code of statement `number`, issued in `year`.
    pub fn code(&self, year: Option<i32>, number: u64) -> ArchiveCode {
        ArchiveCode(
            self.0
                .replace("{year}", &format!("{:04}", year.unwrap_or(0)))
                .replace("{number}", &format!("{number:06}")),
        )
    }
}

impl Default for CodePattern {
    fn default() -> Self {
        Self("DW/{year}/{number}".to_owned())
    }
}
