//! After pages went in: versions that addresses do not tie are tied by what they say.
//!
//! Each shown version is read once into features that mean the same in any language; the store keeps them with an inverted
//! index. New versions meet those of the archive that share something rare with them; `diwan_relate::link` judges, last of all
//! by aligning them; what is one statement becomes one, with the evidence kept. Statements whose pages name different
//! originals, or that people keep apart, stay two.

use std::collections::{BTreeMap, BTreeSet};

use diwan_model::{ArchiveCode, LanguageTag, PartialDate};
use diwan_relate::link::{LINK_METHOD, LinkEvidence, LinkOptions, Linker, Profile};
use diwan_store::{LinkEvidence as Kept, NewJoin, ProfiledVersion, Store};
use rayon::prelude::*;

/// Versions read at once.
const CHUNK: usize = 500;
/// Up to this many versions all are compared; beyond, only those that the index brings up.
const ALL: usize = 3000;
/// Versions that the index brings up for a new one, and for each of those in turn.
const NEAR: usize = 24;
/// What stands in more versions than this brings nothing up.
const COMMON: usize = 400;
/// How sure a link must be; and where the two are dated differently.
const LEAST: f32 = 0.6;
const LEAST_OTHER_DATE: f32 = 0.9;
/// Days between the dates of two versions of one statement, at most: a translation may bear the day it came out.
const DAYS: i32 = 31;

/// Ties the versions of these statements, or of all, to others of the archive. Gives the statements that changed.
pub(crate) fn bring_up_to_date(
    store: &mut Store,
    statements: Option<&BTreeSet<ArchiveCode>>,
) -> anyhow::Result<BTreeSet<ArchiveCode>> {
    if statements.is_none() {
        store.sweep_profiles()?;
    }
    profile(store)?;
    let mut changed = BTreeSet::new();
    if statements.is_some_and(BTreeSet::is_empty) {
        return Ok(changed);
    }
    let all = store.profiled()?;
    let asked: BTreeSet<i64> = all
        .iter()
        .filter(|v| statements.is_none_or(|codes| codes.contains(&v.statement)))
        .map(|v| v.profile)
        .collect();
    if asked.is_empty() {
        return Ok(changed);
    }
    let near =
        if all.len() <= ALL { all.iter().map(|v| v.profile).collect() } else { near(store, &all, &asked)? };
    let versions: Vec<&ProfiledVersion> = all.iter().filter(|v| near.contains(&v.profile)).collect();
    let linker = linker(store, &versions, all.len() > versions.len(), &all)?;
    let ask: Vec<usize> =
        versions.iter().enumerate().filter(|(_, v)| asked.contains(&v.profile)).map(|(at, _)| at).collect();
    let texts = versions.iter().map(|v| store.version_text(v.version)).collect::<Result<Vec<_>, _>>()?;
    let options = LinkOptions { least: LEAST, ..LinkOptions::default() };
    let links = linker.tie(&ask, &|at| texts.get(at).cloned(), &options);
    for link in links {
        let (Some(a), Some(b)) = (versions.get(link.first), versions.get(link.second)) else { continue };
        if a.statement == b.statement || !may_be_one(a, b, link.confidence.value()) {
            continue;
        }
        let (into, other) = if a.number <= b.number { (a, b) } else { (b, a) };
        if !free(store, &into.statement, &other.statement)? {
            continue;
        }
        let join = NewJoin {
            into: into.statement.clone(),
            other: other.statement.clone(),
            confidence: link.confidence.value(),
            evidence: link.evidence.iter().map(evidence).collect(),
        };
        if store.join(&join)? {
            changed.insert(into.statement.clone());
            changed.insert(other.statement.clone());
        }
    }
    Ok(changed)
}

/// Puts into the index what is not in it.
fn profile(store: &mut Store) -> anyhow::Result<()> {
    loop {
        let versions = store.unprofiled(LINK_METHOD, CHUNK)?;
        if versions.is_empty() {
            return Ok(());
        }
        let read: Vec<(i64, Profile)> =
            versions.par_iter().map(|v| (v.version, Profile::of(&v.text, &v.lang))).collect();
        let rows: Vec<(i64, &[u32], Vec<u8>)> =
            read.iter().map(|(version, p)| (*version, p.features(), p.to_bytes())).collect();
        store.put_profiles(LINK_METHOD, &rows)?;
    }
}

fn read_profile(store: &Store, profile: i64) -> anyhow::Result<Profile> {
    Ok(Profile::from_bytes(&store.profile(profile)?).unwrap_or_default())
}

/// The versions asked about, those that share the most rare features with each, and those that share the most with these.
fn near(store: &Store, all: &[ProfiledVersion], asked: &BTreeSet<i64>) -> anyhow::Result<BTreeSet<i64>> {
    let langs: BTreeMap<i64, &LanguageTag> = all.iter().map(|v| (v.profile, &v.lang)).collect();
    let mut known: BTreeMap<u32, Vec<i64>> = BTreeMap::new();
    let mut out = asked.clone();
    let mut front: Vec<i64> = asked.iter().copied().collect();
    for _ in 0..2 {
        let mut next = BTreeSet::new();
        for profile in front {
            let mut scores: BTreeMap<i64, f32> = BTreeMap::new();
            for feature in read_profile(store, profile)?.features() {
                if !known.contains_key(feature) {
                    known.insert(*feature, store.postings(*feature, COMMON + 1)?);
                }
                let places = known.get(feature).map_or(&[][..], Vec::as_slice);
                if places.len() > COMMON {
                    continue;
                }
                let weight = (all.len() as f32 / places.len().max(1) as f32).ln();
                for other in places {
                    if langs.get(other).is_some_and(|lang| Some(lang) != langs.get(&profile)) {
                        *scores.entry(*other).or_default() += weight;
                    }
                }
            }
            let mut best: Vec<(i64, f32)> = scores.into_iter().collect();
            best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            next.extend(best.into_iter().take(NEAR).map(|(other, _)| other));
        }
        front = next.into_iter().filter(|other| out.insert(*other)).collect();
    }
    Ok(out)
}

fn linker(
    store: &Store,
    versions: &[&ProfiledVersion],
    part: bool,
    all: &[ProfiledVersion],
) -> anyhow::Result<Linker> {
    let mut linker = Linker::default();
    let mut features = BTreeSet::new();
    let mut first: BTreeMap<&ArchiveCode, usize> = BTreeMap::new();
    for (at, version) in versions.iter().enumerate() {
        let profile = read_profile(store, version.profile)?;
        if part {
            features.extend(profile.features().iter().copied());
        }
        linker.add_profile(&version.lang, profile);
        match first.get(&version.statement) {
            Some(other) => linker.tie_together(*other, at),
            None => {
                first.insert(&version.statement, at);
            }
        }
    }
    if part {
        let langs: BTreeMap<i64, &LanguageTag> = all.iter().map(|v| (v.profile, &v.lang)).collect();
        let mut sizes: BTreeMap<&LanguageTag, usize> = BTreeMap::new();
        for version in all {
            *sizes.entry(&version.lang).or_default() += 1;
        }
        for (lang, size) in sizes {
            linker.know_size(lang, size);
        }
        for feature in features {
            let mut counts: BTreeMap<&LanguageTag, u32> = BTreeMap::new();
            for lang in store.postings(feature, 4 * COMMON)?.iter().filter_map(|p| langs.get(p)) {
                *counts.entry(lang).or_default() += 1;
            }
            for (lang, count) in counts {
                linker.know_rarity(lang, feature, count);
            }
        }
    }
    let apart: BTreeSet<_> = store.kept_apart()?.into_iter().collect();
    let out = |a: &ProfiledVersion, b: &ProfiledVersion| apart.contains(&(a.capture, a.part, b.number));
    for (at, a) in versions.iter().enumerate().filter(|_| !apart.is_empty()) {
        for (other, b) in versions.iter().enumerate().skip(at + 1) {
            if out(a, b) || out(b, a) {
                linker.keep_apart(at, other);
            }
        }
    }
    Ok(linker)
}

/// What addresses and dates allow: pages that name different originals are of two statements; dates that are far apart too.
fn may_be_one(a: &ProfiledVersion, b: &ProfiledVersion, confidence: f32) -> bool {
    if a.original.is_some() && b.original.is_some() && a.original != b.original {
        return false;
    }
    let date = |v: &ProfiledVersion| v.date.as_deref().and_then(|d| d.parse::<PartialDate>().ok());
    match (date(a), date(b)) {
        (Some(x), Some(y)) if x != y => {
            confidence >= LEAST_OTHER_DATE && days(&x, &y).is_some_and(|d| d <= DAYS)
        }
        _ => true,
    }
}

fn days(a: &PartialDate, b: &PartialDate) -> Option<i32> {
    let day = |d: &PartialDate| d.to_string().parse::<jiff::civil::Date>().ok();
    Some((day(a)? - day(b)?).get_days().abs())
}

/// Whether two statements have no language in common, as they are now.
fn free(store: &Store, a: &ArchiveCode, b: &ArchiveCode) -> anyhow::Result<bool> {
    let langs = |code: &ArchiveCode| -> anyhow::Result<BTreeSet<LanguageTag>> {
        let record = store.statement(code)?;
        Ok(record.map(|r| r.versions.into_iter().map(|v| v.lang).collect()).unwrap_or_default())
    };
    Ok(langs(a)?.is_disjoint(&langs(b)?))
}

fn evidence(found: &LinkEvidence) -> (Kept, Option<String>) {
    match found {
        LinkEvidence::Date(text) => (Kept::TextDate, Some(text.clone())),
        LinkEvidence::Number(text) => (Kept::TextNumber, Some(text.clone())),
        LinkEvidence::Name(text) => (Kept::TextName, Some(text.clone())),
        LinkEvidence::Concepts(n) => (Kept::TextWords, Some(n.to_string())),
        LinkEvidence::Lines(a, b) => (Kept::TextLines, Some(format!("{a} / {b}"))),
        LinkEvidence::Aligned(share) => (Kept::TextAligned, Some(format!("{:.0}", share * 100.0))),
        LinkEvidence::Through(n) => (Kept::TextThrough, Some(n.to_string())),
    }
}
