//! Where else a sentence was said, and the marks beside those that are formulas.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use diwan_model::SentenceCode;

use super::formulas::uses;
use crate::Failure;
use crate::app::{Answer, App, Asked};
use crate::pages::html;
use crate::ui::{Ui, encode};
use crate::view::{Text, code_path};
use crate::wording::Formulas;

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
        // An archive of an older layout is filed when it is first asked.
        crate::wording::file_sentences(store)?;
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
pub(in crate::pages) fn marks(
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
