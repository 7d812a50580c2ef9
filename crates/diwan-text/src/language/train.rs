//! Making the model from lists of words with counts.
//!
//! A language is learned from its own lists alone: how common its words are, and from the same words how it spells
//! (letter sequences up to five long, Witten-Bell smoothed, the rare ones left out). Nothing is drawn at random and
//! nothing depends on the order of files: the same lists give the same bytes.

use std::collections::{BTreeMap, HashMap};

use super::fold::Words;
use super::model::{
    Cost, EDGE, Key, LONGEST_SEQUENCE, MOST_LANGUAGES, Model, ModelLanguage, NAT, SHORTER_CONTEXT, Table,
};

/// What a language is learned from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LanguageSource {
    /// Its tag.
    pub tag: String,
    /// ISO 15924 code of its script; words of others are left out.
    pub script: String,
    /// Cost in eighths of a nat before anything is read; 0 for the languages of the archive.
    pub prior: i32,
    /// How many of its most common words the model keeps.
    pub words: usize,
    /// How many letter sequences of two or more letters the model keeps.
    pub sequences: usize,
    /// The share of running text that the lists are thought to miss, 0 to 1.
    pub unseen: f64,
    /// Lists of words with counts, each with its share in the whole (shares need not add up to one).
    pub lists: Vec<(f64, Vec<(String, f64)>)>,
}

/// The model of some languages as the bytes of its file; `about` says what the lists were.
pub fn train(sources: &[LanguageSource], about: &str) -> Vec<u8> {
    let mut words = Vec::new();
    let mut sequences = Vec::new();
    let mut model = Model { about: about.to_owned(), ..Model::default() };
    let mut learned = Vec::new();
    for source in sources {
        let shares = shares(source);
        let language = ModelLanguage {
            tag: source.tag.clone(),
            prior: source.prior,
            unlisted: cost(unlisted(source, &shares)),
            usual: 0.0,
        };
        let Some(number) = model.add_language(&source.script, language) else { continue };
        for (word, share) in most(&shares, source.words) {
            words.push((Key::word(&word), number, cost(share)));
        }
        for (sequence, share) in spelling(&most(&shares, source.words * 2), source.sequences) {
            sequences.push((Key::sequence(&sequence), number, cost(share)));
        }
        learned.push((source.script.as_str(), number, most(&shares, 5_000)));
    }
    model.words = Table::build(&words);
    model.sequences = Table::build(&sequences);
    for (script, number, words) in learned {
        let usual = usual(&model, script, number, &words);
        let group = model.groups.iter_mut().find(|g| g.script == script);
        if let Some(language) = group.and_then(|g| g.languages.get_mut(number)) {
            language.usual = usual;
        }
    }
    model.to_bytes()
}

fn cost(share: f64) -> Cost {
    (-share.max(1e-13).ln() * f64::from(NAT)).round() as Cost
}

/// The share of words of a running text that are in none of the lists or not among those kept.
fn unlisted(source: &LanguageSource, shares: &BTreeMap<Vec<char>, f64>) -> f64 {
    let kept: f64 = most(shares, source.words).iter().map(|(_, share)| share).sum();
    (1.0 - kept + source.unseen).clamp(0.01, 0.5)
}

/// The share of each folded word in the language.
fn shares(source: &LanguageSource) -> BTreeMap<Vec<char>, f64> {
    let mut out = BTreeMap::new();
    let whole: f64 = source.lists.iter().filter(|(_, list)| !list.is_empty()).map(|(weight, _)| weight).sum();
    for (weight, list) in &source.lists {
        let mut counts: BTreeMap<Vec<char>, f64> = BTreeMap::new();
        let mut total = 0.0;
        for (text, count) in list {
            let mut reader = Words::new(text);
            while let Some(word) = reader.next_word() {
                if word.script.code() == source.script && !reader.folded.is_empty() {
                    *counts.entry(reader.folded.clone()).or_default() += count;
                    total += count;
                }
            }
        }
        for (word, count) in counts {
            *out.entry(word).or_default() += count / total * weight / whole;
        }
    }
    out
}

fn most(shares: &BTreeMap<Vec<char>, f64>, count: usize) -> Vec<(Vec<char>, f64)> {
    let mut out: Vec<_> = shares.iter().map(|(word, share)| (word.clone(), *share)).collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    out.truncate(count);
    out
}

/// A letter sequence as one number, so that counting is fast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Sequence(u128);

impl Sequence {
    const LETTER: u32 = 21;

    fn of(letters: &[char]) -> Self {
        Self(letters.iter().fold(0, |packed, c| packed << Self::LETTER | u128::from(u32::from(*c))))
    }

    fn length(self) -> u32 {
        (u128::BITS - self.0.leading_zeros()).div_ceil(Self::LETTER)
    }

    /// All but the last letter.
    fn context(self) -> Self {
        Self(self.0 >> Self::LETTER)
    }

    /// The last letters.
    fn tail(self, length: u32) -> Self {
        Self(self.0 & ((1 << (length * Self::LETTER)) - 1))
    }

    fn letters(self) -> Vec<char> {
        let letter =
            |k: u32| u32::try_from(self.0 >> (k * Self::LETTER) & 0x1F_FFFF).ok().and_then(char::from_u32);
        (0..self.length()).rev().filter_map(letter).collect()
    }
}

/// How often each sequence was seen, and what followed each context.
struct Counts {
    seen: HashMap<Sequence, f64>,
    /// After each context: how often it was seen and how many kinds of letters follow.
    contexts: HashMap<Sequence, (f64, f64)>,
}

impl Counts {
    fn of(words: &[(Vec<char>, f64)]) -> (Self, Vec<Sequence>) {
        let mut counts = Self { seen: HashMap::new(), contexts: HashMap::new() };
        for (word, share) in words {
            // A word counts by the square root of its share: common words teach little about how new ones are spelt.
            let weight = (share * 1e7).sqrt();
            let mut letters = vec![EDGE];
            letters.extend(word);
            letters.push(EDGE);
            for end in 1..letters.len() {
                for start in (end + 1).saturating_sub(LONGEST_SEQUENCE)..=end {
                    let sequence = Sequence::of(letters.get(start..=end).unwrap_or_default());
                    *counts.seen.entry(sequence).or_default() += weight;
                }
            }
        }
        let mut all: Vec<Sequence> = counts.seen.keys().copied().collect();
        all.sort_unstable();
        for sequence in &all {
            let context = counts.contexts.entry(sequence.context()).or_default();
            context.0 += counts.seen.get(sequence).copied().unwrap_or(0.0);
            context.1 += 1.0;
        }
        (counts, all)
    }

    /// Of the last letter after those before it, smoothed by Witten and Bell's rule.
    fn probability(&self, sequence: Sequence) -> f64 {
        let mut p = 1e-5;
        for length in 1..=sequence.length() {
            let part = sequence.tail(length);
            if let Some((seen, kinds)) = self.contexts.get(&part.context()) {
                // Kinds are weighed as words of middling weight are, so that few rare words do not look like many.
                let kinds = kinds * 3.0;
                p = (self.seen.get(&part).copied().unwrap_or(0.0) + kinds * p) / (seen + kinds);
            }
        }
        p
    }
}

/// Probability of the last letter of each kept sequence after the letters before it.
fn spelling(words: &[(Vec<char>, f64)], keep: usize) -> Vec<(Vec<char>, f64)> {
    let (counts, all) = Counts::of(words);
    let step = f64::from(SHORTER_CONTEXT) / f64::from(NAT);
    let mut out: Vec<(Vec<char>, f64)> = Vec::new();
    let mut long: Vec<(f64, Sequence, f64)> = Vec::new();
    for sequence in all {
        let p = counts.probability(sequence);
        if sequence.length() == 1 {
            out.push((sequence.letters(), p));
            continue;
        }
        // What leaving it out would cost over the whole list.
        let shorter = counts.probability(sequence.tail(sequence.length() - 1));
        let seen = counts.seen.get(&sequence).copied().unwrap_or(0.0);
        long.push((seen * (p.ln() - shorter.ln() + step).abs(), sequence, p));
    }
    long.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    out.extend(long.into_iter().take(keep).map(|(_, sequence, p)| (sequence.letters(), p)));
    out
}

/// Mean cost of a letter (with the edge) over the words of the language itself.
fn usual(model: &Model, script: &str, number: usize, words: &[(Vec<char>, f64)]) -> f32 {
    let unlisted = model.group(script).and_then(|g| g.get(number)).map_or(0, |l| l.unlisted);
    let (mut cost, mut letters) = (0.0, 0.0);
    for (word, share) in words {
        let mut costs = [0; MOST_LANGUAGES];
        model.add_spelling(word, 1 << number, &mut costs);
        let spelt = costs.get(number).copied().unwrap_or(0) + unlisted;
        cost += share * f64::from(spelt.min(self::cost(*share)));
        letters += share * (word.len() + 1) as f64;
    }
    if letters > 0.0 { (cost / letters) as f32 } else { 0.0 }
}
