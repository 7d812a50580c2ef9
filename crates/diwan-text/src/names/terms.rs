//! What translated names share: the words of which the names of bodies are made, and the names of territories, by
//! concept (`data/<lang>/terms.toml`, `data/<lang>/territories.toml`).
//!
//! *Small Group*, المجموعة المصغرة and گروه کوچک have no sound in common. Word by word they say the same, and a few
//! hundred words make up most names of ministries, councils, coalitions and working groups. A part of a name that is
//! known here carries its concepts; two parts with a common concept are the same whatever their spelling. The language
//! of a name need not be known: the forms of all languages are looked up at once.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::letters::Alphabet;

/// Longer phrases are not looked up.
const LONGEST_PHRASE: usize = 8;

/// A concept: its place in the list of all.
pub(crate) type Concept = u16;

/// What a form is to a name in which it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TermKind {
    /// Makes another name of the one that it is put to.
    Distinct,
    /// Carries the name.
    Word,
    /// Neither needed nor against.
    Light,
    /// A territory, or a well-known body.
    Proper,
}

/// What a form says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Meaning {
    /// One of these.
    pub(crate) any: Vec<Concept>,
    /// Or all of these, one after the other.
    pub(crate) all: Vec<Concept>,
    kind: Option<TermKind>,
}

impl Meaning {
    /// What it is to a name.
    pub(crate) fn kind(&self) -> TermKind {
        self.kind.unwrap_or(TermKind::Word)
    }
}

/// One language's words of bodies.
#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct TermsFile {
    distinct: Forms,
    words: Forms,
    light: Forms,
    bodies: Forms,
    said: Forms,
}

/// Forms by concept.
type Forms = BTreeMap<String, Vec<String>>;

const FILES: [(&str, &str, &str); 4] = [
    ("ar", include_str!("../../data/ar/terms.toml"), include_str!("../../data/ar/territories.toml")),
    ("en", include_str!("../../data/en/terms.toml"), include_str!("../../data/en/territories.toml")),
    ("fa", include_str!("../../data/fa/terms.toml"), include_str!("../../data/fa/territories.toml")),
    ("fr", include_str!("../../data/fr/terms.toml"), include_str!("../../data/fr/territories.toml")),
];

/// The forms of all languages.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    concepts: Vec<(String, TermKind)>,
    forms: HashMap<String, Meaning>,
    /// Proper names: endings tell them apart (نیجر, نیجریه), so that only the article is left out.
    proper: HashMap<String, Meaning>,
    /// Arabic and Persian adjectives without their ending, to territories (عراق of عراقي).
    adjectives: HashMap<String, Vec<Concept>>,
}

/// A folded word as it is looked up, and whether it begins with an alef that is none of the article.
pub(crate) type Token<'a> = (&'a str, Alphabet, bool);

impl Terms {
    /// Reads the data; `words` cuts a printed form into folded words, particles left out.
    pub(crate) fn load(words: impl Fn(&str) -> Vec<(String, Alphabet, bool)>, definite: &[String]) -> Self {
        let mut all = Self::default();
        let mut numbers: BTreeMap<String, Concept> = BTreeMap::new();
        let key = |form: &str, kind: TermKind| {
            let words = words(form);
            let keys = words.iter().map(|(w, alphabet, hamza)| {
                let word = (w.as_str(), *alphabet, *hamza);
                if kind == TermKind::Proper { named(word, definite) } else { bare(word, definite) }
            });
            keys.collect::<Vec<String>>().join(" ")
        };
        for (_, terms, territories) in FILES {
            let terms: TermsFile = toml::from_str(terms).unwrap_or_default();
            let territories: Forms = toml::from_str(territories).unwrap_or_default();
            let kinds = [
                (TermKind::Distinct, &terms.distinct),
                (TermKind::Word, &terms.words),
                (TermKind::Light, &terms.light),
                (TermKind::Proper, &terms.bodies),
                (TermKind::Proper, &territories),
            ];
            for (kind, lists) in kinds {
                for (concept, forms) in lists {
                    let number = all.number(&mut numbers, concept, kind);
                    for form in forms {
                        all.add(key(form, kind), number, kind);
                    }
                }
            }
            for (concepts, forms) in &terms.said {
                let numbers: Vec<Concept> =
                    concepts.split(' ').map(|c| all.number(&mut numbers, c, TermKind::Word)).collect();
                for form in forms {
                    let meaning = all.forms.entry(key(form, TermKind::Word)).or_default();
                    if meaning.any.is_empty() {
                        meaning.all.clone_from(&numbers);
                    }
                }
            }
            for (code, forms) in &territories {
                let number = all.number(&mut numbers, code, TermKind::Proper);
                for form in forms {
                    all.add_adjective(&key(form, TermKind::Proper), number);
                }
            }
        }
        all
    }

    fn number(&mut self, numbers: &mut BTreeMap<String, Concept>, concept: &str, kind: TermKind) -> Concept {
        if let Some(number) = numbers.get(concept) {
            return *number;
        }
        let number = self.concepts.len() as Concept;
        self.concepts.push((concept.to_owned(), kind));
        numbers.insert(concept.to_owned(), number);
        number
    }

    fn add(&mut self, key: String, concept: Concept, kind: TermKind) {
        if key.is_empty() {
            return;
        }
        let forms = if kind == TermKind::Proper { &mut self.proper } else { &mut self.forms };
        let meaning = forms.entry(key).or_default();
        meaning.all.clear();
        if !meaning.any.contains(&concept) {
            meaning.any.push(concept);
        }
        // A form that is something in one language and nothing much in another is that something.
        meaning.kind = match (meaning.kind, kind) {
            (None | Some(TermKind::Light), kind) => Some(kind),
            (Some(TermKind::Word), TermKind::Distinct) => Some(TermKind::Distinct),
            (before, _) => before,
        };
    }

    /// The adjective of a territory in Arabic and Persian ends in ya, put to the name without its last vowel.
    fn add_adjective(&mut self, key: &str, concept: Concept) {
        if key.contains(' ') || key.chars().next().is_none_or(|c| c <= '\u{600}') {
            return;
        }
        for end in ["", "يا", "ا", "ه", "و"] {
            let Some(stem) = key.strip_suffix(end).filter(|s| s.chars().nth(2).is_some()) else { continue };
            let concepts = self.adjectives.entry(stem.to_owned()).or_default();
            if !concepts.contains(&concept) {
                concepts.push(concept);
            }
        }
    }

    /// The name of a concept, for keys.
    pub(crate) fn name(&self, concept: Concept) -> &str {
        self.concepts.get(usize::from(concept)).map_or("", |c| c.0.as_str())
    }

    /// What the words of a concept are to a name.
    pub(crate) fn kind(&self, concept: Concept) -> TermKind {
        self.concepts.get(usize::from(concept)).map_or(TermKind::Word, |c| c.1)
    }

    /// The longest phrase that `tokens` begin with: how many tokens, and what it says.
    pub(crate) fn longest(
        &self,
        tokens: &[Token<'_>],
        definite: &[String],
        single: &[String],
    ) -> Option<(usize, Meaning)> {
        let tokens = tokens.get(..LONGEST_PHRASE.min(tokens.len()))?;
        let names: Vec<String> = tokens.iter().map(|token| named(*token, definite)).collect();
        let keys: Vec<String> = tokens.iter().map(|token| bare(*token, definite)).collect();
        for length in (1..=tokens.len()).rev() {
            let named = self.proper.get(&names.get(..length)?.join(" "));
            if let Some(meaning) = named.or_else(|| self.forms.get(&keys.get(..length)?.join(" "))) {
                return Some((length, meaning.clone()));
            }
        }
        let (word, alphabet, hamza) = *tokens.first()?;
        if alphabet == Alphabet::Latin {
            return None;
        }
        let proper =
            |any: &[Concept]| Meaning { any: any.to_vec(), all: vec![], kind: Some(TermKind::Proper) };
        let adjective = |word: &str| -> Option<Meaning> {
            let stem = ["يين", "يون", "يه", "يي", "ي"].iter().find_map(|end| word.strip_suffix(end))?;
            self.adjectives.get(stem).map(|any| proper(any))
        };
        if let Some(meaning) = adjective(without_article(word, hamza, definite)) {
            return Some((1, meaning));
        }
        // Written together with a word of one letter: بأفريقيا, لهزيمة.
        let rest = single.iter().find_map(|clitic| word.strip_prefix(clitic.as_str()))?;
        rest.chars().nth(3)?;
        let rest_of = (rest, alphabet, false);
        let known = self.proper.get(&named(rest_of, definite));
        let known = known.or_else(|| self.forms.get(&bare(rest_of, definite))).cloned();
        known.or_else(|| adjective(rest)).map(|meaning| (1, meaning))
    }
}

fn without_article<'a>(word: &'a str, hamza: bool, definite: &[String]) -> &'a str {
    if hamza {
        return word;
    }
    let long = |rest: &&str| rest.chars().nth(1).is_some();
    definite.iter().find_map(|d| word.strip_prefix(d.as_str()).filter(long)).unwrap_or(word)
}

/// A word of a proper name as it is looked up: without article; in Latin letters also without the endings of plural
/// and feminine, which French adjectives have.
fn named((word, alphabet, hamza): Token<'_>, definite: &[String]) -> String {
    match alphabet {
        Alphabet::Latin => bare((word, alphabet, hamza), definite),
        Alphabet::Arabic => without_article(word, hamza, definite).to_owned(),
    }
}

/// A word as it is looked up: without article, plural and the ending of the feminine or of ezafe.
fn bare((word, alphabet, hamza): Token<'_>, definite: &[String]) -> String {
    let long = |rest: &&str| rest.chars().nth(2).is_some();
    let cut = |word: &str, ends: &[&str]| -> String {
        ends.iter().find_map(|end| word.strip_suffix(end).filter(long)).unwrap_or(word).to_owned()
    };
    match alphabet {
        Alphabet::Latin => cut(&cut(word, &["s"]), &["e"]),
        Alphabet::Arabic => cut(
            without_article(word, hamza, definite),
            &["يين", "يون", "يات", "ات", "ين", "ون", "يه", "هاي", "ها", "يي", "ه", "ي"],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_well_formed_and_has_the_concepts_of_the_others() {
        let mut seen: Option<Vec<String>> = None;
        for (lang, terms, territories) in FILES {
            let terms: TermsFile = toml::from_str(terms).unwrap_or_else(|e| panic!("{lang} terms: {e}"));
            let places: Forms =
                toml::from_str(territories).unwrap_or_else(|e| panic!("{lang} territories: {e}"));
            assert!(places.len() > 250, "{lang}");
            let concepts: Vec<String> = [&terms.distinct, &terms.words, &terms.light, &terms.bodies]
                .iter()
                .flat_map(|forms| forms.keys().cloned())
                .collect();
            if let Some(seen) = &seen {
                assert_eq!(seen, &concepts, "{lang}");
            }
            for said in terms.said.keys().flat_map(|k| k.split(' ')) {
                assert!(concepts.iter().any(|c| c == said), "{lang}: {said}");
            }
            seen = Some(concepts);
        }
    }
}
