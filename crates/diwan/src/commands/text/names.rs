//! `diwan text names`.

use clap::Args;
use diwan_model::LanguageTag;
use diwan_text::names::{NameKind, find_names, keys};
use serde::Serialize;

use super::{Input, JsonLines, Line, Place};

/// The names of each line with their keys, as `{line, start, end, text, type, keys}`.
#[derive(Debug, Args)]
pub(crate) struct NamesCommand {
    /// Language of the text; told by its letters if not given.
    #[arg(long, default_value = "und")]
    lang: String,
    #[command(flatten)]
    input: Input,
}

#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    #[serde(rename = "type")]
    kind: &'static str,
    keys: Vec<String>,
}

impl NamesCommand {
    /// Runs it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let lang = LanguageTag::new(&self.lang);
        let mut out = JsonLines::stdout();
        self.input.for_each_line(|number, text| {
            let mut line = Line::new(number, text);
            for name in find_names(text, &lang) {
                let keys = keys(name.span.of(text)).into_iter().map(|k| k.0).collect();
                out.write(&Row { place: line.place(name.span), kind: label(name.kind), keys })?;
            }
            Ok(())
        })?;
        out.finish()
    }
}

fn label(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "person",
        NameKind::Organisation => "organisation",
        NameKind::Place => "place",
        NameKind::Other => "other",
    }
}
