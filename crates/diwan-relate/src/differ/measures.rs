//! Measures that may be one in two units: miles and kilometres, degrees of two scales.
//!
//! What a unit measures is data (`data/measures.toml`); its words are in `data/<lang>/differ.toml`.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use diwan_model::LanguageTag;

use super::cues::unit_words;

/// Rounded measures differ by this much at most: 200 miles are 300 km.
const ROUNDED: f64 = 0.08;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measure {
    /// Its short name.
    pub(super) unit: &'static str,
    kind: &'static str,
    factor: f64,
}

static UNITS: LazyLock<HashMap<String, Measure>> = LazyLock::new(|| {
    let table: BTreeMap<String, BTreeMap<String, f64>> =
        toml::from_str(include_str!("../../data/measures.toml")).unwrap_or_default();
    let mut out = HashMap::new();
    for (kind, units) in table {
        let kind: &'static str = kind.leak();
        for (unit, factor) in units {
            out.insert(unit.clone(), Measure { unit: unit.leak(), kind, factor });
        }
    }
    out
});

/// The measure of a unit's short name.
pub(super) fn measure(unit: &str) -> Option<Measure> {
    UNITS.get(unit).copied()
}

/// The measure that the words after a number name.
pub(super) fn measure_after(text: &str, end: usize, lang: &LanguageTag) -> Option<Measure> {
    unit_words(lang)?.first(text.get(end..)?, lang).and_then(measure)
}

impl Measure {
    /// Whether two amounts of one kind may be the same, rounded. `None` where they are not of one kind or of one unit.
    pub(super) fn same(self, value: f64, other: Self, value_there: f64) -> Option<bool> {
        if self.kind != other.kind || self.unit == other.unit && self.unit != "deg" {
            return None;
        }
        let near = |x: f64, y: f64| (x - y).abs() <= ROUNDED * x.abs().max(y.abs()).max(1.0);
        if self.kind == "temperature" {
            let (a, b) = (value, value_there);
            // Two scales, or a difference on two scales.
            let same = [(a, b), (b, a)].iter().any(|(f, c)| near((f - 32.0) / 1.8, *c) || near(f / 1.8, *c));
            return Some(same);
        }
        Some(
            near(value * self.factor, value_there * other.factor) || {
                // Small amounts are rounded to whole or half ones.
                let turned = value * self.factor / other.factor;
                turned < 10.0 && (turned - value_there).abs() <= 0.5
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_turned() {
        let unit = |name| measure(name).unwrap();
        assert_eq!(unit("mi").same(200.0, unit("km"), 300.0), Some(true));
        assert_eq!(unit("in").same(2.0, unit("cm"), 5.0), Some(true));
        assert_eq!(unit("in").same(4.0, unit("mm"), 100.0), Some(true));
        assert_eq!(unit("mi").same(130.0, unit("km"), 430.0), Some(false));
        assert_eq!(unit("deg").same(80.0, unit("degC"), 27.0), Some(true));
        assert_eq!(unit("mi").same(3.0, unit("kg"), 3.0), None);
    }
}
