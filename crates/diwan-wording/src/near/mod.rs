//! Sentences that say nearly the same: found in millions at once, or for one sentence at a time.
//!
//! Each sentence is sampled: its pairs of neighbouring words are hashed with fixed seeds and the smallest hashes are kept
//! (a bottom-k sketch, which is MinHash with one hash function). Sentences whose samples meet are compared word by word;
//! those alike enough are tied, and what is tied, over any number of steps, is a family. Hashes are fixed for all time
//! ([`METHOD`]), so that an archive may store them.
//!
//! Source: A. Broder, *On the resemblance and containment of documents* (1997).

mod index;
mod item;

use diwan_model::LanguageTag;

pub(crate) use index::Roots;
pub use index::{Index, Near};
pub use item::{Item, likeness};

/// The method and its version, to be stored beside what was made with it.
pub const METHOD: &str = "near@1";

/// How many hashes are kept of a sentence. Two sentences that share a third of their pairs of words meet with
/// probability 1 − (2/3)¹² = 0.99.
pub const SAMPLE: usize = 12;

/// Least likeness inside a family, 0 to 1; see [`likeness`].
pub const ALIKE: f32 = 0.55;

/// Fewest words of a sentence that can be in a family with one that is not the same.
pub const FEWEST_WORDS: usize = 4;

/// Families of near-duplicates among sentences, as indices in order; sentences without kin are in none. Only sentences
/// of one language are tied.
///
/// ```
/// use diwan_wording::near::families;
/// let en = "en".into();
/// let all = [
///     ("The parties will meet again in Orvane next year.", &en),
///     ("Water levels rose in the north of the lake.", &en),
///     ("The parties will meet again in Vosk early next year.", &en),
/// ];
/// assert_eq!(families(&all), [vec![0, 2]]);
/// ```
pub fn families(sentences: &[(&str, &LanguageTag)]) -> Vec<Vec<u32>> {
    Index::build(sentences).families()
}

#[cfg(test)]
mod tests;
