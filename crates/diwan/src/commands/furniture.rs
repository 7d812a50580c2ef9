//! `diwan furniture`: what stands round the text on the pages of a site.

use std::fmt::Write as _;
use std::path::Path;

use clap::Args;
use diwan_extract::furniture::{self, Side};
use diwan_store::{FurnitureRecord, Store};

use crate::failure::{Failure, Kind};
use crate::output::{self, isolated};

/// Show what was learnt of sites: lines that stand above or below the text on ten of their pages, and no rule knows.
///
/// It is learnt whenever pages come in, from the pages of each site together, and known when later pages are read;
/// `diwan reprocess` reads earlier ones with it. `--is-not` takes a line out, `--is` names one: what a person says stands over
/// what is learnt, with name and reason, and no later run changes it.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan furniture\n  diwan furniture ministry.example --json\n  diwan furniture ministry.example --is-not 'For the Council' --by Salma --why 'they sign so'\n  diwan furniture ministry.example --is 'Tide table' --side tail --by Salma"
)]
pub(crate) struct FurnitureCommand {
    /// A site: its host, or any address of it. All sites if left out.
    site: Option<String>,
    /// This line is no furniture of the site.
    #[arg(long, value_name = "LINE", requires = "site", requires = "by")]
    is_not: Option<String>,
    /// This line is furniture of the site.
    #[arg(long = "is", value_name = "LINE", requires = "site", requires = "by", conflicts_with = "is_not")]
    is_so: Option<String>,
    /// Where it stands; both if left out.
    #[arg(long, value_name = "head|tail", value_parser = ["head", "tail"])]
    side: Option<String>,
    /// Who says so.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Why.
    #[arg(long, value_name = "REASON")]
    why: Option<String>,
    /// Print a JSON array.
    #[arg(long)]
    json: bool,
}

impl FurnitureCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path) -> anyhow::Result<()> {
        let mut store = Store::open(archive)?;
        let host = self.site.as_deref().map(|site| {
            furniture::host(site).unwrap_or_else(|| site.trim_end_matches('/').to_ascii_lowercase())
        });
        if let (Some(host), Some(line)) = (&host, self.is_so.as_ref().or(self.is_not.as_ref())) {
            self.decide(&mut store, host, line)?;
        }
        let lines = store.furniture(host.as_deref())?;
        if self.json {
            return output::put_json(&lines);
        }
        if lines.is_empty() {
            output::say(&format!(
                "nothing is known of {}\nhint: it is learnt from {} pages of a site and more",
                host.as_deref().unwrap_or("any site"),
                furniture::MIN_PAGES
            ));
        }
        output::put(&readable(&lines))
    }

    fn decide(&self, store: &mut Store, host: &str, line: &str) -> anyhow::Result<()> {
        let Some(key) = furniture::key(line) else {
            return Err(
                Failure::new(Kind::Usage, "that line has no letters, or is longer than any line").into()
            );
        };
        let who = self.by.as_deref().unwrap_or_default();
        let known = store.furniture(Some(host))?;
        let learnt = |side: &str| known.iter().any(|line| line.side == side && line.key == key);
        let sides = [Side::Head, Side::Tail].map(Side::as_str);
        let anywhere = sides.iter().any(|side| learnt(side));
        for side in sides {
            // Without a side, the line is meant where it is known to stand.
            let meant = match &self.side {
                Some(asked) => asked == side,
                None => learnt(side) || !anywhere,
            };
            if meant {
                let furniture = self.is_so.is_some();
                store.decide_furniture(host, side, (&key, line), furniture, who, self.why.as_deref())?;
            }
        }
        Ok(())
    }
}

fn readable(lines: &[FurnitureRecord]) -> String {
    let mut out = String::new();
    let mut host = "";
    for line in lines {
        if line.host != host {
            host = &line.host;
            let _ = writeln!(out, "{host}");
        }
        let said = match &line.decision {
            Some(decision) => {
                let what = if decision.furniture { "furniture" } else { "no furniture" };
                let why =
                    decision.why.as_deref().map(|why| format!(": {}", isolated(why))).unwrap_or_default();
                format!("{what}, says {}{why}", isolated(&decision.who))
            }
            None => format!("on {} of {} pages", line.pages, line.of_pages),
        };
        let text: String = line.text.chars().take(90).collect();
        let _ = writeln!(out, "  {}  {}  [{said}]", line.side, isolated(&text));
    }
    out
}
