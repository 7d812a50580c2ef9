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

/// One pair of sentences a row: languages, original, translation, what is found.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static [&'static str]);

/// Each kind in the four languages, and beside it what looks like it and is none.
const ROWS: &[Row] = &[
    // Numbers and measures.
    ("en", "ar", "The bank sold 340 bonds.", "باع المصرف 430 سندا.", &["number-differs"]),
    ("en", "ar", "The bank sold 340 bonds.", "باع المصرف ٣٤٠ سندا.", &[]),
    ("en", "fr", "The pipe is 200 miles long.", "La conduite est longue de 320 km.", &[]),
    ("en", "fr", "The pipe is 200 miles long.", "La conduite est longue de 700 km.", &["number-differs"]),
    ("en", "fa", "Rain of 2 to 4 inches fell.", "بارانی به اندازهٔ ۵۰ تا ۱۰۰ میلی‌متر بارید.", &[]),
    ("en", "fr", "Call 0800 555 111 for help.", "Appelez le 0800555111 pour obtenir de l’aide.", &[]),
    ("ar", "fa", "اعتمدت اللجنة 24 توصية.", "کمیته ۴۲ توصیه را پذیرفت.", &["number-differs"]),
    ("ar", "fa", "اعتمدت اللجنة 24 توصية.", "کمیته ۲۴ توصیه را پذیرفت.", &[]),
    // Hedges.
    ("en", "fr", "Nearly 900 nurses came.", "900 infirmières sont venues.", &["hedge-dropped"]),
    ("en", "fr", "Nearly 900 nurses came.", "Près de 900 infirmières sont venues.", &[]),
    ("en", "ar", "At least 50 votes are needed.", "يلزم 50 صوتا على الأقل.", &[]),
    ("en", "fa", "More than 500 people came.", "۵۰۰ نفر آمدند.", &["hedge-dropped"]),
    ("en", "fr", "It may raise up to 120 million.", "Cela peut rapporter 120 millions.", &[]),
    // Negation.
    (
        "en",
        "fr",
        "The court did not accept the report.",
        "La cour a accepté le rapport.",
        &["negation-differs"],
    ),
    ("en", "fr", "The court did not accept the report.", "La cour n’a pas accepté le rapport.", &[]),
    ("en", "fa", "The court did not accept the report.", "دادگاه گزارش را پذیرفت.", &["negation-differs"]),
    ("en", "fa", "The town is near the lake.", "شهر نزدیک دریاچه است.", &[]),
    ("en", "ar", "Not only the banks spoke.", "ليست المصارف وحدها من تحدث.", &[]),
    ("ar", "fa", "لم تقبل المحكمة التقرير.", "دادگاه گزارش را پذیرفت.", &["negation-differs"]),
    ("ar", "fa", "لم تقبل المحكمة التقرير.", "دادگاه گزارش را نپذیرفت.", &[]),
    // Rank.
    ("en", "ar", "The senior director of Velmar spoke.", "تحدث مدير فلمار.", &["words-omitted"]),
    ("en", "ar", "The senior director of Velmar spoke.", "تحدث كبير مديري فلمار.", &[]),
    ("fa", "ar", "مدیر ارشد ولمار سخن گفت.", "تحدث مدير فلمار.", &["words-omitted"]),
    (
        "en",
        "fr",
        "The director of Velmar spoke.",
        "Le directeur adjoint de Velmar a parlé.",
        &["words-added"],
    ),
    ("en", "fr", "The deputy director of Velmar spoke.", "Le directeur adjoint de Velmar a parlé.", &[]),
    ("en", "fa", "The deputy minister of Velmar spoke.", "معاون وزیر ولمار سخن گفت.", &[]),
    // Names.
    ("en", "ar", "They thanked Marek Lindqvist.", "وشكروا ماريك بيرغامو.", &["name-differs"]),
    ("en", "ar", "They thanked Marek Lindqvist.", "وشكروا ماريك ليندكفيست.", &[]),
    ("en", "fa", "They thanked Marek Lindqvist.", "آنان از ماریک برگامو سپاسگزاری کردند.", &["name-differs"]),
    ("en", "fa", "They thanked Marek Lindqvist.", "آنان از ماریک لیندکویست سپاسگزاری کردند.", &[]),
    ("en", "fr", "They thanked Marek Lindqvist.", "Ils ont remercié Marek Hochstetter.", &["name-differs"]),
    ("en", "fr", "They thanked Marek Lindqvist.", "Ils ont remercié Marek Lindqvist.", &[]),
    // "Invitation" is no urging.
    ("fa", "en", "وزیر به دعوت شورا سخن گفت.", "The minister spoke at the invitation of the council.", &[]),
    // "Où" is no "ou".
    ("en", "fr", "The lake where they met is deep.", "Le lac où ils se sont réunis est profond.", &[]),
];

#[test]
fn each_kind_is_told_from_what_looks_like_it() {
    for (from, to, source, target, wanted) in ROWS {
        assert_eq!(kinds((from, to), source, target), *wanted, "{source} | {target}");
    }
}

#[test]
fn a_term_rendered_otherwise_than_before_is_seen() {
    let (from, to) = ("en".into(), "ar".into());
    fn version<'a>(lang: &'a LanguageTag, sentences: &'a [String]) -> ComparedVersion<'a> {
        ComparedVersion { lang, authority: Authority::Unknown, issued: None, sentences }
    }
    let bead = [Bead { source: 0..1, target: 0..1, confidence: Confidence::CERTAIN }];
    let pair = |target: &str| (vec!["The coalition met in May.".to_owned()], vec![target.to_owned()]);
    let usual = pair("اجتمع التحالف في أيار.");
    let mut usage = Usage::default();
    for place in ["DW/2020/000001-ar", "DW/2020/000002-ar", "DW/2020/000003-ar"] {
        usage.learn(&version(&from, &usual.0), &version(&to, &usual.1), &bead, place);
    }
    let compare = |pair: &(Vec<String>, Vec<String>)| {
        let found = differ(&version(&from, &pair.0), &version(&to, &pair.1), &bead, &usage);
        found.into_iter().filter(|d| d.kind == DifferenceKind::TermOtherwise).collect::<Vec<_>>()
    };
    assert!(compare(&usual).is_empty());
    let other = compare(&pair("اجتمع الائتلاف في أيار."));
    assert_eq!(other.len(), 1);
    assert_eq!(other[0].earlier.as_ref().unwrap().place, "DW/2020/000001-ar");
}
