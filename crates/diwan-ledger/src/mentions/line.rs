//! A line of text with what the data know of each of its words.

use diwan_model::{EntityKind, LanguageTag};

use super::knowledge::{Hit, Item, Knowledge, Lexicon, knowledge};
use super::token::{Gap, PLAIN, Token, Way, tokens};

/// What stands at one word.
#[derive(Debug, Default, Clone)]
pub(super) struct At {
    pub(super) hits: Vec<Hit>,
}

/// A line, ready for the rules.
pub(super) struct Line<'a> {
    pub(super) tokens: Vec<Token<'a>>,
    pub(super) at: Vec<At>,
    pub(super) lexicon: &'static Lexicon,
    pub(super) knowledge: &'static Knowledge,
    /// Persian, whose words have no article and where any noun may follow a head.
    pub(super) persian: bool,
}

/// A name found, in words.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) kind: EntityKind,
    /// First byte.
    pub(super) start: usize,
    /// The byte after the last.
    pub(super) end: usize,
    /// The word after the last.
    pub(super) next: usize,
    /// What it names.
    pub(super) key: Key,
    pub(super) adjective: bool,
    /// The office of a person: bytes.
    pub(super) role: Option<(usize, usize)>,
    pub(super) inner: Vec<Found>,
    pub(super) confidence: f32,
    pub(super) method: &'static str,
}

/// What a name names, before names of one page are laid together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    /// A well-known one, by number.
    Known(u32),
    /// The concepts and names it is made of, in order of the alphabet; which of them is its head, and how many are strong.
    Made { head: String, parts: Vec<String> },
    /// Its words.
    Words(String),
}

impl<'a> Line<'a> {
    pub(super) fn new(text: &'a str, lang: &LanguageTag) -> Option<Self> {
        let knowledge = knowledge();
        let lexicon = knowledge.lexicon(lang)?;
        let tokens = tokens(text, lang);
        let mut at = vec![At::default(); tokens.len()];
        for (k, slot) in at.iter_mut().enumerate() {
            lexicon.hits(&tokens, k, &mut slot.hits);
        }
        Some(Self { tokens, at, lexicon, knowledge, persian: lang.primary() == "fa" })
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn hits(&self, at: usize) -> &[Hit] {
        self.at.get(at).map_or(&[], |a| a.hits.as_slice())
    }

    fn pick(&self, at: usize, want: impl Fn(&Item) -> bool) -> Option<Hit> {
        self.hits(at).iter().filter(|h| want(&h.item)).max_by_key(|h| h.len).copied()
    }

    /// A well-known name, or an adjective of one.
    pub(super) fn known(&self, at: usize) -> Option<Hit> {
        let name = self.pick(at, |i| matches!(i, Item::Known(_)));
        let adjective = self.pick(at, |i| matches!(i, Item::Adjective(_)));
        match (name, adjective) {
            (Some(n), Some(a)) if a.len > n.len => Some(a),
            (Some(n), _) => Some(n),
            (None, a) => a,
        }
        .filter(|hit| !self.is_other_word(at, hit) && !self.is_language(at, hit))
    }

    /// "The English text": an adjective beside a word for a text is a language.
    fn is_language(&self, at: usize, hit: &Hit) -> bool {
        let beside = |k: usize| {
            self.tokens.get(k).is_some_and(|t| t.ways.iter().any(|w| self.lexicon.beside.contains(t.bare(w))))
        };
        matches!(hit.item, Item::Adjective(_))
            && (at.checked_sub(1).is_some_and(|k| self.close(at) && beside(k))
                || self.close(at + hit.len) && beside(at + hit.len))
    }

    /// Whether letters that name a country also stand for another word here.
    fn is_other_word(&self, at: usize, hit: &Hit) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        if hit.len > 1 || !self.lexicon.ambiguous.contains(token.bare(&hit.way)) {
            return false;
        }
        let country = |k: usize| {
            self.hits(k).iter().any(|h| match h.item {
                Item::Known(n) => self.knowledge.known.get(n as usize).is_some_and(|e| e.iso.is_some()),
                Item::Head(EntityKind::Place, _) => true,
                _ => false,
            } && self.tokens.get(k).is_some_and(|t| !self.lexicon.ambiguous.contains(t.bare(&h.way))))
        };
        let before = at.checked_sub(1).is_some_and(country)
            || at.checked_sub(2).is_some_and(country)
                && self.tokens.get(at - 1).is_some_and(|t| t.word == "و");
        let after =
            country(at + 1) || country(at + 2) && self.tokens.get(at + 1).is_some_and(|t| t.word == "و");
        !(before || after)
    }

    pub(super) fn head(&self, at: usize) -> Option<(Hit, EntityKind, u16)> {
        let hit = self.pick(at, |i| matches!(i, Item::Head(..)))?;
        match hit.item {
            Item::Head(kind, concept) => Some((hit, kind, concept)),
            _ => None,
        }
    }

    pub(super) fn field(&self, at: usize) -> Option<(Hit, u16)> {
        let hit = self.pick(at, |i| matches!(i, Item::Field(_) | Item::Modifier(_)))?;
        match hit.item {
            Item::Field(c) | Item::Modifier(c) => Some((hit, c)),
            _ => None,
        }
    }

    pub(super) fn link(&self, at: usize) -> Option<(Hit, u8)> {
        let hit = self.pick(at, |i| matches!(i, Item::Link(_)))?;
        match hit.item {
            Item::Link(sort) => Some((hit, sort)),
            _ => None,
        }
    }

    pub(super) fn title(&self, at: usize) -> Option<Hit> {
        self.pick(at, |i| matches!(i, Item::Title(_)))
    }

    pub(super) fn title_more(&self, at: usize) -> Option<Hit> {
        self.pick(at, |i| matches!(i, Item::TitleMore))
    }

    pub(super) fn is(&self, at: usize, item: Item) -> bool {
        self.hits(at).iter().any(|h| h.item == item)
    }

    pub(super) fn is_stop(&self, at: usize) -> bool {
        self.hits(at).iter().any(|h| h.item == Item::Stop && h.way.cut == 0)
    }

    /// Whether nothing but a space (or a joining hyphen) stands before the word.
    pub(super) fn close(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| matches!(t.gap, Gap::Space | Gap::Hyphen))
    }

    pub(super) fn gap(&self, at: usize) -> Gap {
        self.tokens.get(at).map_or(Gap::Break, |t| t.gap)
    }

    /// The printed byte where a hit begins.
    pub(super) fn start(&self, at: usize, way: &Way) -> usize {
        self.tokens.get(at).map_or(0, |t| t.start + way.cut)
    }

    /// The printed byte where the word before `next` ends.
    pub(super) fn end(&self, next: usize) -> usize {
        next.checked_sub(1).and_then(|k| self.tokens.get(k)).map_or(0, |t| t.end)
    }

    pub(super) fn plain(&self, at: usize) -> Way {
        self.tokens.get(at).and_then(|t| t.ways.first()).copied().unwrap_or(PLAIN)
    }

    /// A well-known name as a mention.
    pub(super) fn known_found(&self, at: usize) -> Option<Found> {
        let hit = self.known(at)?;
        let (number, adjective) = match hit.item {
            Item::Known(n) => (n, false),
            Item::Adjective(n) => (n, true),
            _ => return None,
        };
        let known = self.knowledge.known.get(number as usize)?;
        Some(Found {
            kind: known.kind,
            start: self.start(at, &hit.way),
            end: self.end(at + hit.len),
            next: at + hit.len,
            key: Key::Known(number),
            adjective,
            role: None,
            inner: Vec::new(),
            confidence: if adjective { 0.8 } else { 0.95 },
            method: "known-name@1",
        })
    }
}
