//! Any bytes are read as a page that was saved whole.
#![no_main]

use diwan_formats::{mhtml, single_file};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = single_file::read_mark(data);
    let _ = mhtml::is_mhtml(data);
    if let Some(page) = mhtml::read_mhtml(data) {
        assert!(page.page.len() <= data.len());
    }
});
