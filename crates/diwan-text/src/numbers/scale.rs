//! What multiplies a number or adds to it: words for thousands and more, letters beside money, "and a half".

use super::Bare;
use super::digits::{Run, digits};
use super::lexicon::{Sense, kind};
use super::token::Tokens;

/// A word that alone is a thousand, a million or more, at `at`.
fn scale_word(tokens: &Tokens<'_>, at: usize) -> Option<(f64, usize)> {
    tokens.sense(at, kind::CARDINAL, |s| match s {
        Sense::Cardinal(
            v @ (1_000 | 10_000 | 1_000_000 | 100_000_000 | 1_000_000_000 | 1_000_000_000_000),
        ) => Some(*v as f64),
        _ => None,
    })
}

/// "8 million", «۲ هزار و ۵۰۰»: digits with words for thousands and more.
pub(super) fn with_scale(tokens: &Tokens<'_>, bare: Bare) -> Bare {
    let Some((mut last, mut next)) = scale_word(tokens, bare.next) else { return bare };
    let mut value = bare.value * last;
    while let Some((further, after)) =
        scale_word(tokens, next).filter(|(v, _)| *v > last && !tokens.has(next, kind::AND))
    {
        (value, last, next) = (value * further, further, after);
    }
    while let Some(and) = tokens.after(next, kind::AND) {
        let Some(Run::Number(more)) = tokens.number(and).and_then(|_| digits(tokens, and)) else { break };
        let (part, after) = scale_word(tokens, more.next)
            .map_or((more.value, more.next), |(scale, next)| (more.value * scale, next));
        if part >= last {
            break;
        }
        (value, next) = (value + part, after);
        last = part;
    }
    Bare { value, next, year: false, ..bare }
}

/// "$107m", « 3 Md€ »: a letter behind digits means thousands or more where money stands before it or behind it.
pub(super) fn of_money(tokens: &Tokens<'_>, at: usize, floor: usize, bare: Bare) -> Bare {
    let letter = tokens.sense(bare.next, kind::MONEY_SCALE, |s| match s {
        Sense::MoneyScale(value) => Some(*value as f64),
        _ => None,
    });
    let Some((scale, next)) = letter else { return bare };
    let behind = tokens.has(next, kind::MONEY) && !tokens.spaced(next);
    if behind
        || super::sign_before(tokens, at, floor).is_some_and(|(kind, ..)| kind == super::NumberKind::Money)
    {
        return Bare { value: bare.value * scale, next, year: false, ..bare };
    }
    bare
}

/// "two and a half", مليون ونصف, «یک و نیم میلیون».
pub(super) fn with_half(tokens: &Tokens<'_>, bare: Bare) -> Bare {
    let half = tokens.after(bare.next, kind::AND).and_then(|and| tokens.after(and, kind::PLUS_HALF));
    let Some(next) = half.filter(|_| !bare.ordinal && bare.value >= 1.0) else { return bare };
    let unit = [1e12, 1e9, 1e6, 1e3].into_iter().find(|unit| bare.value % unit == 0.0).unwrap_or(1.0);
    let value = bare.value + unit / 2.0;
    if unit > 1.0 {
        // "نصف المليون": the word again.
        let again = scale_word(tokens, next).filter(|(v, _)| *v == unit).map_or(next, |(_, next)| next);
        return Bare { value, next: again, weak: false, year: false, ..bare };
    }
    match scale_word(tokens, next) {
        Some((scale, next)) => Bare { value: value * scale, next, weak: false, year: false, ..bare },
        None => Bare { value, next, weak: false, year: false, ..bare },
    }
}

/// Whether a value can only be meant as a number, although its word is one: the Arabic dual of a million.
pub(super) fn is_dual(value: u64) -> bool {
    matches!(value, 2_000 | 2_000_000 | 2_000_000_000)
}

/// مليونا دولار: alone and before what is counted, the form is the dual; with ‑ً and behind a number it is not.
pub(super) fn of_two(tokens: &Tokens<'_>, at: usize, bare: Bare) -> Bare {
    let printed = tokens.printed(at);
    let dual = bare.next == at + 1
        && [1e3, 1e6, 1e9].contains(&bare.value)
        && printed.ends_with('ا')
        && printed.chars().count() > 3
        && tokens.has(bare.next, kind::MONEY | kind::MEASURE);
    if dual { Bare { value: bare.value * 2.0, ..bare } } else { bare }
}
