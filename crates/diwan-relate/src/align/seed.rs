//! The seed lexicon of official prose (`data/lexicon/`): what a word may be in another language before anything is learnt.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use diwan_model::LanguageTag;
use diwan_text::normal::{Form, normal};
use diwan_text::stem::{is_stop_word, stem};
use rayon::prelude::*;
use serde::Deserialize;

use super::Lexicon;

/// Languages of a row, in the order of its cells.
const LANGUAGES: [&str; 4] = ["en", "fr", "ar", "fa"];

macro_rules! files {
    ($($name:literal)*) => { [$(include_str!(concat!("../../data/lexicon/", $name, ".toml")),)*] };
}

const FILES: [&str; 20] = files![
    "adjectives" "adverbs" "culture" "diplomacy" "economy" "environment" "health" "law" "nouns-daily" "nouns-general"
    "nouns-public" "numbers" "science" "security" "society" "time" "titles" "units" "verbs-acting" "verbs"
];

#[derive(Deserialize)]
struct File {
    concepts: Vec<String>,
}

/// For each concept, its stems in each of [`LANGUAGES`].
type Concept = [Vec<String>; LANGUAGES.len()];

static CONCEPTS: LazyLock<Vec<Concept>> =
    LazyLock::new(|| FILES.par_iter().flat_map(|text| read(text)).collect());

/// Concepts of a file. A test checks that every file is sound; a broken one would give none.
fn read(text: &str) -> Vec<Concept> {
    let rows = toml::from_str::<File>(text).map(|file| file.concepts).unwrap_or_default();
    rows.iter().map(|row| concept(row)).collect()
}

fn concept(row: &str) -> Concept {
    let mut cells = row.split('|');
    LANGUAGES.map(|lang| {
        let lang = LanguageTag::from_static(lang);
        let lemmas = cells.next().unwrap_or("").split(',').map(str::trim);
        let mut stems: Vec<String> = lemmas.filter_map(|lemma| content_stem(lemma, &lang)).collect();
        stems.sort();
        stems.dedup();
        stems
    })
}

/// The stem of the one word of a lemma that carries its meaning; `None` where it has none or several.
fn content_stem(lemma: &str, lang: &LanguageTag) -> Option<String> {
    let mut words = lemma
        .split_whitespace()
        .map(|word| normal(word, Form::Strong, lang).text)
        .filter(|word| !word.is_empty() && !is_stop_word(word, lang));
    let first = words.next()?;
    words.next().is_none().then(|| stem(&first, lang))
}

/// The seed for two languages; empty where one of them is not in it.
///
/// A pair's weight is 1 for a word with few renderings and falls with their number, because a word that may be
/// anything says little.
pub(super) fn seed(from: &LanguageTag, to: &LanguageTag) -> Lexicon {
    let column = |lang: &LanguageTag| LANGUAGES.iter().position(|l| *l == lang.primary());
    let (Some(a), Some(b)) = (column(from), column(to)) else { return Lexicon::default() };
    let mut pairs: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    let (mut left, mut right): (BTreeMap<&str, u32>, BTreeMap<&str, u32>) =
        (BTreeMap::new(), BTreeMap::new());
    for concept in CONCEPTS.iter() {
        for s in concept.get(a).into_iter().flatten() {
            for t in concept.get(b).into_iter().flatten() {
                if pairs.insert((s, t), 1).is_none() {
                    *left.entry(s).or_default() += 1;
                    *right.entry(t).or_default() += 1;
                }
            }
        }
    }
    let crowd = |n: Option<&u32>| n.copied().unwrap_or(1) as f32;
    let pairs = pairs
        .into_keys()
        .map(|(s, t)| {
            let weight = (4.0 / crowd(left.get(s)).max(crowd(right.get(t)))).min(1.0);
            (s.to_owned(), t.to_owned(), weight)
        })
        .collect();
    Lexicon { pairs }
}

/// By language: the concepts that a stem may stand for.
static BY_STEM: LazyLock<[HashMap<&'static str, Vec<u32>>; LANGUAGES.len()]> = LazyLock::new(|| {
    let mut out = LANGUAGES.map(|_| HashMap::new());
    for (number, concept) in (0..).zip(CONCEPTS.iter()) {
        for (map, stems) in out.iter_mut().zip(concept) {
            for stem in stems {
                map.entry(stem.as_str()).or_insert_with(Vec::new).push(number);
            }
        }
    }
    out
});

/// The concepts that a stem of a language may stand for.
pub(super) fn concepts(stem: &str, lang: &LanguageTag) -> &'static [u32] {
    let column = LANGUAGES.iter().position(|l| *l == lang.primary());
    column.and_then(|c| BY_STEM.get(c)).and_then(|map| map.get(stem)).map_or(&[], Vec::as_slice)
}

/// Whether a stem is one of the words of the seed in a language.
pub(super) fn knows(stem: &str, lang: &LanguageTag) -> bool {
    !concepts(stem, lang).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_four_cells() {
        for text in FILES {
            let file: File = toml::from_str(text).expect("a data file");
            for row in file.concepts {
                let cells: Vec<&str> = row.split('|').map(str::trim).collect();
                assert!(cells.len() == LANGUAGES.len() && cells.iter().all(|c| !c.is_empty()), "{row}");
            }
        }
    }

    #[test]
    fn a_word_leads_to_its_renderings() {
        let lexicon = seed(&"en".into(), &"fr".into());
        let (from, to) = (stem("resolution", &"en".into()), stem("resolution", &"fr".into()));
        assert!(lexicon.pairs.iter().any(|(s, t, _)| *s == from && *t == to), "{from} {to}");
        assert_eq!(seed(&"en".into(), &"tr".into()), Lexicon::default());
    }
}
