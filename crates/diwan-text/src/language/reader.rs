//! From a text to its language.

use std::borrow::Cow;
use std::sync::LazyLock;

use diwan_model::LanguageTag;
use icu_normalizer::ComposingNormalizerBorrowed;

use super::Guess;
use super::fold::Words;
use super::forms::Forms;
use super::model::{Cost, MOST_LANGUAGES, Model, NAT, Set};
use crate::script::Script;

/// A language that is this much dearer than the best so far is no longer asked.
const HOPELESS: Cost = 200;
/// Reading stops when the second best is this much dearer …
const DECIDED: Cost = 400;
/// … after at least so many letters.
const ENOUGH_LETTERS: usize = 60;
/// Words of a text are far from independent of each other; this much of the difference of costs counts for confidence.
const TRUST: f32 = 0.5;

pub(crate) static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::from_bytes(include_bytes!("../../data/language/model.bin")).unwrap_or_default());

/// Scripts that one language alone is written in, as far as official texts go.
const ONE_LANGUAGE: &[(Script, &str)] = &[
    (Script::Greek, "el"),
    (Script::Armenian, "hy"),
    (Script::Syriac, "syr"),
    (Script::Thaana, "dv"),
    (Script::Gurmukhi, "pa"),
    (Script::Gujarati, "gu"),
    (Script::Odia, "or"),
    (Script::Tamil, "ta"),
    (Script::Telugu, "te"),
    (Script::Kannada, "kn"),
    (Script::Malayalam, "ml"),
    (Script::Sinhala, "si"),
    (Script::Thai, "th"),
    (Script::Lao, "lo"),
    (Script::Tibetan, "bo"),
    (Script::Myanmar, "my"),
    (Script::Georgian, "ka"),
    (Script::Hangul, "ko"),
    (Script::Ethiopic, "am"),
    (Script::Khmer, "km"),
    (Script::Mongolian, "mn"),
    (Script::Kana, "ja"),
    (Script::Han, "zh"),
];

/// How many letters of an alphabet one sign of `script` is worth.
fn weight(script: Script) -> usize {
    match script {
        Script::Han | Script::Hangul => 3,
        Script::Kana => 2,
        _ => 1,
    }
}

/// The whole reading; see [`super::identify`].
pub(crate) fn read(text: &str, candidates: &[LanguageTag]) -> Guess {
    let text = composed(text);
    let tally = Tally::of(&text);
    let Some(script) = tally.main() else {
        return Guess::new(LanguageTag::NO_LANGUAGE, 1.0, None);
    };
    let allowed = |tag: &str| candidates.is_empty() || candidates.iter().any(|c| c.primary() == tag);
    if let Some((_, tag)) = ONE_LANGUAGE.iter().find(|(s, _)| *s == script) {
        // Japanese is told from Chinese by its kana; a heading in Han signs alone is taken as Chinese.
        let tag = if script == Script::Han && tally.has_japanese() { "ja" } else { tag };
        let tag = if tag == "zh" && !allowed("zh") { "ja" } else { tag };
        let lang = if allowed(tag) { LanguageTag::new(tag) } else { LanguageTag::UNDETERMINED };
        return Guess::new(lang, if allowed(tag) { 0.95 } else { 0.0 }, Some(script));
    }
    let among = MODEL.set(|l| l.script == script.code() && allowed(&l.tag));
    Scores::of(&text, script, among).guess(script)
}

/// Presentation forms and letters with marks apart from them become ordinary letters; most texts have none.
fn composed(text: &str) -> Cow<'_, str> {
    let odd = |c: char| matches!(c, '\u{0300}'..='\u{036F}' | '\u{FB00}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{FF21}'..='\u{FF5A}');
    if text.is_ascii() || !text.chars().any(odd) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(ComposingNormalizerBorrowed::new_nfkc().normalize(text).into_owned())
}

/// Whether a piece between spaces is an address or a code and no word: `www.example.org`, `A/RES/76/1`, `x@y.int`.
pub(crate) fn is_code(piece: &str) -> bool {
    if !piece.is_ascii() {
        return false;
    }
    let digit = piece.bytes().any(|b| b.is_ascii_digit());
    let letter = piece.bytes().any(|b| b.is_ascii_alphabetic());
    letter
        && (digit
            || piece.contains("://")
            || piece.contains('@')
            || piece.starts_with("www.")
            || is_path(piece))
}

fn is_path(piece: &str) -> bool {
    // A dot or slash between letters, without a space: `example.org/fa`.
    let dotted = piece.trim_end_matches(['.', ',', ';', ':', ')', '!', '?']);
    dotted.bytes().filter(|b| *b == b'.').count() >= 1
        && dotted.len() >= 6
        && dotted.split('.').all(|part| part.len() >= 2 && !part.contains(['(', '"']))
        && dotted.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'.' | b'/' | b'-' | b'_'))
}

/// Pieces between spaces that are no codes.
pub(crate) fn worded(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\n', '\t', '\r', '\u{00A0}']).filter(|piece| !is_code(piece))
}

/// How much of each script there is.
#[derive(Debug, Default)]
struct Tally(Vec<(Script, usize)>);

impl Tally {
    fn of(text: &str) -> Self {
        let mut tally = Self::default();
        for piece in worded(text) {
            // Abbreviations in capitals stand in texts of every language.
            let acronym = piece.is_ascii() && !piece.bytes().any(|b| b.is_ascii_lowercase());
            for c in piece.chars() {
                if let Some(script) = Script::of(c) {
                    tally.add(script, if acronym { 1 } else { 4 * weight(script) });
                }
            }
        }
        tally
    }

    fn add(&mut self, script: Script, count: usize) {
        match self.0.iter_mut().find(|(s, _)| *s == script) {
            Some((_, n)) => *n += count,
            None => self.0.push((script, count)),
        }
    }

    fn main(&self) -> Option<Script> {
        // The first of equals, so that the answer does not hang on the order of scripts.
        self.0.iter().rev().max_by_key(|(_, n)| *n).map(|(script, _)| *script)
    }

    fn has_japanese(&self) -> bool {
        let of = |wanted| self.0.iter().find(|(s, _)| *s == wanted).map_or(0, |(_, n)| *n);
        of(Script::Kana) * 10 > of(Script::Han)
    }
}

/// What a text costs in each language.
pub(crate) struct Scores {
    costs: [Cost; MOST_LANGUAGES],
    among: Set,
    letters: usize,
}

impl Scores {
    fn of(text: &str, script: Script, among: Set) -> Self {
        let mut scores = Self { costs: [0; MOST_LANGUAGES], among, letters: 0 };
        for (language, cost) in MODEL.languages.iter().zip(&mut scores.costs) {
            *cost = language.prior;
        }
        let mut forms = Forms::default();
        for piece in worded(text) {
            let mut words = Words::new(piece);
            while let Some(word) = words.next_word() {
                if word.script != script {
                    continue;
                }
                MODEL.add_word(&words.folded, scores.among, &mut scores.costs);
                scores.letters += word.letters;
                if script == Script::Arabic {
                    piece.get(word.start..word.end).unwrap_or_default().chars().for_each(|c| forms.add(c));
                }
            }
            if scores.letters >= ENOUGH_LETTERS && scores.narrow() {
                break;
            }
        }
        if script == Script::Arabic {
            for (language, cost) in MODEL.languages.iter().zip(&mut scores.costs) {
                *cost += forms.cost(&language.tag);
            }
        }
        scores
    }

    fn best_two(&self) -> Option<((usize, Cost), Option<Cost>)> {
        let mut best: Option<(usize, Cost)> = None;
        let mut second: Option<Cost> = None;
        for (language, cost) in self.each() {
            match best {
                Some((_, least)) if cost >= least => second = Some(second.map_or(cost, |s| s.min(cost))),
                _ => {
                    second = best.map(|(_, cost)| cost);
                    best = Some((language, cost));
                }
            }
        }
        best.map(|best| (best, second))
    }

    /// Leaves out the languages without hope; whether the rest is decided.
    fn narrow(&mut self) -> bool {
        let Some(((_, best), second)) = self.best_two() else { return true };
        let hopeless =
            self.each().filter(|(_, cost)| *cost > best + HOPELESS).fold(0, |set, (k, _)| set | 1 << k);
        let decided = second.is_none_or(|second| second > best + DECIDED);
        self.among &= !hopeless;
        decided
    }

    fn each(&self) -> impl Iterator<Item = (usize, Cost)> {
        let among: Set = self.among;
        self.costs.iter().enumerate().filter(move |(k, _)| among & 1 << k != 0).map(|(k, cost)| (k, *cost))
    }

    fn guess(&self, script: Script) -> Guess {
        let Some(((language, best), _)) = self.best_two() else {
            return Guess::new(LanguageTag::UNDETERMINED, 0.0, Some(script));
        };
        let all: f32 = self.each().map(|(_, cost)| (-TRUST * (cost - best) as f32 / NAT).exp()).sum();
        let confidence = 1.0 / all;
        let tag = MODEL.languages.get(language).map_or("und", |l| l.tag.as_str());
        Guess::new(LanguageTag::new(tag), confidence, Some(script))
    }
}
