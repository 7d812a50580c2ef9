//! Candidates by the inverted index.
//!
//! All of it lies in flat lists: a feature is a number, a document a run of numbers, a posting list another. Features that
//! only documents of one language have tie nothing and are left out at the start; of those that very many documents have
//! only the count is kept.

use rayon::prelude::*;

use super::read::{Kind, amount_of};
use super::{Document, Linker};

/// Two documents that share rare features.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) other: u32,
    /// Cosine of the two, with the ratio of their lengths, from 0 to 1.
    pub(super) score: f32,
}

/// Candidates kept for a document in each other language.
pub(super) const MOST: usize = 8;

/// Where documents of a language stand: by feature, the documents that have it, in order, with how much.
#[derive(Debug, Default)]
struct Postings {
    /// By feature: where its run begins; one more at the end.
    starts: Vec<u32>,
    documents: Vec<u32>,
    amounts: Vec<u8>,
}

impl Postings {
    fn of(&self, feature: u32) -> impl Iterator<Item = (u32, f32)> + '_ {
        let at = |k: usize| self.starts.get(k).copied().unwrap_or(0) as usize;
        let range = at(feature as usize)..at(feature as usize + 1);
        let documents = self.documents.get(range.clone()).unwrap_or_default();
        let amounts = self.amounts.get(range).unwrap_or_default();
        documents.iter().zip(amounts).map(|(d, a)| (*d, amount_of(*a)))
    }
}

/// What is the same for all documents of a run.
pub(super) struct Weights<'a> {
    linker: &'a Linker,
    documents: &'a [Document],
    /// The features that documents of two languages or more have, in order.
    keys: Vec<u32>,
    /// Where keys with the same upper half begin.
    heads: Vec<u32>,
    /// By language and feature: how much the feature says there; 0 where no document has it.
    idf: Vec<Vec<f32>>,
    /// By document: where its features begin in `features`; one more at the end.
    starts: Vec<u64>,
    features: Vec<u32>,
    amounts: Vec<u8>,
    postings: Vec<Postings>,
    /// By document, then by other language: the length of its vector.
    norms: Vec<f32>,
    /// By pair of languages: the mean of the logarithm of the ratio of lengths.
    ratios: Vec<Vec<f32>>,
}

impl<'a> Weights<'a> {
    /// Of the linker's documents, or of the same documents with more features.
    pub(super) fn of(linker: &'a Linker, documents: &'a [Document]) -> Self {
        let langs = linker.langs.len();
        let frequencies: Vec<Vec<(u32, u32)>> =
            (0..langs).map(|lang| frequencies(linker, documents, lang)).collect();
        let (keys, counts) = shared_keys(&frequencies);
        drop(frequencies);
        let held = |lang: usize| documents.iter().filter(|d| usize::from(d.lang) == lang).count();
        let sizes: Vec<usize> = (0..langs)
            .map(|lang| linker.elsewhere.get(lang).map_or(0, |e| e.documents).max(held(lang)))
            .collect();
        let idf = counts
            .iter()
            .zip(&sizes)
            .map(|(counts, size)| {
                let all = *size as f32 + 4.0;
                let weight = |(key, n): (&u32, &u32)| match n {
                    0 => 0.0,
                    n => Kind::of(*key).weight() * (all / (*n as f32 + 0.3)).ln().max(0.0),
                };
                keys.iter().zip(counts).map(weight).collect()
            })
            .collect();
        let mut heads = vec![0u32; (1 << 16) + 1];
        for key in &keys {
            if let Some(slot) = heads.get_mut((key >> 16) as usize + 1) {
                *slot += 1;
            }
        }
        let mut sum = 0;
        for head in &mut heads {
            sum += *head;
            *head = sum;
        }
        let mut out = Self {
            linker,
            documents,
            keys,
            heads,
            idf,
            starts: Vec::with_capacity(documents.len() + 1),
            features: Vec::new(),
            amounts: Vec::new(),
            postings: Vec::new(),
            norms: Vec::new(),
            ratios: vec![vec![0.0; langs]; langs],
        };
        out.gather();
        // What stands in very many documents costs much and says little.
        out.postings = (0..langs).into_par_iter().map(|lang| out.invert(lang, &counts, &sizes)).collect();
        out.norms = (0..documents.len()).into_par_iter().flat_map_iter(|d| out.norms_of(d)).collect();
        out.learn_ratios();
        out
    }

    /// The features of each document that count, as numbers.
    fn gather(&mut self) {
        self.starts.push(0);
        for document in self.documents {
            for (key, amount) in document.profile.features.iter().zip(&document.profile.amounts) {
                if let Some(id) = self.id(*key) {
                    self.features.push(id);
                    self.amounts.push(*amount);
                }
            }
            self.starts.push(self.features.len() as u64);
        }
    }

    fn id(&self, key: u32) -> Option<u32> {
        let head = |k: usize| self.heads.get(k).copied().unwrap_or(0);
        let (from, to) = (head((key >> 16) as usize), head((key >> 16) as usize + 1));
        let part = self.keys.get(from as usize..to as usize)?;
        part.binary_search(&key).ok().map(|k| from + k as u32)
    }

    fn entries(&self, document: usize) -> impl Iterator<Item = (u32, f32)> + '_ {
        let at = |k: usize| self.starts.get(k).copied().unwrap_or(0) as usize;
        let range = at(document)..at(document + 1);
        let features = self.features.get(range.clone()).unwrap_or_default();
        let amounts = self.amounts.get(range).unwrap_or_default();
        features.iter().zip(amounts).map(|(f, a)| (*f, amount_of(*a)))
    }

    fn invert(&self, lang: usize, counts: &[Vec<u32>], sizes: &[usize]) -> Postings {
        let common = (sizes.get(lang).copied().unwrap_or(0) / 20).max(400);
        let counts = counts.get(lang).map_or(&[][..], Vec::as_slice);
        let kept = |id: u32| counts.get(id as usize).is_some_and(|n| *n as usize <= common);
        let own = |d: &usize| self.documents.get(*d).is_some_and(|d| usize::from(d.lang) == lang);
        let mut starts = vec![0u32; self.keys.len() + 2];
        for document in (0..self.documents.len()).filter(own) {
            for (id, _) in self.entries(document).filter(|e| kept(e.0)) {
                if let Some(slot) = starts.get_mut(id as usize + 2) {
                    *slot += 1;
                }
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let (mut documents, mut amounts) = (vec![0u32; sum as usize], vec![0u8; sum as usize]);
        for document in (0..self.documents.len()).filter(own) {
            let at = |k: usize| self.starts.get(k).copied().unwrap_or(0) as usize;
            let range = at(document)..at(document + 1);
            let features = self.features.get(range.clone()).unwrap_or_default();
            let own = self.amounts.get(range).unwrap_or_default();
            for (id, amount) in features.iter().zip(own).filter(|e| kept(*e.0)) {
                // The start of the next feature is moved on as this one's run is filled.
                let Some(next) = starts.get_mut(*id as usize + 1) else { continue };
                if let (Some(d), Some(a)) =
                    (documents.get_mut(*next as usize), amounts.get_mut(*next as usize))
                {
                    (*d, *a) = (document as u32, *amount);
                }
                *next += 1;
            }
        }
        Postings { starts, documents, amounts }
    }

    fn norms_of(&self, document: usize) -> Vec<f32> {
        let own = self.lang(document);
        let norm = |other: usize| {
            let weight = |id: u32| if self.idf(other as u8, id) > 0.0 { self.idf(own, id) } else { 0.0 };
            self.entries(document).map(|(id, n)| (weight(id) * n).powi(2)).sum::<f32>().sqrt()
        };
        (0..self.idf.len()).map(norm).collect()
    }

    /// Mean lengths of the languages' documents: translations keep their ratio.
    fn learn_ratios(&mut self) {
        let mean = |lang: usize| {
            let own = self.documents.iter().filter(|d| usize::from(d.lang) == lang);
            let lengths = own.map(|d| d.profile.length.max(1.0).ln());
            lengths.fold((0.0f32, 0.0f32), |(n, s), l| (n + 1.0, s + l))
        };
        let means: Vec<(f32, f32)> = (0..self.idf.len()).map(mean).collect();
        for (a, row) in self.ratios.iter_mut().enumerate() {
            for (b, slot) in row.iter_mut().enumerate() {
                if let (Some((n, s)), Some((m, t))) = (means.get(a), means.get(b)) {
                    // A pool may hold other documents in each language: lean on equality.
                    let trust = n.min(*m) / (n.min(*m) + 20.0);
                    *slot = trust * (t / m.max(1.0) - s / n.max(1.0)).clamp(-0.4, 0.4);
                }
            }
        }
    }

    fn lang(&self, document: usize) -> u8 {
        self.documents.get(document).map_or(0, |d| d.lang)
    }

    fn idf(&self, lang: u8, id: u32) -> f32 {
        self.idf.get(usize::from(lang)).and_then(|l| l.get(id as usize)).copied().unwrap_or(0.0)
    }

    /// The best candidates for a document in another language, the best first.
    pub(super) fn candidates(&self, document: usize, lang: u8, room: &mut Room) -> Vec<Candidate> {
        let Some(postings) = self.postings.get(usize::from(lang)) else { return Vec::new() };
        let own = self.lang(document);
        room.scores.resize(self.documents.len(), 0.0);
        for (id, amount) in self.entries(document) {
            let weight = self.idf(own, id) * amount * self.idf(lang, id);
            if weight <= 0.0 {
                continue;
            }
            for (other, there) in postings.of(id) {
                if let Some(slot) = room.scores.get_mut(other as usize) {
                    if *slot == 0.0 {
                        room.touched.push(other);
                    }
                    *slot += weight * there;
                }
            }
        }
        let mut out: Vec<Candidate> = Vec::with_capacity(room.touched.len());
        for other in room.touched.drain(..) {
            if let Some(slot) = room.scores.get_mut(other as usize) {
                let norms = self.norm(document, lang) * self.norm(other as usize, own);
                if norms > 0.0 && !self.linker.is_apart(document, other as usize) {
                    let score = *slot / norms * self.shape(document, other as usize);
                    out.push(Candidate { other, score });
                }
                *slot = 0.0;
            }
        }
        let first = |a: &Candidate, b: &Candidate| b.score.total_cmp(&a.score).then(a.other.cmp(&b.other));
        if out.len() > MOST {
            out.select_nth_unstable_by(MOST, first);
            out.truncate(MOST);
        }
        out.sort_by(first);
        out.shrink_to_fit();
        out
    }

    fn norm(&self, document: usize, lang: u8) -> f32 {
        self.norms.get(document * self.idf.len() + usize::from(lang)).copied().unwrap_or(0.0)
    }

    /// How well the lengths of two documents fit and how alike they are cut into lines, from 0.25 to 1.
    fn shape(&self, a: usize, b: usize) -> f32 {
        let (Some(a), Some(b)) = (self.documents.get(a), self.documents.get(b)) else {
            return 0.0;
        };
        let usual = self
            .ratios
            .get(usize::from(a.lang))
            .and_then(|r| r.get(usize::from(b.lang)))
            .copied()
            .unwrap_or(0.0);
        let off = (b.profile.length.max(1.0) / a.profile.length.max(1.0)).ln() - usual;
        let lengths = 0.3 + 0.7 * (-off * off / (2.0 * 0.35 * 0.35)).exp();
        let lines = (b.profile.lines as f32 + 3.0).ln() - (a.profile.lines as f32 + 3.0).ln();
        lengths * (0.85 + 0.15 * (-lines * lines / (2.0 * 0.25 * 0.25)).exp())
    }

    /// What two documents share, the most telling first: the feature and what it is worth.
    pub(super) fn shared(&self, a: usize, b: usize) -> Vec<(u32, f32)> {
        let (from, to) = (self.lang(a), self.lang(b));
        let mut there = self.entries(b).map(|e| e.0).peekable();
        let mut out: Vec<(u32, f32)> = Vec::new();
        for (id, _) in self.entries(a) {
            while there.next_if(|other| *other < id).is_some() {}
            if there.peek() == Some(&id)
                && let Some(key) = self.keys.get(id as usize)
            {
                out.push((*key, self.idf(from, id) * self.idf(to, id)));
            }
        }
        out.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        out
    }
}

/// In how many documents of a language each of its features stands, by feature.
fn frequencies(linker: &Linker, documents: &[Document], lang: usize) -> Vec<(u32, u32)> {
    let own = documents.iter().filter(|d| usize::from(d.lang) == lang);
    let mut keys: Vec<u32> = Vec::with_capacity(own.clone().map(|d| d.profile.features.len()).sum());
    keys.extend(own.flat_map(|d| d.profile.features.iter()));
    keys.par_sort_unstable();
    let elsewhere = linker.elsewhere.get(lang);
    let runs = keys.chunk_by(|a, b| a == b);
    let mut out: Vec<(u32, u32)> = Vec::with_capacity(runs.clone().count());
    out.extend(runs.filter_map(|run| {
        let key = *run.first()?;
        let known = elsewhere.and_then(|e| e.features.get(&key)).copied().unwrap_or(0);
        Some((key, known.max(run.len() as u32)))
    }));
    out
}

/// The features that two languages or more have, and in how many documents of each they stand.
fn shared_keys(frequencies: &[Vec<(u32, u32)>]) -> (Vec<u32>, Vec<Vec<u32>>) {
    let mut ends = vec![0usize; frequencies.len()];
    let mut keys = Vec::new();
    let mut counts: Vec<Vec<u32>> = vec![Vec::new(); frequencies.len()];
    loop {
        let heads = || frequencies.iter().zip(&ends).map(|(list, at)| list.get(*at).copied());
        let Some(least) = heads().flatten().map(|head| head.0).min() else { break };
        let here: Vec<u32> = heads().map(|head| head.filter(|h| h.0 == least).map_or(0, |h| h.1)).collect();
        let many = here.iter().filter(|n| **n > 0).count() > 1;
        if many {
            keys.push(least);
        }
        for ((n, end), list) in here.iter().zip(&mut ends).zip(&mut counts) {
            *end += usize::from(*n > 0);
            if many {
                list.push(*n);
            }
        }
    }
    (keys, counts)
}

/// Scratch space of one thread.
#[derive(Debug, Default)]
pub(super) struct Room {
    scores: Vec<f32>,
    touched: Vec<u32>,
}
