//! Numbers, dates, units and hedges that differ across a bead.

use diwan_model::{DateValue, LanguageTag, PartialDate, Span};
use diwan_text::dates::{DateOptions, find_dates};
use diwan_text::numbers::{Hedge, NumberKind, find_numbers};
use diwan_text::words::{WordKind, words_in};

use super::{Both, ComparedSide, Difference, DifferenceKind, quote, range};
use crate::align::Bead;

/// A number as it is compared.
#[derive(Debug, Clone)]
struct Figure {
    sentence: usize,
    span: Span,
    value: f64,
    /// In digits, or too large to be a manner of speaking.
    firm: bool,
    hedge: Option<Hedge>,
    unit: Option<String>,
    kind: NumberKind,
    /// In digits.
    digits: bool,
    /// A year by its looks.
    year: bool,
}

#[derive(Debug, Clone)]
struct Day {
    sentence: usize,
    span: Span,
    value: DateValue,
    /// Counts from the day of issue ("yesterday").
    relative: bool,
}

/// All that a side of a bead says in figures.
#[derive(Debug, Default)]
struct Said {
    figures: Vec<Figure>,
    days: Vec<Day>,
    /// Every number that the digits may be read as, dates included: what may satisfy a number opposite.
    loose: Vec<f64>,
}

/// Number words below this are manners of speaking ("one of", "the two").
const SPOKEN: f64 = 13.0;

/// Compares the figures of a bead.
pub(super) fn find(both: &Both<'_>, bead: &Bead, out: &mut Vec<Difference>) {
    let source = said(both, ComparedSide::Source, bead);
    let target = said(both, ComparedSide::Target, bead);
    let confidence = bead.confidence.value();
    days(both, (&source, &target), confidence, out);
    numbers(both, bead, (&source, &target), confidence, out);
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

fn read(text: &str, sentence: usize, lang: &LanguageTag, issued: Option<PartialDate>, out: &mut Said) {
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
    for mention in &mentions {
        let printed = mention.span.of(text);
        let digits = printed.chars().any(char::is_numeric);
        let year = digits && mention.unit.is_none() && is_year(mention.value);
        out.loose.push(mention.value);
        out.figures.push(Figure {
            sentence,
            span: mention.span,
            value: mention.value,
            firm: digits || mention.value >= SPOKEN,
            hedge: mention.hedge,
            unit: mention.unit.clone(),
            kind: mention.kind,
            digits,
            year,
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
            });
        }
    }
    // Digits may be glued to letters ("2pm", «و13:00»): here no word matters.
    for run in text.split(|c: char| !(c.is_numeric() || matches!(c, '.' | ',' | '٫' | '٬' | ':'))) {
        out.loose.extend(loose(run));
    }
}

fn is_year(value: f64) -> bool {
    value.fract() == 0.0 && (1200.0..2101.0).contains(&value)
}

/// What a run of digits may be read as: whole, in parts, with a decimal sign.
fn loose(printed: &str) -> Vec<f64> {
    let ascii: String = printed
        .chars()
        .map(|c| match c {
            '٠'..='٩' => char::from_digit(c as u32 - 0x660, 10).unwrap_or(' '),
            '۰'..='۹' => char::from_digit(c as u32 - 0x6f0, 10).unwrap_or(' '),
            '٫' => '.',
            c if c.is_ascii_digit() || c == '.' => c,
            ',' => '.',
            _ => ' ',
        })
        .collect();
    let parts: Vec<&str> = ascii.split([' ', '.']).filter(|p| !p.is_empty()).collect();
    let mut out: Vec<f64> = Vec::new();
    if let [_] = parts.as_slice() {
        out.extend(parts.iter().filter_map(|p| p.parse::<f64>().ok()));
        return out;
    }
    out.extend(parts.iter().filter_map(|p| p.parse::<f64>().ok()));
    out.extend(parts.concat().parse::<f64>().ok());
    out.extend(ascii.trim_matches([' ', '.']).parse::<f64>().ok());
    out.sort_by(f64::total_cmp);
    out.dedup();
    out
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * a.abs().max(b.abs())
}

/// How units of one kind are turned into each other: miles, inches (to millimetres, to centimetres), feet, pounds, acres.
const CONVERSIONS: [f64; 6] = [1.609, 25.4, 2.54, 0.3048, 0.4536, 0.4047];

/// Whether two figures may be one measure in two units: one names a unit, and the other does not name the same.
fn in_other_unit(a: &Figure, b: &Figure) -> bool {
    let measure = a.kind == NumberKind::Quantity || b.kind == NumberKind::Quantity;
    measure && a.unit != b.unit && converted(a.value, b.value)
}

/// Whether two numbers may be one measure in two units, rounded.
fn converted(a: f64, b: f64) -> bool {
    let near = |x: f64, y: f64| (x - y).abs() <= 0.06 * y.abs();
    CONVERSIONS.iter().any(|k| near(a * k, b) || near(b * k, a))
        || near((a - 32.0) / 1.8, b)
        || near((b - 32.0) / 1.8, a)
}

/// Whether two numbers may be one year or one hour: `53` for `1953`, `2 pm` for `14`.
fn abridged(a: f64, b: f64) -> bool {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    (is_year(large) && small < 100.0 && same(large % 100.0, small))
        || (large < 25.0 && same(small + 12.0, large))
}

/// The same number but for a power of a thousand that one reading may have missed, or a share in per cent.
fn akin(a: f64, b: f64) -> bool {
    same(a, b) || [1e2, 1e3, 1e6, 1e9, 1e12].iter().any(|k| same(a * k, b) || same(a, b * k))
}

fn numbers(both: &Both<'_>, bead: &Bead, said: (&Said, &Said), confidence: f32, out: &mut Vec<Difference>) {
    let (left, right) = (&said.0.figures, &said.1.figures);
    let mut taken = vec![false; right.len()];
    let mut partner: Vec<Option<usize>> = vec![None; left.len()];
    for (figure, slot) in left.iter().zip(&mut partner) {
        // The same unit first, then the same hedge, so that repeated numbers pair up.
        let best = (0..right.len())
            .filter(|k| !taken.get(*k).copied().unwrap_or(true))
            .filter_map(|k| right.get(k).map(|r| (k, r)))
            .filter(|(_, r)| same(figure.value, r.value))
            .min_by_key(|(k, r)| (r.unit != figure.unit, r.hedge != figure.hedge, *k))
            .map(|(k, _)| k);
        if let Some(t) = best.and_then(|k| taken.get_mut(k)) {
            *t = true;
        }
        *slot = best;
    }
    for (figure, other) in left.iter().zip(&partner).filter_map(|(f, p)| Some((f, right.get((*p)?)?))) {
        units_and_hedges(both, figure, other, confidence, out);
    }
    let open = |figure: &&Figure, loose: &[f64], days: &[Day]| {
        figure.firm
            && !loose.iter().any(|v| akin(figure.value, *v) || abridged(figure.value, *v))
            && !(figure.year && days.iter().any(|d| year_of(&d.value) == Some(figure.value as i32)))
    };
    let lone_left: Vec<&Figure> = left
        .iter()
        .zip(&partner)
        .filter(|(_, p)| p.is_none())
        .map(|(f, _)| f)
        .filter(|f| open(f, &said.1.loose, &said.1.days) || repeated(f, left, right))
        .collect();
    let lone_right: Vec<&Figure> = right
        .iter()
        .zip(&taken)
        .filter(|(_, t)| !**t)
        .map(|(f, _)| f)
        .filter(|f| open(f, &said.0.loose, &said.0.days) || repeated(f, right, left))
        .collect();
    let mut used = vec![false; lone_right.len()];
    for figure in lone_left {
        let turned = lone_right.iter().zip(&used).position(|(r, used)| !used && in_other_unit(figure, r));
        if let Some(slot) = turned.and_then(|k| used.get_mut(k)) {
            *slot = true;
            continue;
        }
        let best = (0..lone_right.len())
            .filter(|k| !used.get(*k).copied().unwrap_or(true))
            .filter_map(|k| lone_right.get(k).map(|r| (k, *r)))
            .min_by_key(|(k, r)| (r.kind != figure.kind, r.unit != figure.unit, *k));
        match best {
            Some((k, other)) => {
                if let Some(u) = used.get_mut(k) {
                    *u = true;
                }
                let kind = if figure.year && other.year {
                    DifferenceKind::DateDiffers
                } else {
                    DifferenceKind::NumberDiffers
                };
                let message =
                    format!("{} in one version, {} in the other.", print(figure.value), print(other.value));
                let quotes = vec![
                    quote(ComparedSide::Source, figure.sentence, Some(figure.span)),
                    quote(ComparedSide::Target, other.sentence, Some(other.span)),
                ];
                out.push(both.difference(kind, confidence * 0.95, message, quotes));
            }
            None => missing(both, bead, ComparedSide::Source, figure, confidence, out),
        }
    }
    for (figure, _) in lone_right.iter().zip(&used).filter(|(_, used)| !**used) {
        missing(both, bead, ComparedSide::Target, figure, confidence, out);
    }
}

/// A number that stands more often here than opposite, where something else stands opposite instead.
fn repeated(figure: &Figure, here: &[Figure], there: &[Figure]) -> bool {
    let count = |list: &[Figure]| list.iter().filter(|f| same(f.value, figure.value)).count();
    let firm = |list: &[Figure]| list.iter().filter(|f| f.firm).count();
    figure.firm && count(here) != count(there) && count(there) > 0 && firm(here) == firm(there)
}

fn missing(
    both: &Both<'_>,
    bead: &Bead,
    side: ComparedSide,
    figure: &Figure,
    confidence: f32,
    out: &mut Vec<Difference>,
) {
    // Small ordinals and years are often said otherwise; what stands in a neighbour was moved, not lost.
    let telling = figure.digits && figure.value >= 10.0 && figure.kind != NumberKind::Ordinal;
    if confidence < 0.7 || !telling || moved(both, bead, side.other(), figure.value) {
        return;
    }
    // What stands in brackets after a measure is the same measure in another unit.
    let text = both.sentence(side, figure.sentence);
    let before = text.get(..figure.span.start()).unwrap_or_default();
    if before.trim_end().ends_with('(')
        || text.get(figure.span.end()..).unwrap_or_default().trim_start().starts_with('(')
    {
        return;
    }
    let kind = if figure.year { DifferenceKind::DateMissing } else { DifferenceKind::NumberMissing };
    let message = format!("{} stands in one version only.", print(figure.value));
    let mut quotes = vec![quote(side, figure.sentence, Some(figure.span))];
    quotes.extend(range(bead, side.other()).next().map(|at| quote(side.other(), at, None)));
    out.push(both.difference(kind, confidence * 0.7, message, quotes));
}

/// Whether a number stands in the sentences just before or after the bead.
fn moved(both: &Both<'_>, bead: &Bead, side: ComparedSide, value: f64) -> bool {
    let range = range(bead, side);
    let around = [range.start.checked_sub(1), Some(range.end)];
    around.into_iter().flatten().any(|at| {
        let mut said = Said::default();
        read(both.sentence(side, at), at, both.side(side).lang, None, &mut said);
        said.loose.iter().any(|v| akin(value, *v))
    })
}

fn units_and_hedges(both: &Both<'_>, a: &Figure, b: &Figure, confidence: f32, out: &mut Vec<Difference>) {
    let quotes = || {
        vec![
            quote(ComparedSide::Source, a.sentence, Some(a.span)),
            quote(ComparedSide::Target, b.sentence, Some(b.span)),
        ]
    };
    if let (Some(left), Some(right)) = (&a.unit, &b.unit)
        && left != right
    {
        let message = format!("The same number in {left} in one version, in {right} in the other.");
        out.push(both.difference(DifferenceKind::UnitDiffers, confidence * 0.9, message, quotes()));
    }
    if !a.firm && !b.firm {
        return;
    }
    let (original, translation) =
        if both.original() == ComparedSide::Source { (a.hedge, b.hedge) } else { (b.hedge, a.hedge) };
    let (kind, message) = match (original, translation) {
        (Some(hedge), None) => (
            DifferenceKind::HedgeDropped,
            format!("The number is hedged ({}) in one version only.", hedge.as_str()),
        ),
        (None, Some(hedge)) => (
            DifferenceKind::HedgeAdded,
            format!("The number is hedged ({}) in one version only.", hedge.as_str()),
        ),
        (Some(x), Some(y)) if opposed(x, y) => (
            DifferenceKind::HedgeDiffers,
            format!("The number is hedged otherwise: {}, {}.", x.as_str(), y.as_str()),
        ),
        _ => return,
    };
    out.push(both.difference(kind, confidence * 0.8, message, quotes()));
}

/// Whether two hedges set different bounds; "about" and "nearly" do not.
fn opposed(a: Hedge, b: Hedge) -> bool {
    let side = |h| match h {
        Hedge::About => 0,
        Hedge::Nearly | Hedge::LessThan | Hedge::AtMost => -1,
        Hedge::MoreThan | Hedge::AtLeast => 1,
    };
    side(a) * side(b) < 0
}

fn days(both: &Both<'_>, said: (&Said, &Said), confidence: f32, out: &mut Vec<Difference>) {
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
            missing_day(both, ComparedSide::Source, day, &said.1.loose, said.1, confidence, out);
        }
    }
    for day in others.into_iter().filter(|d| !d.relative) {
        missing_day(both, ComparedSide::Target, day, &said.0.loose, said.0, confidence, out);
    }
}

fn missing_day(
    both: &Both<'_>,
    side: ComparedSide,
    day: &Day,
    loose: &[f64],
    opposite: &Said,
    confidence: f32,
    out: &mut Vec<Difference>,
) {
    let Some(date) = day.value.single() else { return };
    let number = |n: Option<i32>| n.is_some_and(|n| loose.iter().any(|v| same(*v, f64::from(n))));
    // A date that the other reading did not recognise still shows its numbers.
    let shown = number(date.day.map(i32::from))
        || (date.day.is_none() && number(date.year))
        || !opposite.days.is_empty();
    if confidence < 0.7 || shown || (date.day.is_none() && date.year.is_none()) {
        return;
    }
    let message = format!("{} stands in one version only.", day.value);
    let quotes = vec![quote(side, day.sentence, Some(day.span))];
    out.push(both.difference(DifferenceKind::DateMissing, confidence * 0.6, message, quotes));
}

fn year_of(value: &DateValue) -> Option<i32> {
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

fn print(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 { format!("{value:.0}") } else { format!("{value}") }
}
