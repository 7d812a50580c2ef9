//! `diwan text words`.

use clap::Args;
use diwan_model::LanguageTag;
use diwan_text::normal::strong_in;
use diwan_text::stem::{is_stop_word, stem};
use diwan_text::words::{WordKind, words_in};
use serde::Serialize;

use super::{Input, JsonLines, Line, Place};

/// The words of each line, as `{line, n, start, end, text, kind, normal, stem, stop}`.
#[derive(Debug, Args)]
pub(crate) struct WordsCommand {
    /// Language of the text.
    #[arg(long, default_value = "und")]
    lang: String,
    #[command(flatten)]
    input: Input,
}

#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    kind: &'a str,
    normal: &'a str,
    stem: &'a str,
    stop: bool,
}

impl WordsCommand {
    /// Runs it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let lang = LanguageTag::new(&self.lang);
        let mut out = JsonLines::stdout();
        self.input.for_each_line(|number, text| {
            let mut line = Line::new(number, text);
            for (k, word) in words_in(text, &lang).into_iter().enumerate() {
                let printed = word.span.of(text);
                let normal = strong_in(printed, &lang);
                let stem = if word.kind == WordKind::Word { stem(&normal, &lang) } else { normal.clone() };
                out.write(&Row {
                    place: line.nth(k + 1, word.span),
                    kind: word.kind.as_str(),
                    stop: is_stop_word(&normal, &lang),
                    normal: &normal,
                    stem: &stem,
                })?;
            }
            Ok(())
        })?;
        out.finish()
    }
}
