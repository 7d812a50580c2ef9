//! Going through a WARC file.

use std::io::{self, BufRead, Read};

use super::members::Members;
use crate::http::{ContentType, read_line};

/// The most bytes of a record's header.
const MAX_HEADER: usize = 256 << 10;

/// A record that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at byte {at}: {reason}")]
pub struct WarcFault {
    /// Where it is in the file, packed, as near as can be told.
    pub at: u64,
    /// Why, as the end of a sentence that begins with the record.
    pub reason: String,
}

/// The header of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WarcRecord {
    /// Where in the file a reader can begin with this record; `None` where it shares a gzip member with others.
    pub place: Option<u64>,
    /// The bytes of its body.
    pub length: u64,
    fields: Vec<(String, String)>,
}

impl WarcRecord {
    /// The first field of that name, whatever its case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// `response`, `request`, `revisit`, `warcinfo`, `resource` …
    pub fn kind(&self) -> &str {
        self.get("WARC-Type").unwrap_or("")
    }

    /// The address it is about. Some writers put it in angle brackets.
    pub fn address(&self) -> Option<&str> {
        self.get("WARC-Target-URI").map(|uri| uri.trim_start_matches('<').trim_end_matches('>'))
    }

    /// When it was captured, as printed (RFC 3339).
    pub fn date(&self) -> Option<&str> {
        self.get("WARC-Date")
    }

    /// Its identity.
    pub fn id(&self) -> Option<&str> {
        self.get("WARC-Record-ID")
    }

    /// What its body is.
    pub fn content_type(&self) -> ContentType {
        self.get("Content-Type").map(ContentType::new).unwrap_or_default()
    }

    /// Whether the body is a message of HTTP, with a head of its own.
    pub fn is_http(&self) -> bool {
        match self.content_type().media_type.as_deref() {
            Some(kind) => kind == "application/http",
            None => self.address().is_some_and(|address| address.starts_with("http")),
        }
    }
}

/// Goes through the records of a file in order.
///
/// ```
/// use std::io::Read;
/// use diwan_formats::warc::WarcReader;
/// let file = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 5\r\n\r\nIt me\r\n\r\n";
/// let mut reader = WarcReader::new(file.as_slice());
/// let record = reader.next_record()?.unwrap()?;
/// assert_eq!((record.kind(), record.place), ("resource", Some(0)));
/// let mut body = String::new();
/// reader.body().read_to_string(&mut body)?;
/// assert_eq!(body, "It me");
/// assert!(reader.next_record()?.is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct WarcReader<R> {
    members: Members<R>,
    /// Bytes of the record's body that are still to come.
    left: u64,
    /// Whether the file ended inside the body.
    cut: bool,
    /// A fault met while a body was passed over.
    pending: Option<WarcFault>,
}

impl<R> std::fmt::Debug for WarcReader<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WarcReader").field("left", &self.left).finish_non_exhaustive()
    }
}

/// The body of the record that was read last.
#[derive(Debug)]
pub struct WarcBody<'a, R>(&'a mut WarcReader<R>);

impl<R: BufRead> WarcReader<R> {
    /// Reads from the beginning.
    pub fn new(reader: R) -> Self {
        Self::starting_at(reader, 0)
    }

    /// Reads from a place that [`WarcRecord::place`] gave; `reader` stands there already.
    pub fn starting_at(reader: R, place: u64) -> Self {
        Self { members: Members::new(reader, place), left: 0, cut: false, pending: None }
    }

    /// How many bytes of the file were taken so far, packed.
    pub fn taken(&self) -> u64 {
        self.members.taken()
    }

    /// The next record; what is left of the body before it is passed over. `None` at the end of the file. After a fault the
    /// next call goes on at the next record that can be found.
    ///
    /// # Errors
    /// Where the file itself cannot be read any more.
    pub fn next_record(&mut self) -> io::Result<Option<Result<WarcRecord, WarcFault>>> {
        if let Err(error) = self.pass_over() {
            return self.fault(error).map(Some);
        }
        if let Some(fault) = self.pending.take() {
            return Ok(Some(Err(fault)));
        }
        match self.header() {
            Ok(None) => Ok(None),
            Ok(Some(Ok(record))) => {
                self.left = record.length;
                Ok(Some(Ok(record)))
            }
            Ok(Some(Err(reason))) => self.fault(io::Error::new(io::ErrorKind::InvalidData, reason)).map(Some),
            Err(error) => self.fault(error).map(Some),
        }
    }

    /// The body of the record that was read last, as far as it was not read yet.
    pub fn body(&mut self) -> WarcBody<'_, R> {
        WarcBody(self)
    }

    fn pass_over(&mut self) -> io::Result<()> {
        while self.left > 0 && !self.cut {
            let ahead = self.members.fill_buf()?.len();
            self.take_up(ahead, u64::MAX);
        }
        if self.cut {
            (self.left, self.cut) = (0, false);
        }
        Ok(())
    }

    /// Consumes up to `ahead` bytes of the body; none ahead means that the file ended in it.
    fn take_up(&mut self, ahead: usize, most: u64) -> usize {
        let n = self.left.min(ahead as u64).min(most);
        self.members.consume(usize::try_from(n).unwrap_or(ahead));
        self.left -= n;
        if ahead == 0 && self.left > 0 {
            self.cut = true;
        }
        usize::try_from(n).unwrap_or(ahead)
    }

    fn header(&mut self) -> io::Result<Option<Result<WarcRecord, String>>> {
        // Empty lines and padding stand between records.
        loop {
            let ahead = self.members.fill_buf()?;
            if ahead.is_empty() {
                return Ok(None);
            }
            let blank = ahead.iter().take_while(|byte| matches!(byte, b'\r' | b'\n' | b' ' | 0)).count();
            let all = blank == ahead.len();
            self.members.consume(blank);
            if !all {
                break;
            }
        }
        let place = self.members.place();
        if !self.members.peek(5)?.starts_with(b"WARC/") {
            return Ok(Some(Err("it does not begin like a record of a web archive".to_owned())));
        }
        let mut left = MAX_HEADER;
        let version = read_line(&mut self.members, &mut left)?.unwrap_or_default();
        if !version.starts_with("WARC/") {
            return Ok(Some(Err("it does not begin like a record of a web archive".to_owned())));
        }
        let mut fields: Vec<(String, String)> = Vec::new();
        loop {
            let Some(line) = read_line(&mut self.members, &mut left)? else {
                return Ok(Some(Err("its header is cut short".to_owned())));
            };
            if line.is_empty() {
                break;
            }
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                fields.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        let mut record = WarcRecord { place, length: 0, fields };
        let Some(length) = record.get("Content-Length").and_then(|length| length.parse().ok()) else {
            return Ok(Some(Err("it does not say how long it is".to_owned())));
        };
        record.length = length;
        Ok(Some(Ok(record)))
    }

    /// Makes a fault of an error and finds the next record.
    fn fault<T>(&mut self, error: io::Error) -> io::Result<Result<T, WarcFault>> {
        (self.left, self.cut) = (0, false);
        let fault = WarcFault { at: self.members.taken(), reason: reason(&error) };
        match error.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {}
            // The disk failed, not the file.
            _ => return Err(error),
        }
        if self.members.is_packed() {
            self.find_member()?
        } else {
            self.find_line()?
        }
        Ok(Err(fault))
    }

    fn find_member(&mut self) -> io::Result<()> {
        while self.members.next_member()? {
            // The three bytes may have come about by chance.
            if self.members.peek(5).is_ok_and(|ahead| ahead.starts_with(b"WARC/")) {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Goes to the next line that begins with `WARC/1.`.
    fn find_line(&mut self) -> io::Result<()> {
        let mut last = 0_u8;
        loop {
            let ahead = self.members.peek(7)?;
            if ahead.is_empty() || (last == b'\n' && ahead.starts_with(b"WARC/1.")) {
                return Ok(());
            }
            let end = ahead.iter().position(|byte| *byte == b'\n').map_or(ahead.len(), |k| k + 1);
            last = ahead.get(end - 1).copied().unwrap_or(0);
            self.members.consume(end);
        }
    }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "the file is cut short in it".to_owned(),
        _ => format!("it is garbled ({error})"),
    }
}

impl<R: BufRead> Read for WarcBody<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let reader = &mut *self.0;
        if reader.left == 0 || out.is_empty() {
            return Ok(0);
        }
        let ahead = match reader.members.fill_buf() {
            Ok(ahead) => ahead,
            Err(error) => {
                // The fault is this record's and is told to whoever reads the body; the next call finds the next record.
                let kind = error.kind();
                let text = reason(&error);
                reader.fault::<()>(error)?.err();
                return Err(io::Error::new(kind, text));
            }
        };
        let n = ahead.len().min(out.len()).min(usize::try_from(reader.left).unwrap_or(usize::MAX));
        if let (Some(to), Some(from)) = (out.get_mut(..n), ahead.get(..n)) {
            to.copy_from_slice(from);
        }
        let available = ahead.len();
        reader.take_up(available, n as u64);
        if n == 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the file is cut short in it"));
        }
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;

    fn record(kind: &str, body: &str) -> Vec<u8> {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <https://a.example/>\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
            body.len()
        )
        .into_bytes()
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// Bodies, or the reasons of faults.
    fn all(file: &[u8], start: u64) -> Vec<String> {
        let from = usize::try_from(start).unwrap();
        let mut reader = WarcReader::starting_at(&file[from..], start);
        let mut out = Vec::new();
        while let Some(record) = reader.next_record().unwrap() {
            let mut body = String::new();
            out.push(match record {
                Err(fault) => fault.reason,
                Ok(_) => match reader.body().read_to_string(&mut body) {
                    Ok(_) => body,
                    Err(error) => error.to_string(),
                },
            });
        }
        out
    }

    #[test]
    fn plain_and_packed_files_give_the_same_records_and_places_to_begin_at() {
        let long = "x".repeat(200_000);
        let bodies = ["one", "", &long, "four"];
        let plain: Vec<Vec<u8>> = bodies.iter().map(|body| record("response", body)).collect();
        let packed: Vec<Vec<u8>> = plain.iter().map(|record| gzip(record)).collect();
        for parts in [&plain, &packed] {
            let file = parts.concat();
            assert_eq!(all(&file, 0), bodies);
            let mut reader = WarcReader::new(file.as_slice());
            let mut expected = 0;
            for (k, part) in parts.iter().enumerate() {
                let record = reader.next_record().unwrap().unwrap().unwrap();
                assert_eq!(record.place, Some(expected), "bodies that were not read are passed over");
                assert_eq!(record.address(), Some("https://a.example/"));
                assert_eq!(all(&file, expected), bodies[k..]);
                expected += part.len() as u64;
            }
            assert!(reader.next_record().unwrap().is_none());
            assert_eq!(reader.taken(), file.len() as u64);
        }
        let one_member = gzip(&plain.concat());
        let mut reader = WarcReader::new(one_member.as_slice());
        assert_eq!(reader.next_record().unwrap().unwrap().unwrap().place, Some(0));
        assert_eq!(reader.next_record().unwrap().unwrap().unwrap().place, None, "inside a member");
        assert_eq!(all(&one_member, 0), bodies);
    }

    #[test]
    fn a_record_at_the_edge_of_a_buffer_is_read() {
        for size in 1..12 {
            for pack in [false, true] {
                let make = |body: &str| {
                    if pack { gzip(&record("response", body)) } else { record("response", body) }
                };
                let file = [make("one"), make("two"), make("three")].concat();
                let mut reader = WarcReader::new(io::BufReader::with_capacity(size, file.as_slice()));
                let mut bodies = Vec::new();
                while let Some(record) = reader.next_record().unwrap() {
                    record.unwrap();
                    let mut body = String::new();
                    reader.body().read_to_string(&mut body).unwrap();
                    bodies.push(body);
                }
                assert_eq!(bodies, ["one", "two", "three"], "buffers of {size} bytes");
            }
        }
    }

    #[test]
    fn what_is_garbled_is_a_fault_and_the_rest_goes_on() {
        let mut file = record("response", "one");
        file.extend(b"garbage\r\nmore of it\r\n");
        file.extend(record("response", "two"));
        assert_eq!(all(&file, 0).len(), 3);
        assert_eq!(all(&file, 0)[2], "two");

        let parts: Vec<Vec<u8>> =
            ["one", &"y".repeat(5000), "three"].iter().map(|body| gzip(&record("response", body))).collect();
        let mut file = parts.concat();
        let middle = parts[0].len() + parts[1].len() / 2;
        file[middle] ^= 0x55;
        file[middle + 1] ^= 0x55;
        let found = all(&file, 0);
        assert_eq!((found[0].as_str(), found[found.len() - 1].as_str()), ("one", "three"), "{found:?}");
        assert_eq!(found.len(), 3);

        let cut = &parts.concat()[..parts[0].len() + parts[1].len() - 30];
        let found = all(cut, 0);
        assert_eq!((found.len(), found[0].as_str()), (2, "one"));
        assert!(found[1].contains("cut short"), "{found:?}");
        let cut = record("response", "a body of some length");
        assert!(all(&cut[..cut.len() - 12], 0)[0].contains("cut short"));
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..300), flip in any::<u16>()) {
            all(&bytes, 0);
            let mut file = [record("response", "one"), gzip(&record("revisit", "two")), bytes].concat();
            let at = usize::from(flip) % file.len();
            file[at] ^= 1 << (flip % 8);
            all(&file, 0);
        }
    }
}
