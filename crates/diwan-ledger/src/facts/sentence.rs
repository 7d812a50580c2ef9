//! A sentence made ready for rules: its normal form in tokens, each with the way back to what is printed.

use std::cell::OnceCell;

use diwan_model::{EntityKind, LanguageTag, Locus, Mention, PartialDate, Sentence, Span};
use diwan_text::dates::{DateMention, DateOptions, find_dates};
use diwan_text::normal::{Form, Normal, normal};
use diwan_text::numbers::{NumberMention, find_numbers};
use diwan_text::words::{WordKind, words_in};

/// Tokens of a sentence that are looked at; sentences of statements are far shorter.
const MOST_TOKENS: usize = 400;

/// A token of the normal form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: WordKind,
}

/// A name that is known in a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    /// Where it is printed in the sentence, and of a person with the office.
    pub(crate) span: Span,
    pub(crate) kind: EntityKind,
    pub(crate) entity: String,
    /// Only the words of an office: not to be parted, but nobody's name.
    pub(crate) office: bool,
}

/// The names of a sentence among the mentions of its version.
pub(crate) fn known(sentence: &Sentence, mentions: &[Mention]) -> Vec<Known> {
    let mut out = Vec::new();
    for mention in mentions.iter().filter(|m| m.sentence == Some(sentence.n)) {
        let place = |locus: Option<Locus>, text: &str| {
            let (locus, own) = (locus?, sentence.locus?);
            let start =
                locus.span.start().checked_sub(own.span.start()).filter(|_| locus.block == own.block)?;
            let end = start + locus.span.len();
            let span = Span::new(&sentence.text, start, end)?;
            (text.is_empty() || span.of(&sentence.text) == text).then_some(span)
        };
        let named = |span: Span, office: bool| Known {
            span,
            kind: mention.r#type,
            entity: mention.entity.clone(),
            office,
        };
        out.extend(place(mention.locus, &mention.text).map(|span| named(span, false)));
        out.extend(place(mention.role_locus, "").map(|span| named(span, true)));
    }
    out
}

/// A sentence, read once for all rules.
pub(crate) struct Prepared<'a> {
    pub(crate) printed: &'a str,
    normal: Normal,
    pub(crate) tokens: Vec<Token>,
    pub(crate) arabic: bool,
    /// Of each token of an Arabic sentence the bytes of its forms ([`forms`]).
    forms: Vec<Vec<(usize, usize)>>,
    lang: &'a LanguageTag,
    issued: Option<PartialDate>,
    /// Names that are known in it: a list is not parted inside them.
    pub(crate) names: Vec<Known>,
    dates: OnceCell<Vec<DateMention>>,
    numbers: OnceCell<Vec<NumberMention>>,
}

impl<'a> Prepared<'a> {
    pub(crate) fn new(printed: &'a str, lang: &'a LanguageTag, issued: Option<PartialDate>) -> Self {
        let normal = normal(printed, Form::Strong, lang);
        let arabic = lang.primary() == "ar";
        let tokens: Vec<Token> = words_in(&normal.text, lang)
            .into_iter()
            .take(MOST_TOKENS)
            .map(|word| Token { start: word.span.start(), end: word.span.end(), kind: word.kind })
            .collect();
        let forms = if arabic { forms_of(&normal.text, &tokens) } else { Vec::new() };
        Self {
            printed,
            normal,
            tokens,
            arabic,
            forms,
            lang,
            issued,
            names: Vec::new(),
            dates: OnceCell::new(),
            numbers: OnceCell::new(),
        }
    }

    /// The normal form.
    pub(crate) fn text(&self) -> &str {
        &self.normal.text
    }

    /// A token's text, from `offset` bytes on.
    pub(crate) fn token(&self, at: usize, offset: usize) -> &str {
        self.tokens.get(at).and_then(|t| self.normal.text.get(t.start + offset..t.end)).unwrap_or("")
    }

    /// The forms of a token, where they were made beforehand.
    pub(crate) fn forms(&self, at: usize) -> Option<impl Iterator<Item = &str>> {
        let forms = self.forms.get(at)?;
        Some(forms.iter().filter_map(|(start, end)| self.normal.text.get(*start..*end)))
    }

    /// What is printed at bytes of the normal form, without spaces and marks at its ends.
    pub(crate) fn printed_at(&self, start: usize, end: usize) -> Option<Span> {
        let span = Span::new(&self.normal.text, start, end)?;
        let found = self.normal.printed(self.printed, span)?;
        let text = found.of(self.printed);
        let trimmed = text.trim_matches(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    ',' | ';' | ':' | '،' | '؛' | '«' | '»' | '"' | '“' | '”' | '–' | '—' | '\u{200C}'
                )
        });
        // A full stop belongs to an abbreviation, else to the sentence.
        let trimmed = match trimmed.strip_suffix('.') {
            Some(rest) if !abbreviated(rest) => rest,
            _ => trimmed,
        };
        let trimmed = balanced(trimmed.trim_end());
        let offset = (trimmed.as_ptr() as usize).checked_sub(self.printed.as_ptr() as usize)?;
        Span::new(self.printed, offset, offset + trimmed.len()).filter(|span| !span.is_empty())
    }

    /// Where printed characters stand in the normal form.
    pub(crate) fn normal_span(&self, span: Span) -> Option<Span> {
        self.normal.normal(span)
    }

    /// The dates of the sentence.
    pub(crate) fn dates(&self) -> &[DateMention] {
        self.dates.get_or_init(|| {
            find_dates(self.printed, &DateOptions { lang: self.lang.clone(), issued: self.issued })
        })
    }

    /// The numbers of the sentence.
    pub(crate) fn numbers(&self) -> &[NumberMention] {
        self.numbers.get_or_init(|| find_numbers(self.printed, self.lang))
    }
}

/// Whether a text without its last full stop ends in an abbreviation (`Jr`, `U.S`).
fn abbreviated(text: &str) -> bool {
    let last = text.rsplit(|c: char| c.is_whitespace()).next().unwrap_or("");
    last == "Jr"
        || last == "Sr"
        || last.chars().filter(|c| c.is_alphabetic()).count() == 1
        || last.contains('.')
}

/// Without a bracket that is opened and not closed, or closed and not opened, at an end.
fn balanced(text: &str) -> &str {
    let open = text.matches('(').count();
    let close = text.matches(')').count();
    if close > open && text.ends_with(')') {
        text.get(..text.len() - 1).unwrap_or(text).trim_end()
    } else if open > close && text.starts_with('(') {
        text.get(1..).unwrap_or(text).trim_start()
    } else {
        text
    }
}

/// The forms in which a word may be written in a rule: as it stands, and in Arabic without conjunction, preposition and
/// article.
pub(crate) fn forms(word: &str, arabic: bool) -> impl Iterator<Item = &str> {
    let mut out: [Option<&str>; 10] = [Some(word), None, None, None, None, None, None, None, None, None];
    if arabic {
        let bare = long(strip_any(word, &["و", "ف"]));
        out = [
            Some(word),
            article(Some(word)),
            without(Some(word)),
            article(without(Some(word))),
            fused(Some(word)),
            bare,
            article(bare),
            without(bare),
            article(without(bare)),
            fused(bare),
        ];
    }
    out.into_iter().flatten()
}

fn forms_of(text: &str, tokens: &[Token]) -> Vec<Vec<(usize, usize)>> {
    let of = |token: &Token| {
        let word = text.get(token.start..token.end).unwrap_or("");
        forms(word, true).map(|form| (token.end - form.len(), token.end)).collect()
    };
    tokens.iter().map(of).collect()
}

fn strip_any<'a>(word: &'a str, letters: &[&str]) -> Option<&'a str> {
    letters.iter().find_map(|letter| word.strip_prefix(letter))
}

/// Not so short that it is no word any more.
fn long(word: Option<&str>) -> Option<&str> {
    word.filter(|w| w.len() >= 4)
}

fn article(word: Option<&str>) -> Option<&str> {
    long(word.and_then(|w| w.strip_prefix("ال")))
}

fn without(word: Option<&str>) -> Option<&str> {
    long(word.and_then(|w| strip_any(w, &["ب", "ل", "ك"])))
}

fn fused(word: Option<&str>) -> Option<&str> {
    long(word.and_then(|w| w.strip_prefix("لل")))
}
