//! What a sentence is compared by: its length, its words as numbers, its figures, the sound of its names.

use std::collections::HashMap;

use diwan_model::LanguageTag;
use diwan_text::normal::{Form, normal};
use diwan_text::words::{WordKind, words};

/// Words of one language as numbers, with how many sentences hold each.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    ids: HashMap<String, u32>,
    pub(super) words: Vec<WordFacts>,
    /// Sentences read.
    sentences: u32,
}

/// What is known of a word of the vocabulary.
#[derive(Debug, Default)]
pub(super) struct WordFacts {
    /// The word, stemmed.
    pub(super) stem: String,
    /// Sentences that hold it.
    pub(super) sentences: u32,
    /// Says little by itself ("of", "the").
    pub(super) stop: bool,
}

impl Vocabulary {
    fn id(&mut self, stem: &str, stop: bool) -> u32 {
        if let Some(id) = self.ids.get(stem) {
            return *id;
        }
        let id = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.ids.insert(stem.to_owned(), id);
        self.words.push(WordFacts { stem: stem.to_owned(), sentences: 0, stop });
        id
    }

    /// The number of a word, where it occurs.
    pub(super) fn get(&self, stem: &str) -> Option<u32> {
        self.ids.get(stem).copied()
    }

    /// In which share of the sentences each word stands, by its number.
    pub(super) fn shares(&self) -> Vec<f32> {
        self.words.iter().map(|w| w.sentences as f32 / (self.sentences as f32).max(1.0)).collect()
    }

    /// The facts of a word.
    pub(super) fn word(&self, id: u32) -> Option<&WordFacts> {
        self.words.get(id as usize)
    }
}

/// A word of a sentence.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// Its number in the vocabulary.
    pub(super) id: u32,
    /// What it shares with a token of any language that means the same thing: figures and sounds, as hashes.
    pub(super) anchors: Vec<Anchor>,
}

/// Something that needs no lexicon to be recognised in another language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    /// Its words.
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
}

impl Side {
    /// Reads the sentences of a text, counting its words in `vocabulary`.
    pub(super) fn read(sentences: &[String], lang: &LanguageTag, vocabulary: &mut Vocabulary) -> Self {
        Self { sentences: sentences.iter().map(|s| read_sentence(s, lang, vocabulary)).collect() }
    }
}

impl Side {
    /// Leaves out the sounds of names.
    pub(super) fn forget_sounds(&mut self) {
        for token in self.sentences.iter_mut().flat_map(|s| &mut s.tokens) {
            token.anchors.retain(|a| !matches!(a, Anchor::Sound(_)));
        }
    }
}

/// Words beyond this many say nothing new and would make a crafted sentence expensive.
const LONGEST: usize = 400;

fn read_sentence(text: &str, lang: &LanguageTag, vocabulary: &mut Vocabulary) -> SentenceFacts {
    let length = text.chars().filter(|c| !c.is_whitespace()).count() as f32;
    vocabulary.sentences += 1;
    let mut tokens: Vec<Token> = Vec::new();
    let mut seen = Vec::new();
    let mut shape = 0xcbf2_9ce4_8422_2325_u64;
    for word in words(text).into_iter().filter(|w| w.kind != WordKind::Punctuation).take(LONGEST) {
        let printed = word.span.of(text);
        let strong = normal(printed, Form::Strong, lang).text;
        if strong.is_empty() {
            continue;
        }
        let figure = word.kind == WordKind::Number || strong.starts_with(|c: char| c.is_ascii_digit());
        let stem = if figure { strong.clone() } else { diwan_text::stem::stem(&strong, lang) };
        shape = hash_on(shape, if figure { "0" } else { &stem });
        let stop = !figure && diwan_text::stem::is_stop_word(&strong, lang);
        let id = vocabulary.id(&stem, stop);
        if !seen.contains(&id) {
            seen.push(id);
            if let Some(facts) = vocabulary.words.get_mut(id as usize) {
                facts.sentences += 1;
            }
        }
        let anchors = if stop { Vec::new() } else { anchors(printed, &strong, figure) };
        tokens.push(Token { id, anchors });
    }
    SentenceFacts { length: length.max(1.0), tokens, furniture: false, shape }
}

fn anchors(printed: &str, strong: &str, figure: bool) -> Vec<Anchor> {
    if figure {
        let digits: String = strong.chars().filter(char::is_ascii_digit).collect();
        let digits = digits.trim_start_matches('0');
        return vec![Anchor::Figure(hash(digits))];
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
        out.extend(super::super::sound::sounds(strong).into_iter().map(|s| Anchor::Sound(hash(&s))));
    }
    out
}

pub(super) fn hash(text: &str) -> u64 {
    hash_on(0xcbf2_9ce4_8422_2325, text)
}

/// FNV-1a: stable over versions, which `std`'s hasher is not.
fn hash_on(start: u64, text: &str) -> u64 {
    text.bytes().chain([0xff]).fold(start, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// Marks sentences that stand, but for their figures, in three or more texts: banners, page numbers, "print this page".
pub(super) fn mark_furniture<'a>(sides: impl Iterator<Item = &'a mut Side>) {
    let mut sides: Vec<&mut Side> = sides.collect();
    let mut count: HashMap<u64, u32> = HashMap::new();
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
