//! What the data files know: words that names are made of, well-known names, countries and cities, by language.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use diwan_model::{EntityKind, LanguageTag};
use serde::Deserialize;

use super::token::{Token, Way, pattern};

/// The languages that are known, with their files.
const LANGUAGES: &[(&str, &str, &str, &str)] = &[
    (
        "en",
        include_str!("../../data/en/mentions.toml"),
        include_str!("../../data/en/places.toml"),
        include_str!("../../../diwan-describe/data/en/names.toml"),
    ),
    (
        "fr",
        include_str!("../../data/fr/mentions.toml"),
        include_str!("../../data/fr/places.toml"),
        include_str!("../../../diwan-describe/data/fr/names.toml"),
    ),
    (
        "ar",
        include_str!("../../data/ar/mentions.toml"),
        include_str!("../../data/ar/places.toml"),
        include_str!("../../../diwan-describe/data/ar/names.toml"),
    ),
    (
        "fa",
        include_str!("../../data/fa/mentions.toml"),
        include_str!("../../data/fa/places.toml"),
        include_str!("../../../diwan-describe/data/fa/names.toml"),
    ),
];
const KNOWN: &str = include_str!("../../data/mul/known.tsv");
const CITIES: &str = include_str!("../../data/mul/cities.tsv");

/// What words of one sort mean: concept → words.
type Words = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MentionsFile {
    head: BTreeMap<String, Words>,
    field: Words,
    modifier: Words,
    link: LinkFile,
    naming: ListFile,
    short: ShortFile,
    title: Words,
    title_more: ListFile,
    person: PersonFile,
    stop: ListFile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkFile {
    words: Vec<String>,
    place: Vec<String>,
    number: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListFile {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShortFile {
    heads: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonFile {
    particles: Vec<String>,
    given: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlacesFile {
    spellings: Words,
    adjectives: Words,
    ambiguous: ListFile,
    beside: ListFile,
    #[serde(default)]
    endings: Option<ListFile>,
}

#[derive(Deserialize)]
struct CldrFile {
    #[serde(default)]
    territories: Words,
}

/// What a pattern of words is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Item {
    /// A well-known name: its number in [`Knowledge::known`].
    Known(u32),
    /// Its adjective.
    Adjective(u32),
    /// A noun that heads a name; the concept.
    Head(EntityKind, u16),
    /// What a body is over.
    Field(u16),
    /// An adjective that names have.
    Modifier(u16),
    /// Ties the next word to the name: 0 anything, 1 a place, 2 a number, 3 and 4 what ب and ل are glued to.
    Link(u8),
    /// Heads an office of a person.
    Title(u16),
    /// Stands inside the name of an office.
    TitleMore,
    /// A small word of a person's name.
    Particle,
    /// A given name.
    Given,
    /// Ends a name.
    Stop,
}

/// A pattern of words.
#[derive(Debug, Clone)]
struct Entry {
    rest: Vec<(String, bool)>,
    /// Whether the first word has the article; `None`: it does not matter.
    definite: Option<bool>,
    case: Case,
    item: Item,
}

/// How a Latin word must be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Any,
    Upper,
    Caps,
}

/// A well-known entity.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    /// `BE` for countries, the key of the file for the rest.
    pub(crate) key: String,
    pub(crate) kind: EntityKind,
    /// ISO 3166 code, where it is a country.
    pub(crate) iso: Option<String>,
    /// The country of a city.
    pub(crate) country: Option<String>,
    pub(crate) wikidata: Option<String>,
    /// The preferred name by language.
    pub(crate) names: BTreeMap<String, String>,
}

/// What is known of one language.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    entries: HashMap<String, Vec<Entry>>,
    pub(super) short: BTreeSet<u16>,
    pub(super) naming: BTreeSet<u16>,
    /// Bare words that are also something else than a country.
    pub(super) ambiguous: BTreeSet<String>,
    /// Bare words beside which an adjective is a language.
    pub(super) beside: BTreeSet<String>,
    pub(super) latin: bool,
    pub(super) english: bool,
}

/// All that is known.
#[derive(Debug, Default)]
pub(crate) struct Knowledge {
    pub(crate) known: Vec<Known>,
    by_key: HashMap<String, u32>,
    pub(super) concepts: Vec<String>,
    lexicons: BTreeMap<&'static str, Lexicon>,
}

/// A pattern found at a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) item: Item,
    /// Words it covers.
    pub(super) len: usize,
    pub(super) way: Way,
}

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::load().unwrap_or_default());

/// The knowledge, read once. The files are embedded and a test reads them; should one be broken all the same, nothing
/// is found.
pub(crate) fn knowledge() -> &'static Knowledge {
    &KNOWLEDGE
}

impl Knowledge {
    /// What is known of a language.
    pub(crate) fn lexicon(&self, lang: &LanguageTag) -> Option<&Lexicon> {
        self.lexicons.get(lang.primary())
    }

    /// A well-known entity by its key.
    pub(crate) fn by_key(&self, key: &str) -> Option<&Known> {
        self.known.get(*self.by_key.get(key)? as usize)
    }

    /// The name of a concept.
    pub(super) fn concept(&self, number: u16) -> &str {
        self.concepts.get(usize::from(number)).map_or("", String::as_str)
    }

    /// The number of a concept.
    pub(crate) fn concept_number(&self, name: &str) -> Option<u16> {
        self.concepts.iter().position(|c| c == name).and_then(|k| u16::try_from(k).ok())
    }

    fn load() -> Result<Self, toml::de::Error> {
        let mut all = Self::default();
        all.load_known();
        let mut read = Vec::new();
        for (lang, mentions, places, cldr) in LANGUAGES {
            let mentions: MentionsFile = toml::from_str(mentions)?;
            let places: PlacesFile = toml::from_str(places)?;
            let cldr: CldrFile = toml::from_str(cldr)?;
            for code in cldr.territories.keys() {
                all.country(code);
            }
            read.push((*lang, mentions, places, cldr));
        }
        for (lang, mentions, places, cldr) in read {
            let lexicon = all.language(lang, &mentions, &places, &cldr);
            all.lexicons.insert(lang, lexicon);
        }
        Ok(all)
    }

    fn country(&mut self, code: &str) -> u32 {
        let key = match code {
            "EU" => "eu",
            "UN" => "un",
            other => other,
        };
        if let Some(number) = self.by_key.get(key) {
            return *number;
        }
        self.add(Known {
            key: key.to_owned(),
            kind: EntityKind::Place,
            iso: Some(code.to_owned()),
            country: None,
            wikidata: None,
            names: BTreeMap::new(),
        })
    }

    fn add(&mut self, known: Known) -> u32 {
        let number = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        self.by_key.insert(known.key.clone(), number);
        self.known.push(known);
        number
    }

    fn load_known(&mut self) {
        for (text, cities) in [(KNOWN, false), (CITIES, true)] {
            let mut rows = text.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
            let head: Vec<&str> = rows.next().unwrap_or("").split('\t').collect();
            for row in rows {
                let cells: BTreeMap<&str, &str> = head.iter().copied().zip(row.split('\t')).collect();
                let cell = |name: &str| cells.get(name).copied().filter(|c| !c.is_empty());
                let Some(key) = cell("id") else { continue };
                let names = LANGUAGES
                    .iter()
                    .filter_map(|(lang, ..)| {
                        let first = cell(lang)?.split('|').next()?;
                        Some(((*lang).to_owned(), first.to_owned()))
                    })
                    .collect();
                let kind =
                    if cities { Some(EntityKind::Place) } else { cell("kind").and_then(EntityKind::parse) };
                self.add(Known {
                    key: key.to_owned(),
                    kind: kind.unwrap_or(EntityKind::Organisation),
                    iso: None,
                    country: cell("country").map(str::to_owned),
                    wikidata: cell("wikidata").map(str::to_owned),
                    names,
                });
            }
        }
    }

    fn concept_of(&mut self, name: &str) -> u16 {
        if let Some(number) = self.concept_number(name) {
            return number;
        }
        self.concepts.push(name.to_owned());
        u16::try_from(self.concepts.len() - 1).unwrap_or(0)
    }

    fn language(
        &mut self,
        lang: &'static str,
        mentions: &MentionsFile,
        places: &PlacesFile,
        cldr: &CldrFile,
    ) -> Lexicon {
        let tag = LanguageTag::from_static(lang);
        let mut lexicon =
            Lexicon { latin: matches!(lang, "en" | "fr"), english: lang == "en", ..Lexicon::default() };
        for (kind, words) in &mentions.head {
            let Some(kind) = EntityKind::parse(kind) else { continue };
            for (concept, written) in words {
                let concept = self.concept_of(concept);
                written.iter().for_each(|w| lexicon.add(w, &tag, None, Item::Head(kind, concept)));
            }
        }
        type Make = fn(u16) -> Item;
        let sorts: [(&Words, Make); 3] = [
            (&mentions.field, Item::Field),
            (&mentions.modifier, Item::Modifier),
            (&mentions.title, Item::Title),
        ];
        for (words, item) in sorts {
            for (concept, written) in words {
                let concept = self.concept_of(concept);
                written.iter().for_each(|w| lexicon.add(w, &tag, None, item(concept)));
            }
        }
        for word in &mentions.link.words {
            let sort = if mentions.link.place.contains(word) {
                1
            } else if mentions.link.number.contains(word) {
                2
            } else {
                0
            };
            // «تابعة ل»: the letter is glued to the next word.
            let (word, sort) = match word.rsplit_once(' ') {
                Some((bare, "ب")) => (bare, 3),
                Some((bare, "ل")) => (bare, 4),
                _ => (word.as_str(), sort),
            };
            lexicon.add(word, &tag, None, Item::Link(sort));
        }
        let lists: [(&[String], Item); 4] = [
            (&mentions.title_more.words, Item::TitleMore),
            (&mentions.person.particles, Item::Particle),
            (&mentions.person.given, Item::Given),
            (&mentions.stop.words, Item::Stop),
        ];
        for (words, item) in lists {
            for word in words {
                let definite = if item == Item::Stop { Some(false) } else { None };
                lexicon.add(word, &tag, definite, item);
            }
        }
        let numbers = |names: &[String]| names.iter().filter_map(|n| self.concept_number(n)).collect();
        lexicon.short = numbers(&mentions.short.heads);
        lexicon.naming = numbers(&mentions.naming.words);
        let bare = |words: &[String]| {
            words.iter().filter_map(|w| pattern(w, &tag).into_iter().next().map(|p| p.0)).collect()
        };
        lexicon.ambiguous = bare(&places.ambiguous.words);
        lexicon.beside = bare(&places.beside.words);
        self.names(lang, &tag, places, cldr, &mut lexicon);
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
        for entries in lexicon.entries.values_mut() {
            entries.sort_by(|a, b| b.rest.len().cmp(&a.rest.len()).then(a.item.cmp(&b.item)));
        }
        lexicon
    }

    fn names(
        &mut self,
        lang: &'static str,
        tag: &LanguageTag,
        places: &PlacesFile,
        cldr: &CldrFile,
        lexicon: &mut Lexicon,
    ) {
        for (code, names) in cldr.territories.iter().chain(&places.spellings) {
            let number = self.country(code);
            for name in names {
                lexicon.add(name, tag, Some(false), Item::Known(number));
            }
        }
        for (code, names) in &cldr.territories {
            let number = self.country(code);
            if let (Some(known), Some(name)) = (self.known.get_mut(number as usize), names.first()) {
                known.names.entry(lang.to_owned()).or_insert_with(|| name.clone());
            }
        }
        let endings = places.endings.as_ref().map_or_else(|| vec![String::new()], |e| e.words.clone());
        let mut adjectives = places.adjectives.clone();
        for (code, names) in cldr.territories.iter().chain(&places.spellings) {
            if !adjectives.contains_key(code)
                && let Some(made) = names.first().and_then(|name| nisba(lang, name))
                && pattern(&made, tag).first().is_some_and(|p| !lexicon.ambiguous.contains(&p.0))
            {
                adjectives.insert(code.clone(), vec![made]);
            }
        }
        for (code, stems) in &adjectives {
            let number = self.by_key.get(code.as_str()).copied().unwrap_or_else(|| self.country(code));
            for stem in stems {
                for ending in &endings {
                    lexicon.add(&format!("{stem}{ending}"), tag, None, Item::Adjective(number));
                }
            }
        }
        for text in [KNOWN, CITIES] {
            let mut rows = text.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
            let column = rows.next().and_then(|h| h.split('\t').position(|c| c == lang));
            for row in rows {
                let cells: Vec<&str> = row.split('\t').collect();
                let spellings = column.and_then(|k| cells.get(k)).copied().unwrap_or("");
                let Some(number) = cells.first().and_then(|key| self.by_key.get(*key)).copied() else {
                    continue;
                };
                for name in spellings.split('|').filter(|n| !n.is_empty()) {
                    lexicon.add(name, tag, Some(false), Item::Known(number));
                }
            }
        }
    }
}

/// The adjective of a country by rule, where there is one.
fn nisba(lang: &str, name: &str) -> Option<String> {
    if name.contains([' ', '-', '(']) {
        return None;
    }
    match lang {
        "ar" => {
            let bare = name.strip_prefix("ال").unwrap_or(name);
            let stem = bare.strip_suffix("يا").or_else(|| bare.strip_suffix(['ا', 'ة'])).unwrap_or(bare);
            (stem.chars().count() >= 3).then(|| format!("{stem}ي"))
        }
        "fa" => match name.chars().last()? {
            'ا' | 'و' => Some(format!("{name}یی")),
            'ه' => Some(format!("{name}‌ای")),
            'ی' => None,
            _ => Some(format!("{name}ی")),
        },
        _ => None,
    }
}

impl Lexicon {
    fn add(&mut self, written: &str, lang: &LanguageTag, definite: Option<bool>, item: Item) {
        let words = pattern(written, lang);
        let Some(((first, article), rest)) = words.split_first() else { return };
        let letters = written.chars().filter(|c| c.is_alphabetic());
        let case = if !self.latin || matches!(item, Item::Head(..) | Item::Field(_) | Item::Modifier(_)) {
            Case::Any
        } else if letters.clone().count() >= 2 && letters.clone().all(char::is_uppercase) {
            Case::Caps
        } else if written.chars().next().is_some_and(char::is_uppercase) {
            Case::Upper
        } else {
            Case::Any
        };
        let definite = match item {
            Item::Known(_) | Item::Stop => Some(*article),
            _ => definite.and(None),
        };
        let entry = Entry { rest: rest.to_vec(), definite, case, item };
        self.entries.entry(first.clone()).or_default().push(entry);
    }

    /// The patterns that begin at a word: for each sort the longest, of the plainest way to part the word.
    pub(super) fn hits(&self, tokens: &[Token<'_>], at: usize, out: &mut Vec<Hit>) {
        out.clear();
        let Some(token) = tokens.get(at) else { return };
        for way in &token.ways {
            let bare = token.bare(way);
            let Some(entries) = self.entries.get(bare) else { continue };
            for entry in entries {
                if entry.definite.is_some_and(|d| d != way.definite) {
                    continue;
                }
                let printed = match entry.case {
                    Case::Any => true,
                    Case::Upper => token.upper,
                    Case::Caps => token.caps,
                };
                if !printed || !self.follows(tokens, at, entry) {
                    continue;
                }
                // A way that parts more says less: it counts only where the plainer ones say nothing of this sort.
                let sort = std::mem::discriminant(&entry.item);
                let plainer = out.iter().any(|h| {
                    std::mem::discriminant(&h.item) == sort && (h.way != *way || h.len > entry.rest.len() + 1)
                });
                if !plainer {
                    out.push(Hit { item: entry.item, len: entry.rest.len() + 1, way: *way });
                }
            }
        }
    }

    fn follows(&self, tokens: &[Token<'_>], at: usize, entry: &Entry) -> bool {
        entry.rest.iter().enumerate().all(|(k, (word, definite))| {
            let Some(token) = tokens.get(at + 1 + k) else { return false };
            let joined = matches!(
                token.gap,
                super::token::Gap::Space | super::token::Gap::Hyphen | super::token::Gap::Slash
            );
            let strict = matches!(entry.item, Item::Known(_));
            joined
                && token
                    .ways
                    .first()
                    .is_some_and(|way| token.bare(way) == word && (!strict || way.definite == *definite))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read() {
        let all = Knowledge::load().unwrap();
        assert_eq!(all.lexicons.len(), LANGUAGES.len());
        assert_eq!(all.by_key("BE").unwrap().names["fa"], "بلژیک");
        for text in [KNOWN, CITIES] {
            let mut rows = text.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
            let columns = rows.next().unwrap().split('\t').count();
            for row in rows {
                assert!(row.split('\t').count() <= columns, "{row}");
            }
        }
    }

    #[test]
    fn concepts_that_lists_name_are_there() {
        let all = knowledge();
        for (_, mentions, ..) in LANGUAGES {
            let file: MentionsFile = toml::from_str(mentions).unwrap();
            for name in &file.short.heads {
                assert!(all.concept_number(name).is_some(), "{name}");
            }
        }
    }
}
