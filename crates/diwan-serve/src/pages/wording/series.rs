//! The list of series, one series with its pictures, and pictures as files.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use diwan_model::{ArchiveCode, LanguageTag, VersionCode};
use diwan_store::{Store, VersionRecord};
use diwan_wording::formula::FormulaKind;
use diwan_wording::redline::{Redline, compare};
use diwan_wording::{Blindness, Document, word_keys};

use super::compare::document;
use super::formulas::life;
use crate::Failure;
use crate::app::{Answer, App, Asked};
use crate::pages::{html, lists};
use crate::pictures::{self, Cell, Column, Point};
use crate::ui::{Ui, encode};
use crate::view::{Chip, Text, code_path};
use crate::wording::{Formulas, SeriesEntry, StatementEntry};

/// Statements in one picture: the newest.
const IN_A_PICTURE: usize = 120;

struct SeriesRow {
    name: Text,
    href: String,
    statements: u64,
    span: Option<String>,
}

#[derive(Template)]
#[template(path = "wording-list.html")]
struct SeriesListPage<'a> {
    ui: &'a Ui,
    series: Vec<SeriesRow>,
    groups: Vec<lists::SeriesIssuer>,
}

/// The address of a series: by its first statement.
pub(super) fn series_path(series: &SeriesEntry) -> String {
    let first = series.statements.first().map(|s| s.code.as_str()).unwrap_or("");
    format!("/series/{}", encode(first))
}

pub(super) fn name_of(series: &SeriesEntry) -> Text {
    let lang = series.statements.iter().find(|s| s.title.as_ref() == Some(&series.name));
    Text::new(series.name.as_str(), lang.and_then(|s| s.title_lang.as_ref()))
}

fn span_of(ui: &Ui, series: &SeriesEntry) -> Option<String> {
    let days: Vec<&String> = series.statements.iter().filter_map(|s| s.date.as_ref()).collect();
    let (first, last) = (days.first()?, days.last()?);
    Some(ui.locale.with("series-span", &[("first", &ui.date(first)), ("last", &ui.date(last))]))
}

/// `/series`
pub(crate) fn series_list(app: &App, asked: &Asked, ui: &Ui) -> Answer {
    let _ = asked;
    let (found, groups) = app.with_store(|store| Ok((app.wording(store)?, store.groups()?)))?;
    let series = found
        .series
        .all
        .iter()
        .map(|series| SeriesRow {
            name: name_of(series),
            href: ui.href(&series_path(series)),
            statements: series.statements.len() as u64,
            span: span_of(ui, series),
        })
        .collect();
    html(StatusCode::OK, &SeriesListPage { ui, series, groups: lists::issuers(ui, groups) })
}

/// A statement in the table of its series.
struct Step {
    code: String,
    href: String,
    title: Option<Text>,
    date: String,
    iso: String,
    from_source: bool,
    gap: bool,
    chips: Vec<Chip>,
    /// Comparison with the one before: address and words.
    compare: Option<(String, String)>,
    recalls: Vec<Recall>,
}

/// What a statement recalls: as printed, its date, and the address and name of the statement where it is known.
type Recall = (String, String, Option<(String, String)>);

#[derive(Template)]
#[template(path = "wording-series.html")]
struct SeriesPage<'a> {
    ui: &'a Ui,
    name: Text,
    span: Option<String>,
    statements: u64,
    langs: Vec<Chip>,
    steps: Vec<Step>,
    /// Heading, explanation, picture, address of the picture as a file.
    pictures: Vec<(String, String, String, String)>,
    formulas: Option<String>,
}

/// The texts of a series in one language, in order.
struct Texts<'a> {
    entries: Vec<&'a StatementEntry>,
    versions: Vec<VersionRecord>,
    redlines: Vec<Option<Redline>>,
}

/// The language to look at a series in: as asked, else the interface's, else the one most statements have.
fn language(ui: &Ui, asked: &Asked, series: &SeriesEntry) -> LanguageTag {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for lang in series.statements.iter().flat_map(|s| &s.langs) {
        *counted.entry(lang.as_str()).or_default() += 1;
    }
    let wanted = asked.parameter("lang").filter(|lang| counted.contains_key(lang));
    let own = Some(ui.locale.lang.as_str()).filter(|lang| counted.get(lang).is_some_and(|n| *n > 1));
    let most = counted.iter().max_by_key(|(lang, n)| (**n, std::cmp::Reverse(**lang))).map(|(lang, _)| *lang);
    LanguageTag::new(wanted.or(own).or(most).unwrap_or("und"))
}

fn texts<'a>(store: &Store, series: &'a SeriesEntry, lang: &LanguageTag) -> Result<Texts<'a>, Failure> {
    let mut out = Texts { entries: Vec::new(), versions: Vec::new(), redlines: Vec::new() };
    let mut before: Option<Document> = None;
    let with: Vec<&StatementEntry> = series.statements.iter().filter(|s| s.langs.contains(lang)).collect();
    for entry in with.iter().skip(with.len().saturating_sub(IN_A_PICTURE)) {
        let code = VersionCode { statement: ArchiveCode::new(entry.code.as_str()), lang: lang.clone() };
        let Some(version) = store.version(&code)? else { continue };
        let document = document(&version, Blindness::Looks);
        out.redlines.push(before.as_ref().map(|before| compare(before, &document)));
        before = Some(document);
        out.entries.push(entry);
        out.versions.push(version);
    }
    Ok(out)
}

/// `/series/CODE`: the series that holds a statement.
pub(crate) fn series(app: &App, asked: &Asked, ui: &Ui) -> Answer {
    let code = asked.rest.trim_end_matches('/');
    app.with_store(|store| {
        let found = app.wording(store)?;
        let (series, _) = found.series.of(code).ok_or_else(Failure::not_found)?;
        let lang = language(ui, asked, series);
        let texts = texts(store, series, &lang)?;
        let pictures = ["columns", "kept", "length"]
            .into_iter()
            .filter(|_| texts.entries.len() > 1)
            .filter_map(|kind| {
                let svg = picture(ui, kind, &found, &texts)?;
                let file = format!("/pictures/{kind}.svg?series={}&lang={}", encode(code), lang.as_str());
                Some((
                    ui.t(&format!("picture-{kind}")),
                    ui.t(&format!("picture-{kind}-about")),
                    svg,
                    ui.href(&file),
                ))
            })
            .collect();
        let has_formulas = series.statements.iter().any(|s| {
            found
                .all
                .iter()
                .any(|f| f.kind == FormulaKind::Formula && f.members.iter().any(|m| m.code == s.code))
        });
        let mut langs: Vec<&LanguageTag> = series.statements.iter().flat_map(|s| &s.langs).collect();
        langs.sort_by_key(|lang| lang.as_str());
        langs.dedup();
        html(
            StatusCode::OK,
            &SeriesPage {
                ui,
                name: name_of(series),
                span: span_of(ui, series),
                statements: series.statements.len() as u64,
                langs: langs.into_iter().map(|l| language_chip(ui, &series_path(series), l, &lang)).collect(),
                steps: series.statements.iter().map(|entry| step(ui, entry, &lang, &texts)).collect(),
                pictures,
                formulas: has_formulas.then(|| ui.href(&format!("/formulas?series={}", encode(code)))),
            },
        )
    })
}

pub(super) fn language_chip(ui: &Ui, path: &str, lang: &LanguageTag, current: &LanguageTag) -> Chip {
    Chip {
        href: ui.href(&format!("{path}?lang={}", lang.as_str())),
        lang: lang.as_str().to_owned(),
        name: ui.language(lang),
        authority: String::new(),
        authoritative: false,
        current: lang == current,
    }
}

fn step(ui: &Ui, entry: &StatementEntry, lang: &LanguageTag, texts: &Texts<'_>) -> Step {
    let at = texts.entries.iter().position(|other| other.code == entry.code);
    let redline = at.and_then(|at| texts.redlines.get(at)).and_then(Option::as_ref);
    let before = at.and_then(|at| at.checked_sub(1)).and_then(|k| texts.entries.get(k));
    let version = |code: &str| format!("{code}-{}", lang.as_str());
    let compare = match (redline, before) {
        (Some(redline), Some(before)) => Some((
            ui.href(&format!(
                "/compare?a={}&b={}",
                encode(&version(&before.code)),
                encode(&version(&entry.code))
            )),
            summary(ui, redline),
        )),
        _ => None,
    };
    Step {
        code: entry.code.clone(),
        href: ui.href(&code_path(&entry.code)),
        title: entry.title.as_ref().map(|t| Text::new(t, entry.title_lang.as_ref())),
        date: entry.date.as_ref().map_or_else(|| ui.t("undated"), |d| ui.date(d)),
        iso: entry.date.clone().unwrap_or_default(),
        from_source: entry.date_from_source,
        gap: entry.gap_before,
        chips: entry
            .langs
            .iter()
            .map(|lang| Chip {
                href: ui.href(&code_path(&format!("{}-{}", entry.code, lang.as_str()))),
                ..language_chip(ui, "", lang, &LanguageTag::UNDETERMINED)
            })
            .collect(),
        compare,
        recalls: entry
            .recalls
            .iter()
            .map(|recall| {
                let target = recall.code.as_ref().map(|code| (code.clone(), ui.href(&code_path(code))));
                (ui.href(&code_path(&recall.sentence)), recall.printed.clone(), target)
            })
            .collect(),
    }
}

/// The summary in the interface's words: "3 new, 2 dropped …; 71 % of the wording kept".
pub(super) fn summary(ui: &Ui, redline: &Redline) -> String {
    let s = &redline.summary;
    let counts = [
        ("wording-new", s.new),
        ("wording-dropped", s.dropped),
        ("wording-reworded", s.reworded),
        ("wording-moved", s.moved),
        ("wording-merged", s.merged),
        ("wording-split", s.split),
    ];
    let mut parts: Vec<String> =
        counts.iter().filter(|(_, n)| *n > 0).map(|(key, n)| ui.count(key, &(*n as u64))).collect();
    if parts.is_empty() {
        parts.push(ui.t("wording-unchanged"));
    }
    parts.push(ui.count("wording-kept", &u64::from(s.percent_kept())));
    parts.join(" · ")
}

fn picture(ui: &Ui, kind: &str, found: &Formulas, texts: &Texts<'_>) -> Option<String> {
    let rtl = ui.locale.dir().as_str() == "rtl";
    let title = ui.t(&format!("picture-{kind}"));
    let about = ui.t(&format!("picture-{kind}-about"));
    let short = |entry: &StatementEntry| entry.date.clone().unwrap_or_else(|| entry.code.clone());
    let href = |version: &VersionRecord| ui.href(&code_path(&version.code));
    let each = || texts.entries.iter().zip(&texts.versions).zip(&texts.redlines);
    Some(match kind {
        "columns" => {
            let mut families: BTreeMap<&str, usize> = BTreeMap::new();
            let mut all = Vec::new();
            for ((entry, version), _) in each() {
                let mut cells = Vec::new();
                for sentence in &version.sentences {
                    let family = found.of(&sentence.code).map(|formula| {
                        let next = families.len();
                        *families.entry(&formula.id).or_insert(next)
                    });
                    cells.push(Cell {
                        family,
                        words: word_keys(&sentence.text, &version.lang).len(),
                        text: sentence.text.clone(),
                        href: ui.href(&format!("{}#{}", code_path(&version.code), sentence.n)),
                    });
                }
                all.push(Column { label: short(entry), href: href(version), cells });
            }
            pictures::columns(&all, rtl, &title, &about)
        }
        "kept" => {
            let points = each().filter_map(|((entry, version), redline)| {
                let redline = redline.as_ref()?;
                Some(Point {
                    label: short(entry),
                    value: redline.summary.kept.into(),
                    words: format!("{}: {}", short(entry), summary(ui, redline)),
                    href: href(version),
                })
            });
            pictures::bars(&points.collect::<Vec<_>>(), 1.0, rtl, &title, &about)
        }
        "length" => {
            let points: Vec<Point> = each()
                .map(|((entry, version), _)| {
                    let words: usize =
                        version.sentences.iter().map(|s| word_keys(&s.text, &version.lang).len()).sum();
                    Point {
                        label: short(entry),
                        value: words as f64,
                        words: format!("{}: {}", short(entry), ui.count("count-words", &(words as u64))),
                        href: href(version),
                    }
                })
                .collect();
            let most = points.iter().map(|p| p.value).fold(1.0, f64::max);
            pictures::bars(&points, most, rtl, &title, &about)
        }
        _ => return None,
    })
}

/// `/pictures/KIND.svg?series=CODE&lang=fa`, `/pictures/timeline.svg?formula=ID`
pub(crate) fn picture_file(app: &App, asked: &Asked, ui: &Ui) -> Answer {
    let kind = asked.rest.strip_suffix(".svg").ok_or_else(Failure::not_found)?;
    let svg = app.with_store(|store| {
        let found = app.wording(store)?;
        if kind == "timeline" {
            let formula =
                asked.parameter("formula").and_then(|id| found.named(id)).ok_or_else(Failure::not_found)?;
            return Ok(life(ui, formula));
        }
        let code = asked.parameter("series").ok_or_else(Failure::not_found)?;
        let (series, _) = found.series.of(code).ok_or_else(Failure::not_found)?;
        let texts = texts(store, series, &language(ui, asked, series))?;
        picture(ui, kind, &found, &texts).ok_or_else(Failure::not_found)
    })?;
    let name = format!("inline; filename=\"{kind}.svg\"");
    let disposition = HeaderValue::from_str(&name).map_err(|_| Failure::not_found())?;
    Ok((
        [
            (header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml")),
            (header::CONTENT_DISPOSITION, disposition),
        ],
        svg,
    )
        .into_response())
}
