//! `diwan extract` from end to end: one page, a list with packed pages, and what cannot be read among what can.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests on what they made themselves")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Exit code, standard output, standard error.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_diwan")).current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

/// The objects that came out, one a line.
fn rows(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A page with a menu, an article of two paragraphs, a list of other articles.
fn page(title: &str, printed: &str, told: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><title>{title} - Orvane Post</title>\
         <meta property='article:published_time' content='{told}T09:00:00Z'></head><body>\
         <nav class=menu><ul><li><a href=/>Home</a></li><li><a href=/lake>Lake</a></li><li><a href=/log>Log in</a></li></ul></nav>\
         <main><article><h1>{title}</h1><p class=byline>Published on {printed}</p>\
         <p>The council of the lake met on Monday in Port Selm, heard the harbour master, and decided to lower the sluice by a \
         hand, so that the lower quays stay dry in spring.</p>\
         <p>It will meet again when the snow has gone, said the chair, because by then the level of the water can be foreseen \
         better than now, when half of the streams are frozen.</p></article></main>\
         <aside class=related><h3>Related articles</h3><ul><li><a href=/a>A bridge is mended</a></li>\
         <li><a href=/b>A ferry is late</a></li></ul></aside><footer>Orvane Post, all rights reserved</footer></body></html>"
    )
}

fn packed(text: &str) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(text.as_bytes()).unwrap();
    out.finish().unwrap()
}

#[test]
fn a_page_for_people_and_for_machines() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.html"), page("Lake level", "3 December 2021", "2021-12-03")).unwrap();
    let (code, out, error) = run(folder.path(), &["extract", "a.html"]);
    assert_eq!((code, error.as_str()), (0, ""));
    assert!(out.starts_with("\u{2068}Lake level\u{2069}\n2021-12-03 · en\n\n"), "{out}");
    let (code, out, _) = run(folder.path(), &["extract", "a.html", "--json"]);
    assert_eq!(code, 0);
    let row = &rows(&out)[0];
    assert_eq!((row["path"].as_str(), row["title"].as_str()), (Some("a.html"), Some("Lake level")));
    assert_eq!((row["date"].as_str(), row["lang"].as_str()), (Some("2021-12-03"), Some("en")));
    let text = row["text"].as_str().unwrap();
    assert!(
        text.contains("heard the harbour master") && text.contains("half of the streams are frozen"),
        "{text}"
    );
    for furniture in ["Home", "Related articles", "ferry", "rights reserved"] {
        assert!(!text.contains(furniture), "{furniture} in {text}");
    }
    assert!(row.get("evidence").is_none() && row.get("findings").is_none(), "{row}");
}

#[test]
fn evidence_and_what_disagrees() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.html"), page("Lake level", "3 December 2021", "2021-11-20")).unwrap();
    let (code, out, _) = run(folder.path(), &["extract", "a.html", "--json", "--evidence"]);
    assert_eq!(code, 0);
    let row = &rows(&out)[0];
    assert_eq!(row["findings"][0]["kind"], "publication-date-disagrees");
    let told = row["evidence"].as_array().unwrap();
    assert!(told.iter().any(|e| e["name"] == "article:published_time"), "{row}");
    assert!(row["date_evidence"].as_array().is_some_and(|e| !e.is_empty()));
}

#[test]
fn a_list_with_packed_pages_and_what_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.html"), page("Lake level", "3 December 2021", "2021-12-03")).unwrap();
    fs::write(at("b.html.gz"), packed(&page("A bridge", "5 May 2020", "2020-05-05"))).unwrap();
    fs::write(at("broken.html.gz"), b"this is not packed").unwrap();
    fs::write(at("empty.html"), "").unwrap();
    let list = "key\tpath\taddress\n1\ta.html\t\n2\tb.html.gz\thttps://example.org/2020/05/05/bridge\n\
                3\tbroken.html.gz\t\n4\tmissing.html\t\n5\tempty.html\t\n";
    fs::write(at("list.tsv"), list).unwrap();
    let (code, out, error) = run(folder.path(), &["extract", "--batch", "list.tsv", "--json"]);
    assert_eq!(code, 0, "{error}");
    let rows = rows(&out);
    let keys: Vec<&str> = rows.iter().filter_map(|r| r["key"].as_str()).collect();
    assert_eq!(keys, ["1", "2", "3", "4", "5"]);
    assert_eq!(rows[1]["title"], "A bridge");
    assert_eq!(rows[1]["date"], "2020-05-05");
    assert!(rows[1]["text"].as_str().unwrap().contains("harbour master"));
    let failed: Vec<bool> = rows.iter().map(|r| r.get("error").is_some()).collect();
    assert_eq!(failed, [false, false, true, true, false]);
    assert_eq!(rows[4]["text"], "");
    assert!(error.contains("broken.html.gz") && error.contains("missing.html"), "{error}");
    // The same list gives the same answers.
    assert_eq!(run(folder.path(), &["extract", "--batch", "list.tsv", "--json"]).1, out);
}

#[test]
fn nothing_that_can_be_read_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let (code, _, error) = run(folder.path(), &["extract", "missing.html"]);
    assert_ne!(code, 0);
    assert!(error.contains("missing.html"), "{error}");
    fs::write(folder.path().join("list.tsv"), "only a key\n").unwrap();
    let (code, out, error) = run(folder.path(), &["extract", "--batch", "list.tsv", "--json"]);
    assert_ne!(code, 0);
    assert!(out.is_empty() && error.contains("line 1"), "{error}");
}
