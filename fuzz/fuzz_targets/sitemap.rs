//! Any bytes are read as a sitemap, and as rules for robots.
#![no_main]

use diwan_formats::robots::Robots;
use diwan_formats::sitemap::{is_sitemap, read_sitemap};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = is_sitemap(data);
    for entry in read_sitemap(data).entries {
        assert!(!entry.address.is_empty());
    }
    let text = String::from_utf8_lossy(data);
    let robots = Robots::new(&text, "diwan");
    let path = text.lines().last().unwrap_or("/");
    let _ = robots.allows(path);
    assert!(robots.allows("/robots.txt"));
});
