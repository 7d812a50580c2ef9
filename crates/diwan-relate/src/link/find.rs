//! Candidates by the inverted index.

use super::{Kind, Linker};

/// Two documents that share rare features.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) other: u32,
    /// Cosine of the two, with the ratio of their lengths, from 0 to 1.
    pub(super) score: f32,
}

/// Candidates kept for a document in each other language.
pub(super) const MOST: usize = 8;

/// What is the same for all documents of a run.
pub(super) struct Weights<'a> {
    linker: &'a Linker,
    /// By language and feature: how much the feature says there; 0 where no document has it.
    idf: Vec<Vec<f32>>,
    /// By document and other language: the length of its vector.
    norms: Vec<Vec<f32>>,
    /// By pair of languages: the mean of the logarithm of the ratio of lengths.
    ratios: Vec<Vec<f32>>,
}

impl<'a> Weights<'a> {
    pub(super) fn of(linker: &'a Linker) -> Self {
        use rayon::prelude::*;
        let size = linker.features.len();
        let idf: Vec<Vec<f32>> = linker
            .postings
            .iter()
            .zip(&linker.counts)
            .map(|(postings, count)| {
                let mut list = vec![0.0f32; size];
                let all = *count as f32 + 4.0;
                for (id, slot) in (0..).zip(&mut list) {
                    if let (Some(places), Some(feature)) =
                        (postings.get(&id), linker.features.get(id as usize))
                    {
                        *slot = feature.kind.weight() * (all / (places.len() as f32 + 0.3)).ln().max(0.0);
                    }
                }
                list
            })
            .collect();
        let langs = idf.len();
        let norms = linker
            .documents
            .par_iter()
            .map(|document| {
                let own = idf.get(usize::from(document.lang));
                (0..langs)
                    .map(|other| {
                        let there = idf.get(other);
                        let weight = |id: u32| {
                            let at = |list: Option<&Vec<f32>>| {
                                list.and_then(|l| l.get(id as usize)).copied().unwrap_or(0.0)
                            };
                            if at(there) > 0.0 { at(own) } else { 0.0 }
                        };
                        document.features.iter().map(|(id, n)| (weight(*id) * n).powi(2)).sum::<f32>().sqrt()
                    })
                    .collect()
            })
            .collect();
        let mut out = Self { linker, idf, norms, ratios: vec![vec![0.0; langs]; langs] };
        out.learn_ratios();
        out
    }

    /// Mean lengths of the languages' documents: translations keep their ratio.
    fn learn_ratios(&mut self) {
        let mean = |lang: usize| {
            let lengths = self
                .linker
                .documents
                .iter()
                .filter(|d| usize::from(d.lang) == lang)
                .map(|d| d.length.max(1.0).ln());
            let (n, sum) = lengths.fold((0.0f32, 0.0f32), |(n, s), l| (n + 1.0, s + l));
            (n, sum)
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

    fn idf(&self, lang: u8, id: u32) -> f32 {
        self.idf.get(usize::from(lang)).and_then(|l| l.get(id as usize)).copied().unwrap_or(0.0)
    }

    /// The best candidates for a document in another language, the best first.
    pub(super) fn candidates(&self, document: usize, lang: u8, room: &mut Room) -> Vec<Candidate> {
        let (Some(own), Some(postings), Some(count)) = (
            self.linker.documents.get(document),
            self.linker.postings.get(usize::from(lang)),
            self.linker.counts.get(usize::from(lang)),
        ) else {
            return Vec::new();
        };
        // What stands in very many documents costs much and says little.
        let common = (count / 20).max(400);
        room.scores.resize(self.linker.documents.len(), 0.0);
        for (id, amount) in &own.features {
            let weight = self.idf(own.lang, *id) * amount * self.idf(lang, *id);
            let Some(places) = postings.get(id).filter(|p| weight > 0.0 && p.len() <= common) else {
                continue;
            };
            for (other, there) in places {
                if let Some(slot) = room.scores.get_mut(*other as usize) {
                    if *slot == 0.0 {
                        room.touched.push(*other);
                    }
                    *slot += weight * there;
                }
            }
        }
        let mut out: Vec<Candidate> = Vec::with_capacity(room.touched.len());
        for other in room.touched.drain(..) {
            if let Some(slot) = room.scores.get_mut(other as usize) {
                let norms = self.norm(document, lang) * self.norm(other as usize, own.lang);
                if norms > 0.0 {
                    let score = *slot / norms * self.lengths(document, other as usize);
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
        out
    }

    fn norm(&self, document: usize, lang: u8) -> f32 {
        self.norms.get(document).and_then(|n| n.get(usize::from(lang))).copied().unwrap_or(0.0)
    }

    /// How well the lengths of two documents fit, from 0.3 to 1.
    fn lengths(&self, a: usize, b: usize) -> f32 {
        let (Some(a), Some(b)) = (self.linker.documents.get(a), self.linker.documents.get(b)) else {
            return 0.0;
        };
        let usual = self
            .ratios
            .get(usize::from(a.lang))
            .and_then(|r| r.get(usize::from(b.lang)))
            .copied()
            .unwrap_or(0.0);
        let off = (b.length.max(1.0) / a.length.max(1.0)).ln() - usual;
        0.3 + 0.7 * (-off * off / (2.0 * 0.35 * 0.35)).exp()
    }

    /// What two documents share, the most telling first: kind, as printed, weight.
    pub(super) fn shared(&self, a: usize, b: usize) -> Vec<(Kind, Option<&'a str>, f32)> {
        let (Some(a), Some(b)) = (self.linker.documents.get(a), self.linker.documents.get(b)) else {
            return Vec::new();
        };
        let mut out: Vec<(Kind, Option<&str>, f32)> = a
            .features
            .iter()
            .filter_map(|(id, _)| {
                b.features.binary_search_by_key(id, |f| f.0).ok()?;
                let feature = self.linker.features.get(*id as usize)?;
                Some((
                    feature.kind,
                    feature.printed.as_deref(),
                    self.idf(a.lang, *id) * self.idf(b.lang, *id),
                ))
            })
            .collect();
        out.sort_by(|x, y| y.2.total_cmp(&x.2).then(x.1.cmp(&y.1)));
        out
    }
}

/// Scratch space of one thread.
#[derive(Debug, Default)]
pub(super) struct Room {
    scores: Vec<f32>,
    touched: Vec<u32>,
}
