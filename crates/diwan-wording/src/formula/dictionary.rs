//! Words of a sentence as they meet words of another language: through a dictionary, as figures, by the sound of a name.

use std::collections::HashMap;

use diwan_model::LanguageTag;
use diwan_text::names::sounds;
use diwan_text::normal::strong_in;
use diwan_text::stem::{is_stop_word, stem};
use diwan_text::words::{WordKind, words_in};
use xxhash_rust::xxh3::xxh3_64;

/// How words of one language are rendered in another: by stems, with how sure each rendering is, 0 to 1.
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    languages: HashMap<(String, String), Renderings>,
}

/// How stems are rendered, and whether they are known at all.
#[derive(Debug, Clone, Default)]
pub(super) struct Renderings(HashMap<u64, Vec<(u64, f32)>>);

impl Dictionary {
    /// Takes in renderings of stems (as `diwan_text::stem` makes them) of two languages; they count both ways.
    pub fn add<'a>(
        &mut self,
        from: &LanguageTag,
        to: &LanguageTag,
        pairs: impl IntoIterator<Item = (&'a str, &'a str, f32)>,
    ) {
        let (from, to) = (from.primary().to_owned(), to.primary().to_owned());
        for (a, b, sure) in pairs {
            let (x, y) = (xxh3_64(a.as_bytes()), xxh3_64(b.as_bytes()));
            for (langs, x, y) in [((&from, &to), x, y), ((&to, &from), y, x)] {
                let of = self.languages.entry((langs.0.clone(), langs.1.clone())).or_default();
                let known = of.0.entry(x).or_default();
                match known.iter_mut().find(|(other, _)| *other == y) {
                    Some((_, old)) => *old = old.max(sure),
                    None => known.push((y, sure)),
                }
            }
        }
    }

    /// Renderings from one language into another.
    pub(super) fn between(&self, from: &str, to: &str) -> Option<&Renderings> {
        self.languages.get(&(from.to_owned(), to.to_owned()))
    }
}

/// A word that carries content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Notion {
    /// Its stem; of a figure, its digits.
    pub(super) stem: u64,
    figure: bool,
    /// How it sounds, where it may be a name.
    sounds: Vec<u64>,
}

/// What of a sentence is compared, each once, by stem.
pub(super) fn notions(sentence: &str, lang: &LanguageTag) -> Vec<Notion> {
    let mut out: Vec<Notion> = words_in(sentence, lang)
        .into_iter()
        .filter(|word| !matches!(word.kind, WordKind::Punctuation | WordKind::Address))
        .filter_map(|word| {
            let printed = word.span.of(sentence);
            let strong = strong_in(printed, lang);
            let figure = strong.starts_with(|c: char| c.is_ascii_digit());
            if strong.is_empty() || (!figure && is_stop_word(&strong, lang)) {
                return None;
            }
            let stem = if figure { strong.clone() } else { stem(&strong, lang) };
            let latin = strong.chars().all(|c| c.is_ascii_alphabetic());
            let name = !figure && (!latin || printed.starts_with(char::is_uppercase));
            let sounds = if name { sounds(&strong) } else { Vec::new() };
            Some(Notion {
                stem: xxh3_64(stem.as_bytes()),
                figure,
                sounds: sounds.iter().map(|s| xxh3_64(s.as_bytes())).collect(),
            })
        })
        .collect();
    out.sort_by_key(|notion| notion.stem);
    out.dedup_by_key(|notion| notion.stem);
    out
}

/// How sure a name is that sounds alike in another script.
const SOUNDS_ALIKE: f32 = 0.7;

impl Renderings {
    /// For each notion of a sentence, how surely the other sentence has it, 0 to 1.
    pub(super) fn met(&self, own: &[Notion], other: &[Notion], back: &Self) -> Vec<f32> {
        own.iter()
            .map(|notion| {
                if other.binary_search_by_key(&notion.stem, |o| o.stem).is_ok() {
                    return 1.0;
                }
                if notion.figure {
                    return 0.0;
                }
                let known = self.0.get(&notion.stem).map(Vec::as_slice).unwrap_or(&[]);
                let rendered = known
                    .iter()
                    .filter(|(stem, _)| other.binary_search_by_key(stem, |o| o.stem).is_ok())
                    .map(|(_, sure)| *sure)
                    .fold(0.0, f32::max);
                // A word of the dictionary is no name.
                let alike = |o: &Notion| {
                    !o.figure
                        && !back.0.contains_key(&o.stem)
                        && o.sounds.iter().any(|sound| notion.sounds.contains(sound))
                };
                let sounds = known.is_empty() && other.iter().any(alike);
                rendered.max(if sounds { SOUNDS_ALIKE } else { 0.0 })
            })
            .collect()
    }
}
