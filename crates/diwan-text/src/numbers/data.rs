//! The data files of the languages, and the lexicons made of them.
//!
//! `data/<lang>/dates.toml` and `numbers.toml` are parsed when a language is first asked for. A lexicon holds the
//! language's own words first; names of months and weekdays of the fallback languages stand behind them, because
//! pages mix languages. For an unknown language one lexicon holds them all.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use diwan_model::{Calendar, LanguageTag};
use serde::Deserialize;

use super::Hedge;
use super::lexicon::{Lexicon, Order, Sense, Unit, split};

/// A language: tag, words of dates, words of numbers. The first four win where an unknown language leaves a choice.
const LANGUAGES: &[(&str, &str, &str)] = &[
    ("en", include_str!("../../data/en/dates.toml"), include_str!("../../data/en/numbers.toml")),
    ("fr", include_str!("../../data/fr/dates.toml"), include_str!("../../data/fr/numbers.toml")),
    ("ar", include_str!("../../data/ar/dates.toml"), include_str!("../../data/ar/numbers.toml")),
    ("fa", include_str!("../../data/fa/dates.toml"), include_str!("../../data/fa/numbers.toml")),
    ("az", include_str!("../../data/az/dates.toml"), ""),
    ("be", include_str!("../../data/be/dates.toml"), ""),
    ("bg", include_str!("../../data/bg/dates.toml"), ""),
    ("bn", include_str!("../../data/bn/dates.toml"), ""),
    ("bs", include_str!("../../data/bs/dates.toml"), ""),
    ("ca", include_str!("../../data/ca/dates.toml"), ""),
    ("ckb", include_str!("../../data/ckb/dates.toml"), include_str!("../../data/ckb/numbers.toml")),
    ("cs", include_str!("../../data/cs/dates.toml"), ""),
    ("da", include_str!("../../data/da/dates.toml"), ""),
    ("de", include_str!("../../data/de/dates.toml"), include_str!("../../data/de/numbers.toml")),
    ("el", include_str!("../../data/el/dates.toml"), ""),
    ("es", include_str!("../../data/es/dates.toml"), include_str!("../../data/es/numbers.toml")),
    ("et", include_str!("../../data/et/dates.toml"), ""),
    ("eu", include_str!("../../data/eu/dates.toml"), ""),
    ("fi", include_str!("../../data/fi/dates.toml"), ""),
    ("fil", include_str!("../../data/fil/dates.toml"), ""),
    ("gl", include_str!("../../data/gl/dates.toml"), ""),
    ("he", include_str!("../../data/he/dates.toml"), ""),
    ("hi", include_str!("../../data/hi/dates.toml"), ""),
    ("hr", include_str!("../../data/hr/dates.toml"), ""),
    ("hu", include_str!("../../data/hu/dates.toml"), ""),
    ("hy", include_str!("../../data/hy/dates.toml"), ""),
    ("id", include_str!("../../data/id/dates.toml"), ""),
    ("is", include_str!("../../data/is/dates.toml"), ""),
    ("it", include_str!("../../data/it/dates.toml"), ""),
    ("ja", include_str!("../../data/ja/dates.toml"), ""),
    ("ka", include_str!("../../data/ka/dates.toml"), ""),
    ("kk", include_str!("../../data/kk/dates.toml"), ""),
    ("ko", include_str!("../../data/ko/dates.toml"), ""),
    ("ku", include_str!("../../data/ku/dates.toml"), ""),
    ("ky", include_str!("../../data/ky/dates.toml"), ""),
    ("lt", include_str!("../../data/lt/dates.toml"), ""),
    ("lv", include_str!("../../data/lv/dates.toml"), ""),
    ("mk", include_str!("../../data/mk/dates.toml"), ""),
    ("ms", include_str!("../../data/ms/dates.toml"), ""),
    ("nb", include_str!("../../data/nb/dates.toml"), ""),
    ("nl", include_str!("../../data/nl/dates.toml"), ""),
    ("pl", include_str!("../../data/pl/dates.toml"), ""),
    ("ps", include_str!("../../data/ps/dates.toml"), ""),
    ("pt", include_str!("../../data/pt/dates.toml"), ""),
    ("ro", include_str!("../../data/ro/dates.toml"), ""),
    ("ru", include_str!("../../data/ru/dates.toml"), include_str!("../../data/ru/numbers.toml")),
    ("sk", include_str!("../../data/sk/dates.toml"), ""),
    ("sl", include_str!("../../data/sl/dates.toml"), ""),
    ("sq", include_str!("../../data/sq/dates.toml"), ""),
    ("sr", include_str!("../../data/sr/dates.toml"), ""),
    ("sv", include_str!("../../data/sv/dates.toml"), ""),
    ("sw", include_str!("../../data/sw/dates.toml"), ""),
    ("th", include_str!("../../data/th/dates.toml"), ""),
    ("tr", include_str!("../../data/tr/dates.toml"), include_str!("../../data/tr/numbers.toml")),
    ("uk", include_str!("../../data/uk/dates.toml"), ""),
    ("ur", include_str!("../../data/ur/dates.toml"), include_str!("../../data/ur/numbers.toml")),
    ("uz", include_str!("../../data/uz/dates.toml"), ""),
    ("vi", include_str!("../../data/vi/dates.toml"), ""),
    ("zh", include_str!("../../data/zh/dates.toml"), include_str!("../../data/zh/numbers.toml")),
];

const COUNT: usize = LANGUAGES.len();

/// `data/<lang>/dates.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct DateFile {
    order: Order,
    years_before_1600: Option<Calendar>,
    month_first: bool,
    weak: Vec<String>,
    day_suffixes: Vec<String>,
    day_prefixes: Vec<String>,
    links: Vec<String>,
    month_prefixes: Vec<String>,
    month_suffixes: Vec<String>,
    year_links: Vec<String>,
    year_suffixes: Vec<String>,
    weekday_links: Vec<String>,
    lead: Vec<String>,
    to: Vec<String>,
    and: Vec<String>,
    between: Vec<String>,
    clitics: Vec<String>,
    endings: Vec<String>,
    places: Vec<String>,
    codes: Vec<String>,
    pairs: Vec<String>,
    quarter: Vec<String>,
    quarter_letters: Vec<String>,
    half: Vec<String>,
    last: Vec<String>,
    next: Vec<String>,
    ago: Vec<String>,
    ago_before: Vec<String>,
    not_ago: Vec<String>,
    weekday_last: bool,
    weekdays: Vec<Vec<String>>,
    months: BTreeMap<Calendar, Vec<Vec<String>>>,
    seasons: Seasons,
    eras: BTreeMap<Calendar, Vec<String>>,
    relative: Relative,
    ahead: Stretches,
    behind: Stretches,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Seasons {
    spring: Vec<String>,
    summer: Vec<String>,
    autumn: Vec<String>,
    winter: Vec<String>,
}

/// By unit, then by distance from the day of issue ("-1" is yesterday, last week).
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Relative {
    day: BTreeMap<String, Vec<String>>,
    week: BTreeMap<String, Vec<String>>,
    month: BTreeMap<String, Vec<String>>,
    year: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Stretches {
    day: Vec<String>,
    week: Vec<String>,
    month: Vec<String>,
    year: Vec<String>,
}

/// `data/<lang>/numbers.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct NumberFile {
    decimal: String,
    group: String,
    ordinal_suffixes: Vec<String>,
    and: Vec<String>,
    percent: Vec<String>,
    codes: Vec<String>,
    weak: Vec<String>,
    clitics: Vec<String>,
    /// Whether number words may be written together with "and" between them.
    glued_and: bool,
    /// What stands for "a half" behind "and".
    halves: Vec<String>,
    /// Names of the parts behind a number ("thirds").
    fractions: Vec<String>,
    /// Letters for thousands and more beside money.
    money_scales: BTreeMap<String, Vec<String>>,
    cardinals: BTreeMap<String, Vec<String>>,
    ordinals: BTreeMap<String, Vec<String>>,
    hedges: Hedges,
    money: BTreeMap<String, Vec<String>>,
    units: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Hedges {
    about: Vec<String>,
    nearly: Vec<String>,
    more_than: Vec<String>,
    less_than: Vec<String>,
    at_least: Vec<String>,
    at_most: Vec<String>,
}

/// The lexicon for a text in `lang`; that of all languages where it is not known or has no data.
pub(crate) fn lexicon(lang: &LanguageTag) -> &'static Lexicon {
    static LEXICONS: [OnceLock<Lexicon>; COUNT + 1] = [const { OnceLock::new() }; COUNT + 1];
    let primary = match lang.primary() {
        "no" | "nn" => "nb",
        "prs" => "fa",
        "kmr" => "ku",
        "sh" => "sr",
        "iw" => "he",
        "tl" => "fil",
        other => other,
    };
    let at = LANGUAGES.iter().position(|(tag, ..)| *tag == primary).unwrap_or(COUNT);
    static EMPTY: OnceLock<Lexicon> = OnceLock::new();
    match LEXICONS.get(at) {
        Some(cell) => cell.get_or_init(|| build(at)),
        None => EMPTY.get_or_init(Lexicon::new),
    }
}

/// Languages whose names of months and weekdays may stand in a text of another language.
fn fallbacks(tag: &str) -> &'static [&'static str] {
    match tag {
        "ar" => &["fa", "en", "fr"],
        "fa" => &["ar", "en"],
        "ckb" | "ur" | "ps" => &["fa", "ar", "en"],
        "en" => &["fr"],
        _ => &["en"],
    }
}

fn build(at: usize) -> Lexicon {
    let mut lexicon = Lexicon::new();
    let Some((tag, dates, numbers)) = LANGUAGES.get(at) else {
        lexicon.undetermined = true;
        for (n, (_, dates, numbers)) in LANGUAGES.iter().enumerate() {
            let least = if n < 4 { 1 } else { 3 };
            let mut file = parse_dates(dates);
            if n >= 4 {
                // Short names are too often words of other languages.
                let short = |name: &&String| name.is_ascii() && name.len() <= 3;
                let names: Vec<String> =
                    file.months.values().flatten().flatten().filter(short).cloned().collect();
                file.weak.extend(names);
            }
            add_dates(&mut lexicon, &file, least, false);
            add_numbers(&mut lexicon, &parse_numbers(numbers), least);
        }
        lexicon.order = Order::Dmy;
        lexicon.month_first = false;
        lexicon.early_years = None;
        lexicon.decimal = ".".into();
        lexicon.group = ",".into();
        return lexicon;
    };
    add_dates(&mut lexicon, &parse_dates(dates), 1, false);
    add_numbers(&mut lexicon, &parse_numbers(numbers), 1);
    for other in fallbacks(tag).iter().filter(|o| *o != tag) {
        if let Some((_, dates, _)) = LANGUAGES.iter().find(|(t, ..)| t == other) {
            add_dates(&mut lexicon, &parse_dates(dates), 4, true);
        }
    }
    lexicon
}

/// The file, empty where it is broken: a test reads every file strictly.
fn parse_dates(text: &str) -> DateFile {
    toml::from_str(text).unwrap_or_default()
}

fn parse_numbers(text: &str) -> NumberFile {
    toml::from_str(text).unwrap_or_default()
}

/// Adds the terms of a language. `least` bytes a term must have (a Han character has three); `names_only` leaves out all but names of months and
/// weekdays, the signs of calendars and the words before codes.
fn add_dates(lexicon: &mut Lexicon, file: &DateFile, least: usize, names_only: bool) {
    let mut add = |term: &str, sense: Sense| {
        if term.len() >= least {
            lexicon.add(term, sense);
        }
    };
    let weak: Vec<Vec<String>> = file.weak.iter().map(|w| split(w)).collect();
    for (calendar, months) in &file.months {
        for (month, names) in (1_u8..).zip(months) {
            for name in names {
                let weak = weak.contains(&split(name));
                add(name, Sense::Month { calendar: *calendar, month, weak });
            }
        }
    }
    for (weekday, names) in (1_u8..).zip(&file.weekdays) {
        names.iter().for_each(|name| add(name, Sense::Weekday(weekday)));
    }
    for (calendar, terms) in &file.eras {
        terms.iter().for_each(|term| add(term, Sense::Era(*calendar)));
    }
    for term in &file.day_suffixes {
        add(term, Sense::DaySuffix);
    }
    for term in &file.codes {
        add(term, Sense::Code);
    }
    if names_only {
        return;
    }
    let plain = [
        (&file.day_prefixes, Sense::DayPrefix),
        (&file.links, Sense::Link),
        (&file.month_prefixes, Sense::MonthPrefix),
        (&file.month_suffixes, Sense::MonthSuffix),
        (&file.year_links, Sense::YearLink),
        (&file.year_suffixes, Sense::YearSuffix),
        (&file.weekday_links, Sense::WeekdayLink),
        (&file.lead, Sense::Lead),
        (&file.to, Sense::To),
        (&file.between, Sense::Between),
        (&file.and, Sense::And),
        (&file.places, Sense::Place),
        (&file.pairs, Sense::Pair),
        (&file.quarter, Sense::Quarter),
        (&file.quarter_letters, Sense::QuarterLetter),
        (&file.half, Sense::Half),
        (&file.last, Sense::Last),
        (&file.next, Sense::Next),
        (&file.ago, Sense::Ago),
        (&file.ago_before, Sense::AgoBefore),
        (&file.not_ago, Sense::NotAgo),
        (&file.seasons.spring, Sense::Season(0)),
        (&file.seasons.summer, Sense::Season(1)),
        (&file.seasons.autumn, Sense::Season(2)),
        (&file.seasons.winter, Sense::Season(3)),
    ];
    for (terms, sense) in plain {
        terms.iter().for_each(|term| add(term, sense));
    }
    let relative = &file.relative;
    for (unit, by_distance) in [
        (Unit::Day, &relative.day),
        (Unit::Week, &relative.week),
        (Unit::Month, &relative.month),
        (Unit::Year, &relative.year),
    ] {
        for (distance, terms) in by_distance {
            let distance: i8 = distance.parse().unwrap_or(0);
            terms.iter().for_each(|term| add(term, Sense::Relative(unit, distance)));
        }
    }
    for (stretches, sense) in
        [(&file.ahead, Sense::Ahead as fn(Unit) -> Sense), (&file.behind, Sense::Behind)]
    {
        for (unit, terms) in [
            (Unit::Day, &stretches.day),
            (Unit::Week, &stretches.week),
            (Unit::Month, &stretches.month),
            (Unit::Year, &stretches.year),
        ] {
            terms.iter().for_each(|term| add(term, sense(unit)));
        }
    }
    add_affixes(&mut lexicon.clitics, &file.clitics);
    add_affixes(&mut lexicon.endings, &file.endings);
    lexicon.order = file.order;
    lexicon.month_first = file.month_first;
    lexicon.weekday_last = file.weekday_last;
    lexicon.early_years = file.years_before_1600;
}

/// Affixes folded, longest first.
fn add_affixes(to: &mut Vec<Box<str>>, affixes: &[String]) {
    for affix in affixes {
        let folded = split(affix).concat().into_boxed_str();
        if !folded.is_empty() && !to.contains(&folded) {
            to.push(folded);
        }
    }
    to.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
}

fn add_numbers(lexicon: &mut Lexicon, file: &NumberFile, least: usize) {
    let long = |term: &&String| term.len() >= least;
    for (values, sense) in
        [(&file.cardinals, Sense::Cardinal as fn(u64) -> Sense), (&file.ordinals, Sense::Ordinal)]
    {
        for (value, terms) in values {
            let value = value.parse().unwrap_or(0);
            terms.iter().filter(long).for_each(|term| lexicon.add(term, sense(value)));
        }
    }
    let plain = [
        (&file.ordinal_suffixes, Sense::OrdinalSuffix),
        (&file.and, Sense::And),
        (&file.percent, Sense::Percent),
        (&file.codes, Sense::Code),
        (&file.weak, Sense::Weak),
        (&file.halves, Sense::PlusHalf),
        (&file.fractions, Sense::Fraction),
        (&file.hedges.about, Sense::Hedge(Hedge::About)),
        (&file.hedges.nearly, Sense::Hedge(Hedge::Nearly)),
        (&file.hedges.more_than, Sense::Hedge(Hedge::MoreThan)),
        (&file.hedges.less_than, Sense::Hedge(Hedge::LessThan)),
        (&file.hedges.at_least, Sense::Hedge(Hedge::AtLeast)),
        (&file.hedges.at_most, Sense::Hedge(Hedge::AtMost)),
    ];
    for (terms, sense) in plain {
        terms.iter().filter(long).for_each(|term| lexicon.add(term, sense));
    }
    for sign in ["%", "٪"] {
        lexicon.add(sign, Sense::Percent);
    }
    for (code, terms) in &file.money {
        let code = lexicon.code(code);
        terms.iter().for_each(|term| lexicon.add(term, Sense::Money(code)));
    }
    for (code, terms) in &file.units {
        let code = lexicon.code(code);
        terms.iter().filter(long).for_each(|term| lexicon.add(term, Sense::Measure(code)));
    }
    for (value, terms) in &file.money_scales {
        let value = value.parse().unwrap_or(1);
        terms.iter().for_each(|term| lexicon.add(term, Sense::MoneyScale(value)));
    }
    lexicon.glued_and |= file.glued_and;
    add_affixes(&mut lexicon.clitics, &file.clitics);
    if !file.decimal.is_empty() {
        lexicon.decimal = file.decimal.as_str().into();
        lexicon.group = file.group.as_str().into();
    } else if lexicon.decimal.is_empty() {
        lexicon.decimal = ".".into();
        lexicon.group = ",".into();
    }
}

/// The languages that have data.
#[cfg(test)]
pub(crate) fn languages() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().map(|(tag, ..)| *tag)
}

/// The names of months of a language that are matched: calendar, month, name.
#[cfg(test)]
pub(crate) fn months(lang: &str) -> Vec<(Calendar, u8, String)> {
    let dates = LANGUAGES.iter().find(|(tag, ..)| *tag == lang).map_or("", |(_, dates, _)| *dates);
    let mut out = Vec::new();
    for (calendar, months) in parse_dates(dates).months {
        for (month, names) in (1_u8..).zip(months) {
            let matched = names.into_iter().filter(|n| !n.chars().any(|c| super::fold::digit(c).is_some()));
            out.extend(matched.map(|name| (calendar, month, name)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_whole() {
        for (tag, dates, numbers) in LANGUAGES {
            let file: DateFile = toml::from_str(dates).unwrap_or_else(|e| panic!("{tag}/dates.toml: {e}"));
            for (calendar, months) in &file.months {
                assert_eq!(months.len(), 12, "{tag}: months of {calendar:?}");
            }
            assert_eq!(file.weekdays.len(), 7, "{tag}");
            assert!(file.months.contains_key(&Calendar::Gregorian), "{tag}");
            let distances =
                [&file.relative.day, &file.relative.week, &file.relative.month, &file.relative.year];
            for distance in distances.iter().flat_map(|d| d.keys()) {
                assert!(distance.parse::<i8>().is_ok(), "{tag}: {distance}");
            }
            let file: NumberFile =
                toml::from_str(numbers).unwrap_or_else(|e| panic!("{tag}/numbers.toml: {e}"));
            let values = file.cardinals.keys().chain(file.ordinals.keys()).chain(file.money_scales.keys());
            for value in values {
                assert!(value.parse::<u64>().is_ok(), "{tag}: {value}");
            }
        }
    }

    #[test]
    fn no_name_is_two_months() {
        for (tag, dates, _) in LANGUAGES {
            let mut seen: BTreeMap<(Calendar, Vec<String>), u8> = BTreeMap::new();
            for (calendar, months) in parse_dates(dates).months {
                for (month, name) in
                    (1..).zip(months).flat_map(|(m, names)| names.into_iter().map(move |n| (m, n)))
                {
                    let before = seen.insert((calendar, split(&name)), month);
                    assert!(
                        before.is_none_or(|b| b == month),
                        "{tag}: {name} is month {before:?} and {month}"
                    );
                }
            }
        }
    }
}
