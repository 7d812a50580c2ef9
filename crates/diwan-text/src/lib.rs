//! Reading any script.
//!
//! Everything here is pure: the same input and method version give the same output, and every result maps back
//! to characters of the printed text. Knowledge of languages lives in `data/<lang>/`, not in the code.

pub mod dates;
pub mod language;
pub mod names;
pub mod normal;
pub mod numbers;
pub mod script;
pub mod sentences;
pub mod stem;
pub mod words;
pub mod zwnj;
