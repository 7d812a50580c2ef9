//! Tasks of the workshop, run as `cargo xtask TASK`.
//!
//! Plain `std` and two small crates, so that `cargo xtask` itself starts in seconds on a fresh machine.

mod bench;
mod corpus;
mod docs;
mod fuzz;
mod house;
mod lint;
mod shell;
mod test;

use std::process::ExitCode;

const HELP: &str = "\
Tasks of the workshop.

    cargo xtask test              every test: unit, corpus, property, end to end, browser
    cargo xtask lint              format, clippy, documentation, licences and bans
    cargo xtask corpus [--bless]  the corpus cases alone; --bless rewrites expectations and shows the difference
    cargo xtask check-house       long files, code written twice, edges, unused dependencies
    cargo xtask docs [--check]    the documentation as a site in target/site/; --check looks at its links alone
    cargo xtask bench NAME        figures beside the bars and the peers: bars, feel, read, text, extract, align, link, wording, all
    cargo xtask fuzz [SECONDS]    every fuzz target for so long (default 60 seconds each)
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["test"] => test::run(),
        ["lint"] => lint::run(),
        ["corpus", rest @ ..] => corpus::run(rest),
        ["bench", rest @ ..] => bench::run(rest),
        ["docs", rest @ ..] => docs::run(rest),
        ["check-house"] => house::run(),
        ["fuzz", rest @ ..] => fuzz::run(rest),
        [] | ["help" | "--help" | "-h"] => {
            shell::tell(HELP);
            Ok(())
        }
        [unknown, ..] => Err(anyhow::anyhow!("there is no task `{unknown}`\n\n{HELP}")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            shell::tell(&format!("xtask: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
