//! The way of the data: bytes → page → statements. A newcomer reads this file first.

use diwan_extract::furniture::{self, SiteFurniture};
use diwan_formats::{mhtml, single_file};
use diwan_model::{Capture, CaptureHash, Finding, Page, Reading};

use crate::facts;

/// A page that a browser saved whole.
const MHTML: &str = "multipart/related";

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

/// The capture of some bytes: their hash, size and media type. A page that was saved whole says where it came from.
pub(crate) fn capture(bytes: &[u8], origin: Origin) -> Capture {
    let saved = mhtml::is_mhtml(bytes).then(|| mhtml::read_mhtml(bytes)).flatten();
    let recognised = if saved.is_some() { MHTML } else { diwan_extract::media_type(bytes) };
    let media_type = match &origin.media_type {
        Some(told) if saved.is_none() => diwan_capture::agree(told, recognised),
        _ => recognised.to_owned(),
    };
    let own = saved.and_then(|page| page.address);
    let own = own.or_else(|| single_file::read_mark(bytes).map(|mark| mark.address));
    Capture {
        sha256: CaptureHash::of(bytes),
        media_type,
        bytes: bytes.len() as u64,
        address: origin.address.or(own),
        source: origin.source,
        declared_encoding: origin.encoding,
    }
}

/// The page in a capture's bytes, before anything is described in it.
pub(crate) fn page(bytes: &[u8], capture: &Capture) -> Page {
    extract(bytes, capture).0
}

fn extract(bytes: &[u8], capture: &Capture) -> (Page, Vec<Finding>) {
    let saved = (capture.media_type == MHTML).then(|| mhtml::read_mhtml(bytes)).flatten();
    match saved {
        // The page itself is read, out of the file in which a browser saved it.
        Some(saved) => {
            let (media_type, declared_encoding) = (saved.media_type, saved.charset);
            diwan_extract::extract(&saved.page, &Capture { media_type, declared_encoding, ..capture.clone() })
        }
        None => diwan_extract::extract(bytes, capture),
    }
}

/// Reads a capture's bytes. Cannot fail: what could not be read is a finding. `site` is what is known of the site it comes from.
pub(crate) fn read(bytes: &[u8], capture: Capture, site: Option<&SiteFurniture>) -> Reading {
    let (mut page, mut findings) = extract(bytes, &capture);
    if let Some(site) = site {
        furniture::mark(&mut page, site);
    }
    let (mut statements, more) = diwan_describe::describe(&mut page, &capture);
    findings.extend(more);
    diwan_ledger::mentions(&page.blocks, &mut statements);
    findings.extend(diwan_ledger::findings(&page.blocks, &statements));
    findings.extend(facts::read(&mut statements, &capture));
    Reading::new(capture, page, statements, findings)
}
