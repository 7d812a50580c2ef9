//! Folded text: what is left when case, vowel signs, letter variants, joiners and odd spaces do not matter.
//!
//! Phrases of the data files and lines of pages are both folded and then compared; a map leads from a place in the
//! folded text back to the printed one.

use memchr::memmem::Finder;

/// A folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Folded {
    /// Folded.
    pub(crate) text: String,
    /// For each byte of `text`, and for its end, the byte of the printed text it came from.
    map: Vec<u32>,
}

impl Folded {
    /// The printed byte at which the folded byte `at` was printed.
    pub(crate) fn printed(&self, at: usize) -> usize {
        self.map.get(at).or(self.map.last()).map_or(0, |n| *n as usize)
    }

    /// The first folded byte that was printed at `printed` or after it; `None` after the end.
    pub(crate) fn folded(&self, printed: usize) -> Option<usize> {
        let at = self.map.partition_point(|n| (*n as usize) < printed);
        (at < self.map.len()).then_some(at)
    }
}

/// Folds `text`. Runs of white space become one space; the ends are trimmed.
pub(crate) fn fold(text: &str) -> Folded {
    let mut out = Folded { text: String::with_capacity(text.len()), map: Vec::with_capacity(text.len()) };
    let mut space = false;
    for (at, c) in text.char_indices() {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        if c.is_whitespace() {
            space = !out.text.is_empty();
            continue;
        }
        let Some(folded) = fold_char(c) else { continue };
        if space {
            out.text.push(' ');
            out.map.push(at);
            space = false;
        }
        for c in folded.chars() {
            out.text.push(c);
            out.map.extend(std::iter::repeat_n(at, c.len_utf8()));
        }
    }
    out.map.push(u32::try_from(text.trim_end().len()).unwrap_or(u32::MAX));
    out
}

/// One character folded; `None` where it is dropped.
fn fold_char(c: char) -> Option<FoldedChar> {
    Some(match c {
        '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}' | '\u{0300}'..='\u{036F}' => return None,
        '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}'
        | '\u{00AD}' => {
            return None;
        }
        c if c.is_control() => return None,
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا'.into(),
        'ى' | 'ی' | 'ئ' => 'ي'.into(),
        'ؤ' => 'و'.into(),
        'ک' | 'ڪ' => 'ك'.into(),
        'ة' | 'ۀ' | 'ە' => 'ه'.into(),
        '٠'..='٩' => digit(c, '٠'),
        '۰'..='۹' => digit(c, '۰'),
        '’' | '‘' | 'ʼ' | '´' | '`' => '\''.into(),
        '‐' | '‑' | '–' | '—' | '−' => '-'.into(),
        'à' | 'â' | 'ä' | 'á' | 'ã' | 'å' | 'À' | 'Â' | 'Ä' | 'Á' | 'Å' | 'Ã' => 'a'.into(),
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => 'e'.into(),
        'î' | 'ï' | 'í' | 'Î' | 'Ï' | 'Í' => 'i'.into(),
        'ô' | 'ö' | 'ó' | 'õ' | 'Ô' | 'Ö' | 'Ó' => 'o'.into(),
        'ù' | 'û' | 'ü' | 'ú' | 'Ù' | 'Û' | 'Ü' | 'Ú' => 'u'.into(),
        'ç' | 'Ç' => 'c'.into(),
        'ñ' | 'Ñ' => 'n'.into(),
        'œ' | 'Œ' => FoldedChar('o', Some('e')),
        'æ' | 'Æ' => FoldedChar('a', Some('e')),
        c if c.is_uppercase() => {
            let mut lower = c.to_lowercase();
            FoldedChar(lower.next().unwrap_or(c), None)
        }
        c => c.into(),
    })
}

struct FoldedChar(char, Option<char>);

impl FoldedChar {
    fn chars(self) -> impl Iterator<Item = char> {
        std::iter::once(self.0).chain(self.1)
    }
}

impl From<char> for FoldedChar {
    fn from(c: char) -> Self {
        Self(c, None)
    }
}

fn digit(c: char, zero: char) -> FoldedChar {
    let value = (c as u32).saturating_sub(zero as u32);
    char::from_digit(value, 10).unwrap_or(c).into()
}

/// A folded line without what surrounds its words: bullets, quotes, brackets, closing punctuation.
pub(crate) fn bare(folded: &str) -> &str {
    folded.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ':' | '.'
                    | ','
                    | ';'
                    | '•'
                    | '·'
                    | '*'
                    | '-'
                    | '«'
                    | '»'
                    | '"'
                    | '\''
                    | '“'
                    | '”'
                    | '('
                    | ')'
                    | '['
                    | ']'
                    | '،'
                    | '؛'
                    | '|'
                    | '>'
                    | '<'
                    | '›'
                    | '‹'
                    | '…'
                    | '!'
                    | '#'
                    | '_'
                    | '='
                    | '~'
                    | '/'
                    | '▪'
                    | '◦'
                    | '→'
                    | '←'
                    | '؟'
                    | '?'
            )
    })
}

/// Without any space: Persian words that lost a joiner or gained a space compare equal.
pub(crate) fn squeeze(folded: &str) -> String {
    folded.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A phrase of a data file, folded.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    /// Folded, without the `*`.
    pub(crate) text: String,
    /// The same, made ready to be looked for: hundreds of phrases are looked for in every line.
    finder: Finder<'static>,
    /// May end inside a word.
    open: bool,
    /// In a script whose words take clitics: may begin and end inside a word.
    clitic: bool,
}

impl PartialEq for Phrase {
    fn eq(&self, other: &Self) -> bool {
        (&self.text, self.open, self.clitic) == (&other.text, other.open, other.clitic)
    }
}

impl Eq for Phrase {}

impl Phrase {
    /// From a data file.
    pub(crate) fn new(written: &str) -> Self {
        let (text, open) = written.strip_suffix('*').map_or((written, false), |text| (text, true));
        let mut text_folded = fold(text).text;
        // Spaces at the ends are meant ("hosted " is not "hosted-by").
        if text.starts_with(' ') {
            text_folded.insert(0, ' ');
        }
        if text.ends_with(' ') {
            text_folded.push(' ');
        }
        let clitic = text_folded.chars().any(|c| matches!(c, '\u{0600}'..='\u{06FF}'));
        let finder = Finder::new(text_folded.as_bytes()).into_owned();
        Self { text: text_folded, finder, open, clitic }
    }

    /// Where it first occurs in a folded text.
    pub(crate) fn find(&self, folded: &str) -> Option<usize> {
        if self.text.is_empty() {
            return None;
        }
        self.finder.find_iter(folded.as_bytes()).find(|at| self.bounded(folded, *at))
    }

    fn bounded(&self, folded: &str, at: usize) -> bool {
        if self.clitic {
            return true;
        }
        let before = folded.get(..at).and_then(|s| s.chars().next_back());
        let after = folded.get(at + self.text.len()..).and_then(|s| s.chars().next());
        let starts_in_word =
            self.text.starts_with(|c: char| c.is_alphanumeric()) && before.is_some_and(char::is_alphanumeric);
        let ends_in_word = !self.open
            && self.text.ends_with(|c: char| c.is_alphanumeric())
            && after.is_some_and(char::is_alphanumeric);
        !starts_in_word && !ends_in_word
    }

    /// Whether a folded text begins with it.
    pub(crate) fn starts(&self, folded: &str) -> bool {
        folded.starts_with(self.text.as_str()) && (self.clitic || self.bounded(folded, 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_fold_together() {
        assert_eq!(fold("  رسانه\u{200C}ای ").text, fold("رسانهاي").text);
        assert_eq!(fold("المتحدّث").text, "المتحدث");
        assert_eq!(fold("Communiqué  N° ۳").text, "communique n° 3");
        let folded = fold(" ـأَب");
        assert_eq!(folded.text, "اب");
        assert_eq!(folded.printed(0), 3);
        assert_eq!((folded.folded(0), folded.folded(4), folded.folded(99)), (Some(0), Some(2), None));
    }

    #[test]
    fn latin_phrases_stand_between_boundaries() {
        assert!(Phrase::new("end").find("the end.").is_some());
        assert!(Phrase::new("end").find("the trend").is_none());
        assert!(Phrase::new("translat*").find("a translation").is_some());
        assert!(Phrase::new("ترجمة").find(&fold("هذه الترجمة").text).is_some());
    }
}
