//! `diwan text numbers`.

use clap::Args;
use diwan_model::LanguageTag;
use diwan_text::numbers::find_numbers;
use serde::Serialize;

use super::{Input, JsonLines, Line, Place};

/// The numbers in each line, as `{line, start, end, text, value, kind, hedge, unit}`.
///
/// `kind` is cardinal, ordinal, percent, money or quantity; `hedge` is about, nearly, more-than, less-than, at-least or
/// at-most, or null. Digits of dates, codes, resolutions and telephones are left out.
#[derive(Debug, Args)]
pub(crate) struct NumbersCommand {
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
    value: serde_json::Number,
    kind: &'static str,
    hedge: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
}

/// Whole numbers without a decimal point.
fn json_number(value: f64) -> serde_json::Number {
    let whole = value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0;
    let plain = if whole { Some(serde_json::Number::from(value as i64)) } else { None };
    plain.or_else(|| serde_json::Number::from_f64(value)).unwrap_or_else(|| 0.into())
}

impl NumbersCommand {
    /// Runs it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let lang = LanguageTag::new(&self.lang);
        let mut out = JsonLines::stdout();
        self.input.for_each_line(|line, text| {
            let mut line = Line::new(line, text);
            for number in find_numbers(text, &lang) {
                out.write(&Row {
                    place: line.place(number.span),
                    value: json_number(number.value),
                    kind: number.kind.as_str(),
                    hedge: number.hedge.map(diwan_text::numbers::Hedge::as_str),
                    unit: number.unit,
                })?;
            }
            Ok(())
        })?;
        out.finish()
    }
}
