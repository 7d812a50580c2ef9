//! Near-duplicate families in a million sentences of ten languages, new statements, and comparisons of long texts.
//!
//! `cargo xtask bench wording [SENTENCES]`, default 1,000,000. Sentences are drawn from the words of the shared test sets
//! (where those are absent, of made-up words), with the same draw each time; variants are planted in which 5 to 30 % of
//! the words are swapped, inserted or dropped. `--write FILE` writes the sentences for a peer. Figures are printed, never
//! asserted: machines differ.

#![allow(missing_docs, clippy::print_stdout, clippy::indexing_slicing, reason = "a bench prints its figures")]

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use diwan_model::LanguageTag;
use diwan_wording::near::Index;
use diwan_wording::redline::compare;
use diwan_wording::{Blindness, Document};

const LANGS: [&str; 10] = ["ar", "fa", "en", "fr", "ur", "tr", "de", "es", "ru", "he"];
/// Of so many sentences one has variants: one of each share of changed words.
const PLANTED_EVERY: usize = 40;
const SHARES: [usize; 6] = [5, 10, 15, 20, 25, 30];

/// The same numbers each time (xorshift64*).
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

/// Marks that may end a sentence.
fn ends(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '؟' | '…' | '۔' | ':' | ';' | '؛')
}

/// Words of a language in running order.
fn words() -> BTreeMap<&'static str, Vec<String>> {
    let shared =
        std::env::var_os("DIWAN_SHARED").map_or_else(|| PathBuf::from("../../../shared"), PathBuf::from);
    let text = std::fs::read_to_string(shared.join("bench/lid/lid.dev.tsv")).unwrap_or_default();
    let mut out: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for row in text.lines() {
        let cells: Vec<&str> = row.splitn(6, '\t').collect();
        if let [_, lang, "para" | "sent", _, _, text] = cells.as_slice()
            && let Some(lang) = LANGS.iter().find(|l| *l == lang)
        {
            // A full stop inside would end the sentence that is made of these words.
            let words = text.split_whitespace().map(|word| word.trim_matches(ends).to_owned());
            out.entry(lang).or_default().extend(words.filter(|word| !word.is_empty()));
        }
    }
    if out.is_empty() {
        println!("the shared test sets are not here (set DIWAN_SHARED): words are made up");
        let mut draw = Draw(7);
        for lang in LANGS {
            let vocabulary: Vec<String> = (0..4_000)
                .map(|_| (0..3 + draw.below(7)).map(|_| char::from(b'a' + draw.below(26) as u8)).collect())
                .collect();
            // Squaring the draw makes some words far more usual than others.
            let pick = |draw: &mut Draw| {
                let x = draw.below(4_000);
                vocabulary[x * x / 4_000].clone()
            };
            out.insert(lang, (0..20_000).map(|_| pick(&mut draw)).collect());
        }
    }
    out
}

struct Made {
    text: String,
    lang: usize,
    /// The planted sentence it is a variant of, and the share of words changed.
    variant_of: Option<(usize, usize)>,
}

fn sentence(words: &[String], draw: &mut Draw) -> Vec<String> {
    let mut at = draw.below(words.len());
    let mut out = Vec::new();
    for _ in 0..12 + draw.below(24) {
        out.push(words[at].clone());
        // Two in five words follow as they do in the text, the others are drawn by how usual they are.
        at = if draw.below(5) < 2 { (at + 1) % words.len() } else { draw.below(words.len()) };
    }
    out
}

/// The words with a share of them swapped for others, inserted before, or dropped.
fn varied(sentence: &[String], share: usize, words: &[String], draw: &mut Draw) -> Vec<String> {
    let mut out = sentence.to_vec();
    for _ in 0..(sentence.len() * share).div_ceil(100) {
        let at = draw.below(out.len());
        match draw.below(3) {
            0 => out[at] = words[draw.below(words.len())].clone(),
            1 => out.insert(at, words[draw.below(words.len())].clone()),
            _ if out.len() > 4 => _ = out.remove(at),
            _ => {}
        }
    }
    out
}

fn make(count: usize) -> Vec<Made> {
    let words = words();
    let mut draw = Draw(20_211_203);
    let mut out: Vec<Made> = Vec::with_capacity(count);
    while out.len() < count {
        let lang = draw.below(LANGS.len());
        let Some(own) = words.get(LANGS[lang]) else { continue };
        let plain = sentence(own, &mut draw);
        let origin = out.len();
        out.push(Made { text: plain.join(" "), lang, variant_of: None });
        if origin.is_multiple_of(PLANTED_EVERY) {
            for share in SHARES {
                let text = varied(&plain, share, own, &mut draw).join(" ");
                out.push(Made { text, lang, variant_of: Some((origin, share)) });
            }
        }
    }
    out
}

fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// Processor time of this process so far, all threads: on a machine that is shared it says more than the clock.
fn processor() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or("");
    let ticks: u64 =
        after_name.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

fn milliseconds(took: Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}

fn write(made: &[Made], path: &Path) -> std::io::Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    for one in made {
        let (origin, share) = one.variant_of.map_or((String::new(), 0), |(o, s)| (o.to_string(), s));
        writeln!(file, "{}\t{origin}\t{share}\t{}", LANGS[one.lang], one.text)?;
    }
    file.flush()
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let count = arguments.iter().filter_map(|a| a.parse().ok()).next().unwrap_or(1_000_000);
    let made = make(count);
    if let Some(at) = arguments.iter().position(|a| a == "--write")
        && let Some(path) = arguments.get(at + 1)
        && let Err(error) = write(&made, Path::new(path))
    {
        println!("cannot write `{path}`: {error}");
    }
    let langs: Vec<LanguageTag> = LANGS.iter().map(|lang| LanguageTag::new(lang)).collect();
    families(&made, &langs);
    redlines(&made, &langs);
}

fn families(made: &[Made], langs: &[LanguageTag]) {
    let given: Vec<(&str, &LanguageTag)> =
        made.iter().map(|one| (one.text.as_str(), &langs[one.lang])).collect();
    let before = peak_memory();
    let start = Instant::now();
    let mut index = Index::build(&given);
    let built = start.elapsed();
    let families = index.families();
    let took = start.elapsed();
    println!(
        "families: {} sentences of {} languages in {:.2} s (filed {:.2} s), {} families, largest {}, peak memory {:.0} MB ({:.0} MB before)",
        made.len(),
        langs.len(),
        took.as_secs_f64(),
        built.as_secs_f64(),
        families.len(),
        families.iter().map(Vec::len).max().unwrap_or(0),
        peak_memory(),
        before
    );
    let mut of: Vec<u32> = (0..made.len() as u32).collect();
    for family in &families {
        for k in family {
            of[*k as usize] = family[0];
        }
    }
    let mut found: BTreeMap<usize, (u32, u32)> = BTreeMap::new();
    for (k, one) in made.iter().enumerate() {
        if let Some((origin, share)) = one.variant_of {
            let slot = found.entry(share).or_default();
            slot.0 += u32::from(of[k] == of[origin]);
            slot.1 += 1;
        }
    }
    let all = found.values().fold((0, 0), |sum, x| (sum.0 + x.0, sum.1 + x.1));
    let rates: Vec<String> = found
        .iter()
        .map(|(share, (hit, n))| format!("{share} %: {:.4}", f64::from(*hit) / f64::from(*n)))
        .collect();
    println!(
        "recall of planted variants: {:.4}; {}",
        f64::from(all.0) / f64::from(all.1.max(1)),
        rates.join(", ")
    );
    // Members of one family that were not planted together: each is two strangers tied.
    let origin = |k: u32| made[k as usize].variant_of.map_or(k as usize, |(o, _)| o);
    let strangers: usize = families
        .iter()
        .map(|f| {
            let mut origins: Vec<usize> = f.iter().map(|k| origin(*k)).collect();
            origins.sort_unstable();
            origins.dedup();
            origins.len() - 1
        })
        .sum();
    println!("strangers tied: {strangers} of {}", made.len());
    let new: Vec<&Made> = made.iter().rev().take(600).collect();
    let mut worst = Duration::ZERO;
    let mut all = Duration::ZERO;
    let statements = new.chunks(30);
    let n = statements.len() as u32;
    for statement in statements {
        let start = Instant::now();
        for one in statement {
            std::hint::black_box(index.near(&one.text, &langs[one.lang]));
            index.add(&one.text, &langs[one.lang]);
        }
        worst = worst.max(start.elapsed());
        all += start.elapsed();
    }
    println!(
        "a new statement of 30 sentences: {:.2} ms, the slowest {:.2} ms",
        milliseconds(all / n.max(1)),
        milliseconds(worst)
    );
    let start = Instant::now();
    std::hint::black_box(index.near(&made[0].text, &langs[made[0].lang]));
    println!("where else was this said: {:.3} ms", milliseconds(start.elapsed()));
}

/// Two texts of 500 sentences: a third of them reworded, some dropped, new, moved.
fn redlines(made: &[Made], langs: &[LanguageTag]) {
    let lang = made.first().map_or(0, |one| one.lang);
    let own: Vec<&Made> =
        made.iter().filter(|one| one.lang == lang && one.variant_of.is_none()).take(560).collect();
    if own.len() < 560 {
        return;
    }
    let words: Vec<String> = own.iter().flat_map(|one| one.text.split(' ')).map(str::to_owned).collect();
    let mut draw = Draw(11);
    let first: Vec<String> = own.iter().take(500).map(|one| format!("X{}.", one.text)).collect();
    let mut second: Vec<String> = Vec::new();
    for (k, sentence) in first.iter().enumerate() {
        match k % 12 {
            0 => second.push(format!("X{}.", own[500 + k % 60].text)),
            1..=4 => {
                let plain: Vec<String> = sentence.split(' ').map(str::to_owned).collect();
                second.push(varied(&plain, 15, &words, &mut draw).join(" "));
            }
            _ => second.push(sentence.clone()),
        }
    }
    second.swap(20, 400);
    let (a, b) = (first.join(" "), second.join(" "));
    const TIMES: u32 = 40;
    let read = |text: &str| Document::new(text, &langs[lang], Blindness::Looks);
    let mut best = Duration::MAX;
    let start = processor();
    for _ in 0..TIMES {
        let start = Instant::now();
        std::hint::black_box((read(&a), read(&b)));
        best = best.min(start.elapsed());
    }
    println!(
        "reading two texts: {:.1} ms of processor time, at best {:.1} ms by the clock",
        milliseconds((processor() - start) / TIMES),
        milliseconds(best)
    );
    let (one, other) = (read(&a), read(&b));
    let mut best = Duration::MAX;
    let start = processor();
    for _ in 0..TIMES {
        let start = Instant::now();
        std::hint::black_box(compare(&one, &other));
        best = best.min(start.elapsed());
    }
    let took = (processor() - start) / TIMES;
    let redline = compare(&one, &other);
    println!(
        "compare: two texts of {} and {} sentences ({} words): {:.1} ms of processor time, at best {:.1} ms by the clock; {}",
        redline.summary.sentences_before,
        redline.summary.sentences_after,
        redline.summary.words_before,
        milliseconds(took),
        milliseconds(best),
        redline.summary
    );
}
