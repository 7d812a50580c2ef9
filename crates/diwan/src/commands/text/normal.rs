//! `diwan text normal`.

use clap::Args;
use diwan_model::{LanguageTag, Span};
use diwan_text::normal::{Form, normal};
use diwan_text::zwnj::{Usage, restore_in};
use serde::Serialize;

use super::{Input, JsonLines};

/// The normal form of each line, as `{line, text}`; with restored words also `restored`.
#[derive(Debug, Args)]
pub(crate) struct NormalCommand {
    /// Language of the text.
    #[arg(long, default_value = "und")]
    lang: String,
    /// Fold for matching (letter variants, diacritics, digits, case), not only for reading.
    #[arg(long, conflicts_with = "restore_zwnj")]
    strong: bool,
    /// Put back the zero-width non-joiner where Persian words lost it, and list the places. The input is read as one
    /// text: where it has kept nearly all of them, only what is wrong by any usage is changed.
    #[arg(long)]
    restore_zwnj: bool,
    #[command(flatten)]
    input: Input,
}

#[derive(Serialize)]
struct Row<'a> {
    line: usize,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    restored: Option<Vec<Place<'a>>>,
}

/// A word as restored; offsets are code points of the line as printed.
#[derive(Serialize)]
struct Place<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

impl NormalCommand {
    /// Runs it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let lang = LanguageTag::new(&self.lang);
        let form = if self.strong { Form::Strong } else { Form::Light };
        let restores = self.restore_zwnj && matches!(lang.primary(), "fa" | "und");
        let mut out = JsonLines::stdout();
        if !restores {
            self.input.for_each_line(|line, printed| {
                let normal = normal(printed, form, &lang);
                let restored = self.restore_zwnj.then(Vec::new);
                out.write(&Row { line, text: &normal.text, restored })
            })?;
            return out.finish();
        }
        let (mut lines, mut usage) = (Vec::new(), Usage::default());
        self.input.for_each_line(|line, printed| {
            usage.add(printed);
            lines.push((line, printed.to_owned()));
            Ok(())
        })?;
        for (line, printed) in lines {
            let normal = normal(&printed, form, &lang);
            let read = restore_in(&normal.text, usage);
            let place = |(span, text): (&Span, &'_ str)| -> Option<(usize, usize, String)> {
                let (start, end) = normal.printed(&printed, *span)?.code_points(&printed);
                Some((start, end, text.to_owned()))
            };
            let places: Vec<_> = read.places.iter().zip(read.words()).filter_map(place).collect();
            let restored =
                places.iter().map(|(start, end, text)| Place { start: *start, end: *end, text }).collect();
            out.write(&Row { line, text: &read.text, restored: Some(restored) })?;
        }
        out.finish()
    }
}
