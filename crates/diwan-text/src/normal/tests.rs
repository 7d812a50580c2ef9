use proptest::prelude::*;

use super::*;
use diwan_model::Span;

fn form(text: &str, form: Form) -> String {
    normal(text, form, &LanguageTag::UNDETERMINED).text
}

#[test]
fn light_keeps_what_is_read() {
    assert_eq!(form("ﷲ  ﺍﻟﺴﻼﻡ\u{200f}\u{a0}!", Form::Light), "الله السلام !");
    assert_eq!(form("می\u{200c}ماند كِتـاب «Cafe\u{301}»", Form::Light), "می\u{200c}ماند كِتاب «Café»");
    assert_eq!(form(" a \r\n\n b ", Form::Light), "a\nb");
    assert_eq!(form("J.\u{202f}Blinken ـ x", Form::Light), "J. Blinken - x");
}

#[test]
fn strong_folds_what_matches() {
    assert_eq!(form("كِتابـة إلى على آلاف", Form::Strong), form("کتابه الی علی الاف", Form::Strong));
    assert_eq!(form("۱۲٣ ４", Form::Strong), "123 4");
    assert_eq!(form("ÉCOLE Œuvre Straße naïve", Form::Strong), "ecole oeuvre strasse naive");
    assert_eq!(form("می\u{200c}ماند", Form::Strong), form("میماند", Form::Strong));
    assert_eq!(form("Ёлка ЙОД Йод", Form::Strong), "елка йод йод");
    assert_eq!(form("“a” – «b»…", Form::Strong), "\"a\" - \"b\"...");
}

#[test]
fn a_span_is_found_on_the_page() {
    let printed = " «ﻣﻮﺍﻓﻖٌ\u{200f} » ";
    let n = normal(printed, Form::Strong, &LanguageTag::UNDETERMINED);
    let at = n.text.find("موافق").unwrap();
    let span = Span::new(&n.text, at, at + "موافق".len()).unwrap();
    assert_eq!(n.printed(printed, span).unwrap().of(printed), "ﻣﻮﺍﻓﻖٌ\u{200f}");
    let whole = n.printed(printed, Span::whole(&n.text)).unwrap();
    assert_eq!(whole.of(printed), printed.trim());
    let ligature = normal("aﷲb", Form::Light, &LanguageTag::UNDETERMINED);
    let inside = Span::new(&ligature.text, 3, 5).unwrap();
    assert_eq!(ligature.printed("aﷲb", inside).unwrap().of("aﷲb"), "ﷲ");
    assert_eq!(ligature.normal(Span::new("aﷲb", 1, 4).unwrap()).unwrap().of(&ligature.text), "الله");
}

fn any_text() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        'a',
        'I',
        'İ',
        'é',
        '\u{301}',
        '\u{306}',
        'и',
        'ي',
        'ی',
        'ك',
        'ه',
        'ة',
        'أ',
        '\u{654}',
        '\u{64e}',
        '\u{640}',
        '\u{200c}',
        '\u{200d}',
        '\u{200f}',
        '\u{a0}',
        '\u{202f}',
        ' ',
        ' ',
        '\n',
        '\r',
        '.',
        'ﷲ',
        'ﻻ',
        'ﬁ',
        'ß',
        '٣',
        '۴',
        '中',
        '。',
        'ﹰ',
        'ﱞ',
        '\u{93f}',
        'क',
        '\u{1f468}',
        '1',
        '-',
        'Ǆ',
        'ﷺ',
        '\u{5d1}',
        '\u{5bc}',
        'ש',
    ]);
    prop_oneof![
        prop::collection::vec(odd, 0..40).prop_map(|c| c.into_iter().collect::<String>()),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn twice_is_once(text in any_text(), strong in any::<bool>(), turkish in any::<bool>()) {
        let form = if strong { Form::Strong } else { Form::Light };
        let lang = LanguageTag::new(if turkish { "tr" } else { "und" });
        let once = normal(&text, form, &lang);
        let twice = normal(&once.text, form, &lang);
        prop_assert_eq!(&once.text, &twice.text);
    }

    #[test]
    fn the_map_is_monotone_and_on_characters(text in any_text(), strong in any::<bool>()) {
        let form = if strong { Form::Strong } else { Form::Light };
        let n = normal(&text, form, &LanguageTag::UNDETERMINED);
        let mut before = (0, 0);
        for (at, c) in n.text.char_indices() {
            let span = Span::new(&n.text, at, at + c.len_utf8()).unwrap();
            let printed = n.printed(&text, span);
            prop_assert!(printed.is_some(), "{:?} of {:?}", span, n);
            let printed = printed.unwrap();
            prop_assert!(!printed.is_empty() && printed.start() >= before.0 && printed.end() >= before.1, "{:?} {:?}", n, printed);
            before = (printed.start(), printed.end());
            let back = n.normal(printed);
            prop_assert!(back.is_some_and(|b| b.contains(span)), "{:?} {:?} {:?} {:?}", n, span, printed, back);
        }
        for (at, c) in text.char_indices() {
            prop_assert!(n.normal(Span::new(&text, at, at + c.len_utf8()).unwrap()).is_some());
        }
    }
}
