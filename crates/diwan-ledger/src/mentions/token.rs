//! Words of a text with what stands between them, and the ways to part clitics from an Arabic word.

use diwan_model::LanguageTag;
use diwan_text::normal::{self, Form};
use diwan_text::words::{WordKind, words_in};

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// A space, or nothing.
    Space,
    /// A hyphen that joins.
    Hyphen,
    /// A slash that joins.
    Slash,
    /// A comma.
    Comma,
    /// An opening quote.
    Open,
    /// A closing quote, with nothing else.
    Close,
    /// An opening bracket.
    Bracket,
    /// Anything else: a sentence ends, a list goes on.
    Break,
}

/// A word or number.
#[derive(Debug, Clone)]
pub(super) struct Token<'a> {
    /// First byte.
    pub(super) start: usize,
    /// The byte after the last, the English possessive left out.
    pub(super) end: usize,
    /// As printed.
    pub(super) text: &'a str,
    /// In strong form.
    pub(super) word: String,
    pub(super) number: bool,
    pub(super) gap: Gap,
    /// Begins with a capital.
    pub(super) upper: bool,
    /// Has no small letter, and two capitals.
    pub(super) caps: bool,
    /// A sentence begins with it.
    pub(super) first: bool,
    /// The ways to part it, the whole word first.
    pub(super) ways: Vec<Way>,
}

/// One way to part clitics from a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    /// Printed bytes before the name.
    pub(super) cut: usize,
    /// Byte of the strong form where the bare word begins.
    pub(super) from: usize,
    /// With the article.
    pub(super) definite: bool,
    /// After و or ف.
    pub(super) conjunction: bool,
    /// After ب, ل or ك.
    pub(super) preposition: Option<char>,
}

pub(super) const PLAIN: Way = Way { cut: 0, from: 0, definite: false, conjunction: false, preposition: None };

impl Token<'_> {
    /// The bare word of a way.
    pub(super) fn bare(&self, way: &Way) -> &str {
        self.word.get(way.from..).unwrap_or("")
    }
}

/// The words and numbers of a text.
pub(super) fn tokens<'a>(text: &'a str, lang: &LanguageTag) -> Vec<Token<'a>> {
    let arabic = lang.primary() == "ar";
    let english = lang.primary() == "en";
    let mut out: Vec<Token<'a>> = Vec::with_capacity(text.len() / 6);
    let mut last = 0;
    for word in words_in(text, lang) {
        let number = match word.kind {
            WordKind::Word => false,
            WordKind::Number => true,
            WordKind::Punctuation | WordKind::Address => continue,
        };
        let printed = word.span.of(text);
        let (start, mut end) = (word.span.start(), word.span.end());
        let between = text.get(last..start).unwrap_or("");
        let gap = gap(between, out.last());
        let mut shown = printed;
        if english && let Some(bare) = ["'s", "’s"].iter().find_map(|s| printed.strip_suffix(s)) {
            shown = bare;
            end -= printed.len() - bare.len();
        }
        // The stop of an abbreviation belongs to it: U.S.
        if !number && shown.contains('.') && text.get(end..).is_some_and(|t| t.starts_with('.')) {
            end += 1;
        }
        let folded = normal::strong_in(shown, lang);
        let letters = shown.chars().filter(|c| c.is_alphabetic());
        let caps = letters.clone().count() >= 2 && letters.clone().all(|c| !c.is_lowercase());
        let first =
            out.is_empty() || gap == Gap::Break && between.contains(['.', '!', '?', '؟', ':', '\n', '•']);
        let ways = if arabic && !number { ways(shown, &folded) } else { vec![PLAIN] };
        last = end.max(word.span.end());
        out.push(Token {
            start,
            end,
            text: shown,
            word: folded,
            number,
            gap,
            upper: shown.chars().next().is_some_and(char::is_uppercase),
            caps,
            first,
            ways,
        });
    }
    out
}

fn gap(between: &str, before: Option<&Token<'_>>) -> Gap {
    let bare = between.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
    let spaced = between.contains(char::is_whitespace);
    match bare {
        "" if between.contains('\n') => Gap::Break,
        "" => Gap::Space,
        "." if before.is_some_and(|t| t.text.chars().count() <= 2 || t.text.contains('.')) => Gap::Space,
        "-" | "–" | "‑" if !spaced => Gap::Hyphen,
        "/" if !spaced => Gap::Slash,
        "," | "،" => Gap::Comma,
        "«" | "“" | "\"" | "‘" if between.trim_end().len() == between.len() => Gap::Open,
        "»" | "”" | "\"" | "’" => Gap::Close,
        "(" => Gap::Bracket,
        _ => Gap::Break,
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{AD}' | '\u{FEFF}')
}

/// The ways to part an Arabic word: و ف, then ب ل ك, then the article; لل is ل and the article in one.
fn ways(printed: &str, folded: &str) -> Vec<Way> {
    let mut out = Vec::with_capacity(4);
    add_article(printed, folded, PLAIN, &mut out);
    let begins = |at: usize, with: &[char]| {
        folded.get(at..).and_then(|rest| rest.chars().next()).filter(|c| with.contains(c))
    };
    let mut bases = vec![PLAIN];
    if let Some(c) = begins(0, &['و', 'ف']) {
        let way = Way { cut: skip(printed, 1), from: c.len_utf8(), conjunction: true, ..PLAIN };
        bases.push(way);
        add_article(printed, folded, way, &mut out);
    }
    for base in bases {
        let Some(c) = begins(base.from, &['ب', 'ل', 'ك']) else { continue };
        let from = base.from + c.len_utf8();
        if folded.get(from..).is_none_or(|rest| rest.chars().nth(1).is_none()) {
            continue;
        }
        let letters = 1 + usize::from(base.conjunction);
        if c == 'ل' && begins(from, &['ل']).is_some() {
            // لل: the article is in it, and the span keeps it whole.
            out.push(Way { from: from + 2, definite: true, preposition: Some(c), ..base });
        }
        let way = Way { cut: skip(printed, letters), from, preposition: Some(c), ..base };
        add_article(printed, folded, way, &mut out);
    }
    out
}

fn add_article(_printed: &str, folded: &str, base: Way, out: &mut Vec<Way>) {
    if let Some(rest) = folded.get(base.from..).and_then(|f| f.strip_prefix("ال"))
        && rest.chars().nth(1).is_some()
    {
        out.push(Way { from: base.from + "ال".len(), definite: true, ..base });
    } else {
        out.push(base);
    }
}

/// The printed bytes of the first `letters` letters with their marks.
fn skip(printed: &str, letters: usize) -> usize {
    let mut seen = 0;
    for (at, c) in printed.char_indices() {
        let mark = matches!(c, '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}') || is_invisible(c);
        if !mark {
            if seen == letters {
                return at;
            }
            seen += 1;
        }
    }
    printed.len()
}

/// The words of a pattern of the data, each with whether it has the article.
pub(super) fn pattern(written: &str, lang: &LanguageTag) -> Vec<(String, bool)> {
    let light = normal::normal(written, Form::Light, lang).text;
    tokens(&light, lang)
        .iter()
        .filter_map(|token| {
            let way = token.ways.first()?;
            Some((token.bare(way).to_owned(), way.definite))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(word: &str) -> Vec<(String, bool)> {
        let lang = LanguageTag::new("ar");
        let tokens = tokens(word, &lang);
        tokens[0].ways.iter().map(|w| (tokens[0].bare(w).to_owned(), w.definite)).collect()
    }

    #[test]
    fn clitics_are_parted_and_the_fused_article_stays() {
        assert!(parted("وللتحالف").contains(&(normal::strong("تحالف"), true)));
        assert!(parted("ببوركينا").contains(&(normal::strong("بوركينا"), false)));
        let lang = LanguageTag::new("ar");
        let found = tokens("للتحالف بالعراق", &lang);
        let fused = found[0].ways.iter().find(|w| w.definite && w.preposition.is_some()).unwrap();
        assert_eq!(fused.cut, 0);
        let iraq = found[1].ways.iter().find(|w| w.definite && w.preposition.is_some()).unwrap();
        assert_eq!(found[1].text.get(iraq.cut..), Some("العراق"));
    }
}
