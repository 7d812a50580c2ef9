//! The subcommands, a file each.

pub(crate) mod align;
pub(crate) mod text;
