//! The archive: one folder with `diwan.toml`, `diwan.db` and `captures/`.
//!
//! Captures are files named by their SHA-256 and never change. Everything else is in one SQLite database: what came
//! in and when, what the machine read, the statements with their codes, what people decided, and the custody log.
//! This crate holds the only SQL of the house, and the only reading of the clock ([`clock`]).
//!
//! *Invariant:* a capture never changes, a code is never given twice, a decision is never overwritten, and what was
//! written by one page is there whole or not at all.
//!
//! ```
//! use diwan_store::{Filter, Settings, Store};
//! let folder = tempfile::tempdir()?;
//! let store = Store::init(folder.path(), &Settings::named("An archive"))?;
//! assert!(store.statements(&Filter::default())?.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod alignment;
mod beads;
mod captures;
pub mod clock;
mod custody;
mod decide;
mod differences;
mod entities;
mod error;
mod facts;
mod furniture;
mod lexicon;
mod links;
mod log;
mod machine;
mod migrate;
mod origin;
mod phrases;
mod profiles;
mod put;
mod read;
mod records;
mod refresh;
mod settings;
mod store;
mod ties;
mod verify;
mod watch;
mod wording;

pub use alignment::{AlignmentRecord, AlignmentTask, BeadKey, NewAlignment, NewCorrection};
pub use beads::{BeadEdit, BeadRecord, BeadSide, Run};
pub use custody::CustodyEntry;
pub use decide::{
    AUTHORITIES, AUTHORITY_FILE, Action, BEADS, Decision, ENTITY_FIELDS, FINDING_STATUS, Fingerprint,
    NewDecision, STATEMENT_FIELDS, Subject, VERSION_FIELDS,
};
pub use differences::{Difference, DifferenceQuote, DifferenceTask};
pub use entities::{MentionRow, Neighbour};
pub use error::{ErrorKind, Result, StoreError};
pub use facts::{DiaryNote, FACT_FIELDS, FactFilter, FactRecord, FactStatus, fact_id};
pub use furniture::{FurnitureDecision, FurnitureRecord, NewFurniture};
pub use lexicon::{LexiconState, MemoryUnit, WordPair};
pub use links::{LinkEvidence, LinkRecord};
pub use log::{IntakeEntry, Outcome};
pub use origin::{ExchangeRecord, NoteRecord};
pub use phrases::WatchedPhrase;
pub use profiles::{ProfiledVersion, Unprofiled};
pub use put::{Candidate, NewStatement, PageWriter, Placement};
pub use records::{
    CaptureRecord, Counts, Filter, FindingRecord, FindingStatus, MachineValue, QuoteRecord, SentenceRecord,
    ShownField, StatementGroup, StatementRecord, StatementRow, VersionRecord, VersionRow,
};
pub use settings::Settings;
pub use store::Store;
pub use ties::{BELONGS, LinkKey, NewJoin};
pub use verify::{Damage, Verification};
pub use watch::WatchRecord;
pub use wording::{FiledSentence, FiledVersion, UnfiledVersion};
