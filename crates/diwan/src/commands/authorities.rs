//! `diwan import authorities`, `diwan export authorities`: authority records in one form, in and out.
//!
//! A table has a row for each record: `kind`, a `name-LANG` for each language, `wikidata`, `viaf`, `iso-3166`, `notes`. Lines
//! of JSON hold `{kind, names {lang: name}, identifiers {scheme: id}, notes}`.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use diwan_formats::table::TableWriter;
use diwan_ledger::entities::{Authority, IDENTIFIERS, is_authority};
use diwan_model::{Entity, EntityKind, LanguageTag};
use diwan_store::{AUTHORITIES, AUTHORITY_FILE, Action, NewDecision, Store, Subject};
use serde::Serialize;

use crate::commands::decide::Person;
use crate::failure::{Failure, Kind};
use crate::output::{self, isolated};

/// The largest file that is taken.
const LARGEST: u64 = 64 << 20;

/// Errors that are told.
const TOLD: usize = 20;

/// Authority records: preferred names per language, identifiers, notes (CSV or lines of JSON).
///
/// Columns of a table, in any order: `kind` (person, organisation, place, legal, event, programme, document), `name-en`, `name-fa`,
/// `name-ar`, `name-fr` or any other language, `wikidata` (Q42), `viaf`, `iso-3166` (BE), `notes`. Lines of JSON:
/// `{"kind": "person", "names": {"en": "…"}, "identifiers": {"wikidata": "Q42"}, "notes": "…"}`; files end in `.csv` or `.jsonl`.
///
/// A record with the identifier, or the spelling, of somebody whom the archive names already is one with them; what you
/// decided about one entity stands over it. Nothing is taken from a file with an error. Taking in a file of the same name
/// again replaces what it brought; `diwan undo N` takes it back whole.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan import authorities people.csv --dry-run\n  diwan import authorities people.csv --as Mina\n  diwan import authorities bodies.jsonl --as Mina --json"
)]
pub(crate) struct AuthoritiesImport {
    /// The file.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Say what would be done, and do nothing.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    person: Person,
}

/// What was, or would be, done with a record.
#[derive(Debug, Serialize)]
struct Taken {
    name: String,
    kind: EntityKind,
    /// Statements that name the entity which it is one with; 0: nobody does.
    statements: u64,
    /// A spelling of that entity.
    with: Option<String>,
}

#[derive(Debug, Serialize)]
struct Outcome {
    records: usize,
    merged: usize,
    new: usize,
    /// The decision's number; none with `--dry-run`.
    decision: Option<i64>,
    taken: Vec<Taken>,
}

impl AuthoritiesImport {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path, quiet: bool) -> anyhow::Result<()> {
        let mut store = Store::open(archive)?;
        let shown = self.file.display().to_string();
        let records = read(&self.file, &shown)?;
        let entities = diwan_serve::authorities::with_records(&store, &records)?;
        let taken: Vec<Taken> = records.iter().map(|record| taken(record, &entities)).collect();
        let merged = taken.iter().filter(|t| t.with.is_some()).count();
        let mut outcome =
            Outcome { records: records.len(), merged, new: taken.len() - merged, decision: None, taken };
        if !self.dry_run {
            let _lock = store.lock()?;
            let name = self.file.file_name().map_or(shown.clone(), |n| n.to_string_lossy().into_owned());
            let decision = store.decide(&NewDecision {
                subject: Subject::Entity(format!("{AUTHORITY_FILE}{name}")),
                field: AUTHORITIES.to_owned(),
                action: Action::Correct,
                value: Some(serde_json::to_string(&records).context("records cannot be written")?),
                who: self.person.name()?,
                why: self.person.why.clone(),
            })?;
            outcome.decision = Some(decision.id);
            diwan_serve::authorities::refresh(&mut store)?;
        }
        if self.person.json {
            return output::put_json(&outcome);
        }
        if quiet {
            return Ok(());
        }
        let mut out = String::new();
        if self.dry_run {
            for one in &outcome.taken {
                let with = match &one.with {
                    Some(with) => format!(
                        "is {} ({})",
                        isolated(with),
                        output::counted(one.statements, "statement", "statements")
                    ),
                    None => "is new".to_owned(),
                };
                out.push_str(&format!("{:<13} {}  {with}\n", one.kind.as_str(), isolated(&one.name)));
            }
        }
        let records = output::counted(outcome.records as u64, "record", "records");
        let (merged, new) = (outcome.merged, outcome.new);
        match outcome.decision {
            Some(n) => {
                out.push_str(&format!(
                    "{records} taken in as decision {n}: {merged} of known entities, {new} new\n"
                ));
            }
            None => out.push_str(&format!(
                "{records}: {merged} of known entities, {new} new; nothing was taken in\n"
            )),
        }
        output::put(&out)
    }
}

fn taken(record: &Authority, entities: &[Entity]) -> Taken {
    let key = record.key();
    let entity = entities.iter().find(|e| e.keys.contains(&key));
    let known = entity.filter(|e| e.keys.iter().any(|k| !is_authority(k)));
    Taken {
        name: record.names.values().next().cloned().unwrap_or_default(),
        kind: record.kind,
        statements: known.map_or(0, |e| e.statements),
        with: known
            .map(|e| e.spellings.first().map_or_else(|| e.name_in("en").to_owned(), |s| s.text.clone())),
    }
}

/// The records of a file, or an error that names every line that is wrong.
fn read(path: &Path, shown: &str) -> anyhow::Result<Vec<Authority>> {
    let fail = |kind: Kind, why: String| Failure::new(kind, format!("`{shown}`: {why}"));
    let length = fs::metadata(path).map_err(|error| {
        let kind = if error.kind() == io::ErrorKind::NotFound { Kind::NotFound } else { Kind::Input };
        fail(kind, error.to_string())
    })?;
    if length.len() > LARGEST {
        return Err(fail(Kind::Input, "it is larger than 64 MB".to_owned()).into());
    }
    let bytes = fs::read(path).map_err(|error| fail(Kind::Input, error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let line =
            error.as_bytes().iter().take(error.utf8_error().valid_up_to()).filter(|b| **b == b'\n').count()
                + 1;
        fail(Kind::Input, format!("line {line}: it is not UTF-8"))
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let rows = match ending.as_str() {
        "csv" => table(text),
        "jsonl" | "ndjson" => lines(text),
        _ => {
            return Err(fail(Kind::Usage, "its name ends neither in `.csv` nor in `.jsonl`".to_owned())
                .hint("see `diwan import authorities --help` for both forms")
                .into());
        }
    };
    let mut records: Vec<Authority> = Vec::new();
    let mut first: BTreeMap<String, u64> = BTreeMap::new();
    let mut wrong: Vec<String> = Vec::new();
    for (line, row) in rows {
        match row.and_then(|record| record.check().map(|()| record)) {
            Ok(record) => match first.get(&record.key()) {
                Some(before) => wrong.push(format!("line {line}: it is the record of line {before} again")),
                None => {
                    first.insert(record.key(), line);
                    records.push(record);
                }
            },
            Err(why) => wrong.push(format!("line {line}: {why}")),
        }
    }
    if !wrong.is_empty() {
        let more = wrong.len().saturating_sub(TOLD);
        wrong.truncate(TOLD);
        let more = if more > 0 { format!("\n  and {more} more") } else { String::new() };
        return Err(
            fail(Kind::Input, format!("nothing was taken in:\n  {}{more}", wrong.join("\n  "))).into()
        );
    }
    if records.is_empty() {
        return Err(fail(Kind::Input, "it holds no record".to_owned()).into());
    }
    Ok(records)
}

type Rows = Vec<(u64, Result<Authority, String>)>;

fn lines(text: &str) -> Rows {
    let numbered = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    numbered
        .map(|(n, line)| {
            (n, serde_json::from_str(line).map_err(|e| format!("{e}").replace(" at line 1", "")))
        })
        .collect()
}

fn table(text: &str) -> Rows {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let heads: Vec<String> = match reader.headers() {
        Ok(heads) => heads.iter().map(|h| h.trim().to_lowercase()).collect(),
        Err(error) => return vec![(1, Err(error.to_string()))],
    };
    let column = |head: &String| {
        let name = head.strip_prefix("name-").is_some_and(|lang| !lang.is_empty() && lang.len() < 36);
        name || head == "kind" || head == "notes" || IDENTIFIERS.contains(&head.as_str())
    };
    if let Some(odd) = heads.iter().find(|head| !column(head)) {
        return vec![(
            1,
            Err(format!(
                "there is no column `{odd}`; columns are `kind`, `name-LANG`, `wikidata`, `viaf`, `iso-3166`, `notes`"
            )),
        )];
    }
    if !heads.iter().any(|head| head == "kind") {
        return vec![(1, Err("the column `kind` is missing".to_owned()))];
    }
    let mut out = Rows::new();
    for row in reader.records() {
        match row {
            Ok(row) => {
                let line = row.position().map_or(0, csv::Position::line);
                let more = row.len() > heads.len();
                let cells = heads.iter().zip(&row).map(|(h, c)| (h.as_str(), plain(c)));
                out.push((
                    line,
                    if more { Err("it has more cells than the head".to_owned()) } else { record(cells) },
                ));
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                out.push((line, Err(error.to_string())));
            }
        }
    }
    out
}

/// A cell without the apostrophe that keeps spreadsheets from running it.
fn plain(cell: &str) -> &str {
    let cell = cell.trim();
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '@', '-'])).unwrap_or(cell)
}

fn record<'a>(cells: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Authority, String> {
    let mut kind = None;
    let (mut names, mut identifiers, mut notes) = (BTreeMap::new(), BTreeMap::new(), None);
    for (head, cell) in cells.filter(|(_, cell)| !cell.is_empty()) {
        match head {
            "kind" => {
                kind = Some(EntityKind::parse(cell).ok_or_else(|| {
                    let kinds: Vec<&str> = EntityKind::ALL.iter().map(|k| k.as_str()).collect();
                    format!("there is no kind `{cell}`; kinds are `{}`", kinds.join("`, `"))
                })?);
            }
            "notes" => notes = Some(cell.to_owned()),
            _ => match head.strip_prefix("name-") {
                Some(lang) => {
                    names.insert(LanguageTag::new(lang).to_string(), cell.to_owned());
                }
                None => {
                    identifiers.insert(head.to_owned(), cell.to_owned());
                }
            },
        }
    }
    Ok(Authority { kind: kind.ok_or("its `kind` is empty")?, names, identifiers, notes })
}

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A table for spreadsheets.
    Csv,
    /// A JSON object a line.
    Jsonl,
}

/// Every entity's names per language, identifiers and notes, in the form that `diwan import authorities` reads.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan export authorities > authorities.csv\n  diwan export authorities --form jsonl --out authorities.jsonl"
)]
pub(crate) struct AuthoritiesExport {
    /// A table, or lines of JSON.
    #[arg(long, value_enum, default_value = "csv")]
    form: Form,
    /// Only of this kind: person, organisation, place, legal, event, programme, document.
    #[arg(long)]
    kind: Option<String>,
    /// The file to write; standard output if left out.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl AuthoritiesExport {
    /// Runs it.
    pub(crate) fn run(self, mut store: Store) -> anyhow::Result<()> {
        let kind = match self.kind.as_deref() {
            Some(text) => Some(
                EntityKind::parse(text)
                    .ok_or_else(|| Failure::new(Kind::Usage, format!("there is no kind `{text}`")))?,
            ),
            None => None,
        };
        diwan_serve::authorities::refresh(&mut store)?;
        let mut records: Vec<Authority> = store.entities(kind)?.into_iter().map(authority).collect();
        // By kind and name, so that what was written, read and written again is the same file.
        records.sort_by(|a, b| (a.kind.as_str(), &a.names).cmp(&(b.kind.as_str(), &b.names)));
        match &self.out {
            Some(path) => {
                let file =
                    File::create(path).with_context(|| format!("cannot write `{}`", path.display()))?;
                write(self.form, &records, BufWriter::new(file))
            }
            None => write(self.form, &records, BufWriter::new(io::stdout().lock())),
        }
    }
}

fn authority(entity: Entity) -> Authority {
    let mut identifiers = entity.identifiers;
    identifiers.retain(|scheme, _| IDENTIFIERS.contains(&scheme.as_str()));
    Authority { kind: entity.kind, names: entity.name, identifiers, notes: entity.notes }
}

fn write(form: Form, records: &[Authority], mut out: impl Write) -> anyhow::Result<()> {
    if form == Form::Jsonl {
        for record in records {
            serde_json::to_writer(&mut out, record)?;
            out.write_all(b"\n")?;
        }
        return Ok(out.flush()?);
    }
    let langs: std::collections::BTreeSet<&str> =
        records.iter().flat_map(|r| r.names.keys()).map(String::as_str).collect();
    let heads: Vec<String> = std::iter::once("kind".to_owned())
        .chain(langs.iter().map(|lang| format!("name-{lang}")))
        .chain(IDENTIFIERS.iter().map(|s| (*s).to_owned()))
        .chain(std::iter::once("notes".to_owned()))
        .collect();
    let mut table = TableWriter::new(out, &heads.iter().map(String::as_str).collect::<Vec<_>>())?;
    for record in records {
        let cell = |map: &BTreeMap<String, String>, key: &str| map.get(key).cloned().unwrap_or_default();
        let mut cells = vec![record.kind.as_str().to_owned()];
        cells.extend(langs.iter().map(|lang| cell(&record.names, lang)));
        cells.extend(IDENTIFIERS.iter().map(|scheme| cell(&record.identifiers, scheme)));
        cells.push(record.notes.clone().unwrap_or_default());
        table.put(&cells)?;
    }
    table.finish()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(rows: Rows) -> Vec<(u64, String)> {
        rows.into_iter()
            .filter_map(|(n, row)| row.and_then(|r| r.check().map(|()| r)).err().map(|why| (n, why)))
            .collect()
    }

    #[test]
    fn a_table_names_its_lines() {
        let rows = table(
            "kind,name-en,name-fa,wikidata\nperson,Mira Halvorsen,میرا هالورسن,Q1\nperson,,,\nship,Selm,,\norganisation,\"Two\nlines\",,Q\n",
        );
        let wrong = errors(rows);
        assert_eq!(wrong.iter().map(|(n, _)| *n).collect::<Vec<_>>(), [3, 4, 5], "{wrong:?}");
        assert_eq!(errors(table("kind,name\nperson,Mira\n")).len(), 1);
        assert_eq!(errors(table("name-en\nMira\n")).len(), 1);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut one = Authority {
            kind: EntityKind::Person,
            names: BTreeMap::from([
                ("en".to_owned(), "=Mira, \"the\" Halvorsen".to_owned()),
                ("fa".to_owned(), "میرا هالورسن".to_owned()),
            ]),
            identifiers: BTreeMap::from([("viaf".to_owned(), "7".to_owned())]),
            notes: Some("of two\nlines".to_owned()),
        };
        for form in [Form::Csv, Form::Jsonl] {
            let mut out = Vec::new();
            write(form, std::slice::from_ref(&one), &mut out).unwrap();
            let text = String::from_utf8(out).unwrap();
            let text = text.trim_start_matches('\u{feff}');
            let read = if form == Form::Csv { table(text) } else { lines(text) };
            let read: Vec<Authority> = read.into_iter().map(|(_, row)| row.unwrap()).collect();
            assert_eq!(read, [one.clone()]);
        }
        one.names.clear();
        assert!(one.check().is_err());
    }
}
