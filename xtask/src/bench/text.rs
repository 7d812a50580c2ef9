//! `cargo xtask bench text`: accuracy on the test sets and speed, beside the peers, as one table.
//!
//! Accuracy comes from the scorer that lies with the test sets; speed, memory and the peers are measured here, on the
//! same lines in one run.

mod peers;
mod speed;

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::Context;

use super::{release_binary, shared};
use crate::shell::{cargo, has, output, run as run_command, say, tell};

/// One line of the table.
struct Row {
    what: &'static str,
    diwan: String,
    bar: &'static str,
    /// `None` where it was not measured.
    holds: Option<bool>,
    peers: Vec<String>,
}

impl Row {
    fn new(what: &'static str, diwan: String, bar: &'static str, holds: bool) -> Self {
        Self { what, diwan, bar, holds: Some(holds), peers: Vec::new() }
    }

    fn skipped(what: &'static str, why: &str, bar: &'static str) -> Self {
        Self { what, diwan: format!("skipped: {why}"), bar, holds: None, peers: Vec::new() }
    }

    fn beside(mut self, peers: impl IntoIterator<Item = String>) -> Self {
        self.peers.extend(peers);
        self
    }
}

/// What a bench is run with.
struct Bench {
    diwan: PathBuf,
    shared: PathBuf,
    /// The interpreter of the scratch environment with the peers.
    python: Option<PathBuf>,
}

/// The task.
pub(crate) fn run() -> anyhow::Result<()> {
    let diwan = release_binary()?;
    let Some(shared) = shared() else {
        say("skipped: the shared test sets are not here (set DIWAN_SHARED)");
        return Ok(());
    };
    let python = std::env::var_os("DIWAN_PEERS").map(PathBuf::from);
    if python.is_none() {
        tell("skipped: the peers (DIWAN_PEERS names no interpreter; see benches/README.md)");
    }
    let bench = Bench { diwan, shared, python };
    let mut rows = vec![
        bench
            .measured("dates", "date strings, value right", "≥ .97, each language ≥ .95")
            .beside(bench.dates_strings()),
        bench
            .measured("dates-in-text", "dates in text", "exact ≥ .93, value ≥ .95")
            .beside(bench.dates_search()),
    ];
    rows.push(bench.dates_speed()?);
    rows.push(
        bench
            .measured("language", "language: share right", "1.00 / .99 / .90")
            .beside(bench.languages().into_iter().map(|p| format!("{} {}", p.name, p.right))),
    );
    rows.extend(bench.language_speed()?);
    rows.push(bench.measured("sentences", "sentences", "F1 ≥ .98"));
    rows.push(bench.measured("names", "names across scripts", "hit@1 ≥ .93, hit@10 ≥ .99"));
    rows.extend(bench.names()?);
    rows.push(bench.measured("zwnj", "ZWNJ restored", "≥ .95"));
    rows.push(bench.zwnj_changes()?);
    rows.push(bench.normal_speed()?);
    print(&rows);
    Ok(())
}

fn print(rows: &[Row]) {
    say("| what | Diwan | bar | | peers, same lines |");
    say("|---|---|---|---|---|");
    for row in rows {
        let holds = match row.holds {
            Some(true) => "holds",
            Some(false) => "short",
            None => "–",
        };
        let peers = if row.peers.is_empty() { "–".to_owned() } else { row.peers.join("; ") };
        say(&format!("| {} | {} | {} | {holds} | {peers} |", row.what, row.diwan, row.bar));
    }
}

impl Bench {
    /// A measure of the scorer that lies with the test sets: its verdict and figure.
    fn measured(&self, measure: &str, what: &'static str, bar: &'static str) -> Row {
        if !has("python3") {
            return Row::skipped(what, "python3 is not installed", bar);
        }
        let mut command = Command::new("python3");
        command.arg(self.shared.join("bench/measure.py")).arg(measure).arg("--bin").arg(&self.diwan);
        let Ok(out) = command.stderr(Stdio::inherit()).output() else {
            return Row::skipped(what, "the scorer cannot be started", bar);
        };
        let text = String::from_utf8_lossy(&out.stdout);
        let verdict = text.lines().rev().find_map(|line| {
            let (word, rest) = line.split_once(char::is_whitespace)?;
            let figure = rest.split_once(':')?.1.rsplit_once('[')?.0.trim();
            matches!(word, "ok" | "short" | "skip").then(|| (word.to_owned(), figure.to_owned()))
        });
        match verdict {
            Some((word, figure)) if word != "skip" => Row::new(what, figure, bar, word == "ok"),
            Some((_, why)) => Row::skipped(what, &why, bar),
            None => Row::skipped(what, "no verdict", bar),
        }
    }

    /// A test set as text.
    fn set(&self, path: &str) -> anyhow::Result<String> {
        let path = self.shared.join(path);
        std::fs::read_to_string(&path).with_context(|| format!("`{}` cannot be read", path.display()))
    }

    /// Runs `diwan text …` over `input`: its output and the processor time it took in seconds, start included.
    fn text(&self, arguments: &[&str], input: &str) -> anyhow::Result<(String, f64)> {
        let mut command = Command::new("python3");
        command.arg(script("clock.py")).arg(&self.diwan).arg("text").args(arguments);
        let (out, said) = fed(command.stderr(Stdio::piped()), input.as_bytes())?;
        let seconds = said.lines().last().and_then(|line| line.trim().parse().ok());
        Ok((out, seconds.context("`clock.py` told no time")?))
    }

    /// The measures of names that the test sets' scorer has not.
    fn names(&self) -> anyhow::Result<Vec<Row>> {
        let build =
            ["build", "--release", "--quiet", "--package", "diwan-text", "--example", "measure-names"];
        run_command(&mut cargo(&build))?;
        let example = self.diwan.with_file_name("examples").join("measure-names");
        let rows: Vec<(String, String)> = self
            .set("gold/mentions.tsv")?
            .lines()
            .map(|row| row.split('\t').collect::<Vec<_>>())
            .filter(|cells| matches!(cells.get(6), Some(&("person" | "place" | "org" | "group" | "event"))))
            .filter_map(|cells| Some(((*cells.get(5)?).to_owned(), (*cells.get(7)?).to_owned())))
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect();
        let folder = std::env::temp_dir().join(format!("diwan-bench-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let file = folder.join("names.tsv");
        let whose: String = rows.iter().map(|(name, whose)| format!("{name}\t{whose}\n")).collect();
        std::fs::write(&file, whose)?;
        let mut out = Vec::new();
        let put = output(Command::new(&example).arg("mentions").arg(&file)).unwrap_or_default();
        let f1 = number_after(&put, "F1 ").unwrap_or(0.0);
        out.push(Row::new(
            "names of mentions, variants put together",
            put.trim().to_owned(),
            "pairwise F1 ≥ .95",
            f1 >= 0.95,
        ));
        let speed = output(Command::new(&example).arg("speed").arg(&file)).unwrap_or_default();
        let millions: f64 = speed.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0.0);
        let shown = speed.lines().collect::<Vec<_>>().join("; ");
        out.push(Row::new(
            "names, comparisons on one core",
            shown,
            "≥ 20 million/s with keys",
            millions >= 20.0,
        ));
        std::fs::remove_dir_all(&folder)?;
        Ok(out)
    }

    /// How many words of Persian running text are changed that the text has otherwise. What the text itself lost
    /// counts as changed too, so that this is an upper bound.
    fn zwnj_changes(&self) -> anyhow::Result<Row> {
        let (what, bar) = ("ZWNJ: words changed in running text, right or wrong", "wrong < 1 in 200");
        let mut lines = std::collections::BTreeSet::new();
        for set in ["ar-fa/mix", "en-fa/mix"] {
            let Ok(folder) = std::fs::read_dir(self.shared.join("bench/align/ntrex/dev").join(set)) else {
                return Ok(Row::skipped(what, "no Persian running text here", bar));
            };
            for file in folder.flatten().filter(|f| f.path().extension().is_some_and(|e| e == "fa")) {
                lines.extend(std::fs::read_to_string(file.path())?.lines().map(str::to_owned));
            }
        }
        let text = lines.into_iter().collect::<Vec<_>>().join("\n");
        let words = text.split_whitespace().count();
        let (restored, _) = self.text(&["normal", "--lang", "fa", "--restore-zwnj"], &text)?;
        let changed: usize = restored.lines().map(|row| row.matches("\"start\":").count()).sum();
        let share = words / changed.max(1);
        Ok(Row {
            holds: None,
            ..Row::new(
                what,
                format!("{changed} of {words}, 1 in {share}; docs/text/prose.md says which are wrong"),
                bar,
                true,
            )
        })
    }
}

/// Feeds `input` to a command: what it wrote to standard output and to standard error.
fn fed(command: &mut Command, input: &[u8]) -> anyhow::Result<(String, String)> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("`{}` cannot be started", command.get_program().to_string_lossy()))?;
    let mut stdin = child.stdin.take().context("no standard input")?;
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // The reader may stop early; what it printed is judged, not what it took.
        let _ = stdin.write_all(&input);
    });
    let out = child.wait_with_output()?;
    let _ = writer.join();
    anyhow::ensure!(
        out.status.success(),
        "`{}` ended in {}",
        command.get_program().to_string_lossy(),
        out.status
    );
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok((text(&out.stdout), text(&out.stderr)))
}

fn number_after(text: &str, sign: &str) -> Option<f64> {
    text.split_once(sign)?.1.split_whitespace().next()?.parse().ok()
}

/// A script of `benches/peers`.
fn script(name: &str) -> PathBuf {
    crate::shell::root().join("benches/peers").join(name)
}
