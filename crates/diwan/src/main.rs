//! `diwan`: a multilingual archive of official statements.

mod alignment;
mod cli;
mod commands;
mod facts;
mod failure;
mod intake;
mod ledger;
mod link;
mod notes;
mod output;
mod pipeline;
mod progress;
mod sites;
mod tie;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
