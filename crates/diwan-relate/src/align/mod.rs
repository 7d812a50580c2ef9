//! Which sentences of one version render which of another.
//!
//! Beads are found by dynamic programming inside a band round a coarse path. What speaks for a bead: how long its two
//! sides are, numbers and names that stand in both, and word pairs from a lexicon that is learnt from the very pairs at
//! hand, pass by pass (anchors → lexicon → realign), on top of a small seed. What speaks against it: words with a known
//! rendering that is missing opposite. The sum is a log likelihood ratio against chance, so that a sentence without a
//! counterpart is left alone when nothing speaks for it.
//!
//! Sources: W. A. Gale and K. W. Church, *A Program for Aligning Sentences in Bilingual Corpora* (1993), for lengths and
//! kinds of bead; R. C. Moore, *Fast and Accurate Sentence Alignment of Bilingual Corpora* (2002), for learning words
//! from a first pass; P. F. Brown et al., *The Mathematics of Statistical Machine Translation* (1993), Model 1.

mod fast;
mod features;
mod learn;
mod lengths;
mod matches;
mod path;
mod seed;

use std::ops::Range;

use diwan_model::{Confidence, Direction, LanguageTag};
use rayon::prelude::*;

pub use learn::Lexicon;

use features::{Side, Vocabulary};
use learn::Learner;
use lengths::Lengths;
use path::{Found, Priors};

/// How often the lexicon is learnt anew. More passes change little on the sets that were tried.
const PASSES: usize = 4;

/// Sentences of one version that render sentences of another. One side may be empty: left out, or added.
#[derive(Debug, Clone, PartialEq)]
pub struct Bead {
    /// Sentences of the first text, from 0.
    pub source: Range<usize>,
    /// Sentences of the second text, from 0.
    pub target: Range<usize>,
    /// How sure.
    pub confidence: Confidence,
}

/// Two texts to be aligned, as sentences in order.
#[derive(Debug, Clone, Default)]
pub struct Pair {
    /// Sentences of the first text.
    pub source: Vec<String>,
    /// Sentences of the second text.
    pub target: Vec<String>,
}

/// Aligns pairs of two languages, sharing among them what is learnt, on top of the seed lexicon.
///
/// ```
/// use diwan_relate::align::{Pair, align};
/// let pair = Pair {
///     source: vec!["The Council met on 3 May.".into(), "It adopted 12 measures.".into()],
///     target: vec!["Le Conseil s’est réuni le 3 mai.".into(), "Il a adopté 12 mesures.".into()],
/// };
/// let beads = align(&[pair], &"en".into(), &"fr".into());
/// assert_eq!(beads[0].len(), 2);
/// assert_eq!((beads[0][0].source.clone(), beads[0][0].target.clone()), (0..1, 0..1));
/// ```
pub fn align(pairs: &[Pair], from: &LanguageTag, to: &LanguageTag) -> Vec<Vec<Bead>> {
    align_with(pairs, from, to, &seed::seed(from, to)).0
}

/// As [`align`], starting from a lexicon and giving back what was learnt besides.
pub fn align_with(
    pairs: &[Pair],
    from: &LanguageTag,
    to: &LanguageTag,
    seed: &Lexicon,
) -> (Vec<Vec<Bead>>, Lexicon) {
    let mut words = (Vocabulary::default(), Vocabulary::default());
    let mut sides: Vec<(Side, Side)> = pairs
        .iter()
        .map(|pair| {
            (Side::read(&pair.source, from, &mut words.0), Side::read(&pair.target, to, &mut words.1))
        })
        .collect();
    if from.direction() == Direction::RightToLeft && to.direction() == Direction::RightToLeft {
        // In Arabic script every word may be a name, and the letters tell more than the sound.
        for (a, b) in &mut sides {
            a.forget_sounds();
            b.forget_sounds();
        }
    }
    features::mark_furniture(sides.iter_mut().map(|s| &mut s.0));
    features::mark_furniture(sides.iter_mut().map(|s| &mut s.1));
    let mut learner = Learner::new(&words.0, &words.1, seed);
    let mut lengths = Lengths::of(&sides);
    let mut priors = Priors::default();
    let mut found: Vec<Vec<Found>> = Vec::new();
    for pass in 0..PASSES {
        found = sides
            .par_iter()
            .map(|(a, b)| {
                let matches = matches::matches(a, b, &learner, &words);
                path::align(a, b, &matches, &lengths, &priors)
            })
            .collect();
        if pass + 1 < PASSES {
            lengths.learn(&sides, &found);
            priors.learn(&found);
            learner.learn(&sides, &found);
        }
    }
    let beads = found.into_iter().map(|beads| beads.into_iter().map(Bead::from).collect()).collect();
    (beads, learner.into_lexicon(&words.0, &words.1))
}

impl From<Found> for Bead {
    fn from(found: Found) -> Self {
        Self { source: found.source, target: found.target, confidence: Confidence::new(found.confidence) }
    }
}
