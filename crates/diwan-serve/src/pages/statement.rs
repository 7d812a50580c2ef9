//! A statement, one of its versions, or two side by side; a sentence leads to its place.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use diwan_model::{ArchiveCode, ArchiveRecord, Authority, LanguageTag, SentenceCode, VersionCode};
use diwan_store::{Action, StatementRecord, Store, Subject};

use super::decisions::DecisionView;
use super::findings::FindingView;
use super::wording::marks;
use super::{html, parallel};
use crate::Failure;
use crate::app::{Answer, App, Asked};
use crate::ui::Ui;
use crate::view::{Chip, Paragraph, Text, VersionView, code_path, is_web};

/// `/s/CODE`, `/s/CODE-fa`, `/s/CODE-fa?with=ar`, `/s/CODE-fa/12`
pub(crate) fn statement(app: &App, asked: &Asked, ui: &Ui) -> Answer {
    let code = asked.rest.trim_end_matches('/');
    app.with_store(|store| {
        if let Some(record) = store.statement(&ArchiveCode::new(code))? {
            if record.code.as_str() != code {
                return Ok(Redirect::permanent(&ui.href(&code_path(record.code.as_str()))).into_response());
            }
            return statement_page(app, store, ui, &record, Beside::of(asked));
        }
        if let Ok(version) = code.parse::<VersionCode>()
            && let Some(record) = store.statement(&version.statement)?
        {
            return version_page(app, store, ui, &record, &version.lang, Beside::of(asked));
        }
        if let Ok(sentence) = code.parse::<SentenceCode>()
            && store.sentence(&sentence)?.is_some()
        {
            let path = code_path(&sentence.version.to_string());
            return Ok(Redirect::to(&ui.href(&format!("{path}#{}", sentence.n))).into_response());
        }
        Err(Failure::not_found())
    })
}

/// A line of the record.
struct Row {
    field: &'static str,
    label: String,
    value: Option<Text>,
    /// An address of the web that the value is.
    link: Option<String>,
    /// ISO date, and what was printed.
    date: Option<(String, String)>,
    printed: Option<Text>,
    /// Where it was read: address and words.
    evidence: Option<(String, String)>,
    confidence: Option<u64>,
    decided_by: Option<String>,
    /// What the machine read, where a person decided otherwise.
    machine: Option<String>,
}

/// A label with one or more values, as the page or its archive printed them.
struct Printed {
    label: String,
    values: Vec<Text>,
}

#[derive(Template)]
#[template(path = "statement.html")]
struct StatementPage<'a> {
    ui: &'a Ui,
    code: &'a str,
    title: Text,
    iso: String,
    date: String,
    issuer: Option<Text>,
    kind: Option<Text>,
    merged: Vec<String>,
    chips: Vec<Chip>,
    beside: Vec<(String, String)>,
    rows: Vec<Row>,
    meeting: Vec<Printed>,
    meeting_lines: Vec<(String, String)>,
    archive: Vec<Printed>,
    versions: Vec<VersionView>,
    /// Which of the versions is open.
    open: usize,
    earlier: Vec<VersionView>,
    /// What ties each version to the statement: its name, the evidence in words, how sure.
    links: Vec<LinkView>,
    /// Translations that are missing or older than their original.
    notes: Vec<String>,
    findings: Vec<FindingView>,
    history: Vec<DecisionView>,
    /// What a person can say of a version's authority: value and words.
    authorities: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "version.html")]
struct VersionPage<'a> {
    ui: &'a Ui,
    code: &'a str,
    statement: &'a str,
    statement_href: String,
    title: Text,
    date: String,
    iso: String,
    chips: Vec<Chip>,
    beside: Vec<Chip>,
    alone: String,
    left: VersionView,
    right: Option<VersionView>,
    /// Pairs of paragraphs, where both versions have as many.
    pairs: Option<Vec<(Paragraph, Paragraph)>>,
}

/// What stands beside the version, and what is lit in both.
#[derive(Clone, Copy, Default)]
struct Beside<'a> {
    with: Option<&'a str>,
    query: Option<&'a str>,
}

impl<'a> Beside<'a> {
    fn of(asked: &'a Asked) -> Self {
        Self { with: asked.parameter("with"), query: asked.parameter("q") }
    }
}

pub(super) fn title(ui: &Ui, record: &StatementRecord, lang: &LanguageTag) -> Text {
    let own = record.versions.iter().find(|v| v.lang == *lang).and_then(|v| v.title.as_deref());
    match own {
        Some(title) => Text::new(title, Some(lang)),
        None => match record.text("title") {
            Some(title) => Text::new(title, record.lang.as_ref()),
            None => Text::new(ui.t("untitled"), Some(&ui.locale.lang)),
        },
    }
}

pub(super) fn date(ui: &Ui, record: &StatementRecord) -> (String, String) {
    let iso = record.text("date").unwrap_or_default().to_owned();
    let shown = if iso.is_empty() { ui.t("undated") } else { ui.date(&iso) };
    (iso, shown)
}

pub(super) fn chips(ui: &Ui, record: &StatementRecord, current: Option<&LanguageTag>) -> Vec<Chip> {
    let chip = |v: &diwan_store::VersionRecord| Chip {
        current: Some(&v.lang) == current,
        ..Chip::new(ui, &v.code, &v.lang, v.authority)
    };
    record.versions.iter().map(chip).collect()
}

fn statement_page(app: &App, store: &Store, ui: &Ui, record: &StatementRecord, beside: Beside<'_>) -> Answer {
    if let Some(with) = beside.with {
        let main = main_version(ui, record).and_then(|k| record.versions.get(k));
        let mut ways = main.into_iter().chain(&record.versions).map(|v| v.lang.clone());
        let left = ways.find(|l| !with.split(',').any(|w| w == l.as_str())).ok_or_else(Failure::not_found)?;
        return version_page(app, store, ui, record, &left, beside);
    }
    let main = main_version(ui, record).and_then(|k| record.versions.get(k));
    let lang = main.map_or(LanguageTag::UNDETERMINED, |v| v.lang.clone());
    let (iso, date) = date(ui, record);
    let own = |field: &str| record.text(field).map(|t| Text::new(t, record.lang.as_ref()));
    let beside = record.versions.iter().skip(1).filter_map(|v| {
        let first = record.versions.first()?;
        let names = format!("{} · {}", ui.language(&first.lang), ui.language(&v.lang));
        Some((names, ui.href(&format!("{}?with={}", code_path(&first.code), v.lang.as_str()))))
    });
    let shown: Vec<VersionView> =
        record.versions.iter().map(|v| VersionView::new(ui, v, &format!("{}-", v.lang))).collect();
    let history = store.history(Some(&Subject::Statement(record.code.clone())))?;
    let mut decisions: Vec<_> = history;
    for version in record.versions.iter().filter_map(|v| v.version_code()) {
        decisions.extend(store.history(Some(&Subject::Version(version)))?);
    }
    for finding in &record.findings {
        decisions.extend(store.history(Some(&Subject::Finding(finding.fingerprint.clone())))?);
    }
    decisions.sort_by_key(|d| std::cmp::Reverse(d.id));
    html(
        StatusCode::OK,
        &StatementPage {
            ui,
            code: record.code.as_str(),
            title: title(ui, record, &lang),
            iso,
            date,
            issuer: own("issuer"),
            kind: own("type"),
            merged: record.merged.iter().map(ToString::to_string).collect(),
            chips: chips(ui, record, None),
            beside: beside.collect(),
            rows: rows(ui, record),
            meeting: meeting(ui, record),
            meeting_lines: meeting_lines(ui, record),
            archive: record.archive_record.as_ref().map(|r| archive(ui, r)).unwrap_or_default(),
            open: main_version(ui, record).unwrap_or(0),
            versions: shown,
            earlier: record.earlier.iter().map(|v| VersionView::new(ui, v, "")).collect(),
            links: links(ui, store, record)?,
            notes: notes(ui, store, record)?,
            findings: record.findings.iter().map(|f| FindingView::new(ui, f)).collect(),
            history: decisions.iter().map(|d| DecisionView::new(ui, d)).collect(),
            authorities: authorities(ui),
        },
    )
}

/// What ties a version to its statement.
struct LinkView {
    name: String,
    /// Words, and the address they rest on.
    evidence: Vec<(String, Option<String>)>,
    confidence: Option<u64>,
    /// The name of the link, and whether a person confirmed it.
    key: String,
    confirmed: bool,
}

fn links(ui: &Ui, store: &Store, record: &StatementRecord) -> Result<Vec<LinkView>, Failure> {
    let links = store.links(&record.code)?;
    let view = |link: &diwan_store::LinkRecord| LinkView {
        name: ui.language(&link.lang),
        evidence: link
            .evidence
            .iter()
            .map(|(evidence, address)| (ui.t(&format!("link-{}", evidence.as_str())), address.clone()))
            .collect(),
        confidence: link.confidence.map(|n| (n * 100.0).floor() as u64),
        key: link.link.clone(),
        confirmed: link.decision.is_some_and(|(action, _)| action == Action::Confirm),
    };
    Ok(if links.len() > 1 { links.iter().map(view).collect() } else { Vec::new() })
}

/// Translations that are missing or older than their original.
pub(super) fn notes(ui: &Ui, store: &Store, record: &StatementRecord) -> Result<Vec<String>, Failure> {
    let mut out = Vec::new();
    for link in store.links(&record.code)? {
        if let Some(at) = &link.stale_since {
            let (language, date) = (ui.language(&link.lang), ui.date(at));
            out.push(ui.locale.with("version-stale", &[("language", &language), ("date", &date)]));
        }
    }
    for lang in store.missing_translations(&record.code)? {
        out.push(ui.with("version-missing", "language", &ui.language(&lang)));
    }
    Ok(out)
}

/// The version in the reader's language, else the first: the authoritative one, where there is one.
fn main_version(ui: &Ui, record: &StatementRecord) -> Option<usize> {
    let own = record.versions.iter().position(|v| v.lang.primary() == ui.locale.lang.primary());
    own.or(if record.versions.is_empty() { None } else { Some(0) })
}

fn rows(ui: &Ui, record: &StatementRecord) -> Vec<Row> {
    let row = |field: &'static str| {
        let shown = record.field(field);
        let machine = shown.and_then(|s| s.machine.as_ref());
        let decision = shown.and_then(|s| s.decision.as_ref());
        let text = shown.and_then(|s| s.text.as_deref());
        let lang = machine.and_then(|m| m.lang.as_ref()).or(record.lang.as_ref());
        let is_date = field == "date";
        let printed = record.date.as_ref().filter(|d| is_date && !d.printed.is_empty());
        Row {
            field,
            label: ui.t(&format!("field-{field}")),
            value: text.map(|t| Text::new(t, lang)),
            link: text.filter(|t| is_web(t)).map(str::to_owned),
            date: text.filter(|_| is_date).map(|t| (t.to_owned(), ui.date(t))),
            printed: printed.map(|d| Text::new(d.printed.as_str(), lang)),
            evidence: machine.and_then(|m| {
                let line = m.line?;
                Some((ui.href(&format!("/captures/{}#L{line}", m.capture)), ui.nth("line", &line)))
            }),
            confidence: machine.filter(|_| decision.is_none()).map(|m| (m.confidence * 100.0).round() as u64),
            decided_by: decision.map(|d| d.who.clone()),
            machine: machine.filter(|m| Some(m.text.as_str()) != text).map(|m| m.text.clone()),
        }
    };
    diwan_store::STATEMENT_FIELDS
        .iter()
        .map(|field| row(field))
        .filter(|row| row.value.is_some() || row.decided_by.is_some() || ui.editor.is_some())
        .collect()
}

fn printed(ui: &Ui, field: &str, values: &[&str]) -> Option<Printed> {
    if values.is_empty() {
        return None;
    }
    let values = values.iter().map(|v| Text::new(*v, None)).collect();
    Some(Printed { label: ui.t(&format!("field-{field}")), values })
}

fn meeting(ui: &Ui, record: &StatementRecord) -> Vec<Printed> {
    let Some(meeting) = &record.meeting else { return Vec::new() };
    let one = |field: &str, value: Option<&str>| printed(ui, field, value.as_slice());
    let format = meeting.format.map(|f| {
        ui.t(match f {
            diwan_model::MeetingFormat::InPerson => "format-in-person",
            diwan_model::MeetingFormat::Virtual => "format-virtual",
            diwan_model::MeetingFormat::Hybrid => "format-hybrid",
        })
    });
    let when = meeting.when.as_deref().map(|w| ui.date(w));
    let hosts: Vec<&str> = meeting.hosts.iter().map(String::as_str).collect();
    [
        one("what", meeting.what.as_deref()),
        one("when", when.as_deref()),
        one("where", meeting.r#where.as_deref()),
        one("format", format.as_deref()),
        printed(ui, "hosts", &hosts),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn meeting_lines(ui: &Ui, record: &StatementRecord) -> Vec<(String, String)> {
    let capture = record.field("title").and_then(|s| s.machine.as_ref()).map(|m| m.capture);
    let capture = capture.or_else(|| record.versions.first().map(|v| v.capture));
    let (Some(meeting), Some(capture)) = (&record.meeting, capture) else { return Vec::new() };
    meeting
        .lines
        .iter()
        .map(|line| (ui.href(&format!("/captures/{capture}#L{line}")), ui.nth("line", line)))
        .collect()
}

fn archive(ui: &Ui, record: &ArchiveRecord) -> Vec<Printed> {
    let one = |field: &str, value: Option<&str>| printed(ui, field, value.as_slice());
    let many = |field: &str, values: &[String]| {
        printed(ui, field, &values.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let languages: Vec<String> = record.languages.iter().map(|l| ui.language(&LanguageTag::new(l))).collect();
    [
        one("code", record.code.as_deref()),
        one("issue_date", record.issue_date.as_ref().map(|d| d.printed.as_str())),
        many("languages", &languages),
        one("type", record.r#type.as_deref()),
        many("target_countries", &record.target_countries),
        many("collections", &record.collections),
        many("persons", &record.persons),
        many("entities", &record.entities),
        many("diary", &record.diary),
        many("grades", &record.grades_offered),
        one("grade", record.grade.as_deref()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn version_page(
    app: &App,
    store: &Store,
    ui: &Ui,
    record: &StatementRecord,
    lang: &LanguageTag,
    beside: Beside<'_>,
) -> Answer {
    let of = |lang: &LanguageTag| record.versions.iter().find(|v| v.lang == *lang);
    let left = of(lang).ok_or_else(Failure::not_found)?;
    let langs = match beside.with {
        Some(with) => parallel::languages(record, lang, with).ok_or_else(Failure::not_found)?,
        None => vec![lang.clone()],
    };
    if langs.len() > 1
        && let Some(page) = parallel::page(store, ui, record, &langs, beside.query)
    {
        return page;
    }
    // What is not aligned stands side by side by paragraphs.
    let right = langs.get(1).and_then(of);
    let (iso, date) = date(ui, record);
    let path = code_path(&left.code);
    let others = record.versions.iter().filter(|v| v.lang != left.lang);
    let beside = others.map(|v| Chip {
        href: ui.href(&format!("{path}?with={}", v.lang.as_str())),
        current: right.is_some_and(|r| r.lang == v.lang),
        ..Chip::new(ui, &v.code, &v.lang, v.authority)
    });
    let beside = beside.collect();
    let mut left_view = VersionView::new(ui, left, "");
    if let Some(found) = app.wording_at_hand(store)? {
        left_view.mark(&marks(&found, ui, left.sentences.iter().map(|s| s.code.clone())));
    }
    let mut right_view = right.map(|v| VersionView::new(ui, v, &format!("{}-", v.lang)));
    let pairs = right_view.as_mut().filter(|r| r.paragraphs.len() == left_view.paragraphs.len()).map(|r| {
        std::mem::take(&mut left_view.paragraphs).into_iter().zip(std::mem::take(&mut r.paragraphs)).collect()
    });
    html(
        StatusCode::OK,
        &VersionPage {
            ui,
            code: &left.code,
            statement: record.code.as_str(),
            statement_href: ui.href(&code_path(record.code.as_str())),
            title: title(ui, record, lang),
            date,
            iso,
            chips: chips(ui, record, Some(lang)),
            beside,
            alone: ui.href(&path),
            left: left_view,
            right: right_view,
            pairs,
        },
    )
}

fn authorities(ui: &Ui) -> Vec<(&'static str, String)> {
    [Authority::Authoritative, Authority::CourtesyTranslation, Authority::Unknown]
        .map(|a| (a.as_str(), ui.t(&crate::view::authority_key(a))))
        .into()
}
