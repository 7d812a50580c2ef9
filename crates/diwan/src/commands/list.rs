//! `diwan list`: every statement in a line.

use std::fmt::Write as _;
use std::path::Path;

use clap::Args;
use diwan_model::LanguageTag;
use diwan_store::{Filter, Store};

use crate::output::{self, isolated};

/// List statements: code, date, languages, title. By code; a star marks an authoritative version.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan list\n  diwan list --lang fa --from 2021 --until 2021-06 --newest\n  diwan list --refused"
)]
pub(crate) struct ListCommand {
    /// Only statements with a version in this language (`fa`).
    #[arg(long)]
    lang: Option<String>,
    /// Only statements of this body, as `diwan show` prints it.
    #[arg(long)]
    issuer: Option<String>,
    /// Only statements of this type, as `diwan show` prints it.
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    /// Only statements of this date or later (`2021`, `2021-06`, `2021-06-28`).
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Only statements of this date or earlier; a year or month is taken whole.
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Newest first.
    #[arg(long)]
    newest: bool,
    /// At most so many.
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
    /// List instead what was refused and has not been read since, with the reason.
    #[arg(long, conflicts_with_all = ["lang", "issuer", "kind", "from", "until", "newest", "limit"])]
    refused: bool,
    /// Print a JSON array.
    #[arg(long)]
    json: bool,
}

impl ListCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path) -> anyhow::Result<()> {
        let store = Store::open(archive)?;
        if self.refused {
            return self.list_refused(&store);
        }
        let rows = store.statements(&Filter {
            lang: self.lang.as_deref().map(LanguageTag::new),
            issuer: self.issuer,
            r#type: self.kind,
            from: self.from,
            until: self.until,
            newest_first: self.newest,
            limit: self.limit,
            skip: 0,
        })?;
        if self.json {
            return output::put_json(&rows);
        }
        if rows.is_empty() {
            return say_empty(&store, archive);
        }
        let mut out = String::new();
        for row in rows {
            let star = |v: &diwan_store::VersionRow| v.authority == diwan_model::Authority::Authoritative;
            let langs: Vec<String> = row
                .versions
                .iter()
                .map(|v| format!("{}{}", v.lang, if star(v) { "*" } else { "" }))
                .collect();
            let _ = writeln!(
                out,
                "{}  {:<10}  {:<12}  {}",
                row.code,
                row.date.as_deref().unwrap_or("-"),
                langs.join(" "),
                isolated(row.title.as_deref().unwrap_or("(no title)"))
            );
        }
        output::put(&out)
    }

    fn list_refused(&self, store: &Store) -> anyhow::Result<()> {
        let refused = store.refused()?;
        if self.json {
            return output::put_json(&refused);
        }
        let mut out = String::new();
        for entry in refused {
            let _ =
                writeln!(out, "{}  {}: {}", entry.at, entry.source, entry.reason.as_deref().unwrap_or(""));
        }
        output::put(&out)
    }
}

/// A person who sees nothing is told why.
fn say_empty(store: &Store, archive: &Path) -> anyhow::Result<()> {
    if store.counts()?.statements > 0 {
        output::say("no statement fits; `diwan list` without conditions shows all");
    } else if store.captures()?.is_empty() {
        let folder = match archive.as_os_str() == "." {
            true => String::new(),
            false => format!(" -C {}", archive.display()),
        };
        output::say(&format!("the archive is empty\nhint: add pages with `diwan{folder} add PATH`"));
    } else {
        output::say(
            "no statement was found in the pages that were added\nhint: `diwan list --refused` names those that could not be read",
        );
    }
    Ok(())
}
