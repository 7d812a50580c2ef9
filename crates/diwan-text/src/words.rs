//! Words of a text.
//!
//! Letters with their marks, ZWNJ and apostrophes between them make a word; digits with their separators a number;
//! an address is one token; each character of a script that is written without spaces (Han) stands by itself.

mod clitics;

use diwan_model::{LanguageTag, Span};

use crate::script::Script;

pub(crate) use clitics::knowledge;
pub use clitics::{Peeled, clitics};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WordKind {
    /// Letters.
    Word,
    /// Digits, with their separators.
    Number,
    /// Anything else that is printed.
    Punctuation,
    /// A web or e-mail address.
    Address,
}

impl WordKind {
    /// As JSON output names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Number => "number",
            Self::Punctuation => "punctuation",
            Self::Address => "address",
        }
    }
}

/// A token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: WordKind,
}

/// The words of `text` in order; spaces lie between them.
pub fn words(text: &str) -> Vec<Word> {
    words_in(text, &LanguageTag::UNDETERMINED)
}

/// The words of `text` as the language parts them: French elisions (l’accord, d'État) are two words, the first with
/// its apostrophe.
///
/// ```
/// use diwan_model::LanguageTag;
/// use diwan_text::words::words_in;
/// let text = "l’accord du 3,5 %";
/// let words: Vec<&str> = words_in(text, &LanguageTag::new("fr")).iter().map(|w| w.span.of(text)).collect();
/// assert_eq!(words, ["l’", "accord", "du", "3,5", "%"]);
/// ```
pub fn words_in(text: &str, lang: &LanguageTag) -> Vec<Word> {
    let elisions = knowledge(lang.primary()).map(|k| &k.elisions).filter(|e| !e.is_empty());
    let mut out = Vec::with_capacity(text.len() / 6);
    let mut at = 0;
    while let Some(c) = rest(text, at).chars().next() {
        let (len, kind) = token(rest(text, at), c);
        let end = at + len.max(c.len_utf8());
        if let Some(kind) = kind {
            let mut from = at;
            if let (WordKind::Word, Some(elisions)) = (kind, elisions) {
                while let Some(len) = elision(text.get(from..end).unwrap_or(""), elisions) {
                    out.extend(word(text, from, from + len, kind));
                    from += len;
                }
            }
            out.extend(word(text, from, end, kind));
        }
        at = end;
    }
    out
}

fn word(text: &str, start: usize, end: usize, kind: WordKind) -> Option<Word> {
    Some(Word { span: Span::new(text, start, end)?, kind })
}

fn rest(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or("")
}

/// The length and kind of the token that begins with `c`; no kind: nothing is printed there.
fn token(text: &str, c: char) -> (usize, Option<WordKind>) {
    if c.is_whitespace() || is_invisible(c) {
        return (c.len_utf8(), None);
    }
    if c.is_ascii_alphanumeric()
        && let Some(len) = address(text)
    {
        return (len, Some(WordKind::Address));
    }
    if is_digit(c) {
        return (number(text), Some(WordKind::Number));
    }
    if Script::of(c) == Some(Script::Han) {
        return (c.len_utf8(), Some(WordKind::Word));
    }
    if c.is_alphanumeric() {
        return (letters(text), Some(WordKind::Word));
    }
    (c.len_utf8(), Some(WordKind::Punctuation))
}

/// Marks that print nothing (ZWNJ and ZWJ between letters are found by [`letters`] first).
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}'
            | '\u{FEFF}' | '\u{61C}' | '\u{FE00}'..='\u{FE0F}')
}

/// A decimal digit of the scripts that numbers here are written in.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}' | '０'..='９' | '०'..='९')
}

/// A combining mark.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5BD}' | '\u{5BF}'..='\u{5C7}' | '\u{610}'..='\u{61A}'
        | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6ED}' | '\u{8D3}'..='\u{8FF}' | '\u{93A}'..='\u{94F}')
}

/// The length of a word: letters, marks, ZWNJ and soft hyphens, apostrophes and abbreviating stops between letters.
fn letters(text: &str) -> usize {
    let mut end = 0;
    let mut run = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let joins = next.is_some_and(|n| n.is_alphabetic() && Script::of(n) != Some(Script::Han));
        let behind = rest(text, at + c.len_utf8());
        match c {
            c if Script::of(c) == Some(Script::Han) => break,
            c if c.is_alphanumeric() || is_mark(c) || c == '\u{640}' => run += 1,
            '\u{200C}' | '\u{200D}' | '\u{AD}' | '\'' | '’' | 'ʼ' | '\u{5F3}' | '"' | '״' if joins => {
                // An inch mark parts Hebrew abbreviations only (ארה"ב).
                if matches!(c, '"' | '״') && !matches!(next, Some('\u{5D0}'..='\u{5EA}')) {
                    break;
                }
                run = 0;
            }
            '.' if joins && run == 1 && single_letter(behind) => run = 0,
            _ => break,
        }
        end = at + c.len_utf8();
    }
    end
}

/// Whether one letter stands alone at the beginning of `text` (U.S, ج.م.ع).
fn single_letter(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_alphabetic) && !chars.next().is_some_and(char::is_alphanumeric)
}

/// The length of a number: digits, separators between digits, Latin letters behind it (4th, 1er).
fn number(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let digit_next = chars.peek().is_some_and(|(_, c)| is_digit(*c));
        let goes_on = is_digit(c)
            || (matches!(c, '.' | ',' | '٫' | '٬' | '،' | '\'' | '’') && digit_next)
            || c.is_ascii_alphabetic();
        if !goes_on {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// The length of a web or e-mail address at the beginning of `text`.
fn address(text: &str) -> Option<usize> {
    let end = text
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '«' | '»' | '،' | '؛'))
        .unwrap_or(text.len());
    let token =
        text.get(..end)?.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '’', '”', '؟']);
    let web = ["http://", "https://", "ftp://", "www."]
        .iter()
        .any(|p| token.len() > p.len() && token.starts_with(p));
    let mail = || {
        let (user, host) = token.split_once('@')?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
        let good = !user.is_empty() && user.chars().all(plain) && host.chars().all(plain);
        (good && host.contains('.') && !host.starts_with('.')).then_some(())
    };
    (web || mail().is_some()).then_some(token.len())
}

/// The length of an elided word with its apostrophe at the beginning of `word`, where more of the word follows.
fn elision(word: &str, elisions: &std::collections::BTreeSet<String>) -> Option<usize> {
    let (head, tail) = word.split_once(['\'', '’'])?;
    let apostrophe = word.get(head.len()..)?.chars().next()?.len_utf8();
    let known = elisions.contains(&head.chars().flat_map(char::to_lowercase).collect::<String>());
    (known && !tail.is_empty()).then_some(head.len() + apostrophe)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all<'a>(lang: &str, text: &'a str) -> Vec<&'a str> {
        words_in(text, &LanguageTag::new(lang)).iter().map(|w| w.span.of(text)).collect()
    }

    #[test]
    fn words_keep_what_belongs_to_them() {
        assert_eq!(all("fa", "می\u{200c}ماند، ۳٫۵٪"), ["می\u{200c}ماند", "،", "۳٫۵", "٪"]);
        assert_eq!(
            all("en", "Iraq’s U.S. non-combat G20 4th"),
            ["Iraq’s", "U.S", ".", "non", "-", "combat", "G20", "4th"]
        );
        assert_eq!(all("fr", "L’État d’aujourd’hui"), ["L’", "État", "d’", "aujourd’hui"]);
        assert_eq!(
            all("en", "see a.b@c.org, https://x.org/a?b=1."),
            ["see", "a.b@c.org", ",", "https://x.org/a?b=1", "."]
        );
        assert_eq!(all("zh", "我们2021年"), ["我", "们", "2021", "年"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn tokens_are_in_order_and_hold_all_that_is_printed(text in any::<String>()) {
            let mut before = 0;
            for word in words(&text) {
                prop_assert!(word.span.start() >= before && !word.span.is_empty());
                let between = text.get(before..word.span.start()).unwrap();
                prop_assert!(between.chars().all(|c| c.is_whitespace() || is_invisible(c)), "{:?}", between);
                before = word.span.end();
            }
        }
    }
}
