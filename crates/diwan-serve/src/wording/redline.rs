//! A comparison as pieces for a page, and as a page of its own that needs nothing else.

use askama::Template;
use diwan_model::LanguageTag;
use diwan_wording::redline::{Change, OperationKind, Passage, Redline};

/// A run of words as a page shows it.
pub(crate) struct Piece {
    /// `same`, `gone`, `come`, `was` (moved away), `is` (moved here).
    pub(crate) class: &'static str,
    pub(crate) text: String,
    /// The space behind it.
    pub(crate) space: String,
}

/// A passage as a page shows it.
pub(crate) struct PassageView {
    pub(crate) change: &'static str,
    /// Anchor.
    pub(crate) id: String,
    /// Where the other text has it, for a moved one.
    pub(crate) elsewhere: Option<String>,
    pub(crate) before: String,
    pub(crate) after: String,
    pub(crate) pieces: Vec<Piece>,
}

/// The passages of a comparison, for a page. `digits` writes numbers.
pub(crate) fn passages(redline: &Redline, digits: impl Fn(usize) -> String) -> Vec<PassageView> {
    let numbers = |list: &[usize]| list.iter().map(|n| digits(*n)).collect::<Vec<_>>().join("+");
    redline
        .passages
        .iter()
        .enumerate()
        .map(|(k, passage)| PassageView {
            change: passage.change.as_str(),
            id: format!("p{k}"),
            elsewhere: passage.elsewhere.map(|other| format!("#p{other}")),
            before: numbers(&passage.before),
            after: numbers(&passage.after),
            pieces: pieces(passage),
        })
        .collect()
}

fn pieces(passage: &Passage) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut put = |class, text: &Option<String>| {
        if let Some(text) = text {
            let inner = text.trim_end();
            let space = if inner.len() < text.len() { " " } else { "" };
            out.push(Piece { class, text: inner.trim_start().to_owned(), space: space.to_owned() });
        }
    };
    for operation in &passage.operations {
        match operation.op {
            OperationKind::Equal => put("same", &operation.after),
            OperationKind::Move => {
                put("was", &operation.before);
                put("is", &operation.after);
            }
            _ => {
                put("gone", &operation.before);
                put("come", &operation.after);
            }
        }
    }
    if passage.change == Change::New || passage.change == Change::Dropped {
        // One piece each: nothing inside them stayed.
        out.retain(|piece| !piece.text.is_empty());
    }
    out
}

#[derive(Template)]
#[template(path = "redline.html")]
struct RedlinePage<'a> {
    lang: &'a str,
    dir: &'static str,
    before: &'a str,
    after: &'a str,
    summary: String,
    passages: Vec<PassageView>,
}

/// A comparison as one web page with its styles inside, for keeping and sending.
///
/// # Errors
/// Where the page cannot be written, which does not happen.
pub fn redline_page(
    before: &str,
    after: &str,
    lang: &LanguageTag,
    redline: &Redline,
) -> Result<String, askama::Error> {
    RedlinePage {
        lang: lang.as_str(),
        dir: lang.direction().as_str(),
        before,
        after,
        summary: redline.summary.to_string(),
        passages: passages(redline, |n| n.to_string()),
    }
    .render()
}
