use proptest::prelude::*;

use super::*;

fn split<'a>(lang: &str, text: &'a str) -> Vec<&'a str> {
    sentences(text, &LanguageTag::new(lang)).into_iter().map(|s| s.of(text)).collect()
}

#[test]
fn initials_do_not_end() {
    assert_eq!(split("en", "Secretary John\u{202f}Q.\u{202f}Public spoke. He left.").len(), 2);
    assert_eq!(split("ar", "قال الوزير سامي ج.\u{202f}حداد ذلك. ثم غادر.").len(), 2);
    assert_eq!(split("fa", "والتر جی. اسمیت سخن گفت. او رفت.").len(), 2);
}

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "The",
        "a",
        "met",
        ".",
        ". ",
        " ",
        " ",
        "\n",
        "? ",
        "! ",
        "…",
        "...",
        "\"",
        "«",
        "» ",
        "(",
        ")",
        "U.S.",
        "No. ",
        "12",
        "1. ",
        "(a) ",
        "J. ",
        "etc. ",
        "قال",
        "ج. ",
        "، ",
        "؟ ",
        "۔",
        "。",
        "中",
        "• ",
        "; ",
        ": ",
        "هـ. ",
        "e.g. ",
        "p. ",
        "[1]",
        "a@b.org",
        "https://x.org/?a=b. ",
        "\u{202f}",
        "\u{200f}",
        "جی. ",
        "ای. ",
        "I. ",
        "Dr. ",
        "‘",
        "’",
    ]);
    prop_oneof![prop::collection::vec(piece, 0..30).prop_map(|p| p.concat()), any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn a_sentence_is_one_sentence(text in any_text(), k in 0_usize..5) {
        let lang = LanguageTag::new(["en", "ar", "fa", "fr", "de"][k]);
        let mut before = 0;
        for span in sentences(&text, &lang) {
            prop_assert!(span.start() >= before && !span.is_empty());
            before = span.end();
            let sentence = span.of(&text);
            let again: Vec<&str> = sentences(sentence, &lang).iter().map(|s| s.of(sentence)).collect();
            prop_assert_eq!(again, vec![sentence]);
        }
    }

    #[test]
    fn nothing_printed_is_lost(text in any_text()) {
        let lang = LanguageTag::new("en");
        let kept: String = sentences(&text, &lang).iter().flat_map(|s| s.of(&text).chars()).filter(|c| !is_space(*c)).collect();
        let all: String = text.chars().filter(|c| !is_space(*c)).collect();
        prop_assert_eq!(kept, all);
    }
}
