//! XML as others write it, element by element. No entity but the five of XML and numbers is expanded, so nothing grows.

use std::ops::ControlFlow;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

/// How deep elements may lie in each other.
const MAX_DEPTH: usize = 64;

/// A part of a document. Names are without their prefix.
pub(crate) enum Piece<'a> {
    /// An element begins; its attributes, without their prefixes.
    Open(&'a str, &'a [(String, String)]),
    /// Text inside an element, as it comes: in several pieces where entities stand in it.
    Text(&'a str),
    /// An element ends.
    Close(&'a str),
}

/// The text of a document: by its mark, by what it says of itself, else UTF-8.
pub(crate) fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    let head: String = bytes.iter().take(200).map(|byte| char::from(*byte)).collect();
    let told = head.split("?>").next().and_then(|decl| decl.split_once("encoding=")).map(|(_, rest)| {
        rest.trim_start_matches(['"', '\'']).split(['"', '\'', ' ']).next().unwrap_or("").to_owned()
    });
    let told = told.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    match (std::str::from_utf8(bytes), told) {
        (Ok(text), _) => text.to_owned(),
        (Err(_), Some(encoding)) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        (Err(_), None) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Calls `f` with each part until it breaks off.
///
/// # Errors
/// Where the document is not well formed: what comes after is not seen. The sentence says where.
pub(crate) fn walk(text: &str, mut f: impl FnMut(Piece<'_>) -> ControlFlow<()>) -> Result<(), String> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut depth = 0_usize;
    loop {
        let at = reader.buffer_position();
        let event = reader.read_event().map_err(|error| format!("at byte {at}: {error}"))?;
        let flow = match &event {
            Event::Start(start) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(format!("at byte {at}: elements lie more than {MAX_DEPTH} deep"));
                }
                open(start, &mut f)
            }
            Event::Empty(start) => match open(start, &mut f) {
                ControlFlow::Continue(()) => f(Piece::Close(start.local_name().as_ref())),
                stop => stop,
            },
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                f(Piece::Close(end.local_name().as_ref()))
            }
            Event::Text(text) => f(Piece::Text(text)),
            Event::CData(text) => f(Piece::Text(text)),
            Event::GeneralRef(name) => match entity(name) {
                Some(text) => f(Piece::Text(&text)),
                None => ControlFlow::Continue(()),
            },
            Event::Eof => return Ok(()),
            _ => ControlFlow::Continue(()),
        };
        if flow.is_break() {
            return Ok(());
        }
    }
}

fn open(start: &BytesStart<'_>, f: &mut impl FnMut(Piece<'_>) -> ControlFlow<()>) -> ControlFlow<()> {
    let attributes: Vec<(String, String)> = start
        .attributes()
        .with_checks(false)
        .flatten()
        .map(|attribute| (attribute.key.local_name().as_ref().to_owned(), plain(&attribute.value)))
        .collect();
    f(Piece::Open(start.local_name().as_ref(), &attributes))
}

/// The value of the attribute of that name.
pub(crate) fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// A value with its entities undone; those that are unknown stay as they are.
fn plain(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match after.split_once(';').and_then(|(name, after)| Some((entity(name)?, after))) {
            Some((text, after)) => {
                out.push_str(&text);
                rest = after;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).map(String::from);
    }
    match name {
        "nbsp" => Some(" ".to_owned()),
        name => resolve_predefined_entity(name).map(str::to_owned),
    }
}
