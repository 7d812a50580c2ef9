//! The day on which a page was published, from everything on it that tells a day.
//!
//! Each piece of evidence — a meta tag, structured data, a `<time>`, the address, a date beside the heading, a key in a
//! script — is of a kind and votes for a day; votes of different kinds for one day add up ([`weigh`]). How much a kind
//! weighs was learnt from pages whose day is known (`data/published.weights.toml`, tool `train-published`). The names
//! that publishing systems use are data (`data/published.toml`).

mod clock;
mod day;
mod evidence;
pub mod weigh;

pub use day::{Day, machine_day};
pub(crate) use evidence::witnesses;
pub use evidence::{Kind, Witness};

/// The evidence of an HTML page, for learning and measuring.
pub fn evidence(bytes: &[u8], address: Option<&str>) -> Vec<Witness> {
    let decoded = crate::decode(bytes, None, true);
    let tree = crate::html::parse(&decoded.text);
    let rated = crate::main_text::Prepared::new(&tree, address).rate();
    let lang = crate::article::language(&rated.text(), None);
    witnesses(&tree, &rated.around(), address, &lang)
}
