//! `diwan add`: pages go in.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use clap::Args;
use diwan_capture::{FetchOptions, Gathering};
use diwan_store::Store;

use crate::failure::{Failure, Kind};
use crate::intake::{self, Summary};
use crate::{output, progress};

/// The longest list on standard input, in bytes.
const MAX_LINES: u64 = 256 << 20;

/// Add pages: files, folders, web archives, feeds, lists and addresses, mixed as you like.
///
/// Every page is kept byte for byte, read, and tied to the translations and the original that it names. Adding a page
/// again changes nothing but the log, so a run that was interrupted is completed by running it again. Ctrl-C finishes the
/// page in hand. What cannot be read is kept all the same and listed with the reason; something that was named itself and
/// refused makes the exit code 1.
///
/// Web archives (WARC, WACZ) and ZIP files are gone through page by page. An address is fetched, politely: as the site's
/// `robots.txt` says, one request a second to a host. A feed, a sitemap or a CSV file of addresses has its pages fetched. A
/// folder with a `manifest.toml` is read as that says. docs/capture.md says what is taken, what is refused, and why.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan add pages/ crawl.warc.gz https://ministry.example/feed.xml\n  diwan add note.fa.html --as https://ministry.example/fa/note/\n  find . -name '*.html' | diwan add -\n  diwan add --retry\n  diwan -C my-archive add pages/ --json"
)]
pub(crate) struct AddCommand {
    /// Files, folders and addresses; `-` for a list of them on standard input, one a line.
    #[arg(required_unless_present = "retry", value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// The address that the page came from; for one file.
    #[arg(long = "as", visible_alias = "address", value_name = "URL")]
    address: Option<String>,
    /// Try again what was refused before and has not been read since.
    #[arg(long)]
    retry: bool,
    /// Print the counts and the refusals as one JSON object.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    fetch: FetchArgs,
}

/// How addresses are fetched.
#[derive(Debug, Args)]
pub(crate) struct FetchArgs {
    /// Pages read at once, and hosts fetched from at once.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) jobs: Option<u16>,
    /// Fetch from addresses inside your own network and this machine too.
    #[arg(long)]
    pub(crate) allow_private: bool,
    /// Seconds between two requests to one host, at least.
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0)]
    pub(crate) delay: f64,
}

impl FetchArgs {
    /// Sets what was asked for.
    pub(crate) fn apply(&self, options: &mut FetchOptions) {
        options.guard.allow_private = self.allow_private;
        options.delay = Duration::try_from_secs_f64(self.delay).unwrap_or(options.delay);
        options.jobs = self.jobs.map_or(options.jobs, usize::from);
    }

    /// Runs `f` with as many threads as were asked for.
    pub(crate) fn with_jobs<T: Send>(
        &self,
        f: impl FnOnce() -> anyhow::Result<T> + Send,
    ) -> anyhow::Result<T> {
        match self.jobs {
            Some(jobs) => rayon::ThreadPoolBuilder::new().num_threads(jobs.into()).build()?.install(f),
            None => f(),
        }
    }
}

impl AddCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path, quiet: bool) -> anyhow::Result<()> {
        let mut store = Store::open(archive)?;
        let mut gathering = intake::gathering(&store, |options| self.fetch.apply(options))?;
        self.hand_in(&store, &mut gathering)?;
        let bar = progress::bar(gathering.expected(), "adding", quiet);
        let stop = stop_flag();
        let summary = self.fetch.with_jobs(|| intake::add(&mut store, &mut gathering, &bar, &stop))?;
        bar.finish_and_clear();
        tell(&summary, quiet);
        if self.json {
            output::put_json(&summary)?;
        } else if !quiet {
            output::put(&format!("{} of {} given\n", intake::counts(&summary), summary.given))?;
        }
        if summary.not_reached > 0 || stop.load(Ordering::Relaxed) {
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

    fn hand_in(&self, store: &Store, gathering: &mut Gathering) -> anyhow::Result<()> {
        if self.retry {
            let mut locators = Vec::new();
            for (source, locator) in store.refused_locators()? {
                locators.push((source, serde_json::from_str(&locator)?));
            }
            gathering.push_locators(locators);
        }
        if let Some(address) = &self.address {
            let mut sources = diwan_capture::sources(&self.sources);
            match sources.as_mut_slice() {
                [Ok(source)] if source.named => source.address = Some(address.clone()),
                _ => {
                    let hint = "write a `manifest.toml` or a CSV file to give the addresses of many; `docs/capture.md` says how";
                    return Err(Failure::new(Kind::Usage, "`--as` is for one file").hint(hint).into());
                }
            }
            gathering.push_sources(sources);
            return Ok(());
        }
        let (lists, rest): (Vec<PathBuf>, Vec<PathBuf>) =
            self.sources.iter().cloned().partition(|source| source.as_os_str() == "-");
        if !lists.is_empty() {
            let mut text = String::new();
            io::stdin().lock().take(MAX_LINES).read_to_string(&mut text)?;
            gathering.push_lines(&text);
        }
        gathering.push_arguments(&rest);
        Ok(())
    }
}

/// Says what was refused, and what else is worth a word.
pub(crate) fn tell(summary: &Summary, quiet: bool) {
    for refused in &summary.refusals {
        output::say(&format!("refused `{}`: {}", refused.source, refused.reason));
    }
    if !summary.passed_over.is_empty() && !quiet {
        let kinds: Vec<String> = summary.passed_over.iter().map(|(kind, n)| format!("{n} {kind}")).collect();
        output::say(&format!("passed over in web archives, being no pages: {}", kinds.join(", ")));
    }
    if !summary.furniture.is_empty() && !quiet {
        let sites: Vec<String> = summary.furniture.iter().map(|(host, n)| format!("{host} ({n})")).collect();
        output::say(&format!(
            "learnt the furniture of {}: lines that stand round the text; `diwan furniture` shows them, `diwan reprocess` reads earlier pages with them",
            sites.join(", ")
        ));
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
