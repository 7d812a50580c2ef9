//! `diwan add`: pages go in.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use clap::Args;
use diwan_store::Store;

use crate::failure::{Failure, Kind};
use crate::intake::{self, Summary};
use crate::{output, progress};

/// Add pages: files, and folders with all below them.
///
/// Every page is kept byte for byte, read, and tied to the translations and the original that it names. Adding a page
/// again changes nothing but the log, so a run that was interrupted is completed by running it again. Ctrl-C finishes the
/// page in hand. What cannot be read is kept all the same and listed with the reason; a file that was named itself and
/// refused makes the exit code 1.
///
/// A folder with a `manifest.toml` is read as that says: which files are pages, and the address each came from.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan add pages/\n  diwan add note.fa.html --address https://ministry.example/fa/note/\n  diwan -C my-archive add pages/ --json"
)]
pub(crate) struct AddCommand {
    /// Files and folders.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The address that the page came from; for one file.
    #[arg(long, value_name = "URL")]
    address: Option<String>,
    /// Print the counts and the refusals as one JSON object.
    #[arg(long)]
    json: bool,
}

impl AddCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path, quiet: bool) -> anyhow::Result<()> {
        let mut store = Store::open(archive)?;
        let mut sources = diwan_capture::sources(&self.paths);
        if let Some(address) = &self.address {
            match sources.as_mut_slice() {
                [Ok(source)] if source.named => source.address = Some(address.clone()),
                _ => {
                    let hint =
                        "write a `manifest.toml` to give the addresses of many; `docs/archive.md` says how";
                    return Err(Failure::new(Kind::Usage, "`--address` is for one file").hint(hint).into());
                }
            }
        }
        let bar = progress::bar(sources.len() as u64, "adding", quiet);
        let summary = intake::add(&mut store, sources, &bar, &stop_flag())?;
        bar.finish_and_clear();
        tell(&summary, quiet);
        if self.json {
            output::put_json(&summary)?;
        } else if !quiet {
            output::put(&format!("{} of {} given\n", intake::counts(&summary), summary.given))?;
        }
        if summary.not_reached > 0 {
            return Err(Failure::new(
                Kind::Interrupted,
                format!("stopped; {} not looked at", summary.not_reached),
            )
            .hint("the same command again completes the rest")
            .into());
        }
        if summary.refusals.iter().any(|refused| refused.named) {
            return Err(Failure::new(Kind::Input, "").into());
        }
        Ok(())
    }
}

/// Says what was refused, and what else is worth a word.
pub(crate) fn tell(summary: &Summary, quiet: bool) {
    for refused in &summary.refusals {
        output::say(&format!("refused `{}`: {}", refused.source, refused.reason));
    }
    if summary.without_statement > 0 && !quiet {
        output::say(&format!(
            "{} no statement was found",
            output::counted(
                summary.without_statement,
                "page was added in which",
                "pages were added in which"
            )
        ));
    }
}

/// Set by the first Ctrl-C; the second one ends the process at once, which does no harm to the archive.
pub(crate) fn stop_flag() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stop);
    let first: OnceLock<Instant> = OnceLock::new();
    // Where no handler can be set, Ctrl-C ends the process as it always does; the archive stays whole.
    let _ = ctrlc::set_handler(move || {
        // Nobody adds any more; whatever runs now ends in its own way.
        if Arc::strong_count(&seen) == 1 {
            return;
        }
        if seen.swap(true, Ordering::Relaxed) {
            // Some senders signal a process and its group at once; that is one Ctrl-C.
            if first.get().is_some_and(|at| at.elapsed() < Duration::from_millis(500)) {
                return;
            }
            std::process::exit(Kind::Interrupted.code().into());
        }
        first.get_or_init(Instant::now);
        output::say("finishing the page in hand; Ctrl-C again ends at once");
    });
    stop
}
