//! Numbers written in words: «هشتاد و چهارمین», الرابع والثمانين, "eight million", « quatre-vingt-quatre ».
//!
//! One grammar serves the languages: a number is a sum of descending scales, each multiplied by a group below
//! 1000; a group is hundreds, tens and units in the orders that the languages use.

use super::lexicon::{Sense, kind};
use super::token::{Kind, Tokens};

/// A number in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) value: u64,
    pub(crate) ordinal: bool,
    /// The token after it.
    pub(crate) next: usize,
    /// How many terms it is made of.
    pub(crate) terms: u8,
    /// Whether its last term is a thousand, a million or more.
    pub(crate) scaled: bool,
}

/// The longest number in words that begins at `at`.
pub(crate) fn number_words(tokens: &Tokens<'_>, at: usize) -> Option<Words> {
    let mut sum = Sum { total: 0, group: 0, scale: u64::MAX, any: false };
    let mut out: Option<Words> = None;
    let mut here = at;
    loop {
        let (from, joined) = if out.is_some() { connector(tokens, here) } else { (here, false) };
        let Some(((value, ordinal), next)) = term(tokens, from) else { break };
        if !sum.add(value, joined) {
            break;
        }
        let terms = out.map_or(0, |w| w.terms).saturating_add(1);
        let ordinal_so_far = ordinal || out.is_some_and(|w| w.ordinal);
        out =
            Some(Words { value: sum.value()?, ordinal: ordinal_so_far, next, terms, scaled: value >= 1000 });
        here = next;
        if ordinal && !(value <= 9 && connector(tokens, next).1) {
            break;
        }
    }
    out
}

/// The value of a number term at `at`.
fn term(tokens: &Tokens<'_>, at: usize) -> Option<((u64, bool), usize)> {
    tokens.sense(at, kind::CARDINAL | kind::ORDINAL, |s| match s {
        Sense::Cardinal(value) => Some((*value, false)),
        Sense::Ordinal(value) => Some((*value, true)),
        _ => None,
    })
}

/// What may stand between two terms of a number: where the next begins, and whether an "and" was there.
fn connector(tokens: &Tokens<'_>, at: usize) -> (usize, bool) {
    match tokens.kind(at) {
        Some(Kind::Mark('-' | '‐' | '\u{2011}')) if !tokens.spaced(at) && !tokens.spaced(at + 1) => {
            let next = tokens.skip(at + 1, kind::AND);
            let next = if matches!(tokens.mark(next), Some('-')) { next + 1 } else { next };
            (next, next > at + 1)
        }
        Some(Kind::Word(_) | Kind::Clitic(_)) => match tokens.after(at, kind::AND) {
            Some(next) => (next, true),
            None => (at, false),
        },
        _ => (at, false),
    }
}

struct Sum {
    total: u64,
    group: u64,
    scale: u64,
    any: bool,
}

impl Sum {
    fn value(&self) -> Option<u64> {
        self.total.checked_add(self.group)
    }

    /// Adds a term, if the grammar lets it follow.
    fn add(&mut self, value: u64, joined: bool) -> bool {
        let tail = self.group % 100;
        if value == 0 {
            let first = !self.any;
            self.any = true;
            return first;
        }
        if self.any && self.total == 0 && self.group == 0 {
            return false;
        }
        if value >= 1000 {
            let scale = [1_000_000_000_000, 1_000_000_000, 1_000_000, 1000]
                .into_iter()
                .find(|s| value >= *s)
                .unwrap_or(1000);
            let multiplied = value != scale;
            if scale >= self.scale || multiplied && self.group != 0 {
                return false;
            }
            let factor =
                if joined && self.total > 0 && self.group == 0 || multiplied { 1 } else { self.group.max(1) };
            let Some(part) = value.checked_mul(factor) else { return false };
            let Some(total) = self.total.checked_add(part) else { return false };
            (self.total, self.group, self.scale) = (total, 0, scale);
        } else if value == 100 && (1..=19).contains(&self.group) && !joined {
            self.group *= 100;
        } else if self.group == 0 && (self.total == 0 || self.scale > 1000 || value < 1000) {
            self.group = value;
        } else if value < 10 && tail >= 20 && tail.is_multiple_of(10)
            || value < 100 && tail == 0
            || (10..20).contains(&value) && (tail == 60 || tail == 80)
            || joined && (20..100).contains(&value) && value.is_multiple_of(10) && (1..10).contains(&tail)
        {
            self.group += value;
        } else {
            return false;
        }
        self.any = true;
        true
    }
}
