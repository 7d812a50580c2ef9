//! After pages went in: versions are aligned, what was learnt is kept, and translations are compared with their originals.
//!
//! Only what changed is done: pairs of versions whose texts or whose method are new. Pairs of the same two languages are
//! aligned together, because they learn from each other, on top of what the archive learnt before.

use std::collections::{BTreeMap, BTreeSet};

use diwan_model::{ArchiveCode, Confidence, LanguageTag, PartialDate, VersionCode};
use diwan_relate::align::{Bead, Lexicon, Pair, align_with, seed_lexicon};
use diwan_relate::differ::{
    ComparedSide, ComparedVersion, DIFFER_METHOD, Difference as Found, Usage, differ,
};
use diwan_store::{
    AlignmentTask, Difference, DifferenceQuote, DifferenceTask, NewAlignment, Run, SentenceRecord, Store,
    WordPair,
};
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
    /// Pairs of versions that were compared.
    pub(crate) compared: u64,
    /// Findings between them.
    pub(crate) findings: u64,
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
    compare(store, &mut done)?;
    Ok(done)
}

/// After a person decided about statements: pairs that are no longer beside each other go, new ones are aligned, and findings
/// are those of the beads as they are now.
pub(crate) fn after_decision(store: &mut Store, statements: &[ArchiveCode]) -> anyhow::Result<()> {
    store.sweep_alignments()?;
    let statements = statements.iter().cloned().collect();
    bring_up_to_date(store, Some(&statements), false, &ProgressBar::hidden())?;
    Ok(())
}

/// Compares versions that were not compared as they are now. What a body did in earlier statements is known by then,
/// because they come by date.
fn compare(store: &mut Store, done: &mut Aligned) -> anyhow::Result<()> {
    let mut usages: BTreeMap<(Option<String>, LanguageTag, LanguageTag), Usage> = BTreeMap::new();
    for task in store.difference_tasks(DIFFER_METHOD)? {
        let texts = |list: &[SentenceRecord]| list.iter().map(|s| s.text.clone()).collect::<Vec<_>>();
        let (a, b) = (texts(&task.source), texts(&task.target));
        let issued: Option<PartialDate> = task.date.as_deref().and_then(|date| date.parse().ok());
        let (from, to) = (&task.alignment.source, &task.alignment.target);
        let source = ComparedVersion { lang: from, authority: task.authority.0, issued, sentences: &a };
        let target = ComparedVersion { lang: to, authority: task.authority.1, issued, sentences: &b };
        let range = |run: Run| {
            let first = (run.first as usize).saturating_sub(1);
            first..first + run.count as usize
        };
        let beads: Vec<Bead> = task
            .alignment
            .beads
            .iter()
            .map(|b| Bead {
                source: range(b.source),
                target: range(b.target),
                confidence: Confidence::new(b.confidence),
            })
            .collect();
        let usage = usages.entry((task.issuer.clone(), from.clone(), to.clone())).or_default();
        if !task.done {
            let found = differ(&source, &target, &beads, usage);
            let mut kept = Vec::with_capacity(found.len());
            for difference in found {
                kept.push(difference_of(store, &task, difference)?);
            }
            store.put_differences(&task.alignment, DIFFER_METHOD, &kept)?;
            done.compared += 1;
            done.findings += kept.len() as u64;
        }
        // Statements of whom nobody knows who issued them are not of one body.
        if task.issuer.is_some() {
            usage.learn(&source, &target, &beads, &format!("{}-{to}", task.alignment.statement));
        }
    }
    Ok(())
}

fn difference_of(store: &Store, task: &DifferenceTask, found: Found) -> anyhow::Result<Difference> {
    let mut quotes = Vec::new();
    for quote in &found.quotes {
        let (lang, list) = match quote.side {
            ComparedSide::Source => (&task.alignment.source, &task.source),
            ComparedSide::Target => (&task.alignment.target, &task.target),
        };
        let Some(sentence) = list.get(quote.sentence) else { continue };
        let text = quote.span.map_or(sentence.text.as_str(), |span| span.of(&sentence.text));
        quotes.push(DifferenceQuote {
            lang: lang.clone(),
            n: sentence.n,
            line: sentence.line,
            text: text.to_owned(),
            sentence: sentence.text.clone(),
            code: None,
        });
    }
    if let Some(earlier) = &found.earlier
        && let Ok(code) = earlier.place.parse::<VersionCode>()
        && let Some(version) = store.version(&code)?
        && let Some(sentence) = version.sentences.iter().find(|s| s.text.contains(&earlier.text))
    {
        quotes.push(DifferenceQuote {
            lang: code.lang,
            n: sentence.n,
            line: sentence.line,
            text: earlier.text.clone(),
            sentence: sentence.text.clone(),
            code: Some(sentence.code.clone()),
        });
    }
    Ok(Difference {
        kind: found.kind.as_str().to_owned(),
        severity: found.severity,
        message: found.message,
        quotes,
    })
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

/// Learns from memories that were just brought in, for each pair of languages that they have.
pub(crate) fn learn_from_memories(store: &mut Store) -> anyhow::Result<u64> {
    let mut pairs = 0;
    for (a, b) in store.memory_languages()? {
        for (source, target) in [(a.clone(), b.clone()), (b, a)] {
            let (_, known) = store.lexicon(&source, &target)?;
            let seed = with_known(seed_lexicon(&source, &target), &known);
            let taught = taught(store, &source, &target)?;
            let from = format!("{} sentences of memories and corrections", taught.source.len());
            let (_, learnt) = align_with(&[taught], &source, &target, &seed);
            let kept = grown(&known, learnt.pairs);
            pairs += kept.len() as u64;
            store.put_lexicon(&source, &target, &kept, METHOD, &from)?;
        }
    }
    Ok(pairs)
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
