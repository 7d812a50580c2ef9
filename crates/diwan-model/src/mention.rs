//! Names as printed, and the people, bodies and places they name.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Confidence, Locus, Method};

/// What a mention names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EntityKind {
    /// A person.
    Person,
    /// A body, a group, a state's government, an armed force, a mission.
    Organisation,
    /// A country, a region, a city, a sea.
    Place,
    /// A resolution, a treaty, a law.
    Legal,
    /// An election, a summit, an attack, a pandemic.
    Event,
    /// A programme, an initiative, a pledge drive.
    Programme,
    /// A statement, a report, a plan that is named.
    Document,
}

impl EntityKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::Person,
        Self::Organisation,
        Self::Place,
        Self::Legal,
        Self::Event,
        Self::Programme,
        Self::Document,
    ];

    /// Its spelling in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::Legal => "legal",
            Self::Event => "event",
            Self::Programme => "programme",
            Self::Document => "document",
        }
    }

    /// The kind spelt so.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == text)
    }
}

/// How a mention names what it names.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum MentionForm {
    /// By a name.
    #[default]
    Name,
    /// By a part of a name that stands elsewhere in the text: a surname, "the Coalition".
    Short,
    /// By an adjective: "Iraqi", العراقية.
    Adjective,
}

/// In which part of the page a mention stands.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum MentionPart {
    /// In the text itself.
    #[default]
    Text,
    /// In the lines that head it: issuer, office, title, place.
    Head,
    /// In a notice or a link to the original.
    Notice,
    /// In an archive's record.
    Record,
    /// In what belongs to the site and not to the statement: kept for completeness, no entity's evidence.
    Site,
}

/// A name as printed, where it stands, and what it names.
///
/// `start` and `end` count code points of the source's line, `end` exclusive; clitics that are glued to the name are
/// left out, but for the Arabic لل, where preposition and article are one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// Line in the source, 1-based.
    pub line: u32,
    /// First code point in the line.
    pub start: u32,
    /// The code point after the last.
    pub end: u32,
    /// As printed.
    pub text: String,
    /// What it names.
    pub r#type: EntityKind,
    /// Which entity, as a key that is equal for equal entities of one page (`place:BE`, `person:john godfrey`): the
    /// code or name of a known one, else the fullest spelling on the page, in normal form.
    pub entity: String,
    /// The office that the text gives to a person, as printed ("Acting Special Envoy").
    pub role: Option<String>,
    /// How it names it.
    #[serde(default)]
    pub form: MentionForm,
    /// In which part of the page.
    #[serde(default)]
    pub part: MentionPart,
    /// The sentence of its version that holds it, where one does.
    pub sentence: Option<u32>,
    /// The exact place in the blocks of the reading.
    pub locus: Option<Locus>,
    /// Where the office of a person is printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role_locus: Option<Locus>,
    /// Names inside this one, and inside the office of a person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inner: Vec<Mention>,
    /// How sure.
    pub confidence: Confidence,
    /// By which rule.
    pub method: Method,
}

impl Mention {
    /// This mention and those inside it, outermost first.
    pub fn nested(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(self.inner.iter())
    }
}
