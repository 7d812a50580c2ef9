//! What can go wrong: with the server, and with one request.

use axum::http::StatusCode;
use diwan_search::SearchError;
use diwan_store::{ErrorKind, StoreError};

/// Why the server could not start or go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// No port could be had.
    #[error("the address `{0}` cannot be used: {1}")]
    Address(std::net::SocketAddr, std::io::Error),
    /// The connection failed.
    #[error("the server stopped: {0}")]
    Stopped(#[from] std::io::Error),
    /// The archive failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The search index failed.
    #[error(transparent)]
    Search(#[from] SearchError),
}

/// Why a request was not answered with what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The HTTP status.
    pub status: StatusCode,
    /// One sentence in English that says more, where there is more to say.
    pub detail: Option<String>,
}

impl Failure {
    /// There is no such thing.
    pub fn not_found() -> Self {
        Self { status: StatusCode::NOT_FOUND, detail: None }
    }

    /// What was asked cannot be read.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, detail: Some(detail.into()) }
    }

    /// It is not allowed.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self { status: StatusCode::FORBIDDEN, detail: Some(detail.into()) }
    }

    /// The machine failed. The detail is for the log, not for the page.
    pub fn internal() -> Self {
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, detail: None }
    }

    /// Key of the words for it in the interface.
    pub fn key(&self) -> &'static str {
        match self.status {
            StatusCode::NOT_FOUND => "error-not-found",
            StatusCode::BAD_REQUEST => "error-bad-request",
            StatusCode::FORBIDDEN => "error-forbidden",
            StatusCode::CONFLICT => "error-conflict",
            _ => "error-internal",
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let (status, detail) = match error.kind() {
            ErrorKind::Input => (StatusCode::BAD_REQUEST, Some(error.to_string())),
            ErrorKind::NotFound => (StatusCode::NOT_FOUND, Some(error.to_string())),
            ErrorKind::Conflict => (StatusCode::CONFLICT, None),
            ErrorKind::Damaged => (StatusCode::INTERNAL_SERVER_ERROR, None),
        };
        Self { status, detail }
    }
}

impl From<SearchError> for Failure {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Busy(_) => Self { status: StatusCode::CONFLICT, detail: None },
            _ => Self::internal(),
        }
    }
}

impl From<askama::Error> for Failure {
    fn from(_: askama::Error) -> Self {
        Self::internal()
    }
}

impl From<ServeError> for Failure {
    fn from(error: ServeError) -> Self {
        match error {
            ServeError::Store(error) => error.into(),
            ServeError::Search(error) => error.into(),
            ServeError::Address(..) | ServeError::Stopped(_) => Self::internal(),
        }
    }
}
