//! A PDF printed by a browser from known text in Arabic, Persian and English is read back letter for letter.

#![allow(clippy::indexing_slicing, reason = "a test may fail loudly")]

use diwan_extract::extract;
use diwan_model::{Capture, CaptureHash, Page};

fn read(bytes: &[u8]) -> (Page, Vec<String>) {
    let capture = Capture {
        sha256: CaptureHash::of(bytes),
        media_type: diwan_extract::media_type(bytes).to_owned(),
        bytes: bytes.len() as u64,
        address: None,
        source: None,
        declared_encoding: None,
    };
    let (page, findings) = extract(bytes, &capture);
    (page, findings.into_iter().map(|f| f.kind.to_string()).collect())
}

#[test]
fn a_printed_page_is_read_back() {
    let (page, findings) = read(include_bytes!("fixtures/lake.pdf"));
    let texts: Vec<&str> = page.blocks.iter().map(|b| b.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "بيان صادر عن مجلس حوض بحيرة سلمى",
            "اجتمع وزراء المياه في مجلس حوض بحيرة سلمى يوم ٣ كانون الأول/ديسمبر ٢٠٢١ في مدينة فلمورا، بحضور 84 عضواً (منهم 12 مراقباً)، واستعرضوا ما تحقّق منذ الدورة السابعة.",
            "وأقرّ المجلس القرار رقم 17/2021 بتمويل قدره 4.5 مليون دولار، وأكّد أنّ الأولويات هي: الريّ، والصيد، وحماية الشواطئ. وسيُعقد الاجتماع المقبل في ربيع ٢٠٢٢.",
            "للاطّلاع على النص الأصلي: https://lake-council.example/statements/2021/december/final-communique-of-the-seventh-session",
            "وزیران «گروه کوچک» در نشست ۱۲ آذر ۱۴۰۰ بر تلاش‌های خود برای حفاظت از دریاچه تأکید کردند و گفتند که این کار ادامه می‌یابد.",
            "The council (المجلس) met on 3 December 2021 and reaffirmed that the lake belongs to all who live by it.",
        ]
    );
    assert_eq!(findings, Vec::<String>::new());
    assert!(page.blocks.iter().all(|b| b.page == Some(1)));
    assert_eq!(page.evidence("pdf:title").map(|e| e.value.as_str()), Some("بيان مجلس البحيرة"));
}

#[test]
fn broken_documents_are_findings() {
    let whole = include_bytes!("fixtures/lake.pdf");
    for bytes in
        [b"%PDF-1.7\n".as_slice(), &whole[..whole.len() / 3], &[b"%PDF-".as_slice(), &[0xFF; 400]].concat()]
    {
        let (page, findings) = read(bytes);
        assert!(!page.blocks.is_empty() || !findings.is_empty());
    }
}
