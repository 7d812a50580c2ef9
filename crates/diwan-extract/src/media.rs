//! What kind of file some bytes are, by looking at them.

use encoding_rs::Encoding;

/// The media type that the bytes show: `text/html`, `text/plain`, `application/xml`, `application/pdf`,
/// `application/zip`, `application/gzip`, `image/*`, or `application/octet-stream`.
///
/// ```
/// assert_eq!(diwan_extract::media_type(b"<!doctype html><p>a"), "text/html");
/// assert_eq!(diwan_extract::media_type("وزارة".as_bytes()), "text/plain");
/// assert_eq!(diwan_extract::media_type(b"%PDF-1.7"), "application/pdf");
/// ```
pub fn media_type(bytes: &[u8]) -> &'static str {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF-", "application/pdf"),
        (b"PK\x03\x04", "application/zip"),
        (b"\x1F\x8B", "application/gzip"),
        (b"\x89PNG", "image/png"),
        (b"GIF8", "image/gif"),
        (b"\xFF\xD8\xFF", "image/jpeg"),
        (b"RIFF", "application/octet-stream"),
        (b"\x7FELF", "application/octet-stream"),
        (b"SQLite format 3\0", "application/octet-stream"),
    ];
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return kind;
    }
    let head = bytes.get(..4096.min(bytes.len())).unwrap_or(bytes);
    let head = match Encoding::for_bom(head) {
        Some((encoding, _)) => encoding.decode(head).0.into_owned(),
        None => match crate::decode::utf16_without_mark(head) {
            Some(encoding) => encoding.decode(head).0.into_owned(),
            None if looks_binary(head) => return "application/octet-stream",
            None => String::from_utf8_lossy(head).into_owned(),
        },
    };
    text_kind(&head)
}

/// Whether text cannot be meant: control characters that no text has.
fn looks_binary(head: &[u8]) -> bool {
    let odd = head.iter().filter(|b| matches!(b, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F)).count();
    odd * 50 > head.len() && odd > 2
}

fn text_kind(head: &str) -> &'static str {
    let start = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let lower = start.to_ascii_lowercase();
    if lower.starts_with("<?xml") && !lower.contains("<html") {
        return "application/xml";
    }
    if !lower.contains('<') {
        return "text/plain";
    }
    const OPENING: &[&str] = &["<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<!--"];
    if OPENING.iter().any(|tag| lower.starts_with(tag))
        || ["<html", "<body", "<head"].iter().any(|tag| lower.contains(tag))
    {
        return "text/html";
    }
    // A piece of HTML without its head: a block element closes or is closed before any other text.
    const PIECE: &[&str] = &[
        "<p>", "<p ", "<div", "<h1", "<h2", "<article", "<main", "<section", "<table", "<ul", "<nav",
        "<header", "<br", "<a ",
    ];
    if lower.starts_with('<') && PIECE.iter().any(|tag| lower.starts_with(tag)) {
        return "text/html";
    }
    let closed = ["</p>", "</div>", "</a>", "<br>", "<br/>", "<br />", "</span>", "</li>"]
        .iter()
        .map(|tag| lower.matches(tag).count())
        .sum::<usize>();
    if closed >= 3 { "text/html" } else { "text/plain" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_angle_brackets_is_no_markup() {
        assert_eq!(media_type(b"See <https://example.org/a> and <b@example.org>."), "text/plain");
        assert_eq!(media_type(b""), "text/plain");
        assert_eq!(media_type(b"\x00\x01\x02\x03\x04\x05"), "application/octet-stream");
        assert_eq!(media_type(b"\xFF\xFEa\0b\0"), "text/plain");
        assert_eq!(media_type(b"<?xml version='1.0'?><feed/>"), "application/xml");
    }
}
