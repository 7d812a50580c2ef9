//! `diwan`: a multilingual archive of official statements.

mod cli;
mod commands;
mod pipeline;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
