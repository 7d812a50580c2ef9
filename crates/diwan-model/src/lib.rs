//! The record model of Diwan: the words of the field as types.
//!
//! Every other crate speaks in these types, so that a value never changes its meaning on its way from the
//! bytes of a page to the page of the archive. Nothing here reads, writes, or asks the time.
//!
//! ```
//! use diwan_model::{Role, Span};
//! let text = "وزارة الخارجية";
//! let span = Span::new(text, 0, text.len()).expect("on boundaries");
//! assert_eq!(span.of(text), text);
//! assert_eq!(Role::SourceLink.as_str(), "source-link");
//! ```

mod capture;
mod code;
mod date;
mod entity;
mod exchange;
mod fact;
mod field;
mod finding;
mod language;
mod mention;
mod page;
mod reading;
mod record;
mod role;
mod span;
mod statement;

pub use capture::{Capture, CaptureHash, ParseHashError};
pub use code::{ArchiveCode, CodePattern, CodePatternError, SentenceCode, VersionCode};
pub use date::{Calendar, DatePrecision, DateValue, ParseDateValueError, PartialDate};
pub use entity::{Entity, RoleHeld, Spelling};
pub use exchange::{Exchange, ExchangeOrigin};
pub use fact::{Fact, FactSource};
pub use field::{Confidence, Field, Locus, Method};
pub use finding::{Finding, FindingKind, Quote, Severity};
pub use language::{Direction, LanguageTag};
pub use mention::{EntityKind, Mention, MentionForm, MentionPart};
pub use page::{Block, BlockMark, Link, LinkKind, Page, PageEvidence};
pub use reading::{Alternate, Reading};
pub use record::{ArchiveRecord, RecordDate};
pub use role::Role;
pub use span::Span;
pub use statement::{
    Authority, Meeting, MeetingFormat, OriginalAddress, Sentence, Statement, StatementDate, Version,
};
