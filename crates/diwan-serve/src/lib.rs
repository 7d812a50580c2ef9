//! The web archive: pages in four languages, made on the server, for which no script is needed.
//!
//! One [`App`] answers every request from the store and the search index. Reading never changes anything; a person's
//! decisions go through the store's one mechanism, by POST, from this machine alone, and only where the archive was
//! opened for editing.
//!
//! *Invariant:* a captured page never runs: its bytes are given as plain text or as a file, under a policy that
//! allows nothing.

mod app;
mod assets;
pub mod authorities;
mod edit;
mod failure;
pub mod indexing;
mod ledger_table;
mod light;
mod locale;
mod pages;
mod picture;
mod pictures;
mod server;
pub mod terms;
mod ui;
mod view;
pub mod wording;

pub use app::{AfterDecision, App, AppOptions};
pub use failure::{Failure, ServeError};
pub use ledger_table::ledger_table;
pub use locale::{Locale, sources};
pub use pages::parallel_rows;
pub use server::{bind, run, serve};
pub use wording::redline_page;
