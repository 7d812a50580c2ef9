//! What was found inconsistent.

use askama::Template;
use axum::http::StatusCode;
use diwan_model::Severity;
use diwan_store::{FindingRecord, FindingStatus};

use super::{html, page_number};
use crate::Failure;
use crate::app::{Answer, App, Asked};
use crate::ui::Ui;
use crate::view::{Pages, Text, code_path};

/// Findings on a page.
const ON_A_PAGE: usize = 50;

/// A finding with both its quotes.
pub(crate) struct FindingView {
    pub(crate) fingerprint: String,
    /// Its kind in words, where the interface has words for it.
    pub(crate) kind_name: Option<String>,
    pub(crate) kind: String,
    pub(crate) severity: &'static str,
    pub(crate) severity_name: String,
    /// What is found, in the language of the interface where it has words for the kind.
    pub(crate) message: String,
    /// Whether the message is English only.
    pub(crate) english: bool,
    pub(crate) quotes: Vec<QuoteView>,
    pub(crate) source: String,
    pub(crate) source_href: String,
    /// Code and address.
    pub(crate) statements: Vec<(String, String)>,
    pub(crate) open: bool,
    pub(crate) state: String,
    pub(crate) decided_by: Option<String>,
    pub(crate) why: Option<String>,
    /// Number of the decision that can be undone.
    pub(crate) decision: Option<i64>,
}

pub(crate) struct QuoteView {
    pub(crate) text: Text,
    /// What stands around the words in their sentence.
    pub(crate) before: String,
    pub(crate) after: String,
    /// Whether it is the text that counts.
    pub(crate) authoritative: bool,
    /// Its language, where the two sides are in different ones.
    pub(crate) language: Option<String>,
    pub(crate) href: String,
    pub(crate) line: String,
}

impl FindingView {
    pub(crate) fn new(ui: &Ui, finding: &FindingRecord) -> Self {
        let severity = match finding.severity {
            Severity::Info => "info",
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
        };
        let quotes = finding.quotes.iter().map(|quote| {
            let around = quote.sentence.as_deref().and_then(|s| s.split_once(quote.text.as_str()));
            let (before, after) = around.unwrap_or_default();
            let code = quote.code.as_ref().filter(|_| quote.sentence.is_some());
            QuoteView {
                text: Text::new(quote.text.as_str(), quote.lang.as_ref()),
                before: before.to_owned(),
                after: after.to_owned(),
                authoritative: quote.authoritative,
                language: quote.lang.as_ref().filter(|_| code.is_some()).map(|l| ui.language(l)),
                href: ui.href(&match code {
                    Some(code) => code_path(code),
                    None => format!("/captures/{}#L{}", quote.capture.unwrap_or(finding.capture), quote.line),
                }),
                line: ui.nth("line", &quote.line),
            }
        });
        let said = says(ui, finding);
        Self {
            english: said.is_none(),
            message: said.unwrap_or_else(|| finding.message.clone()),
            fingerprint: finding.fingerprint.to_string(),
            kind_name: Some(format!("finding-{}", finding.kind))
                .filter(|k| ui.locale.has(k))
                .map(|k| ui.t(&k)),
            kind: finding.kind.clone(),
            severity,
            severity_name: ui.t(&format!("severity-{severity}")),
            quotes: quotes.collect(),
            source: finding.source.clone(),
            source_href: ui.href(&format!("/captures/{}", finding.capture)),
            statements: finding
                .statements
                .iter()
                .map(|code| (code.to_string(), ui.href(&code_path(code.as_str()))))
                .collect(),
            open: finding.status == FindingStatus::Open,
            state: ui.t(&format!("state-{}", finding.status.as_str())),
            decided_by: finding.decision.as_ref().map(|d| d.who.clone()),
            why: finding.decision.as_ref().and_then(|d| d.why.clone()),
            decision: finding.decision.as_ref().map(|d| d.id),
        }
    }
}

/// So many characters of a quote stand in a sentence.
const IN_A_SENTENCE: usize = 80;

/// The sentence of a finding's kind in the language of the interface, with its words.
fn says(ui: &Ui, finding: &FindingRecord) -> Option<String> {
    let key = format!("says-{}", finding.kind);
    if !ui.locale.has(&key) {
        return None;
    }
    let words = |at: usize| {
        let text = finding.quotes.get(at).map_or("", |q| q.text.as_str());
        let mut short: String = text.chars().take(IN_A_SENTENCE).collect();
        if short.len() < text.len() {
            short.push('…');
        }
        short
    };
    // A spelling that is new to the archive quotes the name in the original first, and the earlier spelling last.
    let (first, second) =
        if finding.kind == "name-otherwise" && finding.quotes.len() > 2 { (1, 2) } else { (0, 1) };
    Some(ui.locale.with(&key, &[("first", &words(first)), ("second", &words(second))]))
}

/// A choice of a filter.
struct Choice {
    value: String,
    name: String,
    current: bool,
}

struct StatusLink {
    name: String,
    href: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "findings.html")]
struct FindingsPage<'a> {
    ui: &'a Ui,
    total: u64,
    statuses: Vec<StatusLink>,
    kinds: Vec<Choice>,
    severities: Vec<Choice>,
    /// The status asked for, to be kept by the form.
    status: String,
    findings: Vec<FindingView>,
    pages: Option<Pages>,
}

/// Severities with their names in addresses, gravest first.
const SEVERITIES: [(&str, Severity); 4] = [
    ("high", Severity::High),
    ("medium", Severity::Medium),
    ("low", Severity::Low),
    ("info", Severity::Info),
];

/// The kinds that there are, by their names.
fn kinds_of(ui: &Ui, all: &[FindingRecord], current: &str) -> Vec<Choice> {
    let mut kinds: Vec<&str> = all.iter().map(|f| f.kind.as_str()).collect();
    kinds.push(current);
    kinds.sort_unstable();
    kinds.dedup();
    let mut out: Vec<Choice> = kinds
        .into_iter()
        .filter(|k| !k.is_empty())
        .map(|kind| {
            let key = format!("finding-{kind}");
            let name = if ui.locale.has(&key) { ui.t(&key) } else { kind.to_owned() };
            Choice { value: kind.to_owned(), name, current: kind == current }
        })
        .collect();
    out.sort_by(|a, b| a.name.cmp(&b.name));
    out
}

/// `/findings?status=&kind=&severity=&page=`
pub(crate) fn findings(app: &App, asked: &Asked, ui: &Ui) -> Answer {
    let page = page_number(asked)?;
    let wanted = match asked.parameter("status") {
        None => None,
        Some("open") => Some(FindingStatus::Open),
        Some("confirmed") => Some(FindingStatus::Confirmed),
        Some("dismissed") => Some(FindingStatus::Dismissed),
        Some(_) => return Err(Failure::bad_request("`status` is `open`, `confirmed` or `dismissed`")),
    };
    let mut all = app.with_store(|store| Ok(store.findings()?))?;
    all.retain(|f| wanted.is_none_or(|w| f.status == w));
    let kind = asked.parameter("kind").filter(|k| !k.is_empty()).unwrap_or_default().to_owned();
    let severity = asked.parameter("severity").filter(|s| !s.is_empty()).unwrap_or_default().to_owned();
    if !severity.is_empty() && !SEVERITIES.iter().any(|(name, _)| *name == severity) {
        return Err(Failure::bad_request("`severity` is `high`, `medium`, `low` or `info`"));
    }
    let kinds = kinds_of(ui, &all, &kind);
    let severities = SEVERITIES
        .iter()
        .map(|(name, _)| Choice {
            value: (*name).to_owned(),
            name: ui.t(&format!("severity-{name}")),
            current: *name == severity,
        })
        .collect();
    all.retain(|f| kind.is_empty() || f.kind == kind);
    all.retain(|f| SEVERITIES.iter().all(|(name, s)| *name != severity || *s == f.severity));
    let link = |status: Option<FindingStatus>| StatusLink {
        name: ui.t(&format!("status-{}", status.map_or("all", FindingStatus::as_str))),
        href: ui.here_with("status", status.map(FindingStatus::as_str)),
        current: status == wanted,
    };
    let skip = usize::try_from(page - 1).unwrap_or(usize::MAX).saturating_mul(ON_A_PAGE);
    html(
        StatusCode::OK,
        &FindingsPage {
            ui,
            total: u64::try_from(all.len()).unwrap_or(u64::MAX),
            kinds,
            severities,
            status: wanted.map_or("", FindingStatus::as_str).to_owned(),
            statuses: [
                None,
                Some(FindingStatus::Open),
                Some(FindingStatus::Confirmed),
                Some(FindingStatus::Dismissed),
            ]
            .map(link)
            .into(),
            findings: all.iter().skip(skip).take(ON_A_PAGE).map(|f| FindingView::new(ui, f)).collect(),
            pages: Pages::new(ui, page, u64::try_from(all.len().div_ceil(ON_A_PAGE)).unwrap_or(u64::MAX)),
        },
    )
}
