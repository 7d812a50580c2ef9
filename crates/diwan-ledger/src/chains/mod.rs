//! Chains: what became of what was said. A meeting promised, promised again, held; who joined whom; how many members a
//! body has over time; an office and its holders; a figure and its hedge; a pledge repeated.
//!
//! *Invariant:* a chain only orders facts; each step is a fact of the ledger with its sentence.

use std::collections::BTreeMap;

use diwan_model::Fact;
use serde::Serialize;

mod meetings;
#[cfg(test)]
mod tests;

/// A fact with the statement that states it.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The fact's name.
    pub id: &'a str,
    /// The statement's code.
    pub statement: &'a str,
    /// The statement's date, `YYYY-MM-DD`.
    pub stated: Option<&'a str>,
    /// The fact.
    pub fact: &'a Fact,
}

impl<'a> Entry<'a> {
    /// The fact's date, else its statement's.
    pub fn when(&self) -> Option<&'a str> {
        self.fact.date.as_deref().or(self.stated)
    }

    /// Where a meeting is or was to be, else what it is about ("on the threat in West Africa").
    fn place(&self) -> Option<&'a str> {
        self.detail("place_entity").or_else(|| self.detail("about_entity"))
    }

    fn detail(&self, name: &str) -> Option<&'a str> {
        self.fact.details.get(name).map(String::as_str)
    }
}

/// What a chain follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChainKind {
    /// A meeting that was promised.
    Meeting,
    /// Who joined and left a body.
    Membership,
    /// How many members a body has.
    MemberCount,
    /// An office and who held it.
    Office,
    /// A figure that is stated again.
    Figure,
    /// A pledge that is stated again.
    Pledge,
}

impl ChainKind {
    /// Its spelling in JSON and in keys of words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Meeting => "meeting",
            Self::Membership => "membership",
            Self::MemberCount => "member-count",
            Self::Office => "office",
            Self::Figure => "figure",
            Self::Pledge => "pledge",
        }
    }
}

/// Where a chain stands at the newest statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChainStatus {
    /// What was promised happened.
    Held,
    /// It was promised and its time has not come, or is not said.
    Open,
    /// Its time has passed and nothing in the archive says that it happened.
    Overdue,
    /// There is nothing to be fulfilled.
    Running,
}

impl ChainStatus {
    /// Its spelling in JSON and in keys of words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Open => "open",
            Self::Overdue => "overdue",
            Self::Running => "running",
        }
    }
}

/// One step of a chain.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// The fact's name.
    pub id: String,
    /// The statement's code.
    pub statement: String,
    /// When it was said, where known.
    pub stated: Option<String>,
    /// The date that the fact has: of a promise the time promised.
    pub date: Option<String>,
    /// The fact's type.
    pub r#type: String,
    /// The fact in short: subject, predicate, object.
    pub what: String,
}

/// Facts that tell one story, in order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chain {
    /// What it follows.
    pub kind: ChainKind,
    /// What it is about, as printed.
    pub title: String,
    /// Where it stands.
    pub status: ChainStatus,
    /// Its steps by date.
    pub steps: Vec<Step>,
}

/// One that is a member of a body on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// As printed.
    pub name: String,
    /// The body, as printed; empty where the text does not say.
    pub body: String,
    /// Since when, as far as the archive says.
    pub since: Option<String>,
    /// The fact that says so.
    pub id: String,
}

fn step(entry: &Entry<'_>) -> Step {
    let fact = entry.fact;
    let parts = [fact.subject.as_str(), fact.predicate.as_str(), fact.object.as_str()];
    Step {
        id: entry.id.to_owned(),
        statement: entry.statement.to_owned(),
        stated: entry.stated.map(str::to_owned),
        date: fact.date.clone(),
        r#type: fact.r#type.clone(),
        what: parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(" · "),
    }
}

/// The first and last day of a date as facts have it (`2021-12-03`, `2021-12`, `2021`, `2021-Q4`, `2021-09/2021-11`).
pub fn bounds(date: &str) -> Option<(String, String)> {
    if let Some((from, to)) = date.split_once('/') {
        return Some((bounds(from)?.0, bounds(to)?.1));
    }
    let year = date.get(..4).filter(|y| y.bytes().all(|b| b.is_ascii_digit()))?;
    let month = |m: u32, day: u32| format!("{year}-{m:02}-{day:02}");
    match date.get(4..).unwrap_or("") {
        "" => Some((month(1, 1), month(12, 31))),
        rest if rest.starts_with("-Q") => {
            let quarter: u32 = rest.get(2..)?.parse().ok().filter(|q| (1..=4).contains(q))?;
            Some((month(quarter * 3 - 2, 1), month(quarter * 3, 31)))
        }
        rest if rest.len() == 3 => Some((format!("{date}-01"), format!("{date}-31"))),
        _ => Some((date.to_owned(), date.to_owned())),
    }
}

/// What an entry is followed by, if it belongs to a chain of the kind.
type Follow = fn(&Entry<'_>) -> Option<String>;

/// The chains of a ledger: of every kind, by kind and first step. Rejected facts should be left out beforehand.
pub fn chains(entries: &[Entry<'_>]) -> Vec<Chain> {
    let mut out = meetings::chains(entries);
    let follow: [(ChainKind, Follow); 5] = [
        (ChainKind::Membership, |e| e.fact.r#type.starts_with("membership/").then(|| body(e.fact))),
        (ChainKind::MemberCount, |e| {
            (e.fact.predicate == "has number of members")
                .then(|| e.fact.subject_entity.clone().unwrap_or_else(|| folded(&e.fact.subject)))
        }),
        (ChainKind::Office, |e| {
            let office = matches!(e.fact.r#type.as_str(), "role-holder" | "chair" | "co-chair");
            (office && !e.fact.object.is_empty()).then(|| folded(&e.fact.object))
        }),
        (ChainKind::Figure, |e| {
            let value = e.detail("value").filter(|_| e.fact.r#type == "figure")?;
            let counted = e.fact.predicate == "has number of members";
            (!counted).then(|| format!("{value} {}", e.detail("unit").unwrap_or("")))
        }),
        (ChainKind::Pledge, |e| {
            let programme = e.fact.entities.iter().find(|k| k.starts_with("programme:"));
            (e.fact.r#type == "pledge/financing")
                .then(|| programme.cloned().unwrap_or_else(|| folded(&e.fact.object)))
        }),
    ];
    for (kind, key) in follow {
        let mut groups: BTreeMap<String, Vec<&Entry<'_>>> = BTreeMap::new();
        for entry in entries {
            if let Some(key) = key(entry) {
                groups.entry(key).or_default().push(entry);
            }
        }
        // What is said once is no story, but of members.
        let told = |group: &Vec<&Entry<'_>>| {
            let statements: std::collections::BTreeSet<&str> = group.iter().map(|e| e.statement).collect();
            statements.len() > 1 || matches!(kind, ChainKind::Membership | ChainKind::MemberCount)
        };
        out.extend(groups.into_values().filter(told).map(|group| chain(kind, group)));
    }
    out.sort_by_key(|chain| (chain.kind, key_of(chain)));
    out
}

fn key_of(chain: &Chain) -> (Option<String>, String) {
    let first = chain.steps.first();
    (first.and_then(|s| s.stated.clone().or_else(|| s.date.clone())), chain.title.clone())
}

fn chain(kind: ChainKind, mut group: Vec<&Entry<'_>>) -> Chain {
    group.sort_by_key(|e| (e.when().map(str::to_owned), e.statement.to_owned(), e.id.to_owned()));
    let fact = group.first().map(|e| e.fact);
    let title = fact.map(|fact| match kind {
        ChainKind::Membership if fact.object.is_empty() => fact.subject.clone(),
        ChainKind::MemberCount => fact.subject.clone(),
        // The body is named in full somewhere, in short elsewhere.
        ChainKind::Membership => group
            .iter()
            .map(|e| e.fact.object.as_str())
            .max_by_key(|name| name.chars().count())
            .unwrap_or_default()
            .to_owned(),
        _ => fact.object.clone(),
    });
    let steps = group.into_iter().map(step).collect();
    Chain { kind, title: title.unwrap_or_default(), status: ChainStatus::Running, steps }
}

fn body(fact: &Fact) -> String {
    fact.object_entity.clone().unwrap_or_else(|| folded(&fact.object))
}

fn folded(text: &str) -> String {
    diwan_text::normal::strong(text)
}

/// Who was a member on a day: who had joined by then and had not left, of the body whose name has these words (all
/// bodies without).
pub fn members(entries: &[Entry<'_>], body_words: Option<&str>, day: &str) -> Vec<Member> {
    let words = body_words.map(folded);
    let last = format!("{day}~");
    let mut found: BTreeMap<String, Member> = BTreeMap::new();
    let mut sorted: Vec<&Entry<'_>> =
        entries.iter().filter(|e| e.when().is_none_or(|when| when < last.as_str())).collect();
    sorted.sort_by_key(|e| e.when().map(str::to_owned));
    for entry in sorted {
        let fact = entry.fact;
        let of = words.as_ref().is_none_or(|w| {
            folded(&fact.object).contains(w.as_str())
                || fact.object_entity.as_ref().is_some_and(|key| folded(key).contains(w.as_str()))
                || fact.provenance.iter().any(|p| folded(&p.text).contains(w.as_str()))
        });
        let key = fact.subject_entity.clone().unwrap_or_else(|| folded(&fact.subject));
        match fact.r#type.as_str() {
            "membership/joined" if of => {
                found.entry(key).or_insert_with(|| Member {
                    name: fact.subject.clone(),
                    body: fact.object.clone(),
                    since: entry.when().map(str::to_owned),
                    id: entry.id.to_owned(),
                });
            }
            "membership/left" if of => {
                found.remove(&key);
            }
            _ => {}
        }
    }
    let mut out: Vec<Member> = found.into_values().collect();
    out.sort_by(|a, b| (&a.since, &a.name).cmp(&(&b.since, &b.name)));
    out
}
