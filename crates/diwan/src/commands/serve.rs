//! `diwan serve`: the archive as web pages.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;

use clap::Args;
use diwan_serve::{App, AppOptions};

/// Serve the archive as web pages: statements in every language side by side, search, findings.
///
/// Pages are for reading. With `--edit --as NAME` a person on this machine can also decide: confirm or correct what
/// was read, dismiss a finding, undo. Every decision is kept with its name. Ctrl-C ends it.
#[derive(Debug, Args)]
pub(crate) struct ServeCommand {
    /// The port; the next free one where it is taken.
    #[arg(long, default_value_t = 7171)]
    port: u16,
    /// The address to listen on. Others than this machine reach it only where it is another one than this.
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Let a person on this machine decide.
    #[arg(long, requires = "name")]
    edit: bool,
    /// Who decides.
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
    let app = App::open(folder, options)?;
    diwan_serve::run(app, host, port, |address| {
        #[expect(clippy::print_stdout, reason = "the address is what was asked for")]
        {
            println!("http://{address}/");
        }
    })?;
    Ok(())
}
