//! A site whose furniture no rule knows: it is learnt from its pages, used when they are read again, and people stand above it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests on what they made themselves")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_diwan"))
        .current_dir(folder)
        .env("DIWAN_NOW", "2026-01-31T09:00:00Z")
        .args(["-C", "a"])
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let (code, out, error) = run(folder, arguments);
    assert_eq!(code, 0, "{error}");
    serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out} {error}"))
}

const HEAD: [&str; 2] = ["Selmhaven Tide Board", "Quays | Tides | Pilots | Almanac"];
const TAIL: [&str; 3] = [
    "Almanac | Quays | Night signals",
    "Selmhaven Tide Board keeps the almanac of the western quays since the year of the long frost.",
    "Ring the pilot house or write to pilots@selmhaven-tides.example before you sail.",
];
/// What the body itself says at the end of every statement, and how it signs.
const FORMULA: &str = "The members of the Compact for Lake Orvane renew their promise to keep the lake open to all who live by it.";
const SIGNED: &str = "For the members of the Compact";

const SUBJECTS: [&str; 12] = [
    "fishing grounds",
    "ferry lines",
    "ice roads",
    "harbour dues",
    "reed cutting",
    "flood walls",
    "drinking water",
    "lighthouses",
    "bird islands",
    "boat builders",
    "dredging",
    "night sailing",
];

/// Twelve plain texts of one site, with a table that gives their addresses.
fn pages(folder: &Path) {
    fs::create_dir(folder.join("pages")).unwrap();
    let mut table = "path,address\n".to_owned();
    for (subject, day) in SUBJECTS.iter().zip(3..) {
        let text = format!(
            "{}\n{}\n\nMinistry of Lakes\nMedia Note\n{day} June 2021\n\nStatement on {subject} by the Compact for Lake Orvane\n\n\
             The ministers of the Compact for Lake Orvane met today and spoke of {subject}. They agreed on {day} measures and thanked the \
             pilots for their work.\n\nThe next session on {subject} will be held in the autumn of 2021.\n\n{FORMULA}\n\n{SIGNED}\n\n{}\n",
            HEAD[0],
            HEAD[1],
            TAIL.join("\n\n")
        );
        fs::write(folder.join(format!("pages/{day}.txt")), text).unwrap();
        let _ = writeln!(table, "pages/{day}.txt,https://selmhaven-tides.example/notes/{day}");
    }
    fs::write(folder.join("list.csv"), table).unwrap();
}

/// The texts of all sentences of the statement that a page of that day states.
fn said(folder: &Path, day: u32) -> String {
    let list = json(folder, &["list", "--json"]);
    let date = format!("2021-06-{day:02}");
    let code =
        list.as_array().unwrap().iter().find(|row| row["date"] == date.as_str()).unwrap()["code"].clone();
    let shown = json(folder, &["show", code.as_str().unwrap(), "--json"]);
    let sentences = shown["versions"][0]["sentences"].as_array().unwrap();
    sentences.iter().map(|s| s["text"].as_str().unwrap()).collect::<Vec<_>>().join("\n")
}

#[test]
fn furniture_of_a_site_is_learnt_and_what_the_body_repeats_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert_eq!(run(folder, &["init", "a", "--name", "Lakes"]).0, 0);
    pages(folder);
    let (code, _, said_so) = run(folder, &["add", "list.csv"]);
    assert_eq!(code, 0, "{said_so}");
    assert!(said_so.contains("learnt the furniture of selmhaven-tides.example"), "{said_so}");

    let known = json(folder, &["furniture", "--json"]);
    let learnt: Vec<&str> =
        known.as_array().unwrap().iter().map(|line| line["text"].as_str().unwrap()).collect();
    // What rules know as it is need not be learnt.
    assert!(learnt.contains(&TAIL[2]), "{learnt:?}");
    assert!(learnt.iter().all(|line| TAIL.contains(line) || HEAD.contains(line)), "{learnt:?}");
    assert!(known.as_array().unwrap().iter().all(|line| line["pages"] == 12 && line["of_pages"] == 12));
    assert!(known[0]["example"].is_string(), "a page stands for it");

    // Read again, the text ends where the statement ends, with what the body always says.
    let (code, out, error) = run(folder, &["reprocess"]);
    assert_eq!(code, 0, "{out} {error}");
    for day in [3, 8, 14] {
        let text = said(folder, day);
        assert!(text.contains(FORMULA), "{text}");
        for line in HEAD.iter().chain(&TAIL) {
            assert!(!text.contains(line), "{line:?} in {text}");
        }
    }
    // What was learnt is not forgotten because it is known now.
    assert_eq!(json(folder, &["furniture", "--json"]).as_array().unwrap().len(), learnt.len());

    // A new page is read with it at once.
    let late = fs::read_to_string(folder.join("pages/3.txt"))
        .unwrap()
        .replace("3 June", "27 June")
        .replace("fishing grounds", "moorings");
    fs::write(folder.join("late.txt"), late).unwrap();
    assert_eq!(run(folder, &["add", "late.txt", "--as", "https://selmhaven-tides.example/notes/27"]).0, 0);
    let text = said(folder, 27);
    assert!(text.contains(FORMULA) && !text.contains("pilot house"), "{text}");

    // A person's word stands over what is learnt, and goes into the log of custody.
    let arguments = [
        "furniture",
        "selmhaven-tides.example",
        "--is-not",
        TAIL[2],
        "--by",
        "Salma",
        "--why",
        "it is theirs",
        "--json",
    ];
    let decided = json(folder, &arguments);
    let line = decided
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["side"] == "tail" && line["text"] == TAIL[2])
        .unwrap();
    assert_eq!((line["furniture"].as_bool(), line["decision"]["who"].as_str()), (Some(false), Some("Salma")));
    assert_eq!(run(folder, &["reprocess"]).0, 0);
    let kept = json(folder, &["furniture", "--json"]);
    let line = kept
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["side"] == "tail" && line["text"] == TAIL[2])
        .unwrap();
    assert_eq!(line["furniture"], false, "no later run changes it");
    assert_eq!(run(folder, &["verify"]).0, 0);
}

#[test]
fn nothing_is_learnt_from_few_pages_and_the_empty_list_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert_eq!(run(folder, &["init", "a", "--name", "Lakes"]).0, 0);
    pages(folder);
    let table: Vec<String> =
        fs::read_to_string(folder.join("list.csv")).unwrap().lines().take(9).map(str::to_owned).collect();
    fs::write(folder.join("list.csv"), table.join("\n")).unwrap();
    assert_eq!(run(folder, &["add", "list.csv"]).0, 0);
    let (code, out, said) = run(folder, &["furniture"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(said.contains("nothing is known of any site") && said.contains("10 pages"), "{said}");
    let (code, _, said) = run(folder, &["furniture", "a.example", "--is", "Tides"]);
    assert_eq!(code, 2, "{said}");
}
