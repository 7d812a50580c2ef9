//! What a sentence is compared by: its length, its words as numbers, its figures, the sound of its names.
//!
//! Each printed form of a word is read once in all the texts of a batch: from then on words are numbers. Words without
//! content of their own count for the length of a sentence and for nothing else.

use std::collections::HashMap;

use diwan_model::LanguageTag;
use diwan_text::normal::strong_in;
use diwan_text::words::{WordKind, words};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::fast::FastMap;

/// Words of one language as numbers, with how many sentences hold each.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// By printed form, as a hash: a form, or none for a word that is not compared.
    forms: FastMap<u64, Option<u32>>,
    form_facts: Vec<FormFacts>,
    stems: HashMap<String, u32>,
    pub(super) words: Vec<WordFacts>,
    /// Sentences read.
    sentences: u32,
}

/// What is known of a printed form.
#[derive(Debug)]
struct FormFacts {
    word: u32,
    /// What it shares with a word of any language that means the same thing.
    anchors: Vec<Anchor>,
}

/// What is known of a word of the vocabulary.
#[derive(Debug, Default)]
pub(super) struct WordFacts {
    /// The word, stemmed.
    pub(super) stem: String,
    /// Sentences that hold it.
    pub(super) sentences: u32,
    /// The last sentence counted, so that none is counted twice.
    last: u32,
    /// A number in digits.
    pub(super) figure: bool,
}

impl Vocabulary {
    /// The number of a stem, where it occurs.
    pub(super) fn get(&self, stem: &str) -> Option<u32> {
        self.stems.get(stem).copied()
    }

    /// In which share of the sentences each word stands, by its number. A few sentences say little about that: these
    /// many of prose at large, in one of which in a hundred the word stands, are counted with them.
    pub(super) fn shares(&self) -> Vec<f32> {
        const AT_LARGE: f32 = 40.0;
        let all = self.sentences as f32 + AT_LARGE;
        self.words.iter().map(|w| (w.sentences as f32 + 0.01 * AT_LARGE) / all).collect()
    }

    /// The facts of a word.
    pub(super) fn word(&self, id: u32) -> Option<&WordFacts> {
        self.words.get(id as usize)
    }

    /// The anchors of each form, by its number.
    pub(super) fn forms(&self) -> impl Iterator<Item = &[Anchor]> {
        self.form_facts.iter().map(|f| f.anchors.as_slice())
    }

    /// Leaves out the sounds of names.
    pub(super) fn forget_sounds(&mut self) {
        for form in &mut self.form_facts {
            form.anchors.retain(|a| !matches!(a, Anchor::Sound(_)));
        }
    }

    /// The form of a printed word; none for one that is not compared.
    fn form(&mut self, printed: &str, number: bool, lang: &LanguageTag) -> Option<u32> {
        let key = xxh3_64(printed.as_bytes());
        if let Some(form) = self.forms.get(&key) {
            return *form;
        }
        let form = self.read_form(printed, number, lang);
        self.forms.insert(key, form);
        form
    }

    fn read_form(&mut self, printed: &str, number: bool, lang: &LanguageTag) -> Option<u32> {
        let strong = strong_in(printed, lang);
        let figure = number || strong.starts_with(|c: char| c.is_ascii_digit());
        if strong.is_empty() || (!figure && diwan_text::stem::is_stop_word(&strong, lang)) {
            return None;
        }
        let stem = if figure { strong.clone() } else { diwan_text::stem::stem(&strong, lang) };
        let word = match self.stems.get(&stem) {
            Some(word) => *word,
            None => {
                let word = u32::try_from(self.words.len()).ok()?;
                self.stems.insert(stem.clone(), word);
                self.words.push(WordFacts { stem, sentences: 0, last: u32::MAX, figure });
                word
            }
        };
        let form = u32::try_from(self.form_facts.len()).ok()?;
        self.form_facts.push(FormFacts { word, anchors: anchors(printed, &strong, figure) });
        Some(form)
    }
}

/// A word of a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// The number of its stem.
    pub(super) word: u32,
    /// The number of its printed form.
    pub(super) form: u32,
}

/// Something that needs no lexicon to be recognised in another language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Anchor {
    /// A figure, its digits normalised.
    Figure(u64),
    /// The same letters, in languages that share a script.
    Letters(u64),
    /// The first letters, in languages that share a script.
    Opening(u64),
    /// The sound of a name: its consonants in classes.
    Sound(u64),
}

/// A sentence as it is compared.
#[derive(Debug, Clone, Default)]
pub(super) struct SentenceFacts {
    /// Characters that are not spaces.
    pub(super) length: f32,
    /// Its words that are compared.
    pub(super) tokens: Vec<Token>,
    /// Recurs in other texts of the batch word for word: furniture.
    pub(super) furniture: bool,
    shape: u64,
}

/// One side of a pair.
#[derive(Debug, Default)]
pub(super) struct Side {
    /// Sentences in order.
    pub(super) sentences: Vec<SentenceFacts>,
    /// Their vectors from elsewhere, of length one; empty where there are none.
    pub(super) vectors: Vec<Vec<f32>>,
}

impl Side {
    /// Reads the sentences of a text, counting its words in `vocabulary`.
    pub(super) fn read(sentences: &[String], lang: &LanguageTag, vocabulary: &mut Vocabulary) -> Self {
        let sentences = sentences.iter().map(|s| read_sentence(s, lang, vocabulary)).collect();
        Self { sentences, vectors: Vec::new() }
    }
}

/// Words beyond this many say nothing new and would make a crafted sentence expensive.
const LONGEST: usize = 400;

fn read_sentence(text: &str, lang: &LanguageTag, vocabulary: &mut Vocabulary) -> SentenceFacts {
    let length = text.chars().filter(|c| !c.is_whitespace()).count() as f32;
    let number = vocabulary.sentences;
    vocabulary.sentences += 1;
    let mut tokens: Vec<Token> = Vec::new();
    let mut shape = 0;
    for word in words(text).into_iter().filter(|w| w.kind != WordKind::Punctuation).take(LONGEST) {
        let printed = word.span.of(text);
        let figure = word.kind == WordKind::Number;
        let form = vocabulary.form(printed, figure, lang);
        let Some((form, facts)) = form.and_then(|f| Some((f, vocabulary.form_facts.get(f as usize)?))) else {
            shape = xxh3_64_with_seed(printed.as_bytes(), shape);
            continue;
        };
        let id = facts.word;
        if let Some(facts) = vocabulary.words.get_mut(id as usize) {
            shape = if facts.figure {
                xxh3_64_with_seed(b"0", shape)
            } else {
                xxh3_64_with_seed(&id.to_le_bytes(), shape)
            };
            if facts.last != number {
                facts.last = number;
                facts.sentences += 1;
            }
        }
        tokens.push(Token { word: id, form });
    }
    SentenceFacts { length: length.max(1.0), tokens, furniture: false, shape }
}

fn anchors(printed: &str, strong: &str, figure: bool) -> Vec<Anchor> {
    let hash = |text: &str| xxh3_64(text.as_bytes());
    if figure {
        let digits: String = strong.chars().filter(char::is_ascii_digit).collect();
        return vec![Anchor::Figure(hash(digits.trim_start_matches('0')))];
    }
    let mut out = Vec::new();
    let latin = strong.chars().all(|c| c.is_ascii_alphabetic());
    let letters = strong.chars().count();
    if letters >= 3 {
        out.push(Anchor::Letters(hash(strong)));
    }
    if letters >= 5 && latin {
        out.push(Anchor::Opening(hash(&strong.chars().take(5).collect::<String>())));
    }
    let name = !latin || printed.chars().next().is_some_and(char::is_uppercase);
    if name {
        out.extend(crate::sound::sounds(strong).into_iter().map(|s| Anchor::Sound(hash(&s))));
    }
    out
}

/// Marks sentences that stand, but for their figures, in three or more texts: banners, page numbers, "print this page".
pub(super) fn mark_furniture<'a>(sides: impl Iterator<Item = &'a mut Side>) {
    let mut sides: Vec<&mut Side> = sides.collect();
    if sides.len() < 3 {
        return;
    }
    let mut count: FastMap<u64, u32> = FastMap::default();
    for side in &sides {
        let mut shapes: Vec<u64> = side.sentences.iter().map(|s| s.shape).collect();
        shapes.sort_unstable();
        shapes.dedup();
        for shape in shapes {
            *count.entry(shape).or_default() += 1;
        }
    }
    for side in &mut sides {
        for sentence in &mut side.sentences {
            sentence.furniture = count.get(&sentence.shape).is_some_and(|n| *n >= 3);
        }
    }
}
