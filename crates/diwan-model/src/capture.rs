//! Bytes as they were fetched or handed in.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The SHA-256 of a capture's bytes, which is its identity. Written as 64 lower-case hexadecimal digits.
///
/// ```
/// use diwan_model::CaptureHash;
/// let hash = CaptureHash::of(b"");
/// assert!(hash.to_string().starts_with("e3b0c442"));
/// assert_eq!(hash.to_string().parse(), Ok(hash));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaptureHash([u8; 32]);

/// A text that is not 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a SHA-256: 64 hexadecimal digits are expected")]
pub struct ParseHashError(String);

impl CaptureHash {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for CaptureHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for CaptureHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::str::FromStr for CaptureHash {
    type Err = ParseHashError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fail = || ParseHashError(text.chars().take(80).collect());
        if text.len() != 64 || !text.is_ascii() {
            return Err(fail());
        }
        let mut out = [0; 32];
        for (k, byte) in out.iter_mut().enumerate() {
            let pair = text.get(2 * k..2 * k + 2).ok_or_else(fail)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| fail())?;
        }
        Ok(Self(out))
    }
}

impl Serialize for CaptureHash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CaptureHash {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for CaptureHash {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Sha256".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "pattern": "^[0-9a-f]{64}$"})
    }
}

/// What is known of some bytes as they came in. The bytes themselves are kept by the store and never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Capture {
    /// Identity: the hash of the bytes.
    pub sha256: CaptureHash,
    /// Media type without parameters (`text/html`), as declared or as recognised.
    pub media_type: String,
    /// Number of bytes.
    pub bytes: u64,
    /// The address the bytes came from, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The file they were read from, as the user named it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The character encoding that the transport declared, where it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_encoding: Option<String>,
}
