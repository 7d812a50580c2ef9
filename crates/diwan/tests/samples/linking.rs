//! Adds the samples to an archive: versions of one statement are tied, decoys stay apart, nothing is lost.

use std::path::Path;
use std::process::Command;

use diwan_testing::samples::{self, SamplePage};
use serde_json::Value;

use crate::folder;
use crate::outcome::Outcome;

fn diwan(archive: &Path, arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_diwan"))
        .arg("-C")
        .arg(archive)
        .args(arguments)
        .output()
        .expect("the built diwan runs");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("diwan {arguments:?}: {error}: {}", String::from_utf8_lossy(&output.stderr))
    })
}

/// Code, language and authority of the versions read from a page.
fn versions<'a>(list: &'a Value, page: &SamplePage) -> Vec<(&'a str, &'a str, &'a str)> {
    let mut out = Vec::new();
    for statement in list.as_array().map_or(&[][..], Vec::as_slice) {
        for version in statement["versions"].as_array().map_or(&[][..], Vec::as_slice) {
            let source = version["source"].as_str().unwrap_or("").replace('\\', "/");
            if source == page.address || source.ends_with(&format!("/{}", page.path)) {
                out.push((
                    statement["code"].as_str().unwrap_or(""),
                    version["lang"].as_str().unwrap_or(""),
                    version["authority"].as_str().unwrap_or(""),
                ));
            }
        }
    }
    out
}

/// The samples without any address: links, canonical addresses, addresses that a text names.
fn without_addresses(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("the samples").flatten() {
        let (path, into) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            without_addresses(&path, &into);
            continue;
        }
        let bytes = std::fs::read(&path).expect("a page");
        let kept = match String::from_utf8(bytes) {
            Ok(text) => stripped(&text).into_bytes(),
            Err(error) => error.into_bytes(),
        };
        std::fs::write(&into, kept).expect("a page");
    }
}

fn stripped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("http") {
        let (before, address) = rest.split_at(at);
        out.push_str(before);
        let is_address = address.starts_with("http://") || address.starts_with("https://");
        let end = address.find(|c: char| c.is_whitespace() || "\"'<>)]".contains(c)).unwrap_or(address.len());
        let (word, after) = address.split_at(if is_address { end } else { 4 });
        out.push_str(if is_address { "" } else { word });
        rest = after;
    }
    out.push_str(rest);
    out
}

#[test]
fn without_any_address_the_texts_tie_the_same_versions() {
    let (archive, pages_folder) =
        (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let made = Command::new(env!("CARGO_BIN_EXE_diwan")).arg("-C").arg(archive.path()).arg("init").output();
    assert!(made.expect("the built diwan runs").status.success());
    let pages = samples::pages(&folder()).expect("the manifest");
    without_addresses(&folder(), pages_folder.path());
    diwan(archive.path(), &["add", "--json", pages_folder.path().to_str().expect("a path in Unicode")]);
    let list = diwan(archive.path(), &["list", "--json"]);
    let code = |page: &SamplePage| versions(&list, page).first().map(|v| v.0.to_owned());
    let (mut tied, mut wanted, mut wrong) = (0, 0, Vec::new());
    for (k, a) in pages.iter().enumerate().filter(|(_, p)| !p.statement.is_empty()) {
        for b in pages.iter().skip(k + 1).filter(|p| !p.statement.is_empty() && p.lang != a.lang) {
            let (Some(x), Some(y)) = (code(a), code(b)) else { continue };
            if a.statement == b.statement {
                wanted += 1;
                tied += i32::from(x == y);
                if x != y {
                    wrong.push(format!("not tied: {} and {}", a.path, b.path));
                }
            } else if x == y {
                wrong.push(format!("tied: {} and {}", a.path, b.path));
            }
        }
    }
    assert!(wanted > 20, "{wanted}");
    assert!(wrong.is_empty(), "{tied} of {wanted} tied\n{}", wrong.join("\n"));
    // Every link says why.
    let links = diwan(archive.path(), &["links", "--json"]);
    for statement in links.as_array().expect("a list") {
        let versions = statement["links"].as_array().expect("a list");
        for link in versions.iter().filter(|_| versions.len() > 1) {
            assert!(!link["evidence"].as_array().expect("a list").is_empty(), "{link}");
        }
    }
}

#[test]
fn versions_of_one_statement_are_tied_and_nothing_is_lost() {
    let archive = tempfile::tempdir().expect("a folder");
    let made = Command::new(env!("CARGO_BIN_EXE_diwan")).arg("-C").arg(archive.path()).arg("init").output();
    assert!(made.expect("the built diwan runs").status.success());
    let folder = folder();
    let samples_path = folder.to_str().expect("a path in Unicode");
    let pages = samples::pages(&folder).expect("the manifest");

    let first = diwan(archive.path(), &["add", "--json", samples_path]);
    let again = diwan(archive.path(), &["add", "--json", samples_path]);
    let list = diwan(archive.path(), &["list", "--json"]);

    if list.as_array().is_none_or(Vec::is_empty) {
        Outcome::skip("this build does not describe pages yet");
        return;
    }

    let mut outcome = Outcome::new();
    let count = |summary: &Value, name: &str| summary[name].as_u64().unwrap_or(u64::MAX / 8);
    let sum = |s: &Value| count(s, "added") + count(s, "unchanged") + count(s, "refused");
    let all = |ok: bool, wrong: &Value| if ok { Ok(()) } else { Err(wrong.to_string()) };
    outcome.add("all", "given", all(count(&first, "given") == pages.len() as u64, &first));
    outcome.add("all", "sum", all(sum(&first) == count(&first, "given"), &first));
    outcome.add("all", "added again", all(count(&again, "added") == 0, &again));
    for page in &pages {
        check(page, &pages, &list, &mut outcome);
    }
    outcome.end("linking");
}

fn check(page: &SamplePage, pages: &[SamplePage], list: &Value, outcome: &mut Outcome) {
    let found = versions(list, page);
    let right = |ok: bool| if ok { Ok(()) } else { Err(format!("listed as {found:?}")) };
    if page.statement.is_empty() {
        outcome.add(&page.path, "not listed", right(found.is_empty()));
        return;
    }
    let Some(&(code, lang, authority)) = found.first() else {
        outcome.add(&page.path, "listed", right(false));
        return;
    };
    outcome.add(&page.path, "listed", right(lang == page.lang || found.len() > 1));
    if page.authority != "unknown" {
        outcome.add(&page.path, "authority", right(authority == page.authority));
    }
    for other in pages.iter().filter(|p| p.path != page.path && !p.statement.is_empty()) {
        let Some(&(other_code, ..)) = versions(list, other).first() else { continue };
        if other.statement == page.statement && other_code != code {
            outcome.add(&page.path, "tied", Err(format!("{code}, but {} is {other_code}", other.path)));
        } else if other.statement != page.statement && other_code == code {
            outcome.add(&page.path, "apart", Err(format!("{} is {code}, too", other.path)));
        } else {
            outcome.add(&page.path, "tied and apart", Ok(()));
        }
    }
}
