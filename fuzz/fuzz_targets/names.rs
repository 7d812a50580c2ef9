//! Names: keys, a symmetric similarity, mentions on boundaries.
#![no_main]

use diwan_model::LanguageTag;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let (a, b) = text.split_once('\n').unwrap_or((&text, ""));
    let there = diwan_text::names::similarity(a, b);
    assert!((0.0..=1.0).contains(&there));
    assert!((there - diwan_text::names::similarity(b, a)).abs() < 1e-4);
    let _ = diwan_text::names::keys(a);
    for lang in ["ar", "fa", "en", "fr"] {
        let mut end = 0;
        for mention in diwan_text::names::find_names(&text, &LanguageTag::new(lang)) {
            assert!(mention.span.start() >= end);
            end = mention.span.end();
        }
    }
});
