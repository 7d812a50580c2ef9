//! What always holds of names, whatever the strings.

use diwan_model::LanguageTag;
use diwan_text::names::{NameIndex, NameKey, SAME_NAME, find_names, keys, similarity, sounds};
use proptest::prelude::*;

fn latin() -> impl Strategy<Value = String> {
    "[A-Z][a-z]{2,9}( [A-Z][a-z]{2,9}){0,2}"
}

fn arabic() -> impl Strategy<Value = String> {
    "[بتجحدرزسشصطعغفقكلمنهوي]{3,8}"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_two_strings_are_compared_alike_in_both_directions(a in ".{0,40}", b in ".{0,40}") {
        let there = similarity(&a, &b);
        prop_assert!((0.0..=1.0).contains(&there));
        prop_assert_eq!(there, similarity(&b, &a));
    }

    #[test]
    fn names_are_compared_alike_in_both_directions(a in latin(), b in latin(), c in arabic(), d in arabic()) {
        let two = format!("{c} {d}");
        for (x, y) in [(&a, &b), (&a, &c), (&c, &d), (&two, &a), (&two, &d)] {
            prop_assert_eq!(similarity(x, y), similarity(y, x), "{} {}", x, y);
        }
    }

    #[test]
    fn a_name_is_itself(a in latin(), c in arabic()) {
        prop_assert!(similarity(&a, &a) > 0.999);
        prop_assert!(similarity(&c, &c) > 0.999);
        prop_assert!(similarity(&a, &a.to_uppercase()) > 0.999);
    }

    #[test]
    fn names_meet_themselves_and_each_other_alike(a in latin(), c in arabic(), d in arabic(), any in ".{0,40}") {
        let two = format!("{c} {d}");
        for name in [&a, &c, &two, &any] {
            let mine = keys(name);
            prop_assert!(mine.is_sorted());
            prop_assert!(mine.is_empty() || NameKey::meet(&mine, &mine), "{:?}", mine);
            prop_assert!(sounds(name).is_sorted());
        }
        prop_assert_eq!(NameKey::meet(&keys(&a), &keys(&two)), NameKey::meet(&keys(&two), &keys(&a)));
        // A part of a name meets the whole.
        prop_assert!(NameKey::meet(&keys(&c), &keys(&two)));
    }

    #[test]
    fn variants_of_letters_make_no_difference(c in arabic()) {
        let persian: String = c.chars().map(|l| match l { 'ي' => 'ی', 'ك' => 'ک', 'ه' => 'ة', l => l }).collect();
        prop_assert!(similarity(&c, &persian) > 0.999);
        prop_assert_eq!(keys(&c), keys(&persian));
    }

    #[test]
    fn clitics_make_little_difference(c in arabic()) {
        for glued in ["ال", "وال", "بال", "لل"].map(|clitic| format!("{clitic}{c}")) {
            prop_assert!(similarity(&c, &glued) > 0.9, "{}", glued);
        }
        let (with_and, with_article) = (format!("و{c}"), format!("ال{c}"));
        prop_assert!(similarity(&c, &with_and) >= SAME_NAME);
        let mine = keys(&c);
        prop_assert!(keys(&with_article).iter().any(|k| mine.contains(k)));
    }

    #[test]
    fn names_are_found_in_any_text_without_overlap(text in ".{0,200}", lang in "(ar|fa|en|fr|und)") {
        let found = find_names(&text, &LanguageTag::new(&lang));
        for (a, b) in found.iter().zip(found.iter().skip(1)) {
            prop_assert!(a.span.end() <= b.span.start());
        }
        prop_assert!(found.iter().all(|n| !n.span.is_empty()));
    }

    #[test]
    fn names_are_found_among_words_of_statements(words in prop::collection::vec(
        prop::sample::select(vec!["وزير", "الخارجية", "،", "و", "للسفير", "كرم", "Minister", "of", "Rell", ".", "سفیر", "در", "وزارت", "امور"]), 0..24)) {
        for lang in ["ar", "fa", "en", "und"] {
            let text = words.join(" ");
            let found = find_names(&text, &LanguageTag::new(lang));
            for (a, b) in found.iter().zip(found.iter().skip(1)) {
                prop_assert!(a.span.end() <= b.span.start(), "{} {:?}", text, found);
            }
        }
    }
}

#[test]
fn a_large_index_finds_what_a_small_one_finds() {
    let mut names: Vec<String> = (0..4_000u32)
        .map(|n| {
            let letter = |k: u32| char::from(b'a' + ((n / k) % 23) as u8);
            format!("{}o{}a{}{}", letter(1), letter(23), letter(529), letter(7))
        })
        .collect();
    names.push("غودفري".to_owned());
    let index = NameIndex::new(names);
    assert_eq!(index.search("Godfrey", 1).first().map(|f| f.0), Some(4_000));
}

#[test]
fn names_that_share_one_common_word_are_not_compared() {
    let (one, other) = (keys("John Godfrey"), keys("John Kerry"));
    assert!(!NameKey::meet(&one, &other));
    assert!(NameKey::meet(&one, &keys("John")));
    let ministries = (keys("Ministry of Health"), keys("وزارة الدفاع"));
    assert!(!NameKey::meet(&ministries.0, &ministries.1));
    assert!(NameKey::meet(&ministries.0, &keys("وزارت بهداشت")));
}

/// Rows of both lists of names in `tests/data`: English, Arabic.
fn listed() -> Vec<(String, String)> {
    let text = concat!(include_str!("data/names-en-ar.tsv"), include_str!("data/names-en-ar-2.tsv"));
    let row = |line: &str| line.split_once('\t').map(|(a, b)| (a.to_owned(), b.to_owned()));
    text.lines().filter(|line| !line.starts_with('#')).filter_map(row).collect()
}

#[test]
fn names_of_many_origins_are_found_among_all_the_others() {
    let rows = listed();
    assert!(rows.len() > 900);
    let mut arabic: Vec<String> = rows.iter().map(|(_, a)| a.clone()).collect();
    arabic.sort();
    arabic.dedup();
    let index = NameIndex::new(arabic);
    let mut english: Vec<&str> = rows.iter().map(|(e, _)| e.as_str()).collect();
    english.sort_unstable();
    english.dedup();
    let (mut first, mut among_ten) = (0, 0);
    for name in &english {
        let right =
            |number: usize| rows.iter().any(|(e, a)| e == name && index.name(number) == Some(a.as_str()));
        let found = index.search(name, 10);
        first += usize::from(found.first().is_some_and(|(number, _)| right(*number)));
        among_ten += usize::from(found.iter().any(|(number, _)| right(*number)));
    }
    let share = |n: usize| n as f64 / english.len() as f64;
    assert!(share(first) >= 0.96, "first {:.3}", share(first));
    assert!(share(among_ten) >= 0.99, "among ten {:.3}", share(among_ten));
}

#[test]
fn ali_is_no_preposition() {
    assert!(similarity("Ali Hassan", "علي حسن") > 0.8);
    assert!(similarity("Ben Ali", "بن علي") > similarity("Ben Ali", "علي"));
    assert!(similarity("Ahmed Ali", "أحمد على") > 0.8);
    assert!(NameKey::meet(&keys("Ali Hassan"), &keys("حسن علي")));
}

#[test]
fn a_last_alef_maqsura_is_read_as_alef() {
    for (latin, arabic) in [("Mona", "منى"), ("Huda", "هدى"), ("Salma", "سلمى")] {
        assert!(similarity(latin, arabic) >= SAME_NAME, "{latin}");
    }
    assert_eq!(keys("منى"), keys("مني"));
}
