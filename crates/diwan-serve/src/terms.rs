//! How a word or phrase was rendered: a concordance in two languages, from kept alignments and translators' memories.
//!
//! The search index finds the sentences, the kept beads what stands opposite, and [`diwan_relate::terms`] the words that
//! render. Renderings that differ in their endings only are one.

use std::collections::{BTreeMap, BTreeSet};

use diwan_model::{ArchiveCode, LanguageTag, Span};
use diwan_relate::terms::{TermFinder, occurrences, term_words};
use diwan_search::{SearchIndex, SearchRequest};
use diwan_store::{AlignmentRecord, Store, VersionRecord};
use serde::Serialize;

use crate::ServeError;
use crate::light::finder;
use crate::pages::parallel_rows;

/// Sentences that are looked at.
const MOST_SENTENCES: usize = 600;
/// Sentences elsewhere that chance is judged by.
const MOST_ELSEWHERE: usize = 400;
/// Units of memories that are shown.
const MOST_MEMORY: usize = 20;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermRequest {
    /// A word or phrase.
    pub words: String,
    /// Its language.
    pub from: LanguageTag,
    /// The language of the renderings; `None` for each that there is.
    pub to: Option<LanguageTag>,
}

/// A place where the words stand, and what stands opposite.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TermExample {
    /// The sentence (`DW/2021/000123-en/3`).
    pub code: String,
    /// The sentence, or the sentences of its bead.
    pub text: String,
    /// Where the words stand in it.
    #[serde(skip)]
    pub found: Vec<Span>,
    /// The sentences opposite, by code.
    pub opposite_codes: Vec<String>,
    /// Their text.
    pub opposite: String,
    /// The words opposite that render, where they can be told.
    pub rendering: Option<String>,
    /// Where they stand.
    #[serde(skip)]
    pub rendering_span: Option<Span>,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// The body.
    pub issuer: Option<String>,
    /// The date.
    pub date: Option<String>,
}

/// A rendering with how often, by whom and when.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TermRendering {
    /// As it is most often printed.
    pub words: String,
    /// In how many places.
    pub times: u64,
    /// How often by body; bodies that are not known under an empty name.
    pub bodies: BTreeMap<String, u64>,
    /// How often by year.
    pub years: BTreeMap<String, u64>,
}

/// How the words were rendered in one language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TermUse {
    /// The language.
    pub lang: LanguageTag,
    /// Renderings, most often first.
    pub renderings: Vec<TermRendering>,
    /// Every place, by date.
    pub examples: Vec<TermExample>,
    /// Units of memories that hold the words: text and rendering.
    pub memory: Vec<(String, String)>,
}

/// How the words were rendered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TermAnswer {
    /// In how many sentences the words stand.
    pub sentences: u64,
    /// By language.
    pub languages: Vec<TermUse>,
}

/// A line of a term list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TermEntry {
    /// The term as it is most often printed.
    pub term: String,
    /// Its most frequent rendering.
    pub rendering: String,
    /// In how many aligned places the term stands.
    pub times: u64,
    /// In how many of them it is rendered so.
    pub so: u64,
    /// Other renderings with how often.
    pub others: Vec<(String, u64)>,
}

/// Looks words up.
///
/// # Errors
/// Where the archive or its index cannot be read.
pub fn look_up(store: &Store, index: &SearchIndex, request: &TermRequest) -> Result<TermAnswer, ServeError> {
    let words: String = request.words.replace(['"', '“', '”', '«', '»'], " ");
    let search = SearchRequest {
        lang: Some(request.from.clone()),
        limit: MOST_SENTENCES,
        ..SearchRequest::new(format!("\"{}\"", words.trim()))
    };
    let found = index.search(&search)?;
    let mut places: BTreeMap<ArchiveCode, BTreeSet<u32>> = BTreeMap::new();
    let mut sentences = 0;
    for hit in found.hits.iter().filter(|hit| hit.every_word) {
        if let Some(n) = hit.n {
            places.entry(hit.version.statement.clone()).or_default().insert(n);
            sentences += 1;
        }
    }
    let mut by_language: BTreeMap<LanguageTag, Found> = BTreeMap::new();
    for (code, numbers) in &places {
        let Some(record) = store.statement(code)? else { continue };
        let alignments = store.alignments(&record.code)?;
        let Some(own) = record.versions.iter().find(|v| v.lang == request.from) else { continue };
        let known = Known {
            issuer: record.text("issuer").map(str::to_owned),
            date: record.text("date").map(str::to_owned),
        };
        for other in record.versions.iter().filter(|v| v.lang != own.lang) {
            if request.to.as_ref().is_some_and(|to| *to != other.lang) {
                continue;
            }
            let into = by_language.entry(other.lang.clone()).or_default();
            into.take(own, other, &alignments, numbers, &words, &known);
        }
    }
    let mut languages = Vec::new();
    for (lang, found) in by_language {
        let finder = finder(store, &request.from, &lang)?;
        let memory = memory(store, request, &lang, &words)?;
        languages.push(found.finish(&finder, &words, lang, memory));
    }
    // A language that only memories have.
    if let Some(lang) = &request.to
        && !languages.iter().any(|l| l.lang == *lang)
    {
        let memory = memory(store, request, lang, &words)?;
        if !memory.is_empty() {
            languages.push(TermUse {
                lang: lang.clone(),
                renderings: Vec::new(),
                examples: Vec::new(),
                memory,
            });
        }
    }
    languages.sort_by_key(|l| std::cmp::Reverse(l.examples.len()));
    Ok(TermAnswer { sentences, languages })
}

fn memory(
    store: &Store,
    request: &TermRequest,
    lang: &LanguageTag,
    words: &str,
) -> Result<Vec<(String, String)>, ServeError> {
    let units = store.memory(&request.from, lang)?;
    let holds = |text: &str| !occurrences(words, text, &request.from).is_empty();
    let found = units.into_iter().filter(|unit| holds(&unit.text));
    Ok(found.take(MOST_MEMORY).map(|unit| (unit.text, unit.rendering)).collect())
}

struct Known {
    issuer: Option<String>,
    date: Option<String>,
}

/// What stands opposite in one language.
#[derive(Default)]
struct Found {
    examples: Vec<TermExample>,
    elsewhere: Vec<String>,
}

impl Found {
    fn take(
        &mut self,
        own: &VersionRecord,
        other: &VersionRecord,
        alignments: &[AlignmentRecord],
        numbers: &BTreeSet<u32>,
        words: &str,
        known: &Known,
    ) {
        let Some(rows) = parallel_rows(&[own.lang.clone(), other.lang.clone()], alignments) else { return };
        for runs in rows {
            let [own_run, other_run] = runs.as_slice() else { continue };
            let (mine, theirs) = (own_run.of(&own.sentences), other_run.of(&other.sentences));
            let join = |list: &[diwan_store::SentenceRecord]| {
                list.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ")
            };
            let first = mine.iter().find(|s| numbers.contains(&s.n));
            let Some(first) = first.filter(|_| !theirs.is_empty()) else {
                if self.elsewhere.len() < MOST_ELSEWHERE && !theirs.is_empty() {
                    self.elsewhere.push(join(theirs));
                }
                continue;
            };
            let text = join(mine);
            self.examples.push(TermExample {
                code: first.code.clone(),
                found: occurrences(words, &text, &own.lang),
                text,
                opposite_codes: theirs.iter().map(|s| s.code.clone()).collect(),
                opposite: join(theirs),
                rendering: None,
                rendering_span: None,
                confidence: 0.0,
                issuer: known.issuer.clone(),
                date: known.date.clone(),
            });
        }
    }

    fn finish(
        mut self,
        finder: &TermFinder,
        words: &str,
        lang: LanguageTag,
        memory: Vec<(String, String)>,
    ) -> TermUse {
        let places: Vec<(&str, &str)> =
            self.examples.iter().map(|e| (e.text.as_str(), e.opposite.as_str())).collect();
        let elsewhere: Vec<&str> = self.elsewhere.iter().map(String::as_str).collect();
        let found = finder.find(words, &places, &elsewhere);
        for (example, rendering) in self.examples.iter_mut().zip(found) {
            if let Some(rendering) = rendering {
                example.rendering = Some(rendering.span.of(&example.opposite).to_owned());
                example.rendering_span = Some(rendering.span);
                example.confidence = rendering.confidence.value();
            }
        }
        self.examples.sort_by(|a, b| (&a.date, &a.code).cmp(&(&b.date, &b.code)));
        TermUse { renderings: renderings(&self.examples, &lang), examples: self.examples, memory, lang }
    }
}

/// A rendering by the stems of its words, whatever their endings.
fn key(words: &str, lang: &LanguageTag) -> String {
    term_words(words, lang).into_iter().filter(|w| !w.small).map(|w| w.stem).collect::<Vec<_>>().join(" ")
}

fn renderings(examples: &[TermExample], lang: &LanguageTag) -> Vec<TermRendering> {
    let mut groups: BTreeMap<String, (BTreeMap<&str, u64>, TermRendering)> = BTreeMap::new();
    for example in examples {
        let Some(words) = example.rendering.as_deref() else { continue };
        let empty = || TermRendering {
            words: String::new(),
            times: 0,
            bodies: BTreeMap::new(),
            years: BTreeMap::new(),
        };
        let (forms, group) = groups.entry(key(words, lang)).or_insert_with(|| (BTreeMap::new(), empty()));
        *forms.entry(words).or_default() += 1;
        group.times += 1;
        *group.bodies.entry(example.issuer.clone().unwrap_or_default()).or_default() += 1;
        let year = example.date.as_deref().and_then(|d| d.get(..4)).unwrap_or("").to_owned();
        *group.years.entry(year).or_default() += 1;
    }
    let mut out: Vec<TermRendering> = groups
        .into_values()
        .map(|(forms, group)| {
            let most = forms.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)));
            TermRendering { words: most.map(|(form, _)| form.to_owned()).unwrap_or_default(), ..group }
        })
        .collect();
    out.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.words.cmp(&b.words)));
    out
}

/// Terms that recur in aligned places, with their renderings: those that stand in `least` places or more and of which
/// something can be told, most often first.
///
/// # Errors
/// Where the archive cannot be read.
pub fn term_list(
    store: &Store,
    from: &LanguageTag,
    to: &LanguageTag,
    least: u64,
    most: usize,
) -> Result<Vec<TermEntry>, ServeError> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for row in store.statements(&diwan_store::Filter::default())? {
        let alignments = store.alignments(&row.code)?;
        let Some(rows) = parallel_rows(&[from.clone(), to.clone()], &alignments) else { continue };
        let Some(record) = store.statement(&row.code)? else { continue };
        let version = |lang: &LanguageTag| record.versions.iter().find(|v| v.lang == *lang);
        let (Some(own), Some(other)) = (version(from), version(to)) else { continue };
        for runs in rows {
            let [a, b] = runs.as_slice() else { continue };
            let join = |list: &[diwan_store::SentenceRecord]| {
                list.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ")
            };
            let (a, b) = (join(a.of(&own.sentences)), join(b.of(&other.sentences)));
            if !a.is_empty() && !b.is_empty() {
                pairs.push((a, b));
            }
        }
    }
    let finder = finder(store, from, to)?;
    Ok(entries(&pairs, &finder, from, to, least, most))
}

/// Words of a term at most.
const LONGEST_TERM: usize = 5;
/// How a term is printed, how often, and the pairs it stands in.
type Places = (BTreeMap<String, u64>, BTreeSet<usize>);

/// Places of a term that are looked at.
const MOST_PLACES: usize = 60;

fn entries(
    pairs: &[(String, String)],
    finder: &TermFinder,
    from: &LanguageTag,
    to: &LanguageTag,
    least: u64,
    most: usize,
) -> Vec<TermEntry> {
    let mut places: BTreeMap<Vec<String>, Places> = BTreeMap::new();
    for (k, (text, _)) in pairs.iter().enumerate() {
        let words = term_words(text, from);
        for len in 1..=LONGEST_TERM {
            for window in words.windows(len) {
                let (Some(first), Some(last)) = (window.first(), window.last()) else { continue };
                let digits = |stem: &str| stem.chars().all(|c| !c.is_alphabetic());
                if first.small || last.small || digits(&first.stem) || digits(&last.stem) {
                    continue;
                }
                let Some(span) = Span::new(text, first.span.start(), last.span.end()) else { continue };
                let printed = span.of(text);
                // A term does not run over a comma or a stop.
                if len > 1 && printed.contains([',', ';', ':', '.', '،', '؛', '(', ')', '«', '»', '"']) {
                    continue;
                }
                let stems = window.iter().map(|w| w.stem.clone()).collect();
                let entry = places.entry(stems).or_default();
                *entry.0.entry(printed.to_lowercase()).or_default() += 1;
                entry.1.insert(k);
            }
        }
    }
    places.retain(|_, (_, at)| at.len() as u64 >= least);
    // A part of a longer term that stands nowhere without it is no term of its own.
    let longer: BTreeSet<Vec<String>> = places
        .iter()
        .flat_map(|(stems, (_, at))| {
            let parts = (1..stems.len()).flat_map(move |len| stems.windows(len).map(<[String]>::to_vec));
            parts
                .filter(|part| places.get(part).is_some_and(|(_, other)| other.len() == at.len()))
                .collect::<Vec<_>>()
        })
        .collect();
    let mut terms: Vec<_> = places.into_iter().filter(|(stems, _)| !longer.contains(stems)).collect();
    terms.sort_by_key(|(stems, (_, at))| (std::cmp::Reverse(at.len() * stems.len()), stems.clone()));
    let mut out = Vec::new();
    for (_, (forms, at)) in terms.into_iter().take(most * 3) {
        let Some(term) =
            forms.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map(|(form, _)| form)
        else {
            continue;
        };
        let opposite: Vec<(&str, &str)> = at
            .iter()
            .take(MOST_PLACES)
            .filter_map(|k| pairs.get(*k))
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        let elsewhere: Vec<&str> = pairs
            .iter()
            .enumerate()
            .filter(|(k, _)| !at.contains(k))
            .map(|(_, (_, b))| b.as_str())
            .take(MOST_ELSEWHERE)
            .collect();
        let mut counted: BTreeMap<String, (u64, BTreeMap<String, u64>)> = BTreeMap::new();
        for (rendering, (_, text)) in finder.find(&term, &opposite, &elsewhere).into_iter().zip(&opposite) {
            let Some(rendering) = rendering.filter(|r| r.confidence.value() >= 0.4) else { continue };
            let words = rendering.span.of(text);
            let entry = counted.entry(key(words, to)).or_default();
            entry.0 += 1;
            *entry.1.entry(words.to_owned()).or_default() += 1;
        }
        let mut ways: Vec<(String, u64)> = counted
            .into_values()
            .filter_map(|(n, forms)| {
                let most = forms.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)))?;
                Some((most.0, n))
            })
            .collect();
        ways.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut ways = ways.into_iter();
        let Some((rendering, so)) = ways.next().filter(|(_, n)| n * 3 >= opposite.len() as u64) else {
            continue;
        };
        out.push(TermEntry { term, rendering, times: at.len() as u64, so, others: ways.take(4).collect() });
        if out.len() >= most {
            break;
        }
    }
    out.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.term.cmp(&b.term)));
    out
}
