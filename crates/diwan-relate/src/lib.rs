//! Statements are tied to statements: translations linked, sentences aligned.
//!
//! Translations are tied by addresses: those that name the same original, and the original itself, are versions of one
//! statement ([`place`]). Addresses are compared in one normal form ([`AddressKey`]).
//!
//! *Invariant:* takes values and iterators, knows neither store nor network, so that a cluster can call it.

pub mod align;
pub mod differ;
pub mod link;
pub mod sound;
pub mod terms;

mod address;
mod place;

pub use address::AddressKey;
pub use place::{Conflict, Incoming, Known, Tie, TiedPlacement, place};
