//! The application: what it holds, its routes, and the way of a request.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use axum::body::Body;
use axum::extract::{ConnectInfo, Path as UrlPath, Query, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use axum::{RequestPartsExt, Router};
use diwan_search::SearchIndex;
use diwan_store::Store;

use crate::ui::Ui;
use crate::{Failure, ServeError, assets, edit, indexing, pages, wording};

/// Nothing but our own style sheet, script and pictures; forms come back here; nobody frames the pages.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// The longest address that is read, in bytes.
const LONGEST_ADDRESS: usize = 8 << 10;

/// Connections kept for later requests.
const KEPT_STORES: usize = 8;

/// How an archive is served.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AppOptions {
    /// Who decides; `None`: nobody can.
    pub editor: Option<String>,
}

/// What is done after a person decided about statements, so that what rests on them (alignments, findings) is shown as it is
/// now. A failure is passed over: the next run of `diwan align` does the same.
pub type AfterDecision = fn(&mut Store, &[diwan_model::ArchiveCode]);

/// An archive that answers requests.
#[derive(Debug)]
pub struct App {
    folder: PathBuf,
    name: String,
    options: AppOptions,
    after: Option<AfterDecision>,
    stores: Mutex<Vec<Store>>,
    index: RwLock<Arc<SearchIndex>>,
    /// The store's revision that the index in memory shows; another process may have written a later one to disk.
    seen: AtomicU64,
    /// Held while the index is brought up to date, so that two requests do not both do it.
    indexing: Mutex<()>,
    /// Series and formulas as of a revision of the store.
    wording: Mutex<Option<(u64, Arc<wording::Formulas>)>>,
}

/// What a page is made of.
pub(crate) type Answer = Result<Response, Failure>;

impl App {
    /// Opens the archive in `folder`, and its index.
    pub fn open(folder: &Path, options: AppOptions) -> Result<Self, ServeError> {
        let store = Store::open(folder)?;
        let index = indexing::open(&store)?;
        let seen = index.stamp().and_then(|stamp| stamp.parse().ok()).unwrap_or(0);
        Ok(Self {
            folder: folder.to_owned(),
            name: store.settings().name.clone(),
            options,
            after: None,
            stores: Mutex::new(vec![store]),
            index: RwLock::new(Arc::new(index)),
            seen: AtomicU64::new(seen),
            indexing: Mutex::new(()),
            wording: Mutex::new(None),
        })
    }

    /// Has something done after each decision about statements.
    #[must_use]
    pub fn after_decisions(mut self, after: AfterDecision) -> Self {
        self.after = Some(after);
        self
    }

    /// The routes. The peer's address is taken from [`ConnectInfo`], where the server gives it.
    pub fn router(self) -> Router {
        let app = Arc::new(self);
        Router::new()
            .route("/", page(pages::home))
            .route("/s", page(pages::list))
            .route("/s/{*code}", page(pages::statement))
            .route("/search", page(pages::search))
            .route("/entities", page(pages::entities))
            .route("/entities/{id}", page(pages::entity))
            .route("/map", page(pages::map))
            .route("/series", page(pages::series_list))
            .route("/series/{*code}", page(pages::series))
            .route("/compare", page(pages::compare_page))
            .route("/formulas", page(pages::formulas))
            .route("/formula/{id}", page(pages::formula))
            .route("/said/{*code}", page(pages::said))
            .route("/pictures/{file}", page(pages::picture_file))
            .route("/findings", page(pages::findings))
            .route("/terms", page(pages::terms))
            .route("/decisions", page(pages::decisions))
            .route("/ledger", page(pages::ledger))
            .route("/chains", page(pages::chains))
            .route("/timeline", page(pages::timeline))
            .route("/diary", page(pages::diary).post(edit::diary))
            .route("/facts", post(edit::facts))
            .route("/captures/{hash}", page(pages::capture))
            .route("/captures/{hash}/bytes", page(pages::capture_bytes))
            .route("/decide", post(edit::decide))
            .route("/beads", post(edit::beads))
            .route("/undo", post(edit::undo))
            .route(assets::STYLE_PATH, get(assets::style))
            .route(assets::SCRIPT_PATH, get(assets::script))
            .route("/favicon.svg", get(assets::favicon))
            .route("/favicon.ico", get(assets::favicon))
            .route("/robots.txt", get(assets::robots))
            .fallback(|State(app): State<Arc<App>>, request: Request| answer(app, nothing, request))
            .layer(axum::middleware::map_response(guard))
            .with_state(app)
    }

    /// A connection of its own for the length of `f`.
    pub(crate) fn with_store<T>(
        &self,
        f: impl FnOnce(&mut Store) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let kept = self.stores.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut store = match kept {
            Some(store) => store,
            None => Store::open(&self.folder)?,
        };
        let out = f(&mut store);
        let mut stores = self.stores.lock().unwrap_or_else(PoisonError::into_inner);
        if stores.len() < KEPT_STORES {
            stores.push(store);
        }
        out
    }

    /// The index, brought up to date where the store changed since. While another process writes it, the last state.
    pub(crate) fn index(&self, store: &Store) -> Result<Arc<SearchIndex>, Failure> {
        let held = || self.index.read().unwrap_or_else(PoisonError::into_inner).clone();
        let revision = store.revision()?;
        let stamp = revision.to_string();
        if self.seen.load(Ordering::Acquire) == revision && held().stamp().as_deref() == Some(stamp.as_str())
        {
            return Ok(held());
        }
        let _one = self.indexing.lock().unwrap_or_else(PoisonError::into_inner);
        let index = held();
        index.reload()?;
        if index.stamp().as_deref() == Some(stamp.as_str()) {
            self.seen.store(revision, Ordering::Release);
            return Ok(index);
        }
        match indexing::open(store) {
            Ok(new) => {
                let new = Arc::new(new);
                *self.index.write().unwrap_or_else(PoisonError::into_inner) = new.clone();
                self.seen.store(revision, Ordering::Release);
                Ok(new)
            }
            Err(ServeError::Search(diwan_search::SearchError::Busy(_))) => Ok(index),
            Err(error) => Err(error.into()),
        }
    }

    /// What is done after each decision.
    pub(crate) fn after(&self, store: &mut Store, statements: &[diwan_model::ArchiveCode]) {
        if let Some(after) = self.after.filter(|_| !statements.is_empty()) {
            after(store, statements);
        }
    }

    /// The index after a decision on `statements`, where it was current before.
    pub(crate) fn update_index(&self, store: &Store, before: u64, statements: &[diwan_model::ArchiveCode]) {
        let _one = self.indexing.lock().unwrap_or_else(PoisonError::into_inner);
        let index = self.index.read().unwrap_or_else(PoisonError::into_inner).clone();
        // Where this fails, the next search makes the index anew.
        let _ = indexing::update(store, &index, before, statements);
    }

    /// Series and formulas as of the store's present state; made anew where it changed since.
    pub(crate) fn wording(&self, store: &Store) -> Result<Arc<wording::Formulas>, Failure> {
        let mut held = self.wording.lock().unwrap_or_else(PoisonError::into_inner);
        let revision = store.revision()?;
        if let Some((made, found)) = held.as_ref()
            && *made == revision
        {
            return Ok(found.clone());
        }
        let found = Arc::new(wording::formulas(store)?);
        *held = Some((revision, found.clone()));
        Ok(found)
    }

    /// The same for a page that does not need it: not made anew for a large archive.
    pub(crate) fn wording_at_hand(&self, store: &Store) -> Result<Option<Arc<wording::Formulas>>, Failure> {
        const LARGE: u64 = 30_000;
        let revision = store.revision()?;
        let held = self.wording.lock().unwrap_or_else(PoisonError::into_inner);
        let current = held.as_ref().filter(|(made, _)| *made == revision).map(|(_, found)| found.clone());
        drop(held);
        match current {
            Some(found) => Ok(Some(found)),
            None if store.counts()?.sentences <= LARGE => self.wording(store).map(Some),
            None => Ok(None),
        }
    }

    /// Who may decide by this request: the editor, from this machine, under a name of this machine.
    pub(crate) fn editor(&self, asked: &Asked) -> Option<&str> {
        let from_here = asked.peer.is_some_and(|peer| peer.ip().to_canonical().is_loopback());
        self.options.editor.as_deref().filter(|_| from_here && is_local_host(asked.header(header::HOST)))
    }

    pub(crate) fn ui(&self, asked: &Asked) -> Ui {
        Ui::new(
            asked.uri.path().to_owned(),
            asked.query.clone(),
            asked.header(header::ACCEPT_LANGUAGE),
            self.name.clone(),
            self.editor(asked).map(str::to_owned),
        )
    }
}

/// `localhost`, `127.x.y.z` or `[::1]`, with any port: not a name by which another site could reach this machine.
fn is_local_host(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(""),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// A request as pages see it.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) uri: Uri,
    pub(crate) query: BTreeMap<String, String>,
    /// What the route's wildcard matched, decoded.
    pub(crate) rest: String,
    pub(crate) headers: HeaderMap,
    pub(crate) peer: Option<SocketAddr>,
}

impl Asked {
    /// A header as text; empty where it is absent or is none.
    pub(crate) fn header(&self, name: HeaderName) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or("")
    }

    /// A parameter that is not empty.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(|v| v.trim()).filter(|v| !v.is_empty())
    }
}

fn nothing(_: &App, _: &Asked, _: &Ui) -> Answer {
    Err(Failure::not_found())
}

type Make = fn(&App, &Asked, &Ui) -> Answer;

/// The route of a page.
fn page(make: Make) -> MethodRouter<Arc<App>> {
    get(move |State(app): State<Arc<App>>, request: Request| answer(app, make, request))
}

/// Makes a page away from the threads that serve connections.
async fn answer(app: Arc<App>, make: Make, request: Request) -> Response {
    let (asked, _) = read_request(request).await;
    let made = tokio::task::spawn_blocking(move || {
        let ui = app.ui(&asked);
        if asked.uri.to_string().len() > LONGEST_ADDRESS {
            return failed(&ui, &Failure::bad_request("the address is too long"));
        }
        make(&app, &asked, &ui).unwrap_or_else(|failure| failed(&ui, &failure))
    });
    made.await.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// The parts of a request that pages and decisions look at, and its body.
pub(crate) async fn read_request(request: Request) -> (Asked, Body) {
    let (mut parts, body) = request.into_parts();
    let rest = parts.extract::<UrlPath<String>>().await.map(|UrlPath(rest)| rest).unwrap_or_default();
    let query =
        Query::<BTreeMap<String, String>>::try_from_uri(&parts.uri).map(|Query(q)| q).unwrap_or_default();
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| *peer);
    (Asked { uri: parts.uri, query, rest, headers: parts.headers, peer }, body)
}

/// The page of a failure.
pub(crate) fn failed(ui: &Ui, failure: &Failure) -> Response {
    pages::failure(ui, failure).unwrap_or_else(|_| failure.status.into_response())
}

/// What every response says about itself, unless it says something stricter.
async fn guard(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::VARY, "accept-language"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_local() {
        for host in ["localhost", "localhost:7171", "127.0.0.1:7171", "[::1]:7171", "127.9.9.9"] {
            assert!(is_local_host(host), "{host}");
        }
        for host in
            ["", "example.org", "localhost.example.org:7171", "10.0.0.1", "[::2]", "127.0.0.1.example.org"]
        {
            assert!(!is_local_host(host), "{host}");
        }
    }
}
