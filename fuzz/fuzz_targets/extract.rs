//! The main text of any bytes: nothing crashes, the same bytes give the same article, and its date exists.
#![no_main]

use diwan_model::{Capture, CaptureHash};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((choice, bytes)) = data.split_first() else { return };
    let capture = Capture {
        sha256: CaptureHash::of(bytes),
        media_type: if *choice < 200 { "text/html" } else { "text/plain" }.to_owned(),
        bytes: bytes.len() as u64,
        address: (choice % 2 == 0).then(|| "https://ministry.example/2021/12/a-joint-statement/".to_owned()),
        source: None,
        declared_encoding: None,
    };
    let article = diwan_extract::article(bytes, &capture);
    if let Some(date) = &article.date {
        assert!(diwan_extract::published::machine_day(date).is_some(), "{date}");
    }
    assert_eq!(article, diwan_extract::article(bytes, &capture));
});
