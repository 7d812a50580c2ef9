//! Dates in running text, in any calendar.
//!
//! A text is cut into tokens once (`numbers::token`); each word is looked up in the lexicon of its language, which
//! comes from `data/<lang>/dates.toml` and `numbers.toml`. At each token that can begin a date the readings are tried
//! (a month in words, digits alone, a part of a year, a word that counts from the day of issue) and the longest wins.
//! Years by themselves are no dates: too many of them are names and numbers ("Vision 2030", resolution 2254 (2015)).
//!
//! Days are converted by ICU4X: lunar Hijri by Umm al-Qura, which may differ by a day or two from a calendar that
//! goes by sighting; the printed day stays in the text, and pairs of one day in two calendars are compared with a
//! tolerance of one day. `docs/text/dates.md` tells the method, its limits, and how to add a language.

mod numeric;
mod pairs;
mod patterns;
mod reader;
mod stretches;
#[cfg(test)]
mod tests;
mod value;

use std::ops::Range;

use diwan_model::{Calendar, Confidence, DatePrecision, DateValue, LanguageTag, PartialDate, Span};

use crate::numbers::data::lexicon;
use crate::numbers::lexicon::{Kinds, kind};
use crate::numbers::token::{Kind, Tokens};

use patterns::Found;
use reader::Reader;
use stretches::Counted;
use value::{nearest, weekday};

/// What the reader of dates is told beforehand.
#[derive(Debug, Clone)]
pub struct DateOptions {
    /// The language of the text.
    pub lang: LanguageTag,
    /// The day on which the text was issued, a Gregorian day: resolves "today" and dates without a year.
    pub issued: Option<PartialDate>,
}

/// A date as printed.
#[derive(Debug, Clone, PartialEq)]
pub struct DateMention {
    /// Where it stands: with its weekday and the sign of its calendar, without the words that lead to it.
    pub span: Span,
    /// The calendar in which it is printed.
    pub calendar: Calendar,
    /// Its value; days are always Gregorian.
    pub value: DateValue,
    /// The value after relative words and missing years were resolved against the issue date.
    pub resolved: Option<DateValue>,
    /// How sure.
    pub confidence: Confidence,
    /// What does not fit: a weekday that disagrees, two calendars that differ.
    pub notes: Vec<String>,
    /// The mention beside this one that prints the same day in another calendar
    /// («۱۲ آذر ۱۴۰۰ برابر با ۳ دسامبر ۲۰۲۱»).
    pub same_day: Option<Span>,
    /// The one date that this mention prints together with its neighbours.
    pub one: Option<OneDate>,
}

/// One date that several mentions print, each in a calendar of its own. All of them carry the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OneDate {
    /// Which of the text's dates in several calendars, from 1.
    pub number: u32,
    /// The day that they are taken for: as the Gregorian mention has it, else the Solar Hijri one; a lunar day may be
    /// off by one.
    pub value: PartialDate,
    /// The most that two of them lie apart, in days.
    pub days_apart: u32,
    /// Whether they print one day: no more than [`LUNAR_TOLERANCE`] apart where one is lunar, else the same day.
    /// Where they do not, each mention has a note.
    pub agrees: bool,
}

/// By how many days a lunar date may lie beside the same day in another calendar: months begin by sighting.
pub const LUNAR_TOLERANCE: u32 = 1;

/// What can begin a date.
const BEGINS: Kinds = kind::MONTH
    | kind::WEEKDAY
    | kind::LEAD
    | kind::DAY_PREFIX
    | kind::MONTH_PREFIX
    | kind::CARDINAL
    | kind::ORDINAL
    | kind::SEASON
    | kind::QUARTER
    | kind::QUARTER_LETTER
    | kind::HALF;

/// What counts from the day of issue.
const COUNTS: Kinds = kind::RELATIVE
    | kind::AHEAD
    | kind::BEHIND
    | kind::LAST
    | kind::NEXT
    | kind::AGO_BEFORE
    | kind::WEEKDAY
    | kind::CARDINAL;

/// The dates of `text` in order; they do not overlap.
///
/// Words that count from the day of issue ("today", "last week") are dates only where `options.issued` is given.
/// The language decides the order of day and month in digits (`en` month first, `en-GB` day first); with `und` the
/// words of all languages are known and the day comes first.
///
/// ```
/// use diwan_model::LanguageTag;
/// use diwan_text::dates::{DateOptions, find_dates};
///
/// let options = DateOptions { lang: LanguageTag::new("ar"), issued: None };
/// let text = "صدر في 3 كانون الأول/ديسمبر 2021 بيان";
/// let dates = find_dates(text, &options);
/// assert_eq!(dates[0].span.of(text), "3 كانون الأول/ديسمبر 2021");
/// assert_eq!(dates[0].value.to_string(), "2021-12-03");
/// ```
pub fn find_dates(text: &str, options: &DateOptions) -> Vec<DateMention> {
    let tokens = Tokens::new(text, lexicon(&options.lang));
    dates_of(&tokens, options).into_iter().map(|(mention, _)| mention).collect()
}

/// The dates among `tokens`, each with its range of tokens.
pub(crate) fn dates_of(tokens: &Tokens<'_>, options: &DateOptions) -> Vec<(DateMention, Range<usize>)> {
    let reader = Reader { tokens };
    let mut out: Vec<(DateMention, Range<usize>)> = Vec::new();
    let mut at = 0;
    while at < tokens.list.len() {
        match find_at(&reader, at, options) {
            Read::Date(mention, range) => {
                at = range.end.max(at + 1);
                out.push((mention, range));
            }
            Read::Skip(next) => at = next.max(at + 1),
        }
    }
    pairs::compare(&reader, &mut out);
    out
}

enum Read {
    Date(DateMention, Range<usize>),
    /// No date begins before this token.
    Skip(usize),
}

/// The longest date that begins at `at`.
fn find_at(reader: &Reader<'_, '_>, at: usize, options: &DateOptions) -> Read {
    let tokens = reader.tokens;
    let kinds = match tokens.kind(at) {
        Some(Kind::Word(id)) => tokens.lexicon.kinds(id),
        Some(Kind::Number { digits, .. }) if digits <= 8 => BEGINS,
        _ => 0,
    };
    // Only Roman numerals begin a date without being in the lexicon ("III квартал 2021").
    let roman = tokens.printed(at).starts_with('I') && tokens.has(at + 1, kind::QUARTER);
    let kinds = if roman { kinds | BEGINS } else { kinds };
    if kinds & (BEGINS | COUNTS) == 0 {
        return Read::Skip(at + 1);
    }
    let counted =
        options.issued.filter(|_| kinds & COUNTS != 0).and_then(|issued| reader.counted(at, &issued));
    let found = (kinds & BEGINS != 0).then(|| printed_at(reader, at, options)).flatten();
    let read = match (found, counted) {
        (Some(found), Some(counted)) if counted.to > found.to => relative_mention(tokens, &counted),
        (Some(found), _) if !found.exists() || called_by_date(reader, &found) => return Read::Skip(found.to),
        (Some(found), _) => mention(reader, &found, options),
        (None, counted) => counted.and_then(|counted| relative_mention(tokens, &counted)),
    };
    match read {
        Some((mention, range)) => Read::Date(mention, range),
        // The second word of a month's name ("الأول") must not be read as a day.
        None if kinds & kind::MONTH != 0 => Read::Skip(tokens.skip(at, kind::MONTH)),
        None => Read::Skip(at + 1),
    }
}

fn printed_at(reader: &Reader<'_, '_>, at: usize, options: &DateOptions) -> Option<Found> {
    let words = reader.in_words(at);
    let digits = reader.in_digits(at, &options.lang);
    let part = reader.part_of_year(at);
    let mut best: Option<Found> = None;
    for found in [words, digits, part].into_iter().flatten() {
        if best.is_none_or(|b| found.to > b.to) {
            best = Some(found);
        }
    }
    best
}

/// Whether the date is the name of a street, square or the like: "Rue du 4 septembre", شارع 6 أكتوبر.
fn called_by_date(reader: &Reader<'_, '_>, found: &Found) -> bool {
    let tokens = reader.tokens;
    let before = found.from.checked_sub(1);
    let is_place = |at: usize| tokens.has(at, kind::PLACE);
    let linked = (1..=2)
        .filter_map(|n| found.from.checked_sub(n))
        .any(|at| at > 0 && tokens.after(at, kind::LINK) == Some(found.from) && is_place(at - 1));
    let bare = found.first.year.is_none() && found.weekday.is_none();
    linked || bare && (before.is_some_and(is_place) || is_place(found.to))
}

fn span(tokens: &Tokens<'_>, from: usize, to: usize) -> Option<Span> {
    let start = tokens.list.get(from)?.start;
    let end = tokens.list.get(to.checked_sub(1)?)?.end;
    Span::new(tokens.text, start, end)
}

fn relative_mention(tokens: &Tokens<'_>, counted: &Counted) -> Option<(DateMention, Range<usize>)> {
    let notes =
        if counted.vague { vec!["how long this lasts is a rule of thumb".to_owned()] } else { Vec::new() };
    let mention = DateMention {
        span: span(tokens, counted.from, counted.to)?,
        calendar: Calendar::Gregorian,
        value: counted.value,
        resolved: Some(counted.value),
        confidence: Confidence::new(if counted.vague { 0.5 } else { 0.8 }),
        notes,
        same_day: None,
        one: None,
    };
    Some((mention, counted.from..counted.to))
}

fn mention(
    reader: &Reader<'_, '_>,
    found: &Found,
    options: &DateOptions,
) -> Option<(DateMention, Range<usize>)> {
    let mut found = *found;
    let mut notes = Vec::new();
    let mut sure: f32 = if found.short_year || found.ambiguous { 0.7 } else { 0.97 };
    if found.short_year {
        fit_century(&mut found);
    }
    let value = match found.last {
        Some(last) => DateValue::Interval(found.first.value()?, last.value()?),
        None => DateValue::Single(found.first.value()?),
    };
    let day = value.single().filter(|d| d.is_gregorian_day());
    if let (Some(printed), Some(real)) = (found.weekday, day.and_then(weekday)) {
        // Lunar days begin in the evening and are sighted: a day's difference says nothing.
        let tolerated =
            found.first.calendar == Calendar::LunarHijri && matches!((printed + 7 - real) % 7, 1 | 6);
        if printed == real {
            sure = 0.99;
        } else if !tolerated {
            notes.push(format!(
                "the weekday printed is {}, that of the date {}",
                day_name(printed),
                day_name(real)
            ));
            sure = 0.6;
        }
    }
    if found.ambiguous {
        notes.push("day and month could be the other way round".to_owned());
    }
    let resolved = match (value.precision(), options.issued) {
        (DatePrecision::DayOfYear, Some(issued)) => {
            nearest(&found.first, &issued, found.weekday).map(DateValue::Single)
        }
        (DatePrecision::Interval, Some(issued)) if found.first.year.is_none() => {
            resolve_interval(&found, &issued)
        }
        _ => None,
    };
    if found.first.year.is_none() {
        sure -= 0.1;
    }
    let mention = DateMention {
        span: span(reader.tokens, found.from, found.to)?,
        calendar: found.first.calendar,
        value,
        resolved,
        confidence: Confidence::new(sure),
        notes,
        same_day: None,
        one: None,
    };
    Some((mention, found.from..found.to))
}

fn resolve_interval(found: &Found, issued: &PartialDate) -> Option<DateValue> {
    let first = nearest(&found.first, issued, None)?;
    let last = nearest(found.last.as_ref()?, &first, None)?;
    Some(DateValue::Interval(first, last))
}

/// Moves a year of two digits to the century in which the printed weekday is right, if only that one agrees.
fn fit_century(found: &mut Found) {
    let Some(on) = found.weekday else { return };
    let agrees = |year: Option<i32>| {
        let printed = value::Printed { year, ..found.first };
        printed.value().as_ref().and_then(weekday) == Some(on)
    };
    let Some(year) = found.first.year else { return };
    let pick = [year, year - 100, year + 100].into_iter().find(|y| agrees(Some(*y)));
    if found.last.is_none() {
        found.first.year = pick.or(Some(year));
    }
}

fn day_name(weekday: u8) -> &'static str {
    match weekday {
        1 => "Monday",
        2 => "Tuesday",
        3 => "Wednesday",
        4 => "Thursday",
        5 => "Friday",
        6 => "Saturday",
        _ => "Sunday",
    }
}
