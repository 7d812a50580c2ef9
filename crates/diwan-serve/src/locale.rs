//! The interface's four languages: words, plurals, numbers and dates from `locales/`.

use std::sync::LazyLock;

use diwan_model::{Direction, LanguageTag};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// A language of the interface.
pub struct Locale {
    /// Its tag.
    pub lang: LanguageTag,
    /// Its name in itself.
    pub name: &'static str,
    bundle: FluentBundle<FluentResource>,
}

/// A language's words: one file for each room of the archive's pages.
macro_rules! words {
    ($tag:literal) => {
        concat!(
            include_str!(concat!("../../../locales/", $tag, "/diwan.ftl")),
            "\n",
            include_str!(concat!("../../../locales/", $tag, "/reader.ftl")),
            "\n",
            include_str!(concat!("../../../locales/", $tag, "/linking.ftl")),
            "\n",
            include_str!(concat!("../../../locales/", $tag, "/wording.ftl")),
            "\n",
            include_str!(concat!("../../../locales/", $tag, "/entities.ftl")),
            "\n",
            include_str!(concat!("../../../locales/", $tag, "/ledger.ftl")),
            "\n",
            include_str!(concat!("../../../locales/", $tag, "/extract.ftl")),
            "\n",
            include_str!(concat!("../../../locales/", $tag, "/captures.ftl")),
            "\n",
            include_str!(concat!("../../../locales/", $tag, "/findings.ftl")),
        )
    };
}

/// Tag, own name, messages.
const SOURCES: &[(&str, &str, &str)] = &[
    ("ar", "العربية", words!("ar")),
    ("fa", "فارسی", words!("fa")),
    ("en", "English", words!("en")),
    ("fr", "Français", words!("fr")),
];

static LOCALES: LazyLock<Vec<Locale>> =
    LazyLock::new(|| SOURCES.iter().filter_map(|(tag, name, text)| Locale::new(tag, name, text)).collect());

impl std::fmt::Debug for Locale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Locale").field(&self.lang).finish()
    }
}

impl Locale {
    fn new(tag: &'static str, name: &'static str, text: &str) -> Option<Self> {
        let lang: LanguageIdentifier = tag.parse().ok()?;
        let mut bundle = FluentBundle::new_concurrent(vec![lang]);
        // What a file has wrong is left out; the test of the locales says so.
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource(resource).ok()?;
        bundle.set_formatter(Some(match tag {
            "ar" => |value, _| number_value(value, "ar"),
            "fa" => |value, _| number_value(value, "fa"),
            "fr" => |value, _| number_value(value, "fr"),
            _ => |value, _| number_value(value, "en"),
        }));
        Some(Self { lang: LanguageTag::from_static(tag), name, bundle })
    }

    /// Every language, in the order of the switch.
    pub fn all() -> &'static [Self] {
        &LOCALES
    }

    /// The language with this tag.
    pub fn of(tag: &str) -> Option<&'static Self> {
        Self::all().iter().find(|l| l.lang.as_str() == tag)
    }

    /// The best language for an `Accept-Language` header; English where none fits.
    ///
    /// ```
    /// use diwan_serve::Locale;
    /// let tag = |header| Locale::negotiate(header).lang.as_str().to_owned();
    /// assert_eq!(tag("de, fa-IR;q=0.8, fr;q=0.5"), "fa");
    /// assert_eq!(tag("ar;q=0, *;q=0.1"), "en");
    /// ```
    ///
    /// # Panics
    /// Never in a build whose tests pass: the four languages are embedded.
    pub fn negotiate(header: &str) -> &'static Self {
        let mut wanted: Vec<(f32, &'static Self)> = header
            .split(',')
            .take(40)
            .filter_map(|item| {
                let (tag, rest) = item.split_once(';').unwrap_or((item, ""));
                let weight = rest.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.trim().parse().ok())?;
                Some((weight, Self::of(LanguageTag::new(tag).primary())?))
            })
            .filter(|(weight, _)| *weight > 0.0)
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        let first = wanted.first().map(|(_, locale)| *locale);
        first.or_else(|| Self::of("en")).expect("English is embedded")
    }

    /// The direction of the interface.
    pub fn dir(&self) -> Direction {
        self.lang.direction()
    }

    /// The words of `key`; the key itself where there are none.
    pub fn text(&self, key: &str) -> String {
        self.format(key, &FluentArgs::new())
    }

    /// Whether there are words for `key`.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The words of `key` with a number `$n`, in the plural form that the number asks for.
    pub fn count(&self, key: &str, n: u64) -> String {
        let mut args = FluentArgs::new();
        args.set("n", n);
        self.format(key, &args)
    }

    /// The words of `key` with texts for its variables.
    pub fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(*name, (*value).to_owned());
        }
        self.format(key, &args)
    }

    fn format(&self, key: &str, args: &FluentArgs<'_>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|m| m.value()) else {
            return key.to_owned();
        };
        self.bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned()
    }

    /// A number in the digits of the language.
    ///
    /// ```
    /// use diwan_serve::Locale;
    /// assert_eq!(Locale::of("fa").unwrap().number(1400), "۱٬۴۰۰");
    /// assert_eq!(Locale::of("en").unwrap().number(1400), "1,400");
    /// ```
    pub fn number(&self, n: u64) -> String {
        grouped(n, self.lang.as_str())
    }

    /// Digits of the language in place of those of `text`, without grouping: years, days, numbers of sentences.
    pub fn digits(&self, text: &str) -> String {
        local_digits(text, self.lang.as_str())
    }

    /// A date `YYYY-MM-DD`, `YYYY-MM` or `YYYY` in words; anything else as it is.
    ///
    /// ```
    /// use diwan_serve::Locale;
    /// assert_eq!(Locale::of("fr").unwrap().date("2021-06-28"), "28 juin 2021");
    /// ```
    pub fn date(&self, iso: &str) -> String {
        let plain = |s: String| s.replace(['\u{2068}', '\u{2069}'], "");
        let mut parts = iso.splitn(3, '-');
        let year = parts.next().filter(|y| y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit()));
        let month = parts.next().map(|m| m.parse::<u8>().ok().filter(|m| (1..=12).contains(m)));
        let day = parts.next().map(|d| d.get(..2).unwrap_or(d).parse::<u8>().ok());
        let Some(year) = year.map(|y| self.digits(y)) else { return iso.to_owned() };
        match (month, day) {
            (None, _) => year,
            (Some(Some(month)), None) => {
                let month = self.text(&format!("month-{month}"));
                plain(self.with("date-month", &[("month", &month), ("year", &year)]))
            }
            (Some(Some(month)), Some(Some(day))) => {
                let month = self.text(&format!("month-{month}"));
                let day = self.digits(&day.to_string());
                plain(self.with("date-day", &[("day", &day), ("month", &month), ("year", &year)]))
            }
            _ => iso.to_owned(),
        }
    }

    /// The name of a language; its tag where there is none.
    pub fn language(&self, lang: &LanguageTag) -> String {
        let key = format!("lang-{}", lang.primary());
        if self.has(&key) { self.text(&key) } else { lang.as_str().to_owned() }
    }
}

fn number_value(value: &FluentValue<'_>, lang: &str) -> Option<String> {
    match value {
        FluentValue::Number(n) if n.value >= 0.0 && n.value.fract() == 0.0 => {
            Some(grouped(n.value as u64, lang))
        }
        _ => None,
    }
}

fn grouped(n: u64, lang: &str) -> String {
    let separator = match lang {
        "ar" | "fa" => '٬',
        "fr" => '\u{202f}',
        _ => ',',
    };
    let digits = n.to_string();
    let mut out = String::new();
    for (k, digit) in digits.chars().enumerate() {
        if k > 0 && (digits.len() - k).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    local_digits(&out, lang)
}

fn local_digits(text: &str, lang: &str) -> String {
    let zero = match lang {
        "ar" => 0x0660,
        "fa" => 0x06f0,
        _ => return text.to_owned(),
    };
    text.chars().map(|c| c.to_digit(10).and_then(|d| char::from_u32(zero + d)).unwrap_or(c)).collect()
}

/// The messages of each language as written, for the test that compares them.
#[doc(hidden)]
pub fn sources() -> impl Iterator<Item = (&'static str, &'static str)> {
    SOURCES.iter().map(|(tag, _, text)| (*tag, *text))
}
