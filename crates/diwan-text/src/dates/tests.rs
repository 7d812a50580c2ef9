//! What must hold for every language and every text.

use diwan_model::{Calendar, LanguageTag};
use proptest::prelude::*;

use super::{DateOptions, find_dates};
use crate::numbers::data::{languages, months};
use crate::numbers::find_numbers;

fn options(lang: &str) -> DateOptions {
    DateOptions { lang: LanguageTag::new(lang), issued: None }
}

/// The values in `text`, in order.
fn values(lang: &str, text: &str) -> Vec<String> {
    find_dates(text, &options(lang)).iter().map(|d| d.value.to_string()).collect()
}

#[test]
fn every_month_of_every_language_is_read_between_day_and_year() {
    for lang in languages() {
        for (calendar, month, name) in months(lang) {
            let (year, expected) = match calendar {
                Calendar::Gregorian => (2021, format!("2021-{month:02}-03")),
                Calendar::SolarHijri => {
                    (1400, super::value::gregorian(calendar, 1400, month, 3).expect("a day").to_string())
                }
                Calendar::LunarHijri => {
                    (1443, super::value::gregorian(calendar, 1443, month, 3).expect("a day").to_string())
                }
            };
            for text in [format!("3 {name} {year}"), format!("۳ {name} ۲۰۲۱").replace("۲۰۲۱", &digits(year))]
            {
                assert_eq!(values(lang, &text), std::slice::from_ref(&expected), "{lang}: {text}");
            }
        }
    }
}

/// A year in Extended Arabic-Indic digits.
fn digits(year: i32) -> String {
    year.to_string().chars().filter_map(|c| char::from_u32(0x06F0 + c.to_digit(10)?)).collect()
}

#[test]
fn every_day_of_every_calendar_is_read_back() {
    let names = |lang: &str, calendar| -> Vec<String> {
        let mut out = Vec::new();
        for (found, month, name) in months(lang) {
            if found == calendar && out.len() < usize::from(month) {
                out.push(name);
            }
        }
        out
    };
    for (lang, calendar, year) in [
        ("ar", Calendar::LunarHijri, 1443),
        ("fa", Calendar::SolarHijri, 1399),
        ("fr", Calendar::Gregorian, 2024),
        ("en", Calendar::Gregorian, 2021),
    ] {
        for (month, name) in (1_u8..).zip(names(lang, calendar)) {
            for day in 1..=29 {
                let Some(expected) = super::value::gregorian(calendar, year, month, day) else { continue };
                assert_eq!(values(lang, &format!("{day} {name} {year}")), [expected.to_string()]);
            }
        }
    }
}

#[test]
fn known_days_of_three_calendars_agree() {
    // Nowruz of 1400 and of leap year 1403, the first of Muharram 1443 and of Ramadan 1442 by Umm al-Qura.
    for (text, expected) in [
        ("۱ فروردین ۱۴۰۰", "2021-03-21"),
        ("۳۰ اسفند ۱۴۰۳", "2025-03-20"),
        ("۱ محرم ۱۴۴۳", "2021-08-09"),
        ("۱ رمضان ۱۴۴۲", "2021-04-13"),
    ] {
        assert_eq!(values("fa", text), [expected]);
    }
}

#[test]
fn region_decides_the_order_of_day_and_month() {
    assert_eq!(values("en", "3/12/2021"), ["2021-03-12"]);
    assert_eq!(values("en-GB", "3/12/2021"), ["2021-12-03"]);
}

fn check(lang: &str, text: &str) -> Result<(), TestCaseError> {
    let mut end = 0;
    for date in find_dates(text, &DateOptions { issued: "2021-12-03".parse().ok(), ..options(lang) }) {
        prop_assert!(date.span.start() >= end && !date.span.is_empty());
        prop_assert!(text.get(date.span.range()).is_some());
        let printed = date.value.to_string();
        prop_assert_eq!(printed.parse(), Ok(date.value));
        end = date.span.end();
    }
    end = 0;
    for number in find_numbers(text, &LanguageTag::new(lang)) {
        prop_assert!(number.span.start() >= end && !number.span.is_empty());
        prop_assert!(text.get(number.span.range()).is_some());
        prop_assert!(number.value.is_finite());
        end = number.span.end();
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_text_breaks_the_readers(text in "\\PC{0,80}", lang in prop::sample::select(vec!["und", "ar", "fa", "en", "fr", "zh", "th"])) {
        check(lang, &text)?;
    }

    #[test]
    fn no_heap_of_date_words_breaks_the_readers(
        parts in prop::collection::vec(prop::sample::select(vec![
            "3", "۱۲", "2021", "1400", "31", "00", "99999999999999999999", "December", "ديسمبر", "كانون", "الأول", "آذر",
            "ربيع", "الآخر", "و", "من", "إلى", "to", "and", "of", "the", "on", "-", "–", "/", ".", ",", "،", "(", ")", ":",
            "'", "هـ", "AH", "م", "سال", "عام", "Q3", "quarter", "third", "ثالث", "million", "هزار", "%", "$", "年", "月",
            "日", "十", "〇", "today", "امروز", "\u{200f}", "\u{200c}", "ـ", "10:30", "Friday", "الجمعة", "fall", "خريف", " ",
        ]), 0..14),
        glue in prop::bool::ANY,
        lang in prop::sample::select(vec!["und", "ar", "fa", "en", "fr", "zh"]),
    ) {
        check(lang, &parts.join(if glue { "" } else { " " }))?;
    }

    #[test]
    fn a_date_alone_reads_as_in_a_sentence(day in 1_u8..=28, month in 1_u8..=12, year in 1900_i32..2100) {
        let expected = format!("{year:04}-{month:02}-{day:02}");
        prop_assert_eq!(values("fr", &format!("Réuni le {day:02}/{month:02}/{year}, le Conseil")), [expected.clone()]);
        prop_assert_eq!(values("ar", &format!("في {year}-{month:02}-{day:02} صدر")), [expected]);
    }
}

#[test]
fn one_day_in_two_calendars_is_one_date() {
    let dates = |text: &str, lang: &str| {
        find_dates(text, &DateOptions { lang: LanguageTag::new(lang), issued: None })
    };
    let one = |text: &str, lang: &str| {
        let all: Vec<_> = dates(text, lang).into_iter().map(|d| (d.one, d.notes.len())).collect();
        assert_eq!(all.len(), 2, "{text}");
        assert_eq!(all[0], all[1], "{text}");
        let one = all[0].0.unwrap_or_else(|| panic!("{text}"));
        (one.number, one.value.to_string(), one.days_apart, one.agrees, all[0].1)
    };
    assert_eq!(one("۱۲ آذر ۱۴۰۰ (۳ دسامبر ۲۰۲۱)", "fa"), (1, "2021-12-03".to_owned(), 0, true, 0));
    assert_eq!(one("۱۲ آذر ۱۴۰۰ (۴ دسامبر ۲۰۲۱)", "fa"), (1, "2021-12-04".to_owned(), 1, false, 1));
    // Lunar months begin by sighting.
    assert_eq!(one("28 ربيع الآخر 1443هـ (4 ديسمبر 2021م)", "ar"), (1, "2021-12-04".to_owned(), 1, true, 0));
    // Two days of one calendar are two dates.
    assert!(dates("3 December 2021 (4 December 2021)", "en").iter().all(|d| d.one.is_none()));
}
