//! `cargo xtask check-house`: rules of the house that no compiler knows.
//!
//! Files over 500 lines, the same run of twelve lines in two places, edges between crates that the map does not show,
//! public items without documentation, dependencies that nothing uses. Each must be none, or stand in `xtask/house.txt`
//! with a reason; an entry there that is no longer needed is an error too, so that the list only shrinks.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::process::Command;

use anyhow::{Context, bail};
use serde_json::Value;

use crate::shell::{self, cargo, root, say};

/// A file one can see whole.
const LONGEST: usize = 500;
/// So many lines that say something, the same in two places, are one thing written twice.
const RUN: usize = 12;

/// What was found against one rule: the key under which `house.txt` may excuse it, and the sentence for the person.
type Breach = (String, String);

/// The task.
pub(crate) fn run() -> anyhow::Result<()> {
    let files = sources()?;
    let excused = excuses()?;
    let metadata = metadata()?;
    let rules: [(&str, Vec<Breach>); 4] = [
        ("long", long_files(&files)),
        ("twice", written_twice(&files)),
        ("edge", edges(&metadata)?),
        ("unused", unused_dependencies(&metadata, &files)),
    ];
    let mut wrong = 0;
    for (rule, breaches) in &rules {
        let with_reason: BTreeMap<&str, &str> = excused
            .iter()
            .filter(|(r, _, _)| r == rule)
            .map(|(_, key, why)| (key.as_str(), why.as_str()))
            .collect();
        let open: Vec<&Breach> =
            breaches.iter().filter(|(key, _)| !with_reason.contains_key(key.as_str())).collect();
        let found: BTreeSet<&str> = breaches.iter().map(|(key, _)| key.as_str()).collect();
        let stale: Vec<&&str> = with_reason.keys().filter(|key| !found.contains(**key)).collect();
        say(&format!(
            "{rule:>7}: {} found, {} with a reason, {} open",
            breaches.len(),
            breaches.len() - open.len(),
            open.len()
        ));
        for (_, sentence) in &open {
            say(&format!("         {sentence}"));
        }
        for key in &stale {
            say(&format!("         `{rule} {key}` in xtask/house.txt excuses nothing any more"));
        }
        wrong += open.len() + stale.len();
    }
    let undocumented = missing_documentation()?;
    say(&format!(
        "   docs: {}",
        if undocumented {
            "`missing_docs` is not on everywhere"
        } else {
            "`missing_docs` is on in every crate; clippy judges it"
        }
    ));
    if wrong > 0 || undocumented {
        bail!("the house is not in order; mend it, or give a reason in xtask/house.txt");
    }
    Ok(())
}

/// Lines of `xtask/house.txt`: rule, key, reason.
fn excuses() -> anyhow::Result<Vec<(String, String, String)>> {
    let text =
        fs::read_to_string(root().join("xtask/house.txt")).context("`xtask/house.txt` cannot be read")?;
    let mut out = Vec::new();
    for (n, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let mut words = line.splitn(3, ' ');
        match (words.next(), words.next(), words.next()) {
            (Some(rule), Some(key), Some(why)) if !why.trim().is_empty() => {
                out.push((rule.to_owned(), key.to_owned(), why.trim().to_owned()));
            }
            _ => bail!("`xtask/house.txt`, line {}: a rule, a key and a reason are needed", n + 1),
        }
    }
    Ok(out)
}

/// Every file of code that git knows, with its text.
fn sources() -> anyhow::Result<Vec<(String, String)>> {
    let mut list = Command::new("git");
    list.args(["ls-files", "--", "*.rs", "*.mjs", "*.js", "*.css", "*.html"]).current_dir(root());
    let names = shell::output(&mut list).context("`git ls-files` cannot be run")?;
    Ok(names
        .lines()
        // Pages of the samples are texts: their furniture repeats on purpose.
        .filter(|name| !name.starts_with("samples/"))
        .filter_map(|name| Some((name.to_owned(), fs::read_to_string(root().join(name)).ok()?)))
        .collect())
}

fn long_files(files: &[(String, String)]) -> Vec<Breach> {
    files
        .iter()
        .map(|(name, text)| (name, text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(name, lines)| (name.clone(), format!("{name}: {lines} lines")))
        .collect()
}

/// Lines that say something: no blanks, comments, imports or lone brackets.
fn telling(text: &str) -> Vec<(usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(n, line)| (n + 1, line.trim()))
        .filter(|(_, line)| line.chars().any(char::is_alphanumeric))
        .filter(|(_, line)| {
            !line.starts_with("//") && !line.starts_with("use ") && !line.starts_with("import ")
        })
        .collect()
}

fn written_twice(files: &[(String, String)]) -> Vec<Breach> {
    let lines: Vec<Vec<(usize, &str)>> = files.iter().map(|(_, text)| telling(text)).collect();
    let mut first: HashMap<Vec<&str>, (usize, usize)> = HashMap::new();
    let mut out: BTreeMap<String, String> = BTreeMap::new();
    for (file, code) in lines.iter().enumerate() {
        let mut skip_until = 0;
        for (at, window) in code.windows(RUN).enumerate() {
            let run: Vec<&str> = window.iter().map(|(_, line)| *line).collect();
            let (other, there) = *first.entry(run).or_insert((file, at));
            if (other, there) == (file, at) || at < skip_until {
                continue;
            }
            let same = code.iter().skip(at).zip(lines.get(other).into_iter().flatten().skip(there));
            let length = same.take_while(|((_, a), (_, b))| a == b).count();
            skip_until = at + length;
            let name = |i: usize| files.get(i).map_or("", |(name, _)| name.as_str());
            let line = |i: usize, n: usize| lines.get(i).and_then(|l| l.get(n)).map_or(0, |(line, _)| *line);
            let sentence = format!(
                "{}:{} and {}:{}: {length} lines",
                name(other),
                line(other, there),
                name(file),
                line(file, at)
            );
            out.entry(format!("{}={}", name(other), name(file))).or_insert(sentence);
        }
    }
    out.into_iter().collect()
}

fn metadata() -> anyhow::Result<Value> {
    let text = shell::output(&mut cargo(&["metadata", "--format-version", "1", "--no-deps"]))
        .context("`cargo metadata` cannot be run")?;
    Ok(serde_json::from_str(&text)?)
}

/// Packages of the workspace with their dependencies: name, then (dependency, kind).
fn packages(metadata: &Value) -> Vec<(&str, Vec<(&str, &str)>)> {
    metadata
        .get("packages")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|package| {
            let name = package.get("name")?.as_str()?;
            let needs = package.get("dependencies")?.as_array()?;
            let needs = needs
                .iter()
                .filter_map(|d| Some((d.get("name")?.as_str()?, d.get("kind")?.as_str().unwrap_or("normal"))))
                .collect();
            Some((name, needs))
        })
        .collect()
}

/// Edges between crates of the house that the table in `docs/architecture.md` does not show, or shows in vain.
fn edges(metadata: &Value) -> anyhow::Result<Vec<Breach>> {
    let map = fs::read_to_string(root().join("docs/architecture.md"))?;
    let mut drawn: BTreeSet<(String, String)> = BTreeSet::new();
    for row in map.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        if let [_, name, .., needs, _] = cells.as_slice() {
            let name = name.trim_matches('`');
            for need in needs.split(',').map(str::trim).filter(|n| n.chars().all(|c| c.is_ascii_lowercase()))
            {
                drawn.insert((name.to_owned(), format!("diwan-{need}")));
            }
        }
    }
    let built: BTreeSet<(String, String)> = packages(metadata)
        .into_iter()
        .flat_map(|(name, needs)| {
            needs
                .into_iter()
                .filter(|(need, kind)| need.starts_with("diwan-") && *kind == "normal")
                .map(move |(need, _)| (name.to_owned(), need.to_owned()))
        })
        .collect();
    let missing = built.difference(&drawn).map(|(a, b)| (a, b, "is not in the table"));
    let vain = drawn.difference(&built).map(|(a, b)| (a, b, "stands in the table and not in the code"));
    Ok(missing
        .chain(vain)
        .map(|(a, b, what)| (format!("{a}={b}"), format!("`{a}` → `{b}` {what} (docs/architecture.md)")))
        .collect())
}

/// Dependencies whose name no file of their package speaks.
fn unused_dependencies(metadata: &Value, files: &[(String, String)]) -> Vec<Breach> {
    let mut out = Vec::new();
    for (name, needs) in packages(metadata) {
        let folder = if name == "xtask" { "xtask/".to_owned() } else { format!("crates/{name}/") };
        let inside: Vec<&str> = files
            .iter()
            .filter(|(file, _)| file.starts_with(&folder))
            .map(|(_, text)| text.as_str())
            .collect();
        for (need, _) in needs {
            let spoken = need.replace('-', "_");
            if !inside.iter().any(|text| speaks(text, &spoken)) {
                out.push((format!("{name}={need}"), format!("`{name}` does not use `{need}`")));
            }
        }
    }
    out
}

/// Whether a text has this word as a whole identifier.
fn speaks(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|token| token == word)
}

/// Whether some crate goes without the lints of the workspace, of which `missing_docs` is one.
fn missing_documentation() -> anyhow::Result<bool> {
    let workspace = fs::read_to_string(root().join("Cargo.toml"))?;
    let mut bare = !workspace.contains("missing_docs = \"warn\"");
    for entry in fs::read_dir(root().join("crates"))? {
        let manifest = fs::read_to_string(entry?.path().join("Cargo.toml"))?;
        bare |= !manifest.contains("[lints]\nworkspace = true");
    }
    Ok(bare)
}
