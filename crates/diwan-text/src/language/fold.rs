//! Words as the language model sees them: lower case, without vowel signs, look-alike letters made one.
//!
//! Which of the look-alikes was typed is evidence of its own (see `forms`), weighed once a text: a Persian text
//! typed on an Arabic keyboard differs in every word, but in one thing only.

use std::sync::LazyLock;

use crate::script::Script;

/// Longest word that is read; what is longer is an address or a scan fault and is cut.
const LONGEST_WORD: usize = 40;

/// A letter as the model sees it; `None` for signs that the model leaves out (vowel signs, tatweel, joiners).
pub(crate) fn fold(c: char) -> Option<char> {
    Some(match c {
        'a'..='z' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        'а'..='я' => c,
        'ي' | 'ى' | 'ی' => 'ی',
        'ك' | 'ک' | 'ڪ' => 'ک',
        'ۀ' | 'ۂ' => 'ہ',
        'İ' => 'i',
        // Scripts without capitals, past the signs above.
        '\u{0620}'..='\u{063F}'
        | '\u{0641}'..='\u{064A}'
        | '\u{0671}'..='\u{06D3}'
        | '\u{05D0}'..='\u{05EA}' => c,
        '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06ED}' if c != '\u{06D5}' => {
            return None;
        }
        '\u{0591}'..='\u{05C7}' | '\u{200B}'..='\u{200F}' | '\u{0300}'..='\u{036F}' | '\u{00AD}' => {
            return None;
        }
        _ => c.to_lowercase().next().unwrap_or(c),
    })
}

/// Whether `c` lies inside words without being a letter.
fn joins(c: char) -> bool {
    matches!(c, '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0591}'..='\u{05C7}' | '\u{200C}' | '\u{200D}'
        | '\u{0300}'..='\u{036F}' | '\u{00AD}')
        || (matches!(c, '\u{0900}'..='\u{0DFF}' | '\u{0E30}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
            && !c.is_alphabetic()
            && !c.is_numeric())
}

/// What the model makes of a character.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sign {
    /// The script of a letter.
    pub(crate) script: Option<Script>,
    folded: Option<char>,
    joins: bool,
    case: Case,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Upper,
    Lower,
    None,
}

impl Sign {
    fn look(c: char) -> Self {
        let case = match c {
            _ if c.is_uppercase() => Case::Upper,
            _ if c.is_lowercase() => Case::Lower,
            _ => Case::None,
        };
        Self { script: Script::of(c), folded: fold(c), joins: joins(c), case }
    }

    /// Of `c`; everyday letters come from a table.
    #[inline]
    pub(crate) fn of(c: char) -> Self {
        match EVERYDAY.get(c as usize) {
            Some(sign) => *sign,
            None => Self::look(c),
        }
    }
}

/// The alphabets of Europe and of the Near East lie below this code point.
const EVERYDAY_SIGNS: u32 = 0x700;

static EVERYDAY: LazyLock<Vec<Sign>> =
    LazyLock::new(|| ('\0'..).take_while(|c| u32::from(*c) < EVERYDAY_SIGNS).map(Sign::look).collect());

/// A run of letters of one script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    /// First byte in the text.
    pub(crate) start: usize,
    /// The byte after the last.
    pub(crate) end: usize,
    /// The script of its letters.
    pub(crate) script: Script,
    /// How many letters.
    pub(crate) letters: usize,
    /// Whether it begins with a capital.
    pub(crate) capital: bool,
    /// Whether it is written as names are, a capital before small letters.
    pub(crate) title: bool,
}

/// Walks over the words of a text, with their folded letters in one buffer.
pub(crate) struct Words<'t> {
    text: &'t str,
    at: usize,
    /// Folded letters of the words returned, one after the other; the caller empties it.
    pub(crate) folded: Vec<char>,
}

impl<'t> Words<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self::with_buffer(text, Vec::with_capacity(LONGEST_WORD))
    }

    /// The same, with the buffer of another.
    pub(crate) fn with_buffer(text: &'t str, folded: Vec<char>) -> Self {
        Self { text, at: 0, folded }
    }

    /// The next word; its letters are in [`Self::folded`], alone.
    pub(crate) fn next_word(&mut self) -> Option<Word> {
        self.folded.clear();
        self.next_appended()
    }

    /// The next word; its letters are put behind those of the words before.
    pub(crate) fn next_appended(&mut self) -> Option<Word> {
        let rest = self.text.get(self.at..)?;
        let most = self.folded.len() + LONGEST_WORD;
        let mut word: Option<Word> = None;
        for (offset, c) in rest.char_indices() {
            let at = self.at + offset;
            let sign = Sign::of(c);
            match (sign.script, &mut word) {
                (Some(script), None) => {
                    let capital = sign.case == Case::Upper;
                    let end = at + c.len_utf8();
                    word = Some(Word { start: at, end, script, letters: 1, capital, title: false });
                }
                (Some(script), Some(w)) if w.script == script => {
                    w.end = at + c.len_utf8();
                    w.letters += 1;
                    w.title |= w.letters == 2 && w.capital && sign.case == Case::Lower;
                }
                (None, None) => continue,
                (None, Some(w)) if sign.joins => w.end = at + c.len_utf8(),
                (_, Some(w)) => {
                    self.at = w.end;
                    return word;
                }
            }
            if self.folded.len() < most
                && let Some(folded) = sign.folded
            {
                self.folded.push(folded);
            }
        }
        self.at = self.text.len();
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut words = Words::new(text);
        let mut out = Vec::new();
        while words.next_word().is_some() {
            out.push(words.folded.iter().collect());
        }
        out
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(words("كِتَابِي، می‌شود L’État"), ["کتابی", "میشود", "l", "état"]);
        assert_eq!(words("UNو 2021"), ["un", "و"]);
        assert_eq!(words(""), Vec::<String>::new());
    }
}
