//! The subcommands, a file each.

pub(crate) mod align;
pub(crate) mod read;
pub(crate) mod text;
