//! Statements are tied to statements: translations linked, sentences aligned.

pub mod align;
pub mod sound;
