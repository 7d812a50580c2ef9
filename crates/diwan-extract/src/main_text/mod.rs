//! The main text of any page, in any language: what a reader came for, without menus, notices, share bars, comments.
//!
//! A page is laid flat ([`outline`]): its text blocks, and for each element what its name and classes tell. Each block
//! gets a row of features ([`features`]) that know no language: lengths, links, punctuation, the parts of the page that it
//! stands in, its neighbours, the best container by the points of its paragraphs, repetition, what the page claims
//! (titles, `articleBody`). A forest of small trees ([`forest`]) turns the row into a chance. A second forest reads the
//! same rows with the chances of the blocks round each, so that a short line between two paragraphs is kept and a
//! long teaser in a list of teasers is not.
//!
//! Words that site owners write over furniture and names they give to parts are data (`data/parts.toml`,
//! `data/<lang>/furniture.toml`); the trees are data too (`data/main-text-*.forest`), learnt by the example
//! `train-main-text`.

mod claims;
mod cues;
pub mod features;
pub mod forest;
mod measure;
mod outline;

use std::sync::LazyLock;

use crate::html::Tree;
use crate::numbers::NumberSet;
use claims::Claims;
use cues::CUES;
pub(crate) use cues::small;
use features::{Rows, SECOND, Study, names, second};
use forest::Forest;

/// A block with a chance below this in the first reading is not read again.
const HOPELESS: f32 = 0.004;

/// Which blocks to take, from their numbers of words and their chances: those under which the expected harmonic mean of
/// precision and recall over words is highest. On a page whose text is plain this takes the blocks with a chance above
/// a half; where nothing is sure it takes less sure ones rather than nothing.
pub fn choose(words: &[u32], chances: &[f32]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..words.len().min(chances.len())).collect();
    let chance = |k: usize| chances.get(k).copied().unwrap_or(0.0);
    let weight = |k: usize| words.get(k).map_or(0.0, |w| *w as f32);
    order.sort_by(|a, b| chance(*b).total_cmp(&chance(*a)).then(a.cmp(b)));
    let expected: f32 = order.iter().map(|k| chance(*k) * weight(*k)).sum();
    let (mut right, mut taken, mut best, mut count) = (0.0, 0.0, 0.0, 0);
    for (n, k) in order.iter().enumerate() {
        right += chance(*k) * weight(*k);
        taken += weight(*k);
        let mean = 2.0 * right / (taken + expected).max(1.0);
        if mean >= best {
            (best, count) = (mean, n + 1);
        }
    }
    let mut out = vec![false; chances.len()];
    for k in order.into_iter().take(count) {
        if let Some(taken) = out.get_mut(k) {
            *taken = true;
        }
    }
    out
}

/// Words of a block that does not stand on a page twice by chance.
const NO_CHANCE: u32 = 10;

/// Which blocks of a page are taken. What is printed twice (for wide and for narrow screens, say) is taken once; a web address
/// alone is for copying, not for reading.
fn taken(outline: &outline::Outline, chances: &[f32]) -> Vec<bool> {
    let words: Vec<u32> = outline.blocks.iter().map(|b| b.measures.words).collect();
    let mut out = choose(&words, chances);
    let mut seen = NumberSet::default();
    for (block, taken) in outline.blocks.iter().zip(&mut out) {
        *taken &= !is_address(&block.text);
        if *taken && block.measures.words >= NO_CHANCE {
            *taken = seen.insert(block.measures.print);
        }
    }
    out
}

/// Whether a text is a web address and nothing else.
fn is_address(text: &str) -> bool {
    let starts = text.starts_with("http://") || text.starts_with("https://");
    starts && !text.contains(char::is_whitespace)
}

/// The names of the features of the first reading.
pub static FIRST_NAMES: LazyLock<Vec<String>> = LazyLock::new(names);
/// The names of the features of the second reading.
pub static SECOND_NAMES: LazyLock<Vec<String>> =
    LazyLock::new(|| FIRST_NAMES.iter().cloned().chain(SECOND.iter().map(|s| (*s).to_owned())).collect());

static FIRST: LazyLock<Forest> = LazyLock::new(|| {
    Forest::parse(include_str!("../../data/main-text-first.forest"), &FIRST_NAMES).unwrap_or_default()
});
static THEN: LazyLock<Forest> = LazyLock::new(|| {
    Forest::parse(include_str!("../../data/main-text-second.forest"), &SECOND_NAMES).unwrap_or_default()
});

/// A block as the reader of dates sees it.
#[derive(Debug, Clone)]
pub(crate) struct Around<'a> {
    pub(crate) text: &'a str,
    pub(crate) line: u32,
    /// Letters and digits.
    pub(crate) letters: u32,
    /// The chance of being main text.
    pub(crate) chance: f32,
    /// Whether it is the main heading.
    pub(crate) heading: bool,
    /// The classes of its element.
    pub(crate) class: &'a str,
    /// Whether it stands in a part called date or meta.
    pub(crate) in_meta: bool,
}

/// A page whose blocks are rated.
pub(crate) struct Rated {
    outline: outline::Outline,
    claims: Claims,
    chances: Vec<f32>,
    chosen: Vec<bool>,
    heading: Option<usize>,
}

impl Rated {
    /// The texts of the blocks that are main text.
    fn chosen(&self) -> impl Iterator<Item = &str> {
        self.outline
            .blocks
            .iter()
            .zip(&self.chosen)
            .filter(|(_, chosen)| **chosen)
            .map(|(b, _)| b.text.as_str())
    }

    /// The blocks as the reader of dates sees them.
    pub(crate) fn around(&self) -> Vec<Around<'_>> {
        let meta = CUES.part_names.iter().position(|p| p == "meta").unwrap_or(0);
        self.outline
            .blocks
            .iter()
            .zip(&self.chances)
            .enumerate()
            .map(|(k, (block, chance))| {
                let element = self.outline.element_of(block);
                Around {
                    text: &block.text,
                    line: block.line,
                    letters: block.measures.letters,
                    chance: *chance,
                    heading: self.heading == Some(k),
                    class: element.map_or("", |e| e.class.as_str()),
                    in_meta: element.is_some_and(|e| e.near.get(meta).is_some_and(|n| *n <= 2)),
                }
            })
            .collect()
    }

    /// The text and line of the main heading.
    pub(crate) fn heading(&self) -> Option<(&str, u32)> {
        self.outline.blocks.get(self.heading?).map(|b| (b.text.as_str(), b.line))
    }

    /// The main text: a line a block. Where nothing is likely enough, the body that structured data claims.
    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        for text in self.chosen() {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(text);
        }
        if out.chars().count() < 200 && self.claims.body.chars().count() > 2 * out.chars().count() + 200 {
            return self.claims.body.trim().to_owned();
        }
        out
    }
}

/// A page made ready for rating: its blocks and the features of the first reading.
pub struct Prepared {
    outline: outline::Outline,
    claims: Claims,
}

impl Prepared {
    /// Lays a page flat.
    pub(crate) fn new(tree: &Tree, address: Option<&str>) -> Self {
        Self { outline: outline::outline(tree), claims: Claims::read(tree, address) }
    }

    /// The texts of the blocks.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.outline.blocks.iter().map(|b| b.text.as_str())
    }

    /// Which blocks are taken, from their chances.
    pub fn taken(&self, chances: &[f32]) -> Vec<bool> {
        taken(&self.outline, chances)
    }

    /// For each block how near each kind of part is, for trials.
    pub fn near(&self) -> impl Iterator<Item = &[u8]> {
        self.outline.blocks.iter().map(|b| self.outline.element_of(b).map_or(&[][..], |e| &e.near[..]))
    }

    /// The body that the page's structured data claims; empty where it claims none.
    pub fn claimed_body(&self) -> &str {
        &self.claims.body
    }

    /// The features of the first reading.
    pub fn first(&self) -> Rows {
        Study::new(&self.outline, &self.claims).rows()
    }

    /// The features of the second reading, from the chances of the first.
    pub fn second(&self, first: &Rows, chances: &[f32]) -> Rows {
        let mut out = Rows { width: SECOND_NAMES.len(), values: Vec::new() };
        let study = Study::new(&self.outline, &self.claims);
        second(&study, first, chances, |_, row| out.values.extend_from_slice(row), |_| true);
        out
    }

    /// Rates the blocks.
    pub(crate) fn rate(self) -> Rated {
        let study = Study::new(&self.outline, &self.claims);
        let first = study.rows();
        let chances: Vec<f32> = (0..self.outline.blocks.len()).map(|k| FIRST.chance(first.row(k))).collect();
        let mut then = chances.clone();
        // The mean of both readings errs less than either.
        let each = |k: usize, row: &[f32]| {
            if let Some(chance) = then.get_mut(k) {
                *chance = (*chance + THEN.chance(row)) / 2.0;
            }
        };
        second(&study, &first, &chances, each, |chance| chance >= HOPELESS);
        let chosen = taken(&self.outline, &then);
        let heading = study.heading;
        Rated { outline: self.outline, claims: self.claims, chances: then, chosen, heading }
    }
}

/// Lays an HTML page flat, for learning and measuring.
pub fn prepare(bytes: &[u8], address: Option<&str>) -> Prepared {
    let decoded = crate::decode(bytes, None, true);
    Prepared::new(&crate::html::parse(&decoded.text), address)
}
