//! Decisions that a person takes on a page: by POST, from this page, on this machine.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use diwan_model::{ArchiveCode, Confidence, Fact, LanguageTag, Method, VersionCode};
use diwan_store::{
    Action, BeadEdit, BeadKey, BeadSide, Fingerprint, LinkKey, NewCorrection, NewDecision, Run, Store,
    Subject,
};

use crate::Failure;
use crate::app::{App, Asked, failed, read_request};

/// The longest form that is read, in bytes.
const LONGEST_FORM: usize = 64 << 10;

type Fields = BTreeMap<String, String>;
type Take = fn(&mut Store, &Fields, &str) -> Result<Vec<ArchiveCode>, Failure>;

/// `POST /decide`: `kind`, `subject`, `field`, `action`, `value`, `why`, `back`.
pub(crate) async fn decide(State(app): State<Arc<App>>, request: Request) -> Response {
    take(app, request, take_decision).await
}

/// `POST /undo`: `id`, `why`, `back`.
pub(crate) async fn undo(State(app): State<Arc<App>>, request: Request) -> Response {
    take(app, request, take_back).await
}

/// `POST /beads`: `statement`, `first`, `second` (languages), `bead` (`3+2,3+1`), `edit`, `split`, `why`, `back`.
pub(crate) async fn beads(State(app): State<Arc<App>>, request: Request) -> Response {
    take(app, request, correct_bead).await
}

/// `POST /facts`: `statement`, `type`, `subject`, `predicate`, `object`, `date`, `why`, `back`.
pub(crate) async fn facts(State(app): State<Arc<App>>, request: Request) -> Response {
    take(app, request, enter_fact).await
}

/// `POST /diary`: `day`, `text`, `statement`, `back`.
pub(crate) async fn diary(State(app): State<Arc<App>>, request: Request) -> Response {
    take(app, request, write_diary).await
}

async fn take(app: Arc<App>, request: Request, taken: Take) -> Response {
    let (asked, body) = read_request(request).await;
    let fields = read_form(&asked, body).await;
    let done = tokio::task::spawn_blocking(move || {
        let ui = app.ui(&asked);
        let answer = (|| {
            let who = allowed(&app, &asked)?.to_owned();
            let fields = fields?;
            app.with_store(|store| {
                let before = store.revision()?;
                let changed = taken(store, &fields, &who)?;
                app.after(store, &changed);
                app.update_index(store, before, &changed);
                Ok(())
            })?;
            Ok::<_, Failure>(Redirect::to(&back(&fields)).into_response())
        })();
        answer.unwrap_or_else(|failure| failed(&ui, &failure))
    });
    done.await.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// Who decides by this request. Refused unless the archive was opened for editing, the request comes from this
/// machine under one of its own names, and the browser says that one of our pages sent it.
fn allowed<'a>(app: &'a App, asked: &Asked) -> Result<&'a str, Failure> {
    let site = asked.header(HeaderName::from_static("sec-fetch-site"));
    let origin = asked.header(header::ORIGIN);
    let host = asked.header(header::HOST);
    let from_our_page = match (site, origin) {
        ("same-origin", "") => true,
        ("same-origin" | "", origin) => {
            origin.strip_prefix("http://").is_some_and(|o| !o.is_empty() && o == host)
        }
        _ => false,
    };
    if !from_our_page {
        return Err(Failure::forbidden("the form was not sent by a page of this archive"));
    }
    app.editor(asked).ok_or_else(|| Failure::forbidden("this archive is open for reading only"))
}

async fn read_form(asked: &Asked, body: Body) -> Result<Fields, Failure> {
    let form = asked.header(header::CONTENT_TYPE).starts_with("application/x-www-form-urlencoded");
    if !form {
        return Err(Failure::bad_request("a form is expected"));
    }
    let bytes =
        to_bytes(body, LONGEST_FORM).await.map_err(|_| Failure::bad_request("the form is too long"))?;
    // A query string and a form are written the same way.
    let text = String::from_utf8_lossy(&bytes);
    let uri = format!("/?{text}").parse().map_err(|_| Failure::bad_request("the form cannot be read"))?;
    let query = axum::extract::Query::<Fields>::try_from_uri(&uri);
    query
        .map(|axum::extract::Query(fields)| fields)
        .map_err(|_| Failure::bad_request("the form cannot be read"))
}

fn text<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.get(name).map(|v| v.trim()).filter(|v| !v.is_empty())
}

fn take_decision(store: &mut Store, fields: &Fields, who: &str) -> Result<Vec<ArchiveCode>, Failure> {
    let unknown = || Failure::bad_request("what is decided is not known");
    let key = text(fields, "subject").ok_or_else(unknown)?;
    if text(fields, "kind") == Some("link") {
        return decide_link(store, key, fields, who);
    }
    let subject = match text(fields, "kind") {
        Some("statement") => Subject::Statement(ArchiveCode::new(key)),
        Some("version") => Subject::Version(key.parse::<VersionCode>().map_err(|_| unknown())?),
        Some("finding") => Subject::Finding(key.parse::<Fingerprint>()?),
        Some("fact") => Subject::Fact(key.parse::<Fingerprint>()?),
        Some("entity") => Subject::Entity(key.to_owned()),
        _ => return Err(unknown()),
    };
    let action = match text(fields, "action") {
        Some("confirm") => Action::Confirm,
        Some("correct") => Action::Correct,
        Some("dismiss") => Action::Dismiss,
        _ => return Err(unknown()),
    };
    let why = text(fields, "why").map(str::to_owned);
    if action == Action::Dismiss && matches!(subject, Subject::Finding(_)) && why.is_none() {
        return Err(Failure::bad_request("a finding is dismissed with a reason"));
    }
    let value = text(fields, "value").filter(|_| action == Action::Correct).map(str::to_owned);
    let field = text(fields, "field").ok_or_else(unknown)?.to_owned();
    let value = match (&subject, field.as_str(), value) {
        (Subject::Entity(own), "same-as", Some(value)) => Some(other_key(store, own, &value)?),
        (_, _, value) => value,
    };
    let changed = statements_of(&subject);
    store.decide(&NewDecision { subject, field, action, value, who: who.to_owned(), why })?;
    Ok(changed)
}

/// The key of the entity that a person means by an id (`E12`) or a name; not the one in hand.
fn other_key(store: &Store, own: &str, meant: &str) -> Result<String, Failure> {
    let entity = match store.entity(meant)? {
        Some(entity) => Some(entity),
        None => store.entities_named(meant)?.into_iter().find(|e| !e.keys.iter().any(|k| k == own)),
    };
    let entity = entity.ok_or_else(|| Failure::bad_request("nothing here has that name or number"))?;
    if entity.keys.iter().any(|key| key == own) {
        return Err(Failure::bad_request("that is the same entity"));
    }
    entity.keys.into_iter().next().ok_or_else(|| Failure::bad_request("nothing here has that name or number"))
}

/// Confirms or rejects a link: the statements that it touched, before and after.
fn decide_link(
    store: &mut Store,
    key: &str,
    fields: &Fields,
    who: &str,
) -> Result<Vec<ArchiveCode>, Failure> {
    let key: LinkKey = key.parse()?;
    let belongs = match text(fields, "action") {
        Some("confirm") => true,
        Some("dismiss") => false,
        _ => return Err(Failure::bad_request("a link is confirmed or rejected")),
    };
    if !belongs && text(fields, "why").is_none() {
        return Err(Failure::bad_request("a link is rejected with a reason"));
    }
    let mut changed: Vec<ArchiveCode> = store.statement_of(&key)?.into_iter().collect();
    store.decide_link(&key, belongs, who, text(fields, "why"))?;
    changed.extend(store.statement_of(&key)?);
    changed.push(key.statement);
    Ok(changed)
}

fn take_back(store: &mut Store, fields: &Fields, who: &str) -> Result<Vec<ArchiveCode>, Failure> {
    let id = text(fields, "id").and_then(|id| id.parse().ok());
    let id: i64 = id.ok_or_else(|| Failure::bad_request("which decision is undone is not known"))?;
    let link = store.history(None)?.into_iter().find(|d| d.id == id && d.subject_kind == "link");
    let link = link.and_then(|d| d.subject.parse::<LinkKey>().ok());
    let mut changed = Vec::new();
    if let Some(key) = &link {
        changed.extend(store.statement_of(key)?);
    }
    let decision = store.undo(id, who, text(fields, "why"))?;
    if let Some(key) = link {
        changed.extend(store.statement_of(&key)?);
        changed.push(key.statement);
        return Ok(changed);
    }
    Ok(match decision.subject_kind.as_str() {
        "statement" => vec![ArchiveCode::new(decision.subject)],
        "version" => decision.subject.parse::<VersionCode>().map(|v| vec![v.statement]).unwrap_or_default(),
        "bead" => decision.subject.parse::<BeadKey>().map(|k| vec![k.source.statement]).unwrap_or_default(),
        _ => Vec::new(),
    })
}

fn correct_bead(store: &mut Store, fields: &Fields, who: &str) -> Result<Vec<ArchiveCode>, Failure> {
    let unknown = || Failure::bad_request("what is corrected is not known");
    let pair = |name: &str| -> Option<(u32, u32)> {
        let (a, b) = text(fields, name)?.split_once(',')?;
        Some((a.parse().ok()?, b.parse().ok()?))
    };
    let run = |text: &str| -> Option<Run> {
        let (first, count) = text.split_once('+')?;
        Some(Run::new(first.parse().ok()?, count.parse().ok()?))
    };
    let bead = text(fields, "bead").and_then(|bead| {
        let (first, second) = bead.split_once(',')?;
        Some((run(first)?, run(second)?))
    });
    let edit = match text(fields, "edit") {
        Some("confirm") => BeadEdit::Confirm,
        Some("merge") => BeadEdit::MergeNext,
        Some("up-first") => BeadEdit::MoveUp(BeadSide::Source),
        Some("up-second") => BeadEdit::MoveUp(BeadSide::Target),
        Some("down-first") => BeadEdit::MoveDown(BeadSide::Source),
        Some("down-second") => BeadEdit::MoveDown(BeadSide::Target),
        Some("split") => {
            let (source, target) = pair("split").ok_or_else(unknown)?;
            BeadEdit::Split { source, target }
        }
        _ => return Err(unknown()),
    };
    let lang = |name: &str| text(fields, name).map(LanguageTag::new).ok_or_else(unknown);
    let statement = ArchiveCode::new(text(fields, "statement").ok_or_else(unknown)?);
    store.correct_bead(&NewCorrection {
        statement: statement.clone(),
        source: lang("first")?,
        target: lang("second")?,
        bead: bead.ok_or_else(unknown)?,
        edit,
        who: who.to_owned(),
        why: text(fields, "why").map(str::to_owned),
    })?;
    Ok(vec![statement])
}

fn enter_fact(store: &mut Store, fields: &Fields, who: &str) -> Result<Vec<ArchiveCode>, Failure> {
    let missing = || Failure::bad_request("a fact needs a statement, a type and what is said");
    let own = |name: &str| text(fields, name).unwrap_or("").to_owned();
    let date = text(fields, "date").map(str::to_owned);
    if date.as_deref().is_some_and(|d| diwan_ledger::chains::bounds(d).is_none()) {
        return Err(Failure::bad_request("a date is written like `2021-06-28` or `2021-06`"));
    }
    let fact = Fact {
        r#type: text(fields, "type").ok_or_else(missing)?.to_owned(),
        subject: own("subject"),
        subject_entity: None,
        predicate: text(fields, "predicate").ok_or_else(missing)?.to_owned(),
        object: own("object"),
        object_entity: None,
        date,
        details: BTreeMap::new(),
        entities: Vec::new(),
        confidence: Confidence::CERTAIN,
        method: Method::new("entered@1"),
        provenance: Vec::new(),
    };
    let statement = ArchiveCode::new(text(fields, "statement").ok_or_else(missing)?);
    store.enter_fact(&statement, &fact, who, text(fields, "why"))?;
    Ok(Vec::new())
}

fn write_diary(store: &mut Store, fields: &Fields, who: &str) -> Result<Vec<ArchiveCode>, Failure> {
    let missing = || Failure::bad_request("an entry needs a day and words");
    let statement = text(fields, "statement").map(ArchiveCode::new);
    let (day, words) = (text(fields, "day").ok_or_else(missing)?, text(fields, "text").ok_or_else(missing)?);
    store.write_diary(day, words, statement.as_ref(), who)?;
    Ok(Vec::new())
}

fn statements_of(subject: &Subject) -> Vec<ArchiveCode> {
    match subject {
        Subject::Statement(code) => vec![code.clone()],
        Subject::Version(code) => vec![code.statement.clone()],
        Subject::Link(key) => vec![key.statement.clone()],
        Subject::Finding(_) | Subject::Bead(_) | Subject::Entity(_) | Subject::Fact(_) => Vec::new(),
    }
}

/// Where the browser goes afterwards: a path of this archive and nothing else.
fn back(fields: &Fields) -> String {
    let path = text(fields, "back").unwrap_or("/");
    let safe = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.bytes().all(|b| b.is_ascii_graphic());
    if safe { path.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_stays_here() {
        let to = |path: &str| back(&[("back".to_owned(), path.to_owned())].into());
        assert_eq!(to("/s/DW/2021/000001?ui=fa#history"), "/s/DW/2021/000001?ui=fa#history");
        for path in ["//example.org", "https://example.org", "/\\example.org", "/a\r\nb", ""] {
            assert_eq!(to(path), "/", "{path}");
        }
    }
}
