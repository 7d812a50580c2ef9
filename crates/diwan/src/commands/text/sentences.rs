//! `diwan text sentences`.

use clap::Args;
use diwan_model::LanguageTag;

use super::{Input, JsonLines, Line};

/// The sentences of each line, as `{line, n, start, end, text}`.
#[derive(Debug, Args)]
pub(crate) struct SentencesCommand {
    /// Language of the text.
    #[arg(long, default_value = "und")]
    lang: String,
    #[command(flatten)]
    input: Input,
}

impl SentencesCommand {
    /// Runs it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let lang = LanguageTag::new(&self.lang);
        let mut out = JsonLines::stdout();
        self.input.for_each_line(|number, text| {
            let mut line = Line::new(number, text);
            for (k, span) in diwan_text::sentences::sentences(text, &lang).into_iter().enumerate() {
                out.write(&line.nth(k + 1, span))?;
            }
            Ok(())
        })?;
        out.finish()
    }
}
