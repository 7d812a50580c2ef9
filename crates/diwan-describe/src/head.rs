//! Head lines: which of the short lines round a text is its issuer, office, type, date, place or title.

use diwan_model::{Block, LanguageTag, Role};
use diwan_text::dates::DateMention;

use crate::fold::{bare, fold};
use crate::knowledge::{KNOWLEDGE, Language};
use crate::lines::{Line, MAX_HEAD_WORDS, head_dates};

/// What a head line was told to be, and what part of it is the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeadLine {
    pub(crate) role: Role,
    /// The printed bytes after a label (`Date: …`).
    pub(crate) from: usize,
    /// How sure, in per cent.
    pub(crate) sure: u8,
}

/// What a short line is by its own words; `None` where they do not tell.
pub(crate) fn by_words(block: &Block, line: &Line) -> Option<HeadLine> {
    if line.words == 0 || line.words > MAX_HEAD_WORDS {
        return None;
    }
    if let Some(labelled) = labelled(block, line) {
        return Some(labelled);
    }
    let tell = |role, sure| Some(HeadLine { role, from: 0, sure });
    if let Some(role) = date_line(block) {
        return tell(role, 95);
    }
    let text = bare(&line.folded.text);
    for language in KNOWLEDGE.first(&block.lang).filter(|l| l.lang.direction() == block.dir) {
        if is_type(language, line, text) {
            return tell(Role::DocumentType, 95);
        }
        if is_office(language, text, line) {
            return tell(Role::Office, 85);
        }
        if is_issuer(language, text, line) {
            return tell(Role::Issuer, 85);
        }
    }
    if is_reference(text, line.words) {
        return tell(Role::Reference, 80);
    }
    if is_language_list(&line.folded.text) {
        return tell(Role::LanguageSwitch, 95);
    }
    if is_known_place(text, line) {
        return tell(Role::Place, 90);
    }
    None
}

/// `Date: 3 May 2022`: a label, a colon, a value.
fn labelled(block: &Block, line: &Line) -> Option<HeadLine> {
    let text = line.folded.text.as_str();
    if line.words > 30 {
        return None;
    }
    let (at, _) = text.char_indices().find(|(_, c)| matches!(c, ':' | '：'))?;
    let label = text.get(..at)?.trim();
    let value = text.get(at + 1..)?;
    if value.trim().is_empty() || value.starts_with("//") {
        return None;
    }
    let what = KNOWLEDGE
        .first(&block.lang)
        .filter(|l| l.lang.direction() == block.dir)
        .find_map(|l| l.bodies.labels.get(bare(label)))?;
    let role = match what.as_str() {
        "date" => Role::Date,
        "place" => Role::Place,
        "reference" => Role::Reference,
        "subject" => Role::Title,
        "issuer" => Role::Issuer,
        "type" => Role::DocumentType,
        _ => return None,
    };
    if role == Role::Date && head_dates(block).is_empty() {
        return None;
    }
    let skipped = value.len() - value.trim_start().len();
    Some(HeadLine { role, from: line.folded.printed(at + 1 + skipped), sure: 95 })
}

/// A line that is a date, or a place and a date.
fn date_line(block: &Block) -> Option<Role> {
    if block.text.chars().count() > 160 {
        return None;
    }
    let dates = head_dates(block);
    if dates.is_empty() {
        return None;
    }
    let rest = without(&block.text, &dates);
    let rest_folded = fold(&rest).text;
    let words: Vec<&str> = rest_folded
        .split_whitespace()
        .filter(|w| w.chars().any(char::is_alphabetic) && !is_date_word(w))
        .collect();
    match words.len() {
        0 => Some(Role::Date),
        1..=6 => {
            let first =
                rest.split(['،', ',', '(', '-', '–', '—', ':']).map(str::trim).find(|p| !p.is_empty())?;
            let starts_with_place =
                block.text.trim_start().starts_with(first) && !ends_a_sentence(&block.text);
            let proper = looks_like_name(first);
            (starts_with_place && proper && words.len() <= 5 && !names_a_document(block, &rest_folded))
                .then_some(Role::Dateline)
        }
        _ => None,
    }
}

fn names_a_document(block: &Block, folded: &str) -> bool {
    KNOWLEDGE.first(&block.lang).any(|l| {
        l.bodies.types.iter().any(|t| t.find(folded).is_some())
            || l.bodies.issuer.iter().any(|w| w.find(folded).is_some())
    })
}

fn ends_a_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '؟', '?', '!'])
}

/// The text without its dates.
fn without(text: &str, dates: &[DateMention]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for date in dates {
        out.push_str(text.get(at..date.span.start()).unwrap_or(""));
        out.push(' ');
        at = date.span.end().max(at);
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

/// Words that stand beside a date without saying more: days of the week, "at", hours.
pub(crate) fn is_date_word(word: &str) -> bool {
    KNOWLEDGE.beside_dates.contains(bare(word))
}

/// Whether a part of a line is written as a name: capitals in scripts that have them, few words, no digits.
fn looks_like_name(part: &str) -> bool {
    let words: Vec<&str> = part.split_whitespace().collect();
    if words.is_empty() || words.len() > 5 || part.chars().any(char::is_numeric) {
        return false;
    }
    let cased = part.chars().any(|c| c.is_uppercase() || c.is_lowercase());
    !cased || words.first().and_then(|w| w.chars().next()).is_some_and(char::is_uppercase)
}

fn is_type(language: &Language, line: &Line, text: &str) -> bool {
    if line.words > 9 || line.ends_sentence && line.words > 4 {
        return false;
    }
    if language.bodies.types_squeezed.contains(&line.key) {
        return true;
    }
    // A type with a number or a qualifier, and nothing else.
    let mut rest = format!(" {text} ");
    let mut typed = false;
    for phrase in language.bodies.types.iter().chain(&language.bodies.qualifiers) {
        if let Some(at) = phrase.find(&rest) {
            typed |= language.bodies.types.contains(phrase);
            rest.replace_range(at..at + phrase.text.len(), " ");
        }
    }
    let left: Vec<&str> = rest.split_whitespace().map(bare).filter(|w| !w.is_empty()).collect();
    typed && left.len() <= 2 && left.iter().all(|w| w.chars().any(char::is_numeric))
}

fn is_office(language: &Language, text: &str, line: &Line) -> bool {
    if line.words > 9 || line.ends_sentence || line.ends_colon {
        return false;
    }
    if language.bodies.office_alone.contains(&line.key) {
        return true;
    }
    let article = text.trim_start_matches("the ").trim_start_matches("le ").trim_start_matches("la ");
    language.bodies.office.iter().any(|p| p.starts(article) || is_clitic_start(&p.text, article))
        && !language.bodies.not_issuer.iter().any(|p| {
            p.find(text).is_some()
                && !language
                    .bodies
                    .office
                    .iter()
                    .any(|o| o.text.contains(p.text.as_str()) || p.text.contains(o.text.as_str()))
        })
}

/// Whether a name begins with this head noun: after an article or not.
fn is_clitic_start(noun: &str, text: &str) -> bool {
    text.strip_prefix("ال").is_some_and(|rest| rest.starts_with(noun))
}

pub(crate) fn is_issuer(language: &Language, text: &str, line: &Line) -> bool {
    if line.words > 14 || line.ends_sentence || line.ends_colon || line.bullet {
        return false;
    }
    if text.chars().any(char::is_numeric) {
        return false;
    }
    let bodies = &language.bodies;
    if bodies.not_issuer.iter().any(|p| p.find(text).is_some()) {
        return false;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare_text = text
        .trim_start_matches("the ")
        .trim_start_matches("le ")
        .trim_start_matches("la ")
        .trim_start_matches("les ")
        .trim_start_matches("l'");
    if bodies.head_first {
        // The head noun is the first word of the name and the word ends there (or takes an ending).
        return words.len() >= 2
            && bodies
                .issuer
                .iter()
                .any(|p| starts_word(p.text.as_str(), bare_text) || is_clitic_start(&p.text, bare_text));
    }
    words.len() >= 2 && bodies.issuer.iter().any(|p| p.find(text).is_some())
}

/// Whether `text` begins with the word `noun`, where the script has no case to tell by: the next character is no letter.
fn starts_word(noun: &str, text: &str) -> bool {
    text.strip_prefix(noun).is_some_and(|rest| rest.chars().next().is_none_or(|c| !c.is_alphabetic()))
}

/// `CBS/2022/14`, `S/RES/12`, `No. 45-2021`: a code and nothing else.
fn is_reference(text: &str, words: usize) -> bool {
    if words > 4 || !text.chars().any(char::is_numeric) {
        return false;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    let marks = text.chars().filter(|c| matches!(c, '/' | '-' | '_' | '°')).count();
    let numbered = ["no", "no.", "n°", "nr", "رقم", "شماره", "ref", "ref."]
        .iter()
        .any(|p| text.starts_with(&format!("{p} ")));
    (words <= 2 && marks >= 1 && (1..=14).contains(&letters) && digits >= 2) || (numbered && digits >= 1)
}

/// Whether every word of a line is the name of a language, once or twice each.
pub(crate) fn is_language_list(folded: &str) -> bool {
    let mut names = 0;
    for part in folded.split(['|', ',', '،', '/', '·', '•', '-', ';', '؛', '(', ')', '»', '«', ':']) {
        let words: Vec<&str> = part.split_whitespace().collect();
        let mut at = 0;
        while at < words.len() {
            let found = (1..=3).rev().find(|n| {
                words.get(at..at + n).is_some_and(|w| KNOWLEDGE.language_named(&w.join(" ")).is_some())
            });
            match found {
                Some(n) => {
                    names += 1;
                    at += n;
                }
                // Two-letter codes stand for names in switches.
                None if words.get(at).is_some_and(|w| w.len() == 2 && names_code(w)) => {
                    names += 1;
                    at += 1;
                }
                None => return false,
            }
        }
    }
    names > 0
}

fn names_code(word: &str) -> bool {
    KNOWLEDGE.language_names.iter().any(|(_, tag)| tag == word)
}

/// `Port Selm, Denmark`: parts of few words, one of them a country.
fn is_known_place(text: &str, line: &Line) -> bool {
    if line.words > 7 || line.ends_sentence || text.chars().any(char::is_numeric) {
        return false;
    }
    let parts: Vec<&str> =
        text.split([',', '،', '-', '(', ')']).map(str::trim).filter(|p| !p.is_empty()).collect();
    parts.len() <= 3
        && parts.iter().any(|p| KNOWLEDGE.is_territory(p))
        && parts.iter().all(|p| p.split_whitespace().count() <= 4)
}

/// Whether a line beside other head lines could be the name of a place: one to three words, or two short parts.
pub(crate) fn may_be_place(block: &Block, line: &Line) -> bool {
    if line.words == 0 || line.words > 5 || line.ends_sentence || line.ends_colon || line.cue.is_some() {
        return false;
    }
    let text = block.text.trim();
    if text.chars().any(char::is_numeric) || text.contains(['«', '"', '“', '/', '|', '?', '!', '؟']) {
        return false;
    }
    let parts: Vec<&str> = text.split([',', '،']).map(str::trim).collect();
    let comma = parts.len() == 2;
    let cased = text.chars().any(|c| c.is_uppercase() || c.is_lowercase());
    let capital = |part: &&str| {
        !cased
            || part
                .split_whitespace()
                .all(|w| w.chars().next().is_some_and(|c| !c.is_lowercase()) || w.chars().count() <= 3)
    };
    let longest = if comma { 4 } else { 3 };
    parts.iter().all(|p| !p.is_empty() && p.split_whitespace().count() <= longest)
        && parts.iter().all(capital)
        && (comma || line.words <= 2)
}

/// The language that a folded text names, first in the text.
pub(crate) fn language_in(folded: &str) -> Vec<LanguageTag> {
    let mut found: Vec<(usize, &str)> = Vec::new();
    let mut covered: Vec<(usize, usize)> = Vec::new();
    // Names are tried longest first, so that a name inside another does not count.
    for (name, tag) in &KNOWLEDGE.language_names {
        if name.chars().count() < 4 {
            continue;
        }
        for (at, _) in folded.match_indices(name.as_str()) {
            let end = at + name.len();
            let before = folded.get(..at).and_then(|s| s.chars().next_back());
            let after = folded.get(end..).and_then(|s| s.chars().next());
            let arabic = name.chars().any(|c| matches!(c, '\u{0600}'..='\u{06FF}'));
            let article = folded.get(..at).is_some_and(|s| s.ends_with("ال") || s.ends_with("لل"));
            let bounded = after.is_none_or(|c| !c.is_alphabetic() || (arabic && matches!(c, 'ه')))
                && before.is_none_or(|c| {
                    !c.is_alphabetic() || (arabic && article) || (arabic && matches!(c, 'ب' | 'ل' | 'و'))
                });
            if bounded && !covered.iter().any(|(s, e)| *s < end && at < *e) {
                covered.push((at, end));
                found.push((at, tag));
            }
        }
    }
    found.sort_unstable();
    let mut out: Vec<LanguageTag> = Vec::new();
    for (_, tag) in found {
        let tag = LanguageTag::new(tag);
        if !out.contains(&tag) {
            out.push(tag);
        }
    }
    out
}
