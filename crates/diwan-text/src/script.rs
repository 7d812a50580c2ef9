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
    /// Another script's letter.
    Other,
}

impl Script {
    /// The script of `c`; `None` for what is no letter.
    pub fn of(c: char) -> Option<Self> {
        Some(match c {
            '\u{0600}'..='\u{06FF}'
            | '\u{0750}'..='\u{077F}'
            | '\u{08A0}'..='\u{08FF}'
            | '\u{FB50}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFC}'
                if c.is_alphabetic() =>
            {
                Self::Arabic
            }
            'a'..='z' | 'A'..='Z' | '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}'
                if c.is_alphabetic() =>
            {
                Self::Latin
            }
            '\u{0400}'..='\u{052F}' if c.is_alphabetic() => Self::Cyrillic,
            '\u{0590}'..='\u{05FF}' if c.is_alphabetic() => Self::Hebrew,
            '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FA1F}' => Self::Han,
            c if c.is_alphabetic() => Self::Other,
            _ => return None,
        })
    }

    /// The ISO 15924 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Arabic => "Arab",
            Self::Latin => "Latn",
            Self::Cyrillic => "Cyrl",
            Self::Hebrew => "Hebr",
            Self::Han => "Hani",
            Self::Other => "Zyyy",
        }
    }

    /// The direction in which it runs.
    pub fn direction(self) -> Direction {
        match self {
            Self::Arabic | Self::Hebrew => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        }
    }
}
