//! `diwan parallel`: versions side by side; and parallel text written out: TMX, a table, plain text.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use diwan_formats::table::TableWriter;
use diwan_formats::tmx::{TmxWriter, Unit};
use diwan_model::{ArchiveCode, LanguageTag};
use diwan_serve::parallel_rows;
use diwan_store::{AlignmentRecord, Run, SentenceRecord, StatementRecord, Store, StoreError};
use serde::Serialize;

use crate::failure::{Failure, Kind};
use crate::output::{self, isolated};

/// Print versions of a statement side by side: the sentences that render each other, bead by bead.
///
/// Without languages: the authoritative version and each that is aligned with it. After the sentences stands how sure the
/// bead is, or that a person decided.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan parallel DW/2021/000123\n  diwan parallel DW/2021/000123 ar en --json"
)]
pub(crate) struct ParallelCommand {
    /// The statement's code.
    code: String,
    /// Languages, in the order of the columns.
    #[arg(value_name = "LANG")]
    languages: Vec<String>,
    /// Print a JSON array: a bead an object, with the codes of its sentences by language.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Column<'a> {
    lang: &'a LanguageTag,
    codes: Vec<&'a str>,
    text: String,
}

#[derive(Serialize)]
struct Bead<'a> {
    columns: Vec<Column<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<i64>,
}

impl ParallelCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path) -> anyhow::Result<()> {
        let store = Store::open(archive)?;
        let code = ArchiveCode::new(self.code.as_str());
        let record = store
            .statement(&code)?
            .ok_or_else(|| StoreError::NotFound { what: "statement", key: self.code.clone() })?;
        let alignments = store.alignments(&record.code)?;
        let mut languages: Vec<LanguageTag> = self.languages.iter().map(|l| LanguageTag::new(l)).collect();
        if languages.is_empty() {
            languages.extend(alignments.first().map(|a| a.source.clone()));
            languages.extend(alignments.iter().filter(|a| a.current).map(|a| a.target.clone()));
        }
        let rows = parallel_rows(&languages, &alignments).ok_or_else(|| not_aligned(&record, &languages))?;
        let beads: Vec<Bead<'_>> = rows
            .iter()
            .map(|runs| {
                let columns: Vec<Column<'_>> = languages
                    .iter()
                    .zip(runs)
                    .map(|(lang, run)| {
                        let found = sentences(&record, lang, *run);
                        let codes = found.iter().map(|s| s.code.as_str()).collect();
                        Column { lang, codes, text: joined(found) }
                    })
                    .collect();
                let own = bead_of(&languages, runs, &alignments);
                Bead {
                    columns,
                    confidence: own.map(|b| b.confidence),
                    decision: own.and_then(|b| b.decision),
                }
            })
            .collect();
        if self.json {
            return output::put_json(&beads);
        }
        let mut out = String::new();
        for bead in &beads {
            for column in &bead.columns {
                let numbers: Vec<&str> =
                    column.codes.iter().filter_map(|code| code.rsplit('/').next()).collect();
                let _ =
                    writeln!(out, "{:<4}{:>6}  {}", column.lang, numbers.join(","), isolated(&column.text));
            }
            let standing = match (bead.decision, bead.confidence) {
                (Some(id), _) => format!("decision {id}"),
                (None, Some(confidence)) => format!("{confidence:.2}"),
                (None, None) => String::new(),
            };
            let _ = writeln!(out, "          {standing}");
        }
        output::put(&out)
    }
}

fn not_aligned(record: &StatementRecord, languages: &[LanguageTag]) -> anyhow::Error {
    let there: Vec<&str> = record.versions.iter().map(|v| v.lang.as_str()).collect();
    let missing = languages.iter().find(|l| !there.contains(&l.as_str()));
    let (words, hint) = match missing {
        Some(lang) => (
            format!("{} has no version in `{lang}`", record.code),
            format!("it has `{}`", there.join("`, `")),
        ),
        None => (
            format!("these versions of {} are not aligned", record.code),
            "`diwan align` aligns every statement that has two versions or more".to_owned(),
        ),
    };
    Failure::new(Kind::NotFound, words).hint(hint).into()
}

fn sentences<'a>(record: &'a StatementRecord, lang: &LanguageTag, run: Run) -> &'a [SentenceRecord] {
    record.versions.iter().find(|v| v.lang == *lang).map_or(&[], |version| run.of(&version.sentences))
}

fn joined(sentences: &[SentenceRecord]) -> String {
    sentences.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// The kept bead of a row, where two columns are aligned with each other directly.
fn bead_of<'a>(
    languages: &[LanguageTag],
    runs: &[Run],
    alignments: &'a [AlignmentRecord],
) -> Option<&'a diwan_store::BeadRecord> {
    let ([a, b], [x, y]) = (languages, runs) else { return None };
    let same = |p: Run, q: Run| p.numbers().eq(q.numbers());
    alignments.iter().find_map(|alignment| {
        let straight = alignment.source == *a && alignment.target == *b;
        let turned = alignment.source == *b && alignment.target == *a;
        alignment.beads.iter().find(|bead| {
            (straight && same(bead.source, *x) && same(bead.target, *y))
                || (turned && same(bead.source, *y) && same(bead.target, *x))
        })
    })
}

/// Which parallel text.
#[derive(Debug, Args)]
struct Choice {
    /// Only this statement; may be given again.
    #[arg(long = "code", value_name = "CODE")]
    codes: Vec<String>,
    /// Only places of which the aligner is at least so sure, 0 to 1; what people decided is always in.
    #[arg(long, default_value_t = 0.0, value_name = "N")]
    sure: f32,
    /// The file to write; standard output if left out.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// A place where both sides have words.
struct Place<'a> {
    record: &'a StatementRecord,
    alignment: &'a AlignmentRecord,
    bead: &'a diwan_store::BeadRecord,
    source: &'a [SentenceRecord],
    target: &'a [SentenceRecord],
}

impl Choice {
    fn writer(&self) -> anyhow::Result<Box<dyn Write>> {
        Ok(match &self.out {
            Some(path) => {
                let file =
                    File::create(path).with_context(|| format!("cannot write `{}`", path.display()))?;
                Box::new(BufWriter::new(file))
            }
            None => Box::new(BufWriter::new(io::stdout().lock())),
        })
    }

    /// Calls `f` with every place, statement by statement.
    fn each(&self, store: &Store, mut f: impl FnMut(&Place<'_>) -> anyhow::Result<()>) -> anyhow::Result<()> {
        for code in &self.codes {
            if store.statement(&ArchiveCode::new(code.as_str()))?.is_none() {
                return Err(StoreError::NotFound { what: "statement", key: code.clone() }.into());
            }
        }
        let mut last: Option<StatementRecord> = None;
        store.for_each_alignment(|alignment| {
            let code = &alignment.statement;
            if !alignment.current || !(self.codes.is_empty() || self.codes.iter().any(|c| c == code.as_str()))
            {
                return Ok::<(), anyhow::Error>(());
            }
            if last.as_ref().is_none_or(|record| record.code != *code) {
                last = store.statement(code)?;
            }
            let Some(record) = &last else { return Ok(()) };
            for bead in &alignment.beads {
                if bead.confidence < self.sure && bead.decision.is_none() {
                    continue;
                }
                let source = sentences(record, &alignment.source, bead.source);
                let target = sentences(record, &alignment.target, bead.target);
                if !source.is_empty() || !target.is_empty() {
                    f(&Place { record, alignment: &alignment, bead, source, target })?;
                }
            }
            Ok(())
        })
    }
}

/// A translation memory (TMX 1.4b) that translators' tools open: a unit for each place that two versions render each other
/// in, with code, date, body and how sure it is.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan export tmx --out archive.tmx\n  diwan export tmx --from en --to fa --sure 0.8 > en-fa.tmx"
)]
pub(crate) struct TmxExport {
    /// Only from this language.
    #[arg(long, value_name = "LANG")]
    from: Option<String>,
    /// Only into this language.
    #[arg(long, value_name = "LANG")]
    to: Option<String>,
    #[command(flatten)]
    choice: Choice,
}

impl TmxExport {
    /// Runs it.
    pub(crate) fn run(self, store: &Store) -> anyhow::Result<()> {
        let from = self.from.as_deref().map(LanguageTag::new);
        let to = self.to.as_deref().map(LanguageTag::new);
        let mut writer =
            TmxWriter::new(self.choice.writer()?, from.as_ref(), &diwan_store::clock::now_text())?;
        self.choice.each(store, |place| {
            let (source, target) = (&place.alignment.source, &place.alignment.target);
            if place.source.is_empty() || place.target.is_empty() {
                return Ok(());
            }
            let straight =
                from.as_ref().is_none_or(|l| l == source) && to.as_ref().is_none_or(|l| l == target);
            let turned = from.as_ref().is_none_or(|l| l == target) && to.as_ref().is_none_or(|l| l == source);
            let mut variants =
                vec![(source.clone(), joined(place.source)), (target.clone(), joined(place.target))];
            match (straight, turned) {
                (true, _) => {}
                (false, true) => variants.reverse(),
                (false, false) => return Ok(()),
            }
            let mut properties = vec![("x-diwan-code".to_owned(), code_of(place))];
            let mut put = |name: &str, value: Option<&str>| {
                properties.extend(value.map(|v| (format!("x-diwan-{name}"), v.to_owned())));
            };
            put("date", place.record.text("date"));
            put("issuer", place.record.text("issuer"));
            put("confidence", Some(&format!("{:.2}", place.bead.confidence)));
            put("decision", place.bead.decision.map(|id| id.to_string()).as_deref());
            let id = format!("{}~{target}", code_of(place));
            writer.put(&Unit { id: Some(id), properties, note: None, variants })?;
            Ok(())
        })?;
        writer.finish()?;
        Ok(())
    }
}

/// The code of a place's first sentence.
fn code_of(place: &Place<'_>) -> String {
    let sentence = place.source.first().or(place.target.first());
    sentence.map(|s| s.code.clone()).unwrap_or_default()
}

/// Parallel text of two languages: a table for spreadsheets (`--csv`), or plain text, a place a line, a tabulator between.
///
/// Places where one side has no counterpart are in the table and not in the plain text.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan export parallel --from en --to fa --csv --out en-fa.csv\n  diwan export parallel --from ar --to en > ar-en.tsv"
)]
pub(crate) struct ParallelExport {
    /// From this language.
    #[arg(long, value_name = "LANG")]
    from: String,
    /// Into this language.
    #[arg(long, value_name = "LANG")]
    to: String,
    /// A table with codes, dates, the body and how sure each place is.
    #[arg(long)]
    csv: bool,
    #[command(flatten)]
    choice: Choice,
}

impl ParallelExport {
    /// Runs it.
    pub(crate) fn run(self, store: &Store) -> anyhow::Result<()> {
        let (from, to) = (LanguageTag::new(&self.from), LanguageTag::new(&self.to));
        let writer = self.choice.writer()?;
        let sides = |place: &Place<'_>| {
            let (source, target) = (&place.alignment.source, &place.alignment.target);
            if *source == from && *target == to {
                Some((joined(place.source), joined(place.target)))
            } else if *source == to && *target == from {
                Some((joined(place.target), joined(place.source)))
            } else {
                None
            }
        };
        if self.csv {
            let heads = ["code", "date", "issuer", from.as_str(), to.as_str(), "confidence", "decision"];
            let mut table = TableWriter::new(writer, &heads)?;
            self.choice.each(store, |place| {
                if let Some((a, b)) = sides(place) {
                    let text = |field: &str| place.record.text(field).unwrap_or_default().to_owned();
                    table.put(&[
                        code_of(place),
                        text("date"),
                        text("issuer"),
                        a,
                        b,
                        format!("{:.2}", place.bead.confidence),
                        place.bead.decision.map(|id| id.to_string()).unwrap_or_default(),
                    ])?;
                }
                Ok(())
            })?;
            table.finish()?;
            return Ok(());
        }
        let mut writer = writer;
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.choice.each(store, |place| {
            if let Some((a, b)) = sides(place).filter(|(a, b)| !a.is_empty() && !b.is_empty()) {
                writeln!(writer, "{}\t{}", flat(&a), flat(&b))?;
            }
            Ok(())
        })?;
        writer.flush()?;
        Ok(())
    }
}
