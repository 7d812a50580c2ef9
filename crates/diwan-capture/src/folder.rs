//! Files and folders, file by file, in an order that does not depend on the machine.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::source::{Content, Refusal, Source};
use crate::{manifest, media};

/// Every file of `paths`: files as they are given; folders with all below them, sorted by name, hidden ones left out, or as
/// their `manifest.toml` lists them. What is not there is refused in its place.
pub fn sources(paths: &[PathBuf]) -> Vec<Result<Source, Refusal>> {
    paths.iter().flat_map(|path| of_path(path)).collect()
}

fn of_path(path: &Path) -> Vec<Result<Source, Refusal>> {
    match std::fs::metadata(path) {
        Err(error) => vec![Err(Refusal::of_file(path, true, why(&error)))],
        Ok(found) if found.is_dir() => manifest::read(path).unwrap_or_else(|| of_folder(path)),
        Ok(found) if found.is_file() => vec![Ok(Source::file(path, true))],
        Ok(_) => vec![Err(Refusal::of_file(path, true, "it is neither a file nor a folder"))],
    }
}

fn of_folder(folder: &Path) -> Vec<Result<Source, Refusal>> {
    let walk =
        WalkBuilder::new(folder).standard_filters(false).hidden(true).sort_by_file_name(Ord::cmp).build();
    walk.filter_map(|entry| match entry {
        // A link to a file is that file; a link to a folder is not followed, so that no circle is walked.
        Ok(entry) => entry.path().is_file().then(|| Ok(Source::file(entry.path(), false))),
        Err(error) => {
            Some(Err(Refusal::of_file(folder, false, format!("a folder below it cannot be read: {error}"))))
        }
    })
    .collect()
}

/// Puts the bytes of a file at hand; refused above `limit` bytes, without reading them all.
pub fn load(mut source: Source, limit: u64) -> Result<Source, Refusal> {
    let Content::File(path) = &source.content else { return Ok(source) };
    let too_large =
        |size: u64| format!("it has {size} bytes; the limit is {limit} (`size_limit_mib` in `diwan.toml`)");
    let bytes = File::open(path).map_err(|error| why(&error)).and_then(|file| {
        let size = file.metadata().map_or(0, |found| found.len());
        if size > limit {
            return Err(too_large(size));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        // A file may grow while it is read.
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| why(&error))?;
        if bytes.len() as u64 > limit {
            return Err(too_large(bytes.len() as u64));
        }
        Ok(bytes)
    });
    match bytes {
        Ok(bytes) => {
            if source.media_type.is_none() {
                source.media_type = media::by_name(path).map(str::to_owned);
            }
            source.content = Content::Bytes(bytes);
            Ok(source)
        }
        Err(reason) => Err(source.refuse(reason)),
    }
}

/// The error without the numbers of the operating system.
pub(crate) fn why(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "it may not be read by this user".to_owned(),
        _ => format!("it cannot be read: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn names(folder: &Path, found: &[Result<Source, Refusal>]) -> Vec<String> {
        let short = |name: &str| name.replace(&format!("{}/", folder.display()), "");
        found
            .iter()
            .map(|one| match one {
                Ok(source) => short(&source.name),
                Err(refusal) => format!("{}: {}", short(&refusal.name), refusal.reason),
            })
            .collect()
    }

    #[test]
    fn folders_are_walked_in_order_and_missing_files_refused() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("b/.hidden")).unwrap();
        for name in ["b/2.txt", "b/10.txt", "b/.x.txt", "b/.hidden/y.txt", "a.html", ".gitignore"] {
            fs::write(at(name), "*.txt").unwrap();
        }
        let found = sources(&[at("b"), at("none"), at("a.html")]);
        assert_eq!(
            names(folder.path(), &found),
            ["b/10.txt", "b/2.txt", "none: there is no such file", "a.html"]
        );
    }

    #[test]
    fn a_manifest_lists_its_pages_with_addresses() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("z.txt"), "z").unwrap();
        fs::write(at("unlisted.txt"), "u").unwrap();
        let text = "[[page]]\npath = \"z.txt\"\naddress = \"https://a.example/z\"\nkind = \"x\"\n\
                    [[page]]\npath = \"../secret\"\n[[page]]\nlang = \"fa\"\n";
        fs::write(at("manifest.toml"), text).unwrap();
        let found = sources(&[folder.path().to_owned()]);
        assert_eq!(
            names(folder.path(), &found),
            [
                "z.txt",
                "../secret: the manifest names a file outside its folder",
                "manifest.toml: a page of it has no `path`"
            ]
        );
        assert_eq!(found[0].as_ref().unwrap().address.as_deref(), Some("https://a.example/z"));
    }

    #[test]
    fn a_large_file_is_refused_and_the_limit_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.txt");
        fs::write(&path, "12345").unwrap();
        let source = Source::file(&path, true);
        assert_eq!(load(source.clone(), 5).unwrap().content, Content::Bytes(b"12345".to_vec()));
        let reason = load(source, 4).unwrap_err().reason;
        assert_eq!(reason, "it has 5 bytes; the limit is 4 (`size_limit_mib` in `diwan.toml`)");
    }
}
