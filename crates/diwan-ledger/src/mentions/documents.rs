//! Documents that a text names: by what they are and their date ("the communiqué of 15 April 2021"), or by a symbol
//! ("A/RES/75/1", "SMI/A200/593915").
//!
//! Words for documents are data (`data/<lang>/documents.toml`); the concept before them is a part of the key, so that the same
//! document has the same key in every language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use diwan_model::{LanguageTag, Span};
use diwan_text::dates::{DateOptions, find_dates};
use diwan_text::normal::strong_in;
use diwan_text::words::{WordKind, words_in};
use serde::Deserialize;

/// Words between a document and its date.
const MOST_BETWEEN: usize = 3;

/// A document that is named.
pub(super) struct Document {
    pub(super) span: Span,
    /// Without its kind.
    pub(super) key: String,
    pub(super) confidence: f32,
    pub(super) method: &'static str,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    heads: BTreeMap<String, Vec<String>>,
    between: Between,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Between {
    words: Vec<String>,
}

struct Words {
    lang: &'static str,
    /// Words of a head, in strong form → its concept.
    heads: Vec<(Vec<String>, String)>,
    between: Vec<String>,
}

const SOURCES: &[(&str, &str)] = &[
    ("ar", include_str!("../../data/ar/documents.toml")),
    ("en", include_str!("../../data/en/documents.toml")),
    ("fa", include_str!("../../data/fa/documents.toml")),
    ("fr", include_str!("../../data/fr/documents.toml")),
];

static WORDS: LazyLock<Vec<Words>> =
    LazyLock::new(|| SOURCES.iter().filter_map(|(lang, text)| read(lang, text).ok()).collect());

fn read(lang: &'static str, text: &str) -> Result<Words, toml::de::Error> {
    let file: File = toml::from_str(text)?;
    let tag = LanguageTag::new(lang);
    let fold = |word: &String| strong_in(word, &tag);
    let split = |text: &String| {
        let text = fold(text);
        words_in(&text, &tag)
            .iter()
            .filter(|w| w.kind == WordKind::Word)
            .map(|w| w.span.of(&text).to_owned())
            .collect::<Vec<_>>()
    };
    let mut heads: Vec<(Vec<String>, String)> = file
        .heads
        .iter()
        .flat_map(|(concept, words)| words.iter().map(move |w| (w, concept)))
        .map(|(words, concept)| (split(words), concept.clone()))
        .collect();
    // The longer one is tried first: "press statement" before "statement".
    heads.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    Ok(Words { lang, heads, between: file.between.words.iter().map(fold).collect() })
}

/// The documents that a line names, in its order.
pub(super) fn documents(text: &str, lang: &LanguageTag) -> Vec<Document> {
    let mut out = symbols(text);
    let Some(known) = WORDS.iter().find(|w| w.lang == lang.primary()) else { return out };
    if !text.chars().any(char::is_numeric) {
        return out;
    }
    let words: Vec<(Span, String)> = words_in(text, lang)
        .into_iter()
        .filter(|w| w.kind == WordKind::Word)
        .map(|w| (w.span, strong_in(w.span.of(text), lang)))
        .collect();
    let heads: Vec<(usize, usize, &str)> = (0..words.len()).filter_map(|k| head(known, &words, k)).collect();
    if heads.is_empty() {
        return out;
    }
    let dates = find_dates(text, &DateOptions { lang: lang.clone(), issued: None });
    for (from, to, concept) in heads {
        let (Some(first), Some(last)) = (words.get(from), words.get(to - 1)) else { continue };
        let near = dates.iter().find(|date| {
            let value = date.resolved.unwrap_or(date.value).to_string();
            date.span.start() >= last.0.end()
                && value.len() >= 10
                && words
                    .iter()
                    .skip(to)
                    .take_while(|(span, _)| span.end() <= date.span.start())
                    .try_fold(0_usize, |n, (_, word)| {
                        let fits = n < MOST_BETWEEN && known.between.iter().any(|b| b == word);
                        fits.then_some(n + 1)
                    })
                    .is_some()
        });
        let Some(date) = near else { continue };
        let start = first.0.start() + clitic(first.0.of(text), &first.1, known);
        let Some(span) = Span::new(text, start, date.span.end()) else { continue };
        if out.iter().any(|d| d.span.overlaps(span)) {
            continue;
        }
        let value = date.resolved.unwrap_or(date.value);
        out.push(Document {
            span,
            key: format!("{concept} {value}"),
            confidence: 0.75,
            method: "document-dated@1",
        });
    }
    out.sort_by_key(|d| d.span.start());
    out
}

/// A head that begins with word `k`: its words and its concept.
fn head<'k>(known: &'k Words, words: &[(Span, String)], k: usize) -> Option<(usize, usize, &'k str)> {
    let arabic = known.lang == "ar";
    let same = |word: &str, want: &str| word == want || arabic && bare(word).any(|b| b == want);
    known.heads.iter().find_map(|(head, concept)| {
        let all =
            head.iter().enumerate().all(|(n, want)| words.get(k + n).is_some_and(|(_, w)| same(w, want)));
        all.then_some((k, k + head.len(), concept.as_str()))
    })
}

/// An Arabic word without conjunction, preposition, article.
fn bare(word: &str) -> impl Iterator<Item = &str> {
    let peeled = ["و", "ب", "ل", "وب", "ول"].into_iter().filter_map(|p| word.strip_prefix(p));
    let all = std::iter::once(word).chain(peeled);
    all.flat_map(|w| [Some(w), w.strip_prefix("ال")].into_iter().flatten())
}

/// Bytes of what is written together with the first word and is no part of the name.
fn clitic(printed: &str, strong: &str, known: &Words) -> usize {
    if known.lang != "ar" {
        return 0;
    }
    let whole = known.heads.iter().any(|(head, _)| head.first().is_some_and(|h| h == strong));
    let letter = printed.chars().next().filter(|c| matches!(c, 'و' | 'ب' | 'ل') && !whole);
    let article = printed.starts_with("ال");
    letter.filter(|_| !article).map_or(0, char::len_utf8)
}

/// Symbols of documents: capitals and figures with two slashes or more.
fn symbols(text: &str) -> Vec<Document> {
    let mut out = Vec::new();
    let mut from = None;
    let ends = text.char_indices().chain(std::iter::once((text.len(), ' ')));
    for (at, c) in ends {
        let part = c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '/' | '.' | '-' | '(' | ')');
        match (part, from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                from = None;
                let before = text.get(..start).and_then(|t| t.chars().next_back());
                let joined =
                    before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | ':' | '_' | '@'));
                let behind = c.is_alphabetic() || matches!(c, '_' | '@' | '%' | '?' | '=' | ':');
                let whole = text.get(start..at).unwrap_or("").trim_end_matches(['.', '-', '(', ')', '/']);
                if !joined
                    && !behind
                    && is_symbol(whole)
                    && let Some(span) = Span::new(text, start, start + whole.len())
                {
                    out.push(Document {
                        span,
                        key: whole.to_owned(),
                        confidence: 0.85,
                        method: "document-symbol@1",
                    });
                }
            }
            _ => {}
        }
    }
    out
}

/// "A/RES/75/1", "S/2021/123", "SMI/A200/593915"; no date ("28/06/2021"), no "DAESH/ISIS".
fn is_symbol(text: &str) -> bool {
    let parts: Vec<&str> = text.split('/').collect();
    let first = parts.first().is_some_and(|p| p.starts_with(|c: char| c.is_ascii_uppercase()));
    let number = parts.iter().any(|p| !p.is_empty() && p.chars().all(|c| c.is_ascii_digit()));
    parts.len() >= 3
        && (6..=40).contains(&text.len())
        && first
        && number
        && parts.iter().all(|p| !p.is_empty() && p.len() <= 12)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str, lang: &str) -> Vec<(String, String)> {
        let found = documents(text, &LanguageTag::new(lang));
        found.into_iter().map(|d| (d.span.of(text).to_owned(), d.key)).collect()
    }

    #[test]
    fn a_document_has_one_key_in_every_language() {
        for (lang, text, printed) in [
            ("en", "Recalling their statement of June 4, 2020, they met.", "statement of June 4, 2020"),
            (
                "fr",
                "Rappelant leur déclaration du 4 juin 2020, ils se sont réunis.",
                "déclaration du 4 juin 2020",
            ),
            ("fa", "با یادآوری بیانیه مورخه ۴ ژوئن ۲۰۲۰ خود گرد آمدند.", "بیانیه مورخه ۴ ژوئن ۲۰۲۰"),
            ("ar", "وإذ يستذكرون البيان المؤرخ 4 حزيران/يونيو 2020", "البيان المؤرخ 4 حزيران/يونيو 2020"),
        ] {
            assert_eq!(keys(text, lang), [(printed.to_owned(), "statement 2020-06-04".to_owned())], "{lang}");
        }
    }

    #[test]
    fn symbols_are_found_and_dates_and_names_are_none() {
        let found =
            keys("See A/RES/75/1 and S/2021/123; on 28/06/2021 DAESH/ISIS; http://a.org/A/B/12", "en");
        assert_eq!(found.iter().map(|(t, _)| t.as_str()).collect::<Vec<_>>(), ["A/RES/75/1", "S/2021/123"]);
        assert!(keys("The report of the committee was long.", "en").is_empty());
    }

    #[test]
    fn every_file_is_read() {
        for (lang, text) in SOURCES {
            assert!(read(lang, text).is_ok(), "{lang}");
        }
    }
}
