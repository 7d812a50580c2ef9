//! Letters that look alike and are typed differently in each language: which of them a text has.
//!
//! Data: `data/<lang>/language.toml`. A text typed on the keyboard of another language is common, so this is weighed
//! once a text and bounded, whatever its length.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::model::{Cost, NAT};

/// The smallest share a form is given, since any of them can be typed anywhere.
const SMALLEST_SHARE: f32 = 0.02;
/// The share of each form in a language that says nothing about them.
const UNKNOWN_SHARE: f32 = 0.3;

/// The families of look-alike letters.
const FAMILIES: [&[char]; 2] = [&['ي', 'ی', 'ى'], &['ك', 'ک']];

/// `language.toml` of one language.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LanguageData {
    /// Its own name for people who read the file.
    #[expect(dead_code, reason = "for people who read the file")]
    pub(crate) name: String,
    /// Share of each look-alike letter among its family in running text.
    #[serde(default)]
    pub(crate) forms: BTreeMap<char, f32>,
    /// Short words that running text cannot do without; read when the model is made.
    #[serde(default)]
    #[expect(dead_code, reason = "read when the model is made")]
    pub(crate) words: Vec<String>,
}

macro_rules! language_data {
    ($($tag:literal),* $(,)?) => {
        [$(($tag, include_str!(concat!("../../data/", $tag, "/language.toml")))),*]
    };
}

static DATA: LazyLock<BTreeMap<&'static str, LanguageData>> = LazyLock::new(|| {
    language_data!["ar", "ckb", "fa", "ps", "ur"]
        .into_iter()
        .filter_map(|(tag, text)| Some((tag, toml::from_str(text).ok()?)))
        .collect()
});

/// What the data say of a language.
pub(crate) fn of(tag: &str) -> Option<&'static LanguageData> {
    DATA.get(tag)
}

/// How many of each look-alike letter a text has.
#[derive(Debug, Default, Clone)]
pub(crate) struct Forms([[u32; 3]; 2]);

impl Forms {
    /// Counts `c`.
    pub(crate) fn add(&mut self, c: char) {
        for (family, counts) in FAMILIES.iter().zip(&mut self.0) {
            if let Some(count) = family.iter().position(|f| *f == c).and_then(|k| counts.get_mut(k)) {
                *count += 1;
            }
        }
    }

    /// What the forms cost in a language.
    pub(crate) fn cost(&self, tag: &str) -> Cost {
        let data = of(tag);
        let mut cost = 0.0;
        for (family, counts) in FAMILIES.iter().zip(&self.0) {
            let all: u32 = counts.iter().sum();
            if all == 0 {
                continue;
            }
            let mut mean = 0.0;
            for (form, count) in family.iter().zip(counts) {
                let share = data.and_then(|d| d.forms.get(form)).copied().unwrap_or(UNKNOWN_SHARE);
                mean -= share.max(SMALLEST_SHARE).ln() * (*count as f32) / all as f32;
            }
            cost += mean * (all as f32 * 0.5).min(1.5);
        }
        (cost * NAT).round() as Cost
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_can_be_read() {
        assert_eq!(DATA.len(), 5);
        for (tag, data) in DATA.iter() {
            for family in FAMILIES {
                let sum: f32 = family.iter().filter_map(|f| data.forms.get(f)).sum();
                assert!((sum - 1.0).abs() < 0.01, "{tag}: shares of {family:?} add up to {sum}");
            }
        }
    }
}
