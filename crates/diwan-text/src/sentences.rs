//! Sentences of a paragraph.

use diwan_model::{LanguageTag, Span};

/// The sentences of `text` in order, without the spaces between them.
///
/// ```
/// use diwan_model::LanguageTag;
/// let text = "It met. It spoke.";
/// let spans = diwan_text::sentences::sentences(text, &LanguageTag::new("en"));
/// assert_eq!(spans.iter().map(|s| s.of(text)).collect::<Vec<_>>(), ["It met.", "It spoke."]);
/// ```
pub fn sentences(text: &str, lang: &LanguageTag) -> Vec<Span> {
    let _ = lang;
    text.split_inclusive(". ")
        .map(str::trim)
        .filter(|s| !s.is_empty())
        .filter_map(|s| Span::of_slice(text, s))
        .collect()
}
