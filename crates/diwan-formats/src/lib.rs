//! Formats of web archives, feeds and translators: readers and writers over [`std::io::Read`] and [`std::io::Write`].
//!
//! *Invariant:* no network, no database; what is written, a peer's reader accepts.
