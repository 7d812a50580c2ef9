//! Measures names, for tuning and for `cargo xtask bench text`:
//!
//! ```text
//! measure-names mentions FILE [-v]        # rows `printed<TAB>whose`: are variants put together, pairwise F1
//! measure-names keys PAIRS NAMES [-v]     # rows `name<TAB>its other spelling`: share of pairs that keys find;
//!                                         # NAMES: one a line; how many others a name meets by its keys
//! measure-names find PAIRS [-v]           # rows as above: each left name among all right ones, first and among ten
//! measure-names speed NAMES               # comparisons a second on one core
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

use std::collections::{BTreeSet, HashMap, HashSet};
use std::error::Error;
use std::time::Instant;

use diwan_text::names::{Name, NameIndex, NameKey, NameSignature, SAME_NAME, keys};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let verbose = arguments.iter().any(|a| a == "-v");
    let files: Vec<&str> = arguments.iter().map(String::as_str).filter(|a| *a != "-v").collect();
    match files.as_slice() {
        ["mentions", file] => mentions(&rows(file)?, verbose),
        ["keys", pairs, names] => blocks(&rows(pairs)?, &lines(names)?, verbose),
        ["find", pairs] => find(&rows(pairs)?, verbose),
        ["speed", names] => speed(&lines(names)?),
        _ => Err("give `mentions FILE`, `keys PAIRS NAMES`, `find PAIRS` or `speed NAMES`".into()),
    }
}

fn lines(file: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let text = std::fs::read_to_string(file)?;
    Ok(text.lines().filter(|l| !l.trim().is_empty()).map(str::to_owned).collect())
}

fn rows(file: &str) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let row = |line: &String| line.split_once('\t').map(|(a, b)| (a.to_owned(), b.to_owned()));
    Ok(lines(file)?.iter().filter_map(row).collect())
}

/// All pairs of distinct printed names: alike by [`SAME_NAME`], and of one bearer.
fn mentions(rows: &[(String, String)], verbose: bool) -> Result<(), Box<dyn Error>> {
    let names: Vec<Name> = rows.iter().map(|(printed, _)| Name::new(printed)).collect();
    let (mut both, mut given, mut wanted) = (0u32, 0u32, 0u32);
    for (k, (a, (printed, whose))) in names.iter().zip(rows).enumerate() {
        for (b, (other, bearer)) in names.iter().zip(rows).take(k) {
            let likeness = a.similarity(b);
            let (put, one) = (likeness >= SAME_NAME, whose == bearer);
            both += u32::from(put && one);
            given += u32::from(put);
            wanted += u32::from(one);
            if verbose && put != one {
                let what = if one { "missed" } else { "wrong" };
                eprintln!("{what} {likeness:.2}  {printed}  |  {other}");
            }
        }
    }
    let (precision, recall) = (share(both, given), share(both, wanted));
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
    println!("pairwise F1 {f1:.3} (precision {precision:.3}, recall {recall:.3}) over {} names", rows.len());
    Ok(())
}

/// Each left name among all right ones: how many find one of theirs first, and among the first ten.
fn find(rows: &[(String, String)], verbose: bool) -> Result<(), Box<dyn Error>> {
    let rows: Vec<&(String, String)> = rows.iter().filter(|(left, _)| !left.starts_with('#')).collect();
    let left: BTreeSet<&str> = rows.iter().map(|(left, _)| left.as_str()).collect();
    let right: BTreeSet<String> = rows.iter().map(|(_, right)| right.clone()).collect();
    let index = NameIndex::new(right.into_iter().collect());
    let (mut first, mut among) = (0, 0);
    for name in &left {
        let found = index.search(name, 10);
        let is_right = |number: &usize| {
            rows.iter().any(|(left, right)| left == name && index.name(*number) == Some(right.as_str()))
        };
        let leads = found.first().is_some_and(|(number, _)| is_right(number));
        first += u32::from(leads);
        among += u32::from(found.iter().any(|(number, _)| is_right(number)));
        if verbose && !leads {
            let shown: Vec<_> = found.iter().take(3).map(|(n, score)| (index.name(*n), score)).collect();
            eprintln!("{name}: {shown:?}");
        }
    }
    let all = left.len() as u32;
    println!("{all} names: first {:.4}, among ten {:.4}", share(first, all), share(among, all));
    Ok(())
}

fn share(part: u32, all: u32) -> f64 {
    f64::from(part) / f64::from(all.max(1))
}

/// How well keys block.
fn blocks(pairs: &[(String, String)], names: &[String], verbose: bool) -> Result<(), Box<dyn Error>> {
    let (mut alike, mut found) = (0u32, 0u32);
    for (a, b) in pairs {
        if Name::new(a).similarity(&Name::new(b)) < SAME_NAME {
            continue;
        }
        alike += 1;
        let meet = NameKey::meet(&keys(a), &keys(b));
        found += u32::from(meet);
        if verbose && !meet {
            eprintln!("apart: {a} {:?}  |  {b} {:?}", keys(a), keys(b));
        }
    }
    println!("{alike} of {} pairs are alike; {:.4} of them share a key", pairs.len(), share(found, alike));
    let all: Vec<Vec<NameKey>> = names.iter().map(|n| keys(n)).collect();
    let mut by_key: HashMap<&NameKey, Vec<u32>> = HashMap::new();
    for (number, keys) in all.iter().enumerate() {
        for key in keys {
            by_key.entry(key).or_default().push(u32::try_from(number)?);
        }
    }
    let mut sizes: Vec<usize> = Vec::new();
    let step = (all.len() / 2_000).max(1);
    for mine in all.iter().step_by(step) {
        let mut met: HashSet<u32> = HashSet::new();
        for other in mine.iter().filter_map(|key| by_key.get(key)).flatten() {
            if !met.contains(other)
                && all.get(*other as usize).is_some_and(|theirs| NameKey::meet(mine, theirs))
            {
                met.insert(*other);
            }
        }
        sizes.push(met.len());
    }
    sizes.sort_unstable();
    let at = |share: usize| sizes.get(sizes.len().saturating_sub(1) * share / 100).copied().unwrap_or(0);
    let mean = sizes.iter().sum::<usize>() as f64 / sizes.len().max(1) as f64;
    let keys_each = all.iter().map(Vec::len).sum::<usize>() as f64 / all.len().max(1) as f64;
    println!(
        "{} names, {keys_each:.1} keys each; a name meets {mean:.0} others ({:.3} in 100), median {}, nine in ten {}, most {}",
        names.len(),
        100.0 * mean / names.len().max(1) as f64,
        at(50),
        at(90),
        at(100)
    );
    let mut largest: Vec<(usize, &NameKey)> = Vec::new();
    for key in all.iter().flatten().collect::<BTreeSet<_>>() {
        largest.push((by_key.get(key).map_or(0, Vec::len), key));
    }
    largest.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
    for (size, key) in largest.iter().take(if verbose { 12 } else { 0 }) {
        println!("{size}\t{}", key.0);
    }
    Ok(())
}

/// Comparisons of signatures, and of whole names.
fn speed(names: &[String]) -> Result<(), Box<dyn Error>> {
    let compiled: Vec<Name> = names.iter().take(4_000).map(|n| Name::new(n)).collect();
    let signatures: Vec<NameSignature> = compiled.iter().map(NameSignature::of).collect();
    let start = Instant::now();
    let mut close = 0u64;
    let mut all = 0u64;
    while start.elapsed().as_secs_f64() < 1.0 {
        for a in signatures.iter().take(100) {
            close += signatures.iter().map(|b| u64::from(a.distance(*b) <= 6)).sum::<u64>();
            all += signatures.len() as u64;
        }
    }
    println!(
        "{:.0} million comparisons with keys a second ({close} close)",
        all as f64 / 1e6 / start.elapsed().as_secs_f64()
    );
    let start = Instant::now();
    let (mut same, mut all) = (0u64, 0u64);
    for a in compiled.iter().take(25) {
        same += compiled.iter().map(|b| u64::from(a.similarity(b) >= SAME_NAME)).sum::<u64>();
        all += compiled.len() as u64;
    }
    println!(
        "{:.0} thousand full comparisons a second ({same} the same)",
        all as f64 / 1e3 / start.elapsed().as_secs_f64()
    );
    Ok(())
}
