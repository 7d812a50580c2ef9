//! The meeting that a statement reports: what, when, where, how, and who hosted it.

mod hosts;
mod place;

use diwan_model::{DateValue, LanguageTag, Meeting, MeetingFormat, Page, Role, Span, Statement};
use diwan_text::sentences::sentences;
use jiff::civil::Date;

use crate::fold::{Folded, Phrase, fold};
use crate::knowledge::{KNOWLEDGE, MeetingWords};
use crate::lines::dates;
use crate::roles::Plan;
use crate::statement::iso;

/// Sentences at the beginning of a text in which a meeting is looked for.
const SENTENCES: usize = 3;

/// One sentence looked at.
struct Looked<'a> {
    printed: &'a str,
    folded: Folded,
    line: u32,
    block: usize,
    span: Span,
}

/// Reads the meeting of a statement, in the version that tells most.
pub(crate) fn read(page: &Page, plan: &Plan, statement: &Statement) -> Option<Meeting> {
    let mut best: Option<Meeting> = None;
    for region in &plan.regions {
        let Some(language) = KNOWLEDGE.of(&region.lang) else { continue };
        let candidates = candidates(page, plan, &region.lang, region.first, region.last);
        let meeting = one(page, &candidates, &language.meeting, &region.lang, statement);
        if let Some(meeting) = meeting
            && best.as_ref().is_none_or(|b| told(b) < told(&meeting))
        {
            best = Some(meeting);
        }
    }
    best
}

/// How much a meeting tells.
fn told(meeting: &Meeting) -> usize {
    usize::from(meeting.what.is_some())
        + usize::from(meeting.when.is_some())
        + usize::from(meeting.r#where.is_some())
        + usize::from(meeting.format.is_some())
        + usize::from(!meeting.hosts.is_empty())
}

/// The title and the first sentences of a text.
fn candidates<'a>(
    page: &'a Page,
    plan: &Plan,
    lang: &LanguageTag,
    first: usize,
    last: usize,
) -> Vec<Looked<'a>> {
    let mut out = Vec::new();
    for (k, told) in &plan.head {
        if told.role == Role::Title
            && *k < first
            && let Some(block) = page.blocks.get(*k).filter(|b| b.lang.primary() == lang.primary())
        {
            out.push(Looked {
                printed: &block.text,
                folded: fold(&block.text),
                line: block.line,
                block: *k,
                span: Span::whole(&block.text),
            });
        }
    }
    let mut taken = 0;
    for k in first..=last {
        let Some(block) = page.blocks.get(k).filter(|b| matches!(b.role, Role::Body | Role::Lede)) else {
            continue;
        };
        for span in sentences(&block.text, lang) {
            let printed = span.of(&block.text);
            out.push(Looked { printed, folded: fold(printed), line: block.line, block: k, span });
            taken += 1;
            if taken >= SENTENCES {
                return out;
            }
        }
    }
    out
}

fn any(phrases: &[Phrase], folded: &str) -> bool {
    phrases.iter().any(|p| p.find(folded).is_some())
}

fn one(
    page: &Page,
    candidates: &[Looked<'_>],
    words: &MeetingWords,
    lang: &LanguageTag,
    statement: &Statement,
) -> Option<Meeting> {
    let mut meeting = Meeting::default();
    for looked in candidates {
        let text = looked.folded.text.as_str();
        let noun = any(&words.nouns, text);
        let verb = any(&words.verbs, text) || any(&words.hosts_verb, text);
        let hosted = any(&words.hosts_after, text) || any(&words.hosts_verb, text);
        let is_title = page.blocks.get(looked.block).is_some_and(|b| b.role == Role::Title);
        if !(noun && (verb || hosted || is_title)
            || hosted && verb
            || (verb && (any(&words.today, text) || any(&words.yesterday, text))))
        {
            continue;
        }
        meeting.lines.push(looked.line);
        if meeting.what.is_none() {
            meeting.what = what(looked, words);
        }
        if meeting.when.is_none() && !is_title {
            meeting.when = when(page, looked, words, lang, statement);
        }
        if meeting.r#where.is_none() {
            meeting.r#where = place::read(page, looked, words, lang);
        }
        if meeting.format.is_none() {
            meeting.format = format(text, words);
        }
        if meeting.hosts.is_empty() {
            meeting.hosts = hosts::read(looked, words);
        }
    }
    if meeting.lines.is_empty()
        || (meeting.what.is_none()
            && meeting.hosts.is_empty()
            && meeting.r#where.is_none()
            && meeting.when.is_none())
    {
        return None;
    }
    meeting.lines.dedup();
    if meeting.format.is_none() && meeting.r#where.is_some() {
        meeting.format = Some(MeetingFormat::InPerson);
    }
    Some(meeting)
}

fn format(text: &str, words: &MeetingWords) -> Option<MeetingFormat> {
    let remote = any(&words.remote, text);
    let present = any(&words.in_person, text);
    if any(&words.hybrid, text) || (remote && present) {
        Some(MeetingFormat::Hybrid)
    } else if remote {
        Some(MeetingFormat::Virtual)
    } else if present {
        Some(MeetingFormat::InPerson)
    } else {
        None
    }
}

/// The printed words of a folded range, trimmed.
fn printed<'a>(looked: &Looked<'a>, start: usize, end: usize) -> Option<&'a str> {
    let part = looked.printed.get(looked.folded.printed(start)..looked.folded.printed(end))?.trim();
    let part =
        part.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '،' | ';' | '؛' | '.' | ':'));
    (!part.is_empty()).then_some(part)
}

/// The first of the stops in `text` from `from` on.
fn stop(text: &str, from: usize, stops: &[String]) -> usize {
    let rest = text.get(from..).unwrap_or("");
    let found = stops.iter().filter_map(|s| rest.find(s.as_str())).filter(|at| *at > 0).min();
    let mark = rest
        .char_indices()
        .find(|(at, c)| {
            *at > 0 && matches!(c, ',' | '،' | ';' | '؛' | ':' | '.' | '(' | '–') && !is_initial(rest, *at)
        })
        .map(|(at, _)| at);
    from + found.unwrap_or(rest.len()).min(mark.unwrap_or(rest.len()))
}

/// Whether a full stop ends an initial (`J.`) or stands inside an abbreviation.
fn is_initial(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("");
    let letters = before.chars().rev().take_while(|c| c.is_alphabetic()).count();
    text.get(at..).is_some_and(|t| t.starts_with('.')) && (letters <= 2)
}

/// The noun phrase of the meeting.
fn what(looked: &Looked<'_>, words: &MeetingWords) -> Option<String> {
    let text = looked.folded.text.as_str();
    let (at, len) = words.nouns.iter().filter_map(|p| p.find(text).map(|at| (at, p.text.len()))).min()?;
    let end = stop(text, at + len, &words.stops);
    // Words before the noun belong to it in languages that put them there.
    let start = text
        .get(..at)
        .map_or(at, |before| before.rfind([' ', ',']).map_or(0, |_| before_noun(before, &words.articles)));
    let phrase = printed(looked, start, end)?;
    let count = phrase.split_whitespace().count();
    (1..=30).contains(&count).then(|| phrase.to_owned())
}

/// Where the adjectives and ordinal before a noun begin: back to an article or preposition, at most five words, inside
/// the clause. In a language that has no such words nothing stands before the noun.
fn before_noun(before: &str, articles: &[String]) -> usize {
    let mut start = before.len();
    if articles.is_empty() {
        return start;
    }
    for word in before.trim_end().rsplit(' ').take(5) {
        if articles.iter().any(|a| a == word || a.ends_with('\'') && word.starts_with(a.as_str()))
            || word.ends_with([',', ':', '.'])
        {
            break;
        }
        start = word.as_ptr() as usize - before.as_ptr() as usize;
    }
    start
}

/// The day: a date in the sentence, or "today" reckoned from the statement's date.
fn when(
    page: &Page,
    looked: &Looked<'_>,
    words: &MeetingWords,
    lang: &LanguageTag,
    statement: &Statement,
) -> Option<String> {
    let issued = statement.date.as_ref().map(|d| d.iso.clone()).filter(|d| d.len() == 10);
    if any(&words.today, &looked.folded.text) {
        return issued;
    }
    if any(&words.yesterday, &looked.folded.text) {
        return issued.as_deref().and_then(day_before);
    }
    let block = page.blocks.get(looked.block)?;
    let year = issued.as_deref().and_then(|i| i.get(..4)).and_then(|y| y.parse::<i32>().ok());
    dates(block, lang).into_iter().filter(|d| looked.span.contains(d.span)).find_map(|d| {
        let full = iso(&d.value).filter(|i| i.len() == 10);
        full.or_else(|| match d.value {
            DateValue::Single(date) if date.year.is_none() && date.day.is_some() => {
                Some(format!("{:04}-{:02}-{:02}", year?, date.month?, date.day?))
            }
            _ => None,
        })
    })
}

/// The day before a day of the Gregorian calendar.
fn day_before(iso: &str) -> Option<String> {
    iso.parse::<Date>().ok()?.yesterday().ok().map(|day| day.to_string())
}
