//! WARC, the format of web archives (ISO 28500, versions 1.0 and 1.1): plain or in gzip members.
//!
//! [`WarcReader`] goes through a file of any size in the memory of one buffer. A record that is garbled is a
//! [`WarcFault`] with its place, and the reader goes on at the next one. [`WarcRecord::place`] of a record is where a reader
//! can begin anew, so that a run that was stopped need not start over. [`WarcWriter`] writes each record in a gzip member of
//! its own, with digests, as the tools of the field expect.

mod members;
mod read;
mod write;

pub use read::{WarcBody, WarcFault, WarcReader, WarcRecord};
pub use write::{WarcEntry, WarcWriter, WrittenRecord};
