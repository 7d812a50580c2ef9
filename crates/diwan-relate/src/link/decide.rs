//! From candidates to links: mutual bests ahead of the next, judged by alignment, at one with each other.

use std::collections::BTreeMap;

use diwan_model::{Confidence, LanguageTag};
use diwan_text::sentences::sentences;
use rayon::prelude::*;

use super::find::{Candidate, Room, Weights};
use super::learn::Learnt;
use super::read::Reader;
use super::{Document, DocumentLink, LinkEvidence, LinkOptions, Linker, TextOf, evidence};
use crate::align::{Bead, Lexicon, Pair, align, align_with};

/// A pair in question.
#[derive(Debug, Clone)]
struct Question {
    first: usize,
    second: usize,
    score: f32,
    /// How far ahead of the next best of both.
    margin: f32,
    mutual: bool,
    /// The share of both texts that is rendered in the other; none where it was not asked.
    aligned: Option<f32>,
}

/// Documents that share fewer features than this say too little to be tied by what they say.
const FEWEST: usize = 3;
/// A pair of documents in one batch of alignment at most this large shares what it learns.
const BATCH: usize = 400;
/// Sentences of a document that are aligned at most.
const MOST_SENTENCES: usize = 400;

pub(super) fn links(
    linker: &Linker,
    asked: &[usize],
    texts: TextOf<'_>,
    options: &LinkOptions,
) -> Vec<DocumentLink> {
    let few = linker.documents.len() <= options.judge_all;
    let weights = Weights::of(linker, &linker.documents);
    let mut judged = Judged::new();
    let mut asked_about = questions(linker, &weights, asked);
    judge(linker, &mut asked_about, texts, few, &mut judged);
    let mut links = grouped(linker, &ranked(&asked_about), options);
    // Of very many documents each says enough by itself, and a few new ones teach little: reading all of them again would
    // say little more.
    let learnt = if few && 2 * asked.len() >= linker.documents.len() {
        learn(linker, &links, texts)
    } else {
        Learnt::default()
    };
    if learnt.is_empty() {
        if options.evidence {
            evidence::explain(linker, &weights, &mut links, texts);
        }
        return links;
    }
    drop(weights);
    let documents = read_again(linker, &learnt, texts);
    let weights = Weights::of(linker, &documents);
    let mut asked_about = questions(linker, &weights, asked);
    judge(linker, &mut asked_about, texts, few, &mut judged);
    let mut links = grouped(linker, &ranked(&asked_about), options);
    if options.evidence {
        evidence::explain(linker, &weights, &mut links, texts);
    }
    links
}

/// The surest first.
fn ranked(questions: &[Question]) -> Vec<(f32, &Question)> {
    let mut sure: Vec<(f32, &Question)> = questions.iter().map(|q| (confidence(q), q)).collect();
    sure.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1.first, a.1.second).cmp(&(b.1.first, b.1.second))));
    sure
}

/// Links of two languages from whose sentences words are learnt, at most, and how sure they must be.
const LESSONS: usize = 300;
const SURE: f32 = 0.75;

/// Word pairs from the surest links.
fn learn(linker: &Linker, links: &[DocumentLink], texts: TextOf<'_>) -> Learnt {
    let lang = |d: usize| linker.documents.get(d).map_or(0, |d| d.lang);
    let mut by_langs: BTreeMap<(u8, u8), Vec<(usize, usize)>> = BTreeMap::new();
    for link in links.iter().filter(|l| l.confidence.value() >= SURE) {
        let (a, b) = if lang(link.first) <= lang(link.second) {
            (link.first, link.second)
        } else {
            (link.second, link.first)
        };
        let list = by_langs.entry((lang(a), lang(b))).or_default();
        if list.len() < LESSONS {
            list.push((a, b));
        }
    }
    let tag = |l: u8| linker.langs.get(usize::from(l)).cloned().unwrap_or(LanguageTag::UNDETERMINED);
    let read = |d: usize, lang: &LanguageTag| texts(d).map(|t| cut(&t, lang)).unwrap_or_default();
    let found: Vec<(LanguageTag, LanguageTag, Lexicon)> = by_langs
        .par_iter()
        .map(|((a, b), list)| {
            let (from, to) = (tag(*a), tag(*b));
            let pairs: Vec<Pair> =
                list.iter().map(|(a, b)| Pair { source: read(*a, &from), target: read(*b, &to) }).collect();
            let learnt = align_with(&pairs, &from, &to, &Lexicon::seed(&from, &to)).1;
            (from, to, learnt)
        })
        .collect();
    let mut learnt = Learnt::default();
    for (from, to, lexicon) in &found {
        learnt.take(from, to, lexicon);
    }
    learnt
}

/// The documents with the features of learnt word pairs.
fn read_again(linker: &Linker, learnt: &Learnt, texts: TextOf<'_>) -> Vec<Document> {
    (0..linker.documents.len())
        .into_par_iter()
        .map_init(
            || Reader::with(learnt),
            |reader, at| {
                let document = linker.documents.get(at).cloned().unwrap_or_default();
                let lang = linker.langs.get(usize::from(document.lang));
                match (texts(at), lang) {
                    (Some(text), Some(lang)) => Document { profile: reader.read(&text, lang), ..document },
                    _ => document,
                }
            },
        )
        .collect()
}

/// The pairs worth asking about.
fn questions(linker: &Linker, weights: &Weights<'_>, asked: &[usize]) -> Vec<Question> {
    let langs = linker.langs.len();
    let look = |document: usize, room: &mut Room| -> Vec<Vec<Candidate>> {
        let own = linker.documents.get(document).map(|d| d.lang);
        (0..langs as u8)
            .map(|lang| if own == Some(lang) { Vec::new() } else { weights.candidates(document, lang, room) })
            .collect()
    };
    let mut found: BTreeMap<usize, Vec<Vec<Candidate>>> =
        asked.par_iter().map_init(Room::default, |room, d| (*d, look(*d, room))).collect();
    // The other side's view, where it was not asked for itself.
    let mut others: Vec<usize> =
        found.values().flatten().filter_map(|list| list.first()).map(|c| c.other as usize).collect();
    others.sort_unstable();
    others.dedup();
    others.retain(|d| !found.contains_key(d));
    found.par_extend(others.par_iter().map_init(Room::default, |room, d| (*d, look(*d, room))));
    let view = |document: usize, lang: u8| found.get(&document).and_then(|l| l.get(usize::from(lang)));
    let next_best = |list: Option<&Vec<Candidate>>, but: usize| {
        list.into_iter().flatten().find(|c| c.other as usize != but).map_or(0.0, |c| c.score)
    };
    let mut out: BTreeMap<(usize, usize), Question> = BTreeMap::new();
    for document in asked {
        let Some(own) = linker.documents.get(*document).map(|d| d.lang) else { continue };
        for lang in 0..langs as u8 {
            for candidate in view(*document, lang).into_iter().flatten().take(3) {
                let other = candidate.other as usize;
                let back = view(other, own);
                let best_there = back.and_then(|l| l.first()).map(|c| c.other as usize);
                let best_here = view(*document, lang).and_then(|l| l.first()).map(|c| c.other as usize);
                let mutual = best_there == Some(*document) && best_here == Some(other);
                let here = next_best(view(*document, lang), other);
                let there = next_best(back, *document);
                let margin = candidate.score - 0.5 * (here + there);
                let key = ((*document).min(other), (*document).max(other));
                out.entry(key).or_insert(Question {
                    first: key.0,
                    second: key.1,
                    score: candidate.score,
                    margin,
                    mutual,
                    aligned: None,
                });
            }
        }
    }
    out.into_values()
        .filter(|q| q.score > 0.02 && (q.mutual || q.margin > -0.02))
        .filter(|q| weights.shared(q.first, q.second).len() >= FEWEST && !linker.is_apart(q.first, q.second))
        .collect()
}

/// What alignment said of pairs, by their documents.
type Judged = BTreeMap<(usize, usize), f32>;

/// Asks the alignment of all pairs, or of those in doubt; those that were judged before are not asked again.
fn judge(linker: &Linker, questions: &mut [Question], texts: TextOf<'_>, all: bool, judged: &mut Judged) {
    for question in questions.iter_mut() {
        question.aligned = judged.get(&(question.first, question.second)).copied();
    }
    let mut by_langs: BTreeMap<(u8, u8), Vec<usize>> = BTreeMap::new();
    for (at, question) in questions.iter().enumerate() {
        let lang = |d: usize| linker.documents.get(d).map_or(0, |d| d.lang);
        if question.aligned.is_none() && (all || (question.mutual && !clear(question))) {
            by_langs.entry((lang(question.first), lang(question.second))).or_default().push(at);
        }
    }
    let jobs: Vec<((u8, u8), Vec<usize>)> = by_langs
        .into_iter()
        .flat_map(|(langs, mut list)| {
            // Likely pairs together: they teach each other words, the unlikely ones learn from nobody.
            list.sort_by(|a, b| {
                let margin = |at: &usize| questions.get(*at).map_or(0.0, |q| q.margin);
                margin(b).total_cmp(&margin(a)).then(a.cmp(b))
            });
            list.chunks(BATCH).map(|part| (langs, part.to_vec())).collect::<Vec<_>>()
        })
        .collect();
    let answers: Vec<Vec<(usize, f32)>> = jobs
        .par_iter()
        .map(|((a, b), list)| {
            let lang = |l: u8| linker.langs.get(usize::from(l)).cloned().unwrap_or(LanguageTag::UNDETERMINED);
            let (from, to) = (lang(*a), lang(*b));
            let read = |d: usize, lang: &LanguageTag| texts(d).map(|t| cut(&t, lang)).unwrap_or_default();
            let pairs: Vec<Pair> = list
                .iter()
                .filter_map(|at| questions.get(*at))
                .map(|q| Pair { source: read(q.first, &from), target: read(q.second, &to) })
                .collect();
            let found = align(&pairs, &from, &to);
            list.iter()
                .zip(pairs.iter().zip(&found))
                .map(|(at, (pair, beads))| (*at, rendered(pair, beads)))
                .collect()
        })
        .collect();
    for (at, share) in answers.into_iter().flatten() {
        if let Some(question) = questions.get_mut(at) {
            question.aligned = Some(share);
            judged.insert((question.first, question.second), share);
        }
    }
}

/// The sentences of a document.
fn cut(text: &str, lang: &LanguageTag) -> Vec<String> {
    let lines = text.lines().filter(|l| !l.trim().is_empty());
    lines
        .flat_map(|line| sentences(line, lang).into_iter().map(move |s| s.of(line).to_owned()))
        .take(MOST_SENTENCES)
        .collect()
}

/// The share of both texts in beads that the aligner is sure of.
fn rendered(pair: &Pair, beads: &[Bead]) -> f32 {
    let length = |side: &[String]| side.iter().map(|s| s.len() as f32).sum::<f32>();
    let part =
        |side: &[String], range: &std::ops::Range<usize>| length(side.get(range.clone()).unwrap_or_default());
    let (mut source, mut target) = (0.0, 0.0);
    for bead in beads.iter().filter(|b| !b.source.is_empty() && !b.target.is_empty()) {
        source += part(&pair.source, &bead.source) * bead.confidence.value();
        target += part(&pair.target, &bead.target) * bead.confidence.value();
    }
    let share = |part: f32, all: f32| if all > 0.0 { part / all } else { 0.0 };
    share(source, length(&pair.source)).min(share(target, length(&pair.target)))
}

/// So far ahead that the alignment need not be asked.
fn clear(question: &Question) -> bool {
    question.mutual && question.margin > 0.25 && question.score > 0.35
}

/// How sure a pair is, from what it shares, how far it is ahead, and how its sentences align.
fn confidence(question: &Question) -> f32 {
    let aligned = question.aligned.unwrap_or(0.8);
    let mutual = if question.mutual { 0.0 } else { -3.0 };
    let sum = 14.0 * question.margin + 3.0 * question.score + 5.0 * (aligned - 0.5) - 1.6 + mutual;
    1.0 / (1.0 + (-sum).exp())
}

/// Links that agree with each other: the surest first, never two documents of one language in one group. What two documents
/// have in common with a third ties them as well.
fn grouped(linker: &Linker, sure: &[(f32, &Question)], options: &LinkOptions) -> Vec<DocumentLink> {
    let lang = |d: usize| linker.documents.get(d).map_or(0, |d| d.lang);
    let mut group_of: BTreeMap<usize, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let known: BTreeMap<(usize, usize), f32> = sure.iter().map(|(s, q)| ((q.first, q.second), *s)).collect();
    let mut parents: BTreeMap<(usize, usize), (f32, Option<f32>)> = BTreeMap::new();
    for (a, b) in &linker.tied {
        let before = group_of.get(a).or_else(|| group_of.get(b)).copied();
        let group = before.unwrap_or_else(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        for d in [*a, *b] {
            if group_of.insert(d, group).is_none()
                && let Some(list) = groups.get_mut(group)
            {
                list.push(d);
            }
        }
    }
    for (confidence, question) in sure.iter().filter(|s| s.0 >= options.least) {
        let mut at = |d: usize| {
            *group_of.entry(d).or_insert_with(|| {
                groups.push(vec![d]);
                groups.len() - 1
            })
        };
        let (a, b) = (at(question.first), at(question.second));
        let members = |g: usize| groups.get(g).cloned().unwrap_or_default();
        let (left, right) = (members(a), members(b));
        let clash = |x: &usize, y: &usize| lang(*x) == lang(*y) || linker.is_apart(*x, *y);
        if a != b && left.iter().any(|x| right.iter().any(|y| clash(x, y))) {
            continue;
        }
        parents.insert((question.first, question.second), (*confidence, question.aligned));
        if a == b {
            continue;
        }
        for d in &right {
            group_of.insert(*d, a);
        }
        if let Some(group) = groups.get_mut(a) {
            group.extend(&right);
        }
        if let Some(group) = groups.get_mut(b) {
            group.clear();
        }
    }
    let mut out: Vec<DocumentLink> = Vec::new();
    for group in groups.iter().filter(|g| g.len() > 1) {
        for (k, a) in group.iter().enumerate() {
            for b in group.iter().skip(k + 1) {
                let (first, second) = ((*a).min(*b), (*a).max(*b));
                let direct = parents.get(&(first, second)).copied();
                let through = || {
                    let own = known.get(&(first, second)).copied().unwrap_or(0.0);
                    let tied = group.iter().filter(|c| *c != a && *c != b).filter(|c| {
                        let tie = |x: usize, y: usize| parents.contains_key(&(x.min(y), x.max(y)));
                        tie(*a, **c) && tie(*b, **c)
                    });
                    let tied = tied.count();
                    (tied > 0).then_some((own.max(0.5 + 0.1 * tied as f32), tied))
                };
                let (sure, evidence) = match direct {
                    Some((sure, aligned)) => {
                        (sure, aligned.map(LinkEvidence::Aligned).into_iter().collect::<Vec<_>>())
                    }
                    None => match through() {
                        Some((sure, tied)) => (sure, vec![LinkEvidence::Through(tied)]),
                        None => continue,
                    },
                };
                out.push(DocumentLink {
                    first,
                    second,
                    confidence: Confidence::new(sure.min(0.99)),
                    evidence,
                });
            }
        }
    }
    out.sort_by(|a, b| {
        b.confidence
            .value()
            .total_cmp(&a.confidence.value())
            .then((a.first, a.second).cmp(&(b.first, b.second)))
    });
    out
}
