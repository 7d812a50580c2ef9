//! Terms: how words were rendered, by body and year, with every place.

use askama::Template;
use axum::http::StatusCode;
use diwan_model::{LanguageTag, SentenceCode};

use super::html;
use super::parallel::{Piece, pieces};
use crate::Failure;
use crate::app::{Answer, App, Asked};
use crate::terms::{TermRequest, TermUse, look_up};
use crate::ui::{Ui, encode};
use crate::view::{Text, code_path};

/// The longest phrase that is looked up, in characters.
const LONGEST: usize = 160;
/// Places shown of one language.
const MOST_EXAMPLES: usize = 60;

struct Choice {
    tag: String,
    name: String,
    chosen: bool,
}

struct RenderingView {
    words: String,
    times: u64,
    bodies: Vec<(Option<Text>, u64)>,
    years: Vec<(String, u64)>,
}

struct ExampleView {
    href: String,
    code: String,
    date: Option<String>,
    issuer: Option<Text>,
    own: Vec<Piece>,
    opposite: Vec<Piece>,
}

struct LanguageView {
    lang: String,
    dir: &'static str,
    name: String,
    renderings: Vec<RenderingView>,
    examples: Vec<ExampleView>,
    more: u64,
    memory: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "terms.html")]
struct TermsPage<'a> {
    ui: &'a Ui,
    title: String,
    query: &'a str,
    lang: String,
    dir: &'static str,
    from: Vec<Choice>,
    to: Vec<Choice>,
    asked: bool,
    sentences: u64,
    languages: Vec<LanguageView>,
}

/// `/terms?q=&from=&to=`
pub(crate) fn terms(app: &App, asked: &Asked, ui: &Ui) -> Answer {
    let query = asked.parameter("q").unwrap_or("");
    if query.chars().count() > LONGEST {
        return Err(Failure::bad_request("the words are too many: a term has a few"));
    }
    app.with_store(|store| {
        let known = store.languages()?;
        let own = ui.locale.lang.primary();
        let default = known.iter().find(|l| l.primary() == own).or(known.first());
        let from = asked.parameter("from").map(LanguageTag::new).or_else(|| default.cloned());
        let from = from.unwrap_or(LanguageTag::UNDETERMINED);
        let to = asked.parameter("to").map(LanguageTag::new).filter(|to| *to != from);
        let found = if query.is_empty() {
            None
        } else {
            let index = app.index(store)?;
            let request = TermRequest { words: query.to_owned(), from: from.clone(), to: to.clone() };
            Some(look_up(store, &index, &request)?)
        };
        let choice = |chosen: Option<&LanguageTag>| {
            let choice = |l: &LanguageTag| Choice {
                tag: l.as_str().to_owned(),
                name: ui.language(l),
                chosen: chosen == Some(l),
            };
            known.iter().map(choice).collect::<Vec<_>>()
        };
        let dir = from.direction().as_str();
        html(
            StatusCode::OK,
            &TermsPage {
                ui,
                title: if query.is_empty() {
                    ui.t("terms-title")
                } else {
                    ui.with("terms-of", "words", query)
                },
                query,
                lang: from.as_str().to_owned(),
                dir,
                from: choice(Some(&from)),
                to: choice(to.as_ref()),
                asked: found.is_some(),
                sentences: found.as_ref().map_or(0, |f| f.sentences),
                languages: found
                    .map(|f| f.languages)
                    .unwrap_or_default()
                    .iter()
                    .map(|l| view(ui, l, &from, query))
                    .collect(),
            },
        )
    })
}

fn view(ui: &Ui, found: &TermUse, from: &LanguageTag, query: &str) -> LanguageView {
    let body = |name: &str| (!name.is_empty()).then(|| Text::new(name, None));
    let rendering = |r: &crate::terms::TermRendering| RenderingView {
        words: r.words.clone(),
        times: r.times,
        bodies: r.bodies.iter().map(|(name, n)| (body(name), *n)).collect(),
        years: r
            .years
            .iter()
            .map(|(year, n)| (if year.is_empty() { ui.t("undated") } else { ui.locale.digits(year) }, *n))
            .collect(),
    };
    let example = |e: &crate::terms::TermExample| {
        let own: Vec<_> = e.found.iter().map(|span| (*span, 1)).collect();
        let opposite: Vec<_> = e.rendering_span.iter().map(|span| (*span, 2)).collect();
        let href = e.code.parse::<SentenceCode>().map_or_else(
            |_| code_path(&e.code),
            |code| {
                let path = code_path(&code.version.to_string());
                format!(
                    "{path}?with={}&q={}#{}-{}",
                    found.lang,
                    encode(&format!("\"{query}\"")),
                    from,
                    code.n
                )
            },
        );
        ExampleView {
            href: ui.href(&href),
            code: e.code.clone(),
            date: e.date.as_deref().map(|d| ui.date(d)),
            issuer: e.issuer.as_ref().map(|i| Text::new(i, None)),
            own: pieces(&e.text, &own),
            opposite: pieces(&e.opposite, &opposite),
        }
    };
    LanguageView {
        lang: found.lang.as_str().to_owned(),
        dir: found.lang.direction().as_str(),
        name: ui.language(&found.lang),
        renderings: found.renderings.iter().map(rendering).collect(),
        examples: found.examples.iter().rev().take(MOST_EXAMPLES).map(example).collect(),
        more: u64::try_from(found.examples.len().saturating_sub(MOST_EXAMPLES)).unwrap_or(0),
        memory: found.memory.clone(),
    }
}
