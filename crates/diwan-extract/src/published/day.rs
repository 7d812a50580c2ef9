//! A day as machines write it.

use std::fmt;

use diwan_model::{DateValue, LanguageTag};
use diwan_text::dates::{DateOptions, find_dates};

/// A day of the Gregorian calendar between 1990 and 2099, or a month of it where the day is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// Year.
    pub year: u16,
    /// Month, from 1.
    pub month: u8,
    /// Day of the month, from 1; 0 where only the month is known.
    pub day: u8,
}

impl Day {
    /// A day that exists and could be a page's; the day may be 0.
    pub fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        let fits = (1990..2100).contains(&year) && day <= last;
        fits.then_some(Self {
            year: u16::try_from(year).ok()?,
            month: u8::try_from(month).ok()?,
            day: u8::try_from(day).ok()?,
        })
    }

    /// The day of a number of seconds since 1970 began.
    pub(super) fn of_seconds(seconds: i64) -> Option<Self> {
        // Howard Hinnant's civil-from-days.
        let z = seconds.div_euclid(86_400) + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = doy - (153 * mp + 2) / 5 + 1;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        let year = yoe + era * 400 + i64::from(month <= 2);
        Self::new(u32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
    }
}

impl Day {
    /// The day before, or after.
    pub(super) fn beside(self, days: i64) -> Option<Self> {
        let (y, m, d) = (i64::from(self.year), i64::from(self.month), i64::from(self.day));
        // Howard Hinnant's days-from-civil.
        let y = y - i64::from(m <= 2);
        let era = y.div_euclid(400);
        let yoe = y - era * 400;
        let doy = (153 * (m + if m > 2 { -3 } else { 9 }) + 2) / 5 + d - 1;
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        (self.day > 0).then(|| Self::of_seconds((era * 146_097 + doe - 719_468 + days) * 86_400)).flatten()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}", self.year, self.month)?;
        if self.day > 0 {
            write!(out, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

/// The day in a value that machines read: ISO 8601 in its forms, digits alone, seconds since 1970.
///
/// ```
/// use diwan_extract::published::machine_day;
/// assert_eq!(machine_day("2021-12-03T08:00:00+01:00").unwrap().to_string(), "2021-12-03");
/// assert_eq!(machine_day("20211203").unwrap().to_string(), "2021-12-03");
/// assert_eq!(machine_day("1638489600000").unwrap().to_string(), "2021-12-03");
/// assert!(machine_day("December").is_none());
/// ```
pub fn machine_day(value: &str) -> Option<Day> {
    let value = value.trim();
    let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
    let rest = value.get(digits.len()..)?;
    match digits.len() {
        4 => {
            let mut parts =
                rest.splitn(2, |c: char| !matches!(c, '-' | '/' | '.' | '_') && !c.is_ascii_digit());
            let mut numbers = parts.next()?.split(['-', '/', '.', '_']).skip(1).map(str::parse::<u32>);
            let (month, day) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
            (day > 0).then(|| Day::new(digits.parse().ok()?, month, day)).flatten()
        }
        8 | 12 | 14 => {
            let number = |from: usize, to: usize| digits.get(from..to)?.parse::<u32>().ok();
            Day::new(number(0, 4)?, number(4, 6)?, number(6, 8)?).filter(|d| d.day > 0)
        }
        9 | 10 if rest.is_empty() || rest.starts_with('.') => Day::of_seconds(digits.parse().ok()?),
        13 if rest.is_empty() => Day::of_seconds(digits.parse::<i64>().ok()? / 1000),
        _ => None,
    }
}

/// The first day in running text; `lang` decides the order of digits.
pub(super) fn printed_day(text: &str, lang: &LanguageTag) -> Option<Day> {
    printed_days(text, lang).into_iter().next().map(|(day, _)| day)
}

/// The days in running text with the byte where each begins.
pub(super) fn printed_days(text: &str, lang: &LanguageTag) -> Vec<(Day, usize)> {
    let options = DateOptions { lang: lang.clone(), issued: None };
    find_dates(text, &options)
        .into_iter()
        .filter_map(|found| {
            let DateValue::Single(date) = found.value else { return None };
            if !date.is_gregorian_day() {
                return None;
            }
            let day = Day::new(u32::try_from(date.year?).ok()?, date.month?.into(), date.day?.into())?;
            Some((day, found.span.start()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours() {
        let day = |v: &str| machine_day(v).unwrap();
        assert_eq!(day("2020-03-01").beside(-1), Some(day("2020-02-29")));
        assert_eq!(day("2019-12-31").beside(1), Some(day("2020-01-01")));
        assert_eq!(Day::new(2020, 3, 0).unwrap().beside(1), None);
    }

    #[test]
    fn forms() {
        let day = |v: &str| machine_day(v).map(|d| d.to_string());
        assert_eq!(day("2021/12/3").as_deref(), Some("2021-12-03"));
        assert_eq!(day(" 2021-12-03 08:00").as_deref(), Some("2021-12-03"));
        assert_eq!(day("20211203T080000Z").as_deref(), Some("2021-12-03"));
        assert_eq!(day("1638489600").as_deref(), Some("2021-12-03"));
        for wrong in ["2021-13-01", "2021-02-30", "2021", "2021-12", "1815-06-18", "", "١٢", "99999999"] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
        assert_eq!(Day::of_seconds(951_782_400).map(|d| d.to_string()).as_deref(), Some("2000-02-29"));
    }
}
