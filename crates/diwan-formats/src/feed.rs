//! Feeds: RSS 0.9 to 2.0 and Atom, read into what they list; and Atom, written.

use std::io::{self, Write};
use std::ops::ControlFlow;

use quick_xml::escape::escape;

use crate::xml::{self, Piece, attribute};

/// The most entries that are read.
pub const MAX_ENTRIES: usize = 50_000;

/// One entry of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedEntry {
    /// The address of its page, as printed: it may be relative.
    pub address: String,
    /// Its title, as printed.
    pub title: Option<String>,
    /// When it was published or last changed, as printed.
    pub date: Option<String>,
    /// Its language, where said.
    pub lang: Option<String>,
}

/// A feed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Feed {
    /// Its title.
    pub title: Option<String>,
    /// Entries that have an address, in order.
    pub entries: Vec<FeedEntry>,
    /// Entries without one.
    pub without_address: usize,
    /// Where the document broke off, if it did: what stands before is there.
    pub fault: Option<String>,
}

/// Whether the bytes begin like a feed.
///
/// ```
/// assert!(diwan_formats::feed::is_feed(b"<?xml version='1.0'?>\n<!-- ours --><feed xmlns='http://www.w3.org/2005/Atom'>"));
/// assert!(!diwan_formats::feed::is_feed(b"<html><body>a feed"));
/// ```
pub fn is_feed(bytes: &[u8]) -> bool {
    matches!(root(bytes).as_deref(), Some("rss" | "feed" | "RDF"))
}

/// The name of the document's root element, from its first 4 KiB.
pub(crate) fn root(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..4096.min(bytes.len()))?;
    let text = xml::decode(head);
    if !text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']).starts_with('<') {
        return None;
    }
    let mut found = None;
    // Cut off somewhere, it may well be malformed at its end.
    let _ = xml::walk(&text, |piece| match piece {
        Piece::Open(name, _) => {
            found = Some(name.to_owned());
            ControlFlow::Break(())
        }
        _ => ControlFlow::Continue(()),
    });
    found
}

/// Reads a feed as far as it goes.
///
/// ```
/// let feed = diwan_formats::feed::read_feed(
///     b"<rss><channel><title>Notes</title><item><title>One</title><link>/notes/1</link></item></channel></rss>",
/// );
/// assert_eq!((feed.title.as_deref(), feed.entries[0].address.as_str()), (Some("Notes"), "/notes/1"));
/// ```
pub fn read_feed(bytes: &[u8]) -> Feed {
    let text = xml::decode(bytes);
    let mut reader = FeedReader::default();
    let walked = xml::walk(&text, |piece| {
        reader.piece(piece);
        match reader.feed.entries.len() < MAX_ENTRIES {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    });
    let mut feed = reader.feed;
    feed.fault = walked.err();
    if feed.entries.len() >= MAX_ENTRIES {
        feed.fault = Some(format!("it has more than {MAX_ENTRIES} entries; the rest was left"));
    }
    feed
}

#[derive(Default)]
struct FeedReader {
    feed: Feed,
    /// The entry in hand; its `address` may be better than the one from its `guid`.
    entry: Option<(FeedEntry, Option<String>)>,
    path: Vec<String>,
    text: String,
    /// Whether the `guid` in hand is said to be no address.
    bare: bool,
}

impl FeedReader {
    fn piece(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Text(text) => self.text.push_str(text),
            Piece::Open(name, attributes) => {
                self.path.push(name.to_owned());
                self.text.clear();
                self.bare = attribute(attributes, "isPermaLink") == Some("false");
                match name {
                    "item" | "entry" => {
                        let lang = attribute(attributes, "lang").map(str::to_owned);
                        self.entry = Some((FeedEntry { lang, ..FeedEntry::default() }, None));
                    }
                    "link" => self.atom_link(attributes),
                    _ => {}
                }
            }
            Piece::Close(name) => {
                let text = std::mem::take(&mut self.text);
                // What was left open inside is closed with it.
                if let Some(k) = self.path.iter().rposition(|open| open == name) {
                    self.path.truncate(k);
                }
                self.close(name, text.trim());
            }
        }
    }

    fn atom_link(&mut self, attributes: &[(String, String)]) {
        let Some(href) = attribute(attributes, "href") else { return };
        if let Some((entry, _)) = &mut self.entry
            && matches!(attribute(attributes, "rel"), None | Some("alternate"))
            && entry.address.is_empty()
        {
            entry.address = href.trim().to_owned();
        }
    }

    fn close(&mut self, name: &str, text: &str) {
        let inside = self.path.last().map(String::as_str);
        let direct = matches!(inside, Some("item" | "entry"));
        match (&mut self.entry, name) {
            (Some(_), "item" | "entry") => {
                if let Some((mut entry, guid)) = self.entry.take() {
                    if entry.address.is_empty() {
                        entry.address = guid.unwrap_or_default();
                    }
                    match entry.address.is_empty() {
                        true => self.feed.without_address += 1,
                        false => self.feed.entries.push(entry),
                    }
                }
            }
            (Some((entry, guid)), name) if direct && !text.is_empty() => match name {
                "link" if entry.address.is_empty() => entry.address = text.to_owned(),
                "guid" | "id" if !self.bare && text.starts_with("http") => *guid = Some(text.to_owned()),
                "title" => entry.title = Some(text.to_owned()),
                "pubDate" | "published" | "date" => entry.date = Some(text.to_owned()),
                "updated" if entry.date.is_none() => entry.date = Some(text.to_owned()),
                "language" => entry.lang = Some(text.to_owned()),
                _ => {}
            },
            (None, "title") if self.feed.title.is_none() && matches!(inside, Some("channel" | "feed")) => {
                self.feed.title = Some(text.to_owned());
            }
            _ => {}
        }
    }
}

/// An entry to be written.
#[derive(Debug, Clone, Copy)]
pub struct WrittenEntry<'a> {
    /// An address or other URI that stays.
    pub id: &'a str,
    /// The address of its page.
    pub address: &'a str,
    /// Its title.
    pub title: &'a str,
    /// When it last changed: RFC 3339.
    pub updated: &'a str,
    /// Its language.
    pub lang: Option<&'a str>,
    /// A few words, without markup.
    pub summary: Option<&'a str>,
}

/// Writes an Atom feed (RFC 4287). `updated` is RFC 3339; `address` is the feed's own.
///
/// # Errors
/// What the writer gives.
pub fn write_atom(
    out: &mut impl Write,
    title: &str,
    address: &str,
    updated: &str,
    entries: &[WrittenEntry<'_>],
) -> io::Result<()> {
    let text = |text: &str| {
        let clean: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        escape(clean.as_str()).into_owned()
    };
    writeln!(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>")?;
    writeln!(out, "<feed xmlns=\"http://www.w3.org/2005/Atom\">")?;
    writeln!(out, "<title>{}</title>", text(title))?;
    writeln!(out, "<id>{0}</id><link rel=\"self\" href=\"{0}\"/>", text(address))?;
    writeln!(out, "<updated>{}</updated>", text(updated))?;
    writeln!(out, "<author><name>{}</name></author>", text(title))?;
    for entry in entries {
        match entry.lang {
            Some(lang) => writeln!(out, "<entry xml:lang=\"{}\">", text(lang))?,
            None => writeln!(out, "<entry>")?,
        }
        writeln!(out, "<id>{}</id><link href=\"{}\"/>", text(entry.id), text(entry.address))?;
        writeln!(out, "<title>{}</title><updated>{}</updated>", text(entry.title), text(entry.updated))?;
        if let Some(summary) = entry.summary {
            writeln!(out, "<summary>{}</summary>", text(summary))?;
        }
        writeln!(out, "</entry>")?;
    }
    writeln!(out, "</feed>")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn addresses(feed: &Feed) -> Vec<&str> {
        feed.entries.iter().map(|entry| entry.address.as_str()).collect()
    }

    #[test]
    fn the_three_families() {
        let rss = read_feed(
            "<?xml version='1.0'?><rss version='2.0'><channel><title>بيانات</title><link>https://a.example/</link>\
             <image><title>logo</title><link>https://a.example/logo</link></image>\
             <item><title><![CDATA[A & B]]></title><link>https://a.example/1?x=1&amp;y=2</link><pubDate>Fri, 03 Dec 2021</pubDate>\
             <source><title>elsewhere</title></source></item>\
             <item><guid isPermaLink='true'>https://a.example/2</guid></item><item><guid isPermaLink='false'>https://no</guid></item>\
             </channel></rss>"
                .as_bytes(),
        );
        assert_eq!(addresses(&rss), ["https://a.example/1?x=1&y=2", "https://a.example/2"]);
        assert_eq!((rss.title.as_deref(), rss.without_address), (Some("بيانات"), 1));
        assert_eq!(rss.entries[0].title.as_deref(), Some("A & B"));
        assert_eq!(rss.entries[0].date.as_deref(), Some("Fri, 03 Dec 2021"));

        let atom = read_feed(
            b"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='fa'><title>N</title><entry xml:lang='fa'>\
              <link rel='edit' href='/edit'/><link href='/notes/1'/><link rel='alternate' href='/other'/><id>urn:x</id>\
              <updated>2021-12-03T00:00:00Z</updated></entry></feed>",
        );
        assert_eq!(addresses(&atom), ["/notes/1"]);
        assert_eq!(atom.entries[0].lang.as_deref(), Some("fa"));

        let rdf = read_feed(
            b"<rdf:RDF xmlns:rdf='r' xmlns:dc='d'><channel><title>N</title></channel>\
              <item rdf:about='x'><link>http://a.example/1</link><dc:date>2021-12-03</dc:date></item></rdf:RDF>",
        );
        assert_eq!(addresses(&rdf), ["http://a.example/1"]);
        assert_eq!(rdf.entries[0].date.as_deref(), Some("2021-12-03"));
    }

    #[test]
    fn a_feed_that_breaks_off_gives_what_stands_before() {
        let feed = read_feed(b"<rss><channel><item><link>/1</link></item><item><link>/2</lin");
        assert_eq!(addresses(&feed), ["/1"]);
        assert!(feed.fault.is_some());
        let (old, _, _) = encoding_rs::WINDOWS_1256.encode(
            "<?xml version='1.0' encoding='windows-1256'?><rss><channel><item><title>بيان</title><link>/1</link></item></channel></rss>",
        );
        assert_eq!(read_feed(&old).entries[0].title.as_deref(), Some("بيان"));
    }

    #[test]
    fn what_is_written_is_read() {
        let mut out = Vec::new();
        let entry = WrittenEntry {
            id: "https://a.example/1",
            address: "https://a.example/1?a&b",
            title: "<b> & \u{1}بيان",
            updated: "2021-12-03T00:00:00Z",
            lang: Some("ar"),
            summary: Some("…"),
        };
        write_atom(&mut out, "Notes", "https://a.example/feed", "2021-12-03T00:00:00Z", &[entry]).unwrap();
        let feed = read_feed(&out);
        assert!(is_feed(&out) && feed.fault.is_none());
        assert_eq!(addresses(&feed), ["https://a.example/1?a&b"]);
        assert_eq!(feed.entries[0].title.as_deref(), Some("<b> & بيان"));
        assert_eq!(feed.entries[0].lang.as_deref(), Some("ar"));
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(<[a-z/]{0,6}[ =\"']?>?|&[a-z#0-9]{0,4};?|item|link|[a-zا-ي ]){0,40}") {
            read_feed(text.as_bytes());
            crate::sitemap::read_sitemap(text.as_bytes());
        }
    }
}
