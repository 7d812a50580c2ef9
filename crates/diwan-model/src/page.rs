//! A page: decoded text in ordered blocks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Direction, LanguageTag, Role};

/// How a block was marked up, where the source has markup. Evidence for its role, not the role itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BlockMark {
    /// Plain text, or nothing that tells.
    #[default]
    None,
    /// A paragraph.
    Paragraph,
    /// A heading, 1 to 6.
    Heading(u8),
    /// An item of a list.
    ListItem,
    /// A row of a table, cells joined by a tabulator.
    TableRow,
    /// A term of a description list, or a label cell.
    Label,
    /// A value of a description list, or a value cell.
    Value,
    /// A quotation.
    Quote,
    /// A caption.
    Caption,
    /// The page's main heading or `<title>`.
    Title,
    /// Inside navigation.
    Navigation,
    /// Inside the header or banner of the site.
    Header,
    /// Inside the footer of the site.
    Footer,
    /// Beside the text.
    Aside,
    /// A date element.
    Time,
}

/// What a link is for, as far as the page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// Any link in the text.
    Plain,
    /// To the same page in another language (`hreflang`, a language switch).
    Alternate,
    /// To the address that the page itself calls its own (`rel=canonical`).
    Canonical,
}

/// A link of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// Index of the block that holds it; `null` for links in the head of the page.
    pub block: Option<u32>,
    /// Line in the source, 1-based.
    pub line: u32,
    /// Absolute where it could be resolved, else as printed.
    pub address: String,
    /// The words of the link.
    pub text: String,
    /// What it is for.
    pub kind: LinkKind,
    /// Language of its target, where said.
    pub lang: Option<LanguageTag>,
}

/// A statement of the page about itself (a metadata tag, `JSON-LD`, `<time>`), kept as evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PageEvidence {
    /// Which (`og:title`, `dc.date`, `jsonld:datePublished`, `html:title`, `html:lang`, `time`).
    pub name: String,
    /// As printed.
    pub value: String,
    /// Line in the source, 1-based.
    pub line: u32,
}

/// A run of text that stands by itself: a line of plain text, a paragraph or heading of HTML.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Block {
    /// Line in the source where it begins, 1-based.
    pub line: u32,
    /// Page of the source where it begins, 1-based; only where the source has pages (PDF).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub page: Option<u32>,
    /// What it is for. [`Role::Unknown`] until the page is described.
    pub role: Role,
    /// Its language.
    pub lang: LanguageTag,
    /// Its direction.
    pub dir: Direction,
    /// As printed (HTML: entities decoded, white space as a browser shows it).
    pub text: String,
    /// How it was marked up.
    #[serde(skip, default)]
    pub mark: BlockMark,
    /// Classes and ids of the elements round it, outermost first, as evidence for its role.
    #[serde(skip, default)]
    pub hints: Vec<String>,
    /// Whether blank lines or a markup boundary part it from the block before (a paragraph break).
    #[serde(skip, default)]
    pub parted: bool,
}

/// A page: what the bytes of a capture say, in order.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Page {
    /// The encoding it was decoded from, by its WHATWG name.
    pub encoding: String,
    /// Language that the page declares for itself.
    pub declared_lang: Option<LanguageTag>,
    /// Blocks in reading order.
    pub blocks: Vec<Block>,
    /// Links in reading order.
    pub links: Vec<Link>,
    /// What the page says of itself.
    pub evidence: Vec<PageEvidence>,
}

impl Page {
    /// The first evidence of that name.
    pub fn evidence(&self, name: &str) -> Option<&PageEvidence> {
        self.evidence.iter().find(|e| e.name == name)
    }
}
