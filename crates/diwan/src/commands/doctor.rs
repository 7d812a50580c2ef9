//! `diwan doctor`: a look at the machine and the archive, each line with what can be done about it.

use std::fmt::Write as _;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

use clap::Args;
use diwan_store::{ErrorKind, Store, StoreError};
use serde::Serialize;

use crate::failure::{Failure, Kind};
use crate::{intake, output};

/// The port that `diwan serve` and `diwan demo` take first.
const PORT: u16 = 7171;

/// Look at this machine and at the archive, and say what to do.
///
/// Quick: it asks the archive what it knows of itself; `diwan verify` hashes everything anew. Without an archive in the
/// folder it looks at the machine alone. Ends with exit code 5 where something is wrong.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diwan doctor\n  diwan -C my-archive doctor --json")]
pub(crate) struct DoctorCommand {
    /// Print one JSON array: what was looked at, how it is, what to do.
    #[arg(long)]
    json: bool,
}

/// How one thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    /// As it should be.
    Well,
    /// Works, and could be better.
    Note,
    /// Does not work.
    Wrong,
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Look {
    what: &'static str,
    state: State,
    found: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

impl Look {
    fn well(what: &'static str, found: impl Into<String>) -> Self {
        Self { what, state: State::Well, found: found.into(), hint: None }
    }

    fn note(what: &'static str, found: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { what, state: State::Note, found: found.into(), hint: Some(hint.into()) }
    }

    fn wrong(what: &'static str, found: impl Into<String>, hint: Option<String>) -> Self {
        Self { what, state: State::Wrong, found: found.into(), hint }
    }
}

impl DoctorCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path) -> anyhow::Result<()> {
        let mut looks = machine();
        match Store::open(archive) {
            Ok(store) => looks.extend(inside(&store)?),
            Err(error @ (StoreError::NoArchive(_) | StoreError::NoFolder(_))) => {
                looks.push(Look::note("archive", error.to_string(), error.hint().unwrap_or_default()));
            }
            Err(error) => looks.push(Look::wrong("archive", error.to_string(), error.hint())),
        }
        if self.json {
            output::put_json(&looks)?;
        } else {
            output::put(&told(&looks))?;
        }
        let wrong = looks.iter().filter(|look| look.state == State::Wrong).count() as u64;
        if wrong == 0 {
            return Ok(());
        }
        let n = output::counted(wrong, "thing is", "things are");
        Err(Failure::new(Kind::Damaged, format!("{n} wrong")).into())
    }
}

fn told(looks: &[Look]) -> String {
    let mut text = String::new();
    for look in looks {
        let state = match look.state {
            State::Well => "well ",
            State::Note => "note ",
            State::Wrong => "WRONG",
        };
        let _ = writeln!(text, "{state}  {:<9} {}", look.what, look.found);
        if let Some(hint) = &look.hint {
            let _ = writeln!(text, "{:>18}{hint}", "→ ");
        }
    }
    text
}

/// The program, the processor, the folder for temporary files, the port.
fn machine() -> Vec<Look> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut looks = vec![
        Look::well("program", format!("diwan {}, method {}", env!("CARGO_PKG_VERSION"), intake::METHOD)),
        Look::well("processor", output::counted(cores as u64, "core", "cores")),
    ];
    looks.push(match TcpListener::bind((Ipv4Addr::LOCALHOST, PORT)) {
        Ok(_) => Look::well("port", format!("{PORT} is free for `diwan serve`")),
        Err(error) => Look::note(
            "port",
            format!("{PORT} cannot be had: {error}"),
            "`diwan serve` takes the next free one; `--port` names another",
        ),
    });
    looks
}

/// The archive: whether it can be written, and what waits to be done in it.
fn inside(store: &Store) -> anyhow::Result<Vec<Look>> {
    let counts = store.counts()?;
    let mut looks = vec![Look::well(
        "archive",
        format!(
            "`{}`: {} in {}, from {}",
            store.folder().display(),
            output::counted(counts.statements, "statement", "statements"),
            output::counted(counts.versions, "version", "versions"),
            output::counted(counts.captures, "capture", "captures")
        ),
    )];
    looks.push(match store.lock() {
        Ok(_) => Look::well("writing", "the folder can be written, and nobody else adds to it"),
        Err(error) if error.kind() == ErrorKind::Conflict => {
            Look::note("writing", error.to_string(), error.hint().unwrap_or_default())
        }
        Err(error) => Look::wrong(
            "writing",
            error.to_string(),
            Some("reading goes on; ask for the right to write there".to_owned()),
        ),
    });
    let captures = store.captures()?;
    let outdated =
        captures.iter().filter(|c| c.method.as_deref().is_some_and(|m| m != intake::METHOD)).count() as u64;
    if outdated > 0 {
        looks.push(Look::note(
            "reading",
            format!("{} read by another version", output::counted(outdated, "page was", "pages were")),
            "`diwan reprocess --outdated` reads them anew; decisions of people stay",
        ));
    }
    if counts.unread > 0 {
        looks.push(Look::note(
            "reading",
            format!(
                "{} and could not be read",
                output::counted(counts.unread, "page is kept", "pages are kept")
            ),
            "`diwan add --retry` tries again what was refused",
        ));
    }
    if outdated == 0 && counts.unread == 0 {
        looks.push(Look::well("reading", "every page was read by this version"));
    }
    let open =
        store.findings()?.iter().filter(|f| f.status == diwan_store::FindingStatus::Open).count() as u64;
    looks.push(if open == 0 {
        Look::well("findings", "none is open")
    } else {
        Look::note(
            "findings",
            format!("{} open", output::counted(open, "finding is", "findings are")),
            "`diwan findings` lists them; `diwan decide dismiss` closes one with a reason",
        )
    });
    Ok(looks)
}
