//! The way of the data: bytes → page → statements. A newcomer reads this file first.

use diwan_model::{Capture, CaptureHash, Reading};

use crate::facts;

/// What is known of some bytes beside the bytes themselves.
#[derive(Debug, Clone, Default)]
pub(crate) struct Origin {
    /// The address they came from.
    pub(crate) address: Option<String>,
    /// The file they were read from, as the user named it.
    pub(crate) source: Option<String>,
    /// Media type and encoding that the transport declared.
    pub(crate) media_type: Option<String>,
    /// The encoding that the transport declared.
    pub(crate) encoding: Option<String>,
}

/// The capture of some bytes: their hash, size and media type (declared, else recognised).
pub(crate) fn capture(bytes: &[u8], origin: Origin) -> Capture {
    let media_type = origin.media_type.unwrap_or_else(|| diwan_extract::media_type(bytes).to_owned());
    Capture {
        sha256: CaptureHash::of(bytes),
        media_type,
        bytes: bytes.len() as u64,
        address: origin.address,
        source: origin.source,
        declared_encoding: origin.encoding,
    }
}

/// Reads a capture's bytes. Cannot fail: what could not be read is a finding.
pub(crate) fn read(bytes: &[u8], capture: Capture) -> Reading {
    let (mut page, mut findings) = diwan_extract::extract(bytes, &capture);
    let (mut statements, more) = diwan_describe::describe(&mut page, &capture);
    findings.extend(more);
    diwan_ledger::mentions(&page.blocks, &mut statements);
    findings.extend(facts::read(&mut statements));
    Reading::new(capture, page, statements, findings)
}
