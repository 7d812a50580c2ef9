//! Authority records that people bring with them: names per language, identifiers, notes.
//!
//! They are laid under what the archive's own mentions made: a record that has the same identifier, or a name that is
//! spelt the same, is the same entity; what a person decided about one entity stands over both.

use std::collections::{BTreeMap, BTreeSet};

use diwan_model::{EntityKind, LanguageTag};
use diwan_text::normal::strong_in;
use serde::{Deserialize, Serialize};

/// Identifiers that a record may have.
pub const IDENTIFIERS: &[&str] = &["wikidata", "viaf", "iso-3166"];

/// What keys of such records begin with.
const PREFIX: &str = "authority:";

/// An authority record as a file has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// What it is of.
    pub kind: EntityKind,
    /// Language → preferred name. At least one.
    pub names: BTreeMap<String, String>,
    /// Scheme ([`IDENTIFIERS`]) → identifier.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub identifiers: BTreeMap<String, String>,
    /// Words about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

impl Authority {
    /// Its key among entities: the same for the same record in whatever file.
    pub fn key(&self) -> String {
        let named = ["wikidata", "viaf"].iter().find_map(|s| Some((s, self.identifiers.get(*s)?)));
        match named {
            Some((scheme, id)) => format!("{PREFIX}{} {scheme} {id}", self.kind.as_str()),
            None => {
                let (lang, name) = match self.names.get_key_value("en") {
                    Some(english) => english,
                    None => match self.names.iter().next() {
                        Some(first) => first,
                        None => return format!("{PREFIX}{}", self.kind.as_str()),
                    },
                };
                format!("{PREFIX}{} {lang} {}", self.kind.as_str(), spelt(name, lang))
            }
        }
    }

    /// What is wrong with it, in words.
    ///
    /// # Errors
    /// Says which field is not as it should be.
    pub fn check(&self) -> Result<(), String> {
        if self.names.is_empty() {
            return Err("it has no name: fill a column `name-en`, `name-fa` …".to_owned());
        }
        if let Some(long) = self.names.values().chain(&self.notes).find(|t| t.len() > 4_000) {
            return Err(format!("`{}…` is too long", long.chars().take(30).collect::<String>()));
        }
        for (scheme, id) in &self.identifiers {
            let digits =
                |text: &str| !text.is_empty() && text.len() < 25 && text.bytes().all(|b| b.is_ascii_digit());
            let fits = match scheme.as_str() {
                "wikidata" => id.strip_prefix('Q').is_some_and(digits),
                "viaf" => digits(id),
                "iso-3166" => {
                    let (country, part) = id.split_once('-').unwrap_or((id, "0"));
                    country.len() == 2
                        && country.bytes().all(|b| b.is_ascii_uppercase())
                        && (1..=3).contains(&part.len())
                        && part.bytes().all(|b| b.is_ascii_alphanumeric())
                }
                _ => {
                    return Err(format!(
                        "there is no scheme `{scheme}`; there are `{}`",
                        IDENTIFIERS.join("`, `")
                    ));
                }
            };
            if !fits {
                return Err(format!("`{id}` is no {scheme} identifier"));
            }
        }
        Ok(())
    }
}

/// Whether a key is that of a record which people brought.
pub fn is_authority(key: &str) -> bool {
    key.starts_with(PREFIX)
}

/// A name in one form for comparing.
pub(super) fn spelt(name: &str, lang: &str) -> String {
    strong_in(name, &LanguageTag::new(lang)).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Pairs of keys that one record ties: `names` gives for each kind and spelling the keys that are spelt so, `identified` for
/// each identifier those that have it.
pub(super) fn ties(
    record: &Authority,
    names: &BTreeMap<(EntityKind, String), BTreeSet<&str>>,
    identified: &BTreeMap<(String, String), BTreeSet<String>>,
) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for (lang, name) in &record.names {
        let same = names.get(&(record.kind, spelt(name, lang)));
        out.extend(same.into_iter().flatten().map(|key| (*key).to_owned()));
    }
    for pair in &record.identifiers {
        let same = identified.get(&(pair.0.clone(), pair.1.clone()));
        out.extend(same.into_iter().flatten().cloned());
    }
    out.remove(&record.key());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(name: &str) -> Authority {
        Authority {
            kind: EntityKind::Person,
            names: BTreeMap::from([("en".to_owned(), name.to_owned())]),
            identifiers: BTreeMap::new(),
            notes: None,
        }
    }

    #[test]
    fn the_same_name_has_the_same_key_however_it_is_set() {
        assert_eq!(record("Mira Halvorsen").key(), record("MIRA  HALVORSEN").key());
        assert_ne!(record("Mira Halvorsen").key(), record("Lena Sund").key());
    }

    #[test]
    fn identifiers_are_checked() {
        let with = |scheme: &str, id: &str| {
            let mut one = record("Mira");
            one.identifiers.insert(scheme.to_owned(), id.to_owned());
            one.check()
        };
        for (scheme, id) in
            [("wikidata", "Q42"), ("viaf", "113230702"), ("iso-3166", "BE"), ("iso-3166", "FR-75")]
        {
            assert_eq!(with(scheme, id), Ok(()), "{scheme} {id}");
        }
        for (scheme, id) in [("wikidata", "42"), ("viaf", "x1"), ("iso-3166", "Belgium"), ("isni", "1")] {
            assert!(with(scheme, id).is_err(), "{scheme} {id}");
        }
        assert!(Authority { names: BTreeMap::new(), ..record("x") }.check().is_err());
    }
}
