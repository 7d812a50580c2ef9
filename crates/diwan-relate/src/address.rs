//! Addresses in one normal form, so that two spellings of one page are equal and two pages never are.
//!
//! What is evened out: `http` and `https`, a leading `www.`, the case of the host, the scheme's own port, dot segments,
//! a slash at the end, escapes of characters that need none, the fragment, the order of parameters, and parameters that only
//! say where a reader came from (`data/tracking.toml`). What is kept: everything else, above all the host: the same last
//! part on another host is another page.

use std::fmt;
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tracking {
    names: Vec<String>,
    prefixes: Vec<String>,
}

static TRACKING: LazyLock<Tracking> = LazyLock::new(|| {
    // A test reads the file; were it broken all the same, addresses would keep all their parameters.
    toml::from_str(include_str!("../data/tracking.toml"))
        .unwrap_or(Tracking { names: Vec::new(), prefixes: Vec::new() })
});

/// An address in normal form, without its scheme. Equal for two spellings of one page.
///
/// ```
/// use diwan_relate::AddressKey;
/// let key = |text| AddressKey::new(text).unwrap();
/// assert_eq!(key("http://www.Ministry.example/en/note/?utm_source=x#top"), key("https://ministry.example/en/note"));
/// assert_ne!(key("https://ministry.example/note"), key("https://coalition.example/note"));
/// assert!(AddressKey::new("see our site").is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AddressKey(String);

impl AddressKey {
    /// The normal form; `None` for what is no web address.
    pub fn new(address: &str) -> Option<Self> {
        let mut key = Self::once(address)?;
        // What is left out may bare a bracket or a dot at the end that belongs to the running text: until nothing changes.
        for _ in 0..address.len() {
            let again = Self::once(&format!("https://{key}"))?;
            if again == key {
                break;
            }
            key = again;
        }
        Some(key)
    }

    fn once(address: &str) -> Option<Self> {
        let text = trimmed(address);
        let rest = without_scheme(text)?;
        let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = match rest.find('/') {
            Some(at) => (rest.get(..at)?, rest.get(at..)?),
            None => (rest, ""),
        };
        let mut key = host(authority)?;
        key.push_str(&self::path(path));
        let query = self::query(query);
        if !query.is_empty() {
            key.push('?');
            key.push_str(&query);
        }
        // Sites that show every page at one address and name it after `#!` or `#/`.
        if fragment.starts_with("!/") || fragment.starts_with('/') {
            key.push('#');
            key.push_str(fragment);
        }
        Some(Self(key))
    }

    /// The address of one page rather than of a whole site: a link to the start page says nothing about which
    /// statement is meant.
    pub fn names_a_page(&self) -> bool {
        self.0.contains(['/', '?', '#'])
    }

    /// As it is compared and kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AddressKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Without white space, direction marks and what surrounds an address in running text.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
            || matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | '"' | '\'' | '«' | '»' | '“' | '”')
    })
}

fn without_scheme(text: &str) -> Option<&str> {
    for scheme in ["https://", "http://", "//"] {
        let head = text.get(..scheme.len());
        if head.is_some_and(|head| head.eq_ignore_ascii_case(scheme)) {
            return text.get(scheme.len()..);
        }
    }
    // Printed without a scheme, as people write addresses.
    text.get(..4).filter(|head| head.eq_ignore_ascii_case("www.")).map(|_| text)
}

fn host(authority: &str) -> Option<String> {
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host.strip_suffix(":80").or_else(|| host.strip_suffix(":443")).unwrap_or(host);
    let host: String = host.trim_end_matches('.').chars().flat_map(char::to_lowercase).collect();
    let host = host.strip_prefix("www.").filter(|rest| rest.contains('.')).unwrap_or(&host);
    let fits = !host.is_empty() && !host.contains(|c: char| c.is_whitespace() || "<>\"{}|\\^`,".contains(c));
    fits.then(|| host.to_owned())
}

fn path(path: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in path.split('/').skip(1) {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(unescaped(part)),
        }
    }
    while parts.last().is_some_and(String::is_empty) {
        parts.pop();
    }
    parts.iter().fold(String::new(), |path, part| path + "/" + part)
}

fn query(query: &str) -> String {
    let mut pairs: Vec<String> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .filter(|pair| {
            let name = pair.split('=').next().unwrap_or("").to_ascii_lowercase();
            let tracks = TRACKING.names.contains(&name)
                || TRACKING.prefixes.iter().any(|prefix| name.starts_with(prefix));
            !tracks
        })
        .map(unescaped)
        .collect();
    pairs.sort();
    pairs.join("&")
}

/// Escapes become the characters they stand for, where those need no escape and are whole UTF-8; other escapes are kept
/// in capitals. So a slug in Arabic letters equals itself in escapes.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut bytes = text.bytes().peekable();
    let mut run: Vec<u8> = Vec::new();
    let mut plain: Vec<u8> = Vec::new();
    while let Some(byte) = bytes.next() {
        let mut ahead = bytes.clone();
        let digits = (byte == b'%').then(|| Some((hex(ahead.next()?)?, hex(ahead.next()?)?))).flatten();
        if let Some((high, low)) = digits {
            bytes = ahead;
            flush_plain(&mut plain, &mut out);
            run.push(high * 16 + low);
        } else {
            flush_run(&mut run, &mut out);
            plain.push(byte);
        }
    }
    flush_plain(&mut plain, &mut out);
    flush_run(&mut run, &mut out);
    out
}

fn flush_plain(plain: &mut Vec<u8>, out: &mut String) {
    out.push_str(&String::from_utf8_lossy(plain));
    plain.clear();
}

fn flush_run(run: &mut Vec<u8>, out: &mut String) {
    let escape = |out: &mut String, byte: u8| out.push_str(&format!("%{byte:02X}"));
    for chunk in run.utf8_chunks() {
        for c in chunk.valid().chars() {
            if c.is_ascii_alphanumeric() || "-._~".contains(c) || (!c.is_ascii() && !c.is_whitespace()) {
                out.push(c);
            } else {
                c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| escape(out, byte));
            }
        }
        chunk.invalid().iter().for_each(|byte| escape(out, *byte));
    }
    run.clear();
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(text: &str) -> String {
        AddressKey::new(text).unwrap_or_else(|| panic!("{text}")).0
    }

    #[test]
    fn the_data_file_can_be_read() {
        let tracking: Tracking = toml::from_str(include_str!("../data/tracking.toml")).unwrap();
        assert!(
            tracking.names.iter().chain(&tracking.prefixes).all(|name| *name == name.to_ascii_lowercase())
        );
    }

    #[test]
    fn spellings_of_one_page_are_one() {
        for text in [
            "https://www.ministry.example/en/joint-communique/",
            "http://ministry.example/en/joint-communique",
            "HTTPS://Ministry.EXAMPLE:443/en/./x/../joint-communique/",
            "//ministry.example/en/joint-communique/#text",
            "www.ministry.example/en/joint-communique",
            "(https://ministry.example/en/joint-communique/ )",
            "\u{200f}https://ministry.example/en/joint%2Dcommunique?utm_source=a&fbclid=b",
        ] {
            assert_eq!(key(text), "ministry.example/en/joint-communique", "{text}");
        }
        assert_eq!(key("https://m.example/%D8%A8%DB%8C%D8%A7%D9%86%DB%8C%D9%87/"), "m.example/بیانیه");
        assert_eq!(key("https://m.example/?id=7&lang=fa&UTM_x=1"), key("https://m.example?lang=fa&id=7"));
    }

    #[test]
    fn two_pages_are_two() {
        for (a, b) in [
            ("https://a.example/note", "https://b.example/note"),
            ("https://a.example/Note", "https://a.example/note"),
            ("https://a.example/note?id=1", "https://a.example/note?id=2"),
            ("https://a.example/a%2Fb", "https://a.example/a/b"),
            ("https://a.example:8080/a", "https://a.example/a"),
            ("https://a.example/#!/note/1", "https://a.example/#!/note/2"),
        ] {
            assert_ne!(key(a), key(b));
        }
    }

    #[test]
    fn a_site_is_no_page() {
        assert!(!AddressKey::new("https://ministry.example/?utm_source=x").unwrap().names_a_page());
        assert!(AddressKey::new("https://ministry.example/x").unwrap().names_a_page());
        for text in ["", "note", "mailto:a@b.example", "https://", "ftp://a.example/x", "https://a b/"] {
            assert!(AddressKey::new(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_bracket_bared_by_leaving_out_the_fragment_goes_too() {
        assert_eq!(AddressKey::new("http://a.example/x?>#0"), AddressKey::new("http://a.example/x"));
    }

    proptest! {
        #[test]
        fn any_text_is_taken_and_the_normal_form_is_its_own(text in "(https?://)?\\PC{0,60}") {
            if let Some(key) = AddressKey::new(&text) {
                prop_assert_eq!(AddressKey::new(&format!("https://{key}")), Some(key));
            }
        }
    }
}
