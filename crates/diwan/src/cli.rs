//! The command line: what can be typed, and the exit code.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::commands::add::AddCommand;
use crate::commands::align::AlignCommand;
use crate::commands::compare::CompareCommand;
use crate::commands::decide::{DecideCommand, HistoryCommand, UndoCommand};
use crate::commands::demo::DemoCommand;
use crate::commands::doctor::DoctorCommand;
use crate::commands::entities::{EntitiesCommand, EntityCommand};
use crate::commands::export::ExportCommand;
use crate::commands::extract::ExtractCommand;
use crate::commands::findings::FindingsCommand;
use crate::commands::formulas::{FormulaCommand, FormulasCommand, SaidCommand};
use crate::commands::furniture::FurnitureCommand;
use crate::commands::import::ImportCommand;
use crate::commands::init::InitCommand;
use crate::commands::ledger::{DiaryCommand, LedgerCommand, TimelineCommand};
use crate::commands::link_folder::LinkFolderCommand;
use crate::commands::links::LinksCommand;
use crate::commands::list::ListCommand;
use crate::commands::manual::{CompletionsCommand, ManCommand};
use crate::commands::parallel::ParallelCommand;
use crate::commands::read::ReadCommand;
use crate::commands::reprocess::ReprocessCommand;
use crate::commands::reuse::ReuseCommand;
use crate::commands::search::SearchCommand;
use crate::commands::series::SeriesCommand;
use crate::commands::serve::ServeCommand;
use crate::commands::show::ShowCommand;
use crate::commands::terms::TermsCommand;
use crate::commands::text::TextCommand;
use crate::commands::verify::VerifyCommand;
use crate::commands::watch::WatchCommand;
use crate::commands::watch_phrase::WatchPhraseCommand;
use crate::failure::{self, Failure, Kind};

/// A multilingual archive of official statements: one binary, one folder.
#[derive(Debug, Parser)]
#[command(name = "diwan", version, about, arg_required_else_help = true, max_term_width = 100)]
#[command(
    after_help = "A first session:\n  diwan demo                            a sample archive in the browser\n  diwan init my-archive                 a folder of your own\n  diwan -C my-archive add pages/        pages go in: files, folders, addresses …\n  diwan -C my-archive list              what was found in them\n  diwan -C my-archive serve             read it in the browser\n\nExit codes: 0 all is well, 1 input cannot be used, 2 wrong usage, 3 not found, 4 conflict, 5 damage, 130 stopped."
)]
struct Cli {
    /// The archive's folder.
    #[arg(short = 'C', long = "archive", value_name = "DIR", default_value = ".", global = true)]
    archive: PathBuf,
    /// Say nothing but errors and refusals.
    #[arg(short, long, global = true)]
    quiet: bool,
    #[command(subcommand)]
    command: Command,
}

// `about` is the line in the list of commands; the whole description stands at each command. Where a command's description
// is one paragraph, it is both.
#[derive(Debug, Subcommand)]
enum Command {
    #[command(about = "Make an archive")]
    Init(InitCommand),
    #[command(about = "Add pages: files, folders, web archives, feeds, addresses")]
    Add(AddCommand),
    #[command(about = "Watch pages and feeds, and keep what changes")]
    Watch(WatchCommand),
    #[command(about = "List statements: code, date, languages, title")]
    List(ListCommand),
    #[command(about = "Show a statement, a version or a sentence")]
    Show(ShowCommand),
    #[command(about = "Read one page and show what it says, without an archive")]
    Read(ReadCommand),
    #[command(about = "Show what stands round the text on the pages of a site")]
    Furniture(FurnitureCommand),
    #[command(about = "Take the main text out of pages, without an archive")]
    Extract(ExtractCommand),
    #[command(about = "Find sentences across all versions")]
    Search(SearchCommand),
    #[command(about = "Serve the archive as web pages")]
    Serve(ServeCommand),
    #[command(about = "Build the sample archive and serve it")]
    Demo(DemoCommand),
    #[command(about = "List who and what is named: people, bodies, places")]
    Entities(EntitiesCommand),
    #[command(about = "Show one person, body or place by a name in any script")]
    Entity(EntityCommand),
    #[command(about = "List what the statements state")]
    Ledger(LedgerCommand),
    #[command(about = "Tell in order of time what happened and what was said")]
    Timeline(TimelineCommand),
    #[command(about = "Show the diary, or write into it")]
    Diary(DiaryCommand),
    #[command(about = "List what does not fit together")]
    Findings(FindingsCommand),
    #[command(subcommand, about = "Decide about a value or a finding")]
    Decide(DecideCommand),
    #[command(about = "Take back a decision")]
    Undo(UndoCommand),
    #[command(about = "List decisions: all, or those about one subject")]
    History(HistoryCommand),
    #[command(about = "Read kept pages again with the current method", alias = "reread")]
    Reprocess(ReprocessCommand),
    #[command(subcommand, about = "Write the archive out in an open form")]
    Export(ExportCommand),
    #[command(about = "Check that everything is there, whole, and as it was")]
    Verify(VerifyCommand),
    #[command(subcommand, about = "Read lines of text: languages, sentences, dates, numbers, names")]
    Text(TextCommand),
    #[command(about = "Print versions of a statement side by side, sentence by sentence")]
    Parallel(ParallelCommand),
    #[command(about = "What ties versions to their statements, what is missing, what is stale")]
    Links(LinksCommand),
    #[command(about = "How a word or phrase was rendered, or a list of terms")]
    Terms(TermsCommand),
    #[command(subcommand, about = "Take in what others made: translators' memories")]
    Import(ImportCommand),
    #[command(about = "Align two texts, or the versions in the archive, sentence by sentence")]
    Align(AlignCommand),
    #[command(about = "Compare two texts: sentences, then words")]
    Compare(CompareCommand),
    #[command(about = "Show the series of the archive in order")]
    Series(SeriesCommand),
    #[command(about = "Show stock sentences and the furniture of sites")]
    Formulas(FormulasCommand),
    #[command(about = "Show one formula: where, when, in which variants")]
    Formula(FormulaCommand),
    #[command(about = "Show where else nearly the same was said")]
    Said(SaidCommand),
    #[command(about = "Show copies of statements and quotations of them")]
    Reuse(ReuseCommand),
    #[command(about = "Watch a wording: tell when it changes or disappears")]
    WatchPhrase(WatchPhraseCommand),
    #[command(about = "Find which texts of a folder are translations of each other")]
    Link(LinkFolderCommand),
    #[command(about = "Look at this machine and the archive, and say what to do")]
    Doctor(DoctorCommand),
    #[command(about = "Print the completions of a shell")]
    Completions(CompletionsCommand),
    #[command(about = "Write the manual pages")]
    Man(ManCommand),
}

/// The commands as a person meets them: what one does with pages, with texts, with what is known, with the archive. A test
/// holds this against the commands there are.
const GROUPS: &[(&str, &[&str])] = &[
    ("Begin", &["demo", "init", "add", "watch", "serve"]),
    ("Look", &["list", "show", "search", "links", "parallel", "findings"]),
    ("Wording", &["compare", "series", "formulas", "formula", "said", "reuse", "watch-phrase"]),
    ("Who, when, what", &["entities", "entity", "ledger", "timeline", "diary", "terms"]),
    ("Decide", &["decide", "undo", "history"]),
    ("Keep", &["reprocess", "furniture", "align", "import", "export", "verify", "doctor"]),
    ("Without an archive", &["read", "extract", "link", "text", "completions", "man", "help"]),
];

const TEMPLATE: &str = "\
{about-with-newline}
{usage-heading} {usage}

{before-help}Options:
{options}{after-help}";

/// The whole command line, with its commands in groups.
pub(crate) fn command() -> clap::Command {
    let mut command = Cli::command();
    command.build();
    let mut text = String::new();
    for (group, names) in GROUPS {
        text.push_str(&format!("{group}:\n"));
        for name in *names {
            let about = command.find_subcommand(name).and_then(clap::Command::get_about);
            text.push_str(&format!("  {name:<13} {}\n", about.map(ToString::to_string).unwrap_or_default()));
        }
        text.push('\n');
    }
    Cli::command().help_template(TEMPLATE).before_help(text.trim_end().to_owned())
}

/// The arguments as they are parsed. After `search`, `-word` is a word to leave out: a blank before it keeps it from being
/// taken for options, and makes no difference to the query.
fn arguments(given: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut searching = false;
    given
        .map(|argument| {
            let text = argument.to_str().unwrap_or("");
            let word = text.starts_with('-') && !text.starts_with("--") && text.chars().count() > 2;
            let out = if searching && word { format!(" {text}").into() } else { argument.clone() };
            searching |= text == "search";
            out
        })
        .collect()
}

/// Parses the command line and runs it.
pub(crate) fn run() -> ExitCode {
    let matches = command().get_matches_from(arguments(std::env::args_os()));
    let Cli { archive, quiet, command } = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    if let Err(error) = diwan_store::clock::check() {
        return failure::report(&Failure::new(Kind::Usage, error.to_string()).into());
    }
    let result = match command {
        Command::Init(command) => command.run(&archive, quiet),
        Command::Add(command) => command.run(&archive, quiet),
        Command::List(command) => command.run(&archive),
        Command::Show(command) => command.run(&archive),
        Command::Read(command) => command.run(),
        Command::Furniture(command) => command.run(&archive),
        Command::Extract(command) => command.run(),
        Command::Search(command) => command.run(&archive),
        Command::Serve(command) => command.run(&archive),
        Command::Demo(command) => command.run(quiet),
        Command::Entities(command) => command.run(&archive),
        Command::Entity(command) => command.run(&archive),
        Command::Ledger(command) => command.run(&archive),
        Command::Timeline(command) => command.run(&archive),
        Command::Diary(command) => command.run(&archive),
        Command::Findings(command) => command.run(&archive),
        Command::Decide(command) => command.run(&archive, quiet),
        Command::Undo(command) => command.run(&archive, quiet),
        Command::History(command) => command.run(&archive),
        Command::Reprocess(command) => command.run(&archive, quiet),
        Command::Watch(command) => command.run(&archive, quiet),
        Command::Export(command) => command.run(&archive),
        Command::Verify(command) => command.run(&archive, quiet),
        Command::Text(command) => command.run(),
        Command::Parallel(command) => command.run(&archive),
        Command::Links(command) => command.run(&archive, quiet),
        Command::Terms(command) => command.run(&archive),
        Command::Import(command) => command.run(&archive, quiet),
        Command::Align(command) => command.run(&archive, quiet),
        Command::Compare(command) => command.run(&archive),
        Command::Series(command) => command.run(&archive),
        Command::Formulas(command) => command.run(&archive),
        Command::Formula(command) => command.run(&archive),
        Command::Said(command) => command.run(&archive),
        Command::Reuse(command) => command.run(&archive),
        Command::WatchPhrase(command) => command.run(&archive),
        Command::Link(command) => command.run(),
        Command::Doctor(command) => command.run(&archive),
        Command::Completions(command) => command.run(),
        Command::Man(command) => command.run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failure::report(&error),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_command_stands_in_one_group() {
        let mut command = Cli::command();
        command.build();
        let there: BTreeSet<String> =
            command.get_subcommands().filter(|c| !c.is_hide_set()).map(|c| c.get_name().to_owned()).collect();
        let grouped: Vec<String> =
            GROUPS.iter().flat_map(|(_, names)| names.iter().map(|n| (*n).to_owned())).collect();
        assert_eq!(grouped.iter().cloned().collect::<BTreeSet<_>>(), there);
        assert_eq!(grouped.len(), there.len(), "a command stands in two groups");
    }

    #[test]
    fn the_command_line_is_sound() {
        command().debug_assert();
    }
}
