//! Speed and memory of whole commands: start, reading, writing JSON and all.

use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::Context;

use super::peers::{language_rows, of_kind};
use super::{Bench, Row};

/// Inputs are repeated to about this many bytes, so that the start of the program does not count.
const BYTES: usize = 40_000_000;

impl Bench {
    /// Date strings a second, beside dateparser in the same run.
    pub(super) fn dates_speed(&self) -> anyhow::Result<Row> {
        let rows = self.date_rows().context("no date strings")?;
        let mut by_lang: std::collections::BTreeMap<&str, Vec<&str>> = std::collections::BTreeMap::new();
        for row in rows.lines() {
            let mut cells = row.split('\t');
            if let (Some(lang), Some(string)) = (cells.next(), cells.next()) {
                by_lang.entry(lang).or_default().push(string);
            }
        }
        let (mut strings, mut seconds) = (0usize, 0.0);
        for (lang, mine) in &by_lang {
            // As often as the language has strings in the set, so that the mixture is that of the peer.
            let repeat = 4_000;
            let input = (mine.join("\n") + "\n").repeat(repeat);
            seconds += self.text(&["dates", "--lang", lang], &input)?.1;
            strings += mine.len() * repeat;
        }
        let ours = strings as f64 / seconds;
        let (what, bar) = ("dates: speed", "≥ 200 × dateparser");
        Ok(match self.dateparser() {
            Some((peer, _)) => {
                let times = ours / peer;
                Row::new(what, format!("{ours:.0} strings/s, {times:.0} ×"), bar, times >= 200.0)
                    .beside([format!("dateparser {peer:.0} strings/s")])
            }
            None => Row { holds: None, ..Row::new(what, format!("{ours:.0} strings/s"), bar, true) },
        })
    }

    /// MB/s on paragraphs, sentences and three words, and the memory of the process.
    pub(super) fn language_speed(&self) -> anyhow::Result<[Row; 2]> {
        let text = self.set("bench/lid/lid.dev.tsv")?;
        let rows = language_rows(&text);
        let mut speeds = Vec::new();
        for kind in ["para", "sent", "frag3"] {
            let input = repeated(&of_kind(&rows, kind));
            let (_, seconds) = self.text(&["language"], &input)?;
            speeds.push(input.len() as f64 / 1e6 / seconds);
        }
        let shown: Vec<String> = speeds.iter().map(|s| format!("{s:.1}")).collect();
        let holds = speeds.iter().take(2).all(|s| *s >= 8.0);
        let peers = self.languages();
        let speed = Row::new(
            "language: speed on paragraphs / sentences / 3 words",
            format!("{} MB/s", shown.join(" / ")),
            "≥ 8 MB/s",
            holds,
        );
        let memory = self.peak(&["language"], &of_kind(&rows, "sent"))?;
        let memory_row = Row {
            holds: memory.map(|m| m <= 40.0),
            ..Row::new(
                "language: memory of the whole process",
                memory.map_or("not told by this system".to_owned(), |m| format!("{m:.0} MB")),
                "model ≤ 40 MB",
                true,
            )
        };
        Ok([speed.beside(peers.into_iter().map(|p| format!("{} {}", p.name, p.speed))), memory_row])
    }

    /// MB/s of the normal form.
    pub(super) fn normal_speed(&self) -> anyhow::Result<Row> {
        let text = self.set("bench/lid/lid.dev.tsv")?;
        let input = repeated(&of_kind(&language_rows(&text), "para"));
        let size = input.len() as f64 / 1e6;
        let (_, light) = self.text(&["normal"], &input)?;
        let (_, words) = self.text(&["words"], &input)?;
        let shown = format!("light {:.1} MB/s; words with stems {:.1} MB/s", size / light, size / words);
        Ok(Row { holds: None, ..Row::new("normal form: speed", shown, "–", true) })
    }

    /// The most memory that `diwan text …` had over `input`, in MB, where the system tells.
    fn peak(&self, arguments: &[&str], input: &str) -> anyhow::Result<Option<f64>> {
        let mut child = Command::new(&self.diwan)
            .arg("text")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()?;
        let mut stdin = child.stdin.take().context("no standard input")?;
        stdin.write_all(input.as_bytes())?;
        stdin.flush()?;
        // It has read all but what lies in the pipe, and waits for more.
        std::thread::sleep(std::time::Duration::from_millis(300));
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        drop(stdin);
        child.wait()?;
        let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        Ok(line.and_then(|l| l.split_whitespace().next()?.parse::<f64>().ok()).map(|kb| kb / 1024.0))
    }
}

fn repeated(once: &str) -> String {
    once.repeat((BYTES / once.len().max(1)).max(1))
}
