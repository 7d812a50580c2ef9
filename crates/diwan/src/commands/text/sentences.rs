//! `diwan text sentences`.

use clap::Args;
use diwan_model::LanguageTag;
use serde::Serialize;

use super::{Input, JsonLines};

/// The sentences of each line, as `{line, n, start, end, text}`.
#[derive(Debug, Args)]
pub(crate) struct SentencesCommand {
    /// Language of the text.
    #[arg(long, default_value = "und")]
    lang: String,
    #[command(flatten)]
    input: Input,
}

#[derive(Serialize)]
struct Row<'a> {
    line: usize,
    n: usize,
    start: usize,
    end: usize,
    text: &'a str,
}

impl SentencesCommand {
    /// Runs it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let lang = LanguageTag::new(&self.lang);
        let mut out = JsonLines::stdout();
        self.input.for_each_line(|line, text| {
            for (k, span) in diwan_text::sentences::sentences(text, &lang).into_iter().enumerate() {
                let (start, end) = span.code_points(text);
                out.write(&Row { line, n: k + 1, start, end, text: span.of(text) })?;
            }
            Ok(())
        })?;
        out.finish()
    }
}
