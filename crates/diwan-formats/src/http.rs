//! Messages of HTTP as web archives keep them: a head of lines, then a body that may be in chunks and compressed.
//!
//! Archives hold what servers sent, and servers send what they like: a head may say `chunked` over a body that is not, or
//! `gzip` over plain text, because some tools undid the coding and kept the head. What does not begin as the head says is
//! taken as it is.

use std::io::{self, BufRead, Read};

/// The most bytes of a head.
pub const MAX_HEAD: usize = 256 << 10;

/// Why a body cannot be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BodyError {
    /// More bytes than the limit; a small body that unpacks to more is stopped there too.
    #[error("it has more than {0} bytes")]
    TooLarge(u64),
    /// A coding that is not undone here (`zstd`).
    #[error("it is coded as `{0}`, which is not read")]
    Coding(String),
    /// It ends too early or is garbled.
    #[error("it is cut short or garbled: {0}")]
    Broken(String),
}

/// The head of a request or a response.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// `HTTP/1.1 200 OK` or `GET / HTTP/1.1`.
    pub first: String,
    /// Names and values in order, without white space round them.
    pub headers: Vec<(String, String)>,
}

impl Head {
    /// Reads lines up to the empty one, or to the end. Bytes above ASCII become the characters of the same number.
    ///
    /// # Errors
    /// What the reader gives; [`io::ErrorKind::InvalidData`] above [`MAX_HEAD`] bytes.
    pub fn read(reader: &mut impl BufRead) -> io::Result<Self> {
        Self::lines(reader, true)
    }

    /// Reads the fields of a message of mail, which has no first line.
    pub(crate) fn read_fields(reader: &mut impl BufRead) -> io::Result<Self> {
        Self::lines(reader, false)
    }

    fn lines(reader: &mut impl BufRead, mut at_start: bool) -> io::Result<Self> {
        let mut head = Self::default();
        let mut left = MAX_HEAD;
        loop {
            let Some(line) = read_line(reader, &mut left)? else { return Ok(head) };
            if line.is_empty() {
                return Ok(head);
            }
            if std::mem::take(&mut at_start) {
                head.first = line;
            } else if line.starts_with([' ', '\t']) {
                // A folded line belongs to the header above it.
                if let Some((_, value)) = head.headers.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                head.headers.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
    }

    /// The first header of that name, whatever its case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The status of a response.
    pub fn status(&self) -> Option<u16> {
        self.first.starts_with("HTTP/").then(|| self.first.split_whitespace().nth(1)?.parse().ok())?
    }

    /// The head as text: each line ended by CR LF, without the empty line.
    pub fn text(&self) -> String {
        let mut out = format!("{}\r\n", self.first);
        for (name, value) in &self.headers {
            out.push_str(name);
            out.push_str(": ");
            out.push_str(value);
            out.push_str("\r\n");
        }
        out
    }

    /// What `Content-Type` says.
    pub fn content_type(&self) -> ContentType {
        self.get("content-type").map(ContentType::new).unwrap_or_default()
    }
}

/// A line without its end; `None` at the end of the input.
pub(crate) fn read_line(reader: &mut impl BufRead, left: &mut usize) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(*left).unwrap_or(u64::MAX).saturating_add(1);
    let read = reader.by_ref().take(limit).read_until(b'\n', &mut bytes)?;
    if read == 0 {
        return Ok(None);
    }
    *left = left
        .checked_sub(read)
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "the head is too long"))?;
    while bytes.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        bytes.pop();
    }
    Ok(Some(match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => error.into_bytes().into_iter().map(char::from).collect(),
    }))
}

/// A media type and what is said beside it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContentType {
    /// In lower case, without parameters; `None` where nothing of that shape is said.
    pub media_type: Option<String>,
    /// The `charset`.
    pub charset: Option<String>,
    /// The `boundary` of parts.
    pub boundary: Option<String>,
    /// The `start` of related parts.
    pub start: Option<String>,
}

impl ContentType {
    /// Takes a header's value apart.
    ///
    /// ```
    /// use diwan_formats::http::ContentType;
    /// let told = ContentType::new("Text/HTML; charset=\"windows-1256\"");
    /// assert_eq!(told.media_type.as_deref(), Some("text/html"));
    /// assert_eq!(told.charset.as_deref(), Some("windows-1256"));
    /// ```
    pub fn new(value: &str) -> Self {
        let mut parts = value.split(';');
        let kind = parts.next().unwrap_or("").trim().to_ascii_lowercase();
        let is_kind = kind.split_once('/').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty());
        let mut out = Self { media_type: is_kind.then_some(kind), ..Self::default() };
        for part in parts {
            let Some((name, value)) = part.split_once('=') else { continue };
            let value = value.trim().trim_matches('"').to_owned();
            let slot = match name.trim().to_ascii_lowercase().as_str() {
                "charset" => &mut out.charset,
                "boundary" => &mut out.boundary,
                "start" => &mut out.start,
                _ => continue,
            };
            if !value.is_empty() {
                *slot = Some(value);
            }
        }
        out
    }
}

/// The body that follows `head`, without chunks and codings.
///
/// # Errors
/// [`BodyError::TooLarge`] once more than `limit` bytes come out, however few went in.
pub fn read_body(head: &Head, body: impl Read, limit: u64) -> Result<Vec<u8>, BodyError> {
    let mut raw = Vec::new();
    read_limited(body, limit, &mut raw)?;
    let chunked = head.get("transfer-encoding").is_some_and(|c| c.to_ascii_lowercase().contains("chunked"));
    if chunked && let Some(whole) = without_chunks(&raw) {
        raw = whole;
    }
    decode(head, raw, limit)
}

/// Undoes the codings that `head` names.
pub fn decode(head: &Head, raw: Vec<u8>, limit: u64) -> Result<Vec<u8>, BodyError> {
    let mut bytes = raw;
    let codings = head.get("content-encoding").unwrap_or("").to_ascii_lowercase();
    for coding in codings.split(',').map(str::trim).rev() {
        bytes = match coding {
            "" | "identity" | "none" | "utf-8" => bytes,
            _ if bytes.is_empty() => bytes,
            "gzip" | "x-gzip" if bytes.starts_with(&[0x1F, 0x8B]) => {
                unpack(flate2::read::MultiGzDecoder::new(bytes.as_slice()), limit)?
            }
            "gzip" | "x-gzip" => bytes,
            "deflate" => inflate(&bytes, limit)?,
            "br" => match unpack(brotli_decompressor::Decompressor::new(bytes.as_slice(), 64 << 10), limit) {
                Err(BodyError::Broken(_)) if is_markup(&bytes) => bytes,
                other => other?,
            },
            other => return Err(BodyError::Coding(other.chars().take(40).collect())),
        };
    }
    Ok(bytes)
}

/// `deflate` is sent with and without the frame of zlib.
fn inflate(bytes: &[u8], limit: u64) -> Result<Vec<u8>, BodyError> {
    match unpack(flate2::read::ZlibDecoder::new(bytes), limit) {
        Err(BodyError::Broken(_)) => match unpack(flate2::read::DeflateDecoder::new(bytes), limit) {
            Err(BodyError::Broken(_)) if is_markup(bytes) => Ok(bytes.to_vec()),
            other => other,
        },
        other => other,
    }
}

fn is_markup(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().first() == Some(&b'<')
}

fn unpack(reader: impl Read, limit: u64) -> Result<Vec<u8>, BodyError> {
    let mut out = Vec::new();
    read_limited(reader, limit, &mut out)?;
    Ok(out)
}

/// Reads to the end into `out`, or stops above `limit`.
pub fn read_limited(reader: impl Read, limit: u64, out: &mut Vec<u8>) -> Result<(), BodyError> {
    let read = reader.take(limit.saturating_add(1)).read_to_end(out);
    if out.len() as u64 > limit {
        return Err(BodyError::TooLarge(limit));
    }
    match read {
        Ok(_) => Ok(()),
        Err(error) => Err(BodyError::Broken(error.to_string())),
    }
}

/// The data of the chunks; `None` where these are no chunks. A last chunk that is cut short is given as far as it goes.
fn without_chunks(mut raw: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(raw.len());
    loop {
        let end = raw.iter().take(1024).position(|byte| *byte == b'\n')?;
        let line = std::str::from_utf8(raw.get(..end)?).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        raw = raw.get(end + 1..)?;
        if size == 0 {
            return Some(out);
        }
        let data = raw.get(..size.min(raw.len()))?;
        out.extend_from_slice(data);
        raw = raw.get(data.len()..)?;
        raw = raw.strip_prefix(b"\r\n").or_else(|| raw.strip_prefix(b"\n")).unwrap_or(raw);
        if raw.is_empty() {
            return Some(out);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn head(text: &str) -> Head {
        Head::read(&mut text.as_bytes()).unwrap()
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn heads_are_read_with_their_oddities() {
        let head = head(
            "HTTP/1.1 301 Moved\r\nLocation: /a\r\nX: one\r\n two\r\nnonsense\r\nServer: caf\u{e9}\n\nbody",
        );
        assert_eq!(head.status(), Some(301));
        assert_eq!(head.get("location"), Some("/a"));
        assert_eq!(head.get("X"), Some("one two"));
        assert_eq!(head.get("server"), Some("café"));
        assert_eq!(head.headers.len(), 3);
        assert!(Head::read(&mut vec![b'a'; MAX_HEAD + 2].as_slice()).is_err());
    }

    #[test]
    fn chunks_and_codings_are_undone_and_false_ones_left() {
        let coded = head("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n");
        let packed = gzip(b"It met.");
        let mut raw = format!("{:x};ext=1\r\n", packed.len()).into_bytes();
        raw.extend(&packed);
        raw.extend(b"\r\n0\r\n\r\n");
        assert_eq!(read_body(&coded, raw.as_slice(), 100).unwrap(), b"It met.");
        assert_eq!(read_body(&coded, &b"<p>plain"[..], 100).unwrap(), b"<p>plain");
        let deflate = head("HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n");
        assert_eq!(read_body(&deflate, &b"<p>plain"[..], 100).unwrap(), b"<p>plain");
        let zstd = head("HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\n");
        assert!(matches!(read_body(&zstd, &b"x"[..], 100), Err(BodyError::Coding(_))));
        assert!(matches!(read_body(&deflate, &b"\x01\x02"[..], 100), Err(BodyError::Broken(_))));
    }

    #[test]
    fn a_bomb_is_stopped_at_the_limit() {
        let coded = head("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
        let bomb = gzip(&vec![0; 10 << 20]);
        assert!(bomb.len() < 20_000);
        assert!(matches!(
            read_body(&coded, bomb.as_slice(), 1 << 20),
            Err(BodyError::TooLarge(limit)) if limit == 1 << 20
        ));
        let twice = head("HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\n\r\n");
        assert!(read_body(&twice, gzip(&bomb).as_slice(), 1 << 20).is_err());
    }
}
