//! The archive's series, in order, with gaps, predecessors and what statements recall.

use std::collections::BTreeMap;

use diwan_model::LanguageTag;
use diwan_store::{Store, StoreError};
use diwan_wording::series::{self as wording, DayFrom};
use serde::{Deserialize, Serialize};

use super::{Loaded, as_given, load};

/// A reference to an earlier statement, as a statement makes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecallEntry {
    /// The sentence that makes it (`DW/2021/000123-fa/4`).
    pub sentence: String,
    /// The date as printed.
    pub printed: String,
    /// The day, `YYYY-MM-DD`.
    pub date: String,
    /// The statement of that day: of this series, else the only one of the archive; `null` where it is not here.
    pub code: Option<String>,
}

/// A statement in its series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatementEntry {
    /// Its code.
    pub code: String,
    /// Its day, `YYYY-MM-DD` or `YYYY-MM`: from its record, else from its file's name or address.
    pub date: Option<String>,
    /// Whether the day comes from the file's name or address.
    pub date_from_source: bool,
    /// Where its first version was captured.
    pub source: String,
    /// Its title.
    pub title: Option<String>,
    /// Language of the title.
    pub title_lang: Option<LanguageTag>,
    /// Languages of its versions.
    pub langs: Vec<LanguageTag>,
    /// How sure it is that it belongs here, 0 to 1.
    pub confidence: f32,
    /// Whether a statement seems to be missing before it.
    pub gap_before: bool,
    /// The statement before it.
    pub predecessor: Option<String>,
    /// Earlier statements that it names by their day.
    pub recalls: Vec<RecallEntry>,
}

/// Successive statements of one body and kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeriesEntry {
    /// Its name.
    pub name: String,
    /// Whether a person gave the name.
    pub named_by_person: bool,
    /// By which method and version.
    pub method: String,
    /// Its statements in order.
    pub statements: Vec<StatementEntry>,
}

/// All series of an archive.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SeriesOf {
    /// Those with most statements first.
    pub all: Vec<SeriesEntry>,
}

impl SeriesOf {
    /// The series that a statement is in, and its place there.
    pub fn of(&self, code: &str) -> Option<(&SeriesEntry, usize)> {
        self.all.iter().find_map(|series| {
            let at = series.statements.iter().position(|s| s.code == code)?;
            Some((series, at))
        })
    }

    /// The series of that name, or the one that holds the statement of that code.
    pub fn named(&self, name: &str) -> Option<&SeriesEntry> {
        let by_name = self.all.iter().find(|series| series.name == name);
        by_name.or_else(|| self.of(name).map(|(series, _)| series))
    }

    /// Codes of the statements before one in its series, the nearest first.
    pub fn predecessors(&self, code: &str) -> Vec<String> {
        let Some((series, at)) = self.of(code) else { return Vec::new() };
        series.statements.iter().take(at).rev().map(|s| s.code.clone()).collect()
    }
}

/// Reads the archive's series.
///
/// # Errors
/// Whatever the store says.
pub fn series(store: &Store) -> Result<SeriesOf, StoreError> {
    Ok(of_loaded(&load(store)?))
}

/// How much a statement is like each other one of the archive, 0 to 1, the most alike first.
///
/// # Errors
/// Whatever the store says.
pub fn likenesses(store: &Store, code: &str) -> Result<Vec<(String, f32)>, StoreError> {
    let loaded = load(store)?;
    let named = |k: usize| loaded.get(k).map(|one| one.code.clone()).unwrap_or_default();
    let mut out: Vec<(String, f32)> = wording::likenesses(&as_given(&loaded))
        .into_iter()
        .map(|(a, b, like)| (named(a), named(b), like))
        .filter_map(|(a, b, like)| match (a == code, b == code) {
            (true, _) => Some((b, like)),
            (_, true) => Some((a, like)),
            _ => None,
        })
        .collect();
    out.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    Ok(out)
}

pub(crate) fn of_loaded(all: &[Loaded]) -> SeriesOf {
    let mut by_day: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (k, one) in all.iter().enumerate() {
        if let Some(day) = wording::day_of(one.date.as_deref(), &one.source()) {
            by_day.entry(day.iso).or_default().push(k);
        }
    }
    let found = wording::series(&as_given(all));
    let all = found
        .into_iter()
        .map(|series| {
            let members: Vec<usize> = series.places.iter().map(|p| p.statement).collect();
            let mut statements: Vec<StatementEntry> = Vec::new();
            for place in &series.places {
                let Some(one) = all.get(place.statement) else { continue };
                let recalls = recalls(one, all, &members, &by_day);
                statements.push(StatementEntry {
                    code: one.code.clone(),
                    date: place.day.as_ref().map(|day| day.iso.clone()),
                    date_from_source: place.day.as_ref().is_some_and(|day| day.from == DayFrom::Source),
                    source: one.source(),
                    title: one.title.clone(),
                    title_lang: one.lang.clone(),
                    langs: one.versions.iter().map(|v| v.lang.clone()).collect(),
                    confidence: place.confidence,
                    gap_before: place.gap_before,
                    predecessor: statements.last().map(|s| s.code.clone()),
                    recalls,
                });
            }
            SeriesEntry {
                name: series.name,
                named_by_person: series.named_by_person,
                method: wording::METHOD.to_owned(),
                statements,
            }
        })
        .collect();
    SeriesOf { all }
}

fn recalls(
    one: &Loaded,
    all: &[Loaded],
    members: &[usize],
    by_day: &BTreeMap<String, Vec<usize>>,
) -> Vec<RecallEntry> {
    let mut out: Vec<RecallEntry> = Vec::new();
    for version in &one.versions {
        let sentences = version.sentences.iter().map(|s| s.text.as_str());
        for recall in wording::recalls(sentences, &version.lang) {
            // Its own day is no earlier statement's.
            if one.date.as_ref() == Some(&recall.iso) {
                continue;
            }
            let there = by_day.get(&recall.iso).map(Vec::as_slice).unwrap_or(&[]);
            let own = there.iter().find(|k| members.contains(k));
            let only = if let [one] = there { Some(one) } else { None };
            out.push(RecallEntry {
                sentence: format!("{}/{}", version.code, recall.sentence),
                printed: recall.printed,
                date: recall.iso,
                code: own.or(only).and_then(|k| all.get(*k)).map(|s| s.code.clone()),
            });
        }
    }
    out
}
