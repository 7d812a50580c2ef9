//! What a bead says in figures: numbers, dates and measures, read from both sides and compared (`amounts`, `days`).

use diwan_model::{DateValue, LanguageTag, PartialDate, Span};
use diwan_text::dates::{DateOptions, find_dates};
use diwan_text::numbers::{Hedge, NumberKind, NumberMention, find_numbers};
use diwan_text::words::{WordKind, words_in};

use super::measures::{Measure, measure, measure_after};
use super::{Both, ComparedSide, Difference, amounts, days, range};
use crate::align::Bead;

/// A number as it is compared.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    pub(super) sentence: usize,
    pub(super) span: Span,
    pub(super) value: f64,
    /// In digits, or too large to be a manner of speaking.
    pub(super) firm: bool,
    pub(super) hedge: Option<Hedge>,
    pub(super) unit: Option<String>,
    pub(super) kind: NumberKind,
    /// In digits.
    pub(super) digits: bool,
    /// A year by its looks.
    pub(super) year: bool,
    /// The measure it counts, where a known one follows.
    pub(super) measure: Option<Measure>,
}

/// A date as it is compared.
#[derive(Debug, Clone)]
pub(super) struct Day {
    pub(super) sentence: usize,
    pub(super) span: Span,
    pub(super) value: DateValue,
    /// Counts from the day of issue ("yesterday").
    pub(super) relative: bool,
}

/// All that a side of a bead says in figures.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) figures: Vec<Figure>,
    pub(super) days: Vec<Day>,
    /// Every number that the digits may be read as, dates included: what may satisfy a number opposite.
    pub(super) loose: Vec<f64>,
    /// All digits with nothing between them: numbers may be printed in groups, telephones above all.
    pub(super) digits: String,
}

/// Number words below this are manners of speaking ("one of", "the two").
const SPOKEN: f64 = 13.0;

/// Between the two numbers of a range stands no more than this many characters ("2 to 4 inches").
const RANGE: usize = 6;

/// Compares the figures of a bead.
pub(super) fn find(both: &Both<'_>, bead: &Bead, out: &mut Vec<Difference>) {
    let source = said(both, ComparedSide::Source, bead);
    let target = said(both, ComparedSide::Target, bead);
    let confidence = bead.confidence.value();
    days::find(both, bead, (&source, &target), confidence, out);
    amounts::find(both, bead, (&source, &target), confidence, out);
}

fn said(both: &Both<'_>, side: ComparedSide, bead: &Bead) -> Said {
    let mut out = Said::default();
    let issued = both.source.issued.or(both.target.issued).or(Some(PartialDate::day(2000, 3, 15)));
    let lang = both.side(side).lang;
    for sentence in range(bead, side) {
        read(both.sentence(side, sentence), sentence, lang, issued, &mut out);
    }
    out
}

/// Reads the figures of a sentence.
pub(super) fn read(
    text: &str,
    sentence: usize,
    lang: &LanguageTag,
    issued: Option<PartialDate>,
    out: &mut Said,
) {
    let without = find_dates(text, &DateOptions { lang: lang.clone(), issued: None });
    for date in find_dates(text, &DateOptions { lang: lang.clone(), issued }) {
        let relative = !without.iter().any(|d| d.span.overlaps(date.span));
        let value = date.resolved.unwrap_or(date.value);
        out.days.push(Day {
            sentence,
            span: date.span,
            value: if relative { value } else { date.value },
            relative,
        });
    }
    let mentions = find_numbers(text, lang);
    for (k, mention) in mentions.iter().enumerate() {
        let printed = mention.span.of(text);
        let digits = printed.chars().any(char::is_numeric);
        let year = digits && mention.unit.is_none() && is_year(mention.value);
        // "In their 80s" is a manner of speaking.
        let number = printed.trim_end_matches(|c: char| !c.is_numeric());
        let after = mention.span.start() + number.len();
        let decade =
            text.get(after..).is_some_and(|t| t.starts_with("s") && !t.starts_with(char::is_whitespace))
                && digits
                && text.get(after + 1..).is_none_or(|t| !t.starts_with(char::is_alphanumeric));
        out.loose.push(mention.value);
        out.figures.push(Figure {
            sentence,
            span: mention.span,
            value: mention.value,
            firm: (digits || mention.value >= SPOKEN) && !(digits && decade && mention.value < 100.0),
            hedge: mention.hedge,
            unit: mention.unit.clone(),
            kind: mention.kind,
            digits,
            year,
            measure: counted(text, mention, lang).or_else(|| {
                // The first number of a range has the unit of the second.
                let next = mentions.get(k + 1)?;
                let gap = text.get(mention.span.end()..next.span.start())?;
                let near = gap.chars().count() <= RANGE && !gap.contains([',', '،', ';', '(']);
                (mention.unit.is_none() && near).then(|| counted(text, next, lang)).flatten()
            }),
        });
    }
    for word in words_in(text, lang).into_iter().filter(|w| w.kind == WordKind::Number) {
        let dated = out.days.iter().any(|d| d.sentence == sentence && d.span.overlaps(word.span));
        let known = mentions.iter().any(|m| m.span.overlaps(word.span));
        let values = loose(word.span.of(text));
        if let (false, false, &[value]) = (dated, known, values.as_slice()) {
            out.figures.push(Figure {
                sentence,
                span: word.span,
                value,
                firm: true,
                hedge: None,
                unit: None,
                kind: NumberKind::Cardinal,
                digits: true,
                year: is_year(value),
                measure: measure_after(text, word.span.end(), lang),
            });
        }
    }
    // Digits may be glued to letters ("2pm", «و13:00»): here no word matters.
    for run in text.split(|c: char| !(c.is_numeric() || matches!(c, '.' | ',' | '٫' | '٬' | ':'))) {
        out.loose.extend(loose(run));
    }
    out.digits.extend(digits_of(text));
    out.digits.push(' ');
}

fn counted(text: &str, mention: &NumberMention, lang: &LanguageTag) -> Option<Measure> {
    // The span may hold the unit, but not all of it ("km/h").
    let printed = mention.span.of(text);
    let number = match printed.rfind(char::is_numeric) {
        Some(at) => at + printed.get(at..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8),
        None => printed.len(),
    };
    measure_after(text, mention.span.start() + number, lang)
        .or_else(|| mention.unit.as_deref().and_then(measure))
}

/// The digits of a text in ASCII, in order.
pub(super) fn digits_of(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter_map(|c| match c {
        '٠'..='٩' => char::from_digit(c as u32 - 0x660, 10),
        '۰'..='۹' => char::from_digit(c as u32 - 0x6f0, 10),
        c => c.is_ascii_digit().then_some(c),
    })
}

/// Whether a number can be a year.
pub(super) fn is_year(value: f64) -> bool {
    value.fract() == 0.0 && (1200.0..2101.0).contains(&value)
}

/// What a run of digits may be read as: whole, in parts, with a decimal sign.
fn loose(printed: &str) -> Vec<f64> {
    let ascii: String = printed
        .chars()
        .map(|c| match c {
            '٫' | ',' | '٬' | '.' => '.',
            c => digits_of(c.encode_utf8(&mut [0; 4])).next().unwrap_or(' '),
        })
        .collect();
    let parts: Vec<&str> = ascii.split([' ', '.']).filter(|p| !p.is_empty()).collect();
    let mut out: Vec<f64> = parts.iter().filter_map(|p| p.parse::<f64>().ok()).collect();
    if parts.len() > 1 {
        out.extend(parts.concat().parse::<f64>().ok());
        out.extend(ascii.trim_matches([' ', '.']).parse::<f64>().ok());
        out.sort_by(f64::total_cmp);
        out.dedup();
    }
    out
}

/// Whether two values are one.
pub(super) fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * a.abs().max(b.abs())
}
