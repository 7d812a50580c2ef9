//! The subcommands, a file each.

pub(crate) mod add;
pub(crate) mod align;
pub(crate) mod decide;
pub(crate) mod demo;
pub(crate) mod entities;
pub(crate) mod export;
pub(crate) mod export_warc;
pub(crate) mod extract;
pub(crate) mod findings;
pub(crate) mod import;
pub(crate) mod init;
pub(crate) mod ledger;
pub(crate) mod links;
pub(crate) mod list;
pub(crate) mod parallel;
pub(crate) mod read;
pub(crate) mod reprocess;
pub(crate) mod search;
pub(crate) mod serve;
pub(crate) mod show;
pub(crate) mod terms;
pub(crate) mod text;
pub(crate) mod verify;
pub(crate) mod watch;
