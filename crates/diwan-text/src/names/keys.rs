//! Blocking keys: short strings a name, few names a key, by which two spellings of one name meet.
//!
//! A word is read as its consonants in nine coarse classes that Latin and Arabic spelling agree on, repetitions and
//! vowels left out, at most six of them; a word whose meaning is known ([`terms`](super::terms)) also as its concept. Letters that
//! are read in two ways (Arabic jim, French and English `ch`, `g` before `e`) give two readings. So that one class read
//! differently does no harm, a word of four classes and more is also read with any one of them left out.
//!
//! What a key holds depends on its kind, its first character:
//! - `=` one word, or all words written as one: for names of one word, and names written together or apart.
//! - `&` two words of a name, sorted, at most one of them with a class left out: for names of several words, which meet
//!   only where two of their words agree.
//! - `+` one word of a name: by these a name of one word meets the longer names that it is a part of. Two names of
//!   several words do not meet by them, or every *John* would meet every other.
//!
//! The classes are frozen: a change of them is a new [`NAME_KEY_VERSION`](super::NAME_KEY_VERSION).

use std::collections::BTreeSet;

use super::knowledge::knowledge;
use super::letters::Alphabet;
use super::name::{Name, Part, split};
use super::{NameKey, word::Word};

/// More readings of one word than this are not followed.
const MOST_READINGS: usize = 8;

/// Classes of a key.
const LONGEST_KEY: usize = 6;

/// Readings of fewer classes say too little with one left out.
const LEAST_LEFT_OUT: usize = 4;

/// Words of a name of which pairs are made.
const MOST_WORDS: usize = 4;

/// How a word may be read: in full, and with one class left out.
struct Readings {
    full: BTreeSet<String>,
    near: BTreeSet<String>,
}

/// The keys of a name, sorted.
pub(crate) fn keys(name: &Name) -> Vec<NameKey> {
    let words: Vec<Readings> = name.core_parts().map(readings).collect();
    let mut keys = BTreeSet::new();
    let whole: BTreeSet<String> = name.whole().map(word_readings).unwrap_or_default();
    keys.extend(whole.iter().filter(|r| r.len() > 1).map(|r| format!("={r}")));
    for word in &words {
        keys.extend(word.full.iter().map(|r| format!("+{r}")));
    }
    if let [word] = words.as_slice() {
        keys.extend(word.full.iter().chain(&word.near).map(|r| format!("={r}")));
    }
    for (k, one) in words.iter().take(MOST_WORDS).enumerate() {
        for other in words.iter().take(MOST_WORDS).skip(k + 1) {
            pairs(one, other, &mut keys);
        }
    }
    if keys.is_empty() {
        // A script that is not read: its first letters.
        let first: String = name.plain().chars().take(4).collect();
        keys.extend(Some(first).filter(|f| !f.is_empty()).map(|f| format!("={f}")));
    }
    keys.into_iter().map(NameKey).collect()
}

fn pairs(one: &Readings, other: &Readings, keys: &mut BTreeSet<String>) {
    let mut add = |some: &BTreeSet<String>, others: &BTreeSet<String>| {
        for a in some {
            keys.extend(others.iter().map(|b| format!("&{}.{}", a.min(b), a.max(b))));
        }
    };
    add(&one.full, &other.full);
    add(&one.full, &other.near);
    add(&one.near, &other.full);
}

fn readings(part: &Part) -> Readings {
    let terms = knowledge().terms();
    let bare: BTreeSet<String> =
        word_classes(part.word.bare(), part.word.alphabet).into_iter().map(or_vowels).collect();
    if !part.concepts.is_empty() {
        // Its meaning is surer than its sound, which needs no slips allowed for.
        let concepts = part.concepts.iter().map(|c| format!("@{}", terms.name(*c)));
        return Readings { full: bare.into_iter().chain(concepts).collect(), near: BTreeSet::new() };
    }
    let mut near = BTreeSet::new();
    for reading in &bare {
        let classes = reading.chars().count();
        for left_out in (0..classes).filter(|_| classes >= LEAST_LEFT_OUT) {
            let rest = reading.chars().enumerate().filter(|(k, _)| *k != left_out).map(|(_, c)| c);
            near.insert(rest.collect());
        }
    }
    Readings { full: word_readings(&part.word).into_iter().map(or_vowels).collect(), near }
}

/// A reading, or the sign of nothing but vowels.
fn or_vowels(reading: String) -> String {
    if reading.is_empty() { "-".to_owned() } else { reading }
}

/// The readings of one printed word, sorted; of a phrase, those of its first word.
pub(crate) fn sounds(word: &str) -> Vec<String> {
    let Some(first) = split(knowledge(), word).into_iter().next() else { return Vec::new() };
    let readings = word_readings(&Word::new(&first.folded, first.alphabet, None, first.hamza));
    readings.into_iter().filter(|r| r.len() > 1).collect()
}

/// Whether two names, both with sorted keys, are to be compared.
pub(crate) fn meet(mine: &[NameKey], theirs: &[NameKey]) -> bool {
    let one_word = is_one_word(mine) || is_one_word(theirs);
    let mut other = theirs.iter().peekable();
    mine.iter().any(|key| {
        while other.next_if(|k| *k < key).is_some() {}
        other.peek() == Some(&key) && (one_word || !key.0.starts_with('+'))
    })
}

/// Whether keys are those of a name of one word.
pub(crate) fn is_one_word(keys: &[NameKey]) -> bool {
    !keys.iter().any(|key| key.0.starts_with('&'))
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
