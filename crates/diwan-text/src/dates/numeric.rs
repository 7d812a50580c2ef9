//! Dates in digits alone: 03/12/2021, 2021-12-03, ١٤٤٣/٠٤/٢٨ هـ, 20211203.

use diwan_model::{Calendar, LanguageTag};

use crate::numbers::lexicon::{Order, kind};
use crate::numbers::token::Kind;

use super::patterns::Found;
use super::reader::{Reader, century};
use super::value::{Printed, from_buddhist, gregorian};

/// The parts of a numeric date in printed order: value and how many digits.
type Parts = [(u64, u8); 3];

impl Reader<'_, '_> {
    /// A numeric date that begins at `at`, with the weekday before it.
    pub(super) fn in_digits(&self, at: usize, lang: &LanguageTag) -> Option<Found> {
        if let Some((weekday, next)) = self.weekday(at)
            && self.tokens.number(next).is_some()
        {
            let found = self.three_numbers(next, lang)?;
            return Some(Found { from: at, weekday: Some(weekday), ..found });
        }
        self.three_numbers(at, lang).or_else(|| self.compact(at)).or_else(|| self.month_alone(at))
    }

    fn three_numbers(&self, at: usize, lang: &LanguageTag) -> Option<Found> {
        let first = self.tokens.number(at).filter(|(_, digits)| *digits <= 4)?;
        let sign = self
            .tokens
            .mark(at + 1)
            .filter(|c| matches!(c, '/' | '.' | '-' | '٫' | '‐' | '–' | '\\' | '⁄' | '／'))?;
        let spaced = self.tokens.spaced(at + 1) || self.tokens.spaced(at + 2);
        if self.tokens.mark(at + 3) != Some(sign) || spaced && matches!(sign, '-' | '–' | '٫') {
            return None;
        }
        let parts: Parts = [first, self.tokens.number(at + 2)?, self.tokens.number(at + 4)?];
        let to = at + 5;
        if self.inside_number(at) || self.goes_further(to, sign) || self.is_code(at) {
            return None;
        }
        if spaced && !parts.iter().any(|(_, digits)| *digits == 4) {
            return None;
        }
        let end = self.tokens.skip(to, kind::YEAR_SUFFIX);
        let era = self.era(end).or_else(|| self.era(to));
        let found = self.choose(at, &parts, sign, era.map(|(calendar, _)| calendar), lang)?;
        Some(Found { to: era.map_or(end, |(_, next)| next), ..found })
    }

    /// Whether more digits or letters follow, so that this is a code, a number of a version or of a telephone.
    fn goes_further(&self, to: usize, sign: char) -> bool {
        if self.tokens.spaced(to) {
            return false;
        }
        match self.tokens.kind(to) {
            Some(Kind::Mark(c)) => {
                (c == sign || matches!(c, '/' | '-' | '+')) && self.tokens.glued_digits(to + 1).is_some()
            }
            Some(Kind::Word(_)) => {
                let word = self.tokens.printed(to);
                word.is_ascii() && !matches!(word, "T" | "t" | "Z" | "AH" | "H" | "AP" | "SH")
            }
            Some(Kind::Number { .. }) => true,
            _ => false,
        }
    }

    /// Whether a word before says that this is the number of something.
    fn is_code(&self, at: usize) -> bool {
        let mut before = at;
        for _ in 0..2 {
            let Some(b) = before.checked_sub(1) else { return false };
            before = b;
            if self.tokens.after(before, kind::CODE).is_some_and(|next| next <= at) {
                return true;
            }
            if !matches!(self.tokens.mark(before), Some('.' | ':' | '°' | '('))
                && !self.tokens.has(before, kind::DAY_SUFFIX)
            {
                return false;
            }
        }
        false
    }

    fn order(&self, lang: &LanguageTag) -> Order {
        let region = lang.as_str().rsplit('-').next().unwrap_or("");
        match self.tokens.lexicon.order {
            Order::Mdy if lang.primary() != lang.as_str() && !matches!(region, "US" | "PH" | "Latn") => {
                Order::Dmy
            }
            order => order,
        }
    }

    /// Decides which part is which: by the part that can only be a year, by the language, by what is possible.
    fn choose(
        &self,
        at: usize,
        parts: &Parts,
        sign: char,
        era: Option<Calendar>,
        lang: &LanguageTag,
    ) -> Option<Found> {
        let order = self.order(lang);
        let year_at = parts.iter().position(|(value, digits)| *digits >= 3 || *value > 31);
        let orders: &[Order] = match (year_at, order) {
            (Some(0), _) => &[Order::Ymd],
            (Some(1), _) => return None,
            (Some(_), Order::Mdy) => &[Order::Mdy, Order::Dmy],
            (Some(_), _) => &[Order::Dmy, Order::Mdy],
            (None, Order::Ymd) => &[Order::Ymd, Order::Dmy, Order::Mdy],
            (None, Order::Mdy) => &[Order::Mdy, Order::Dmy, Order::Ymd],
            (None, Order::Dmy) => &[Order::Dmy, Order::Mdy, Order::Ymd],
        };
        // Two-digit years after full stops and hyphens are more often numbers of sections, unless every part has two digits.
        let all_two = parts.iter().all(|(_, digits)| *digits == 2);
        let short = parts.iter().all(|(_, digits)| *digits <= 2);
        let doubtful = short && matches!(sign, '.' | '-' | '–' | '‐') && !all_two;
        if doubtful && at > 0 {
            return None;
        }
        let mut possible = orders.iter().filter_map(|order| self.read_as(at, parts, *order, era, lang));
        let mut found = possible.next()?;
        let open = order == Order::Mdy || self.tokens.lexicon.undetermined;
        found.ambiguous =
            open && possible.any(|other| other.first != found.first && other.first.year == found.first.year);
        Some(found)
    }

    fn read_as(
        &self,
        at: usize,
        parts: &Parts,
        order: Order,
        era: Option<Calendar>,
        lang: &LanguageTag,
    ) -> Option<Found> {
        let [a, b, c] = *parts;
        let (year, month, day) = match order {
            Order::Dmy => (c, b, a),
            Order::Mdy => (c, a, b),
            Order::Ymd => (a, b, c),
        };
        if year.1 == 3 && era != Some(Calendar::LunarHijri) || month.1 > 2 || day.1 > 2 || year.1 == 1 {
            return None;
        }
        let value = i32::try_from(year.0).ok()?;
        let thai = lang.primary() == "th" && (2400..=2700).contains(&value);
        let value = if thai { from_buddhist(value)? } else { value };
        let calendar = era.or_else(|| self.calendar_of(value, year.1, at))?;
        let full = if year.1 == 2 { century(value, calendar) } else { value };
        let right = match calendar {
            Calendar::Gregorian => (1500..=2200).contains(&full),
            Calendar::SolarHijri | Calendar::LunarHijri => (1..=1599).contains(&full),
        };
        let (month, day) = (u8::try_from(month.0).ok()?, u8::try_from(day.0).ok()?);
        if !right || !(1..=12).contains(&month) {
            return None;
        }
        gregorian(calendar, full, month, day)?;
        let first = Printed { calendar, year: Some(full), month: Some(month), day: Some(day), quarter: None };
        Some(Found { short_year: year.1 == 2, ..Found::new(at, at + 5, first) })
    }

    /// The calendar of a year in digits: Gregorian from 1600 on, before that by the language or the digits.
    fn calendar_of(&self, year: i32, digits: u8, at: usize) -> Option<Calendar> {
        let printed = self.tokens.printed(at).chars().next().unwrap_or('0');
        if digits == 2 {
            let solar = self.tokens.lexicon.early_years == Some(Calendar::SolarHijri) && year >= 60;
            return Some(if solar { Calendar::SolarHijri } else { Calendar::Gregorian });
        }
        if year >= 1600 {
            return Some(Calendar::Gregorian);
        }
        if !(1200..=1599).contains(&year) {
            return None;
        }
        self.tokens.lexicon.early_years.or(match printed {
            '\u{06F0}'..='\u{06F9}' => Some(Calendar::SolarHijri),
            '\u{0660}'..='\u{0669}' => Some(Calendar::LunarHijri),
            _ => None,
        })
    }

    /// "12/2021" and "2021-12", where the line says nothing else.
    fn month_alone(&self, at: usize) -> Option<Found> {
        let sign = self.tokens.mark(1).filter(|c| matches!(c, '/' | '-' | '.'))?;
        if at > 0 || self.tokens.list.len() != 3 {
            return None;
        }
        let (first, second) = (self.tokens.number(0)?, self.tokens.number(2)?);
        let (year, month) = if first.1 == 4 && sign != '.' { (first, second) } else { (second, first) };
        let value = i32::try_from(year.0).ok().filter(|y| year.1 == 4 && (1900..=2100).contains(y))?;
        let month = u8::try_from(month.0).ok().filter(|m| (1..=12).contains(m))?;
        let first = Printed { year: Some(value), month: Some(month), ..Printed::default() };
        Some(Found::new(0, 3, first))
    }

    /// "20211203" alone on its line, or before a time.
    fn compact(&self, at: usize) -> Option<Found> {
        let (value, digits) = self.tokens.number(at)?;
        let alone = at == 0 && (self.tokens.list.len() == 1 || self.tokens.printed(1) == "T");
        if digits != 8 || !alone {
            return None;
        }
        let value = u32::try_from(value).ok()?;
        let (year, month, day) =
            (i32::try_from(value / 10_000).ok()?, (value / 100 % 100) as u8, (value % 100) as u8);
        gregorian(Calendar::Gregorian, year, month, day).filter(|_| (1900..=2100).contains(&year))?;
        let first = Printed {
            calendar: Calendar::Gregorian,
            year: Some(year),
            month: Some(month),
            day: Some(day),
            quarter: None,
        };
        Some(Found::new(at, at + 1, first))
    }
}
