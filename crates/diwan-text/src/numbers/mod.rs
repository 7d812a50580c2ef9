//! Numbers in running text: digits of any script and number words, with what they count and how they are hedged.
//!
//! A text is cut into tokens and dates are found first: their digits are no numbers. Then numbers in digits
//! (`digits`) and in words (`words`) are read with the data of the language, and what stands beside them decides
//! their kind: a sign of per cent, a currency, a unit, an ordinal ending, a hedge. Digits of resolutions, articles,
//! telephones, codes, times and years are left out. `docs/text/numbers.md` tells the method and its limits.

pub(crate) mod data;
mod digits;
pub(crate) mod fold;
pub(crate) mod lexicon;
mod scale;
pub(crate) mod token;
pub(crate) mod words;

use diwan_model::{LanguageTag, Span};

use crate::dates::{DateOptions, dates_of};

use digits::{Run, digits, in_code};
use lexicon::{Sense, kind};
use token::{Kind, Tokens};
use words::number_words;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NumberKind {
    /// How many.
    Cardinal,
    /// Which in a row.
    Ordinal,
    /// Per cent.
    Percent,
    /// With a currency.
    Money,
    /// With a unit.
    Quantity,
}

/// How a number is hedged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Hedge {
    /// "about", "some".
    About,
    /// "nearly".
    Nearly,
    /// "more than", "over".
    MoreThan,
    /// "less than", "under".
    LessThan,
    /// "at least".
    AtLeast,
    /// "at most", "up to".
    AtMost,
}

impl NumberKind {
    /// As the JSON output writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cardinal => "cardinal",
            Self::Ordinal => "ordinal",
            Self::Percent => "percent",
            Self::Money => "money",
            Self::Quantity => "quantity",
        }
    }
}

impl Hedge {
    /// As the JSON output writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Nearly => "nearly",
            Self::MoreThan => "more-than",
            Self::LessThan => "less-than",
            Self::AtLeast => "at-least",
            Self::AtMost => "at-most",
        }
    }
}

/// A number as printed.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberMention {
    /// Where it stands, with its unit and hedge.
    pub span: Span,
    /// Its value.
    pub value: f64,
    /// What it counts.
    pub kind: NumberKind,
    /// How it is hedged.
    pub hedge: Option<Hedge>,
    /// ISO 4217 currency (`IRT` for toman) or unit (`km`, `t`; time in `s`, `min`, `h`, `d`, `wk`, `mo`, `a`), where said.
    pub unit: Option<String>,
}

/// The numbers of `text` in order; they do not overlap each other or a date.
///
/// ```
/// use diwan_model::LanguageTag;
/// use diwan_text::numbers::{Hedge, NumberKind, find_numbers};
///
/// let text = "nearly eight million people, the 84th member, under resolution 2254";
/// let numbers = find_numbers(text, &LanguageTag::new("en"));
/// assert_eq!(numbers.len(), 2);
/// assert_eq!((numbers[0].value, numbers[0].hedge), (8_000_000.0, Some(Hedge::Nearly)));
/// assert_eq!((numbers[1].value, numbers[1].kind), (84.0, NumberKind::Ordinal));
/// ```
pub fn find_numbers(text: &str, lang: &LanguageTag) -> Vec<NumberMention> {
    let tokens = Tokens::new(text, data::lexicon(lang));
    let options = DateOptions { lang: lang.clone(), issued: None };
    let mut dates = dates_of(&tokens, &options).into_iter().map(|(_, range)| range).peekable();
    let mut out: Vec<NumberMention> = Vec::new();
    let mut at = 0;
    let mut floor = 0;
    while at < tokens.list.len() {
        while dates.next_if(|range| range.end <= at).is_some() {}
        if let Some(range) = dates.peek().filter(|range| range.start <= at) {
            at = range.end;
            floor = at;
            continue;
        }
        let limit = dates.peek().map_or(tokens.list.len(), |range| range.start);
        match number_at(&tokens, at, floor, limit) {
            Read::Mention(mention, next) => {
                out.push(mention);
                at = next.max(at + 1);
                floor = at;
            }
            Read::Skip(next) => at = next.max(at + 1),
        }
    }
    out
}

enum Read {
    Mention(NumberMention, usize),
    Skip(usize),
}

/// A number without what stands beside it.
#[derive(Clone, Copy)]
struct Bare {
    value: f64,
    ordinal: bool,
    next: usize,
    /// A single word that is more often no number.
    weak: bool,
    /// Digits that may be a year.
    year: bool,
}

/// The number at `at`. Tokens before `floor` and from `limit` on are taken.
fn number_at(tokens: &Tokens<'_>, at: usize, floor: usize, limit: usize) -> Read {
    let bare = match tokens.kind(at) {
        Some(Kind::Number { .. }) => match digits(tokens, at) {
            Some(Run::Code(end)) => return Read::Skip(end),
            Some(Run::Number(number)) => {
                if in_code(tokens, at) || is_label(tokens, at, number.next) {
                    return Read::Skip(number.next);
                }
                let year = number.plain == Some(4) && looks_like_year(tokens, at, number.value);
                let bare = Bare { value: number.value, ordinal: false, next: number.next, weak: false, year };
                scale::with_half(tokens, scale::with_scale(tokens, scale::of_money(tokens, at, floor, bare)))
            }
            None => return Read::Skip(at + 1),
        },
        Some(Kind::Word(_)) => match number_words(tokens, at) {
            Some(words) => {
                let one_word = words.terms == 1 && words.next <= at + 1;
                let weak =
                    one_word && (words.scaled && !scale::is_dual(words.value) || tokens.has(at, kind::WEAK));
                let bare = Bare {
                    value: words.value as f64,
                    ordinal: words.ordinal,
                    next: words.next,
                    weak,
                    year: false,
                };
                if words.terms == 1 && is_other_word(tokens, at, words.next) {
                    return Read::Skip(words.next);
                }
                scale::with_half(tokens, scale::of_two(tokens, at, bare))
            }
            None => return Read::Skip(at + 1),
        },
        _ => return Read::Skip(at + 1),
    };
    if bare.next > limit {
        return Read::Skip(at + 1);
    }
    if let Some(next) = tokens.after(bare.next, kind::FRACTION).filter(|_| !bare.ordinal) {
        return Read::Skip(next);
    }
    if is_numbered(tokens, at) {
        return Read::Skip(in_brackets(tokens, bare.next).unwrap_or(bare.next));
    }
    complete(tokens, at, bare, floor, limit).unwrap_or(Read::Skip(bare.next))
}

/// Adds the kind, unit and hedge; `None` where it turns out to be no number.
fn complete(tokens: &Tokens<'_>, at: usize, bare: Bare, floor: usize, limit: usize) -> Option<Read> {
    let (mut start, mut end) = (at, bare.next);
    let mut kind = if bare.ordinal { NumberKind::Ordinal } else { NumberKind::Cardinal };
    let mut value = bare.value;
    let mut unit = None;
    if !bare.ordinal
        && let Some(next) = ordinal_suffix(tokens, at, bare.next)
    {
        (kind, end) = (NumberKind::Ordinal, next);
    }
    if kind == NumberKind::Cardinal {
        if let Some((found, code, next)) = counted(tokens, end).filter(|(.., next)| *next <= limit) {
            (kind, unit, end) = (found, code, next);
        } else if let Some((found, code, from)) = sign_before(tokens, at, floor) {
            (kind, unit, start) = (found, code, from);
        } else if glued_letters(tokens, bare.next) {
            return None;
        }
        if start > floor && is_minus(tokens, start) {
            (value, start) = (-value, start - 1);
        }
    }
    let (hedge, from) = hedge_before(tokens, start, floor).unzip();
    start = from.unwrap_or(start);
    let mut hedge = hedge;
    if hedge.is_none()
        && let Some((after, next)) = hedge_after(tokens, end).filter(|(_, next)| *next <= limit)
    {
        (hedge, end) = (Some(after), next);
    }
    let sure = kind != NumberKind::Cardinal || hedge.is_some();
    if bare.weak && (kind == NumberKind::Ordinal || !sure) || bare.year && !sure {
        return None;
    }
    let span =
        Span::new(tokens.text, tokens.list.get(start)?.start, tokens.list.get(end.checked_sub(1)?)?.end)?;
    Some(Read::Mention(NumberMention { span, value, kind, hedge, unit }, end))
}

/// What is counted by the number that ends before `at`: per cent, money, a unit.
fn counted(tokens: &Tokens<'_>, at: usize) -> Option<(NumberKind, Option<String>, usize)> {
    let read = |at| {
        tokens.sense(at, kind::PERCENT | kind::MONEY | kind::MEASURE, |s| match s {
            Sense::Percent => Some((NumberKind::Percent, None)),
            Sense::Money(code) => Some((NumberKind::Money, code_of(tokens, *code))),
            Sense::Measure(code) => Some((NumberKind::Quantity, code_of(tokens, *code))),
            _ => None,
        })
    };
    let linked = tokens.skip(at, kind::LINK);
    let apostrophe = linked + usize::from(linked > at && matches!(tokens.mark(linked), Some('\'' | '’')));
    let direct = read(at);
    let ((kind, unit), next) = direct.or_else(|| (apostrophe > at).then(|| read(apostrophe)).flatten())?;
    Some((kind, unit, next))
}

fn code_of(tokens: &Tokens<'_>, code: u16) -> Option<String> {
    tokens.lexicon.codes.get(usize::from(code)).map(|c| c.to_string())
}

/// A sign of money or per cent before the number: "$5", "US$ 5", «٪۵».
fn sign_before(tokens: &Tokens<'_>, at: usize, floor: usize) -> Option<(NumberKind, Option<String>, usize)> {
    (1..=2).filter_map(|n| at.checked_sub(n)).filter(|from| *from >= floor).rev().find_map(|from| {
        let (found, next) = tokens.sense(from, kind::PERCENT | kind::MONEY, |s| match s {
            Sense::Percent => Some((NumberKind::Percent, None)),
            Sense::Money(code) => Some((NumberKind::Money, code_of(tokens, *code))),
            _ => None,
        })?;
        let sign = tokens.printed(from);
        let is_sign = !sign.chars().any(char::is_alphabetic) || sign.chars().all(|c| c.is_ascii_uppercase());
        (next == at && is_sign).then_some((found.0, found.1, from))
    })
}

/// The token after an ordinal ending glued to digits, perhaps by a hyphen.
fn ordinal_suffix(tokens: &Tokens<'_>, at: usize, next: usize) -> Option<usize> {
    tokens.number(at)?;
    let hyphen = usize::from(matches!(tokens.glued_mark(next), Some('-' | '\'' | '’')));
    let suffix = next + hyphen;
    if tokens.spaced(suffix) {
        return None;
    }
    tokens.after(suffix, kind::ORDINAL_SUFFIX)
}

/// Whether unknown letters are glued behind digits ("5G", "3D").
fn glued_letters(tokens: &Tokens<'_>, next: usize) -> bool {
    !tokens.spaced(next)
        && matches!(tokens.kind(next), Some(Kind::Word(_)))
        && tokens.printed(next).is_ascii()
}

fn is_minus(tokens: &Tokens<'_>, start: usize) -> bool {
    let Some(before) = start.checked_sub(1) else { return false };
    matches!(tokens.mark(before), Some('-' | '−'))
        && !tokens.spaced(start)
        && (before == 0 || tokens.spaced(before))
}

/// A hedge that ends where the number begins.
fn hedge_before(tokens: &Tokens<'_>, start: usize, floor: usize) -> Option<(Hedge, usize)> {
    (1..=4).filter_map(|n| start.checked_sub(n)).filter(|from| *from >= floor).rev().find_map(|from| {
        let (hedge, mut next) = hedge_at(tokens, from)?;
        while next < start && matches!(tokens.mark(next), Some('\'' | '’')) {
            next += 1;
        }
        (next == start).then_some((hedge, from))
    })
}

/// "على الأقل", "au moins" behind the number.
fn hedge_after(tokens: &Tokens<'_>, end: usize) -> Option<(Hedge, usize)> {
    hedge_at(tokens, end).filter(|(hedge, next)| {
        let late = matches!(hedge, Hedge::AtLeast | Hedge::AtMost | Hedge::About);
        let ends = tokens
            .list
            .get(*next)
            .is_none_or(|t| matches!(t.kind, Kind::Mark(_)) || tokens.number(*next).is_none());
        late && ends && number_words(tokens, *next).is_none()
    })
}

fn hedge_at(tokens: &Tokens<'_>, at: usize) -> Option<(Hedge, usize)> {
    tokens.sense(at, kind::HEDGE, |s| match s {
        Sense::Hedge(hedge) => Some(*hedge),
        _ => None,
    })
}

/// Whether a word before says that this is the number of something ("resolution 2254", "No. 5", "n° 2020").
fn is_numbered(tokens: &Tokens<'_>, at: usize) -> bool {
    let mut before = at;
    let mut passed = 0;
    while let Some(b) = before.checked_sub(1).filter(|_| passed < 3) {
        before = b;
        if tokens.after(before, kind::CODE).is_some_and(|next| next <= at) {
            return true;
        }
        // "resolutions 2254 and 2231": the digits before are numbers of the same kind.
        let listed = tokens.has(before, kind::AND) || matches!(tokens.mark(before), Some(',' | '،'));
        if listed && before > 0 && tokens.number(before - 1).is_some() {
            (before, passed) = (before - 1, 0);
            continue;
        }
        let passes = matches!(tokens.mark(before), Some('.' | ':' | '°' | '(' | '/'))
            || tokens.has(before, kind::DAY_SUFFIX)
            || matches!(tokens.kind(before), Some(Kind::Clitic(_)));
        if !passes {
            return false;
        }
        passed += 1;
    }
    false
}

/// The token behind "(2015)" at `at`, which stands behind the number of a resolution.
fn in_brackets(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let inside =
        tokens.mark(at) == Some('(') && tokens.number(at + 1).is_some() && tokens.mark(at + 2) == Some(')');
    inside.then_some(at + 3)
}

/// Whether digits only number a line or item: "3.", "(3)", "3)" at the beginning.
fn is_label(tokens: &Tokens<'_>, at: usize, next: usize) -> bool {
    let first = at == 0 || at == 1 && matches!(tokens.mark(0), Some('(' | '[' | '•' | '-'));
    let closes =
        matches!(tokens.mark(next), Some('.' | ')' | ']' | '-' | '–' | ':' | '/')) && !tokens.spaced(next);
    first && closes
}

/// Whether four digits are more likely a year than a count.
fn looks_like_year(tokens: &Tokens<'_>, at: usize, value: f64) -> bool {
    let linked = (1..=3)
        .filter_map(|n| at.checked_sub(n))
        .any(|b| tokens.after(b, kind::YEAR_LINK | kind::SEASON) == Some(at));
    let named = at > 0 && matches!(tokens.printed(at - 1), "in" | "since" | "In" | "Since" | "en" | "depuis");
    let round = value % 100.0 == 0.0;
    (1900.0..2100.0).contains(&value) && (!round || linked || named)
        || (1300.0..1500.0).contains(&value) && linked
}

/// Whether a number word of one term is more likely another word here: a weekday, or a part of a name of a month.
fn is_other_word(tokens: &Tokens<'_>, at: usize, next: usize) -> bool {
    let other = tokens.after(at, kind::WEEKDAY | kind::MONTH | kind::RELATIVE | kind::AHEAD | kind::BEHIND);
    let inside_month = at > 0 && tokens.after(at - 1, kind::MONTH).is_some_and(|end| end >= next);
    other.is_some_and(|end| end >= next) || inside_month
}
