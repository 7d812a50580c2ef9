//! Restoring ZWNJ adds nothing else and is idempotent.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let restored = diwan_text::zwnj::restore(&text);
    let bare = |t: &str| t.replace('\u{200c}', "");
    assert_eq!(bare(&restored.text), bare(&text));
    assert_eq!(diwan_text::zwnj::restore(&restored.text).text, restored.text);
});
