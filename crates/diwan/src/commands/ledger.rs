//! `diwan ledger`, `diwan timeline`, `diwan diary`: what is stated, what became of it, day by day.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use diwan_ledger::chains::{self, Chain, ChainStatus};
use diwan_model::{ArchiveCode, Confidence, Fact, Method};
use diwan_store::{FactFilter, FactRecord, FactStatus, Store};
use serde::Serialize;

use crate::commands::decide::Person;
use crate::failure::{Failure, Kind};
use crate::ledger::entries;
use crate::output::{self, isolated};

/// Where facts or chains stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Standing {
    /// Facts that nobody has looked at; with --chains, promises not yet kept.
    Open,
    /// Facts that a person confirmed or entered.
    Confirmed,
    /// Facts that a person rejected.
    Rejected,
    /// With --chains: promises that were kept.
    Held,
    /// With --chains: promises whose time has passed.
    Overdue,
}

/// List what the statements state: who joined, what was promised, which meeting was held, which rate was set.
///
/// Each fact opens on its sentence: the code behind it is for `diwan show`. The 16 digits before it are its name:
/// `diwan decide confirm NAME`, `diwan decide dismiss NAME` or `diwan decide correct NAME object VALUE` says what you think.
/// With `--chains` facts are told as stories: a meeting promised and held, members, offices, figures over time. With `--on`
/// the members of a body on a day are listed.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan ledger --type meeting-planned\n  diwan ledger --entity Belgium --from 2021 --csv\n  diwan ledger --chains --status open\n  diwan ledger --on 2021-07-01 --entity Coalition\n  diwan ledger add DW/2021/000123 --type host --subject Orvania --predicate hosted --object meeting --as Mina"
)]
pub(crate) struct LedgerCommand {
    #[command(subcommand)]
    action: Option<LedgerAction>,
    /// Only facts of this type; `membership` takes `membership/joined` and the others behind the slash.
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    /// Only facts that name this: words of a subject or object in any language, or an entity's key.
    #[arg(long)]
    entity: Option<String>,
    /// Only facts of this date or later (`2021`, `2021-06`, `2021-06-28`).
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Only facts of this date or earlier; a year or month is taken whole.
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Only those that stand so.
    #[arg(long, value_enum)]
    status: Option<Standing>,
    /// Tell chains instead of facts.
    #[arg(long, conflicts_with_all = ["csv", "on"])]
    chains: bool,
    /// List the members on this day.
    #[arg(long, value_name = "DAY", conflicts_with = "csv")]
    on: Option<String>,
    /// Print a JSON array.
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print a table of comma-separated values, a line for each sentence.
    #[arg(long)]
    csv: bool,
}

#[derive(Debug, Subcommand)]
enum LedgerAction {
    /// Enter a fact that you read in a statement
    Add(AddFact),
}

/// Enter a fact that you read in a statement. It is marked with your name, and `diwan undo` takes it back.
#[derive(Debug, Args)]
struct AddFact {
    /// The statement's code.
    statement: String,
    /// Its type, as `diwan ledger` prints types.
    #[arg(long = "type", value_name = "TYPE")]
    kind: String,
    /// Of whom or what.
    #[arg(long, default_value = "")]
    subject: String,
    /// What is said of it.
    #[arg(long)]
    predicate: String,
    /// The other side.
    #[arg(long, default_value = "")]
    object: String,
    /// When (`2021-06-28`, `2021-06`).
    #[arg(long)]
    date: Option<String>,
    #[command(flatten)]
    person: Person,
}

impl LedgerCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path) -> anyhow::Result<()> {
        let mut store = Store::open(archive)?;
        if let Some(LedgerAction::Add(add)) = self.action {
            return add.run(&mut store);
        }
        let status = match self.status {
            Some(Standing::Open) if !self.chains => Some(FactStatus::Open),
            Some(Standing::Confirmed) => Some(FactStatus::Confirmed),
            Some(Standing::Rejected) => Some(FactStatus::Rejected),
            _ => None,
        };
        let mut records = store.facts(&FactFilter {
            r#type: self.kind.clone(),
            entity: self.entity.clone().filter(|_| self.on.is_none()),
            from: self.from.clone(),
            until: self.to.clone(),
            status,
            statement: None,
        })?;
        if self.on.is_some() || self.chains {
            diwan_serve::authorities::settle(&mut store, &mut records)?;
            records.retain(|record| record.status != FactStatus::Rejected);
        }
        if let Some(day) = &self.on {
            return self.members(&records, day);
        }
        if self.chains {
            return self.chains(&records);
        }
        if self.json {
            return output::put_json(&records);
        }
        if self.csv {
            let table =
                diwan_serve::ledger_table(&records, Vec::new()).context("the ledger cannot be written")?;
            return output::put(&String::from_utf8_lossy(&table));
        }
        if records.is_empty() {
            output::say(
                "no fact is like this; `diwan ledger` without conditions shows all, `diwan reprocess` reads them anew",
            );
        }
        output::put(&records.iter().map(line).collect::<String>())
    }

    fn members(&self, records: &[FactRecord], day: &str) -> anyhow::Result<()> {
        if chains::bounds(day).is_none() {
            return Err(Failure::new(Kind::Usage, format!("`{day}` is not a day like `2021-07-01`")).into());
        }
        let members = chains::members(&entries(records), self.entity.as_deref(), day);
        if self.json {
            return output::put_json(&members);
        }
        if members.is_empty() {
            output::say("the archive says of nobody that they were members then");
        }
        let mut out = String::new();
        for member in members {
            let since = member.since.as_deref().unwrap_or("-");
            let _ = writeln!(
                out,
                "{}  {since:<10}  {}  {}",
                member.id,
                isolated(&member.name),
                isolated(&member.body)
            );
        }
        output::put(&out)
    }

    fn chains(&self, records: &[FactRecord]) -> anyhow::Result<()> {
        let wanted = match self.status {
            Some(Standing::Open) => Some(ChainStatus::Open),
            Some(Standing::Held) => Some(ChainStatus::Held),
            Some(Standing::Overdue) => Some(ChainStatus::Overdue),
            _ => None,
        };
        let mut all: Vec<Chain> = chains::chains(&entries(records));
        all.retain(|chain| wanted.is_none_or(|w| chain.status == w));
        if self.json {
            return output::put_json(&all);
        }
        if all.is_empty() {
            output::say("no chain is like this");
        }
        let mut out = String::new();
        for chain in all {
            let _ = writeln!(
                out,
                "{}  {}  {}",
                chain.kind.as_str(),
                chain.status.as_str(),
                isolated(&chain.title)
            );
            for step in chain.steps {
                let _ = writeln!(
                    out,
                    "    {:<10}  {:<18}  {}  {}",
                    step.stated.as_deref().unwrap_or("-"),
                    step.date.as_deref().unwrap_or("-"),
                    step.statement,
                    isolated(&step.what)
                );
            }
        }
        output::put(&out)
    }
}

impl AddFact {
    fn run(self, store: &mut Store) -> anyhow::Result<()> {
        if self.date.as_deref().is_some_and(|date| chains::bounds(date).is_none()) {
            return Err(Failure::new(Kind::Usage, "a date is written like `2021-12-03` or `2021-12`").into());
        }
        let fact = Fact {
            r#type: self.kind,
            subject: self.subject,
            subject_entity: None,
            predicate: self.predicate,
            object: self.object,
            object_entity: None,
            date: self.date,
            details: std::collections::BTreeMap::new(),
            entities: Vec::new(),
            confidence: Confidence::CERTAIN,
            method: Method::new("entered@1"),
            provenance: Vec::new(),
        };
        let record = store.enter_fact(
            &ArchiveCode::new(self.statement),
            &fact,
            &self.person.name()?,
            self.person.why.as_deref(),
        )?;
        if self.person.json { output::put_json(&record) } else { output::put(&line(&record)) }
    }
}

fn line(record: &FactRecord) -> String {
    let fact = &record.fact;
    let mut out = format!(
        "{}  {:<18}  {:<22}  {}\n",
        record.id,
        record.when().unwrap_or("-"),
        fact.r#type,
        isolated(&told(fact))
    );
    let mut seen: Vec<String> = Vec::new();
    for source in &fact.provenance {
        seen.push(format!("{}-{}/{}", record.statement, source.lang, source.n));
    }
    if seen.is_empty() {
        seen.push(record.statement.to_string());
    }
    let state = match record.status {
        FactStatus::Open => format!("{:.2}", fact.confidence.value()),
        other => other.as_str().to_owned(),
    };
    let _ = writeln!(out, "    {}  {state}", seen.join(" "));
    out
}

fn told(fact: &Fact) -> String {
    let parts = [fact.subject.as_str(), fact.predicate.as_str(), fact.object.as_str()];
    parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(" · ")
}

/// One line of the timeline.
#[derive(Debug, Serialize)]
struct Moment {
    date: String,
    kind: String,
    what: String,
    code: String,
}

/// Tell in order of time what happened and what was said: statements, dated facts, what people wrote into the diary.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan timeline --from 2021 --to 2021-06\n  diwan timeline --entity Rome --json"
)]
pub(crate) struct TimelineCommand {
    /// Only what names this: words of a subject or object, or an entity's key.
    #[arg(long)]
    entity: Option<String>,
    /// From this date on.
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Up to this date; a year or month is taken whole.
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Print a JSON array.
    #[arg(long)]
    json: bool,
}

impl TimelineCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path) -> anyhow::Result<()> {
        let store = Store::open(archive)?;
        let mut moments = moments(&store, self.entity.as_deref(), self.from.as_deref(), self.to.as_deref())?;
        moments.retain(|m| !m.date.is_empty());
        put(&moments, self.json)
    }
}

/// Show the diary: day by day what happened and what was said, or write an entry into it.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan diary\n  diwan diary --day 2021-06-28\n  diwan diary --day 2021-06-28 --write 'Read in the archive of Rome' --as Mina"
)]
pub(crate) struct DiaryCommand {
    /// Only this day.
    #[arg(long, value_name = "DAY")]
    day: Option<String>,
    /// Write this as an entry of the day.
    #[arg(long, value_name = "WORDS", requires = "day")]
    write: Option<String>,
    /// The statement that the entry belongs to.
    #[arg(long, value_name = "CODE", requires = "write")]
    statement: Option<String>,
    #[command(flatten)]
    person: Person,
}

impl DiaryCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path) -> anyhow::Result<()> {
        let mut store = Store::open(archive)?;
        if let (Some(words), Some(day)) = (&self.write, &self.day) {
            let statement = self.statement.as_deref().map(ArchiveCode::new);
            let note = store.write_diary(day, words, statement.as_ref(), &self.person.name()?)?;
            return if self.person.json {
                output::put_json(&note)
            } else {
                output::put(&format!("{}  {}\n", note.day, isolated(&note.text)))
            };
        }
        let mut moments = moments(&store, None, self.day.as_deref(), self.day.as_deref())?;
        // The diary is of days: what is dated by a month or a season is in the timeline.
        moments.retain(|m| m.date.len() == 10);
        put(&moments, self.person.json)
    }
}

fn moments(
    store: &Store,
    entity: Option<&str>,
    from: Option<&str>,
    to: Option<&str>,
) -> anyhow::Result<Vec<Moment>> {
    let records = store.facts(&FactFilter {
        entity: entity.map(str::to_owned),
        from: from.map(str::to_owned),
        until: to.map(str::to_owned),
        ..FactFilter::default()
    })?;
    // Facts of the day of issue are told by the statement itself, but what happened.
    let happens = |r: &&FactRecord| {
        let kind = r.fact.r#type.as_str();
        matches!(
            kind,
            "meeting-held"
                | "meeting-planned"
                | "event"
                | "membership/joined"
                | "membership/left"
                | "group-created"
        ) || kind.starts_with("decision")
            || r.fact.date.is_some() && r.fact.date != r.stated
    };
    let mut out: Vec<Moment> = Vec::new();
    for record in records.iter().filter(happens) {
        out.push(Moment {
            date: record.when().unwrap_or("").to_owned(),
            kind: record.fact.r#type.clone(),
            what: told(&record.fact),
            code: record.statement.to_string(),
        });
    }
    if entity.is_none() {
        let filter = diwan_store::Filter {
            from: from.map(str::to_owned),
            until: to.map(str::to_owned),
            ..diwan_store::Filter::default()
        };
        for row in store.statements(&filter)? {
            out.push(Moment {
                date: row.date.unwrap_or_default(),
                kind: "statement".to_owned(),
                what: row.title.unwrap_or_else(|| "(no title)".to_owned()),
                code: row.code.to_string(),
            });
        }
        let within =
            |day: &str| from.is_none_or(|f| day >= f) && to.is_none_or(|t| day < format!("{t}~").as_str());
        for note in store.diary_notes()?.into_iter().filter(|n| within(&n.day)) {
            let code = note.statement.map(|c| c.to_string()).unwrap_or_default();
            out.push(Moment {
                date: note.day,
                kind: "diary".to_owned(),
                what: format!("{} ({})", note.text, note.who),
                code,
            });
        }
    }
    out.sort_by(|a, b| (&a.date, &a.code, &a.kind, &a.what).cmp(&(&b.date, &b.code, &b.kind, &b.what)));
    Ok(out)
}

fn put(moments: &[Moment], json: bool) -> anyhow::Result<()> {
    if json {
        return output::put_json(&moments);
    }
    if moments.is_empty() {
        output::say("nothing is known of that time");
    }
    let mut out = String::new();
    for moment in moments {
        let _ = writeln!(
            out,
            "{:<18}  {:<18}  {}  {}",
            moment.date,
            moment.kind,
            moment.code,
            isolated(&moment.what)
        );
    }
    output::put(&out)
}
