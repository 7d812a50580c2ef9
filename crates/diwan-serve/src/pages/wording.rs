//! Series, comparison, formulas, and where else something was said.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use diwan_model::{ArchiveCode, LanguageTag, SentenceCode, Span, VersionCode};
use diwan_store::{Store, VersionRecord};
use diwan_wording::formula::FormulaKind;
use diwan_wording::redline::{Change, Redline, compare};
use diwan_wording::series::{Day, DayFrom};
use diwan_wording::{Blindness, Document, word_keys};

use super::{html, page_number};
use crate::Failure;
use crate::app::{Answer, App, Asked};
use crate::pictures::{self, Cell, Column, Point, Row};
use crate::ui::{Ui, encode};
use crate::view::{Chip, Pages, Text, code_path};
use crate::wording::{FormulaEntry, Formulas, Member, SeriesEntry, StatementEntry};

/// Formulas on a page of the list.
const ON_A_PAGE: u64 = 60;
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
    groups: Vec<super::lists::SeriesIssuer>,
}

/// The address of a series: by its first statement.
fn series_path(series: &SeriesEntry) -> String {
    let first = series.statements.first().map(|s| s.code.as_str()).unwrap_or("");
    format!("/series/{}", encode(first))
}

fn name_of(series: &SeriesEntry) -> Text {
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
    html(StatusCode::OK, &SeriesListPage { ui, series, groups: super::lists::issuers(ui, groups) })
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

fn language_chip(ui: &Ui, path: &str, lang: &LanguageTag, current: &LanguageTag) -> Chip {
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
fn summary(ui: &Ui, redline: &Redline) -> String {
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
fn uses(formula: &FormulaEntry) -> u64 {
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
fn life(ui: &Ui, formula: &FormulaEntry) -> String {
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

struct SaidRow {
    href: String,
    code: String,
    date: String,
    text: Text,
    likeness: u64,
    compare: Option<String>,
}

#[derive(Template)]
#[template(path = "wording-said.html")]
struct SaidPage<'a> {
    ui: &'a Ui,
    code: String,
    href: String,
    text: Text,
    formula: Option<String>,
    rows: Vec<SaidRow>,
}

/// `/said/CODE-fa/12`: where else nearly the same was said.
pub(crate) fn said(app: &App, asked: &Asked, ui: &Ui) -> Answer {
    let code: SentenceCode = asked.rest.parse().map_err(|_| Failure::not_found())?;
    app.with_store(|store| {
        let sentence = store.sentence(&code)?.ok_or_else(Failure::not_found)?;
        let found = app.wording(store)?;
        let own = code.to_string();
        let rows = crate::wording::said(store, &sentence.text, &code.version.lang)?
            .into_iter()
            .filter_map(|(member, likeness)| {
                let sentence = member.sentence().filter(|s| *s != own)?;
                let version = format!("{}-{}", member.code, member.lang.as_str());
                Some(SaidRow {
                    href: ui.href(&code_path(&sentence)),
                    date: member.date.as_ref().map_or_else(|| ui.t("undated"), |d| ui.date(d)),
                    text: Text::new(member.text.as_str(), Some(&member.lang)),
                    likeness: (f64::from(likeness) * 100.0).floor() as u64,
                    compare: (member.code != code.version.statement.as_str()).then(|| {
                        ui.href(&format!(
                            "/compare?a={}&b={}",
                            encode(&version),
                            encode(&code.version.to_string())
                        ))
                    }),
                    code: sentence,
                })
            })
            .collect();
        let formula = found.of(&own).map(|f| ui.href(&format!("/formula/{}", f.id)));
        html(
            StatusCode::OK,
            &SaidPage {
                ui,
                href: ui.href(&code_path(&own)),
                text: Text::new(sentence.text.as_str(), Some(&code.version.lang)),
                code: own,
                formula,
                rows,
            },
        )
    })
}

/// For each sentence of a text that is a formula: how many statements have it, and where to read of it.
pub(super) fn marks(
    found: &Formulas,
    ui: &Ui,
    codes: impl Iterator<Item = String>,
) -> BTreeMap<String, (String, String)> {
    codes
        .filter_map(|code| {
            let formula = found.of(&code)?;
            let label = ui.count("said-times", &uses(formula));
            Some((code, (ui.href(&format!("/formula/{}", formula.id)), label)))
        })
        .collect()
}
