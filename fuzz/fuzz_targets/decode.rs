//! Any bytes become text; text that was mended needs no mending.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    for declared in [None, Some("windows-1252"), Some("utf-8"), Some("iso-8859-6")] {
        let decoded = diwan_extract::decode_from(data, declared, true, Some("https://a.example.ir/"));
        if let Some(undone) = decoded.undone {
            assert!(undone.lines > 0 && undone.first.0 > 0);
        }
    }
});
