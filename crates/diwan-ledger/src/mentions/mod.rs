//! Names in official prose: who and what is mentioned, where, and what it names.
//!
//! No model is needed: bodies, states and instruments are named by few nouns, and people stand beside their offices. Each
//! line is parted into words (`token`), each word is looked up in the data (`knowledge`, `line`), and rules lay names out:
//! people (`person`), names that their head opens (`phrase`), runs of capitals (`capitals`). Then the names of one page are
//! laid together, and parts of names that stand alone are found (`short`).

mod capitals;
mod documents;
pub(crate) mod knowledge;
mod line;
mod person;
mod phrase;
mod short;
mod token;

use std::collections::BTreeSet;

use diwan_model::{
    Block, Confidence, EntityKind, LanguageTag, Locus, Mention, MentionForm, MentionPart, Method, Role, Span,
    Statement, Version,
};

use line::{Found, Key, Line};
use short::Names;

/// Lines longer than this (bytes) are cut: no name stands there, and time is bounded.
const LONGEST_LINE: usize = 200_000;

/// Fills in the mentions of every version: who and what its text, its head lines and its record name.
///
/// Blocks must have their roles and languages (as `describe` gives them). Languages without data give no mentions.
///
/// ```
/// use diwan_model::{EntityKind, LanguageTag};
/// let found = diwan_ledger::find("The Government of Iraq thanked Ambassador Mira Halvorsen.", &LanguageTag::new("en"));
/// let names: Vec<(&str, EntityKind)> = found.iter().map(|m| (m.text.as_str(), m.r#type)).collect();
/// assert_eq!(names, [("Government of Iraq", EntityKind::Organisation), ("Mira Halvorsen", EntityKind::Person)]);
/// ```
pub fn mentions(blocks: &[Block], statements: &mut [Statement]) {
    let Some(statement) = statements.first() else { return };
    let mut of_block: Vec<Option<usize>> = vec![None; blocks.len()];
    for (slot, block) in of_block.iter_mut().zip(blocks) {
        let same = |v: &Version| v.lang.primary() == block.lang.primary();
        *slot = statement.versions.iter().position(same).or((!statement.versions.is_empty()).then_some(0));
    }
    let countries = statement.archive_record.as_ref().map(|r| r.target_countries.clone()).unwrap_or_default();
    let mut out: Vec<Vec<Mention>> = vec![Vec::new(); statement.versions.len()];
    // Each language of the page is read for itself: names fall together by their keys.
    let langs: BTreeSet<String> = blocks.iter().map(|b| b.lang.primary().to_owned()).collect();
    for lang in langs {
        let tag = LanguageTag::new(&lang);
        let own: Vec<(usize, &Block)> =
            blocks.iter().enumerate().filter(|(_, b)| b.lang.primary() == lang).collect();
        let texts: Vec<&str> = own.iter().map(|(_, b)| bounded(&b.text)).collect();
        for ((index, block), found) in own.iter().zip(read(&texts, &tag)) {
            let Some(version) = of_block.get(*index).copied().flatten() else { continue };
            let Some(list) = out.get_mut(version) else { continue };
            let first = list.len();
            list.extend(found.iter().filter_map(|f| mention(f, *index, block)));
            name_documents(list, first, *index, block);
        }
    }
    for (index, block) in blocks.iter().enumerate().filter(|(_, b)| b.role.is_archive_metadata()) {
        let Some(list) = of_block.get(index).copied().flatten().and_then(|v| out.get_mut(v)) else {
            continue;
        };
        glued(&countries, index, block, list);
    }
    let Some(statement) = statements.first_mut() else { return };
    for (version, mut found) in statement.versions.iter_mut().zip(out) {
        found.sort_by_key(|m| (m.line, m.start, std::cmp::Reverse(m.end)));
        for mention in &mut found {
            mention.sentence = sentence_of(version, mention.locus);
            for inner in &mut mention.inner {
                inner.sentence = mention.sentence;
            }
        }
        version.mentions = found;
    }
}

/// The mentions of one text in one language, names that stand elsewhere in it taken into account.
///
/// `line` is the line of the text, from 1; code points count in it.
pub fn find(text: &str, lang: &LanguageTag) -> Vec<Mention> {
    let lines: Vec<&str> = text.split('\n').map(bounded).collect();
    let read = read(&lines, lang);
    let mut out = Vec::new();
    for (index, (line, found)) in lines.iter().zip(read).enumerate() {
        let block = Block {
            line: u32::try_from(index + 1).unwrap_or(u32::MAX),
            page: None,
            role: Role::Body,
            lang: lang.clone(),
            dir: lang.direction(),
            text: (*line).to_owned(),
            mark: diwan_model::BlockMark::None,
            hints: Vec::new(),
            parted: true,
        };
        let first = out.len();
        out.extend(found.iter().filter_map(|f| mention(f, index, &block)));
        name_documents(&mut out, first, index, &block);
    }
    out
}

/// Adds the documents that a block names where no name found before (from `first` on) lies over them; what lies inside one
/// is inside it.
fn name_documents(out: &mut Vec<Mention>, first: usize, index: usize, block: &Block) {
    let text = bounded(&block.text);
    for document in documents::documents(text, &block.lang) {
        let span = document.span;
        let over = |m: &Mention| m.locus.is_some_and(|l| l.span.overlaps(span));
        if out.iter().skip(first).any(over) {
            continue;
        }
        let (start, end) = span.code_points(&block.text);
        let at = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        out.push(Mention {
            line: block.line,
            start: at(start),
            end: at(end),
            text: span.of(&block.text).to_owned(),
            r#type: EntityKind::Document,
            entity: format!("{}:{}", EntityKind::Document.as_str(), document.key),
            role: None,
            form: MentionForm::Name,
            part: part(block.role),
            sentence: None,
            locus: Some(Locus { block: at(index), line: block.line, span }),
            role_locus: None,
            inner: Vec::new(),
            confidence: Confidence::new(document.confidence),
            method: Method::new(document.method),
        });
    }
    if let Some(own) = out.get_mut(first..) {
        own.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
    }
}

/// What is found, ready to become a mention.
struct Named {
    found: Found,
    key: String,
    form: MentionForm,
    inner: Vec<(Found, String)>,
}

/// The names of the lines of one text, line by line.
fn read(texts: &[&str], lang: &LanguageTag) -> Vec<Vec<Named>> {
    let mut names = Names::default();
    let lines: Vec<Option<Line<'_>>> = texts.iter().map(|text| Line::new(text, lang)).collect();
    let mut found: Vec<Vec<Found>> = Vec::with_capacity(texts.len());
    for (text, line) in texts.iter().zip(&lines) {
        let list = line.as_ref().map(|line| scan(line, text, &mut names)).unwrap_or_default();
        found.push(list);
    }
    names.settle();
    let mut out = Vec::with_capacity(texts.len());
    for ((text, line), list) in texts.iter().zip(&lines).zip(found) {
        let Some(line) = line else {
            out.push(Vec::new());
            continue;
        };
        let mut named: Vec<Named> = list
            .into_iter()
            .map(|f| {
                let (key, short) = names.key(line, &f);
                let inner = f.inner.iter().map(|i| (i.clone(), names.key(line, i).0)).collect();
                let form = if f.adjective {
                    MentionForm::Adjective
                } else if short {
                    MentionForm::Short
                } else {
                    MentionForm::Name
                };
                Named { found: f, key, form, inner }
            })
            .collect();
        let shorts = names.alone(line, &named);
        named.extend(shorts);
        named.sort_by_key(|n| (n.found.start, std::cmp::Reverse(n.found.end)));
        out.push(merge_slashes(text, named));
    }
    out
}

/// One pass over a line, left to right; the longest name wins.
fn scan(line: &Line<'_>, text: &str, names: &mut Names) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        if let Some(person) = line.person(at, names.surnames()) {
            names.see(line, &person);
            at = person.next.max(at + 1);
            out.push(person);
            continue;
        }
        if let Some(list) = line.quoted(at, text) {
            at = list.last().map_or(at + 1, |f| f.next).max(at + 1);
            for found in list {
                names.see(line, &found);
                out.push(found);
            }
            continue;
        }
        let known = line.known_found(at);
        let made = if line.lexicon_is_english() { line.capitals(at) } else { line.phrase(at, 0) };
        let best = match (known, made) {
            // A name of several words that is well known is not lengthened by what only looks like more of it.
            (Some(k), Some(m)) if m.next > k.next && (k.next == at + 1 || line.grows(&k, &m)) => Some(m),
            (Some(k), _) => Some(k),
            (None, m) => m,
        };
        match best {
            Some(found) => {
                names.see(line, &found);
                at = found.next.max(at + 1);
                out.push(found);
            }
            None => at += 1,
        }
    }
    out
}

/// "Daesh/ISIS": two names of one entity with a slash between are one mention.
fn merge_slashes(text: &str, named: Vec<Named>) -> Vec<Named> {
    let mut out: Vec<Named> = Vec::with_capacity(named.len());
    for next in named {
        if let Some(last) = out.last_mut()
            && last.key == next.key
            && text.get(last.found.end..next.found.start).is_some_and(|t| t == "/")
        {
            last.found.end = next.found.end;
            continue;
        }
        out.push(next);
    }
    out
}

fn bounded(text: &str) -> &str {
    if text.len() <= LONGEST_LINE {
        return text;
    }
    let end = (0..=LONGEST_LINE).rev().find(|k| text.is_char_boundary(*k)).unwrap_or(0);
    text.get(..end).unwrap_or("")
}

fn mention(named: &Named, index: usize, block: &Block) -> Option<Mention> {
    let mut mention = bare(&named.found, &named.key, named.form, index, block)?;
    if let Some((start, end)) = named.found.role {
        let span = Span::new(&block.text, start, end)?;
        mention.role = Some(span.of(&block.text).to_owned());
        mention.role_locus = Some(Locus { block: u32::try_from(index).ok()?, line: block.line, span });
    }
    mention.inner = named
        .inner
        .iter()
        .filter_map(|(found, key)| {
            let form = if found.adjective { MentionForm::Adjective } else { MentionForm::Name };
            bare(found, key, form, index, block)
        })
        .collect();
    Some(mention)
}

fn bare(found: &Found, key: &str, form: MentionForm, index: usize, block: &Block) -> Option<Mention> {
    let span = Span::new(&block.text, found.start, found.end)?;
    let (start, end) = span.code_points(&block.text);
    Some(Mention {
        line: block.line,
        start: u32::try_from(start).ok()?,
        end: u32::try_from(end).ok()?,
        text: span.of(&block.text).to_owned(),
        r#type: found.kind,
        entity: format!("{}:{key}", found.kind.as_str()),
        role: None,
        form,
        part: part(block.role),
        sentence: None,
        locus: Some(Locus { block: u32::try_from(index).ok()?, line: block.line, span }),
        role_locus: None,
        inner: Vec::new(),
        confidence: Confidence::new(found.confidence),
        method: Method::new(found.method),
    })
}

fn part(role: Role) -> MentionPart {
    match role {
        role if role.is_text() => MentionPart::Text,
        role if role.is_archive_metadata() => MentionPart::Record,
        Role::Issuer
        | Role::Office
        | Role::DocumentType
        | Role::Date
        | Role::Place
        | Role::Reference
        | Role::Title
        | Role::Dateline => MentionPart::Head,
        Role::BeginMark | Role::EndMark | Role::SourceLink | Role::Disclaimer => MentionPart::Notice,
        _ => MentionPart::Site,
    }
}

/// Countries of an archive's record that its page prints without anything between them.
fn glued(countries: &[String], index: usize, block: &Block, out: &mut Vec<Mention>) {
    let held: Vec<&String> = countries.iter().filter(|c| block.text.contains(c.as_str())).collect();
    if held.len() < 2 {
        return;
    }
    let block_index = u32::try_from(index).unwrap_or(u32::MAX);
    out.retain(|m| m.locus.is_none_or(|l| l.block != block_index));
    for name in held {
        let Some(known) = find(name, &block.lang).into_iter().next() else { continue };
        let Some(start) = block.text.find(name.as_str()) else { continue };
        let Some(span) = Span::new(&block.text, start, start + name.len()) else { continue };
        let (from, to) = span.code_points(&block.text);
        out.push(Mention {
            line: block.line,
            start: u32::try_from(from).unwrap_or(0),
            end: u32::try_from(to).unwrap_or(0),
            text: name.clone(),
            part: MentionPart::Record,
            locus: Some(Locus { block: block_index, line: block.line, span }),
            ..known
        });
    }
}

fn sentence_of(version: &Version, locus: Option<Locus>) -> Option<u32> {
    let locus = locus?;
    version
        .sentences
        .iter()
        .find(|s| {
            s.locus.is_some_and(|l| {
                l.block == locus.block
                    && l.span.start() <= locus.span.start()
                    && locus.span.start() < l.span.end()
            })
        })
        .map(|s| s.n)
}

/// Whether a key is one that the data know, and under which name there.
pub(crate) fn known_of(entity: &str) -> Option<&'static knowledge::Known> {
    let (kind, key) = entity.split_once(':')?;
    knowledge::knowledge().by_key(key).filter(|k| EntityKind::parse(kind) == Some(k.kind))
}

/// Whether a part of a key is a concept of the data, and not a name.
pub(crate) fn is_concept(part: &str) -> bool {
    knowledge::knowledge().concept_number(part).is_some()
}

/// A key that is not well known, as text.
fn key_text(head: &str, parts: &[&String]) -> String {
    let mut text = head.to_owned();
    for part in parts {
        text.push(' ');
        text.push_str(part);
    }
    text
}

impl Key {
    /// The parts that carry the name: without "global", "international", "official".
    fn strong<'k>(parts: &'k [String], head: &str) -> Vec<&'k String> {
        const WEAK: &[&str] =
            &["global", "international", "official", "recent", "defeat", "combating", "lasting", "general"];
        let strong: Vec<&String> =
            parts.iter().filter(|p| !WEAK.contains(&p.as_str()) && p.as_str() != head).collect();
        if strong.is_empty() { parts.iter().filter(|p| p.as_str() != head).collect() } else { strong }
    }

    fn is_weak(parts: &[String], head: &str) -> bool {
        const WEAK: &[&str] =
            &["global", "international", "official", "recent", "defeat", "combating", "lasting", "general"];
        parts.iter().all(|p| WEAK.contains(&p.as_str()) || p == head)
    }
}
