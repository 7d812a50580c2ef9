//! `diwan completions`, `diwan man`: what a shell and a manual need, made from the definition of the command line itself.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Command};
use clap_complete::Shell;

use crate::{cli, output};

/// Print the completions of a shell: write them where your shell looks for them.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan completions bash > ~/.local/share/bash-completion/completions/diwan\n  diwan completions zsh > ~/.zfunc/_diwan\n  diwan completions fish > ~/.config/fish/completions/diwan.fish"
)]
pub(crate) struct CompletionsCommand {
    /// Which shell.
    #[arg(value_enum)]
    shell: Shell,
}

impl CompletionsCommand {
    /// Runs it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut cli::command(), "diwan", &mut text);
        output::put(&String::from_utf8_lossy(&text))
    }
}

/// Write the manual pages, one for each command, into a folder; or the whole reference as one Markdown text.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan man ~/.local/share/man/man1 && man diwan-add\n  diwan man --markdown > commands.md"
)]
pub(crate) struct ManCommand {
    /// Where to write them; made where it does not exist.
    #[arg(value_name = "DIR", required_unless_present = "markdown")]
    folder: Option<PathBuf>,
    /// Print every command's help as one Markdown text instead.
    #[arg(long, conflicts_with = "folder")]
    markdown: bool,
}

impl ManCommand {
    /// Runs it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let mut command = cli::command().disable_help_subcommand(true);
        if let Some(folder) = self.folder {
            fs::create_dir_all(&folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
            clap_mangen::generate_to(command, &folder)
                .with_context(|| format!("cannot write into `{}`", folder.display()))?;
            return Ok(());
        }
        command = command.term_width(100);
        command.build();
        let mut text = String::from(
            "# Commands\n\nMade from the program itself: `diwan man --markdown`. `-C DIR` names the archive's folder everywhere.\n",
        );
        reference(&mut command, "diwan", 2, &mut text);
        output::put(&text)
    }
}

/// The help of a command and of its own, as sections of a Markdown text.
fn reference(command: &mut Command, name: &str, level: usize, text: &mut String) {
    let help = command.render_long_help().to_string();
    let flat: Vec<&str> = help.lines().map(str::trim_end).collect();
    text.push_str(&format!(
        "\n{} `{name}`\n\n```text\n{}\n```\n",
        "#".repeat(level.min(6)),
        flat.join("\n").trim_end()
    ));
    let names: Vec<String> = command
        .get_subcommands()
        .filter(|sub| !sub.is_hide_set() && sub.get_name() != "help")
        .map(|sub| sub.get_name().to_owned())
        .collect();
    for sub in names {
        if let Some(command) = command.find_subcommand_mut(&sub) {
            reference(command, &format!("{name} {sub}"), level + 1, text);
        }
    }
}
