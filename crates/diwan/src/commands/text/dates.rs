//! `diwan text dates`.

use anyhow::Context;
use clap::Args;
use diwan_model::{Calendar, DatePrecision, DateValue, LanguageTag, PartialDate};
use diwan_text::dates::{DateOptions, find_dates};
use serde::Serialize;

use super::{Input, JsonLines};

/// The dates in each line, as `{line, start, end, text, calendar, value, precision}`.
///
/// With `--issued`, words like "today" are dates too, and dates without a year get `resolved`. `same_day` is where the
/// same day stands in another calendar; `notes` say what does not fit.
#[derive(Debug, Args)]
pub(crate) struct DatesCommand {
    /// Language of the text.
    #[arg(long, default_value = "und")]
    lang: String,
    /// Day on which the text was issued, like 2021-12-03.
    #[arg(long, value_name = "DAY", value_parser = issue_day)]
    issued: Option<PartialDate>,
    #[command(flatten)]
    input: Input,
}

#[derive(Serialize)]
struct Row<'a> {
    line: usize,
    start: usize,
    end: usize,
    text: &'a str,
    calendar: Calendar,
    value: DateValue,
    precision: DatePrecision,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved: Option<DateValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    same_day: Option<(usize, usize)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

fn issue_day(text: &str) -> anyhow::Result<PartialDate> {
    let date: PartialDate = text.parse().context("not a day like 2021-12-03")?;
    anyhow::ensure!(date.is_gregorian_day(), "not a day like 2021-12-03");
    Ok(date)
}

impl DatesCommand {
    /// Runs it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let options = DateOptions { lang: LanguageTag::new(&self.lang), issued: self.issued };
        let mut out = JsonLines::stdout();
        self.input.for_each_line(|line, text| {
            for date in find_dates(text, &options) {
                let (start, end) = date.span.code_points(text);
                out.write(&Row {
                    line,
                    start,
                    end,
                    text: date.span.of(text),
                    calendar: date.calendar,
                    value: date.value,
                    precision: date.value.precision(),
                    resolved: date.resolved,
                    same_day: date.same_day.map(|s| s.code_points(text)),
                    notes: date.notes,
                })?;
            }
            Ok(())
        })?;
        out.finish()
    }
}
