//! Authority records: what many names of one person, body or place have in common.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Confidence, EntityKind};

/// A spelling of an entity's name, as printed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Spelling {
    /// As printed.
    pub text: String,
    /// The language of the text it stands in.
    pub lang: String,
    /// How often it is printed.
    pub count: u64,
}

/// An office that a person is printed with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct RoleHeld {
    /// As printed.
    pub text: String,
    /// The language of the text it stands in.
    pub lang: String,
    /// The earliest date of a statement that says so, `YYYY-MM-DD`.
    pub first: Option<String>,
    /// The latest.
    pub last: Option<String>,
    /// Codes of the sentences or versions that say so.
    pub sources: Vec<String>,
}

/// An authority record, made from mentions by machine, with what people decided over it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entity {
    /// `E12`: given once, never to another entity.
    pub id: String,
    /// What it is.
    pub kind: EntityKind,
    /// The preferred name by language.
    pub name: BTreeMap<String, String>,
    /// Every spelling, most frequent first.
    pub spellings: Vec<Spelling>,
    /// Identifiers elsewhere: `wikidata`, `viaf`, `iso-3166`.
    #[serde(default)]
    pub identifiers: BTreeMap<String, String>,
    /// Offices held, of a person.
    #[serde(default)]
    pub roles: Vec<RoleHeld>,
    /// What a person noted.
    #[serde(default)]
    pub notes: Option<String>,
    /// What a person marked it as (`checked`).
    #[serde(default)]
    pub mark: Option<String>,
    /// Keys of mentions that it stands for, smallest first; the first one names it in decisions.
    pub keys: Vec<String>,
    /// How many statements name it.
    pub statements: u64,
    /// How sure it is that its spellings are one entity's.
    pub confidence: Confidence,
}

impl Entity {
    /// The preferred name in a language, else in another: English, then any.
    pub fn name_in(&self, lang: &str) -> &str {
        self.name
            .get(lang)
            .or_else(|| self.name.get("en"))
            .or_else(|| self.name.values().next())
            .map_or(self.id.as_str(), String::as_str)
    }
}
