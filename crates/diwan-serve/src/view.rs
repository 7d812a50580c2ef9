//! What templates show: values of the store put into the words and directions of a page.

use diwan_model::{Authority, Direction, LanguageTag};
use diwan_store::{StatementRow, VersionRecord};
use diwan_text::script::Script;

use crate::ui::{Ui, encode};

/// A text with the language and direction it has of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) text: String,
    /// Empty where it is not known.
    pub(crate) lang: String,
    pub(crate) dir: &'static str,
}

impl Text {
    /// A text that is in `lang`, unless its letters run the other way: then only its direction is known.
    pub(crate) fn new(text: impl Into<String>, lang: Option<&LanguageTag>) -> Self {
        let text = text.into();
        let own = text.chars().find_map(Script::of).map(Script::direction);
        let lang = lang.filter(|l| l.is_language() && own.is_none_or(|d| d == l.direction()));
        let dir = own.or(lang.map(LanguageTag::direction)).map_or("auto", Direction::as_str);
        Self { text, lang: lang.map(|l| l.as_str().to_owned()).unwrap_or_default(), dir }
    }
}

/// The address of a statement, version or sentence page.
pub(crate) fn code_path(code: &str) -> String {
    format!("/s/{}", encode(code))
}

/// A version as a small link.
pub(crate) struct Chip {
    pub(crate) href: String,
    pub(crate) lang: String,
    pub(crate) name: String,
    pub(crate) authority: String,
    pub(crate) authoritative: bool,
    pub(crate) current: bool,
}

impl Chip {
    pub(crate) fn new(ui: &Ui, code: &str, lang: &LanguageTag, authority: Authority) -> Self {
        Self {
            href: ui.href(&code_path(code)),
            lang: lang.as_str().to_owned(),
            name: ui.language(lang),
            authority: ui.t(&authority_key(authority)),
            authoritative: authority == Authority::Authoritative,
            current: false,
        }
    }
}

pub(crate) fn authority_key(authority: Authority) -> String {
    format!("authority-{}", authority.as_str())
}

/// A statement in a list.
pub(crate) struct Card {
    pub(crate) code: String,
    pub(crate) href: String,
    pub(crate) title: Option<Text>,
    pub(crate) iso: String,
    pub(crate) date: String,
    pub(crate) issuer: Option<Text>,
    pub(crate) kind: Option<Text>,
    pub(crate) chips: Vec<Chip>,
}

impl Card {
    pub(crate) fn new(ui: &Ui, row: &StatementRow) -> Self {
        let own = |text: &Option<String>| text.as_ref().map(|t| Text::new(t, row.lang.as_ref()));
        let iso = row.date.clone().unwrap_or_default();
        Self {
            code: row.code.to_string(),
            href: ui.href(&code_path(row.code.as_str())),
            title: own(&row.title),
            date: if iso.is_empty() { ui.t("undated") } else { ui.date(&iso) },
            iso,
            issuer: own(&row.issuer),
            kind: own(&row.r#type),
            chips: row.versions.iter().map(|v| Chip::new(ui, &v.code, &v.lang, v.authority)).collect(),
        }
    }
}

/// A sentence in a text.
pub(crate) struct SentenceView {
    /// Its anchor on this page.
    pub(crate) id: String,
    /// Where its number leads: its own address.
    pub(crate) href: String,
    /// Its number in local digits.
    pub(crate) shown: String,
    /// "Sentence 12", for those who hear the page.
    pub(crate) label: String,
    pub(crate) text: String,
    /// Its code.
    pub(crate) code: String,
    /// Where else it was said: address and words, for a formula.
    pub(crate) said: Option<(String, String)>,
}

/// Sentences that stand in one block of the page.
pub(crate) struct Paragraph {
    pub(crate) sentences: Vec<SentenceView>,
}

/// A version with its text.
pub(crate) struct VersionView {
    pub(crate) code: String,
    pub(crate) href: String,
    pub(crate) lang: String,
    pub(crate) dir: &'static str,
    pub(crate) name: String,
    pub(crate) heading: String,
    pub(crate) authority: Authority,
    pub(crate) authority_name: String,
    pub(crate) decided_by: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) source: String,
    pub(crate) address: Option<String>,
    pub(crate) capture: String,
    pub(crate) capture_href: String,
    /// Where the notice about the authority stands on the capture's page.
    pub(crate) notice: Option<(String, u32)>,
    /// The day on which its page came in.
    pub(crate) day: String,
    pub(crate) paragraphs: Vec<Paragraph>,
}

impl VersionView {
    /// `anchor`: what stands before the number in the anchors of its sentences.
    pub(crate) fn new(ui: &Ui, version: &VersionRecord, anchor: &str) -> Self {
        let path = code_path(&version.code);
        let name = ui.language(&version.lang);
        let capture_path = format!("/captures/{}", version.capture);
        Self {
            paragraphs: paragraphs(ui, version, &path, anchor),
            code: version.code.clone(),
            href: ui.href(&path),
            lang: version.lang.as_str().to_owned(),
            dir: version.dir.as_str(),
            heading: ui.with("text-of", "language", &name),
            name,
            authority: version.authority,
            authority_name: ui.t(&authority_key(version.authority)),
            decided_by: version.decision.as_ref().map(|d| d.who.clone()),
            title: version.title.clone(),
            source: version.source.clone(),
            address: version.address.clone().filter(|a| is_web(a)),
            capture: version.capture.to_string(),
            notice: version.disclaimer_line.map(|l| (ui.href(&format!("{capture_path}#L{l}")), l)),
            capture_href: ui.href(&capture_path),
            day: ui.date(&version.at),
        }
    }
}

impl VersionView {
    /// Marks its sentences that are formulas: for each code, where to read of it and what to say.
    pub(crate) fn mark(&mut self, said: &std::collections::BTreeMap<String, (String, String)>) {
        for sentence in self.paragraphs.iter_mut().flat_map(|p| &mut p.sentences) {
            sentence.said = said.get(&sentence.code).cloned();
        }
    }
}

fn paragraphs(ui: &Ui, version: &VersionRecord, path: &str, anchor: &str) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    let mut last = None;
    for sentence in &version.sentences {
        let block = sentence.locus.map(|l| (l.block, 0)).unwrap_or((u32::MAX, sentence.line));
        if last != Some(block) || out.is_empty() {
            out.push(Paragraph { sentences: Vec::new() });
        }
        last = Some(block);
        if let Some(paragraph) = out.last_mut() {
            paragraph.sentences.push(SentenceView {
                id: format!("{anchor}{}", sentence.n),
                href: ui.href(&format!("{path}#{}", sentence.n)),
                shown: ui.digits(&sentence.n),
                label: ui.nth("sentence", &sentence.n),
                text: sentence.text.clone(),
                code: sentence.code.clone(),
                said: None,
            });
        }
    }
    out
}

/// Whether an address may be a link: of the web, and nothing that a browser would run.
pub(crate) fn is_web(address: &str) -> bool {
    let start: String = address.chars().take(8).collect::<String>().to_ascii_lowercase();
    start.starts_with("http://") || start.starts_with("https://")
}

/// Pages of a long list.
pub(crate) struct Pages {
    pub(crate) previous: Option<String>,
    pub(crate) next: Option<String>,
    pub(crate) label: String,
}

impl Pages {
    /// `None` where one page holds everything.
    pub(crate) fn new(ui: &Ui, page: u64, pages: u64) -> Option<Self> {
        if pages < 2 {
            return None;
        }
        let at = |n: u64| {
            let mut query = ui.query.clone();
            query.insert("page".to_owned(), n.to_string());
            ui.href(&ui.here(&query))
        };
        Some(Self {
            previous: (page > 1).then(|| at(page - 1)),
            next: (page < pages).then(|| at(page + 1)),
            label: ui.locale.with("page-of", &[("page", &ui.number(&page)), ("pages", &ui.number(&pages))]),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_the_direction_of_its_letters() {
        let fa = LanguageTag::new("fa");
        assert_eq!(
            (Text::new("بیانیه", Some(&fa)).lang.as_str(), Text::new("بیانیه", Some(&fa)).dir),
            ("fa", "rtl")
        );
        assert_eq!(
            (Text::new("Media Note", Some(&fa)).lang.as_str(), Text::new("Media Note", Some(&fa)).dir),
            ("", "ltr")
        );
        assert_eq!(Text::new("2021", None).dir, "auto");
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        assert!(is_web("HTTPS://example.org/a"));
        for address in ["javascript:alert(1)", "data:text/html,x", "file:///etc", "//example.org", ""] {
            assert!(!is_web(address), "{address}");
        }
    }
}
