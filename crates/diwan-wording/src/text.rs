//! A text as it is compared: sentences, and words with a key under which two words are the same.
//!
//! Tokens tile the text: each holds a word, a number or a mark and the space behind it (the first also the space before
//! it), so that tokens in order are the text, byte for byte.

use diwan_model::{LanguageTag, Span};
use diwan_text::normal::strong_in;
use diwan_text::sentences::sentences;
use diwan_text::stem::{is_stop_word, stem};
use diwan_text::words::{Word, WordKind, words_in};
use xxhash_rust::xxh3::xxh3_64;

/// What a comparison does not see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Blindness {
    /// Diacritics, ZWNJ, digit shapes, quotation marks, dashes, case: what only looks different.
    #[default]
    Looks,
    /// Nothing: words are the same when they are printed the same.
    Nothing,
}

/// A word, number or mark with the space behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordToken {
    /// The word with its space; the spans of all tokens in order are the text.
    pub span: Span,
    /// Under which it is compared.
    pub key: u64,
    /// Whether it counts as a word: letters, numbers and addresses do, marks do not.
    pub counts: bool,
}

/// A text ready to be compared.
#[derive(Debug, Clone)]
pub struct Document {
    text: String,
    tokens: Vec<WordToken>,
    /// Where each sentence begins in `tokens`, and the end of the last.
    cuts: Vec<usize>,
}

impl Document {
    /// A text whose sentences are found. Lines that were wrapped by hand are read through: a line break is no end of a
    /// sentence where the next word would not have fitted.
    ///
    /// ```
    /// use diwan_wording::{Blindness, Document};
    /// let text = Document::new("It met. It spoke.", &"en".into(), Blindness::Looks);
    /// assert_eq!(text.sentences(), 2);
    /// assert_eq!(text.sentence(1), "It spoke.");
    /// ```
    pub fn new(text: &str, lang: &LanguageTag, blind: Blindness) -> Self {
        let flowing = unwrapped(text);
        let spans = sentences(&flowing, lang);
        Self::with_sentences(text, &spans, lang, blind)
    }

    /// A text whose sentences are known, in order. What lies between two of them belongs to the one before.
    pub fn with_sentences(text: &str, spans: &[Span], lang: &LanguageTag, blind: Blindness) -> Self {
        let words = words_in(text, lang);
        let mut tokens = Vec::with_capacity(words.len());
        let mut cuts = vec![0];
        let mut starts = spans.iter().skip(1).map(|span| span.start()).peekable();
        let mut from = 0;
        for (k, word) in words.iter().enumerate() {
            let end = words.get(k + 1).map_or(text.len(), |next| next.span.start());
            while starts.peek().is_some_and(|start| *start <= word.span.start()) {
                starts.next();
                if cuts.last() != Some(&tokens.len()) {
                    cuts.push(tokens.len());
                }
            }
            let Some(span) = Span::new(text, from, end) else { continue };
            from = end;
            tokens.push(WordToken { span, key: key(text, *word, lang, blind), counts: counts(*word) });
        }
        if tokens.is_empty() && !text.is_empty() {
            // Nothing but space: one token, so that the text can still be rebuilt.
            tokens.push(WordToken { span: Span::whole(text), key: 0, counts: false });
        }
        if cuts.last() != Some(&tokens.len()) {
            cuts.push(tokens.len());
        }
        Self { text: text.to_owned(), tokens, cuts }
    }

    /// The text as given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its tokens in order.
    pub fn tokens(&self) -> &[WordToken] {
        &self.tokens
    }

    /// How many sentences it has.
    pub fn sentences(&self) -> usize {
        self.cuts.len().saturating_sub(1)
    }

    /// A sentence without the space round it; empty where there is none of that number (from 0).
    pub fn sentence(&self, k: usize) -> &str {
        self.slice(self.range(k)).trim()
    }

    /// The tokens of a sentence, as indices.
    pub fn range(&self, k: usize) -> std::ops::Range<usize> {
        match (self.cuts.get(k), self.cuts.get(k + 1)) {
            (Some(from), Some(to)) => *from..*to,
            _ => 0..0,
        }
    }

    /// The tokens of successive sentences, as indices.
    pub fn tokens_of(&self, sentences: std::ops::Range<usize>) -> std::ops::Range<usize> {
        match (self.cuts.get(sentences.start), self.cuts.get(sentences.end)) {
            (Some(from), Some(to)) => *from..*to,
            _ => 0..0,
        }
    }

    /// The text of successive tokens.
    pub fn slice(&self, tokens: std::ops::Range<usize>) -> &str {
        let all = self.tokens.get(tokens).unwrap_or(&[]);
        match (all.first(), all.last()) {
            (Some(first), Some(last)) => self.text.get(first.span.start()..last.span.end()).unwrap_or(""),
            _ => "",
        }
    }

    /// How many words it has, marks not counted.
    pub fn words(&self) -> usize {
        self.tokens.iter().filter(|token| token.counts).count()
    }
}

fn counts(word: Word) -> bool {
    word.kind != WordKind::Punctuation
}

fn key(text: &str, word: Word, lang: &LanguageTag, blind: Blindness) -> u64 {
    let printed = word.span.of(text);
    match blind {
        Blindness::Nothing => xxh3_64(printed.as_bytes()),
        Blindness::Looks => folded_key(printed, lang),
    }
}

/// The key of a word in strong form. Latin letters without accents are folded here, which is what most words of the
/// world's pages are; languages with a dotless i go the long way.
fn folded_key(printed: &str, lang: &LanguageTag) -> u64 {
    let mut short = [0_u8; 32];
    let plain = printed.len() <= short.len() && printed.bytes().all(|b| b.is_ascii_alphanumeric());
    if plain && !matches!(lang.primary(), "tr" | "az") {
        for (to, from) in short.iter_mut().zip(printed.bytes()) {
            *to = from.to_ascii_lowercase();
        }
        return xxh3_64(short.get(..printed.len()).unwrap_or(&[]));
    }
    let strong = strong_in(printed, lang);
    // A mark that the strong form drops is still a mark.
    xxh3_64(if strong.is_empty() { printed.as_bytes() } else { strong.as_bytes() })
}

/// Keys of the words of a sentence, marks left out: what families of sentences are found by. Fixed for all time by the
/// strong form and XXH3 with seed 0, so that they may be stored.
pub fn word_keys(sentence: &str, lang: &LanguageTag) -> Vec<u64> {
    words_in(sentence, lang)
        .into_iter()
        .filter(|word| counts(*word))
        .map(|word| key(sentence, word, lang, Blindness::Looks))
        .collect()
}

/// Words of a sentence, marks left out, each with its key and its place.
pub(crate) fn keyed_words(sentence: &str, lang: &LanguageTag) -> Vec<(u64, Span)> {
    words_in(sentence, lang)
        .into_iter()
        .filter(|word| counts(*word))
        .map(|word| (key(sentence, word, lang, Blindness::Looks), word.span))
        .collect()
}

/// Stems of the words of a sentence that carry content, hashed, in order: what two renderings of one thought share.
pub(crate) fn content_stems(sentence: &str, lang: &LanguageTag) -> Vec<u64> {
    words_in(sentence, lang)
        .into_iter()
        .filter(|word| counts(*word) && word.kind != WordKind::Address)
        .filter_map(|word| {
            let strong = strong_in(word.span.of(sentence), lang);
            if strong.is_empty() || is_stop_word(&strong, lang) {
                return None;
            }
            Some(xxh3_64(stem(&strong, lang).as_bytes()))
        })
        .collect()
}

/// One number for the words of a sentence in order, blind to looks.
pub fn fingerprint(keys: &[u64]) -> u64 {
    let bytes: Vec<u8> = keys.iter().flat_map(|key| key.to_le_bytes()).collect();
    xxh3_64(&bytes)
}

/// The narrowest and the widest column at which people wrap text by hand.
const WRAP: std::ops::RangeInclusive<usize> = 48..=120;

/// The text with a space for each line break that only wraps a line; bytes stay where they are.
fn unwrapped(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let widths: Vec<usize> = lines.iter().map(|line| line.trim_end().chars().count()).collect();
    let width = widths.iter().copied().max().unwrap_or(0);
    let mut out = String::with_capacity(text.len());
    for (k, line) in lines.iter().enumerate() {
        out.push_str(line);
        let Some(next) = lines.get(k + 1) else { break };
        let first = next.split_whitespace().next().map_or(0, |word| word.chars().count());
        let full = widths.get(k).is_some_and(|own| *own > 0 && own + 1 + first > width);
        let soft =
            WRAP.contains(&width) && first > 0 && full && !next.starts_with([' ', '\t', '*', '-', '•']);
        if soft && out.ends_with('\r') {
            out.pop();
            out.push(' ');
        }
        out.push(if soft { ' ' } else { '\n' });
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_wrapped_by_hand_are_read_through() {
        let text = "The Council of the Lake met today at the invitation of its\nChairman in Orvane.\n\nVoting for: A.\n";
        let document = Document::new(text, &"en".into(), Blindness::Looks);
        assert_eq!(document.sentences(), 2);
        assert!(document.sentence(0).ends_with("Orvane."));
    }

    #[test]
    fn looks_do_not_count_unless_asked() {
        let fa = LanguageTag::new("fa");
        let keys = |text: &str, blind| -> Vec<u64> {
            Document::new(text, &fa, blind).tokens().iter().map(|t| t.key).collect()
        };
        let (a, b) = ("می‌ماند «۸»", "ميماند \"8\"");
        assert_eq!(keys(a, Blindness::Looks), keys(b, Blindness::Looks));
        assert_ne!(keys(a, Blindness::Nothing), keys(b, Blindness::Nothing));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn tokens_are_the_text(text in "[a-zA-Zبپ ۸\n.,\u{200c}]{0,200}|\\PC{0,60}") {
            let document = Document::new(&text, &LanguageTag::UNDETERMINED, Blindness::Looks);
            let rebuilt: String = document.tokens().iter().map(|t| t.span.of(&text)).collect();
            prop_assert_eq!(&rebuilt, &text);
            let sentences: String =
                (0..document.sentences()).map(|k| document.slice(document.range(k))).collect();
            prop_assert_eq!(&sentences, &text);
        }
    }
}
