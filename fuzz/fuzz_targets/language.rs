//! Any text has a language, or none.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let guess = diwan_text::language::identify(&text, &[]);
    assert!((0.0..=1.0).contains(&guess.confidence.value()));
});
