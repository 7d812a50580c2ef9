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
#[command(
    after_help = "Examples:\n  diwan findings\n  diwan findings --severity high\n  diwan findings --kind number-differs --json"
)]
pub(crate) struct FindingsCommand {
    /// Only those of this kind (`number-differs`, `record-date-disagrees` …).
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Only those of this severity.
    #[arg(long, value_name = "SEVERITY", value_parser = ["high", "medium", "low", "info"])]
    severity: Option<String>,
    /// Only those that are open, confirmed or dismissed.
    #[arg(long, value_name = "STATUS", value_parser = ["open", "confirmed", "dismissed"])]
    status: Option<String>,
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
        let mut findings = Store::open(archive)?.findings()?;
        let severity_of = |f: &diwan_store::FindingRecord| format!("{:?}", f.severity).to_ascii_lowercase();
        findings.retain(|f| {
            self.kind.as_ref().is_none_or(|k| *k == f.kind)
                && self.severity.as_ref().is_none_or(|s| *s == severity_of(f))
                && self.status.as_ref().is_none_or(|s| s == f.status.as_str())
        });
        let all = self.all || self.status.as_deref() == Some("dismissed");
        if self.json {
            return output::put_json(&findings);
        }
        if !findings.iter().any(|f| all || f.status != diwan_store::FindingStatus::Dismissed) {
            output::say("nothing to report");
        }
        let mut out = String::new();
        for finding in findings {
            if finding.status == diwan_store::FindingStatus::Dismissed && !all {
                continue;
            }
            let severity = severity_of(&finding);
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
