//! Scripts, as far as they tell languages and directions apart.

use diwan_model::Direction;

/// The script of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Script {
    /// Arabic letters, whichever the language.
    Arabic,
    /// Latin.
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Hebrew.
    Hebrew,
    /// Han.
    Han,
    /// Greek.
    Greek,
    /// Armenian.
    Armenian,
    /// Syriac.
    Syriac,
    /// Thaana, of Dhivehi.
    Thaana,
    /// Devanagari.
    Devanagari,
    /// Bengali.
    Bengali,
    /// Gurmukhi, of Punjabi.
    Gurmukhi,
    /// Gujarati.
    Gujarati,
    /// Odia.
    Odia,
    /// Tamil.
    Tamil,
    /// Telugu.
    Telugu,
    /// Kannada.
    Kannada,
    /// Malayalam.
    Malayalam,
    /// Sinhala.
    Sinhala,
    /// Thai.
    Thai,
    /// Lao.
    Lao,
    /// Tibetan.
    Tibetan,
    /// Myanmar.
    Myanmar,
    /// Georgian.
    Georgian,
    /// Hangul, of Korean.
    Hangul,
    /// Ethiopic.
    Ethiopic,
    /// Khmer.
    Khmer,
    /// Mongolian.
    Mongolian,
    /// Hiragana and Katakana, of Japanese.
    Kana,
    /// Another script's letter.
    Other,
}

/// Blocks of scripts beyond the five of the fast path, in code point order: first, last, script.
const BLOCKS: &[(u32, u32, Script)] = &[
    (0x0370, 0x03FF, Script::Greek),
    (0x0530, 0x058F, Script::Armenian),
    (0x0700, 0x074F, Script::Syriac),
    (0x0780, 0x07BF, Script::Thaana),
    (0x0860, 0x086F, Script::Syriac),
    (0x0900, 0x097F, Script::Devanagari),
    (0x0980, 0x09FF, Script::Bengali),
    (0x0A00, 0x0A7F, Script::Gurmukhi),
    (0x0A80, 0x0AFF, Script::Gujarati),
    (0x0B00, 0x0B7F, Script::Odia),
    (0x0B80, 0x0BFF, Script::Tamil),
    (0x0C00, 0x0C7F, Script::Telugu),
    (0x0C80, 0x0CFF, Script::Kannada),
    (0x0D00, 0x0D7F, Script::Malayalam),
    (0x0D80, 0x0DFF, Script::Sinhala),
    (0x0E00, 0x0E7F, Script::Thai),
    (0x0E80, 0x0EFF, Script::Lao),
    (0x0F00, 0x0FFF, Script::Tibetan),
    (0x1000, 0x109F, Script::Myanmar),
    (0x10A0, 0x10FF, Script::Georgian),
    (0x1100, 0x11FF, Script::Hangul),
    (0x1200, 0x139F, Script::Ethiopic),
    (0x1780, 0x17FF, Script::Khmer),
    (0x1800, 0x18AF, Script::Mongolian),
    (0x1C80, 0x1C8F, Script::Cyrillic),
    (0x1C90, 0x1CBF, Script::Georgian),
    (0x1F00, 0x1FFF, Script::Greek),
    (0x2C60, 0x2C7F, Script::Latin),
    (0x2D00, 0x2D2F, Script::Georgian),
    (0x2D80, 0x2DDF, Script::Ethiopic),
    (0x2DE0, 0x2DFF, Script::Cyrillic),
    (0x3040, 0x30FF, Script::Kana),
    (0x3130, 0x318F, Script::Hangul),
    (0x31F0, 0x31FF, Script::Kana),
    (0xA640, 0xA69F, Script::Cyrillic),
    (0xA720, 0xA7FF, Script::Latin),
    (0xAA60, 0xAA7F, Script::Myanmar),
    (0xAC00, 0xD7FF, Script::Hangul),
    (0xFB00, 0xFB06, Script::Latin),
    (0xFB13, 0xFB17, Script::Armenian),
    (0xFB1D, 0xFB4F, Script::Hebrew),
    (0xFF21, 0xFF5A, Script::Latin),
    (0xFF66, 0xFF9F, Script::Kana),
    (0xFFA0, 0xFFDC, Script::Hangul),
];

impl Script {
    /// The script of `c`; `None` for what is no letter.
    pub fn of(c: char) -> Option<Self> {
        Some(match c {
            // Letters of everyday, without a look at the tables of Unicode.
            'a'..='z' | 'A'..='Z' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='\u{024F}' => Self::Latin,
            '\0'..='\u{007F}' => return None,
            '\u{0620}'..='\u{063F}' | '\u{0641}'..='\u{064A}' | '\u{0671}'..='\u{06D3}' | '\u{06D5}' => {
                Self::Arabic
            }
            '\u{0400}'..='\u{0481}' | '\u{048A}'..='\u{052F}' => Self::Cyrillic,
            '\u{05D0}'..='\u{05EA}' => Self::Hebrew,
            '\u{0600}'..='\u{06FF}'
            | '\u{0750}'..='\u{077F}'
            | '\u{08A0}'..='\u{08FF}'
            | '\u{FB50}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFC}'
                if c.is_alphabetic() =>
            {
                Self::Arabic
            }
            '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' if c.is_alphabetic() => Self::Latin,
            '\u{0400}'..='\u{052F}' if c.is_alphabetic() => Self::Cyrillic,
            '\u{0590}'..='\u{05FF}' if c.is_alphabetic() => Self::Hebrew,
            '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FA1F}' => Self::Han,
            c if c.is_alphabetic() => Self::of_block(c),
            _ => return None,
        })
    }

    fn of_block(c: char) -> Self {
        let point = u32::from(c);
        let after = BLOCKS.partition_point(|(_, last, _)| *last < point);
        match BLOCKS.get(after) {
            Some((first, _, script)) if *first <= point => *script,
            _ => Self::Other,
        }
    }

    /// The ISO 15924 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Arabic => "Arab",
            Self::Latin => "Latn",
            Self::Cyrillic => "Cyrl",
            Self::Hebrew => "Hebr",
            Self::Han => "Hani",
            Self::Greek => "Grek",
            Self::Armenian => "Armn",
            Self::Syriac => "Syrc",
            Self::Thaana => "Thaa",
            Self::Devanagari => "Deva",
            Self::Bengali => "Beng",
            Self::Gurmukhi => "Guru",
            Self::Gujarati => "Gujr",
            Self::Odia => "Orya",
            Self::Tamil => "Taml",
            Self::Telugu => "Telu",
            Self::Kannada => "Knda",
            Self::Malayalam => "Mlym",
            Self::Sinhala => "Sinh",
            Self::Thai => "Thai",
            Self::Lao => "Laoo",
            Self::Tibetan => "Tibt",
            Self::Myanmar => "Mymr",
            Self::Georgian => "Geor",
            Self::Hangul => "Hang",
            Self::Ethiopic => "Ethi",
            Self::Khmer => "Khmr",
            Self::Mongolian => "Mong",
            Self::Kana => "Hrkt",
            Self::Other => "Zyyy",
        }
    }

    /// The direction in which it runs.
    pub fn direction(self) -> Direction {
        match self {
            Self::Arabic | Self::Hebrew | Self::Syriac | Self::Thaana => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_in_order_and_apart() {
        for pair in BLOCKS.windows(2) {
            assert!(pair[0].1 < pair[1].0, "{:04X}", pair[1].0);
        }
    }

    #[test]
    fn the_fast_path_takes_letters_only() {
        for c in ('\0'..='\u{06FF}').filter(|c| Script::of(*c).is_some()) {
            assert!(c.is_alphabetic(), "{c:?}");
        }
    }

    #[test]
    fn letters_have_their_script() {
        for (c, code) in
            [('س', "Arab"), ('é', "Latn"), ('Ж', "Cyrl"), ('ש', "Hebr"), ('中', "Hani"), ('ก', "Thai")]
        {
            assert_eq!(Script::of(c).unwrap().code(), code);
        }
        assert_eq!(Script::of('٣'), None);
        assert_eq!(Script::of('،'), None);
    }
}
