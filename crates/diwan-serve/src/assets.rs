//! The style sheet, the script of the reader, the picture of the archive, and the word to robots: all inside the binary.

use axum::http::header;
use axum::response::IntoResponse;

/// Where the style sheet is; changes with the release.
pub(crate) const STYLE_PATH: &str = concat!("/style-", env!("CARGO_PKG_VERSION"), ".css");

/// Where the reader's script is; changes with the release.
pub(crate) const SCRIPT_PATH: &str = concat!("/reader-", env!("CARGO_PKG_VERSION"), ".js");

/// The rules of every page, then those of each room.
const STYLE: &str = concat!(
    include_str!("../assets/style.css"),
    include_str!("../assets/reader.css"),
    include_str!("../assets/wording.css"),
    include_str!("../assets/entities.css"),
    include_str!("../assets/ledger.css"),
    include_str!("../assets/captures.css"),
);
const SCRIPT: &str = include_str!("../assets/reader.js");
const FAVICON: &str = include_str!("../assets/favicon.svg");
/// Search results and bytes are no pages of their own.
const ROBOTS: &str = "User-agent: *\nDisallow: /search\nDisallow: /captures/\n";

pub(crate) async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=3600")], STYLE)
}

pub(crate) async fn script() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "max-age=3600")],
        SCRIPT,
    )
}

pub(crate) async fn favicon() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "max-age=86400")], FAVICON)
}

pub(crate) async fn robots() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], ROBOTS)
}
