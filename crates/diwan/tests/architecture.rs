//! Compares the crates' edges with the table of `docs/architecture.md`.

#![allow(clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

type Edges = BTreeMap<String, BTreeSet<String>>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("the crate lies two folders below the root")
}

fn edges_of_the_document() -> Edges {
    let text = std::fs::read_to_string(root().join("docs/architecture.md")).expect("docs/architecture.md");
    let mut out = Edges::new();
    for line in text.lines().filter(|l| l.starts_with("| `")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let name = cells[1].trim_matches('`').to_owned();
        let to =
            cells[3].split(',').map(str::trim).filter(|d| *d != "–").map(|d| format!("diwan-{d}")).collect();
        out.insert(name, to);
    }
    out
}

fn edges_of_the_code() -> Edges {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo metadata");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let mut out = Edges::new();
    for package in metadata["packages"].as_array().expect("packages") {
        let to = package["dependencies"]
            .as_array()
            .expect("dependencies")
            .iter()
            .filter(|d| d["kind"].is_null() && !d["path"].is_null())
            .map(|d| d["name"].as_str().expect("a name").to_owned())
            .collect();
        out.insert(package["name"].as_str().expect("a name").to_owned(), to);
    }
    out
}

#[test]
fn edges_are_those_of_the_table() {
    assert_eq!(edges_of_the_code(), edges_of_the_document());
}

#[test]
fn every_room_has_its_invariant() {
    let text = std::fs::read_to_string(root().join("docs/architecture.md")).expect("docs/architecture.md");
    for name in edges_of_the_code().keys().filter(|n| !matches!(n.as_str(), "diwan-testing" | "xtask")) {
        assert!(text.contains(&format!("- **`{name}`** *Invariant:*")), "no invariant line for `{name}`");
    }
}
