//! Numbers in digits, with the separators of the language.

use super::token::{Kind, Tokens};

/// A number in digits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Digits {
    pub(super) value: f64,
    /// The token after it.
    pub(super) next: usize,
    /// Whether it is one run of digits without separators, and how long.
    pub(super) plain: Option<u8>,
}

/// What a run of digits at a token is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Run {
    /// A number.
    Number(Digits),
    /// A code, a telephone number, a version: nothing up to this token is a number.
    Code(usize),
}

/// Reads digits at `at`, which is a number token.
pub(super) fn digits(tokens: &Tokens<'_>, at: usize) -> Option<Run> {
    let (value, count) = tokens.number(at)?;
    if let Some(end) = chain(tokens, at) {
        return Some(Run::Code(end));
    }
    let mut number = Digits { value: value as f64, next: at + 1, plain: Some(count) };
    let mut sign = None;
    while let Some((mark, group, next)) = grouped(tokens, number.next, sign) {
        if number.plain.is_some_and(|count| count > 3) {
            break;
        }
        sign = Some(mark);
        number = Digits { value: number.value * 1000.0 + group, next, plain: None };
    }
    if let Some((fraction, next)) = decimals(tokens, number.next, sign) {
        number = Digits { value: number.value + fraction, next, plain: None };
    }
    Some(Run::Number(number))
}

/// A group of three digits at `at`, behind a mark or a space that groups; the same one in the whole number.
fn grouped(tokens: &Tokens<'_>, at: usize, sign: Option<char>) -> Option<(char, f64, usize)> {
    let fits = |mark| sign.is_none_or(|s| s == mark);
    if let Some((value, 3)) = tokens.number(at) {
        let space = gap(tokens, at)?;
        let narrow = matches!(space, '\u{A0}' | '\u{202F}' | '\u{2009}');
        let known = narrow || space == ' ' && sign.is_none_or(|s| s == ' ');
        return (known && fits(space)).then_some((space, value as f64, at + 1));
    }
    let mark = tokens.glued_mark(at)?;
    let known = tokens.lexicon.group.contains(mark) || matches!(mark, '٬' | '’' | '\'');
    if !known || !fits(mark) || tokens.spaced(at + 1) {
        return None;
    }
    match tokens.number(at + 1)? {
        (value, 3) => Some((mark, value as f64, at + 2)),
        _ => None,
    }
}

/// The one space before a token.
fn gap(tokens: &Tokens<'_>, at: usize) -> Option<char> {
    let (before, here) = (tokens.list.get(at.checked_sub(1)?)?, tokens.list.get(at)?);
    let mut between = tokens.text.get(before.end..here.start)?.chars();
    let space = between.next()?;
    between.next().is_none().then_some(space)
}

/// The decimals behind a decimal mark at `at`.
fn decimals(tokens: &Tokens<'_>, at: usize, group: Option<char>) -> Option<(f64, usize)> {
    let mark = tokens.glued_mark(at)?;
    let known = tokens.lexicon.decimal.contains(mark) || mark == '٫' || mark == '.' && group != Some('.');
    if !known || group == Some(mark) || tokens.spaced(at + 1) {
        return None;
    }
    let (value, count) = tokens.number(at + 1)?;
    (count <= 9).then(|| (value as f64 / 10_f64.powi(i32::from(count)), at + 2))
}

/// The end of a chain of digits and marks that is no number: 2020-1310, 1.2.3, 12/34, +961 1 234 567, 10:22.
fn chain(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let glued = |at: usize| matches!(tokens.kind(at), Some(Kind::Number { .. } | Kind::Time));
    let mut end = at + 1;
    let mut hyphens = 0;
    let mut stops = 0;
    while let Some(mark) = tokens.glued_mark(end) {
        if !glued(end + 1) || tokens.spaced(end + 1) {
            break;
        }
        match mark {
            '/' if tokens.lexicon.decimal.contains('/') && end == at + 1 => stops += 1,
            '-' | '–' | '/' | '_' | ':' => hyphens += 1,
            '.' => stops += 1,
            ',' | '٬' | '٫' | '،' | '’' | '\'' => {}
            _ => break,
        }
        end += 2;
    }
    let groups = stops > 1 && tokens.lexicon.group.contains('.') && all_groups(tokens, at + 2, end);
    let code = hyphens > 1 || hyphens == 1 && !is_range(tokens, at, end) || stops > 1 && !groups;
    if code {
        return Some(end);
    }
    // Digits apart by spaces, three runs or more that no grouping explains, are a telephone number.
    let plus = at > 0 && !tokens.spaced(at) && tokens.mark(at - 1) == Some('+');
    let mut last = at + 1;
    while tokens.number(last).is_some() && tokens.spaced(last) {
        last += 1;
    }
    let lengths_group = (at + 1..last).all(|t| tokens.number(t).is_some_and(|(_, d)| d == 3));
    (plus || last - at >= 3 && !(lengths_group && grouped(tokens, at + 1, None).is_some())).then_some(last)
}

fn all_groups(tokens: &Tokens<'_>, from: usize, to: usize) -> bool {
    (from..to).step_by(2).all(|t| tokens.number(t).is_some_and(|(_, digits)| digits == 3))
}

/// Whether digits around one hyphen are the ends of a range: short, and rising.
fn is_range(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    let (Some((first, a)), Some((last, b))) = (tokens.number(at), tokens.number(end - 1)) else {
        return false;
    };
    end == at + 3 && first < last && a <= 3 && b <= 3 && matches!(tokens.mark(at + 1), Some('-' | '–'))
}

/// Whether digits at `at` belong to a name or code: letters or a hyphen with letters are glued to them.
pub(super) fn in_code(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|_| !tokens.spaced(at)) else { return false };
    match tokens.kind(before) {
        Some(Kind::Word(_)) => {
            let last = tokens.printed(before).chars().next_back();
            last.is_some_and(|c| c.is_alphabetic() && c.is_ascii())
        }
        Some(Kind::Mark('-' | '/' | '_' | '#' | '@' | '=' | '&' | '.')) => {
            before > 0 && !tokens.spaced(before) && matches!(tokens.kind(before - 1), Some(Kind::Word(_)))
        }
        Some(Kind::Number { .. } | Kind::Time) => true,
        _ => false,
    }
}
