//! Who and what is named: the list, and a page for each with its names, offices, neighbours and mentions.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use diwan_model::{Entity, EntityKind, LanguageTag};
use diwan_store::{MentionRow, Neighbour, Store, Subject};

use super::decisions::DecisionView;
use super::{html, page_number};
use crate::Failure;
use crate::app::{Answer, App, Asked};
use crate::authorities;
use crate::ui::Ui;
use crate::view::{Pages, Text, code_path};

/// Entities on a page of the list.
const ON_A_PAGE: usize = 100;

/// Mentions on an entity's page.
const MENTIONS: u32 = 200;

/// Neighbours in the picture.
const NEIGHBOURS: u32 = 12;

/// Half the width and half the height of the picture, and how far neighbours are from the middle.
const HALF_WIDTH: f64 = 360.0;
const HALF_HEIGHT: f64 = 230.0;

struct Row {
    href: String,
    name: Text,
    others: Vec<Text>,
    kind: String,
    statements: String,
}

struct KindLink {
    name: String,
    href: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "entities.html")]
struct EntitiesPage<'a> {
    ui: &'a Ui,
    total: u64,
    kinds: Vec<KindLink>,
    rows: Vec<Row>,
    pages: Option<Pages>,
}

fn kind_name(ui: &Ui, kind: EntityKind) -> String {
    ui.t(&format!("kind-{}", kind.as_str()))
}

/// The name in the interface's language, else the one there is.
pub(super) fn shown(ui: &Ui, entity: &Entity) -> Text {
    let own = ui.locale.lang.as_str();
    let name = entity.name_in(own);
    let lang = entity.name.iter().find(|(_, n)| n.as_str() == name).map(|(l, _)| LanguageTag::new(l));
    Text::new(name, lang.as_ref())
}

/// `/entities?kind=&page=`
pub(crate) fn entities(app: &App, asked: &Asked, ui: &Ui) -> Answer {
    let page = page_number(asked)?;
    let kind = match asked.parameter("kind") {
        None => None,
        Some(text) => {
            Some(EntityKind::parse(text).ok_or_else(|| Failure::bad_request("there is no such kind"))?)
        }
    };
    let all = app.with_store(|store| {
        authorities::refresh(store)?;
        Ok(store.entities(kind)?)
    })?;
    let skip = usize::try_from(page - 1).unwrap_or(usize::MAX).saturating_mul(ON_A_PAGE);
    let rows = all.iter().skip(skip).take(ON_A_PAGE).map(|entity| {
        let name = shown(ui, entity);
        let others = entity.name.iter().filter(|(_, n)| **n != name.text);
        Row {
            href: ui.href(&format!("/entities/{}", entity.id)),
            others: others.map(|(lang, n)| Text::new(n.as_str(), Some(&LanguageTag::new(lang)))).collect(),
            kind: kind_name(ui, entity.kind),
            statements: ui.count("count-statements", &entity.statements),
            name,
        }
    });
    let link = |of: Option<EntityKind>| KindLink {
        name: of.map_or_else(|| ui.t("status-all"), |k| kind_name(ui, k)),
        href: ui.here_with("kind", of.map(EntityKind::as_str)),
        current: of == kind,
    };
    html(
        StatusCode::OK,
        &EntitiesPage {
            ui,
            total: all.len() as u64,
            kinds: std::iter::once(None).chain(EntityKind::ALL.iter().map(|k| Some(*k))).map(link).collect(),
            rows: rows.collect(),
            pages: Pages::new(ui, page, u64::try_from(all.len().div_ceil(ON_A_PAGE)).unwrap_or(u64::MAX)),
        },
    )
}

struct NameRow {
    language: String,
    name: Text,
}

struct SpellingRow {
    text: Text,
    language: String,
    count: String,
}

struct RoleRow {
    text: Text,
    when: String,
    sources: Vec<(String, String)>,
}

struct QuoteRow {
    href: String,
    code: String,
    date: String,
    iso: String,
    text: Text,
    before: String,
    name: String,
    after: String,
}

/// A neighbour in the picture.
struct NodeView {
    href: String,
    name: Text,
    x: String,
    y: String,
    /// Of the line to it, 1 to 6.
    width: String,
    about: String,
}

/// Mentions in a year.
struct BarView {
    label: String,
    about: String,
    x: String,
    y: String,
    height: String,
}

#[derive(Template)]
#[template(path = "entity.html")]
struct EntityPage<'a> {
    ui: &'a Ui,
    name: Text,
    kind: String,
    id: String,
    names: Vec<NameRow>,
    spellings: Vec<SpellingRow>,
    identifiers: Vec<(String, String)>,
    notes: Vec<Text>,
    roles: Vec<RoleRow>,
    nodes: Vec<NodeView>,
    bars: Vec<BarView>,
    quotes: Vec<QuoteRow>,
    statements: String,
    keys: Vec<String>,
    confidence: String,
    /// The key on which decisions are taken.
    key: String,
    /// Fields that are decided by words, with their names.
    fields: Vec<(String, String)>,
    history: Vec<DecisionView>,
}

/// Fields of an entity that a form offers; merging and splitting have forms of their own.
const DECIDED: &[&str] =
    &["name-ar", "name-en", "name-fa", "name-fr", "kind", "mark", "notes", "wikidata", "viaf", "iso-3166"];

/// `/entities/E12`
pub(crate) fn entity(app: &App, asked: &Asked, ui: &Ui) -> Answer {
    let id = asked.rest.as_str();
    let (entity, mentions, nodes, history) = app.with_store(|store| {
        authorities::refresh(store)?;
        let entity = store.entity(id)?.ok_or_else(Failure::not_found)?;
        let mentions = store.entity_mentions(id, MENTIONS)?;
        let near = store.neighbours(id, NEIGHBOURS)?;
        let nodes = nodes(ui, store, &near)?;
        let mut history = Vec::new();
        for key in &entity.keys {
            history.extend(store.history(Some(&Subject::Entity(key.clone())))?);
        }
        history.sort_by_key(|decision| decision.id);
        Ok((entity, mentions, nodes, history))
    })?;
    let tag = |lang: &str| LanguageTag::new(lang);
    let names = entity.name.iter().map(|(lang, name)| NameRow {
        language: ui.language(&tag(lang)),
        name: Text::new(name.as_str(), Some(&tag(lang))),
    });
    let spellings = entity.spellings.iter().map(|s| SpellingRow {
        text: Text::new(s.text.as_str(), Some(&tag(&s.lang))),
        language: ui.language(&tag(&s.lang)),
        count: ui.number(&s.count),
    });
    let roles = entity.roles.iter().map(|role| RoleRow {
        text: Text::new(role.text.as_str(), Some(&tag(&role.lang))),
        when: span(ui, role.first.as_deref(), role.last.as_deref()),
        sources: role.sources.iter().take(5).map(|s| (s.clone(), ui.href(&code_path(s)))).collect(),
    });
    html(
        StatusCode::OK,
        &EntityPage {
            ui,
            name: shown(ui, &entity),
            kind: kind_name(ui, entity.kind),
            id: entity.id.clone(),
            names: names.collect(),
            spellings: spellings.collect(),
            identifiers: entity.identifiers.iter().map(|(k, v)| (k.clone(), v.clone())).collect(),
            notes: entity.mark.iter().chain(&entity.notes).map(|n| Text::new(n.as_str(), None)).collect(),
            roles: roles.collect(),
            nodes,
            bars: bars(ui, &mentions),
            quotes: quotes(ui, &mentions),
            statements: ui.count("count-statements", &entity.statements),
            keys: entity.keys.clone(),
            confidence: format!("{:.2}", entity.confidence.value()),
            key: entity.keys.first().cloned().unwrap_or_default(),
            fields: DECIDED.iter().map(|f| ((*f).to_owned(), ui.t(&format!("field-{f}")))).collect(),
            history: history.iter().rev().map(|d| DecisionView::new(ui, d)).collect(),
        },
    )
}

fn span(ui: &Ui, first: Option<&str>, last: Option<&str>) -> String {
    match (first, last) {
        (Some(a), Some(b)) if a != b => format!("{} – {}", ui.date(a), ui.date(b)),
        (Some(a), _) => ui.date(a),
        _ => String::new(),
    }
}

/// Neighbours in a circle round the entity, the nearest on top, on clockwise.
fn nodes(ui: &Ui, store: &Store, near: &[Neighbour]) -> Result<Vec<NodeView>, Failure> {
    let most = near.iter().map(|n| n.statements).max().unwrap_or(1).max(1) as f64;
    let mut out = Vec::new();
    for (k, one) in near.iter().enumerate() {
        let Some(entity) = store.entity(&one.id)? else { continue };
        let turn = std::f64::consts::TAU * (k as f64) / (near.len() as f64);
        let (x, y) = (turn.sin() * (HALF_WIDTH - 110.0), -turn.cos() * (HALF_HEIGHT - 30.0));
        out.push(NodeView {
            href: ui.href(&format!("/entities/{}", one.id)),
            name: shown(ui, &entity),
            x: format!("{x:.0}"),
            y: format!("{y:.0}"),
            width: format!("{:.1}", 1.0 + 5.0 * one.statements as f64 / most),
            about: ui.count("count-statements", &one.statements),
        });
    }
    Ok(out)
}

/// Mentions by year, as bars 100 high.
fn bars(ui: &Ui, mentions: &[MentionRow]) -> Vec<BarView> {
    let mut years: BTreeMap<u32, u64> = BTreeMap::new();
    for row in mentions {
        if let Some(year) = row.date.as_deref().and_then(|d| d.get(..4)).and_then(|y| y.parse().ok()) {
            *years.entry(year).or_default() += 1;
        }
    }
    let (Some(first), Some(last)) = (years.keys().next().copied(), years.keys().last().copied()) else {
        return Vec::new();
    };
    if last - first > 60 {
        return Vec::new();
    }
    let most = years.values().copied().max().unwrap_or(1) as f64;
    (first..=last)
        .map(|year| {
            let n = years.get(&year).copied().unwrap_or(0);
            let height = 80.0 * n as f64 / most;
            BarView {
                label: ui.digits(&year),
                about: ui.count("count-mentions", &n),
                x: format!("{}", (year - first) * 44 + 6),
                y: format!("{:.0}", 84.0 - height),
                height: format!("{height:.0}"),
            }
        })
        .collect()
}

fn quotes(ui: &Ui, mentions: &[MentionRow]) -> Vec<QuoteRow> {
    let mut out: Vec<QuoteRow> = Vec::new();
    for row in mentions {
        let code = match row.sentence {
            Some(n) => format!("{}-{}/{n}", row.code, row.lang),
            None => format!("{}-{}", row.code, row.lang),
        };
        if out.iter().any(|q| q.code == code) {
            continue;
        }
        let whole = row.sentence_text.clone().unwrap_or_else(|| row.text.clone());
        let (before, after) = whole.split_once(row.text.as_str()).unwrap_or((whole.as_str(), ""));
        let found = whole.contains(row.text.as_str());
        let iso = row.date.clone().unwrap_or_default();
        out.push(QuoteRow {
            href: ui.href(&code_path(&code)),
            date: if iso.is_empty() { ui.t("undated") } else { ui.date(&iso) },
            iso,
            before: before.to_owned(),
            name: if found { row.text.clone() } else { String::new() },
            after: after.to_owned(),
            text: Text::new(whole.as_str(), Some(&LanguageTag::new(&row.lang))),
            code,
        });
    }
    out
}
