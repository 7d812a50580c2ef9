//! The ledger: who is mentioned, which entity that is, and what is stated of it, each resting on its sentence.
//!
//! *Invariant:* pure; every mention and every fact points to characters of the text; cue words and rules are data.

pub mod chains;
pub mod entities;
pub mod facts;
mod findings;
mod mentions;

pub use findings::findings;
pub use mentions::{find, mentions};
