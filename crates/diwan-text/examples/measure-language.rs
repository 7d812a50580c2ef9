//! Accuracy and speed of `identify` over a test set: `measure-language SET.tsv [-v]`.
//!
//! Lines of the set: id, language, kind, source, licence, text, apart by tabs.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;

use diwan_text::language::identify;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let set = std::fs::read_to_string(arguments.get(1).ok_or("usage: measure-language SET.tsv [-v]")?)?;
    let verbose = arguments.iter().any(|a| a == "-v");
    let rows: Vec<Vec<&str>> = set.lines().map(|line| line.splitn(6, '\t').collect()).collect();
    let mut out = std::io::stdout().lock();
    let mut table: BTreeMap<(String, &str), (usize, usize)> = BTreeMap::new();
    identify("warm up", &[]);
    for row in &rows {
        let [_, lang, kind, source, _, text] = row.as_slice() else { return Err("six fields wanted".into()) };
        let guess = identify(text, &[]);
        let right = guess.lang.as_str() == *lang;
        for group in [(*lang).to_owned(), "all".to_owned(), format!("~{source}")] {
            let cell = table.entry((group, kind)).or_default();
            cell.0 += usize::from(right);
            cell.1 += 1;
        }
        if verbose && !right {
            writeln!(
                out,
                "{kind} {lang} read as {} {:.2} ({source}): {text}",
                guess.lang,
                guess.confidence.value()
            )?;
        }
    }
    for kind in ["para", "sent", "frag3"] {
        let texts: Vec<&str> =
            rows.iter().filter(|r| r.get(2) == Some(&kind)).filter_map(|r| r.get(5).copied()).collect();
        let bytes: usize = texts.iter().map(|t| t.len()).sum();
        let mut best = f64::MAX;
        for _ in 0..5 {
            let start = processor_seconds();
            let mut known = 0;
            for text in &texts {
                known += usize::from(identify(text, &[]).lang.is_language());
            }
            std::hint::black_box(known);
            best = best.min(processor_seconds() - start);
        }
        writeln!(out, "speed {kind}: {:.1} MB/s over {} texts", bytes as f64 / best / 1e6, texts.len())?;
    }
    let groups: Vec<String> =
        table.keys().map(|(g, _)| g.clone()).collect::<std::collections::BTreeSet<_>>().into_iter().collect();
    for group in groups {
        write!(out, "{group:<32}")?;
        for kind in ["para", "sent", "frag3"] {
            match table.get(&(group.clone(), kind)) {
                Some((right, all)) => write!(out, "{:>8.4}", *right as f64 / *all as f64)?,
                None => write!(out, "{:>8}", "-")?,
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Seconds that this thread has had of a processor (other work on the machine does not count), as Linux tells it.
fn processor_seconds() -> f64 {
    let nanoseconds = std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or(f64::NAN, |n| n / 1e9)
}
