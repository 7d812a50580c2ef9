//! `diwan text language`.

use clap::Args;
use diwan_model::LanguageTag;
use diwan_text::language::identify;
use serde::Serialize;

use super::{Input, JsonLines};

/// Writes `{line, lang, confidence, script, dir}` for each line: `und` where the language cannot be told, `zxx` where
/// there are no words.
#[derive(Debug, Args)]
pub(crate) struct LanguageCommand {
    #[command(flatten)]
    input: Input,
    /// Choose among these languages only, as `ar,fa,en,fr`.
    #[arg(long, value_name = "LANGUAGES", value_delimiter = ',')]
    candidates: Vec<String>,
    /// Read paragraphs, apart by empty lines, in place of lines; `line` is the first of each.
    #[arg(long)]
    blocks: bool,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    line: usize,
    lang: &'a str,
    confidence: f32,
    script: Option<&'static str>,
    dir: &'static str,
}

impl LanguageCommand {
    /// Runs it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let candidates: Vec<LanguageTag> = self.candidates.iter().map(|tag| LanguageTag::new(tag)).collect();
        let mut out = JsonLines::stdout();
        let mut write = |line: usize, text: &str| {
            let guess = identify(text, &candidates);
            out.write(&Row {
                line,
                lang: guess.lang.as_str(),
                confidence: guess.confidence.value(),
                script: guess.script.map(|script| script.code()),
                dir: guess.dir.as_str(),
            })
        };
        if self.blocks {
            let (mut first, mut block) = (0, String::new());
            self.input.for_each_line(|n, line| {
                if !line.trim().is_empty() {
                    if block.is_empty() {
                        first = n;
                    } else {
                        block.push('\n');
                    }
                    block.push_str(line);
                } else if !block.is_empty() {
                    write(first, &block)?;
                    block.clear();
                }
                Ok(())
            })?;
            if !block.is_empty() {
                write(first, &block)?;
            }
        } else {
            self.input.for_each_line(write)?;
        }
        out.finish()
    }
}
