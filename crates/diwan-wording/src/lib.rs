//! Wording: series of statements, what changed from one to the next, formulas and what is reused.
//!
//! *Invariant:* pure; takes values and iterators, knows neither store nor network; a comparison rebuilds both texts.
