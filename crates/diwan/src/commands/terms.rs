//! `diwan terms`: how words were rendered, and lists of terms.

use std::fmt::Write as _;
use std::path::Path;

use clap::Args;
use diwan_formats::table::TableWriter;
use diwan_model::LanguageTag;
use diwan_serve::terms::{TermEntry, TermRequest, look_up, term_list};
use diwan_store::Store;

use crate::failure::{Failure, Kind};
use crate::output::{self, isolated};

/// How a word or phrase was rendered, by body and year, with every place; or a list of terms.
///
/// Endings, articles and letter variants need not match. Renderings are told from the aligned versions of the archive, from
/// what it learnt, and from memories that were taken in with `diwan import tmx`. `--list` prints terms that recur, each with
/// its most frequent rendering and others.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan terms 'lines of effort' --from en --to fa\n  diwan terms استقرار --from ar --json\n  diwan terms --list --from en --to fr --csv > terms.csv"
)]
pub(crate) struct TermsCommand {
    /// The words.
    #[arg(required_unless_present = "list")]
    words: Vec<String>,
    /// Their language.
    #[arg(long, value_name = "LANG")]
    from: String,
    /// The language of the renderings; every one that there is if left out.
    #[arg(long, value_name = "LANG")]
    to: Option<String>,
    /// Print a list of terms that recur.
    #[arg(long, conflicts_with = "words", requires = "to")]
    list: bool,
    /// With --list: terms that stand in at least so many places.
    #[arg(long, default_value_t = 3, value_name = "N")]
    least: u64,
    /// With --list: at most so many terms.
    #[arg(long, default_value_t = 1000, value_name = "N")]
    most: usize,
    /// With --list: a table for spreadsheets.
    #[arg(long, requires = "list")]
    csv: bool,
    /// Print JSON.
    #[arg(long, conflicts_with = "csv")]
    json: bool,
}

impl TermsCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path) -> anyhow::Result<()> {
        let store = Store::open(archive)?;
        let from = LanguageTag::new(&self.from);
        let to = self.to.as_deref().map(LanguageTag::new);
        let known = store.languages()?;
        for lang in [Some(&from), to.as_ref()].into_iter().flatten() {
            if !known.is_empty() && !known.contains(lang) {
                let there: Vec<&str> = known.iter().map(LanguageTag::as_str).collect();
                return Err(Failure::new(Kind::NotFound, format!("the archive has no text in `{lang}`"))
                    .hint(format!("it has `{}`", there.join("`, `")))
                    .into());
            }
        }
        if let (true, Some(to)) = (self.list, &to) {
            let list = term_list(&store, &from, to, self.least.max(1), self.most)?;
            return if self.csv {
                table(&list, &from, to)
            } else if self.json {
                output::put_json(&list)
            } else {
                plain(&list)
            };
        }
        let index = diwan_serve::indexing::open(&store)?;
        let answer = look_up(&store, &index, &TermRequest { words: self.words.join(" "), from, to })?;
        if self.json {
            return output::put_json(&answer);
        }
        let mut out = String::new();
        let _ = writeln!(out, "{}", output::counted(answer.sentences, "sentence", "sentences"));
        for found in &answer.languages {
            let _ = writeln!(out, "{}", found.lang);
            for rendering in &found.renderings {
                let of = |counts: &std::collections::BTreeMap<String, u64>| {
                    counts
                        .keys()
                        .filter(|k| !k.is_empty())
                        .map(|k| isolated(k))
                        .collect::<Vec<_>>()
                        .join(", ")
                };
                let _ = writeln!(
                    out,
                    "  {:>4}  {}  {}  {}",
                    rendering.times,
                    isolated(&rendering.words),
                    of(&rendering.years),
                    of(&rendering.bodies)
                );
            }
            for example in &found.examples {
                let date = example.date.as_deref().unwrap_or("");
                let _ = writeln!(
                    out,
                    "  {}  {date}\n    {}\n    {}",
                    example.code,
                    isolated(&example.text),
                    isolated(&example.opposite)
                );
            }
            for (text, rendering) in &found.memory {
                let _ = writeln!(out, "  memory\n    {}\n    {}", isolated(text), isolated(rendering));
            }
        }
        output::put(&out)
    }
}

fn plain(list: &[TermEntry]) -> anyhow::Result<()> {
    if list.is_empty() {
        output::say("no term recurs in aligned places");
    }
    let mut out = String::new();
    for entry in list {
        let _ = writeln!(
            out,
            "{:>4}/{:<4} {}  {}",
            entry.so,
            entry.times,
            isolated(&entry.term),
            isolated(&entry.rendering)
        );
    }
    output::put(&out)
}

fn table(list: &[TermEntry], from: &LanguageTag, to: &LanguageTag) -> anyhow::Result<()> {
    let mut table = TableWriter::new(Vec::new(), &[from.as_str(), to.as_str(), "so", "places", "otherwise"])?;
    for entry in list {
        let others: Vec<String> = entry.others.iter().map(|(words, n)| format!("{words} ({n})")).collect();
        table.put(&[
            entry.term.clone(),
            entry.rendering.clone(),
            entry.so.to_string(),
            entry.times.to_string(),
            others.join("; "),
        ])?;
    }
    output::put(&String::from_utf8_lossy(&table.finish()?))
}
