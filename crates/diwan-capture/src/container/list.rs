//! Lists of addresses and paths: tables, lines, feeds and sitemaps.

use std::path::Path;

use diwan_formats::{feed, sitemap};
use url::Url;

use crate::source::{Locator, Refusal, Source};

/// Something that a list names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Named {
    /// A page at an address, with what the list says of it.
    Address { address: String, notes: Vec<(String, String)> },
    /// A file, with its address where the list gives one.
    Path { path: String, address: Option<String>, encoding: Option<String>, notes: Vec<(String, String)> },
    /// Another sitemap.
    Sitemap(String),
    /// A line that names nothing, and why.
    Nothing { line: u64, reason: String },
}

/// Names of the columns that hold an address, and a path.
const ADDRESS: [&str; 5] = ["address", "url", "uri", "link", "loc"];
const PATH: [&str; 3] = ["path", "file", "filename"];

fn delimiter(head: &[u8]) -> u8 {
    let first = head.split(|byte| *byte == b'\n').next().unwrap_or(head);
    let count = |wanted: u8| first.iter().filter(|byte| **byte == wanted).count();
    [b',', b'\t', b';'].into_iter().max_by_key(|wanted| (count(*wanted), *wanted == b',')).unwrap_or(b',')
}

/// Whether a table begins here that names addresses or files: its first line says so.
pub(crate) fn is_table(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let first = text.trim_start_matches('\u{FEFF}').lines().next().unwrap_or("");
    let delimiter = char::from(delimiter(head));
    first
        .split(delimiter)
        .map(column)
        .any(|name| ADDRESS.contains(&name.as_str()) || PATH.contains(&name.as_str()))
}

fn column(name: &str) -> String {
    name.trim().trim_matches('"').trim().to_ascii_lowercase()
}

/// Reads a table: a line a page, with an address, a path or both, and any other columns as what is said of it.
pub(crate) fn table(bytes: &[u8]) -> Vec<Named> {
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(bytes)).flexible(true).from_reader(bytes);
    let columns: Vec<String> = match reader.byte_headers() {
        Ok(names) => names.iter().map(|name| column(&String::from_utf8_lossy(name))).collect(),
        Err(error) => return vec![Named::Nothing { line: 1, reason: error.to_string() }],
    };
    let mut out = Vec::new();
    for row in reader.byte_records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                out.push(Named::Nothing { line, reason: error.to_string() });
                continue;
            }
        };
        let line = row.position().map_or(0, csv::Position::line);
        let (mut address, mut path, mut encoding, mut notes) = (None, None, None, Vec::new());
        for (name, value) in columns.iter().zip(row.iter()) {
            let value = String::from_utf8_lossy(value).trim().to_owned();
            if value.is_empty() {
                continue;
            }
            match name.as_str() {
                name if ADDRESS.contains(&name) && address.is_none() => address = Some(value),
                name if PATH.contains(&name) && path.is_none() => path = Some(value),
                "encoding" | "charset" => encoding = Some(value),
                name => notes.push((name.to_owned(), value)),
            }
        }
        out.push(match (path, address) {
            (Some(path), address) => Named::Path { path, address, encoding, notes },
            (None, Some(address)) => Named::Address { address, notes },
            (None, None) => {
                Named::Nothing { line, reason: "it has neither an address nor a path".to_owned() }
            }
        });
    }
    out
}

/// Reads lines of paths and addresses; empty ones and those that begin with `#` are passed over.
pub(crate) fn lines(text: &str) -> Vec<Named> {
    let text = text.trim_start_matches('\u{FEFF}');
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| named(line, Vec::new())).collect()
}

fn named(text: &str, notes: Vec<(String, String)>) -> Named {
    match is_address(text) {
        true => Named::Address { address: text.to_owned(), notes },
        false => Named::Path { path: text.to_owned(), address: None, encoding: None, notes },
    }
}

/// Whether something is an address to be fetched, and no path.
pub(crate) fn is_address(text: &str) -> bool {
    let head = text.split("://").next().unwrap_or("");
    text.contains("://") && (head.eq_ignore_ascii_case("http") || head.eq_ignore_ascii_case("https"))
}

/// The pages that a feed names, relative to `base`.
pub(crate) fn of_feed(bytes: &[u8], base: Option<&str>) -> (Vec<Named>, Option<String>) {
    let feed = feed::read_feed(bytes);
    let base = base.and_then(|base| Url::parse(base).ok());
    let mut out = Vec::new();
    for (entry, k) in feed.entries.into_iter().zip(1..) {
        let mut notes = Vec::new();
        for (name, value) in [("title", entry.title), ("date", entry.date), ("lang", entry.lang)] {
            notes.extend(value.map(|value| (name.to_owned(), value)));
        }
        out.push(match whole(&entry.address, base.as_ref()) {
            Some(address) => Named::Address { address, notes },
            None => Named::Nothing { line: k, reason: format!("`{}` is no whole address", entry.address) },
        });
    }
    for _ in 0..feed.without_address {
        out.push(Named::Nothing { line: 0, reason: "an entry of it has no address".to_owned() });
    }
    (out, feed.fault)
}

/// The pages and sitemaps that a sitemap names. As its protocol has it, they are on its own host; others are refused.
pub(crate) fn of_sitemap(bytes: &[u8], base: Option<&str>) -> (Vec<Named>, Option<String>) {
    let map = sitemap::read_sitemap(bytes);
    let base = base.and_then(|base| Url::parse(base).ok());
    let site = |url: &Url| url.host_str().map(|host| host.trim_start_matches("www.").to_owned());
    let own = base.as_ref().and_then(site);
    let mut out = Vec::new();
    for (entry, k) in map.entries.into_iter().zip(1..) {
        let address = whole(&entry.address, base.as_ref());
        let url = address.as_deref().and_then(|address| Url::parse(address).ok());
        let (Some(address), Some(url)) = (address, url) else {
            out.push(Named::Nothing { line: k, reason: format!("`{}` is no whole address", entry.address) });
            continue;
        };
        if own.is_some() && site(&url) != own {
            let reason = format!("`{address}` is on another host than the sitemap that names it");
            out.push(Named::Nothing { line: k, reason });
            continue;
        }
        out.push(match map.is_index {
            true => Named::Sitemap(address),
            false => {
                let notes = entry.changed.map(|changed| ("changed".to_owned(), changed));
                Named::Address { address, notes: notes.into_iter().collect() }
            }
        });
    }
    (out, map.fault)
}

fn whole(address: &str, base: Option<&Url>) -> Option<String> {
    let url = match base {
        Some(base) => base.join(address.trim()).ok()?,
        None => Url::parse(address.trim()).ok()?,
    };
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}

/// A refusal of something that a list should have named.
pub(crate) fn refusal(list: &str, line: u64, reason: String) -> Refusal {
    let name = if line > 0 { format!("{list} entry {line}") } else { list.to_owned() };
    Refusal { name, named: false, address: None, reason, locator: None, exchanges: Vec::new(), mark: None }
}

/// A file that a table names, below the table's folder.
pub(crate) fn file_of_table(folder: &Path, path: &str) -> Source {
    let path = folder.join(path);
    let mut source = Source::file(&path, false);
    source.locator = Locator::File(crate::source::absolute(&path));
    source
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_names_pages_and_says_things_of_them() {
        let text = "\u{FEFF}URL;Title;Date\nhttps://a.example/1;\"بيان; أول\";2021-12-03\n;no address;\nhttps://a.example/2;;\n";
        assert!(is_table(text.as_bytes()));
        let found = table(text.as_bytes());
        assert_eq!(found.len(), 3);
        let Named::Address { address, notes } = &found[0] else { panic!("{found:?}") };
        assert_eq!(address, "https://a.example/1");
        assert_eq!(notes[0], ("title".to_owned(), "بيان; أول".to_owned()));
        assert!(matches!(&found[1], Named::Nothing { line: 3, .. }), "{found:?}");
        let files = table(b"path,url,encoding\nnotes/1.html,https://a.example/1,windows-1256\n");
        assert!(
            matches!(&files[0], Named::Path { path, address: Some(_), encoding: Some(_), .. } if path == "notes/1.html")
        );
        assert!(!is_table(b"The ministers met, and spoke.\n"));
    }

    #[test]
    fn lines_feeds_and_sitemaps() {
        let found = lines("# ours\n\nhttps://a.example/1\npages/2.html\nHTTP://b.example\n");
        assert_eq!(found.len(), 3);
        assert!(matches!(&found[1], Named::Path { .. }) && matches!(&found[2], Named::Address { .. }));
        let (entries, _) = of_feed(
            b"<rss><item><link>/1</link></item><item><link>mailto:x</link></item></rss>",
            Some("https://a.example/feed"),
        );
        assert!(matches!(&entries[0], Named::Address { address, .. } if address == "https://a.example/1"));
        assert!(matches!(&entries[1], Named::Nothing { .. }));
        let (entries, _) = of_sitemap(
            b"<sitemapindex><sitemap><loc>https://www.a.example/1.xml</loc></sitemap><sitemap><loc>https://b.example/</loc></sitemap></sitemapindex>",
            Some("https://a.example/sitemap.xml"),
        );
        assert!(matches!(&entries[0], Named::Sitemap(_)) && matches!(&entries[1], Named::Nothing { .. }));
    }
}
