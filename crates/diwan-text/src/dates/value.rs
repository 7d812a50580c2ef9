//! Days of the three calendars, converted by ICU4X; spans of time around a day by jiff.

use diwan_model::{Calendar, DateValue, PartialDate};
use icu_calendar::cal::{Buddhist, Gregorian, Hijri};
use icu_calendar::{AsCalendar, Date};
use jiff::{ToSpan, civil};

use crate::numbers::lexicon::Unit;

/// A date as printed: the numbers of its own calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Printed {
    pub(super) calendar: Calendar,
    pub(super) year: Option<i32>,
    pub(super) quarter: Option<u8>,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
}

impl Printed {
    /// The value: a Gregorian day where year, month and day are known, else the printed parts in their calendar.
    /// `None` where there is no such day.
    pub(super) fn value(&self) -> Option<PartialDate> {
        match (self.year, self.month, self.day) {
            (Some(year), Some(month), Some(day)) => gregorian(self.calendar, year, month, day),
            (None, Some(month), Some(day)) if day > longest(self.calendar, month) => None,
            _ => Some(PartialDate {
                calendar: self.calendar,
                year: self.year,
                quarter: self.quarter,
                month: self.month,
                day: self.day,
            }),
        }
    }
}

/// The days that a month can have at most.
fn longest(calendar: Calendar, month: u8) -> u8 {
    match (calendar, month) {
        (Calendar::Gregorian, 2) => 29,
        (Calendar::Gregorian, 4 | 6 | 9 | 11) => 30,
        (Calendar::Gregorian, _) => 31,
        (Calendar::SolarHijri, 1..=6) => 31,
        (Calendar::SolarHijri | Calendar::LunarHijri, _) => 30,
    }
}

/// The Gregorian day of a day of `calendar`. The 30th of a lunar month that has 29 days by Umm al-Qura is the day
/// after its 29th: other reckonings give that month 30 days.
pub(super) fn gregorian(calendar: Calendar, year: i32, month: u8, day: u8) -> Option<PartialDate> {
    match calendar {
        Calendar::Gregorian => {
            let (y, m, d) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
            civil::Date::new(y, m, d).ok()?;
            Some(PartialDate::day(year, month, day))
        }
        Calendar::SolarHijri => from_icu(&Date::try_new_persian(year, month, day).ok()?),
        Calendar::LunarHijri => {
            let lunar =
                |day| Date::try_new_hijri_with_calendar(year, month, day, Hijri::new_umm_al_qura()).ok();
            match lunar(day) {
                Some(date) => from_icu(&date),
                None if day == 30 => add_days(&from_icu(&lunar(29)?)?, 1),
                None => None,
            }
        }
    }
}

/// The Gregorian year of a year of the Buddhist era.
pub(super) fn from_buddhist(year: i32) -> Option<i32> {
    let date = Date::try_new_buddhist(year, 7, 1).ok()?;
    let _: &Buddhist = date.calendar();
    Some(date.to_calendar(Gregorian).year().extended_year())
}

fn from_icu<A: AsCalendar>(date: &Date<A>) -> Option<PartialDate> {
    let date = date.to_calendar(Gregorian);
    Some(PartialDate::day(date.year().extended_year(), date.month().ordinal, date.day_of_month().0))
}

/// A Gregorian day as jiff has it.
pub(super) fn civil_day(date: &PartialDate) -> Option<civil::Date> {
    if !date.is_gregorian_day() {
        return None;
    }
    let (year, month, day) = (date.year?, date.month?, date.day?);
    civil::Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn partial(day: civil::Date) -> Option<PartialDate> {
    Some(PartialDate::day(day.year().into(), u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?))
}

/// The day `days` later.
pub(super) fn add_days(date: &PartialDate, days: i64) -> Option<PartialDate> {
    partial(civil_day(date)?.checked_add(days.days()).ok()?)
}

/// Days from `a` to `b`.
pub(super) fn days_between(a: &PartialDate, b: &PartialDate) -> Option<i32> {
    civil_day(a)?.until(civil_day(b)?).ok().map(|span| span.get_days())
}

/// The weekday of a Gregorian day, Monday 1 to Sunday 7.
pub(super) fn weekday(date: &PartialDate) -> Option<u8> {
    u8::try_from(civil_day(date)?.weekday().to_monday_one_offset()).ok()
}

/// The day, week, month or year that lies `distance` from the day of issue; weeks begin on Monday.
pub(super) fn relative(issued: &PartialDate, unit: Unit, distance: i8) -> Option<DateValue> {
    let day = civil_day(issued)?;
    let distance = i64::from(distance);
    Some(match unit {
        Unit::Day => DateValue::Single(partial(day.checked_add(distance.days()).ok()?)?),
        Unit::Week => {
            let back = i64::from(day.weekday().to_monday_zero_offset());
            let monday = day.checked_add((distance * 7 - back).days()).ok()?;
            DateValue::Interval(partial(monday)?, partial(monday.checked_add(6.days()).ok()?)?)
        }
        Unit::Month => {
            let there = partial(day.first_of_month().checked_add(distance.months()).ok()?)?;
            DateValue::Single(PartialDate { day: None, ..there })
        }
        Unit::Year => {
            DateValue::Single(PartialDate::year(i32::try_from(i64::from(day.year()) + distance).ok()?))
        }
    })
}

/// What "in the coming …" (`sign` 1) and "in recent …" (`sign` -1) are taken for: a week, four weeks, six months or
/// five years beside the day of issue.
pub(super) fn stretch(issued: &PartialDate, unit: Unit, sign: i64) -> Option<DateValue> {
    let day = civil_day(issued)?;
    let span = match unit {
        Unit::Day => (7 * sign).days(),
        Unit::Week => (28 * sign).days(),
        Unit::Month => (6 * sign).months(),
        Unit::Year => (5 * sign).years(),
    };
    let far = partial(day.checked_add(span).ok()?)?;
    let near = partial(day)?;
    Some(if sign > 0 { DateValue::Interval(near, far) } else { DateValue::Interval(far, near) })
}

/// The occurrence of a date without a year that lies next to the day of issue, and on `on` where a weekday is printed.
pub(super) fn nearest(printed: &Printed, issued: &PartialDate, on: Option<u8>) -> Option<PartialDate> {
    let (month, day) = (printed.month?, printed.day?);
    let year = match printed.calendar {
        Calendar::Gregorian => issued.year?,
        Calendar::SolarHijri => icu(issued)?.to_calendar(icu_calendar::cal::Persian).year().extended_year(),
        Calendar::LunarHijri => icu(issued)?.to_calendar(Hijri::new_umm_al_qura()).year().extended_year(),
    };
    let near = (year - 1..=year + 1).filter_map(|y| gregorian(printed.calendar, y, month, day));
    let distance = |d: &PartialDate| days_between(issued, d).map_or(i32::MAX, i32::abs);
    let agrees = |d: &PartialDate| on.is_none_or(|on| weekday(d) == Some(on));
    let all: Vec<PartialDate> = near.collect();
    all.iter()
        .filter(|d| agrees(d))
        .min_by_key(|d| distance(d))
        .or_else(|| all.iter().min_by_key(|d| distance(d)))
        .copied()
}

fn icu(date: &PartialDate) -> Option<Date<Gregorian>> {
    Date::try_new_gregorian(date.year?, date.month?, date.day?).ok()
}
