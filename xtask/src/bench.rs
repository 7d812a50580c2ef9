//! `cargo xtask bench`: figures beside the peers, measured in one run.

mod extract;
mod feel;
mod text;
mod wording;

use crate::shell::{cargo, root, run as run_command, say};

use std::path::PathBuf;

/// The task.
pub(crate) fn run(arguments: &[&str]) -> anyhow::Result<()> {
    match arguments {
        ["read", rest @ ..] => read(rest),
        ["text"] => text::run(),
        ["wording", rest @ ..] => wording::run(rest),
        ["extract"] => extract::run(),
        ["feel"] => feel::run(),
        ["bars"] => bars(),
        ["align", rest @ ..] => relate("align", rest).and_then(|()| align_peers()),
        ["link", rest @ ..] => relate("link", rest),
        ["all"] => all(),
        [] => anyhow::bail!("name a bench: {BENCHES}"),
        [other, ..] => anyhow::bail!("there is no bench `{other}`; there are {BENCHES}"),
    }
}

const BENCHES: &str = "`bars`, `feel`, `read`, `text`, `extract`, `align`, `link`, `wording` and `all`";

/// Every bench, one after the other; each goes on where one before it fell short.
fn all() -> anyhow::Result<()> {
    let benches: [(&str, &dyn Fn() -> anyhow::Result<()>); 8] = [
        ("bars", &bars),
        ("feel", &feel::run),
        ("text", &text::run),
        ("extract", &extract::run),
        ("align", &|| relate("align", &[]).and_then(|()| align_peers())),
        ("link", &|| relate("link", &[])),
        ("wording", &|| wording::run(&[])),
        ("read", &|| read(&[])),
    ];
    let mut short = Vec::new();
    for (name, bench) in benches {
        say(&format!("\n== {name}"));
        if let Err(error) = bench() {
            say(&format!("{error:#}"));
            short.push(name);
        }
    }
    if short.is_empty() {
        Ok(())
    } else {
        anyhow::bail!("fell short or could not be run: {}", short.join(", "))
    }
}

/// Every bar of the shared test sets, a line each, by their own script.
fn bars() -> anyhow::Result<()> {
    let Some(shared) = shared() else {
        say("skipped: the bars (no DIWAN_SHARED)");
        return Ok(());
    };
    let binary = release_binary()?;
    let mut command = std::process::Command::new("python3");
    run_command(command.arg(shared.join("bench/measure.py")).arg("--bin").arg(binary))
}

/// Pages per second and peak memory of reading, over the samples varied to many pages.
fn read(arguments: &[&str]) -> anyhow::Result<()> {
    let mut command = cargo(&["bench", "--quiet", "--package", "diwan-describe", "--bench", "read", "--"]);
    run_command(command.args(arguments))
}

/// Sentence alignment or links between documents: quality and speed.
fn relate(bench: &str, arguments: &[&str]) -> anyhow::Result<()> {
    let mut command = cargo(&["bench", "--quiet", "--package", "diwan-relate", "--bench", bench, "--"]);
    run_command(command.args(arguments))
}

/// hunalign on one of the sets, where it is built (`DIWAN_HUNALIGN` names the program and `DIWAN_HUNALIGN_DICTIONARY` an
/// empty or a real dictionary); else its published figures.
#[expect(clippy::print_stdout, reason = "its figures are its output")]
fn align_peers() -> anyhow::Result<()> {
    println!(
        "\nPublished for the held-out halves, strict F1: Gale-Church .70 / .73 / .72 / .70 (news en-ar, en-fa, en-fr, ar-fa),"
    );
    println!("hunalign .798 / .760 / .784 / .770, 2,475 lines a second; Text+Berg de-fr: .678 and .766.");
    let (Some(program), Some(shared)) = (std::env::var_os("DIWAN_HUNALIGN"), shared()) else {
        println!("hunalign: skipped, DIWAN_HUNALIGN names no program");
        return Ok(());
    };
    let folder = shared.join("bench/align/textberg/dev/de-fr");
    let dictionary = std::env::var_os("DIWAN_HUNALIGN_DICTIONARY").unwrap_or_else(|| "/dev/null".into());
    let start = std::time::Instant::now();
    let mut command = std::process::Command::new(program);
    command.args(["-utf", "-bisent", "-realign"]).arg(dictionary);
    command.arg(folder.join("dev.de")).arg(folder.join("dev.fr"));
    let output = command.output()?;
    anyhow::ensure!(output.status.success(), "hunalign failed: {}", String::from_utf8_lossy(&output.stderr));
    println!("hunalign, Text+Berg: 468 + 554 lines in {:.3} s", start.elapsed().as_secs_f64());
    Ok(())
}

/// The shared test sets, where they are.
pub(crate) fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("DIWAN_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    folder.canonicalize().ok().filter(|f| f.is_dir())
}

/// The release build of `diwan`.
pub(crate) fn release_binary() -> anyhow::Result<PathBuf> {
    run_command(&mut cargo(&["build", "--release", "--quiet", "--package", "diwan"]))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    Ok(target.join("release").join("diwan"))
}
