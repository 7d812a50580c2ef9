//! `diwan compare`: what changed from one text to another.

use std::fmt::Write as _;
use std::io::IsTerminal;
use std::path::Path;

use anyhow::Context;
use clap::{Args, ValueEnum};
use diwan_model::{ArchiveCode, LanguageTag, Span, VersionCode};
use diwan_store::{Store, VersionRecord};
use diwan_wording::redline::{Change, Operation, OperationKind, Passage, Redline, Summary, compare};
use diwan_wording::{Blindness, Document};
use serde::Serialize;

use crate::failure::{Failure, Kind};
use crate::output;
use crate::pipeline::{self, Origin};

/// Compare two texts: which sentences are new, dropped, reworded, moved, merged or split, then the words inside them.
///
/// A and B are codes of statements or versions in the archive, or files. One code alone is compared with the statement
/// before it in its series, in the same language. What only looks different (diacritics, joiners, digit shapes, quotation
/// marks, dashes, case) does not count unless `--exact` is given. The summary stands on top; the share of wording kept is
/// the words that both texts share, of their mean length.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan compare DW/2021/000123 DW/2021/000130 --lang fa\n  diwan compare DW/2021/000130\n  diwan compare march.txt june.txt --html > changes.html\n  diwan compare march.txt june.txt --json"
)]
pub(crate) struct CompareCommand {
    /// The first text: a code or a file.
    a: String,
    /// The second text: a code or a file; without it, A is compared with its predecessor.
    b: Option<String>,
    /// The language to compare in, for statements with several.
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    /// See every difference of the printed texts, also in looks.
    #[arg(long)]
    exact: bool,
    /// Print a web page.
    #[arg(long, conflicts_with = "json")]
    html: bool,
    /// Print one JSON object: summary, passages, operations.
    #[arg(long)]
    json: bool,
    /// When to colour: by default where a terminal reads it.
    #[arg(long, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    colour: Colour,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Serialize)]
struct Json<'a> {
    before: &'a str,
    after: &'a str,
    lang: &'a LanguageTag,
    summary: SummaryJson,
    passages: &'a [Passage],
    operations: Vec<&'a Operation>,
}

#[derive(Serialize)]
struct SummaryJson {
    text: String,
    #[serde(flatten)]
    numbers: Summary,
}

/// A text that was found: what it is called, its words, its sentences where they are known.
struct Found {
    name: String,
    lang: LanguageTag,
    text: String,
    sentences: Option<Vec<Span>>,
}

impl Found {
    fn document(&self, lang: &LanguageTag, blind: Blindness) -> Document {
        match &self.sentences {
            Some(spans) => Document::with_sentences(&self.text, spans, lang, blind),
            None => Document::new(&self.text, lang, blind),
        }
    }
}

impl CompareCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path) -> anyhow::Result<()> {
        let lang = self.lang.as_deref().map(LanguageTag::new);
        let (a, b) = match &self.b {
            Some(b) => self.both(archive, b, lang.as_ref())?,
            None => self.with_predecessor(archive, lang.as_ref())?,
        };
        let blind = if self.exact { Blindness::Nothing } else { Blindness::Looks };
        let redline = compare(&a.document(&a.lang, blind), &b.document(&b.lang, blind));
        if self.json {
            return output::put_json(&Json {
                before: &a.name,
                after: &b.name,
                lang: &b.lang,
                summary: SummaryJson { text: redline.summary.to_string(), numbers: redline.summary },
                passages: &redline.passages,
                operations: redline.operations().collect(),
            });
        }
        if self.html {
            return output::put(&diwan_serve::redline_page(&a.name, &b.name, &b.lang, &redline)?);
        }
        let coloured = match self.colour {
            Colour::Auto => std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
            Colour::Always => true,
            Colour::Never => false,
        };
        output::put(&readable(&a, &b, &redline, coloured))
    }

    /// Both texts as asked. Of statements with several languages, a language that both have.
    fn both(&self, archive: &Path, b: &str, lang: Option<&LanguageTag>) -> anyhow::Result<(Found, Found)> {
        let mut left = find(archive, &self.a)?;
        let mut right = find(archive, b)?;
        if let Some(lang) = lang {
            left.retain(|found| found.lang.primary() == lang.primary());
            right.retain(|found| found.lang.primary() == lang.primary());
        }
        for found in &left {
            if let Some(k) = right.iter().position(|other| other.lang.primary() == found.lang.primary()) {
                let k = right.swap_remove(k);
                let lang = found.lang.clone();
                let i = left.iter().position(|f| f.lang == lang).unwrap_or(0);
                return Ok((left.swap_remove(i), k));
            }
        }
        match (left.pop(), right.pop()) {
            // Two files need not be taken for one language.
            (Some(a), Some(b)) if left.is_empty() && right.is_empty() && self.lang.is_none() => Ok((a, b)),
            _ => Err(Failure::new(
                Kind::NotFound,
                format!("`{}` and `{b}` have no language in common", self.a),
            )
            .hint("name versions, as `DW/2021/000123-fa`, or a language that both have with `--lang`")
            .into()),
        }
    }

    /// A statement and the one before it in its series.
    fn with_predecessor(&self, archive: &Path, lang: Option<&LanguageTag>) -> anyhow::Result<(Found, Found)> {
        let store = Store::open(archive)?;
        let (statement, own) = match self.a.parse::<VersionCode>() {
            Ok(code) if store.statement(&ArchiveCode::new(self.a.as_str()))?.is_none() => {
                (code.statement, Some(code.lang))
            }
            _ => (ArchiveCode::new(self.a.as_str()), None),
        };
        if store.statement(&statement)?.is_none() {
            return Err(Failure::new(Kind::Usage, format!("`{}` is compared with what?", self.a))
                .hint(
                    "give two files or codes; the code of a statement alone is compared with its predecessor",
                )
                .into());
        }
        let lang = lang.or(own.as_ref());
        let wording = diwan_serve::wording::series(&store)?;
        let before = wording.predecessors(statement.as_str());
        for code in before {
            let right = find(archive, statement.as_str())?;
            let left = find(archive, &code)?;
            for b in right {
                if lang.is_some_and(|lang| lang.primary() != b.lang.primary()) {
                    continue;
                }
                if let Some(a) = left.iter().position(|a| a.lang.primary() == b.lang.primary()) {
                    let mut left = left;
                    return Ok((left.swap_remove(a), b));
                }
            }
        }
        Err(Failure::new(Kind::NotFound, format!("`{}` has no predecessor in that language", self.a))
            .hint(
                "`diwan series` shows which statements follow each other; name a second text to compare with",
            )
            .into())
    }
}

/// The texts that a name stands for: a file's one, or a statement's versions.
fn find(archive: &Path, name: &str) -> anyhow::Result<Vec<Found>> {
    if Path::new(name).is_file() {
        return Ok(vec![file(name)?]);
    }
    let store = match Store::open(archive) {
        Ok(store) => store,
        // Who names a file that is not there means a file.
        Err(_) if name.contains('.') => {
            return Err(Failure::new(Kind::NotFound, format!("there is no file `{name}`")).into());
        }
        Err(error) => return Err(error.into()),
    };
    if let Some(record) = store.statement(&ArchiveCode::new(name))? {
        return Ok(record.versions.iter().map(version).collect());
    }
    if let Ok(code) = name.parse::<VersionCode>()
        && let Some(found) = store.version(&code)?
    {
        return Ok(vec![version(&found)]);
    }
    Err(Failure::new(Kind::NotFound, format!("`{name}` is neither a file nor a code in the archive"))
        .hint("`diwan list` shows the codes")
        .into())
}

/// A version's text: its sentences as printed, a blank between them, a line between paragraphs.
fn version(record: &VersionRecord) -> Found {
    let mut text = String::new();
    let mut spans = Vec::new();
    let mut block = None;
    for sentence in &record.sentences {
        let own = sentence.locus.map(|locus| locus.block);
        if !text.is_empty() {
            text.push(if own.is_some() && own == block { ' ' } else { '\n' });
        }
        block = own;
        let from = text.len();
        text.push_str(&sentence.text);
        spans.push((from, text.len()));
    }
    let spans = spans.into_iter().filter_map(|(from, to)| Span::new(&text, from, to)).collect();
    Found { name: record.code.clone(), lang: record.lang.clone(), sentences: Some(spans), text }
}

/// A file's text: of plain text all of it, of a page what its statements say.
fn file(name: &str) -> anyhow::Result<Found> {
    let bytes = std::fs::read(name).with_context(|| format!("cannot read `{name}`"))?;
    let origin = Origin { source: Some(name.to_owned()), ..Origin::default() };
    let capture = pipeline::capture(&bytes, origin);
    let plain = capture.media_type == "text/plain";
    let text = if plain { diwan_extract::decode(&bytes, None, false).text } else { String::new() };
    let reading = pipeline::read(&bytes, capture, None);
    let text = if plain {
        text
    } else {
        let blocks = reading.blocks.iter().filter(|block| block.role.is_text());
        blocks.map(|block| block.text.trim()).collect::<Vec<_>>().join("\n\n")
    };
    let of_version = reading.statements.iter().flat_map(|s| &s.versions).map(|v| v.lang.clone()).next();
    let lang = of_version.unwrap_or_else(|| diwan_text::language::identify(&text, &[]).lang);
    Ok(Found { name: name.to_owned(), lang, text, sentences: None })
}

const RED: &str = "\x1b[31;9m";
const GREEN: &str = "\x1b[32;4m";
const YELLOW: &str = "\x1b[33m";
const DIM: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// Sentence by sentence, each with what became of it. Without colour, what is gone stands in `[-…-]`, what came in `{+…+}`.
fn readable(a: &Found, b: &Found, redline: &Redline, coloured: bool) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{} → {}\n{}\n", a.name, b.name, redline.summary);
    for passage in &redline.passages {
        let numbers = |list: &[usize]| list.iter().map(usize::to_string).collect::<Vec<_>>().join("+");
        let place = match (numbers(&passage.before), numbers(&passage.after)) {
            (old, new) if new.is_empty() => old,
            (old, new) if old.is_empty() => new,
            (old, new) if old == new => old,
            (old, new) => format!("{old} → {new}"),
        };
        let what = match passage.change {
            Change::Same => String::new(),
            Change::Moved => match passage.elsewhere.and_then(|k| redline.passages.get(k)) {
                Some(other) if passage.after.is_empty() => format!("moved to {}", numbers(&other.after)),
                Some(other) => format!("moved from {}", numbers(&other.before)),
                None => "moved".to_owned(),
            },
            other => other.as_str().to_owned(),
        };
        let mut line = String::new();
        for operation in &passage.operations {
            words(&mut line, operation, coloured);
        }
        let flat = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "{place:>7}  {what:<14} \u{2068}{flat}\u{2069}");
    }
    out
}

fn words(out: &mut String, operation: &Operation, coloured: bool) {
    let mut put = |text: &Option<String>, colour: &str, open: &str, close: &str| {
        let Some(text) = text else { return };
        let inner = text.trim_end();
        let space = text.get(inner.len()..).unwrap_or("");
        let _ = match coloured {
            true => write!(out, "{colour}{inner}{PLAIN}{space}"),
            false => write!(out, "{open}{inner}{close}{space}"),
        };
    };
    match operation.op {
        OperationKind::Equal => put(&operation.after, "", "", ""),
        OperationKind::Move if operation.before.is_some() => put(&operation.before, DIM, "", ""),
        OperationKind::Move => put(&operation.after, YELLOW, "", ""),
        _ => {
            put(&operation.before, RED, "[-", "-]");
            // A word put in the place of another follows it without a blank of its own.
            put(&operation.after, GREEN, "{+", "+}");
        }
    }
}
