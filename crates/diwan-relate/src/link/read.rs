//! A document as features that mean the same in any language.

use diwan_model::LanguageTag;
use diwan_text::dates::{DateOptions, find_dates};
use diwan_text::normal::strong_in;
use diwan_text::words::{WordKind, words};
use xxhash_rust::xxh3::xxh3_64;

use crate::align::fast::FastMap;
use crate::align::{concepts_of, is_known_word};

/// What kind of feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// A date in one normal form.
    Date,
    /// A number in digits.
    Figure,
    /// A word in its letters.
    Letters,
    /// The first letters of a word.
    Opening,
    /// The sound of a name.
    Sound,
    /// A concept of the seed lexicon.
    Concept,
}

impl Kind {
    /// How much a feature of the kind says beside others as rare.
    pub(super) fn weight(self) -> f32 {
        match self {
            Self::Date => 1.6,
            Self::Figure => 1.2,
            Self::Letters | Self::Concept => 1.0,
            Self::Opening => 0.5,
            Self::Sound => 0.6,
        }
    }

    fn tag(self) -> u64 {
        match self {
            Self::Date => 1,
            Self::Figure => 2,
            Self::Letters => 3,
            Self::Opening => 4,
            Self::Sound => 5,
            Self::Concept => 6,
        }
    }
}

#[derive(Debug)]
pub(super) struct ReadFeature {
    pub(super) key: u64,
    pub(super) kind: Kind,
    pub(super) amount: f32,
    pub(super) printed: Option<Box<str>>,
}

#[derive(Debug, Default)]
pub(super) struct ReadDocument {
    pub(super) features: Vec<ReadFeature>,
    pub(super) length: f32,
}

/// Reads documents, remembering the words it has met.
#[derive(Debug, Default)]
pub(super) struct Reader {
    forms: FastMap<u64, Vec<(u64, Kind, f32)>>,
}

/// Words and characters of a document beyond this many are not read: what ties it stands before.
const MOST_WORDS: usize = 20_000;

impl Reader {
    /// The features of a text.
    pub(super) fn read(&mut self, text: &str, lang: &LanguageTag) -> ReadDocument {
        let mut counts: FastMap<u64, (Kind, f32, Option<Box<str>>)> = FastMap::default();
        let language = xxh3_64(lang.primary().as_bytes());
        let mut length = 0.0;
        let mut read = 0;
        for line in text.lines() {
            length += line.chars().filter(|c| !c.is_whitespace()).count() as f32;
            if read > MOST_WORDS {
                continue;
            }
            if line.chars().any(char::is_numeric) {
                for date in find_dates(line, &DateOptions { lang: lang.clone(), issued: None }) {
                    let value = date.value.to_string();
                    let slot = counts.entry(key(Kind::Date, &value)).or_insert((Kind::Date, 0.0, None));
                    slot.1 += 1.0;
                    slot.2 = Some(value.into());
                }
            }
            for word in
                words(line).into_iter().filter(|w| matches!(w.kind, WordKind::Word | WordKind::Number))
            {
                read += 1;
                let printed = word.span.of(line);
                let form = xxh3_64(printed.as_bytes()) ^ language;
                let features = self
                    .forms
                    .entry(form)
                    .or_insert_with(|| form_features(printed, word.kind == WordKind::Number, lang));
                for (key, kind, amount) in features {
                    let slot = counts.entry(*key).or_insert((*kind, 0.0, None));
                    slot.1 += *amount;
                    if slot.2.is_none() && matches!(kind, Kind::Figure | Kind::Letters) {
                        slot.2 = Some(printed.into());
                    }
                }
            }
        }
        let mut features: Vec<ReadFeature> = counts
            .into_iter()
            .map(|(key, (kind, amount, printed))| ReadFeature {
                key,
                kind,
                amount: 1.0 + amount.max(1e-3).ln().max(-2.0) * 0.5,
                printed,
            })
            .collect();
        features.sort_unstable_by_key(|f| f.key);
        features.retain(|f| f.amount > 0.0);
        ReadDocument { features, length }
    }
}

fn key(kind: Kind, text: &str) -> u64 {
    xxh3_64(text.as_bytes()) >> 3 | kind.tag() << 61
}

fn form_features(printed: &str, number: bool, lang: &LanguageTag) -> Vec<(u64, Kind, f32)> {
    let strong = strong_in(printed, lang);
    if number || strong.starts_with(|c: char| c.is_ascii_digit()) {
        let digits: String = strong.chars().filter(char::is_ascii_digit).collect();
        let digits = digits.trim_start_matches('0');
        return if digits.len() >= 2 {
            vec![(key(Kind::Figure, digits), Kind::Figure, 1.0)]
        } else {
            Vec::new()
        };
    }
    if strong.chars().count() < 3 || diwan_text::stem::is_stop_word(&strong, lang) {
        return Vec::new();
    }
    let stem = diwan_text::stem::stem(&strong, lang);
    let mut out = Vec::new();
    let concepts = concepts_of(&stem, lang);
    for concept in concepts {
        let share = 1.0 / (concepts.len() as f32).sqrt();
        out.push((key(Kind::Concept, &concept.to_string()), Kind::Concept, share));
    }
    let latin = strong.chars().all(|c| c.is_ascii_alphabetic());
    let letters = strong.chars().count();
    if letters >= 4 {
        // Across languages of one script an ending is the language's own.
        let whole = if latin { &strong } else { &stem };
        out.push((key(Kind::Letters, whole), Kind::Letters, 1.0));
        if letters >= 6 && latin {
            out.push((key(Kind::Opening, &strong.chars().take(5).collect::<String>()), Kind::Opening, 1.0));
        }
    }
    let name = if latin {
        printed.chars().next().is_some_and(char::is_uppercase)
    } else {
        !is_known_word(&stem, lang)
    };
    if name {
        let sounds = crate::sound::sounds(&strong);
        out.extend(
            sounds.into_iter().filter(|s| s.len() >= 3).map(|s| (key(Kind::Sound, &s), Kind::Sound, 1.0)),
        );
    }
    out
}
