//! What a person types finds what is meant, in the order it is meant.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "helpers of tests, on what the tests made"
)]

use diwan_model::{ArchiveCode, LanguageTag, VersionCode};
use diwan_search::{IndexedVersion, SearchIndex, SearchRequest, SearchResults};

fn index(texts: &[(&str, &str)]) -> SearchIndex {
    let index = SearchIndex::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for (k, (lang, text)) in texts.iter().enumerate() {
        writer
            .add(&IndexedVersion {
                code: VersionCode {
                    statement: ArchiveCode::new(format!("DW/2021/{:06}", k + 1)),
                    lang: LanguageTag::new(lang),
                },
                title: None,
                date: Some(format!("{}-05-01", 2020 + k % 3)),
                sentences: vec![(1, (*text).to_owned())],
            })
            .unwrap();
    }
    writer.commit("1").unwrap();
    index
}

fn find(index: &SearchIndex, query: &str) -> SearchResults {
    index.search(&SearchRequest::new(query)).unwrap()
}

fn found(texts: &[(&str, &str)], query: &str) -> Vec<String> {
    find(&index(texts), query)
        .hits
        .iter()
        .map(|h| h.highlights.iter().map(|s| s.of(&h.text)).collect::<Vec<_>>().join("|"))
        .collect()
}

#[test]
fn arabic_words_are_found_with_article_and_clitics() {
    assert_eq!(found(&[("ar", "نشرت الوزارة الأخبار الجديدة")], "أخبار"), ["الأخبار"]);
    assert_eq!(found(&[("ar", "اتفق الوزراء على الخطة وأغراضها")], "أغراض"), ["وأغراضها"]);
    assert_eq!(found(&[("ar", "نشرت الوزارة أخبارا جديدة")], "الأخبار"), ["أخبارا"]);
}

#[test]
fn letters_that_look_alike_are_one() {
    let text = [("ar", "التقى وزراء الدول في مدينة على البحيرة")];
    assert_eq!(
        found(&text, "علی مدینه"),
        ["مدينة"],
        "a word without content is not marked beside one that has it"
    );
    assert_eq!(found(&text, "علی"), ["على"]);
    assert_eq!(found(&[("fa", "وزیران کشورها گرد آمدند")], "وزيران"), ["وزیران"]);
}

#[test]
fn zwnj_may_be_missing_or_a_space() {
    let texts = [("fa", "رسانه‌ای تازه"), ("fa", "رسانه ای تازه"), ("fa", "رسانهای تازه")];
    for query in ["رسانه‌ای", "رسانه ای", "رسانهای"] {
        assert_eq!(find(&index(&texts), query).every_word, 3, "{query}");
    }
}

#[test]
fn digits_case_accents_and_elision() {
    assert_eq!(found(&[("ar", "بلغت المساهمات ٢٥٠ مليونا")], "250"), ["٢٥٠"]);
    assert_eq!(found(&[("fa", "در سال ۱۴۰۰")], "1400"), ["۱۴۰۰"]);
    assert_eq!(found(&[("fr", "la qualité de l’eau")], "EAU qualite"), ["qualité|eau"]);
    assert_eq!(found(&[("en", "Resolution 2,254 was adopted")], "2254"), ["2,254"]);
}

#[test]
fn exact_and_quoted_words() {
    let texts = [("fr", "la cote du lac"), ("fr", "la côte du lac"), ("fr", "du lac, la cote")];
    assert_eq!(found(&texts, "=côte"), ["côte"]);
    assert_eq!(find(&index(&texts), "\"cote du lac\"").hits.len(), 2);
    let first = find(&index(&texts), "\"cote du lac\"").hits.remove(0);
    assert_eq!(first.text, "la cote du lac");
    assert_eq!(find(&index(&texts), "lac -côte").hits.len(), 0, "folded forms are one");
}

#[test]
fn every_word_first_then_some() {
    let texts = [
        ("en", "The lake lake lake."),
        ("en", "Water of the lake and of the river."),
        ("en", "A river of water."),
    ];
    let results = find(&index(&texts), "lake water");
    assert_eq!(results.every_word, 1);
    assert_eq!(results.total, 3);
    assert!(results.hits[0].every_word && results.hits[0].text.starts_with("Water"));
}

#[test]
fn the_words_as_typed_come_first() {
    let texts = [
        ("en", "rates rise rise and inflation"),
        ("en", "inflation and rate rises"),
        ("en", "rates of rise"),
    ];
    assert_eq!(find(&index(&texts), "rate rises").hits[0].text, "inflation and rate rises");
}

#[test]
fn languages_are_counted_and_chosen() {
    let index = index(&[("ar", "قرار 2254"), ("fa", "قطعنامه ۲۲۵۴"), ("fa", "۲۲۵۴")]);
    let all = find(&index, "2254");
    assert_eq!(all.languages, [(LanguageTag::new("fa"), 2), (LanguageTag::new("ar"), 1)]);
    let request = SearchRequest { lang: Some(LanguageTag::new("ar")), ..SearchRequest::new("2254") };
    let chosen = index.search(&request).unwrap();
    assert_eq!((chosen.total, chosen.languages.len()), (1, 2));
    let request = SearchRequest { year: Some(2021), ..SearchRequest::new("2254") };
    assert_eq!(index.search(&request).unwrap().total, 1);
}

#[test]
fn pages_of_hits_join_without_a_seam() {
    let texts: Vec<(&str, &str)> =
        (0..25).map(|k| ("en", if k % 2 == 0 { "lake water" } else { "lake river" })).collect();
    let index = index(&texts);
    let mut codes = Vec::new();
    for offset in (0..30).step_by(5) {
        let request = SearchRequest { offset, limit: 5, ..SearchRequest::new("lake water") };
        codes.extend(index.search(&request).unwrap().hits.iter().map(|h| h.code()));
    }
    assert_eq!(codes.len(), 25);
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), 25);
}

#[test]
fn nothing_typed_fails() {
    let index = index(&[("en", "lake")]);
    for query in [
        "", " ", "\"", "\"\"", "=", "=\"", "-", "-lake", "AND", "OR lake", "(", "lake:", "*", "«",
        "\u{200c}", "َ", "🦆",
    ] {
        find(&index, query);
    }
    find(&index, &"lake ".repeat(10_000));
    find(&index, &"\"lake\" ".repeat(10_000));
}

#[test]
fn phrases_beside_words_are_searched_in_any_order_of_documents() {
    let texts: Vec<(&str, String)> = (0..400)
        .map(|k| {
            (
                "en",
                format!("{} water {} lake house {}", ["the", "of"][k % 2], ["big", "red"][k % 3 / 2], k % 7),
            )
        })
        .collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(lang, text)| (*lang, text.as_str())).collect();
    let index = index(&texts);
    for query in [
        "water \"lake house\" red 5",
        "\"big lake\" house 3 -6",
        "\"lake house\" nothing here",
        "the \"red lake\"",
    ] {
        let found = find(&index, query);
        assert!(found.every_word <= found.total, "{query}");
    }
}

#[test]
fn a_version_added_again_is_there_once() {
    let index = index(&[("en", "lake")]);
    let mut writer = index.writer().unwrap();
    let code: VersionCode = "DW/2021/000001-en".parse().unwrap();
    writer
        .add(&IndexedVersion {
            code,
            title: Some("Lake".into()),
            date: None,
            sentences: vec![(1, "the lake".into())],
        })
        .unwrap();
    writer.commit("2").unwrap();
    assert_eq!(find(&index, "lake").total, 2);
    assert_eq!(index.stamp().as_deref(), Some("2"));
}

#[test]
fn an_index_that_is_old_or_damaged_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index");
    let version = || IndexedVersion {
        code: "DW/2021/000001-en".parse().unwrap(),
        title: None,
        date: None,
        sentences: vec![(1, "lake".into())],
    };
    let all = || Ok::<_, diwan_search::SearchError>(vec![version()]);
    let index = SearchIndex::open_or_rebuild(&path, "1", all).unwrap();
    assert_eq!(find(&index, "lake").total, 1);
    assert!(SearchIndex::open(&path, "2").unwrap().is_none(), "another state of the store");
    assert!(SearchIndex::open(&path, "1").unwrap().is_some());
    std::fs::write(path.join("meta.json"), "{").unwrap();
    assert!(SearchIndex::open(&path, "1").unwrap().is_none());
    let index = SearchIndex::open_or_rebuild(&path, "1", all).unwrap();
    assert_eq!(find(&index, "lake").total, 1);
}
