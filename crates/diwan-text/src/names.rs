//! Names across scripts: keys that block, and a distance that decides.
//!
//! Two spellings of a name are compared word by word. Each word is cut into correspondences (`sh`–ش) whose
//! weights were learned from pairs of spellings ([`weights`]); the words of two names are then laid over each other
//! in any order, with particles, titles and initials apart ([`Name`]). For many names, keys and signatures find the
//! few that are worth comparing ([`NameIndex`]).

mod find;
mod index;
mod keys;
mod knowledge;
pub mod learn;
mod letters;
mod name;
mod terms;
mod weights;
mod word;

pub use index::NameIndex;
pub use keys::NameSignature;
pub use letters::Alphabet;
pub use name::Name;
pub use weights::Weights;

use diwan_model::{LanguageTag, Span};

/// The version of the keys, to be stored beside them.
pub const NAME_KEY_VERSION: u32 = 3;

/// From this similarity on two names are taken for one.
pub const SAME_NAME: f32 = 0.5;

/// A blocking key. Names that may be the same share at least one; [`NameKey::meet`] tells which shared keys count.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameKey(pub String);

impl NameKey {
    /// Whether two names are to be compared, by all keys of each as [`keys`] gives them. In a database: those that share
    /// a key that begins with `=` or `&`, and those that share one that begins with `+` where one of the two
    /// has no key that begins with `&`.
    ///
    /// ```
    /// use diwan_text::names::{NameKey, keys};
    /// let (john_godfrey, john_kerry) = (keys("John Godfrey"), keys("John Kerry"));
    /// assert!(NameKey::meet(&john_godfrey, &keys("جون غودفري")));
    /// assert!(NameKey::meet(&john_godfrey, &keys("گادفری")));
    /// assert!(!NameKey::meet(&john_godfrey, &john_kerry));
    /// ```
    pub fn meet(mine: &[Self], theirs: &[Self]) -> bool {
        keys::meet(mine, theirs)
    }
}

/// The blocking keys of a name in any script, sorted.
///
/// ```
/// use diwan_text::names::keys;
/// let arabic = keys("بلينكن");
/// assert!(keys("Blinken").iter().any(|key| arabic.contains(key)));
/// ```
pub fn keys(name: &str) -> Vec<NameKey> {
    keys::keys(&Name::new(name))
}

/// How a word sounds, coarse enough that a name meets its transliteration: its consonants in the classes of [`keys`], each
/// reading once, sorted; articles and clitics also left out. Nothing for words of fewer than two classes and for scripts that
/// are not read.
///
/// ```
/// use diwan_text::names::sounds;
/// assert!(sounds("Godfrey").iter().any(|sound| sounds("گادفری").contains(sound)));
/// ```
pub fn sounds(word: &str) -> Vec<String> {
    keys::sounds(word)
}

/// How likely two printed names are the same name, from 0 to 1; the same in both directions. To compare a name
/// often, compile it once with [`Name::new`].
///
/// ```
/// use diwan_text::names::{SAME_NAME, similarity};
/// assert!(similarity("Godfrey", "غودفري") >= SAME_NAME);
/// assert!(similarity("Godfrey", "گادفری") >= SAME_NAME);
/// assert!(similarity("Iran", "العراق") < SAME_NAME);
/// ```
pub fn similarity(a: &str, b: &str) -> f32 {
    Name::new(a).similarity(&Name::new(b))
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

/// The names of `text` in order; none overlap. `und` takes the language from the letters.
///
/// ```
/// use diwan_model::LanguageTag;
/// let text = "We thank Ambassador Mira Halvorsen.";
/// let names = diwan_text::names::find_names(text, &LanguageTag::new("en"));
/// assert_eq!(names[0].span.of(text), "Mira Halvorsen");
/// ```
pub fn find_names(text: &str, lang: &LanguageTag) -> Vec<NameMention> {
    find::find_names(text, lang)
}
