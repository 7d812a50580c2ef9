//! `cargo xtask bench extract`: main text and date of web pages on the test sets, and the time a page beside the peers.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::Context;

use super::{release_binary, shared};
use crate::shell::{has, output, root, say};

/// The sets with the options of the scorer and the bar.
const SETS: [(&str, &[&str], &str, &str); 6] = [
    ("aeb", &["--set", "aeb"], "f1", "≥ .975"),
    ("wcxb articles", &["--set", "wcxb", "--type", "article"], "f1", "≥ .960"),
    ("wcxb", &["--set", "wcxb"], "f1", "≥ .900"),
    ("fundus", &["--set", "fundus"], "f1", "≥ .960"),
    ("segments", &["--set", "trafilatura"], "seg_f1", "≥ .935"),
    ("Arabic and Persian", &["--set", "arfa"], "f1", "≥ .985"),
];

/// A method's answers, as files for the scorers, and its time.
struct Answers {
    name: String,
    texts: Option<PathBuf>,
    dates: Option<PathBuf>,
    milliseconds: f64,
}

/// The task.
pub(crate) fn run() -> anyhow::Result<()> {
    let diwan = release_binary()?;
    let Some(base) = shared().map(|s| s.join("bench/extract")).filter(|b| b.is_dir()) else {
        say("skipped: the pages of bench/extract are not here (set DIWAN_SHARED)");
        return Ok(());
    };
    if !has("python3") {
        say("skipped: the scorers need python3");
        return Ok(());
    }
    let folder = std::env::temp_dir().join(format!("diwan-bench-extract-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let list = folder.join("list.tsv");
    list_pages(&base, &list)?;
    let mut all = vec![ours(&diwan, &list, &folder)?];
    all.extend(peers(&list, &folder));
    table(&all, &base);
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

/// Writes the list of the development pages: key, path, address.
fn list_pages(base: &Path, list: &Path) -> anyhow::Result<()> {
    const SCRIPT: &str = "import gzip, json, os, sys\nb = sys.argv[1]\nfor l in gzip.open(os.path.join(b, 'gold.dev.jsonl.gz'), 'rt', encoding='utf-8'):\n    r = json.loads(l)\n    print(r['set'] + '/' + r['id'], os.path.join(b, r['file']), r.get('url') or '', sep='\\t')";
    let text = output(Command::new("python3").args(["-c", SCRIPT]).arg(base)).context("no list of pages")?;
    std::fs::write(list, text).context("the list cannot be written")
}

/// Diwan on one core, the start of the program and the unpacking of the pages included.
fn ours(diwan: &Path, list: &Path, folder: &Path) -> anyhow::Result<Answers> {
    let start = Instant::now();
    let mut command = Command::new(diwan);
    command.args(["extract", "--json", "--batch"]).arg(list).env("RAYON_NUM_THREADS", "1");
    let text = output(&mut command).context("`diwan extract` failed")?;
    let seconds = start.elapsed().as_secs_f64();
    let (mut texts, mut dates) = (serde_json::Map::new(), serde_json::Map::new());
    for line in text.lines() {
        let row: serde_json::Value = serde_json::from_str(line)?;
        let key = row.get("key").and_then(|k| k.as_str()).unwrap_or_default().to_owned();
        texts.insert(key.clone(), serde_json::json!({ "articleBody": row.get("text") }));
        dates.insert(key, row.get("date").cloned().unwrap_or_default());
    }
    let milliseconds = seconds * 1000.0 / texts.len().max(1) as f64;
    let write = |name: &str, map: serde_json::Map<String, serde_json::Value>| {
        let path = folder.join(name);
        std::fs::write(&path, serde_json::Value::Object(map).to_string()).map(|()| path)
    };
    Ok(Answers {
        name: "Diwan".to_owned(),
        texts: Some(write("diwan-texts.json", texts)?),
        dates: Some(write("diwan-dates.json", dates)?),
        milliseconds,
    })
}

/// What the peers' script wrote.
fn peers(list: &Path, folder: &Path) -> Vec<Answers> {
    let Some(python) = std::env::var_os("DIWAN_PEERS") else {
        say("skipped: the peers (set DIWAN_PEERS; see benches/README.md)");
        return Vec::new();
    };
    let script = root().join("benches/peers/extract.py");
    let text = output(Command::new(python).arg(script).arg(list).arg(folder)).unwrap_or_default();
    text.lines()
        .filter_map(|line| {
            let mut words = line.split(' ');
            let (name, kind, time) = (words.next()?, words.next()?, words.next()?);
            let file = Some(folder.join(format!("{name}.json")));
            let is_date = kind == "date";
            Some(Answers {
                name: name.to_owned(),
                texts: if is_date { None } else { file.clone() },
                dates: if is_date { file } else { None },
                milliseconds: time.parse().ok()?,
            })
        })
        .collect()
}

fn table(all: &[Answers], base: &Path) {
    let mut head = String::from("| what | bar |");
    let mut rule = String::from("|---|---|");
    for answers in all {
        let _ = write!(head, " {} |", answers.name);
        rule.push_str("---|");
    }
    say(&head);
    say(&rule);
    for (what, options, key, bar) in SETS {
        row(what, bar, all, |a| score(&base.join("score.py"), a.texts.as_deref()?, options, key));
    }
    let script = base.join("score_dates.py");
    row("date", "≥ .930", all, |a| score(&script, a.dates.as_deref()?, &["--set", "htmldate"], "f1"));
    for lang in ["ar", "fa"] {
        let options = ["--lang", lang];
        row(&format!("date, {lang}"), "≥ .950", all, |a| {
            score(&script, a.dates.as_deref()?, &options, "f1")
        });
    }
    row("ms a page, one core", "≤ 4", all, |a| Some(format!("{:.1}", a.milliseconds)));
}

fn row(what: &str, bar: &str, all: &[Answers], figure: impl Fn(&Answers) -> Option<String>) {
    let mut line = format!("| {what} | {bar} |");
    for answers in all {
        let _ = write!(line, " {} |", figure(answers).unwrap_or_else(|| "–".to_owned()));
    }
    say(&line);
}

/// One figure of a scorer.
fn score(script: &Path, file: &Path, options: &[&str], key: &str) -> Option<String> {
    let text = output(Command::new("python3").arg(script).arg(file).args(options))?;
    let key = format!("{key}=");
    text.split_whitespace().find_map(|word| word.strip_prefix(&key)).map(str::to_owned)
}
