//! Dates with a month in words, in the orders in which languages write them.

use crate::numbers::lexicon::{Order, Sense, kind};
use crate::numbers::token::Kind;

use super::reader::{Day, Month, Reader, Year};
use super::value::Printed;

/// A date found among tokens `from..to`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) first: Printed,
    /// The other end of an interval.
    pub(super) last: Option<Printed>,
    pub(super) weekday: Option<u8>,
    /// The century was filled in.
    pub(super) short_year: bool,
    /// Day and month could be the other way round.
    pub(super) ambiguous: bool,
}

impl Found {
    pub(super) fn new(from: usize, to: usize, first: Printed) -> Self {
        Self { from, to, first, last: None, weekday: None, short_year: false, ambiguous: false }
    }

    /// Whether there really is such a day, or are such days.
    pub(super) fn exists(&self) -> bool {
        self.first.value().is_some() && self.last.is_none_or(|last| last.value().is_some())
    }
}

impl Reader<'_, '_> {
    /// The longest date with a month in words that begins at `at`.
    pub(super) fn in_words(&self, at: usize) -> Option<Found> {
        let lead = self.tokens.after(at, kind::LEAD).and_then(|next| self.led(at, next));
        let with_weekday = self.weekday(at).and_then(|(weekday, next)| {
            let found = self.longest(next, Some(weekday))?;
            Some(Found { from: at, weekday: Some(weekday), ..found })
        });
        let plain = self.longest(at, None);
        [lead, with_weekday, plain]
            .into_iter()
            .flatten()
            .max_by_key(|f| f.to)
            .map(|f| self.closing_weekday(f))
    }

    fn longest(&self, at: usize, weekday: Option<u8>) -> Option<Found> {
        let readings = [
            self.day_month(at, weekday.is_some()),
            self.month_day(at, weekday.is_some()),
            self.month_year(at),
            self.year_month_day(at),
        ];
        let mut best: Option<Found> = None;
        for found in readings.into_iter().flatten() {
            if best.is_none_or(|b| (found.to, found.exists()) > (b.to, b.exists())) {
                best = Some(found);
            }
        }
        best
    }

    /// "on the 18th of February": the words before an ordinal belong to a date that has no year.
    fn led(&self, at: usize, next: usize) -> Option<Found> {
        let day = self.day(next).filter(|d| d.ordinal)?;
        if !self.tokens.has(day.next, kind::LINK) {
            return None;
        }
        let found = self.day_month(next, true)?;
        Some(if found.first.year.is_none() { Found { from: at, ..found } } else { found })
    }

    /// "3 December 2021 (Friday)", "3 Aralık 2021 Cuma": the weekday after a date, to check it by.
    fn closing_weekday(&self, found: Found) -> Found {
        if found.weekday.is_some() {
            return found;
        }
        let opens = matches!(self.tokens.mark(found.to), Some('(' | '（'));
        let at = found.to + usize::from(opens);
        let weekday = self.tokens.sense(at, kind::WEEKDAY, |s| match s {
            Sense::Weekday(day) => Some(*day),
            _ => None,
        });
        match weekday {
            Some((weekday, next))
                if opens && matches!(self.tokens.mark(next), Some(')' | '）'))
                    || !opens && self.tokens.lexicon.weekday_last && found.last.is_none() =>
            {
                Found { weekday: Some(weekday), ..found }
            }
            _ => found,
        }
    }

    /// Day, month, perhaps year: "3 December 2021", "the third of December", 3 كانون الأول/ديسمبر, "3–5 December".
    fn day_month(&self, at: usize, certain: bool) -> Option<Found> {
        if self.inside_number(at) && !self.after_dash(at) {
            return None;
        }
        let first = self.day(at)?;
        if let Some((second, and)) =
            self.second_day(first.next).filter(|(second, _)| second.value > first.value)
            && let Some(found) = self.day_month_after(at, second, true)
        {
            let apart = and && second.value != first.value + 1 && !self.between(at);
            let alone = Printed { day: Some(first.value), ..found.first };
            return Some(match apart {
                true => Found { to: first.next, first: alone, ..found },
                false => self.interval(found, first.value),
            });
        }
        let found = self.day_month_after(
            at,
            first,
            certain || first.ordinal || self.tokens.has(at, kind::DAY_PREFIX),
        )?;
        Some(self.joined(found))
    }

    /// Whether "between" stands before `at`, perhaps with an article.
    fn between(&self, at: usize) -> bool {
        (1..=3).filter_map(|n| at.checked_sub(n)).any(|before| {
            let next = self.tokens.after(before, kind::BETWEEN);
            next.is_some_and(|next| {
                next == at || self.tokens.after(next, kind::WEEKDAY_LINK | kind::LEAD) == Some(at)
            })
        })
    }

    fn interval(&self, found: Found, from_day: u8) -> Found {
        Found { first: Printed { day: Some(from_day), ..found.first }, last: Some(found.first), ..found }
    }

    /// The day after "to", "and" or a dash, and whether it was "and".
    fn second_day(&self, at: usize) -> Option<(Day, bool)> {
        let stop = usize::from(self.tokens.glued_mark(at) == Some('.'));
        let (next, and) = self.range_sign(at + stop)?;
        let next = self.weekday(next).map_or(next, |(_, n)| n);
        let next = self.skip_terms(next, kind::LEAD | kind::WEEKDAY_LINK, 1);
        Some((self.day(next)?, and))
    }

    /// What stands between the ends of a range at `at`: the token after it, and whether it says "and".
    fn range_sign(&self, at: usize) -> Option<(usize, bool)> {
        if matches!(self.tokens.mark(at), Some('-' | '–' | '—' | '/' | '~' | '～' | '‑')) {
            return Some((at + 1, false));
        }
        if let Some(next) = self.tokens.after(at, kind::TO) {
            return Some((next, false));
        }
        let next = self.tokens.after(at, kind::AND)?;
        Some(self.tokens.after(next, kind::TO).map_or((next, true), |n| (n, false)))
    }

    /// The rest of a date after its day.
    fn day_month_after(&self, from: usize, day: Day, certain: bool) -> Option<Found> {
        let month = self.month(self.month_start(day.next)).or_else(|| self.month(day.next))?;
        if month.to.is_some() {
            return None;
        }
        let year = self
            .year_after(month.next, month.calendar)
            .or_else(|| self.year_past_time(month.next, &month))
            .filter(|y| !(y.short && month.weak && self.tokens.lexicon.undetermined));
        let sure = year.is_some() || certain || !month.weak || self.capital(month.next);
        let first = self.printed(&month, year, Some(day.value));
        sure.then(|| self.found(from, &month, year, first))
    }

    /// Where a month may begin after a day.
    fn month_start(&self, at: usize) -> usize {
        let mark = self.tokens.mark(at);
        let glued = !self.tokens.spaced(at) && !self.tokens.spaced(at + 1);
        let at = match mark {
            Some('.' | '،' | ',' | '־') => at + 1,
            Some('-' | '/' | '‐' | '–' | '\\') if glued => at + 1,
            _ => at,
        };
        self.skip_terms(at, kind::LINK, 3)
    }

    /// Month, day, perhaps year: "December 3, 2021", "Dec 3-5 2021", "Fri Dec 12 10:55:50 2014".
    fn month_day(&self, at: usize, certain: bool) -> Option<Found> {
        let month = self.month(at).filter(|m| m.to.is_none())?;
        let mut next = month.next;
        if matches!(self.tokens.mark(next), Some('.' | ',' | '،' | '-' | '/')) {
            next += 1;
        }
        next = self.skip_terms(next, kind::WEEKDAY_LINK | kind::LINK | kind::LEAD, 1);
        let day = self.day(next).filter(|d| !self.goes_on(d))?;
        let range =
            self.second_day(day.next).filter(|(d, and)| !and && d.value > day.value && !self.goes_on(d));
        let end = range.map_or(day.next, |(d, _)| d.next);
        let mut year = self.year_after(end, month.calendar);
        if year.is_none() {
            year = self.year_past_time(end, &month);
        }
        if year.is_none() && !self.needs_no_year(at, &month, &day, certain) {
            return None;
        }
        let to = year.map_or(end, |y| y.next);
        let first = self.printed(&month, year, Some(day.value));
        let found = Found { to, ..self.found(at, &month, year, first) };
        Some(match range {
            Some((second, _)) => {
                let last = Printed { day: Some(second.value), ..first };
                Found { last: Some(last), ..found }
            }
            None => self.joined(found),
        })
    }

    /// Whether a month and a day behind it are a date without a year: the language puts the month first and the
    /// month is printed as a name, or the day has an ending or sign of its own.
    fn needs_no_year(&self, at: usize, month: &Month, day: &Day, certain: bool) -> bool {
        let lexicon = self.tokens.lexicon;
        let capital = self.capital(month.next);
        let month_first = lexicon.month_first || lexicon.undetermined && capital;
        let digits = self.tokens.number(month.next).is_some();
        let plain =
            (digits || day.ordinal) && (!month.weak || capital) && (day.ordinal || !self.after_in(at));
        let ending = day.ordinal && self.tokens.number(day.next.saturating_sub(2)).is_some();
        let signed = lexicon.order == Order::Ymd && self.day_sign(day.next.saturating_sub(2));
        month_first && (plain || certain) || !month.weak && (ending || signed)
    }

    /// Whether the day at `at` is written with the sign of a day in Han or Hangul.
    fn day_sign(&self, at: usize) -> bool {
        self.tokens.has(at + 1, kind::DAY_SUFFIX) && !self.tokens.spaced(at + 1)
    }

    /// Whether digits go on behind a day, so that it is none ("March 3.5", "December 12,000").
    fn goes_on(&self, day: &Day) -> bool {
        match self.tokens.glued_mark(day.next) {
            Some('.' | ',' | '٫' | '٬' | ':') => {
                self.tokens.glued_digits(day.next + 1).is_some_and(|digits| digits != 4)
            }
            Some('%' | '٪') => true,
            _ => false,
        }
    }

    /// Whether the month that ends before `next` is printed with a capital.
    fn capital(&self, next: usize) -> bool {
        let mut at = next;
        while at > 0 {
            at -= 1;
            if matches!(self.tokens.kind(at), Some(Kind::Word(_))) {
                return self.tokens.printed(at).chars().next().is_some_and(char::is_uppercase);
            }
        }
        false
    }

    fn after_in(&self, at: usize) -> bool {
        at.checked_sub(1)
            .is_some_and(|b| matches!(self.tokens.printed(b), "in" | "In" | "since" | "Since" | "of"))
    }

    /// Month and year: "December 2021", "September/October 2021", "September to November 2021".
    fn month_year(&self, at: usize) -> Option<Found> {
        let month = self.month(at)?;
        let at = self
            .tokens
            .after(at, kind::MONTH_PREFIX)
            .filter(|next| *next < month.next && !self.tokens.has(at, kind::MONTH))
            .unwrap_or(at);
        if let Some(year) = self.year_after(month.next, month.calendar) {
            if month.weak && (year.short || !self.tokens.lexicon.undetermined && self.lower_latin(month.next))
                || year.short && !self.capital(month.next)
            {
                return None;
            }
            let first = self.printed(&month, Some(year), None);
            let found = self.found(at, &month, Some(year), first);
            let last = month.to.map(|to| Printed { month: Some(to), ..first });
            return Some(Found { last, ..found });
        }
        let (next, and) = self.range_sign(month.next)?;
        let next = next + usize::from(self.is_prefix(next));
        let other = self.month(next).filter(|o| o.calendar == month.calendar && o.to.is_none())?;
        let year = self.year_after(other.next, other.calendar).filter(|y| !y.short)?;
        let last = self.printed(&other, Some(year), None);
        let year_before = year.value - i32::from(month.value > other.value);
        let first = Printed { year: Some(year_before), ..self.printed(&month, None, None) };
        if and && other.value != month.value % 12 + 1 && !self.between(at) {
            return Some(Found::new(at, month.next, first));
        }
        Some(Found { last: Some(last), ..Found::new(at, year.next, first) })
    }

    fn lower_latin(&self, next: usize) -> bool {
        let word = self.tokens.printed(next.saturating_sub(1));
        word.starts_with(|c: char| c.is_ascii_lowercase()) && self.tokens.lexicon.order == Order::Mdy
    }

    /// Year, month, perhaps day: "2021. december 3.", 2016年2月5日, "1400 Azar 12".
    fn year_month_day(&self, at: usize) -> Option<Found> {
        if self.inside_number(at) {
            return None;
        }
        let (value, digits) = self.tokens.number(at)?;
        let hyphen = usize::from(matches!(self.tokens.glued_mark(at + 1), Some('.' | '-')));
        let suffix = self
            .tokens
            .after(at + 1 + hyphen, kind::YEAR_SUFFIX)
            .or_else(|| self.tokens.after(at + 1, kind::YEAR_SUFFIX));
        let (marked, named) = (suffix.is_some(), suffix.unwrap_or(at + 1));
        let mut next = self.skip_terms(named, kind::YEAR_LINK | kind::LINK, 2);
        if !marked && matches!(self.tokens.mark(next), Some('.' | '-' | '/')) {
            next += 1;
        }
        if digits != 4 && !(marked && digits == 2) {
            return None;
        }
        while marked && matches!(self.tokens.mark(next), Some('.' | ',' | '،' | '․')) {
            next += 1;
        }
        let Some(month) = self.month(next).filter(|m| m.to.is_none()) else {
            return self.year_day_month(at, value, marked, next);
        };
        let printed_year = i32::try_from(value).ok()?;
        let year =
            if digits == 2 { super::reader::century(printed_year, month.calendar) } else { printed_year };
        if !super::reader::plausible(year, month.calendar) {
            return None;
        }
        let mut day_at = month.next;
        if matches!(self.tokens.mark(day_at), Some('-' | '.' | '/' | ',' | '،')) {
            day_at += 1;
        }
        let found = |to, day| {
            let first = Printed {
                calendar: month.calendar,
                year: Some(year),
                month: Some(month.value),
                day,
                quarter: None,
            };
            Found { short_year: digits == 2, ..Found::new(at, to, first) }
        };
        if let Some(day) =
            self.day(day_at).filter(|d| !self.goes_on(d) && self.year_after(d.next, month.calendar).is_none())
        {
            if let Some((second, _)) =
                self.second_day(day.next).filter(|(d, and)| !and && d.value > day.value && !self.goes_on(d))
            {
                return Some(self.interval(found(second.next, Some(second.value)), day.value));
            }
            return Some(found(day.next, Some(day.value)));
        }
        (marked || self.tokens.lexicon.order == Order::Ymd && !month.weak).then(|| found(month.next, None))
    }

    /// "2021. gada 3. decembris", "2021 жылғы 3 желтоқсан".
    fn year_day_month(&self, at: usize, year: u64, marked: bool, next: usize) -> Option<Found> {
        let day = self.day(next).filter(|_| marked)?;
        let found = self.day_month_after(at, day, true).filter(|f| f.first.year.is_none())?;
        let year = i32::try_from(year).ok().filter(|y| super::reader::plausible(*y, found.first.calendar))?;
        Some(Found { first: Printed { year: Some(year), ..found.first }, ..found })
    }

    /// A year behind a time of day, as C prints dates.
    fn year_past_time(&self, at: usize, month: &Month) -> Option<Year> {
        let mut next = at;
        while self.tokens.kind(next) == Some(Kind::Time) {
            next += 1;
        }
        if next == at {
            return None;
        }
        // A time zone of capital letters may stand between.
        let zone = self.tokens.printed(next);
        if zone.len() <= 4 && !zone.is_empty() && zone.bytes().all(|b| b.is_ascii_uppercase()) {
            next += 1;
        }
        self.year(next, month.calendar, false).filter(|y| !y.short)
    }

    /// Joins a date without a year to the end of a range that has one: "3 December to 5 January 2022".
    fn joined(&self, found: Found) -> Found {
        if found.first.year.is_some() || found.first.day.is_none() {
            return found;
        }
        let Some((next, false)) = self.range_sign(found.to) else { return found };
        let (weekday_end, start) = (self.weekday(next).map(|(_, n)| n), next);
        let next = weekday_end.unwrap_or(start);
        let other = self.day(next).and_then(|day| self.day_month_after(next, day, false)).or_else(|| {
            let month = self.month(next)?;
            let day = self.day(month.next).filter(|d| !self.goes_on(d))?;
            let year = self.year_after(day.next, month.calendar);
            let first = self.printed(&month, year, Some(day.value));
            Some(Found { to: year.map_or(day.next, |y| y.next), ..self.found(next, &month, year, first) })
        });
        let Some(other) = other.filter(|o| o.first.calendar == found.first.calendar) else { return found };
        let wraps = found.first.month > other.first.month;
        let first = Printed { year: other.first.year.map(|y| y - i32::from(wraps)), ..found.first };
        Found { to: other.to, first, last: Some(other.first), short_year: other.short_year, ..found }
    }

    fn printed(&self, month: &Month, year: Option<Year>, day: Option<u8>) -> Printed {
        Printed {
            calendar: month.calendar,
            year: year.map(|y| y.value),
            quarter: None,
            month: Some(month.value),
            day,
        }
    }

    fn found(&self, from: usize, month: &Month, year: Option<Year>, first: Printed) -> Found {
        let to = year.map_or(month.next, |y| y.next);
        Found { short_year: year.is_some_and(|y| y.short), ..Found::new(from, to, first) }
    }

    /// Whether a dash or stroke stands before `at`: the end of a range can begin a date.
    fn after_dash(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|b| matches!(self.tokens.mark(b), Some('-' | '/')))
    }

    /// Whether digits before `at` belong to the same number or code, so that no date begins here.
    pub(super) fn inside_number(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        if self.tokens.spaced(at) {
            return false;
        }
        match self.tokens.kind(before) {
            Some(Kind::Number { .. } | Kind::Time) => true,
            Some(Kind::Word(_)) => self.tokens.printed(before).is_ascii(),
            Some(Kind::Mark('.' | ',' | '٫' | '٬' | ':' | '-' | '/' | '_' | '+' | '#')) => {
                before > 0 && !self.tokens.spaced(before) && self.tokens.number(before - 1).is_some()
            }
            _ => false,
        }
    }
}
