//! Dates in running text, in any calendar.

use diwan_model::{Calendar, Confidence, DateValue, LanguageTag, PartialDate, Span};

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
    /// Where it stands.
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
}

/// The dates of `text` in order.
pub fn find_dates(text: &str, options: &DateOptions) -> Vec<DateMention> {
    let _ = (text, options);
    Vec::new()
}
