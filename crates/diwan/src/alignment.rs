//! After pages went in: versions are aligned, what was learnt is kept.
//!
//! Only what changed is done: pairs of versions whose texts or whose method are new. Pairs of the same two languages are
//! aligned together, because they learn from each other, on top of what the archive learnt before.

use std::collections::{BTreeMap, BTreeSet};

use diwan_model::{ArchiveCode, LanguageTag};
use diwan_relate::align::{Lexicon, Pair, align_with, seed_lexicon};
use diwan_store::{AlignmentTask, NewAlignment, Run, Store, WordPair};
use indicatif::ProgressBar;
use serde::Serialize;

/// The aligner's name and version: where it changes, everything is aligned again.
pub(crate) const METHOD: &str = "beads@1";

/// Sentences of one text above which it is not aligned: a text of that length is no statement.
const LONGEST: usize = 50_000;

/// Pairs aligned at once.
const BATCH: usize = 500;

/// What a run did.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(crate) struct Aligned {
    /// Pairs of versions that were aligned.
    pub(crate) aligned: u64,
    /// Pairs that were taken out, because their versions are no longer beside each other.
    pub(crate) removed: u64,
    /// Pairs that are too long.
    pub(crate) too_long: u64,
}

/// Aligns what is not aligned yet, of these statements or of all (`again`: everything anew).
pub(crate) fn bring_up_to_date(
    store: &mut Store,
    statements: Option<&BTreeSet<ArchiveCode>>,
    again: bool,
    progress: &ProgressBar,
) -> anyhow::Result<Aligned> {
    let mut done = Aligned::default();
    if statements.is_none() {
        done.removed = store.sweep_alignments()?;
    }
    let mut tasks = store.alignment_tasks(statements, METHOD, again)?;
    let all = tasks.len();
    tasks.retain(|task| task.source_texts.len() <= LONGEST && task.target_texts.len() <= LONGEST);
    done.too_long = (all - tasks.len()) as u64;
    progress.set_length(tasks.len() as u64);
    let mut by_languages: BTreeMap<(LanguageTag, LanguageTag), Vec<AlignmentTask>> = BTreeMap::new();
    for task in tasks {
        by_languages.entry((task.source.clone(), task.target.clone())).or_default().push(task);
    }
    for ((source, target), tasks) in by_languages {
        for batch in tasks.chunks(BATCH) {
            align_batch(store, &source, &target, batch, again)?;
            done.aligned += batch.len() as u64;
            progress.inc(batch.len() as u64);
        }
    }
    Ok(done)
}

fn align_batch(
    store: &mut Store,
    source: &LanguageTag,
    target: &LanguageTag,
    tasks: &[AlignmentTask],
    again: bool,
) -> anyhow::Result<()> {
    let (version, known) = store.lexicon(source, target)?;
    let seed = with_known(seed_lexicon(source, target), &known);
    let mut pairs: Vec<Pair> = tasks
        .iter()
        .map(|task| Pair { source: task.source_texts.clone(), target: task.target_texts.clone() })
        .collect();
    let taught = taught(store, source, target)?;
    let lessons = taught.source.len();
    if lessons > 0 {
        pairs.push(taught);
    }
    let (beads, learnt) = align_with(&pairs, source, target, &seed);
    let kept = if again { learnt.pairs } else { grown(&known, learnt.pairs) };
    let from = match lessons {
        0 => format!("{} pairs of versions", tasks.len()),
        n => format!("{} pairs of versions, {n} sentences of memories and corrections", tasks.len()),
    };
    let version = store.put_lexicon(source, target, &kept, METHOD, &from)?.max(version);
    for (task, beads) in tasks.iter().zip(beads) {
        let run = |range: &std::ops::Range<usize>| Run::new(number(range.start) + 1, number(range.len()));
        store.put_alignment(&NewAlignment {
            statement: task.statement.clone(),
            source: source.clone(),
            target: target.clone(),
            digest: task.digest,
            method: METHOD.to_owned(),
            lexicon: version,
            beads: beads.iter().map(|b| (run(&b.source), run(&b.target), b.confidence.value())).collect(),
        })?;
    }
    Ok(())
}

/// What people said is a rendering: corrected beads and units of memories, each one sentence against one.
fn taught(store: &Store, source: &LanguageTag, target: &LanguageTag) -> anyhow::Result<Pair> {
    let mut pair = Pair::default();
    let corrected = store.corrected_pairs(source, target)?;
    let remembered = store.memory(source, target)?;
    let units = remembered.into_iter().map(|unit| (unit.text, unit.rendering));
    for (text, rendering) in corrected.into_iter().chain(units).take(LONGEST) {
        pair.source.push(text);
        pair.target.push(rendering);
    }
    Ok(pair)
}

/// The seed with what was learnt before: a pair seen ten times is as sure as one of the seed.
pub(crate) fn with_known(mut seed: Lexicon, known: &[WordPair]) -> Lexicon {
    let mut pairs: BTreeMap<(String, String), f32> =
        seed.pairs.into_iter().map(|(a, b, weight)| ((a, b), weight)).collect();
    for (word, rendering, seen) in known {
        let weight = pairs.entry((word.clone(), rendering.clone())).or_default();
        *weight = weight.max((seen / 10.0).min(1.0));
    }
    seed.pairs = pairs.into_iter().map(|((a, b), weight)| (a, b, weight)).collect();
    seed
}

/// What was known with what this run learnt: a pair keeps the larger count, so that aligning again does not count twice.
fn grown(known: &[WordPair], learnt: Vec<WordPair>) -> Vec<WordPair> {
    let mut pairs: BTreeMap<(String, String), f32> =
        known.iter().map(|(a, b, seen)| ((a.clone(), b.clone()), *seen)).collect();
    for (a, b, seen) in learnt {
        let weight = pairs.entry((a, b)).or_default();
        *weight = weight.max(seen);
    }
    pairs.into_iter().map(|((a, b), seen)| (a, b, seen)).collect()
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
