//! `diwan text words`.

use clap::Args;
use diwan_model::LanguageTag;
use diwan_text::normal::strong_in;
use diwan_text::stem::{is_stop_word, stem};
use diwan_text::words::{WordKind, words_in};
use serde::Serialize;

use super::{Input, JsonLines};

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
    line: usize,
    n: usize,
    start: usize,
    end: usize,
    text: &'a str,
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
        self.input.for_each_line(|line, text| {
            let (mut bytes, mut points) = (0, 0);
            for (k, word) in words_in(text, &lang).into_iter().enumerate() {
                let printed = word.span.of(text);
                points += text.get(bytes..word.span.start()).map_or(0, |t| t.chars().count());
                bytes = word.span.start();
                let normal = strong_in(printed, &lang);
                let stem = if word.kind == WordKind::Word { stem(&normal, &lang) } else { normal.clone() };
                out.write(&Row {
                    line,
                    n: k + 1,
                    start: points,
                    end: points + printed.chars().count(),
                    text: printed,
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
