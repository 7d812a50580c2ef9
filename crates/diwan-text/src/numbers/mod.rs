//! Numbers in running text.

pub(crate) mod data;
pub(crate) mod fold;
pub(crate) mod lexicon;
pub(crate) mod token;
pub(crate) mod words;

use diwan_model::{LanguageTag, Span};

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NumberKind {
    /// How many.
    Cardinal,
    /// Which in a row.
    Ordinal,
    /// Per cent.
    Percent,
    /// With a currency.
    Money,
    /// With a unit.
    Quantity,
}

/// How a number is hedged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Hedge {
    /// "about", "some".
    About,
    /// "nearly".
    Nearly,
    /// "more than", "over".
    MoreThan,
    /// "less than", "under".
    LessThan,
    /// "at least".
    AtLeast,
    /// "at most", "up to".
    AtMost,
}

/// A number as printed.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberMention {
    /// Where it stands, with its unit and hedge.
    pub span: Span,
    /// Its value.
    pub value: f64,
    /// What it counts.
    pub kind: NumberKind,
    /// How it is hedged.
    pub hedge: Option<Hedge>,
    /// ISO 4217 currency or unit, where said.
    pub unit: Option<String>,
}

/// The numbers of `text` in order.
pub fn find_numbers(text: &str, lang: &LanguageTag) -> Vec<NumberMention> {
    let _ = (text, lang);
    Vec::new()
}
