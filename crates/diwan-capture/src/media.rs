//! Media types: what the transport declares, what the bytes show, what the name says.

use std::path::Path;

/// What the end of a file's name says where the bytes alone cannot tell.
pub(crate) fn by_name(path: &Path) -> Option<&'static str> {
    let end = path.extension()?.to_str()?.to_ascii_lowercase();
    Some(match end.as_str() {
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "odt" => "application/vnd.oasis.opendocument.text",
        "epub" => "application/epub+zip",
        "md" | "markdown" => "text/markdown",
        "doc" => "application/msword",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "webp" => "image/webp",
        _ => return None,
    })
}

/// The media type that counts: `told` by transport or name, `recognised` from the bytes (`zip` tells what a ZIP file is by
/// what is in it). Bytes that show something definite are believed; so is a declaration that tells more than the bytes can.
///
/// ```
/// use diwan_capture::agree;
/// assert_eq!(agree("text/html", "application/pdf"), "application/pdf");
/// assert_eq!(agree("text/markdown", "text/plain"), "text/markdown");
/// assert_eq!(agree("application/epub+zip", "application/zip"), "application/epub+zip");
/// assert_eq!(agree("application/pdf", "text/html"), "text/html");
/// ```
pub fn agree(told: &str, recognised: &str) -> String {
    let is_text = |kind: &str| kind.starts_with("text/") || kind.ends_with("xml");
    let believed = match recognised {
        "application/zip" => {
            told.ends_with("+zip") || told.contains("opendocument") || told.contains("openxmlformats")
        }
        "application/octet-stream" => !is_text(told),
        "text/plain" => told.starts_with("text/") || told == "application/xhtml+xml",
        "text/html" => told == "application/xhtml+xml" || told == "multipart/related",
        "application/xml" => told == "application/xhtml+xml" || told.ends_with("xml"),
        _ => false,
    };
    if believed { told.to_owned() } else { recognised.to_owned() }
}
