//! Pages as a browser shows them.

use diwan_extract::extract;
use diwan_model::{BlockMark, Capture, CaptureHash, Direction, LinkKind, Page, Role};
use proptest::prelude::*;

fn capture(bytes: &[u8]) -> Capture {
    Capture {
        sha256: CaptureHash::of(bytes),
        media_type: diwan_extract::media_type(bytes).to_owned(),
        bytes: bytes.len() as u64,
        address: Some("https://example.org/a/b".to_owned()),
        source: None,
        declared_encoding: None,
    }
}

fn page(text: &str) -> Page {
    extract(text.as_bytes(), &capture(text.as_bytes())).0
}

fn seen(page: &Page) -> Vec<(u32, &str)> {
    page.blocks.iter().map(|b| (b.line, b.text.as_str())).collect()
}

#[test]
fn lines_of_the_source() {
    let page = page(
        "<!doctype html>\n<html><head><title>T</title></head>\n<body>\n<p>\n  One\n  two</p><p>three<br>four\n<br>\n five</p>\n<div>\nsix <b>seven</b></div>",
    );
    assert_eq!(seen(&page), [(5, "One two"), (6, "three"), (6, "four"), (8, "five"), (10, "six seven")]);
    let parted: Vec<bool> = page.blocks.iter().map(|b| b.parted).collect();
    assert_eq!(parted, [true, true, false, false, true]);
}

#[test]
fn hidden_things_are_not_read() {
    let page = page(
        "<div>a<script>b</script><style>c</style><p hidden>d</p><p style='display: none'>e</p><noscript>f</noscript><template>g</template></div>",
    );
    assert_eq!(seen(&page), [(1, "a")]);
}

#[test]
fn marks_and_hints() {
    let page = page(
        "<nav class=menu>Home</nav><main><h1>T</h1><ul><li><p>item</p></ul><dl><dt>Date<dd>3 May</dl><table><tr><td>a<td>b<td>c</table></main><footer>f</footer>",
    );
    let marks: Vec<BlockMark> = page.blocks.iter().map(|b| b.mark).collect();
    use BlockMark::{Footer, Heading, Label, ListItem, Navigation, TableRow, Value};
    assert_eq!(marks, [Navigation, Heading(1), ListItem, Label, Value, TableRow, Footer]);
    assert_eq!(page.blocks[5].text, "a\tb\tc");
    assert_eq!(page.blocks[0].hints, ["nav", "menu"]);
}

#[test]
fn links_and_evidence() {
    let page = page(
        "<html lang=fa><head><title>A | B</title><meta property=article:published_time content=2021-05-03><link rel=canonical href=/x><link rel=alternate hreflang=en href=/en><script type=application/ld+json>{\"@graph\":[{\"datePublished\":\"2021-05-03\"}]}</script></head><body><p>see <a href='../orig'>the original</a></p>",
    );
    assert_eq!(page.evidence("html:title").unwrap().value, "A | B");
    assert_eq!(page.evidence("jsonld:datePublished").unwrap().value, "2021-05-03");
    let kinds: Vec<LinkKind> = page.links.iter().map(|l| l.kind).collect();
    assert_eq!(kinds, [LinkKind::Plain, LinkKind::Canonical, LinkKind::Alternate]);
    assert_eq!(
        (page.links[0].address.as_str(), page.links[0].text.as_str()),
        ("https://example.org/orig", "the original")
    );
    assert_eq!(page.links[0].block, Some(0));
}

#[test]
fn direction_follows_the_letters() {
    let page = page("<html lang=en><body><p>بيان صادر عن مجلس البحيرة</p><p>2021</p>");
    assert_eq!(page.blocks[0].dir, Direction::RightToLeft);
    assert_eq!(page.blocks[0].lang.as_str(), "ar");
    assert_eq!(page.blocks[1].lang.as_str(), "zxx");
}

#[test]
fn a_no_break_space_alone_is_blank() {
    let page = page("<p>a</p>\n<p>&nbsp;</p>\n<p>b</p>");
    assert_eq!(page.blocks[1].role, Role::Blank);
}

#[test]
fn a_hundred_thousand_open_elements() {
    let text = format!("{}deep{}after", "<div>".repeat(100_000), "</div>".repeat(100_000));
    let bytes = text.as_bytes();
    let (page, findings) = extract(bytes, &capture(bytes));
    assert_eq!(seen(&page), [(1, "deep"), (1, "after")]);
    assert!(findings.iter().any(|f| f.kind == "markup-too-deep"));
    for tag in [
        "<b>",
        "<a href=x>",
        "<table>",
        "<p><i>",
        "<ul><li>",
        "<svg>",
        "<template>",
        "<font color=x>",
        "<button>",
    ] {
        let text = format!("<body>{}x", tag.repeat(20_000));
        extract(text.as_bytes(), &capture(text.as_bytes()));
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for kind in ["text/html", "text/plain"] {
            let mut capture = capture(&bytes);
            capture.media_type = kind.to_owned();
            let (page, _) = extract(&bytes, &capture);
            let lines = bytes.iter().filter(|b| **b == b'\n' || **b == b'\r').count() as u32 + 1;
            for block in &page.blocks {
                // UTF-16 counts its own line ends; every other encoding writes them as these bytes.
                prop_assert!(block.line >= 1 && (page.encoding.starts_with("UTF-16") || block.line <= lines));
            }
        }
    }

    #[test]
    fn any_tags_are_read(parts in proptest::collection::vec(prop_oneof![
        Just("<p>"), Just("</p>"), Just("<div>"), Just("</div>"), Just("<table>"), Just("<tr>"), Just("<td>"), Just("</table>"),
        Just("<b>"), Just("</b>"), Just("<a href=x>"), Just("</a>"), Just("\n"), Just("text "), Just("متن "), Just("<br>"),
        Just("<li>"), Just("<h1>"), Just("<script>"), Just("</script>"), Just("<template>"), Just("&nbsp;"), Just("<select><option>"), Just("<svg>"), Just("<pre>")
    ], 0..60)) {
        let text = format!("<html>{}", parts.concat());
        let first = page(&text);
        prop_assert_eq!(&first, &page(&text));
        let lines = text.matches('\n').count() as u32 + 1;
        prop_assert!(first.blocks.windows(1).all(|w| w[0].line <= lines && !w[0].text.is_empty()));
    }
}
