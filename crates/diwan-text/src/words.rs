//! Words of a text.

use diwan_model::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WordKind {
    /// Letters.
    Word,
    /// Digits, with their separators.
    Number,
    /// Anything else that is printed.
    Punctuation,
}

/// A token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: WordKind,
}

/// The words of `text` in order; spaces lie between them.
pub fn words(text: &str) -> Vec<Word> {
    text.split_whitespace()
        .filter_map(|w| Some(Word { span: Span::of_slice(text, w)?, kind: WordKind::Word }))
        .collect()
}
