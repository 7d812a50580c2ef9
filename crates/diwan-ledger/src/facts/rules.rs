//! Rules as data: the files of `data/<lang>/facts/`, parsed and compiled once.
//!
//! `docs/ledger.md` tells how a rule is written. Every rule has an example; `examples_hold` in the tests runs them all.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use diwan_model::LanguageTag;
use diwan_text::normal::strong_in;
use diwan_text::words::WordKind;
use serde::Deserialize;

use super::pattern::{Pattern, Surroundings};
use super::sentence::{Prepared, forms};

/// Which date a fact has when no slot takes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DateFrom {
    /// The statement's.
    #[default]
    Statement,
    /// The one that stands nearest behind the first word of the match, else the statement's.
    Sentence,
    /// The one in the sentence, else none.
    Stated,
    /// The one in the sentence; without one there is no fact.
    Required,
}

/// A rule as a file has it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleSource {
    pub(crate) id: String,
    pub(crate) r#type: String,
    pub(crate) predicate: String,
    pub(crate) patterns: Vec<String>,
    /// `topic` (who the text speaks of), `issuer`, `none`, or words as they are; used where no slot takes the subject.
    /// `actor`: a slot must have taken one.
    #[serde(default = "topic")]
    pub(crate) subject: String,
    /// Words as they are, with `{slot}` for what a slot took; used where no slot takes the object.
    #[serde(default)]
    pub(crate) object: Option<String>,
    /// The object begins with the rule's own first word ("attacks of …").
    #[serde(default)]
    pub(crate) with_cue: bool,
    #[serde(default)]
    pub(crate) date: DateFrom,
    /// Words whose presence in the sentence forbids the fact.
    #[serde(default)]
    pub(crate) unless: Vec<String>,
    /// Words one of which must be in the sentence.
    #[serde(default)]
    pub(crate) needs: Vec<String>,
    /// Patterns at which a slot at the end ends, beside those of the language.
    #[serde(default)]
    pub(crate) ends: Vec<String>,
    /// Further values that every fact of the rule has (`format = "virtual"`).
    #[serde(default)]
    pub(crate) details: BTreeMap<String, String>,
    #[serde(default = "sure")]
    pub(crate) confidence: f32,
    pub(crate) example: Vec<Example>,
}

fn topic() -> String {
    "topic".to_owned()
}

fn sure() -> f32 {
    0.8
}

/// A sentence with what the rule reads in it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "the tests run it"))]
pub(crate) struct Example {
    pub(crate) text: String,
    /// `subject | object` or `subject | object | date`, one for each fact; empty: none is read.
    #[serde(default)]
    pub(crate) facts: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<RuleSource>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Common {
    skips: Vec<String>,
    #[serde(default)]
    own: Vec<String>,
    clause_ends: Vec<String>,
    subject_stops: Vec<String>,
    pronouns: Vec<String>,
    conjunctions: Vec<String>,
    titles: Vec<String>,
    leading: Vec<String>,
    group_words: Vec<String>,
    geo_words: Vec<String>,
    place_stops: Vec<String>,
    per_cent: Vec<String>,
    to: Vec<String>,
    /// Verbs and nouns of holding a meeting.
    meeting_verbs: Vec<String>,
    /// Words that lead to a place.
    place_words: Vec<String>,
    /// Words that lead to what a meeting is about.
    about_words: Vec<String>,
    /// Levels of meetings, by name, the first that fits counts.
    levels: Vec<(String, Vec<String>)>,
    /// Forms of meetings, by name.
    formats: Vec<(String, Vec<String>)>,
    /// Words for those who speak and act: people in office, bodies, members.
    actors: Vec<String>,
    /// Words that describe them.
    modifiers: Vec<String>,
    /// Words that bind a name to what it belongs to.
    of_words: Vec<String>,
    /// Words before which something is not the subject.
    prepositions: Vec<String>,
    /// Articles and demonstratives.
    determiners: Vec<String>,
    /// Whether verbs come before their subject.
    #[serde(default)]
    verb_first: bool,
}

/// A rule ready to run.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) source: RuleSource,
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) unless: Vec<Pattern>,
    pub(crate) needs: Vec<Pattern>,
    ends: Vec<Pattern>,
}

/// What is known of a language.
#[derive(Debug)]
pub(crate) struct Language {
    pub(crate) lang: LanguageTag,
    pub(crate) rules: Vec<Rule>,
    skips: BTreeSet<String>,
    own: BTreeSet<String>,
    clause_ends: Vec<Pattern>,
    end_words: AhoCorasick,
    pub(crate) subject_stops: BTreeSet<String>,
    pronouns: BTreeSet<String>,
    pub(crate) conjunctions: BTreeSet<String>,
    pub(crate) titles: Vec<String>,
    pub(crate) leading: BTreeSet<String>,
    group_words: BTreeSet<String>,
    geo_words: BTreeSet<String>,
    pub(crate) place_stops: BTreeSet<String>,
    pub(crate) per_cent: Vec<String>,
    pub(crate) to: Vec<String>,
    pub(crate) meeting_verbs: BTreeSet<String>,
    pub(crate) place_words: BTreeSet<String>,
    pub(crate) about_words: BTreeSet<String>,
    pub(crate) levels: Vec<(String, Vec<String>)>,
    pub(crate) formats: Vec<(String, Vec<String>)>,
    actors: BTreeSet<String>,
    modifiers: BTreeSet<String>,
    pub(crate) of_words: BTreeSet<String>,
    pub(crate) prepositions: BTreeSet<String>,
    pub(crate) determiners: BTreeSet<String>,
    /// Whether verbs come before their subject.
    pub(crate) verb_first: bool,
    /// Finds literals of patterns; each tells the patterns that may match.
    finder: AhoCorasick,
    /// For each literal: rule and pattern.
    owners: Vec<Vec<(usize, usize)>>,
    /// For each rule and pattern: groups of literals, one of each of which must be in the sentence.
    groups: BTreeMap<(usize, usize), Vec<Vec<usize>>>,
}

/// The rules of one language as texts: what `data/<lang>/facts/` holds.
#[derive(Debug, Clone)]
pub struct RuleFiles {
    /// The language.
    pub lang: String,
    /// `common.toml`.
    pub common: String,
    /// Every other file: its name and its text.
    pub topics: Vec<(String, String)>,
}

macro_rules! files {
    ($lang:literal) => {
        (
            $lang,
            include_str!(concat!("../../data/", $lang, "/facts/common.toml")),
            &[
                ("bodies", include_str!(concat!("../../data/", $lang, "/facts/bodies.toml"))),
                ("meetings", include_str!(concat!("../../data/", $lang, "/facts/meetings.toml"))),
                ("positions", include_str!(concat!("../../data/", $lang, "/facts/positions.toml"))),
                ("record", include_str!(concat!("../../data/", $lang, "/facts/record.toml"))),
                ("decisions", include_str!(concat!("../../data/", $lang, "/facts/decisions.toml"))),
            ],
        )
    };
}

type Source = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const SOURCES: &[Source] = &[files!("ar"), files!("en"), files!("fa"), files!("fr")];

/// The rules that come with Diwan.
pub fn built_in() -> Vec<RuleFiles> {
    let owned = |(lang, common, topics): &Source| RuleFiles {
        lang: (*lang).to_owned(),
        common: (*common).to_owned(),
        topics: topics.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
    };
    SOURCES.iter().map(owned).collect()
}

static LANGUAGES: OnceLock<Vec<Language>> = OnceLock::new();

/// Uses other rules than those that come with Diwan. To be called once, before any fact is read.
///
/// # Errors
/// Says which file and rule is wrong, or that facts were read already.
pub fn use_rules(files: &[RuleFiles]) -> Result<(), String> {
    let read = files.iter().map(Language::read).collect::<Result<Vec<_>, _>>()?;
    LANGUAGES.set(read).map_err(|_| "facts were read already with other rules".to_owned())
}

/// The language of a text, where there are rules for it.
pub(crate) fn language(lang: &LanguageTag) -> Option<&'static Language> {
    let all =
        LANGUAGES.get_or_init(|| built_in().iter().filter_map(|files| Language::read(files).ok()).collect());
    all.iter().find(|language| language.lang.primary() == lang.primary())
}

impl Language {
    /// Reads and compiles the files of a language.
    pub(crate) fn read(files: &RuleFiles) -> Result<Self, String> {
        let tag = &files.lang;
        let lang = LanguageTag::new(tag.as_str());
        let common: Common =
            toml::from_str(&files.common).map_err(|e| format!("{tag}/facts/common.toml: {e}"))?;
        let mut rules = Vec::new();
        for (topic, text) in &files.topics {
            let place = format!("{tag}/facts/{topic}.toml");
            let file: File = toml::from_str(text).map_err(|e| format!("{place}: {e}"))?;
            for source in file.rule {
                let id = source.id.clone();
                rules.push(Rule::new(source, &lang).map_err(|e| format!("{place}: rule `{id}`: {e}"))?);
            }
        }
        let fold = |list: Vec<String>| list.iter().map(|w| strong_in(w, &lang)).collect::<BTreeSet<_>>();
        let clause_ends = compile(&common.clause_ends, &lang).map_err(|e| format!("{tag}: {e}"))?;
        let end_words = clause_ends.iter().flat_map(|p| p.literals.clone()).collect::<Vec<_>>();
        let mut literals: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        for (r, rule) in rules.iter().enumerate() {
            for (p, pattern) in rule.patterns.iter().enumerate() {
                for literal in pattern.groups.iter().flatten() {
                    literals.entry(literal.clone()).or_default();
                }
                for literal in &pattern.literals {
                    literals.entry(literal.clone()).or_default().push((r, p));
                }
            }
        }
        let number = |literal: &String| literals.keys().position(|k| k == literal);
        let mut groups = BTreeMap::new();
        for (r, rule) in rules.iter().enumerate() {
            for (p, pattern) in rule.patterns.iter().enumerate() {
                let numbers = |group: &Vec<String>| group.iter().filter_map(number).collect::<Vec<_>>();
                groups.insert((r, p), pattern.groups.iter().map(numbers).collect::<Vec<_>>());
            }
        }
        let finder = AhoCorasick::new(literals.keys()).map_err(|e| e.to_string())?;
        Ok(Self {
            rules,
            skips: fold(common.skips),
            own: fold(common.own),
            end_words: AhoCorasick::new(end_words).map_err(|e| e.to_string())?,
            clause_ends,
            subject_stops: fold(common.subject_stops),
            pronouns: fold(common.pronouns),
            conjunctions: fold(common.conjunctions),
            titles: fold(common.titles).into_iter().collect(),
            leading: fold(common.leading),
            group_words: fold(common.group_words),
            geo_words: fold(common.geo_words),
            place_stops: fold(common.place_stops),
            per_cent: common.per_cent,
            to: common.to,
            meeting_verbs: fold(common.meeting_verbs),
            place_words: fold(common.place_words),
            about_words: fold(common.about_words),
            levels: named(common.levels, &lang),
            formats: named(common.formats, &lang),
            actors: fold(common.actors),
            modifiers: fold(common.modifiers),
            of_words: fold(common.of_words),
            prepositions: fold(common.prepositions),
            determiners: fold(common.determiners),
            verb_first: common.verb_first,
            finder,
            owners: literals.into_values().collect(),
            groups,
            lang,
        })
    }

    /// Patterns that may match the sentence: rule and pattern, in the order of the files.
    pub(crate) fn candidates(&self, sentence: &Prepared<'_>) -> BTreeSet<(usize, usize)> {
        let mut seen = vec![false; self.owners.len()];
        for found in self.finder.find_overlapping_iter(sentence.text()) {
            if let Some(seen) = seen.get_mut(found.pattern().as_usize()) {
                *seen = true;
            }
        }
        let is_seen = |k: &usize| seen.get(*k).copied().unwrap_or(false);
        let fits = |pattern: &&(usize, usize)| {
            self.groups.get(pattern).is_none_or(|groups| groups.iter().all(|group| group.iter().any(is_seen)))
        };
        let owners = self.owners.iter().enumerate().filter(|(k, _)| is_seen(k));
        owners.flat_map(|(_, owners)| owners.iter().filter(fits).copied()).collect()
    }

    /// Whether the words stand for something said before.
    pub(crate) fn is_pronoun(&self, text: &str) -> bool {
        self.pronouns.contains(&strong_in(text, &self.lang))
    }

    /// Whether a word, in its normal form, stands for something said before.
    pub(crate) fn stands_for(&self, word: &str) -> bool {
        self.pronouns.contains(word)
    }

    /// Whether a word says little.
    pub(crate) fn says_little(&self, word: &str) -> bool {
        self.skips.contains(word)
    }

    /// Whether a word is one for those who speak and act.
    pub(crate) fn is_actor(&self, word: &str) -> bool {
        plainer(word, self.lang.primary() == "ar").any(|form| self.actors.contains(form))
    }

    /// The same, whatever is written together with the word.
    pub(crate) fn is_actor_loosely(&self, word: &str) -> bool {
        self.among(&self.actors, word)
    }

    /// Whether a word describes those who speak and act.
    pub(crate) fn is_modifier(&self, word: &str) -> bool {
        plainer(word, self.lang.primary() == "ar").any(|form| self.modifiers.contains(form))
    }

    /// Whether a token is of a set of words.
    fn among(&self, set: &BTreeSet<String>, word: &str) -> bool {
        forms(word, self.lang.primary() == "ar").any(|form| set.contains(form))
    }

    /// Whether a token names a kind of group.
    pub(crate) fn is_group_word(&self, word: &str) -> bool {
        self.among(&self.group_words, word)
    }

    /// Whether a token is a word of geography or a country's name.
    pub(crate) fn is_geo_word(&self, word: &str) -> bool {
        self.among(&self.geo_words, word)
    }

    /// Whether a token ends the name of a place.
    pub(crate) fn stops_place(&self, word: &str) -> bool {
        self.place_stops.contains(word)
    }
}

/// A word as it stands, and in Arabic without conjunction and article; never without a preposition.
fn plainer(word: &str, arabic: bool) -> impl Iterator<Item = &str> {
    let long = |w: &&str| w.len() >= 4;
    let bare = word.strip_prefix('و').filter(long).filter(|_| arabic);
    let first = word.strip_prefix("ال").filter(long).filter(|_| arabic);
    let second = bare.and_then(|w| w.strip_prefix("ال")).filter(long);
    [Some(word), first, bare, second].into_iter().flatten()
}

/// The language together with the rule in hand.
pub(crate) struct Around<'a> {
    pub(crate) language: &'a Language,
    pub(crate) rule: &'a Rule,
}

impl Surroundings for Around<'_> {
    fn skips(&self, word: &str) -> bool {
        self.language.skips.contains(word)
    }

    fn own(&self, word: &str) -> bool {
        self.language.own.iter().any(|own| word.starts_with(own.as_str()))
    }

    fn clause_end(&self, sentence: &Prepared<'_>, from: usize) -> usize {
        let ends = sentence.text().get(sentence.tokens.get(from).map_or(0, |t| t.start)..).unwrap_or("");
        let any = !self.rule.ends.is_empty() || self.language.end_words.is_match(ends);
        for at in from..sentence.tokens.len() {
            let Some(token) = sentence.tokens.get(at) else { break };
            if token.kind == WordKind::Punctuation
                && (matches!(sentence.token(at, 0), ";" | "؛" | "!" | "?" | "؟") || last_stop(sentence, at))
            {
                return at;
            }
            if any && at > from {
                let closes = |p: &Pattern| p.matches_at(sentence, at, self);
                if self.rule.ends.iter().any(closes) || self.language.clause_ends.iter().any(closes) {
                    return at;
                }
            }
        }
        sentence.tokens.len()
    }
}

/// Whether the token is the full stop of the sentence.
fn last_stop(sentence: &Prepared<'_>, at: usize) -> bool {
    at + 1 == sentence.tokens.len() && sentence.token(at, 0) == "."
}

impl Rule {
    fn new(source: RuleSource, lang: &LanguageTag) -> Result<Self, String> {
        if source.example.is_empty() {
            return Err("it has no example".to_owned());
        }
        let mut patterns = compile(&source.patterns, lang)?;
        let bare: Vec<String> = source.patterns.iter().filter_map(|p| without_subject(p, lang)).collect();
        patterns.extend(compile(&bare, lang)?);
        if patterns.iter().flat_map(|p| &p.literals).any(|literal| literal.chars().count() < 2) {
            return Err("a pattern needs a word of two letters or more that cannot be missing".to_owned());
        }
        Ok(Self {
            patterns,
            unless: compile(&source.unless, lang)?,
            needs: compile(&source.needs, lang)?,
            ends: compile(&source.ends, lang)?,
            source,
        })
    }
}

/// An Arabic pattern whose verb stands before its subject, for a plural verb that holds its subject itself («أعربوا عن»).
fn without_subject(pattern: &str, lang: &LanguageTag) -> Option<String> {
    if lang.primary() != "ar" {
        return None;
    }
    let (verbs, rest) = pattern.strip_prefix('(')?.split_once(')')?;
    let rest = rest.trim_start().strip_prefix("<subject:phrase>")?.trim_start();
    let plural: Vec<&str> =
        verbs.split('|').filter(|verb| verb.ends_with("وا") || verb.ends_with("ون")).collect();
    (!plural.is_empty() && !rest.starts_with('<')).then(|| format!("({}) {rest}", plural.join("|")))
}

fn named(lists: Vec<(String, Vec<String>)>, lang: &LanguageTag) -> Vec<(String, Vec<String>)> {
    let fold = |words: Vec<String>| words.iter().map(|w| strong_in(w, lang)).collect();
    lists.into_iter().map(|(name, words)| (name, fold(words))).collect()
}

fn compile(sources: &[String], lang: &LanguageTag) -> Result<Vec<Pattern>, String> {
    sources.iter().map(|s| Pattern::parse(s, lang).map_err(|e| format!("`{s}`: {e}"))).collect()
}
