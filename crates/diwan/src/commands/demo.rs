//! `diwan demo`: the sample archive, made of pages inside the binary, and served.

use std::fs;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use diwan_capture::{Refusal, Source};
use diwan_serve::AppOptions;
use diwan_store::{Settings, Store, StoreError};

use super::{add, serve};
use crate::failure::{Failure, Kind};
use crate::{intake, output, progress};

/// Pages of the samples and their manifest: name and bytes.
static SAMPLES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/samples.rs"));

/// Build the sample archive, statements of bodies that do not exist in four languages, and serve it.
///
/// The pages are written to `pages/` in the folder, and added as `diwan add` adds. Started again it adds what is missing
/// and serves what is there.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diwan demo\n  diwan demo /tmp/try --no-serve && diwan -C /tmp/try list")]
pub(crate) struct DemoCommand {
    /// Where to build it.
    #[arg(value_name = "DIR", default_value = "diwan-demo")]
    folder: PathBuf,
    /// Build it and end.
    #[arg(long)]
    no_serve: bool,
    /// The port to serve on; the next free one where it is taken.
    #[arg(long, default_value_t = 7171)]
    port: u16,
}

impl DemoCommand {
    /// Runs it.
    pub(crate) fn run(self, quiet: bool) -> anyhow::Result<()> {
        let mut store = open(&self.folder)?;
        let pages = self.folder.join("pages");
        unpack(&pages)?;
        let sources = named(diwan_capture::sources(std::slice::from_ref(&pages)), &pages);
        let bar = progress::bar(sources.len() as u64, "adding", quiet);
        let stop = add::stop_flag();
        let mut gathering = intake::gathering(&store, |_| {})?;
        gathering.push_sources(sources);
        let summary = intake::add(&mut store, &mut gathering, &bar, &stop)?;
        bar.finish_and_clear();
        add::tell(&summary, quiet);
        if !quiet {
            let counts = store.counts()?;
            output::say(&format!(
                "{} of {} given; {} in {}, in `{}`",
                intake::counts(&summary),
                summary.given,
                output::counted(counts.statements, "statement", "statements"),
                output::counted(counts.versions, "version", "versions"),
                self.folder.display()
            ));
        }
        drop((store, stop));
        if self.no_serve {
            return Ok(());
        }
        serve::serve(&self.folder, AppOptions::default(), IpAddr::V4(Ipv4Addr::LOCALHOST), self.port)
    }
}

/// The demo's archive, made where there is none. A folder with something else in it is left alone.
fn open(folder: &Path) -> anyhow::Result<Store> {
    match Store::open(folder) {
        Ok(store) => Ok(store),
        Err(StoreError::NoFolder(_)) => Ok(Store::init(folder, &Settings::named("Diwan demo"))?),
        Err(StoreError::NoArchive(_)) if fs::read_dir(folder)?.next().is_none() => {
            Ok(Store::init(folder, &Settings::named("Diwan demo"))?)
        }
        Err(StoreError::NoArchive(_)) => {
            Err(Failure::new(Kind::Conflict, format!("`{}` holds something else", folder.display()))
                .hint("name another folder: `diwan demo DIR`")
                .into())
        }
        Err(error) => Err(error.into()),
    }
}

fn unpack(pages: &Path) -> anyhow::Result<()> {
    for (name, bytes) in SAMPLES {
        let path = pages.join(name);
        let folder = path.parent().unwrap_or(pages);
        fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
        fs::write(&path, bytes).with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    Ok(())
}

/// Named as they are in the samples, so that the archive is the same wherever it is built.
fn named(sources: Vec<Result<Source, Refusal>>, pages: &Path) -> Vec<Result<Source, Refusal>> {
    let prefix = format!("{}{}", pages.display(), std::path::MAIN_SEPARATOR);
    let short = |name: String| name.strip_prefix(&prefix).map(str::to_owned).unwrap_or(name);
    let mut out = Vec::with_capacity(sources.len());
    for source in sources {
        out.push(match source {
            Ok(source) => Ok(Source { name: short(source.name.clone()), ..source }),
            Err(refusal) => Err(Refusal { name: short(refusal.name.clone()), ..refusal }),
        });
    }
    out
}
