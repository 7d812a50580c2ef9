//! The article of a page: its main text with title, day of publication and language.

use diwan_model::{Capture, Finding, LanguageTag, Link, Page, PageEvidence, Quote, Severity};
use diwan_text::language::identify;
use serde::Serialize;

use crate::main_text::{Prepared, Rated};
use crate::published::{Day, Kind, Witness, weigh, witnesses};
use crate::{decode, html, plain, space};

/// Letters of the main text that are enough to tell its language.
const SAMPLE: usize = 1200;

/// What a reader comes to a page for, and when it was published.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Article {
    /// Title, without the name of the site where it can be told apart.
    pub title: Option<String>,
    /// Day of publication, `2021-12-03`.
    pub date: Option<String>,
    /// Language of the main text; `und` where it cannot be told.
    pub lang: String,
    /// The main text, a paragraph a line.
    pub text: String,
    /// How sure the date is, 0 to 1.
    pub date_confidence: Option<f32>,
    /// What tells the date, each with its place in the source.
    pub date_evidence: Vec<PageEvidence>,
    /// What the page says of itself: metadata, structured data, times.
    pub evidence: Vec<PageEvidence>,
    /// Links of the page's head: its own address, its other languages.
    pub links: Vec<Link>,
    /// What does not fit.
    pub findings: Vec<Finding>,
}

/// Reads the article of a capture. Cannot fail; what is neither HTML nor text has no text and a finding says so.
///
/// ```
/// use diwan_model::{Capture, CaptureHash};
/// let bytes = "<title>Lake level - Orvane Post</title><nav><a href=/>Home</a></nav><h1>Lake level</h1>\
///     <p>The council of the lake met on Monday, heard the harbour master, and decided to lower the sluice by a hand.</p>\
///     <p>It will meet again in spring, when the snow has gone and the level of the water can be foreseen better.</p>";
/// let capture = Capture {
///     sha256: CaptureHash::of(bytes.as_bytes()),
///     media_type: "text/html".to_owned(),
///     bytes: bytes.len() as u64,
///     address: Some("https://example.org/2021/12/03/lake-level".to_owned()),
///     source: None,
///     declared_encoding: None,
/// };
/// let article = diwan_extract::article(bytes.as_bytes(), &capture);
/// assert_eq!(article.title.as_deref(), Some("Lake level"));
/// assert_eq!(article.date.as_deref(), Some("2021-12-03"));
/// assert_eq!(article.lang, "en");
/// ```
pub fn article(bytes: &[u8], capture: &Capture) -> Article {
    let read = bytes.get(..crate::MAX_BYTES.min(bytes.len())).unwrap_or(bytes);
    match capture.media_type.as_str() {
        "text/html" | "application/xhtml+xml" => from_html(read, capture),
        _ => from_page(bytes, capture),
    }
}

/// The article of a page without markup: all of it.
fn from_page(bytes: &[u8], capture: &Capture) -> Article {
    let (page, findings) = if capture.media_type.starts_with("text/") {
        let decoded = decode(bytes, capture.declared_encoding.as_deref(), false);
        (plain::read(&decoded.text), Vec::new())
    } else {
        crate::extract(bytes, capture)
    };
    let lines: Vec<&str> =
        page.blocks.iter().map(|b| b.text.trim()).filter(|t| !space::is_blank(t)).collect();
    let text = lines.join("\n");
    let title = lines.first().filter(|t| t.chars().count() <= 200).map(|t| (*t).to_owned());
    let lang = language(&text, None);
    Article { title, lang: lang.to_string(), text, findings, ..Article::default() }
}

fn from_html(bytes: &[u8], capture: &Capture) -> Article {
    let decoded = decode(bytes, capture.declared_encoding.as_deref(), true);
    let tree = html::parse(&decoded.text);
    let mut findings = Vec::new();
    html::limits(&tree, &mut findings);
    let page = html::claims(&tree, capture);
    let rated = Prepared::new(&tree, capture.address.as_deref()).rate();
    let text = rated.text();
    let lang = language(&text, page.declared_lang.as_ref());
    let all = witnesses(&tree, &rated.around(), capture.address.as_deref(), &lang);
    let told = weigh::weigh(&all);
    let mut out = Article {
        title: title(&page, &rated),
        date: told.map(|(day, _)| day.to_string()),
        date_confidence: told.map(|(_, sure)| (sure * 100.0).round() / 100.0),
        lang: lang.to_string(),
        text,
        ..Article::default()
    };
    if let Some((day, _)) = told {
        out.date_evidence = evidence_of(&all, day);
        findings.extend(disagreement(&all, day));
    }
    out.evidence = page.evidence;
    out.links = page.links;
    out.findings = findings;
    out
}

/// The language of the text: what its letters show, else what the page declares.
pub(crate) fn language(text: &str, declared: Option<&LanguageTag>) -> LanguageTag {
    let end = text.char_indices().nth(SAMPLE).map_or(text.len(), |(at, _)| at);
    let guess = identify(text.get(..end).unwrap_or(text), &[]);
    match declared {
        Some(declared) if !guess.lang.is_language() || guess.lang.primary() == declared.primary() => {
            declared.clone()
        }
        _ => guess.lang,
    }
}

/// The title: what structured data or Open Graph call it, without the name of the site; else the main heading.
fn title(page: &Page, rated: &Rated) -> Option<String> {
    let heading = rated.heading().map(|(text, _)| text.replace(['\n', '\t'], " "));
    let claimed = ["og:title", "jsonld:headline", "twitter:title", "html:title"]
        .iter()
        .find_map(|name| page.evidence(name))
        .map(|e| e.value.clone());
    let Some(claimed) = claimed else { return heading };
    // The part of `Title - Site` that is the heading.
    match heading {
        Some(heading) if !heading.is_empty() && claimed.contains(heading.as_str()) => Some(heading),
        _ => {
            let site = page.evidence("og:site_name").map(|e| e.value.as_str()).unwrap_or_default();
            let bare = claimed.strip_suffix(site).filter(|_| !site.is_empty()).unwrap_or(&claimed);
            let bare = bare.trim_end_matches([' ', '-', '|', '–', '—', '·', '»', ':', '•']);
            Some(if bare.is_empty() { claimed.clone() } else { bare.to_owned() })
        }
    }
}

/// The evidence that tells a day, the first of each kind.
fn evidence_of(all: &[Witness], day: Day) -> Vec<PageEvidence> {
    let mut kinds: Vec<Kind> = Vec::new();
    let mut out = Vec::new();
    for witness in all.iter().filter(|w| w.day == day) {
        if !kinds.contains(&witness.kind) {
            kinds.push(witness.kind);
            out.push(PageEvidence {
                name: witness.kind.name().to_owned(),
                value: witness.value.clone(),
                line: witness.line.max(1),
            });
        }
    }
    out
}

/// A finding where what the page tells machines and what it prints for people as the day of publication differ by more
/// than a day (the clock of the publisher and of Greenwich may lie a day apart).
fn disagreement(all: &[Witness], day: Day) -> Option<Finding> {
    let strong = |w: &&Witness| {
        matches!(
            w.kind,
            Kind::DataPublished | Kind::MetaPublished | Kind::PropertyPublished | Kind::TimePublished
        )
    };
    let printed = |w: &&Witness| matches!(w.kind, Kind::WordPublished);
    let machine = all.iter().filter(strong).find(|w| w.day == day).or_else(|| all.iter().find(strong))?;
    if all.iter().filter(printed).any(|w| near(w.day, machine.day)) {
        return None;
    }
    let people = all.iter().find(printed)?;
    Some(Finding::new(
        "publication-date-disagrees",
        Severity::Medium,
        format!(
            "The page's metadata gives {} as the day of publication; the text gives {}.",
            machine.day, people.day
        ),
        vec![
            Quote { line: machine.line.max(1), text: machine.value.clone() },
            Quote { line: people.line.max(1), text: people.value.clone() },
        ],
    ))
}

/// Whether two days are the same or follow each other.
fn near(a: Day, b: Day) -> bool {
    let number = |d: Day| i32::from(d.year) * 372 + i32::from(d.month) * 31 + i32::from(d.day);
    let ends_month = |d: Day| d.day >= 28;
    a == b
        || number(a).abs_diff(number(b)) == 1
        || (number(a).abs_diff(number(b)) <= 4
            && (ends_month(a) && b.day == 1 || ends_month(b) && a.day == 1))
}
