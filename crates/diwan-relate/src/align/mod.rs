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

mod band;
pub(crate) mod fast;
mod features;
mod index;
mod learn;
mod lengths;
mod lexicon;
mod matches;
mod path;
mod seed;
mod vectors;

use std::ops::Range;

use diwan_model::{Confidence, Direction, LanguageTag};
use rayon::prelude::*;

pub use lexicon::{Lexicon, LexiconError};
pub use vectors::SentenceVectors;

use band::Band;
use features::{Side, Vocabulary};
use index::{Anchors, Index};
use learn::Learner;
use lengths::Lengths;
use matches::Shared;
use path::{Found, Priors, Scorer};

/// How often the pairs are aligned, with the lexicon learnt anew between. More passes change little on the sets that were
/// tried; where there is much to learn from, one fewer is enough.
const PASSES: usize = 4;
const PASSES_OF_MANY: usize = 3;
/// Sentences of both sides from which on there is much to learn from.
const MANY: usize = 6000;

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

/// Whether a stem ([`diwan_text::stem::stem`]) is a word of the seed lexicon in its language: a word that is translated
/// and not spelt.
pub fn is_known_word(stem: &str, lang: &LanguageTag) -> bool {
    seed::knows(stem, lang)
}

/// What is known of two languages before anything is learnt: the seed lexicon of official prose.
pub fn seed_lexicon(from: &LanguageTag, to: &LanguageTag) -> Lexicon {
    seed::seed(from, to)
}

/// The concepts of the seed lexicon that a stem may stand for, as numbers that all its languages share.
pub(crate) fn concepts_of(stem: &str, lang: &LanguageTag) -> &'static [u32] {
    seed::concepts(stem, lang)
}

/// As [`align`], starting from a lexicon and giving back what was learnt besides.
pub fn align_with(
    pairs: &[Pair],
    from: &LanguageTag,
    to: &LanguageTag,
    seed: &Lexicon,
) -> (Vec<Vec<Bead>>, Lexicon) {
    align_by(pairs, from, to, seed, None)
}

/// As [`align_with`], with vectors of sentences that a user has from elsewhere.
pub fn align_by(
    pairs: &[Pair],
    from: &LanguageTag,
    to: &LanguageTag,
    seed: &Lexicon,
    vectors: Option<&dyn SentenceVectors>,
) -> (Vec<Vec<Bead>>, Lexicon) {
    let (mut left, mut right) = rayon::join(
        || read_all(pairs.iter().map(|p| p.source.as_slice()), from),
        || read_all(pairs.iter().map(|p| p.target.as_slice()), to),
    );
    if from.direction() == Direction::RightToLeft && to.direction() == Direction::RightToLeft {
        // In Arabic script every word may be a name, and the letters tell more than the sound.
        left.1.forget_sounds();
        right.1.forget_sounds();
    }
    let mut sides: Vec<(Side, Side)> = left.0.into_iter().zip(right.0).collect();
    if let Some(vectors) = vectors {
        for ((a, b), pair) in sides.iter_mut().zip(pairs) {
            a.vectors = vectors::unit(vectors.vectors(from, &pair.source), pair.source.len());
            b.vectors = vectors::unit(vectors.vectors(to, &pair.target), pair.target.len());
        }
    }
    let words = (left.1, right.1);
    let anchors = Anchors::shared(&words.0, &words.1);
    let indexes: Vec<Index> = sides.par_iter().map(|(_, b)| Index::of(b, &anchors)).collect();
    let mut learner = Learner::new(&words.0, &words.1, seed);
    let mut lengths = Lengths::of(&sides, from, to);
    let mut priors = Priors::default();
    let mut found: Vec<Vec<Found>> = vec![Vec::new(); sides.len()];
    let size: usize = pairs.iter().map(|p| p.source.len() + p.target.len()).sum();
    let passes = if size >= MANY { PASSES_OF_MANY } else { PASSES };
    for pass in 0..passes {
        let shared = Shared { learner: &learner, anchors: &anchors, words: (&words.0, &words.1) };
        found = sides
            .par_iter()
            .zip(&indexes)
            .zip(&found)
            .map(|(((a, b), index), before)| {
                let band = band(a, b, index, &shared, pass, before);
                let matches = matches::matches(a, b, index, &shared, &band);
                path::align(&Scorer::new(a, b, &matches, &lengths, &priors), &band, kinds(a, b, before))
            })
            .collect();
        if pass + 1 < passes {
            lengths.learn(&sides, &found);
            priors.learn(&found);
            learner.learn(&sides, &found);
        }
    }
    let beads = found.into_iter().map(|beads| beads.into_iter().map(Bead::from).collect()).collect();
    (beads, learner.into_lexicon(&words.0, &words.1))
}

/// Reads one side of all pairs, and marks its furniture.
fn read_all<'a>(texts: impl Iterator<Item = &'a [String]>, lang: &LanguageTag) -> (Vec<Side>, Vocabulary) {
    let mut words = Vocabulary::default();
    let mut sides: Vec<Side> = texts.map(|text| Side::read(text, lang, &mut words)).collect();
    features::mark_furniture(sides.iter_mut());
    (sides, words)
}

/// Texts of fewer points are looked at whole, at first and once more: what is found without a lexicon may be far off.
const SMALL: usize = 200_000;
const SMALL_AGAIN: usize = 60_000;
/// Half widths of the band by pass, in sentences.
const WIDTHS: [usize; PASSES] = [40, 14, 9, 9];
/// Words in more sentences than this are not rare.
const RARE: usize = 4;

/// Where to look: round a path of rare words at first, then round what was found.
fn band(a: &Side, b: &Side, index: &Index, shared: &Shared<'_>, pass: usize, before: &[Found]) -> Band {
    let (n, m) = (a.sentences.len(), b.sentences.len());
    let width = WIDTHS.get(pass).copied().unwrap_or(9);
    let points = n.saturating_mul(m);
    let whole = match pass {
        0 => points <= SMALL,
        1 => points <= SMALL_AGAIN,
        _ => false,
    };
    if n.max(m) <= 2 * width || whole {
        return Band::whole(n, m);
    }
    if pass == 0 {
        let ties = matches::rare_ties(a, index, shared, RARE);
        return Band::round(&path::coarse(&ties, n, m), n, m, width);
    }
    Band::along(before.iter().map(|f| (f.source.clone(), f.target.clone())), n, m, width)
}

/// Beads of unusual kinds from this share on make still larger ones worth looking for.
const UNUSUAL: f32 = 0.04;

/// How many kinds of bead are tried: all of them where the texts are short, or are cut very differently.
fn kinds(a: &Side, b: &Side, before: &[Found]) -> usize {
    let unusual = before
        .iter()
        .filter(|f| f.source.len().min(f.target.len()) > 1 || f.source.len().max(f.target.len()) > 2);
    let many = unusual.count() as f32 > UNUSUAL * before.len() as f32;
    let small = a.sentences.len().saturating_mul(b.sentences.len()) <= SMALL_AGAIN;
    if many || small { path::ALL_KINDS } else { path::USUAL_KINDS }
}

impl From<Found> for Bead {
    fn from(found: Found) -> Self {
        Self { source: found.source, target: found.target, confidence: Confidence::new(found.confidence) }
    }
}
