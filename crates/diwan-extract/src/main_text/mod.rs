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
use claims::Claims;
pub(crate) use claims::lenient_json;
use cues::CUES;
pub(crate) use cues::small;
use features::{Rows, SECOND, Study, names, second};
use forest::Forest;

/// A block with a chance of at least this is main text.
pub const THRESHOLD: f32 = 0.5;

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
    heading: Option<usize>,
}

impl Rated {
    /// The rated blocks in order.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = (&str, u32, f32)> {
        self.outline.blocks.iter().zip(&self.chances).map(|(b, c)| (b.text.as_str(), b.line, *c))
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
        for (text, _, _) in self.blocks().filter(|(_, _, chance)| *chance >= THRESHOLD) {
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
    pub(crate) fn new(tree: &Tree) -> Self {
        Self { outline: outline::outline(tree), claims: Claims::read(tree) }
    }

    /// The texts of the blocks.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.outline.blocks.iter().map(|b| b.text.as_str())
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
        second(&Study::new(&self.outline, &self.claims), first, chances)
    }

    /// Rates the blocks.
    pub(crate) fn rate(self) -> Rated {
        let study = Study::new(&self.outline, &self.claims);
        let first = study.rows();
        let chances: Vec<f32> = (0..self.outline.blocks.len()).map(|k| FIRST.chance(first.row(k))).collect();
        let then = second(&study, &first, &chances);
        let chances: Vec<f32> = (0..self.outline.blocks.len()).map(|k| THEN.chance(then.row(k))).collect();
        let heading = study.heading;
        Rated { outline: self.outline, claims: self.claims, chances, heading }
    }
}

/// Lays an HTML page flat, for learning and measuring; `None` where the bytes are no HTML.
pub fn prepare(bytes: &[u8]) -> Prepared {
    let decoded = crate::decode(bytes, None, true);
    Prepared::new(&crate::html::parse(&decoded.text))
}
