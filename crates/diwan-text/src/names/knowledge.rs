//! What `data/<lang>/names.toml` and `data/names/` know: particles, titles, cue words, clitics, letters, weights.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use super::letters::{self, Alphabet};
use super::terms::{Meaning, Terms, Token};
use super::weights::Weights;

/// One language's file.
#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct NamesFile {
    particles: Vec<String>,
    links: Vec<String>,
    articles: Vec<String>,
    joined: Vec<String>,
    neutral: Vec<String>,
    distinct: Vec<String>,
    cues: CuesFile,
    clitics: CliticsFile,
    letters: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct CuesFile {
    person: Vec<String>,
    organisation: Vec<String>,
    place: Vec<String>,
    before_place: Vec<String>,
    courtesy: Vec<String>,
    offices: Vec<String>,
    common: Vec<String>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct CliticsFile {
    single: Vec<String>,
    definite: Vec<String>,
}

const FILES: [(&str, &str); 6] = [
    ("ar", include_str!("../../data/ar/names.toml")),
    ("en", include_str!("../../data/en/names.toml")),
    ("fa", include_str!("../../data/fa/names.toml")),
    ("fr", include_str!("../../data/fr/names.toml")),
    ("he", include_str!("../../data/he/names.toml")),
    ("ru", include_str!("../../data/ru/names.toml")),
];

/// What a part of a name is to the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Carries the name.
    Core,
    /// A letter that stands for a part.
    Initial,
    /// Neither needed nor against.
    Light,
    /// Makes another name of the one it is put to.
    Distinct,
}
/// Cue words of one language, folded; for finding names in running text.
#[derive(Debug, Default)]
pub(crate) struct Cues {
    pub(crate) person: BTreeSet<Vec<String>>,
    pub(crate) organisation: BTreeSet<String>,
    pub(crate) place: BTreeSet<String>,
    pub(crate) before_place: BTreeSet<String>,
    /// Titles that stand right before the name.
    pub(crate) courtesy: BTreeSet<String>,
    /// What an office is over: foreign affairs, defence.
    pub(crate) offices: BTreeSet<String>,
    /// Words of `person` that are one word.
    pub(crate) titles: BTreeSet<String>,
    pub(crate) common: BTreeSet<String>,
    pub(crate) particles: BTreeSet<String>,
}

/// `data/names/given.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenFile {
    /// The forms of one name in all alphabets.
    names: Vec<Vec<String>>,
}

const GIVEN: &str = include_str!("../../data/names/given.toml");

/// All of it.
#[derive(Debug)]
pub(crate) struct Knowledge {
    roles: HashMap<String, Role>,
    articles: BTreeSet<String>,
    /// Particles, articles and prepositions: passed over in phrases.
    links: BTreeSet<String>,
    terms: Terms,
    /// Prepositions that end in alef maqsura (على): printed with ya they are names (علي).
    alef_links: BTreeSet<String>,
    /// Folded forms of given names with a settled spelling, to the names that they are.
    given: HashMap<String, Vec<u16>>,
    joined: BTreeSet<String>,
    letters: HashMap<char, String>,
    pub(crate) definite: Vec<String>,
    pub(crate) single: Vec<String>,
    cues: BTreeMap<&'static str, Cues>,
    pub(crate) latin_arabic: Weights,
    pub(crate) latin_latin: Weights,
    pub(crate) arabic_arabic: Weights,
}

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(Knowledge::load);

/// The knowledge, read once.
pub(crate) fn knowledge() -> &'static Knowledge {
    &KNOWLEDGE
}

impl Knowledge {
    fn load() -> Self {
        let mut all = Self {
            roles: HashMap::new(),
            articles: BTreeSet::new(),
            links: BTreeSet::new(),
            terms: Terms::default(),
            alef_links: BTreeSet::new(),
            given: HashMap::new(),
            joined: BTreeSet::new(),
            letters: HashMap::new(),
            definite: Vec::new(),
            single: Vec::new(),
            cues: BTreeMap::new(),
            latin_arabic: Weights::read(
                include_str!("../../data/names/latin-arabic.tsv"),
                Alphabet::Latin,
                Alphabet::Arabic,
            ),
            latin_latin: Weights::read(
                include_str!("../../data/names/latin-latin.tsv"),
                Alphabet::Latin,
                Alphabet::Latin,
            ),
            arabic_arabic: Weights::read(
                include_str!("../../data/names/arabic-arabic.tsv"),
                Alphabet::Arabic,
                Alphabet::Arabic,
            ),
        };
        let files: Vec<(&str, NamesFile)> =
            FILES.iter().map(|(lang, text)| (*lang, toml::from_str(text).unwrap_or_default())).collect();
        // Letters first: the words below are folded with them.
        for (_, file) in &files {
            for (letter, reading) in &file.letters {
                if let Some(c) = letter.chars().next() {
                    all.letters.insert(c, reading.clone());
                }
            }
        }
        for (lang, file) in &files {
            all.add(lang, file);
        }
        all.definite.sort_by_key(|d| std::cmp::Reverse(d.chars().count()));
        let words = |form: &str| {
            let printed = super::name::split(&all, form).into_iter();
            printed.filter(|w| !w.link).map(|w| (w.folded, w.alphabet, w.hamza)).collect()
        };
        all.terms = Terms::load(words, &all.definite);
        all.add_given();
        all
    }

    fn add(&mut self, lang: &'static str, file: &NamesFile) {
        let folded = |list: &[String]| -> Vec<String> { list.iter().map(|w| self.fold(w)).collect() };
        let roles = [
            (Role::Light, folded(&file.particles)),
            (Role::Light, folded(&file.links)),
            (Role::Light, folded(&file.neutral)),
            (Role::Distinct, folded(&file.distinct)),
        ];
        let articles = folded(&file.articles);
        let links: Vec<String> =
            [&file.particles, &file.articles, &file.links].iter().flat_map(|list| folded(list)).collect();
        let joined = folded(&file.joined);
        let alef_links: Vec<String> =
            file.links.iter().filter(|link| link.ends_with('ى')).map(|link| self.fold(link)).collect();
        let (definite, single) = (folded(&file.clitics.definite), folded(&file.clitics.single));
        let cues = Cues {
            person: file.cues.person.iter().map(|c| c.split(' ').map(|w| self.fold(w)).collect()).collect(),
            organisation: folded(&file.cues.organisation).into_iter().collect(),
            place: folded(&file.cues.place).into_iter().collect(),
            before_place: folded(&file.cues.before_place).into_iter().collect(),
            courtesy: folded(&file.cues.courtesy).into_iter().collect(),
            offices: folded(&file.cues.offices).into_iter().collect(),
            titles: folded(&file.cues.person).into_iter().collect(),
            common: folded(&file.cues.common).into_iter().collect(),
            particles: folded(&file.particles).into_iter().chain(folded(&file.articles)).collect(),
        };
        for (role, words) in roles {
            for word in words {
                self.roles.insert(word, role);
            }
        }
        self.articles.extend(articles);
        self.links.extend(links);
        self.joined.extend(joined);
        self.alef_links.extend(alef_links);
        self.definite.extend(definite);
        self.single.extend(single);
        self.cues.insert(lang, cues);
    }

    fn add_given(&mut self) {
        let file: GivenFile = toml::from_str(GIVEN).unwrap_or_default();
        for (number, forms) in (0u16..).zip(&file.names) {
            for form in forms {
                let numbers = self.given.entry(self.fold(form)).or_default();
                if !numbers.contains(&number) {
                    numbers.push(number);
                }
            }
        }
    }

    /// The names that a folded word is a settled spelling of.
    pub(crate) fn given(&self, folded: &str) -> &[u16] {
        self.given.get(folded).map_or(&[], Vec::as_slice)
    }

    /// Whether a folded word is a preposition only where it is printed with alef maqsura at its end.
    pub(crate) fn is_alef_link(&self, folded: &str) -> bool {
        self.alef_links.contains(folded)
    }

    /// The cue words of a language, if it has a file with any.
    pub(crate) fn cues(&self, lang: &str) -> Option<&Cues> {
        self.cues.get(lang).filter(|c| !c.person.is_empty())
    }

    /// A word folded into its alphabet, anything that is no letter left out.
    pub(crate) fn fold(&self, word: &str) -> String {
        let mut out = String::with_capacity(word.len());
        for c in word.chars() {
            self.fold_char(c, &mut out);
        }
        out
    }

    /// Appends the folded form of a letter.
    pub(crate) fn fold_char(&self, c: char, out: &mut String) -> Option<Alphabet> {
        if let Some(alphabet) = letters::fold(c, out) {
            return Some(alphabet);
        }
        if !c.is_alphabetic() {
            return None;
        }
        let lower = c.to_lowercase().next().unwrap_or(c);
        let reading = self.letters.get(&lower)?;
        let mut alphabet = Alphabet::Latin;
        for letter in reading.chars() {
            alphabet = letters::fold(letter, out).unwrap_or(alphabet);
        }
        Some(alphabet)
    }

    /// What a folded word is.
    pub(crate) fn role(&self, folded: &str) -> Role {
        self.roles.get(folded).copied().unwrap_or(Role::Core)
    }

    /// Whether a folded word is an article written apart.
    pub(crate) fn is_article(&self, folded: &str) -> bool {
        self.articles.contains(folded)
    }

    /// Whether a folded word only links others: a particle, an article, a preposition.
    pub(crate) fn is_link(&self, folded: &str) -> bool {
        self.links.contains(folded)
    }

    /// The longest phrase known that folded words begin with: how many words, and what it says.
    pub(crate) fn term(&self, words: &[Token<'_>]) -> Option<(usize, Meaning)> {
        self.terms.longest(words, &self.definite, &self.single)
    }

    /// Concepts, for keys.
    pub(crate) fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Whether a folded word is read as one with the next.
    pub(crate) fn is_joined(&self, folded: &str) -> bool {
        self.joined.contains(folded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_well_formed() {
        for (lang, text) in FILES {
            if let Err(error) = toml::from_str::<NamesFile>(text) {
                panic!("{lang}: {error}");
            }
        }
    }

    #[test]
    fn given_names_are_well_formed() {
        let file: GivenFile = toml::from_str(GIVEN).unwrap();
        for forms in &file.names {
            let latin = forms.iter().filter(|f| f.chars().any(|c| c.is_ascii_alphabetic())).count();
            assert!((1..forms.len()).contains(&latin), "{forms:?}");
        }
    }

    #[test]
    fn weights_print_and_read_back() {
        let weights = &knowledge().latin_arabic;
        let again = Weights::read(&weights.print(), Alphabet::Latin, Alphabet::Arabic);
        assert_eq!(weights.print(), again.print());
        assert!(weights.pairings.len() > 200);
    }
}
