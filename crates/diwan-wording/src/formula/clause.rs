//! Clauses: runs of words that recur, word for word, inside sentences that are otherwise different.
//!
//! Runs of [`RUN`] words are looked up over all sentences; neighbouring ones that recur make one longer run; runs nearly the
//! same are a family. What a family of sentences explains already is left out.

use std::collections::{BTreeMap, BTreeSet};

use diwan_model::Span;
use diwan_text::normal::strong_in;
use diwan_text::stem::is_stop_word;
use rayon::prelude::*;

use super::{Formula, FormulaKind, Said, TextOf};
use crate::near::{ALIKE, Item, Roots, likeness};
use crate::text::{content_stems, fingerprint, keyed_words};

/// Fewest words that recur.
const RUN: usize = 6;
/// Fewest different words with content in a clause, and in scripts with capitals how many of them are no names.
const CONTENT: usize = 5;
const PLAIN: usize = 3;
/// A clause of so many words with content is one when two statements have it, a shorter one when three have it.
const RICH: usize = 6;
/// A run that is so much of a sentence stands for all of it.
const WHOLE: f32 = 0.7;
/// Of those that share a run each is compared with so many.
const LEADERS: usize = 24;

/// A sentence with its words.
struct Worded {
    sentence: u32,
    statement: usize,
    words: Vec<(u64, Span)>,
}

/// A run that recurs.
struct Run {
    sentence: u32,
    statement: usize,
    span: Span,
    words: usize,
    content: usize,
    item: Item,
    /// Hashes of what recurs in it.
    hashes: Vec<u64>,
    /// How much of its sentence it is.
    share: f32,
}

/// Families of clauses. Sentences that say a whole family as one of their clauses are added to it.
pub(super) fn clauses(said: &[Said], texts: &[TextOf], families: &mut [Formula]) -> Vec<Formula> {
    let mut of: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    for (f, family) in families.iter().enumerate() {
        family.members.iter().for_each(|k| _ = of.entry(*k).or_default().insert(f));
    }
    let worded: Vec<Worded> = (0_u32..)
        .zip(said)
        .collect::<Vec<_>>()
        .par_iter()
        .filter_map(|(k, s)| {
            let text = texts.get(s.text_of).filter(|text| !text.furniture)?;
            let words = keyed_words(&s.text, &s.lang);
            (words.len() >= RUN).then_some(Worded { sentence: *k, statement: text.statement, words })
        })
        .collect();
    let runs = runs(said, &worded, &recurring(said, &worded, &of));
    let mut out = Vec::new();
    for cluster in clusters(&runs) {
        let cluster: Vec<&Run> = cluster.iter().filter_map(|k| runs.get(*k as usize)).collect();
        if !explained(&cluster, &of, families) {
            out.extend(family(&cluster, &of));
        }
    }
    out.sort_by(|a, b| a.members.cmp(&b.members));
    for family in families {
        family.members.sort_unstable();
        family.members.dedup();
    }
    out
}

/// Whether all of these sentences are in one family: then their shared words are told there.
fn together(sentences: impl Iterator<Item = u32>, of: &BTreeMap<u32, BTreeSet<usize>>) -> bool {
    let mut common: Option<BTreeSet<usize>> = None;
    for k in sentences {
        let own = of.get(&k).cloned().unwrap_or_default();
        common = Some(match common {
            None => own,
            Some(before) => before.intersection(&own).copied().collect(),
        });
        if common.as_ref().is_some_and(BTreeSet::is_empty) {
            return false;
        }
    }
    common.is_some_and(|common| !common.is_empty())
}

/// Hashes of runs that stand in two statements and in different families; sorted.
fn recurring(said: &[Said], worded: &[Worded], of: &BTreeMap<u32, BTreeSet<usize>>) -> Vec<u64> {
    let mut all: Vec<(u64, u32)> = worded
        .par_iter()
        .enumerate()
        .flat_map_iter(|(w, one)| {
            hashes(said, one).into_iter().map(move |hash| (hash, u32::try_from(w).unwrap_or(u32::MAX)))
        })
        .collect();
    all.par_sort_unstable();
    all.dedup();
    all.chunk_by(|a, b| a.0 == b.0)
        .filter_map(|group| {
            let places = || group.iter().filter_map(|(_, w)| worded.get(*w as usize));
            let first = places().next()?;
            let elsewhere = places().any(|one| one.statement != first.statement);
            (elsewhere && !together(places().map(|one| one.sentence), of)).then_some(group.first()?.0)
        })
        .collect()
}

fn hashes(said: &[Said], one: &Worded) -> Vec<u64> {
    let lang = said.get(one.sentence as usize).map_or("", |s| s.lang.primary());
    let lang = xxhash_rust::xxh3::xxh3_64(lang.as_bytes());
    let keys: Vec<u64> = one.words.iter().map(|(key, _)| *key).collect();
    keys.windows(RUN).map(|run| fingerprint(run) ^ lang).collect()
}

fn runs(said: &[Said], worded: &[Worded], recurring: &[u64]) -> Vec<Run> {
    let of = |one: &Worded| {
        let hashes = hashes(said, one);
        let mut out = Vec::new();
        let mut from = 0;
        while from < hashes.len() {
            let recurs = |hash: &u64| recurring.binary_search(hash).is_ok();
            let len = hashes.iter().skip(from).take_while(|hash| recurs(hash)).count();
            if len > 0 {
                let own = hashes.get(from..from + len).unwrap_or(&[]).to_vec();
                out.extend(run(said, one, from, from + len + RUN - 1, own));
            }
            from += len.max(1);
        }
        out
    };
    worded.par_iter().flat_map_iter(of).collect()
}

/// The run from word to word (the end not included), without words at its edges that carry nothing.
fn run(said: &[Said], one: &Worded, from: usize, to: usize, hashes: Vec<u64>) -> Option<Run> {
    let s = said.get(one.sentence as usize)?;
    let stop = |word: &&(u64, Span)| is_stop_word(&strong_in(word.1.of(&s.text), &s.lang), &s.lang);
    let words = one.words.get(from..to)?;
    let head = words.iter().take_while(stop).count();
    let tail = words.iter().rev().take_while(stop).count();
    let words = words.get(head..words.len().checked_sub(tail)?)?;
    let (first, last) = (words.first()?, words.last()?);
    let span = Span::new(&s.text, first.1.start(), last.1.end())?;
    let mut content = content_stems(span.of(&s.text), &s.lang);
    content.sort_unstable();
    content.dedup();
    let plain = |word: &&(u64, Span)| {
        let printed = word.1.of(&s.text);
        !printed.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) && !stop(word)
    };
    let enough =
        words.len() >= RUN && content.len() >= CONTENT && words.iter().filter(plain).count() >= PLAIN;
    enough.then(|| Run {
        sentence: one.sentence,
        statement: one.statement,
        span,
        words: words.len(),
        content: content.len(),
        item: Item::new(span.of(&s.text), &s.lang),
        hashes,
        share: words.len() as f32 / one.words.len().max(1) as f32,
    })
}

/// Runs that are nearly the same.
fn clusters(runs: &[Run]) -> Vec<Vec<u32>> {
    let mut by_hash: Vec<(u64, u32)> =
        (0_u32..).zip(runs).flat_map(|(k, run)| run.hashes.iter().map(move |hash| (*hash, k))).collect();
    by_hash.sort_unstable();
    let mut roots = Roots::new(runs.len());
    for group in by_hash.chunk_by(|a, b| a.0 == b.0) {
        let mut leaders: Vec<u32> = Vec::new();
        for (_, k) in group {
            let Some(run) = runs.get(*k as usize) else { continue };
            let alike = leaders.iter().copied().find(|leader| {
                roots.root(*leader) == roots.root(*k)
                    || runs.get(*leader as usize).is_some_and(|l| likeness(&l.item, &run.item) >= ALIKE)
            });
            match alike {
                Some(leader) => roots.tie(leader, *k),
                None if leaders.len() < LEADERS => leaders.push(*k),
                None => {}
            }
        }
    }
    roots.families()
}

/// Whether one family has most of these sentences, and they are hardly more than this run: then the others are of it as well.
fn explained(cluster: &[&Run], of: &BTreeMap<u32, BTreeSet<usize>>, families: &mut [Formula]) -> bool {
    let mut counted: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for run in cluster {
        for f in of.get(&run.sentence).into_iter().flatten() {
            let slot = counted.entry(*f).or_default();
            slot.0 += 1;
            slot.1 += usize::from(run.share >= WHOLE);
        }
    }
    let best = counted.into_iter().max_by_key(|(f, (n, _))| (*n, std::cmp::Reverse(*f)));
    let Some((f, _)) = best.filter(|(_, (n, whole))| 2 * n >= cluster.len() && 2 * whole >= *n) else {
        return false;
    };
    if let Some(family) = families.get_mut(f) {
        family.members.extend(cluster.iter().map(|run| run.sentence));
    }
    true
}

fn family(cluster: &[&Run], of: &BTreeMap<u32, BTreeSet<usize>>) -> Option<Formula> {
    // Of one sentence the longest run.
    let mut best: BTreeMap<u32, &Run> = BTreeMap::new();
    for run in cluster {
        let slot = best.entry(run.sentence).or_insert(run);
        if run.words > slot.words {
            *slot = run;
        }
    }
    let statements: BTreeSet<usize> = best.values().map(|run| run.statement).collect();
    let rich = best.values().map(|run| run.content).max().unwrap_or(0) >= RICH;
    let enough = statements.len() >= if rich { 2 } else { 3 };
    (enough && !together(best.keys().copied(), of)).then(|| Formula {
        id: String::new(),
        kind: FormulaKind::Formula,
        members: best.keys().copied().collect(),
        clauses: best.values().map(|run| run.span).collect(),
    })
}
