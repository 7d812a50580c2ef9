//! Normal forms are idempotent and map back onto boundaries.
#![no_main]

use diwan_model::{LanguageTag, Span};
use diwan_text::normal::{Form, normal};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((choice, rest)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let lang = LanguageTag::new(["und", "fa", "ar", "tr", "fr"][usize::from(*choice) % 5]);
    for form in [Form::Light, Form::Strong] {
        let once = normal(&text, form, &lang);
        assert_eq!(normal(&once.text, form, &lang).text, once.text);
        for (at, c) in once.text.char_indices() {
            let span = Span::new(&once.text, at, at + c.len_utf8()).expect("on boundaries");
            assert!(once.printed(&text, span).is_some());
        }
    }
});
