//! Any text gives dates in order, on boundaries.
#![no_main]

use diwan_model::{LanguageTag, PartialDate};
use diwan_text::dates::{DateOptions, find_dates};
use libfuzzer_sys::fuzz_target;

const LANGS: [&str; 8] = ["ar", "fa", "en", "fr", "und", "de", "tr", "zh"];

fuzz_target!(|data: &[u8]| {
    let Some((choice, rest)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let lang = LanguageTag::new(LANGS[usize::from(*choice) % LANGS.len()]);
    let issued = (*choice > 127).then(|| PartialDate::day(2021, 12, 3));
    let mut end = 0;
    for mention in find_dates(&text, &DateOptions { lang, issued }) {
        assert!(mention.span.start() >= end && !mention.span.of(&text).is_empty());
        assert_eq!(mention.value.to_string().parse(), Ok(mention.value));
        end = mention.span.end();
    }
});
