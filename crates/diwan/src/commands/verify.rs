//! `diwan verify`: is everything there, whole, and as it was?

use std::path::Path;

use clap::Args;
use diwan_store::Store;

use crate::failure::{Failure, Kind};
use crate::{output, progress};

/// Check the archive: hash every capture anew, check the database, walk the chain of the custody log, compare counts.
///
/// Prints the hash of the last entry of the log: who writes it down elsewhere can tell later that nothing before it was
/// changed. Ends with exit code 5 where something is wrong.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diwan verify\n  diwan -C my-archive verify --json")]
pub(crate) struct VerifyCommand {
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl VerifyCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path, quiet: bool) -> anyhow::Result<()> {
        let store = Store::open(archive)?;
        let bar = progress::bar(0, "hashing", quiet);
        let found = store.verify(|done, total| {
            bar.set_length(total);
            bar.set_position(done);
        })?;
        bar.finish_and_clear();
        for damage in &found.damage {
            output::say(&format!("{}: {}", damage.kind, damage.message));
        }
        if self.json {
            output::put_json(&found)?;
        } else if !quiet {
            let mut text = format!(
                "{}, {} hashed, {} of custody ending in {}\n",
                output::counted(found.counts.statements, "statement", "statements"),
                output::counted(found.captures_hashed, "capture", "captures"),
                output::counted(found.custody_entries, "entry", "entries"),
                found.custody_head
            );
            if !found.unfinished.is_empty() {
                let n = output::counted(found.unfinished.len() as u64, "page was", "pages were");
                text.push_str(&format!("{n} cut off while being added; add again to complete\n"));
            }
            text.push_str(if found.ok { "nothing is wrong\n" } else { "" });
            output::put(&text)?;
        }
        if found.ok {
            return Ok(());
        }
        let n = output::counted(found.damage.len() as u64, "thing is", "things are");
        Err(Failure::new(Kind::Damaged, format!("{n} wrong with the archive"))
            .hint("restore the files named from a copy; the custody log and the hashes tell which copy is whole")
            .into())
    }
}
