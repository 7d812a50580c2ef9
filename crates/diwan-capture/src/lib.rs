//! Sources become captures: files, folders, archives, lists and addresses.
//!
//! [`Gathering`] takes everything that was handed in and gives pages, one after the other, in little memory; [`load`] puts the
//! bytes of a file at hand. [`Fetcher`] is the one client of the house. Nothing fails as a whole: what cannot be had is a
//! [`Refusal`] with its reason, and the rest goes on. `docs/capture.md` says what is taken and what is refused.
//!
//! *Invariant:* the only reader of sources and the only outbound client; what cannot be read is refused with a reason, never
//! passed over in silence; an address inside a network is not reached unless told to.

#![expect(clippy::result_large_err, reason = "a refusal carries as much as the source that it stands for")]

mod container;
mod fetch;
mod folder;
mod gather;
mod manifest;
mod media;
mod source;

pub use container::list_of;
pub use fetch::{AGENT, Conditions, FetchOptions, FetchOutcome, Fetched, Fetcher, Fetching, Guard, Job};
pub use folder::{load, sources};
pub use gather::{GatherOptions, Gathering, Given};
pub use media::agree;
pub use source::{Content, Locator, Mark, Refusal, Source};
