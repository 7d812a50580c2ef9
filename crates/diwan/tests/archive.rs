//! The binary from end to end: exit code, standard output, standard error.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests on what they made themselves")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Exit code, standard output, standard error.
type Answer = (i32, String, String);

fn diwan(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diwan"));
    command.current_dir(folder).env("DIWAN_NOW", "2026-01-31T09:00:00Z").env("DIWAN_WHO", "Mina");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Answer {
    let output = diwan(folder).args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

fn json(folder: &Path, arguments: &[&str]) -> serde_json::Value {
    let (code, out, error) = run(folder, arguments);
    assert_eq!(code, 0, "{error}");
    serde_json::from_str(&out).unwrap()
}

/// A folder with an archive `a` and pages: three that can be read, one empty, one that is no text.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("pages")).unwrap();
    fs::write(at("pages/1.txt"), note("Port Lemara", 3)).unwrap();
    fs::write(at("pages/2.txt"), note("Kessary", 4)).unwrap();
    fs::write(at("pages/3.html"), "<html><body><p>We are open from nine to five.</p></body></html>").unwrap();
    fs::write(at("pages/4.txt"), "").unwrap();
    fs::write(at("pages/5.bin"), b"%PDF-1.7\n\x00\x01").unwrap();
    assert_eq!(run(folder.path(), &["init", "a", "--name", "Lakes"]).0, 0);
    folder
}

fn note(place: &str, day: u32) -> String {
    format!(
        "Ministry of Lakes\n\nMedia Note\n\n{day} June 2021\n\nThe ministers of the Compact for Lake Orvane met today in \
         {place} and renewed their promise to keep the lake clean.\n\nThey thanked their hosts and agreed to meet again.\n"
    )
}

#[test]
fn pages_go_in_and_everything_is_counted() {
    let folder = folder();
    let (code, out, error) = run(folder.path(), &["-C", "a", "add", "pages", "none.txt"]);
    assert_eq!(
        (code, out.as_str()),
        (1, "3 added, 0 unchanged, 3 refused of 6 given\n"),
        "a named file is missing"
    );
    assert!(error.contains("refused `pages/4.txt`: it is empty\n"), "{error}");
    assert!(error.contains("refused `pages/5.bin`: "), "{error}");
    assert!(error.contains("refused `none.txt`: there is no such file\n"), "{error}");

    let before = run(folder.path(), &["-C", "a", "list", "--json"]);
    let summary = json(folder.path(), &["-C", "a", "add", "pages", "--json", "-q"]);
    assert_eq!(summary["added"], 0);
    assert_eq!(summary["unchanged"], 3);
    assert_eq!(summary["refused"], 2);
    assert_eq!(summary["given"], 5);
    assert_eq!(run(folder.path(), &["-C", "a", "list", "--json"]), before, "the same bytes");

    let (code, out, _) = run(folder.path(), &["-C", "a", "reread", "--all"]);
    assert_eq!((code, out.as_str()), (0, "3 read again, 0 changed, 2 cannot be read\n"), "its older name");
    assert_eq!(run(folder.path(), &["-C", "a", "list", "--json"]), before, "codes and versions stay");

    let refused = json(folder.path(), &["-C", "a", "list", "--refused", "--json"]);
    let sources: Vec<&str> =
        refused.as_array().unwrap().iter().map(|r| r["source"].as_str().unwrap()).collect();
    assert_eq!(sources, ["none.txt", "pages/4.txt", "pages/5.bin"]);
    let verified = json(folder.path(), &["-C", "a", "verify", "--json"]);
    assert_eq!(
        (&verified["ok"], &verified["counts"]["captures"], &verified["counts"]["unread"]),
        (&true.into(), &5.into(), &2.into())
    );
    let export = json(folder.path(), &["-C", "a", "export", "json"]);
    assert_eq!(export["intake"].as_array().unwrap().len(), 11);
    assert_eq!(export["captures"].as_array().unwrap().len(), 5);
}

#[test]
fn errors_say_what_to_do_and_their_kind_is_the_exit_code() {
    let folder = folder();
    for (arguments, code, words) in [
        (&["list"][..], 3, "there is no archive in `.`\nhint: make one with `diwan init .`"),
        (&["-C", "none", "list"], 3, "there is no folder `none`"),
        (&["-C", "pages/1.txt", "list"], 1, "`pages/1.txt` is not an archive: it is a file"),
        (&["init", "a"], 4, "there is an archive in `a` already"),
        (&["init", "b", "--codes", "X"], 1, "has no `{number}`"),
        (&["-C", "a", "show", "DW/1999/000001"], 3, "there is no code `DW/1999/000001`"),
        (&["-C", "a", "decide", "confirm", "0123456789abcdef"], 3, "there is no finding"),
        (&["-C", "a", "undo", "7"], 3, "there is no decision `7`"),
        (&["-C", "a", "add", "pages", "--address", "https://a.example/x"], 2, "`--as` is for one file"),
        (&["-C", "a", "list", "--colour"], 2, "unexpected argument"),
    ] {
        let (got, out, error) = run(folder.path(), arguments);
        assert_eq!((got, out.as_str()), (code, ""), "{arguments:?}: {error}");
        assert!(error.contains(words), "{arguments:?}: {error}");
    }
    fs::write(folder.path().join("a/diwan.toml"), "name = 'Lakes'\nsize_limit_mib = 0\n").unwrap();
    let (code, _, error) = run(folder.path(), &["-C", "a", "add", "pages/1.txt"]);
    assert_eq!(code, 1);
    assert!(error.contains("the limit is 0 (`size_limit_mib` in `diwan.toml`)"), "{error}");
}

#[test]
fn every_command_has_help_with_an_example() {
    let folder = tempfile::tempdir().unwrap();
    for command in [
        "init",
        "add",
        "list",
        "show",
        "findings",
        "decide",
        "undo",
        "history",
        "reprocess",
        "watch",
        "verify",
        "demo",
        "search",
        "serve",
    ] {
        let (code, out, _) = run(folder.path(), &[command, "--help"]);
        assert_eq!(code, 0);
        assert!(out.contains("Examples:\n  diwan "), "{command}: {out}");
    }
    let (_, out, _) = run(folder.path(), &["add", "--help"]);
    assert!(out.contains("kept byte for byte"), "the whole description: {out}");
}

#[test]
fn a_reader_that_has_read_enough_is_no_error() {
    let folder = folder();
    run(folder.path(), &["-C", "a", "add", "pages"]);
    let mut child = diwan(folder.path())
        .args(["-C", "a", "export", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn a_killed_run_is_completed_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("pages");
    fs::create_dir(&pages).unwrap();
    for k in 0..160 {
        fs::write(pages.join(format!("{k:03}.txt")), note(&format!("Harbour {k}"), 1 + k % 28)).unwrap();
    }
    for archive in ["whole", "killed"] {
        assert_eq!(run(folder.path(), &["init", archive]).0, 0);
    }
    assert_eq!(run(folder.path(), &["-C", "whole", "add", "pages"]).0, 0);
    // Moments spread over the run without a pattern; fixed, so that a failure can be looked at again.
    let mut moment = 7_u64;
    for _ in 0..8 {
        moment = (moment * 48_271 + 11) % 1_000_003;
        let mut child = diwan(folder.path())
            .args(["-C", "killed", "add", "pages"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(moment % 250));
        child.kill().unwrap();
        child.wait().unwrap();
        let (code, _, error) = run(folder.path(), &["-C", "killed", "verify"]);
        assert_eq!(code, 0, "{error}");
    }
    let summary = json(folder.path(), &["-C", "killed", "add", "pages", "--json"]);
    assert_eq!((&summary["given"], &summary["refused"]), (&160.into(), &0.into()));
    assert_eq!(run(folder.path(), &["-C", "killed", "verify"]).0, 0);
    let list = |archive: &str| run(folder.path(), &["-C", archive, "list", "--json"]).1;
    assert_eq!(list("killed"), list("whole"), "as if it had never been killed");
}

#[test]
fn the_seeds_become_four_statements() {
    let Some(shared) = diwan_testing::shared_folder(env!("CARGO_MANIFEST_DIR")) else {
        eprintln!("skipped: there is no shared folder here");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let seeds = shared.join("seeds").display().to_string();
    assert_eq!(run(folder.path(), &["init", "a"]).0, 0);
    assert_eq!(run(folder.path(), &["-C", "a", "add", &seeds]).0, 0);
    let rows = json(folder.path(), &["-C", "a", "list", "--json"]);
    let mut versions: Vec<usize> =
        rows.as_array().unwrap().iter().map(|row| row["versions"].as_array().unwrap().len()).collect();
    versions.sort_unstable();
    assert_eq!(versions, [1, 1, 2, 2]);
}
