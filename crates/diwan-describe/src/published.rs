//! What a page's markup says of its day of publication, beside the day that the text gives.
//!
//! An archive publishes later what others said before; nobody publishes what has not been said. So a page that was
//! published before the day of its text weighs more than one that was published after it.

use diwan_model::{Finding, Page, PageEvidence, Quote, Severity, Statement};
use jiff::civil::Date;

/// The evidence that means the day of publication, not that of a change, the surest first.
const NAMES: [&str; 10] = [
    "jsonld:datePublished",
    "article:published_time",
    "datepublished",
    "publish-date",
    "dc.date.issued",
    "dcterms.issued",
    "citation_publication_date",
    "dc.date",
    "dcterms.date",
    "date",
];

/// Days that the clocks of publisher and reader may lie apart.
const CLOCKS: i32 = 1;

/// A finding where the markup's day of publication is not the day that is printed in the text.
pub(crate) fn compare(page: &Page, statement: &Statement, findings: &mut Vec<Finding>) {
    let Some(printed) = statement.date.as_ref().filter(|d| d.locus.is_some()) else { return };
    let Ok(text) = printed.iso.parse::<Date>() else { return };
    let told = |name: &&str| Some((page.evidence(name)?, day(page.evidence(name)?)?));
    let Some((evidence, markup)) = NAMES.iter().find_map(told) else { return };
    let apart = (markup - text).get_days();
    if apart.abs() <= CLOCKS {
        return;
    }
    let (severity, how) = if apart < 0 {
        (Severity::Medium, "before the day that the text gives")
    } else {
        (Severity::Low, "after the day that the text gives")
    };
    let mut quotes = vec![Quote { line: evidence.line, text: evidence.value.clone() }];
    if let Some(line) = printed.line {
        quotes.push(Quote { line, text: printed.printed.clone() });
    }
    let message = format!(
        "The page's markup gives {markup} as the day of publication, {} days {how}, {text}.",
        apart.abs()
    );
    findings.push(Finding::new("publication-date-disagrees", severity, message, quotes));
}

/// The day that a value begins with, `2021-12-03` or `2021/12/03`.
fn day(evidence: &PageEvidence) -> Option<Date> {
    evidence.value.trim().get(..10)?.replace('/', "-").parse().ok()
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may fail loudly")]
mod tests {
    use diwan_model::{Capture, CaptureHash, Finding, Severity};

    fn findings(markup: &str) -> Vec<Finding> {
        let text = format!(
            "<html lang=en><head>{markup}</head><body><p>Ministry of Lakes</p><p>Media Note</p><p>3 June 2021</p>\
             <p>The ministers of the Compact for Lake Orvane met today and renewed their promise to keep the lake clean \
             for all who live beside it.</p></body></html>"
        );
        let capture = Capture {
            sha256: CaptureHash::of(text.as_bytes()),
            media_type: "text/html".to_owned(),
            bytes: text.len() as u64,
            address: None,
            source: None,
            declared_encoding: None,
        };
        let (mut page, _) = diwan_extract::extract(text.as_bytes(), &capture);
        let (statements, findings) = crate::describe(&mut page, &capture);
        assert_eq!(statements[0].date.as_ref().map(|d| d.iso.as_str()), Some("2021-06-03"));
        findings.into_iter().filter(|f| f.kind == "publication-date-disagrees").collect()
    }

    #[test]
    fn days_that_differ_are_told_with_both_places() {
        let found = findings("<meta property='article:published_time' content='2021-05-12T08:00:00Z'>");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].severity, Severity::Medium);
        let quotes: Vec<&str> = found[0].quotes.iter().map(|q| q.text.as_str()).collect();
        assert_eq!(quotes, ["2021-05-12T08:00:00Z", "3 June 2021"]);
        assert!(found[0].message.contains("22 days before"), "{}", found[0].message);
    }

    #[test]
    fn a_later_publication_weighs_less() {
        let found = findings("<meta name='DC.date' content='2022-01-10'>");
        assert_eq!(found.iter().map(|f| f.severity).collect::<Vec<_>>(), [Severity::Low]);
    }

    #[test]
    fn the_same_day_by_another_clock_is_no_finding() {
        for value in ["2021-06-03", "2021-06-02T23:30:00Z", "2021/06/04", "yesterday", "2021-06"] {
            assert_eq!(findings(&format!("<meta name='date' content='{value}'>")).len(), 0, "{value}");
        }
    }
}
