//! What the archive's wording shows: its series, its formulas, what was said where.
//!
//! Made from the store alone. The formulas are kept there as they were last made and made anew when the archive is another;
//! the index that sentences are found by grows with it.

mod formulas;
mod redline;
mod reuse;
mod said;
mod series;

use std::collections::BTreeMap;

use diwan_model::LanguageTag;
use diwan_store::{Action, Store, StoreError, VersionRecord};
use diwan_wording::series as wording;

pub use formulas::{FormulaEntry, Formulas, Member, Variant, formulas};
pub use redline::redline_page;
pub(crate) use redline::{PassageView, Piece, passages};
pub use reuse::{CopyEntry, QuotationEntry, ReuseOf, reuse};
pub use said::{file_sentences, said};
pub use series::{RecallEntry, SeriesEntry, SeriesOf, StatementEntry, likenesses, series};

/// A statement as the wording of an archive is read from it.
#[derive(Debug, Clone)]
pub(crate) struct Loaded {
    pub(crate) code: String,
    pub(crate) title: Option<String>,
    pub(crate) lang: Option<LanguageTag>,
    pub(crate) date: Option<String>,
    pub(crate) issuer: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) decided: Option<String>,
    pub(crate) versions: Vec<VersionRecord>,
}

impl Loaded {
    pub(crate) fn source(&self) -> String {
        self.versions.first().map(|v| v.source.clone()).unwrap_or_default()
    }
}

/// Every statement with its shown versions, by code, and the series that people put them in.
pub(crate) fn load(store: &Store) -> Result<Vec<Loaded>, StoreError> {
    let mut decided: BTreeMap<String, Option<String>> = BTreeMap::new();
    for decision in store.history(None)? {
        if decision.counts && decision.subject_kind == "statement" && decision.field == "series" {
            let value = match decision.action {
                Action::Dismiss => Some(String::new()),
                Action::Undo => None,
                _ => decision.value,
            };
            decided.insert(decision.subject, value);
        }
    }
    let mut out = Vec::new();
    store.for_each_statement(|row, versions| {
        out.push(Loaded {
            decided: decided.get(row.code.as_str()).cloned().flatten(),
            code: row.code.to_string(),
            title: row.title.clone(),
            lang: row.lang.clone(),
            date: row.date.clone(),
            issuer: row.issuer.clone(),
            kind: row.r#type.clone(),
            versions: versions.to_vec(),
        });
        Ok::<(), StoreError>(())
    })?;
    Ok(out)
}

/// Statements as series are made of them.
pub(crate) fn as_given(all: &[Loaded]) -> Vec<wording::Statement> {
    all.iter()
        .map(|one| wording::Statement {
            code: one.code.clone(),
            date: one.date.clone(),
            source: one.source(),
            issuer: one.issuer.clone(),
            kind: one.kind.clone(),
            versions: one
                .versions
                .iter()
                .map(|version| wording::Version {
                    lang: version.lang.clone(),
                    title: version.title.clone().or_else(|| one.title.clone()),
                    sentences: version.sentences.iter().map(|s| s.text.clone()).collect(),
                })
                .collect(),
            decided: one.decided.clone(),
        })
        .collect()
}
