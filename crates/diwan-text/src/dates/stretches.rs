//! Seasons, quarters and halves of a year, and words that count from the day of issue.

use diwan_model::{Calendar, DateValue, PartialDate};

use crate::numbers::lexicon::{Sense, Unit, kind};
use crate::numbers::words::number_words;

use super::patterns::Found;
use super::reader::{Reader, Year};
use super::value::{Printed, add_days, relative, stretch, weekday};

/// A word that counts from the day of issue, resolved.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) value: DateValue,
    /// Whether how long it lasts is a rule of thumb.
    pub(super) vague: bool,
}

impl Reader<'_, '_> {
    /// A season, quarter or half of a year.
    pub(super) fn part_of_year(&self, at: usize) -> Option<Found> {
        self.season(at)
            .or_else(|| self.quarter(at))
            .or_else(|| self.half(at))
            .or_else(|| self.behind_year(at))
    }

    /// A season or quarter behind its year: 2021年秋季, 2021年第三季度, "2021 sonbaharı", "2021'in üçüncü çeyreği".
    fn behind_year(&self, at: usize) -> Option<Found> {
        let (year, digits) = self.tokens.number(at)?;
        let year = i32::try_from(year).ok().filter(|y| digits == 4 && (1900..=2100).contains(y))?;
        if self.inside_number(at) {
            return None;
        }
        // An ending of the year behind an apostrophe.
        let mut from = at + 1;
        if matches!(self.tokens.glued_mark(from), Some('\'' | '’')) && !self.tokens.spaced(from + 1) {
            from += 2;
        }
        let from = self.skip_terms(from, kind::YEAR_SUFFIX | kind::YEAR_LINK, 2);
        let season = self.tokens.sense(from, kind::SEASON, |s| match s {
            Sense::Season(season) => Some(*season),
            _ => None,
        });
        if let Some((season, next)) = season {
            let (first, last) = months_of(season, Calendar::Gregorian, year);
            return Some(Found { last: Some(last), ..Found::new(at, next, first) });
        }
        let rank = self.tokens.skip(from, kind::CODE);
        let (value, next) = match self.tokens.number(rank) {
            Some((value, 1 | 2)) if rank > from => (u8::try_from(value).ok()?, rank + 1),
            _ => self.rank(from)?,
        };
        let next = self.tokens.after(next, kind::QUARTER).filter(|_| (1..=4).contains(&value))?;
        Some(Found::new(at, next, Printed { year: Some(year), quarter: Some(value), ..Printed::default() }))
    }

    /// "fall 2021", "the autumn of 2021", «پاییز ۱۴۰۰»: the months of the season.
    fn season(&self, at: usize) -> Option<Found> {
        let (season, next) = self.tokens.sense(at, kind::SEASON, |s| match s {
            Sense::Season(season) => Some(*season),
            _ => None,
        })?;
        let (year, calendar) = self.whole_year(next, Some(2))?;
        let (first, last) = months_of(season, calendar, year.value);
        Some(Found { last: Some(last), ..Found::new(at, year.next, first) })
    }

    /// A year of four digits after at most `words` links, and its calendar.
    fn whole_year(&self, at: usize, words: Option<usize>) -> Option<(Year, Calendar)> {
        let comma = usize::from(matches!(self.tokens.mark(at), Some(',' | '،')));
        let next = self.skip_terms(at + comma, kind::YEAR_LINK | kind::LINK, words.unwrap_or(2));
        let early = self.tokens.lexicon.early_years.filter(|c| *c == Calendar::SolarHijri);
        [Calendar::Gregorian].into_iter().chain(early).rev().find_map(|calendar| {
            let year = self.year(next, calendar, true).filter(|y| !y.short)?;
            (calendar != Calendar::Gregorian || year.value >= 1600).then_some((year, calendar))
        })
    }

    /// "third quarter of 2021", "Q3 2021", "2021 Q3", الربع الثالث من عام 2021.
    fn quarter(&self, at: usize) -> Option<Found> {
        if let Some((year, _)) = self.tokens.number(at).filter(|(_, digits)| *digits == 4) {
            let (quarter, next) =
                self.quarter_sign(at + 1 + usize::from(self.tokens.glued_mark(at + 1) == Some('-')))?;
            let year = i32::try_from(year).ok().filter(|y| (1600..=2200).contains(y))?;
            let first = Printed { year: Some(year), quarter: Some(quarter), ..Printed::default() };
            return (!self.inside_number(at)).then(|| Found::new(at, next, first));
        }
        let (quarter, next) = self
            .quarter_sign(at)
            .or_else(|| {
                let (value, next) = self.rank(at)?;
                Some((value, self.tokens.after(next, kind::QUARTER)?))
            })
            .or_else(|| self.rank(self.tokens.after(at, kind::QUARTER)?))?;
        let (year, calendar) = self.whole_year(next, None)?;
        let first =
            Printed { calendar, year: Some(year.value), quarter: Some(quarter), month: None, day: None };
        (1..=4).contains(&quarter).then(|| Found::new(at, year.next, first))
    }

    /// "Q3".
    fn quarter_sign(&self, at: usize) -> Option<(u8, usize)> {
        let next = self.tokens.after(at, kind::QUARTER_LETTER)?;
        let (value, digits) = self.tokens.number(next).filter(|_| !self.tokens.spaced(next))?;
        let value = u8::try_from(value).ok().filter(|q| digits == 1 && (1..=4).contains(q))?;
        Some((value, next + 1))
    }

    /// An ordinal from 1 to 4, in words, digits or Roman numerals.
    fn rank(&self, at: usize) -> Option<(u8, usize)> {
        let roman = ["I", "II", "III", "IV"].iter().zip(1_u8..).find(|(r, _)| **r == self.tokens.printed(at));
        if let Some((_, value)) = roman {
            return Some((value, at + 1));
        }
        let (value, next) = match self.tokens.number(at) {
            // "3. Quartal"
            Some((value, 1)) if self.tokens.glued_mark(at + 1) == Some('.') => (value, at + 2),
            Some((value, 1)) => (value, self.tokens.after(at + 1, kind::DAY_SUFFIX | kind::ORDINAL_SUFFIX)?),
            Some(_) => return None,
            None => number_words(self.tokens, at).filter(|w| w.ordinal).map(|w| (w.value, w.next))?,
        };
        Some((u8::try_from(value).ok().filter(|q| (1..=4).contains(q))?, next))
    }

    /// "first half of 2021", النصف الأول من عام 2021.
    fn half(&self, at: usize) -> Option<Found> {
        let (half, next) = self
            .rank(at)
            .and_then(|(value, next)| Some((value, self.tokens.after(next, kind::HALF)?)))
            .or_else(|| self.rank(self.tokens.after(at, kind::HALF)?))?;
        let (year, calendar) = self.whole_year(next, None)?;
        let month = |month| Printed {
            calendar,
            year: Some(year.value),
            quarter: None,
            month: Some(month),
            day: None,
        };
        let (first, last) = match half {
            1 => (month(1), month(6)),
            2 => (month(7), month(12)),
            _ => return None,
        };
        Some(Found { last: Some(last), ..Found::new(at, year.next, first) })
    }

    /// "today", "last week", "in the coming months", "two weeks ago", "last Monday".
    pub(super) fn counted(&self, at: usize, issued: &PartialDate) -> Option<Counted> {
        let plain = self.tokens.sense(at, kind::RELATIVE | kind::AHEAD | kind::BEHIND, |s| match s {
            Sense::Relative(unit, distance) => Some((relative(issued, *unit, *distance)?, false)),
            Sense::Ahead(unit) => Some((stretch(issued, *unit, 1)?, true)),
            Sense::Behind(unit) => Some((stretch(issued, *unit, -1)?, true)),
            _ => None,
        });
        let plain = plain.map(|((value, vague), to)| Counted { from: at, to, value, vague });
        let others = [self.ago(at, issued), self.weekday_beside(at, issued)];
        let longest = [plain].into_iter().chain(others).flatten().max_by_key(|counted| counted.to)?;
        // "two weeks before the meeting" does not count from the day of issue: قبل أسبوعين من, پیش از.
        let ago = self.tokens.has(at, kind::AGO_BEFORE) || self.tokens.has(longest.to - 1, kind::AGO);
        (!ago || !self.tokens.has(longest.to, kind::NOT_AGO)).then_some(longest)
    }

    /// "two weeks ago", قبل 3 أيام, « il y a dix jours ».
    fn ago(&self, at: usize, issued: &PartialDate) -> Option<Counted> {
        let before = self.tokens.after(at, kind::AGO_BEFORE);
        let from = before.unwrap_or(at);
        let (count, next) = match self.tokens.number(from) {
            Some((value, 1 | 2)) if !self.inside_number(from) => (value, from + 1),
            Some(_) => return None,
            None => number_words(self.tokens, from).filter(|w| !w.ordinal).map(|w| (w.value, w.next))?,
        };
        let (unit, next) = self.tokens.sense(next, kind::MEASURE, |s| match s {
            Sense::Measure(code) => self.unit(*code),
            _ => None,
        })?;
        let to = match before {
            Some(_) => self.tokens.skip(next, kind::AGO),
            None => self.tokens.after(next, kind::AGO)?,
        };
        let distance = i8::try_from(count).ok().filter(|n| *n > 0)?;
        Some(Counted { from: at, to, value: relative(issued, unit, -distance)?, vague: false })
    }

    fn unit(&self, code: u16) -> Option<Unit> {
        match self.tokens.lexicon.codes.get(usize::from(code)).map(|c| &**c) {
            Some("d") => Some(Unit::Day),
            Some("wk") => Some(Unit::Week),
            Some("mo") => Some(Unit::Month),
            Some("a") => Some(Unit::Year),
            _ => None,
        }
    }

    /// "last Monday", الاثنين الماضي, « lundi prochain »: the one before the day of issue, or after it.
    fn weekday_beside(&self, at: usize, issued: &PartialDate) -> Option<Counted> {
        let said = |at| {
            self.tokens.sense(at, kind::LAST | kind::NEXT, |s| match s {
                Sense::Last => Some(-1),
                Sense::Next => Some(1),
                _ => None,
            })
        };
        let named = |at| {
            self.tokens.sense(at, kind::WEEKDAY, |s| match s {
                Sense::Weekday(day) => Some(*day),
                _ => None,
            })
        };
        let (direction, day, to) = match (said(at), named(at)) {
            (Some((direction, next)), _) => named(next).map(|(day, to)| (direction, day, to))?,
            (None, Some((day, next))) => said(next).map(|(direction, to)| (direction, day, to))?,
            (None, None) => return None,
        };
        let today = i64::from(weekday(issued)?);
        let apart = (i64::from(day) - today).rem_euclid(7);
        let days = match direction {
            1 if apart == 0 => 7,
            1 => apart,
            _ => apart - 7,
        };
        let value = DateValue::Single(add_days(issued, days)?);
        Some(Counted { from: at, to, value, vague: false })
    }
}

/// The first and last month of a season; winter runs into the next year, where the calendar's own does not end with it.
fn months_of(season: u8, calendar: Calendar, year: i32) -> (Printed, Printed) {
    let month =
        |year, month| Printed { calendar, year: Some(year), quarter: None, month: Some(month), day: None };
    match calendar {
        Calendar::Gregorian if season == 3 => (month(year, 12), month(year + 1, 2)),
        Calendar::Gregorian => (month(year, 3 * season + 3), month(year, 3 * season + 5)),
        _ => (month(year, 3 * season + 1), month(year, 3 * season + 3)),
    }
}
