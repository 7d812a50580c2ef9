//! What the letters of a text show, without knowing its language.

/// Counts over one text.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Measures {
    /// Letters and digits.
    pub(super) letters: u32,
    /// Words; two letters of a script that writes no spaces count as one.
    pub(super) words: u32,
    /// Commas of any script.
    pub(super) commas: u32,
    /// Full stops, question and exclamation marks that end a sentence.
    pub(super) sentences: u32,
    /// Digits.
    pub(super) digits: u32,
    /// Capital letters.
    pub(super) capitals: u32,
    /// Words that begin with a capital.
    pub(super) capital_words: u32,
    /// Signs that part the entries of a menu or a line of dates (`|`, `•`, `»`, `/`).
    pub(super) separators: u32,
    /// Line breaks.
    pub(super) breaks: u32,
    /// Whether it ends as a sentence does.
    pub(super) ends: bool,
    /// Whether it begins with a small letter.
    pub(super) begins_small: bool,
    /// Whether it begins with a quotation mark.
    pub(super) begins_quote: bool,
    /// Whether it holds a year from 1900 to 2099.
    pub(super) year: bool,
    /// Sum over the letters and digits, case aside: two texts of the same letters in the same order have the same.
    pub(super) print: u64,
}

impl Measures {
    /// Counts `text`.
    pub(super) fn of(text: &str) -> Self {
        let mut out = Self::default();
        let mut previous = ' ';
        let mut dense = 0_u32;
        let mut number = (0_u32, 0_u32);
        let mut first = true;
        for c in text.chars() {
            let word = c.is_alphanumeric();
            if word {
                out.letters += 1;
                out.print =
                    (out.print ^ u64::from(c.to_ascii_lowercase() as u32)).wrapping_mul(0x0100_0000_01B3);
                if first {
                    out.begins_small = c.is_lowercase();
                    out.begins_quote = matches!(previous, '"' | '“' | '«' | '„' | '‘' | '\'');
                    first = false;
                }
                let starts = !previous.is_alphanumeric() && !matches!(previous, '\'' | '’');
                if is_dense(c) {
                    dense += 1;
                } else if starts {
                    out.words += 1;
                    out.capital_words += u32::from(c.is_uppercase());
                }
                out.capitals += u32::from(c.is_uppercase());
            }
            match c.to_digit(10) {
                Some(digit) => {
                    out.digits += 1;
                    number = (number.0 + 1, number.1.saturating_mul(10).saturating_add(digit));
                }
                None => {
                    out.year |= number.0 == 4 && (1900..2100).contains(&number.1);
                    number = (0, 0);
                }
            }
            match c {
                ',' | '،' | '、' | '，' | '；' | ';' | '؛' => out.commas += 1,
                '。' | '！' | '？' => out.sentences += 1,
                '|' | '•' | '»' | '·' | '›' | '/' | '→' => out.separators += 1,
                '\n' => out.breaks += 1,
                c if c.is_whitespace() && matches!(previous, '.' | '!' | '?' | '؟' | '۔' | '…' | '।') => {
                    out.sentences += 1
                }
                _ => {}
            }
            previous = c;
        }
        out.year |= number.0 == 4 && (1900..2100).contains(&number.1);
        out.words += dense.div_ceil(2);
        let last = text.trim_end_matches(['"', '”', '»', ')', '\'', '’', ']', '“']).chars().next_back();
        out.ends = last
            .is_some_and(|c| matches!(c, '.' | '!' | '?' | '؟' | '۔' | '…' | '。' | '！' | '？' | ':' | '।'));
        out.sentences += u32::from(out.ends && !matches!(last, Some(':' | '。' | '！' | '？')));
        out
    }
}

/// Scripts that write no spaces between words.
pub(super) fn is_dense(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{0E00}'..='\u{0E7F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts() {
        let m = Measures::of("The council met, in 2021. It spoke.");
        assert_eq!(
            (m.words, m.commas, m.sentences, m.capital_words, m.year, m.ends),
            (7, 1, 2, 2, true, true)
        );
        let m = Measures::of("理事会在湖畔开会。");
        assert_eq!((m.words, m.sentences, m.ends), (4, 1, true));
        assert!(Measures::of("“It met").begins_quote);
        assert_eq!(Measures::of("Home | News").separators, 1);
        assert_eq!(Measures::of("A b-C").print, Measures::of("ab c").print);
    }
}
