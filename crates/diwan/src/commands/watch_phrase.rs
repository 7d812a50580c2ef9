//! `diwan watch-phrase`: a saved phrase or formula: when does it change, when does it disappear?

use std::fmt::Write as _;
use std::path::Path;

use clap::Args;
use diwan_model::{ArchiveCode, LanguageTag};
use diwan_serve::wording::{self, SeriesEntry};
use diwan_store::{Store, WatchedPhrase};
use diwan_wording::watch::{Fate, sight};
use serde::Serialize;

use crate::failure::{Failure, Kind};
use crate::output::{self, isolated};

/// Watch a wording: tell in which statement it changed, disappeared or came back.
///
/// With words, or with a formula, a watch begins. Without, every watch is looked at: in each series that had the words, the
/// statements where their fate changed are listed, those not told before with a star. Looks do not count; a wording has
/// changed where at least three fifths of it still stand together.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan watch-phrase 'for a considerable period' --lang en --as Mina\n  diwan watch-phrase --formula 3f09a1c2b4d5 --as Mina\n  diwan watch-phrase\n  diwan watch-phrase --new --json\n  diwan watch-phrase --remove 2"
)]
pub(crate) struct WatchPhraseCommand {
    /// The words to watch.
    phrase: Option<String>,
    /// Watch a formula: its newest wording.
    #[arg(long, value_name = "ID", conflicts_with = "phrase")]
    formula: Option<String>,
    /// The language of the words; recognised where it is not given.
    #[arg(long)]
    lang: Option<String>,
    /// Only in one series: its name, or the code of a statement in it.
    #[arg(long, value_name = "SERIES")]
    series: Option<String>,
    /// Who watches; otherwise `$DIWAN_WHO`, otherwise the name you are logged in by.
    #[arg(long = "as", value_name = "NAME")]
    who: Option<String>,
    /// End a watch.
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["phrase", "formula"])]
    remove: Option<i64>,
    /// Only what was not told before.
    #[arg(long)]
    new: bool,
    /// Print a JSON array.
    #[arg(long)]
    json: bool,
}

/// A change of fate.
#[derive(Serialize)]
struct Event {
    statement: String,
    date: Option<String>,
    fate: Fate,
    new: bool,
    /// The sentence where it stands, or something like it.
    sentence: Option<String>,
    /// The words as they stand there.
    text: Option<String>,
}

#[derive(Serialize)]
struct Watched {
    #[serde(flatten)]
    watch: WatchedPhrase,
    events: Vec<Event>,
}

impl WatchPhraseCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path) -> anyhow::Result<()> {
        let mut store = Store::open(archive)?;
        if let Some(id) = self.remove {
            store.end_watch(id)?;
            output::say(&format!("watch {id} has ended"));
            return Ok(());
        }
        if self.phrase.is_some() || self.formula.is_some() {
            return self.begin(&mut store);
        }
        let series = wording::series(&store)?;
        let mut all = Vec::new();
        for watch in store.watched_phrases()? {
            let mut events = Vec::new();
            let only = watch.series.as_deref().and_then(|code| series.of(code)).map(|(found, _)| found);
            for one in series.all.iter().filter(|one| only.is_none_or(|only| std::ptr::eq(only, *one))) {
                events.extend(self::events(&store, &watch, one)?);
            }
            let fates: Vec<(String, &str)> =
                events.iter().map(|event| (event.statement.clone(), event.fate.as_str())).collect();
            let new = store.tell_watch(watch.id, &fates)?;
            for event in &mut events {
                event.new = new.contains(&event.statement);
            }
            events.retain(|event| event.new || !self.new);
            all.push(Watched { watch, events });
        }
        if self.json {
            return output::put_json(&all);
        }
        if all.is_empty() {
            output::say("nothing is watched; begin with `diwan watch-phrase 'WORDS'`");
            return Ok(());
        }
        output::put(&readable(&all))
    }

    fn begin(self, store: &mut Store) -> anyhow::Result<()> {
        let environment =
            ["DIWAN_WHO", "USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
        let who = self.who.or(environment).filter(|who| !who.trim().is_empty()).ok_or_else(|| {
            Failure::new(Kind::Usage, "a watch needs the name of who watches").hint("say it with `--as NAME`")
        })?;
        let (phrase, known) = match (self.phrase, self.formula) {
            (Some(phrase), _) => (phrase, None),
            (None, id) => {
                let id = id.unwrap_or_default();
                let found = wording::formulas(store)?;
                let formula = found.named(&id).ok_or_else(|| {
                    Failure::new(Kind::NotFound, format!("there is no formula `{id}`"))
                        .hint("`diwan formulas` lists them")
                })?;
                let lang = self.lang.as_deref().map(LanguageTag::new);
                let fits = |l: &LanguageTag| lang.as_ref().is_none_or(|lang| lang.primary() == l.primary());
                let newest = formula.members.iter().rev().find(|member| fits(&member.lang));
                let newest = newest.ok_or_else(|| {
                    Failure::new(Kind::NotFound, format!("formula `{id}` has no wording in that language"))
                })?;
                (newest.text.clone(), Some(newest.lang.clone()))
            }
        };
        let lang = self.lang.as_deref().map(LanguageTag::new).or(known);
        let lang = lang.unwrap_or_else(|| diwan_text::language::identify(&phrase, &[]).lang);
        let series = match &self.series {
            None => None,
            Some(name) => {
                let all = wording::series(store)?;
                let found = all.named(name).ok_or_else(|| super::series::no_series(name))?;
                found.statements.first().map(|statement| statement.code.clone())
            }
        };
        let id = store.watch_phrase(&phrase, &lang, series.as_deref(), &who)?;
        if self.json {
            return output::put_json(
                &serde_json::json!({"id": id, "phrase": phrase, "lang": lang, "series": series, "who": who}),
            );
        }
        output::put(&format!("watch {id}: {} ({lang})\n", isolated(&phrase)))
    }
}

/// Where the fate of a phrase changed along a series: from its first use on.
fn events(store: &Store, watch: &WatchedPhrase, series: &SeriesEntry) -> anyhow::Result<Vec<Event>> {
    let mut out: Vec<Event> = Vec::new();
    for statement in &series.statements {
        if !statement.langs.iter().any(|lang| lang.primary() == watch.lang.primary()) {
            continue;
        }
        let Some(record) = store.statement(&ArchiveCode::new(statement.code.as_str()))? else { continue };
        let Some(version) = record.versions.iter().find(|v| v.lang.primary() == watch.lang.primary()) else {
            continue;
        };
        let sentences: Vec<&str> = version.sentences.iter().map(|s| s.text.as_str()).collect();
        let sighting = sight(&watch.phrase, &sentences, &version.lang);
        let sentence = sighting.sentence.and_then(|k| version.sentences.get(k));
        let text = sentence.and_then(|s| sighting.span.map(|span| span.of(&s.text).to_owned()));
        let before = out.last();
        let words = |text: &Option<String>| {
            text.as_deref().map(|text| diwan_wording::word_keys(text, &version.lang)).unwrap_or_default()
        };
        // What was never said cannot disappear; what changed may change again.
        let same = before.is_some_and(|event| {
            event.fate == sighting.fate && (event.fate != Fate::Changed || words(&event.text) == words(&text))
        });
        if same || (before.is_none() && sighting.fate != Fate::Kept) {
            continue;
        }
        out.push(Event {
            statement: statement.code.clone(),
            date: statement.date.clone(),
            fate: sighting.fate,
            new: false,
            sentence: sentence.map(|s| s.code.clone()),
            text,
        });
    }
    Ok(out)
}

fn readable(all: &[Watched]) -> String {
    let mut out = String::new();
    for (k, watched) in all.iter().enumerate() {
        let watch = &watched.watch;
        let _ = writeln!(
            out,
            "{}{}  {}  ({}, {})",
            if k > 0 { "\n" } else { "" },
            watch.id,
            isolated(&watch.phrase),
            watch.lang,
            isolated(&watch.who)
        );
        for event in &watched.events {
            let _ = writeln!(
                out,
                "  {} {:<10}  {:<7}  {}{}",
                if event.new { "*" } else { " " },
                event.date.as_deref().unwrap_or("-"),
                event.fate.as_str(),
                event.sentence.as_deref().unwrap_or(&event.statement),
                event.text.as_ref().map(|text| format!("  {}", isolated(text))).unwrap_or_default()
            );
        }
        if watched.events.is_empty() {
            out.push_str("    nothing to tell\n");
        }
    }
    out
}
