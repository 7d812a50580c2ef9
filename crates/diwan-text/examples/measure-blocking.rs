//! How names block in a large archive: `measure-blocking PARTS COUNT [QUERIES]`.
//!
//! Makes COUNT plausible names, streams them through [`keys`] and says, for QUERIES names made in the same way (500 if not told), how many of
//! the others each meets by its keys, in how large buckets the keys lie, what the keys weigh and how long it took. Nothing is kept but the
//! queries' keys and the counts of a sample of the keys, so that ten million names need little memory.
//!
//! PARTS are rows `Latin<TAB>Arabic` (`tests/data/names-en-ar.tsv`). Given names are drawn from them, the first rows of a shuffle more often than
//! the last, as in life; family names too, in two of five, and are put together from syllables otherwise. Half the names are in
//! Latin letters, half in Arabic; one in eight has a middle name, one in ten a given name alone.
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use std::collections::HashMap;
use std::error::Error;
use std::time::Instant;

use diwan_text::names::{NameKey, keys};

/// Syllables of made-up family names in both alphabets.
const SYLLABLES: [(&str, &str); 64] = [
    ("ba", "با"),
    ("bar", "بار"),
    ("ber", "بير"),
    ("bo", "بو"),
    ("da", "دا"),
    ("dan", "دان"),
    ("dar", "دار"),
    ("del", "ديل"),
    ("di", "دي"),
    ("dor", "دور"),
    ("fa", "فا"),
    ("far", "فار"),
    ("fel", "فيل"),
    ("fin", "فين"),
    ("ga", "غا"),
    ("gar", "غار"),
    ("gor", "غور"),
    ("ha", "ها"),
    ("hal", "هال"),
    ("ham", "هام"),
    ("har", "هار"),
    ("jan", "جان"),
    ("jo", "جو"),
    ("ka", "كا"),
    ("kal", "كال"),
    ("kar", "كار"),
    ("ker", "كير"),
    ("kha", "خا"),
    ("khor", "خور"),
    ("kin", "كين"),
    ("kov", "كوف"),
    ("la", "لا"),
    ("lan", "لان"),
    ("lev", "ليف"),
    ("lin", "لين"),
    ("ma", "ما"),
    ("mal", "مال"),
    ("man", "مان"),
    ("mar", "مار"),
    ("mi", "مي"),
    ("mir", "مير"),
    ("na", "نا"),
    ("nar", "نار"),
    ("nov", "نوف"),
    ("ra", "را"),
    ("ram", "رام"),
    ("rin", "رين"),
    ("ro", "رو"),
    ("sa", "سا"),
    ("sal", "سال"),
    ("sha", "شا"),
    ("sher", "شير"),
    ("si", "سي"),
    ("son", "سون"),
    ("stan", "ستان"),
    ("ta", "تا"),
    ("tar", "تار"),
    ("ton", "تون"),
    ("va", "فا"),
    ("vich", "فيتش"),
    ("ya", "يا"),
    ("yan", "يان"),
    ("za", "زا"),
    ("zad", "زاد"),
];

/// One key in so many is counted in full.
const SAMPLED: u64 = 4096;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let usage = "usage: measure-blocking PARTS COUNT [QUERIES]";
    let text = std::fs::read_to_string(arguments.first().ok_or(usage)?)?;
    let count: u64 = arguments.get(1).ok_or(usage)?.parse()?;
    let queries: u64 = arguments.get(2).map_or(Ok(500), |n| n.parse())?;
    let maker = Maker::new(&text);
    let asked: Vec<Vec<NameKey>> = (0..queries).map(|n| keys(&maker.name(count + n).0)).collect();
    let mut by_key: HashMap<&NameKey, Vec<u32>> = HashMap::new();
    for (number, keys) in (0u32..).zip(&asked) {
        keys.iter().for_each(|key| by_key.entry(key).or_default().push(number));
    }
    let mut met = vec![0u64; asked.len()];
    let mut touched = vec![u64::MAX; asked.len()];
    let mut buckets: HashMap<NameKey, u64> = HashMap::new();
    let (mut all_keys, mut bytes) = (0u64, 0u64);
    let start = Instant::now();
    for n in 0..count {
        let mine = keys(&maker.name(n).0);
        all_keys += mine.len() as u64;
        for key in &mine {
            bytes += key.0.len() as u64;
            if hash(&key.0).is_multiple_of(SAMPLED) {
                *buckets.entry(key.clone()).or_default() += 1;
            }
        }
        for query in mine.iter().filter_map(|key| by_key.get(key)).flatten() {
            let at = *query as usize;
            if let (Some(last), Some(theirs), Some(met)) =
                (touched.get_mut(at), asked.get(at), met.get_mut(at))
                && *last != n
                && NameKey::meet(&mine, theirs)
            {
                *last = n;
                *met += 1;
            }
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    met.sort_unstable();
    let at = |sorted: &[u64], share: usize| {
        sorted.get(sorted.len().saturating_sub(1) * share / 100).copied().unwrap_or(0)
    };
    let mean = met.iter().sum::<u64>() as f64 / met.len().max(1) as f64;
    println!(
        "{count} names in {seconds:.0} s ({:.0} a second)",
        count as f64 / seconds.max(f64::MIN_POSITIVE)
    );
    println!(
        "{:.1} keys a name, {:.0} bytes; as postings of 4 bytes {:.0} MB",
        all_keys as f64 / count.max(1) as f64,
        bytes as f64 / count.max(1) as f64,
        all_keys as f64 * 4.0 / 1e6
    );
    println!(
        "a name meets {mean:.0} others ({:.4} in 100); median {}, nine in ten at most {}, the most {}",
        100.0 * mean / count.max(1) as f64,
        at(&met, 50),
        at(&met, 90),
        at(&met, 100)
    );
    let mut sizes: Vec<u64> = buckets.into_values().collect();
    sizes.sort_unstable();
    println!(
        "buckets ({} of one key in {SAMPLED}): median {}, nine in ten at most {}, the largest {}",
        sizes.len(),
        at(&sizes, 50),
        at(&sizes, 90),
        at(&sizes, 100)
    );
    let crossed = (0..queries).filter(|n| {
        let (printed, other) = maker.name(count + n);
        NameKey::meet(&keys(&printed), &keys(&other))
    });
    println!("{} of {queries} meet their own spelling in the other alphabet", crossed.count());
    if let Some(peak) = peak() {
        println!("peak of memory {peak:.0} MB");
    }
    Ok(())
}

/// Makes names by number; the same number gives the same name.
struct Maker {
    parts: Vec<(String, String)>,
}

impl Maker {
    fn new(text: &str) -> Self {
        let row = |line: &str| line.split_once('\t').map(|(a, b)| (a.to_owned(), b.to_owned()));
        let mut parts: Vec<(String, String)> = text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(row)
            .filter(|(latin, arabic)| !latin.contains(' ') && !arabic.contains(' '))
            .collect();
        parts.sort_by_key(|(latin, arabic)| hash(&format!("{latin} {arabic}")));
        Self { parts }
    }

    /// The name as printed, and in the other alphabet.
    fn name(&self, number: u64) -> (String, String) {
        let mut dice = Dice(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d);
        let mut words = vec![self.frequent(&mut dice)];
        if dice.roll(8) == 0 {
            words.push(self.frequent(&mut dice));
        }
        if dice.roll(10) != 0 {
            words.push(if dice.roll(5) < 2 { self.frequent(&mut dice) } else { made_up(&mut dice) });
        }
        let latin: Vec<&str> = words.iter().map(|w| w.0.as_str()).collect();
        let arabic: Vec<&str> = words.iter().map(|w| w.1.as_str()).collect();
        let (latin, arabic) = (latin.join(" "), arabic.join(" "));
        if number.is_multiple_of(2) { (latin, arabic) } else { (arabic, latin) }
    }

    /// A part; the first ones come more often, about as one over their rank.
    fn frequent(&self, dice: &mut Dice) -> (String, String) {
        let count = self.parts.len().max(1) as f64;
        let share = dice.roll(1 << 20) as f64 / f64::from(1 << 20);
        let rank = ((count + 20.0) / 20.0).powf(share) * 20.0 - 20.0;
        self.parts.get(rank as usize).cloned().unwrap_or_default()
    }
}

fn made_up(dice: &mut Dice) -> (String, String) {
    let (mut latin, mut arabic) = (String::new(), String::new());
    for _ in 0..2 + dice.roll(2) {
        let at = dice.roll(SYLLABLES.len() as u64) as usize;
        let (sound, letters) = SYLLABLES.get(at).copied().unwrap_or_default();
        latin.push_str(sound);
        arabic.push_str(letters);
    }
    let mut letters = latin.chars();
    let latin = letters.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(letters).collect();
    (latin, arabic)
}

/// The same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides.max(1)
    }
}

fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    }) >> 8
}

/// The most memory this process had, in MB, where the system tells.
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
}
