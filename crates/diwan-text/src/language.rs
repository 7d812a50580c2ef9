//! Which language a text is in.
//!
//! The script is looked at first. Within it every language that is written in it is asked what the words would cost
//! there: how common each word is and, where it is not in the list, how it is spelt ([`model`]). Which of the
//! look-alike letters was typed (ي or ی) is weighed once for the whole text, since it tells of the keyboard as much as
//! of the language. A language that is not known, and a text too short to tell, are `und`; lines of numbers, codes and addresses
//! are `zxx`.
//!
//! The method, its sources and its figures: `docs/text/language.md`.

mod fold;
mod forms;
mod model;
mod reader;
mod segments;
pub mod train;

use diwan_model::{Confidence, Direction, LanguageTag};

use crate::script::Script;

pub use segments::segments;

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

impl Guess {
    fn new(lang: LanguageTag, confidence: f32, script: Option<Script>) -> Self {
        Self {
            lang,
            confidence: Confidence::new(confidence),
            script,
            dir: script.map(Script::direction).unwrap_or_default(),
        }
    }
}

/// The language of `text`, among `candidates` (all known ones if empty).
///
/// `und` where no candidate fits or too little is there to tell; `zxx` where there are no words (numbers, codes,
/// addresses). Kurmanji Kurdish is `ku`, Sorani `ckb`.
///
/// ```
/// use diwan_text::language::identify;
/// assert_eq!(identify("صدر البيان عن الوزارة", &[]).lang.as_str(), "ar");
/// assert_eq!(identify("این بیانیه امروز منتشر شد", &[]).lang.as_str(), "fa");
/// assert_eq!(identify("A/76/L.12 (2021)", &[]).lang.as_str(), "zxx");
/// ```
pub fn identify(text: &str, candidates: &[LanguageTag]) -> Guess {
    reader::read(text, candidates)
}
