//! Knowledge of languages: the data files, parsed once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use diwan_model::{LanguageTag, Role};
use serde::Deserialize;

use crate::fold::{Phrase, fold, squeeze};

/// The data files of one language.
struct Source {
    lang: &'static str,
    cues: &'static str,
    bodies: &'static str,
    record: &'static str,
    meeting: &'static str,
    names: &'static str,
}

macro_rules! source {
    ($lang:literal) => {
        Source {
            lang: $lang,
            cues: include_str!(concat!("../data/", $lang, "/cues.toml")),
            bodies: include_str!(concat!("../data/", $lang, "/bodies.toml")),
            record: include_str!(concat!("../data/", $lang, "/record.toml")),
            meeting: include_str!(concat!("../data/", $lang, "/meeting.toml")),
            names: include_str!(concat!("../data/", $lang, "/names.toml")),
        }
    };
}

/// The languages that have data, in the order in which cues are tried when a line's own language has none.
const SOURCES: &[Source] = &[source!("en"), source!("ar"), source!("fa"), source!("fr")];
const ENDONYMS: &str = include_str!("../data/mul/endonyms.toml");
const MARKUP: &str = include_str!("../data/mul/markup.toml");

/// All that is known.
pub(crate) struct Knowledge {
    /// By language, in the order of the sources.
    pub(crate) languages: Vec<Language>,
    /// Folded names of languages, in any language and their own, with their tags; longest first.
    pub(crate) language_names: Vec<(String, String)>,
    /// Folded, squeezed names of countries with their codes; longest first.
    pub(crate) territories: BTreeMap<String, String>,
    /// Words of classes and ids, with the role they tell.
    pub(crate) markup: BTreeMap<String, Role>,
    /// Folded words, of any language, that stand beside a date without saying more.
    pub(crate) beside_dates: BTreeSet<String>,
}

/// What is known of one language.
pub(crate) struct Language {
    /// Which.
    pub(crate) lang: LanguageTag,
    /// Its cues, in the order of the file.
    pub(crate) cues: Vec<Cue>,
    /// Its words for bodies.
    pub(crate) bodies: Bodies,
    /// Its record panels.
    pub(crate) record: Record,
    /// Its words for meetings.
    pub(crate) meeting: MeetingWords,
}

/// What a cue says a line is: a role, or one of the things that are no role of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CueRole {
    /// A role.
    Role(Role),
    /// The heading above links to other documents.
    RelatedHeading,
    /// What pages say that are no statements.
    NotAStatement,
}

/// A cue.
pub(crate) struct Cue {
    pub(crate) role: CueRole,
    /// Of a disclaimer: `translation` or `authoritative`.
    pub(crate) kind: Option<String>,
    /// The whole line is one of these, squeezed; empty where groups are looked for.
    pub(crate) whole: Vec<String>,
    pub(crate) groups: Vec<Vec<Phrase>>,
    pub(crate) not: Vec<Phrase>,
    pub(crate) starts: bool,
    pub(crate) needs_link: bool,
    pub(crate) min_words: usize,
    pub(crate) max_words: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueFile {
    cue: Vec<CueEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueEntry {
    role: String,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    whole: bool,
    groups: Vec<Vec<String>>,
    #[serde(default)]
    not: Vec<String>,
    #[serde(default)]
    starts: bool,
    #[serde(default)]
    needs_link: bool,
    #[serde(default)]
    min_words: usize,
    #[serde(default)]
    max_words: Option<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BodiesFile {
    issuer: Words,
    office: Words,
    document_type: Types,
    labels: BTreeMap<String, Vec<String>>,
    statement: Verbs,
    beside_dates: Beside,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Beside {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verbs {
    verbs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
    /// The words may stand anywhere in a name, not only at its head.
    #[serde(default)]
    anywhere: bool,
    /// Of offices: names that tell an office only where they are the whole line.
    #[serde(default)]
    alone: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Types {
    names: Vec<String>,
    qualifiers: Vec<String>,
}

/// Words of a language for bodies and head lines.
pub(crate) struct Bodies {
    pub(crate) issuer: Vec<Phrase>,
    pub(crate) not_issuer: Vec<Phrase>,
    pub(crate) office: Vec<Phrase>,
    /// Whole lines that are offices, squeezed.
    pub(crate) office_alone: Vec<String>,
    /// Folded, longest first.
    pub(crate) types: Vec<Phrase>,
    /// The same, squeezed.
    pub(crate) types_squeezed: Vec<String>,
    pub(crate) qualifiers: Vec<Phrase>,
    /// Label of a head line (folded) → what it labels.
    pub(crate) labels: BTreeMap<String, String>,
    /// What bodies do in their statements.
    pub(crate) verbs: Vec<Phrase>,
    /// Whether the head noun of a body's name comes first in this language.
    pub(crate) head_first: bool,
    /// Words that stand beside a date without saying more: days of the week, "at", hours.
    pub(crate) beside_dates: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordFile {
    heading: Vec<String>,
    labels: BTreeMap<String, Vec<String>>,
    grades: BTreeMap<String, Vec<String>>,
    values: BTreeMap<String, Vec<String>>,
}

/// Words of a language for the record panels of archives; all squeezed.
pub(crate) struct Record {
    pub(crate) heading: Vec<String>,
    /// Label → field.
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) grades: Vec<String>,
    pub(crate) empty: Vec<String>,
    /// The same, folded but with the blanks between words.
    pub(crate) empty_printed: Vec<String>,
    pub(crate) marked: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeetingFile {
    nouns: Vec<String>,
    verbs: Vec<String>,
    stops: Vec<String>,
    hosts_after: Vec<String>,
    hosts_before: Vec<String>,
    #[serde(default)]
    hosts_verb: Vec<String>,
    host_stops: Vec<String>,
    join: Vec<String>,
    not_hosts: Vec<String>,
    titles: Vec<String>,
    today: Vec<String>,
    yesterday: Vec<String>,
    r#virtual: Vec<String>,
    in_person: Vec<String>,
    hybrid: Vec<String>,
    where_before: Vec<String>,
    #[serde(default)]
    articles: Vec<String>,
    #[serde(default)]
    not_places: Vec<String>,
}

/// Words of a language for meetings.
pub(crate) struct MeetingWords {
    pub(crate) nouns: Vec<Phrase>,
    pub(crate) verbs: Vec<Phrase>,
    pub(crate) stops: Vec<String>,
    pub(crate) hosts_after: Vec<Phrase>,
    pub(crate) hosts_before: Vec<String>,
    pub(crate) hosts_verb: Vec<Phrase>,
    pub(crate) host_stops: Vec<String>,
    pub(crate) join: Vec<String>,
    pub(crate) not_hosts: Vec<String>,
    /// Titles of office: what follows "and" may still belong to one.
    pub(crate) titles: Vec<Phrase>,
    pub(crate) today: Vec<Phrase>,
    pub(crate) yesterday: Vec<Phrase>,
    pub(crate) remote: Vec<Phrase>,
    pub(crate) in_person: Vec<Phrase>,
    pub(crate) hybrid: Vec<Phrase>,
    pub(crate) where_before: Vec<String>,
    /// What ends the words before a noun that belong to it, seen from the noun: articles, prepositions.
    pub(crate) articles: Vec<String>,
    /// What follows "in" and is no place.
    pub(crate) not_places: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamesFile {
    #[serde(default)]
    territories: BTreeMap<String, Vec<String>>,
    languages: BTreeMap<String, Vec<String>>,
}

/// The knowledge of all languages.
///
/// The files are embedded and a unit test parses them, so that a broken one never leaves the workshop; should one be
/// broken all the same, its language is unknown and pages are read by position and shape.
pub(crate) static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| {
    let mut all = Knowledge {
        languages: Vec::new(),
        language_names: Vec::new(),
        territories: BTreeMap::new(),
        markup: BTreeMap::new(),
        beside_dates: BTreeSet::new(),
    };
    for source in SOURCES {
        if let Ok((language, names)) = parse(source) {
            all.beside_dates.extend(language.bodies.beside_dates.iter().cloned());
            all.languages.push(language);
            add_names(&mut all, names);
        }
    }
    if let Ok(names) = toml::from_str::<NamesFile>(ENDONYMS) {
        add_names(&mut all, names);
    }
    all.language_names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
    all.language_names.dedup();
    if let Ok(markup) = toml::from_str::<BTreeMap<String, Vec<String>>>(MARKUP) {
        for (role, words) in markup {
            if let Some(role) = Role::parse(&role) {
                all.markup.extend(words.into_iter().map(|word| (word, role)));
            }
        }
    }
    all
});

impl Knowledge {
    /// What is known of a language.
    pub(crate) fn of(&self, lang: &LanguageTag) -> Option<&Language> {
        self.languages.iter().find(|l| l.lang.primary() == lang.primary())
    }

    /// All languages, the given one first.
    pub(crate) fn first<'a>(&'a self, lang: &LanguageTag) -> impl Iterator<Item = &'a Language> {
        let lang = lang.primary().to_owned();
        let other = lang.clone();
        self.languages
            .iter()
            .filter(move |l| l.lang.primary() == lang)
            .chain(self.languages.iter().filter(move |l| l.lang.primary() != other))
    }

    /// The language that a (folded) word or phrase names.
    pub(crate) fn language_named(&self, folded: &str) -> Option<&str> {
        self.language_names.iter().find(|(name, _)| name == folded).map(|(_, tag)| tag.as_str())
    }

    /// Whether a folded text is the name of a country.
    pub(crate) fn is_territory(&self, folded: &str) -> bool {
        self.territories.contains_key(&squeeze(folded))
    }
}

fn add_names(all: &mut Knowledge, names: NamesFile) {
    for (tag, names) in names.languages {
        for name in names {
            all.language_names.push((fold(&name).text, tag.clone()));
        }
    }
    for (code, names) in names.territories {
        for name in names {
            all.territories.entry(squeeze(&fold(&name).text)).or_insert_with(|| code.clone());
        }
    }
}

fn parse(source: &Source) -> Result<(Language, NamesFile), toml::de::Error> {
    let cues: CueFile = toml::from_str(source.cues)?;
    let bodies: BodiesFile = toml::from_str(source.bodies)?;
    let record: RecordFile = toml::from_str(source.record)?;
    let meeting: MeetingFile = toml::from_str(source.meeting)?;
    let names = toml::from_str(source.names)?;
    let language = Language {
        lang: LanguageTag::from_static(source.lang),
        cues: cues.cue.into_iter().filter_map(cue).collect(),
        bodies: read_bodies(bodies),
        record: read_record(record),
        meeting: read_meeting(meeting),
    };
    Ok((language, names))
}

fn phrases(written: &[String]) -> Vec<Phrase> {
    let mut out: Vec<Phrase> = written.iter().map(|p| Phrase::new(p)).collect();
    out.sort_by(|a, b| b.text.len().cmp(&a.text.len()).then_with(|| a.text.cmp(&b.text)));
    out
}

fn folded(written: &[String]) -> Vec<String> {
    written.iter().map(|p| Phrase::new(p).text).collect()
}

/// A whole line in the form in which lines are compared.
pub(crate) fn line_key(folded: &str) -> String {
    let bare = crate::fold::bare(folded);
    squeeze(if bare.is_empty() { folded } else { bare })
}

fn keys(written: &[String]) -> Vec<String> {
    written.iter().map(|p| line_key(&fold(p).text)).collect()
}

fn cue(entry: CueEntry) -> Option<Cue> {
    let role = match entry.role.as_str() {
        "related-heading" => CueRole::RelatedHeading,
        "not-a-statement" => CueRole::NotAStatement,
        role => CueRole::Role(Role::parse(role)?),
    };
    let whole =
        if entry.whole { entry.groups.first().map(|g| keys(g)).unwrap_or_default() } else { Vec::new() };
    Some(Cue {
        role,
        kind: entry.kind,
        whole,
        groups: if entry.whole { Vec::new() } else { entry.groups.iter().map(|g| phrases(g)).collect() },
        not: phrases(&entry.not),
        starts: entry.starts,
        needs_link: entry.needs_link,
        min_words: entry.min_words,
        max_words: entry.max_words.unwrap_or(usize::MAX),
    })
}

fn read_bodies(file: BodiesFile) -> Bodies {
    let mut labels = BTreeMap::new();
    for (what, words) in &file.labels {
        for word in words {
            labels.insert(fold(word).text, what.clone());
        }
    }
    Bodies {
        issuer: phrases(&file.issuer.words),
        not_issuer: phrases(&file.issuer.not),
        office: phrases(&file.office.words),
        office_alone: keys(&file.office.alone),
        types: phrases(&file.document_type.names),
        types_squeezed: keys(&file.document_type.names),
        qualifiers: phrases(&file.document_type.qualifiers),
        labels,
        verbs: phrases(&file.statement.verbs),
        head_first: !file.issuer.anywhere,
        beside_dates: folded(&file.beside_dates.words),
    }
}

fn read_record(file: RecordFile) -> Record {
    let mut labels = BTreeMap::new();
    for (field, words) in &file.labels {
        for key in keys(words) {
            labels.insert(key, field.clone());
        }
    }
    Record {
        heading: keys(&file.heading),
        labels,
        grades: file.grades.values().flat_map(|g| keys(g)).collect(),
        empty: file.values.get("empty").map(|v| keys(v)).unwrap_or_default(),
        empty_printed: file
            .values
            .get("empty")
            .map(|v| v.iter().map(|t| crate::fold::fold(t).text).collect())
            .unwrap_or_default(),
        marked: file.values.get("marked").map(|v| keys(v)).unwrap_or_default(),
    }
}

fn read_meeting(file: MeetingFile) -> MeetingWords {
    MeetingWords {
        nouns: phrases(&file.nouns),
        verbs: phrases(&file.verbs),
        stops: folded(&file.stops),
        hosts_after: phrases(&file.hosts_after),
        hosts_before: folded(&file.hosts_before),
        hosts_verb: phrases(&file.hosts_verb),
        host_stops: folded(&file.host_stops),
        join: folded(&file.join),
        not_hosts: folded(&file.not_hosts),
        titles: phrases(&file.titles),
        today: phrases(&file.today),
        yesterday: phrases(&file.yesterday),
        remote: phrases(&file.r#virtual),
        in_person: phrases(&file.in_person),
        hybrid: phrases(&file.hybrid),
        where_before: folded(&file.where_before),
        articles: folded(&file.articles),
        not_places: folded(&file.not_places),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_right() {
        for source in SOURCES {
            let file: CueFile =
                toml::from_str(source.cues).unwrap_or_else(|e| panic!("{}: {e}", source.lang));
            for entry in file.cue {
                let role = entry.role.clone();
                assert!(entry.groups.iter().all(|g| !g.is_empty()), "{} {role}: an empty group", source.lang);
                assert!(cue(entry).is_some(), "{} {role}: no such role", source.lang);
            }
            parse(source).map(|_| ()).unwrap_or_else(|e| panic!("{}: {e}", source.lang));
        }
        toml::from_str::<NamesFile>(ENDONYMS).unwrap();
        let markup: BTreeMap<String, Vec<String>> = toml::from_str(MARKUP).unwrap();
        assert!(markup.keys().all(|role| Role::parse(role).is_some()));
        assert_eq!(KNOWLEDGE.languages.len(), SOURCES.len());
    }

    #[test]
    fn names_of_languages_and_countries() {
        assert_eq!(KNOWLEDGE.language_named(&fold("Français").text), Some("fr"));
        assert_eq!(KNOWLEDGE.language_named(&fold("الإنجليزية").text), Some("en"));
        assert!(KNOWLEDGE.is_territory(&fold("الدنمارك").text));
    }
}
