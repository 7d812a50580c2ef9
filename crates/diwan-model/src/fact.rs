//! One entry of the ledger, with the sentences that state it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Confidence, LanguageTag, Method, Span};

/// A sentence that states a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FactSource {
    /// Line in the source, 1-based.
    pub line: u32,
    /// The sentence's number in its version, from 1.
    pub n: u32,
    /// The version's language.
    pub lang: LanguageTag,
    /// The sentence as printed.
    pub text: String,
    /// The subject as this sentence has it; empty where it has none of its own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub subject: String,
    /// The object as this sentence has it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub object: String,
    /// The words that the fact rests on most: bytes of the sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// One entry of the ledger: what was said of whom, when, and where it stands.
///
/// In JSON: `{"type": "host", "subject": "Orvania", "predicate": "hosted", "object": "meeting", "date": "2022-05-03",
/// "confidence": 0.8, "method": "en/hosted@1", "provenance": [{"line": 3, "n": 2, "lang": "en", "text": "…"}]}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Fact {
    /// Its type: `membership/joined`, `meeting-held`, `figure`, …; docs/ledger.md lists them.
    pub r#type: String,
    /// Of whom or what, as printed; empty where the text does not say.
    pub subject: String,
    /// The key of the entity that the subject names, as mentions have it (`place:BE`), where one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_entity: Option<String>,
    /// What is said of it, in English.
    pub predicate: String,
    /// The other side, as printed; empty where there is none.
    pub object: String,
    /// The key of the entity that the object names, where one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object_entity: Option<String>,
    /// When: `2021-06-28`, `2021-06`, `2021-09/2021-11`; `null` where nothing says.
    pub date: Option<String>,
    /// Further values by name: `value`, `unit`, `hedge`, `low`, `high`, `place`, `format`, `level`, `purpose`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub details: BTreeMap<String, String>,
    /// Keys of the entities that its sentences name, as mentions have them; sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entities: Vec<String>,
    /// How sure.
    pub confidence: Confidence,
    /// The rule that read it.
    pub method: Method,
    /// Every sentence that states it, in every version.
    pub provenance: Vec<FactSource>,
}
