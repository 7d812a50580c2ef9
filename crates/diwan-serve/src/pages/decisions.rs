//! What people decided.

use askama::Template;
use axum::http::StatusCode;
use diwan_store::{Action, BeadKey, Decision, LinkKey};

use super::{html, page_number};
use crate::app::{Answer, App, Asked};
use crate::ui::Ui;
use crate::view::{Pages, Text, code_path};

/// Decisions on a page.
const ON_A_PAGE: usize = 50;

/// A decision in a list.
pub(crate) struct DecisionView {
    pub(crate) id: i64,
    pub(crate) subject: String,
    pub(crate) href: Option<String>,
    pub(crate) field: String,
    pub(crate) action: String,
    pub(crate) value: Option<Text>,
    pub(crate) who: String,
    pub(crate) at: String,
    pub(crate) day: String,
    pub(crate) why: Option<String>,
    /// "Decision 3", where it takes one back.
    pub(crate) undoes: Option<String>,
    pub(crate) counts: bool,
    pub(crate) can_be_undone: bool,
}

impl DecisionView {
    pub(crate) fn new(ui: &Ui, decision: &Decision) -> Self {
        let number =
            |id: i64| ui.locale.with("decision-number", &[("n", &ui.locale.digits(&id.to_string()))]);
        Self {
            id: decision.id,
            href: href(ui, decision),
            subject: subject(decision),
            field: ui.t(&format!("field-{}", decision.field)),
            action: ui.t(&format!("action-{}", decision.action.as_str())),
            value: decision
                .value
                .as_ref()
                .filter(|_| {
                    decision.action == Action::Correct
                        && decision.subject_kind != "bead"
                        && decision.field != "fact"
                        && decision.field != "authorities"
                })
                .map(|v| Text::new(v, None)),
            who: decision.who.clone(),
            day: ui.date(&decision.at),
            at: decision.at.clone(),
            why: decision.why.clone(),
            undoes: decision.undoes.map(number),
            counts: decision.counts,
            can_be_undone: ui.editor.is_some() && decision.counts && decision.action != Action::Undo,
        }
    }
}

/// Where what was decided about is shown.
fn href(ui: &Ui, decision: &Decision) -> Option<String> {
    match decision.subject_kind.as_str() {
        "finding" | "fact" | "entity" => None,
        "bead" => {
            let key: BeadKey = decision.subject.parse().ok()?;
            let (path, n) = (code_path(&key.source.to_string()), key.source_run.first);
            Some(ui.href(&format!("{path}?with={}#{}-{n}", key.target, key.source.lang)))
        }
        "link" => {
            let key: LinkKey = decision.subject.parse().ok()?;
            Some(ui.href(&code_path(key.statement.as_str())))
        }
        _ => Some(ui.href(&code_path(&decision.subject))),
    }
}

/// `DW/2021/000123-en/3–4 ↔ fa/3` for beads, the code for all else.
fn subject(decision: &Decision) -> String {
    let run = |run: diwan_store::Run| match run.count {
        0 => "–".to_owned(),
        1 => run.first.to_string(),
        _ => format!("{}–{}", run.first, run.end() - 1),
    };
    match decision.subject.parse::<BeadKey>() {
        Ok(key) if decision.subject_kind == "bead" => {
            format!("{}/{} ↔ {}/{}", key.source, run(key.source_run), key.target, run(key.target_run))
        }
        _ => match decision.subject.parse::<LinkKey>() {
            Ok(key) if decision.subject_kind == "link" => {
                let page: String = key.capture.to_string().chars().take(8).collect();
                format!("{} ↔ {page}", key.statement)
            }
            _ => decision.subject.clone(),
        },
    }
}

#[derive(Template)]
#[template(path = "decisions.html")]
struct DecisionsPage<'a> {
    ui: &'a Ui,
    decisions: Vec<DecisionView>,
    pages: Option<Pages>,
}

/// `/decisions?page=`
pub(crate) fn decisions(app: &App, asked: &Asked, ui: &Ui) -> Answer {
    let page = page_number(asked)?;
    let all = app.with_store(|store| Ok(store.history(None)?))?;
    let skip = usize::try_from(page - 1).unwrap_or(usize::MAX).saturating_mul(ON_A_PAGE);
    html(
        StatusCode::OK,
        &DecisionsPage {
            ui,
            decisions: all
                .iter()
                .rev()
                .skip(skip)
                .take(ON_A_PAGE)
                .map(|d| DecisionView::new(ui, d))
                .collect(),
            pages: Pages::new(ui, page, u64::try_from(all.len().div_ceil(ON_A_PAGE)).unwrap_or(u64::MAX)),
        },
    )
}
