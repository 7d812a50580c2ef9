//! Files that hold pages, or name them.

pub(crate) mod list;
pub(crate) mod warc;
pub(crate) mod zip;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use diwan_formats::{feed, sitemap};
use flate2::read::MultiGzDecoder;

/// What a file is, as far as it matters to getting the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A page, or something that is refused when it is read.
    Page,
    /// A web archive, plain or in gzip members.
    Warc,
    /// A ZIP file: a web archive (WACZ), a document, or pages.
    Zip,
    /// A list of addresses in XML: a feed or a sitemap.
    Feed,
    /// A sitemap or an index of them.
    Sitemap,
    /// A table of addresses or paths.
    Table,
}

/// The largest list, unpacked: what the sitemap protocol allows, and a little.
pub(crate) const MAX_LIST: u64 = 64 << 20;

/// How many bytes are looked at.
const HEAD: u64 = 4096;

/// Looks at the first bytes of a file.
pub(crate) fn kind_of_file(path: &Path) -> Kind {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    if read.is_err() { Kind::Page } else { kind(&head, &path.to_string_lossy()) }
}

/// Looks at the first bytes; `name` tells tables from prose.
pub(crate) fn kind(head: &[u8], name: &str) -> Kind {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Kind::Zip;
    }
    if head.starts_with(&[0x1F, 0x8B]) {
        let mut inner = Vec::new();
        let cut = head.get(..head.len().min(HEAD as usize)).unwrap_or(head);
        // The head is cut off, so its end is an error; what came before counts.
        let _ = MultiGzDecoder::new(cut).take(HEAD).read_to_end(&mut inner);
        return match kind(&inner, name.trim_end_matches(".gz")) {
            kind @ (Kind::Warc | Kind::Feed | Kind::Sitemap) => kind,
            _ => Kind::Page,
        };
    }
    if head.starts_with(b"WARC/") {
        return Kind::Warc;
    }
    if sitemap::is_sitemap(head) {
        return Kind::Sitemap;
    }
    if feed::is_feed(head) {
        return Kind::Feed;
    }
    let lower = name.to_ascii_lowercase();
    if (lower.ends_with(".csv") || lower.ends_with(".tsv")) && list::is_table(head) {
        return Kind::Table;
    }
    Kind::Page
}

/// The bytes of a list, unpacked, up to `limit`.
pub(crate) fn unpacked(path: &Path, limit: u64) -> Result<Vec<u8>, String> {
    let file = File::open(path).map_err(|error| crate::folder::why(&error))?;
    let mut reader = BufReader::new(file);
    let packed = std::io::BufRead::fill_buf(&mut reader).is_ok_and(|head| head.starts_with(&[0x1F, 0x8B]));
    let mut bytes = Vec::new();
    let read = match packed {
        true => diwan_formats::http::read_limited(MultiGzDecoder::new(reader), limit, &mut bytes),
        false => diwan_formats::http::read_limited(reader, limit, &mut bytes),
    };
    read.map_err(|error| error.to_string())?;
    Ok(bytes)
}

/// What kind of list some fetched bytes are, and the addresses that it names: `feed` or `sitemap`. `None` for pages.
///
/// ```
/// let (kind, addresses) = diwan_capture::list_of(
///     b"<rss><channel><item><link>/notes/1</link></item></channel></rss>",
///     "https://ministry.example/feed.xml",
/// )
/// .unwrap();
/// assert_eq!((kind, addresses), ("feed", vec!["https://ministry.example/notes/1".to_owned()]));
/// ```
pub fn list_of(bytes: &[u8], address: &str) -> Option<(&'static str, Vec<String>)> {
    let mut whole = Vec::new();
    let kind = kind(bytes, address);
    let bytes = match bytes.starts_with(&[0x1F, 0x8B]) {
        true => {
            diwan_formats::http::read_limited(MultiGzDecoder::new(bytes), MAX_LIST, &mut whole).ok()?;
            &whole
        }
        false => bytes,
    };
    let (name, (named, _)) = match kind {
        Kind::Feed => ("feed", list::of_feed(bytes, Some(address))),
        Kind::Sitemap => ("sitemap", list::of_sitemap(bytes, Some(address))),
        _ => return None,
    };
    let addresses = named.into_iter().filter_map(|one| match one {
        list::Named::Address { address, .. } | list::Named::Sitemap(address) => Some(address),
        _ => None,
    });
    Some((name, addresses.collect()))
}
