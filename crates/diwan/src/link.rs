//! Between reading and the archive: which statement each newly read one belongs to.
//!
//! The rule is `diwan_relate::place`; this file asks the store for candidates, tells it the outcome, and makes findings of
//! what was refused or looks odd.

use diwan_model::{ArchiveCode, Finding, LanguageTag, Quote, Reading, Severity, Statement};
use diwan_relate::{AddressKey, Incoming, Known, TiedPlacement, place};
use diwan_store::{Candidate, NewStatement, PageWriter, Placement, Result};

/// Puts every statement of the reading into the archive and gives their codes. `present` says, for each statement of an
/// earlier reading of the same bytes, where it was.
pub(crate) fn place_all(
    page: &mut PageWriter<'_>,
    reading: &Reading,
    present: &[Option<ArchiveCode>],
) -> Result<Vec<ArchiveCode>> {
    let mut codes: Vec<ArchiveCode> = Vec::new();
    for (part, statement) in reading.statements.iter().enumerate() {
        if statement.versions.is_empty() {
            continue;
        }
        let incoming = incoming(reading, statement);
        let keys = keys(&incoming);
        let mut candidates = page.candidates(&keys.iter().map(String::as_str).collect::<Vec<_>>())?;
        // Two statements of one page are two, whatever address both name.
        candidates.retain(|candidate| !codes.contains(&candidate.code));
        let known: Vec<Known> = candidates.iter().map(known).collect();
        let tied = place(&incoming, &known);
        let placement = placement(&tied, present.get(part).cloned().flatten());
        let alternates: Vec<String> = incoming.alternates.iter().map(ToString::to_string).collect();
        let new = NewStatement {
            part,
            statement,
            own: incoming.own.as_ref().map(AddressKey::as_str),
            original: incoming.original.as_ref().map(AddressKey::as_str),
            alternates: &alternates,
        };
        codes.push(page.place(reading, new, &placement)?);
        for (finding, candidate) in findings(statement, &tied, &candidates) {
            let other = candidate.date_quote.as_ref().map(|(capture, _)| *capture);
            page.put_linking_finding(reading.capture.sha256, &finding, other)?;
        }
    }
    Ok(codes)
}

fn incoming(reading: &Reading, statement: &Statement) -> Incoming {
    let page = |address: &str| AddressKey::new(address).filter(AddressKey::names_a_page);
    // A page of several statements names none of them by its own address.
    let single = reading.statements.iter().filter(|s| !s.versions.is_empty()).count() == 1;
    let own = reading.capture.address.as_deref().and_then(page);
    let own = own.or_else(|| reading.canonical_url.as_deref().and_then(page)).filter(|_| single);
    let alternates =
        reading.alternates.iter().filter(|_| single).filter_map(|alternate| page(&alternate.url));
    let mut alternates: Vec<AddressKey> = alternates.filter(|key| Some(key) != own.as_ref()).collect();
    alternates.sort();
    alternates.dedup();
    Incoming {
        original: statement.original_url.as_ref().and_then(|original| page(&original.url)),
        own,
        alternates,
        langs: statement.versions.iter().map(|v| LanguageTag::new(v.lang.primary())).collect(),
        date: statement.date.as_ref().map(|date| date.iso.clone()),
    }
}

fn keys(incoming: &Incoming) -> Vec<String> {
    let all = incoming.own.iter().chain(&incoming.original).chain(&incoming.alternates);
    all.map(ToString::to_string).collect()
}

fn known(candidate: &Candidate) -> Known {
    let keys =
        |texts: &[String]| texts.iter().filter_map(|text| AddressKey::new(&format!("//{text}"))).collect();
    Known {
        code: candidate.code.clone(),
        number: candidate.number,
        own: keys(&candidate.own),
        originals: keys(&candidate.originals),
        alternates: keys(&candidate.alternates),
        langs: candidate.langs.clone(),
        date: candidate.date.clone(),
    }
}

/// A statement that was placed before stays where it was; what it is now tied to comes to it, or it goes there.
fn placement(tied: &TiedPlacement, present: Option<ArchiveCode>) -> Placement {
    let mut all: Vec<ArchiveCode> = present.into_iter().collect();
    all.extend(tied.into.as_ref().map(|(code, _)| code.clone()));
    all.extend(tied.merge.iter().cloned());
    let mut all = all.into_iter();
    match all.next() {
        Some(into) => Placement::Join { merge: all.filter(|code| *code != into).collect(), into },
        None => Placement::New,
    }
}

fn findings<'a>(
    statement: &Statement,
    tied: &TiedPlacement,
    candidates: &'a [Candidate],
) -> Vec<(Finding, &'a Candidate)> {
    let date = statement.date.as_ref();
    let mine = Quote {
        line: date.and_then(|d| d.line).unwrap_or(1),
        text: date.map(|d| d.printed.clone()).unwrap_or_default(),
    };
    let quotes = |candidate: &Candidate| {
        let theirs = candidate.date_quote.iter().map(|(_, quote)| quote.clone());
        std::iter::once(mine.clone()).chain(theirs).collect()
    };
    let find = |code: &ArchiveCode| candidates.iter().find(|candidate| candidate.code == *code);
    let mut out = Vec::new();
    for candidate in tied.conflicts.iter().filter_map(|conflict| find(&conflict.code)) {
        let message = format!(
            "This page and {} name one address, in one language, but are dated differently; they were kept apart.",
            candidate.code
        );
        out.push((
            Finding::new("same-address-other-date", Severity::Medium, message, quotes(candidate)),
            candidate,
        ));
    }
    if let Some(candidate) = tied.into.as_ref().filter(|_| tied.dates_differ).and_then(|(code, _)| find(code))
    {
        let message = format!("Versions of {} are dated differently.", candidate.code);
        out.push((
            Finding::new("version-dates-disagree", Severity::Medium, message, quotes(candidate)),
            candidate,
        ));
    }
    out
}
