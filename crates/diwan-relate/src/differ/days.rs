//! Dates that differ across a bead.

use diwan_model::{DateValue, PartialDate};

use super::figures::{Day, Said, same};
use super::{Both, ComparedSide, Difference, DifferenceKind, quote, range};
use crate::align::Bead;

/// Compares the days of a bead.
pub(super) fn find(
    both: &Both<'_>,
    bead: &Bead,
    said: (&Said, &Said),
    confidence: f32,
    out: &mut Vec<Difference>,
) {
    let (left, right) = (&said.0.days, &said.1.days);
    let mut taken = vec![false; right.len()];
    let mut lone: Vec<&Day> = Vec::new();
    for day in left {
        let best = right.iter().position(|r| agree(&day.value, &r.value));
        match best {
            Some(k) => {
                if let Some(t) = taken.get_mut(k) {
                    *t = true;
                }
            }
            None => lone.push(day),
        }
    }
    let mut others: Vec<&Day> = right
        .iter()
        .zip(&taken)
        .filter(|(r, t)| !**t && !left.iter().any(|l| agree(&l.value, &r.value)))
        .map(|(r, _)| r)
        .collect();
    let lone_days = lone.len();
    for day in lone {
        let best = others
            .iter()
            .position(|o| o.value.precision() == day.value.precision() && o.relative == day.relative);
        let best = best.or_else(|| others.iter().position(|o| o.value.precision() == day.value.precision()));
        let best = best.or((others.len() == 1 && lone_days == 1 && !day.relative).then_some(0));
        if let Some(k) = best {
            let other = others.remove(k);
            let message = format!("{} in one version, {} in the other.", day.value, other.value);
            let message = if day.relative || other.relative {
                "The days count differently from the day of issue.".to_owned()
            } else {
                message
            };
            let quotes = vec![
                quote(ComparedSide::Source, day.sentence, Some(day.span)),
                quote(ComparedSide::Target, other.sentence, Some(other.span)),
            ];
            out.push(both.difference(DifferenceKind::DateDiffers, confidence * 0.95, message, quotes));
        } else if !day.relative {
            missing_day(both, ComparedSide::Source, day, bead, said.1, confidence, out);
        }
    }
    for day in others.into_iter().filter(|d| !d.relative) {
        missing_day(both, ComparedSide::Target, day, bead, said.0, confidence, out);
    }
}

fn missing_day(
    both: &Both<'_>,
    side: ComparedSide,
    day: &Day,
    bead: &Bead,
    opposite: &Said,
    confidence: f32,
    out: &mut Vec<Difference>,
) {
    let Some(date) = day.value.single() else { return };
    // A month alone may be another word of the language ("tir", "may").
    let text = both.sentence(side, day.sentence);
    if !day.span.of(text).chars().any(char::is_numeric) {
        return;
    }
    let number = |n: Option<i32>| n.is_some_and(|n| opposite.loose.iter().any(|v| same(*v, f64::from(n))));
    // A date that the other reading did not recognise still shows its numbers.
    let shown = number(date.day.map(i32::from))
        || (date.day.is_none() && number(date.year))
        || !opposite.days.is_empty();
    if confidence < 0.7 || shown || (date.day.is_none() && date.year.is_none()) {
        return;
    }
    let message = format!("{} stands in one version only.", day.value);
    let mut quotes = vec![quote(side, day.sentence, Some(day.span))];
    quotes.extend(range(bead, side.other()).next().map(|at| quote(side.other(), at, None)));
    out.push(both.difference(DifferenceKind::DateMissing, confidence * 0.6, message, quotes));
}

/// The year that a date names, the first one of an interval.
pub(super) fn year_of(value: &DateValue) -> Option<i32> {
    match value {
        DateValue::Single(date) | DateValue::Interval(date, _) => date.year,
    }
}

/// Whether two dates can be one: equal in all that both say.
fn agree(a: &DateValue, b: &DateValue) -> bool {
    match (a, b) {
        (DateValue::Single(a), DateValue::Single(b)) => agree_parts(a, b),
        (DateValue::Interval(a, b), DateValue::Interval(c, d)) => agree_parts(a, c) && agree_parts(b, d),
        (DateValue::Interval(from, to), DateValue::Single(one))
        | (DateValue::Single(one), DateValue::Interval(from, to)) => {
            agree_parts(from, one) || agree_parts(to, one)
        }
    }
}

fn agree_parts(a: &PartialDate, b: &PartialDate) -> bool {
    fn part<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
        match (a, b) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }
    if a.calendar != b.calendar {
        // Months of two calendars overlap; only days can be compared, and those are Gregorian.
        return true;
    }
    let quarter = |d: &PartialDate| d.quarter.or_else(|| d.month.map(|m| m.div_ceil(3)));
    let quarters =
        if a.quarter.is_some() || b.quarter.is_some() { part(quarter(a), quarter(b)) } else { true };
    // A season may be named by the quarter of either half of the world.
    part(a.year, b.year) && part(a.month, b.month) && part(a.day, b.day) && quarters
}
