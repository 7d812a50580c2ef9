//! Rates of interest as central banks print them: whole numbers with vulgar fractions, decimals, ranges.

use std::collections::BTreeMap;

use diwan_model::Span;

use super::rules::Language;
use super::sentence::Prepared;
use super::slots::{Value, one_line, plain_number};

/// A rate as statements of central banks print it: `5-1/4 percent`, `0 to 1/4 percent`, `4,25 %`.
pub(super) fn rate(sentence: &Prepared<'_>, language: &Language, start: usize, end: usize) -> Option<Value> {
    let range = sentence.printed_at(start, end)?;
    let text = range.of(sentence.printed);
    let (from, to, low, high) = read_rate(text, &language.per_cent, &language.to)?;
    let span = Span::new(sentence.printed, range.start() + from, range.start() + to)?;
    let mut details = BTreeMap::from([("unit".to_owned(), "percent".to_owned())]);
    match high {
        Some(high) => {
            details.insert("low".to_owned(), plain_number(low));
            details.insert("high".to_owned(), plain_number(high));
        }
        None => {
            details.insert("value".to_owned(), plain_number(low));
        }
    }
    Some(Value { text: one_line(span.of(sentence.printed)), span, entity: None, details })
}

/// Where the first rate of a text stands (with its sign of per cent), its value, and the upper end where it is a range.
fn read_rate(text: &str, per_cent: &[String], to: &[String]) -> Option<(usize, usize, f64, Option<f64>)> {
    let starts = text.char_indices().filter(|(_, c)| digit(*c).is_some()).map(|(at, _)| at);
    let mut passed = 0;
    for at in starts {
        if at < passed {
            continue;
        }
        let Some((low, after)) = amount(text, at) else { continue };
        passed = after;
        if let Some(end) = sign(text, after, per_cent) {
            // "0.25 percent to 0.5 percent" is a range as well.
            if let Some((high, end)) =
                second(text, end, to).and_then(|(h, e)| Some((h, sign(text, e, per_cent)?)))
            {
                return Some((at, end, low, Some(high)));
            }
            return Some((at, end, low, None));
        }
        if let Some((high, after)) = second(text, after, to)
            && let Some(end) = sign(text, after, per_cent)
        {
            return Some((at, end, low, Some(high)));
        }
    }
    None
}

/// The second number of a range: a word for "to" or a dash, and a number.
fn second(text: &str, at: usize, to: &[String]) -> Option<(f64, usize)> {
    let rest = text.get(at..)?;
    let gap = rest.len() - rest.trim_start().len();
    let words = rest.trim_start();
    let word = to.iter().find(|w| words.starts_with(w.as_str())).map(String::len);
    let dash = words.chars().next().filter(|c| matches!(c, '–' | '—')).map(char::len_utf8);
    let behind = at + gap + word.or(dash)?;
    let blank = text.get(behind..)?.len() - text.get(behind..)?.trim_start().len();
    amount(text, behind + blank)
}

fn digit(c: char) -> Option<u32> {
    let code = match c {
        '0'..='9' => u32::from(c) - u32::from('0'),
        '٠'..='٩' => u32::from(c) - u32::from('٠'),
        '۰'..='۹' => u32::from(c) - u32::from('۰'),
        _ => return None,
    };
    Some(code)
}

/// A number at `at` with decimals or a vulgar fraction ("5-1/4", "1 3/4", "1/4", "4,25"); the byte behind it.
fn amount(text: &str, at: usize) -> Option<(f64, usize)> {
    let (whole, after) = integer(text, at)?;
    let rest = text.get(after..)?;
    let mut chars = rest.chars();
    match (chars.next(), chars.next()) {
        (Some('/'), Some(c)) if digit(c).is_some() => {
            let (under, end) = integer(text, after + 1)?;
            (under > 0.0).then_some((whole / under, end))
        }
        (Some(mark @ ('.' | ',' | '٫')), Some(c)) if digit(c).is_some() => {
            let begin = after + mark.len_utf8();
            let (part, end) = integer(text, begin)?;
            let places = text.get(begin..end)?.chars().count();
            Some((whole + part / 10_f64.powi(i32::try_from(places).ok()?), end))
        }
        (Some(mark @ ('-' | ' ' | '\u{a0}' | '‑' | '–' | '\n')), Some(c)) if digit(c).is_some() => {
            let fraction = integer(text, after + mark.len_utf8()).and_then(|(over, slash)| {
                let begin = text.get(slash..)?.strip_prefix('/').map(|_| slash + 1)?;
                let (under, end) = integer(text, begin)?;
                (under > over && under > 0.0).then_some((whole + over / under, end))
            });
            Some(fraction.unwrap_or((whole, after)))
        }
        _ => Some((whole, after)),
    }
}

fn integer(text: &str, at: usize) -> Option<(f64, usize)> {
    let mut value = 0.0;
    let mut end = at;
    for c in text.get(at..)?.chars().take(12) {
        let Some(d) = digit(c) else { break };
        value = value * 10.0 + f64::from(d);
        end += c.len_utf8();
    }
    (end > at).then_some((value, end))
}

/// The byte behind a sign of per cent at `at`.
fn sign(text: &str, at: usize, per_cent: &[String]) -> Option<usize> {
    let rest = text.get(at..)?;
    let words = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\n', '-']);
    let gap = rest.len() - words.len();
    let whole = |w: &&String| {
        words
            .strip_prefix(w.as_str())
            .is_some_and(|behind| !behind.chars().next().is_some_and(char::is_alphabetic))
    };
    per_cent.iter().find(whole).map(|w| at + gap + w.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(text: &str) -> Option<(f64, Option<f64>)> {
        let words = |list: &[&str]| list.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        read_rate(text, &words(&["percent", "%", "في المائة"]), &words(&["to ", "and ", "إلى "]))
            .map(|(_, _, low, high)| (low, high))
    }

    #[test]
    fn rates_are_read_in_every_form() {
        for (text, want) in [
            ("5-1/4 percent", (5.25, None)),
            ("1 3/4 percent", (1.75, None)),
            ("3/4 percent", (0.75, None)),
            ("0 to 1/4 percent", (0.0, Some(0.25))),
            ("5-1/4 to 5-1/2 percent", (5.25, Some(5.5))),
            ("25 basis points to 5-3/4 percent", (5.75, None)),
            ("4.50 percent", (4.5, None)),
            ("4,25 %", (4.25, None)),
            ("٤٫٢٥ في المائة", (4.25, None)),
            ("1/2 percentage point, to 4-3/4 to 5 percent", (4.75, Some(5.0))),
            ("between 2 and 2-1/4 percent", (2.0, Some(2.25))),
        ] {
            assert_eq!(rate(text), Some(want), "{text}");
        }
    }
}
