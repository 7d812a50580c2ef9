//! The sound of a word in any script, coarse enough that a name meets its transliteration.

/// The sounds of a word in strong normal form, as the keys of names have them: none for short words.
pub fn sounds(word: &str) -> Vec<String> {
    diwan_text::names::sounds(word)
}
