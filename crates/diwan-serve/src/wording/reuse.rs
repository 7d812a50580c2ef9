//! What one statement of the archive took from another, word for word.

use diwan_store::{Store, StoreError};
use diwan_wording::reuse::{self as wording, Text};
use diwan_wording::series::day_of;
use serde::Serialize;

use super::load;

/// A version most of which stands in a version of another statement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CopyEntry {
    /// The copy.
    pub copy: String,
    /// Where it was taken from.
    pub source: String,
    /// Share of the copy's words that stand in the source, 0 to 1.
    pub share: f32,
}

/// Words between quotation marks that stand in an earlier statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuotationEntry {
    /// The sentence that quotes.
    pub sentence: String,
    /// What it quotes.
    pub text: String,
    /// The sentence that is quoted.
    pub source: String,
}

/// Copies and quotations.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ReuseOf {
    /// Copies, each with its source.
    pub copies: Vec<CopyEntry>,
    /// Quotations, each with its origin.
    pub quotations: Vec<QuotationEntry>,
}

/// Looks for copies and quotations over the whole archive.
///
/// # Errors
/// Whatever the store says.
pub fn reuse(store: &Store) -> Result<ReuseOf, StoreError> {
    let loaded = load(store)?;
    let mut texts = Vec::new();
    let mut versions = Vec::new();
    for (k, one) in loaded.iter().enumerate() {
        for version in &one.versions {
            texts.push(Text {
                statement: k,
                lang: &version.lang,
                sentences: version.sentences.iter().map(|s| s.text.as_str()).collect(),
                day: day_of(one.date.as_deref(), &version.source).map(|day| day.number()),
                official: one.issuer.is_some(),
            });
            versions.push(version);
        }
    }
    let found = wording::reuse(&texts);
    let version = |k: usize| versions.get(k).map(|v| v.code.clone()).unwrap_or_default();
    let sentence = |k: usize, n: usize| versions.get(k).and_then(|v| v.sentences.get(n));
    Ok(ReuseOf {
        copies: found
            .copies
            .iter()
            .map(|c| CopyEntry { copy: version(c.copy), source: version(c.source), share: c.share })
            .collect(),
        quotations: found
            .quotations
            .iter()
            .filter_map(|q| {
                let quoting = sentence(q.text, q.sentence)?;
                Some(QuotationEntry {
                    sentence: quoting.code.clone(),
                    text: q.span.of(&quoting.text).to_owned(),
                    source: sentence(q.source, q.source_sentence)?.code.clone(),
                })
            })
            .collect(),
    })
}
