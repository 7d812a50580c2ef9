//! How well and how fast sentences are aligned, on the development sets and on pairs made harder from them.
//!
//! `cargo xtask bench align`. The sets lie in `DIWAN_SHARED` (default `../shared`); without them nothing is measured.
//! A figure is strict F1 over the beads of a set, null beads counted in precision, as the sets' own scorer has it.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a bench may fail loudly")]
#![allow(clippy::print_stdout, reason = "its figures are its output")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use diwan_model::LanguageTag;
use diwan_relate::align::{Bead, Pair, align};
use diwan_testing::statements::statement;

type Links = Vec<(Vec<usize>, Vec<usize>)>;

struct Set {
    name: String,
    langs: (LanguageTag, LanguageTag),
    pairs: Vec<Pair>,
    gold: Vec<Links>,
}

fn lines(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    text.strip_suffix('\n').unwrap_or(&text).split('\n').map(str::to_owned).collect()
}

fn gold(path: &Path) -> Links {
    let side = |cell: &str| cell.split(',').filter_map(|n| n.trim().parse().ok()).collect::<Vec<usize>>();
    let rows = fs::read_to_string(path).unwrap();
    rows.lines().filter_map(|l| l.split_once('\t')).map(|(a, b)| (side(a), side(b))).collect()
}

fn read(name: &str, folder: &Path, from: &str, to: &str) -> Option<Set> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).ok()?.flatten().map(|e| e.path()).collect();
    files.retain(|f| f.to_str().is_some_and(|f| f.ends_with(".gold.tsv")));
    files.sort();
    let stem =
        |f: &Path, lang: &str| PathBuf::from(f.to_str().unwrap().replace(".gold.tsv", &format!(".{lang}")));
    let pairs =
        files.iter().map(|f| Pair { source: lines(&stem(f, from)), target: lines(&stem(f, to)) }).collect();
    Some(Set {
        name: name.to_owned(),
        langs: (LanguageTag::new(from), LanguageTag::new(to)),
        pairs,
        gold: files.iter().map(|f| gold(f)).collect(),
    })
}

fn single(beads: &Links) -> BTreeSet<(Vec<usize>, Vec<usize>)> {
    let mut out = BTreeSet::new();
    for (a, b) in beads {
        if a.is_empty() || b.is_empty() {
            out.extend(a.iter().map(|i| (vec![*i], vec![])));
            out.extend(b.iter().map(|j| (vec![], vec![*j])));
        } else {
            out.insert((a.clone(), b.clone()));
        }
    }
    out
}

fn score(gold: &[Links], found: &[Vec<Bead>]) -> (f64, f64, f64) {
    let (mut right, mut given, mut wanted, mut hit) = (0, 0, 0, 0);
    for (gold, found) in gold.iter().zip(found) {
        let gold = single(gold);
        let found: Links =
            found.iter().map(|b| (b.source.clone().collect(), b.target.clone().collect())).collect();
        let found = single(&found);
        right += found.intersection(&gold).count();
        given += found.len();
        wanted += gold.iter().filter(|b| !b.0.is_empty() && !b.1.is_empty()).count();
        hit += found.intersection(&gold).filter(|b| !b.0.is_empty() && !b.1.is_empty()).count();
    }
    let (p, r) = (right as f64 / given as f64, hit as f64 / wanted as f64);
    (2.0 * p * r / (p + r), p, r)
}

/// Numbers that look drawn at random, the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / 2_147_483_648.0
    }
}

/// A harder set: neighbours joined often on either side, sentences dropped, all texts as one.
fn harder(set: &Set, name: &str, join: f64, drop: f64, one: bool) -> Set {
    let mut dice = Dice(7);
    let mut out =
        Set { name: format!("{} {name}", set.name), langs: set.langs.clone(), pairs: vec![], gold: vec![] };
    for (pair, gold) in set.pairs.iter().zip(&set.gold) {
        // Units that are one to one, each side's lines as printed.
        let mut units: Vec<(String, String)> = Vec::new();
        for (a, b) in gold {
            let text = |ids: &[usize], side: &[String]| {
                ids.iter().map(|i| side[*i].as_str()).collect::<Vec<_>>().join(" ")
            };
            units.push((text(a, &pair.source), text(b, &pair.target)));
        }
        let (mut made, mut beads) = (Pair::default(), Links::new());
        let mut k = 0;
        while k < units.len() {
            // A bead of one to four units; each side cuts it where it likes.
            let mut width = 1;
            while width < 4 && k + width < units.len() && dice.roll() < join {
                width += 1;
            }
            let part = &units[k..k + width];
            k += width;
            let left_out = dice.roll();
            let push = |side: &mut Vec<String>, texts: Vec<&str>, cut: bool, gone: bool| {
                let from = side.len();
                let texts: Vec<&str> = texts.into_iter().filter(|t| !t.is_empty()).collect();
                if gone || texts.is_empty() {
                    return vec![];
                }
                if cut {
                    side.extend(texts.iter().map(|t| (*t).to_owned()));
                } else {
                    side.push(texts.join(" "));
                }
                (from..side.len()).collect()
            };
            let whole = dice.roll() < 0.5;
            let a = push(
                &mut made.source,
                part.iter().map(|u| u.0.as_str()).collect(),
                whole,
                left_out < drop / 2.0,
            );
            let b = push(
                &mut made.target,
                part.iter().map(|u| u.1.as_str()).collect(),
                !whole,
                (drop / 2.0..drop).contains(&left_out),
            );
            if !(a.is_empty() && b.is_empty()) {
                beads.push((a, b));
            }
        }
        match (one, out.pairs.last_mut(), out.gold.last_mut()) {
            (true, Some(pair), Some(links)) => {
                let (a, b) = (pair.source.len(), pair.target.len());
                pair.source.extend(made.source);
                pair.target.extend(made.target);
                links.extend(beads.into_iter().map(|(x, y)| {
                    (
                        x.into_iter().map(|i| i + a).collect::<Vec<_>>(),
                        y.into_iter().map(|j| j + b).collect::<Vec<_>>(),
                    )
                }));
            }
            _ => {
                out.pairs.push(made);
                out.gold.push(beads);
            }
        }
    }
    out
}

/// Some 5,000 sentences in one text, no two alike: long enough for a speed that means something.
fn large(set: &Set) -> Set {
    let (mut pair, mut beads) = (Pair::default(), Links::new());
    for number in 0..620 {
        let side = |lang: &LanguageTag| {
            statement(number, lang.as_str()).lines().map(str::to_owned).collect::<Vec<_>>()
        };
        for (k, (a, b)) in side(&set.langs.0).into_iter().zip(side(&set.langs.1)).enumerate() {
            // Some sentences are left out on one side.
            let (left, right) = (k % 23 != 5, (k + number as usize) % 29 != 3);
            let (i, j) = (pair.source.len(), pair.target.len());
            beads.push((left.then_some(i).into_iter().collect(), right.then_some(j).into_iter().collect()));
            pair.source.extend(left.then_some(a));
            pair.target.extend(right.then_some(b));
        }
    }
    Set {
        name: set.name.replace("clean", "large"),
        langs: set.langs.clone(),
        pairs: vec![pair],
        gold: vec![beads],
    }
}

/// Processor time of this process so far, in seconds, where the system tells: the wall clock says little beside others.
fn processor() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(") ").next().unwrap_or_default();
    let ticks: f64 = after.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok()).sum();
    ticks / 100.0
}

fn run(set: &Set) -> f64 {
    let (start, before) = (Instant::now(), processor());
    let found = align(&set.pairs, &set.langs.0, &set.langs.1);
    let (seconds, busy) = (start.elapsed().as_secs_f64(), processor() - before);
    let (a, b) = set.pairs.iter().fold((0, 0), |n, p| (n.0 + p.source.len(), n.1 + p.target.len()));
    let (f1, p, r) = score(&set.gold, &found);
    println!(
        "{:36} strict F1 {f1:.3} (precision {p:.3}, recall {r:.3}); {a} + {b} lines in {seconds:.2} s ({busy:.2} s of processor), {:.0} of both a second of processor",
        set.name,
        (a + b) as f64 / busy.max(0.01)
    );
    f1
}

fn main() {
    let filter = std::env::args().skip(1).find(|a| !a.starts_with('-')).unwrap_or_default();
    let shared = std::env::var_os("DIWAN_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let base = shared.join("bench/align");
    let mut sets = Vec::new();
    for langs in ["en-ar", "en-fa", "en-fr", "ar-fa"] {
        let (from, to) = langs.split_once('-').unwrap();
        for kind in ["mix", "clean"] {
            let folder = base.join(format!("ntrex/dev/{langs}/{kind}"));
            sets.extend(read(&format!("news {langs} {kind}"), &folder, from, to));
        }
    }
    sets.extend(read("textberg de-fr", &base.join("textberg/dev/de-fr"), "de", "fr"));
    if sets.is_empty() {
        println!("skipped: no test sets at {}", base.display());
        return;
    }
    // The first call reads the seed lexicon.
    align(&[], &LanguageTag::new("en"), &LanguageTag::new("ar"));
    for set in &sets {
        let clean = set.name.ends_with("clean");
        let mut all = Vec::new();
        if clean {
            all.push(harder(set, "joined", 0.5, 0.1, false));
            all.push(harder(set, "joined, one text", 0.5, 0.1, true));
            let large = large(set);
            all.push(large);
        } else {
            all.push(Set {
                name: set.name.clone(),
                langs: set.langs.clone(),
                pairs: set.pairs.clone(),
                gold: set.gold.clone(),
            });
            if set.name.starts_with("textberg") {
                all.push(harder(set, "joined", 0.5, 0.1, false));
            }
        }
        for set in all.iter().filter(|s| s.name.contains(&filter)) {
            run(set);
        }
    }
}
