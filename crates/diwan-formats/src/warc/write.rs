//! Writing a WARC file.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

/// A record to be written.
#[derive(Debug, Clone, Copy)]
pub struct WarcEntry<'a> {
    /// `warcinfo`, `request`, `response`, `resource`, `revisit`.
    pub kind: &'a str,
    /// Its identity within and beyond this file: any text; the record's UUID is made from it, so that writing again gives
    /// the same bytes.
    pub identity: &'a str,
    /// The address it is about.
    pub address: Option<&'a str>,
    /// When it was captured: RFC 3339 in UTC.
    pub date: &'a str,
    /// What the body is: `application/http;msgtype=response`, `text/html` …
    pub content_type: &'a str,
    /// Other fields.
    pub fields: &'a [(&'a str, &'a str)],
    /// The head of the HTTP message, with the empty line after it; empty where the body is none.
    pub head: &'a [u8],
    /// What follows the head.
    pub payload: &'a [u8],
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenRecord {
    /// `<urn:uuid:…>`.
    pub id: String,
    /// Where its gzip member begins in the file.
    pub place: u64,
    /// How many bytes it takes there.
    pub length: u64,
}

/// Writes records, each a gzip member of its own, with SHA-256 digests of block and payload.
///
/// ```
/// use diwan_formats::warc::{WarcEntry, WarcReader, WarcWriter};
/// let mut file = Vec::new();
/// let mut writer = WarcWriter::new(&mut file);
/// writer.write(&WarcEntry {
///     kind: "resource",
///     identity: "page 1",
///     address: Some("https://ministry.example/"),
///     date: "2026-01-31T09:00:00Z",
///     content_type: "text/plain",
///     fields: &[],
///     head: b"",
///     payload: b"It met.",
/// })?;
/// let mut reader = WarcReader::new(file.as_slice());
/// assert_eq!(reader.next_record()?.unwrap()?.address(), Some("https://ministry.example/"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct WarcWriter<W> {
    out: W,
    at: u64,
}

impl<W: Write> WarcWriter<W> {
    /// Begins a file.
    pub fn new(out: W) -> Self {
        Self { out, at: 0 }
    }

    /// Writes one record.
    ///
    /// # Errors
    /// What the writer gives.
    pub fn write(&mut self, entry: &WarcEntry<'_>) -> io::Result<WrittenRecord> {
        let id = record_id(entry.identity);
        let place = self.at;
        let length = entry.head.len() + entry.payload.len();
        let mut header = format!("WARC/1.1\r\nWARC-Type: {}\r\nWARC-Record-ID: {id}\r\n", entry.kind);
        let mut field = |name: &str, value: &str| {
            // A line break would begin another field.
            let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            header.push_str(&format!("{name}: {value}\r\n"));
        };
        field("WARC-Date", entry.date);
        if let Some(address) = entry.address {
            field("WARC-Target-URI", address);
        }
        for (name, value) in entry.fields {
            field(name, value);
        }
        field("Content-Type", entry.content_type);
        let mut block = Sha256::new();
        block.update(entry.head);
        block.update(entry.payload);
        field("WARC-Block-Digest", &digest(block));
        if !entry.head.is_empty() {
            field("WARC-Payload-Digest", &digest(Sha256::new_with_prefix(entry.payload)));
        }
        header.push_str(&format!("Content-Length: {length}\r\n\r\n"));
        let mut member = GzEncoder::new(Counting { out: &mut self.out, n: 0 }, Compression::default());
        for part in [header.as_bytes(), entry.head, entry.payload, b"\r\n\r\n"] {
            member.write_all(part)?;
        }
        let written = member.finish()?.n;
        self.at += written;
        Ok(WrittenRecord { id, place, length: written })
    }

    /// Ends the file.
    ///
    /// # Errors
    /// What the writer gives.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }
}

struct Counting<W> {
    out: W,
    n: u64,
}

impl<W: Write> Write for Counting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.out.write(bytes)?;
        self.n += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn digest(hash: Sha256) -> String {
    let mut out = "sha256:".to_owned();
    for byte in hash.finalize() {
        out.push_str(&format!("{byte:02x}"));
    }
    out
}

/// The UUID (version 8, as RFC 9562 has it for makers' own schemes) that belongs to an identity.
pub(super) fn record_id(identity: &str) -> String {
    let mut hash: Vec<u8> = Sha256::digest(identity.as_bytes()).to_vec();
    if let Some(byte) = hash.get_mut(6) {
        *byte = (*byte & 0x0F) | 0x80;
    }
    if let Some(byte) = hash.get_mut(8) {
        *byte = (*byte & 0x3F) | 0x80;
    }
    let mut out = "<urn:uuid:".to_owned();
    for (k, byte) in hash.iter().take(16).enumerate() {
        if matches!(k, 4 | 6 | 8 | 10) {
            out.push('-');
        }
        out.push_str(&format!("{byte:02x}"));
    }
    out.push('>');
    out
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;
    use crate::warc::WarcReader;

    #[test]
    fn what_is_written_is_read_and_written_the_same_again() {
        let write = || {
            let mut writer = WarcWriter::new(Vec::new());
            let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
            let mut places = Vec::new();
            for k in 0..3 {
                let entry = WarcEntry {
                    kind: "response",
                    identity: &format!("page {k}"),
                    address: Some("https://ministry.example/a\nb"),
                    date: "2026-01-31T09:00:00Z",
                    content_type: "application/http;msgtype=response",
                    fields: &[("WARC-IP-Address", "192.0.2.1")],
                    head,
                    payload: b"<p>It met.",
                };
                places.push(writer.write(&entry).unwrap().place);
            }
            (writer.finish().unwrap(), places)
        };
        let (file, places) = write();
        assert_eq!(write().0, file);
        let mut reader = WarcReader::new(file.as_slice());
        for place in places {
            let record = reader.next_record().unwrap().unwrap().unwrap();
            assert_eq!((record.place, record.kind()), (Some(place), "response"));
            assert!(record.is_http());
            assert_eq!(record.address(), Some("https://ministry.example/a b"));
            let mut body = Vec::new();
            reader.body().read_to_end(&mut body).unwrap();
            assert!(body.ends_with(b"\r\n\r\n<p>It met."));
        }
        assert!(reader.next_record().unwrap().is_none());
    }
}
