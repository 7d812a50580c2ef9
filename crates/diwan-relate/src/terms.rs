//! How a word or phrase was rendered: where it stands in a text, and which words opposite render it.
//!
//! Two things speak for a word opposite: a lexicon (the seed and what was learnt from the archive), and standing in the
//! examples more often than elsewhere in the same texts. The rendering is the run of words for which most speaks; words
//! between that nothing speaks for count against it. With one example and an unknown word there is no answer.

use std::collections::{BTreeMap, BTreeSet};

use diwan_model::{Confidence, LanguageTag, Span};
use diwan_text::normal::strong_in;
use diwan_text::stem::{is_stop_word, stem};
use diwan_text::words::{WordKind, words_in};

use crate::align::Lexicon;

/// Words of a phrase that are looked at.
const LONGEST: usize = 16;
/// What a word costs that nothing speaks for, inside a rendering; and a word without content of its own.
const STRANGER: f32 = 0.55;
const SMALL_WORD: f32 = 0.12;
/// What a word must gain to stand in a rendering at all.
const LEAST: f32 = 0.35;

/// A word as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermWord {
    /// Where it stands.
    pub span: Span,
    /// Its stem.
    pub stem: String,
    /// Whether it carries no content of its own.
    pub small: bool,
}

/// The words of a text as they are compared.
pub fn term_words(text: &str, lang: &LanguageTag) -> Vec<TermWord> {
    words_in(text, lang)
        .into_iter()
        .filter(|word| word.kind != WordKind::Punctuation)
        .map(|word| {
            let strong = strong_in(word.span.of(text), lang);
            let small = is_stop_word(&strong, lang);
            TermWord { span: word.span, stem: stem(&strong, lang), small }
        })
        .filter(|word| !word.stem.is_empty())
        .collect()
}

/// Where a phrase stands in a text: its stems in a row, whatever their endings.
///
/// ```
/// use diwan_relate::terms::occurrences;
/// let text = "The ministries met; each ministry spoke.";
/// let found: Vec<&str> = occurrences("ministry", text, &"en".into()).into_iter().map(|s| s.of(text)).collect();
/// assert_eq!(found, ["ministries", "ministry"]);
/// ```
pub fn occurrences(phrase: &str, text: &str, lang: &LanguageTag) -> Vec<Span> {
    let wanted: Vec<String> = term_words(phrase, lang).into_iter().take(LONGEST).map(|w| w.stem).collect();
    let words = term_words(text, lang);
    if wanted.is_empty() {
        return Vec::new();
    }
    words
        .windows(wanted.len())
        .filter(|window| window.iter().zip(&wanted).all(|(word, stem)| word.stem == *stem))
        .filter_map(|window| Span::new(text, window.first()?.span.start(), window.last()?.span.end()))
        .collect()
}

/// The words opposite that render a phrase.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rendering {
    /// Where they stand in the text opposite.
    pub span: Span,
    /// How sure.
    pub confidence: Confidence,
}

/// Finds renderings between two languages.
#[derive(Debug, Clone)]
pub struct TermFinder {
    from: LanguageTag,
    to: LanguageTag,
    /// Stem → its renderings with their weight, 0 to 1.
    known: BTreeMap<String, BTreeMap<String, f32>>,
}

impl TermFinder {
    /// With the pairs of a lexicon, whose weights are taken as at most 1.
    pub fn new(from: &LanguageTag, to: &LanguageTag, lexicon: &Lexicon) -> Self {
        let mut known: BTreeMap<String, BTreeMap<String, f32>> = BTreeMap::new();
        for (word, rendering, weight) in &lexicon.pairs {
            let best = known.entry(word.clone()).or_default().entry(rendering.clone()).or_default();
            *best = best.max(weight.clamp(0.0, 1.0));
        }
        Self { from: from.clone(), to: to.clone(), known }
    }

    /// For each place, the text that holds `phrase` and the text opposite: the words opposite that render it, where some can
    /// be told. A word that renders another word of the first text is none of them. `elsewhere` is text in the second
    /// language that is not opposite the phrase: the more of it, the better chance is told from use.
    ///
    /// ```
    /// use diwan_relate::{align::seed_lexicon, terms::TermFinder};
    /// let (en, fr) = ("en".into(), "fr".into());
    /// let finder = TermFinder::new(&en, &fr, &seed_lexicon(&en, &fr));
    /// let place = ("The members adopted the resolution.", "Les membres ont adopté la résolution.");
    /// let found = finder.find("resolution", &[place], &[]);
    /// assert_eq!(found[0].map(|r| r.span.of(place.1)), Some("résolution"));
    /// ```
    pub fn find(&self, phrase: &str, places: &[(&str, &str)], elsewhere: &[&str]) -> Vec<Option<Rendering>> {
        let mut wanted: Vec<TermWord> = term_words(phrase, &self.from);
        wanted.truncate(LONGEST);
        if wanted.iter().any(|w| !w.small) {
            wanted.retain(|w| !w.small);
        }
        let texts: Vec<Vec<TermWord>> = places.iter().map(|(_, text)| term_words(text, &self.to)).collect();
        let lean = self.lean(&texts, elsewhere);
        texts
            .iter()
            .zip(places)
            .map(|(words, (source, text))| {
                let others = self.renderings_of_others(&wanted, source);
                self.best(&wanted, words, &lean, &others, text)
            })
            .collect()
    }

    /// What renders the words of a text that are not in the phrase.
    fn renderings_of_others(&self, wanted: &[TermWord], source: &str) -> BTreeSet<&str> {
        let words = term_words(source, &self.from);
        let mut out = BTreeSet::new();
        for word in
            words.iter().filter(|word| !word.small && wanted.iter().all(|want| want.stem != word.stem))
        {
            let known = self.known.get(&word.stem).into_iter().flatten();
            out.extend(known.filter(|(_, weight)| **weight >= 0.2).map(|(stem, _)| stem.as_str()));
        }
        out
    }

    /// How much more often each word stands in the examples than elsewhere, 0 (not at all) to 1.
    fn lean(&self, texts: &[Vec<TermWord>], elsewhere: &[&str]) -> BTreeMap<String, f32> {
        let mut out = BTreeMap::new();
        // The same sentence again and again is one example.
        let distinct: BTreeSet<Vec<&str>> =
            texts.iter().map(|words| words.iter().map(|w| w.stem.as_str()).collect()).collect();
        if distinct.len() < 2 {
            return out;
        }
        let count = |sets: &[BTreeSet<String>]| {
            let mut counts: BTreeMap<String, f32> = BTreeMap::new();
            for stem in sets.iter().flatten() {
                *counts.entry(stem.clone()).or_default() += 1.0;
            }
            counts
        };
        let inside: Vec<BTreeSet<String>> =
            distinct.iter().map(|words| words.iter().map(|w| (*w).to_owned()).collect()).collect();
        let outside: Vec<BTreeSet<String>> = elsewhere
            .iter()
            .map(|text| term_words(text, &self.to).into_iter().map(|w| w.stem).collect())
            .collect();
        let (here, there) = (count(&inside), count(&outside));
        let (n, m) = (inside.len() as f32, outside.len() as f32);
        for (stem, k) in here {
            if k < 2.0 {
                continue;
            }
            let share = k / n;
            let chance = (there.get(&stem).copied().unwrap_or(0.0) + 0.5) / (m + 1.0);
            let gain = ((share / chance).ln() / 3.0).clamp(0.0, 1.0) * share.sqrt();
            out.insert(stem, gain);
        }
        out
    }

    fn best(
        &self,
        wanted: &[TermWord],
        words: &[TermWord],
        lean: &BTreeMap<String, f32>,
        others: &BTreeSet<&str>,
        text: &str,
    ) -> Option<Rendering> {
        let score = |word: &TermWord| match self.score(wanted, word, lean) {
            (_, None) if others.contains(word.stem.as_str()) => (0.0, None),
            score => score,
        };
        let mut scores: Vec<(f32, Option<usize>)> = words.iter().map(score).collect();
        // Where the lexicon knows a rendering of every word of the phrase, what only stands near it is none.
        let known: BTreeSet<usize> =
            scores.iter().filter(|(score, _)| *score >= LEAST).filter_map(|(_, of)| *of).collect();
        if known.len() == wanted.len() {
            scores.iter_mut().filter(|(_, of)| of.is_none()).for_each(|(score, _)| *score = 0.0);
        }
        let most = wanted.len() * 2 + 3;
        let mut best: Option<(f32, usize, usize)> = None;
        for start in 0..words.len() {
            let (mut sum, mut met) = (0.0f32, BTreeSet::new());
            for (k, ((score, of), word)) in scores.iter().zip(words).enumerate().skip(start).take(most) {
                // A word of the phrase is rendered once; a second rendering is a stranger.
                let fresh = of.is_none_or(|of| met.insert(of));
                sum += match (*score >= LEAST && fresh, word.small) {
                    (true, _) => *score,
                    (false, true) => -SMALL_WORD,
                    (false, false) => -STRANGER,
                };
                let edge = |k: usize| scores.get(k).is_some_and(|(score, _)| *score >= LEAST);
                if edge(start) && edge(k) && best.is_none_or(|(most, ..)| sum > most + 1e-6) {
                    best = Some((sum, start, k));
                }
            }
        }
        let (sum, start, end) = best?;
        let span = Span::new(text, words.get(start)?.span.start(), words.get(end)?.span.end())?;
        let confidence = (sum / wanted.len().max(1) as f32).clamp(0.0, 0.99);
        (confidence > 0.2).then(|| Rendering { span, confidence: Confidence::new(confidence) })
    }

    /// How much speaks for a word, and which word of the phrase it renders, where the lexicon says so.
    fn score(
        &self,
        wanted: &[TermWord],
        word: &TermWord,
        lean: &BTreeMap<String, f32>,
    ) -> (f32, Option<usize>) {
        let mut best = (0.0f32, None);
        for (k, want) in wanted.iter().enumerate() {
            let known = self.known.get(&want.stem).and_then(|r| r.get(&word.stem)).copied().unwrap_or(0.0);
            // The same letters on both sides: a number, an acronym, a name in the same script.
            let same = if want.stem == word.stem && want.stem.chars().count() > 1 { 0.9 } else { 0.0 };
            let said = if known > 0.0 { 0.5 + 0.5 * known } else { 0.0 };
            let score = said.max(same);
            if score > best.0 {
                best = (score, Some(k));
            }
        }
        if word.small {
            return (best.0 * 0.3, None);
        }
        let lean = lean.get(&word.stem).copied().unwrap_or(0.0);
        if best.0 > 0.0 { ((best.0 + 0.4 * lean).min(1.2), best.1) } else { (lean, None) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::seed_lexicon;

    #[test]
    fn a_phrase_meets_its_rendering_by_the_lexicon() {
        let (en, fa) = ("en".into(), "fa".into());
        let finder = TermFinder::new(&en, &fa, &seed_lexicon(&en, &fa));
        let text = "وزیران بر پایبندی خود به حقوق بین‌الملل تأکید کردند.";
        let found = finder.find("international law", &[("", text)], &[]).remove(0).map(|r| r.span.of(text));
        assert!(found.is_some_and(|words| words.contains("حقوق")), "{found:?}");
    }

    #[test]
    fn what_only_stands_near_a_known_rendering_is_no_part_of_it() {
        let (en, fr) = ("en".into(), "fr".into());
        let finder = TermFinder::new(&en, &fr, &seed_lexicon(&en, &fr));
        let places = [
            ("The lake Orvane is low.", "Le lac Orvane est bas."),
            ("They met at the lake Orvane.", "Ils se sont réunis au lac Orvane."),
        ];
        for (rendering, (_, text)) in finder.find("lake", &places, &["Rien."]).iter().zip(places) {
            assert_eq!(rendering.map(|r| r.span.of(text)), Some("lac"));
        }
    }

    #[test]
    fn an_unknown_phrase_is_told_by_where_it_stands() {
        let (en, fr) = ("en".into(), "fr".into());
        let finder = TermFinder::new(&en, &fr, &Lexicon::default());
        let opposite = [
            "Le Pacte a salué les axes d’effort convenus à Kessary.",
            "Les axes d’effort restent inchangés.",
            "Ils suivent cinq axes d’effort depuis mai.",
        ];
        let elsewhere =
            ["Le Pacte reste uni.", "Les ministres se sont réunis à Kessary.", "La séance est levée."];
        let places: Vec<(&str, &str)> = opposite.iter().map(|text| ("", *text)).collect();
        let found = finder.find("lines of effort", &places, &elsewhere);
        for (rendering, text) in found.iter().zip(opposite) {
            assert_eq!(rendering.map(|r| r.span.of(text)), Some("axes d’effort"));
        }
        assert_eq!(finder.find("lines of effort", &[("", "Rien de tel ici.")], &[]), [None]);
    }
}
