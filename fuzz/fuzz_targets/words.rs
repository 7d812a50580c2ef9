//! Words lie in order; stems exist for all of them.
#![no_main]

use diwan_model::LanguageTag;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let mut end = 0;
    for word in diwan_text::words::words(&text) {
        assert!(word.span.start() >= end && !word.span.is_empty());
        end = word.span.end();
        for lang in ["ar", "fa", "en", "fr"] {
            let lang = LanguageTag::new(lang);
            let strong = diwan_text::normal::strong(word.span.of(&text));
            let _ = diwan_text::stem::stem(&strong, &lang);
        }
    }
});
