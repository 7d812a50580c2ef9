//! Sentences lie in order and lose nothing but spaces.
#![no_main]

use diwan_model::LanguageTag;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((choice, rest)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let lang = LanguageTag::new(["ar", "fa", "en", "fr", "und", "zh"][usize::from(*choice) % 6]);
    let mut end = 0;
    for span in diwan_text::sentences::sentences(&text, &lang) {
        assert!(span.start() >= end && !span.of(&text).is_empty());
        end = span.end();
    }
});
