//! Languages as tags, and the direction in which text runs.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A BCP 47 language tag as short as it can be (`ar`, `fa`, `ckb`, `zh`).
///
/// Besides real languages it knows `und` (not determined), `mul` (several languages in one line) and `zxx`
/// (no language: a number, a code, an address).
///
/// ```
/// use diwan_model::{Direction, LanguageTag};
/// assert_eq!(LanguageTag::new("fa_IR").primary(), "fa");
/// assert_eq!(LanguageTag::new("ckb").direction(), Direction::RightToLeft);
/// assert!(LanguageTag::UNDETERMINED.is_undetermined());
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct LanguageTag(std::borrow::Cow<'static, str>);

impl LanguageTag {
    /// Not determined.
    pub const UNDETERMINED: Self = Self(std::borrow::Cow::Borrowed("und"));
    /// Several languages at once.
    pub const MULTIPLE: Self = Self(std::borrow::Cow::Borrowed("mul"));
    /// No linguistic content.
    pub const NO_LANGUAGE: Self = Self(std::borrow::Cow::Borrowed("zxx"));

    /// From a tag as pages write it: underscores become hyphens, the language lower case. An empty tag is
    /// [`Self::UNDETERMINED`].
    pub fn new(tag: &str) -> Self {
        let tag = tag.trim().replace('_', "-");
        if tag.is_empty() {
            return Self::UNDETERMINED;
        }
        let mut parts = tag.split('-');
        let mut out = parts.next().unwrap_or("und").to_ascii_lowercase();
        for part in parts {
            out.push('-');
            out.push_str(part);
        }
        Self(out.into())
    }

    /// From a tag known at compile time.
    pub const fn from_static(tag: &'static str) -> Self {
        Self(std::borrow::Cow::Borrowed(tag))
    }

    /// The whole tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language alone, without region or script.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or("und")
    }

    /// Whether this is `und`.
    pub fn is_undetermined(&self) -> bool {
        self.primary() == "und"
    }

    /// Whether this names one language (neither `und`, `mul` nor `zxx`).
    pub fn is_language(&self) -> bool {
        !matches!(self.primary(), "und" | "mul" | "zxx")
    }

    /// The direction of its usual script.
    pub fn direction(&self) -> Direction {
        match self.primary() {
            "ar" | "fa" | "ckb" | "ps" | "ur" | "he" | "yi" | "sd" | "ug" | "dv" | "syr" | "arc" => {
                Direction::RightToLeft
            }
            _ => Direction::LeftToRight,
        }
    }
}

impl fmt::Debug for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for LanguageTag {
    fn from(tag: &str) -> Self {
        Self::new(tag)
    }
}

/// The direction in which a text runs.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
)]
pub enum Direction {
    /// Latin, Cyrillic, Han …
    #[default]
    #[serde(rename = "ltr")]
    LeftToRight,
    /// Arabic, Hebrew …
    #[serde(rename = "rtl")]
    RightToLeft,
}

impl Direction {
    /// As HTML writes it: `ltr` or `rtl`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}
