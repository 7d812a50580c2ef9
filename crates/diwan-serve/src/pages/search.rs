//! What was found.

use askama::Template;
use axum::http::StatusCode;
use diwan_model::LanguageTag;
use diwan_search::{Hit, LONGEST_QUERY, SearchRequest, snippet};

use super::{html, page_number, year};
use crate::app::{Answer, App, Asked};
use crate::ui::{Ui, encode};
use crate::view::{Pages, Text, code_path};

/// Hits on a page.
const ON_A_PAGE: usize = 20;
/// Characters of a sentence that are shown round what was found.
const WIDTH: usize = 320;

struct HitView {
    code: String,
    href: String,
    /// The place in the parallel reader, with what was searched for lit.
    beside: Option<String>,
    lang: String,
    dir: &'static str,
    language: String,
    date: Option<String>,
    title: Option<Text>,
    in_title: bool,
    runs: Vec<(String, bool)>,
    cut_before: bool,
    cut_after: bool,
    /// The first hit that has only some of the words.
    begins_some: bool,
}

struct Facet {
    name: String,
    href: String,
    count: Option<u64>,
    current: bool,
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage<'a> {
    ui: &'a Ui,
    title: String,
    query: &'a str,
    lang: Option<String>,
    cut: Option<u64>,
    asked: bool,
    hits: Vec<HitView>,
    every_word: u64,
    some_words: u64,
    facets: Vec<Facet>,
    pages: Option<Pages>,
}

/// `/search?q=&lang=&year=&page=`
pub(crate) fn search(app: &App, asked: &Asked, ui: &Ui) -> Answer {
    let query = asked.parameter("q").unwrap_or("");
    let page = page_number(asked)?;
    let lang = asked.parameter("lang").map(LanguageTag::new);
    let request = SearchRequest {
        query: query.to_owned(),
        lang: lang.clone(),
        year: year(asked)?,
        offset: usize::try_from(page - 1).unwrap_or(usize::MAX).saturating_mul(ON_A_PAGE),
        limit: ON_A_PAGE,
    };
    let index = app.with_store(|store| app.index(store))?;
    let found = index.search(&request)?;
    let mut some_begun = request.offset >= found.every_word && request.offset > 0;
    let mut hits = Vec::with_capacity(found.hits.len());
    for hit in &found.hits {
        let begins_some = !hit.every_word && !some_begun;
        some_begun |= !hit.every_word;
        hits.push(view(ui, hit, query, begins_some && found.every_word > 0));
    }
    let all: u64 = found.languages.iter().map(|(_, n)| as_u64(*n)).sum();
    let mut facets = vec![Facet {
        name: ui.t("all-languages"),
        href: ui.here_with("lang", None),
        count: Some(all),
        current: lang.is_none(),
    }];
    facets.extend(found.languages.iter().map(|(l, n)| Facet {
        name: ui.language(l),
        href: ui.here_with("lang", Some(l.as_str())),
        count: Some(as_u64(*n)),
        current: lang.as_ref() == Some(l),
    }));
    html(
        StatusCode::OK,
        &SearchPage {
            ui,
            title: if query.is_empty() {
                ui.t("search-title")
            } else {
                ui.with("search-for", "query", query)
            },
            query,
            lang: lang.map(|l| l.as_str().to_owned()),
            cut: (query.chars().count() > LONGEST_QUERY).then_some(as_u64(LONGEST_QUERY)),
            asked: !query.is_empty(),
            hits,
            every_word: as_u64(found.every_word),
            some_words: as_u64(found.total - found.every_word),
            facets: if all > 0 { facets } else { Vec::new() },
            pages: Pages::new(ui, page, as_u64(found.total.div_ceil(ON_A_PAGE))),
        },
    )
}

fn as_u64(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

fn view(ui: &Ui, hit: &Hit, query: &str, begins_some: bool) -> HitView {
    let lang = &hit.version.lang;
    let cut = snippet(&hit.text, &hit.highlights, WIDTH);
    let path = code_path(&hit.version.to_string());
    HitView {
        code: hit.code(),
        href: ui.href(&hit.n.map_or(path.clone(), |n| format!("{path}#{n}"))),
        beside: hit
            .n
            .map(|n| ui.href(&format!("{path}?with=auto&q={}#{}-{n}", encode(query), lang.as_str()))),
        lang: lang.as_str().to_owned(),
        dir: lang.direction().as_str(),
        language: ui.language(lang),
        date: hit.date.as_deref().map(|d| ui.date(d)),
        title: hit.title.as_ref().map(|t| Text::new(t, Some(lang))),
        in_title: hit.n.is_none(),
        runs: cut.runs,
        cut_before: cut.cut_before,
        cut_after: cut.cut_after,
        begins_some,
    }
}
