//! Any text gives numbers in order, on boundaries.
#![no_main]

use diwan_model::LanguageTag;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((choice, rest)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let lang = LanguageTag::new(["ar", "fa", "en", "fr", "und"][usize::from(*choice) % 5]);
    let mut end = 0;
    for mention in diwan_text::numbers::find_numbers(&text, &lang) {
        assert!(mention.span.start() >= end && !mention.span.of(&text).is_empty());
        end = mention.span.end();
    }
});
