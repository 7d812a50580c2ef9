//! A mark that may end a sentence, and whether it does.

use super::rules::Rules;
use super::{after, is_space};

/// Stop marks as they stand together, with the quotation marks and brackets that close behind them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stop {
    at: usize,
    /// The byte after the marks themselves.
    pub(super) marks_end: usize,
    /// The byte after what closes behind them.
    pub(super) end: usize,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A stop that may also shorten a word.
    Full,
    /// Several stops or an ellipsis.
    Ellipsis,
    /// A question or exclamation mark.
    Strong,
    /// A mark that needs no space behind it.
    Wide,
}

pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '؟' | '۔' | '‼' | '⁇' | '⁈' | '⁉') || is_wide(c)
}

fn is_wide(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡' | '।' | '॥' | '։' | '።' | '။' | '។')
}

fn is_closer(c: char) -> bool {
    matches!(
        c,
        ')' | ']' | '}' | '»' | '”' | '’' | '"' | '\'' | '›' | '」' | '』' | '】' | '）' | '〉' | '》'
    )
}

fn is_opener(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '«'
            | '“'
            | '‘'
            | '"'
            | '\''
            | '‹'
            | '「'
            | '『'
            | '【'
            | '（'
            | '„'
            | '‚'
            | '¿'
            | '¡'
            | '»'
            | '”'
    )
}

impl Stop {
    /// The marks at `at` and what closes behind them.
    pub(super) fn read(text: &str, at: usize, rules: &Rules) -> Self {
        let marks = after(text, at);
        let len = marks.find(|c| !is_stop(c)).unwrap_or(marks.len());
        let run = marks.get(..len).unwrap_or("");
        let kind = if run.contains(is_wide) {
            Kind::Wide
        } else if run.contains(['!', '?', '؟', '‼', '⁇', '⁈', '⁉']) {
            Kind::Strong
        } else if run.contains('…') || run.chars().count() > 1 {
            Kind::Ellipsis
        } else {
            Kind::Full
        };
        let marks_end = at + len;
        Self { at, marks_end, end: close(text, marks_end, kind, rules), kind }
    }

    /// Whether the sentence that began at `start` ends here.
    pub(super) fn ends_sentence(&self, text: &str, start: usize, rules: &Rules) -> bool {
        let before = text.get(start..self.at).unwrap_or("");
        let rest = after(text, self.end);
        if before.trim_matches(is_space).is_empty() {
            // Nothing but marks: they belong to what follows (…and so on).
            return false;
        }
        let Some(first) = rest.chars().next() else { return true };
        if !is_space(first) {
            return match self.kind {
                Kind::Wide => true,
                Kind::Strong => first.is_alphabetic() && !first.is_lowercase() && !first.is_ascii(),
                Kind::Full => self.end == self.marks_end && is_glued(before, rest),
                Kind::Ellipsis => false,
            };
        }
        let next = rest.trim_start_matches(is_space);
        if next.is_empty() {
            return true;
        }
        // Marks alone are no sentence: they stay with what they stand behind.
        let mut tail = next.chars().take_while(|c| !matches!(c, '\n' | '\r' | '•' | '▪' | '●' | '■'));
        if !tail.any(char::is_alphanumeric) {
            return false;
        }
        if before.ends_with(['(', '[']) || next.starts_with([',', ';', '،', '؛']) {
            return false;
        }
        if self.kind == Kind::Wide {
            return true;
        }
        if is_enumerator(next) && self.kind != Kind::Full {
            return true;
        }
        let word = next.trim_start_matches(|c| {
            is_opener(c)
                || (is_space(c) && c != '\n' && c != '\r')
                || matches!(c, '-' | '–' | '—' | '•' | '*')
        });
        if goes_on(word) && !is_enumerator(next) {
            return false;
        }
        match self.kind {
            Kind::Full => !Before::read(before).shortens(word, rules),
            Kind::Ellipsis => word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric()),
            Kind::Strong | Kind::Wide => true,
        }
    }
}

/// Past the quotation marks, brackets and note numbers that close behind a stop.
fn close(text: &str, from: usize, kind: Kind, rules: &Rules) -> usize {
    let mut end = from;
    loop {
        let rest = after(text, end);
        let Some(c) = rest.chars().next() else { return end };
        let behind = after(text, end + c.len_utf8());
        let free = (kind == Kind::Wide && !matches!(c, '"' | '\''))
            || behind.chars().next().is_none_or(|c| is_space(c) || !c.is_alphanumeric());
        let turned = matches!(c, '“' | '«' | '‘') && behind.chars().next().is_none_or(is_space);
        if (is_closer(c) && free) || turned || matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹') {
            end += c.len_utf8();
        } else if let Some(len) = note_len(rest) {
            end += len;
        } else {
            // « Il parle. » : the mark that closes may stand apart.
            let apart = rest.trim_start_matches([' ', '\u{A0}', '\u{202F}']);
            let closes =
                apart.starts_with([')', ']', '”']) || (apart.starts_with('»') && !rules.inward_quotes);
            let mark = apart.chars().next().map_or(0, char::len_utf8);
            let parted = apart.get(mark..).unwrap_or("").chars().next().is_none_or(|c| !c.is_alphanumeric());
            if closes && parted && apart.len() < rest.len() {
                end += rest.len() - apart.len() + mark;
            } else {
                return end;
            }
        }
    }
}

/// The length of a note mark such as `[12]`.
fn note_len(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('[')?;
    let digits = inside.find(|c: char| !c.is_ascii_digit())?;
    (digits > 0 && digits < 4 && inside.get(digits..)?.starts_with(']')).then_some(digits + 2)
}

/// Whether a stop between two letters ends a sentence whose space was lost: only between whole Arabic words.
fn is_glued(before: &str, rest: &str) -> bool {
    let arabic = |c: &char| matches!(c, '\u{620}'..='\u{6D3}');
    before.chars().rev().take_while(arabic).count() >= 4 && rest.chars().take_while(arabic).count() >= 2
}

/// Whether what follows begins in a small letter, as a sentence does not.
fn goes_on(word: &str) -> bool {
    let mut chars = word.chars();
    match chars.next() {
        // al-Assad, eBay: the capital comes later.
        Some(c) if c.is_lowercase() => {
            let head: String = word.chars().take_while(|c| !is_space(*c) && !is_stop(*c)).take(5).collect();
            !head.chars().any(char::is_uppercase)
        }
        _ => false,
    }
}

/// Whether a paragraph's number or letter stands here: `(a)`, `b)`, `(iv)`, `(١)`.
pub(super) fn is_enumerator(text: &str) -> bool {
    let inside = text.strip_prefix('(').unwrap_or(text);
    let len = inside.chars().take_while(|c| c.is_alphanumeric()).count();
    let word: String = inside.chars().take(len).collect();
    let short = len == 1
        || (len <= 4 && (word.chars().all(char::is_numeric) || word.chars().all(|c| "ivxIVX".contains(c))));
    short && inside.chars().nth(len) == Some(')') && inside.chars().nth(len + 1).is_some_and(is_space)
}

/// What stands before a stop.
struct Before<'a> {
    /// The word the stop is attached to, without marks that open before it.
    word: &'a str,
    /// The word before that.
    previous: &'a str,
    /// Whether the word begins the sentence.
    first: bool,
}

impl<'a> Before<'a> {
    fn read(before: &'a str) -> Self {
        let cut = |text: &'a str| {
            let at =
                text.char_indices().rev().find(|(_, c)| is_space(*c)).map_or(0, |(k, c)| k + c.len_utf8());
            (text.get(..at).unwrap_or("").trim_end_matches(is_space), text.get(at..).unwrap_or(""))
        };
        let (head, word) = cut(before);
        let (_, previous) = cut(head);
        let opened = |c: char| is_opener(c) || matches!(c, '-' | '–' | '—' | '•' | '*' | '/' | '§');
        let first = !head.chars().any(char::is_alphanumeric);
        Self { word: word.trim_start_matches(opened), previous: previous.trim_start_matches(opened), first }
    }

    /// Whether the stop only shortens the word, given the word that follows.
    fn shortens(&self, next: &str, rules: &Rules) -> bool {
        if self.word.is_empty() || self.word.ends_with(is_closer) {
            return false;
        }
        if self.word.chars().all(|c| c.is_numeric() || c == '.') {
            return self.counts(next, rules);
        }
        let whole = lower(self.word);
        let key = whole.rsplit(['\'', '’', '(']).next().unwrap_or(&whole);
        if self.first && (is_roman(self.word) || self.word.chars().count() == 1 || is_outline(self.word)) {
            return true;
        }
        let follower = lower(word_of(next));
        let starts = rules.starters.contains(follower.as_str());
        let two = format!("{} {key}", lower(self.previous));
        let known =
            |list: &std::collections::BTreeSet<String>| list.contains(key) || list.contains(two.as_str());
        let counted = self.previous.ends_with(char::is_numeric);
        if rules.years.contains(key) && counted {
            return false;
        }
        let letters = key.chars().filter(|c| c.is_alphabetic()).count();
        if key.chars().count() == 1
            || (letters == 2 && key.starts_with('و') && rules.never.contains(tail(key)))
        {
            return next_is_initial(next, rules) && !starts || self.is_initial(key, starts, rules);
        }
        if rules.initials.contains(key) {
            return true;
        }
        if rules.weak_initials.contains(key) {
            return next_is_initial(next, rules) || self.follows_initial(rules);
        }
        if known(&rules.never) {
            return true;
        }
        if known(&rules.number) && is_number_like(next) {
            return true;
        }
        let dotted = key.contains('.') && key.split(['.', '-']).all(|part| part.chars().count() <= 1);
        // An abbreviation that may end a sentence ends it before a word that begins one; letters without case tell nothing.
        (known(&rules.may) || dotted) && !starts && next.chars().next().is_some_and(char::is_uppercase)
    }

    /// A number with a stop: it counts a paragraph, or is an ordinal.
    fn counts(&self, next: &str, rules: &Rules) -> bool {
        let digits = self.word.chars().filter(|c| c.is_numeric()).count();
        if self.first {
            return digits <= 3 || self.word.contains('.');
        }
        let listed = self.previous.trim_end_matches([',', '،']);
        let behind_comma = listed.len() < self.previous.len() && !listed.ends_with(char::is_numeric);
        if digits <= 2 && (behind_comma || self.previous.ends_with([';', ':', '؛'])) {
            return true;
        }
        if !rules.ordinal_stop || digits > 2 || self.word.contains('.') {
            return false;
        }
        let follower = lower(word_of(next));
        rules.months.contains(follower.as_str())
            || next.starts_with(char::is_numeric)
            || !rules.starters.contains(follower.as_str())
    }

    /// A single letter with a stop.
    fn is_initial(&self, key: &str, starts: bool, rules: &Rules) -> bool {
        let previous = lower(self.previous);
        if rules.labels.contains(previous.as_str()) {
            return false;
        }
        let Some(letter) = self.word.chars().last() else { return false };
        if !letter.is_alphabetic() {
            return false;
        }
        if letter.is_uppercase() {
            let in_name = self.previous.chars().next().is_some_and(char::is_uppercase) || self.first;
            return in_name || !starts;
        }
        if letter.is_lowercase() {
            return rules.never.contains(key) || (rules.number.contains(key) && !starts);
        }
        // Arabic, Hebrew: no case, and no word of one letter stands at an end.
        matches!(letter, '\u{5D0}'..='\u{5EA}' | '\u{620}'..='\u{6D3}')
    }

    fn follows_initial(&self, rules: &Rules) -> bool {
        let Some(word) = self.previous.strip_suffix('.') else { return false };
        word.chars().count() == 1 || rules.initials.contains(word) || rules.weak_initials.contains(word)
    }
}

fn tail(word: &str) -> &str {
    let first = word.chars().next().map_or(0, char::len_utf8);
    word.get(first..).unwrap_or("")
}

fn lower(word: &str) -> String {
    word.to_lowercase()
}

/// The letters that `text` begins with.
fn word_of(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    text.get(..end).unwrap_or("")
}

fn is_roman(word: &str) -> bool {
    word.len() <= 6
        && (word.chars().all(|c| "IVXLC".contains(c)) || word.chars().all(|c| "ivxlc".contains(c)))
}

/// A number of an outline: `A.1`, `II.3`, `1.a`.
fn is_outline(word: &str) -> bool {
    word.contains('.')
        && word.chars().any(char::is_numeric)
        && word.split('.').all(|part| part.chars().count() <= 2 || is_roman(part))
}

/// Whether a number, a roman numeral, a letter or a document symbol follows.
fn is_number_like(next: &str) -> bool {
    let token = next.split(|c| is_space(c) || is_stop(c)).next().unwrap_or("");
    let word = token.trim_end_matches(|c: char| !c.is_alphanumeric());
    token.chars().any(char::is_numeric)
        || token.starts_with(['§', '(', '['])
        || (word.chars().count() == 1 && !matches!(word, "A" | "I"))
        || (word.chars().count() > 1 && word.chars().all(|c| "IVXLC".contains(c)))
}

fn next_is_initial(next: &str, rules: &Rules) -> bool {
    let token = next.split(is_space).next().unwrap_or("");
    token.strip_suffix('.').is_some_and(|word| {
        word.chars().count() == 1 || rules.initials.contains(word) || rules.weak_initials.contains(word)
    })
}
