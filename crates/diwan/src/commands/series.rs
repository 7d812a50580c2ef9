//! `diwan series`: statements of one body and kind, in order.

use std::fmt::Write as _;
use std::path::Path;

use clap::Args;
use diwan_serve::wording::{self, SeriesEntry};
use diwan_store::Store;

use crate::failure::{Failure, Kind};
use crate::output::{self, isolated};

/// Show the archive's series: statements of one body and kind, in order.
///
/// Series are found by themselves: by the words that statements are made of, the shape of their titles, who issued them,
/// the sentences they share. A date comes from the record, else from the name of the file (`~`). A line of dots stands
/// where a statement seems to be missing. `diwan decide correct CODE series NAME` puts a statement into a series,
/// `diwan decide dismiss CODE series` takes it out.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan series\n  diwan series DW/2021/000123\n  diwan series --like DW/2021/000123\n  diwan series --json"
)]
pub(crate) struct SeriesCommand {
    /// One series: its name, or the code of a statement in it.
    series: Option<String>,
    /// Show instead how much each other statement is like this one, 0 to 1: what series are found by.
    #[arg(long, value_name = "CODE", conflicts_with = "series")]
    like: Option<String>,
    /// Print a JSON array.
    #[arg(long)]
    json: bool,
}

impl SeriesCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path) -> anyhow::Result<()> {
        let store = Store::open(archive)?;
        if let Some(code) = &self.like {
            return like(&store, code, self.json);
        }
        let found = wording::series(&store)?;
        let shown: Vec<&SeriesEntry> = match &self.series {
            None => found.all.iter().collect(),
            Some(name) => vec![found.named(name).ok_or_else(|| no_series(name))?],
        };
        if self.json {
            return output::put_json(&shown);
        }
        if shown.is_empty() {
            output::say("no series was found: a series is at least two statements that speak alike");
            return Ok(());
        }
        let mut out = String::new();
        for (k, series) in shown.iter().enumerate() {
            let n = output::counted(series.statements.len() as u64, "statement", "statements");
            let _ = writeln!(out, "{}{}  {n}", if k > 0 { "\n" } else { "" }, isolated(&series.name));
            for statement in &series.statements {
                if statement.gap_before {
                    out.push_str("  …\n");
                }
                let mark = if statement.date_from_source { "~" } else { " " };
                let langs: Vec<&str> = statement.langs.iter().map(|lang| lang.as_str()).collect();
                let _ = writeln!(
                    out,
                    "  {:<10}{mark} {}  {:<12}  {}",
                    statement.date.as_deref().unwrap_or("-"),
                    statement.code,
                    langs.join(" "),
                    isolated(statement.title.as_deref().unwrap_or("(no title)"))
                );
                for recall in &statement.recalls {
                    let what = recall.code.as_deref().unwrap_or("not in the archive");
                    let _ = writeln!(out, "      recalls {}: {what}", isolated(&recall.printed));
                }
            }
        }
        output::put(&out)
    }
}

fn like(store: &Store, code: &str, json: bool) -> anyhow::Result<()> {
    if store.statement(&diwan_model::ArchiveCode::new(code))?.is_none() {
        return Err(diwan_store::StoreError::NotFound { what: "statement", key: code.to_owned() }.into());
    }
    let rows = wording::likenesses(store, code)?;
    if json {
        let rows: Vec<_> = rows
            .iter()
            .map(|(code, likeness)| serde_json::json!({"code": code, "likeness": likeness}))
            .collect();
        return output::put_json(&rows);
    }
    let mut out = String::new();
    for (code, likeness) in rows {
        let _ = writeln!(out, "{likeness:.2}  {code}");
    }
    output::put(&out)
}

/// What to say where there is no such series.
pub(crate) fn no_series(name: &str) -> Failure {
    Failure::new(Kind::NotFound, format!("there is no series `{name}`, and no statement of that code in one"))
        .hint("`diwan series` lists them")
}
