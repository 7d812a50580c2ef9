//! The documentation is true: every console session in it is run, and what it shows is what comes.
//!
//! A session is a fenced block marked `console`. A line that begins with `$ ` is a command, run by `sh` in a folder that
//! holds `samples/`; the lines under it are what it prints, on both streams. `…` on a line of its own stands for any
//! number of lines, inside a line for any number of characters. Sessions of one page share one folder, so that a tutorial
//! goes on where it stood. A command that serves until it is stopped is not run; it shows nothing.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests on what they read themselves")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A command of a session and the lines it is said to print.
struct Step {
    line: usize,
    command: String,
    expected: Vec<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

fn steps(text: &str) -> Vec<Step> {
    let mut out: Vec<Step> = Vec::new();
    let mut inside = false;
    for (n, line) in text.lines().enumerate() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if inside && line.starts_with("$ ") {
            let command = line.strip_prefix("$ ").unwrap().to_owned();
            out.push(Step { line: n + 1, command, expected: Vec::new() });
        } else if inside && let Some(step) = out.last_mut() {
            step.expected.push(line.trim_end().to_owned());
        }
    }
    out
}

/// Whether a printed line is what a shown line says.
fn same(shown: &str, printed: &str) -> bool {
    let mut rest = printed;
    let parts: Vec<&str> = shown.split('…').collect();
    let last = parts.len() - 1;
    for (n, part) in parts.iter().enumerate() {
        let part = if n > 0 { part.trim_start() } else { part };
        let part = if n < last { part.trim_end() } else { part };
        if n == 0 {
            let Some(after) = rest.strip_prefix(part) else { return false };
            rest = after;
        } else if n == last {
            return rest.ends_with(part);
        } else if let Some(at) = rest.find(part) {
            rest = rest.split_at(at + part.len()).1;
        } else {
            return false;
        }
    }
    rest.is_empty()
}

fn fits(shown: &[String], printed: &[&str]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((line, rest)) if line == "…" => (0..=printed.len()).any(|n| fits(rest, &printed[n..])),
        Some((line, rest)) => {
            printed.split_first().is_some_and(|(first, others)| same(line, first) && fits(rest, others))
        }
    }
}

/// Marks of direction and the dots of an ellipsis are not seen on paper; a session is written without the marks.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { fs::copy(&path, &target).map(drop).unwrap() }
    }
}

fn runs_until_stopped(command: &str) -> bool {
    let mut words = command.split_whitespace();
    words.any(|word| word == "serve" || word == "demo") && !command.contains("--no-serve")
}

/// Runs the sessions of a page; what does not fit, said with its line.
fn check(page: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(page)).unwrap();
    let steps = steps(&text);
    assert!(!steps.is_empty(), "{page}: there is no session in it");
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("samples"), &folder.path().join("samples"));
    let binary = Path::new(env!("CARGO_BIN_EXE_diwan")).parent().unwrap();
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap_or_default());
    let mut wrong = Vec::new();
    for step in steps {
        if runs_until_stopped(&step.command) {
            assert!(
                step.expected.iter().all(String::is_empty),
                "{page}:{}: what serves shows nothing",
                step.line
            );
            continue;
        }
        let output = Command::new("sh")
            .args(["-c", &format!("( {} ) 2>&1", step.command)])
            .current_dir(folder.path())
            .env("PATH", &path)
            .env("DIWAN_NOW", "2026-01-31T09:00:00Z")
            .env("DIWAN_WHO", "Mina")
            .env("COLUMNS", "100")
            .output()
            .unwrap();
        let printed = plain(&String::from_utf8_lossy(&output.stdout));
        let printed: Vec<&str> = printed.lines().map(str::trim_end).collect();
        let mut shown: Vec<String> = step.expected.iter().map(|line| plain(line)).collect();
        while shown.last().is_some_and(String::is_empty) {
            shown.pop();
        }
        if !fits(&shown, &printed) {
            let (command, line, printed) = (&step.command, step.line, printed.join("\n"));
            wrong.push(format!("{page}:{line}: `{command}` prints\n{printed}\n"));
        }
    }
    wrong
}

#[test]
fn the_readme_shows_what_comes() {
    let wrong = check("README.md");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_tutorial_shows_what_comes() {
    let wrong = check("docs/tutorial.md");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_ellipsis_stands_for_anything_and_nothing_else_does() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    assert!(fits(&lines("a\n…\nd"), &["a", "b", "c", "d"]));
    assert!(fits(&lines("…"), &[]));
    assert!(!fits(&lines("a"), &["a", "b"]));
    assert!(same("one … three", "one two three") && same("one …", "one") && !same("one …", "two"));
    assert!(!same("one", "one two"));
}
