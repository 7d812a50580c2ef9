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
        // What a person took out stays out, whatever addresses say.
        let mut allowed = Vec::with_capacity(candidates.len());
        for candidate in candidates {
            if !page.is_apart(reading.capture.sha256, part, &candidate.code)? {
                allowed.push(candidate);
            }
        }
        let candidates = allowed;
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

#[cfg(test)]
mod tests {
    use diwan_model::{
        Authority, Capture, CaptureHash, Confidence, OriginalAddress, Page, Sentence, StatementDate, Version,
    };
    use diwan_store::{Filter, Settings, Store};
    use proptest::prelude::*;

    use super::*;

    fn page(name: &str, lang: &str, date: &str, own: Option<&str>, original: Option<&str>) -> Reading {
        let courtesy = if original.is_some() { Authority::CourtesyTranslation } else { Authority::Unknown };
        let version = Version {
            lang: LanguageTag::new(lang),
            authority: courtesy,
            disclaimer_line: None,
            begin_line: None,
            end_line: None,
            title: None,
            sentences: vec![Sentence { n: 1, line: 1, text: name.to_owned(), locus: None }],
            mentions: Vec::new(),
        };
        let statement = Statement {
            date: Some(StatementDate {
                iso: date.to_owned(),
                value: date.parse().unwrap(),
                printed: date.to_owned(),
                line: Some(1),
                locus: None,
                confidence: Confidence::CERTAIN,
            }),
            original_url: original.map(|url| OriginalAddress { url: url.to_owned(), line: 2 }),
            versions: vec![version],
            ..Statement::default()
        };
        let capture = Capture {
            sha256: CaptureHash::of(name.as_bytes()),
            media_type: "text/plain".to_owned(),
            bytes: name.len() as u64,
            address: own.map(str::to_owned),
            source: Some(name.to_owned()),
            declared_encoding: None,
        };
        Reading::new(capture, Page::default(), vec![statement], Vec::new())
    }

    /// A ministry's note in four languages, each spelling of the address its own; and pages that are only alike.
    fn pages() -> Vec<Reading> {
        let note = "https://www.ministry.example/en/note/";
        vec![
            page("en", "en", "2021-12-03", Some("http://ministry.example/en/note"), None),
            page("fa", "fa", "2021-12-03", None, Some(note)),
            page(
                "ar",
                "ar",
                "2021-12-03",
                Some("https://ministry.example/ar/note"),
                Some("https://ministry.example/en/note?utm_source=x"),
            ),
            page("ckb", "ckb", "2021-12-03", None, Some("https://ministry.example/ar/note/")),
            page(
                "decoy: same slug, another host",
                "ar",
                "2021-12-03",
                None,
                Some("https://coalition.example/en/note/"),
            ),
            page(
                "decoy: same body, another day",
                "fa",
                "2021-03-30",
                None,
                Some("https://ministry.example/en/communique/"),
            ),
            page("decoy: the site itself", "ar", "2021-12-03", None, Some("https://ministry.example/")),
        ]
    }

    fn add(store: &mut Store, reading: &Reading) {
        let bytes = reading.capture.source.clone().unwrap();
        let mut page = store.begin_page(&reading.capture, bytes.as_bytes()).unwrap();
        page.put_reading(reading, "test@1").unwrap();
        place_all(&mut page, reading, &[]).unwrap();
        page.log_added(&reading.capture, &bytes).unwrap();
        page.commit().unwrap();
    }

    /// Sources of each statement, with what each is; the same whatever the order of adding.
    fn groups(store: &Store) -> Vec<Vec<String>> {
        let rows = store.statements(&Filter::default()).unwrap();
        let mut groups: Vec<Vec<String>> = rows
            .iter()
            .map(|row| {
                let mut group: Vec<String> =
                    row.versions.iter().map(|v| format!("{} {}", v.source, v.authority.as_str())).collect();
                group.sort();
                group
            })
            .collect();
        groups.sort();
        groups
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

        #[test]
        fn translations_of_one_original_are_one_statement_in_any_order(order in Just(pages()).prop_shuffle()) {
            let folder = tempfile::tempdir().unwrap();
            let mut store = Store::init(folder.path(), &Settings::named("Test")).unwrap();
            for reading in &order {
                add(&mut store, reading);
            }
            prop_assert_eq!(groups(&store), vec![
                vec![
                    "ar courtesy-translation".to_owned(),
                    "ckb courtesy-translation".to_owned(),
                    "en authoritative".to_owned(),
                    "fa courtesy-translation".to_owned(),
                ],
                vec!["decoy: same body, another day courtesy-translation".to_owned()],
                vec!["decoy: same slug, another host courtesy-translation".to_owned()],
                vec!["decoy: the site itself courtesy-translation".to_owned()],
            ]);
            let verified = store.verify(|_, _| {}).unwrap();
            prop_assert!(verified.ok, "{:?}", verified.damage);
        }
    }

    #[test]
    fn a_page_captured_anew_replaces_and_one_of_another_day_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::init(folder.path(), &Settings::named("Test")).unwrap();
        let at = Some("https://ministry.example/fa/weekly");
        add(&mut store, &page("first", "fa", "2021-12-03", at, None));
        add(&mut store, &page("mended", "fa", "2021-12-03", at, None));
        add(&mut store, &page("next week", "fa", "2021-12-10", at, None));
        assert_eq!(groups(&store), [["mended unknown"], ["next week unknown"]]);
        let record = store.statement(&ArchiveCode::new("DW/2021/000001")).unwrap().unwrap();
        assert_eq!(record.earlier.len(), 1);
        let kinds: Vec<String> = store.findings().unwrap().into_iter().map(|f| f.kind).collect();
        assert_eq!(kinds, ["same-address-other-date"]);
    }
}
