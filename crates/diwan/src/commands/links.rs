//! `diwan links`: what ties versions to their statements, what is missing, what is stale.

use std::fmt::Write as _;
use std::path::Path;

use clap::{Args, Subcommand};
use diwan_model::{ArchiveCode, LanguageTag, VersionCode};
use diwan_store::{Action, Decision, Filter, LinkRecord, Store, StoreError};
use indicatif::ProgressBar;
use serde::Serialize;

use crate::commands::decide::{Person, line};
use crate::failure::{Failure, Kind};
use crate::output::{self, isolated};
use crate::{alignment, ledger};

/// What ties each version to its statement: the evidence with addresses, and how sure. Also translations that other statements
/// of the same body have and this one has not, and those that were made before the original changed.
///
/// `confirm`, `reject` and `add` are a person's word: no later run changes what they say, and `diwan undo` takes them back.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  diwan links DW/2021/000123\n  diwan links --json\n  diwan links reject DW/2021/000123-fa --as Mina --why 'another meeting'\n  diwan links add DW/2021/000123 DW/2021/000140 --as Mina"
)]
pub(crate) struct LinksCommand {
    #[command(subcommand)]
    decide: Option<LinkDecision>,
    /// The statement's code; all statements if left out.
    code: Option<String>,
    /// Print a JSON array.
    #[arg(long)]
    json: bool,
}

/// What a person says of a link.
#[derive(Debug, Subcommand)]
enum LinkDecision {
    /// A version belongs to its statement.
    Confirm(OfVersion),
    /// A version does not belong to its statement: it stands by itself from now on.
    Reject(OfVersion),
    /// Two statements are one: the versions of the second go to the first.
    Add {
        /// The statement that stays.
        statement: String,
        /// The statement whose versions go there.
        other: String,
        #[command(flatten)]
        person: Person,
    },
}

#[derive(Debug, Args)]
struct OfVersion {
    /// The version's code, as `DW/2021/000123-fa`.
    version: String,
    #[command(flatten)]
    person: Person,
}

impl LinkDecision {
    fn run(self, archive: &Path, quiet: bool) -> anyhow::Result<()> {
        let mut store = Store::open(archive)?;
        let _lock = store.lock()?;
        let (decisions, json) = match self {
            Self::Confirm(of) => (vec![of_version(&mut store, &of, true)?], of.person.json),
            Self::Reject(of) => (vec![of_version(&mut store, &of, false)?], of.person.json),
            Self::Add { statement, other, person } => {
                let (into, other) = (ArchiveCode::new(statement), ArchiveCode::new(other));
                let who = person.name()?;
                (store.decide_same(&into, &other, &who, person.why.as_deref())?, person.json)
            }
        };
        settled(&mut store)?;
        if json {
            return output::put_json(&decisions);
        }
        if quiet { Ok(()) } else { output::put(&decisions.iter().map(line).collect::<String>()) }
    }
}

fn of_version(store: &mut Store, of: &OfVersion, belongs: bool) -> anyhow::Result<Decision> {
    let code: VersionCode = of.version.parse().map_err(|_| {
        Failure::new(Kind::Usage, format!("`{}` is not the code of a version", of.version))
            .hint("a version is named like `DW/2021/000123-fa`; `diwan links` lists them")
    })?;
    let key = store.link_of(&code)?;
    Ok(store.decide_link(&key, belongs, &of.person.name()?, of.person.why.as_deref())?)
}

/// After statements were joined or parted: alignments, findings between versions and the ledger as they are now.
pub(crate) fn settled(store: &mut Store) -> anyhow::Result<()> {
    alignment::bring_up_to_date(store, None, false, &ProgressBar::hidden())?;
    ledger::bring_up_to_date(store, None)?;
    Ok(())
}

#[derive(Serialize)]
struct Row {
    statement: ArchiveCode,
    links: Vec<LinkRecord>,
    missing: Vec<LanguageTag>,
}

impl LinksCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path, quiet: bool) -> anyhow::Result<()> {
        if let Some(decide) = self.decide {
            return decide.run(archive, quiet);
        }
        let store = Store::open(archive)?;
        let codes: Vec<ArchiveCode> = match &self.code {
            Some(code) => {
                let found = store.statement(&ArchiveCode::new(code.as_str()))?;
                vec![found.ok_or_else(|| StoreError::NotFound { what: "statement", key: code.clone() })?.code]
            }
            None => store.statements(&Filter::default())?.into_iter().map(|row| row.code).collect(),
        };
        let mut rows = Vec::with_capacity(codes.len());
        for statement in codes {
            let (links, missing) = (store.links(&statement)?, store.missing_translations(&statement)?);
            rows.push(Row { statement, links, missing });
        }
        if self.json {
            return output::put_json(&rows);
        }
        let mut out = String::new();
        for row in &rows {
            for link in &row.links {
                let sure = link.confidence.map_or("–".to_owned(), |n| format!("{n:.3}"));
                let decided = match link.decision {
                    Some((Action::Confirm, id)) => format!("  confirmed, decision {id}"),
                    _ => String::new(),
                };
                let _ = writeln!(out, "{}  {sure}{decided}", link.version);
                for (evidence, address) in &link.evidence {
                    let address = address.as_deref().map(isolated).unwrap_or_default();
                    let _ = writeln!(out, "    {} {address}", evidence.as_str());
                }
                if let Some(at) = &link.stale_since {
                    let _ =
                        writeln!(out, "    stale: the original changed on {}", at.get(..10).unwrap_or(at));
                }
            }
            if !row.missing.is_empty() {
                let langs: Vec<&str> = row.missing.iter().map(LanguageTag::as_str).collect();
                let _ = writeln!(out, "{}  missing: {}", row.statement, langs.join(", "));
            }
        }
        output::put(&out)
    }
}
