//! What was asked of a server and what it answered, as the evidence beside a capture.

use serde::{Deserialize, Serialize};

/// How an exchange became known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExchangeOrigin {
    /// Fetched by Diwan itself.
    Fetched,
    /// Told by a web archive (WARC, WACZ) that was handed in.
    Archive,
}

impl ExchangeOrigin {
    /// Its spelling in the database and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fetched => "fetched",
            Self::Archive => "archive",
        }
    }
}

/// One request and its response. A page that was reached over redirects has one for each step, in order.
///
/// The heads are kept as they went over the wire: first line, then a header a line, each ended by CR LF, without the empty
/// line. Bytes above ASCII stand as the characters of the same number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// The address that was asked for, whole.
    pub address: String,
    /// When, RFC 3339 in UTC; unknown where an archive does not say.
    pub at: Option<String>,
    /// The head of the request; empty where an archive does not have it.
    pub request: String,
    /// The head of the response.
    pub response: String,
    /// The status of the response, 100 to 599.
    pub status: u16,
    /// The network address that answered, where known.
    pub peer: Option<String>,
    /// The body, decoded, where it is not a capture of its own: redirects, `robots.txt`, answers that were refused.
    #[serde(skip)]
    pub body: Vec<u8>,
    /// The digest of the body as an archive states it (`sha1:…`): what its later records refer to.
    pub digest: Option<String>,
    /// How it became known.
    pub origin: ExchangeOrigin,
}

impl Exchange {
    /// The first header of that name in the response, whatever its case, without white space round it.
    ///
    /// ```
    /// use diwan_model::{Exchange, ExchangeOrigin};
    /// let exchange = Exchange {
    ///     address: "https://ministry.example/".to_owned(),
    ///     at: None,
    ///     request: String::new(),
    ///     response: "HTTP/1.1 200 OK\r\nETag: \"a\"\r\n".to_owned(),
    ///     status: 200,
    ///     peer: None,
    ///     body: Vec::new(),
    ///     digest: None,
    ///     origin: ExchangeOrigin::Fetched,
    /// };
    /// assert_eq!(exchange.response_header("etag"), Some("\"a\""));
    /// ```
    pub fn response_header(&self, name: &str) -> Option<&str> {
        self.response.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.trim().eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}
