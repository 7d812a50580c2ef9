//! The languages inside a mixed paragraph.
//!
//! Each script is read by itself: along its words the cheapest path through the languages is sought, where a change of
//! language has its price, lower where a sentence, a bracket or a piece in another script ends. A few words in another script
//! that no language claims (names, abbreviations) stay with the text around them.

use diwan_model::{LanguageTag, Span};

use super::fold::Words;
use super::model::{Cost, Costs, Group, Key, MOST_LANGUAGES, Set, members};
use super::reader::{MODEL, ONE_LANGUAGE, is_code};
use super::{Guess, identify};
use crate::script::Script;

/// Price of a change of language inside a sentence.
const CHANGE: Cost = 128;
/// Price of a change where something ends.
const CHANGE_AT_BREAK: Cost = 56;
/// A piece in another script of fewer letters than this stays with the text around it unless it is surely a language.
const FEW_LETTERS: usize = 12;
/// Sure enough for such a piece.
const SURE: f32 = 0.8;

/// A word of the text and what it was found to be.
#[derive(Debug, Clone)]
struct Labelled {
    start: usize,
    end: usize,
    script: Script,
    letters: usize,
    /// Whether something ends between the word before and this one.
    after_break: bool,
    folded: Vec<char>,
    tag: LanguageTag,
}

/// The languages inside `text`, in order; the spans cover all of it, end where the next begins, and are never empty.
///
/// A text in one language gives one segment, a text without words one of `zxx`, the empty text none. Neighbours differ in
/// language.
///
/// ```
/// use diwan_text::language::segments;
/// let text = "بيان صحفي صادر عن الوزارة. Press statement issued by the ministry.";
/// let found: Vec<_> = segments(text, &[]).into_iter().map(|(span, guess)| (span.of(text).trim().to_owned(), guess.lang)).collect();
/// assert_eq!(found[0].1.as_str(), "ar");
/// assert_eq!(found[1], ("Press statement issued by the ministry.".to_owned(), "en".into()));
/// ```
pub fn segments(text: &str, candidates: &[LanguageTag]) -> Vec<(Span, Guess)> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut words = words(text);
    let mut scripts: Vec<Script> = words.iter().map(|w| w.script).collect();
    scripts.sort_unstable();
    scripts.dedup();
    for script in &scripts {
        label(&mut words, *script, candidates);
    }
    let mut out: Vec<(Span, Guess)> = Vec::new();
    for (start, end) in ranges(text, &runs(text, &words, scripts.len() > 1)) {
        let Some(span) = Span::new(text, start, end) else { continue };
        let guess = identify(span.of(text), candidates);
        match out.last_mut() {
            // Read as a whole, two neighbours may turn out to be one language.
            Some((last, before)) if before.lang == guess.lang || !guess.lang.is_language() => {
                if let Some(joined) = Span::new(text, last.start(), end) {
                    *last = joined;
                }
            }
            Some((last, before)) if !before.lang.is_language() => {
                if let Some(joined) = Span::new(text, last.start(), end) {
                    *last = joined;
                }
                *before = guess;
            }
            _ => out.push((span, guess)),
        }
    }
    out
}

/// The words of the text that are no codes.
fn words(text: &str) -> Vec<Labelled> {
    let mut out: Vec<Labelled> = Vec::new();
    let mut after_break = true;
    for piece in text.split_inclusive([' ', '\n', '\t', '\r', '\u{00A0}']) {
        let Some(span) = Span::of_slice(text, piece) else { continue };
        if is_code(piece.trim()) {
            continue;
        }
        let mut reader = Words::new(piece);
        let mut read_to = 0;
        while let Some(word) = reader.next_word() {
            after_break |= piece.get(read_to..word.start).is_some_and(is_break);
            read_to = word.end;
            out.push(Labelled {
                start: span.start() + word.start,
                end: span.start() + word.end,
                script: word.script,
                letters: word.letters,
                after_break: std::mem::take(&mut after_break),
                folded: reader.folded.clone(),
                tag: LanguageTag::UNDETERMINED,
            });
        }
        after_break |= piece.get(read_to..).is_some_and(is_break);
    }
    out
}

/// Whether something ends in what stands between two words.
fn is_break(between: &str) -> bool {
    between.contains([
        '.', '!', '?', '؟', '۔', '。', '\n', '(', ')', '[', ']', ':', '؛', ';', '|', '/', '–', '—', '«', '»',
        '"', '“', '”',
    ])
}

/// Gives each word of a script its language.
fn label(words: &mut [Labelled], script: Script, candidates: &[LanguageTag]) {
    let allowed = |tag: &str| candidates.is_empty() || candidates.iter().any(|c| c.primary() == tag);
    if let Some((_, tag)) = ONE_LANGUAGE.iter().find(|(s, tag)| *s == script && allowed(tag)) {
        for word in words.iter_mut().filter(|w| w.script == script) {
            word.tag = LanguageTag::from_static(tag);
        }
        return;
    }
    let Some(group) = MODEL.group(script.code()) else { return };
    let among = group.set(|l| allowed(&l.tag));
    if among == 0 {
        return;
    }
    let path = cheapest_path(words, script, group, among);
    for (word, number) in words.iter_mut().filter(|w| w.script == script).zip(path) {
        if let Some(language) = group.get(number) {
            word.tag = LanguageTag::new(&language.tag);
        }
    }
}

/// The language of each word of a script, so that words and changes cost least together.
fn cheapest_path(words: &[Labelled], script: Script, group: &Group, among: Set) -> Vec<usize> {
    let prior = |number: usize| group.get(number).map_or(0, |l| l.prior);
    let at = |costs: &Costs, number: usize| costs.get(number).copied().unwrap_or(Cost::MAX / 2);
    let least = |costs: &Costs| members(among).min_by_key(|k| at(costs, *k)).unwrap_or(0);
    let mut costs: Costs = [0; MOST_LANGUAGES];
    let mut from: Vec<[u8; MOST_LANGUAGES]> = Vec::new();
    let mut other_between = false;
    for word in words {
        if word.script != script {
            other_between = true;
            continue;
        }
        let change =
            if word.after_break || std::mem::take(&mut other_between) { CHANGE_AT_BREAK } else { CHANGE };
        let best = least(&costs);
        let dearest = at(&costs, best) + change;
        let mut back = [0_u8; MOST_LANGUAGES];
        let mut own: Costs = [0; MOST_LANGUAGES];
        MODEL.add_word(Key::word(&word.folded), &word.folded, group, among, false, &mut own);
        for number in members(among) {
            let (Some(place), Some(back)) = (costs.get_mut(number), back.get_mut(number)) else { continue };
            let changed = if from.is_empty() { prior(number) } else { dearest + prior(number) };
            let stays = !from.is_empty() && *place <= changed;
            *back = u8::try_from(if stays { number } else { best }).unwrap_or(0);
            *place = if stays { *place } else { changed } + at(&own, number);
        }
        from.push(back);
    }
    let mut number = least(&costs);
    let mut path = vec![number; from.len()];
    for (place, back) in path.iter_mut().zip(&from).rev() {
        *place = number;
        number = back.get(number).map_or(number, |n| usize::from(*n));
    }
    path
}

/// A run of words of one language: first byte, the byte after the last, language.
type Run = (usize, usize, LanguageTag);

/// Neighbouring words of one language; small pieces that no language surely claims go with what stands before or after.
fn runs(text: &str, words: &[Labelled], mixed: bool) -> Vec<Run> {
    let mut runs: Vec<(Run, Script, usize)> = Vec::new();
    for word in words {
        match runs.last_mut() {
            Some((run, script, letters)) if run.2 == word.tag && *script == word.script => {
                run.1 = word.end;
                *letters += word.letters;
            }
            _ => runs.push(((word.start, word.end, word.tag.clone()), word.script, word.letters)),
        }
    }
    let mut out: Vec<Run> = Vec::new();
    let several = runs.len() > 1;
    for (run, script, letters) in runs {
        let few = !matches!(script, Script::Han | Script::Kana | Script::Hangul) && letters < FEW_LETTERS;
        let small = several && mixed && few && {
            let piece = text.get(run.0..run.1).unwrap_or_default();
            let guess = identify(piece, &[]);
            guess.lang != run.2 || guess.confidence.value() < SURE || !piece.contains(' ')
        };
        let alone = out.len() == 1;
        match out.last_mut() {
            Some(last) if small || last.2 == run.2 => last.1 = run.1,
            _ if small => out.push((run.0, run.1, LanguageTag::UNDETERMINED)),
            Some(last) if alone && last.2.is_undetermined() => (last.1, last.2) = (run.1, run.2),
            _ => out.push(run),
        }
    }
    out
}

/// The runs, grown so that they cover the text: what opens (brackets, quotes) goes with the run it opens.
fn ranges(text: &str, runs: &[Run]) -> Vec<(usize, usize)> {
    let mut starts: Vec<usize> = vec![0];
    for pair in runs.windows(2) {
        let [before, after] = pair else { continue };
        let between = text.get(before.1..after.0).unwrap_or_default();
        let opening: usize = between
            .chars()
            .rev()
            .take_while(|c| matches!(c, '(' | '[' | '{' | '«' | '“' | '‘' | '"' | '•' | '-' | '–' | '#'))
            .map(char::len_utf8)
            .sum();
        starts.push(after.0 - opening);
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).filter(|(start, end)| start < end).collect()
}
