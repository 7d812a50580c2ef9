//! `diwan text dates`.

use anyhow::Context;
use clap::Args;
use diwan_model::{Calendar, DatePrecision, DateValue, LanguageTag, PartialDate};
use diwan_text::dates::{DateOptions, OneDate, find_dates};
use serde::Serialize;

use super::{Input, JsonLines, Line, Place};

/// The dates in each line, as `{line, start, end, text, calendar, value, precision}`.
///
/// With `--issued`, words like "today" are dates too, and dates without a year get `resolved`. `same_day` is where the
/// same day stands in another calendar, `one` the date that all of these print: mentions of a line with one `number` are one
/// date, `value` its day, `agrees` whether they say the same; `notes` say what does not fit.
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
    #[serde(flatten)]
    place: Place<'a>,
    calendar: Calendar,
    value: DateValue,
    precision: DatePrecision,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved: Option<DateValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    same_day: Option<(usize, usize)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    one: Option<One>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

/// The one date that several mentions of a line print, each in its calendar.
#[derive(Serialize)]
struct One {
    number: u32,
    value: DateValue,
    days_apart: u32,
    agrees: bool,
}

impl From<OneDate> for One {
    fn from(one: OneDate) -> Self {
        Self {
            number: one.number,
            value: DateValue::Single(one.value),
            days_apart: one.days_apart,
            agrees: one.agrees,
        }
    }
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
        self.input.for_each_line(|number, text| {
            let mut line = Line::new(number, text);
            for date in find_dates(text, &options) {
                out.write(&Row {
                    place: line.place(date.span),
                    calendar: date.calendar,
                    value: date.value,
                    precision: date.value.precision(),
                    resolved: date.resolved,
                    same_day: date.same_day.map(|s| s.code_points(text)),
                    one: date.one.map(One::from),
                    notes: date.notes,
                })?;
            }
            Ok(())
        })?;
        out.finish()
    }
}
