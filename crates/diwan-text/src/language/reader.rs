//! From a text to its language.

use std::borrow::Cow;
use std::sync::LazyLock;

use diwan_model::LanguageTag;
use icu_normalizer::ComposingNormalizerBorrowed;

use super::Guess;
use super::fold::Words;
use super::forms::Forms;
use super::model::{Cost, Costs, Group, MOST_LANGUAGES, Model, NAT, Set, members};
use crate::script::Script;

/// A language that is this much dearer than the best so far is no longer asked; when one alone is left, it is decided.
const HOPELESS: Cost = 120;
/// About how much of a long text is read in one turn.
const BYTES_OF_A_TURN: usize = 140;
/// Most turns.
const MOST_TURNS: usize = 64;
/// Words of a text are far from independent of each other; this much of the difference of costs counts for confidence.
const TRUST: f32 = 0.5;

pub(crate) static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::from_bytes(include_bytes!("../../data/language/model.bin")).unwrap_or_default());

/// A text that costs this many times the usual by the letter is in none of the languages …
const STRANGE: f32 = 2.6;
/// … nor in one of those beside the archive's own (they stand in for their unknown neighbours too easily) …
const STRANGE_BESIDE: f32 = 2.0;
/// … a short one this much more, divided by its letters.
const STRANGE_WORD: f32 = 6.0;
/// A text of so few letters is told only where one is sure.
const FEW_LETTERS: usize = 6;
/// A text is in none of the candidates where another language is this sure …
const SURELY_OTHER: f32 = 0.98;
/// … and it has so many letters.
const LETTERS_OF_ANOTHER: usize = 12;
/// Sure enough for a text of few letters.
const SURE: f32 = 0.4;

/// Scripts that one language alone is written in, as far as official texts go.
pub(crate) const ONE_LANGUAGE: &[(Script, &str)] = &[
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
    let Some(group) = MODEL.group(script.code()) else {
        return Guess::new(LanguageTag::UNDETERMINED, 0.0, Some(script));
    };
    let guess = Scores::of(&text, script, group, group.set(|l| allowed(&l.tag))).guess(script);
    if candidates.is_empty() || !guess.lang.is_language() {
        return guess;
    }
    // None of the candidates, where another language is surely meant.
    let open = Scores::of(&text, script, group, group.set(|_| true)).guess(script);
    let letters: usize = tally.0.iter().filter(|(s, _)| *s == script).map(|(_, n)| n / 4).sum();
    let other = open.lang != guess.lang && open.lang.is_language() && !allowed(open.lang.primary());
    if other && open.confidence.value() >= SURELY_OTHER && letters >= LETTERS_OF_ANOTHER {
        return Guess::new(LanguageTag::UNDETERMINED, 1.0 - open.confidence.value(), Some(script));
    }
    guess
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

/// Whether a word is written as names are, a capital before small letters.
fn is_title_case(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase)
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
            // Names and abbreviations in Latin letters stand in texts of every script and count for little.
            let (mut in_latin, mut name) = (false, false);
            for c in piece.chars() {
                let Some(script) = Script::of(c) else { continue };
                let latin = script == Script::Latin;
                if latin && !in_latin {
                    name = c.is_uppercase();
                }
                in_latin = latin;
                tally.add(script, if latin && name { 1 } else { 4 * weight(script) });
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

/// What a text costs in each language of its script.
struct Scores<'m> {
    group: &'m Group,
    costs: Costs,
    among: Set,
    letters: usize,
    words: usize,
    /// What the words cost in the language that was cheapest for each.
    least: Cost,
}

impl<'m> Scores<'m> {
    fn of(text: &str, script: Script, group: &'m Group, among: Set) -> Self {
        let mut scores = Self { group, costs: [0; MOST_LANGUAGES], among, letters: 0, words: 0, least: 0 };
        for (language, cost) in group.languages.iter().zip(&mut scores.costs) {
            *cost = language.prior;
        }
        let mut forms = Forms::default();
        // A long text is read in turns, each over words from all of it, until it is decided.
        let turns = (text.len() / BYTES_OF_A_TURN).clamp(1, MOST_TURNS);
        for turn in 0..turns {
            for (n, piece) in worded(text).enumerate().skip(turn).step_by(turns) {
                scores.add_piece(piece, n > 0, script, &mut forms);
                if turns == 1 {
                    scores.narrow();
                }
            }
            if scores.narrow() {
                break;
            }
        }
        if script == Script::Arabic {
            for (language, cost) in group.languages.iter().zip(&mut scores.costs) {
                *cost += forms.cost(&language.tag);
            }
        }
        scores
    }

    fn add_piece(&mut self, piece: &str, inside: bool, script: Script, forms: &mut Forms) {
        let mut words = Words::new(piece);
        while let Some(word) = words.next_word() {
            if word.script != script {
                continue;
            }
            // A clitic glued to a name in other letters (وUNICEF) is no word that a language could be told by.
            let glued =
                piece.get(word.end..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric);
            if word.letters == 1 && glued {
                continue;
            }
            let printed = piece.get(word.start..word.end).unwrap_or_default();
            let name = inside && is_title_case(printed);
            let least = MODEL.add_word(&words.folded, self.group, self.among, name, &mut self.costs);
            self.least = self.least.saturating_add(least);
            self.letters += word.letters;
            self.words += 1;
            if script == Script::Arabic {
                printed.chars().for_each(|c| forms.add(c));
            }
        }
    }

    /// Leaves out the languages that cost more than the best by [`HOPELESS`]; whether one alone is left.
    fn narrow(&mut self) -> bool {
        let best = self.each().map(|(_, cost)| cost).min().unwrap_or(0);
        let hopeless =
            self.each().filter(|(_, cost)| *cost > best + HOPELESS).fold(0, |set, (k, _)| set | 1 << k);
        self.among &= !hopeless;
        self.among.count_ones() <= 1
    }

    fn each(&self) -> impl Iterator<Item = (usize, Cost)> {
        members(self.among).filter_map(|k| Some((k, *self.costs.get(k)?)))
    }

    fn guess(&self, script: Script) -> Guess {
        let best = self.each().min_by_key(|(_, cost)| *cost);
        let Some((language, best)) = best.and_then(|(k, cost)| Some((self.group.get(k)?, cost))) else {
            return Guess::new(LanguageTag::UNDETERMINED, 0.0, Some(script));
        };
        let all: f32 = self.each().map(|(_, cost)| (-TRUST * (cost - best) as f32 / NAT).exp()).sum();
        // How far the text is from what running text of the language costs by the letter.
        let mean = (self.least + best - language.prior) as f32 / (self.letters + self.words).max(1) as f32;
        let strangeness = mean / language.usual;
        let confidence = ((4.0 - strangeness) / 2.0).clamp(0.1, 1.0) / all;
        let limit = if language.prior == 0 { STRANGE } else { STRANGE_BESIDE };
        let strange = strangeness > limit + STRANGE_WORD / self.letters.max(1) as f32;
        let short = self.letters <= FEW_LETTERS && confidence < SURE;
        if strange || short {
            return Guess::new(LanguageTag::UNDETERMINED, confidence, Some(script));
        }
        Guess::new(LanguageTag::new(&language.tag), confidence, Some(script))
    }
}
