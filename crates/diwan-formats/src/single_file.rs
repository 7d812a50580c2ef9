//! Pages saved by SingleFile: one HTML file with a comment at its head that says where it came from and when.

/// What the comment says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SingleFile {
    /// The address of the page.
    pub address: String,
    /// When it was saved, as printed.
    pub date: Option<String>,
}

/// Reads the comment; `None` where there is none. It is looked for in the first 8 KiB.
///
/// ```
/// let page = b"<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://ministry.example/1 \n saved date: Fri Dec 03 2021 \n-->";
/// assert_eq!(diwan_formats::single_file::read_mark(page).unwrap().address, "https://ministry.example/1");
/// assert!(diwan_formats::single_file::read_mark(b"<!-- url: https://ministry.example/ -->").is_none());
/// ```
pub fn read_mark(bytes: &[u8]) -> Option<SingleFile> {
    let head = String::from_utf8_lossy(bytes.get(..8192.min(bytes.len()))?);
    let comment = head.split("<!--").skip(1).map(|rest| rest.split("-->").next().unwrap_or(""));
    let comment =
        comment.into_iter().find(|text| text.trim_start().starts_with("Page saved with SingleFile"))?;
    let mut found = SingleFile::default();
    for line in comment.lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match key.trim() {
            "url" if value.starts_with("http") => found.address = value.to_owned(),
            "saved date" => found.date = Some(value.to_owned()),
            _ => {}
        }
    }
    (!found.address.is_empty()).then_some(found)
}
