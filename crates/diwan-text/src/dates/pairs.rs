//! One day printed in several calendars: neighbours are tied and checked against each other.

use std::ops::Range;

use diwan_model::{Calendar, Confidence, PartialDate};

use crate::numbers::lexicon::kind;

use super::reader::Reader;
use super::value::days_between;
use super::{DateMention, LUNAR_TOLERANCE, OneDate};

/// Ties neighbours that print one day in different calendars, and notes where they do not agree.
pub(super) fn compare(reader: &Reader<'_, '_>, dates: &mut [(DateMention, Range<usize>)]) {
    let mut number = 0;
    let mut from = 0;
    while from < dates.len() {
        let mut to = from + 1;
        while to < dates.len() && joins(reader, dates, from, to) {
            to += 1;
        }
        if to - from > 1
            && let Some(group) = dates.get_mut(from..to)
        {
            number += 1;
            tie(group, number);
        }
        from = to;
    }
}

/// Whether the date at `to` prints the day of those before it since `from`, in a calendar that none of them has.
fn joins(reader: &Reader<'_, '_>, dates: &[(DateMention, Range<usize>)], from: usize, to: usize) -> bool {
    let Some([(before, ends), (after, begins)]) = dates.get(to - 1..=to) else { return false };
    let days = |date: &DateMention| date.value.single().copied().filter(PartialDate::is_gregorian_day);
    let mut group = dates.get(from..to).unwrap_or(&[]).iter();
    days(before).is_some()
        && days(after).is_some()
        && group.all(|(date, _)| date.calendar != after.calendar)
        && says_same(reader, ends.end, begins.start)
}

fn tie(group: &mut [(DateMention, Range<usize>)], number: u32) {
    let days: Vec<(Calendar, PartialDate)> =
        group.iter().filter_map(|(date, _)| Some((date.calendar, *date.value.single()?))).collect();
    let order = [Calendar::Gregorian, Calendar::SolarHijri, Calendar::LunarHijri];
    let Some((_, value)) = order.iter().find_map(|calendar| days.iter().find(|(c, _)| c == calendar)) else {
        return;
    };
    let mut apart = 0;
    let mut agrees = true;
    for (calendar, day) in &days {
        for (other, against) in &days {
            let between = days_between(day, against).map_or(u32::MAX, i32::unsigned_abs);
            let lunar = *calendar == Calendar::LunarHijri || *other == Calendar::LunarHijri;
            agrees &= between <= if lunar { LUNAR_TOLERANCE } else { 0 };
            apart = apart.max(between);
        }
    }
    let one = OneDate { number, value: *value, days_apart: apart, agrees };
    let spans: Vec<_> = group.iter().map(|(date, _)| date.span).collect();
    for (k, (date, _)) in group.iter_mut().enumerate() {
        // The neighbour after it; the last one has the one before it.
        date.same_day = spans.get(k + 1).or_else(|| k.checked_sub(1).and_then(|k| spans.get(k))).copied();
        date.one = Some(one);
        if !agrees {
            let calendars = if spans.len() == 2 { "two calendars" } else { "calendars" };
            let days = if apart == 1 { "day" } else { "days" };
            date.notes.push(format!("the {calendars} differ by {apart} {days}"));
            date.confidence = Confidence::new(0.6);
        }
    }
}

/// Whether what stands between two dates says that they are the same day.
fn says_same(reader: &Reader<'_, '_>, from: usize, to: usize) -> bool {
    let tokens = reader.tokens;
    if to.saturating_sub(from) > 6 || to == from {
        return false;
    }
    let mut at = from;
    let mut said = false;
    while at < to {
        if let Some(next) = tokens.after(at, kind::PAIR).filter(|next| *next <= to) {
            (at, said) = (next, true);
        } else if let Some(mark) = tokens.mark(at) {
            said |= matches!(mark, '(' | '/' | '=' | '-' | '–' | '[' | ')');
            at += 1;
        } else if let Some(next) =
            tokens.after(at, kind::WEEKDAY_LINK | kind::ERA | kind::WEEKDAY).filter(|next| *next <= to)
        {
            at = next;
        } else if reader.is_prefix(at) {
            at += 1;
        } else {
            return false;
        }
    }
    said
}
