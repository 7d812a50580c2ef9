//! The command line: what can be typed, and the exit code.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::commands::align::AlignCommand;
use crate::commands::read::ReadCommand;
use crate::commands::text::TextCommand;

/// A multilingual archive of official statements: one binary, one folder.
#[derive(Debug, Parser)]
#[command(name = "diwan", version, about, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read one page and show what it says.
    Read(ReadCommand),
    /// Read lines of text: languages, sentences, dates, numbers, names.
    #[command(subcommand)]
    Text(TextCommand),
    /// Align two texts sentence by sentence.
    Align(AlignCommand),
}

/// Parses the command line and runs it.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    let result = match cli.command {
        Command::Read(command) => command.run(),
        Command::Text(command) => command.run(),
        Command::Align(command) => command.run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "the binary is where people are spoken to")]
            {
                eprintln!("diwan: {error:#}");
            }
            ExitCode::FAILURE
        }
    }
}
