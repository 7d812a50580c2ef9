//! What every page needs of the request: the interface's language, links that remember it, who may decide.

use std::collections::BTreeMap;

use diwan_model::LanguageTag;

use crate::Locale;

/// The interface for one request.
#[derive(Debug, Clone)]
pub(crate) struct Ui {
    pub(crate) locale: &'static Locale,
    /// The path of the request, percent-encoded as it came.
    pub(crate) path: String,
    /// Its query without the interface's language.
    pub(crate) query: BTreeMap<String, String>,
    /// Whether the language was chosen in the address, so that links keep it.
    chosen: bool,
    /// The archive's name.
    pub(crate) archive: String,
    /// Who decides, where deciding is possible.
    pub(crate) editor: Option<String>,
}

/// A link of the language switch.
pub(crate) struct SwitchLink {
    pub(crate) lang: &'static str,
    pub(crate) dir: &'static str,
    pub(crate) name: &'static str,
    pub(crate) href: String,
    pub(crate) current: bool,
}

impl Ui {
    pub(crate) fn new(
        path: String,
        mut query: BTreeMap<String, String>,
        accept_language: &str,
        archive: String,
        editor: Option<String>,
    ) -> Self {
        let chosen = query.remove("ui").and_then(|tag| Locale::of(&tag));
        let locale = chosen.unwrap_or_else(|| Locale::negotiate(accept_language));
        Self { locale, path, query, chosen: chosen.is_some(), archive, editor }
    }

    /// Words of the interface.
    pub(crate) fn t(&self, key: &str) -> String {
        self.locale.text(key)
    }

    /// Words with a number.
    pub(crate) fn count(&self, key: &str, n: &u64) -> String {
        self.locale.count(key, *n)
    }

    /// Words with a number that is an index (line, sentence): in local digits, not grouped.
    pub(crate) fn nth(&self, key: &str, n: &u32) -> String {
        self.locale.with(key, &[("n", &self.digits(n))])
    }

    /// Words with one text.
    pub(crate) fn with(&self, key: &str, name: &str, value: &str) -> String {
        self.locale.with(key, &[(name, value)])
    }

    /// A number in local digits, not grouped.
    pub(crate) fn digits(&self, n: &u32) -> String {
        self.locale.digits(&n.to_string())
    }

    /// A number in local digits, grouped.
    pub(crate) fn number(&self, n: &u64) -> String {
        self.locale.number(*n)
    }

    /// A date in words.
    pub(crate) fn date(&self, iso: &str) -> String {
        self.locale.date(iso)
    }

    /// The name of a language.
    pub(crate) fn language(&self, lang: &LanguageTag) -> String {
        self.locale.language(lang)
    }

    /// A link inside the archive, with the interface's language where that was chosen.
    pub(crate) fn href(&self, path: &str) -> String {
        if self.chosen { with_language(path, self.locale.lang.as_str()) } else { path.to_owned() }
    }

    /// The language for a form's hidden field, where it was chosen.
    pub(crate) fn sticky(&self) -> Option<&'static str> {
        self.chosen.then(|| self.locale.lang.as_str())
    }

    /// This page with another query.
    pub(crate) fn here(&self, query: &BTreeMap<String, String>) -> String {
        let mut out = self.path.clone();
        for (k, (name, value)) in query.iter().enumerate() {
            out.push(if k == 0 { '?' } else { '&' });
            out.push_str(&encode(name));
            out.push('=');
            out.push_str(&encode(value));
        }
        out
    }

    /// This page with `name` set to `value` (removed where `None`) and without a page number.
    pub(crate) fn here_with(&self, name: &str, value: Option<&str>) -> String {
        let mut query = self.query.clone();
        query.remove("page");
        match value {
            Some(value) => query.insert(name.to_owned(), value.to_owned()),
            None => query.remove(name),
        };
        self.href(&self.here(&query))
    }

    /// This page as it is, for coming back to it.
    pub(crate) fn back(&self) -> String {
        self.href(&self.here(&self.query))
    }

    /// The switch of the interface's language.
    pub(crate) fn switch(&self) -> Vec<SwitchLink> {
        let here = self.here(&self.query);
        Locale::all()
            .iter()
            .map(|locale| SwitchLink {
                lang: locale.lang.as_str(),
                dir: locale.dir().as_str(),
                name: locale.name,
                href: with_language(&here, locale.lang.as_str()),
                current: std::ptr::eq(locale, self.locale),
            })
            .collect()
    }
}

fn with_language(path: &str, lang: &str) -> String {
    let (path, fragment) = path.split_once('#').map_or((path, None), |(p, f)| (p, Some(f)));
    let sign = if path.contains('?') { '&' } else { '?' };
    let fragment = fragment.map(|f| format!("#{f}")).unwrap_or_default();
    format!("{path}{sign}ui={lang}{fragment}")
}

/// Percent-encodes what may not stand in a path or query. Slashes stay: archive codes have them.
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                out.push(byte.into())
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ui(query: &[(&str, &str)]) -> Ui {
        let query = query.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Ui::new("/search".to_owned(), query, "fr", "A".to_owned(), None)
    }

    #[test]
    fn links_keep_a_language_that_was_chosen() {
        let chosen = ui(&[("ui", "fa"), ("q", "آب & برق"), ("page", "2")]);
        assert_eq!(chosen.href("/s/DW/1#12"), "/s/DW/1?ui=fa#12");
        assert_eq!(
            chosen.here_with("lang", Some("ar")),
            "/search?lang=ar&q=%D8%A2%D8%A8%20%26%20%D8%A8%D8%B1%D9%82&ui=fa"
        );
        let negotiated = ui(&[("q", "eau")]);
        assert_eq!(negotiated.locale.lang.as_str(), "fr");
        assert_eq!(negotiated.href("/series"), "/series");
        assert_eq!(negotiated.switch()[0].href, "/search?q=eau&ui=ar");
    }

    #[test]
    fn an_unknown_language_is_negotiated() {
        assert_eq!(ui(&[("ui", "xx")]).locale.lang.as_str(), "fr");
    }
}
