//! The list of formulas, and the life of one.

use askama::Template;
use axum::http::StatusCode;
use diwan_model::LanguageTag;
use diwan_wording::formula::FormulaKind;
use diwan_wording::redline::compare;
use diwan_wording::series::{Day, DayFrom};
use diwan_wording::{Blindness, Document};

use super::series::{name_of, series_path};
use crate::Failure;
use crate::app::{Answer, App, Asked};
use crate::pages::{html, page_number};
use crate::pictures::{self, Row};
use crate::ui::Ui;
use crate::view::{Pages, Text, code_path};
use crate::wording::{FormulaEntry, Member};

/// Formulas on a page of the list.
const ON_A_PAGE: u64 = 60;

struct FormulaRow {
    href: String,
    text: Text,
    uses: u64,
    span: Option<String>,
    langs: Vec<String>,
}

#[derive(Template)]
#[template(path = "wording-formulas.html")]
struct FormulasPage<'a> {
    ui: &'a Ui,
    boilerplate: bool,
    tabs: [(String, String, bool); 2],
    series: Option<(Text, String)>,
    total: u64,
    rows: Vec<FormulaRow>,
    pages: Option<Pages>,
}

fn span_of_formula(ui: &Ui, formula: &FormulaEntry) -> Option<String> {
    match (&formula.first, &formula.last) {
        (Some(first), Some(last)) if first == last => Some(ui.date(first)),
        (Some(first), Some(last)) => {
            Some(ui.locale.with("series-span", &[("first", &ui.date(first)), ("last", &ui.date(last))]))
        }
        _ => None,
    }
}

/// How many statements have a formula.
pub(super) fn uses(formula: &FormulaEntry) -> u64 {
    let mut codes: Vec<&str> = formula.members.iter().map(|m| m.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.len() as u64
}

/// `/formulas?series=CODE&kind=boilerplate`
pub(crate) fn formulas(app: &App, asked: &Asked, ui: &Ui) -> Answer {
    let page = page_number(asked)?;
    let boilerplate = asked.parameter("kind") == Some("boilerplate");
    let kind = if boilerplate { FormulaKind::Boilerplate } else { FormulaKind::Formula };
    let found = app.with_store(|store| app.wording(store))?;
    let series = match asked.parameter("series") {
        Some(code) => Some(found.series.of(code).ok_or_else(Failure::not_found)?.0),
        None => None,
    };
    let within = |f: &FormulaEntry| {
        series.is_none_or(|s| f.members.iter().any(|m| s.statements.iter().any(|e| e.code == m.code)))
    };
    let mut all: Vec<&FormulaEntry> = found.all.iter().filter(|f| f.kind == kind && within(f)).collect();
    all.sort_by_key(|f| std::cmp::Reverse(uses(f)));
    let total = all.len() as u64;
    let skip = usize::try_from((page - 1).saturating_mul(ON_A_PAGE)).unwrap_or(usize::MAX);
    let rows = all
        .into_iter()
        .skip(skip)
        .take(usize::try_from(ON_A_PAGE).unwrap_or(60))
        .map(|formula| {
            let newest = shown_member(ui, formula);
            let mut langs: Vec<&LanguageTag> = formula.members.iter().map(|m| &m.lang).collect();
            langs.sort_by_key(|l| l.as_str());
            langs.dedup();
            FormulaRow {
                href: ui.href(&format!("/formula/{}", formula.id)),
                text: Text::new(newest.map(|m| m.text.as_str()).unwrap_or(""), newest.map(|m| &m.lang)),
                uses: uses(formula),
                span: span_of_formula(ui, formula),
                langs: langs.into_iter().map(|l| ui.language(l)).collect(),
            }
        })
        .collect();
    let tab = |kind: Option<&str>, key: &str, current| (ui.here_with("kind", kind), ui.t(key), current);
    html(
        StatusCode::OK,
        &FormulasPage {
            ui,
            boilerplate,
            tabs: [
                tab(None, "formulas-title", !boilerplate),
                tab(Some("boilerplate"), "boilerplate-title", boilerplate),
            ],
            series: series.map(|s| (name_of(s), ui.href(&series_path(s)))),
            total,
            rows,
            pages: Pages::new(ui, page, total.div_ceil(ON_A_PAGE)),
        },
    )
}

/// The newest wording in the reader's language, else the newest.
fn shown_member<'a>(ui: &Ui, formula: &'a FormulaEntry) -> Option<&'a Member> {
    let own = formula.members.iter().rev().find(|m| m.lang.primary() == ui.locale.lang.primary());
    own.or(formula.members.last())
}

struct VariantView {
    lang: String,
    dir: &'static str,
    name: String,
    pieces: Vec<crate::wording::Piece>,
    places: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "wording-formula.html")]
struct FormulaPage<'a> {
    ui: &'a Ui,
    id: &'a str,
    boilerplate: bool,
    text: Text,
    uses: u64,
    span: Option<String>,
    dropped: Option<(String, String)>,
    picture: String,
    file: String,
    variants: Vec<VariantView>,
}

/// `/formula/ID`
pub(crate) fn formula(app: &App, asked: &Asked, ui: &Ui) -> Answer {
    let found = app.with_store(|store| app.wording(store))?;
    let formula = found.named(asked.rest.as_str()).ok_or_else(Failure::not_found)?;
    let newest = shown_member(ui, formula);
    let mut variants = Vec::new();
    let mut before: Option<(LanguageTag, String)> = None;
    for variant in formula.variants() {
        let members: Vec<&Member> = variant.members.iter().filter_map(|k| formula.members.get(*k)).collect();
        let Some(first) = members.first() else { continue };
        let whole = |text: &str| Document::with_sentences(text, &[], &variant.lang, Blindness::Looks);
        let old =
            before.as_ref().filter(|(lang, _)| *lang == variant.lang).map_or(first.text.as_str(), |(_, t)| t);
        let redline = compare(&whole(old), &whole(&first.text));
        variants.push(VariantView {
            lang: variant.lang.as_str().to_owned(),
            dir: variant.lang.direction().as_str(),
            name: ui.language(&variant.lang),
            pieces: crate::wording::passages(&redline, |n| n.to_string())
                .into_iter()
                .flat_map(|p| p.pieces)
                .collect(),
            places: members
                .iter()
                .map(|m| {
                    let sentence = m.sentence();
                    let href = sentence.as_deref().map_or_else(|| code_path(&m.code), code_path);
                    let date = m.date.as_ref().map_or_else(|| ui.t("undated"), |d| ui.date(d));
                    (ui.href(&href), sentence.unwrap_or_else(|| m.code.clone()), date)
                })
                .collect(),
        });
        before = Some((variant.lang.clone(), first.text.clone()));
    }
    html(
        StatusCode::OK,
        &FormulaPage {
            ui,
            id: &formula.id,
            boilerplate: formula.kind == FormulaKind::Boilerplate,
            text: Text::new(newest.map(|m| m.text.as_str()).unwrap_or(""), newest.map(|m| &m.lang)),
            uses: uses(formula),
            span: span_of_formula(ui, formula),
            dropped: formula.dropped_by.as_ref().map(|code| (code.clone(), ui.href(&code_path(code)))),
            picture: life(ui, formula),
            file: ui.href(&format!("/pictures/timeline.svg?formula={}", formula.id)),
            variants,
        },
    )
}

/// The timeline of a formula.
pub(super) fn life(ui: &Ui, formula: &FormulaEntry) -> String {
    let number = |date: &str| Day { iso: date.to_owned(), from: DayFrom::Record }.number();
    let days: Vec<i64> = formula.members.iter().filter_map(|m| m.date.as_deref().map(number)).collect();
    let (first, last) = (days.iter().min().copied().unwrap_or(0), days.iter().max().copied().unwrap_or(0));
    let long = (last - first).max(1) as f64;
    let rows: Vec<Row> = formula
        .variants()
        .iter()
        .map(|variant| Row {
            label: variant.lang.as_str().to_owned(),
            uses: variant
                .members
                .iter()
                .filter_map(|k| formula.members.get(*k))
                .filter_map(|m| {
                    let date = m.date.as_deref()?;
                    let at = (number(date) - first) as f64 / long;
                    let href = m.sentence().map_or_else(|| code_path(&m.code), |s| code_path(&s));
                    Some((at, format!("{date}: {}", m.text), ui.href(&href)))
                })
                .collect(),
        })
        .collect();
    let ends = (formula.first.as_deref().unwrap_or(""), formula.last.as_deref().unwrap_or(""));
    let ends = if ends.0 == ends.1 { (ends.0, "") } else { ends };
    let rtl = ui.locale.dir().as_str() == "rtl";
    pictures::timeline(&rows, ends, rtl, &ui.t("picture-timeline"), &ui.t("picture-timeline-about"))
}
