//! The archive's formulas: families of sentences with their variants in time, and the furniture of its pages.

use std::collections::BTreeMap;

use diwan_model::{CaptureHash, LanguageTag, Role};
use diwan_relate::align::{Pair, align};
use diwan_store::{Store, StoreError};
use diwan_wording::formula::{self as wording, FormulaKind, Rendering, Said, TextOf};
use diwan_wording::near::Index;
use diwan_wording::series::day_of;
use serde::Serialize;

use super::series::of_loaded;
use super::{Loaded, SeriesOf, load};

/// A sentence, or a line of furniture, in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// The statement.
    pub code: String,
    /// Its language.
    pub lang: LanguageTag,
    /// Its number in its version; `null` for a line of furniture.
    pub n: Option<u32>,
    /// Line in the source, 1-based.
    pub line: u32,
    /// The source of its page.
    pub source: String,
    /// As printed.
    pub text: String,
    /// The statement's day, where known.
    pub date: Option<String>,
}

impl Member {
    /// Its own code, where it is a sentence.
    pub fn sentence(&self) -> Option<String> {
        self.n.map(|n| format!("{}-{}/{n}", self.code, self.lang.as_str()))
    }
}

/// One wording of a formula and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Its language.
    pub lang: LanguageTag,
    /// Places in [`FormulaEntry::members`] that have these words, in order of time.
    pub members: Vec<usize>,
}

/// A family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormulaEntry {
    /// Twelve hexadecimal digits.
    pub id: String,
    /// Whether it says something.
    pub kind: FormulaKind,
    /// By which method and version.
    pub method: &'static str,
    /// The day it is first found.
    pub first: Option<String>,
    /// The day it is last found.
    pub last: Option<String>,
    /// The first statement of the series that has it no more, where later ones do not have it either.
    pub dropped_by: Option<String>,
    /// In order of time.
    pub members: Vec<Member>,
}

impl FormulaEntry {
    /// Its wordings, by language, then by when each was first used. Looks do not make a wording.
    pub fn variants(&self) -> Vec<Variant> {
        let mut of: BTreeMap<(String, u64), usize> = BTreeMap::new();
        let mut out: Vec<Variant> = Vec::new();
        for (k, member) in self.members.iter().enumerate() {
            let keys = diwan_wording::word_keys(&member.text, &member.lang);
            let key = (member.lang.as_str().to_owned(), diwan_wording::fingerprint(&keys));
            match of.get(&key).and_then(|at| out.get_mut(*at)) {
                Some(variant) => variant.members.push(k),
                None => {
                    of.insert(key, out.len());
                    out.push(Variant { lang: member.lang.clone(), members: vec![k] });
                }
            }
        }
        out.sort_by_key(|variant| variant.lang.as_str().to_owned());
        out
    }
}

/// All families of an archive, and its series.
#[derive(Debug, Default)]
pub struct Formulas {
    /// The series they were followed through.
    pub series: SeriesOf,
    /// By their first members.
    pub all: Vec<FormulaEntry>,
    /// The family of each sentence (`DW/2021/000123-fa/12`), as an index.
    of_sentence: BTreeMap<String, usize>,
    sentences: Vec<Member>,
    index: Index,
}

impl Formulas {
    /// The family of that name.
    pub fn named(&self, id: &str) -> Option<&FormulaEntry> {
        self.all.iter().find(|formula| formula.id == id)
    }

    /// The family of a sentence.
    pub fn of(&self, sentence: &str) -> Option<&FormulaEntry> {
        self.of_sentence.get(sentence).and_then(|k| self.all.get(*k))
    }

    /// Where else nearly the same was said: the most alike first, each with how alike, 0 to 1.
    pub fn said(&self, text: &str, lang: &LanguageTag) -> Vec<(&Member, f32)> {
        let near = self.index.near(text, lang);
        near.iter().filter_map(|n| Some((self.sentences.get(n.sentence as usize)?, n.likeness))).collect()
    }

    /// Every sentence of the archive, in order of time.
    pub fn sentences(&self) -> &[Member] {
        &self.sentences
    }
}

/// Roles of lines that are furniture when they recur: they belong to the page, not to what is said.
fn is_furniture(role: Role) -> bool {
    (role.is_furniture() && role != Role::Blank)
        || matches!(
            role,
            Role::Disclaimer
                | Role::SourceLink
                | Role::Issuer
                | Role::Office
                | Role::DocumentType
                | Role::BeginMark
                | Role::EndMark
                | Role::Contact
                | Role::ArchiveMetadataHeading
                | Role::ArchiveMetadataLabel
        )
}

/// What families are made of, side by side.
#[derive(Default)]
struct Gathered {
    said: Vec<Said>,
    members: Vec<Member>,
    texts: Vec<TextOf>,
    /// For each statement (as loaded) and language: its text and the index of its first sentence.
    versions: BTreeMap<(usize, String), (usize, u32)>,
}

/// Reads the archive's formulas.
///
/// # Errors
/// Whatever the store says.
pub fn formulas(store: &Store) -> Result<Formulas, StoreError> {
    let loaded = load(store)?;
    let series = of_loaded(&loaded);
    let mut gathered = gather(&loaded, &series);
    let sentences = gathered.members.clone();
    let given: Vec<(&str, &LanguageTag)> = sentences.iter().map(|m| (m.text.as_str(), &m.lang)).collect();
    let index = Index::build(&given);
    furniture(store, &loaded, &mut gathered)?;
    let renderings = renderings(&loaded, &series, &gathered);
    let found = wording::formulas(&gathered.said, &gathered.texts, &renderings);
    let mut out = Formulas { series, index, sentences, ..Formulas::default() };
    for formula in found {
        let members: Vec<Member> =
            formula.members.iter().filter_map(|k| gathered.members.get(*k as usize).cloned()).collect();
        for sentence in members.iter().filter_map(Member::sentence) {
            out.of_sentence.insert(sentence, out.all.len());
        }
        let days = || members.iter().filter_map(|m| m.date.clone());
        let dropped_by = match formula.kind {
            FormulaKind::Formula => dropped_by(&members, &out.series),
            FormulaKind::Boilerplate => None,
        };
        out.all.push(FormulaEntry {
            id: formula.id,
            kind: formula.kind,
            method: wording::METHOD,
            first: days().min(),
            last: days().max(),
            dropped_by,
            members,
        });
    }
    Ok(out)
}

/// Sentences of all texts, in order of time, so that the first of a family is the oldest.
fn gather(loaded: &[Loaded], series: &SeriesOf) -> Gathered {
    let mut order: Vec<(Option<String>, usize)> = loaded
        .iter()
        .enumerate()
        .map(|(k, one)| (day_of(one.date.as_deref(), &one.source()).map(|day| day.iso), k))
        .collect();
    order.sort_by(|a, b| (a.0.is_none(), &a.0, a.1).cmp(&(b.0.is_none(), &b.0, b.1)));
    let places: BTreeMap<&str, (usize, usize)> = series
        .all
        .iter()
        .enumerate()
        .flat_map(|(s, one)| one.statements.iter().enumerate().map(move |(p, st)| (st.code.as_str(), (s, p))))
        .collect();
    let mut out = Gathered::default();
    for (day, k) in order {
        let Some(one) = loaded.get(k) else { continue };
        for version in &one.versions {
            let text_of = out.texts.len();
            let place = places.get(one.code.as_str()).copied();
            out.texts.push(TextOf { statement: k, place, furniture: false });
            let first = u32::try_from(out.said.len()).unwrap_or(u32::MAX);
            out.versions.insert((k, version.lang.as_str().to_owned()), (text_of, first));
            for sentence in &version.sentences {
                out.said.push(Said {
                    text_of,
                    n: sentence.n,
                    lang: version.lang.clone(),
                    text: sentence.text.clone(),
                });
                out.members.push(Member {
                    code: one.code.clone(),
                    lang: version.lang.clone(),
                    n: Some(sentence.n),
                    line: sentence.line,
                    source: version.source.clone(),
                    text: sentence.text.clone(),
                    date: day.clone(),
                });
            }
        }
    }
    out
}

/// Lines that belong to pages, of every page that a shown version comes from.
fn furniture(store: &Store, loaded: &[Loaded], gathered: &mut Gathered) -> Result<(), StoreError> {
    let mut pages: BTreeMap<CaptureHash, (usize, &Loaded, &str)> = BTreeMap::new();
    for (k, one) in loaded.iter().enumerate() {
        for version in &one.versions {
            pages.entry(version.capture).or_insert((k, one, &version.source));
        }
    }
    let mut pages: Vec<_> = pages.into_iter().collect();
    pages.sort_by_key(|(_, (k, _, source))| (*k, (*source).to_owned()));
    for (capture, (k, one, source)) in pages {
        let Some(reading) = store.reading(capture)? else { continue };
        let text_of = gathered.texts.len();
        gathered.texts.push(TextOf { statement: k, place: None, furniture: true });
        let day = day_of(one.date.as_deref(), &one.source()).map(|day| day.iso);
        for block in reading.blocks.iter().filter(|block| is_furniture(block.role)) {
            gathered.said.push(Said { text_of, n: 0, lang: block.lang.clone(), text: block.text.clone() });
            gathered.members.push(Member {
                code: one.code.clone(),
                lang: block.lang.clone(),
                n: None,
                line: block.line,
                source: source.to_owned(),
                text: block.text.clone(),
                date: day.clone(),
            });
        }
    }
    Ok(())
}

/// Two versions, each as statement and version, and how much their rendering weighs.
type Job = ((usize, usize), (usize, usize), f32);

/// Longest texts that are aligned here, in sentences.
const LONGEST: usize = 2_000;

/// Which sentences render which: between the languages of one statement; and between neighbouring statements of a
/// series that have no language in common, which follow one pattern and so can be aligned as well.
fn renderings(loaded: &[Loaded], series: &SeriesOf, gathered: &Gathered) -> Vec<Rendering> {
    let at: BTreeMap<&str, usize> =
        loaded.iter().enumerate().map(|(k, one)| (one.code.as_str(), k)).collect();
    // Jobs by pair of languages, so that what is learnt of two languages is shared.
    let mut jobs: BTreeMap<(String, String), Vec<Job>> = BTreeMap::new();
    let mut job = |a: (usize, usize), b: (usize, usize), weight: f32| {
        let lang = |(s, v): (usize, usize)| {
            loaded.get(s).and_then(|one| one.versions.get(v)).map(|v| v.lang.as_str().to_owned())
        };
        if let (Some(x), Some(y)) = (lang(a), lang(b)) {
            if x < y {
                jobs.entry((x, y)).or_default().push((a, b, weight));
            } else {
                jobs.entry((y, x)).or_default().push((b, a, weight));
            }
        }
    };
    for (k, one) in loaded.iter().enumerate() {
        for other in 1..one.versions.len() {
            job((k, 0), (k, other), 1.0);
        }
    }
    for one in &series.all {
        let members: Vec<usize> =
            one.statements.iter().filter_map(|s| at.get(s.code.as_str()).copied()).collect();
        for (p, k) in members.iter().enumerate() {
            // Back to the last that shares a language, at most three.
            for earlier in members.get(p.saturating_sub(3)..p).unwrap_or(&[]).iter().rev() {
                let (Some(a), Some(b)) = (loaded.get(*earlier), loaded.get(*k)) else { continue };
                let common = a.versions.iter().any(|v| b.versions.iter().any(|w| w.lang == v.lang));
                if common {
                    break;
                }
                for v in 0..a.versions.len() {
                    for w in 0..b.versions.len() {
                        job((*earlier, v), (*k, w), ACROSS);
                    }
                }
            }
        }
    }
    let mut out = Vec::new();
    for ((from, to), jobs) in jobs {
        let sentences = |(s, v): (usize, usize)| -> Vec<String> {
            let version = loaded.get(s).and_then(|one| one.versions.get(v));
            version
                .map(|v| v.sentences.iter().take(LONGEST).map(|s| s.text.clone()).collect())
                .unwrap_or_default()
        };
        let pairs: Vec<Pair> =
            jobs.iter().map(|(a, b, _)| Pair { source: sentences(*a), target: sentences(*b) }).collect();
        let found = align(&pairs, &LanguageTag::new(&from), &LanguageTag::new(&to));
        for ((a, b, weight), beads) in jobs.iter().zip(found) {
            let first = |(s, _): (usize, usize), lang: &str| {
                gathered.versions.get(&(s, lang.to_owned())).map(|(_, first)| *first)
            };
            let (Some(first_a), Some(first_b)) = (first(*a, &from), first(*b, &to)) else { continue };
            let (own, other) = (sentences(*a), sentences(*b));
            let least = if *weight < 1.0 { SURE_ACROSS } else { SURE };
            for bead in beads.iter().filter(|bead| bead.confidence.value() >= least) {
                let index = |first: u32, k: usize| first + u32::try_from(k).unwrap_or(0);
                let mut put = |i: usize, j: usize, confidence: f32| {
                    out.push(Rendering { a: index(first_a, i), b: index(first_b, j), confidence });
                };
                let confidence = weight * bead.confidence.value();
                let main = (longest(&own, bead.source.clone()), longest(&other, bead.target.clone()));
                let (Some(main_i), Some(main_j)) = main else { continue };
                put(main_i, main_j, confidence);
                // Of two sentences that one renders, the longer carries the thought; between two statements, where one
                // thought may be in two sentences of one of them, the shorter counts as well, for less.
                if *weight < 1.0 && bead.source.len() <= 2 && bead.target.len() <= 2 {
                    for (i, j) in bead.source.clone().flat_map(|i| bead.target.clone().map(move |j| (i, j))) {
                        if (i, j) != (main_i, main_j) {
                            put(i, j, 0.8 * confidence);
                        }
                    }
                }
            }
        }
    }
    out
}

/// How much a rendering between two statements weighs beside one between two versions of one: less than any likeness inside
/// a language.
const ACROSS: f32 = 0.35;

/// Least confidence of a bead that counts: between versions of one statement, and between two statements.
const SURE: f32 = 0.35;
const SURE_ACROSS: f32 = 0.5;

fn longest(sentences: &[String], range: std::ops::Range<usize>) -> Option<usize> {
    range.max_by_key(|k| (sentences.get(*k).map_or(0, |s| s.chars().count()), std::cmp::Reverse(*k)))
}

/// The first statement, in the series of the newest member and in its language, that no longer has the formula.
fn dropped_by(members: &[Member], series: &SeriesOf) -> Option<String> {
    let newest = members.last()?;
    let (of, at) = series.of(&newest.code)?;
    let langs: Vec<&str> = members.iter().map(|m| m.lang.as_str()).collect();
    let later = of.statements.get(at + 1..)?;
    later.iter().find(|s| s.langs.iter().any(|l| langs.contains(&l.as_str()))).map(|s| s.code.clone())
}
