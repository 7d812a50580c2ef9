//! `cargo xtask bench text`: accuracy on the test sets, speed beside the peers.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::Context;

use super::{release_binary, shared};
use crate::shell::{has, root, say, tell};

/// Measures of the accuracy script that concern text.
const MEASURES: [&str; 6] = ["sentences", "dates", "dates-in-text", "language", "zwnj", "names"];

/// The task.
pub(crate) fn run() -> anyhow::Result<()> {
    let diwan = release_binary()?;
    let Some(shared) = shared() else {
        say("skipped: the shared test sets are not here (set DIWAN_SHARED)");
        return Ok(());
    };
    accuracy(&diwan, &shared);
    let python = peers();
    dates(&diwan, &shared, python.as_deref())?;
    language(&diwan, &shared, python.as_deref())
}

/// The interpreter of the scratch environment with the peers.
fn peers() -> Option<PathBuf> {
    std::env::var_os("DIWAN_PEERS").map(PathBuf::from)
}

fn accuracy(diwan: &Path, shared: &Path) {
    if !has("python3") {
        say("skipped: accuracy (python3 is not installed)");
        return;
    }
    for measure in MEASURES {
        let mut command = Command::new("python3");
        command.arg(shared.join("bench/measure.py")).arg(measure).arg("--bin").arg(diwan);
        match command.stderr(Stdio::inherit()).output() {
            Ok(out) => {
                let text = String::from_utf8_lossy(&out.stdout);
                let verdict = text
                    .lines()
                    .rfind(|l| l.starts_with("ok") || l.starts_with("short") || l.starts_with("skip"));
                say(verdict.unwrap_or("no verdict"));
            }
            Err(error) => say(&format!("skipped: {measure} ({error})")),
        }
    }
}

/// Feeds `input` to a command and gives its output and the seconds it took.
fn timed(command: &mut Command, input: &[u8]) -> anyhow::Result<(String, f64)> {
    let start = Instant::now();
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
    Ok((String::from_utf8_lossy(&out.stdout).into_owned(), start.elapsed().as_secs_f64()))
}

fn dates(diwan: &Path, shared: &Path, python: Option<&Path>) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(shared.join("bench/dates/dates.dev.tsv"))?;
    let rows: Vec<(&str, &str)> = text
        .lines()
        .skip(1)
        .filter_map(|row| {
            let mut cells = row.split('\t');
            let (string, lang) = (cells.next()?, cells.next()?);
            Some((lang, string))
        })
        .collect();
    let mut langs: Vec<&str> = rows.iter().map(|(lang, _)| *lang).collect();
    langs.sort_unstable();
    langs.dedup();
    let (mut strings, mut seconds) = (0usize, 0.0);
    for lang in langs {
        let mine: Vec<&str> = rows.iter().filter(|(l, _)| *l == lang).map(|(_, s)| *s).collect();
        let repeat = 20_000 / mine.len().max(1);
        let input = (mine.join("\n") + "\n").repeat(repeat);
        let (_, took) = timed(Command::new(diwan).args(["text", "dates", "--lang", lang]), input.as_bytes())?;
        strings += mine.len() * repeat;
        seconds += took;
    }
    let ours = strings as f64 / seconds;
    let list: String = rows.iter().map(|(lang, string)| format!("{lang}\t{string}\n")).collect();
    let peer = python.and_then(|p| {
        let script = root().join("benches/peers/dates.py");
        timed(Command::new(p).arg(script).stderr(Stdio::null()), list.as_bytes())
            .ok()?
            .0
            .trim()
            .parse::<f64>()
            .ok()
    });
    match peer {
        Some(peer) => say(&format!(
            "dates: {ours:.0} strings/s; dateparser {peer:.0}; {:.0} times as fast",
            ours / peer
        )),
        None => say(&format!("dates: {ours:.0} strings/s; skipped: dateparser (set DIWAN_PEERS)")),
    }
    Ok(())
}

fn language(diwan: &Path, shared: &Path, python: Option<&Path>) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(shared.join("bench/lid/lid.dev.tsv"))?;
    let rows: Vec<Vec<&str>> = text.lines().map(|row| row.splitn(6, '\t').collect()).collect();
    let paragraphs: Vec<&str> =
        rows.iter().filter(|r| r.get(2) == Some(&"para")).filter_map(|r| r.get(5).copied()).collect();
    let once = paragraphs.join("\n") + "\n";
    let input = once.repeat((40_000_000 / once.len().max(1)).max(1));
    let (_, seconds) = timed(Command::new(diwan).args(["text", "language"]), input.as_bytes())?;
    say(&format!(
        "language: {:.1} MB/s on paragraphs, the whole command",
        input.len() as f64 / 1e6 / seconds
    ));
    let Some(python) = python else {
        say("skipped: peers for languages (set DIWAN_PEERS)");
        return Ok(());
    };
    for peer in ["fasttext", "lingua", "cld2"] {
        let all: String = rows.iter().filter_map(|r| r.get(5)).map(|t| format!("{t}\n")).collect();
        let script = root().join("benches/peers/language.py");
        let Ok((out, _)) =
            timed(Command::new(python).arg(&script).arg(peer).stderr(Stdio::null()), all.as_bytes())
        else {
            tell(&format!("skipped: {peer} (not installed)"));
            continue;
        };
        let speed =
            timed(Command::new(python).arg(&script).arg(peer).stderr(Stdio::null()), once.as_bytes())?;
        say(&format!(
            "language: {peer} {} (MB/s, MB of memory); right {}",
            first_line(&speed.0),
            shares(&rows, &out)
        ));
    }
    Ok(())
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or("")
}

/// Share of right answers by kind of text.
fn shares(rows: &[Vec<&str>], answers: &str) -> String {
    let mut out = Vec::new();
    for kind in ["para", "sent", "frag3"] {
        let pairs = rows.iter().zip(answers.lines().skip(1)).filter(|(r, _)| r.get(2) == Some(&kind));
        let (mut right, mut all) = (0u32, 0u32);
        for (row, answer) in pairs {
            all += 1;
            right += u32::from(row.get(1).is_some_and(|want| answer.split('-').next() == Some(want)));
        }
        out.push(format!("{kind} {:.3}", f64::from(right) / f64::from(all.max(1))));
    }
    out.join(", ")
}
