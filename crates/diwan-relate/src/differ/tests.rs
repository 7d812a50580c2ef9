#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail loudly")]

use super::*;
use crate::align::{Pair, align};

fn found(langs: (&str, &str), rows: &[(&str, &str)]) -> Vec<(&'static str, Vec<String>)> {
    let (from, to) = (LanguageTag::new(langs.0), LanguageTag::new(langs.1));
    let side = |pick: fn(&(&str, &str)) -> String| rows.iter().map(pick).collect::<Vec<_>>();
    let pair = Pair { source: side(|r| r.0.to_owned()), target: side(|r| r.1.to_owned()) };
    let beads = (0..rows.len())
        .map(|k| Bead {
            source: k..k + usize::from(!rows[k].0.is_empty()),
            target: k..k + usize::from(!rows[k].1.is_empty()),
            confidence: Confidence::CERTAIN,
        })
        .collect::<Vec<_>>();
    let source = ComparedVersion {
        lang: &from,
        authority: Authority::Authoritative,
        issued: Some(PartialDate::day(2021, 10, 7)),
        sentences: &pair.source,
    };
    let target = ComparedVersion {
        lang: &to,
        authority: Authority::CourtesyTranslation,
        issued: Some(PartialDate::day(2021, 10, 7)),
        sentences: &pair.target,
    };
    differ(&source, &target, &beads, &Usage::default())
        .into_iter()
        .map(|d| {
            let words = |q: &DifferenceQuote| {
                let text = if q.side == ComparedSide::Source { &pair.source } else { &pair.target };
                let text = &text[q.sentence];
                q.span.map_or(text.as_str(), |s| s.of(text)).to_owned()
            };
            (d.kind.as_str(), d.quotes.iter().map(words).collect())
        })
        .collect()
}

fn kinds(langs: (&str, &str), source: &str, target: &str) -> Vec<&'static str> {
    found(langs, &[(source, target)]).into_iter().map(|f| f.0).collect()
}

#[test]
fn numbers_are_compared_by_value() {
    assert_eq!(
        kinds(("en", "fa"), "Members pledged 85 million euros.", "اعضا ۵۸ میلیون یورو تعهد کردند."),
        ["number-differs"]
    );
    let none: [&str; 0] = [];
    assert_eq!(
        kinds(("en", "fa"), "Members pledged 85 million euros.", "اعضا ۸۵ میلیون یورو تعهد کردند."),
        none
    );
    assert_eq!(
        kinds(("en", "fr"), "It rose to 9.5 million people.", "Il est monté à 9,5 millions de personnes."),
        none
    );
    assert_eq!(
        kinds(("en", "ar"), "Resolution 2254 remains the basis.", "لا يزال القرار 2245 هو الأساس."),
        ["number-differs"]
    );
}

#[test]
fn days_are_compared_whatever_the_calendar() {
    assert_eq!(
        kinds(
            ("en", "fr"),
            "They condemned the attack of June 12.",
            "Ils ont condamné l’attaque du 12 mars."
        ),
        ["date-differs"]
    );
    assert_eq!(
        kinds(("en", "ar"), "They met in Port Lemara yesterday.", "اجتمعوا في بورت ليمارا اليوم."),
        ["date-differs"]
    );
}

#[test]
fn or_against_and_is_seen() {
    let found = kinds(
        ("en", "fr"),
        "It acts at the request and with the prior consent of the States.",
        "Il agit à la demande ou avec le consentement préalable des États.",
    );
    assert_eq!(found, ["and-or"]);
}

#[test]
fn a_lost_negation_is_seen() {
    let found = kinds(
        ("en", "ar"),
        "The coastal States have not yet ratified the Protocol.",
        "صدّقت الدول المشاطئة على البروتوكول.",
    );
    assert_eq!(found, ["negation-differs"]);
}

#[test]
fn a_sentence_without_a_counterpart_is_reported_with_its_place() {
    let (from, to) = ("en".into(), "fr".into());
    let source: Vec<String> = [
        "The Council met in May.",
        "It noted that nine of the plants are now at work.",
        "It thanked Velmar.",
    ]
    .map(str::to_owned)
    .to_vec();
    let target: Vec<String> =
        ["Le Conseil s’est réuni en mai.", "Il a remercié Velmar."].map(str::to_owned).to_vec();
    let pair = Pair { source: source.clone(), target: target.clone() };
    let beads = align(&[pair], &from, &to).remove(0);
    let version =
        |lang, sentences| ComparedVersion { lang, authority: Authority::Unknown, issued: None, sentences };
    let found = differ(&version(&from, &source), &version(&to, &target), &beads, &Usage::default());
    assert_eq!(found.iter().map(|d| d.kind).collect::<Vec<_>>(), [DifferenceKind::SentenceOmitted]);
    assert_eq!(found[0].quotes[0].sentence, 1);
}

#[test]
fn a_name_spelt_in_two_ways_is_seen() {
    let rows = [
        ("They thanked Minister Marek Lindqvist for his words.", "وشكروا الوزير ماريك ليندكفيست على كلمته."),
        ("Minister Lindqvist then spoke of the lake.", "ثم تحدث الوزير لينكفيست عن البحيرة."),
    ];
    let all = found(("en", "ar"), &rows);
    assert!(all.iter().any(|f| f.0 == "name-otherwise"), "{all:?}");
}

#[test]
fn anything_gives_an_answer() {
    for text in ["", " ", "12 12 12", "\u{200c}\u{200f}", "لا", "no or not"] {
        for other in ["", "ني", "99999999999999999999 99,99.99", "or"] {
            let _ = found(("en", "ar"), &[(text, other)]);
        }
    }
}
