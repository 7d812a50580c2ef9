//! Series: successive statements of one body and kind, put in order by themselves.
//!
//! Two statements are of one series when they speak alike: the words they are made of, the shape of their titles, who
//! issued them and what they are called, the sentences they share. Likeness is measured in each language that both have.
//! What is alike is tied; what is left over joins the series it is most like. A person's word wins over all of it.

mod day;
mod recall;

use std::collections::{BTreeMap, BTreeSet};

use diwan_model::LanguageTag;
use diwan_text::words::{WordKind, words_in};
use rayon::prelude::*;

use crate::near::Index;
use crate::text::{content_stems, fingerprint, word_keys};

pub use day::{Day, DayFrom, day_of};
pub use recall::{Recall, recalls};

/// The method and its version.
pub const METHOD: &str = "series@1";

/// Statements at least so alike are of one series.
const ALIKE: f32 = 0.42;
/// A statement that is left over joins a series that it is on average so much like.
const JOINS: f32 = 0.34;
/// Two series become one when their statements are on average so much alike …
const ONE: f32 = 0.32;
/// … and not much less than those inside either.
const ONE_OF_INSIDE: f32 = 0.65;
/// What is less alike than this is not looked at.
const STRANGERS: f32 = 0.15;

/// A statement as series are made of it.
#[derive(Debug, Clone, Default)]
pub struct Statement {
    /// Its code; decides between statements of one day.
    pub code: String,
    /// `YYYY-MM-DD` or `YYYY-MM`, where the record has one.
    pub date: Option<String>,
    /// The name of its file or its address: may hold a date where the record has none.
    pub source: String,
    /// Who issued it.
    pub issuer: Option<String>,
    /// What kind of document.
    pub kind: Option<String>,
    /// Its texts.
    pub versions: Vec<Version>,
    /// The series a person put it in; `Some("")`: in none.
    pub decided: Option<String>,
}

/// A text of a statement in one language.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its language.
    pub lang: LanguageTag,
    /// Its title.
    pub title: Option<String>,
    /// Its sentences in order.
    pub sentences: Vec<String>,
}

/// A statement's place in its series.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Which statement, as an index into what was given.
    pub statement: usize,
    /// Its day, where known.
    pub day: Option<Day>,
    /// How sure it is that it belongs here, 0 to 1.
    pub confidence: f32,
    /// Whether statements seem to be missing before it: the time since the one before is more than twice the usual.
    pub gap_before: bool,
}

/// Successive statements of one body and kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name: as a person gave it, else from titles, issuer or first words.
    pub name: String,
    /// Whether a person gave the name.
    pub named_by_person: bool,
    /// Its statements in order.
    pub places: Vec<Place>,
}

/// Series of all statements given: those with most statements first. Every statement is in at most one; a statement like
/// no other is in none, unless a person put it in one.
pub fn series(statements: &[Statement]) -> Vec<Series> {
    let profiles = profiles(statements);
    let mut groups = tied(statements, &profiles);
    groups
        .sort_by_key(|group| (std::cmp::Reverse(group.members.len()), group.members.keys().next().copied()));
    let mut out: Vec<Series> = groups.into_iter().map(|group| order(statements, group)).collect();
    tell_apart(&mut out);
    out
}

/// How alike each two statements are, 0 to 1: what [`series`] goes by. For a person who wonders why.
pub fn likenesses(statements: &[Statement]) -> Vec<(usize, usize, f32)> {
    let profiles = profiles(statements);
    let row = |a: usize| (a + 1..statements.len()).map(|b| (a, b, profiles.alike(a, b))).collect::<Vec<_>>();
    (0..statements.len()).into_par_iter().flat_map_iter(row).collect()
}

/// What is compared of a statement, in one language.
#[derive(Debug, Default)]
struct Profile {
    /// Content words and how much each weighs; squares sum to 1. Sorted.
    words: Vec<(u64, f32)>,
    /// Content words of the title without numbers, sorted.
    title: Vec<u64>,
    /// Families of its sentences, sorted.
    formulas: Vec<u32>,
    sentences: usize,
}

struct Profiles {
    /// For each statement, by language.
    by_lang: Vec<BTreeMap<String, Profile>>,
    issuer: Vec<Option<u64>>,
    kind: Vec<Option<u64>>,
}

fn folded(text: &Option<String>) -> Option<u64> {
    let keys = word_keys(text.as_deref()?, &LanguageTag::UNDETERMINED);
    (!keys.is_empty()).then(|| fingerprint(&keys))
}

fn profiles(statements: &[Statement]) -> Profiles {
    let mut all: Vec<(&str, &LanguageTag)> = Vec::new();
    let mut owner: Vec<(usize, usize)> = Vec::new();
    for (s, statement) in statements.iter().enumerate() {
        for (v, version) in statement.versions.iter().enumerate() {
            for sentence in &version.sentences {
                all.push((sentence, &version.lang));
                owner.push((s, v));
            }
        }
    }
    let mut formulas: BTreeMap<(usize, usize), Vec<u32>> = BTreeMap::new();
    for (family, members) in (0_u32..).zip(Index::build(&all).families()) {
        for owner in members.iter().filter_map(|k| owner.get(*k as usize)) {
            formulas.entry(*owner).or_default().push(family);
        }
    }
    let by_lang = statements
        .par_iter()
        .enumerate()
        .map(|(s, statement)| {
            let mut out = BTreeMap::new();
            for (v, version) in statement.versions.iter().enumerate() {
                let mut shared = formulas.get(&(s, v)).cloned().unwrap_or_default();
                shared.sort_unstable();
                shared.dedup();
                out.insert(version.lang.primary().to_owned(), profile(version, shared));
            }
            out
        })
        .collect();
    Profiles {
        by_lang,
        issuer: statements.iter().map(|s| folded(&s.issuer)).collect(),
        kind: statements.iter().map(|s| folded(&s.kind)).collect(),
    }
}

fn profile(version: &Version, formulas: Vec<u32>) -> Profile {
    let mut counted: BTreeMap<u64, u32> = BTreeMap::new();
    for sentence in &version.sentences {
        for stem in content_stems(sentence, &version.lang) {
            *counted.entry(stem).or_default() += 1;
        }
    }
    let mut words: Vec<(u64, f32)> =
        counted.into_iter().map(|(stem, n)| (stem, 1.0 + (n as f32).ln())).collect();
    let norm = words.iter().map(|(_, w)| w * w).sum::<f32>().sqrt().max(f32::EPSILON);
    words.iter_mut().for_each(|(_, w)| *w /= norm);
    let title =
        version.title.as_deref().map(|title| without_numbers(title, &version.lang)).unwrap_or_default();
    let mut title = content_stems(&title, &version.lang);
    title.sort_unstable();
    title.dedup();
    Profile { words, title, formulas, sentences: version.sentences.len() }
}

fn without_numbers(title: &str, lang: &LanguageTag) -> String {
    let words = words_in(title, lang);
    let kept = words.iter().filter(|w| w.kind == WordKind::Word).map(|w| w.span.of(title));
    kept.collect::<Vec<_>>().join(" ")
}

impl Profiles {
    /// How alike two statements are, 0 to 1; 0 where they have no language in common.
    fn alike(&self, a: usize, b: usize) -> f32 {
        let (Some(x), Some(y)) = (self.by_lang.get(a), self.by_lang.get(b)) else { return 0.0 };
        let mut best = 0.0_f32;
        for (lang, p) in x {
            if let Some(q) = y.get(lang) {
                best = best.max(p.alike(q));
            }
        }
        let same = |all: &[Option<u64>]| match (all.get(a), all.get(b)) {
            (Some(Some(x)), Some(Some(y))) => Some(x == y),
            _ => None,
        };
        let for_it = |same: Option<bool>, plus: f32, minus: f32| match same {
            Some(true) => plus,
            Some(false) => -minus,
            None => 0.0,
        };
        if best == 0.0 {
            return 0.0;
        }
        (best + for_it(same(&self.issuer), 0.08, 0.04) + for_it(same(&self.kind), 0.05, 0.08)).clamp(0.0, 1.0)
    }
}

impl Profile {
    fn alike(&self, other: &Self) -> f32 {
        let words = cosine(&self.words, &other.words);
        let fewest = self.sentences.min(other.sentences).max(1);
        let formulas = (shared(&self.formulas, &other.formulas) as f32 / fewest as f32).min(1.0);
        let titles = self.title.len() + other.title.len();
        let title = if self.title.is_empty() || other.title.is_empty() {
            0.0
        } else {
            2.0 * shared(&self.title, &other.title) as f32 / titles as f32
        };
        words + 0.35 * formulas + 0.25 * title * title
    }
}

fn cosine(a: &[(u64, f32)], b: &[(u64, f32)]) -> f32 {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut sum = 0.0;
    while let (Some((x, p)), Some((y, q))) = (a.peek(), b.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => _ = a.next(),
            std::cmp::Ordering::Greater => _ = b.next(),
            std::cmp::Ordering::Equal => {
                sum += p * q;
                a.next();
                b.next();
            }
        }
    }
    sum
}

fn shared<T: Ord>(a: &[T], b: &[T]) -> usize {
    let b: BTreeSet<&T> = b.iter().collect();
    a.iter().filter(|item| b.contains(item)).count()
}

/// Statements tied together, each with how sure that is.
struct Group {
    name: Option<String>,
    members: BTreeMap<usize, f32>,
}

/// Beyond so many statements only those of one issuer, of one title, or with a sentence in common are compared.
const ALL_PAIRS: usize = 4_000;

fn tied(statements: &[Statement], profiles: &Profiles) -> Vec<Group> {
    let free: Vec<usize> =
        (0..statements.len()).filter(|k| statements.get(*k).is_some_and(|s| s.decided.is_none())).collect();
    let everyone: Vec<usize> = (0..statements.len())
        .filter(|k| statements.get(*k).is_some_and(|s| s.decided.as_deref() != Some("")))
        .collect();
    let candidates = (everyone.len() > ALL_PAIRS).then(|| candidates(&everyone, profiles));
    let pairs: Vec<(usize, usize, f32)> = everyone
        .par_iter()
        .enumerate()
        .flat_map_iter(|(at, a)| {
            let others: Vec<usize> = match &candidates {
                Some(found) => found
                    .get(a)
                    .map(|set| set.iter().copied().filter(|b| b > a).collect())
                    .unwrap_or_default(),
                None => everyone.get(at + 1..).unwrap_or(&[]).to_vec(),
            };
            let a = *a;
            others
                .into_iter()
                .map(move |b| (a, b, profiles.alike(a, b)))
                .filter(|(_, _, like)| *like >= STRANGERS)
        })
        .collect();
    let mut group_of: BTreeMap<usize, usize> = BTreeMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for (k, statement) in statements.iter().enumerate() {
        let Some(name) = statement.decided.as_ref().filter(|name| !name.is_empty()) else { continue };
        let at = match groups.iter().position(|group| group.name.as_ref() == Some(name)) {
            Some(at) => at,
            None => {
                groups.push(Group { name: Some(name.clone()), members: BTreeMap::new() });
                groups.len() - 1
            }
        };
        group_of.insert(k, at);
        if let Some(group) = groups.get_mut(at) {
            group.members.insert(k, 1.0);
        }
    }
    // Free statements: the strongest ties first. A tie to a statement that a person placed joins that series; two named
    // series never become one.
    let mut roots = crate::near::Roots::new(statements.len());
    let mut named: BTreeMap<u32, usize> = BTreeMap::new();
    for (k, at) in &group_of {
        let (k, first) =
            (index(*k), groups.get(*at).and_then(|g| g.members.keys().next().copied()).map(index));
        roots.tie(k, first.unwrap_or(k));
        named.insert(roots.root(k), *at);
    }
    let mut ordered: Vec<&(usize, usize, f32)> = pairs.iter().filter(|pair| pair.2 >= ALIKE).collect();
    ordered.sort_by(|x, y| y.2.total_cmp(&x.2).then((x.0, x.1).cmp(&(y.0, y.1))));
    let mut sure: BTreeMap<usize, f32> = BTreeMap::new();
    for (a, b, like) in ordered {
        let (x, y) = (roots.root(index(*a)), roots.root(index(*b)));
        let (of_x, of_y) = (named.get(&x).copied(), named.get(&y).copied());
        if x != y && of_x.is_some() && of_y.is_some() {
            continue;
        }
        for k in [*a, *b] {
            sure.entry(k).or_insert(*like);
        }
        roots.tie(x, y);
        if let Some(at) = of_x.or(of_y) {
            named.insert(roots.root(x), at);
        }
    }
    let mut by_root: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for k in &free {
        by_root.entry(roots.root(index(*k))).or_default().push(*k);
    }
    let mut alone: Vec<usize> = Vec::new();
    for (root, members) in by_root {
        match named.get(&root) {
            Some(at) => {
                if let Some(group) = groups.get_mut(*at) {
                    group.members.extend(members.iter().map(|k| (*k, sure.get(k).copied().unwrap_or(ALIKE))));
                }
            }
            None if members.len() > 1 => groups.push(Group {
                name: None,
                members: members.iter().map(|k| (*k, sure.get(k).copied().unwrap_or(ALIKE))).collect(),
            }),
            None => alone.extend(members),
        }
    }
    unite(&mut groups, &pairs);
    adopt(&mut groups, &alone, &pairs);
    groups
}

/// Makes one series of two whose statements are nearly as much alike as those inside either: what happens where they
/// have few languages in common.
fn unite(groups: &mut Vec<Group>, pairs: &[(usize, usize, f32)]) {
    loop {
        let of: BTreeMap<usize, usize> = groups
            .iter()
            .enumerate()
            .flat_map(|(g, group)| group.members.keys().map(move |k| (*k, g)))
            .collect();
        let mut sums: BTreeMap<(usize, usize), (f32, u32)> = BTreeMap::new();
        for (a, b, like) in pairs {
            let (Some(x), Some(y)) = (of.get(a), of.get(b)) else { continue };
            let sum = sums.entry((*x.min(y), *x.max(y))).or_default();
            *sum = (sum.0 + like, sum.1 + 1);
        }
        let mean = |x: usize, y: usize| sums.get(&(x, y)).map_or(0.0, |(sum, n)| sum / (*n).max(1) as f32);
        let may = |x: usize, y: usize| {
            let between = mean(x, y);
            let unnamed = |g: usize| groups.get(g).is_some_and(|group| group.name.is_none());
            (x != y
                && between >= ONE
                && between >= ONE_OF_INSIDE * mean(x, x).min(mean(y, y))
                && unnamed(x)
                && unnamed(y))
            .then_some((between, x, y))
        };
        let best = sums.keys().filter_map(|(x, y)| may(*x, *y)).max_by(|p, q| p.0.total_cmp(&q.0));
        let Some((_, x, y)) = best else { return };
        let taken = groups.remove(y);
        if let Some(group) = groups.get_mut(x) {
            group.members.extend(taken.members);
        }
    }
}

fn index(k: usize) -> u32 {
    u32::try_from(k).unwrap_or(u32::MAX)
}

/// Gives statements that are left over to the series they are most like: the mean of the five best ties counts.
fn adopt(groups: &mut [Group], alone: &[usize], pairs: &[(usize, usize, f32)]) {
    let mut ties: BTreeMap<usize, Vec<(usize, f32)>> = alone.iter().map(|k| (*k, Vec::new())).collect();
    for (a, b, like) in pairs {
        if let Some(list) = ties.get_mut(a) {
            list.push((*b, *like));
        }
        if let Some(list) = ties.get_mut(b) {
            list.push((*a, *like));
        }
    }
    let mut adopted: Vec<(usize, usize, f32)> = Vec::new();
    for (k, ties) in ties {
        let mut best: Option<(f32, usize)> = None;
        for (at, group) in groups.iter().enumerate() {
            let mut likes: Vec<f32> = ties
                .iter()
                .filter(|(other, _)| group.members.contains_key(other))
                .map(|(_, like)| *like)
                .collect();
            likes.sort_by(|x, y| y.total_cmp(x));
            likes.truncate(5);
            let mean = likes.iter().sum::<f32>() / likes.len().max(1) as f32;
            if mean >= JOINS && best.is_none_or(|(most, _)| mean > most) {
                best = Some((mean, at));
            }
        }
        adopted.extend(best.map(|(mean, at)| (k, at, mean)));
    }
    for (k, at, mean) in adopted {
        if let Some(group) = groups.get_mut(at) {
            group.members.insert(k, mean);
        }
    }
}

/// In a large archive: whom to compare with whom.
fn candidates(everyone: &[usize], profiles: &Profiles) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut under: BTreeMap<(u8, u64), Vec<usize>> = BTreeMap::new();
    for k in everyone {
        if let Some(Some(issuer)) = profiles.issuer.get(*k) {
            under.entry((0, *issuer)).or_default().push(*k);
        }
        for profile in profiles.by_lang.get(*k).into_iter().flat_map(BTreeMap::values) {
            if !profile.title.is_empty() {
                under.entry((1, fingerprint(&profile.title))).or_default().push(*k);
            }
            for family in &profile.formulas {
                under.entry((2, u64::from(*family))).or_default().push(*k);
            }
        }
    }
    // Of a long list each is compared with its neighbours.
    const NEIGHBOURS: usize = 60;
    let mut out: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for list in under.into_values() {
        for (at, a) in list.iter().enumerate() {
            out.entry(*a).or_default().extend(list.iter().skip(at + 1).take(NEIGHBOURS));
        }
    }
    out
}

fn order(statements: &[Statement], group: Group) -> Series {
    let mut places: Vec<Place> = group
        .members
        .iter()
        .map(|(k, confidence)| Place {
            statement: *k,
            day: statements.get(*k).and_then(|s| day_of(s.date.as_deref(), &s.source)),
            confidence: (confidence.min(1.0) * 1000.0).round() / 1000.0,
            gap_before: false,
        })
        .collect();
    let code = |place: &Place| statements.get(place.statement).map(|s| s.code.clone()).unwrap_or_default();
    places.sort_by(|a, b| {
        let key = |p: &Place| (p.day.is_none(), p.day.as_ref().map(|d| d.iso.clone()), code(p));
        key(a).cmp(&key(b))
    });
    mark_gaps(&mut places);
    let named_by_person = group.name.is_some();
    let name = group.name.unwrap_or_else(|| name(statements, &places));
    Series { name, named_by_person, places }
}

/// A time since the one before of more than twice the usual one is a gap. Fewer than five statements have no rhythm.
fn mark_gaps(places: &mut [Place]) {
    let day = |place: &Place| place.day.as_ref().map(Day::number);
    let since: Vec<Option<i64>> =
        places.windows(2).map(|w| Some(day(w.get(1)?)? - day(w.first()?)?)).collect();
    let mut known: Vec<i64> = since.iter().flatten().copied().filter(|days| *days > 0).collect();
    if known.len() < 4 {
        return;
    }
    known.sort_unstable();
    let usual = known.get(known.len() / 2).copied().unwrap_or(0).max(1);
    for (place, days) in places.iter_mut().skip(1).zip(since) {
        place.gap_before = days.is_some_and(|days| days > 2 * usual + 7);
    }
}

/// A name for a series: the title most of its statements share once numbers are taken away, else issuer and kind, else
/// the words they begin with.
fn name(statements: &[Statement], places: &[Place]) -> String {
    let members: Vec<&Statement> = places.iter().filter_map(|p| statements.get(p.statement)).collect();
    let mut titles: BTreeMap<Vec<u64>, (usize, usize, &str)> = BTreeMap::new();
    for (k, statement) in members.iter().enumerate() {
        let Some(version) = statement.versions.first() else { continue };
        let Some(title) = version.title.as_deref().map(str::trim).filter(|t| !t.is_empty()) else { continue };
        let shape = word_keys(&without_numbers(title, &version.lang), &version.lang);
        titles.entry(shape).or_insert((0, k, title)).0 += 1;
    }
    let most = |found: Option<&(usize, usize, &str)>| {
        found.filter(|(n, _, _)| 2 * n > members.len()).map(|(_, _, title)| (*title).to_owned())
    };
    let best = titles.values().max_by_key(|(n, k, _)| (*n, std::cmp::Reverse(*k)));
    if let Some(title) = most(best) {
        return without_year(&title);
    }
    let common = |of: fn(&Statement) -> Option<&String>| {
        let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
        for value in members.iter().filter_map(|s| of(s)) {
            *counted.entry(value).or_default() += 1;
        }
        let best = counted.into_iter().max_by_key(|(text, n)| (*n, std::cmp::Reverse(*text)));
        best.filter(|(_, n)| 2 * n >= members.len()).map(|(text, _)| text.to_owned())
    };
    let issuer = common(|s| s.issuer.as_ref());
    let kind = common(|s| s.kind.as_ref());
    match (issuer, kind) {
        (Some(issuer), Some(kind)) => return format!("{issuer}: {kind}"),
        (Some(one), None) | (None, Some(one)) if best.is_none() => return one,
        _ => {}
    }
    let first = |s: &&Statement| {
        s.versions.first().and_then(|v| v.sentences.first().map(|t| (t.clone(), v.lang.clone())))
    };
    let openings: Vec<(String, LanguageTag)> = members.iter().filter_map(first).collect();
    opening(&openings)
        .or_else(|| best.map(|(_, _, title)| without_year(title)))
        .or_else(|| members.first().map(|s| s.code.clone()))
        .unwrap_or_default()
}

/// A title without the year at its end: "Rate decision, March 2021" keeps its words, loses its number.
fn without_year(title: &str) -> String {
    let kept = title
        .trim_end_matches(|c: char| c.is_numeric() || matches!(c, ' ' | ',' | '،' | '(' | ')' | '-' | '–'));
    if kept.chars().count() >= 8 { kept.to_owned() } else { title.to_owned() }
}

/// The longest run of words, three at least, with which a third of the texts begin.
fn opening(texts: &[(String, LanguageTag)]) -> Option<String> {
    let mut found: BTreeMap<Vec<u64>, (usize, String)> = BTreeMap::new();
    for (text, lang) in texts {
        let words = words_in(text, lang);
        let keys = word_keys(text, lang);
        for n in 3..=8.min(keys.len()) {
            let end =
                words.iter().filter(|w| w.kind != WordKind::Punctuation).nth(n - 1).map(|w| w.span.end());
            let (Some(end), Some(key)) = (end, keys.get(..n)) else { continue };
            let shown = text.get(..end).unwrap_or("").to_owned();
            found.entry(key.to_vec()).or_insert((0, shown)).0 += 1;
        }
    }
    let needed = texts.len().div_ceil(3).max(2);
    let best =
        found.into_iter().filter(|(_, (n, _))| *n >= needed).max_by_key(|(key, (n, _))| (key.len(), *n));
    best.map(|(_, (_, shown))| format!("{shown} …"))
}

/// Series of the same name are told apart by their first statements' years, then by number.
fn tell_apart(all: &mut [Series]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for series in all {
        let n = seen.entry(series.name.clone()).or_default();
        *n += 1;
        if *n > 1 {
            series.name = format!("{} ({n})", series.name);
        }
    }
}

#[cfg(test)]
mod tests;
