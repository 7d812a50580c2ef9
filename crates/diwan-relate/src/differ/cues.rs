//! Cue words of a language: what says no, must, may, or, perhaps; verbs that are strong or weak of their field.
//!
//! `data/<lang>/differ.toml`. A cue is one or more words in strong form; a word that ends in `*` stands for all words
//! that begin so. The longest cue at a place wins, so that `lists.nothing` can say where a word is no cue ("not only",
//! «لا يزال»).

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use diwan_model::{LanguageTag, Span};
use diwan_text::normal::strong_in;
use diwan_text::words::{WordKind, words_in};
use serde::Deserialize;

/// What a cue says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cue {
    /// Plain negation.
    Not,
    /// A word that may render a negation ("without", "refuse", "impossible").
    Negative,
    /// An obligation.
    Must,
    /// A recommendation.
    Should,
    /// A permission or possibility.
    May,
    /// An alternative, plainly.
    Or,
    /// A word that may render an alternative ("whether", "nor").
    Alternative,
    /// "And", said of two things that must both be.
    And,
    /// A hedge of a statement ("reportedly", "likely").
    Doubt,
    /// A hedge of a number, wherever it stands.
    Hedge,
    /// A word of rank, by its number in [`RANKS`].
    Rank(u8),
    /// A word that may render one, and may say something else.
    RankLike(u8),
    /// A strong verb of a field, by the number of the field.
    Strong(u8),
    /// A weak verb of a field.
    Weak(u8),
    /// No cue, whatever its words are elsewhere.
    Nothing,
}

/// The fields in which verbs are strong or weak; every file has these keys and no others.
pub(super) const FIELDS: [&str; 4] = ["condemn", "urge", "decide", "commit"];

/// The ranks that are compared; every file has these keys and no others.
pub(super) const RANKS: [&str; 4] = ["senior", "deputy", "acting", "former"];

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Lists {
    not: Vec<String>,
    negative: Vec<String>,
    must: Vec<String>,
    should: Vec<String>,
    may: Vec<String>,
    or: Vec<String>,
    alternative: Vec<String>,
    and: Vec<String>,
    doubt: Vec<String>,
    hedge: Vec<String>,
    nothing: Vec<String>,
    /// Printed words that are no cue although their letters without accents are ("où").
    never: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    lists: Lists,
    strong: BTreeMap<String, Vec<String>>,
    weak: BTreeMap<String, Vec<String>>,
    ranks: BTreeMap<String, Vec<String>>,
    /// What may render a rank.
    ranklike: BTreeMap<String, Vec<String>>,
    /// Words of measures by the short name of the unit (`data/measures.toml`).
    measures: BTreeMap<String, Vec<String>>,
}

#[derive(Debug)]
struct Pattern {
    words: Vec<(String, bool)>,
    cue: Cue,
}

/// The cues of a language.
#[derive(Debug, Default)]
pub(super) struct Cues {
    /// By the first two characters of the first word.
    by_start: BTreeMap<String, Vec<Pattern>>,
    never: Vec<String>,
}

/// The words of measures in a language, longest first.
#[derive(Debug, Default)]
pub(super) struct UnitWords(Vec<(Vec<String>, String)>);

impl UnitWords {
    /// The unit that a text begins with.
    pub(super) fn first(&self, text: &str, lang: &LanguageTag) -> Option<&str> {
        let near: String = text.chars().take(40).collect();
        let mut end = 0;
        let mut words = Vec::new();
        for word in words_in(&near, lang).into_iter().take(3) {
            let gap = near.get(end..word.span.start()).unwrap_or("?");
            if word.kind != WordKind::Word
                || gap.chars().any(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{200c}' | '‑' | '/'))
            {
                break;
            }
            end = word.span.end();
            words.push(strong_in(word.span.of(&near), lang));
        }
        self.0.iter().find(|(unit, _)| words.starts_with(unit)).map(|(_, name)| name.as_str())
    }
}

/// A cue in a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) cue: Cue,
    pub(super) span: Span,
}

const SOURCES: &[(&str, &str)] = &[
    ("ar", include_str!("../../data/ar/differ.toml")),
    ("en", include_str!("../../data/en/differ.toml")),
    ("fa", include_str!("../../data/fa/differ.toml")),
    ("fr", include_str!("../../data/fr/differ.toml")),
];

static CUES: LazyLock<HashMap<&'static str, Cues>> = LazyLock::new(|| {
    SOURCES
        .iter()
        .map(|(lang, text)| (*lang, Cues::read(&toml::from_str(text).unwrap_or_default(), lang)))
        .collect()
});

static UNIT_WORDS: LazyLock<HashMap<&'static str, UnitWords>> = LazyLock::new(|| {
    SOURCES
        .iter()
        .map(|(lang, text)| {
            let file: File = toml::from_str(text).unwrap_or_default();
            let tag = LanguageTag::new(lang);
            let mut words: Vec<(Vec<String>, String)> = file
                .measures
                .into_iter()
                .flat_map(|(unit, words)| words.into_iter().map(move |w| (w, unit.clone())))
                .map(|(text, unit)| (text.split_whitespace().map(|w| strong_in(w, &tag)).collect(), unit))
                .collect();
            words.sort_by_key(|w: &(Vec<String>, String)| std::cmp::Reverse(w.0.len()));
            (*lang, UnitWords(words))
        })
        .collect()
});

/// The words of measures in a language, where it has any.
pub(super) fn unit_words(lang: &LanguageTag) -> Option<&'static UnitWords> {
    UNIT_WORDS.get(lang.primary())
}

/// The cues of a language, where it has any.
pub(super) fn cues(lang: &LanguageTag) -> Option<&'static Cues> {
    CUES.get(lang.primary())
}

impl Cues {
    fn read(file: &File, lang: &str) -> Self {
        let lang = LanguageTag::new(lang);
        let mut out = Self::default();
        let lists = &file.lists;
        let mut add = |list: &[String], cue| {
            for text in list {
                let words: Vec<(String, bool)> = text
                    .split_whitespace()
                    .map(|word| {
                        let open = word.ends_with('*');
                        (strong_in(word.trim_end_matches('*'), &lang), open)
                    })
                    .filter(|(word, _)| !word.is_empty())
                    .collect();
                if let Some((first, _)) = words.first() {
                    let start = start(first);
                    out.by_start.entry(start).or_default().push(Pattern { words, cue });
                }
            }
        };
        add(&lists.nothing, Cue::Nothing);
        add(&lists.not, Cue::Not);
        add(&lists.negative, Cue::Negative);
        add(&lists.must, Cue::Must);
        add(&lists.should, Cue::Should);
        add(&lists.may, Cue::May);
        add(&lists.or, Cue::Or);
        add(&lists.alternative, Cue::Alternative);
        add(&lists.and, Cue::And);
        add(&lists.doubt, Cue::Doubt);
        add(&lists.hedge, Cue::Hedge);
        for (k, field) in (0_u8..).zip(FIELDS) {
            add(file.strong.get(field).map_or(&[], Vec::as_slice), Cue::Strong(k));
            add(file.weak.get(field).map_or(&[], Vec::as_slice), Cue::Weak(k));
        }
        for (k, rank) in (0_u8..).zip(RANKS) {
            add(file.ranks.get(rank).map_or(&[], Vec::as_slice), Cue::Rank(k));
            add(file.ranklike.get(rank).map_or(&[], Vec::as_slice), Cue::RankLike(k));
        }
        out.never.clone_from(&lists.never);
        for list in out.by_start.values_mut() {
            list.sort_by_key(|p| {
                std::cmp::Reverse((p.words.len(), p.words.iter().map(|w| w.0.len()).sum::<usize>()))
            });
        }
        out
    }

    /// The cues of a sentence in order.
    pub(super) fn find(&self, text: &str, lang: &LanguageTag) -> Vec<Found> {
        let tokens: Vec<(Span, Vec<String>)> = words_in(text, lang)
            .into_iter()
            .filter(|w| w.kind == WordKind::Word)
            .map(|w| {
                let printed = w.span.of(text);
                let never = self.never.iter().any(|n| *n == printed.to_lowercase());
                (w.span, if never { Vec::new() } else { forms(printed, lang) })
            })
            .collect();
        let mut out = Vec::new();
        let mut at = 0;
        while let Some((span, forms)) = tokens.get(at) {
            let mut best: Option<(usize, Vec<Cue>)> = None;
            for form in forms {
                for pattern in self.by_start.get(&start(form)).into_iter().flatten() {
                    let rest = tokens.get(at..).unwrap_or_default();
                    if !fits(pattern, rest, form) {
                        continue;
                    }
                    let len = pattern.words.len();
                    match &mut best {
                        Some((most, cues)) if *most == len => cues.push(pattern.cue),
                        Some((most, _)) if *most > len => {}
                        _ => best = Some((len, vec![pattern.cue])),
                    }
                }
            }
            match best {
                Some((len, cues)) => {
                    let end = tokens.get(at + len - 1).map_or(*span, |t| t.0);
                    let span = Span::new(text, span.start(), end.end()).unwrap_or(*span);
                    let silent = cues.contains(&Cue::Nothing);
                    let cues = if silent { vec![Cue::Nothing] } else { cues };
                    out.extend(cues.into_iter().map(|cue| Found { cue, span }));
                    at += len;
                }
                None => at += 1,
            }
        }
        out.dedup_by(|a, b| a.cue == b.cue && a.span == b.span);
        out
    }
}

/// The forms in which a printed word may be a cue: as it is, and without the Arabic conjunctions glued to it.
fn forms(word: &str, lang: &LanguageTag) -> Vec<String> {
    let whole = strong_in(word, lang);
    let mut out = Vec::new();
    if lang.primary() == "ar" {
        for conjunction in ["و", "ف"] {
            if let Some(rest) = whole.strip_prefix(conjunction)
                && rest.chars().count() >= 2
            {
                out.push(rest.to_owned());
            }
        }
    }
    out.push(whole);
    out
}

fn fits(pattern: &Pattern, tokens: &[(Span, Vec<String>)], first: &str) -> bool {
    let one =
        |(word, open): &(String, bool), form: &str| if *open { form.starts_with(word) } else { form == word };
    pattern.words.iter().enumerate().all(|(k, word)| {
        if k == 0 {
            one(word, first)
        } else {
            tokens.get(k).is_some_and(|t| t.1.iter().any(|f| one(word, f)))
        }
    })
}

fn start(word: &str) -> String {
    word.chars().take(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_sound() {
        for (lang, text) in SOURCES {
            let file: File = toml::from_str(text).unwrap_or_else(|e| panic!("{lang}: {e}"));
            for map in [&file.strong, &file.weak] {
                let keys: Vec<&str> = map.keys().map(String::as_str).collect();
                let mut fields = FIELDS.to_vec();
                fields.sort_unstable();
                assert_eq!(keys, fields, "{lang}");
            }
            for map in [&file.ranks, &file.ranklike] {
                let keys: Vec<&str> = map.keys().map(String::as_str).collect();
                let mut ranks = RANKS.to_vec();
                ranks.sort_unstable();
                assert_eq!(keys, ranks, "{lang}");
            }
            for list in [&file.lists.not, &file.lists.must, &file.lists.may, &file.lists.or] {
                assert!(!list.is_empty(), "{lang}");
            }
            for unit in file.measures.keys() {
                assert!(super::super::measures::measure(unit).is_some(), "{lang}: {unit}");
            }
        }
    }

    #[test]
    fn the_longest_cue_wins() {
        let en = LanguageTag::new("en");
        let kinds =
            |text: &str| cues(&en).unwrap().find(text, &en).into_iter().map(|f| f.cue).collect::<Vec<_>>();
        assert_eq!(kinds("They do not agree."), [Cue::Not]);
        assert_eq!(kinds("Not only the banks spoke."), [Cue::Nothing]);
    }
}
