//! `diwan reuse`: copies of statements, and quotations of them.

use std::fmt::Write as _;
use std::path::Path;

use clap::Args;
use diwan_serve::wording;
use diwan_store::Store;

use crate::output::{self, isolated};

/// Show what one statement took from another, word for word: copies, each with its source, and quotations, each with its
/// origin.
///
/// A copy has most of its words from a text of about the same day. A quotation stands between quotation marks, and in a
/// text of an earlier day.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diwan reuse\n  diwan reuse DW/2021/000123\n  diwan reuse --json")]
pub(crate) struct ReuseCommand {
    /// Only what concerns one statement or version.
    code: Option<String>,
    /// Print one JSON object: `copies`, `quotations`.
    #[arg(long)]
    json: bool,
}

impl ReuseCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path) -> anyhow::Result<()> {
        let mut found = wording::reuse(&Store::open(archive)?)?;
        if let Some(code) = &self.code {
            // A statement's code is the beginning of its versions' and sentences' codes.
            let of = |other: &str| {
                other
                    .strip_prefix(code.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '/']))
            };
            found.copies.retain(|copy| of(&copy.copy) || of(&copy.source));
            found.quotations.retain(|quotation| of(&quotation.sentence) || of(&quotation.source));
        }
        if self.json {
            return output::put_json(&found);
        }
        if found.copies.is_empty() && found.quotations.is_empty() {
            output::say("no statement is a copy of another, and none quotes another");
            return Ok(());
        }
        let mut out = String::new();
        for copy in &found.copies {
            let _ = writeln!(out, "copy   {} ← {}  {:.0} %", copy.copy, copy.source, copy.share * 100.0);
        }
        for quotation in &found.quotations {
            let _ = writeln!(
                out,
                "quote  {} ← {}  {}",
                quotation.sentence,
                quotation.source,
                isolated(&quotation.text)
            );
        }
        output::put(&out)
    }
}
