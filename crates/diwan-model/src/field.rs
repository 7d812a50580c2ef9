//! A value with its evidence: where it was read, by which method, how sure.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Span;

/// How sure a machine-made value is, from 0 (a guess) to 1 (stated outright). Values outside are cut to the range.
///
/// ```
/// use diwan_model::Confidence;
/// assert_eq!(Confidence::new(1.7).value(), 1.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Confidence(f32);

impl Confidence {
    /// Stated outright.
    pub const CERTAIN: Self = Self(1.0);

    /// Cut to 0 … 1; not-a-number becomes 0.
    pub fn new(value: f32) -> Self {
        if value.is_nan() { Self(0.0) } else { Self((value.clamp(0.0, 1.0) * 1000.0).round() / 1000.0) }
    }

    /// 0 … 1.
    pub fn value(self) -> f32 {
        self.0
    }
}

impl Default for Confidence {
    fn default() -> Self {
        Self::CERTAIN
    }
}

/// The rule that made a value: its name and, after `@`, the version of the method (`head-line@1`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Method(pub std::borrow::Cow<'static, str>);

impl Method {
    /// A method known at compile time.
    pub const fn new(name: &'static str) -> Self {
        Self(std::borrow::Cow::Borrowed(name))
    }
}

/// Where a value was read: a block of the page, its line in the source, the characters of the block's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Locus {
    /// Index of the block in the page.
    pub block: u32,
    /// Line in the source, 1-based.
    pub line: u32,
    /// Bytes of the block's text.
    pub span: Span,
}

/// A text value read from a page, as printed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Field {
    /// As printed.
    pub text: String,
    /// Line in the source, 1-based; `null` when it was read outside the lines (the address, a metadata tag).
    pub line: Option<u32>,
    /// The exact place; `null` as for `line`.
    pub locus: Option<Locus>,
    /// How sure.
    pub confidence: Confidence,
    /// By which rule.
    pub method: Method,
}

impl Field {
    /// A value printed at `locus`.
    pub fn at(text: impl Into<String>, locus: Locus, confidence: f32, method: &'static str) -> Self {
        Self {
            text: text.into(),
            line: Some(locus.line),
            locus: Some(locus),
            confidence: Confidence::new(confidence),
            method: Method::new(method),
        }
    }

    /// A value read outside the lines of the page: from its address or its metadata.
    pub fn outside(text: impl Into<String>, confidence: f32, method: &'static str) -> Self {
        Self {
            text: text.into(),
            line: None,
            locus: None,
            confidence: Confidence::new(confidence),
            method: Method::new(method),
        }
    }
}
