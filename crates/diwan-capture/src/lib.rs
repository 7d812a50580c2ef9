//! Files and folders become sources of captures.
//!
//! [`sources`] lists what was handed in, [`load`] gives the bytes of one. Neither fails as a whole: what cannot be had is
//! a [`Refusal`] with its reason, and the rest goes on.
//!
//! *Invariant:* the only reader of sources; what cannot be read is refused with a reason, never passed over in silence.

mod manifest;
mod media;
mod sources;

pub use media::refine;
pub use sources::{Refusal, Source, load, sources};
