//! Finding a name among many, in any script.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use super::keys::NameSignature;
use super::name::Name;
use super::weights::Room;
use super::{NameKey, keys};

/// Up to this many names are all compared.
const COMPARE_ALL: usize = 3_000;

/// Of more names, this many with the likest keys and signatures are compared.
const COMPARE_BEST: usize = 500;

/// An index of names by their keys.
///
/// ```
/// use diwan_text::names::NameIndex;
/// let index = NameIndex::new(["بلينكن", "غودفري", "كيري"].map(String::from).to_vec());
/// assert_eq!(index.search("Godfrey", 1)[0].0, 1);
/// ```
#[derive(Debug, Default)]
pub struct NameIndex {
    names: Vec<String>,
    signatures: Vec<NameSignature>,
    blocks: HashMap<NameKey, Vec<u32>>,
    one_word: Vec<bool>,
    /// Compiled names, where all are compared.
    compiled: Vec<Name>,
}

impl NameIndex {
    /// Indexes names; their numbers are their places in `names`.
    pub fn new(names: Vec<String>) -> Self {
        let mut index = Self { names, ..Self::default() };
        let keep = index.names.len() <= COMPARE_ALL;
        for (number, name) in index.names.iter().enumerate() {
            let name = Name::new(name);
            index.signatures.push(NameSignature::of(&name));
            let keys = keys::keys(&name);
            index.one_word.push(keys::is_one_word(&keys));
            for key in keys {
                index.blocks.entry(key).or_default().push(number as u32);
            }
            if keep {
                index.compiled.push(name);
            }
        }
        index
    }

    /// The printed name of a number.
    pub fn name(&self, number: usize) -> Option<&str> {
        self.names.get(number).map(String::as_str)
    }

    /// The `top` likest names, likest first: number and similarity. Equal ones in the order of their numbers.
    pub fn search(&self, name: &str, top: usize) -> Vec<(usize, f32)> {
        let query = Name::new(name);
        let mut room = Room::default();
        let mut found: Vec<(usize, f32)> = if self.names.len() <= COMPARE_ALL {
            self.compiled.iter().map(|n| query.similarity_in(n, &mut room)).enumerate().collect()
        } else {
            self.candidates(&query)
                .into_iter()
                .filter_map(|number| {
                    let other = Name::new(self.names.get(number)?);
                    Some((number, query.similarity_in(&other, &mut room)))
                })
                .collect()
        };
        found.sort_by(|a, b| b.1.partial_cmp(&a.1).unwrap_or(Ordering::Equal).then(a.0.cmp(&b.0)));
        found.truncate(top);
        found
    }

    /// The names that share a key with the query, those first that share more and rarer ones.
    fn candidates(&self, query: &Name) -> Vec<usize> {
        let mut shared: BTreeMap<u32, f32> = BTreeMap::new();
        let keys = keys::keys(query);
        let one_word = keys::is_one_word(&keys);
        for key in keys {
            let Some(block) = self.blocks.get(&key) else { continue };
            let rarity = 1.0 / (1.0 + block.len() as f32).ln();
            let part = key.0.starts_with('+') && !one_word;
            let counts = |number: &&u32| !part || self.one_word.get(**number as usize) == Some(&true);
            for number in block.iter().filter(counts) {
                *shared.entry(*number).or_default() += rarity;
            }
        }
        let signature = NameSignature::of(query);
        let mut ranked: Vec<(f32, usize)> = shared
            .into_iter()
            .filter_map(|(number, rarity)| {
                let distance = self.signatures.get(number as usize)?.distance(signature);
                Some((rarity - 0.05 * distance as f32, number as usize))
            })
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.truncate(COMPARE_BEST);
        ranked.into_iter().map(|r| r.1).collect()
    }
}
