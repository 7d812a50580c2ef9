//! Many pages from few: the samples repeated and varied, for benches and for tests of size.
//!
//! The first round gives every sample as it is. Each later round swaps names, numbers and years and gives new
//! addresses; versions of one statement are changed in the same way, so that what belonged together still does.
//! Years move by multiples of four, which keeps Solar Hijri days beside Gregorian ones; statements with a lunar
//! Hijri date keep their years. The same seed gives the same bytes. Only the samples themselves are held in
//! memory.

use std::fs;
use std::io;
use std::path::Path;

use encoding_rs::WINDOWS_1256;

use crate::samples::{self, SamplePage};

/// The samples, read once.
#[derive(Debug)]
pub struct Generator {
    templates: Vec<Template>,
}

#[derive(Debug)]
struct Template {
    page: SamplePage,
    text: String,
    encoding: Encoding,
    bytes: Vec<u8>,
    years_may_move: bool,
}

#[derive(Debug, Clone, Copy)]
enum Encoding {
    Utf8,
    Utf16,
    Windows1256,
}

/// A name in each spelling that the samples have of it, with the script of each.
const NAMES: &[&[(&str, Script)]] = &[
    &[("Orvane", Script::Latin), ("أورفان", Script::Arabic), ("اوروان", Script::Persian)],
    &[("Vosk", Script::Latin), ("فوسك", Script::Arabic), ("ووسک", Script::Persian)],
    &[
        ("Kessary", Script::Latin),
        ("Kessari", Script::Latin),
        ("كيساري", Script::Arabic),
        ("کساری", Script::Persian),
    ],
    &[("Meridale", Script::Latin), ("Méridale", Script::Latin)],
    &[("Castellan", Script::Latin)],
    &[("Naim", Script::Latin), ("نعيم", Script::Arabic)],
    &[("قباني", Script::Arabic)],
    &[("راستین", Script::Persian)],
    &[("Azarine", Script::Latin), ("آزارين", Script::Arabic), ("آذرین", Script::Persian)],
    &[("الرافد", Script::Arabic)],
    &[("الصنوبر", Script::Arabic)],
];

#[derive(Debug, Clone, Copy)]
enum Script {
    Latin,
    Arabic,
    Persian,
}

/// Syllables in the three scripts; a name is a number written with them.
const SYLLABLES: [(&str, &str, &str); 12] = [
    ("ba", "با", "با"),
    ("do", "دو", "دو"),
    ("ri", "ري", "ری"),
    ("ka", "كا", "کا"),
    ("lu", "لو", "لو"),
    ("ma", "ما", "ما"),
    ("ni", "ني", "نی"),
    ("sa", "سا", "سا"),
    ("to", "تو", "تو"),
    ("zi", "زي", "زی"),
    ("fa", "فا", "فا"),
    ("shi", "شي", "شی"),
];

impl Generator {
    /// Reads the samples of a folder that holds `manifest.toml`.
    ///
    /// # Errors
    ///
    /// When the manifest or a page that it lists cannot be read.
    pub fn read(samples: &Path) -> io::Result<Self> {
        let mut templates = Vec::new();
        for page in samples::pages(samples)? {
            let bytes = fs::read(samples.join(&page.path))?;
            let (text, encoding) = decode(&bytes);
            templates.push(Template { page, text, encoding, bytes, years_may_move: true });
        }
        let lunar: Vec<String> =
            templates.iter().filter(|t| t.text.contains("هـ")).map(|t| t.page.statement.clone()).collect();
        for template in &mut templates {
            template.years_may_move = !lunar.contains(&template.page.statement);
        }
        Ok(Self { templates })
    }

    /// `count` pages as address and bytes, no two with the same bytes.
    pub fn pages(&self, count: usize, seed: u64) -> impl Iterator<Item = (String, Vec<u8>)> + '_ {
        // The empty page cannot be varied: it comes once.
        let varied = || self.templates.iter().filter(|t| !t.bytes.is_empty());
        self.templates
            .iter()
            .map(|t| (t.page.address.clone(), t.bytes.clone()))
            .chain((1_u64..).flat_map(move |round| varied().map(move |t| t.vary(seed, round))))
            .take(count)
    }
}

impl Template {
    fn vary(&self, seed: u64, round: u64) -> (String, Vec<u8>) {
        let variation = Variation::new(seed, round, &self.page.statement, self.years_may_move);
        let text = variation.apply(&self.text);
        let bytes = match self.encoding {
            Encoding::Utf8 => text.into_bytes(),
            Encoding::Utf16 => {
                [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
            }
            Encoding::Windows1256 => WINDOWS_1256.encode(&text).0.into_owned(),
        };
        (variation.apply(&self.page.address), bytes)
    }
}

/// What one round does to one statement.
struct Variation {
    round: u64,
    years: i64,
    factor: u64,
    offset: u64,
}

/// How many numbers from [`LEAST`] on are swapped among themselves.
const RANGE: u64 = 968;
/// Smaller numbers stay: they are days, months and counts that the text also gives in words.
const LEAST: u64 = 32;

impl Variation {
    fn new(seed: u64, round: u64, statement: &str, years_may_move: bool) -> Self {
        let mut state =
            statement.bytes().fold(seed ^ round.wrapping_mul(0x9E37_79B9_7F4A_7C15), |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
            });
        let years = pick(&[-8, -4, 0, 4], next(&mut state));
        // Prime to 968 = 2³ · 11², so that different numbers stay different.
        let factor = pick(&[1, 3, 5, 7, 9, 13, 15, 17], next(&mut state));
        Self {
            round,
            years: if years_may_move { years } else { 0 },
            factor,
            offset: next(&mut state) % RANGE,
        }
    }

    fn apply(&self, text: &str) -> String {
        let mut out = self.numbers(text);
        for (number, spellings) in NAMES.iter().enumerate() {
            for (spelling, script) in *spellings {
                if out.contains(spelling) {
                    out = out
                        .replace(spelling, &name(self.round * NAMES.len() as u64 + number as u64, *script));
                }
            }
        }
        out.replace(".example/", &format!(".example/{}/", self.round))
    }

    /// Swaps whole numbers that stand alone, in whichever digits they are written.
    fn numbers(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 64);
        let mut rest = text;
        let mut before = ' ';
        while let Some(start) = rest.find(|c| digit(c).is_some()) {
            let (head, tail) = rest.split_at(start);
            out.push_str(head);
            before = head.chars().next_back().unwrap_or(before);
            let end = tail.find(|c| digit(c).is_none()).unwrap_or(tail.len());
            let (run, after) = tail.split_at(end);
            if before.is_alphabetic() || after.starts_with(char::is_alphabetic) {
                out.push_str(run);
            } else {
                self.number(run, &mut out);
            }
            before = '0';
            rest = after;
        }
        out.push_str(rest);
        out
    }

    fn number(&self, run: &str, out: &mut String) {
        let Some(value) = value(run) else { return out.push_str(run) };
        if run.len() == 6 && run.starts_with("00") {
            // An archive's number: another one for every round.
            return out.push_str(&format!("{:06}", value.wrapping_add(self.round * 7_919) % 1_000_000));
        }
        let new = match (run.chars().count(), value) {
            (4, 1380..=1460 | 1900..=2099) => value.saturating_add_signed(self.years),
            (2 | 3, LEAST..=999) => LEAST + ((value - LEAST) * self.factor + self.offset) % RANGE,
            _ => return out.push_str(run),
        };
        let zero = run.chars().next().map_or('0', zero_of);
        for c in new.to_string().chars() {
            let digit = c.to_digit(10).unwrap_or(0);
            out.push(char::from_u32(zero as u32 + digit).unwrap_or(c));
        }
    }
}

/// The next number of a small generator (SplitMix64): good enough to vary text, the same everywhere.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The choice that a number falls on.
fn pick<T: Copy + Default>(choices: &[T], number: u64) -> T {
    let index = number.checked_rem(choices.len() as u64).unwrap_or(0);
    usize::try_from(index).ok().and_then(|index| choices.get(index)).copied().unwrap_or_default()
}

fn zero_of(c: char) -> char {
    match c {
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => '0',
    }
}

fn digit(c: char) -> Option<u64> {
    let value = u64::from(u32::from(c).checked_sub(u32::from(zero_of(c)))?);
    (value < 10).then_some(value)
}

fn value(run: &str) -> Option<u64> {
    run.chars().try_fold(0_u64, |sum, c| sum.checked_mul(10)?.checked_add(digit(c)?))
}

/// A name that no other number has.
fn name(number: u64, script: Script) -> String {
    let mut out = String::new();
    let mut left = number + SYLLABLES.len() as u64;
    while left > 0 {
        let (latin, arabic, persian) = pick(&SYLLABLES, left);
        out.push_str(match script {
            Script::Latin => latin,
            Script::Arabic => arabic,
            Script::Persian => persian,
        });
        left /= 12;
    }
    let mut letters = out.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

fn decode(bytes: &[u8]) -> (String, Encoding) {
    if let Some(body) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        let units: Vec<u16> = body
            .chunks_exact(2)
            .map(|pair| {
                u16::from_le_bytes([pair.first().copied().unwrap_or(0), pair.get(1).copied().unwrap_or(0)])
            })
            .collect();
        return (String::from_utf16_lossy(&units), Encoding::Utf16);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), Encoding::Utf8),
        Err(_) => (WINDOWS_1256.decode_without_bom_handling(bytes).0.into_owned(), Encoding::Windows1256),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn generator() -> Generator {
        Generator::read(&samples::folder(env!("CARGO_MANIFEST_DIR"))).expect("the samples")
    }

    #[test]
    fn no_two_pages_are_alike_and_the_count_is_right() {
        let generator = generator();
        let mut bytes = HashSet::new();
        let mut addresses = HashSet::new();
        for (address, page) in generator.pages(3_000, 7) {
            assert!(bytes.insert(page), "{address} repeats another page");
            assert!(addresses.insert(address));
        }
        assert_eq!(bytes.len(), 3_000);
    }

    #[test]
    fn the_first_round_is_the_samples_and_the_same_seed_gives_the_same() {
        let generator = generator();
        for ((address, page), template) in generator.pages(usize::MAX, 1).zip(&generator.templates) {
            assert_eq!((&address, &page), (&template.page.address, &template.bytes));
        }
        assert!(generator.pages(400, 5).eq(generator.pages(400, 5)));
        assert!(!generator.pages(400, 5).eq(generator.pages(400, 6)));
    }

    #[test]
    fn versions_are_varied_alike() {
        let variation = Variation { round: 3, years: 4, factor: 3, offset: 10 };
        assert_eq!(
            variation.apply("fell by 42 centimetres in 2021 (March 15)"),
            "fell by 72 centimetres in 2025 (March 15)"
        );
        assert_eq!(variation.apply("۴۲ سانتی‌متر در ۱۴۰۰"), "۷۲ سانتی‌متر در ۱۴۰۴");
        assert_eq!(variation.apply("B120 and windows-1256 stay"), "B120 and windows-1256 stay");
        let names: HashSet<String> = (0..5_000).map(|n| name(n, Script::Arabic)).collect();
        assert_eq!(names.len(), 5_000);
    }
}
