//! The peers: Python packages in a scratch environment, given the same lines.

use std::path::Path;
use std::process::{Command, Stdio};

use super::{Bench, fed, script};
use crate::shell::tell;

/// What a peer made of the test set of languages.
pub(super) struct LanguagePeer {
    pub(super) name: &'static str,
    /// Shares of right answers by kind of text.
    pub(super) right: String,
    /// Speed in MB/s on paragraphs, and the memory of the whole process in MB.
    pub(super) speed: String,
}

impl Bench {
    /// Runs a peer's script over `input`; `None` where it is not installed.
    pub(super) fn peer(&self, name: &str, arguments: &[&str], input: &str) -> Option<String> {
        let python: &Path = self.python.as_deref()?;
        let mut command = Command::new(python);
        command.arg(script(name)).args(arguments).stderr(Stdio::null());
        let out = fed(&mut command, input.as_bytes());
        if out.is_err() {
            tell(&format!("skipped: {name} {} (not installed, or it failed)", arguments.join(" ")));
        }
        out.ok().map(|(text, _)| text)
    }

    /// `lang, string, value` of the date strings, tabs between.
    pub(super) fn date_rows(&self) -> Option<String> {
        let text = self.set("bench/dates/dates.dev.tsv").ok()?;
        let row = |row: &str| {
            let cells: Vec<&str> = row.split('\t').collect();
            Some(format!("{}\t{}\t{}\n", cells.get(1)?, cells.first()?, cells.get(2)?))
        };
        Some(text.lines().skip(1).filter_map(row).collect())
    }

    /// Strings a second of dateparser and its share of right values.
    pub(super) fn dateparser(&self) -> Option<(f64, f64)> {
        let out = self.peer("dates.py", &["strings"], &self.date_rows()?)?;
        let mut numbers = out.split_whitespace().filter_map(|n| n.parse().ok());
        Some((numbers.next()?, numbers.next()?))
    }

    pub(super) fn dates_strings(&self) -> Option<String> {
        Some(format!("dateparser {:.3}", self.dateparser()?.1))
    }

    pub(super) fn dates_search(&self) -> Option<String> {
        let passages = self.set("bench/dates/text.dev.jsonl").ok()?;
        let out = self.peer("dates.py", &["search"], &passages)?;
        let mut numbers = out.split_whitespace().filter_map(|n| n.parse::<f64>().ok());
        Some(format!("dateparser search: exact {:.3}, value {:.3}", numbers.next()?, numbers.next()?))
    }

    /// The peers for languages.
    pub(super) fn languages(&self) -> Vec<LanguagePeer> {
        let Ok(text) = self.set("bench/lid/lid.dev.tsv") else { return Vec::new() };
        let rows = language_rows(&text);
        let all: String = rows.iter().filter_map(|r| r.get(5)).map(|t| format!("{t}\n")).collect();
        let paragraphs = of_kind(&rows, "para");
        let mut peers = Vec::new();
        // A peer, its name in the script, and the languages of the set that it does not know.
        let known: [(&str, &str, &[&str]); 3] = [
            ("fastText lid.176", "fasttext", &[]),
            ("lingua on the 11 languages it knows", "lingua", &["ckb", "ku", "ps"]),
            ("cld2 on the 13 it knows", "cld2", &["ckb"]),
        ];
        for (name, argument, unknown) in known {
            let Some(out) = self.peer("language.py", &[argument], &all) else { continue };
            let speed = self.peer("language.py", &[argument], &paragraphs).unwrap_or_default();
            let speed: Vec<&str> = speed.lines().next().unwrap_or("").split('\t').collect();
            let (fast, memory) = (speed.first().unwrap_or(&"–"), speed.get(1).unwrap_or(&"–"));
            peers.push(LanguagePeer {
                name,
                right: shares(&rows, &out, unknown),
                speed: format!("{fast} MB/s, {memory} MB"),
            });
        }
        peers
    }
}

/// Rows of the test set of languages: the kind of text is the third cell, the text the sixth.
pub(super) fn language_rows(text: &str) -> Vec<Vec<&str>> {
    text.lines().map(|row| row.splitn(6, '\t').collect()).collect()
}

/// The texts of one kind, a line each.
pub(super) fn of_kind(rows: &[Vec<&str>], kind: &str) -> String {
    let texts = rows.iter().filter(|r| r.get(2) == Some(&kind)).filter_map(|r| r.get(5));
    texts.map(|t| format!("{t}\n")).collect()
}

/// Share of right answers by kind of text.
fn shares(rows: &[Vec<&str>], answers: &str, unknown: &[&str]) -> String {
    let mut out = Vec::new();
    for kind in ["para", "sent", "frag3"] {
        let asked = |r: &[&str]| r.get(2) == Some(&kind) && r.get(1).is_some_and(|l| !unknown.contains(l));
        let pairs = rows.iter().zip(answers.lines().skip(1)).filter(|(r, _)| asked(r));
        let (mut right, mut all) = (0u32, 0u32);
        for (row, answer) in pairs {
            all += 1;
            right += u32::from(row.get(1).is_some_and(|want| answer.split('-').next() == Some(want)));
        }
        out.push(format!("{:.3}", f64::from(right) / f64::from(all.max(1))));
    }
    out.join(" / ")
}
