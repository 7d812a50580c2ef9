//! Sitemaps and their indexes (sitemaps.org), XML or one address a line; and sitemaps, written.

use std::io::{self, Write};
use std::ops::ControlFlow;

use quick_xml::escape::escape;

use crate::feed::root;
use crate::xml::{self, Piece, attribute};

/// The most addresses that are read from one file, as the protocol has it.
pub const MAX_ADDRESSES: usize = 50_000;

/// One address of a sitemap.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SitemapEntry {
    /// The page's address, or in an index the address of another sitemap.
    pub address: String,
    /// When it last changed, as printed.
    pub changed: Option<String>,
    /// The same page in other languages: language and address.
    pub alternates: Vec<(String, String)>,
}

/// A sitemap.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sitemap {
    /// Whether it lists sitemaps, not pages.
    pub is_index: bool,
    /// What it lists, in order.
    pub entries: Vec<SitemapEntry>,
    /// Where the document broke off, if it did: what stands before is there.
    pub fault: Option<String>,
}

/// Whether the bytes begin like a sitemap in XML.
pub fn is_sitemap(bytes: &[u8]) -> bool {
    matches!(root(bytes).as_deref(), Some("urlset" | "sitemapindex"))
}

/// Reads a sitemap as far as it goes. What is no XML is read as one address a line.
///
/// ```
/// let map = diwan_formats::sitemap::read_sitemap(
///     b"<urlset><url><loc> https://ministry.example/1 </loc><lastmod>2021-12-03</lastmod></url></urlset>",
/// );
/// assert_eq!(map.entries[0].address, "https://ministry.example/1");
/// assert!(!map.is_index);
/// ```
pub fn read_sitemap(bytes: &[u8]) -> Sitemap {
    let text = xml::decode(bytes);
    let mut map = Sitemap::default();
    if !text.trim_start().starts_with('<') {
        let lines = text.lines().map(str::trim).filter(|line| line.starts_with("http"));
        let entry = |line: &str| SitemapEntry { address: line.to_owned(), ..SitemapEntry::default() };
        map.entries = lines.take(MAX_ADDRESSES).map(entry).collect();
        return map;
    }
    let mut entry: Option<SitemapEntry> = None;
    let mut inner = String::new();
    let mut parents: Vec<String> = Vec::new();
    let walked = xml::walk(&text, |piece| {
        match piece {
            Piece::Text(text) => inner.push_str(text),
            Piece::Open(name, attributes) => {
                inner.clear();
                match name {
                    "sitemapindex" => map.is_index = true,
                    "url" | "sitemap" => entry = Some(SitemapEntry::default()),
                    "link" => {
                        let link = attribute(attributes, "hreflang").zip(attribute(attributes, "href"));
                        if let (Some(entry), Some((lang, href))) = (&mut entry, link) {
                            entry.alternates.push((lang.to_owned(), href.trim().to_owned()));
                        }
                    }
                    _ => {}
                }
                parents.push(name.to_owned());
            }
            Piece::Close(name) => {
                let text = std::mem::take(&mut inner);
                if let Some(k) = parents.iter().rposition(|open| open == name) {
                    parents.truncate(k);
                }
                // `loc` also stands in the extensions for images and videos.
                let direct = matches!(parents.last().map(String::as_str), Some("url" | "sitemap"));
                match (name, &mut entry) {
                    ("loc", Some(entry)) if direct => entry.address = text.trim().to_owned(),
                    ("lastmod", Some(entry)) if direct => entry.changed = Some(text.trim().to_owned()),
                    ("url" | "sitemap", _) => {
                        map.entries.extend(entry.take().filter(|entry| !entry.address.is_empty()));
                    }
                    _ => {}
                }
            }
        }
        if map.entries.len() < MAX_ADDRESSES { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    map.fault = walked.err();
    map
}

/// Writes a sitemap of pages: address and, where known, the day it last changed (`2021-12-03` or RFC 3339).
///
/// # Errors
/// What the writer gives; [`io::ErrorKind::InvalidInput`] above [`MAX_ADDRESSES`].
pub fn write_sitemap(out: &mut impl Write, pages: &[(&str, Option<&str>)]) -> io::Result<()> {
    if pages.len() > MAX_ADDRESSES {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "a sitemap has at most 50,000 addresses"));
    }
    writeln!(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>")?;
    writeln!(out, "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">")?;
    for (address, changed) in pages {
        write!(out, "<url><loc>{}</loc>", escape(*address))?;
        if let Some(changed) = changed {
            write!(out, "<lastmod>{}</lastmod>", escape(*changed))?;
        }
        writeln!(out, "</url>")?;
    }
    writeln!(out, "</urlset>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_indexes_and_lines() {
        let map = read_sitemap(
            b"<?xml version='1.0'?><urlset xmlns='s' xmlns:xhtml='x' xmlns:image='i'><url><loc>https://a.example/en/1?a&amp;b</loc>\
              <image:image><image:loc>https://a.example/i.png</image:loc></image:image>\
              <xhtml:link rel='alternate' hreflang='fa' href='https://a.example/fa/1'/><lastmod>2021-12-03</lastmod></url>\
              <url><loc></loc></url></urlset>",
        );
        assert_eq!(map.entries.len(), 1);
        assert_eq!(map.entries[0].address, "https://a.example/en/1?a&b");
        assert_eq!(map.entries[0].alternates, [("fa".to_owned(), "https://a.example/fa/1".to_owned())]);
        let index = read_sitemap(b"<sitemapindex><sitemap><loc>https://a.example/1.xml.gz</loc></sitemap>");
        assert!(index.is_index && is_sitemap(b"<sitemapindex>"));
        assert_eq!(index.entries.len(), 1);
        assert_eq!(read_sitemap(b"https://a.example/1\n\nhttps://a.example/2\n").entries.len(), 2);
    }

    #[test]
    fn what_is_written_is_read() {
        let mut out = Vec::new();
        write_sitemap(
            &mut out,
            &[("https://a.example/?a&b", Some("2021-12-03")), ("https://b.example/", None)],
        )
        .unwrap();
        let map = read_sitemap(&out);
        assert_eq!(map.entries[0].address, "https://a.example/?a&b");
        assert_eq!((map.entries.len(), map.fault), (2, None));
    }
}
