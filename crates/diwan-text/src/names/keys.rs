//! Blocking keys: few short strings a name, of which two spellings of one name share at least one.
//!
//! A key is a word's consonants in nine coarse classes that Latin and Arabic spelling agree on, repetitions and
//! vowels left out, at most six of them; and, so that one class read differently does no harm, the same with any
//! one class left out. Letters that are read in two ways (Arabic jim, French and English `ch`, `g` before `e`) give
//! two readings. The classes are frozen: a change of them is a new [`NAME_KEY_VERSION`](super::NAME_KEY_VERSION).

use std::collections::BTreeSet;

use super::letters::Alphabet;
use super::name::Name;
use super::{NameKey, word::Word};

/// More readings of one word than this are not followed.
const MOST_READINGS: usize = 8;

/// Classes of a key.
const LONGEST_KEY: usize = 6;

/// The keys of a name, sorted.
pub(crate) fn keys(name: &Name) -> Vec<NameKey> {
    let mut keys = BTreeSet::new();
    for word in name.core_words() {
        for reading in word_readings(word) {
            with_one_left_out(&reading, &mut keys);
        }
    }
    if let Some(whole) = name.whole() {
        keys.extend(word_readings(whole).into_iter().filter(|r| !r.is_empty()));
    }
    if keys.is_empty() {
        // Nothing but vowels, or a script that is not read: its first letters.
        let letters = name.whole().map_or_else(|| name.plain(), |w| w.bare());
        let first: String = match name.whole() {
            Some(_) => "-".to_owned(),
            None => letters.chars().take(4).collect(),
        };
        if !letters.is_empty() {
            keys.insert(first);
        }
    }
    keys.into_iter().map(NameKey).collect()
}

fn with_one_left_out(reading: &str, keys: &mut BTreeSet<String>) {
    if reading.is_empty() {
        // Nothing but vowels without its article.
        keys.insert("-".to_owned());
        return;
    }
    keys.insert(reading.to_owned());
    let classes: Vec<char> = reading.chars().collect();
    if classes.len() < 3 {
        return;
    }
    for left_out in 0..classes.len() {
        let rest = classes.iter().enumerate().filter(|(k, _)| *k != left_out).map(|(_, c)| *c);
        keys.insert(rest.collect());
    }
}

fn word_readings(word: &Word) -> BTreeSet<String> {
    let mut readings = BTreeSet::new();
    for variant in &word.variants {
        readings.extend(word_classes(&variant.folded, word.alphabet));
    }
    readings
}

/// The readings of a folded word in classes.
pub(crate) fn word_classes(folded: &str, alphabet: Alphabet) -> Vec<String> {
    let letters: Vec<char> = folded.chars().collect();
    let mut readings = vec![String::new()];
    let mut at = 0;
    while let Some(rest) = letters.get(at..).filter(|r| !r.is_empty()) {
        let (used, ways) = match alphabet {
            Alphabet::Latin => latin(rest, at == 0),
            Alphabet::Arabic => arabic(rest),
        };
        at += used;
        let more = ways.len() > 1 && readings.len() * ways.len() <= MOST_READINGS;
        let ways = if more { ways } else { ways.get(..1).unwrap_or(&[]) };
        readings =
            readings.iter().flat_map(|reading| ways.iter().map(move |way| append(reading, way))).collect();
    }
    readings.sort();
    readings.dedup();
    readings
}

fn append(reading: &str, classes: &str) -> String {
    let mut out = reading.to_owned();
    for class in classes.chars() {
        if !out.ends_with(class) && out.len() < LONGEST_KEY {
            out.push(class);
        }
    }
    out
}

type Ways = &'static [&'static str];

/// How many letters the first sound has, and the classes it may be of.
fn latin(rest: &[char], first: bool) -> (usize, Ways) {
    let begins = |text: &str| text.chars().enumerate().all(|(k, c)| rest.get(k) == Some(&c));
    const GROUPS: [(&str, Ways); 17] = [
        ("tsch", &["c"]),
        ("tch", &["c"]),
        ("sch", &["c", "sk"]),
        ("dzh", &["c"]),
        ("ch", &["c", "k"]),
        ("sh", &["c"]),
        ("zh", &["c"]),
        ("dj", &["c"]),
        ("dg", &["c", "tk"]),
        ("ph", &["f"]),
        ("kh", &["k"]),
        ("gh", &["k", ""]),
        ("th", &["t"]),
        ("ck", &["k"]),
        ("qu", &["k"]),
        ("gn", &["n", "kn"]),
        ("wr", &["r"]),
    ];
    if let Some((text, ways)) = GROUPS.iter().find(|(text, _)| begins(text)) {
        return (text.len(), ways);
    }
    if first && begins("kn") {
        return (2, &["n", "kn"]);
    }
    let soft = matches!(rest.get(1), Some('e' | 'i' | 'y'));
    let ways: Ways = match rest.first() {
        Some('b' | 'p') => &["p"],
        Some('c') if soft => &["s", "c"],
        Some('g') if soft => &["k", "c"],
        Some('c' | 'g' | 'k' | 'q') => &["k"],
        Some('d' | 't') => &["t"],
        Some('f') => &["f"],
        Some('v') => &["f", ""],
        Some('j') => &["c", ""],
        Some('l') => &["l"],
        Some('m') => &["m"],
        Some('n') => &["n"],
        Some('r') => &["r"],
        Some('s' | 'z') => &["s"],
        Some('ş' | 'ç') => &["s", "c"],
        Some('x') => &["ks"],
        _ => &[""],
    };
    (1, ways)
}

fn arabic(rest: &[char]) -> (usize, Ways) {
    if let (Some('ت'), Some('ش')) = (rest.first(), rest.get(1)) {
        return (2, &["c"]);
    }
    let ways: Ways = match rest.first() {
        Some('ب' | 'پ') => &["p"],
        Some('ت' | 'ط' | 'د' | 'ض' | 'ث' | 'ذ' | 'ظ') => &["t"],
        Some('ج') => &["c", "k"],
        Some('چ' | 'ش' | 'ژ') => &["c"],
        Some('خ' | 'غ' | 'ق' | 'ك' | 'گ') => &["k"],
        Some('ز' | 'س' | 'ص') => &["s"],
        Some('ف') => &["f"],
        Some('و') => &["", "f"],
        Some('ر') => &["r"],
        Some('ل') => &["l"],
        Some('م') => &["m"],
        Some('ن') => &["n"],
        _ => &[""],
    };
    (1, ways)
}

/// A name's classes as bits, for comparisons of many millions a second: how often each class stands in it, up to
/// three times (27 bits), and which classes follow each other (37 bits, hashed).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct NameSignature(pub u64);

impl NameSignature {
    /// The signature of a name.
    pub fn of(name: &Name) -> Self {
        const CLASSES: &str = "pctfklmnrs";
        let reading = name
            .whole()
            .and_then(|w| word_classes(w.bare(), w.alphabet).into_iter().next())
            .unwrap_or_default();
        let mut bits = 0u64;
        let mut before = 10;
        for class in reading.chars().filter_map(|c| CLASSES.find(c)) {
            let third = 3 * class as u64;
            let seen = bits >> third & 7;
            bits |= (seen << 1 | 1) << third & 7 << third;
            bits |= 1 << (30 + (before * 7 + class * 3) % 34);
            before = class;
        }
        Self(bits)
    }

    /// In how many bits two signatures differ: few for spellings of one name.
    #[inline]
    pub fn distance(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }
}
