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
