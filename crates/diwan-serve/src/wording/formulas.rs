//! The archive's formulas: families of sentences with their variants in time, and the furniture of its pages.

use std::collections::{BTreeMap, BTreeSet};

use diwan_model::{CaptureHash, LanguageTag, Role};
use diwan_relate::align::seed_lexicon;
use diwan_store::{Run, Store, StoreError};
use diwan_wording::formula::{self as wording, Dictionary, FormulaKind, Rendering, Said, TextOf};
use diwan_wording::series::day_of;
use serde::{Deserialize, Serialize};

use super::series::of_loaded;
use super::{Loaded, SeriesOf, load};

/// A sentence, or a line of furniture, in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormulaEntry {
    /// Twelve hexadecimal digits.
    pub id: String,
    /// Whether it says something.
    pub kind: FormulaKind,
    /// Whether it is a clause inside sentences that are otherwise different; then its members' texts are the clause.
    pub clause: bool,
    /// By which method and version.
    pub method: String,
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

    fn of_entries(series: SeriesOf, all: Vec<FormulaEntry>) -> Self {
        let mut of_sentence = BTreeMap::new();
        for (k, formula) in all.iter().enumerate() {
            // A sentence that says two is told under the first; what it is in as a whole comes before its clauses.
            for sentence in formula.members.iter().filter_map(Member::sentence) {
                of_sentence.entry(sentence).or_insert(k);
            }
        }
        Self { series, all, of_sentence }
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

/// What formulas are kept under.
const KEPT: &str = "formulas";
const KEPT_SERIES: &str = "series";

/// The archive's formulas: as they are kept, where nothing changed since; else made anew and kept, under the names they had.
///
/// # Errors
/// Whatever the store says.
pub fn formulas(store: &Store) -> Result<Formulas, StoreError> {
    let state = format!("{} {} {}", wording::METHOD, diwan_wording::series::METHOD, store.wording_state()?);
    let kept = store.kept_wording(KEPT)?;
    let before: Vec<FormulaEntry> =
        kept.as_ref().and_then(|(_, json)| serde_json::from_str(json).ok()).unwrap_or_default();
    if kept.is_some_and(|(of, _)| of == state)
        && let Some((of, json)) = store.kept_wording(KEPT_SERIES)?
        && of == state
        && let Ok(series) = serde_json::from_str(&json)
    {
        return Ok(Formulas::of_entries(SeriesOf { all: series }, before));
    }
    let (series, mut all) = make(store)?;
    rename(&before, &mut all);
    // Who may not write (another process does just now) makes them again the next time.
    if let (Ok(series), Ok(entries)) = (serde_json::to_string(&series.all), serde_json::to_string(&all)) {
        let sentences: Vec<(String, String)> = all
            .iter()
            .filter(|formula| formula.kind == FormulaKind::Formula)
            .flat_map(|formula| {
                formula.members.iter().filter_map(|m| Some((m.sentence()?, formula.id.clone())))
            })
            .collect();
        let _ = store.keep_wording(&state, &[(KEPT_SERIES, series), (KEPT, entries)], &sentences);
    }
    Ok(Formulas::of_entries(series, all))
}

/// Gives each formula the name it had before.
fn rename(before: &[FormulaEntry], all: &mut [FormulaEntry]) {
    let keys = |formula: &FormulaEntry| -> Vec<u64> {
        let key = |m: &Member| {
            let place = m.sentence().unwrap_or_else(|| format!("{} {}", m.source, m.line));
            diwan_wording::fingerprint(&diwan_wording::word_keys(&place, &LanguageTag::UNDETERMINED))
                ^ u64::from(formula.clause)
        };
        formula.members.iter().map(key).collect()
    };
    let old: Vec<(String, Vec<u64>)> = before.iter().map(|f| (f.id.clone(), keys(f))).collect();
    let new: Vec<Vec<u64>> = all.iter().map(keys).collect();
    let kept = wording::keep_names(&old, &new);
    let mut taken: BTreeSet<String> = kept.iter().flatten().cloned().collect();
    for (formula, name) in all.iter_mut().zip(kept) {
        let fresh = name.is_none();
        if let Some(name) = name {
            formula.id = name;
        }
        // A new one whose words would give it a name that an old one has is counted on.
        let mut n = 0_u64;
        while fresh && !taken.insert(formula.id.clone()) {
            n += 1;
            let hash = diwan_wording::fingerprint(&[n, u64::from_str_radix(&formula.id, 16).unwrap_or(n)]);
            formula.id = format!("{:012x}", hash >> 16);
        }
    }
}

fn make(store: &Store) -> Result<(SeriesOf, Vec<FormulaEntry>), StoreError> {
    let loaded = load(store)?;
    let series = of_loaded(&loaded);
    let mut gathered = gather(&loaded, &series);
    furniture(store, &loaded, &mut gathered)?;
    let renderings = renderings(store, &loaded, &gathered)?;
    let dictionary = dictionary(store, &series)?;
    let found = wording::formulas(&gathered.said, &gathered.texts, &renderings, &dictionary);
    let names = Names::read(store)?;
    let mut all = Vec::with_capacity(found.len());
    for formula in found {
        let mut members: Vec<Member> =
            formula.members.iter().filter_map(|k| gathered.members.get(*k as usize).cloned()).collect();
        let clause = !formula.clauses.is_empty();
        for (member, span) in members.iter_mut().zip(&formula.clauses) {
            member.text = span.of(&member.text).to_owned();
        }
        if clause && members.first().is_some_and(|m| names.fill(&m.text, &m.lang)) {
            continue;
        }
        let days = || members.iter().filter_map(|m| m.date.clone());
        let dropped_by = match formula.kind {
            FormulaKind::Formula => dropped_by(&members, &series),
            FormulaKind::Boilerplate => None,
        };
        all.push(FormulaEntry {
            id: formula.id,
            kind: formula.kind,
            clause,
            method: wording::METHOD.to_owned(),
            first: days().min(),
            last: days().max(),
            dropped_by,
            members,
        });
    }
    Ok((series, all))
}

/// Names of the archive's authority records: a run of words that is hardly more than a name is no clause.
struct Names(BTreeSet<u64>);

impl Names {
    const LONGEST: usize = 14;
    /// A clause of which names are so large a share is a name.
    const SHARE: f32 = 0.6;

    fn read(store: &Store) -> Result<Self, StoreError> {
        let mut out = BTreeSet::new();
        for entity in store.entities(None)? {
            for spelling in &entity.spellings {
                let keys = diwan_wording::word_keys(&spelling.text, &LanguageTag::new(&spelling.lang));
                if (2..=Self::LONGEST).contains(&keys.len()) {
                    out.insert(diwan_wording::fingerprint(&keys));
                }
            }
        }
        Ok(Self(out))
    }

    fn fill(&self, text: &str, lang: &LanguageTag) -> bool {
        let keys = diwan_wording::word_keys(text, lang);
        let longest = (2..=Self::LONGEST.min(keys.len()))
            .rev()
            .find(|n| keys.windows(*n).any(|run| self.0.contains(&diwan_wording::fingerprint(run))));
        longest.is_some_and(|n| n as f32 >= Self::SHARE * keys.len() as f32)
    }
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

/// Which sentences render which between the languages of one statement: the beads that the archive keeps, people's
/// corrections over them.
fn renderings(store: &Store, loaded: &[Loaded], gathered: &Gathered) -> Result<Vec<Rendering>, StoreError> {
    let at: BTreeMap<&str, usize> =
        loaded.iter().enumerate().map(|(k, one)| (one.code.as_str(), k)).collect();
    let mut out = Vec::new();
    store.for_each_alignment(|record| {
        let Some(statement) = at.get(record.statement.as_str()).copied() else { return Ok(()) };
        let first = |lang: &LanguageTag| {
            gathered.versions.get(&(statement, lang.as_str().to_owned())).map(|(_, first)| *first)
        };
        let (true, Some(a), Some(b)) = (record.current, first(&record.source), first(&record.target)) else {
            return Ok(());
        };
        for bead in record.beads.iter().filter(|bead| bead.confidence >= SURE) {
            let indices = |first: u32, run: Run| -> Vec<u32> {
                run.numbers().filter_map(|n| Some(first + n.checked_sub(1)?)).collect()
            };
            let (xs, ys) = (indices(a, bead.source), indices(b, bead.target));
            let (Some(main_x), Some(main_y)) = (longest(gathered, &xs), longest(gathered, &ys)) else {
                continue;
            };
            // Of two sentences that one renders, the longer carries the thought; the other is a part of it.
            let whole = xs.len() == 1 || ys.len() == 1;
            for (x, y) in xs.iter().flat_map(|x| ys.iter().map(move |y| (*x, *y))) {
                let part = (x, y) != (main_x, main_y);
                if !part || whole {
                    out.push(Rendering { a: x, b: y, confidence: bead.confidence, part });
                }
            }
        }
        Ok::<(), StoreError>(())
    })?;
    Ok(out)
}

/// Least confidence of a bead that counts.
const SURE: f32 = 0.35;

/// The longest of these sentences.
fn longest(gathered: &Gathered, sentences: &[u32]) -> Option<u32> {
    let length = |k: u32| gathered.said.get(k as usize).map_or(0, |s| s.text.chars().count());
    sentences.iter().copied().max_by_key(|k| (length(*k), std::cmp::Reverse(*k)))
}

/// How words are rendered between languages in which neighbouring statements of a series stand: the seed, and what the
/// archive learnt.
fn dictionary(store: &Store, series: &SeriesOf) -> Result<Dictionary, StoreError> {
    let mut wanted: BTreeSet<(LanguageTag, LanguageTag)> = BTreeSet::new();
    for pair in series.all.iter().flat_map(|one| one.statements.windows(2)) {
        let [a, b] = pair else { continue };
        let langs = a.langs.iter().flat_map(|x| b.langs.iter().map(move |y| (x, y)));
        wanted.extend(langs.filter(|(x, y)| x < y).map(|(x, y)| (x.clone(), y.clone())));
        let langs = a.langs.iter().flat_map(|x| b.langs.iter().map(move |y| (x, y)));
        wanted.extend(langs.filter(|(x, y)| x > y).map(|(x, y)| (y.clone(), x.clone())));
    }
    let mut out = Dictionary::default();
    for (from, to) in &wanted {
        // A pair seen three times is as sure as one of the seed.
        let sure = |seen: f32| (seen / 3.0).min(1.0);
        let seed = seed_lexicon(from, to).pairs;
        out.add(from, to, seed.iter().map(|(a, b, w)| (a.as_str(), b.as_str(), *w)));
        for (x, y) in [(from, to), (to, from)] {
            let learnt = store.lexicon(x, y)?.1;
            out.add(x, y, learnt.iter().map(|(a, b, n)| (a.as_str(), b.as_str(), sure(*n))));
        }
    }
    Ok(out)
}

/// The first statement, in the series of the newest member and in its language, that no longer has the formula.
fn dropped_by(members: &[Member], series: &SeriesOf) -> Option<String> {
    let newest = members.last()?;
    let (of, at) = series.of(&newest.code)?;
    let langs: Vec<&str> = members.iter().map(|m| m.lang.as_str()).collect();
    let later = of.statements.get(at + 1..)?;
    later.iter().find(|s| s.langs.iter().any(|l| langs.contains(&l.as_str()))).map(|s| s.code.clone())
}
