//! Any two versions, compared.

use askama::Template;
use axum::http::StatusCode;
use diwan_model::{ArchiveCode, LanguageTag, Span, VersionCode};
use diwan_store::{Store, VersionRecord};
use diwan_wording::redline::{Change, compare};
use diwan_wording::{Blindness, Document};

use super::series::{language_chip, summary};
use crate::Failure;
use crate::app::{Answer, App, Asked};
use crate::pages::html;
use crate::ui::{Ui, encode};
use crate::view::{Chip, Text, code_path};

/// A version as it is compared: its sentences with a blank or a line between them.
pub(super) fn document(version: &VersionRecord, blind: Blindness) -> Document {
    let mut text = String::new();
    let mut places = Vec::new();
    for sentence in &version.sentences {
        if !text.is_empty() {
            text.push(' ');
        }
        let from = text.len();
        text.push_str(&sentence.text);
        places.push((from, text.len()));
    }
    let spans: Vec<Span> = places.into_iter().filter_map(|(from, to)| Span::new(&text, from, to)).collect();
    Document::with_sentences(&text, &spans, &version.lang, blind)
}

struct Side {
    code: String,
    href: String,
    date: String,
    title: Option<Text>,
}

#[derive(Template)]
#[template(path = "wording-compare.html")]
struct ComparePage<'a> {
    ui: &'a Ui,
    a: String,
    b: String,
    exact: bool,
    choices: Vec<(String, String)>,
    sides: Option<(Side, Side)>,
    swap: String,
    summary: String,
    lang: String,
    dir: &'static str,
    /// Comparisons in the other languages that both statements have.
    others: Vec<Chip>,
    passages: Vec<(crate::wording::PassageView, String)>,
    problem: Option<String>,
}

/// `/compare?a=CODE-fa&b=CODE-fa`
pub(crate) fn compare_page(app: &App, asked: &Asked, ui: &Ui) -> Answer {
    let (a, b) =
        (asked.parameter("a").unwrap_or("").to_owned(), asked.parameter("b").unwrap_or("").to_owned());
    let exact = asked.parameter("exact").is_some();
    app.with_store(|store| {
        let mut page = ComparePage {
            ui,
            swap: ui.href(&format!(
                "/compare?a={}&b={}{}",
                encode(&b),
                encode(&a),
                if exact { "&exact=1" } else { "" }
            )),
            choices: choices(app, store, ui, &a)?,
            a,
            b,
            exact,
            sides: None,
            summary: String::new(),
            lang: String::new(),
            dir: "auto",
            others: Vec::new(),
            passages: Vec::new(),
            problem: None,
        };
        if page.a.is_empty() || page.b.is_empty() {
            return html(StatusCode::OK, &page);
        }
        let (Some(left), Some(right)) = (version(store, &page.a)?, version(store, &page.b)?) else {
            page.problem = Some(ui.t("compare-not-found"));
            return html(StatusCode::NOT_FOUND, &page);
        };
        let blind = if exact { Blindness::Nothing } else { Blindness::Looks };
        let redline = compare(&document(&left, blind), &document(&right, blind));
        let views = crate::wording::passages(&redline, |n| ui.digits(&u32::try_from(n).unwrap_or(0)));
        page.passages = views
            .into_iter()
            .zip(&redline.passages)
            .map(|(view, passage)| {
                let name = if passage.change == Change::Same {
                    String::new()
                } else {
                    ui.t(&format!("change-{}", view.change))
                };
                (view, name)
            })
            .collect();
        page.summary = summary(ui, &redline);
        page.lang = right.lang.as_str().to_owned();
        page.dir = right.dir.as_str();
        page.others = others(store, ui, &left, &right)?;
        page.sides = Some((side(store, ui, &left)?, side(store, ui, &right)?));
        html(StatusCode::OK, &page)
    })
}

fn version(store: &Store, code: &str) -> Result<Option<VersionRecord>, Failure> {
    if let Some(record) = store.statement(&ArchiveCode::new(code))? {
        return Ok(record.versions.into_iter().next());
    }
    match code.parse::<VersionCode>() {
        Ok(code) => Ok(store.version(&code)?),
        Err(_) => Ok(None),
    }
}

fn side(store: &Store, ui: &Ui, version: &VersionRecord) -> Result<Side, Failure> {
    let statement = version.version_code().map(|code| code.statement);
    let record = match &statement {
        Some(code) => store.statement(code)?,
        None => None,
    };
    let date = record.as_ref().and_then(|r| r.text("date").map(|d| ui.date(d)));
    Ok(Side {
        href: ui.href(&code_path(&version.code)),
        code: version.code.clone(),
        date: date.unwrap_or_else(|| ui.t("undated")),
        title: version.title.as_ref().map(|t| Text::new(t, Some(&version.lang))),
    })
}

fn others(store: &Store, ui: &Ui, a: &VersionRecord, b: &VersionRecord) -> Result<Vec<Chip>, Failure> {
    let (Some(x), Some(y)) = (a.version_code(), b.version_code()) else { return Ok(Vec::new()) };
    let langs = |code: &ArchiveCode| -> Result<Vec<LanguageTag>, Failure> {
        Ok(store
            .statement(code)?
            .map(|r| r.versions.iter().map(|v| v.lang.clone()).collect())
            .unwrap_or_default())
    };
    let theirs = langs(&y.statement)?;
    let both = langs(&x.statement)?.into_iter().filter(|lang| theirs.contains(lang));
    Ok(both
        .map(|lang| {
            let code = |c: &VersionCode| encode(&format!("{}-{}", c.statement, lang.as_str()));
            Chip {
                href: ui.href(&format!("/compare?a={}&b={}", code(&x), code(&y))),
                ..language_chip(ui, "", &lang, &b.lang)
            }
        })
        .collect())
}

/// Versions to choose from: of the series of the first text, else of the newest statements.
fn choices(app: &App, store: &mut Store, ui: &Ui, a: &str) -> Result<Vec<(String, String)>, Failure> {
    const MOST: usize = 300;
    let statement =
        a.parse::<VersionCode>().map(|code| code.statement.to_string()).unwrap_or_else(|_| a.to_owned());
    let found = app.wording(store)?;
    let mut out = Vec::new();
    let mut put = |code: &str, lang: &LanguageTag, date: Option<&str>, title: Option<&str>| {
        let label = [Some(ui.language(lang)), date.map(|d| ui.date(d)), title.map(str::to_owned)];
        out.push((
            format!("{code}-{}", lang.as_str()),
            label.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        ));
    };
    let of_series = found.series.of(&statement).map(|(series, _)| series);
    for entry in of_series.into_iter().flat_map(|series| series.statements.iter().rev()) {
        for lang in &entry.langs {
            put(&entry.code, lang, entry.date.as_deref(), entry.title.as_deref());
        }
    }
    if of_series.is_none() {
        let filter = diwan_store::Filter { newest_first: true, limit: Some(100), ..Default::default() };
        for row in store.statements(&filter)? {
            for v in &row.versions {
                put(row.code.as_str(), &v.lang, row.date.as_deref(), row.title.as_deref());
            }
        }
    }
    out.truncate(MOST);
    Ok(out)
}
