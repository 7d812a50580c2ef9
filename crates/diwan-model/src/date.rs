//! Dates as values: a day, a month, a quarter, a year, an interval, in the calendar that can hold them.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The calendar in which a date is printed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Calendar {
    /// Gregorian.
    #[default]
    Gregorian,
    /// Solar Hijri, as used in Iran and Afghanistan.
    SolarHijri,
    /// Lunar Hijri, reckoned by Umm al-Qura.
    LunarHijri,
}

/// How exact a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DatePrecision {
    /// A day.
    Day,
    /// A day and month without a year.
    DayOfYear,
    /// A month.
    Month,
    /// A quarter, or a season taken as one.
    Quarter,
    /// A year.
    Year,
    /// From one date to another.
    Interval,
}

/// A date of which some parts may be unknown.
///
/// Written `2021-12-03`, `2021-12`, `2021`, `2021-Q3`, `--02-18`, `--02`; with `j:` before it where it is of
/// the Solar Hijri calendar and with `h:` of the lunar one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// The calendar of the numbers.
    pub calendar: Calendar,
    /// Year, if known.
    pub year: Option<i32>,
    /// Quarter 1 to 4; excludes month and day.
    pub quarter: Option<u8>,
    /// Month, from 1.
    pub month: Option<u8>,
    /// Day of the month, from 1.
    pub day: Option<u8>,
}

impl PartialDate {
    /// A Gregorian day.
    pub const fn day(year: i32, month: u8, day: u8) -> Self {
        Self {
            calendar: Calendar::Gregorian,
            year: Some(year),
            quarter: None,
            month: Some(month),
            day: Some(day),
        }
    }

    /// A month.
    pub const fn month(calendar: Calendar, year: i32, month: u8) -> Self {
        Self { calendar, year: Some(year), quarter: None, month: Some(month), day: None }
    }

    /// A Gregorian year.
    pub const fn year(year: i32) -> Self {
        Self { calendar: Calendar::Gregorian, year: Some(year), quarter: None, month: None, day: None }
    }

    /// Whether it is one day of the Gregorian calendar.
    pub fn is_gregorian_day(&self) -> bool {
        self.calendar == Calendar::Gregorian
            && self.year.is_some()
            && self.month.is_some()
            && self.day.is_some()
    }
}

/// A date, or an interval between two.
///
/// ```
/// use diwan_model::{DatePrecision, DateValue};
/// let value: DateValue = "j:1400-09".parse().unwrap();
/// assert_eq!(value.to_string(), "j:1400-09");
/// assert_eq!(value.precision(), DatePrecision::Month);
/// let interval: DateValue = "2021-09/2021-11".parse().unwrap();
/// assert_eq!(interval.precision(), DatePrecision::Interval);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateValue {
    /// One date.
    Single(PartialDate),
    /// From the first to the second, both included.
    Interval(PartialDate, PartialDate),
}

impl DateValue {
    /// How exact it is.
    pub fn precision(&self) -> DatePrecision {
        match self {
            Self::Interval(..) => DatePrecision::Interval,
            Self::Single(d) if d.quarter.is_some() => DatePrecision::Quarter,
            Self::Single(d) => match (d.year, d.month, d.day) {
                (Some(_), Some(_), Some(_)) => DatePrecision::Day,
                (None, Some(_), Some(_)) => DatePrecision::DayOfYear,
                (_, Some(_), None) => DatePrecision::Month,
                _ => DatePrecision::Year,
            },
        }
    }

    /// The date, where it is not an interval.
    pub fn single(&self) -> Option<&PartialDate> {
        match self {
            Self::Single(date) => Some(date),
            Self::Interval(..) => None,
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.calendar {
            Calendar::Gregorian => "",
            Calendar::SolarHijri => "j:",
            Calendar::LunarHijri => "h:",
        })?;
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("-")?,
        }
        if let Some(quarter) = self.quarter {
            return write!(f, "-Q{quarter}");
        }
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for DateValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Single(date) => date.fmt(f),
            Self::Interval(from, to) => write!(f, "{from}/{to}"),
        }
    }
}

/// A text that is not a date value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a date value like `2021-12-03`, `2021-12`, `--02-18`, `2021-Q3`, `j:1400-09` or `2021-09/2021-11`"
)]
pub struct ParseDateValueError(String);

impl FromStr for PartialDate {
    type Err = ParseDateValueError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fail = || ParseDateValueError(text.chars().take(40).collect());
        let (calendar, rest) = match text.split_once(':') {
            Some(("j", rest)) => (Calendar::SolarHijri, rest),
            Some(("h", rest)) => (Calendar::LunarHijri, rest),
            Some(_) => return Err(fail()),
            None => (Calendar::Gregorian, text),
        };
        let mut date = Self { calendar, year: None, quarter: None, month: None, day: None };
        let rest = match rest.strip_prefix("--") {
            Some(rest) => rest,
            None => {
                let (year, rest) = rest.split_once('-').unwrap_or((rest, ""));
                date.year = Some(year.parse().map_err(|_| fail())?);
                rest
            }
        };
        if let Some(quarter) = rest.strip_prefix('Q') {
            date.quarter = Some(quarter.parse().ok().filter(|q| (1..=4).contains(q)).ok_or_else(fail)?);
        } else if !rest.is_empty() {
            let (month, day) = rest.split_once('-').map_or((rest, None), |(m, d)| (m, Some(d)));
            date.month = Some(month.parse().ok().filter(|m| (1..=13).contains(m)).ok_or_else(fail)?);
            date.day = match day {
                Some(day) => Some(day.parse().ok().filter(|d| (1..=32).contains(d)).ok_or_else(fail)?),
                None => None,
            };
        }
        Ok(date)
    }
}

impl FromStr for DateValue {
    type Err = ParseDateValueError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text.split_once('/') {
            Some((from, to)) => Self::Interval(from.parse()?, to.parse()?),
            None => Self::Single(text.parse()?),
        })
    }
}

impl Serialize for DateValue {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DateValue {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for DateValue {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "DateValue".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "2021-12-03, 2021-12, 2021, --02-18, 2021-Q3, j:1400-09, h:1443-04, or two of these with / between"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read_back() {
        for text in [
            "2021-12-03",
            "2021-12",
            "2021",
            "--02-18",
            "--02",
            "2021-Q3",
            "j:1400-09",
            "h:1443-04",
            "j:--02-18",
            "2021-09/2021-11",
        ] {
            assert_eq!(text.parse::<DateValue>().map(|v| v.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "2021-13-40", "2021-Q5", "x:2021", "2021/", "12.3"] {
            assert!(text.parse::<DateValue>().is_err(), "{text}");
        }
    }
}
