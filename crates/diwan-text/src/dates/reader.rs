//! The parts of a date: weekday, day, month, year, each read at a token.

use diwan_model::Calendar;

use crate::numbers::lexicon::{Kinds, Sense, kind};
use crate::numbers::token::{Kind, Tokens};
use crate::numbers::words::number_words;

use super::value::from_buddhist;

/// A day of a month.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day {
    pub(super) value: u8,
    /// Written as an ordinal, or in words.
    pub(super) ordinal: bool,
    pub(super) next: usize,
}

/// A month by name, or by number where a sign says that it is one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Month {
    pub(super) calendar: Calendar,
    pub(super) value: u8,
    /// A second month after a stroke or hyphen: "September/October".
    pub(super) to: Option<u8>,
    /// Whether only a year, a weekday or an ordinal beside it makes it a month.
    pub(super) weak: bool,
    pub(super) next: usize,
}

/// A year.
#[derive(Debug, Clone, Copy)]
pub(super) struct Year {
    pub(super) value: i32,
    /// Of two digits: the century was filled in.
    pub(super) short: bool,
    pub(super) next: usize,
}

/// Reads parts of dates from tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a, 'b> {
    pub(super) tokens: &'b Tokens<'a>,
}

/// Marks that may stand between the parts of a date.
const BETWEEN: [char; 11] = ['॰', '․', ',', '،', '.', '-', '/', '‐', '–', '、', '־'];

impl Reader<'_, '_> {
    /// Skips up to `most` terms of these kinds, and prefixes.
    pub(super) fn skip_terms(&self, mut at: usize, kinds: Kinds, most: usize) -> usize {
        for _ in 0..most {
            match self.tokens.after(at, kinds) {
                Some(next) => at = next,
                None if self.is_prefix(at) => at += 1,
                None => break,
            }
        }
        at
    }

    /// Whether a prefix stands at `at` that says no more than "in" or "of".
    pub(super) fn is_prefix(&self, at: usize) -> bool {
        matches!(self.tokens.kind(at), Some(Kind::Clitic(_)))
    }

    /// A weekday, and where the rest of the date may begin.
    pub(super) fn weekday(&self, at: usize) -> Option<(u8, usize)> {
        let (weekday, mut next) = self.tokens.sense(at, kind::WEEKDAY, |s| match s {
            Sense::Weekday(day) => Some(*day),
            _ => None,
        })?;
        for _ in 0..2 {
            next = self.skip_terms(next, kind::WEEKDAY_LINK | kind::DAY_PREFIX, 2);
            if matches!(self.tokens.mark(next), Some(',' | '،' | '.' | '-' | '–' | '(' | ')' | '־')) {
                next += 1;
            }
        }
        Some((weekday, self.skip_terms(next, kind::WEEKDAY_LINK | kind::DAY_PREFIX, 2)))
    }

    /// A day of a month in digits or words.
    pub(super) fn day(&self, at: usize) -> Option<Day> {
        let at = self.tokens.skip(at, kind::DAY_PREFIX);
        if let Some((value, digits)) = self.tokens.number(at) {
            let value = u8::try_from(value).ok().filter(|d| digits <= 2 && (1..=31).contains(d))?;
            let glue = match self.tokens.glued_mark(at + 1) {
                Some('-' | '\'' | '’') => true,
                Some('.') => matches!(self.tokens.printed(at + 2), "º" | "°"),
                _ => false,
            };
            let suffix = at + 1 + usize::from(glue && !self.tokens.spaced(at + 2));
            let is_month = self.tokens.spaced(suffix) && self.tokens.has(suffix, kind::MONTH);
            return Some(match self.tokens.after(suffix, kind::DAY_SUFFIX).filter(|_| !is_month) {
                Some(next) => Day { value, ordinal: true, next },
                None => Day { value, ordinal: false, next: at + 1 },
            });
        }
        let words = number_words(self.tokens, at)?;
        let value = u8::try_from(words.value).ok().filter(|d| (1..=31).contains(d))?;
        Some(Day { value, ordinal: true, next: words.next })
    }

    /// A month, with its double in another naming (كانون الأول/ديسمبر) as one.
    pub(super) fn month(&self, at: usize) -> Option<Month> {
        let mut month = self.month_number(at).or_else(|| self.month_name(at))?;
        let mut at = month.next;
        let mark = self.tokens.mark(at);
        if matches!(mark, Some('/' | '-' | '–' | '(' | '\\')) {
            at += 1;
        }
        if let Some(other) = self.month_name(at).filter(|o| o.calendar == month.calendar) {
            let close = usize::from(mark == Some('(') && self.tokens.mark(other.next) == Some(')'));
            if other.value == month.value && (mark != Some('(') || close == 1) {
                (month.next, month.weak) = (other.next + close, false);
            } else if matches!(mark, Some('/' | '-' | '–')) && other.value > month.value {
                (month.next, month.to) = (other.next, Some(other.value));
            }
        }
        if let Some(next) = self.tokens.after(month.next, kind::MONTH_SUFFIX) {
            (month.next, month.weak) = (next, false);
        }
        Some(month)
    }

    fn month_name(&self, at: usize) -> Option<Month> {
        let start = self.tokens.skip(at, kind::MONTH_PREFIX);
        let read = |from: usize| {
            self.tokens.sense(from, kind::MONTH, |s| match s {
                Sense::Month { calendar, month, weak } => Some((*calendar, *month, *weak)),
                _ => None,
            })
        };
        let ((calendar, value, weak), next) = read(at).or_else(|| read(start))?;
        Some(Month { calendar, value, to: None, weak: weak && start == at, next })
    }

    /// "12月", "12월", "tháng 12".
    fn month_number(&self, at: usize) -> Option<Month> {
        let start = self.tokens.skip(at, kind::MONTH_PREFIX);
        let (value, digits) = self.tokens.number(start)?;
        let value = u8::try_from(value).ok().filter(|m| digits <= 2 && (1..=12).contains(m))?;
        let after = self.tokens.after(start + 1, kind::MONTH_SUFFIX);
        let month = |next| Month { calendar: Calendar::Gregorian, value, to: None, weak: false, next };
        match after {
            Some(next) if !self.tokens.spaced(start + 1) => Some(month(next)),
            _ if start == at + 1 => Some(Month { weak: true, ..month(start + 1) }),
            _ => None,
        }
    }

    /// A year after a month that ends before `at`, with what says that it is one ("of the year …", "… года", "AH").
    pub(super) fn year_after(&self, at: usize, calendar: Calendar) -> Option<Year> {
        let mut from = at;
        if let Some(c) = self.tokens.mark(from).filter(|c| BETWEEN.contains(c)) {
            let spaced_after = self.tokens.spaced(from + 1);
            let stop =
                c == '.' && spaced_after && self.tokens.printed(at.saturating_sub(1)).chars().count() > 5;
            let dash = matches!(c, '-' | '–' | '/') && (self.tokens.spaced(from) || spaced_after);
            if stop || dash {
                return None;
            }
            from += 1;
        }
        if self.tokens.mark(from) == Some(',') {
            from += 1;
        }
        let mut linked = self.skip_terms(from, kind::YEAR_LINK, 3);
        if linked > from && self.tokens.mark(linked) == Some('.') {
            linked += 1;
        }
        self.year(linked, calendar, linked > from)
            .or_else(|| (linked > from).then(|| self.year(from, calendar, false))?)
    }

    /// A year at `at`. `linked` where a word before it says so.
    pub(super) fn year(&self, at: usize, calendar: Calendar, linked: bool) -> Option<Year> {
        let apostrophe =
            matches!(self.tokens.mark(at), Some('\'' | '’' | '‘')) && !self.tokens.spaced(at + 1);
        let at = at + usize::from(apostrophe);
        let Some((value, digits)) = self.tokens.number(at) else {
            return self.year_in_words(at, calendar);
        };
        let value = i32::try_from(value).ok()?;
        if self.tokens.glued_mark(at + 1).is_some_and(|c| matches!(c, ':' | '%' | '٪')) || self.is_decimal(at)
        {
            return None;
        }
        let thai = calendar == Calendar::Gregorian && (2400..=2700).contains(&value) && self.is_thai(at);
        let value = if thai { from_buddhist(value)? } else { value };
        let (end, era) = self.year_end(at + 1, calendar);
        let whole = |value, short| Some(Year { value, short, next: end });
        match digits {
            4 if plausible(value, calendar) => whole(value, false),
            1..=3 if era && calendar == Calendar::LunarHijri && value > 0 => whole(value, false),
            2 if (apostrophe || linked || self.stands_alone(at, end, era)) => {
                whole(century(value, calendar), true)
            }
            _ => None,
        }
    }

    /// Whether digits at `at` go on after a decimal mark or group mark.
    fn is_decimal(&self, at: usize) -> bool {
        matches!(self.tokens.glued_mark(at + 1), Some('.' | ',' | '٫' | '٬'))
            && self.tokens.glued_digits(at + 2).is_some()
    }

    fn is_thai(&self, at: usize) -> bool {
        (1..=4)
            .filter_map(|n| at.checked_sub(n))
            .any(|before| self.tokens.printed(before).chars().any(|c| ('\u{0E00}'..='\u{0E7F}').contains(&c)))
    }

    /// Whether two digits can only be a year: nothing follows, or a time, or a sign of a year.
    fn stands_alone(&self, at: usize, end: usize, era: bool) -> bool {
        if era || end > at + 1 {
            return true;
        }
        let last = at + 1 >= self.tokens.list.len();
        let (_, digits) = self.tokens.number(at).unwrap_or((0, 0));
        let comma = at > 0 && matches!(self.tokens.mark(at - 1), Some(',' | '،'));
        let closes = last || matches!(self.tokens.mark(end), Some(',' | '،' | ')' | ';' | '؛')) && !comma;
        let stop = self.tokens.mark(end) == Some('.') && end + 1 >= self.tokens.list.len();
        let and = !comma && self.tokens.has(end, kind::AND);
        digits == 2 && (closes || stop || and || self.time_follows(end))
    }

    /// Whether a time of day stands at `at`, perhaps after a short word ("à", "ساعت", "at").
    pub(super) fn time_follows(&self, at: usize) -> bool {
        (at..at + 2).any(|t| self.tokens.kind(t) == Some(Kind::Time))
    }

    /// The token after what closes a year at `at`, and whether a sign of the calendar was there.
    pub(super) fn year_end(&self, at: usize, calendar: Calendar) -> (usize, bool) {
        let mut end = self.tokens.skip(at, kind::YEAR_SUFFIX);
        let found = self.era(end).filter(|(era, _)| {
            *era == calendar || *era != Calendar::Gregorian && calendar != Calendar::Gregorian
        });
        if let Some((_, next)) = found {
            end = next;
        }
        (end, found.is_some())
    }

    /// A sign of a calendar ("AH", هـ.ق).
    pub(super) fn era(&self, at: usize) -> Option<(Calendar, usize)> {
        self.tokens.sense(at, kind::ERA, |s| match s {
            Sense::Era(calendar) => Some(*calendar),
            _ => None,
        })
    }

    fn year_in_words(&self, at: usize, calendar: Calendar) -> Option<Year> {
        let words = number_words(self.tokens, at)?;
        let mut next = words.next;
        let mut value = i32::try_from(words.value).ok()?;
        if (10..=29).contains(&value) {
            let hyphen = usize::from(self.tokens.mark(next) == Some('-'));
            let second = number_words(self.tokens, next + hyphen).filter(|w| (10..100).contains(&w.value))?;
            value = value * 100 + i32::try_from(second.value).ok()?;
            next = second.next;
        }
        let (next, _) = self.year_end(next, calendar);
        plausible(value, calendar).then_some(Year { value, short: false, next })
    }
}

/// Whether a year of four digits can be meant in this calendar.
pub(super) fn plausible(year: i32, calendar: Calendar) -> bool {
    match calendar {
        Calendar::Gregorian => (1000..=2999).contains(&year),
        Calendar::SolarHijri => (1000..=1599).contains(&year),
        Calendar::LunarHijri => (1000..=1599).contains(&year),
    }
}

/// The year that two digits are short for: 1969 to 2068, 1320 to 1419 of the Solar Hijri calendar, 1350 to 1449 of the
/// lunar one.
pub(super) fn century(short: i32, calendar: Calendar) -> i32 {
    let (base, pivot) = match calendar {
        Calendar::Gregorian => (1900, 69),
        Calendar::SolarHijri => (1300, 20),
        Calendar::LunarHijri => (1300, 50),
    };
    if short < pivot { base + 100 + short } else { base + short }
}
