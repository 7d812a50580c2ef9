//! What a page claims of itself that bears on its main text: titles, description, kind, and the text in structured data.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use super::outline::{PRIME, START};
use crate::html::{Tree, each_object};
use crate::numbers::NumberSet;

/// Claims of a page.
#[derive(Debug, Default)]
pub(super) struct Claims {
    /// Words of its titles (`<title>`, `og:title`, headline), hashed.
    pub(super) title: NumberSet,
    /// Words of its descriptions, hashed.
    pub(super) description: NumberSet,
    /// `articleBody` of its structured data, the longest.
    pub(super) body: String,
    /// Runs of four words of the body, hashed.
    pub(super) runs: NumberSet,
    /// `og:type` says article.
    pub(super) og_article: bool,
    /// Structured data says article, product, discussion, list.
    pub(super) kinds: [bool; 4],
    /// What the address tells.
    pub(super) address: Address,
}

/// What an address tells of the kind of page.
#[derive(Debug, Default)]
pub(super) struct Address {
    /// Whether it holds words of forums, products, lists, articles, documentation, services.
    pub(super) kinds: [bool; ADDRESS_KINDS.len()],
    /// Parts of the path.
    pub(super) depth: u32,
    /// Words of the last part of the path.
    pub(super) words: u32,
    /// Digits of the path.
    pub(super) digits: u32,
}

/// The kinds of page that addresses tell, in the order of the features.
pub(super) const ADDRESS_KINDS: [&str; 6] = ["forum", "product", "list", "article", "document", "service"];

#[derive(Deserialize)]
struct Words {
    words: Vec<String>,
}

static ADDRESS_WORDS: LazyLock<HashMap<String, usize>> = LazyLock::new(|| {
    let all: HashMap<String, Words> =
        toml::from_str(include_str!("../../data/addresses.toml")).unwrap_or_default();
    let mut out = HashMap::new();
    for (kind, name) in ADDRESS_KINDS.iter().enumerate() {
        out.extend(all.get(*name).into_iter().flat_map(|w| &w.words).map(|w| (w.clone(), kind)));
    }
    out
});

impl Address {
    fn read(address: &str) -> Self {
        let mut out = Self::default();
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
        let rest = rest.split(['?', '#']).next().unwrap_or(rest);
        for word in rest.to_ascii_lowercase().split(|c: char| !c.is_alphabetic()) {
            if let Some(flag) = ADDRESS_WORDS.get(word).and_then(|kind| out.kinds.get_mut(*kind)) {
                *flag = true;
            }
        }
        let path = rest.split_once('/').map_or("", |(_, path)| path).trim_end_matches('/');
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        out.depth = if path.is_empty() { 0 } else { count(path.split('/').count()) };
        out.words = count(
            path.rsplit('/').next().unwrap_or("").split(['-', '_', '+']).filter(|w| !w.is_empty()).count(),
        );
        out.digits = count(path.bytes().filter(u8::is_ascii_digit).count());
        out
    }
}

impl Claims {
    /// Reads the claims of a page.
    pub(super) fn read(tree: &Tree, address: Option<&str>) -> Self {
        let mut out = Self { address: address.map(Address::read).unwrap_or_default(), ..Self::default() };
        for (node, data) in tree.telling() {
            let Some(element) = node.element_ref() else { continue };
            match &*element.name.local {
                "title" => out.title.extend(words(&node.text())),
                "meta" => {
                    let get = |name: &str| {
                        element.attrs.iter().find(|a| &*a.name.local == name).map(|a| a.value.to_string())
                    };
                    let Some(content) = get("content") else { continue };
                    match get("property").or_else(|| get("name")).as_deref() {
                        Some("og:title" | "twitter:title") => out.title.extend(words(&content)),
                        Some("og:description" | "description" | "twitter:description") => {
                            out.description.extend(words(&content))
                        }
                        Some("og:type") => out.og_article = content.trim().eq_ignore_ascii_case("article"),
                        _ => {}
                    }
                }
                "script" => data.into_iter().for_each(|value| out.structured(value)),
                _ => {}
            }
        }
        if out.body.contains('<') || out.body.contains('&') {
            out.body = without_markup(&out.body);
        }
        let all: Vec<u64> = words(&out.body).collect();
        out.runs = all.windows(4).map(run).collect();
        out
    }

    fn structured(&mut self, value: &Value) {
        each_object(value, |map, todo| {
            for (key, value) in map {
                match (key.as_str(), value) {
                    ("articleBody", Value::String(text)) if text.len() > self.body.len() => {
                        self.body.clone_from(text);
                    }
                    ("headline", Value::String(text)) => self.title.extend(words(text)),
                    ("@type", Value::String(kind)) => self.kind(kind),
                    ("@type", Value::Array(kinds)) => {
                        kinds.iter().filter_map(Value::as_str).for_each(|k| self.kind(k))
                    }
                    (_, Value::Array(_) | Value::Object(_)) => todo.push(value),
                    _ => {}
                }
            }
        });
    }

    fn kind(&mut self, kind: &str) {
        let number = if kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report" {
            0
        } else if kind.contains("Product") || kind == "Offer" {
            1
        } else if kind.contains("Discussion") || kind == "QAPage" || kind == "Question" {
            2
        } else if matches!(kind, "ItemList" | "CollectionPage" | "SearchResultsPage") {
            3
        } else {
            return;
        };
        if let Some(flag) = self.kinds.get_mut(number) {
            *flag = true;
        }
    }
}

/// The words of a text in small letters, hashed.
pub(super) fn words(text: &str) -> impl Iterator<Item = u64> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(|word| {
        let add = |h: u64, c: char| (h ^ u64::from(c)).wrapping_mul(PRIME);
        word.chars().fold(START, |h, c| {
            if c.is_ascii() { add(h, c.to_ascii_lowercase()) } else { c.to_lowercase().fold(h, add) }
        })
    })
}

/// A run of words as one number.
pub(super) fn run(words: &[u64]) -> u64 {
    words.iter().fold(0, |h: u64, w| h.rotate_left(13).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ w)
}

/// The text of a body that was written as HTML.
fn without_markup(body: &str) -> String {
    let document = dom_query::Document::from(body.replace("</p>", "</p>\n").replace("<br", "\n<br").as_str());
    document.text().to_string()
}
