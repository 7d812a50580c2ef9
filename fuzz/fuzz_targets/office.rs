//! Any bytes as a DOCX or ODT document, and any bytes as the text of a sound one: nothing crashes, and the same bytes give the same page.
#![no_main]

use std::io::{Cursor, Write};

use diwan_model::{Capture, CaptureHash};
use libfuzzer_sys::fuzz_target;

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const ODT: &str = "application/vnd.oasis.opendocument.text";

fuzz_target!(|data: &[u8]| {
    let Some((choice, rest)) = data.split_first() else { return };
    let (bytes, media_type) = match choice % 6 {
        0 => (rest.to_vec(), DOCX),
        1 => (zipped(&[("word/document.xml", rest)]), DOCX),
        2 => {
            let body = b"<w:document><w:body><w:p><w:r><w:t>It met</w:t><w:footnoteReference w:id=\"1\"/></w:r></w:p></w:body></w:document>";
            let parts = [("word/document.xml", body.as_slice()), ("word/footnotes.xml", rest), ("word/_rels/document.xml.rels", rest)];
            (zipped(&parts), DOCX)
        }
        3 => (rest.to_vec(), ODT),
        4 => (zipped(&[("mimetype", ODT.as_bytes()), ("content.xml", rest)]), ODT),
        _ => (zipped(&[("mimetype", ODT.as_bytes()), ("content.xml", b"<a/>"), ("meta.xml", rest), ("styles.xml", rest)]), ODT),
    };
    let capture = Capture {
        sha256: CaptureHash::of(&bytes),
        media_type: media_type.to_owned(),
        bytes: bytes.len() as u64,
        address: None,
        source: None,
        declared_encoding: None,
    };
    let read = diwan_extract::extract(&bytes, &capture);
    assert!(read.0.blocks.iter().all(|block| !block.text.is_empty()));
    assert_eq!(read, diwan_extract::extract(&bytes, &capture));
});

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        writer.start_file(*name, stored).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
