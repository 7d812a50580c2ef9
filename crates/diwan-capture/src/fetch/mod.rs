//! The only outbound client of the house: polite, bounded, and watched.
//!
//! [`Fetcher`] fetches one page, [`Fetching`] many at once, a host one at a time.

mod client;
mod guard;
mod pace;
mod queue;

pub use client::{AGENT, Conditions, FetchOptions, FetchOutcome, Fetched, Fetcher};
pub use guard::Guard;
pub use queue::{Fetching, Job};
