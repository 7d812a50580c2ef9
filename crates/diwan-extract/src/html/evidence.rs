//! What a page says of itself: its title, metadata, structured data, times, and links to its other languages.

use diwan_model::{Capture, LanguageTag, Link, LinkKind, Page, PageEvidence};
use dom_query::NodeRef;
use serde_json::{Map, Value};

use super::tree::Tree;
use crate::space::push_collapsed;

/// The most entries kept; a page that says more of itself repeats itself.
const MAX_EVIDENCE: usize = 500;

/// The address against which the page's links are resolved.
pub(crate) fn base(tree: &Tree, capture: &Capture) -> Option<String> {
    let own = capture.address.as_deref();
    match tree.document.base_uri() {
        Some(base) => Some(absolute(&base, own)),
        None => own.map(str::to_owned),
    }
}

/// `address` made absolute against `base`, or as it is where it cannot be.
pub(crate) fn absolute(address: &str, base: Option<&str>) -> String {
    let address = address.trim();
    let is_absolute = address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    });
    let Some(base) = base.filter(|_| !is_absolute) else { return address.to_owned() };
    let Some((scheme, rest)) = base.split_once("://") else { return address.to_owned() };
    if let Some(rest) = address.strip_prefix("//") {
        return format!("{scheme}://{rest}");
    }
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    if address.starts_with('/') {
        return format!("{scheme}://{host}{}", without_dots(address));
    }
    if address.starts_with(['?', '#']) {
        return format!("{scheme}://{host}{path}{address}");
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{scheme}://{host}{}", without_dots(&format!("{folder}/{address}")))
}

fn without_dots(path: &str) -> String {
    let (path, tail) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').skip(1) {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let slash = if path.ends_with("/..") || path.ends_with("/.") { "/" } else { "" };
    format!("/{}{slash}{tail}", parts.join("/"))
}

/// Reads the evidence and the links of the page's head.
pub(crate) fn read(tree: &Tree, base: Option<&str>, page: &mut Page) {
    for (node, data) in tree.telling() {
        if page.evidence.len() >= MAX_EVIDENCE {
            break;
        }
        let Some(element) = node.element_ref() else { continue };
        let line = tree.line(&node);
        match &*element.name.local {
            "html" => {
                if let Some(lang) = node.attr("lang").or_else(|| node.attr("xml:lang")) {
                    page.declared_lang = Some(LanguageTag::new(&lang)).filter(LanguageTag::is_language);
                    add(page, "html:lang", &lang, line);
                }
            }
            "title" if page.evidence("html:title").is_none() && in_head(&node) => {
                add(page, "html:title", &node.text(), line)
            }
            "meta" => meta(&node, line, page),
            "link" => link(&node, line, base, page),
            "time" => {
                let value = node.attr("datetime").map_or_else(|| node.text().to_string(), |v| v.to_string());
                add(page, "time", &value, line);
            }
            "script" => {
                if let Some(value) = data {
                    json_ld(value, line, page);
                }
            }
            _ => {}
        }
    }
}

fn in_head(node: &NodeRef<'_>) -> bool {
    node.parent().is_some_and(|p| p.has_name("head"))
}

fn add(page: &mut Page, name: &str, value: &str, line: u32) {
    let mut text = String::new();
    push_collapsed(&mut text, value);
    let value = text.trim().chars().take(2000).collect::<String>();
    if !value.is_empty() && page.evidence.len() < MAX_EVIDENCE {
        page.evidence.push(PageEvidence { name: name.chars().take(80).collect(), value, line });
    }
}

fn meta(node: &NodeRef<'_>, line: u32, page: &mut Page) {
    let Some(content) = node.attr("content") else { return };
    let Some(name) = node.attr("property").or_else(|| node.attr("name")).or_else(|| node.attr("itemprop"))
    else {
        return;
    };
    let name = name.trim().to_ascii_lowercase();
    const KEPT: &[&str] = &[
        "og:",
        "article:",
        "dc.",
        "dcterms.",
        "citation_",
        "twitter:title",
        "date",
        "author",
        "description",
        "publisher",
        "publish",
        "last-modified",
        "language",
        "keywords",
        "title",
    ];
    if KEPT.iter().any(|kept| name.starts_with(kept)) {
        add(page, &name, &content, line);
    }
}

fn link(node: &NodeRef<'_>, line: u32, base: Option<&str>, page: &mut Page) {
    let (Some(rel), Some(href)) = (node.attr("rel"), node.attr("href")) else { return };
    let rel = rel.to_ascii_lowercase();
    let has = |word: &str| rel.split_ascii_whitespace().any(|w| w == word);
    let lang = node.attr("hreflang").map(|l| LanguageTag::new(&l));
    let kind = if has("canonical") {
        LinkKind::Canonical
    } else if has("alternate") && lang.is_some() {
        LinkKind::Alternate
    } else {
        return;
    };
    page.links.push(Link {
        block: None,
        line,
        address: absolute(&href, base),
        text: String::new(),
        kind,
        lang,
    });
}

/// The dates, titles, languages and publishers of structured data, looked for at any depth, without recursion.
fn json_ld(value: &Value, line: u32, page: &mut Page) {
    each_object(value, |map, todo| {
        for (key, value) in map {
            let text = match (key.as_str(), value) {
                (
                    "datePublished" | "dateModified" | "dateCreated" | "headline" | "inLanguage",
                    Value::String(s),
                ) => s,
                ("publisher" | "author", Value::Object(who)) => match who.get("name") {
                    Some(Value::String(s)) => s,
                    _ => continue,
                },
                (_, Value::Array(_) | Value::Object(_)) => {
                    todo.push(value);
                    continue;
                }
                _ => continue,
            };
            add(page, &format!("jsonld:{key}"), text, line);
        }
    });
}

/// The most values of structured data that are looked at.
const MAX_VALUES: usize = 2000;

/// Every object of structured data, at any depth, without recursion: `each` puts what is to be looked into on the list.
pub(crate) fn each_object<'v>(
    value: &'v Value,
    mut each: impl FnMut(&'v Map<String, Value>, &mut Vec<&'v Value>),
) {
    let mut todo = vec![value];
    let mut seen = 0;
    while let Some(value) = todo.pop() {
        seen += 1;
        if seen > MAX_VALUES {
            return;
        }
        match value {
            Value::Array(items) => todo.extend(items.iter().rev()),
            Value::Object(map) => each(map, &mut todo),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_resolved() {
        let base = Some("https://example.org/a/b.html?x=1");
        for (address, want) in [
            ("c.html", "https://example.org/a/c.html"),
            ("../c", "https://example.org/c"),
            ("/d/./e", "https://example.org/d/e"),
            ("//other.example/x", "https://other.example/x"),
            ("?y=2", "https://example.org/a/b.html?y=2"),
            ("mailto:a@example.org", "mailto:a@example.org"),
            ("https://example.net/", "https://example.net/"),
        ] {
            assert_eq!(absolute(address, base), want);
        }
        assert_eq!(absolute("c.html", None), "c.html");
    }
}
