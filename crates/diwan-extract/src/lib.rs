//! Bytes become a page: decoded text in ordered blocks with line, language and direction.
//!
//! Reading cannot fail: what is broken is read as far as it goes, and a finding says so. Plain text gives a block
//! a line (hard-wrapped paragraphs are joined); HTML gives a block a paragraph, heading, item, row or line, with the
//! line of the source where its first letter stands. What a browser would not show is not read.
//!
//! ```
//! use diwan_model::{Capture, CaptureHash};
//! let bytes = "<p>It met.<p>It spoke.".as_bytes();
//! let capture = Capture {
//!     sha256: CaptureHash::of(bytes),
//!     media_type: diwan_extract::media_type(bytes).to_owned(),
//!     bytes: bytes.len() as u64,
//!     address: None,
//!     source: None,
//!     declared_encoding: None,
//! };
//! let (page, findings) = diwan_extract::extract(bytes, &capture);
//! assert_eq!(page.blocks.len(), 2);
//! assert!(findings.is_empty());
//! ```

mod article;
mod decode;
pub mod furniture;
mod html;
mod language;
pub mod main_text;
mod media;
mod mojibake;
mod numbers;
mod office;
mod pdf;
mod plain;
pub mod published;
mod space;

pub use article::{Article, article};
pub use decode::{Decoded, decode, decode_from};
pub use media::media_type;
pub use mojibake::Undone;

use diwan_model::{Capture, Finding, Page, Quote, Severity};

/// The most bytes of a capture that are read; what follows is left out with a finding.
pub const MAX_BYTES: usize = 32 << 20;
/// The most blocks of a page; what follows is left out with a finding.
pub const MAX_BLOCKS: usize = 200_000;

/// Reads the bytes of a capture. The roles of the blocks are not told yet.
pub fn extract(bytes: &[u8], capture: &Capture) -> (Page, Vec<Finding>) {
    let mut findings = Vec::new();
    let read = bytes.get(..MAX_BYTES.min(bytes.len())).unwrap_or(bytes);
    if read.len() < bytes.len() {
        findings.push(finding(
            "page-too-long",
            Severity::Medium,
            format!("The page has {} bytes; only the first {MAX_BYTES} were read.", bytes.len()),
        ));
    }
    let is_html = match capture.media_type.as_str() {
        "text/html" | "application/xhtml+xml" => true,
        kind if kind.starts_with("text/") => false,
        "application/pdf" => {
            let page = pdf::read(read, &mut findings);
            return (finish(page, &mut findings), findings);
        }
        other => {
            if let Some(kind) = document(other, read) {
                let page = office::read(read, kind, &mut findings);
                return (finish(page, &mut findings), findings);
            }
            findings.push(finding(
                "media-type-not-read",
                Severity::Medium,
                format!("Pages of the type {other} cannot be read yet."),
            ));
            return (Page::default(), findings);
        }
    };
    let (declared, address) = (capture.declared_encoding.as_deref(), capture.address.as_deref());
    let decoded = decode_from(read, declared, is_html, address);
    if let Some(told) = &decoded.contradicted {
        findings.push(finding(
            "encoding-disagrees",
            Severity::Low,
            format!("The page is said to be {told}, but its bytes read as {}.", decoded.encoding),
        ));
    }
    if decoded.replaced > 0 {
        findings.push(finding(
            "bytes-not-read",
            Severity::Low,
            format!("{} places hold bytes that are no text in {}.", decoded.replaced, decoded.encoding),
        ));
    }
    if let Some(undone) = &decoded.undone {
        let (line, before, after) = undone.first.clone();
        let message = format!(
            "The text had been decoded wrongly before it was saved ({} as windows-1252); this was undone in {} lines.",
            undone.encoding, undone.lines
        );
        let quotes = vec![Quote { line, text: before }, Quote { line, text: after }];
        findings.push(Finding::new("mojibake-undone", Severity::Low, message, quotes));
    }
    let mut page =
        if is_html { html::read(&decoded.text, capture, &mut findings) } else { plain::read(&decoded.text) };
    page.encoding = decoded.encoding.to_owned();
    (finish(page, &mut findings), findings)
}

/// Which document of a word processor the bytes are.
fn document(media_type: &str, bytes: &[u8]) -> Option<office::Kind> {
    let zipped = media_type == "application/zip"
        || media_type.contains("officedocument.wordprocessing")
        || media_type.contains("opendocument.text");
    zipped.then(|| office::kind(bytes)).flatten()
}

/// Limits and languages, for pages of every kind.
fn finish(mut page: Page, findings: &mut Vec<Finding>) -> Page {
    if page.blocks.len() > MAX_BLOCKS {
        findings.push(finding(
            "page-too-long",
            Severity::Medium,
            format!("The page has {} blocks; only the first {MAX_BLOCKS} were read.", page.blocks.len()),
        ));
        page.blocks.truncate(MAX_BLOCKS);
        page.links.retain(|link| link.block.is_none_or(|k| (k as usize) < MAX_BLOCKS));
    }
    language::fill(&mut page);
    page
}

fn finding(kind: &'static str, severity: Severity, message: String) -> Finding {
    Finding::new(kind, severity, message, Vec::new())
}
