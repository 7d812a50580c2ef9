//! Aligned versions at the command line: side by side, written out, taken in, and opened by a translators' tool.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests on what they made themselves")]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Exit code, standard output, standard error.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diwan"));
    command.current_dir(folder).env("DIWAN_NOW", "2026-01-31T09:00:00Z").env("DIWAN_WHO", "Mina");
    let output = command.args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

fn done(folder: &Path, arguments: &[&str]) -> String {
    let (code, out, error) = run(folder, arguments);
    assert_eq!(code, 0, "{arguments:?}: {error}");
    out
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    serde_json::from_str(&done(folder, arguments)).unwrap()
}

/// A folder with the sample archive in `a`.
fn demo() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    done(folder.path(), &["demo", "a", "--no-serve"]);
    folder
}

/// A statement with an English and a Persian version.
fn code(folder: &Path) -> String {
    let rows = json(folder, &["-C", "a", "list", "--json"]);
    let has = |row: &Value, lang: &str| row["versions"].as_array().unwrap().iter().any(|v| v["lang"] == lang);
    let row = rows.as_array().unwrap().iter().find(|row| has(row, "en") && has(row, "fa")).unwrap();
    row["code"].as_str().unwrap().to_owned()
}

#[test]
fn versions_are_aligned_as_they_come_in_and_only_once() {
    let folder = demo();
    let at = folder.path();
    let code = code(at);
    let beads = json(at, &["-C", "a", "parallel", &code, "en", "fa", "--json"]);
    let beads = beads.as_array().unwrap();
    assert!(beads.len() > 3);
    // Every sentence stands once, in order, on both sides.
    for column in 0..2 {
        let codes: Vec<&str> = beads
            .iter()
            .flat_map(|bead| bead["columns"][column]["codes"].as_array().unwrap())
            .map(|code| code.as_str().unwrap())
            .collect();
        let lang = ["en", "fa"][column];
        let wanted: Vec<String> = (1..=codes.len()).map(|n| format!("{code}-{lang}/{n}")).collect();
        assert_eq!(codes, wanted);
    }
    assert!(beads.iter().all(|bead| bead["confidence"].as_f64().unwrap() <= 1.0));
    let again = json(at, &["-C", "a", "align", "--json"]);
    assert_eq!((&again["aligned"], &again["compared"]), (&Value::from(0), &Value::from(0)), "{again}");
    let again = json(at, &["-C", "a", "align", "--again", "--json"]);
    assert!(again["aligned"].as_u64() > Some(5), "{again}");
    assert_eq!(done(at, &["-C", "a", "verify"]), done(at, &["-C", "a", "verify"]));

    let (status, _, error) = run(at, &["-C", "a", "parallel", &code, "en", "xx"]);
    assert!(status == 3 && error.contains("has no version in `xx`"), "{error}");
    let (status, _, error) = run(at, &["-C", "a", "parallel", "DW/1/1"]);
    assert!(status == 3 && error.contains("no statement"), "{error}");
}

#[test]
fn what_differs_between_versions_is_a_finding_and_a_dismissal_stands() {
    let folder = demo();
    let at = folder.path();
    let all = json(at, &["-C", "a", "findings", "--json"]);
    let between: Vec<&Value> = all
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| {
            let langs: Vec<&str> =
                f["quotes"].as_array().unwrap().iter().filter_map(|q| q["lang"].as_str()).collect();
            langs.first() != langs.last()
        })
        .collect();
    let kinds: Vec<&str> = between.iter().filter_map(|f| f["kind"].as_str()).collect();
    // The samples have 58 for 85 million, and "or" for "and".
    assert!(kinds.contains(&"number-differs") && kinds.contains(&"and-or"), "{kinds:?}");
    for finding in &between {
        for quote in finding["quotes"].as_array().unwrap() {
            for field in ["code", "lang", "source", "line", "text"] {
                assert!(!quote[field].is_null(), "{field}: {finding}");
            }
        }
    }
    let name = between[0]["fingerprint"].as_str().unwrap();
    done(at, &["-C", "a", "decide", "dismiss", name, "--why", "as agreed"]);
    done(at, &["-C", "a", "reread", "--all"]);
    done(at, &["-C", "a", "align", "--again"]);
    let all = json(at, &["-C", "a", "findings", "--all", "--json"]);
    let found = all.as_array().unwrap().iter().find(|f| f["fingerprint"] == name).unwrap();
    assert_eq!((&found["status"], &found["decision"]["why"]), (&"dismissed".into(), &"as agreed".into()));
}

#[test]
fn terms_are_looked_up_and_listed() {
    let folder = demo();
    let at = folder.path();
    let found = json(at, &["-C", "a", "terms", "lake", "--from", "en", "--to", "fr", "--json"]);
    let renderings = found["languages"][0]["renderings"].as_array().unwrap();
    assert!(renderings[0]["words"].as_str().unwrap().to_lowercase().contains("lac"), "{found:#}");
    assert!(
        renderings[0]["times"].as_u64() > Some(2) && !renderings[0]["years"].as_object().unwrap().is_empty()
    );
    let list = json(at, &["-C", "a", "terms", "--list", "--from", "en", "--to", "fr", "--json"]);
    assert!(list.as_array().unwrap().len() > 10, "{list}");
    let table = done(at, &["-C", "a", "terms", "--list", "--from", "en", "--to", "fr", "--csv"]);
    assert!(table.starts_with("\u{feff}en,fr,so,places,otherwise\r\n"));
    let (status, _, error) = run(at, &["-C", "a", "terms", "lake", "--from", "xx"]);
    assert!(status == 3 && error.contains("has no text in `xx`"), "{error}");
}

#[test]
fn a_memory_comes_in_once_and_stands_among_the_terms() {
    let folder = demo();
    let at = folder.path();
    let memory = r#"<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en-GB"><seg>the zorrilium gate</seg></tuv>
      <tuv xml:lang="fr"><seg>la porte de zorrilium</seg></tuv></tu></body></tmx>"#;
    fs::write(at.join("m.tmx"), memory).unwrap();
    let first = json(at, &["-C", "a", "import", "tmx", "m.tmx", "--json"]);
    let second = json(at, &["-C", "a", "import", "tmx", "m.tmx", "--json"]);
    assert_eq!((&first["new"], &second["new"]), (&1.into(), &0.into()));
    let found = json(at, &["-C", "a", "terms", "zorrilium", "--from", "en", "--to", "fr", "--json"]);
    assert_eq!(found["languages"][0]["memory"][0][1], "la porte de zorrilium", "{found}");
    fs::write(at.join("x.tmx"), "<html></html>").unwrap();
    let (status, _, error) = run(at, &["-C", "a", "import", "tmx", "x.tmx"]);
    assert!(status == 1 && error.contains("it is no TMX file"), "{error}");
}

#[test]
fn parallel_text_is_written_in_every_form() {
    let folder = demo();
    let at = folder.path();
    let table = done(at, &["-C", "a", "export", "parallel", "--from", "fa", "--to", "en", "--csv"]);
    assert!(
        table.starts_with("\u{feff}code,date,issuer,fa,en,confidence,decision\r\n")
            && table.lines().count() > 20
    );
    let plain = done(at, &["-C", "a", "export", "parallel", "--from", "en", "--to", "fa"]);
    assert!(plain.lines().count() > 20 && plain.lines().all(|line| line.split('\t').count() == 2));
    let tmx = done(at, &["-C", "a", "export", "tmx"]);
    let back = diwan_formats::tmx::read(tmx.as_bytes()).unwrap();
    assert!(back.units.len() > 100 && back.broken.is_none() && back.left_out == 0);
    let some = done(at, &["-C", "a", "export", "tmx", "--from", "fa", "--to", "en"]);
    let some = diwan_formats::tmx::read(some.as_bytes()).unwrap();
    assert!(some.units.iter().all(|u| u.variants[0].0.as_str() == "fa" && u.variants[1].0.as_str() == "en"));

    // A translators' tool as the judge: `pip install translate-toolkit`, in `python3` or the Python of DIWAN_PYTHON.
    let python = std::env::var("DIWAN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let known = Command::new(&python).args(["-c", "import translate.storage.tmx"]).output();
    if !known.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: `{python}` has no translate-toolkit (`pip install translate-toolkit`)");
        return;
    }
    fs::write(at.join("all.tmx"), &tmx).unwrap();
    let script = "import sys\nfrom translate.storage import tmx\nstore = tmx.tmxfile.parsefile('all.tmx')\n\
        units = [u for u in store.units if u.source and u.target]\nprint(len(units))\nprint(units[0].source)";
    let output = Command::new(&python)
        .current_dir(at)
        .args(["-c", script])
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut lines = said.lines();
    assert_eq!(lines.next().unwrap().parse::<usize>().unwrap(), back.units.len());
    assert_eq!(lines.next(), Some(back.units[0].variants[0].1.as_str()));
}
