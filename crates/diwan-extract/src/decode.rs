//! From bytes to text: which encoding, and what could not be decoded.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::mojibake::{self, Undone};

/// Decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte-order mark.
    pub text: String,
    /// The encoding by its WHATWG name.
    pub encoding: &'static str,
    /// Number of places where bytes were no text and became U+FFFD.
    pub replaced: usize,
    /// What the page or its transport said, where the bytes show otherwise.
    pub contradicted: Option<String>,
    /// Mojibake that was undone: the text had been decoded wrongly before it was saved.
    pub undone: Option<Undone>,
}

/// [`decode`] for a page from `address`: where nothing else tells, the country of its host helps to tell like encodings apart.
pub fn decode_from(bytes: &[u8], declared: Option<&str>, is_html: bool, address: Option<&str>) -> Decoded {
    decode_with(bytes, declared, is_html, address.and_then(top_level))
}

/// The last label of the address's host, as the detector wants it: lower case, ASCII, no digits.
fn top_level(address: &str) -> Option<String> {
    let host = address.split("://").nth(1)?.split(['/', '?', '#', ':']).next()?;
    let label = host.rsplit('.').next()?.to_ascii_lowercase();
    (!label.is_empty() && label.bytes().all(|b| b.is_ascii_lowercase())).then_some(label)
}

/// Decodes `bytes`. Tried in this order: the byte-order mark, what the transport declared, what an HTML page says in
/// `<meta>`, the shape of the bytes. A declaration that the bytes contradict is not believed.
///
/// ```
/// let decoded = diwan_extract::decode(b"\xC8\xED\xC7\xE4", Some("windows-1256"), false);
/// assert_eq!((decoded.text.as_str(), decoded.encoding), ("بيان", "windows-1256"));
/// ```
pub fn decode(bytes: &[u8], declared: Option<&str>, is_html: bool) -> Decoded {
    decode_with(bytes, declared, is_html, None)
}

fn decode_with(bytes: &[u8], declared: Option<&str>, is_html: bool, top_level: Option<String>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return finish(bytes.get(mark..).unwrap_or(b""), encoding, None);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return finish(bytes, encoding, None);
    }
    let label = declared
        .map(str::to_owned)
        .or_else(|| if is_html { meta_label(bytes) } else { None })
        .map(|label| label.trim().to_owned());
    // A page that says UTF-16 in its own ASCII-readable head cannot be: the standard reads UTF-8 then.
    let told = label
        .as_deref()
        .and_then(|l| Encoding::for_label(l.as_bytes()))
        .map(|e| if e == UTF_16LE || e == UTF_16BE { UTF_8 } else { e });
    let seen = seen_encoding(bytes, top_level.as_deref());
    match told {
        Some(told) if told == seen => finish(bytes, told, None),
        Some(told) if agrees(bytes, told, seen) => finish(bytes, told, None),
        Some(_) => finish(bytes, seen, label),
        None => finish(bytes, seen, None),
    }
}

/// Whether what was told can be believed against what the bytes show.
fn agrees(bytes: &[u8], told: &'static Encoding, seen: &'static Encoding) -> bool {
    if bytes.is_ascii() {
        return true;
    }
    if told == UTF_8 {
        // A page cut short or with a few broken places is UTF-8 still.
        let text = String::from_utf8_lossy(bytes);
        let broken = text.chars().filter(|c| *c == '\u{FFFD}').count();
        let whole = text.chars().filter(|c| !c.is_ascii() && *c != '\u{FFFD}').count();
        return broken * 10 <= whole;
    }
    // Long sequences of another encoding are almost never valid UTF-8.
    seen != UTF_8 && (told.is_single_byte() != seen.is_single_byte() || !fits_better(bytes, seen, told))
}

/// Whether `told` has no character for bytes that `seen` has one for: then it cannot be meant.
fn fits_better(bytes: &[u8], seen: &'static Encoding, told: &'static Encoding) -> bool {
    let holes = |encoding: &'static Encoding| {
        let text = encoding.decode_without_bom_handling(bytes).0;
        // Bytes without a character become U+FFFD, or controls that no page has.
        text.chars().filter(|c| matches!(c, '\u{FFFD}' | '\u{80}'..='\u{9F}')).count()
    };
    let (seen, told) = (holes(seen), holes(told));
    told > 2 && told > 4 * seen
}

fn seen_encoding(bytes: &[u8], top_level: Option<&str>) -> &'static Encoding {
    let valid = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        // Cut inside the last character.
        Err(error) => error.error_len().is_none() && error.valid_up_to() > 16,
    };
    if valid {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(top_level.map(str::as_bytes), Utf8Detection::Allow);
    let lossy = String::from_utf8_lossy(bytes);
    let broken = lossy.chars().filter(|c| *c == '\u{FFFD}').count();
    let whole = lossy.chars().filter(|c| !c.is_ascii() && *c != '\u{FFFD}').count();
    if broken * 10 <= whole { UTF_8 } else { guess }
}

fn finish(bytes: &[u8], encoding: &'static Encoding, contradicted: Option<String>) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let replaced = if had_errors { text.chars().filter(|c| *c == '\u{FFFD}').count() } else { 0 };
    let (text, undone) = match mojibake::undo(&text) {
        Some((mended, undone)) => (mended, Some(undone)),
        None => (text.into_owned(), None),
    };
    Decoded { text, encoding: encoding.name(), replaced, contradicted, undone }
}

/// UTF-16 without its mark: every other byte is NUL or one of the few high bytes of one script.
pub(crate) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..1024.min(bytes.len()) & !1)?;
    if sample.len() < 4 {
        return None;
    }
    let pairs: Vec<(u8, u8)> =
        sample.chunks_exact(2).filter_map(|p| Some((*p.first()?, *p.get(1)?))).collect();
    // Spaces, line ends and full stops are written with a NUL in either form and occur in any text.
    let plain =
        |c: u8| matches!(c, b' ' | b'\n' | b'\r' | b'.' | b',' | b'<' | b'>') || c.is_ascii_alphanumeric();
    let high = |c: u8| matches!(c, 0x00..=0x09 | 0x20 | 0x30..=0x9F | 0xFB..=0xFE);
    let little = pairs.iter().filter(|(a, b)| *b == 0 && plain(*a)).count();
    let big = pairs.iter().filter(|(a, b)| *a == 0 && plain(*b)).count();
    let enough = pairs.len().div_ceil(12).max(2);
    if little >= enough && little > 4 * big && pairs.iter().all(|(_, b)| high(*b)) {
        Some(UTF_16LE)
    } else if big >= enough && big > 4 * little && pairs.iter().all(|(a, _)| high(*a)) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The label of `<meta charset=…>` or of the older `content="text/html; charset=…"`, looked for as the HTML standard's
/// prescan does, in the first 4096 bytes.
fn meta_label(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..4096.min(bytes.len()))?).to_ascii_lowercase();
    if let Some(rest) = head.strip_prefix("<?xml") {
        let declaration = rest.split("?>").next()?;
        if let Some((_, value)) = declaration.split_once("encoding=") {
            return label_at(value);
        }
    }
    let mut rest = head.as_str();
    while let Some((_, after)) = rest.split_once("<meta") {
        let tag = after.split('>').next()?;
        if let Some((_, value)) = tag.split_once("charset")
            && let Some(value) = value.trim_start().strip_prefix('=')
        {
            return label_at(value);
        }
        rest = after;
    }
    None
}

fn label_at(value: &str) -> Option<String> {
    let label: String = value
        .trim_start_matches([' ', '"', '\'', '\t', '\n'])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
        .take(40)
        .collect();
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_metas_and_shapes() {
        let text = "بيان صادر عن المجلس. ";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&utf16, None, false).encoding, "UTF-16LE");
        assert_eq!(decode(&utf16, None, false).text, text);
        let mut marked = vec![0xFF, 0xFE];
        marked.extend(&utf16);
        assert_eq!(decode(&marked, Some("utf-8"), false).text, text);
        let (old, _, _) =
            encoding_rs::WINDOWS_1256.encode("<meta charset='windows-1256'><p>بيان صادر عن المجلس");
        assert_eq!(decode(&old, None, true).encoding, "windows-1256");
        assert!(decode(&old, None, true).text.ends_with("المجلس"));
    }

    #[test]
    fn a_wrong_declaration_is_not_believed() {
        let decoded = decode("بيان صادر عن المجلس".as_bytes(), Some("windows-1252"), false);
        assert_eq!(decoded.encoding, "UTF-8");
        assert_eq!(decoded.contradicted.as_deref(), Some("windows-1252"));
        let (old, _, _) =
            encoding_rs::WINDOWS_1256.encode("بيان صادر عن المجلس في دورته السابعة حول مياه البحيرة");
        let decoded = decode(&old, Some("utf-8"), false);
        assert_eq!(decoded.encoding, "windows-1256");
    }

    #[test]
    fn legacy_encodings_are_told_apart_by_their_bytes() {
        let arabic = "صدر بيان عن المجلس الوزاري في دورته السابعة حول مياه البحيرة ومصادر تمويلها";
        let persian = "بيانيه وزيران پيمان درياچه درباره چگونگي همکاري پژوهشي در سال آينده";
        let french = "Déclaration conjointe des ministres réunis à Évian : l’été s’achève où il a commencé";
        let russian = "Министры договора об озере встретились вчера и выступили с совместным заявлением";
        for (text, encoding) in [
            (arabic, encoding_rs::WINDOWS_1256),
            (arabic, encoding_rs::ISO_8859_6),
            (persian, encoding_rs::WINDOWS_1256),
            (french, encoding_rs::WINDOWS_1252),
            (russian, encoding_rs::KOI8_R),
            (russian, encoding_rs::WINDOWS_1251),
        ] {
            let (bytes, _, unmappable) = encoding.encode(text);
            assert!(!unmappable, "{text}");
            let found = decode(&bytes, None, false);
            assert_eq!(found.text, text, "{} read as {}", encoding.name(), found.encoding);
            let page = [b"<meta charset=", encoding.name().as_bytes(), b"><p>", &bytes].concat();
            assert!(decode(&page, None, true).text.ends_with(text));
            assert!(decode(&page, Some("utf-8"), true).text.ends_with(text), "the transport is wrong");
            assert!(decode(&page, Some("iso-8859-1"), true).text.ends_with(text), "the transport is wrong");
            let short: String = text.chars().take(12).collect();
            let (bytes, _, _) = encoding.encode(&short);
            assert_eq!(decode(&bytes, Some(encoding.name()), false).text, short, "a short one is believed");
        }
        for big in [false, true] {
            let bytes: Vec<u8> = "A note – ملاحظة"
                .encode_utf16()
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect();
            assert_eq!(decode(&bytes, Some("utf-16"), false).text, "A note – ملاحظة");
        }
    }

    #[test]
    fn mojibake_is_undone_and_told() {
        let spoilt = encoding_rs::WINDOWS_1252
            .decode_without_bom_handling("بيان صادر عن المجلس".as_bytes())
            .0
            .into_owned();
        let decoded = decode(spoilt.as_bytes(), Some("utf-8"), false);
        assert_eq!(decoded.text, "بيان صادر عن المجلس");
        assert_eq!(decoded.undone.map(|undone| undone.encoding), Some("UTF-8"));
        assert_eq!(top_level("https://www.ministry.example.IR/x").as_deref(), Some("ir"));
        assert_eq!(top_level("https://192.0.2.1/x"), None);
    }

    #[test]
    fn cut_inside_a_character() {
        let bytes = "بيان صادر عن المجلس".as_bytes();
        let decoded = decode(&bytes[..bytes.len() - 1], None, false);
        assert_eq!((decoded.encoding, decoded.replaced), ("UTF-8", 1));
    }
}
