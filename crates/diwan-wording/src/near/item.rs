//! A sentence as it is compared: its words, its pairs of words, its sample.

use diwan_model::LanguageTag;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::text::{fingerprint, word_keys};

use super::{FEWEST_WORDS, SAMPLE};

/// Of the hash of a pair of words.
const PAIR_SEED: u64 = 0x6469_7761_6e01;
/// Of the hash of a short sentence as a whole.
const WHOLE_SEED: u64 = 0x6469_7761_6e02;

/// A sentence as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Words, sorted, then pairs of neighbouring words, sorted; both folded to 32 bits.
    hashes: Box<[u32]>,
    words: u16,
    /// Of the words in order.
    print: u64,
    /// Of the language.
    lang: u32,
    /// A bit for each word: what two sentences do not share here they do not share at all.
    bits: [u64; 4],
}

/// The longest sentence that is looked at, in words; what is behind does not count.
const LONGEST: usize = 2_000;

impl Item {
    /// Reads a sentence.
    pub fn new(sentence: &str, lang: &LanguageTag) -> Self {
        let mut keys = word_keys(sentence, lang);
        keys.truncate(LONGEST);
        Self::of_keys(&keys, lang)
    }

    fn of_keys(keys: &[u64], lang: &LanguageTag) -> Self {
        let mut hashes: Vec<u32> = keys.iter().map(|key| narrow(*key)).collect();
        hashes.sort_unstable();
        let words = hashes.len();
        hashes.extend(keys.windows(2).map(|pair| match pair {
            [a, b] => narrow(pair_hash(*a, *b)),
            _ => 0,
        }));
        if let Some(pairs) = hashes.get_mut(words..) {
            pairs.sort_unstable();
        }
        let mut bits = [0_u64; 4];
        for word in hashes.get(..words).unwrap_or(&[]) {
            if let Some(part) = bits.get_mut((*word >> 6) as usize % 4) {
                *part |= 1 << (word % 64);
            }
        }
        let tag = xxh3_64_with_seed(lang.primary().as_bytes(), WHOLE_SEED);
        Self {
            hashes: hashes.into(),
            words: u16::try_from(words).unwrap_or(u16::MAX),
            print: fingerprint(keys),
            lang: narrow(tag),
            bits,
        }
    }

    /// How many words it has.
    pub fn words(&self) -> usize {
        self.words.into()
    }

    /// One number for its words in order.
    pub fn print(&self) -> u64 {
        self.print
    }

    pub(super) fn lang(&self) -> u32 {
        self.lang
    }

    fn bag(&self) -> &[u32] {
        self.hashes.get(..self.words()).unwrap_or(&[])
    }

    fn pairs(&self) -> &[u32] {
        self.hashes.get(self.words()..).unwrap_or(&[])
    }

    /// The hashes under which it is filed, ascending, each once: at most [`SAMPLE`]. A sentence of fewer than
    /// [`FEWEST_WORDS`] words is filed under the whole of itself, one without words not at all.
    pub fn sample(&self) -> Vec<u32> {
        if self.words() == 0 {
            return Vec::new();
        }
        if self.words() < FEWEST_WORDS {
            return vec![narrow(self.print ^ WHOLE_SEED)];
        }
        let mut out = Vec::with_capacity(SAMPLE);
        for pair in self.pairs() {
            if out.last() != Some(pair) {
                out.push(*pair);
            }
            if out.len() == SAMPLE {
                break;
            }
        }
        out
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the low half of a hash is a hash")]
fn narrow(hash: u64) -> u32 {
    hash as u32
}

/// One hash for two words in order.
fn pair_hash(a: u64, b: u64) -> u64 {
    let mut bytes = [0_u8; 16];
    for (to, from) in bytes.iter_mut().zip(a.to_le_bytes().into_iter().chain(b.to_le_bytes())) {
        *to = from;
    }
    xxh3_64_with_seed(&bytes, PAIR_SEED)
}

/// How alike two sentences are, 0 to 1: Dice's coefficient over words, lowered where few neighbours stayed together. 1
/// means the same words in the same order, blind to looks.
///
/// ```
/// use diwan_wording::near::{Item, likeness};
/// let read = |text| Item::new(text, &"fa".into());
/// assert_eq!(likeness(&read("می‌ماند در ۸ شهر"), &read("ميماند در 8 شهر")), 1.0);
/// assert_eq!(likeness(&read("الف ب پ"), &read("ت ث ج")), 0.0);
/// ```
pub fn likeness(a: &Item, b: &Item) -> f32 {
    if a.print == b.print {
        return 1.0;
    }
    let words = dice(a.bag(), b.bag());
    let pairs = dice(a.pairs(), b.pairs());
    // Three parts words, one part order; never quite 1 for sentences that differ.
    (0.75 * words + 0.25 * pairs).min(0.999)
}

/// Whether two sentences can be `least` alike: a quick look that never says no to a pair that is.
pub(super) fn may_be_alike(a: &Item, b: &Item, least: f32) -> bool {
    let ones = |bits: &[u64; 4]| bits.iter().map(|part| part.count_ones()).sum::<u32>();
    let both: u32 = a.bits.iter().zip(&b.bits).map(|(x, y)| (x & y).count_ones()).sum();
    // Words that fell on one bit may all be shared.
    let most = |item: &Item| both + u32::from(item.words).saturating_sub(ones(&item.bits));
    let all = u32::from(a.words) + u32::from(b.words);
    all == 0 || 0.75 * 2.0 * most(a).min(most(b)) as f32 / all as f32 + 0.25 >= least
}

/// Dice's coefficient of two sorted lists.
fn dice(a: &[u32], b: &[u32]) -> f32 {
    let all = a.len() + b.len();
    if all == 0 {
        return 0.0;
    }
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut shared = 0_u32;
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => _ = a.next(),
            std::cmp::Ordering::Greater => _ = b.next(),
            std::cmp::Ordering::Equal => {
                shared += 1;
                a.next();
                b.next();
            }
        }
    }
    2.0 * shared as f32 / all as f32
}
