//! Seasons, quarters and halves of a year, and words that count from the day of issue.

use diwan_model::{Calendar, DateValue, PartialDate};

use crate::numbers::lexicon::{Sense, kind};
use crate::numbers::words::number_words;

use super::patterns::Found;
use super::reader::{Reader, Year};
use super::value::{Printed, relative, stretch};

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
        self.season(at).or_else(|| self.quarter(at)).or_else(|| self.half(at))
    }

    /// "fall 2021", "the autumn of 2021", «پاییز ۱۴۰۰»: the months of the season; winter runs into the next year,
    /// where the calendar's own year does not end with it.
    fn season(&self, at: usize) -> Option<Found> {
        let (season, next) = self.tokens.sense(at, kind::SEASON, |s| match s {
            Sense::Season(season) => Some(*season),
            _ => None,
        })?;
        let (year, calendar) = self.whole_year(next, Some(2))?;
        let month = |year, month| Printed {
            calendar,
            year: Some(year),
            quarter: None,
            month: Some(month),
            day: None,
        };
        let (first, last) = match calendar {
            Calendar::Gregorian if season == 3 => (month(year.value, 12), month(year.value + 1, 2)),
            Calendar::Gregorian => (month(year.value, 3 * season + 3), month(year.value, 3 * season + 5)),
            _ => (month(year.value, 3 * season + 1), month(year.value, 3 * season + 3)),
        };
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

    /// "today", "last week", "in the coming months".
    pub(super) fn counted(&self, at: usize, issued: &PartialDate) -> Option<Counted> {
        let ((value, vague), to) =
            self.tokens.sense(at, kind::RELATIVE | kind::AHEAD | kind::BEHIND, |s| match s {
                Sense::Relative(unit, distance) => Some((relative(issued, *unit, *distance)?, false)),
                Sense::Ahead(unit) => Some((stretch(issued, *unit, 1)?, true)),
                Sense::Behind(unit) => Some((stretch(issued, *unit, -1)?, true)),
                _ => None,
            })?;
        Some(Counted { from: at, to, value, vague })
    }
}
