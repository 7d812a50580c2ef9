//! Weighing the evidence: which day the most, and the most trustworthy, evidence tells.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::day::Day;
use super::evidence::{Kind, Witness};

/// Features of a day beside one for each kind: earliest told, latest told, number of kinds that tell it.
pub const EXTRA: [&str; 3] = ["earliest", "latest", "agreement"];

/// The names of the features of a day.
pub fn names() -> Vec<&'static str> {
    Kind::ALL.iter().map(|k| k.name()).chain(EXTRA).collect()
}

static WEIGHTS: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let all: BTreeMap<String, f32> =
        toml::from_str(include_str!("../../data/published.weights.toml")).unwrap_or_default();
    names().iter().map(|name| all.get(*name).copied().unwrap_or(0.0)).collect()
});

/// The days that are told, in order, each with its features.
pub fn days(witnesses: &[Witness]) -> Vec<(Day, Vec<f32>)> {
    let mut days: Vec<Day> = witnesses.iter().map(|w| w.day).filter(|d| d.day > 0).collect();
    days.sort_unstable();
    days.dedup();
    let (first, last) = (days.first().copied(), days.last().copied());
    let several = days.len() > 1;
    days.into_iter()
        .map(|day| {
            let tells = |w: &&Witness| {
                w.day == day || (w.day.day == 0 && (w.day.year, w.day.month) == (day.year, day.month))
            };
            let mut row = vec![0.0; Kind::ALL.len()];
            for witness in witnesses.iter().filter(tells) {
                if let Some(value) = row.get_mut(witness.kind as usize) {
                    *value = 1.0;
                }
            }
            let kinds: f32 = row.iter().sum();
            row.extend([
                f32::from(u8::from(several && first == Some(day))),
                f32::from(u8::from(several && last == Some(day))),
                (kinds - 1.0).min(4.0),
            ]);
            (day, row)
        })
        .collect()
}

/// The day with the highest score and its chance against the other days and against none; `None` where none is likelier.
pub fn weigh(witnesses: &[Witness]) -> Option<(Day, f32)> {
    weigh_with(witnesses, &WEIGHTS)
}

/// As [`weigh`], with other weights.
pub fn weigh_with(witnesses: &[Witness], weights: &[f32]) -> Option<(Day, f32)> {
    let scored: Vec<(Day, f32)> = days(witnesses)
        .into_iter()
        .map(|(day, row)| (day, row.iter().zip(weights).map(|(v, w)| v * w).sum::<f32>()))
        .collect();
    // On a tie the earlier day.
    let best = scored.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    if best.1 < 0.0 {
        return None;
    }
    let sum: f32 = scored.iter().map(|(_, s)| (s - best.1).exp()).sum::<f32>() + (-best.1).exp();
    Some((best.0, 1.0 / sum))
}
