//! Prints the blocks of a file: `cargo run -p diwan-extract --example blocks -- FILE`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool of the workshop prints")]

fn main() -> std::io::Result<()> {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(path)?;
        let capture = diwan_model::Capture {
            sha256: diwan_model::CaptureHash::of(&bytes),
            media_type: diwan_extract::media_type(&bytes).to_owned(),
            bytes: bytes.len() as u64,
            address: None,
            source: None,
            declared_encoding: None,
        };
        let (page, findings) = diwan_extract::extract(&bytes, &capture);
        for block in page.blocks {
            println!("{}", block.text);
        }
        for finding in findings {
            eprintln!("{finding:?}");
        }
    }
    Ok(())
}
