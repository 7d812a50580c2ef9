//! Any bytes end; every record lies where it says, and a reader that begins there reads the same.
#![no_main]

use std::io::Read;

use diwan_formats::http::{Head, read_body};
use diwan_formats::warc::WarcReader;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut reader = WarcReader::new(data);
    let mut records = 0;
    while let Ok(Some(record)) = reader.next_record() {
        records += 1;
        assert!(records <= data.len() + 1, "it goes on and on");
        let Ok(record) = record else { continue };
        let mut body = Vec::new();
        let whole = reader.body().take(1 << 20).read_to_end(&mut body).is_ok();
        let mut rest = body.as_slice();
        if let Ok(head) = Head::read(&mut rest) {
            let _ = read_body(&head, rest, 1 << 20);
        }
        if let (Some(place), true) = (record.place, whole) {
            let from = usize::try_from(place).unwrap();
            let mut again = WarcReader::starting_at(&data[from..], place);
            let first = again.next_record().unwrap().unwrap().unwrap();
            assert_eq!((first.kind(), first.length), (record.kind(), record.length));
        }
    }
});
