//! Any bytes are read; what is said of them points to real characters.
#![no_main]

use diwan_model::{Capture, CaptureHash};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((choice, bytes)) = data.split_first() else { return };
    let capture = Capture {
        sha256: CaptureHash::of(bytes),
        media_type: if choice % 2 == 0 { "text/html" } else { "text/plain" }.to_owned(),
        bytes: bytes.len() as u64,
        address: (*choice > 127).then(|| "https://ministry.example/a-joint-statement/".to_owned()),
        source: None,
        declared_encoding: None,
    };
    let (mut page, _) = diwan_extract::extract(bytes, &capture);
    let (statements, _) = diwan_describe::describe(&mut page, &capture);
    for sentence in statements.iter().flat_map(|s| &s.versions).flat_map(|v| &v.sentences) {
        if let Some(locus) = sentence.locus {
            let block = page.blocks.get(locus.block as usize).expect("a block of the page");
            assert_eq!(locus.span.of(&block.text), sentence.text);
        }
    }
});
