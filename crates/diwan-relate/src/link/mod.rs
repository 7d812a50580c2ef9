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
mod find;
mod read;

use diwan_model::{Confidence, LanguageTag};
use rayon::prelude::*;

use crate::align::fast::FastMap;

use read::{Kind, ReadDocument, Reader};

/// The version of the method, to be stored with the links it makes.
pub const LINK_METHOD: &str = "link-content@1";

/// Why two documents are taken for translations of each other.
#[derive(Debug, Clone, PartialEq)]
pub enum LinkEvidence {
    /// A date in both, in one normal form.
    Date(String),
    /// A number in both.
    Number(String),
    /// A name, or a word in the same letters, in both.
    Name(String),
    /// How many concepts of the seed lexicon are in both.
    Concepts(usize),
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
}

impl Default for LinkOptions {
    fn default() -> Self {
        Self { least: 0.5, judge_all: 20_000 }
    }
}

/// Gives the text of a document again, by its number, for the alignment.
pub type TextOf<'a> = &'a (dyn Fn(usize) -> Option<String> + Sync);

/// A document as it is compared.
#[derive(Debug, Default)]
struct Document {
    lang: u8,
    /// Features, sorted, with how much of each there is.
    features: Vec<(u32, f32)>,
    /// Letters, spaces left out.
    length: f32,
}

/// What is known of a feature.
#[derive(Debug)]
struct Feature {
    kind: Kind,
    /// As printed, where it can be shown.
    printed: Option<Box<str>>,
}

/// Documents in many languages, and what they share.
#[derive(Debug, Default)]
pub struct Linker {
    langs: Vec<LanguageTag>,
    documents: Vec<Document>,
    ids: FastMap<u64, u32>,
    features: Vec<Feature>,
    /// By language and feature: the documents that have it, in order, with how much.
    postings: Vec<FastMap<u32, Vec<(u32, f32)>>>,
    /// By language: how many documents.
    counts: Vec<usize>,
}

impl Linker {
    /// Takes in a document and gives its number, from 0.
    pub fn add(&mut self, lang: &LanguageTag, text: &str) -> usize {
        let read = Reader::default().read(text, lang);
        self.take(lang, read)
    }

    /// Takes in many documents; they are read in parallel. Numbers follow the order given.
    pub fn add_all(&mut self, documents: &[(LanguageTag, String)]) {
        let read: Vec<ReadDocument> = documents
            .par_chunks(64)
            .flat_map_iter(|part| {
                let mut reader = Reader::default();
                part.iter().map(|(lang, text)| reader.read(text, lang)).collect::<Vec<_>>()
            })
            .collect();
        for ((lang, _), read) in documents.iter().zip(read) {
            self.take(lang, read);
        }
    }

    /// How many documents it holds.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    fn take(&mut self, lang: &LanguageTag, read: ReadDocument) -> usize {
        let number = self.documents.len();
        let lang = self.lang(lang);
        let mut features: Vec<(u32, f32)> = Vec::with_capacity(read.features.len());
        for feature in read.features {
            let next = self.features.len() as u32;
            let id = *self.ids.entry(feature.key).or_insert(next);
            if id == next {
                self.features.push(Feature { kind: feature.kind, printed: feature.printed });
            }
            features.push((id, feature.amount));
        }
        features.sort_unstable_by_key(|f| f.0);
        features.dedup_by_key(|f| f.0);
        if let (Some(postings), Some(count)) =
            (self.postings.get_mut(usize::from(lang)), self.counts.get_mut(usize::from(lang)))
        {
            *count += 1;
            for (id, amount) in &features {
                postings.entry(*id).or_default().push((number as u32, *amount));
            }
        }
        self.documents.push(Document { lang, features, length: read.length });
        number
    }

    fn lang(&mut self, lang: &LanguageTag) -> u8 {
        let primary = LanguageTag::new(lang.primary());
        let at = self.langs.iter().position(|l| *l == primary).unwrap_or_else(|| {
            self.langs.push(primary);
            self.postings.push(FastMap::default());
            self.counts.push(0);
            self.langs.len() - 1
        });
        u8::try_from(at).unwrap_or(u8::MAX)
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
