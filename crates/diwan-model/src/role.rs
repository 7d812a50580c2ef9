//! What a line of a page is for.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The role of a block on its page. Spelt in JSON as in the variant's text (`source-link`).
        ///
        /// ```
        /// use diwan_model::Role;
        /// assert_eq!(Role::parse("begin-mark"), Some(Role::BeginMark));
        /// assert!(Role::Banner.is_furniture());
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum Role {
            $($(#[$doc])* #[serde(rename = $text)] $name,)*
        }

        impl Role {
            /// Every role, in the order of a page from top to bottom.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its spelling in JSON and in data files.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The role spelt so.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$name),)* _ => None }
            }
        }
    };
}

roles! {
    /// The site's own announcement above everything ("An official website of …").
    Banner = "banner",
    /// Menus, breadcrumbs, feed links, "skip to content".
    Navigation = "navigation",
    /// Names of languages that lead to the same page in them.
    LanguageSwitch = "language-switch",
    /// What an archive says of itself and its mission.
    ArchiveMission = "archive-mission",
    /// The body that issues the statement.
    Issuer = "issuer",
    /// The office within the issuer.
    Office = "office",
    /// The kind of document, as a line of its own ("Media Note").
    DocumentType = "doctype",
    /// The date of the statement, as a line of its own.
    Date = "date",
    /// The place, as a line of its own.
    Place = "place",
    /// A reference number of the document, as a line of its own.
    Reference = "reference",
    /// The title, or its second line.
    Title = "title",
    /// Place and date before the first words of the text.
    Dateline = "dateline",
    /// The sentence that introduces a text that follows between marks.
    Lede = "lede",
    /// "Begin text".
    BeginMark = "begin-mark",
    /// A heading inside the text.
    Heading = "heading",
    /// The text itself.
    Body = "body",
    /// An item of a list inside the text.
    ListItem = "list-item",
    /// A row of a table inside the text.
    TableRow = "table-row",
    /// A note to the text.
    Footnote = "footnote",
    /// Names and offices under the text.
    Signature = "signature",
    /// "End text".
    EndMark = "end-mark",
    /// A line that leads to the original.
    SourceLink = "source-link",
    /// The notice that says which text is authoritative.
    Disclaimer = "disclaimer",
    /// An offer of updates by mail or feed.
    Subscription = "subscription",
    /// Buttons for sharing and printing.
    Share = "share",
    /// Tags and topics under the text.
    Tags = "tags",
    /// Whom the press may ask.
    Contact = "contact",
    /// The heading of an archive's record panel.
    ArchiveMetadataHeading = "archive-metadata-heading",
    /// A label in an archive's record.
    ArchiveMetadataLabel = "archive-metadata-label",
    /// A value in an archive's record.
    ArchiveMetadataValue = "archive-metadata-value",
    /// One of several values offered to choose from.
    ArchiveMetadataOption = "archive-metadata-option",
    /// A request for corrections and comments.
    FeedbackPrompt = "feedback-prompt",
    /// A picture's caption.
    Caption = "caption",
    /// Title of another document.
    RelatedLink = "related-link",
    /// The site's last lines.
    Footer = "footer",
    /// Nothing but spaces.
    Blank = "blank",
    /// Text whose role could not be told.
    Unknown = "unknown",
}

impl Role {
    /// Belongs to the site and not to what it says: never part of a version.
    pub fn is_furniture(self) -> bool {
        matches!(
            self,
            Self::Banner
                | Self::Navigation
                | Self::LanguageSwitch
                | Self::ArchiveMission
                | Self::Subscription
                | Self::Share
                | Self::Tags
                | Self::FeedbackPrompt
                | Self::RelatedLink
                | Self::Footer
                | Self::Blank
        )
    }

    /// Belongs to the text of a version, whose sentences are numbered.
    pub fn is_text(self) -> bool {
        matches!(
            self,
            Self::Lede
                | Self::Body
                | Self::Heading
                | Self::ListItem
                | Self::TableRow
                | Self::Footnote
                | Self::Signature
        )
    }

    /// Belongs to an archive's record of the statement.
    pub fn is_archive_metadata(self) -> bool {
        matches!(
            self,
            Self::ArchiveMetadataHeading
                | Self::ArchiveMetadataLabel
                | Self::ArchiveMetadataValue
                | Self::ArchiveMetadataOption
        )
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
