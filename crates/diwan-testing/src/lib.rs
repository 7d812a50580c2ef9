//! Corpus cases with the expectation inside the case, and the one runner that every crate's corpus test uses.
//!
//! A file holds many cases, apart by a line that begins `=== `:
//!
//! ```text
//! === doubled month name is one month
//! lang: ar
//! --- input
//! 3 كانون الأول/ديسمبر 2021
//! --- expect
//! 2021-12-03 gregorian «3 كانون الأول/ديسمبر 2021»
//! ```
//!
//! Lines before `--- input` are settings (`name: value`). `DIWAN_BLESS=1` rewrites expectations in place and
//! shows the difference; `cargo xtask corpus --bless` sets it.

pub mod generate;
pub mod samples;
pub mod statements;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};
use similar::TextDiff;

/// One case of a corpus file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// What it shows, unique in its file.
    pub name: String,
    /// Settings in the order written.
    pub settings: Vec<(String, String)>,
    /// What is read.
    pub input: String,
    /// What must come out, without trailing newline.
    pub expect: String,
}

impl Case {
    /// The value of a setting, or `default`.
    pub fn setting<'a>(&'a self, name: &str, default: &'a str) -> &'a str {
        self.settings.iter().find(|(n, _)| n == name).map_or(default, |(_, v)| v)
    }
}

/// Cases of a corpus file. Text before the first `=== ` is a comment and kept.
pub fn parse(text: &str) -> (String, Vec<Case>) {
    let mut preface = String::new();
    let mut cases: Vec<Case> = Vec::new();
    let mut part = Part::Settings;
    for line in text.split('\n') {
        if let Some(name) = line.strip_prefix("=== ") {
            cases.push(Case {
                name: name.trim().to_owned(),
                settings: Vec::new(),
                input: String::new(),
                expect: String::new(),
            });
            part = Part::Settings;
            continue;
        }
        let Some(case) = cases.last_mut() else {
            preface.push_str(line);
            preface.push('\n');
            continue;
        };
        match (line, part) {
            ("--- input", _) => part = Part::Input,
            ("--- expect", _) => part = Part::Expect,
            (_, Part::Settings) => {
                if let Some((name, value)) = line.split_once(':') {
                    case.settings.push((name.trim().to_owned(), value.trim().to_owned()));
                }
            }
            (_, Part::Input) => add_line(&mut case.input, line),
            (_, Part::Expect) => add_line(&mut case.expect, line),
        }
    }
    for case in &mut cases {
        case.input = case.input.trim_end_matches('\n').to_owned();
        case.expect = case.expect.trim_end_matches('\n').to_owned();
    }
    (preface, cases)
}

#[derive(Clone, Copy)]
enum Part {
    Settings,
    Input,
    Expect,
}

fn add_line(to: &mut String, line: &str) {
    to.push_str(line);
    to.push('\n');
}

/// A corpus file as text; `parse` reads it back.
pub fn print(preface: &str, cases: &[Case]) -> String {
    let mut out = preface.to_owned();
    for (k, case) in cases.iter().enumerate() {
        if k > 0 {
            out.push('\n');
        }
        out.push_str(&format!("=== {}\n", case.name));
        for (name, value) in &case.settings {
            out.push_str(&format!("{name}: {value}\n"));
        }
        out.push_str(&format!("--- input\n{}\n--- expect\n{}\n", case.input, case.expect));
    }
    out
}

/// Runs every case of the files under `tests/corpus/` whose name ends in `.<kind>.txt` for one of `kinds`, and ends
/// the process as a test binary does. `render` gives what comes out for a case of a kind.
pub fn run(root: &Path, kinds: &[&str], render: fn(kind: &str, case: &Case) -> String) -> ! {
    let arguments = Arguments::from_args();
    let bless = std::env::var_os("DIWAN_BLESS").is_some();
    let mut trials = Vec::new();
    for (path, kind) in corpus_files(root, kinds).unwrap_or_default() {
        let label = path.strip_prefix(root).unwrap_or(&path).display().to_string();
        let Ok(text) = fs::read_to_string(&path) else {
            trials.push(Trial::test(label, || Err(Failed::from("the file cannot be read as UTF-8"))));
            continue;
        };
        let (preface, cases) = parse(&text);
        if bless {
            bless_file(&path, &label, &preface, &cases, &text, &kind, render);
            continue;
        }
        for case in cases {
            let kind = kind.clone();
            trials.push(Trial::test(format!("{label}: {}", case.name), move || check(&kind, &case, render)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit()
}

fn check(kind: &str, case: &Case, render: fn(&str, &Case) -> String) -> Result<(), Failed> {
    let got = render(kind, case);
    let got = got.trim_end_matches('\n');
    if got == case.expect { Ok(()) } else { Err(Failed::from(difference(&case.expect, got))) }
}

fn difference(expected: &str, got: &str) -> String {
    let diff = TextDiff::from_lines(expected, got);
    format!("input:\nexpected (-) and read (+):\n{}", diff.unified_diff().context_radius(3))
}

fn bless_file(
    path: &Path,
    label: &str,
    preface: &str,
    cases: &[Case],
    old: &str,
    kind: &str,
    render: fn(&str, &Case) -> String,
) {
    let mut blessed = cases.to_vec();
    for case in &mut blessed {
        render(kind, case).trim_end_matches('\n').clone_into(&mut case.expect);
    }
    let new = print(preface, &blessed);
    if new != old {
        let shown =
            TextDiff::from_lines(old, new.as_str()).unified_diff().header(label, "blessed").to_string();
        tell(&shown);
        if let Err(error) = fs::write(path, new) {
            tell(&format!("{label}: cannot be written: {error}"));
        }
    }
}

#[expect(clippy::print_stderr, reason = "this crate is a test runner and speaks to the person who runs it")]
fn tell(text: &str) {
    eprintln!("{text}");
}

/// Files below `root/tests/corpus` of the kinds, sorted.
fn corpus_files(root: &Path, kinds: &[&str]) -> io::Result<Vec<(PathBuf, String)>> {
    let mut out = Vec::new();
    let mut todo = vec![root.join("tests").join("corpus")];
    while let Some(folder) = todo.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                todo.push(path);
                continue;
            }
            let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("").to_owned();
            if let Some(kind) =
                kinds.iter().find(|k| name.ends_with(&format!(".{k}.txt")) || name == format!("{k}.txt"))
            {
                out.push((path, (*kind).to_owned()));
            }
        }
    }
    out.sort();
    Ok(out)
}

/// The root of the repository, for tests: two folders above the crate that calls.
pub fn repository_root(manifest_dir: &str) -> PathBuf {
    Path::new(manifest_dir).ancestors().nth(2).unwrap_or(Path::new(".")).to_owned()
}

/// The folder of shared test sets (`DIWAN_SHARED`, default `../shared` beside the repository), where it exists.
pub fn shared_folder(manifest_dir: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("DIWAN_SHARED")
        .map_or_else(|| repository_root(manifest_dir).join("..").join("shared"), PathBuf::from);
    folder.is_dir().then_some(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_and_printed_back() {
        let text = "about\n=== one\nlang: ar\n--- input\na\n\nb\n--- expect\nc\n\n=== two\n--- input\nx\n--- expect\n\n";
        let (preface, cases) = parse(text);
        assert_eq!((preface.as_str(), cases.len()), ("about\n", 2));
        assert_eq!(cases[0].input, "a\n\nb");
        assert_eq!(parse(&print(&preface, &cases)).1, cases);
    }
}
