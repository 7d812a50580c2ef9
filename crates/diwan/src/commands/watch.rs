//! `diwan watch`: addresses asked again and again.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::Args;
use diwan_capture::{Conditions, FetchOutcome, Fetched, Fetcher, Fetching, Job, Source};
use diwan_model::{CaptureHash, Reading};
use diwan_store::{Store, WatchRecord, clock};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use similar::{ChangeTag, TextDiff};

use super::add::{self, FetchArgs};
use crate::failure::{Failure, Kind};
use crate::{intake, output, progress};

/// The most changed lines that are shown of a page; JSON has all.
const SHOWN_LINES: usize = 12;

/// Watch pages and feeds: ask them again politely, keep each change as a new capture, say what changed.
///
/// With addresses: watch these from now on, and ask them at once. Without: ask those that are due. A server that knows
/// `ETag` or `Last-Modified` is asked only whether something is new. Of a feed or a sitemap the pages are added that are not
/// here yet.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan watch https://ministry.example/feed.xml --every 30m\n  diwan watch\n  diwan watch --follow\n  diwan watch --list\n  diwan watch --remove https://ministry.example/feed.xml"
)]
pub(crate) struct WatchCommand {
    /// Addresses of pages, feeds and sitemaps.
    #[arg(value_name = "URL")]
    addresses: Vec<String>,
    /// How long to wait before asking an address again: `30m`, `6h`, `1d`.
    #[arg(long, value_name = "TIME", default_value = "6h", value_parser = interval)]
    every: i64,
    /// Ask all of them, due or not.
    #[arg(long, conflicts_with_all = ["list", "remove"])]
    now: bool,
    /// Go on asking until it is stopped.
    #[arg(long, conflicts_with_all = ["list", "remove"])]
    follow: bool,
    /// List what is watched, and what came of it last.
    #[arg(long, conflicts_with_all = ["addresses", "remove"])]
    list: bool,
    /// Watch the addresses no more. Their captures stay.
    #[arg(long, requires = "addresses")]
    remove: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    fetch: FetchArgs,
}

/// What came of asking one address.
#[derive(Debug, Serialize)]
struct Asked {
    address: String,
    /// `unchanged`, `changed`, `first` or `refused`.
    outcome: &'static str,
    /// Pages that a feed or a sitemap names and that were not here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    new_pages: Vec<String>,
    /// Lines of the page's text that went and came.
    removed: Vec<String>,
    added: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    capture: Option<CaptureHash>,
}

fn interval(text: &str) -> Result<i64, String> {
    let fail = || format!("`{text}` is no time like `30m`, `6h` or `1d`");
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let n: i64 = digits.parse().map_err(|_| fail())?;
    let unit = match text.strip_prefix(digits).unwrap_or("") {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return Err(fail()),
    };
    if (1..=3650 * 86_400).contains(&n.saturating_mul(unit)) { Ok(n * unit) } else { Err(fail()) }
}

impl WatchCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path, quiet: bool) -> anyhow::Result<()> {
        let mut store = Store::open(archive)?;
        if self.list {
            return self.tell_list(&store);
        }
        if self.remove {
            return Ok(self.addresses.iter().try_for_each(|address| store.unwatch(address))?);
        }
        for address in &self.addresses {
            if !(address.starts_with("http://") || address.starts_with("https://")) {
                return Err(Failure::new(Kind::Usage, format!("`{address}` is no address of a page"))
                    .hint("an address looks like `https://ministry.example/feed.xml`")
                    .into());
            }
            store.watch(address, self.every)?;
        }
        let stop = add::stop_flag();
        let mut fetch = diwan_capture::FetchOptions::new(clock::now_text);
        fetch.max_bytes = store.settings().size_limit();
        self.fetch.apply(&mut fetch);
        let fetcher = Arc::new(Fetcher::new(fetch));
        let mut refused = false;
        loop {
            let due = self.due(&store)?;
            let asked = self.ask(&mut store, &fetcher, due, &stop, quiet)?;
            refused |=
                asked.iter().any(|asked| self.addresses.contains(&asked.address) && asked.reason.is_some());
            self.tell(&asked, quiet)?;
            if !self.follow || stop.load(Ordering::Relaxed) {
                break;
            }
            wait_a_little(&stop);
        }
        if refused { Err(Failure::new(Kind::Input, "").into()) } else { Ok(()) }
    }

    /// Those that were named, else those whose time has come.
    fn due(&self, store: &Store) -> anyhow::Result<Vec<WatchRecord>> {
        let now = clock::now();
        let mut watched = store.watched()?;
        watched.retain(|watch| {
            let last = watch.checked_at.as_deref().and_then(|at| at.parse::<Timestamp>().ok());
            // One that cannot be had is asked less and less often, up to sixteen times its interval.
            let patience = watch.every_seconds.saturating_mul(1 << watch.failures.clamp(0, 4));
            let is_due =
                last.is_none_or(|last| now.duration_since(last) >= SignedDuration::from_secs(patience));
            match self.addresses.is_empty() || self.follow {
                true => self.now || is_due,
                false => self.addresses.contains(&watch.address),
            }
        });
        Ok(watched)
    }

    fn ask(
        &self,
        store: &mut Store,
        fetcher: &Arc<Fetcher>,
        due: Vec<WatchRecord>,
        stop: &AtomicBool,
        quiet: bool,
    ) -> anyhow::Result<Vec<Asked>> {
        let bar = progress::bar(due.len() as u64, "asking", quiet);
        let mut fetching = Fetching::new(Arc::clone(fetcher));
        for watch in due {
            let conditions =
                Conditions { etag: watch.etag.clone(), last_modified: watch.last_modified.clone() };
            fetching.push(Job { address: watch.address.clone(), conditions, with: watch });
        }
        let mut out = Vec::new();
        while fetching.outstanding() > 0 && !stop.load(Ordering::Relaxed) {
            if let Some((watch, fetched)) = fetching.take(Duration::from_millis(200)) {
                out.push(self.take_in(store, watch, fetched, stop)?);
                bar.inc(1);
            }
        }
        bar.finish_and_clear();
        out.sort_by(|a, b| a.address.cmp(&b.address));
        Ok(out)
    }

    /// Keeps what came, tells the watch, and finds out what changed.
    fn take_in(
        &self,
        store: &mut Store,
        mut watch: WatchRecord,
        fetched: Fetched,
        stop: &AtomicBool,
    ) -> anyhow::Result<Asked> {
        let mut asked = Asked {
            address: watch.address.clone(),
            outcome: "unchanged",
            new_pages: Vec::new(),
            removed: Vec::new(),
            added: Vec::new(),
            reason: None,
            capture: watch.capture,
        };
        watch.checked_at = Some(clock::now_text());
        let list = match &fetched.outcome {
            FetchOutcome::Page { bytes, .. } => diwan_capture::list_of(bytes, &fetched.address),
            _ => None,
        };
        let header = |name: &str| {
            fetched.exchanges.last().and_then(|exchange| exchange.response_header(name)).map(str::to_owned)
        };
        let (etag, last_modified) = (header("etag"), header("last-modified"));
        match &fetched.outcome {
            FetchOutcome::Refused(reason) => {
                asked.outcome = "refused";
                asked.reason = Some(reason.clone());
                (watch.failures, watch.said) = (watch.failures + 1, Some(reason.clone()));
                let mut page = store.reopen_page()?;
                page.put_exchanges(None, &fetched.exchanges)?;
                page.commit()?;
            }
            FetchOutcome::NotModified => {
                (watch.failures, watch.said) = (0, None);
                let mut page = store.reopen_page()?;
                page.put_exchanges(None, &fetched.exchanges)?;
                page.commit()?;
            }
            FetchOutcome::Page { bytes, .. } => {
                let hash = CaptureHash::of(bytes);
                let before = watch.capture;
                asked.outcome = match before {
                    None => "first",
                    Some(before) if before == hash => "unchanged",
                    Some(_) => "changed",
                };
                asked.capture = Some(hash);
                self.keep(store, &mut asked, fetched, list.as_ref().map(|(_, pages)| pages), stop)?;
                watch.kind = list.map_or("page", |(kind, _)| kind).to_owned();
                if store.capture(hash)?.is_some() {
                    (watch.etag, watch.last_modified) = (etag, last_modified);
                    watch.capture = Some(hash);
                }
                if asked.outcome == "changed" {
                    watch.changed_at.clone_from(&watch.checked_at);
                    let reading = |hash| store.reading(hash);
                    if let (Some(before), Some(after)) =
                        (before.map(reading).transpose()?.flatten(), reading(hash)?)
                    {
                        (asked.removed, asked.added) = changed_lines(&before, &after);
                    }
                }
                (watch.failures, watch.said) = match &asked.reason {
                    None => (0, None),
                    Some(reason) => (watch.failures + 1, Some(reason.clone())),
                };
            }
        }
        store.put_watched(&watch)?;
        Ok(asked)
    }

    /// Puts the page into the archive as `diwan add` does; of a list, the pages that are not here yet.
    fn keep(
        &self,
        store: &mut Store,
        asked: &mut Asked,
        fetched: Fetched,
        pages: Option<&Vec<String>>,
        stop: &AtomicBool,
    ) -> anyhow::Result<()> {
        let mut gathering = intake::gathering(store, |options| self.fetch.apply(options))?;
        match pages {
            None => gathering.push_sources(vec![Ok(Source::fetched(&asked.address, fetched))]),
            Some(pages) => {
                for page in pages {
                    if !store.knows_address(page)? {
                        asked.new_pages.push(page.clone());
                    }
                }
                gathering.push_list(Source::fetched(&asked.address, fetched));
                gathering.push_lines(&asked.new_pages.join("\n"));
            }
        }
        let summary = intake::add(store, &mut gathering, &indicatif::ProgressBar::hidden(), stop)?;
        let refused = summary.refusals.iter().find(|refused| refused.source == asked.address);
        asked.reason = refused.map(|refused| refused.reason.clone());
        if asked.reason.is_some() {
            asked.outcome = "refused";
        }
        for refused in summary.refusals.iter().filter(|refused| refused.source != asked.address) {
            output::say(&format!("refused `{}`: {}", refused.source, refused.reason));
        }
        Ok(())
    }

    fn tell(&self, asked: &[Asked], quiet: bool) -> anyhow::Result<()> {
        if self.json {
            return if self.follow && asked.is_empty() { Ok(()) } else { output::put_json(&asked) };
        }
        let mut out = String::new();
        for asked in asked {
            if quiet && asked.outcome == "unchanged" {
                continue;
            }
            let _ = writeln!(out, "{}  {}", asked.outcome, asked.address);
            if let Some(reason) = &asked.reason {
                let _ = writeln!(out, "  {reason}");
            }
            for page in &asked.new_pages {
                let _ = writeln!(out, "  new page {page}");
            }
            let lines = asked.removed.iter().map(|line| ("-", line));
            let lines = lines.chain(asked.added.iter().map(|line| ("+", line)));
            for (sign, line) in lines.take(SHOWN_LINES) {
                let short: String = line.chars().take(100).collect();
                let _ = writeln!(out, "  {sign} {}", output::isolated(&short));
            }
            let more = (asked.removed.len() + asked.added.len()).saturating_sub(SHOWN_LINES);
            if more > 0 {
                let _ = writeln!(out, "  … {}", output::counted(more as u64, "more line", "more lines"));
            }
        }
        if asked.is_empty() && !self.follow && !quiet {
            output::say(
                "nothing is due\nhint: `diwan watch URL` watches an address; `diwan watch --now` asks all",
            );
        }
        output::put(&out)
    }

    fn tell_list(&self, store: &Store) -> anyhow::Result<()> {
        let watched = store.watched()?;
        if self.json {
            return output::put_json(&watched);
        }
        if watched.is_empty() {
            output::say("nothing is watched\nhint: `diwan watch URL` watches a page or a feed");
        }
        let mut out = String::new();
        for watch in watched {
            let said = match (&watch.said, &watch.checked_at) {
                (Some(said), _) => format!("{said} ({} times)", watch.failures),
                (None, Some(at)) => format!("asked {at}"),
                (None, None) => "not asked yet".to_owned(),
            };
            let changed = watch.changed_at.map(|at| format!(", changed {at}")).unwrap_or_default();
            let _ = writeln!(
                out,
                "{}  {}  every {}s  {said}{changed}",
                watch.address, watch.kind, watch.every_seconds
            );
        }
        output::put(&out)
    }
}

/// Lines of the page's text that went, and that came. Furniture of the site is left out where it can be told.
fn changed_lines(before: &Reading, after: &Reading) -> (Vec<String>, Vec<String>) {
    let lines = |reading: &Reading| -> Vec<String> {
        let kept = reading.blocks.iter().filter(|block| !block.role.is_furniture());
        kept.map(|block| block.text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
    };
    let (before, after) = (lines(before), lines(after));
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.iter().map(String::as_str).collect(), after.iter().map(String::as_str).collect());
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    for change in TextDiff::from_slices(&before, &after).iter_all_changes() {
        match change.tag() {
            ChangeTag::Delete => removed.push(change.value().to_owned()),
            ChangeTag::Insert => added.push(change.value().to_owned()),
            ChangeTag::Equal => {}
        }
    }
    (removed, added)
}

/// Half a minute, or until it is stopped.
fn wait_a_little(stop: &AtomicBool) {
    for _ in 0..150 {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}
