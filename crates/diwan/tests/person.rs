//! What a person meets at the command line: decisions and their history, search, and words where something is wrong.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests on what they made themselves")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

fn diwan(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diwan"));
    command.current_dir(folder).env("DIWAN_NOW", "2026-01-31T09:00:00Z").env("DIWAN_WHO", "Mina");
    command
}

/// Exit code, standard output, standard error.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = diwan(folder).args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let (code, out, error) = run(folder, arguments);
    assert_eq!(code, 0, "{arguments:?}: {error}");
    serde_json::from_str(&out).unwrap()
}

/// A folder with the sample archive in `a`.
fn demo() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(folder.path(), &["demo", "a", "--no-serve"]).0, 0);
    folder
}

fn field(folder: &Path, code: &str, name: &str) -> Value {
    let shown = json(folder, &["-C", "a", "show", code, "--json"]);
    let fields = shown["fields"].as_array().unwrap();
    fields.iter().find(|field| field["field"] == name).unwrap()["text"].clone()
}

#[test]
fn a_decision_shows_counts_and_can_be_taken_back() {
    let folder = demo();
    let at = folder.path();
    let rows = json(at, &["-C", "a", "list", "--json"]);
    let row = rows.as_array().unwrap().iter().find(|row| row["date"].is_string()).unwrap();
    let code = row["code"].as_str().unwrap();
    let read = field(at, code, "date");

    let (status, out, error) = run(at, &["-C", "a", "decide", "confirm", code, "date"]);
    assert_eq!(status, 0, "{error}");
    assert!(out.starts_with("*   1  ") && out.contains("confirm"), "{out}");
    let correct = ["-C", "a", "decide", "correct", code, "date", "1999-12-31", "--why", "the page is wrong"];
    assert_eq!(run(at, &correct).0, 0);
    assert_eq!(field(at, code, "date"), "1999-12-31");
    // The machine reads it again, and the decision stays.
    assert_eq!(run(at, &["-C", "a", "reread", "--all"]).0, 0);
    assert_eq!(field(at, code, "date"), "1999-12-31");
    assert_eq!(
        json(at, &["-C", "a", "list", "--from", "1999", "--until", "1999", "--json"])
            .as_array()
            .unwrap()
            .len(),
        1
    );

    let (_, history, _) = run(at, &["-C", "a", "history", code]);
    let stars: Vec<bool> = history.lines().map(|line| line.starts_with('*')).collect();
    assert_eq!(stars, [false, true], "{history}");
    assert!(history.contains("because \u{2068}the page is wrong\u{2069}"), "{history}");
    assert_eq!(run(at, &["-C", "a", "undo", "2", "--why", "it was right"]).0, 0);
    assert_eq!(field(at, code, "date"), read);
    let (status, _, error) = run(at, &["-C", "a", "undo", "2"]);
    assert!(status == 1 && error.contains("decision 2 was undone already"), "{error}");
    let (status, _, error) = run(at, &["-C", "a", "decide", "correct", code, "date", "soon"]);
    assert!(status == 1 && error.contains("soon"), "{error}");
    let (status, _, error) = run(at, &["-C", "a", "decide", "confirm", code]);
    assert!(status == 2 && error.contains("hint: name one of `title`, `date`"), "{error}");

    let findings = json(at, &["-C", "a", "findings", "--json"]);
    let name = findings[0]["fingerprint"].as_str().unwrap();
    assert_eq!(run(at, &["-C", "a", "decide", "dismiss", name, "--why", "known"]).0, 0);
    let shown = json(at, &["-C", "a", "findings", "--all", "--json"]);
    let of = |list: &Value| list.as_array().unwrap().iter().find(|f| f["fingerprint"] == name).cloned();
    assert_eq!(of(&shown).unwrap()["status"], "dismissed");
    assert_eq!(run(at, &["-C", "a", "undo", "4"]).0, 0);
    let shown = json(at, &["-C", "a", "findings", "--json"]);
    assert_eq!(of(&shown).unwrap()["status"], "open");
    assert_eq!(json(at, &["-C", "a", "history", "--json"]).as_array().unwrap().len(), 5);
    assert_eq!(run(at, &["-C", "a", "verify"]).0, 0);
}

#[test]
fn words_are_found_without_their_article_and_in_other_letters() {
    let folder = demo();
    for (word, printed) in [("بيان", "البيان"), ("اجتماع", "الاجتماع"), ("وزراء", "الوزراء")]
    {
        let results = json(folder.path(), &["-C", "a", "search", word, "--json"]);
        let hits = results["hits"].as_array().unwrap();
        let found = hits.iter().any(|hit| hit["text"].as_str().unwrap().contains(printed));
        assert!(found, "{word}: {results:#}");
    }
    let total = |words: &[&str]| {
        let arguments: Vec<&str> = ["-C", "a", "search", "--json"].iter().chain(words).copied().collect();
        json(folder.path(), &arguments)["total"].as_u64().unwrap()
    };
    assert!(total(&["وزيران"]) > 0 || total(&["وزیران"]) > 0);
    assert_eq!(total(&["وزيران"]), total(&["وزیران"]), "Arabic and Persian yeh");
    assert_eq!(total(&["qqqzzz"]), 0);
    // Options are options wherever they stand, and `-word` leaves a word out.
    let all = json(folder.path(), &["-C", "a", "search", "lake", "--lang", "en", "--json"]);
    let some = json(folder.path(), &["-C", "a", "search", "lake", "-ministers", "--json", "--lang", "en"]);
    assert_eq!((&all["query"], all["languages"].as_array().unwrap().len()), (&"lake".into(), 1));
    assert!(some["total"].as_u64() < all["total"].as_u64(), "{some:#}");
}

#[test]
fn a_reader_that_has_read_enough_is_no_error() {
    let folder = demo();
    for arguments in [
        &["-C", "a", "list"][..],
        &["-C", "a", "list", "--json"],
        &["-C", "a", "search", "the"],
        &["-C", "a", "findings"],
        &["-C", "a", "history", "--json"],
        &["--help"],
    ] {
        let mut command = diwan(folder.path());
        let mut child =
            command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), said.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn what_is_wrong_is_said_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir(at.join("pages")).unwrap();
    assert_eq!(run(at, &["init", "empty"]).0, 0);
    for (arguments, code, words) in [
        // A wrong folder.
        (&["-C", "nowhere", "search", "x"][..], 3, "there is no folder `nowhere`"),
        (&["-C", "pages", "list"], 3, "hint: make one with `diwan init pages`"),
        (&["-C", "pages", "serve"], 3, "hint: make one with `diwan init pages`"),
        // A mistyped command or option.
        (&["serach", "x"], 2, "unrecognized subcommand 'serach'"),
        (&["list", "--yaer", "2021"], 2, "try '--help'"),
        (&["-C", "empty", "search"], 2, "Usage: diwan search"),
        // A missing file.
        (&["-C", "empty", "add", "gone.html"], 1, "refused `gone.html`: there is no such file"),
        (&["read", "gone.html"], 3, "gone.html"),
        (&["-C", "empty", "show", "DW/2021/000001"], 3, "there is no code `DW/2021/000001`"),
        // An empty archive.
        (&["-C", "empty", "list"], 0, "the archive is empty\nhint: add pages with `diwan -C empty add PATH`"),
        (&["-C", "empty", "search", "x"], 0, ""),
        (&["-C", "empty", "verify"], 0, ""),
        (&["-C", "empty", "findings"], 0, ""),
        (&["-C", "empty", "history"], 0, ""),
    ] {
        let (got, _, error) = run(at, arguments);
        assert_eq!(got, code, "{arguments:?}: {error}");
        assert!(error.contains(words), "{arguments:?}: {error}");
        assert!(!error.contains("panicked"), "{arguments:?}: {error}");
    }
    assert_eq!(run(at, &["-C", "empty", "list", "--json"]).1, "[]\n");
    let (code, _, help) = run(at, &[]);
    assert!(code == 2 && help.contains("diwan init"), "{help}");
}

/// Codes with the sources of their versions, sorted.
fn groups(at: &Path) -> Vec<(String, Vec<String>)> {
    let rows = json(at, &["-C", "a", "list", "--json"]);
    let mut out: Vec<(String, Vec<String>)> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let versions = row["versions"].as_array().unwrap().iter();
            let mut sources: Vec<String> = versions.map(|v| v["source"].to_string()).collect();
            sources.sort();
            (row["code"].as_str().unwrap().to_owned(), sources)
        })
        .collect();
    out.sort();
    out
}

#[test]
fn a_link_is_rejected_added_and_taken_back_and_no_later_run_overrules_it() {
    let folder = demo();
    let at = folder.path();
    let before = groups(at);
    let (code, sources) = before.iter().find(|(_, sources)| sources.len() == 3).unwrap();
    let links = json(at, &["-C", "a", "links", code, "--json"]);
    let version = links[0]["links"][1]["version"].as_str().unwrap().to_owned();
    let (status, out, error) = run(at, &["-C", "a", "links", "reject", &version, "--why", "another meeting"]);
    assert_eq!(status, 0, "{error}");
    assert!(out.contains("dismiss") && out.contains("another meeting"), "{out}");
    let apart = groups(at);
    assert_eq!(apart.len(), before.len() + 1, "it stands by itself");
    let left = apart.iter().find(|(c, _)| c == code).unwrap();
    assert_eq!(left.1.len(), sources.len() - 1);
    // Neither reading again nor adding again ties it.
    assert_eq!(run(at, &["-C", "a", "reprocess", "--json"]).0, 0);
    assert_eq!(groups(at), apart);
    assert_eq!(run(at, &["-C", "a", "align", "--again"]).0, 0);
    assert_eq!(groups(at), apart);
    // Taken back, all is as it was; and the undo itself can be taken back.
    let history = json(at, &["-C", "a", "history", "--json"]);
    let id = history.as_array().unwrap().last().unwrap()["id"].to_string();
    assert_eq!(run(at, &["-C", "a", "undo", &id]).0, 0);
    assert_eq!(groups(at), before);
    let id = (id.parse::<u64>().unwrap() + 1).to_string();
    assert_eq!(run(at, &["-C", "a", "undo", &id]).0, 0);
    assert_eq!(groups(at), apart);
    // A person says that two are one.
    let other = apart.iter().find(|(c, _)| before.iter().all(|(b, _)| b != c)).unwrap();
    let (status, _, error) =
        run(at, &["-C", "a", "links", "add", code, &other.0, "--why", "the same after all"]);
    assert_eq!(status, 0, "{error}");
    assert_eq!(groups(at), before);
    assert_eq!(run(at, &["-C", "a", "reprocess", "--json"]).0, 0);
    assert_eq!(groups(at), before);
    let links = json(at, &["-C", "a", "links", code, "--json"]);
    let all = links[0]["links"].as_array().unwrap();
    let said = all.iter().find(|link| link["decision"][0] == "confirm").unwrap();
    assert_eq!(said["confidence"], 1.0);
    let (status, _, error) = run(at, &["-C", "a", "links", "add", code, code]);
    assert!(status == 1 && error.contains("one statement already"), "{error}");
    let (status, _, error) = run(at, &["-C", "a", "links", "reject", "nothing"]);
    assert!(status != 0 && error.contains("hint:"), "{error}");
    assert_eq!(run(at, &["-C", "a", "verify"]).0, 0);
}

#[test]
fn a_shell_a_manual_and_a_doctor_are_at_hand() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let (code, out, _) = run(at, &["completions", "bash"]);
    assert!(code == 0 && out.contains("watch-phrase"), "{out}");
    assert_eq!(run(at, &["man", "pages"]).0, 0);
    for page in ["diwan.1", "diwan-add.1", "diwan-text-dates.1"] {
        assert!(at.join("pages").join(page).is_file(), "{page}");
    }
    let (code, out, error) = run(at, &["doctor"]);
    assert!(code == 0 && out.contains("there is no archive"), "{out}{error}");
    assert_eq!(run(at, &["demo", "a", "--no-serve"]).0, 0);
    let looks = json(at, &["-C", "a", "doctor", "--json"]);
    let look = |what: &str| looks.as_array().unwrap().iter().find(|l| l["what"] == what).cloned().unwrap();
    assert_eq!((&look("archive")["state"], &look("writing")["state"]), (&"well".into(), &"well".into()));
    fs::write(at.join("a/diwan.db"), "this is no database, and long enough to be looked at as one").unwrap();
    let (code, out, error) = run(at, &["-C", "a", "doctor"]);
    assert!(code == 5 && out.contains("WRONG  archive"), "{code} {out}{error}");
}

#[test]
fn a_mistake_is_told_once_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let (code, _, error) = run(folder.path(), &["-C", "nowhere", "list"]);
    assert_eq!((code, error.matches("there is no folder").count()), (3, 1), "{error}");
    assert!(error.contains("hint: make one with `diwan init nowhere`"), "{error}");
    let (code, _, error) = run(folder.path(), &["lst"]);
    assert!(code == 2 && error.contains("'list'"), "{error}");
    // Nobody listens any more: that is no crash.
    let status = Command::new("sh")
        .args(["-c", "exec 2>&-; exec \"$0\" -C nowhere list", env!("CARGO_BIN_EXE_diwan")])
        .current_dir(folder.path())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(3));
}
