//! Which documents are translations of each other, by what they say.
//!
//! Each document is read once into features that mean the same in any language: dates whatever the calendar, numbers,
//! words and names in the same letters, the sound of names, concepts of the seed lexicon. An inverted index finds for
//! each document the few of every other language that share rare features, so that no two documents without anything
//! in common are ever compared. Two documents are tied when each is the other's best, clearly ahead of the next; the
//! last judge is the alignment of their sentences: how much of both is rendered in the other. What is furniture of a
//! body stands in all its documents and weighs next to nothing.
//!
//! A [`Linker`] grows: documents are added at any time, and new ones are tied to what is there ([`Linker::tie`]).
//!
//! ```
//! use diwan_relate::link::{Linker, LinkOptions};
//! let mut linker = Linker::default();
//! let texts = [
//!     ("en", "The Council met on 3 May 2024. It pledged 85 million euros to Velmar."),
//!     ("fr", "Le Conseil s’est réuni le 3 mai 2024. Il a promis 85 millions d’euros à Velmar."),
//!     ("fr", "La Banque a relevé son taux de 25 points le 7 juin 2023."),
//! ];
//! for (lang, text) in texts {
//!     linker.add(&lang.into(), text);
//! }
//! let links = linker.link_all(&|at| texts.get(at).map(|t| t.1.to_owned()), &LinkOptions::default());
//! assert_eq!(links.iter().map(|l| (l.first, l.second)).collect::<Vec<_>>(), [(0, 1)]);
//! ```

mod decide;
mod evidence;
mod find;
mod learn;
mod read;

use diwan_model::{Confidence, LanguageTag};
use rayon::prelude::*;

use crate::align::fast::FastMap;

pub use read::Profile;
use read::Reader;

/// The version of the method, to be stored with the links it makes.
pub const LINK_METHOD: &str = "link-content@2";

/// Why two documents are taken for translations of each other.
#[derive(Debug, Clone, PartialEq)]
pub enum LinkEvidence {
    /// A date in both, in one normal form.
    Date(String),
    /// A number in both.
    Number(String),
    /// A name, or a word in the same letters, in both.
    Name(String),
    /// How many words with a known rendering are in both: concepts of the seed lexicon, learnt word pairs.
    Concepts(usize),
    /// How many lines with words each has, where they are about as many.
    Lines(u32, u32),
    /// The share of both texts that the sentences of the other render, from 0 to 1.
    Aligned(f32),
    /// Both are translations of these other documents.
    Through(usize),
}

/// Two documents that are translations of each other.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentLink {
    /// The first, by its number in the linker; lower than the second.
    pub first: usize,
    /// The second.
    pub second: usize,
    /// How sure.
    pub confidence: Confidence,
    /// Why: what both hold that few others do, the most telling first.
    pub evidence: Vec<LinkEvidence>,
}

/// What is asked of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkOptions {
    /// Links below this confidence are not given.
    pub least: f32,
    /// Up to this many documents every link is judged by alignment; beyond, only those in doubt.
    pub judge_all: usize,
    /// Whether each link is given with its evidence, for which the texts of linked documents are read once more.
    pub evidence: bool,
}

impl Default for LinkOptions {
    fn default() -> Self {
        Self { least: 0.5, judge_all: 20_000, evidence: true }
    }
}

/// Gives the text of a document again, by its number, for the alignment.
pub type TextOf<'a> = &'a (dyn Fn(usize) -> Option<String> + Sync);

/// A document as it is compared.
#[derive(Debug, Default, Clone)]
struct Document {
    lang: u8,
    profile: Profile,
}

/// What is known of the documents of a language beside those that the linker holds.
#[derive(Debug, Default)]
struct Elsewhere {
    /// How many there are, in all.
    documents: usize,
    /// In how many each feature stands, in all.
    features: FastMap<u32, u32>,
}

/// Documents in many languages, and what they share.
#[derive(Debug, Default)]
pub struct Linker {
    langs: Vec<LanguageTag>,
    documents: Vec<Document>,
    /// By language; empty where the linker holds all documents.
    elsewhere: Vec<Elsewhere>,
    /// Documents that are versions of one another, whatever they say; lower number first.
    tied: Vec<(usize, usize)>,
    /// Documents that are not, whatever they say.
    apart: std::collections::BTreeSet<(usize, usize)>,
}

impl Linker {
    /// Takes in a document and gives its number, from 0.
    pub fn add(&mut self, lang: &LanguageTag, text: &str) -> usize {
        self.add_profile(lang, Profile::of(text, lang))
    }

    /// Takes in many documents; they are read in parallel. Numbers follow the order given.
    pub fn add_all(&mut self, documents: &[(LanguageTag, String)]) {
        let read: Vec<Profile> = documents
            .par_chunks(64)
            .flat_map_iter(|part| {
                let mut reader = Reader::default();
                part.iter().map(|(lang, text)| reader.read(text, lang)).collect::<Vec<_>>()
            })
            .collect();
        for ((lang, _), profile) in documents.iter().zip(read) {
            self.add_profile(lang, profile);
        }
    }

    /// Takes in a document that was read before and gives its number, from 0.
    pub fn add_profile(&mut self, lang: &LanguageTag, profile: Profile) -> usize {
        let lang = self.lang(lang);
        self.documents.push(Document { lang, profile });
        self.documents.len() - 1
    }

    /// Says how many documents of a language there are, where the linker holds but a part of them.
    pub fn know_size(&mut self, lang: &LanguageTag, documents: usize) {
        let lang = self.lang(lang);
        if let Some(elsewhere) = self.elsewhere.get_mut(usize::from(lang)) {
            elsewhere.documents = documents;
        }
    }

    /// Says in how many documents of a language a feature stands, where the linker holds but a part of them.
    pub fn know_rarity(&mut self, lang: &LanguageTag, feature: u32, documents: u32) {
        let lang = self.lang(lang);
        if let Some(elsewhere) = self.elsewhere.get_mut(usize::from(lang)) {
            elsewhere.features.insert(feature, documents);
        }
    }

    /// Says that two documents are versions of each other.
    pub fn tie_together(&mut self, a: usize, b: usize) {
        self.tied.push((a.min(b), a.max(b)));
    }

    /// Says that two documents are not versions of each other.
    pub fn keep_apart(&mut self, a: usize, b: usize) {
        self.apart.insert((a.min(b), a.max(b)));
    }

    /// How many documents it holds.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    fn lang(&mut self, lang: &LanguageTag) -> u8 {
        let primary = LanguageTag::new(lang.primary());
        let at = self.langs.iter().position(|l| *l == primary).unwrap_or_else(|| {
            self.langs.push(primary);
            self.elsewhere.push(Elsewhere::default());
            self.langs.len() - 1
        });
        u8::try_from(at).unwrap_or(u8::MAX)
    }

    fn is_apart(&self, a: usize, b: usize) -> bool {
        !self.apart.is_empty() && self.apart.contains(&(a.min(b), a.max(b)))
    }

    /// All links among the documents, the surest first.
    pub fn link_all(&self, texts: TextOf<'_>, options: &LinkOptions) -> Vec<DocumentLink> {
        let all: Vec<usize> = (0..self.documents.len()).collect();
        decide::links(self, &all, texts, options)
    }

    /// The links of some documents with any others: for documents that were just added.
    pub fn tie(&self, documents: &[usize], texts: TextOf<'_>, options: &LinkOptions) -> Vec<DocumentLink> {
        decide::links(self, documents, texts, options)
    }
}

#[cfg(test)]
mod tests;
