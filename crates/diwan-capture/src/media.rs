//! Media types that the first bytes alone do not tell.

use std::path::Path;

/// A container or unknown bytes, told more exactly by the end of the file's name. What was recognised as text or as
/// anything definite stays.
///
/// ```
/// use std::path::Path;
/// use diwan_capture::refine;
/// assert_eq!(refine("application/zip", Path::new("note.EPUB")), "application/epub+zip");
/// assert_eq!(refine("text/html", Path::new("note.pdf")), "text/html");
/// ```
pub fn refine(recognised: &str, path: &Path) -> String {
    let end = path.extension().and_then(|end| end.to_str()).unwrap_or("").to_ascii_lowercase();
    let told = match (recognised, end.as_str()) {
        ("application/zip", "docx") => {
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        }
        ("application/zip", "odt") => "application/vnd.oasis.opendocument.text",
        ("application/zip", "epub") => "application/epub+zip",
        ("application/gzip", "warc" | "gz")
            if path.to_string_lossy().to_ascii_lowercase().ends_with(".warc.gz") =>
        {
            "application/warc"
        }
        ("application/octet-stream", "doc") => "application/msword",
        ("application/octet-stream", "mp3") => "audio/mpeg",
        ("application/octet-stream", "mp4") => "video/mp4",
        ("application/octet-stream", "webp") => "image/webp",
        _ => recognised,
    };
    told.to_owned()
}
