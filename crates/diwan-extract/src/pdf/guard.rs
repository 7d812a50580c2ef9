//! What a PDF unpacks to, counted before anything is unpacked into memory.
//!
//! A few kilobytes of a packed stream can become gigabytes, and the interpreter unpacks a stream whole. So each stream that
//! could swell is unpacked into nothing first, by what its bytes are and not by what the document says of them.

use std::io::{self, Read};

use flate2::read::ZlibDecoder;
use memchr::memmem;

/// The most bytes that one stream may unpack to: four times what a page is allowed altogether.
const MAX_STREAM: u64 = 128 << 20;
/// The most bytes of all streams together, pictures apart.
const MAX_ALL: u64 = 1 << 30;
/// Deflate makes a thousand bytes of one at most.
const MOST: u64 = 1032;
/// How far before its bytes a stream says how it is packed.
const HEAD: usize = 512;

/// Whether the streams of a document unpack to more than it may need.
pub(crate) fn swells(bytes: &[u8]) -> bool {
    // A document that could not reach the limit needs no look.
    if bytes.len() as u64 * MOST < MAX_STREAM {
        return false;
    }
    let mut all = 0;
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memmem::find(rest, b"stream")) {
        let from = at + found + b"stream".len();
        let rest = bytes.get(from..).unwrap_or_default();
        let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        let rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        at = from;
        let head = bytes.get((from - b"stream".len()).saturating_sub(HEAD)..from).unwrap_or_default();
        if head.ends_with(b"endstream") {
            continue;
        }
        let head = memmem::rfind(head, b"obj").and_then(|k| head.get(k..)).unwrap_or(head);
        if packings(head) > 1 {
            return true;
        }
        let plain = ascii_85(head, rest);
        let (size, read) = unpacked(plain.as_deref().unwrap_or(rest));
        if size > MAX_STREAM {
            return true;
        }
        if memmem::find(head, b"/Image").is_none() {
            all += size;
        }
        if plain.is_none() {
            at += read;
        }
    }
    all > MAX_ALL
}

/// How many times a stream is packed, as its head says: once is usual, twice makes a million bytes of one.
fn packings(head: &[u8]) -> usize {
    [b"/FlateDecode".as_slice(), b"/Fl ", b"/Fl/", b"/Fl]", b"/LZWDecode", b"/RunLengthDecode"]
        .into_iter()
        .map(|name| memmem::find_iter(head, name).count())
        .sum()
}

/// The bytes of a stream that is written in letters (`/ASCII85Decode`), where its head says so.
fn ascii_85(head: &[u8], rest: &[u8]) -> Option<Vec<u8>> {
    memmem::find(head, b"/ASCII85Decode").or_else(|| memmem::find(head, b"/A85"))?;
    let end = memmem::find(rest, b"~>")?;
    let mut out = Vec::with_capacity(end / 5 * 4);
    let mut group = Vec::with_capacity(5);
    let value = |group: &[u8]| {
        let digits = group.iter().copied().chain(std::iter::repeat(84)).take(5);
        digits.fold(0_u32, |n, digit| n.wrapping_mul(85).wrapping_add(u32::from(digit)))
    };
    for byte in rest.get(..end)? {
        match byte {
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(byte - b'!'),
            _ => {}
        }
        if group.len() == 5 {
            out.extend(value(&group).to_be_bytes());
            group.clear();
        }
    }
    out.extend(value(&group).to_be_bytes().iter().take(group.len().saturating_sub(1)));
    Some(out)
}

/// How many bytes come out of a packed stream, counted up to the limit, and how many went in.
fn unpacked(packed: &[u8]) -> (u64, usize) {
    // The first byte of a stream packed by deflate says so.
    if packed.first().is_none_or(|byte| byte & 0x0F != 8) {
        return (0, 0);
    }
    let mut decoder = ZlibDecoder::new(packed);
    let mut limited = (&mut decoder).take(MAX_STREAM + 1);
    // What breaks off is broken; it gave what it gave.
    let _ = io::copy(&mut limited, &mut io::sink());
    (decoder.total_out(), usize::try_from(decoder.total_in()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn packed(bytes: usize) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        for _ in 0..bytes >> 20 {
            encoder.write_all(&[0; 1 << 20]).unwrap();
        }
        encoder.finish().unwrap()
    }

    fn document(head: &str, stream: &[u8]) -> Vec<u8> {
        let mut out = format!("%PDF-1.7\n1 0 obj\n<< {head} >>\nstream\n").into_bytes();
        out.extend(stream);
        out.extend(b"\nendstream\nendobj\n");
        out
    }

    #[test]
    fn a_stream_that_swells_is_known_beforehand() {
        let bomb = packed(130 << 20);
        assert!(bomb.len() < 200 << 10);
        assert!(swells(&document("/Filter /FlateDecode", &bomb)));
        let large = packed(100 << 20);
        assert!(!swells(&document("/Filter /FlateDecode", &large)), "large, but not too large");
        assert!(swells(&document("/Filter [/FlateDecode /FlateDecode]", &[b'x'; 200 << 10])));
        assert!(!swells(&document("/Filter /DCTDecode", &[b'x'; 200 << 10])));
    }

    #[test]
    fn letters_are_bytes() {
        assert_eq!(ascii_85(b"/ASCII85Decode", b"87cURD]i,\"Ebo80~>").unwrap(), b"Hello World!");
        assert_eq!(ascii_85(b"/ASCII85Decode", b"87cUR\nD]~>").unwrap(), b"Hello");
        assert_eq!(ascii_85(b"/Filter /FlateDecode", b"87cURD~>"), None);
    }
}
