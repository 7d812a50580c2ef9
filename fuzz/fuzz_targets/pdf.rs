//! Any bytes as a PDF, and any bytes as what a page of a sound PDF draws: nothing crashes, nothing goes on and on.
#![no_main]

use diwan_model::{Capture, CaptureHash};
use libfuzzer_sys::fuzz_target;

// What breaks inside the interpreter is caught and told; only what breaks in our own code counts.
fuzz_target!(init: { drop(std::panic::take_hook()); }, |data: &[u8]| {
    let Some((choice, rest)) = data.split_first() else { return };
    let bytes = match choice % 4 {
        0 => rest.to_vec(),
        1 => [b"%PDF-1.7\n", rest].concat(),
        2 => page(rest, b"<0041> <06280627> <0042> <FEFB>"),
        _ => page(b"BT /F 12 Tf 72 700 Td <00410042> Tj ET", rest),
    };
    let capture = Capture {
        sha256: CaptureHash::of(&bytes),
        media_type: "application/pdf".to_owned(),
        bytes: bytes.len() as u64,
        address: None,
        source: None,
        declared_encoding: None,
    };
    let (page, findings) = diwan_extract::extract(&bytes, &capture);
    assert!(page.blocks.iter().all(|block| block.page.is_some()));
    assert!(page.blocks.len() <= data.len() + 64 && findings.len() < 64);
});

/// A PDF of one page that draws `content`, with a font whose signs mean what `letters` says.
fn page(content: &[u8], letters: &[u8]) -> Vec<u8> {
    let cmap = [
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar "
            .as_slice(),
        letters,
        b" endbfchar endcmap end",
    ]
    .concat();
    let stream = |dict: &str, bytes: &[u8]| {
        let head = format!("<< {dict} /Length {} >>\nstream\n", bytes.len());
        [head.as_bytes(), bytes, b"\nendstream"].concat()
    };
    let objects: [Vec<u8>; 8] = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /X 8 0 R >> >> >>".to_vec(),
        stream("", content),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>".to_vec(),
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>".to_vec(),
        stream("", &cmap),
        stream("/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /X 8 0 R >> >>", b"/X Do /X Do"),
    ];
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (k, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", k + 1).as_bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").as_bytes());
    }
    let size = objects.len() + 1;
    out.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").as_bytes());
    out
}
