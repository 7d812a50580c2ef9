//! A document as features that mean the same in any language.

use diwan_model::LanguageTag;
use diwan_text::dates::{DateOptions, find_dates};
use diwan_text::normal::strong_in;
use diwan_text::words::{WordKind, words};
use xxhash_rust::xxh3::xxh3_64;

use crate::align::fast::FastMap;
use crate::align::{concepts_of, is_known_word};

use super::learn::Learnt;

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
    /// Two words that were learnt to render each other.
    Learnt,
}

impl Kind {
    /// How much a feature of the kind says beside others as rare.
    pub(super) fn weight(self) -> f32 {
        match self {
            Self::Date => 1.6,
            Self::Figure => 1.2,
            Self::Letters | Self::Concept | Self::Learnt => 1.0,
            Self::Opening => 0.5,
            Self::Sound => 0.6,
        }
    }

    fn tag(self) -> u32 {
        match self {
            Self::Date => 1,
            Self::Figure => 2,
            Self::Letters => 3,
            Self::Opening => 4,
            Self::Sound => 5,
            Self::Concept => 6,
            Self::Learnt => 7,
        }
    }

    /// The kind of a feature.
    pub(super) fn of(key: u32) -> Self {
        match key & 7 {
            1 => Self::Date,
            2 => Self::Figure,
            4 => Self::Opening,
            5 => Self::Sound,
            6 => Self::Concept,
            7 => Self::Learnt,
            _ => Self::Letters,
        }
    }
}

/// Steps of an amount in one: amounts lie from 0 to about 6 and are kept in a byte.
const STEPS: f32 = 40.0;

/// What a document is compared by, and what is kept of it: features that mean the same in any language, as small numbers.
/// It holds no text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// Features in order, each with how much of it there is.
    pub(super) features: Box<[u32]>,
    pub(super) amounts: Box<[u8]>,
    /// Letters, spaces left out.
    pub(super) length: f32,
    /// Lines with words.
    pub(super) lines: u32,
}

impl Profile {
    /// Reads a text. The same text in the same language gives the same profile, for one [`super::LINK_METHOD`].
    pub fn of(text: &str, lang: &LanguageTag) -> Self {
        Reader::default().read(text, lang)
    }

    /// The features, as the inverted index keeps them.
    pub fn features(&self) -> &[u32] {
        &self.features
    }

    /// As bytes, for keeping.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(8 + 5 * self.features.len());
        out.extend(self.length.to_le_bytes());
        out.extend(self.lines.to_le_bytes());
        for (key, amount) in self.features.iter().zip(&self.amounts) {
            out.extend(key.to_le_bytes());
            out.push(*amount);
        }
        out
    }

    /// Reads what [`Self::to_bytes`] wrote; `None` where it is not that.
    ///
    /// ```
    /// use diwan_relate::link::Profile;
    /// let profile = Profile::of("The Council met on 3 May 2024.", &"en".into());
    /// assert!(!profile.features().is_empty());
    /// assert_eq!(Profile::from_bytes(&profile.to_bytes()), Some(profile));
    /// assert_eq!(Profile::from_bytes(b"12345"), None);
    /// ```
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (head, rest) = bytes.split_first_chunk::<8>()?;
        let [a, b, c, d, e, f, g, h] = *head;
        if rest.len() % 5 != 0 {
            return None;
        }
        let entry = |e: &[u8]| Some((u32::from_le_bytes(*e.first_chunk::<4>()?), *e.get(4)?));
        let entries = rest.chunks(5).map(entry).collect::<Option<Vec<_>>>()?;
        let (features, amounts): (Vec<u32>, Vec<u8>) = entries.into_iter().unzip();
        let length = f32::from_le_bytes([a, b, c, d]);
        (length.is_finite() && features.is_sorted()).then(|| Self {
            features: features.into(),
            amounts: amounts.into(),
            length,
            lines: u32::from_le_bytes([e, f, g, h]),
        })
    }
}

pub(super) fn amount_of(kept: u8) -> f32 {
    f32::from(kept) / STEPS
}

/// Features of a form: each with its kind and how much of it one word is.
type FormFeatures = Vec<(u32, Kind, f32)>;

/// Reads documents, remembering the words it has met.
#[derive(Debug, Default)]
pub(super) struct Reader<'a> {
    forms: FastMap<u64, FormFeatures>,
    learnt: Option<&'a Learnt>,
}

/// Words and characters of a document beyond this many are not read: what ties it stands before.
const MOST_WORDS: usize = 20_000;

impl<'a> Reader<'a> {
    /// A reader that knows learnt word pairs too.
    pub(super) fn with(learnt: &'a Learnt) -> Self {
        Self { forms: FastMap::default(), learnt: Some(learnt) }
    }

    /// The features of a text.
    pub(super) fn read(&mut self, text: &str, lang: &LanguageTag) -> Profile {
        let mut counts: FastMap<u32, f32> = FastMap::default();
        let (length, lines) =
            self.walk(text, lang, |key, amount, _| *counts.entry(key).or_default() += amount);
        let mut features: Vec<(u32, u8)> = counts
            .into_iter()
            .map(|(key, amount)| (key, 1.0 + amount.max(1e-3).ln().max(-2.0) * 0.5))
            .map(|(key, amount)| (key, (amount * STEPS).round().clamp(0.0, 255.0) as u8))
            .filter(|(_, amount)| *amount > 0)
            .collect();
        features.sort_unstable();
        let (features, amounts): (Vec<u32>, Vec<u8>) = features.into_iter().unzip();
        Profile { features: features.into(), amounts: amounts.into(), length, lines }
    }

    /// How those features that are looked for are printed in a text, the first time each.
    pub(super) fn printed(
        &mut self,
        text: &str,
        lang: &LanguageTag,
        wanted: impl Fn(u32) -> bool,
    ) -> FastMap<u32, String> {
        let mut out: FastMap<u32, String> = FastMap::default();
        self.walk(text, lang, |key, _, printed| {
            if wanted(key) {
                out.entry(key).or_insert_with(|| printed.to_owned());
            }
        });
        out
    }

    /// Calls `take` with each feature of a text, how much of it there is, and as it is printed; gives the length and the
    /// number of lines.
    fn walk(&mut self, text: &str, lang: &LanguageTag, mut take: impl FnMut(u32, f32, &str)) -> (f32, u32) {
        let language = xxh3_64(lang.primary().as_bytes());
        let (mut length, mut lines, mut read) = (0.0, 0, 0);
        for line in text.lines() {
            let letters = line.chars().filter(|c| !c.is_whitespace()).count();
            length += letters as f32;
            lines += u32::from(letters > 0);
            if read > MOST_WORDS {
                continue;
            }
            if line.chars().any(char::is_numeric) {
                for date in find_dates(line, &DateOptions { lang: lang.clone(), issued: None }) {
                    let value = date.value.to_string();
                    take(key(Kind::Date, &value), 1.0, &value);
                }
            }
            for word in
                words(line).into_iter().filter(|w| matches!(w.kind, WordKind::Word | WordKind::Number))
            {
                read += 1;
                let printed = word.span.of(line);
                let form = xxh3_64(printed.as_bytes()) ^ language;
                let learnt = self.learnt;
                let features = self
                    .forms
                    .entry(form)
                    .or_insert_with(|| form_features(printed, word.kind == WordKind::Number, lang, learnt));
                for (key, _, amount) in features {
                    take(*key, *amount, printed);
                }
            }
        }
        (length, lines)
    }
}

/// A feature as a number: its kind in the lowest three bits, a hash above them. Two that fall together (one in some
/// hundreds, of millions) share a posting list and little else.
pub(super) fn key(kind: Kind, text: &str) -> u32 {
    (xxh3_64(text.as_bytes()) >> 32) as u32 & !7 | kind.tag()
}

fn form_features(printed: &str, number: bool, lang: &LanguageTag, learnt: Option<&Learnt>) -> FormFeatures {
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
    for key in learnt.into_iter().flat_map(|l| l.features(lang, &stem)) {
        out.push((*key, Kind::Learnt, 1.0));
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
