//! `diwan formulas`, `diwan formula`, `diwan said`: what recurs, one formula's life, where else something was said.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use clap::Args;
use diwan_model::{LanguageTag, SentenceCode};
use diwan_serve::wording::{self, FormulaEntry};
use diwan_store::Store;
use diwan_wording::redline::{OperationKind, compare};
use diwan_wording::{Blindness, Document};
use serde::Serialize;

use super::series::no_series;
use crate::failure::{Failure, Kind};
use crate::output::{self, isolated};

/// Show formulas: stock sentences that recur across statements, in variants and in every language; and boilerplate, the
/// furniture of sites that recurs as well.
///
/// Families in different languages are joined through alignments.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan formulas\n  diwan formulas DW/2021/000123\n  diwan formulas --kind boilerplate\n  diwan formulas --json"
)]
pub(crate) struct FormulasCommand {
    /// Only those of one series: its name, or the code of a statement in it.
    series: Option<String>,
    /// Only `formula` or only `boilerplate`; without it, `--json` gives both and the list for people formulas alone.
    #[arg(long, value_parser = ["formula", "boilerplate"])]
    kind: Option<String>,
    /// Print a JSON array.
    #[arg(long)]
    json: bool,
}

impl FormulasCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path) -> anyhow::Result<()> {
        let found = wording::formulas(&Store::open(archive)?)?;
        let within: Option<BTreeSet<&str>> = match &self.series {
            None => None,
            Some(name) => {
                let series = found.series.named(name).ok_or_else(|| no_series(name))?;
                Some(series.statements.iter().map(|s| s.code.as_str()).collect())
            }
        };
        let kind = match (self.kind.as_deref(), self.json) {
            (None, true) => None,
            (None, false) => Some("formula"),
            (kind, _) => kind,
        };
        let shown: Vec<&FormulaEntry> = found
            .all
            .iter()
            .filter(|f| kind.is_none_or(|kind| f.kind.as_str() == kind))
            .filter(|f| {
                within.as_ref().is_none_or(|codes| f.members.iter().any(|m| codes.contains(m.code.as_str())))
            })
            .collect();
        if self.json {
            return output::put_json(&shown);
        }
        if shown.is_empty() {
            output::say(
                "nothing recurs: a formula is a sentence that at least two statements have, in variants",
            );
            return Ok(());
        }
        let mut out = String::new();
        for formula in shown {
            let statements: BTreeSet<&str> = formula.members.iter().map(|m| m.code.as_str()).collect();
            let first = formula.members.first().map(|m| m.text.as_str()).unwrap_or("");
            let _ = writeln!(
                out,
                "{}  {}  {}–{}  {}",
                formula.id,
                output::counted(statements.len() as u64, "statement", "statements"),
                formula.first.as_deref().unwrap_or("?"),
                formula.last.as_deref().unwrap_or("?"),
                isolated(&shortened(first))
            );
        }
        output::put(&out)
    }
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 100;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or("").trim_end()),
        None => text.to_owned(),
    }
}

/// Show one formula: its wordings in each language in order of time, what each changed from the one before, when it was
/// first and last used, and who dropped it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diwan formula 3f09a1c2b4d5\n  diwan formula DW/2021/000123-fa/12")]
pub(crate) struct FormulaCommand {
    /// Its name as `diwan formulas` prints it, or the code of a sentence that has it.
    id: String,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl FormulaCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path) -> anyhow::Result<()> {
        let found = wording::formulas(&Store::open(archive)?)?;
        let formula = found.named(&self.id).or_else(|| found.of(&self.id)).ok_or_else(|| {
            Failure::new(Kind::NotFound, format!("there is no formula `{}`", self.id))
                .hint("`diwan formulas` lists them; `diwan said CODE` looks for one sentence")
        })?;
        if self.json {
            return output::put_json(formula);
        }
        let mut out = String::new();
        let _ = writeln!(
            out,
            "{}  {}  first {}  last {}",
            formula.id,
            formula.kind.as_str(),
            formula.first.as_deref().unwrap_or("?"),
            formula.last.as_deref().unwrap_or("?")
        );
        if let Some(code) = &formula.dropped_by {
            let _ = writeln!(out, "  not in {code}, the next of its series");
        }
        let mut before: Option<(LanguageTag, String)> = None;
        for variant in formula.variants() {
            let members = || variant.members.iter().filter_map(|k| formula.members.get(*k));
            let Some(first) = members().next() else { continue };
            let days: Vec<&str> = members().map(|m| m.date.as_deref().unwrap_or("?")).collect();
            let _ = writeln!(out, "\n  {}  {}", variant.lang, days.join(", "));
            let shown = match before.as_ref().filter(|(lang, _)| *lang == variant.lang) {
                Some((lang, old)) => changed(old, &first.text, lang),
                None => first.text.clone(),
            };
            let _ = writeln!(out, "    {}", isolated(&shown));
            for member in members() {
                let place =
                    member.sentence().unwrap_or_else(|| format!("{} line {}", member.source, member.line));
                let _ = writeln!(out, "      {place}");
            }
            before = Some((variant.lang.clone(), first.text.clone()));
        }
        output::put(&out)
    }
}

/// A wording with what it dropped and added since the one before.
fn changed(old: &str, new: &str, lang: &LanguageTag) -> String {
    let whole = |text: &str| Document::with_sentences(text, &[], lang, Blindness::Looks);
    let mut out = String::new();
    let (a, b) = (whole(old), whole(new));
    for operation in compare(&a, &b).operations() {
        let mut put = |text: &Option<String>, open: &str, close: &str| {
            if let Some(text) = text {
                let inner = text.trim_end();
                let _ = write!(out, "{open}{inner}{close}{}", text.get(inner.len()..).unwrap_or(""));
            }
        };
        if operation.op == OperationKind::Equal {
            put(&operation.after, "", "");
        } else {
            put(&operation.before, "[-", "-]");
            put(&operation.after, "{+", "+}");
        }
    }
    out
}

#[derive(Serialize)]
struct SaidRow<'a> {
    sentence: String,
    date: Option<&'a str>,
    likeness: f32,
    formula: Option<String>,
    text: &'a str,
}

/// Show where else nearly the same was said, over the whole archive, the most alike first.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan said DW/2021/000123-fa/12\n  diwan said --lang en 'all lines of effort were reviewed'"
)]
pub(crate) struct SaidCommand {
    /// The code of a sentence, or words.
    what: String,
    /// The language of the words; recognised where it is not given.
    #[arg(long)]
    lang: Option<String>,
    /// Print a JSON array.
    #[arg(long)]
    json: bool,
}

impl SaidCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path) -> anyhow::Result<()> {
        let mut store = Store::open(archive)?;
        let code: Option<SentenceCode> = self.what.parse().ok();
        let sentence = match &code {
            Some(code) => store.sentence(code)?.map(|found| (found.text, code.version.lang.clone())),
            None => None,
        };
        let (text, lang) = match (sentence, self.lang) {
            (Some(found), _) => found,
            (None, _) if code.is_some() => {
                return Err(
                    Failure::new(Kind::NotFound, format!("there is no sentence `{}`", self.what)).into()
                );
            }
            (None, Some(lang)) => (self.what.clone(), LanguageTag::new(&lang)),
            (None, None) => {
                let lang = diwan_text::language::identify(&self.what, &[]).lang;
                (self.what.clone(), lang)
            }
        };
        wording::file_sentences(&mut store)?;
        let found = wording::said(&store, &text, &lang)?;
        let mut rows = Vec::with_capacity(found.len());
        for (member, likeness) in &found {
            let Some(sentence) = member.sentence().filter(|sentence| *sentence != self.what) else {
                continue;
            };
            rows.push(SaidRow {
                date: member.date.as_deref(),
                likeness: *likeness,
                formula: store.formula_of(&sentence)?,
                text: &member.text,
                sentence,
            });
        }
        if self.json {
            return output::put_json(&rows);
        }
        if rows.is_empty() {
            output::say("nothing like it was said elsewhere in the archive");
            return Ok(());
        }
        let mut out = String::new();
        for row in rows {
            let _ = writeln!(
                out,
                "{:.2}  {}  {}\n      {}",
                row.likeness,
                row.date.unwrap_or("-"),
                row.sentence,
                isolated(row.text)
            );
        }
        output::put(&out)
    }
}
