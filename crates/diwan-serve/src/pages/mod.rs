//! The pages: each takes what was asked, reads the archive, and fills its template.

mod capture;
mod decisions;
mod entities;
mod findings;
mod ledger;
mod lists;
mod map;
mod parallel;
mod search;
mod statement;
mod terms;
mod wording;

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::Failure;
use crate::app::{Answer, Asked};
use crate::ui::Ui;

pub(crate) use capture::{capture, capture_bytes};
pub(crate) use decisions::decisions;
pub(crate) use entities::{entities, entity};
pub(crate) use findings::findings;
pub(crate) use ledger::{chains, diary, ledger, timeline};
pub(crate) use lists::{home, list};
pub(crate) use map::map;
pub use parallel::parallel_rows;
pub(crate) use search::search;
pub(crate) use statement::statement;
pub(crate) use terms::terms;
pub(crate) use wording::{compare_page, formula, formulas, picture_file, said, series, series_list};

fn html(status: StatusCode, template: &impl Template) -> Answer {
    let body = template.render()?;
    Ok((status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response())
}

/// The page number asked for, from 1.
fn page_number(asked: &Asked) -> Result<u64, Failure> {
    match asked.parameter("page") {
        None => Ok(1),
        Some(text) => text
            .parse()
            .ok()
            .filter(|n| (1..=1_000_000).contains(n))
            .ok_or_else(|| Failure::bad_request("`page` is a number from 1")),
    }
}

/// A year asked for.
fn year(asked: &Asked) -> Result<Option<u16>, Failure> {
    match asked.parameter("year") {
        None => Ok(None),
        Some(text) => match text.parse() {
            Ok(year) if text.len() == 4 => Ok(Some(year)),
            _ => Err(Failure::bad_request("`year` is four digits")),
        },
    }
}

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage<'a> {
    ui: &'a Ui,
    title: String,
    hint: String,
    status: u16,
    detail: Option<&'a str>,
}

/// The page that says why there is no page.
pub(crate) fn failure(ui: &Ui, failure: &Failure) -> Result<Response, Failure> {
    let key = failure.key();
    html(
        failure.status,
        &FailurePage {
            ui,
            title: ui.t(key),
            hint: ui.t(&format!("{key}-hint")),
            status: failure.status.as_u16(),
            detail: failure.detail.as_deref(),
        },
    )
}
