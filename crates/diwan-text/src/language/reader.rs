//! From a text to its language.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use diwan_model::LanguageTag;
use icu_normalizer::ComposingNormalizerBorrowed;

use super::Guess;
use super::fold::Words;
use super::forms::Forms;
use super::model::{Cost, Costs, Group, Key, MOST_LANGUAGES, Model, NAT, Set, members, most_of_a_word};
use crate::script::Script;

/// Once it is decided, so much of the uncommon words (letters, and one a word) is enough to tell how strange they are.
const ENOUGH_UNCOMMON: usize = 30;
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
    let text = Text::of(&text);
    let Some(script) = text.tally.main() else {
        return Guess::new(LanguageTag::NO_LANGUAGE, 1.0, None);
    };
    let allowed = |tag: &str| candidates.is_empty() || candidates.iter().any(|c| c.primary() == tag);
    if let Some((_, tag)) = ONE_LANGUAGE.iter().find(|(s, _)| *s == script) {
        // Japanese is told from Chinese by its kana; a heading in Han signs alone is taken as Chinese.
        let tag = if script == Script::Han && text.tally.has_japanese() { "ja" } else { tag };
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
    let other = open.lang != guess.lang && open.lang.is_language() && !allowed(open.lang.primary());
    if other && open.confidence.value() >= SURELY_OTHER && text.tally.letters(script) >= LETTERS_OF_ANOTHER {
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

/// Pieces between spaces that are no codes.
fn worded(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let here = rest?;
        let bytes = here.as_bytes();
        let space = |(at, byte): (usize, &u8)| match byte {
            b' ' | b'\n' | b'\t' | b'\r' => true,
            0xC2 => bytes.get(at + 1) == Some(&0xA0),
            _ => false,
        };
        let Some(at) = bytes.iter().enumerate().position(space) else {
            rest = None;
            return Some(here);
        };
        let width = if bytes.get(at) == Some(&0xC2) { 2 } else { 1 };
        rest = here.get(at + width..);
        here.get(..at)
    })
    .filter(|piece| !is_code(piece))
}

/// A word as it will be weighed.
#[derive(Debug)]
struct Read {
    script: Script,
    /// Number of its letters.
    letters: usize,
    /// Its folded letters among those of the text.
    folded: Range<usize>,
    /// Whether it is likely a name: written as one, and not at the beginning of the text.
    name: bool,
}

/// A text walked over once: its words, how much of each script there is, and which of the look-alike letters.
#[derive(Debug, Default)]
struct Text {
    words: Vec<Read>,
    folded: Vec<char>,
    forms: Forms,
    tally: Tally,
    bytes: usize,
}

impl Text {
    fn of(text: &str) -> Self {
        let mut read = Self { bytes: text.len(), ..Self::default() };
        for (n, piece) in worded(text).enumerate() {
            read.add_piece(piece, n > 0);
        }
        read
    }

    fn folded(&self, word: &Read) -> &[char] {
        self.folded.get(word.folded.clone()).unwrap_or_default()
    }

    fn add_piece(&mut self, piece: &str, inside: bool) {
        let mut words = Words::with_buffer(piece, std::mem::take(&mut self.folded));
        // Names and abbreviations in Latin letters stand in texts of every script and count for little.
        let (mut in_latin, mut capital) = (false, false);
        let mut from = words.folded.len();
        while let Some(word) = words.next_appended() {
            let folded = from..words.folded.len();
            from = folded.end;
            let latin = word.script == Script::Latin;
            if latin && !in_latin {
                capital = word.capital;
            }
            in_latin = latin;
            self.tally
                .add(word.script, word.letters * if latin && capital { 1 } else { 4 * weight(word.script) });
            // A clitic glued to a name in other letters (وUNICEF) is no word that a language could be told by.
            let glued = word.letters == 1
                && piece
                    .get(word.end..)
                    .and_then(|rest| rest.chars().next())
                    .is_some_and(char::is_alphanumeric);
            if glued {
                continue;
            }
            if word.script == Script::Arabic {
                piece.get(word.start..word.end).unwrap_or_default().chars().for_each(|c| self.forms.add(c));
            }
            let name = inside && word.title;
            self.words.push(Read { script: word.script, letters: word.letters, folded, name });
        }
        self.folded = words.folded;
    }
}

/// How much of each script there is.
#[derive(Debug, Default)]
struct Tally(Vec<(Script, usize)>);

impl Tally {
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

    /// How many letters of a script there are, those in names for a quarter.
    fn letters(&self, script: Script) -> usize {
        self.0.iter().filter(|(s, _)| *s == script).map(|(_, n)| n / 4).sum()
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
    /// The words that are common somewhere.
    common: Sum,
    /// The other words that were read …
    rare: Sum,
    /// … and those that were not, since it was decided already: their letters, and themselves.
    unread: usize,
    /// All letters of the words that were looked at.
    letters: usize,
    /// What the costs lack for each language alike: see [`Model::add_word`].
    taken_off: Cost,
}

/// What words cost in the language that was cheapest for each.
#[derive(Debug, Default)]
struct Sum {
    least: Cost,
    /// Letters, and one a word.
    size: usize,
}

impl Sum {
    fn add(&mut self, least: Cost, word: &Read) {
        self.least = self.least.saturating_add(least);
        self.size += word.letters + 1;
    }
}

impl<'m> Scores<'m> {
    fn of(text: &Text, script: Script, group: &'m Group, among: Set) -> Self {
        let (common, rare) = (Sum::default(), Sum::default());
        let (costs, letters, taken_off) = ([0; MOST_LANGUAGES], 0, 0);
        let mut scores = Self { group, costs, among, common, rare, unread: 0, letters, taken_off };
        for (language, cost) in group.languages.iter().zip(&mut scores.costs) {
            *cost = language.prior;
        }
        // A long text is read in turns, each over words from all of it, until it is decided.
        let turns = (text.bytes / BYTES_OF_A_TURN).clamp(1, MOST_TURNS);
        let mut uncommon: Vec<&Read> = Vec::new();
        for turn in 0..turns {
            let words = text.words.iter().filter(|w| w.script == script);
            for word in words.skip(turn).step_by(turns) {
                scores.letters += word.letters;
                let key = Key::word(text.folded(word));
                match MODEL.add_common(key, scores.among, word.name, &mut scores.costs) {
                    Some(least) => {
                        scores.common.add(least, word);
                        scores.taken_off += most_of_a_word(word.name);
                    }
                    None => uncommon.push(word),
                }
            }
            scores.narrow();
            for word in uncommon.drain(..) {
                scores.add_uncommon(word, text.folded(word));
            }
            if scores.decided() {
                break;
            }
        }
        if script == Script::Arabic {
            for (language, cost) in group.languages.iter().zip(&mut scores.costs) {
                *cost += text.forms.cost(&language.tag);
            }
        }
        scores
    }

    fn add_uncommon(&mut self, word: &Read, letters: &[char]) {
        if self.decided() && self.rare.size >= ENOUGH_UNCOMMON {
            self.unread += word.letters + 1;
            return;
        }
        let key = Key::word(letters);
        let least = MODEL.add_word(key, letters, self.group, self.among, word.name, &mut self.costs);
        self.rare.add(least, word);
        self.taken_off += most_of_a_word(word.name);
        self.narrow();
    }

    /// Leaves out the languages that cost more than the best by [`HOPELESS`].
    fn narrow(&mut self) {
        let best = self.each().map(|(_, cost)| cost).min().unwrap_or(0);
        let hopeless =
            self.each().filter(|(_, cost)| *cost > best + HOPELESS).fold(0, |set, (k, _)| set | 1 << k);
        self.among &= !hopeless;
    }

    /// Whether one language alone is left.
    fn decided(&self) -> bool {
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
        // How far the text is from what running text of the language costs by the letter; uncommon words that were not
        // read are taken to cost as much as those that were.
        let uncommon = self.rare.size + self.unread;
        let rare = self.rare.least as f32 * uncommon as f32 / self.rare.size.max(1) as f32;
        let cost = (self.common.least + self.taken_off + best - language.prior) as f32 + rare;
        let mean = cost / (self.common.size + uncommon).max(1) as f32;
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
