//! `diwan links`: what ties versions to their statements, what is missing, what is stale.

use std::fmt::Write as _;
use std::path::Path;

use clap::Args;
use diwan_model::{ArchiveCode, LanguageTag};
use diwan_store::{Filter, LinkRecord, Store, StoreError};
use serde::Serialize;

use crate::output::{self, isolated};

/// What ties each version to its statement: the evidence with addresses, and how sure. Also translations that other statements
/// of the same body have and this one has not, and those that were made before the original changed.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diwan links DW/2021/000123\n  diwan links --json")]
pub(crate) struct LinksCommand {
    /// The statement's code; all statements if left out.
    code: Option<String>,
    /// Print a JSON array.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Row {
    statement: ArchiveCode,
    links: Vec<LinkRecord>,
    missing: Vec<LanguageTag>,
}

impl LinksCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path) -> anyhow::Result<()> {
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
                let _ = writeln!(out, "{}  {sure}", link.version);
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
