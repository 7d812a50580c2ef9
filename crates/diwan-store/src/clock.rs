//! The one place where the time is read.
//!
//! `DIWAN_NOW` (RFC 3339, `2026-01-31T09:00:00Z`) stops the clock, so that demonstrations and tests give the
//! same bytes each time.

use jiff::{Timestamp, Unit};

/// The environment variable that stops the clock.
pub const VARIABLE: &str = "DIWAN_NOW";

/// `DIWAN_NOW` does not hold a time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{VARIABLE}` is `{0}`, which is not a time like `2026-01-31T09:00:00Z`")]
pub struct ClockError(String);

/// Says whether `DIWAN_NOW`, where it is set, holds a time. A program asks once, before anything else.
pub fn check() -> Result<(), ClockError> {
    match std::env::var(VARIABLE) {
        Ok(text) if text.parse::<Timestamp>().is_err() => Err(ClockError(text)),
        _ => Ok(()),
    }
}

/// The time now, to the second; `DIWAN_NOW` where that is set and holds a time.
pub fn now() -> Timestamp {
    let stopped = std::env::var(VARIABLE).ok().and_then(|text| text.parse().ok());
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    let now: Timestamp = stopped.unwrap_or_else(Timestamp::now);
    now.round(Unit::Second).unwrap_or(now)
}

/// The time now as the archive writes it: `2026-01-31T09:00:00Z`.
pub fn now_text() -> String {
    now().to_string()
}
