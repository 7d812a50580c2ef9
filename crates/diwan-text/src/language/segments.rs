//! The languages inside a mixed paragraph.

use diwan_model::{LanguageTag, Span};

use super::{Guess, identify};

/// The languages inside `text`, in order; the spans cover all of it.
pub fn segments(text: &str, candidates: &[LanguageTag]) -> Vec<(Span, Guess)> {
    if text.is_empty() { Vec::new() } else { vec![(Span::whole(text), identify(text, candidates))] }
}
