//! Fetching one page: robots, redirects, caps, and everything that was said kept.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use diwan_formats::http::{BodyError, ContentType, Head, decode, read_limited};
use diwan_formats::robots::{self, Robots};
use diwan_model::{Exchange, ExchangeOrigin};
use ureq::Agent;
use ureq::http::{HeaderMap, Request, Response, Version};
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use super::guard::{Forbidden, Guard, GuardedResolver};
use super::pace::Pace;

/// The name by which sites may speak of Diwan in `robots.txt`.
pub const AGENT: &str = "diwan";

/// The most bytes that are kept of a body that is no page.
const MAX_SMALL_BODY: u64 = 64 << 10;

/// How many redirects are followed.
const MAX_REDIRECTS: usize = 10;

/// How fetching is done.
#[derive(Debug, Clone)]
pub struct FetchOptions {
    /// Who may be reached.
    pub guard: Guard,
    /// The largest page, unpacked, in bytes.
    pub max_bytes: u64,
    /// How long one request may take, from the look-up of the name to the last byte.
    pub timeout: Duration,
    /// How far apart two requests to one host are, at least. What `robots.txt` asks counts where it is longer, up to a minute.
    pub delay: Duration,
    /// How long to wait for a server that asks for patience (`Retry-After`) before the page is refused.
    pub patience: Duration,
    /// How many hosts are asked at once.
    pub jobs: usize,
    /// The time now, RFC 3339 in UTC.
    pub now: fn() -> String,
}

impl FetchOptions {
    /// What a polite program does: a second between requests to a host, half a minute for a page, 64 MiB, eight hosts at
    /// once, half a minute of patience.
    pub fn new(now: fn() -> String) -> Self {
        Self {
            guard: Guard::default(),
            max_bytes: 64 << 20,
            timeout: Duration::from_secs(30),
            delay: Duration::from_secs(1),
            patience: Duration::from_secs(30),
            jobs: 8,
            now,
        }
    }
}

/// What is known of a page from the last time, so that a server can say that it is the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conditions {
    /// The `ETag` of then.
    pub etag: Option<String>,
    /// The `Last-Modified` of then.
    pub last_modified: Option<String>,
}

/// What came of fetching.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FetchOutcome {
    /// A page.
    Page {
        /// Decoded: without chunks and compression.
        bytes: Vec<u8>,
        /// The media type that the server declared.
        media_type: Option<String>,
        /// The encoding that the server declared.
        charset: Option<String>,
    },
    /// The server says that it is as it was.
    NotModified,
    /// It is not to be had.
    Refused(String),
}

/// A fetched page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Where it was in the end, after redirects.
    pub address: String,
    /// Every request and response, in order; the last one is the page's own.
    pub exchanges: Vec<Exchange>,
    /// What came of it.
    pub outcome: FetchOutcome,
}

/// Fetches pages. Shared by threads.
#[derive(Debug)]
pub struct Fetcher {
    agent: Agent,
    options: FetchOptions,
    pub(crate) pace: Pace,
    robots: Mutex<HashMap<String, Rules>>,
}

/// What a site says to us.
#[derive(Debug, Clone)]
enum Rules {
    Read(Arc<Robots>),
    /// They cannot be had, so nothing is fetched.
    Unreachable(String),
}

/// A page that will not be had, and why.
struct Refused(String);

struct Answer {
    exchange: Exchange,
    head: Head,
    raw: Vec<u8>,
    /// Why the body is not whole.
    fault: Option<BodyError>,
}

impl Fetcher {
    /// A fetcher with nothing known.
    pub fn new(options: FetchOptions) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A proxy would resolve names itself, behind the guard's back.
            .proxy(None)
            .timeout_global(Some(options.timeout))
            .timeout_connect(Some(options.timeout.min(Duration::from_secs(15))))
            .max_response_header_size(64 << 10)
            .max_idle_connections(options.jobs)
            .build();
        let resolver = GuardedResolver::new(Arc::new(options.guard.clone()));
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Self { agent, options, pace: Pace::default(), robots: Mutex::default() }
    }

    /// How it fetches.
    pub fn options(&self) -> &FetchOptions {
        &self.options
    }

    /// Fetches a page. Never fails: what went wrong is a refusal with its reason.
    pub fn fetch(&self, address: &str, conditions: &Conditions) -> Fetched {
        let mut exchanges = Vec::new();
        let mut at = address.to_owned();
        let outcome = match self.follow(&mut at, conditions, &mut exchanges) {
            Ok(outcome) => outcome,
            Err(Refused(reason)) => FetchOutcome::Refused(reason),
        };
        Fetched { address: at, exchanges, outcome }
    }

    fn follow(
        &self,
        at: &mut String,
        conditions: &Conditions,
        exchanges: &mut Vec<Exchange>,
    ) -> Result<FetchOutcome, Refused> {
        let mut url = parse(at)?;
        let mut patience = self.options.patience;
        let mut redirects = 0;
        loop {
            *at = url.to_string();
            self.ask_robots(&url, exchanges)?;
            let answer = self.request(&url, conditions, self.options.max_bytes)?;
            let status = answer.exchange.status;
            if let Some(next) = redirect(&url, &answer) {
                exchanges.push(answer.kept());
                redirects += 1;
                if redirects > MAX_REDIRECTS {
                    return Err(Refused(format!("it leads on more than {MAX_REDIRECTS} times")));
                }
                url = next.map_err(Refused)?;
                continue;
            }
            if matches!(status, 429 | 503) {
                let wait = retry_after(&answer.head, &(self.options.now)()).unwrap_or(Duration::from_secs(5));
                let host = host(&url);
                exchanges.push(answer.kept());
                self.pace.hold(&host, wait.min(Duration::from_secs(3600)));
                if wait > patience {
                    return Err(Refused(format!(
                        "the server answers {status} and asks to come back in {} seconds",
                        wait.as_secs()
                    )));
                }
                patience = patience.saturating_sub(wait.max(Duration::from_secs(1)));
                continue;
            }
            return self.end(answer, exchanges);
        }
    }

    fn end(&self, answer: Answer, exchanges: &mut Vec<Exchange>) -> Result<FetchOutcome, Refused> {
        let status = answer.exchange.status;
        if status == 304 {
            exchanges.push(answer.exchange);
            return Ok(FetchOutcome::NotModified);
        }
        if !(200..300).contains(&status) {
            let said = answer.head.first.split_whitespace().skip(1).collect::<Vec<_>>().join(" ");
            exchanges.push(answer.kept());
            return Err(Refused(format!("the server answers {said}")));
        }
        if let Some(fault) = &answer.fault {
            let reason = fault.to_string();
            exchanges.push(answer.kept());
            return Err(Refused(reason));
        }
        let Answer { exchange, head, raw, .. } = answer;
        exchanges.push(exchange);
        let bytes = decode(&head, raw, self.options.max_bytes).map_err(|error| Refused(error.to_string()))?;
        let ContentType { media_type, charset, .. } = head.content_type();
        Ok(FetchOutcome::Page { bytes, media_type, charset })
    }

    /// Asks what the site allows, once, and refuses what it does not.
    fn ask_robots(&self, url: &Url, exchanges: &mut Vec<Exchange>) -> Result<(), Refused> {
        let site = url.origin().ascii_serialization();
        let known = self.robots.lock().unwrap_or_else(PoisonError::into_inner).get(&site).cloned();
        let rules = match known {
            Some(rules) => rules,
            None => {
                let rules = self.fetch_robots(url, exchanges);
                let mut cache = self.robots.lock().unwrap_or_else(PoisonError::into_inner);
                cache.entry(site).or_insert(rules).clone()
            }
        };
        let path = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        match rules {
            Rules::Unreachable(reason) => Err(Refused(format!(
                "the site's `robots.txt` cannot be had, so nothing is fetched: {reason}"
            ))),
            Rules::Read(robots) if !robots.allows(&path) => {
                Err(Refused("the site's `robots.txt` asks that it not be fetched".to_owned()))
            }
            Rules::Read(_) => Ok(()),
        }
    }

    /// RFC 9309, 2.3.1: absent means that all is allowed; unreachable, that nothing is. Up to five redirects.
    fn fetch_robots(&self, url: &Url, exchanges: &mut Vec<Exchange>) -> Rules {
        let mut at = url.clone();
        at.set_path("/robots.txt");
        at.set_query(None);
        at.set_fragment(None);
        for _ in 0..6 {
            let answer = match self.request(&at, &Conditions::default(), robots::MAX_BYTES as u64) {
                Ok(answer) => answer,
                Err(Refused(reason)) => return Rules::Unreachable(reason),
            };
            let next = redirect(&at, &answer);
            let status = answer.exchange.status;
            let first = answer.head.first.clone();
            let text = match decode(&answer.head, answer.raw.clone(), robots::MAX_BYTES as u64) {
                Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                Err(_) => String::from_utf8_lossy(&answer.raw).into_owned(),
            };
            exchanges.push(answer.kept());
            match (next, status) {
                (Some(Ok(next)), _) => at = next,
                (Some(Err(_)), _) => return Rules::Read(Arc::default()),
                (None, 200..300) => return Rules::Read(Arc::new(Robots::new(&text, AGENT))),
                (None, 429 | 500..) => return Rules::Unreachable(format!("the server answers {first}")),
                (None, _) => return Rules::Read(Arc::default()),
            }
        }
        Rules::Read(Arc::default())
    }

    /// The delay for a host: ours, or what its `robots.txt` asks, up to a minute.
    fn delay(&self, url: &Url) -> Duration {
        let site = url.origin().ascii_serialization();
        let cache = self.robots.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = match cache.get(&site) {
            Some(Rules::Read(robots)) => robots.delay().unwrap_or_default(),
            _ => Duration::ZERO,
        };
        asked.min(Duration::from_secs(60)).max(self.options.delay)
    }

    /// One request, when its host's turn has come.
    fn request(&self, url: &Url, conditions: &Conditions, limit: u64) -> Result<Answer, Refused> {
        std::thread::sleep(self.pace.take_turn(&host(url), self.delay(url)));
        let mut fields = vec![
            ("user-agent", format!("{AGENT}/{} (+https://example.org/diwan)", env!("CARGO_PKG_VERSION"))),
            (
                "accept",
                "text/html,application/xhtml+xml,application/pdf,application/xml;q=0.9,*/*;q=0.5".to_owned(),
            ),
            ("accept-encoding", "gzip".to_owned()),
        ];
        if let Some(etag) = &conditions.etag {
            fields.push(("if-none-match", etag.clone()));
        }
        if let Some(date) = &conditions.last_modified {
            fields.push(("if-modified-since", date.clone()));
        }
        let mut bare = url.clone();
        bare.set_fragment(None);
        let mut request = Request::builder().method("GET").uri(bare.as_str());
        for (name, value) in &fields {
            request = request.header(*name, value);
        }
        let request =
            request.body(()).map_err(|error| Refused(format!("it cannot be asked for: {error}")))?;
        let sent = request_head(&bare, &fields);
        let at = Some((self.options.now)());
        let response = self.agent.run(request).map_err(|error| Refused(why(&error)))?;
        let (head, status) = response_head(&response);
        let mut raw = Vec::new();
        let told = head.get("content-length").and_then(|n| n.parse::<u64>().ok());
        let fault = if told.is_some_and(|told| told > limit) {
            Some(BodyError::TooLarge(limit))
        } else {
            read_limited(response.into_body().into_reader(), limit, &mut raw).err()
        };
        let exchange = Exchange {
            address: bare.to_string(),
            at,
            request: sent,
            response: head.text(),
            status,
            peer: None,
            body: Vec::new(),
            digest: None,
            origin: ExchangeOrigin::Fetched,
        };
        Ok(Answer { exchange, head, raw, fault })
    }
}

impl Answer {
    /// The exchange with its body, decoded, as far as it is small.
    fn kept(self) -> Exchange {
        let Self { mut exchange, head, raw, .. } = self;
        let mut body = decode(&head, raw, MAX_SMALL_BODY.max(robots::MAX_BYTES as u64)).unwrap_or_default();
        body.truncate(usize::try_from(MAX_SMALL_BODY).unwrap_or(usize::MAX));
        exchange.body = body;
        exchange
    }
}

/// An address that can be fetched.
fn parse(address: &str) -> Result<Url, Refused> {
    let url = Url::parse(address.trim()).map_err(|error| Refused(format!("it is no address: {error}")))?;
    allowed(url).map_err(Refused)
}

fn allowed(mut url: Url) -> Result<Url, String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("addresses of the kind `{}:` are not fetched", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("an address with a name or password in it is not fetched".to_owned());
    }
    url.set_fragment(None);
    Ok(url)
}

/// The host and port, by which requests are spaced.
pub(crate) fn host(url: &Url) -> String {
    format!("{}:{}", url.host_str().unwrap_or(""), url.port_or_known_default().unwrap_or(0))
}

fn redirect(url: &Url, answer: &Answer) -> Option<Result<Url, String>> {
    if !matches!(answer.exchange.status, 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = answer.head.get("location")?;
    let next = url.join(location).map_err(|error| format!("it leads to no address: {error}"));
    Some(next.and_then(allowed).map_err(|reason| format!("it leads on, but {reason}")))
}

fn request_head(url: &Url, fields: &[(&str, String)]) -> String {
    let path = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
    let mut out = format!("GET {path} HTTP/1.1\r\nhost: {}{port}\r\n", url.host_str().unwrap_or(""));
    for (name, value) in fields {
        out.push_str(&format!("{name}: {value}\r\n"));
    }
    out
}

fn response_head(response: &Response<ureq::Body>) -> (Head, u16) {
    let status = response.status();
    let version = if response.version() == Version::HTTP_10 { "HTTP/1.0" } else { "HTTP/1.1" };
    let first = format!("{version} {} {}", status.as_u16(), status.canonical_reason().unwrap_or(""));
    (Head { first: first.trim_end().to_owned(), headers: fields(response.headers()) }, status.as_u16())
}

fn fields(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |bytes: &[u8]| match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    };
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect()
}

/// How long `Retry-After` asks to wait: seconds, or a date as HTTP writes it.
fn retry_after(head: &Head, now: &str) -> Option<Duration> {
    let value = head.get("retry-after")?;
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(value).ok()?;
    let now: jiff::Timestamp = now.parse().ok()?;
    Some(Duration::from_secs(u64::try_from(until.as_second() - now.as_second()).unwrap_or(0)))
}

/// An error of the network as the end of a sentence that begins with the address.
fn why(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Io(error) => match error.get_ref().and_then(|inner| inner.downcast_ref::<Forbidden>()) {
            Some(forbidden) => forbidden.to_string(),
            None => format!("the connection failed: {error}"),
        },
        ureq::Error::HostNotFound => "there is no such host".to_owned(),
        ureq::Error::Timeout(_) => "the server took too long".to_owned(),
        ureq::Error::LargeResponseHeader(..) => "the server's head is too long".to_owned(),
        ureq::Error::Rustls(error) => format!("the connection is not safe: {error}"),
        other => format!("it cannot be fetched: {other}"),
    }
}
