//! `cargo xtask bench wording`: what changed words cost, families beside the peer, accuracy on the shared sets.

use std::process::Command;

use super::{release_binary, shared};
use crate::shell::{cargo, has, root, run as run_command, say};

/// Sentences that the peer is given: it needs about a millisecond for each.
const FOR_THE_PEER: &str = "20000";

/// The task.
pub(crate) fn run(arguments: &[&str]) -> anyhow::Result<()> {
    let bench = |arguments: &[&str]| {
        let mut command =
            cargo(&["bench", "--quiet", "--package", "diwan-wording", "--bench", "wording", "--"]);
        if let Some(shared) = shared() {
            command.env("DIWAN_SHARED", shared);
        }
        run_command(command.args(arguments))
    };
    bench(arguments)?;
    peer(&bench)?;
    accuracy()
}

/// The same sentences by `datasketch`, where `DIWAN_PEERS` names a Python that has it.
fn peer(bench: &dyn Fn(&[&str]) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let Some(python) = std::env::var_os("DIWAN_PEERS") else {
        say("skipped: datasketch (set DIWAN_PEERS)");
        return Ok(());
    };
    let file = std::env::temp_dir().join(format!("diwan-wording-{}.tsv", std::process::id()));
    let path = file.display().to_string();
    bench(&[FOR_THE_PEER, "--write", &path])?;
    let script = root().join("benches/peers/wording.py");
    for threshold in ["0.3", "0.5"] {
        let out = Command::new(&python).arg(&script).arg(&file).arg(threshold).output()?;
        let text = String::from_utf8_lossy(&out.stdout);
        match text.trim().split('\t').collect::<Vec<_>>().as_slice() {
            [seconds, sentences, recall] => say(&format!(
                "datasketch MinHashLSH (128 permutations, threshold {threshold}): {sentences} sentences in {seconds} s, recall {recall}"
            )),
            _ => say("skipped: datasketch (it could not be run)"),
        }
    }
    // A file of the system's folder for such; nothing is lost where it stays.
    let _ = std::fs::remove_file(file);
    Ok(())
}

fn accuracy() -> anyhow::Result<()> {
    let Some(shared) = shared().filter(|_| has("python3")) else {
        say("skipped: accuracy (the shared sets are not here, or python3 is not)");
        return Ok(());
    };
    let diwan = release_binary()?;
    let out = Command::new("python3")
        .arg(shared.join("bench/measure.py"))
        .args(["series", "formulas", "--bin"])
        .arg(&diwan)
        .output()?;
    say(String::from_utf8_lossy(&out.stdout).trim_end());
    let out = Command::new("python3")
        .arg(root().join("benches/peers/changed_words.py"))
        .arg(&diwan)
        .arg(shared.join("corpus/fomc"))
        .output()?;
    say(String::from_utf8_lossy(&out.stdout).trim_end());
    Ok(())
}
