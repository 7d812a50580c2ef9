//! A capture: what is known of it, what was read from it, and its bytes, which never run.

use askama::Template;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::IntoResponse;
use diwan_model::CaptureHash;
use diwan_store::CaptureRecord;

use super::html;
use crate::Failure;
use crate::app::{Answer, App, Asked};
use crate::ui::Ui;
use crate::view::{Text, code_path, is_web};

/// Nothing is loaded, nothing runs, nothing is sent.
const BYTES_POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

struct BlockView {
    line: u32,
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
    blocks: Vec<BlockView>,
}

fn hash(asked: &Asked) -> Result<CaptureHash, Failure> {
    asked.rest.parse().map_err(|_| Failure::not_found())
}

/// `/captures/HASH`
pub(crate) fn capture(app: &App, asked: &Asked, ui: &Ui) -> Answer {
    let hash = hash(asked)?;
    let (capture, reading) = app.with_store(|store| {
        Ok((store.capture(hash)?.ok_or_else(Failure::not_found)?, store.reading(hash)?))
    })?;
    let mut blocks: Vec<BlockView> = Vec::new();
    for block in reading.iter().flat_map(|r| &r.blocks) {
        blocks.push(BlockView {
            line: block.line,
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
            capture,
            blocks,
        },
    )
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
