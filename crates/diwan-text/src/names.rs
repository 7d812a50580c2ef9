//! Names across scripts: keys that block, and a distance that decides.

use diwan_model::{LanguageTag, Span};

/// The version of the keys, to be stored beside them.
pub const NAME_KEY_VERSION: u32 = 0;

/// A blocking key: names that may be the same share at least one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameKey(pub String);

/// The blocking keys of a name in any script.
pub fn keys(name: &str) -> Vec<NameKey> {
    vec![NameKey(name.to_owned())]
}

/// How likely two printed names are the same name, from 0 to 1.
pub fn similarity(a: &str, b: &str) -> f32 {
    if a == b { 1.0 } else { 0.0 }
}

/// A name found in running text.
#[derive(Debug, Clone, PartialEq)]
pub struct NameMention {
    /// Where it stands, without clitics.
    pub span: Span,
    /// What kind of name, as far as its words tell.
    pub kind: NameKind,
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation or group.
    Organisation,
    /// A place.
    Place,
    /// Cannot be told.
    Other,
}

/// The names of `text` in order.
pub fn find_names(text: &str, lang: &LanguageTag) -> Vec<NameMention> {
    let _ = (text, lang);
    Vec::new()
}
