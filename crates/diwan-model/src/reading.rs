//! All that was read from one capture.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Block, Capture, Finding, LanguageTag, LinkKind, Page, Statement};

/// The same page in another language, as the page says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Alternate {
    /// Its language, where said.
    pub lang: Option<LanguageTag>,
    /// Its address.
    pub url: String,
}

/// All that was read from one capture: what `diwan read --json` prints.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reading {
    /// The bytes it was read from.
    pub capture: Capture,
    /// The address that the page calls its own.
    #[serde(default)]
    pub canonical_url: Option<String>,
    /// Where the page says that it is in other languages, in the order given, each once.
    #[serde(default)]
    pub alternates: Vec<Alternate>,
    /// Blocks in reading order, each with its role, language and direction.
    pub blocks: Vec<Block>,
    /// The statements found.
    pub statements: Vec<Statement>,
    /// What was inconsistent or could not be read.
    pub findings: Vec<Finding>,
}

impl Reading {
    /// Puts together what the stages gave.
    pub fn new(capture: Capture, page: Page, statements: Vec<Statement>, findings: Vec<Finding>) -> Self {
        let canonical = page.links.iter().find(|link| link.kind == LinkKind::Canonical);
        let canonical_url = canonical.map(|link| link.address.clone());
        let mut alternates: Vec<Alternate> = Vec::new();
        for link in page.links.iter().filter(|link| link.kind == LinkKind::Alternate) {
            let alternate = Alternate { lang: link.lang.clone(), url: link.address.clone() };
            if !alternates.contains(&alternate) {
                alternates.push(alternate);
            }
        }
        Self { capture, canonical_url, alternates, blocks: page.blocks, statements, findings }
    }
}
