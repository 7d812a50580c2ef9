//! `diwan decide`, `diwan undo`, `diwan history`: what people decide, and the record of it.

use std::fmt::Write as _;
use std::path::Path;

use clap::{Args, Subcommand};
use diwan_model::{ArchiveCode, VersionCode};
use diwan_store::{Action, Decision, FINDING_STATUS, Fingerprint, NewDecision, Store, StoreError, Subject};

use crate::failure::{Failure, Kind};
use crate::output::{self, isolated};

/// Decide about a value or a finding. A person's decision shows at once and is never overwritten by a machine.
///
/// A SUBJECT is the code of a statement (fields: title, date, issuer, office, type, place, original_url, series), the code of a
/// version (field: authority), the name of a finding (16 digits; no field), the name of a fact of the ledger
/// (16 digits; fields: type, subject, predicate, object, date; without a field: whether it is so), or an entity (`E12`; fields: name-ar, name-en,
/// name-fa, name-fr, kind, mark, notes, wikidata, viaf, iso-3166, same-as, apart).
#[derive(Debug, Subcommand)]
#[command(
    after_help = "Examples:\n  diwan decide confirm DW/2021/000123 date --as Mina\n  diwan decide correct DW/2021/000123 date 2021-06-28 --as Mina --why 'the page says so in line 9'\n  diwan decide dismiss 0123456789abcdef --as Mina"
)]
pub(crate) enum DecideCommand {
    /// What the machine read is right; of a finding: it is so.
    Confirm(Plain),
    /// Another value is right.
    Correct(Correction),
    /// What the machine read is wrong; of a finding: it is not so, or does not matter.
    Dismiss(Plain),
}

/// A decision without a value.
#[derive(Debug, Args)]
pub(crate) struct Plain {
    /// A statement's or version's code, or a finding's name.
    subject: String,
    /// The field; left out for a finding.
    field: Option<String>,
    #[command(flatten)]
    person: Person,
}

/// A decision with a value.
#[derive(Debug, Args)]
pub(crate) struct Correction {
    /// A statement's or version's code.
    subject: String,
    /// The field.
    field: String,
    /// The value that is right.
    value: String,
    #[command(flatten)]
    person: Person,
}

/// Who decides, and why.
#[derive(Debug, Args)]
pub(crate) struct Person {
    /// Who decides; otherwise `$DIWAN_WHO`, otherwise the name you are logged in by.
    #[arg(long = "as", value_name = "NAME")]
    who: Option<String>,
    /// Why, in your words.
    #[arg(long, value_name = "WORDS")]
    pub(crate) why: Option<String>,
    /// Print a JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

impl Person {
    pub(crate) fn name(&self) -> anyhow::Result<String> {
        let known = ["DIWAN_WHO", "USER", "LOGNAME", "USERNAME"];
        let environment =
            known.iter().find_map(|name| std::env::var(name).ok().filter(|who| !who.trim().is_empty()));
        match self.who.clone().or(environment) {
            Some(who) => Ok(who),
            None => Err(Failure::new(Kind::Usage, "a decision needs the name of who decides")
                .hint("say it with `--as NAME` or in the environment variable `DIWAN_WHO`")
                .into()),
        }
    }

    fn answer(&self, decision: &Decision, quiet: bool) -> anyhow::Result<()> {
        if self.json {
            return output::put_json(decision);
        }
        if quiet { Ok(()) } else { output::put(&line(decision)) }
    }
}

impl DecideCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path, quiet: bool) -> anyhow::Result<()> {
        let mut store = Store::open(archive)?;
        let (action, subject, field, value, person) = match self {
            Self::Confirm(plain) => (Action::Confirm, plain.subject, plain.field, None, plain.person),
            Self::Dismiss(plain) => (Action::Dismiss, plain.subject, plain.field, None, plain.person),
            Self::Correct(c) => (Action::Correct, c.subject, Some(c.field), Some(c.value), c.person),
        };
        let subject = self::subject(&store, &subject)?;
        let field = match (field, &subject) {
            (Some(field), _) => field,
            (None, Subject::Finding(_) | Subject::Fact(_)) => FINDING_STATUS.to_owned(),
            (None, _) => {
                let fields = subject.fields().join("`, `");
                return Err(Failure::new(Kind::Usage, format!("which field of the {}?", subject.kind()))
                    .hint(format!("name one of `{fields}`"))
                    .into());
            }
        };
        let (subject, value) = entity_decision(&store, subject, &field, value)?;
        let new = NewDecision { subject, field, action, value, who: person.name()?, why: person.why.clone() };
        let decision = store.decide(&new)?;
        person.answer(&decision, quiet)
    }
}

/// Take back a decision: what was shown before it is shown again. Nothing is erased; taking back is a decision too.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diwan undo 7 --as Mina --why 'wrong page'")]
pub(crate) struct UndoCommand {
    /// The decision's number, as `diwan history` prints it. An undo can be undone.
    number: i64,
    #[command(flatten)]
    person: Person,
}

impl UndoCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path, quiet: bool) -> anyhow::Result<()> {
        let mut store = Store::open(archive)?;
        let decision = store.undo(self.number, &self.person.name()?, self.person.why.as_deref())?;
        if decision.subject_kind == "link" {
            super::links::settled(&mut store)?;
        }
        self.person.answer(&decision, quiet)
    }
}

/// List decisions in the order taken: all, or those about one subject. Those that count now are marked with a star.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diwan history\n  diwan history DW/2021/000123 --json")]
pub(crate) struct HistoryCommand {
    /// A statement's or version's code, or a finding's name.
    subject: Option<String>,
    /// Print a JSON array.
    #[arg(long)]
    json: bool,
}

impl HistoryCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path) -> anyhow::Result<()> {
        let store = Store::open(archive)?;
        let subject = self.subject.map(|text| subject(&store, &text)).transpose()?;
        let history = store.history(subject.as_ref())?;
        if self.json {
            return output::put_json(&history);
        }
        if history.is_empty() {
            output::say("nobody has decided anything yet");
        }
        output::put(&history.iter().map(line).collect::<String>())
    }
}

/// `same-as E13` names the other's key; `apart KEY` is about that key.
fn entity_decision(
    store: &Store,
    subject: Subject,
    field: &str,
    value: Option<String>,
) -> anyhow::Result<(Subject, Option<String>)> {
    let (Subject::Entity(_), Some(text)) = (&subject, &value) else { return Ok((subject, value)) };
    match field {
        "same-as" => {
            let other = super::entities::find(store, text)?;
            Ok((subject, other.keys.into_iter().next()))
        }
        "apart" if store.entity_of_key(text)?.is_some() => {
            Ok((Subject::Entity(text.clone()), Some("yes".to_owned())))
        }
        _ => Ok((subject, value)),
    }
}

/// The subject that a person means: the statement of that code, else a finding or version.
fn subject(store: &Store, text: &str) -> anyhow::Result<Subject> {
    let code = ArchiveCode::new(text);
    if store.statement(&code)?.is_some() {
        return Ok(Subject::Statement(code));
    }
    if let Ok(fingerprint) = text.parse::<Fingerprint>() {
        let is_fact = store.fact(&fingerprint)?.is_some();
        return Ok(if is_fact { Subject::Fact(fingerprint) } else { Subject::Finding(fingerprint) });
    }
    // An entity is decided on by a key of its mentions, which outlives its id.
    if let Some(key) = store.entity(text)?.and_then(|entity| entity.keys.into_iter().next()) {
        return Ok(Subject::Entity(key));
    }
    if text.contains(':') && store.entity_of_key(text)?.is_some() {
        return Ok(Subject::Entity(text.to_owned()));
    }
    match text.parse::<VersionCode>() {
        Ok(code) => Ok(Subject::Version(code)),
        Err(_) => Err(StoreError::NotFound { what: "code", key: text.to_owned() }.into()),
    }
}

pub(crate) fn line(decision: &Decision) -> String {
    let mut out = format!(
        "{}{:>4}  {}  {} {}  {}.{}",
        if decision.counts { "*" } else { " " },
        decision.id,
        decision.at,
        isolated(&decision.who),
        decision.action.as_str(),
        decision.subject,
        decision.field
    );
    if let Some(undoes) = decision.undoes {
        let _ = write!(out, "  (takes back {undoes})");
    }
    if let Some(value) = &decision.value {
        let _ = write!(out, "  = {}", isolated(value));
    }
    if let Some(why) = &decision.why {
        let _ = write!(out, "  because {}", isolated(why));
    }
    out.push('\n');
    out
}
