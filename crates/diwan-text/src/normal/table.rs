//! The table of what becomes of each character, built once for each form and language from
//! `data/<lang>/normal.toml` and the Unicode decompositions.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use diwan_model::LanguageTag;
use icu_normalizer::properties::CanonicalCompositionBorrowed;
use icu_normalizer::{DecomposingNormalizerBorrowed, properties::CanonicalCombiningClassMapBorrowed};
use serde::Deserialize;

use super::Form;

/// What becomes of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// It stays.
    Keep,
    /// Another takes its place.
    To(char),
    /// Several take its place.
    Many(&'static str),
    /// It goes.
    Drop,
    /// A space of any width.
    Space,
    /// A line break of any kind.
    Line,
    /// A combining mark that belongs to the letter before it.
    Mark,
    /// ZWNJ or ZWJ.
    Joiner,
    /// The Arabic lengthening stroke.
    Tatweel,
}

/// Below this every character has its own entry; above only the compatibility area has.
const LOW: usize = 0x3100;
const HIGH: std::ops::Range<usize> = 0xF900..0x1_0000;

/// What becomes of each character in a form and a language.
pub(super) struct Table {
    low: Vec<Action>,
    high: Vec<Action>,
}

impl Table {
    #[inline]
    pub(super) fn action(&self, c: char) -> Action {
        let code = c as usize;
        if let Some(action) = self.low.get(code) {
            return *action;
        }
        if code < HIGH.start {
            return Action::Keep;
        }
        match code {
            0xE0001 | 0xE0020..=0xE007F => Action::Drop,
            _ => self.high.get(code - HIGH.start).copied().unwrap_or(Action::Keep),
        }
    }

    fn set(&mut self, c: char, action: Action) {
        let code = c as usize;
        if let Some(place) = self.low.get_mut(code) {
            *place = action;
        } else if let Some(place) = code.checked_sub(HIGH.start).and_then(|k| self.high.get_mut(k)) {
            *place = action;
        }
    }
}

/// `data/<lang>/normal.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Knowledge {
    letters: BTreeMap<String, String>,
    signs: BTreeMap<String, String>,
    lower: BTreeMap<char, char>,
    kept: Kept,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Kept {
    letters: String,
}

const SOURCES: &[(&str, &str)] = &[
    ("und", include_str!("../../data/und/normal.toml")),
    ("az", include_str!("../../data/az/normal.toml")),
    ("es", include_str!("../../data/es/normal.toml")),
    ("tr", include_str!("../../data/tr/normal.toml")),
];

static LIGHT: LazyLock<Table> = LazyLock::new(|| build(light_action));
static STRONG: LazyLock<BTreeMap<&'static str, Table>> = LazyLock::new(|| {
    let common = knowledge(SOURCES.first().map_or("", |s| s.1));
    SOURCES.iter().map(|(lang, source)| (*lang, strong_table(&common, &knowledge(source)))).collect()
});
static STRONG_COMMON: LazyLock<Table> = LazyLock::new(|| {
    let common = knowledge(SOURCES.first().map_or("", |s| s.1));
    strong_table(&common, &Knowledge::default())
});

/// The table for a form and a language.
pub(super) fn table(form: Form, lang: &LanguageTag) -> &'static Table {
    match form {
        Form::Light => &LIGHT,
        Form::Strong if SOURCES.iter().skip(1).any(|(own, _)| *own == lang.primary()) => {
            STRONG.get(lang.primary()).unwrap_or(&STRONG_COMMON)
        }
        Form::Strong => &STRONG_COMMON,
    }
}

fn knowledge(source: &str) -> Knowledge {
    toml::from_str(source).unwrap_or_default()
}

/// The letter that `mark` makes of `letter`, where Unicode has one.
pub(super) fn compose(letter: char, mark: char) -> Option<char> {
    const COMPOSITION: CanonicalCompositionBorrowed<'static> = CanonicalCompositionBorrowed::new();
    COMPOSITION.compose(letter, mark)
}

fn build(action: impl Fn(char) -> Action) -> Table {
    let of = |codes: std::ops::Range<usize>| {
        codes
            .map(|code| u32::try_from(code).ok().and_then(char::from_u32).map_or(Action::Keep, &action))
            .collect::<Vec<_>>()
    };
    Table { low: of(0..LOW), high: of(HIGH) }
}

fn light_action(c: char) -> Action {
    match c {
        ' '
        | '\t'
        | '\u{A0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200A}'
        | '\u{202F}'
        | '\u{205F}'
        | '\u{3000}' => Action::Space,
        '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Action::Line,
        '\u{200C}' | '\u{200D}' => Action::Joiner,
        '\u{640}' => Action::Tatweel,
        // Soft hyphen, zero-width space, word joiner, byte order mark, direction marks and isolates, variation
        // selectors, interlinear marks: nothing that is read.
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' => Action::Drop,
        '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' => Action::Drop,
        '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' => Action::Drop,
        c if c.is_control() => Action::Drop,
        // Presentation forms of Arabic, Latin ligatures, wide and narrow forms: only the shape differs.
        '\u{FB00}'..='\u{FDFF}'
        | '\u{FE30}'..='\u{FE4F}'
        | '\u{FE70}'..='\u{FEFC}'
        | '\u{FF01}'..='\u{FFEE}' => presentation(c),
        c if is_mark(c) => Action::Mark,
        // A few signs are canonically another (Å as the unit, ideographs of the compatibility area).
        c if c as u32 >= 0x2000 && !matches!(c, '\u{1100}'..='\u{11FF}') => singleton(c),
        _ => Action::Keep,
    }
}

/// What a compatibility form stands for; the bare marks of the presentation block lose the space they ride on.
fn presentation(c: char) -> Action {
    const NFKD: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizerBorrowed::new_nfkd();
    let mut plain = String::new();
    for part in NFKD.normalize_iter(std::iter::once(c)) {
        if part == '\u{640}' || (part == ' ' && plain.is_empty()) {
            continue;
        }
        let composed = plain.chars().last().and_then(|last| compose(last, part));
        if let Some(composed) = composed {
            plain.pop();
            plain.push(composed);
        } else {
            plain.push(part);
        }
    }
    if plain.chars().all(is_mark) { Action::Drop } else { replacement(c, &plain) }
}

fn singleton(c: char) -> Action {
    const NFD: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizerBorrowed::new_nfd();
    let mut parts = NFD.normalize_iter(std::iter::once(c));
    match (parts.next(), parts.next(), parts.next()) {
        (Some(one), None, _) if one != c => Action::To(one),
        (Some(letter), Some(mark), None) => match compose(letter, mark) {
            Some(one) if one != c => Action::To(one),
            _ => Action::Keep,
        },
        _ => Action::Keep,
    }
}

fn is_mark(c: char) -> bool {
    const CLASSES: CanonicalCombiningClassMapBorrowed<'static> = CanonicalCombiningClassMapBorrowed::new();
    CLASSES.get_u8(c) != 0
}

/// The marks that matching does not see: those of Latin, Greek, Cyrillic, Hebrew, Arabic and Syriac. Those of
/// other scripts are vowels that a word is not itself without.
fn is_silent_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}'..='\u{5C2}'
        | '\u{5C4}'..='\u{5C5}' | '\u{5C7}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}'
        | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E8}' | '\u{6EA}'..='\u{6ED}' | '\u{711}' | '\u{730}'..='\u{74A}'
        | '\u{897}'..='\u{89F}' | '\u{8CA}'..='\u{8E1}' | '\u{8E3}'..='\u{8FF}' | '\u{1AB0}'..='\u{1ACE}'
        | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20F0}' | '\u{FE20}'..='\u{FE2F}')
}

fn strong_table(common: &Knowledge, own: &Knowledge) -> Table {
    let mut rules: BTreeMap<char, String> = BTreeMap::new();
    for (from, to) in common.letters.iter().chain(&common.signs).chain(&own.letters).chain(&own.signs) {
        rules.extend(from.chars().map(|c| (c, to.clone())));
    }
    let kept: Vec<char> = common.kept.letters.chars().chain(own.kept.letters.chars()).collect();
    let fold = |c: char| -> Action {
        let mut out = c.to_string();
        // Each round folds one step further; what no rule touches is done.
        for _ in 0..6 {
            let next: String = out.chars().map(|c| step(c, &rules, &kept, own)).collect();
            if next == out {
                break;
            }
            out = next;
        }
        replacement(c, &out)
    };
    let mut table = build(|c| match light_action(c) {
        Action::Mark if is_silent_mark(c) => Action::Mark,
        Action::Mark => Action::Keep,
        Action::Keep | Action::To(_) | Action::Many(_) => fold(c),
        other => other,
    });
    for c in ['\u{653}', '\u{654}', '\u{655}'] {
        table.set(c, Action::Drop);
    }
    table
}

/// One step of folding.
fn step(c: char, rules: &BTreeMap<char, String>, kept: &[char], own: &Knowledge) -> String {
    const NFD: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizerBorrowed::new_nfd();
    if let Some(lower) = own.lower.get(&c) {
        return lower.to_string();
    }
    if kept.contains(&c) {
        return c.to_string();
    }
    if let Some(to) = rules.get(&c) {
        return to.clone();
    }
    match light_action(c) {
        Action::To(to) => return to.to_string(),
        Action::Many(many) => return many.to_owned(),
        Action::Mark if is_silent_mark(c) => return String::new(),
        Action::Keep => {}
        _ => return if c == ' ' { c.to_string() } else { String::new() },
    }
    if let Some(digit) = digit(c) {
        return digit.to_string();
    }
    if c.is_uppercase() {
        return c.to_lowercase().collect();
    }
    if matches!(c, '\u{C0}'..='\u{52F}' | '\u{622}'..='\u{6D3}' | '\u{1E00}'..='\u{1FFF}') {
        let bare: String = NFD.normalize_iter(std::iter::once(c)).filter(|c| !is_silent_mark(*c)).collect();
        if !bare.is_empty() {
            return bare;
        }
    }
    c.to_string()
}

/// The ASCII digit of a decimal digit of another script.
fn digit(c: char) -> Option<char> {
    const ZEROS: &[char] = &[
        '\u{660}', '\u{6F0}', '\u{7C0}', '\u{966}', '\u{9E6}', '\u{A66}', '\u{AE6}', '\u{B66}', '\u{BE6}',
        '\u{C66}', '\u{CE6}', '\u{D66}', '\u{E50}', '\u{ED0}', '\u{F20}', '\u{1040}', '\u{17E0}', '\u{1810}',
    ];
    ZEROS.iter().find_map(|zero| {
        let value = (c as u32).checked_sub(*zero as u32).filter(|v| *v < 10)?;
        char::from_digit(value, 10)
    })
}

fn replacement(c: char, to: &str) -> Action {
    let mut chars = to.chars();
    match (chars.next(), chars.next()) {
        (None, _) => Action::Drop,
        (Some(one), None) if one == c => Action::Keep,
        (Some(one), None) => Action::To(one),
        // A few hundred short strings a process, made once with the table.
        _ => Action::Many(Box::leak(to.to_owned().into_boxed_str())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_is_read() {
        for (lang, source) in SOURCES {
            assert!(
                toml::from_str::<Knowledge>(source).is_ok(),
                "{lang}: {:?}",
                toml::from_str::<Knowledge>(source)
            );
        }
    }

    #[test]
    fn what_comes_out_stays() {
        for (form, lang) in
            [(Form::Light, "und"), (Form::Strong, "und"), (Form::Strong, "tr"), (Form::Strong, "es")]
        {
            let table = table(form, &LanguageTag::new(lang));
            for c in (0..0x1_0000).filter_map(char::from_u32) {
                let out = match table.action(c) {
                    Action::To(to) => to.to_string(),
                    Action::Many(many) => many.to_owned(),
                    _ => continue,
                };
                for to in out.chars() {
                    assert!(
                        matches!(table.action(to), Action::Keep | Action::Space | Action::Mark),
                        "{form:?} {lang} {c:?} → {out:?}: {:?}",
                        table.action(to)
                    );
                }
            }
        }
    }
}
