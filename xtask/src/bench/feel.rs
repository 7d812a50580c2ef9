//! `cargo xtask bench feel`: how long a person waits. The start, the seeds added, the demo built, every page of the demo.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use crate::bench::{release_binary, shared};
use crate::shell::say;

/// So many runs, of which the middle one counts.
const RUNS: usize = 9;
/// Pages of the demo that are asked for at most.
const PAGES: usize = 600;

/// The bench.
pub(crate) fn run() -> anyhow::Result<()> {
    let binary = release_binary()?;
    let size = std::fs::metadata(&binary)?.len();
    say(&format!("{:<44} {:>9.1} MB   (bar 50)", "the binary", size as f64 / 1e6));
    let help = middle(|| timed(Command::new(&binary).arg("--help")))?;
    row("`diwan --help`", help, 50.0);
    let scratch = Scratch::new()?;
    match shared() {
        None => say("skipped: the seeds (no DIWAN_SHARED)"),
        Some(shared) => {
            let mut n = 0;
            let add = middle(|| {
                n += 1;
                let folder = scratch.0.join(format!("seeds-{n}"));
                timed(Command::new(&binary).arg("init").arg(&folder))?;
                let seeds = (0..5).map(|k| shared.join(format!("seeds/seed-00{k}.txt")));
                timed(Command::new(&binary).arg("-C").arg(&folder).arg("add").args(seeds))
            })?;
            row("`diwan add` of the five seeds", add, 1000.0);
        }
    }
    let demo = scratch.0.join("demo");
    let built = timed(Command::new(&binary).arg("demo").arg(&demo).arg("--no-serve"))?;
    row("the demo built from the samples", built, 10_000.0);
    pages(&binary, &demo)
}

fn row(what: &str, took: Duration, bar: f64) {
    say(&format!("{what:<44} {:>9.1} ms   (bar {bar})", took.as_secs_f64() * 1e3));
}

/// How long a command takes; an error where it fails.
fn timed(command: &mut Command) -> anyhow::Result<Duration> {
    let start = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    let took = start.elapsed();
    if status.success() { Ok(took) } else { bail!("{command:?} ended in {status}") }
}

fn middle(mut run: impl FnMut() -> anyhow::Result<Duration>) -> anyhow::Result<Duration> {
    let mut all = (0..RUNS).map(|_| run()).collect::<anyhow::Result<Vec<_>>>()?;
    all.sort();
    all.get(RUNS / 2).copied().context("no run")
}

/// Every page that a link of the demo leads to, asked for three times; the best of the three counts, the slowest pages are
/// named.
fn pages(binary: &Path, folder: &Path) -> anyhow::Result<()> {
    let mut server = Server::start(binary, folder)?;
    let (mut seen, mut next): (BTreeSet<String>, Vec<String>) = (BTreeSet::new(), vec!["/".to_owned()]);
    let mut took: Vec<(Duration, String)> = Vec::new();
    while let Some(path) = next.pop() {
        if !seen.insert(path.clone()) || took.len() >= PAGES {
            continue;
        }
        let mut best = Duration::MAX;
        let mut body = String::new();
        for _ in 0..3 {
            let start = Instant::now();
            body = server.get(&path)?;
            best = best.min(start.elapsed());
        }
        took.push((best, path));
        for part in body.split("href=\"").skip(1) {
            let link = part.split('"').next().unwrap_or("").replace("&amp;", "&");
            let link = link.split('#').next().unwrap_or("");
            if link.starts_with('/') && !link.starts_with("/assets") {
                next.insert(0, link.to_owned());
            }
        }
    }
    server.stop();
    took.sort();
    took.reverse();
    let slowest = took.first().map_or(Duration::ZERO, |(time, _)| *time);
    row(&format!("the slowest of {} pages of the demo", took.len()), slowest, 20.0);
    for (time, path) in took.iter().take(5) {
        say(&format!("    {:>9.1} ms  {path}", time.as_secs_f64() * 1e3));
    }
    Ok(())
}

/// A served archive.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Starts it and waits for its address, which it says on standard error.
    fn start(binary: &Path, folder: &Path) -> anyhow::Result<Self> {
        let mut child = Command::new(binary)
            .arg("-C")
            .arg(folder)
            .args(["serve", "--port", "7391"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let talk = child.stderr.take().context("no standard error")?;
        for line in BufReader::new(talk).lines() {
            let line = line?;
            if let Some((_, rest)) = line.split_once("http://") {
                let address = rest.split(['/', ' ']).next().unwrap_or("").to_owned();
                return Ok(Self { child, address });
            }
        }
        bail!("the server ended before it said its address")
    }

    fn get(&mut self, path: &str) -> anyhow::Result<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address)?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn stop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A folder that is gone afterwards.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> anyhow::Result<Self> {
        let folder = std::env::temp_dir().join(format!("diwan-feel-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}
