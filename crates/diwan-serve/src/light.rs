//! What was searched for, lit in every column of the parallel reader: the words themselves, and the words opposite that
//! render them.

use std::collections::{BTreeMap, BTreeSet};

use diwan_model::{LanguageTag, Span};
use diwan_relate::align::{Lexicon, seed_lexicon};
use diwan_relate::terms::{TermFinder, occurrences, term_words};
use diwan_store::{SentenceRecord, Store};

use crate::ServeError;

/// A lit span: 1 for what was searched for, 2 for what renders it.
pub(crate) type Lit = (Span, u8);

/// What is lit.
pub(crate) struct Light {
    langs: Vec<LanguageTag>,
    /// The words of the query, as typed, without quotation marks and signs.
    phrases: Vec<String>,
    finders: BTreeMap<(usize, usize), TermFinder>,
}

impl Light {
    /// For the words of a query in these columns.
    pub(crate) fn new(store: &Store, query: Option<&str>, langs: &[LanguageTag]) -> Result<Self, ServeError> {
        let phrases = phrases(query.unwrap_or(""));
        let mut finders = BTreeMap::new();
        if !phrases.is_empty() {
            for (a, from) in langs.iter().enumerate() {
                for (b, to) in langs.iter().enumerate().filter(|(b, _)| *b != a) {
                    finders.insert((a, b), finder(store, from, to)?);
                }
            }
        }
        Ok(Self { langs: langs.to_vec(), phrases, finders })
    }

    /// For each column of a row, for each of its sentences, what is lit.
    pub(crate) fn row(&self, cells: &[&[SentenceRecord]]) -> Vec<Vec<Vec<Lit>>> {
        let mut out: Vec<Vec<Vec<Lit>>> =
            cells.iter().map(|cell| cell.iter().map(|_| Vec::new()).collect()).collect();
        for phrase in &self.phrases {
            let mut found = BTreeSet::new();
            for (k, ((cell, lang), marks)) in cells.iter().zip(&self.langs).zip(&mut out).enumerate() {
                for (sentence, marks) in cell.iter().zip(marks) {
                    let spans = occurrences(phrase, &sentence.text, lang);
                    if !spans.is_empty() {
                        found.insert(k);
                    }
                    marks.extend(spans.into_iter().map(|span| (span, 1)));
                }
            }
            for (k, (cell, marks)) in
                cells.iter().zip(&mut out).enumerate().filter(|(k, _)| !found.contains(k))
            {
                let finder = found.iter().find_map(|from| self.finders.get(&(*from, k)));
                let Some(finder) = finder else { continue };
                let texts: Vec<(&str, &str)> = cell.iter().map(|s| ("", s.text.as_str())).collect();
                let renderings = finder.find(phrase, &texts, &[]);
                let best = renderings.iter().zip(marks).filter_map(|(r, marks)| r.map(|r| (r, marks)));
                if let Some((rendering, marks)) =
                    best.max_by(|a, b| a.0.confidence.value().total_cmp(&b.0.confidence.value()))
                {
                    marks.push((rendering.span, 2));
                }
            }
        }
        for marks in out.iter_mut().flatten() {
            marks.sort_by_key(|(span, lit)| (span.start(), *lit));
        }
        out
    }
}

/// The query's phrases in quotation marks, and its other words one by one; words without content only where there is
/// nothing else.
fn phrases(query: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (k, part) in query.split(['"', '“', '”', '«', '»']).enumerate() {
        if k % 2 == 1 {
            out.push(part.trim().to_owned());
        } else {
            let words = part.split_whitespace().filter(|word| !word.starts_with('-'));
            out.extend(words.map(|word| word.trim_start_matches('=').to_owned()));
        }
    }
    out.retain(|phrase| !term_words(phrase, &LanguageTag::UNDETERMINED).is_empty());
    let small = |phrase: &String| {
        let langs = ["ar", "en", "fa", "fr"].map(LanguageTag::from_static);
        langs.iter().any(|lang| term_words(phrase, lang).iter().all(|word| word.small))
    };
    if !out.iter().all(small) {
        out.retain(|phrase| !small(phrase));
    }
    out.truncate(12);
    out
}

/// What the archive knows of two languages: the seed, and what it learnt, in either direction.
pub(crate) fn finder(store: &Store, from: &LanguageTag, to: &LanguageTag) -> Result<TermFinder, ServeError> {
    let mut lexicon: Lexicon = seed_lexicon(from, to);
    let weight = |seen: f32| (seen / 10.0).min(1.0);
    lexicon.pairs.extend(store.lexicon(from, to)?.1.into_iter().map(|(a, b, n)| (a, b, weight(n))));
    lexicon.pairs.extend(store.lexicon(to, from)?.1.into_iter().map(|(a, b, n)| (b, a, weight(n))));
    Ok(TermFinder::new(from, to, &lexicon))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_stay_together_and_small_words_go() {
        assert_eq!(phrases("\"lines of effort\" the lake -ports =Arda"), ["lines of effort", "lake", "Arda"]);
        assert_eq!(phrases("the"), ["the"]);
        assert!(phrases(" -x ").is_empty());
    }
}
