//! `diwan export warc`: captures as a web archive that other tools replay.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use diwan_formats::http::Head;
use diwan_formats::warc::{WarcEntry, WarcWriter};
use diwan_store::{CaptureRecord, ExchangeRecord, Store};

/// A WARC file (1.1, gzip) of every capture: what was fetched as request and response, with redirects; what was handed in as
/// a file as a resource. Bodies stand decoded: the headers that said how they were packed are kept under
/// `X-Archive-Orig-…`. The same archive gives the same bytes.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan export warc --out archive.warc.gz\n  diwan export warc --fetched --out fetched.warc.gz"
)]
pub(crate) struct WarcExport {
    /// The file to write; standard output if left out.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Only what has a request or a response: what was fetched or came out of a web archive.
    #[arg(long)]
    fetched: bool,
}

impl WarcExport {
    /// Runs it.
    pub(crate) fn run(self, store: &Store) -> anyhow::Result<()> {
        match &self.out {
            Some(path) => {
                let file =
                    File::create(path).with_context(|| format!("cannot write `{}`", path.display()))?;
                self.write(store, BufWriter::new(file))
            }
            None => self.write(store, BufWriter::new(io::stdout().lock())),
        }
    }

    fn write(&self, store: &Store, out: impl Write) -> anyhow::Result<()> {
        let mut writer = WarcWriter::new(out);
        let captures = store.captures()?;
        let begun = captures.first().map_or("1970-01-01T00:00:00Z", |capture| capture.at.as_str());
        let info = format!(
            "software: diwan/{}\r\nformat: WARC File Format 1.1\r\nisPartOf: {}\r\n",
            env!("CARGO_PKG_VERSION"),
            store.settings().name
        );
        writer.write(&WarcEntry {
            kind: "warcinfo",
            identity: &format!("warcinfo {begun} {}", store.settings().name),
            address: None,
            date: begun,
            content_type: "application/warc-fields",
            fields: &[],
            head: b"",
            payload: info.as_bytes(),
        })?;
        let mut told = BTreeSet::new();
        store.for_each_exchange(|record| {
            told.extend(record.capture);
            let body = match record.capture {
                Some(hash) => store.capture_bytes(hash)?.unwrap_or_default(),
                None => record.exchange.body.clone(),
            };
            exchange(&mut writer, &record, &body, begun)
        })?;
        for capture in captures.iter().filter(|capture| !self.fetched && !told.contains(&capture.sha256)) {
            let bytes = store.capture_bytes(capture.sha256)?.unwrap_or_default();
            resource(&mut writer, capture, &bytes)?;
        }
        writer.finish()?;
        Ok(())
    }
}

/// Request and response, tied to each other.
fn exchange(
    writer: &mut WarcWriter<impl Write>,
    record: &ExchangeRecord,
    body: &[u8],
    begun: &str,
) -> anyhow::Result<()> {
    let told = &record.exchange;
    if told.response.is_empty() {
        return Ok(());
    }
    let date = told.at.as_deref().unwrap_or(begun);
    let identity = format!("response {} {} {date}", record.seq, told.address);
    let head = replayable(&told.response, body.len());
    let fields: Vec<(&str, &str)> = told.peer.iter().map(|peer| ("WARC-IP-Address", peer.as_str())).collect();
    let response = WarcEntry {
        kind: "response",
        identity: &identity,
        address: Some(&told.address),
        date,
        content_type: "application/http;msgtype=response",
        fields: &fields,
        head: head.as_bytes(),
        payload: body,
    };
    let written = writer.write(&response)?;
    if told.request.is_empty() {
        return Ok(());
    }
    let fields: Vec<(&str, &str)> =
        fields.iter().copied().chain([("WARC-Concurrent-To", written.id.as_str())]).collect();
    let head = format!("{}\r\n", told.request);
    writer.write(&WarcEntry {
        kind: "request",
        identity: &format!("request {} {} {date}", record.seq, told.address),
        content_type: "application/http;msgtype=request",
        fields: &fields,
        head: head.as_bytes(),
        payload: b"",
        ..response
    })?;
    Ok(())
}

/// The head of the response with the body as it stands here: whole, and not packed.
fn replayable(response: &str, length: usize) -> String {
    let mut head = Head::read(&mut response.as_bytes()).unwrap_or_default();
    for (name, _) in &mut head.headers {
        let lower = name.to_ascii_lowercase();
        if matches!(lower.as_str(), "content-encoding" | "transfer-encoding" | "content-length") {
            *name = format!("X-Archive-Orig-{name}");
        }
    }
    head.headers.push(("Content-Length".to_owned(), length.to_string()));
    format!("{}\r\n", head.text())
}

fn resource(
    writer: &mut WarcWriter<impl Write>,
    capture: &CaptureRecord,
    bytes: &[u8],
) -> anyhow::Result<()> {
    let own = format!("urn:sha256:{}", capture.sha256);
    let content_type = match &capture.declared_encoding {
        Some(encoding) => format!("{}; charset={encoding}", capture.media_type),
        None => capture.media_type.clone(),
    };
    writer.write(&WarcEntry {
        kind: "resource",
        identity: &own,
        address: Some(capture.address.as_deref().unwrap_or(&own)),
        date: &capture.at,
        content_type: &content_type,
        fields: &[],
        head: b"",
        payload: bytes,
    })?;
    Ok(())
}
