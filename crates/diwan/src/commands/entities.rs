//! `diwan entities`, `diwan entity`: who and what the archive names, one record each, whatever the script.

use std::fmt::Write as _;
use std::path::Path;

use clap::Args;
use diwan_model::{Entity, EntityKind};
use diwan_store::{MentionRow, Store};
use serde::Serialize;

use crate::failure::{Failure, Kind};
use crate::output::{self, isolated};

/// Mentions that `diwan entity` shows.
const SHOWN: u32 = 20;

/// List who and what the archive names: people, bodies, places, instruments, events, each once, whatever the script.
///
/// Records are made from the mentions of all versions and kept when pages are read again. `diwan decide correct E12 name-fa
/// 'NAME'` renames one, `… same-as E13` makes two one, `… apart KEY` takes a spelling out; `diwan undo` takes it back.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diwan entities --kind person\n  diwan entities --json")]
pub(crate) struct EntitiesCommand {
    /// Only of this kind: person, organisation, place, legal, event, programme, document.
    #[arg(long)]
    kind: Option<String>,
    /// Print a JSON array.
    #[arg(long)]
    json: bool,
}

impl EntitiesCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path) -> anyhow::Result<()> {
        let mut store = Store::open(archive)?;
        let kind = match self.kind.as_deref() {
            Some(text) => Some(EntityKind::parse(text).ok_or_else(|| {
                let kinds: Vec<&str> = EntityKind::ALL.iter().map(|k| k.as_str()).collect();
                Failure::new(Kind::Usage, format!("there is no kind `{text}`"))
                    .hint(format!("kinds are `{}`", kinds.join("`, `")))
            })?),
            None => None,
        };
        diwan_serve::authorities::refresh(&mut store)?;
        let entities = store.entities(kind)?;
        if self.json {
            return output::put_json(&entities);
        }
        if entities.is_empty() {
            output::say("nobody and nothing is named yet; add pages with `diwan add`");
        }
        let mut out = String::new();
        for entity in &entities {
            let names: Vec<String> = entity.name.values().map(|name| isolated(name)).collect();
            let _ = writeln!(
                out,
                "{:<6} {:<13} {:>5}  {}",
                entity.id,
                entity.kind.as_str(),
                entity.statements,
                names.join("  ")
            );
        }
        output::put(&out)
    }
}

/// Show one entity: its names, spellings, offices, and where it is named. NAME may be in any script, or its id (`E12`).
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diwan entity Blinken\n  diwan entity بلينكن --json\n  diwan entity E12")]
pub(crate) struct EntityCommand {
    /// A name in any script, or an id.
    name: String,
    /// Print a JSON object with all mentions.
    #[arg(long)]
    json: bool,
}

/// What `diwan entity --json` prints.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    entity: Entity,
    mentions: Vec<MentionRow>,
    with: Vec<diwan_store::Neighbour>,
}

impl EntityCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path) -> anyhow::Result<()> {
        let mut store = Store::open(archive)?;
        diwan_serve::authorities::refresh(&mut store)?;
        let entity = find(&store, &self.name)?;
        let limit = if self.json { u32::MAX } else { SHOWN };
        let mentions = store.entity_mentions(&entity.id, limit)?;
        let with = store.neighbours(&entity.id, SHOWN)?;
        if self.json {
            return output::put_json(&Shown { entity, mentions, with });
        }
        let mut out =
            format!("{}  {}  {}\n", entity.id, entity.kind.as_str(), isolated(entity.name_in("en")));
        for (lang, name) in &entity.name {
            let _ = writeln!(out, "  {lang:<12} {}", isolated(name));
        }
        for (scheme, id) in &entity.identifiers {
            let _ = writeln!(out, "  {scheme:<12} {id}");
        }
        for note in [&entity.mark, &entity.notes].into_iter().flatten() {
            let _ = writeln!(out, "  {:<12} {}", "note", isolated(note));
        }
        for spelling in &entity.spellings {
            let _ =
                writeln!(out, "  {:>5} × {}  {}", spelling.count, spelling.lang, isolated(&spelling.text));
        }
        for role in &entity.roles {
            let since = role.first.as_deref().unwrap_or("");
            let _ = writeln!(out, "  {:<12} {}  {since}", "office", isolated(&role.text));
        }
        for key in entity.keys.iter().filter(|_| entity.keys.len() > 1) {
            let _ = writeln!(out, "  {:<12} {}", "key", isolated(key));
        }
        let names: Vec<String> = with
            .iter()
            .filter_map(|n| Some(isolated(store.entity(&n.id).ok()??.name_in("en"))))
            .take(8)
            .collect();
        if !names.is_empty() {
            let _ = writeln!(out, "  {:<12} {}", "with", names.join(", "));
        }
        for row in &mentions {
            let place = row.sentence.map_or_else(
                || format!("{}-{}", row.code, row.lang),
                |n| format!("{}-{}/{n}", row.code, row.lang),
            );
            let _ = writeln!(
                out,
                "  {}  {place}  {}",
                row.date.as_deref().unwrap_or("          "),
                isolated(row.sentence_text.as_deref().unwrap_or(&row.text))
            );
        }
        output::put(&out)
    }
}

/// The entity of an id or a name: printed so, else the name most like it in any script.
pub(crate) fn find(store: &Store, name: &str) -> anyhow::Result<Entity> {
    if let Some(entity) = store.entity(name)? {
        return Ok(entity);
    }
    if let Some(entity) = store.entities_named(name)?.into_iter().next() {
        return Ok(entity);
    }
    let wanted = diwan_text::names::Name::new(name);
    let mut best: Option<(f32, Entity)> = None;
    for entity in store.entities(None)? {
        let names =
            entity.name.values().map(String::as_str).chain(entity.spellings.iter().map(|s| s.text.as_str()));
        let likeness = names.map(|n| wanted.similarity(&diwan_text::names::Name::new(n))).fold(0.0, f32::max);
        if likeness >= diwan_text::names::SAME_NAME && best.as_ref().is_none_or(|(b, _)| likeness > *b) {
            best = Some((likeness, entity));
        }
    }
    match best {
        Some((_, entity)) => Ok(entity),
        None => Err(Failure::new(Kind::NotFound, format!("nothing here is named `{name}`"))
            .hint("`diwan entities` lists who and what is named")
            .into()),
    }
}
