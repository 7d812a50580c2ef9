//! MHTML: a page that a browser saved whole, as a message of related parts (RFC 2557).

use crate::http::{ContentType, Head};

/// The most parts that are looked at.
const MAX_PARTS: usize = 5_000;

/// A page taken out of its file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mhtml {
    /// The address that the browser was at.
    pub address: Option<String>,
    /// When it was saved, as printed.
    pub date: Option<String>,
    /// The media type of the page itself.
    pub media_type: String,
    /// The encoding that its part declares.
    pub charset: Option<String>,
    /// The page itself, decoded.
    pub page: Vec<u8>,
    /// How many other parts (pictures, styles, frames) the file holds.
    pub others: usize,
}

/// Whether the bytes begin like MHTML: a head of a message with related parts.
pub fn is_mhtml(bytes: &[u8]) -> bool {
    let head = bytes.get(..4096.min(bytes.len())).unwrap_or(bytes);
    // Without this look, every text with a colon in its first line would be taken for a message.
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let first = text.trim_start_matches('\u{FEFF}').lines().next().unwrap_or("");
    let is_field = first.split_once(':').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    });
    is_field
        && text.contains("multipart/related")
        && ["mime-version:", "content-type:"].iter().any(|n| text.contains(n))
}

/// Takes the page out: the part that the message names as its start, else the first one of HTML, else the first. `None`
/// where there is no part. What is cut short is given as far as it goes.
///
/// ```
/// let file = b"MIME-Version: 1.0\r\nSnapshot-Content-Location: https://ministry.example/1\r\n\
///     Content-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\
///     Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>It =\r\nmet=2E\r\n--x--\r\n";
/// let page = diwan_formats::mhtml::read_mhtml(file).unwrap();
/// assert_eq!(page.page, b"<p>It met.");
/// assert_eq!(page.address.as_deref(), Some("https://ministry.example/1"));
/// ```
pub fn read_mhtml(bytes: &[u8]) -> Option<Mhtml> {
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    let (head, body) = split(bytes)?;
    let message = head.content_type();
    let boundary = message.boundary?;
    let parts: Vec<(Head, &[u8])> = parts(body, &boundary).into_iter().filter_map(split).collect();
    let is_start = |head: &Head| {
        let id = |text: &str| text.trim_matches(['<', '>', ' ']).to_owned();
        head.get("content-id").map(id) == message.start.as_deref().map(id) && message.start.is_some()
    };
    let kind = |head: &Head| head.content_type().media_type.unwrap_or_default();
    let is_html = |head: &Head| matches!(kind(head).as_str(), "text/html" | "application/xhtml+xml");
    let chosen = parts
        .iter()
        .find(|(head, _)| is_start(head))
        .or_else(|| parts.iter().find(|(head, _)| is_html(head)))
        .or_else(|| parts.first())?;
    let (part, raw) = chosen;
    let ContentType { media_type, charset, .. } = part.content_type();
    let address = head.get("snapshot-content-location").or_else(|| part.get("content-location"));
    Some(Mhtml {
        address: address.map(str::to_owned).filter(|address| address.starts_with("http")),
        date: head.get("date").map(str::to_owned),
        media_type: media_type.unwrap_or_else(|| "text/html".to_owned()),
        charset,
        page: transfer_decoded(part, raw),
        others: parts.len() - 1,
    })
}

/// Head and body. A head that is too long, or no end of it, is no head.
fn split(bytes: &[u8]) -> Option<(Head, &[u8])> {
    let mut rest = bytes;
    let head = Head::read_fields(&mut rest).ok()?;
    Some((head, rest))
}

/// What lies between the boundaries, without the line end that belongs to each.
fn parts<'a>(body: &'a [u8], boundary: &str) -> Vec<&'a [u8]> {
    let mark = [b"--", boundary.as_bytes()].concat();
    let mut out = Vec::new();
    let mut start: Option<usize> = None;
    let mut at = 0;
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        if let Some(after) = line.strip_prefix(mark.as_slice())
            && matches!(after.trim_ascii(), b"" | b"--")
        {
            if let Some(part) = start.and_then(|start| body.get(start..at)) {
                let part = part.strip_suffix(b"\n").unwrap_or(part);
                out.push(part.strip_suffix(b"\r").unwrap_or(part));
            }
            start = Some(at + line.len());
            if after.starts_with(b"--") || out.len() >= MAX_PARTS {
                return out;
            }
        }
        at += line.len();
    }
    out.extend(start.and_then(|start| body.get(start..)).filter(|part| !part.is_empty()));
    out
}

fn transfer_decoded(head: &Head, raw: &[u8]) -> Vec<u8> {
    match head.get("content-transfer-encoding").unwrap_or("").trim().to_ascii_lowercase().as_str() {
        "base64" => base64(raw),
        "quoted-printable" => quoted_printable(raw),
        _ => raw.to_vec(),
    }
}

/// Undoes base64; what is no letter of it is passed over.
fn base64(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len() / 4 * 3);
    let (mut bits, mut n) = (0_u32, 0);
    for byte in raw {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(value);
        n += 6;
        if n >= 8 {
            n -= 8;
            out.push((bits >> n).to_le_bytes()[0]);
            bits &= (1 << n) - 1;
        }
    }
    out
}

/// Undoes quoted-printable; an escape that is none stays as it is.
fn quoted_printable(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'=' {
            out.push(*first);
            continue;
        }
        let digit = |k: usize| after.get(k).and_then(|b| char::from(*b).to_digit(16));
        if let (Some(high), Some(low)) = (digit(0), digit(1)) {
            out.extend(u8::try_from(high * 16 + low));
            rest = after.get(2..).unwrap_or(&[]);
            continue;
        }
        let blanks = after.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\r')).count();
        match after.get(blanks) {
            Some(b'\n') => rest = after.get(blanks + 1..).unwrap_or(&[]),
            None => rest = &[],
            Some(_) => out.push(b'='),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn file(parts: &[(&str, &str)], start: &str) -> Vec<u8> {
        let mut out = format!(
            "From: <Saved by Blink>\r\nSubject: =?utf-8?Q?note?=\r\nDate: Fri, 3 Dec 2021 09:00:00 -0000\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/related;\r\n\ttype=\"text/html\"{start};\r\n\tboundary=\"----b----\"\r\n\r\n"
        );
        for (head, body) in parts {
            out.push_str(&format!("------b----\r\n{head}\r\n\r\n{body}\r\n"));
        }
        out.push_str("------b------\r\n");
        out.into_bytes()
    }

    #[test]
    fn the_page_is_found_among_its_parts() {
        let html = "Content-Type: text/html; charset=\"windows-1256\"\r\nContent-ID: <f@x>\r\nContent-Location: https://a.example/1";
        let style = "Content-Type: text/css\r\nContent-Transfer-Encoding: base64";
        let one = file(&[(style, "YQ=="), (html, "<p>It met.")], "");
        assert!(is_mhtml(&one));
        let page = read_mhtml(&one).unwrap();
        assert_eq!(page.page, b"<p>It met.");
        assert_eq!((page.charset.as_deref(), page.others), (Some("windows-1256"), 1));
        assert_eq!(page.address.as_deref(), Some("https://a.example/1"));
        assert_eq!(page.date.as_deref(), Some("Fri, 3 Dec 2021 09:00:00 -0000"));
        let frame = "Content-Type: text/html\r\nContent-ID: <frame@x>";
        let started = file(&[(frame, "frame"), (html, "<p>It met.")], "; start=\"<f@x>\"");
        assert_eq!(read_mhtml(&started).unwrap().page, b"<p>It met.");
        assert!(!is_mhtml(b"Note: it met.\n\nThe multipart/related thing"));
    }

    #[test]
    fn transfer_codings_are_undone() {
        assert_eq!(base64(b"SXQg\r\nbWV0Lg=="), b"It met.");
        assert_eq!(quoted_printable("It =D9=85=\r\n met=2 =\n.".as_bytes()), "It م met=2 .".as_bytes());
        assert_eq!(quoted_printable(b"a="), b"a");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200), at in any::<u16>()) {
            read_mhtml(&bytes);
            let mut whole = file(&[("Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable", "a=3Db")], "");
            let at = usize::from(at) % whole.len();
            whole.truncate(at);
            whole.extend(bytes);
            read_mhtml(&whole);
        }
    }
}
