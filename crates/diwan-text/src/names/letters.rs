//! The two alphabets in which names are compared, and how printed characters are folded into them.
//!
//! Every name is written in one of two alphabets of a few dozen letters, *Latin* or *Arabic*. Letters of other
//! scripts come in through tables in `data/<lang>/names.toml` (Cyrillic into Latin, Hebrew into Arabic).
//! Folding removes what writers do not agree on: case, accents, vowel marks, hamza, ya and kaf variants, the
//! extra letters of Urdu and Kurdish. What stays is what the weights know something about.

/// An alphabet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Alphabet {
    /// The letters of Latin script without accents, and ç and ş, which are read in more than one way.
    Latin,
    /// The letters of Arabic and Persian.
    Arabic,
}

/// A letter of an alphabet: its place, from 0.
pub(crate) type Letter = u8;

/// More than the letters of either alphabet with their positional forms; also the mark of a word's edge.
pub(crate) const EDGE: Letter = 47;

const LATIN: [char; 28] = [
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u',
    'v', 'w', 'x', 'y', 'z', 'ç', 'ş',
];

const ARABIC: [char; 32] = [
    'ا', 'ب', 'پ', 'ت', 'ث', 'ج', 'چ', 'ح', 'خ', 'د', 'ذ', 'ر', 'ز', 'ژ', 'س', 'ش', 'ص', 'ض', 'ط', 'ظ', 'ع',
    'غ', 'ف', 'ق', 'ك', 'گ', 'ل', 'م', 'ن', 'ه', 'و', 'ي',
];

/// Letters that are read differently at the beginning or the end of a word get a place of their own there. They
/// are printed in capital-like signs so that the weights can be read by people: ٱ initial alef, ۏ initial waw,
/// ۑ initial ya, ۀ final ha or ta marbuta, ى final ya, ٲ final alef.
const ARABIC_PLACED: [(char, Letter, bool); 6] =
    [('ٱ', 0, true), ('ۏ', 30, true), ('ۑ', 31, true), ('ۀ', 29, false), ('ى', 31, false), ('ٲ', 0, false)];

impl Alphabet {
    /// The letter as it is printed in files of weights.
    pub(crate) fn print(self, letter: Letter) -> char {
        let place = usize::from(letter);
        match self {
            Self::Latin => LATIN.get(place).copied(),
            Self::Arabic => {
                ARABIC.get(place).copied().or_else(|| ARABIC_PLACED.get(place - ARABIC.len()).map(|p| p.0))
            }
        }
        .unwrap_or('#')
    }

    /// The letter that `print` gives as `sign`; the word's edge for `#`.
    pub(crate) fn read(self, sign: char) -> Option<Letter> {
        if sign == '#' {
            return Some(EDGE);
        }
        let place = match self {
            Self::Latin => LATIN.iter().position(|c| *c == sign)?,
            Self::Arabic => ARABIC
                .iter()
                .position(|c| *c == sign)
                .or_else(|| ARABIC_PLACED.iter().position(|p| p.0 == sign).map(|k| k + ARABIC.len()))?,
        };
        Letter::try_from(place).ok()
    }

    /// Letters of a folded word, with the forms of its first and last letter.
    pub(crate) fn letters(self, folded: &str) -> Vec<Letter> {
        let mut letters: Vec<Letter> =
            folded.chars().filter_map(|c| self.read(c)).filter(|l| *l != EDGE).collect();
        if self == Self::Arabic {
            let last = letters.len().saturating_sub(1);
            for (k, letter) in letters.iter_mut().enumerate() {
                let placed = ARABIC_PLACED.iter().position(|(_, plain, first)| {
                    plain == letter && if *first { k == 0 } else { k == last && k > 0 }
                });
                if let Some(p) = placed {
                    *letter = (ARABIC.len() + p) as Letter;
                }
            }
        }
        letters
    }
}

/// Appends the folded form of `c` to `out` and returns its alphabet; `None` if `c` is no letter of either.
pub(crate) fn fold(c: char, out: &mut String) -> Option<Alphabet> {
    let latin: &str = match c {
        'a'..='z' => {
            out.push(c);
            return Some(Alphabet::Latin);
        }
        'A'..='Z' => {
            out.push(c.to_ascii_lowercase());
            return Some(Alphabet::Latin);
        }
        'à'..='å'
        | 'À'..='Å'
        | 'ā'
        | 'Ā'
        | 'ă'
        | 'Ă'
        | 'ą'
        | 'Ą'
        | 'ǎ'
        | 'ạ'
        | 'ả'
        | 'ấ'
        | 'ầ'
        | 'ẩ'
        | 'ẫ'
        | 'ậ'
        | 'ắ'
        | 'ằ'
        | 'ẳ'
        | 'ẵ'
        | 'ặ' => "a",
        'æ' | 'Æ' => "ae",
        'ç' | 'Ç' => "ç",
        'ć' | 'Ć' | 'č' | 'Č' | 'ĉ' | 'Ĉ' => "ch",
        'ċ' | 'Ċ' => "c",
        'ď' | 'Ď' | 'đ' | 'Đ' | 'ð' | 'Ð' | 'ḑ' | 'Ḑ' | 'ḍ' | 'Ḍ' | 'ḏ' | 'Ḏ' => "d",
        'è'..='ë'
        | 'È'..='Ë'
        | 'ē'
        | 'Ē'
        | 'ĕ'
        | 'Ĕ'
        | 'ė'
        | 'Ė'
        | 'ę'
        | 'Ę'
        | 'ě'
        | 'Ě'
        | 'ə'
        | 'Ə'
        | 'ẹ'
        | 'ẻ'
        | 'ẽ'
        | 'ế'
        | 'ề'
        | 'ể'
        | 'ễ'
        | 'ệ' => "e",
        'ĝ' | 'Ĝ' | 'ğ' | 'Ğ' | 'ġ' | 'Ġ' | 'ģ' | 'Ģ' | 'ǧ' => "g",
        'ĥ' | 'Ĥ' | 'ħ' | 'Ħ' | 'ḩ' | 'Ḩ' | 'ḥ' | 'Ḥ' => "h",
        'ḫ' | 'Ḫ' | 'ẖ' => "kh",
        'ì'..='ï' | 'Ì'..='Ï' | 'ĩ' | 'Ĩ' | 'ī' | 'Ī' | 'ĭ' | 'Ĭ' | 'į' | 'Į' | 'İ' | 'ı' | 'ị' | 'ỉ' => {
            "i"
        }
        'ĵ' | 'Ĵ' => "j",
        'ķ' | 'Ķ' | 'ḳ' | 'Ḳ' => "k",
        'ĺ' | 'Ĺ' | 'ļ' | 'Ļ' | 'ľ' | 'Ľ' | 'ł' | 'Ł' => "l",
        'ñ' | 'Ñ' | 'ń' | 'Ń' | 'ņ' | 'Ņ' | 'ň' | 'Ň' | 'ŋ' => "n",
        'ò'..='ö'
        | 'Ò'..='Ö'
        | 'ø'
        | 'Ø'
        | 'ō'
        | 'Ō'
        | 'ŏ'
        | 'Ŏ'
        | 'ő'
        | 'Ő'
        | 'ơ'
        | 'Ơ'
        | 'ọ'
        | 'ỏ'
        | 'ố'
        | 'ồ'
        | 'ổ'
        | 'ỗ'
        | 'ộ'
        | 'ớ'
        | 'ờ'
        | 'ở'
        | 'ỡ'
        | 'ợ' => "o",
        'œ' | 'Œ' => "oe",
        'ŕ' | 'Ŕ' | 'ŗ' | 'Ŗ' | 'ř' | 'Ř' => "r",
        'ś' | 'Ś' | 'š' | 'Š' | 'ŝ' | 'Ŝ' => "sh",
        'ş' | 'Ş' | 'ș' | 'Ș' | 'ṣ' | 'Ṣ' => "ş",
        'ß' | 'ẞ' => "ss",
        'ţ' | 'Ţ' | 'ť' | 'Ť' | 'ŧ' | 'Ŧ' | 'ț' | 'Ț' | 'ṭ' | 'Ṭ' => "t",
        'þ' | 'Þ' | 'ṯ' | 'Ṯ' => "th",
        'ù'..='ü'
        | 'Ù'..='Ü'
        | 'ũ'
        | 'Ũ'
        | 'ū'
        | 'Ū'
        | 'ŭ'
        | 'Ŭ'
        | 'ů'
        | 'Ů'
        | 'ű'
        | 'Ű'
        | 'ų'
        | 'Ų'
        | 'ư'
        | 'Ư'
        | 'ụ'
        | 'ủ'
        | 'ứ'
        | 'ừ'
        | 'ử'
        | 'ữ'
        | 'ự' => "u",
        'ŵ' | 'Ŵ' => "w",
        'ý' | 'ÿ' | 'Ý' | 'ŷ' | 'Ŷ' | 'Ÿ' | 'ỳ' | 'ỵ' | 'ỷ' | 'ỹ' => "y",
        'ź' | 'Ź' | 'ż' | 'Ż' | 'ẓ' | 'Ẓ' | 'ẕ' => "z",
        'ž' | 'Ž' => "zh",
        _ => "",
    };
    if !latin.is_empty() {
        out.push_str(latin);
        return Some(Alphabet::Latin);
    }
    let arabic = match c {
        'أ' | 'إ' | 'آ' | 'ٱ' | 'ا' | 'ٲ' | 'ٳ' | 'ٵ' => 'ا',
        'ؤ' | 'ۆ' | 'ۇ' | 'ۈ' | 'ۉ' | 'ۊ' | 'ۋ' | 'ۏ' | 'ۅ' | 'ٶ' | 'ٷ' => 'و',
        'ئ' | 'ى' | 'ی' | 'ې' | 'ۍ' | 'ێ' | 'ے' | 'ۓ' | 'ۑ' | 'ٸ' => 'ي',
        'ة' | 'ہ' | 'ھ' | 'ە' | 'ۀ' | 'ۂ' | 'ۃ' => 'ه',
        'ک' | 'ڪ' | 'ڬ' => 'ك',
        'ڤ' => 'ف',
        'ڨ' | 'ڭ' | 'ڠ' | 'ګ' | 'ڱ' => 'گ',
        'ٹ' | 'ټ' => 'ت',
        'ڈ' | 'ډ' => 'د',
        'ڑ' | 'ړ' | 'ڕ' => 'ر',
        'ں' | 'ڼ' | 'ڻ' => 'ن',
        'ڵ' => 'ل',
        'ښ' => 'ش',
        'ږ' => 'ژ',
        'څ' => 'س',
        'ځ' => 'ز',
        c if ARABIC.contains(&c) => c,
        _ => return None,
    };
    out.push(arabic);
    Some(Alphabet::Arabic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = String::new();
        for c in text.chars() {
            fold(c, &mut out);
        }
        out
    }

    #[test]
    fn variants_of_a_letter_fold_together() {
        assert_eq!(folded("بلينكن"), folded("بلینکن"));
        assert_eq!(folded("إفريقيا"), folded("افریقیا"));
        assert_eq!(folded("Wilmès"), "wilmes");
        assert_eq!(folded("Škoda"), "shkoda");
    }

    #[test]
    fn letters_print_and_read_back() {
        for (alphabet, word) in [(Alphabet::Latin, "xavierç"), (Alphabet::Arabic, "اوياه")] {
            for letter in alphabet.letters(word) {
                assert_eq!(alphabet.read(alphabet.print(letter)), Some(letter));
            }
        }
    }

    #[test]
    fn place_in_the_word_tells_consonant_from_vowel() {
        let [first, second] = Alphabet::Arabic.letters("وو")[..] else { panic!("two letters") };
        assert_ne!(first, second);
    }
}
