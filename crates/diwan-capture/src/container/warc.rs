//! Pages out of a web archive, one record after the other.
//!
//! Taken are the responses and resources that are pages: HTML, PDF, documents and plain text. A response that a revisit
//! record refers to is not in the file again; it is looked for among the captures by its digest. Pictures, styles and
//! scripts, and answers that are no pages, are counted and passed over.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read as _, Seek, SeekFrom, Take};
use std::path::{Path, PathBuf};

use diwan_formats::http::{Head, read_body};
use diwan_formats::warc::{WarcFault, WarcReader, WarcRecord};
use diwan_model::{Exchange, ExchangeOrigin};

use crate::source::{Content, Locator, Mark, Refusal, Source};

/// Goes through a web archive.
pub(crate) struct WarcPages {
    reader: WarcReader<BufReader<Take<File>>>,
    /// As the user named it.
    name: String,
    /// The file on the disk, and where in it the archive begins (inside a WACZ).
    file: PathBuf,
    offset: u64,
    /// What tells the file from another of that name.
    identity: String,
    limit: u64,
    /// The request that stands before its response.
    request: Option<(String, String)>,
    /// A page whose request may come in the next record.
    held: Option<Result<Source, Refusal>>,
    ended: bool,
    /// What was passed over, by kind.
    pub(crate) passed: BTreeMap<String, u64>,
    /// Only the record at this place is wanted.
    only: Option<u64>,
}

impl WarcPages {
    /// Opens the archive at `place` (0: its beginning). `span` is where it lies in `file`, if it is not the whole file.
    pub(crate) fn open(
        name: &str,
        file: &Path,
        span: Option<(u64, u64)>,
        place: u64,
        limit: u64,
    ) -> io::Result<Self> {
        let mut handle = File::open(file)?;
        let found = handle.metadata()?;
        let (offset, length) = span.unwrap_or((0, found.len()));
        handle.seek(SeekFrom::Start(offset + place))?;
        let reader = BufReader::with_capacity(64 << 10, handle.take(length.saturating_sub(place)));
        let time = found.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        let path = crate::source::absolute(file);
        Ok(Self {
            reader: WarcReader::starting_at(reader, place),
            name: name.to_owned(),
            identity: format!(
                "{} {} {} {offset}",
                path.display(),
                found.len(),
                time.unwrap_or_default().as_secs()
            ),
            file: path,
            offset,
            limit,
            request: None,
            held: None,
            ended: false,
            passed: BTreeMap::new(),
            only: None,
        })
    }

    /// Gives the record it stands at, and no other.
    pub(crate) fn only_first(mut self, place: u64) -> Self {
        self.only = Some(place);
        self
    }

    /// What a [`Mark`] of this file names it by.
    pub(crate) fn identity(&self) -> &str {
        &self.identity
    }

    fn mark(&self, place: Option<u64>) -> Option<Mark> {
        place.map(|place| Mark { file: self.identity.clone(), place })
    }

    /// The next page or refusal.
    pub(crate) fn next(&mut self) -> Option<Result<Source, Refusal>> {
        while !self.ended {
            let record = match self.reader.next_record() {
                Err(error) => {
                    self.ended = true;
                    Some(Err(self.refusal(None, None, format!("it cannot be read on: {error}"))))
                }
                Ok(None) => {
                    self.ended = true;
                    None
                }
                Ok(Some(Err(fault))) => Some(Err(self.fault(fault))),
                Ok(Some(Ok(record))) => {
                    if self.only.is_some_and(|only| record.place.is_none_or(|place| place > only)) {
                        self.ended = true;
                        break;
                    }
                    // A run that goes on here begins with this record: what is held comes before it.
                    let mark = self.mark(record.place);
                    if let Some(held) = &mut self.held {
                        match held {
                            Ok(source) => source.mark = mark,
                            Err(refusal) => refusal.mark = mark,
                        }
                    }
                    self.take_in(&record)
                }
            };
            if let Some(found) = record {
                let before = self.held.replace(found);
                if before.is_some() {
                    return before;
                }
            }
        }
        self.held.take()
    }

    fn take_in(&mut self, record: &WarcRecord) -> Option<Result<Source, Refusal>> {
        match record.kind() {
            "request" => {
                self.take_request(record);
                None
            }
            "response" if record.is_http() => self.response(record),
            "resource" | "response" => self.resource(record),
            "revisit" => Some(self.revisit(record)),
            "warcinfo" | "metadata" => None,
            kind => {
                let kind: String = kind.chars().take(20).collect();
                self.pass(&format!("{kind} record"));
                None
            }
        }
    }

    fn pass(&mut self, kind: &str) {
        // Kinds come from the file; however many it makes up, the list stays short.
        let kind = if self.passed.len() < 100 || self.passed.contains_key(kind) { kind } else { "other" };
        *self.passed.entry(kind.to_owned()).or_default() += 1;
    }

    /// Keeps the head of a request for the response beside it.
    fn take_request(&mut self, record: &WarcRecord) {
        let Ok(head) = Head::read(&mut BufReader::new(self.reader.body())) else { return };
        let address = record.address().unwrap_or("").to_owned();
        if let Some(Ok(source)) = &mut self.held
            && source.address.as_deref() == Some(address.as_str())
            && let Some(exchange) = source.exchanges.last_mut()
            && exchange.request.is_empty()
        {
            exchange.request = head.text();
            return;
        }
        self.request = Some((address, head.text()));
    }

    fn response(&mut self, record: &WarcRecord) -> Option<Result<Source, Refusal>> {
        let request = self.request.take().filter(|(address, _)| Some(address.as_str()) == record.address());
        let mut body = BufReader::new(self.reader.body());
        let head = match Head::read(&mut body) {
            Ok(head) => head,
            Err(error) => {
                return Some(Err(self.refusal(
                    record.place,
                    record.address(),
                    format!("its head is garbled: {error}"),
                )));
            }
        };
        let status = head.status().unwrap_or(200);
        let told = head.content_type();
        if !(200..300).contains(&status) {
            self.pass(&format!("answer {status}"));
            return None;
        }
        if told.media_type.as_deref().is_some_and(|kind| !is_page(kind)) {
            self.pass(told.media_type.as_deref().and_then(|kind| kind.split('/').next()).unwrap_or("other"));
            return None;
        }
        let bytes = match read_body(&head, body, self.limit) {
            Ok(bytes) => bytes,
            Err(error) => {
                return Some(Err(self.refusal(record.place, record.address(), error.to_string())));
            }
        };
        if bytes.is_empty() {
            self.pass("empty answer");
            return None;
        }
        let mut source = self.source(record, Content::Bytes(bytes));
        source.exchanges.push(Exchange {
            address: record.address().unwrap_or("").to_owned(),
            at: record.date().map(str::to_owned),
            request: request.map(|(_, head)| head).unwrap_or_default(),
            response: head.text(),
            status,
            peer: record.get("WARC-IP-Address").map(str::to_owned),
            body: Vec::new(),
            digest: record.get("WARC-Payload-Digest").map(str::to_owned),
            origin: ExchangeOrigin::Archive,
        });
        source.media_type = told.media_type;
        source.encoding = told.charset;
        Some(Ok(source))
    }

    fn resource(&mut self, record: &WarcRecord) -> Option<Result<Source, Refusal>> {
        let told = record.content_type();
        if !told.media_type.as_deref().is_some_and(is_page) {
            self.pass(told.media_type.as_deref().and_then(|kind| kind.split('/').next()).unwrap_or("other"));
            return None;
        }
        let mut bytes = Vec::new();
        let read = diwan_formats::http::read_limited(self.reader.body(), self.limit, &mut bytes);
        if let Err(error) = read {
            return Some(Err(self.refusal(record.place, record.address(), error.to_string())));
        }
        let mut source = self.source(record, Content::Bytes(bytes));
        source.address = source.address.filter(|address| address.starts_with("http"));
        source.media_type = told.media_type;
        source.encoding = told.charset;
        Some(Ok(source))
    }

    /// The bytes are those of an earlier capture, here or in another file.
    fn revisit(&mut self, record: &WarcRecord) -> Result<Source, Refusal> {
        let Some(digest) = record.get("WARC-Payload-Digest") else {
            return Err(self.refusal(
                record.place,
                record.address(),
                "it refers to an earlier record without saying which".to_owned(),
            ));
        };
        let content = Content::Earlier { digest: digest.to_owned() };
        let mut source = self.source(record, content);
        let head = match record.is_http() {
            true => Head::read(&mut BufReader::new(self.reader.body())).unwrap_or_default(),
            false => Head::default(),
        };
        source.exchanges.push(Exchange {
            address: record.address().unwrap_or("").to_owned(),
            at: record.date().map(str::to_owned),
            request: String::new(),
            status: head.status().unwrap_or(200),
            response: head.text(),
            peer: record.get("WARC-IP-Address").map(str::to_owned),
            body: Vec::new(),
            digest: Some(digest.to_owned()),
            origin: ExchangeOrigin::Archive,
        });
        Ok(source)
    }

    fn locator(&self, place: Option<u64>) -> Locator {
        // Inside a WACZ the record is found by going through it again.
        match place {
            Some(place) if self.offset == 0 => Locator::Record { file: self.file.clone(), place },
            _ => Locator::File(self.file.clone()),
        }
    }

    fn source(&self, record: &WarcRecord, content: Content) -> Source {
        let address = record.address().map(str::to_owned);
        let name = match &address {
            Some(address) => format!("{} {address}", self.name),
            None => self.name.clone(),
        };
        let mut source = Source::new(name, false, self.locator(record.place), content);
        source.address = address;
        source
    }

    fn refusal(&self, place: Option<u64>, address: Option<&str>, reason: String) -> Refusal {
        let name = match address {
            Some(address) => format!("{} {address}", self.name),
            None => self.name.clone(),
        };
        let mut source = Source::new(name, false, self.locator(place), Content::Bytes(Vec::new()));
        source.address = address.map(str::to_owned);
        source.refuse(reason)
    }

    fn fault(&self, fault: WarcFault) -> Refusal {
        let name = format!("{} at byte {}", self.name, fault.at);
        let locator = Locator::File(self.file.clone());
        let mut refusal = Source::new(name, false, locator, Content::Bytes(Vec::new())).refuse(fault.reason);
        // The same file has the same fault: asking for it again makes no sense.
        refusal.locator = None;
        refusal
    }
}

/// Whether something of that media type may be a page.
fn is_page(kind: &str) -> bool {
    matches!(
        kind,
        "text/html"
            | "application/xhtml+xml"
            | "application/pdf"
            | "text/plain"
            | "text/markdown"
            | "multipart/related"
            | "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            | "application/vnd.oasis.opendocument.text"
            | "application/octet-stream"
    )
}
