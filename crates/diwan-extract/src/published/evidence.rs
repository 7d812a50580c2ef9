//! The pieces of a page that tell a day.

use std::collections::HashMap;
use std::sync::LazyLock;

use diwan_model::LanguageTag;
use serde::Deserialize;
use serde_json::Value;

use super::clock::Clock;
use super::day::{Day, machine_day, printed_day, printed_days};
use crate::html::{Tree, each_object};
use crate::main_text::{Around, small};

/// The most witnesses of a page.
const MAX_WITNESSES: usize = 200;

/// What tells a day. Each kind has its weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Kind {
    /// `datePublished` of structured data, the first.
    DataPublished,
    /// `datePublished` of structured data, not the first.
    DataPublishedLater,
    /// `dateModified` of structured data.
    DataModified,
    /// `dateCreated` or `uploadDate` of structured data.
    DataCreated,
    /// A meta tag of publication, the first.
    MetaPublished,
    /// A meta tag of publication that tells another day than the first.
    MetaPublishedLater,
    /// A meta tag of change.
    MetaModified,
    /// A meta tag that says only "date".
    MetaDate,
    /// `itemprop` of publication.
    PropertyPublished,
    /// `itemprop` of change.
    PropertyModified,
    /// `<time>` that is called published.
    TimePublished,
    /// `<time>` that is called updated.
    TimeModified,
    /// The first `<time>`.
    TimeFirst,
    /// `<time>` near the heading.
    TimeNear,
    /// Any `<time>`.
    TimeOther,
    /// The address.
    Address,
    /// The address tells the month.
    AddressMonth,
    /// The address of the page's picture tells the month, or the day.
    PictureMonth,
    /// A key of a script.
    Script,
    /// Text of an element that is called published.
    ClassPublished,
    /// Text of an element that is called updated.
    ClassModified,
    /// Text after a word that says published.
    WordPublished,
    /// Text after a word that says updated.
    WordModified,
    /// A short text near the heading, the first after it.
    NearHeading,
    /// A short text near the heading, before it.
    BeforeHeading,
    /// The first sentences of the main text.
    TextOpens,
    /// The last lines of the main text.
    TextCloses,
    /// A short text in a part called date or meta.
    PartMeta,
    /// The first date of all short texts.
    FirstShort,
    /// A short text elsewhere.
    OtherShort,
    /// The day that it was on the publisher's clock, where the page gives the time of Greenwich and the clock is known.
    ZoneLocal,
    /// The day beside the day that Greenwich had, where the hour allows that the publisher's clock had it.
    ZoneBeside,
}

impl Kind {
    /// All kinds in order.
    pub const ALL: [Self; 32] = [
        Self::DataPublished,
        Self::DataPublishedLater,
        Self::DataModified,
        Self::DataCreated,
        Self::MetaPublished,
        Self::MetaPublishedLater,
        Self::MetaModified,
        Self::MetaDate,
        Self::PropertyPublished,
        Self::PropertyModified,
        Self::TimePublished,
        Self::TimeModified,
        Self::TimeFirst,
        Self::TimeNear,
        Self::TimeOther,
        Self::Address,
        Self::AddressMonth,
        Self::PictureMonth,
        Self::Script,
        Self::ClassPublished,
        Self::ClassModified,
        Self::WordPublished,
        Self::WordModified,
        Self::NearHeading,
        Self::BeforeHeading,
        Self::TextOpens,
        Self::TextCloses,
        Self::PartMeta,
        Self::FirstShort,
        Self::OtherShort,
        Self::ZoneLocal,
        Self::ZoneBeside,
    ];

    /// Its name in the file of weights.
    pub fn name(self) -> &'static str {
        match self {
            Self::DataPublished => "data-published",
            Self::DataPublishedLater => "data-published-later",
            Self::DataModified => "data-modified",
            Self::DataCreated => "data-created",
            Self::MetaPublished => "meta-published",
            Self::MetaPublishedLater => "meta-published-later",
            Self::MetaModified => "meta-modified",
            Self::MetaDate => "meta-date",
            Self::PropertyPublished => "property-published",
            Self::PropertyModified => "property-modified",
            Self::TimePublished => "time-published",
            Self::TimeModified => "time-modified",
            Self::TimeFirst => "time-first",
            Self::TimeNear => "time-near",
            Self::TimeOther => "time-other",
            Self::Address => "address",
            Self::AddressMonth => "address-month",
            Self::PictureMonth => "picture-month",
            Self::Script => "script",
            Self::ClassPublished => "class-published",
            Self::ClassModified => "class-modified",
            Self::WordPublished => "word-published",
            Self::WordModified => "word-modified",
            Self::NearHeading => "near-heading",
            Self::BeforeHeading => "before-heading",
            Self::TextOpens => "text-opens",
            Self::TextCloses => "text-closes",
            Self::PartMeta => "part-meta",
            Self::FirstShort => "first-short",
            Self::OtherShort => "other-short",
            Self::ZoneLocal => "zone-local",
            Self::ZoneBeside => "zone-beside",
        }
    }

    /// Whether it is printed for people, in the text itself.
    pub fn is_printed(self) -> bool {
        self >= Self::ClassPublished && self < Self::ZoneLocal
    }
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// What it is.
    pub kind: Kind,
    /// The day, or the month, that it tells.
    pub day: Day,
    /// As printed.
    pub value: String,
    /// Line in the source, 1-based; 0 for the address.
    pub line: u32,
}

#[derive(Deserialize, Default)]
struct Names {
    names: Vec<String>,
}

static NAMES: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    toml::from_str::<HashMap<String, Names>>(include_str!("../../data/published.toml"))
        .map(|all| all.into_iter().map(|(kind, names)| (kind, names.names)).collect())
        .unwrap_or_default()
});

fn is_named(kind: &str, name: &str) -> bool {
    NAMES.get(kind).is_some_and(|names| names.iter().any(|n| n == name))
}

fn has_word(kind: &str, text: &str) -> bool {
    NAMES.get(kind).is_some_and(|names| names.iter().any(|n| text.contains(n.as_str())))
}

struct Gather<'a> {
    lang: &'a LanguageTag,
    out: Vec<Witness>,
    clock: Clock,
}

impl Gather<'_> {
    fn add(&mut self, kind: Kind, day: Option<Day>, value: &str, line: u32) {
        let Some(day) = day else { return };
        let published = matches!(
            kind,
            Kind::DataPublished
                | Kind::MetaPublished
                | Kind::PropertyPublished
                | Kind::TimePublished
                | Kind::Script
        );
        self.clock.note(value, published.then_some((day, line)));
        if self.out.len() < MAX_WITNESSES {
            self.out.push(Witness { kind, day, value: value.trim().chars().take(120).collect(), line });
        }
    }

    /// The kind of a meta tag of publication that tells `day`.
    fn meta_published(&self, day: Option<Day>) -> Kind {
        let first = self.out.iter().find(|w| w.kind == Kind::MetaPublished);
        match first {
            Some(first) if Some(first.day) != day => Kind::MetaPublishedLater,
            _ => Kind::MetaPublished,
        }
    }

    /// The day of a value that may be written for machines or for people.
    fn any(&self, value: &str) -> Option<Day> {
        machine_day(value).or_else(|| {
            let short: String = value.chars().take(80).collect();
            printed_day(&short, self.lang).or_else(|| printed_day(&short, &LanguageTag::new("en")))
        })
    }
}

/// All evidence of a page, in a fixed order.
pub(crate) fn witnesses(
    tree: &Tree,
    around: &[Around<'_>],
    address: Option<&str>,
    lang: &LanguageTag,
) -> Vec<Witness> {
    let mut gather = Gather { lang, out: Vec::new(), clock: Clock::default() };
    from_address(address, &mut gather);
    from_elements(tree, &mut gather);
    from_text(around, &mut gather);
    gather.clock.witnesses(address, &mut gather.out);
    gather.out
}

/// Days and months in an address: `/2021/12/03/`, `/2021-12-03-…`, `/20211203…`, `/2021/12/`.
fn from_address(address: Option<&str>, gather: &mut Gather<'_>) {
    let Some(path) = address.and_then(|a| a.split_once("://")).and_then(|(_, rest)| rest.split_once('/'))
    else {
        return;
    };
    let (day, month) = days_in_path(path.1);
    match day {
        Some(day) => gather.add(Kind::Address, Some(day), path.1, 0),
        None => gather.add(Kind::AddressMonth, month, path.1, 0),
    }
}

/// The first day and the first month in a path.
fn days_in_path(path: &str) -> (Option<Day>, Option<Day>) {
    let mut numbers: Vec<(usize, &str)> = Vec::new();
    let mut start = None;
    for (at, c) in path.char_indices().chain([(path.len(), ' ')]) {
        match (c.is_ascii_digit(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                numbers.push((from, path.get(from..at).unwrap_or("")));
                start = None;
            }
            _ => {}
        }
    }
    let (mut day, mut month) = (None, None);
    for (n, (at, digits)) in numbers.iter().enumerate() {
        if digits.len() == 8 && day.is_none() {
            day = machine_day(digits);
        }
        if digits.len() != 4 {
            continue;
        }
        let Ok(year) = digits.parse::<u32>() else { continue };
        let follows = |n: usize, at: usize| {
            numbers
                .get(n)
                .filter(|(a, d)| *a == at + 1 && d.len() <= 2)
                .and_then(|(a, d)| Some((d.parse::<u32>().ok().filter(|v| *v > 0)?, a + d.len())))
        };
        if let Some((m, end)) = follows(n + 1, at + 4) {
            month = month.or_else(|| Day::new(year, m, 0));
            if let Some((d, _)) = follows(n + 2, end) {
                day = day.or_else(|| Day::new(year, m, d));
            }
        }
    }
    (day, month)
}

fn from_elements(tree: &Tree, gather: &mut Gather<'_>) {
    let mut times = 0;
    for (node, data) in tree.telling() {
        let Some(element) = node.element_ref() else { continue };
        let get =
            |name: &str| element.attrs.iter().find(|a| &*a.name.local == name).map(|a| a.value.to_string());
        let name: &str = &element.name.local;
        match name {
            "meta" => {
                let Some(content) = get("content") else { continue };
                let line = tree.line(&node);
                for key in ["property", "name", "itemprop", "http-equiv"].into_iter().filter_map(get) {
                    let key = key.trim().to_ascii_lowercase();
                    if key == "og:image" || key == "twitter:image" {
                        // A web archive writes the day of its capture before the address.
                        let own = content.rsplit("_/http").next().unwrap_or(&content);
                        let (day, month) = days_in_path(own);
                        gather.add(Kind::PictureMonth, day.or(month), &content, line);
                        continue;
                    }
                    let day = gather.any(&content);
                    let kind = if is_named("meta-published", &key) {
                        gather.meta_published(day)
                    } else if is_named("meta-modified", &key) {
                        Kind::MetaModified
                    } else if is_named("meta-date", &key) {
                        Kind::MetaDate
                    } else {
                        continue;
                    };
                    gather.add(kind, day, &content, line);
                }
            }
            "script" => {
                let line = tree.line(&node);
                match data {
                    Some(value) => structured(value, line, gather),
                    None => from_script(&node.text(), line, gather),
                }
            }
            "time" => {
                times += 1;
                let text = node.text();
                let value =
                    get("datetime").filter(|v| !v.trim().is_empty()).unwrap_or_else(|| text.to_string());
                let class = small(&format!(
                    "{} {}",
                    get("class").unwrap_or_default(),
                    get("itemprop").unwrap_or_default()
                ));
                let day = gather.any(&value);
                let line = tree.line(&node);
                let kind = if has_word("class-modified", &class) {
                    Kind::TimeModified
                } else if get("pubdate").is_some() || has_word("class-published", &class) {
                    Kind::TimePublished
                } else {
                    Kind::TimeOther
                };
                gather.add(kind, day, &value, line);
                if times == 1 {
                    gather.add(Kind::TimeFirst, day, &value, line);
                }
            }
            _ => {
                if let Some(property) = get("itemprop") {
                    let property = property.trim().to_ascii_lowercase();
                    let kind = if is_named("property-published", &property) {
                        Kind::PropertyPublished
                    } else if is_named("property-modified", &property) {
                        Kind::PropertyModified
                    } else {
                        continue;
                    };
                    let value =
                        get("content").or_else(|| get("datetime")).unwrap_or_else(|| node.text().to_string());
                    gather.add(kind, gather.any(&value), &value, tree.line(&node));
                } else if matches!(name, "abbr" | "span" | "div" | "p")
                    && let Some(class) = get("class")
                    && let Some(value) = get("title").or_else(|| get("content")).or_else(|| get("datetime"))
                    && has_word("class-published", &small(&class))
                {
                    gather.add(Kind::ClassPublished, machine_day(&value), &value, tree.line(&node));
                }
            }
        }
    }
}

fn structured(value: &Value, line: u32, gather: &mut Gather<'_>) {
    each_object(value, |map, todo| {
        let mut inner = Vec::new();
        for (key, value) in map {
            match value {
                Value::String(text) => {
                    let first = !gather.out.iter().any(|w| w.kind == Kind::DataPublished);
                    let kind = match key.as_str() {
                        "datePublished" if first => Kind::DataPublished,
                        "datePublished" => Kind::DataPublishedLater,
                        "dateModified" => Kind::DataModified,
                        "dateCreated" | "uploadDate" => Kind::DataCreated,
                        _ => continue,
                    };
                    gather.add(kind, gather.any(text), text, line);
                }
                Value::Array(_) | Value::Object(_) => inner.push(value),
                _ => {}
            }
        }
        todo.extend(inner.into_iter().rev());
    });
}

/// Keys of scripts: `"datePublished":"2021-12-03…"`, `publishDate: '…'`.
fn from_script(text: &str, line: u32, gather: &mut Gather<'_>) {
    let Some(names) = NAMES.get("script-published") else { return };
    let mut found = 0;
    let mut from = 0;
    // A value of a script begins after a colon or an equals sign; the key stands before it.
    while let Some(at) = text.get(from..).and_then(|t| t.find(['"', '\''])).map(|a| a + from) {
        from = at + 1;
        let rest = text.get(from..).unwrap_or("");
        // Only what begins as a year does is a value.
        if !(rest.starts_with("20") || rest.starts_with("19")) {
            continue;
        }
        let before = text.get(..at).unwrap_or("").trim_end();
        let Some(before) = before.strip_suffix([':', '=']) else { continue };
        let before = before.trim_end().trim_end_matches(['"', '\'', '\\']);
        let key_at = before
            .rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')))
            .map_or(0, |a| a + 1);
        let key = before.get(key_at..).unwrap_or("");
        let key = key.rsplit('.').next().unwrap_or(key).to_ascii_lowercase();
        if names.contains(&key) {
            let value: String =
                rest.chars().take_while(|c| !matches!(c, '"' | '\'' | '\\')).take(40).collect();
            gather.add(Kind::Script, machine_day(&value), &value, line);
            found += 1;
            if found >= 3 {
                return;
            }
        }
    }
}

/// Dates printed in short texts and in the first and last lines of the main text.
fn from_text(around: &[Around<'_>], gather: &mut Gather<'_>) {
    let heading = around.iter().position(|a| a.heading);
    let mut first = true;
    let mut near = 0;
    let mut main = 0;
    let mains = around.iter().filter(|a| a.chance >= 0.5).count();
    let mut looked = 0;
    for (k, block) in around.iter().enumerate() {
        main += usize::from(block.chance >= 0.5);
        let short = block.letters <= 110;
        let opens = block.chance >= 0.5 && main <= 2;
        let closes = block.chance >= 0.5 && main + 2 > mains;
        let has_digit = || block.text.chars().any(char::is_numeric);
        if !(short || opens || closes) || looked >= 60 || !has_digit() {
            continue;
        }
        looked += 1;
        let text: String = block.text.chars().take(400).collect();
        let lower = small(&text);
        let days = printed_days(&text, gather.lang);
        for (n, (day, at)) in days.iter().enumerate().take(3) {
            let before = text.get(..*at).map(small).unwrap_or_default();
            let modified = has_word("words-modified", &before)
                || (before.trim().is_empty() && has_word("words-modified", &lower) && days.len() == 1);
            let published = has_word("words-published", &before);
            let class = small(block.class);
            let value = text.as_str();
            let add = |gather: &mut Gather<'_>, kind| gather.add(kind, Some(*day), value, block.line);
            if modified && !(published && before.rfind('p') > before.rfind("upd")) {
                add(gather, Kind::WordModified);
                continue;
            }
            if published {
                add(gather, Kind::WordPublished);
            }
            if has_word("class-modified", &class) {
                add(gather, Kind::ClassModified);
                continue;
            }
            if has_word("class-published", &class) {
                add(gather, Kind::ClassPublished);
            }
            if opens && !short {
                add(gather, Kind::TextOpens);
                continue;
            }
            if closes && k > around.len() / 3 {
                add(gather, Kind::TextCloses);
            }
            if !short {
                continue;
            }
            if n == 0 && heading.is_some_and(|h| k > h && k <= h + 8) && near == 0 {
                near += 1;
                add(gather, Kind::NearHeading);
            } else if n == 0 && heading.is_some_and(|h| k < h && k + 4 >= h) {
                add(gather, Kind::BeforeHeading);
            }
            if block.in_meta {
                add(gather, Kind::PartMeta);
            }
            if first {
                first = false;
                add(gather, Kind::FirstShort);
            } else {
                add(gather, Kind::OtherShort);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let of = |path: &str| {
            let (day, month) = days_in_path(path);
            (day.map(|d| d.to_string()), month.map(|d| d.to_string()))
        };
        assert_eq!(of("news/2021/12/03/met").0.as_deref(), Some("2021-12-03"));
        assert_eq!(of("news/met-20211203.html").0.as_deref(), Some("2021-12-03"));
        assert_eq!(of("2021/12/met-7").1.as_deref(), Some("2021-12"));
        assert_eq!(of("a/12345678/b"), (None, None));
        assert_eq!(of("2254/2015"), (None, None));
    }

    #[test]
    fn scripts() {
        let lang = LanguageTag::new("en");
        let mut gather = Gather { lang: &lang, out: Vec::new(), clock: Clock::default() };
        from_script(
            r#"x = {"title":"2020","datePublished":"2021-12-03T01:02:03"}; var publishDate = '2021-12-04';"#,
            1,
            &mut gather,
        );
        let days: Vec<String> = gather.out.iter().map(|w| w.day.to_string()).collect();
        assert_eq!(days, ["2021-12-03", "2021-12-04"]);
    }
}
