//! `diwan serve`: the archive as web pages.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;

use clap::Args;
use diwan_search::SearchError;
use diwan_serve::{App, AppOptions, ServeError};

use crate::failure::{Failure, Kind};
use crate::{alignment, output};

/// Serve the archive as web pages: statements in every language side by side, search, findings.
///
/// Pages are for reading. With `--edit --as NAME` a person on this machine can also decide: confirm or correct what
/// was read, dismiss a finding, undo. Every decision is kept with its name. Ctrl-C ends it.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan -C my-archive serve\n  diwan -C my-archive serve --edit --as Mina\n  diwan -C my-archive serve --port 8080 --host 0.0.0.0"
)]
pub(crate) struct ServeCommand {
    /// The port; the next free one where it is taken.
    #[arg(long, default_value_t = 7171)]
    port: u16,
    /// The address to listen on: 127.0.0.1 is for this machine alone, 0.0.0.0 lets others in.
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Let a person on this machine decide.
    #[arg(long, requires = "name")]
    edit: bool,
    /// The name of the person who decides.
    #[arg(long = "as", value_name = "NAME", id = "name", requires = "edit")]
    name: Option<String>,
}

impl ServeCommand {
    /// Runs it on the archive in `folder`.
    pub(crate) fn run(self, folder: &Path) -> anyhow::Result<()> {
        let editor =
            self.name.map(|name| name.trim().to_owned()).filter(|name| self.edit && !name.is_empty());
        serve(folder, AppOptions { editor }, self.host, self.port)
    }
}

/// Serves the archive in `folder` until told to end, and prints the address.
pub(crate) fn serve(folder: &Path, options: AppOptions, host: IpAddr, port: u16) -> anyhow::Result<()> {
    let app = App::open(folder, options).map_err(told)?.after_decisions(|store, statements| {
        // What cannot be done now is done by the next run.
        let _ = alignment::after_decision(store, statements);
    });
    let ready = |address| {
        // The address is what was asked for; whoever does not read it is served all the same.
        let _ = output::put(&format!("http://{address}/\n"));
    };
    diwan_serve::run(app, host, port, ready).map_err(told)
}

/// An error of the server with the kind that the command line knows.
pub(crate) fn told(error: ServeError) -> anyhow::Error {
    match error {
        ServeError::Store(error) => error.into(),
        ServeError::Search(error) => told_search(error),
        ServeError::Address(..) => Failure::new(Kind::Conflict, error.to_string())
            .hint("name another port with `--port`, or 0 for any")
            .into(),
        ServeError::Stopped(_) => Failure::new(Kind::Damaged, error.to_string()).into(),
    }
}

/// An error of the search index with the kind that the command line knows.
pub(crate) fn told_search(error: SearchError) -> anyhow::Error {
    let kind = if matches!(error, SearchError::Busy(_)) { Kind::Conflict } else { Kind::Damaged };
    Failure::new(kind, error.to_string()).hint("the folder `index` may be deleted; it is made anew").into()
}
