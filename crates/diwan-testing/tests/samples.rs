//! The samples are what their lists say: every page is listed, every planted trap stands where it is said to stand.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use diwan_testing::samples;
use serde::Deserialize;

#[derive(Deserialize)]
struct Traps {
    trap: Vec<Trap>,
}

#[derive(Deserialize)]
struct Trap {
    id: String,
    area: String,
    kind: String,
    what: String,
    must: String,
    path: Option<String>,
    quotes: Vec<Quote>,
}

#[derive(Deserialize)]
struct Quote {
    path: String,
    text: String,
}

fn folder() -> PathBuf {
    samples::folder(env!("CARGO_MANIFEST_DIR"))
}

fn traps() -> Vec<Trap> {
    let text = fs::read_to_string(folder().join("traps.toml")).expect("traps.toml");
    toml::from_str::<Traps>(&text).expect("traps.toml is what it should be").trap
}

fn readme() -> String {
    fs::read_to_string(folder().join("README.md")).expect("README.md")
}

/// Files of the folders below `samples/`, with `/`.
fn files(root: &Path) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for set in fs::read_dir(root).expect("samples").flatten().filter(|e| e.path().is_dir()) {
        for page in fs::read_dir(set.path()).expect("a set").flatten() {
            out.insert(format!("{}/{}", set.file_name().display(), page.file_name().display()));
        }
    }
    out
}

#[test]
fn every_page_is_listed_once_and_shown_in_the_readme() {
    let pages = samples::pages(&folder()).expect("the manifest");
    let listed: BTreeSet<String> = pages.iter().map(|p| p.path.clone()).collect();
    assert_eq!(listed, files(&folder()));
    assert_eq!(listed.len(), pages.len(), "a page is listed twice");
    assert!(pages.len() >= 40);
    let addresses: BTreeSet<&str> = pages.iter().map(|p| p.address.as_str()).collect();
    assert_eq!(addresses.len(), pages.len(), "two pages have one address");
    let readme = readme();
    for page in &pages {
        assert!(readme.contains(&format!("| `{}` |", page.path)), "{} is not in the README", page.path);
        assert!(page.address.starts_with("https://") && page.address.contains(".example/"));
    }
}

#[test]
fn each_statement_has_one_date_and_at_most_one_authoritative_version() {
    let pages = samples::pages(&folder()).expect("the manifest");
    for page in pages.iter().filter(|p| !p.statement.is_empty()) {
        let versions: Vec<_> = pages.iter().filter(|p| p.statement == page.statement).collect();
        assert!(versions.iter().all(|v| v.date == page.date), "{}", page.path);
        assert!(versions.iter().filter(|v| v.authority == "authoritative").count() <= 1, "{}", page.path);
        let languages: BTreeSet<&str> = versions.iter().map(|v| v.lang.as_str()).collect();
        assert_eq!(languages.len(), versions.len(), "{} has two versions in one language", page.statement);
    }
}

#[test]
fn every_quote_of_a_trap_stands_in_its_file() {
    for trap in traps() {
        assert!(trap.path.is_some() || !trap.quotes.is_empty(), "{} says not where", trap.id);
        if let Some(path) = &trap.path {
            assert!(folder().join(path).is_file(), "{}: {path}", trap.id);
        }
        for quote in &trap.quotes {
            let text = fs::read_to_string(folder().join(&quote.path)).expect("a UTF-8 page");
            assert!(text.contains(&quote.text), "{}: {} does not hold {:?}", trap.id, quote.path, quote.text);
        }
    }
}

#[test]
fn every_trap_is_in_the_readme() {
    let readme = readme();
    let mut seen = BTreeSet::new();
    for trap in traps() {
        assert!(seen.insert(trap.id.clone()), "{} stands twice", trap.id);
        assert!(
            readme.contains(&format!("| {} | {} |", trap.id, trap.area)),
            "{} is not in the README",
            trap.id
        );
        assert!(!trap.kind.is_empty() && !trap.what.is_empty() && !trap.must.is_empty(), "{}", trap.id);
    }
    for area in ["reading", "linking", "translation", "wording", "ledger"] {
        assert!(traps().iter().any(|t| t.area == area), "no trap for {area}");
    }
}

/// What a departure departs from must not stand in the translation: a later edit could mend it by mistake.
#[test]
fn omitted_words_are_omitted() {
    let text = |path: &str| fs::read_to_string(folder().join(path)).expect("a page");
    assert!(!text("compact/2022-05-communique.ar.html").contains("محط"));
    assert!(!text("compact/2023-06-communique.fa.html").contains("۸۵"));
    assert!(!text("compact/2023-12-media-note.fa.txt").contains("نزدیک به"));
}
