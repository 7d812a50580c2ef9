//! A range of a text that is always on character boundaries.
//!
//! Byte-slicing Arabic is the classic bug, so a span cannot be built from two numbers alone: it is checked
//! once against its text and is then safe to use on that text.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A half-open byte range of one text, on character boundaries of that text.
///
/// ```
/// use diwan_model::Span;
/// let text = "داعش";
/// assert!(Span::new(text, 0, 1).is_none(), "inside a letter");
/// assert_eq!(Span::new(text, 0, 2).unwrap().of(text), "د");
/// ```
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span `start..end` of `text`, or `None` where an end is outside the text or inside a character.
    pub fn new(text: &str, start: usize, end: usize) -> Option<Self> {
        text.get(start..end)?;
        Some(Self { start: u32::try_from(start).ok()?, end: u32::try_from(end).ok()? })
    }

    /// The whole of `text` (cut at 4 GiB, far above the size limits of reading).
    pub fn whole(text: &str) -> Self {
        Self { start: 0, end: u32::try_from(text.len()).unwrap_or(u32::MAX) }
    }

    /// Where `part` lies inside `text`; `None` unless `part` is a slice of `text` itself.
    ///
    /// ```
    /// use diwan_model::Span;
    /// let text = "  ۳ دسامبر ";
    /// assert_eq!(Span::of_slice(text, text.trim()).unwrap().start(), 2);
    /// ```
    pub fn of_slice(text: &str, part: &str) -> Option<Self> {
        let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
        Self::new(text, start, start.checked_add(part.len())?)
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// The byte after the last.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The text it covers; empty when given another, shorter text than the one it was made on.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Whether two spans of the same text share a character.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies inside this one.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The same range as code points of `text`, as the JSON output counts: (start, end).
    ///
    /// ```
    /// use diwan_model::Span;
    /// let text = "روز ۳ دسامبر";
    /// let at = text.find('۳').unwrap();
    /// assert_eq!(Span::new(text, at, text.len()).unwrap().code_points(text), (4, 12));
    /// ```
    pub fn code_points(self, text: &str) -> (usize, usize) {
        let before = text.get(..self.start()).map_or(0, |t| t.chars().count());
        (before, before + self.of(text).chars().count())
    }
}
