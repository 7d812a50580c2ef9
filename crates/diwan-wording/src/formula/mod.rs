//! Formulas: stock sentences that recur across statements, in variants, in every language; and the furniture of sites,
//! which recurs as well but says nothing.
//!
//! Three kinds of tie hold a family together. Near-duplicates anywhere in the archive ([`crate::near`]). Renderings: beads of
//! an alignment between two languages of one statement. And kin: sentences of neighbouring statements of a series that share
//! enough of their rarer words, in one language or through a dictionary. The strongest ties come first, and two families
//! become one only where no text has a sentence in both; so a family follows one sentence through time. A sentence that says
//! what two families say is a guest in the second. Runs of words that recur inside different sentences are families of
//! clauses.

mod clause;
mod dictionary;
mod family;
mod kin;
mod names;

use std::collections::BTreeMap;

use diwan_model::{LanguageTag, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::near::{Index, Item, Roots, likeness};
use crate::text::{fingerprint, word_keys};

pub use dictionary::Dictionary;
use family::Families;
pub use names::keep_names;

/// The method and its version.
pub const METHOD: &str = "formula@2";

/// Whether a family says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FormulaKind {
    /// A stock sentence of statements.
    Formula,
    /// Furniture of a site: banners, notices, footers, lines of the head.
    Boilerplate,
}

impl FormulaKind {
    /// Its spelling in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Formula => "formula",
            Self::Boilerplate => "boilerplate",
        }
    }
}

/// A sentence of a text, or a line of furniture, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Which text it belongs to: sentences of one text have the same number, in order.
    pub text_of: usize,
    /// Its number in the text, from 1; 0 for a line of furniture.
    pub n: u32,
    /// Its language.
    pub lang: LanguageTag,
    /// As printed.
    pub text: String,
}

/// A text: one version of a statement, or the furniture of its page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextOf {
    /// Which statement it belongs to.
    pub statement: usize,
    /// Series and place in it, where it has one.
    pub place: Option<(usize, usize)>,
    /// Whether it is furniture.
    pub furniture: bool,
}

/// A rendering: a sentence of one language that says what another says, by an alignment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rendering {
    /// A sentence, as an index.
    pub a: u32,
    /// Its rendering.
    pub b: u32,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// Whether one of them renders another sentence as well, and that more than this.
    pub part: bool,
}

/// A family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// Twelve hexadecimal digits, from its first sentence's words.
    pub id: String,
    /// Whether it says something.
    pub kind: FormulaKind,
    /// Its sentences, as indices, in the order given.
    pub members: Vec<u32>,
    /// For a clause: where it stands in each of them; empty for a whole sentence.
    pub clauses: Vec<Span>,
}

/// Least confidence of a rendering that counts.
const SURE: f32 = 0.1;

/// Families among sentences. `renderings` are ties between languages. Sentences must come in the order of time: the
/// first of a family names it.
pub fn formulas(
    said: &[Said],
    texts: &[TextOf],
    renderings: &[Rendering],
    dictionary: &Dictionary,
) -> Vec<Formula> {
    let given: Vec<(&str, &LanguageTag)> = said.iter().map(|s| (s.text.as_str(), &s.lang)).collect();
    let index = Index::build(&given);
    let mut ties: Vec<(f32, u32, u32)> = Vec::new();
    for family in index.families() {
        chain(&family, said, &mut ties);
    }
    let renderings: Vec<Rendering> = renderings.iter().filter(|r| r.confidence >= SURE).copied().collect();
    let mut thoughts = Roots::new(said.len());
    renderings.iter().filter(|r| !r.part).for_each(|r| thoughts.tie(r.a, r.b));
    let thoughts: Vec<u32> = (0_u32..).zip(said).map(|(k, _)| thoughts.root(k)).collect();
    // What renders two sentences says two things.
    let mut rendered: BTreeMap<(u32, usize), u32> = BTreeMap::new();
    for (x, y) in renderings.iter().flat_map(|r| [(r.a, r.b), (r.b, r.a)]) {
        let other = said.get(y as usize).map_or(0, |s| s.text_of);
        *rendered.entry((x, other)).or_default() += 1;
    }
    let compound = rendered.into_iter().filter(|(_, n)| *n > 1).map(|((k, _), _)| k).collect();
    let kin = kin::kin(said, texts, &thoughts, &compound, dictionary);
    ties.extend(kin.iter().filter(|k| !k.part).map(|k| (k.weight, k.a, k.b)));
    // Renderings weigh less than the same words in one language.
    ties.extend(renderings.iter().filter(|r| !r.part).map(|r| (0.79 * r.confidence, r.a, r.b)));
    ties.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut families = Families::new(said, texts);
    for (weight, a, b) in ties {
        families.tie(a, b, weight);
    }
    let mut parts: Vec<(f32, u32, u32)> =
        kin.iter().filter(|k| k.part).map(|k| (k.weight, k.a, k.b)).collect();
    parts.extend(renderings.iter().filter(|r| r.part).map(|r| (r.confidence, r.a, r.b)));
    parts.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    for (_, a, b) in parts {
        families.guest(a, b);
    }
    families.settle();
    let mut out: Vec<Formula> =
        families.finish().into_iter().filter_map(|m| formula(m, said, texts)).collect();
    out.sort_by_key(|formula| formula.members.first().copied());
    let clauses = clause::clauses(said, texts, &mut out);
    out.extend(clauses);
    name(&mut out, said);
    out
}

/// Ties inside a family of near-duplicates: each with the one before it and with the most alike of those before that.
fn chain(family: &[u32], said: &[Said], ties: &mut Vec<(f32, u32, u32)>) {
    const BACK: usize = 12;
    let items: Vec<Item> =
        family.iter().filter_map(|k| said.get(*k as usize)).map(|s| Item::new(&s.text, &s.lang)).collect();
    for (at, (k, item)) in family.iter().zip(&items).enumerate().skip(1) {
        for (other, other_item) in family.iter().zip(&items).take(at).rev().take(BACK) {
            let like = likeness(item, other_item);
            if like >= crate::near::ALIKE {
                ties.push((like, *other, *k));
            }
        }
    }
}

/// A family is worth the name when it stands in two statements; furniture when it stands on two pages.
fn formula(members: Vec<u32>, said: &[Said], texts: &[TextOf]) -> Option<Formula> {
    let of = |k: &u32| said.get(*k as usize).and_then(|s| texts.get(s.text_of));
    let mut statements: Vec<usize> = members.iter().filter_map(|k| of(k).map(|t| t.statement)).collect();
    let furniture = members.iter().filter(|k| of(k).is_some_and(|t| t.furniture)).count();
    let kind = if 2 * furniture > members.len() { FormulaKind::Boilerplate } else { FormulaKind::Formula };
    let mut own: Vec<usize> =
        members.iter().filter_map(|k| said.get(*k as usize).map(|s| s.text_of)).collect();
    statements.sort_unstable();
    statements.dedup();
    own.sort_unstable();
    own.dedup();
    let enough = match kind {
        FormulaKind::Formula => statements.len() > 1,
        FormulaKind::Boilerplate => own.len() > 1,
    };
    enough.then(|| Formula { id: String::new(), kind, members, clauses: Vec::new() })
}

/// Names from the words of each family's first sentence; a second family of the same words is counted on.
fn name(formulas: &mut [Formula], said: &[Said]) {
    const SEED: u64 = 0x6469_7761_6e10;
    let mut seen: BTreeMap<u64, u64> = BTreeMap::new();
    for formula in formulas {
        let first = formula.members.first().and_then(|k| said.get(*k as usize));
        let print = first.map_or(0, |s| {
            let lang: u64 = s.lang.primary().bytes().fold(0, |sum, b| sum * 256 + u64::from(b));
            let words = formula.clauses.first().map_or(s.text.as_str(), |span| span.of(&s.text));
            fingerprint(&word_keys(words, &s.lang)) ^ lang
        });
        let n = seen.entry(print).or_default();
        let hash = xxh3_64_with_seed(&(print ^ *n).to_le_bytes(), SEED);
        *n += 1;
        formula.id = format!("{:012x}", hash >> 16);
    }
}

#[cfg(test)]
mod tests;
