//! ZIP files: web archives (WACZ), documents, and pages in a bundle.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use diwan_formats::http::{BodyError, read_limited};
use zip::{CompressionMethod, ZipArchive};

use crate::source::{Content, Locator, Refusal, Source};

/// The most files in one ZIP file that are looked at.
const MAX_MEMBERS: usize = 200_000;

/// What a ZIP file is.
pub(crate) enum Found {
    /// A document of this media type: one page.
    Document(&'static str),
    /// A web archive: where each WARC file lies in it, by name.
    Wacz(Vec<(String, u64, u64)>, Vec<Refusal>),
    /// Pages.
    Pages(ZipPages),
}

/// Goes through the files of a ZIP file in the order of their names.
pub(crate) struct ZipPages {
    archive: ZipArchive<BufReader<File>>,
    /// Places in the archive, sorted by name; taken from the end.
    todo: Vec<(usize, String)>,
    name: String,
    file: PathBuf,
    limit: u64,
    /// Bytes that may still come out of it altogether.
    budget: u64,
}

/// Looks into a ZIP file.
pub(crate) fn open(name: &str, path: &Path, limit: u64) -> Result<Found, String> {
    let file = File::open(path).map_err(|error| crate::folder::why(&error))?;
    let size = file.metadata().map_or(0, |found| found.len());
    let mut archive =
        ZipArchive::new(BufReader::new(file)).map_err(|error| format!("it is no whole ZIP file: {error}"))?;
    if archive.len() > MAX_MEMBERS {
        return Err(format!("it holds {} files; the limit is {MAX_MEMBERS}", archive.len()));
    }
    if let Some(kind) = document(&mut archive) {
        return Ok(Found::Document(kind));
    }
    let names: Vec<String> = (0..archive.len()).map(|k| member_name(&archive, k)).collect();
    let is_warc = |name: &str| name.ends_with(".warc") || name.ends_with(".warc.gz");
    if names.iter().any(|name| name == "datapackage.json") && names.iter().any(|name| is_warc(name)) {
        return Ok(wacz(name, path, &mut archive, is_warc));
    }
    let mut todo = Vec::new();
    for (k, member) in names.into_iter().enumerate() {
        let hidden = member.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
        if !hidden && !member.ends_with('/') {
            todo.push((k, member));
        }
    }
    todo.sort_by(|a, b| b.1.cmp(&a.1));
    // What is packed a hundredfold is no bundle of pages.
    let budget = size.saturating_mul(100).max(64 << 20);
    let file = crate::source::absolute(path);
    Ok(Found::Pages(ZipPages { archive, todo, name: name.to_owned(), file, limit, budget }))
}

/// The name of a member; one that cannot be told is named by its number.
fn member_name(archive: &ZipArchive<BufReader<File>>, k: usize) -> String {
    match archive.name_for_index(k) {
        Some(Ok(name)) => name.into_owned(),
        _ => format!("member {k}"),
    }
}

/// The media type of a document that is a ZIP file by what is in it.
fn document(archive: &mut ZipArchive<BufReader<File>>) -> Option<&'static str> {
    if archive.index_for_name("word/document.xml").is_some() {
        return Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    }
    let mut told = String::new();
    archive.by_name("mimetype").ok()?.take(100).read_to_string(&mut told).ok()?;
    match told.trim() {
        "application/vnd.oasis.opendocument.text" => Some("application/vnd.oasis.opendocument.text"),
        "application/epub+zip" => Some("application/epub+zip"),
        _ => None,
    }
}

fn wacz(
    name: &str,
    path: &Path,
    archive: &mut ZipArchive<BufReader<File>>,
    is_warc: impl Fn(&str) -> bool,
) -> Found {
    let (mut warcs, mut refusals) = (Vec::new(), Vec::new());
    for k in 0..archive.len() {
        let member_name = member_name(archive, k);
        if !is_warc(&member_name) {
            continue;
        }
        let Ok(member) = archive.by_index_raw(k) else { continue };
        let shown = format!("{name} {member_name}");
        match (member.compression(), member.data_start()) {
            (CompressionMethod::Stored, Some(start)) => {
                warcs.push((shown, start, member.compressed_size()));
            }
            _ => {
                let reason = "it is packed once more inside the WACZ file, against the format";
                let mut refusal = Refusal::of_file(path, false, reason);
                refusal.name = shown;
                refusals.push(refusal);
            }
        }
    }
    warcs.sort();
    Found::Wacz(warcs, refusals)
}

impl ZipPages {
    /// Only the file of this name.
    pub(crate) fn only(mut self, name: &str) -> Self {
        self.todo.retain(|(_, member)| member == name);
        self
    }

    /// How many files are still to come.
    pub(crate) fn left(&self) -> usize {
        self.todo.len()
    }

    /// The next file or refusal.
    pub(crate) fn next(&mut self) -> Option<Result<Source, Refusal>> {
        let (k, name) = self.todo.pop()?;
        let locator = Locator::Member { file: self.file.clone(), name: name.clone() };
        let mut source =
            Source::new(format!("{} {name}", self.name), false, locator, Content::Bytes(Vec::new()));
        source.media_type = crate::media::by_name(Path::new(&name)).map(str::to_owned);
        let limit = self.limit.min(self.budget);
        let mut bytes = Vec::new();
        let read = match self.archive.by_index(k) {
            Ok(member) => read_limited(member, limit, &mut bytes),
            Err(error) => Err(BodyError::Broken(error.to_string())),
        };
        self.budget = self.budget.saturating_sub(bytes.len() as u64);
        Some(match read {
            Ok(()) => {
                source.content = Content::Bytes(bytes);
                Ok(source)
            }
            Err(BodyError::TooLarge(_)) if limit < self.limit => {
                Err(source.refuse("the ZIP file unpacks to far more than its size; it was not read on"))
            }
            Err(error) => Err(source.refuse(error.to_string())),
        })
    }
}
