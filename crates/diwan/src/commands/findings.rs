//! `diwan findings`: what does not fit together.

use std::fmt::Write as _;
use std::path::Path;

use clap::Args;
use diwan_store::Store;

use crate::output::{self, isolated};

/// List what was found inconsistent or unreadable, gravest first, with the words that show it.
///
/// The 16 digits before a finding are its name: `diwan decide confirm NAME` or `diwan decide dismiss NAME` says what you
/// think of it, and that stands when the page is read again.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diwan findings\n  diwan findings --all --json")]
pub(crate) struct FindingsCommand {
    /// Also those that a person dismissed.
    #[arg(long)]
    all: bool,
    /// Print a JSON array; dismissed ones are in it, with their status.
    #[arg(long)]
    json: bool,
}

impl FindingsCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path) -> anyhow::Result<()> {
        let findings = Store::open(archive)?.findings()?;
        if self.json {
            return output::put_json(&findings);
        }
        if !findings.iter().any(|f| self.all || f.status != diwan_store::FindingStatus::Dismissed) {
            output::say("nothing to report");
        }
        let mut out = String::new();
        for finding in findings {
            if finding.status == diwan_store::FindingStatus::Dismissed && !self.all {
                continue;
            }
            let severity = format!("{:?}", finding.severity).to_ascii_lowercase();
            let codes: Vec<&str> = finding.statements.iter().map(|code| code.as_str()).collect();
            let _ = writeln!(
                out,
                "{}  {severity}  {}  {}  {}\n  {}",
                finding.fingerprint,
                finding.status.as_str(),
                finding.kind,
                if codes.is_empty() { isolated(&finding.source) } else { codes.join(" ") },
                isolated(&finding.message)
            );
            for quote in &finding.quotes {
                let _ = writeln!(out, "    line {}: {}", quote.line, isolated(&quote.text));
            }
        }
        output::put(&out)
    }
}
