//! What went wrong, for people and for scripts: a kind, a sentence, a hint. The kind sets the exit code, here and nowhere else.

use std::fmt;
use std::process::ExitCode;

use diwan_store::{ErrorKind, StoreError};

use crate::output;

/// What kind of thing went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What was handed in cannot be used.
    Input,
    /// The command line does not make sense.
    Usage,
    /// There is no such thing.
    NotFound,
    /// It clashes with what is there, or with someone else at work.
    Conflict,
    /// The archive is damaged, or the machine failed.
    Damaged,
    /// The person stopped it.
    Interrupted,
}

impl Kind {
    /// The exit code, as documented in `docs/archive.md`.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Input => 1,
            Self::Usage => 2,
            Self::NotFound => 3,
            Self::Conflict => 4,
            Self::Damaged => 5,
            Self::Interrupted => 130,
        }
    }
}

/// An error with its kind and hint.
#[derive(Debug)]
pub(crate) struct Failure {
    kind: Kind,
    message: String,
    hint: Option<String>,
}

impl Failure {
    /// An error; `message` is a sentence without its stop.
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: None }
    }

    /// What can be done about it.
    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

/// Says what went wrong and gives the exit code. Whoever reads standard output and has read enough (`| head`) is no error.
pub(crate) fn report(error: &anyhow::Error) -> ExitCode {
    let broken = |cause: &(dyn std::error::Error + 'static)| {
        let io = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(std::io::ErrorKind::BrokenPipe)
    };
    if error.chain().any(broken) {
        return ExitCode::SUCCESS;
    }
    let (kind, hint) = sort(error);
    let told = told(error);
    if !told.is_empty() {
        output::say(&format!("diwan: {told}"));
    }
    if let Some(hint) = hint {
        output::say(&format!("hint: {hint}"));
    }
    ExitCode::from(kind.code())
}

/// The error and its causes, each once: many an error repeats its cause in its own words.
fn told(error: &anyhow::Error) -> String {
    let mut out = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if !out.contains(&cause) {
            out.push_str(if out.is_empty() { "" } else { ": " });
            out.push_str(&cause);
        }
    }
    out
}

fn sort(error: &anyhow::Error) -> (Kind, Option<String>) {
    for cause in error.chain() {
        if let Some(failure) = cause.downcast_ref::<Failure>() {
            return (failure.kind, failure.hint.clone());
        }
        if let Some(error) = cause.downcast_ref::<StoreError>() {
            let kind = match error.kind() {
                ErrorKind::Input => Kind::Input,
                ErrorKind::NotFound => Kind::NotFound,
                ErrorKind::Conflict => Kind::Conflict,
                ErrorKind::Damaged => Kind::Damaged,
            };
            return (kind, error.hint());
        }
        if let Some(error) = cause.downcast_ref::<std::io::Error>() {
            let absent = error.kind() == std::io::ErrorKind::NotFound;
            return (if absent { Kind::NotFound } else { Kind::Input }, None);
        }
    }
    (Kind::Input, None)
}
