//! What always holds when a page is read.

use diwan_describe::describe;
use diwan_extract::extract;
use diwan_model::{Capture, CaptureHash, Finding, Locus, Page, Statement};
use proptest::prelude::*;

fn read(bytes: &[u8]) -> (Page, Vec<Statement>, Vec<Finding>) {
    let capture = Capture {
        sha256: CaptureHash::of(bytes),
        media_type: diwan_extract::media_type(bytes).to_owned(),
        bytes: bytes.len() as u64,
        address: None,
        source: None,
        declared_encoding: None,
    };
    let (mut page, mut findings) = extract(bytes, &capture);
    let (statements, more) = describe(&mut page, &capture);
    findings.extend(more);
    (page, statements, findings)
}

fn printed<'a>(page: &'a Page, locus: &Locus) -> &'a str {
    let block = page.blocks.get(locus.block as usize).expect("a block of the page");
    assert_eq!(block.line, locus.line);
    assert!(block.text.get(locus.span.range()).is_some(), "a span on character boundaries");
    locus.span.of(&block.text)
}

fn holds(bytes: &[u8]) {
    let (page, statements, findings) = read(bytes);
    for statement in &statements {
        let fields =
            [&statement.title, &statement.issuer, &statement.office, &statement.r#type, &statement.place];
        for field in fields.into_iter().flatten() {
            if let Some(locus) = &field.locus {
                assert_eq!(printed(&page, locus), field.text);
            }
            assert!((0.0..=1.0).contains(&field.confidence.value()));
        }
        if let Some(date) = &statement.date
            && let Some(locus) = &date.locus
        {
            assert_eq!(printed(&page, locus), date.printed);
        }
        assert!(!statement.versions.is_empty());
        for version in &statement.versions {
            for (n, sentence) in version.sentences.iter().enumerate() {
                assert_eq!(sentence.n as usize, n + 1);
                let locus = sentence.locus.as_ref().expect("a place");
                assert_eq!(printed(&page, locus), sentence.text);
            }
        }
    }
    let again = read(bytes);
    assert_eq!((page, statements, findings), again);
}

/// Lines that mean something, to be put together in any order.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Ministry of Waters"), Just("Press Release"), Just("3 May 2022"), Just("Port Selm, Denmark"), Just("Begin text:"),
        Just("End text."), Just(""), Just("\u{00A0}"), Just("وزارة المياه"), Just("بيان صحفي"), Just("بداية النص:"), Just("نهاية النص."),
        Just("۳ مه ۲۰۲۲"), Just("آغاز متن"), Just("پایان متن"), Just("Fin du texte."), Just("Date of issue"), Just("Language"),
        Just("ArabicEnglish"), Just("Archive code"), Just("AB/12/2022"), Just("Collections"), Just("Related persons"), Just("• Authentic"),
        Just("Degree of reliability:"), Just("2022/04/03"), Just("https://a.example/b-c-d-e"), Just("View original: https://a.example/b-c-d-e"),
        Just("The ministers met today in Port Selm at the invitation of the Republic of Selm and of the Kingdom of Varr, and reaffirmed their commitment to the lake."),
        Just("اجتمع وزراء الميثاق اليوم في سلم بدعوة من جمهورية سلم ومملكة فار، وأكدوا التزامهم بالحفاظ على منسوب البحيرة فوق العلامة المتفق عليها."),
        Just("This translation is provided as a courtesy and only the original English text is authoritative."), Just("<p>"), Just("</div>"),
        Just("العراقسوريةفرنسا"), Just("د. م."), Just("İstanbul ßẞ ﷺ ﷲ"), Just("ـــ"), Just("\u{202F}\u{200F}")
    ]
    .prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        holds(&bytes);
    }

    #[test]
    fn any_lines(lines in proptest::collection::vec(line(), 0..40)) {
        holds(lines.join("\n").as_bytes());
    }

    #[test]
    fn any_text(text in "(?s).{0,200}") {
        holds(text.as_bytes());
    }
}
