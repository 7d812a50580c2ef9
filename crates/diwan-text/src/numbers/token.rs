//! A text as tokens: words that a lexicon knows or not, runs of digits, marks.

use super::fold::{digit, fold_into, in_word, is_invisible, is_lone, split_after};
use super::lexicon::{Kinds, Lexicon, Sense, UNKNOWN, kind};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A word, by its number in the lexicon.
    Word(u32),
    /// A prefix written together with the next word.
    Clitic(u32),
    /// Digits: their value (saturating) and how many.
    Number { value: u64, digits: u8 },
    /// Part of a time of day.
    Time,
    /// Any other printed character.
    Mark(char),
}

/// A token of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    /// Whether white space stands before it.
    pub(crate) spaced: bool,
}

/// The tokens of a text, read with a lexicon.
#[derive(Debug)]
pub(crate) struct Tokens<'a> {
    pub(crate) text: &'a str,
    pub(crate) list: Vec<Token>,
    pub(crate) lexicon: &'a Lexicon,
}

impl<'a> Tokens<'a> {
    /// Cuts `text`.
    pub(crate) fn new(text: &'a str, lexicon: &'a Lexicon) -> Self {
        let mut tokens = Self { text, list: Vec::with_capacity(text.len() / 4 + 4), lexicon };
        tokens.cut();
        tokens.mark_times();
        tokens
    }

    fn cut(&mut self) {
        let text = self.text;
        let mut folded = String::with_capacity(32);
        let mut spaced = false;
        let mut rest = text.char_indices().peekable();
        while let Some((start, c)) = rest.next() {
            if c.is_whitespace() || is_invisible(c) {
                spaced |= c.is_whitespace();
                continue;
            }
            let mut end = start + c.len_utf8();
            if let Some(first) = digit(c) {
                let (mut value, mut digits) = (u64::from(first), 1_u8);
                while let Some((at, next)) =
                    rest.peek().and_then(|&(at, c)| Some((at + c.len_utf8(), digit(c)?)))
                {
                    value = value.saturating_mul(10).saturating_add(u64::from(next));
                    digits = digits.saturating_add(1);
                    end = at;
                    rest.next();
                }
                self.list.push(Token { start, end, kind: Kind::Number { value, digits }, spaced });
            } else if let Some((value, after)) = self.han_number(start) {
                while rest.next_if(|(at, _)| *at < after).is_some() {}
                let kind = Kind::Number { value, digits: if value < 100 { 2 } else { 4 } };
                self.list.push(Token { start, end: after, kind, spaced });
            } else if c == '\u{0640}' && !rest.peek().is_some_and(|(_, c)| in_word(*c)) {
                // A stroke of tatweel alone is printed for a dash.
                self.list.push(Token { start, end, kind: Kind::Mark('-'), spaced });
            } else if is_lone(c) {
                let id = self.lexicon.word(text.get(start..end).unwrap_or(""));
                self.list.push(Token { start, end, kind: Kind::Word(id), spaced });
            } else if in_word(c) {
                while let Some(&(at, c)) = rest.peek().filter(|(_, c)| in_word(*c)) {
                    end = at + c.len_utf8();
                    rest.next();
                }
                self.push_word(start, end, spaced, &mut folded);
            } else {
                self.list.push(Token { start, end, kind: Kind::Mark(c), spaced });
            }
            spaced = false;
        }
    }

    /// A number in Han numerals before 年, 月 or 日 (二〇二一年, 十二月), and the byte after it.
    fn han_number(&self, start: usize) -> Option<(u64, usize)> {
        let rest = self.text.get(start..)?;
        let numeral = |c: char| "〇零一二三四五六七八九".chars().position(|n| n == c);
        let length = rest
            .chars()
            .take_while(|c| numeral(*c).is_some() || *c == '十')
            .take(5)
            .map(char::len_utf8)
            .sum();
        let (run, after) = (rest.get(..length).filter(|r| !r.is_empty())?, rest.get(length..)?);
        after.starts_with(['年', '月', '日', '号', '號', '季']).then_some(())?;
        // 〇 and 零 are both nothing.
        let digit = |c| numeral(c).map_or(0, |n| if n == 0 { 0 } else { n as u64 - 1 });
        let value = match run.split_once('十') {
            Some((tens, units)) => {
                let tens = tens.chars().next().map_or(1, digit);
                tens * 10 + units.chars().next().map_or(0, digit)
            }
            None => run.chars().fold(0, |sum, c| sum * 10 + digit(c)),
        };
        Some((value, start + length))
    }

    /// Adds a word, with its prefix as a token of its own and without its ending, where only so the word is known.
    fn push_word(&mut self, start: usize, end: usize, spaced: bool, folded: &mut String) {
        let lexicon = self.lexicon;
        let word = self.text.get(start..end).unwrap_or("");
        if word.len() > 96 {
            self.list.push(Token { start, end, kind: Kind::Word(UNKNOWN), spaced });
            return;
        }
        fold_into(word, folded);
        let mut id = lexicon.word(folded);
        if id == UNKNOWN {
            id = without_ending(lexicon, folded);
        }
        if id == UNKNOWN {
            for clitic in &lexicon.clitics {
                let Some(rest) = folded.strip_prefix(&**clitic).filter(|r| !r.is_empty()) else { continue };
                let mut known = lexicon.word(rest);
                if known == UNKNOWN {
                    known = without_ending(lexicon, rest);
                }
                if known != UNKNOWN {
                    let cut = start + split_after(word, clitic.chars().count());
                    self.list.push(Token {
                        start,
                        end: cut,
                        kind: Kind::Clitic(lexicon.word(clitic)),
                        spaced,
                    });
                    self.list.push(Token { start: cut, end, kind: Kind::Word(known), spaced: false });
                    return;
                }
            }
        }
        if id == UNKNOWN && lexicon.glued_and && self.push_parts(start, end, spaced, folded) {
            return;
        }
        self.list.push(Token { start, end, kind: Kind::Word(id), spaced });
    }

    /// Adds a number in words that is written as one (هفتادوششمین) as its words and the "and" between them.
    fn push_parts(&mut self, start: usize, end: usize, spaced: bool, folded: &str) -> bool {
        let lexicon = self.lexicon;
        let word = self.text.get(start..end).unwrap_or("");
        let number =
            |part: &str, kinds: Kinds| Some(lexicon.word(part)).filter(|id| lexicon.kinds(*id) & kinds != 0);
        let mut parts: Vec<Token> = Vec::new();
        let (mut from, mut rest, mut letters) = (start, folded, 0);
        loop {
            if let Some(id) = number(rest, kind::CARDINAL | kind::ORDINAL).filter(|_| !parts.is_empty()) {
                parts.push(Token { start: from, end, kind: Kind::Word(id), spaced: false });
                self.list.append(&mut parts);
                return true;
            }
            // The shortest first part that is a number, and what stands behind its "and".
            let cut = rest.match_indices('و').find_map(|(at, and)| {
                let id = number(rest.get(..at)?, kind::CARDINAL)?;
                Some((id, at, rest.get(at + and.len()..)?, lexicon.word(and)))
            });
            let Some((id, at, behind, and)) = cut.filter(|_| parts.len() < 8) else { return false };
            letters += rest.get(..at).map_or(0, |first| first.chars().count());
            let before = start + split_after(word, letters);
            letters += 1;
            let after = start + split_after(word, letters);
            let spaced = spaced && parts.is_empty();
            parts.push(Token { start: from, end: before, kind: Kind::Word(id), spaced });
            parts.push(Token { start: before, end: after, kind: Kind::Word(and), spaced: false });
            (from, rest) = (after, behind);
        }
    }

    /// Marks 10:55:50.3, 14h40 and 21時40分 as times, and cuts a day glued to a time (月2911:30).
    fn mark_times(&mut self) {
        let mut at = 0;
        while at < self.list.len() {
            let Some(Kind::Number { digits, .. }) = self.kind(at) else {
                at += 1;
                continue;
            };
            let colon = self.glued_mark(at + 1) == Some(':') && self.glued_digits(at + 2) == Some(2);
            let minutes = self.number(at + 2).is_some_and(|(value, digits)| digits <= 2 && value < 60);
            let hour = minutes && self.is_hour_letter(at + 1);
            if colon && (3..=4).contains(&digits) && at > 0 && self.has(at - 1, kind::MONTH_SUFFIX) {
                self.cut_number(at);
                at += 1;
                continue;
            }
            if digits > 2 || !(colon || hour) {
                at += 1;
                continue;
            }
            let mut last = at + 2;
            while matches!(self.glued_mark(last + 1), Some(':' | '.'))
                && self.glued_digits(last + 2).is_some()
            {
                last += 2;
            }
            for token in self.list.iter_mut().take(last + 1).skip(at) {
                token.kind = Kind::Time;
            }
            at = last + 1;
        }
    }

    fn is_hour_letter(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|t| {
            matches!(self.text.get(t.start..t.end), Some("h" | "H" | "時" | "时" | "點" | "点" | "시"))
        })
    }

    /// Cuts a number of three or four digits before its last two.
    fn cut_number(&mut self, at: usize) {
        let Some(token) = self.list.get(at).copied() else { return };
        let Some(Kind::Number { value, digits }) = self.kind(at) else { return };
        let word = self.text.get(token.start..token.end).unwrap_or("");
        let Some((cut, _)) = word.char_indices().nth(usize::from(digits.saturating_sub(2))) else { return };
        let middle = token.start + cut;
        let first =
            Token { end: middle, kind: Kind::Number { value: value / 100, digits: digits - 2 }, ..token };
        let second = Token {
            start: middle,
            kind: Kind::Number { value: value % 100, digits: 2 },
            spaced: false,
            ..token
        };
        self.list.splice(at..=at, [first, second]);
    }

    /// The kind of a token.
    pub(crate) fn kind(&self, at: usize) -> Option<Kind> {
        self.list.get(at).map(|t| t.kind)
    }

    /// Whether white space stands before a token; the end of the text counts as space.
    pub(crate) fn spaced(&self, at: usize) -> bool {
        self.list.get(at).is_none_or(|t| t.spaced)
    }

    /// The mark at `at`.
    pub(crate) fn mark(&self, at: usize) -> Option<char> {
        match self.kind(at) {
            Some(Kind::Mark(c)) => Some(c),
            _ => None,
        }
    }

    /// The mark at `at` if no space stands before it.
    pub(crate) fn glued_mark(&self, at: usize) -> Option<char> {
        if self.spaced(at) { None } else { self.mark(at) }
    }

    /// How many digits are at `at`, if no space stands before them.
    pub(crate) fn glued_digits(&self, at: usize) -> Option<u8> {
        match self.kind(at) {
            Some(Kind::Number { digits, .. }) if !self.spaced(at) => Some(digits),
            _ => None,
        }
    }

    /// The number at `at`: its value and how many digits it has.
    pub(crate) fn number(&self, at: usize) -> Option<(u64, u8)> {
        match self.kind(at) {
            Some(Kind::Number { value, digits }) => Some((value, digits)),
            _ => None,
        }
    }

    /// The printed form of a token.
    pub(crate) fn printed(&self, at: usize) -> &'a str {
        self.list.get(at).and_then(|t| self.text.get(t.start..t.end)).unwrap_or("")
    }

    /// The longest term at `at` whose sense `pick` takes, and the token after it.
    pub(crate) fn sense<T>(
        &self,
        at: usize,
        kinds: Kinds,
        mut pick: impl FnMut(&Sense) -> Option<T>,
    ) -> Option<(T, usize)> {
        let (Kind::Word(id) | Kind::Clitic(id)) = self.kind(at)? else { return None };
        if self.lexicon.kinds(id) & kinds == 0 {
            return None;
        }
        self.lexicon.entries(id).iter().filter(|e| e.sense.kind() & kinds != 0).find_map(|e| {
            let next = self.follows(at + 1, &e.rest)?;
            Some((pick(&e.sense)?, next))
        })
    }

    /// Whether a term of one of these kinds begins at `at`.
    pub(crate) fn has(&self, at: usize, kinds: Kinds) -> bool {
        self.after(at, kinds).is_some()
    }

    /// The token after a term of one of these kinds at `at`.
    pub(crate) fn after(&self, at: usize, kinds: Kinds) -> Option<usize> {
        self.sense(at, kinds, |_| Some(())).map(|(_, next)| next)
    }

    /// `at`, or the token after a term of one of these kinds that stands there.
    pub(crate) fn skip(&self, at: usize, kinds: Kinds) -> usize {
        self.after(at, kinds).unwrap_or(at)
    }

    /// The token after `words`, if they follow from `at` on; hyphens, apostrophes and full stops of abbreviations may
    /// stand between.
    fn follows(&self, mut at: usize, words: &[u32]) -> Option<usize> {
        for word in words {
            while matches!(
                self.mark(at),
                Some('-' | '‐' | '\'' | '’' | '‘' | '`' | '´' | '.' | '־' | '·' | '̍')
            ) {
                at += 1;
            }
            match self.kind(at)? {
                Kind::Word(id) if id == *word => at += 1,
                _ => return None,
            }
        }
        Some(at)
    }
}

/// The number of the month or weekday, or of a further word of one, that `folded` is with an ending of the language.
fn without_ending(lexicon: &Lexicon, folded: &str) -> u32 {
    lexicon
        .endings
        .iter()
        .filter_map(|ending| folded.strip_suffix(&**ending).filter(|stem| !stem.is_empty()))
        .map(|stem| lexicon.word(stem))
        .find(|id| {
            *id != UNKNOWN
                && (lexicon.kinds(*id) == 0 || lexicon.kinds(*id) & (kind::MONTH | kind::WEEKDAY) != 0)
        })
        .unwrap_or(UNKNOWN)
}
