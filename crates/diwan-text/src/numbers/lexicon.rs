//! What a language's words mean for dates and numbers: terms of one or more words, each with its senses.
//!
//! A lexicon is a dictionary over folded words (`fold`). Terms hang on their first word, longest first, so that
//! reading a text looks each word up once and compares further words only where a term may begin.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use diwan_model::Calendar;

use super::Hedge;
use super::fold::{digit, fold_into, in_word, is_lone};

/// A stretch of time that words count in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// What a term means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Sense {
    /// A month; `weak` where the word often means something else.
    Month {
        calendar: Calendar,
        month: u8,
        weak: bool,
    },
    /// Monday is 1.
    Weekday(u8),
    /// After the digits of a day ("st", 日).
    DaySuffix,
    /// Before the digits of a day ("ngày").
    DayPrefix,
    /// Between day and month ("of").
    Link,
    /// Before a month ("month of").
    MonthPrefix,
    /// After a month (月, ماه).
    MonthSuffix,
    /// Between month and year ("of the year").
    YearLink,
    /// After a year ("года", 年).
    YearSuffix,
    /// Between weekday and date.
    WeekdayLink,
    /// Before a day written as an ordinal, and part of the date ("on the").
    Lead,
    /// "to", "until".
    To,
    /// "between".
    Between,
    /// "and".
    And,
    /// Says the calendar of a year.
    Era(Calendar),
    /// Streets and squares that are called by a date.
    Place,
    /// What carries a number or code: resolution, No.
    Code,
    /// Says that the next date is the same day.
    Pair,
    Quarter,
    QuarterLetter,
    Half,
    /// Spring is 0.
    Season(u8),
    /// "today", "last month".
    Relative(Unit, i8),
    /// "in the coming weeks".
    Ahead(Unit),
    /// "in recent weeks".
    Behind(Unit),
    /// "last", beside a weekday.
    Last,
    /// "next", beside a weekday.
    Next,
    /// "ago", behind a number of days, weeks, months or years.
    Ago,
    /// The same before it (« il y a », قبل).
    AgoBefore,
    /// Behind them, says that it is counted from something else (پیش از).
    NotAgo,
    Cardinal(u64),
    Ordinal(u64),
    /// After the digits of an ordinal number.
    OrdinalSuffix,
    Percent,
    /// A letter for thousands or millions beside money ("$107m").
    MoneyScale(u64),
    /// "… and a half".
    PlusHalf,
    /// "thirds": the number before it counts parts.
    Fraction,
    /// Index into [`Lexicon::codes`].
    Money(u16),
    /// Index into [`Lexicon::codes`].
    Measure(u16),
    Hedge(Hedge),
    /// A number word that alone is more often no number ("one", "second").
    Weak,
}

/// A set of kinds of senses.
pub(crate) type Kinds = u64;

/// The kinds by name; each is one bit.
pub(crate) mod kind {
    use super::Kinds;

    macro_rules! kinds {
        ($($name:ident),* $(,)?) => { kinds!(@ 0; $($name,)*); };
        (@ $at:expr; $name:ident, $($rest:ident,)*) => {
            pub(crate) const $name: Kinds = 1 << ($at);
            kinds!(@ $at + 1; $($rest,)*);
        };
        (@ $at:expr;) => {};
    }
    kinds!(
        MONTH,
        WEEKDAY,
        DAY_SUFFIX,
        DAY_PREFIX,
        LINK,
        MONTH_PREFIX,
        MONTH_SUFFIX,
        YEAR_LINK,
        YEAR_SUFFIX,
        WEEKDAY_LINK,
        LEAD,
        TO,
        BETWEEN,
        AND,
        ERA,
        PLACE,
        CODE,
        PAIR,
        QUARTER,
        QUARTER_LETTER,
        HALF,
        SEASON,
        RELATIVE,
        AHEAD,
        BEHIND,
        LAST,
        NEXT,
        AGO,
        AGO_BEFORE,
        NOT_AGO,
        CARDINAL,
        ORDINAL,
        ORDINAL_SUFFIX,
        MONEY_SCALE,
        PLUS_HALF,
        FRACTION,
        PERCENT,
        MONEY,
        MEASURE,
        HEDGE,
        WEAK,
    );
}

impl Sense {
    /// The kind of this sense.
    pub(crate) fn kind(&self) -> Kinds {
        match self {
            Self::Month { .. } => kind::MONTH,
            Self::Weekday(_) => kind::WEEKDAY,
            Self::DaySuffix => kind::DAY_SUFFIX,
            Self::DayPrefix => kind::DAY_PREFIX,
            Self::Link => kind::LINK,
            Self::MonthPrefix => kind::MONTH_PREFIX,
            Self::MonthSuffix => kind::MONTH_SUFFIX,
            Self::YearLink => kind::YEAR_LINK,
            Self::YearSuffix => kind::YEAR_SUFFIX,
            Self::WeekdayLink => kind::WEEKDAY_LINK,
            Self::Lead => kind::LEAD,
            Self::To => kind::TO,
            Self::Between => kind::BETWEEN,
            Self::And => kind::AND,
            Self::Era(_) => kind::ERA,
            Self::Place => kind::PLACE,
            Self::Code => kind::CODE,
            Self::Pair => kind::PAIR,
            Self::Quarter => kind::QUARTER,
            Self::QuarterLetter => kind::QUARTER_LETTER,
            Self::Half => kind::HALF,
            Self::Season(_) => kind::SEASON,
            Self::Relative(..) => kind::RELATIVE,
            Self::Ahead(_) => kind::AHEAD,
            Self::Behind(_) => kind::BEHIND,
            Self::Last => kind::LAST,
            Self::Next => kind::NEXT,
            Self::Ago => kind::AGO,
            Self::AgoBefore => kind::AGO_BEFORE,
            Self::NotAgo => kind::NOT_AGO,
            Self::Cardinal(_) => kind::CARDINAL,
            Self::Ordinal(_) => kind::ORDINAL,
            Self::OrdinalSuffix => kind::ORDINAL_SUFFIX,
            Self::MoneyScale(_) => kind::MONEY_SCALE,
            Self::PlusHalf => kind::PLUS_HALF,
            Self::Fraction => kind::FRACTION,
            Self::Percent => kind::PERCENT,
            Self::Money(_) => kind::MONEY,
            Self::Measure(_) => kind::MEASURE,
            Self::Hedge(_) => kind::HEDGE,
            Self::Weak => kind::WEAK,
        }
    }
}

/// A term without its first word.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) rest: Box<[u32]>,
    pub(crate) sense: Sense,
}

/// A word that begins at least one term, or belongs to one.
#[derive(Debug, Default)]
struct Head {
    kinds: Kinds,
    entries: Vec<Entry>,
}

/// Multiplies and rotates: quick on words of a few letters, and the same in every run.
#[derive(Default)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            for (to, from) in word.iter_mut().zip(chunk) {
                *to = *from;
            }
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x517c_c1b7_2722_0a95);
        }
        self.0 ^= self.0 >> 32;
    }
}

/// Order of day, month and year in numeric dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Order {
    #[default]
    Dmy,
    Mdy,
    Ymd,
}

/// The words of one language, with those of its fallbacks behind them.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: HashMap<Box<str>, u32, BuildHasherDefault<WordHasher>>,
    heads: Vec<Head>,
    /// Currency codes and units.
    pub(crate) codes: Vec<Box<str>>,
    /// Prefixes that are written together with the next word, folded, longest first.
    pub(crate) clitics: Vec<Box<str>>,
    /// Endings of months and weekdays, folded, longest first.
    pub(crate) endings: Vec<Box<str>>,
    pub(crate) order: Order,
    /// Whether a month before a day needs no year ("December 3").
    pub(crate) month_first: bool,
    /// The calendar of years below 1600 in numeric dates.
    pub(crate) early_years: Option<Calendar>,
    /// The mark before decimals; others group thousands.
    pub(crate) decimal: Box<str>,
    pub(crate) group: Box<str>,
    /// Whether number words may be written together with "and" between them (هفتادوششمین).
    pub(crate) glued_and: bool,
    /// Whether a weekday may stand behind its date ("3 Aralık 2021 Cuma").
    pub(crate) weekday_last: bool,
    /// Whether every language is in it, because the text's is not known.
    pub(crate) undetermined: bool,
}

/// The number of a word that is in no term.
pub(crate) const UNKNOWN: u32 = 0;

impl Lexicon {
    /// An empty lexicon.
    pub(crate) fn new() -> Self {
        Self { heads: vec![Head::default()], ..Self::default() }
    }

    /// The number of a folded word, [`UNKNOWN`] where it is in no term.
    pub(crate) fn word(&self, folded: &str) -> u32 {
        self.words.get(folded).copied().unwrap_or(UNKNOWN)
    }

    /// The kinds of the terms that begin with `word`.
    pub(crate) fn kinds(&self, word: u32) -> Kinds {
        self.heads.get(word as usize).map_or(0, |h| h.kinds)
    }

    /// The terms that begin with `word`, longest first.
    pub(crate) fn entries(&self, word: u32) -> &[Entry] {
        self.heads.get(word as usize).map_or(&[], |h| &h.entries)
    }

    /// The index of a currency or unit.
    pub(crate) fn code(&mut self, code: &str) -> u16 {
        let at = self.codes.iter().position(|c| &**c == code).unwrap_or_else(|| {
            self.codes.push(code.into());
            self.codes.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    fn intern(&mut self, folded: &str) -> u32 {
        if let Some(id) = self.words.get(folded) {
            return *id;
        }
        let id = u32::try_from(self.heads.len()).unwrap_or(UNKNOWN);
        self.words.insert(folded.into(), id);
        self.heads.push(Head::default());
        id
    }

    /// Adds a term. Words with ZWNJ between are also known written together and apart; so are Arabic-script terms
    /// of several words. Terms with digits are left out: digits are no words. Terms already there with the same kind of sense stay (the first language wins).
    pub(crate) fn add(&mut self, term: &str, sense: Sense) {
        if term.chars().any(|c| digit(c).is_some()) {
            return;
        }
        let words = split(term);
        self.add_words(&words, sense);
        if term.contains('\u{200C}') {
            let apart = split(&term.replace('\u{200C}', " "));
            self.add_words(&apart, sense);
        }
        let arabic = words.iter().all(|w| w.chars().all(|c| ('\u{0600}'..='\u{06FF}').contains(&c)));
        if arabic && words.len() > 1 && words.iter().all(|w| w.chars().count() > 1) {
            self.add_words(&[words.concat()], sense);
        }
    }

    fn add_words(&mut self, words: &[String], sense: Sense) {
        let mut ids = words.iter().map(|w| self.intern(w)).collect::<Vec<_>>().into_iter();
        let Some(first) = ids.next() else { return };
        let rest: Box<[u32]> = ids.collect();
        let Some(head) = self.heads.get_mut(first as usize) else { return };
        head.kinds |= sense.kind();
        let known = |e: &Entry| e.rest == rest && e.sense.kind() == sense.kind();
        if !head.entries.iter().any(known) {
            let at =
                head.entries.iter().position(|e| e.rest.len() < rest.len()).unwrap_or(head.entries.len());
            head.entries.insert(at, Entry { rest, sense });
        }
    }
}

/// The folded words of a term.
pub(crate) fn split(term: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    let mut folded = String::new();
    let mut close = |word: &mut String, out: &mut Vec<String>| {
        if !word.is_empty() {
            fold_into(word, &mut folded);
            out.push(folded.clone());
            word.clear();
        }
    };
    for c in term.chars() {
        if is_lone(c) {
            close(&mut word, &mut out);
            out.push(c.to_string());
        } else if in_word(c) {
            word.push(c);
        } else {
            close(&mut word, &mut out);
        }
    }
    close(&mut word, &mut out);
    out
}
