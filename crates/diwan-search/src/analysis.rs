//! A text cut into what is searched: each word in three forms, at its place.
//!
//! * *exact*: as printed, case and invisible marks aside;
//! * *folded*: the strong normal form, in which letter variants, accents, digits and case are one;
//! * *stem*: the folded form without article, clitics and endings.
//!
//! A word that is written in parts (Persian words with a zero-width non-joiner, numbers with separators, French
//! elisions) is found by its parts and, where it is one word, by the whole; a Persian word and an ending after a
//! space are one word too. The same cutting serves the index and the query, so both sides always agree.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use diwan_model::{LanguageTag, Span};
use diwan_text::normal::{Form, normal, strong};
use diwan_text::stem::stem;
use serde::Deserialize;

/// A searched form of a word or of a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Where it stands in the printed text.
    pub(crate) span: Span,
    /// Its place among the parts, from 0; a whole has the place of its first part.
    pub(crate) position: usize,
    pub(crate) exact: String,
    pub(crate) folded: String,
    pub(crate) stem: String,
}

/// A word: its parts in order, and the whole where there is more than one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SearchWord {
    pub(crate) parts: Vec<Token>,
    pub(crate) whole: Option<Token>,
    /// This word and the next as one, where one of them is an affix that may be written apart.
    pub(crate) with_next: Option<Token>,
}

impl SearchWord {
    /// Every token of the word.
    pub(crate) fn tokens(&self) -> impl Iterator<Item = &Token> {
        self.parts.iter().chain(&self.whole).chain(&self.with_next)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AffixFile {
    prefixes: Vec<String>,
    suffixes: Vec<String>,
}

struct Affixes {
    prefixes: BTreeSet<String>,
    suffixes: BTreeSet<String>,
}

static PERSIAN_AFFIXES: LazyLock<Affixes> = LazyLock::new(|| {
    let file: AffixFile = toml::from_str(include_str!("../data/fa/affixes.toml"))
        .unwrap_or(AffixFile { prefixes: Vec::new(), suffixes: Vec::new() });
    let fold = |words: &[String]| words.iter().map(|w| strong(w)).collect();
    Affixes { prefixes: fold(&file.prefixes), suffixes: fold(&file.suffixes) }
});

const ZWNJ: char = '\u{200c}';

/// Marks that belong to the letter before them or are not printed at all: they part nothing.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{0640}' | '\u{200d}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{061c}'
        | '\u{00ad}' | '\u{feff}' | '\u{0300}'..='\u{036f}' | '\u{0610}'..='\u{061a}' | '\u{064b}'..='\u{065f}'
        | '\u{0670}' | '\u{06d6}'..='\u{06ed}' | '\u{0591}'..='\u{05bd}' | '\u{fe00}'..='\u{fe0f}')
}

/// Scripts written without spaces, whose words are told by the segmenter.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{2ffff}')
}

/// Runs of letters, digits and their marks.
fn part_spans(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start: Option<usize> = None;
    let mut solid = false;
    let mut close = |from: Option<usize>, to: usize, solid: bool| {
        let Some(span) = from.filter(|_| solid).and_then(|from| Span::new(text, from, to)) else { return };
        if span.of(text).chars().any(is_unspaced) {
            for word in diwan_text::words::words(span.of(text)) {
                out.extend(Span::new(text, span.start() + word.span.start(), span.start() + word.span.end()));
            }
        } else {
            out.push(span);
        }
    };
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() || is_mark(c) {
            start.get_or_insert(at);
            solid |= c.is_alphanumeric();
        } else {
            close(start.take(), at, solid);
            solid = false;
        }
    }
    close(start, text.len(), solid);
    out
}

/// Whether what lies between two parts makes them one word or number.
fn is_joint(before: &str, between: &str, after: &str) -> bool {
    let digits = |s: &str| s.chars().all(char::is_numeric);
    let mut chars = between.chars();
    match (chars.next(), chars.next()) {
        (Some(ZWNJ), None) => true,
        (Some(',' | '.' | '\u{066b}' | '\u{066c}' | '\u{060c}' | '\u{2019}' | '\''), None) => {
            digits(before) && digits(after)
        }
        _ => false,
    }
}

fn token(text: &str, span: Span, position: usize, lang: &LanguageTag) -> Token {
    let printed = span.of(text);
    let folded: String = strong(printed).chars().filter(|c| c.is_alphanumeric()).collect();
    Token {
        span,
        position,
        exact: normal(printed, Form::Light, lang).text.to_lowercase(),
        stem: stem(&folded, lang),
        folded,
    }
}

/// The words of `text` in order. `lang` decides stems and which endings may stand apart.
pub(crate) fn analyse(text: &str, lang: &LanguageTag) -> Vec<SearchWord> {
    let mut words: Vec<SearchWord> = Vec::new();
    let mut last: Option<Span> = None;
    for (position, span) in part_spans(text).into_iter().enumerate() {
        let part = token(text, span, position, lang);
        if part.folded.is_empty() {
            continue;
        }
        let joint = last.is_some_and(|last| {
            let between = text.get(last.end()..span.start()).unwrap_or(" ");
            is_joint(last.of(text), between, span.of(text))
        });
        last = Some(span);
        match words.last_mut() {
            Some(word) if joint => word.parts.push(part),
            _ => words.push(SearchWord { parts: vec![part], whole: None, with_next: None }),
        }
    }
    for word in &mut words {
        if let [first, .., end] = word.parts.as_slice() {
            word.whole = Span::new(text, first.span.start(), end.span.end())
                .map(|span| token(text, span, first.position, lang));
        }
    }
    if lang.primary() == "fa" || lang.is_undetermined() {
        join_affixes(text, &mut words, lang);
    }
    words
}

fn join_affixes(text: &str, words: &mut [SearchWord], lang: &LanguageTag) {
    let affixes = &*PERSIAN_AFFIXES;
    for k in 1..words.len() {
        let Some([one, two]) = words.get_mut(k - 1..=k) else { continue };
        let (Some(first), Some(second)) = (one.parts.last(), two.parts.first()) else { continue };
        let spaced = text
            .get(first.span.end()..second.span.start())
            .is_some_and(|between| !between.is_empty() && between.chars().all(char::is_whitespace));
        if !spaced || !(affixes.prefixes.contains(&first.folded) || affixes.suffixes.contains(&second.folded))
        {
            continue;
        }
        let folded = format!("{}{}", first.folded, second.folded);
        one.with_next = Span::new(text, first.span.start(), second.span.end()).map(|span| Token {
            span,
            position: first.position,
            exact: folded.clone(),
            stem: stem(&folded, lang),
            folded,
        });
    }
}

/// What the tokens depend on, in short: the index holds it and is made anew when it changes.
pub(crate) fn method_fingerprint() -> String {
    const PROBE: &str =
        "وأغراضها الأخبار مؤتمرٌ إلى رسانه‌ای می‌شود كتاب ي ٢٥٠,٠٠٠ ۱۴۰۰ l’État Œuvre ministers’ İstanbul Größe";
    let mut out = format!("{};{};", crate::INDEX_VERSION, diwan_text::stem::STEM_VERSION);
    for lang in ["ar", "fa", "en", "fr"] {
        for word in analyse(PROBE, &LanguageTag::new(lang)) {
            for token in word.tokens() {
                out.push_str(&format!("{} {} {},", token.exact, token.folded, token.stem));
            }
        }
    }
    diwan_model::CaptureHash::of(out.as_bytes()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str, lang: &str) -> Vec<String> {
        analyse(text, &LanguageTag::new(lang))
            .iter()
            .flat_map(|w| w.tokens().map(|t| t.folded.clone()))
            .collect()
    }

    #[test]
    fn the_three_spellings_of_a_persian_word_meet() {
        let whole = strong("رسانهای");
        for text in ["رسانه‌ای", "رسانه ای", "رسانهای"] {
            assert!(folded(text, "fa").contains(&whole), "{text}");
        }
    }

    #[test]
    fn numbers_are_found_by_parts_and_whole() {
        assert_eq!(folded("250,000", "en"), ["250", "000", "250000"]);
    }

    #[test]
    fn an_elision_is_two_words() {
        assert_eq!(folded("l’eau", "fr"), ["l", "eau"]);
    }

    #[test]
    fn the_affix_list_is_read() {
        assert!(PERSIAN_AFFIXES.suffixes.len() > 10);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_cut_and_every_span_lies_in_it(text in "\\PC{0,60}") {
            for word in analyse(&text, &LanguageTag::new("fa")) {
                for token in word.tokens() {
                    proptest::prop_assert!(!token.span.of(&text).is_empty());
                }
            }
        }
    }
}
