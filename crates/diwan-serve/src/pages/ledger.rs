//! The ledger, chains, the timeline and the diary.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use diwan_ledger::chains::{self, Chain, ChainKind, Entry};
use diwan_model::LanguageTag;
use diwan_store::{FactFilter, FactRecord, FactStatus, Filter, Store};

use super::{html, page_number};
use crate::Failure;
use crate::app::{Answer, App, Asked};
use crate::picture::{Mark, Picture, Row};
use crate::ui::{Ui, encode};
use crate::view::{Pages, Text, code_path};

/// Facts on a page.
const ON_A_PAGE: usize = 60;

/// A sentence under a fact.
struct SourceView {
    text: Text,
    href: String,
    label: String,
}

/// A fact in a list.
struct FactView {
    id: String,
    kind: String,
    subject: Text,
    predicate: String,
    object: Text,
    iso: String,
    date: String,
    state: &'static str,
    state_name: String,
    sure: String,
    details: Vec<(String, String)>,
    sources: Vec<SourceView>,
    statement: String,
    statement_href: String,
    rule: String,
    decisions: Vec<(i64, String)>,
}

impl FactView {
    fn new(ui: &Ui, record: &FactRecord) -> Self {
        let fact = &record.fact;
        let lang = fact.provenance.first().map(|p| p.lang.clone());
        let own = |text: &str| Text::new(text, lang.as_ref());
        let iso = record.when().unwrap_or("").to_owned();
        let source = |p: &diwan_model::FactSource| SourceView {
            text: Text::new(&p.text, Some(&p.lang)),
            href: ui.href(&code_path(&format!("{}-{}/{}", record.statement, p.lang, p.n))),
            label: ui.locale.with(
                "ledger-source",
                &[("language", &ui.language(&p.lang)), ("n", &ui.locale.digits(&p.n.to_string()))],
            ),
        };
        let hidden = ["place_entity", "about_entity"];
        Self {
            id: record.id.to_string(),
            kind: kind_name(ui, &fact.r#type),
            subject: own(&fact.subject),
            predicate: fact.predicate.clone(),
            object: own(&fact.object),
            date: shown_date(ui, &iso),
            iso,
            state: record.status.as_str(),
            state_name: ui.t(&format!("ledger-state-{}", record.status.as_str())),
            sure: ui.locale.digits(&format!("{:.0}", fact.confidence.value() * 100.0)),
            details: fact
                .details
                .iter()
                .filter(|(name, _)| !hidden.contains(&name.as_str()))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
            sources: fact.provenance.iter().map(source).collect(),
            statement: record.statement.to_string(),
            statement_href: ui.href(&code_path(record.statement.as_str())),
            rule: fact.method.0.to_string(),
            decisions: record.decisions.iter().map(|d| (d.id, d.who.clone())).collect(),
        }
    }
}

/// A type of fact in the reader's language, where there are words for it.
fn kind_name(ui: &Ui, kind: &str) -> String {
    let key = format!("fact-{}", kind.replace(['/', ' '], "-"));
    if ui.locale.has(&key) { ui.t(&key) } else { kind.to_owned() }
}

/// A date in words; what is no day or month as it is written.
fn shown_date(ui: &Ui, iso: &str) -> String {
    match iso {
        "" => ui.t("undated"),
        _ if iso.contains(['/', 'Q']) => ui.locale.digits(iso),
        _ => ui.date(iso),
    }
}

struct Choice {
    value: String,
    name: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "ledger.html")]
struct LedgerPage<'a> {
    ui: &'a Ui,
    total: u64,
    facts: Vec<FactView>,
    types: Vec<Choice>,
    statuses: Vec<Choice>,
    orders: Vec<Choice>,
    entity: String,
    from: String,
    to: String,
    csv: String,
    json: String,
    pages: Option<Pages>,
}

fn filter(asked: &Asked) -> Result<FactFilter, Failure> {
    let date = |name: &str| match asked.parameter(name) {
        Some(text) if chains::bounds(text).is_none() => {
            Err(Failure::bad_request("a date is written like `2021`, `2021-06` or `2021-06-28`"))
        }
        other => Ok(other.map(str::to_owned)),
    };
    let status = match asked.parameter("status") {
        None => None,
        Some("open") => Some(FactStatus::Open),
        Some("confirmed") => Some(FactStatus::Confirmed),
        Some("rejected") => Some(FactStatus::Rejected),
        Some(_) => return Err(Failure::bad_request("`status` is `open`, `confirmed` or `rejected`")),
    };
    Ok(FactFilter {
        r#type: asked.parameter("type").map(str::to_owned),
        entity: asked.parameter("entity").map(str::to_owned),
        from: date("from")?,
        until: date("to")?,
        status,
        statement: asked.parameter("statement").map(diwan_model::ArchiveCode::new),
    })
}

/// `/ledger?type=&entity=&from=&to=&status=&sort=&as=&page=`
pub(crate) fn ledger(app: &App, asked: &Asked, ui: &Ui) -> Answer {
    let page = page_number(asked)?;
    let filter = filter(asked)?;
    app.with_store(|store| {
        let types = store.fact_types()?;
        let mut all = store.facts(&filter)?;
        sort(&mut all, asked.parameter("sort").unwrap_or("newest"));
        match asked.parameter("as") {
            Some("csv") => return csv(&all),
            Some("json") => return json(&all),
            _ => {}
        }
        let download = |form: &str| ui.here_with("as", Some(form));
        let skip = usize::try_from(page - 1).unwrap_or(usize::MAX).saturating_mul(ON_A_PAGE);
        let named = |name: &str, value: &str, label: String| Choice {
            chosen: asked.parameter(name) == Some(value),
            value: value.to_owned(),
            name: label,
        };
        html(
            StatusCode::OK,
            &LedgerPage {
                ui,
                total: u64::try_from(all.len()).unwrap_or(u64::MAX),
                facts: all.iter().skip(skip).take(ON_A_PAGE).map(|r| FactView::new(ui, r)).collect(),
                types: types.iter().map(|t| named("type", t, kind_name(ui, t))).collect(),
                statuses: ["open", "confirmed", "rejected"]
                    .map(|s| named("status", s, ui.t(&format!("ledger-state-{s}"))))
                    .into(),
                orders: ["newest", "oldest", "type", "unsure"]
                    .map(|s| named("sort", s, ui.t(&format!("ledger-sort-{s}"))))
                    .into(),
                entity: filter.entity.clone().unwrap_or_default(),
                from: filter.from.clone().unwrap_or_default(),
                to: filter.until.clone().unwrap_or_default(),
                csv: download("csv"),
                json: download("json"),
                pages: Pages::new(ui, page, u64::try_from(all.len().div_ceil(ON_A_PAGE)).unwrap_or(u64::MAX)),
            },
        )
    })
}

fn sort(all: &mut [FactRecord], by: &str) {
    match by {
        "oldest" => {}
        "type" => all.sort_by(|a, b| a.fact.r#type.cmp(&b.fact.r#type)),
        "unsure" => all.sort_by(|a, b| a.fact.confidence.value().total_cmp(&b.fact.confidence.value())),
        _ => all.sort_by(|a, b| b.when().cmp(&a.when())),
    }
}

fn json(all: &[FactRecord]) -> Answer {
    let body =
        serde_json::to_string(all).map_err(|_| Failure::bad_request("the ledger cannot be written"))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}

fn csv(all: &[FactRecord]) -> Answer {
    let body = crate::ledger_table(all, Vec::new())
        .map_err(|_| Failure::bad_request("the ledger cannot be written"))?;
    let name = "attachment; filename=\"ledger.csv\"";
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, name)], body)
        .into_response())
}

struct StepView {
    said: String,
    date: String,
    what: Text,
    kind: String,
    href: String,
    code: String,
}

struct ChainView {
    title: Text,
    status: &'static str,
    status_name: String,
    steps: Vec<StepView>,
}

struct ChainGroup {
    name: String,
    chains: Vec<ChainView>,
}

struct MemberView {
    name: Text,
    body: Text,
    since: String,
    iso: String,
}

#[derive(Template)]
#[template(path = "chains.html")]
struct ChainsPage<'a> {
    ui: &'a Ui,
    groups: Vec<ChainGroup>,
    meetings: Option<Picture>,
    counts: Option<Picture>,
    on: String,
    on_shown: String,
    entity: String,
    members: Vec<MemberView>,
}

fn entries(records: &[FactRecord]) -> Vec<Entry<'_>> {
    fn entry(record: &FactRecord) -> Entry<'_> {
        let FactRecord { id, statement, stated, fact, .. } = record;
        Entry { id: id.as_str(), statement: statement.as_str(), stated: stated.as_deref(), fact }
    }
    records.iter().map(entry).collect()
}

/// `/chains?on=&entity=`
pub(crate) fn chains(app: &App, asked: &Asked, ui: &Ui) -> Answer {
    let records = app.with_store(|store| {
        let mut records = store.facts(&FactFilter::default())?;
        crate::authorities::settle(store, &mut records)?;
        // What somebody rejected is no part of a story.
        records.retain(|record| record.status != FactStatus::Rejected);
        Ok(records)
    })?;
    let entries = entries(&records);
    let all = chains::chains(&entries);
    let newest = records.iter().filter_map(|r| r.stated.clone()).max().unwrap_or_default();
    let on = match asked.parameter("on") {
        Some(day) if chains::bounds(day).is_none() => {
            return Err(Failure::bad_request("`on` is a day like `2021-07-01`"));
        }
        Some(day) => day.to_owned(),
        None => newest,
    };
    let entity = asked.parameter("entity").unwrap_or("").to_owned();
    let members = chains::members(&entries, Some(entity.as_str()).filter(|e| !e.is_empty()), &on);
    let kinds = [
        ChainKind::Meeting,
        ChainKind::MemberCount,
        ChainKind::Membership,
        ChainKind::Office,
        ChainKind::Figure,
        ChainKind::Pledge,
    ];
    let group = |kind: ChainKind| ChainGroup {
        name: ui.t(&format!("chain-{}", kind.as_str())),
        chains: all.iter().filter(|c| c.kind == kind).map(|c| chain_view(ui, c)).collect(),
    };
    html(
        StatusCode::OK,
        &ChainsPage {
            ui,
            meetings: meetings_picture(ui, &all),
            counts: counts_picture(ui, &entries),
            groups: kinds.into_iter().map(group).filter(|g| !g.chains.is_empty()).collect(),
            on_shown: shown_date(ui, &on),
            on,
            entity,
            members: members
                .into_iter()
                .map(|m| MemberView {
                    name: Text::new(m.name, None),
                    body: Text::new(m.body, None),
                    since: shown_date(ui, m.since.as_deref().unwrap_or("")),
                    iso: m.since.unwrap_or_default(),
                })
                .collect(),
        },
    )
}

fn chain_view(ui: &Ui, chain: &Chain) -> ChainView {
    ChainView {
        title: Text::new(chain.title.as_str(), None),
        status: chain.status.as_str(),
        status_name: ui.t(&format!("chain-is-{}", chain.status.as_str())),
        steps: chain
            .steps
            .iter()
            .map(|step| StepView {
                said: shown_date(ui, step.stated.as_deref().unwrap_or("")),
                date: step.date.as_deref().map(|d| shown_date(ui, d)).unwrap_or_default(),
                what: Text::new(step.what.as_str(), None),
                kind: kind_name(ui, &step.r#type),
                href: ui.href(&format!("/ledger?statement={}#f-{}", encode(&step.statement), step.id)),
                code: step.statement.clone(),
            })
            .collect(),
    }
}

/// Promises and meetings on one axis of time, a row for each chain.
fn meetings_picture(ui: &Ui, all: &[Chain]) -> Option<Picture> {
    let rows: Vec<Row> = all
        .iter()
        .filter(|c| c.kind == ChainKind::Meeting)
        .take(40)
        .map(|chain| Row {
            label: chain.title.clone(),
            marks: chain
                .steps
                .iter()
                .filter_map(|step| {
                    let held = step.r#type == "meeting-held";
                    let day = if held {
                        step.date.clone().or_else(|| step.stated.clone())
                    } else {
                        step.stated.clone()
                    };
                    Some(Mark { day: chains::bounds(&day?)?.0, value: None, filled: held })
                })
                .collect(),
        })
        .collect();
    Picture::rows(ui, ui.t("chain-meeting"), ui.t("chains-meetings-alt"), rows)
}

/// The number of members over time, of the body of which most numbers are stated.
fn counts_picture(ui: &Ui, entries: &[Entry<'_>]) -> Option<Picture> {
    let body = |e: &Entry<'_>| e.fact.subject_entity.clone().unwrap_or_else(|| e.fact.subject.clone());
    let counts = entries.iter().filter(|e| e.fact.predicate == "has number of members");
    let mut often: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    counts.clone().for_each(|e| *often.entry(body(e)).or_default() += 1);
    let (most, _) = often.into_iter().max_by_key(|(_, n)| *n).filter(|(_, n)| *n > 1)?;
    let marks: Vec<Mark> = counts
        .filter(|e| body(e) == most)
        .filter_map(|e| {
            let value: f64 = e.fact.details.get("value")?.parse().ok()?;
            Some(Mark { day: chains::bounds(e.when()?)?.0, value: Some(value), filled: true })
        })
        .collect();
    Picture::line(ui, ui.t("chain-member-count"), ui.t("chains-counts-alt"), marks)
}

struct MomentView {
    what: Text,
    kind: String,
    href: Option<String>,
    code: String,
    by: Option<String>,
}

struct DayView {
    iso: String,
    date: String,
    moments: Vec<MomentView>,
}

#[derive(Template)]
#[template(path = "timeline.html")]
struct TimelinePage<'a> {
    ui: &'a Ui,
    diary: bool,
    days: Vec<DayView>,
    years: Vec<Choice>,
    series: Vec<Choice>,
    entity: String,
    picture: Option<Picture>,
    pages: Option<Pages>,
}

/// A line of the timeline before it is shown.
struct Moment {
    date: String,
    kind: String,
    what: String,
    lang: Option<LanguageTag>,
    code: String,
    by: Option<String>,
}

/// `/timeline?year=&entity=&issuer=&page=`
pub(crate) fn timeline(app: &App, asked: &Asked, ui: &Ui) -> Answer {
    days(app, asked, ui, false)
}

/// `/diary?year=&day=&entity=&issuer=&page=`
pub(crate) fn diary(app: &App, asked: &Asked, ui: &Ui) -> Answer {
    days(app, asked, ui, true)
}

fn days(app: &App, asked: &Asked, ui: &Ui, diary: bool) -> Answer {
    let page = page_number(asked)?;
    let year = super::year(asked)?.map(|y| format!("{y:04}"));
    let day = asked.parameter("day").filter(|d| chains::bounds(d).is_some()).map(str::to_owned);
    let within = day.clone().or_else(|| year.clone());
    let (mut moments, years, issuers) = app.with_store(|store| {
        let groups = store.groups()?;
        let mut issuers: Vec<String> = groups.into_iter().filter_map(|g| g.issuer).collect();
        issuers.sort();
        issuers.dedup();
        let all = moments(store, asked, None)?;
        let mut years: Vec<String> = all.iter().filter_map(|m| m.date.get(..4).map(str::to_owned)).collect();
        years.sort();
        years.dedup();
        Ok((all, years, issuers))
    })?;
    if diary {
        moments.retain(|m| m.date.len() == 10);
    }
    let picture = years_picture(ui, &moments);
    moments.retain(|m| within.as_ref().is_none_or(|w| m.date.starts_with(w.as_str())));
    let mut out: Vec<DayView> = Vec::new();
    for moment in moments.into_iter().rev() {
        let view = moment_view(ui, &moment);
        match out.last_mut().filter(|d| d.iso == moment.date) {
            Some(day) => day.moments.push(view),
            None => out.push(DayView {
                date: shown_date(ui, &moment.date),
                iso: moment.date,
                moments: vec![view],
            }),
        }
    }
    let all = out.len();
    let skip = usize::try_from(page - 1).unwrap_or(usize::MAX).saturating_mul(ON_A_PAGE);
    html(
        StatusCode::OK,
        &TimelinePage {
            ui,
            diary,
            days: out.into_iter().skip(skip).take(ON_A_PAGE).collect(),
            years: years
                .iter()
                .rev()
                .map(|y| Choice {
                    value: y.clone(),
                    name: ui.locale.digits(y),
                    chosen: year.as_ref() == Some(y),
                })
                .collect(),
            series: issuers
                .into_iter()
                .map(|i| Choice {
                    chosen: asked.parameter("issuer") == Some(i.as_str()),
                    name: i.clone(),
                    value: i,
                })
                .collect(),
            entity: asked.parameter("entity").unwrap_or("").to_owned(),
            picture,
            pages: Pages::new(ui, page, u64::try_from(all.div_ceil(ON_A_PAGE)).unwrap_or(u64::MAX)),
        },
    )
}

/// How much of each year there is.
fn years_picture(ui: &Ui, moments: &[Moment]) -> Option<Picture> {
    let mut counts: std::collections::BTreeMap<String, f64> = std::collections::BTreeMap::new();
    for year in moments.iter().filter_map(|m| m.date.get(..4)) {
        *counts.entry(year.to_owned()).or_default() += 1.0;
    }
    Picture::bars(ui, ui.t("timeline-years"), ui.t("timeline-years-alt"), counts.into_iter().collect())
}

fn moment_view(ui: &Ui, moment: &Moment) -> MomentView {
    MomentView {
        what: Text::new(moment.what.as_str(), moment.lang.as_ref()),
        kind: kind_name(ui, &moment.kind),
        href: (!moment.code.is_empty()).then(|| ui.href(&code_path(&moment.code))),
        code: moment.code.clone(),
        by: moment.by.clone(),
    }
}

/// What happened and what was said, by date.
fn moments(store: &mut Store, asked: &Asked, until: Option<String>) -> Result<Vec<Moment>, Failure> {
    let entity = asked.parameter("entity").map(str::to_owned);
    let issuer = asked.parameter("issuer").map(str::to_owned);
    let rows = store.statements(&Filter { issuer: issuer.clone(), until, ..Filter::default() })?;
    let records = store.facts(&FactFilter { entity: entity.clone(), ..FactFilter::default() })?;
    let mut out: Vec<Moment> = Vec::new();
    for record in &records {
        let kind = record.fact.r#type.as_str();
        let happens = matches!(
            kind,
            "meeting-held"
                | "meeting-planned"
                | "event"
                | "membership/joined"
                | "membership/left"
                | "group-created"
        ) || kind.starts_with("decision")
            || record.fact.date.is_some() && record.fact.date != record.stated;
        let own = issuer.is_none() || rows.iter().any(|row| row.code == record.statement);
        let Some(date) = record.when().filter(|_| happens && own) else { continue };
        let fact = &record.fact;
        let parts = [fact.subject.as_str(), fact.predicate.as_str(), fact.object.as_str()];
        out.push(Moment {
            date: date.to_owned(),
            kind: kind.to_owned(),
            what: parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(" · "),
            lang: None,
            code: record.statement.to_string(),
            by: None,
        });
    }
    if entity.is_none() {
        for row in rows {
            let Some(date) = row.date else { continue };
            out.push(Moment {
                date,
                kind: "statement".to_owned(),
                what: row.title.unwrap_or_else(|| row.code.to_string()),
                lang: row.lang,
                code: row.code.to_string(),
                by: None,
            });
        }
        for note in store.diary_notes()?.into_iter().filter(|_| issuer.is_none()) {
            out.push(Moment {
                date: note.day,
                kind: "diary".to_owned(),
                what: note.text,
                lang: None,
                code: note.statement.map(|c| c.to_string()).unwrap_or_default(),
                by: Some(note.who),
            });
        }
    }
    out.sort_by(|a, b| (&a.date, &a.code, &a.kind, &a.what).cmp(&(&b.date, &b.code, &b.kind, &b.what)));
    Ok(out)
}
