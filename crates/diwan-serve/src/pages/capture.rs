//! A capture: what is known of it, what was read from it, and its bytes, which never run.

use askama::Template;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::IntoResponse;
use diwan_model::{CaptureHash, Exchange, ExchangeOrigin, Finding};
use diwan_store::CaptureRecord;

use super::html;
use crate::Failure;
use crate::app::{Answer, App, Asked};
use crate::ui::Ui;
use crate::view::{Text, code_path, is_web};

/// Nothing is loaded, nothing runs, nothing is sent.
const BYTES_POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// One question and its answer on the way to the bytes.
struct ExchangeView {
    address: String,
    link: Option<String>,
    at: String,
    day: String,
    status: u16,
    origin: String,
    peer: Option<String>,
    request: String,
    response: String,
}

/// A finding of the reading, with what it quotes.
struct FindingView {
    kind: String,
    message: String,
    quotes: Vec<(u32, Text)>,
}

struct BlockView {
    line: u32,
    page: Option<u32>,
    /// Whether it is the first block of its line, which has the anchor.
    first: bool,
    role: &'static str,
    text: Text,
}

#[derive(Template)]
#[template(path = "capture.html")]
struct CapturePage<'a> {
    ui: &'a Ui,
    capture: CaptureRecord,
    hash: String,
    day: String,
    address: Option<String>,
    statements: Vec<(String, String)>,
    bytes_href: String,
    save_href: String,
    /// Redirects before the page itself; each time that it was had.
    exchanges: Vec<ExchangeView>,
    notes: Vec<(String, String)>,
    findings: Vec<FindingView>,
    /// Whether the source has pages (PDF).
    paged: bool,
    blocks: Vec<BlockView>,
}

fn hash(asked: &Asked) -> Result<CaptureHash, Failure> {
    asked.rest.parse().map_err(|_| Failure::not_found())
}

/// `/captures/HASH`
pub(crate) fn capture(app: &App, asked: &Asked, ui: &Ui) -> Answer {
    let hash = hash(asked)?;
    let (capture, reading, exchanges, notes) = app.with_store(|store| {
        let capture = store.capture(hash)?.ok_or_else(Failure::not_found)?;
        Ok((capture, store.reading(hash)?, store.exchanges_of(hash)?, store.notes_of(hash)?))
    })?;
    let mut blocks: Vec<BlockView> = Vec::new();
    for block in reading.iter().flat_map(|r| &r.blocks) {
        blocks.push(BlockView {
            line: block.line,
            page: block.page,
            first: blocks.last().is_none_or(|b| b.line != block.line),
            role: block.role.as_str(),
            text: Text::new(block.text.as_str(), Some(&block.lang)),
        });
    }
    html(
        StatusCode::OK,
        &CapturePage {
            ui,
            hash: hash.to_string(),
            day: ui.date(&capture.at),
            address: capture.address.clone().filter(|a| is_web(a)),
            statements: capture
                .statements
                .iter()
                .map(|code| (code.to_string(), ui.href(&code_path(code.as_str()))))
                .collect(),
            bytes_href: format!("/captures/{hash}/bytes"),
            save_href: format!("/captures/{hash}/bytes?save=1"),
            exchanges: exchanges.into_iter().map(|record| exchange_view(ui, record.exchange)).collect(),
            notes,
            findings: reading.iter().flat_map(|r| &r.findings).map(finding_view).collect(),
            paged: blocks.iter().any(|block| block.page.is_some()),
            capture,
            blocks,
        },
    )
}

fn exchange_view(ui: &Ui, exchange: Exchange) -> ExchangeView {
    let origin = match exchange.origin {
        ExchangeOrigin::Archive => "capture-from-archive",
        ExchangeOrigin::Fetched => "capture-fetched",
    };
    let at = exchange.at.unwrap_or_default();
    ExchangeView {
        link: Some(exchange.address.clone()).filter(|address| is_web(address)),
        address: exchange.address,
        day: ui.date(&at),
        at,
        status: exchange.status,
        origin: ui.t(origin),
        peer: exchange.peer,
        request: exchange.request.trim().to_owned(),
        response: exchange.response.trim().to_owned(),
    }
}

fn finding_view(finding: &Finding) -> FindingView {
    let quotes = finding.quotes.iter().map(|quote| (quote.line, Text::new(quote.text.as_str(), None)));
    FindingView { kind: finding.kind.to_string(), message: finding.message.clone(), quotes: quotes.collect() }
}

/// `/captures/HASH/bytes`: as plain text, or with `?save=1` and for what is no text as a file.
pub(crate) fn capture_bytes(app: &App, asked: &Asked, _: &Ui) -> Answer {
    let hash = hash(asked)?;
    let (capture, bytes) = app.with_store(|store| {
        let capture = store.capture(hash)?.ok_or_else(Failure::not_found)?;
        Ok((capture, store.capture_bytes(hash)?.ok_or_else(Failure::not_found)?))
    })?;
    let textual = capture.media_type.starts_with("text/")
        || matches!(
            capture.media_type.as_str(),
            "application/xhtml+xml" | "application/xml" | "application/json"
        );
    let (kind, disposition) = if textual && asked.parameter("save").is_none() {
        let charset = if std::str::from_utf8(&bytes).is_ok() { "; charset=utf-8" } else { "" };
        (format!("text/plain{charset}"), "inline".to_owned())
    } else {
        ("application/octet-stream".to_owned(), format!("attachment; filename=\"{hash}.bin\""))
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, BYTES_POLICY.to_owned()),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin".to_owned()),
    ];
    Ok((StatusCode::OK, headers, bytes).into_response())
}
