//! XML as a row of openings, texts and closings, with the limits that keep a hostile document small.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event as Raw};

/// Elements within elements.
const MAX_DEPTH: usize = 256;

/// What a reader of XML is told.
#[derive(Debug)]
pub(crate) enum Event<'a> {
    /// An element begins; its name with its prefix.
    Open { name: &'a str, attributes: &'a [(String, String)] },
    /// Text, entities resolved.
    Text(&'a str),
    /// An element ends.
    Close { name: &'a str },
}

/// The value of an attribute, by its name with its prefix.
pub(crate) fn value<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
}

/// Walks through a text. Whether it is whole: `false` where it breaks off or nests too deep.
pub(crate) fn walk(text: &str, tell: &mut dyn FnMut(Event<'_>)) -> bool {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Raw::Start(start)) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return false;
                }
                open(&start, tell);
            }
            Ok(Raw::Empty(start)) => {
                open(&start, tell);
                tell(Event::Close { name: start.name().as_ref() });
            }
            Ok(Raw::End(end)) => {
                depth = depth.saturating_sub(1);
                tell(Event::Close { name: end.name().as_ref() });
            }
            Ok(Raw::Text(text)) => tell(Event::Text(&text)),
            Ok(Raw::CData(text)) => tell(Event::Text(&text)),
            Ok(Raw::GeneralRef(entity)) => {
                if let Some(c) = letter(&entity) {
                    tell(Event::Text(c.encode_utf8(&mut [0; 4])));
                }
            }
            Ok(Raw::Eof) => return depth == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

fn open(start: &BytesStart<'_>, tell: &mut dyn FnMut(Event<'_>)) {
    let attributes: Vec<(String, String)> = start
        .attributes()
        .with_checks(false)
        .flatten()
        .map(|a| {
            let raw = a.value.into_owned();
            let value = quick_xml::escape::unescape(&raw).map(std::borrow::Cow::into_owned);
            (a.key.as_ref().to_owned(), value.unwrap_or(raw))
        })
        .collect();
    tell(Event::Open { name: start.name().as_ref(), attributes: &attributes });
}

/// The letter of a reference; entities of a document's own are never followed.
fn letter(entity: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        return Some(c);
    }
    match entity.as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
