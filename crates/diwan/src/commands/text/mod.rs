//! `diwan text …`: the readers of text as commands that people pipe text through.
//!
//! Each reads lines from standard input or files and writes one JSON object a line with `line` (1-based);
//! offsets are code points of the line, end exclusive.

mod dates;
mod language;
mod match_names;
mod names;
mod normal;
mod numbers;
mod sentences;
mod words;

use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};
use diwan_model::Span;
use serde::Serialize;

/// The readers.
#[derive(Debug, Subcommand)]
pub(crate) enum TextCommand {
    /// The language, script and direction of each line or paragraph.
    Language(language::LanguageCommand),
    /// The sentences of each line.
    Sentences(sentences::SentencesCommand),
    /// The dates in each line, in any calendar.
    Dates(dates::DatesCommand),
    /// The numbers in each line.
    Numbers(numbers::NumbersCommand),
    /// The normal form of each line.
    Normal(normal::NormalCommand),
    /// The words of each line, with their stems.
    Words(words::WordsCommand),
    /// The names in each line, with their keys.
    Names(names::NamesCommand),
    /// The lines of B that are the same name as each line of A, across scripts.
    MatchNames(match_names::MatchNamesCommand),
}

impl TextCommand {
    /// Runs the reader.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Language(command) => command.run(),
            Self::Sentences(command) => command.run(),
            Self::Dates(command) => command.run(),
            Self::Numbers(command) => command.run(),
            Self::Normal(command) => command.run(),
            Self::Words(command) => command.run(),
            Self::Names(command) => command.run(),
            Self::MatchNames(command) => command.run(),
        }
    }
}

/// Where lines come from.
#[derive(Debug, Args)]
pub(crate) struct Input {
    /// Files to read; standard input if none (or `-`).
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl Input {
    /// Calls `f` with each line and its number (1-based, counted on over all files). Bytes that are no UTF-8 become U+FFFD.
    pub(crate) fn for_each_line(
        &self,
        mut f: impl FnMut(usize, &str) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut n = 0;
        let mut read = |reader: &mut dyn BufRead| -> anyhow::Result<()> {
            let mut bytes = Vec::new();
            loop {
                bytes.clear();
                if reader.read_until(b'\n', &mut bytes)? == 0 {
                    return Ok(());
                }
                n += 1;
                let text = String::from_utf8_lossy(&bytes);
                f(n, text.trim_end_matches(['\n', '\r']))?;
            }
        };
        if self.files.is_empty() {
            return read(&mut io::stdin().lock());
        }
        for path in &self.files {
            if path == Path::new("-") {
                read(&mut io::stdin().lock())?;
            } else {
                let file =
                    std::fs::File::open(path).with_context(|| format!("cannot open `{}`", path.display()))?;
                read(&mut BufReader::new(file))?;
            }
        }
        Ok(())
    }
}

/// Where something stands in a line: what the rows of all readers begin with.
#[derive(Debug, Serialize)]
pub(crate) struct Place<'a> {
    line: usize,
    /// Which of the line, from 1, where that is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<usize>,
    start: usize,
    end: usize,
    text: &'a str,
}

/// A line in which places are told in order: its characters are counted once.
pub(crate) struct Line<'a> {
    number: usize,
    text: &'a str,
    bytes: usize,
    points: usize,
}

impl<'a> Line<'a> {
    /// The line `number` (1-based).
    pub(crate) fn new(number: usize, text: &'a str) -> Self {
        Self { number, text, bytes: 0, points: 0 }
    }

    /// The place of `span`.
    pub(crate) fn place(&mut self, span: Span) -> Place<'a> {
        if span.start() < self.bytes {
            (self.bytes, self.points) = (0, 0);
        }
        self.points += self.text.get(self.bytes..span.start()).map_or(0, |t| t.chars().count());
        self.bytes = span.start();
        let text = span.of(self.text);
        let (start, end) = (self.points, self.points + text.chars().count());
        Place { line: self.number, n: None, start, end, text }
    }

    /// The place of `span`, the `n`th of the line.
    pub(crate) fn nth(&mut self, n: usize, span: Span) -> Place<'a> {
        Place { n: Some(n), ..self.place(span) }
    }
}

/// Writes one JSON object a line to standard output.
pub(crate) struct JsonLines(BufWriter<io::StdoutLock<'static>>);

impl JsonLines {
    /// On standard output.
    pub(crate) fn stdout() -> Self {
        Self(BufWriter::new(io::stdout().lock()))
    }

    /// One line.
    pub(crate) fn write(&mut self, value: &impl Serialize) -> anyhow::Result<()> {
        serde_json::to_writer(&mut self.0, value)?;
        self.0.write_all(b"\n")?;
        Ok(())
    }

    /// Everything out.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        self.0.flush()?;
        Ok(())
    }
}
