//! Wording: series of statements, what changed from one to the next, formulas and what is reused.
//!
//! [`redline`] compares two texts, sentence by sentence and then word by word. [`near`] finds sentences that say nearly
//! the same, in millions or one at a time. [`formula`] makes families of them: the stock sentences of a series, with their
//! variants in time and in every language, apart from the furniture of sites. [`series`] puts statements of one body and
//! kind in order. [`reuse`] tells copies and quotations from their source; [`watch`] tells whether a phrase still stands.
//!
//! *Invariant:* pure; takes values and iterators, knows neither store nor network; a comparison rebuilds both texts.

pub mod formula;
pub mod near;
pub mod redline;
pub mod reuse;
pub mod series;
mod text;
pub mod watch;

pub use text::{Blindness, Document, WordToken, fingerprint, word_keys};
