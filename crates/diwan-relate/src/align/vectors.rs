//! Vectors of sentences from elsewhere, where a user has them.
//!
//! Nothing here makes vectors: a user who runs a model of sentence embeddings hands its output in
//! ([`SentenceVectors`]), and the aligner adds what they say to what it knows. Without them, which is the rule, nothing changes.

use diwan_model::LanguageTag;

use super::features::Side;

/// Gives vectors of sentences: the same sentence in two languages must have vectors that point about the same way.
///
/// ```
/// use diwan_relate::align::{Lexicon, Pair, SentenceVectors, align_by};
/// struct Known;
/// impl SentenceVectors for Known {
///     fn vectors(&self, _: &diwan_model::LanguageTag, sentences: &[String]) -> Option<Vec<Vec<f32>>> {
///         Some(sentences.iter().map(|s| if s.contains('1') { vec![1.0, 0.0] } else { vec![0.0, 1.0] }).collect())
///     }
/// }
/// let pair = Pair { source: vec!["a1".into(), "b".into()], target: vec!["c1".into(), "d".into()] };
/// let (beads, _) = align_by(&[pair], &"en".into(), &"fr".into(), &Lexicon::default(), Some(&Known));
/// assert_eq!(beads[0].len(), 2);
/// ```
pub trait SentenceVectors: Sync {
    /// A vector for each sentence, all of one length of at least 1; `None` where there are none for these sentences. Any
    /// scale will do: only directions count.
    fn vectors(&self, lang: &LanguageTag, sentences: &[String]) -> Option<Vec<Vec<f32>>>;
}

/// Vectors longer than this are not believed.
const LONGEST: usize = 8192;

/// Vectors of length one; none where they are not what they should be.
pub(super) fn unit(vectors: Option<Vec<Vec<f32>>>, sentences: usize) -> Vec<Vec<f32>> {
    let Some(mut vectors) = vectors.filter(|v| v.len() == sentences) else { return Vec::new() };
    let size = vectors.first().map_or(0, Vec::len);
    if size == 0 || size > LONGEST || vectors.iter().any(|v| v.len() != size) {
        return Vec::new();
    }
    for vector in &mut vectors {
        let norm = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
        let norm = if norm.is_finite() && norm > 0.0 { norm } else { f32::INFINITY };
        vector.iter_mut().for_each(|x| *x = if x.is_finite() { *x / norm } else { 0.0 });
    }
    vectors
}

/// How two texts' vectors lie to each other by chance: mean and spread of their cosines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chance {
    mean: f32,
    spread: f32,
}

/// What is told at most, for and against a pair of sentences, and how far above chance a pair must be to speak for itself.
const MOST: f32 = 6.0;
const LEAST: f32 = -3.0;
const ABOVE: f32 = 1.5;

impl Chance {
    /// From pairs of sentences that lie far apart; `None` where there are no vectors.
    pub(super) fn of(a: &Side, b: &Side) -> Option<Self> {
        if a.vectors.is_empty() || b.vectors.is_empty() {
            return None;
        }
        let far = |i: usize| (i * 7919 + b.vectors.len() / 2) % b.vectors.len();
        let sample: Vec<f32> = (0..a.vectors.len().max(64))
            .take(2000)
            .filter_map(|k| Some(cosine(a.vectors.get(k % a.vectors.len())?, b.vectors.get(far(k))?)))
            .collect();
        let n = sample.len().max(1) as f32;
        let mean = sample.iter().sum::<f32>() / n;
        let spread = (sample.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / n).sqrt().max(0.02);
        Some(Self { mean, spread })
    }

    /// How much the vectors of two sentences speak for them.
    pub(super) fn told(self, a: &Side, b: &Side, i: usize, j: usize) -> f32 {
        let cosine = a.vectors.get(i).zip(b.vectors.get(j)).map_or(self.mean, |(x, y)| cosine(x, y));
        ((cosine - self.mean) / self.spread - ABOVE).clamp(LEAST, MOST)
    }
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::{Lexicon, Pair, align_by};

    /// One direction a sentence, by the digit at its end; a text without one has no vector.
    struct ByDigit;

    impl SentenceVectors for ByDigit {
        fn vectors(&self, _: &LanguageTag, sentences: &[String]) -> Option<Vec<Vec<f32>>> {
            let digit = |s: &String| s.chars().last().and_then(|c| c.to_digit(10));
            sentences
                .iter()
                .map(|s| digit(s).map(|d| (0..10).map(|k| if k == d { 1.0 } else { 0.0 }).collect()))
                .collect()
        }
    }

    fn beads(source: &[&str], target: &[&str], vectors: Option<&dyn SentenceVectors>) -> Vec<(usize, usize)> {
        let own = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect();
        let pair = Pair { source: own(source), target: own(target) };
        let (from, to) = (LanguageTag::new("xx"), LanguageTag::new("yy"));
        let (found, _) = align_by(&[pair], &from, &to, &Lexicon::default(), vectors);
        let found = found.into_iter().flatten().filter(|b| b.source.len() == 1 && b.target.len() == 1);
        found.map(|b| (b.source.start, b.target.start)).collect()
    }

    #[test]
    fn they_decide_where_words_do_not() {
        // Sentences of one length in invented words: nothing but the vectors says that the first of the target is new.
        let source = ["lorem ipa1", "dolor sit2", "amet cons3", "elit seda4", "magna ali5"];
        let target = ["zzyx wwvu0", "qoph resh1", "shin tawa2", "alep beta3", "gime dale4", "hewa zayi5"];
        let with = beads(&source, &target, Some(&ByDigit));
        assert_eq!(with, [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]);
    }

    #[test]
    fn bad_vectors_are_none() {
        let (source, target) = (["one two", "three"], ["un deux", "trois"]);
        assert_eq!(beads(&source, &target, Some(&ByDigit)), beads(&source, &target, None));
        assert!(unit(Some(vec![vec![1.0], vec![1.0, 2.0]]), 2).is_empty());
        assert!(unit(Some(vec![vec![]]), 1).is_empty());
        assert_eq!(unit(Some(vec![vec![f32::NAN, 0.0]]), 1), [[0.0, 0.0]]);
    }
}
