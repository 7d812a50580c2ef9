//! Home, the list of all statements, and the series.

use askama::Template;
use axum::http::StatusCode;
use diwan_model::{Authority, LanguageTag};
use diwan_store::{Counts, Filter, StatementGroup, Store};

use super::{html, page_number, year};
use crate::Failure;
use crate::app::{Answer, App, Asked};
use crate::ui::{Ui, encode};
use crate::view::{Card, Pages, Text, code_path};

/// Statements on the first page of the archive.
const NEWEST: u64 = 12;
/// Newest statements among which the way through the archive looks for one in many languages.
const LOOKED_AT: u64 = 200;
/// Statements on a page of the list.
const ON_A_PAGE: u64 = 30;
/// Years offered to choose from, newest first.
const MOST_YEARS: i32 = 80;

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage<'a> {
    ui: &'a Ui,
    cards: Vec<Card>,
    counts: Counts,
    path: Vec<Stop>,
}

/// A stop on the way through the archive: what can be done here, a click away.
struct Stop {
    href: String,
    title: String,
    text: String,
}

/// The way through an archive, over a statement that shows most: one in many languages. Where nothing has two versions,
/// the stops that need them are left out.
fn way(ui: &Ui, store: &Store) -> Result<Vec<Stop>, Failure> {
    let filter = Filter { newest_first: true, limit: Some(LOOKED_AT), ..Filter::default() };
    let rows = store.statements(&filter)?;
    let Some(row) = rows.iter().max_by_key(|row| row.versions.len()) else { return Ok(Vec::new()) };
    let mut stops = vec![("way-read", code_path(row.code.as_str()))];
    let first =
        row.versions.iter().find(|v| v.authority == Authority::Authoritative).or(row.versions.first());
    if let Some(first) = first
        && let Some(second) = row.versions.iter().find(|v| v.lang != first.lang)
    {
        stops.push((
            "way-beside",
            format!("{}?with={}", code_path(&first.code), encode(second.lang.as_str())),
        ));
    }
    stops.extend(
        [
            ("way-changed", "/series"),
            ("way-formulas", "/formulas"),
            ("way-names", "/entities"),
            ("way-promised", "/chains"),
            ("way-time", "/timeline"),
            ("way-findings", "/findings"),
        ]
        .map(|(key, path)| (key, path.to_owned())),
    );
    let stop = |(key, path): (&str, String)| Stop {
        href: ui.href(&path),
        title: ui.t(key),
        text: ui.t(&format!("{key}-text")),
    };
    Ok(stops.into_iter().map(stop).collect())
}

/// `/`
pub(crate) fn home(app: &App, _: &Asked, ui: &Ui) -> Answer {
    app.with_store(|store| {
        let filter = Filter { newest_first: true, limit: Some(NEWEST), ..Filter::default() };
        let cards = store.statements(&filter)?.iter().map(|row| Card::new(ui, row)).collect();
        let path = way(ui, store)?;
        html(StatusCode::OK, &HomePage { ui, cards, counts: store.counts()?, path })
    })
}

/// A value that can be chosen in a form.
struct Choice {
    value: String,
    name: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "list.html")]
struct ListPage<'a> {
    ui: &'a Ui,
    cards: Vec<Card>,
    total: u64,
    pages: Option<Pages>,
    languages: Vec<Choice>,
    years: Vec<Choice>,
    issuers: Vec<Choice>,
    types: Vec<Choice>,
    filtered: bool,
    clear: String,
}

/// `/s?lang=&year=&issuer=&type=&page=`
pub(crate) fn list(app: &App, asked: &Asked, ui: &Ui) -> Answer {
    let page = page_number(asked)?;
    let year = year(asked)?.map(|y| format!("{y:04}"));
    app.with_store(|store| {
        let groups = store.groups()?;
        let filter = Filter {
            issuer: asked.parameter("issuer").map(str::to_owned),
            r#type: asked.parameter("type").map(str::to_owned),
            lang: asked.parameter("lang").map(LanguageTag::new),
            from: year.clone(),
            until: year.clone(),
            newest_first: true,
            limit: Some(ON_A_PAGE),
            skip: (page - 1) * ON_A_PAGE,
        };
        let total = store.count(&filter)?;
        let cards = store.statements(&filter)?.iter().map(|row| Card::new(ui, row)).collect();
        let choice = |value: String, name: String, chosen: Option<&str>| Choice {
            chosen: chosen == Some(value.as_str()),
            value,
            name,
        };
        let languages = ["ar", "fa", "en", "fr"].map(LanguageTag::new);
        let named = |of: fn(&StatementGroup) -> Option<&String>, chosen: Option<&str>| {
            let mut names: Vec<&String> = groups.iter().filter_map(of).collect();
            names.sort();
            names.dedup();
            names.into_iter().map(|n| choice(n.clone(), n.clone(), chosen)).collect::<Vec<_>>()
        };
        html(
            StatusCode::OK,
            &ListPage {
                ui,
                cards,
                total,
                pages: Pages::new(ui, page, total.div_ceil(ON_A_PAGE)),
                languages: languages
                    .iter()
                    .map(|l| choice(l.to_string(), ui.language(l), asked.parameter("lang")))
                    .collect(),
                years: years(&groups)
                    .into_iter()
                    .map(|y| choice(y.clone(), ui.locale.digits(&y), year.as_deref()))
                    .collect(),
                issuers: named(|g| g.issuer.as_ref(), asked.parameter("issuer")),
                types: named(|g| g.r#type.as_ref(), asked.parameter("type")),
                filtered: ["lang", "year", "issuer", "type"].iter().any(|p| asked.parameter(p).is_some()),
                clear: ui.href("/s"),
            },
        )
    })
}

/// Every year from the last statement's to the first's.
fn years(groups: &[StatementGroup]) -> Vec<String> {
    let of =
        |date: &Option<String>| date.as_deref().and_then(|d| d.get(..4)).and_then(|y| y.parse::<i32>().ok());
    let first = groups.iter().filter_map(|g| of(&g.first)).min();
    let last = groups.iter().filter_map(|g| of(&g.last)).max();
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    (first.max(last - MOST_YEARS)..=last).rev().map(|y| format!("{y:04}")).collect()
}

/// Statements of one type.
pub(super) struct SeriesRow {
    pub(super) kind: Option<Text>,
    pub(super) href: String,
    pub(super) statements: u64,
    pub(super) span: Option<String>,
}

/// What one body issued, by type.
pub(super) struct SeriesIssuer {
    pub(super) name: Option<Text>,
    pub(super) rows: Vec<SeriesRow>,
}

/// Bodies and what they issued, by type; what nobody is known to have issued comes last.
pub(super) fn issuers(ui: &Ui, groups: Vec<StatementGroup>) -> Vec<SeriesIssuer> {
    let mut issuers: Vec<(Option<String>, SeriesIssuer)> = Vec::new();
    for group in groups {
        let row = series_row(ui, &group);
        match issuers.iter_mut().find(|(name, _)| *name == group.issuer) {
            Some((_, issuer)) => issuer.rows.push(row),
            None => {
                let name = group.issuer.as_ref().map(|n| Text::new(n, None));
                issuers.push((group.issuer, SeriesIssuer { name, rows: vec![row] }));
            }
        }
    }
    issuers.sort_by_key(|(name, _)| name.is_none());
    issuers.into_iter().map(|(_, issuer)| issuer).collect()
}

fn series_row(ui: &Ui, group: &StatementGroup) -> SeriesRow {
    let mut query = Vec::new();
    query.extend(group.issuer.as_ref().map(|i| format!("issuer={}", encode(i))));
    query.extend(group.r#type.as_ref().map(|t| format!("type={}", encode(t))));
    let span = match (&group.first, &group.last) {
        (Some(first), Some(last)) if first == last => Some(ui.date(first)),
        (Some(first), Some(last)) => {
            Some(ui.locale.with("series-span", &[("first", &ui.date(first)), ("last", &ui.date(last))]))
        }
        _ => None,
    };
    SeriesRow {
        kind: group.r#type.as_ref().map(|t| Text::new(t, None)),
        href: ui.href(&if query.is_empty() { "/s".to_owned() } else { format!("/s?{}", query.join("&")) }),
        statements: group.statements,
        span,
    }
}
