//! Formats of web archives, feeds and translators: readers and writers over [`std::io::Read`] and [`std::io::Write`].
//!
//! | module | reads | writes |
//! |---|---|---|
//! | [`warc`] | WARC 1.0 and 1.1, plain and in gzip members, record by record | the same, a member a record |
//! | [`http`] | heads and bodies of messages: chunks and codings undone, within a limit | – |
//! | [`mhtml`] | pages saved whole by a browser | – |
//! | [`single_file`] | where a page saved by SingleFile came from | – |
//! | [`feed`] | RSS 0.9 to 2.0, Atom | Atom |
//! | [`sitemap`] | sitemaps and their indexes, XML and plain | XML |
//! | [`robots`] | `robots.txt` (RFC 9309) | – |
//! | [`tmx`] | TMX 1.1 to 1.4b | TMX 1.4b |
//! | [`table`] | – | CSV for spreadsheets |
//!
//! Readers of what others wrote never fail as a whole where a part can be had: see each module.
//!
//! *Invariant:* no network, no database; what is written, a peer's reader accepts.

pub mod feed;
pub mod http;
pub mod mhtml;
pub mod robots;
pub mod single_file;
pub mod sitemap;
pub mod table;
pub mod tmx;
pub mod warc;
mod xml;
