//! The meeting that a statement reports: what, when, where, how, and who hosted it.

use diwan_model::{DateValue, LanguageTag, Meeting, MeetingFormat, Page, Role, Span, Statement};
use diwan_text::sentences::sentences;

use crate::fold::{Folded, Phrase, bare, fold};
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
            meeting.r#where = place(page, looked, words, lang);
        }
        if meeting.format.is_none() {
            meeting.format = format(text, words);
        }
        if meeting.hosts.is_empty() {
            meeting.hosts = hosts(looked, words);
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
    let start =
        text.get(..at).map_or(at, |before| before.rfind([' ', ',']).map_or(0, |_| before_noun(before)));
    let phrase = printed(looked, start, end)?;
    let count = phrase.split_whitespace().count();
    (1..=30).contains(&count).then(|| phrase.to_owned())
}

/// Where the adjectives and ordinal before a noun begin: back to an article, at most four words, inside the clause.
fn before_noun(before: &str) -> usize {
    let mut start = before.len();
    let arabic = before.chars().any(|c| matches!(c, '\u{0600}'..='\u{06FF}'));
    if arabic {
        return start;
    }
    for word in before.trim_end().rsplit(' ').take(5) {
        let at = word.as_ptr() as usize - before.as_ptr() as usize;
        if matches!(
            word,
            "the"
                | "a"
                | "an"
                | "its"
                | "their"
                | "une"
                | "un"
                | "la"
                | "le"
                | "sa"
                | "leur"
                | "of"
                | "for"
                | "in"
        ) || word.ends_with([',', ':', '.'])
            || word.starts_with("l'")
        {
            break;
        }
        start = at;
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
    let mut parts = iso.split('-').map(|p| p.parse::<u32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if day > 1 {
        return Some(format!("{year:04}-{month:02}-{:02}", day - 1));
    }
    let (year, month) = if month > 1 { (year, month - 1) } else { (year.checked_sub(1)?, 12) };
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let last = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    };
    Some(format!("{year:04}-{month:02}-{last:02}"))
}

/// The place: a name after "in" that stands beside the day, the meeting or its verb.
fn place(page: &Page, looked: &Looked<'_>, words: &MeetingWords, lang: &LanguageTag) -> Option<String> {
    let text = looked.folded.text.as_str();
    let mut anchors: Vec<usize> = Vec::new();
    for phrase in words.today.iter().chain(&words.yesterday) {
        if let Some(at) = phrase.find(text) {
            anchors.extend([at, at + phrase.text.len()]);
        }
    }
    if let Some(block) = page.blocks.get(looked.block) {
        for date in dates(block, lang).into_iter().filter(|d| looked.span.contains(d.span)) {
            // Folded places of the date's ends, near enough.
            let start = date.span.start() - looked.span.start();
            let end = date.span.end() - looked.span.start();
            anchors.extend(looked.folded.folded(start));
            anchors.extend(looked.folded.folded(end));
        }
    }
    let verbs: Vec<usize> = words
        .verbs
        .iter()
        .chain(&words.nouns)
        .filter_map(|p| p.find(text).map(|at| at + p.text.len()))
        .collect();
    let mut best: Option<(usize, String)> = None;
    for preposition in &words.where_before {
        for (at, _) in text.match_indices(&format!(" {preposition} ")) {
            let from = at + preposition.len() + 2;
            let end = name_end(looked, from, words);
            let Some(name) = printed(looked, from, end).filter(|n| is_place_name(n)) else { continue };
            let near =
                anchors.iter().map(|a| a.abs_diff(end).min(a.abs_diff(at))).min().unwrap_or(usize::MAX);
            let near_verb = verbs.iter().map(|a| a.abs_diff(at)).min().unwrap_or(usize::MAX);
            let distance = near.min(if near_verb <= 3 { near_verb } else { usize::MAX });
            let limit = if cased(name) { 60 } else { 4 };
            let distance = if cased(name) && distance == usize::MAX { near_verb } else { distance };
            if distance <= limit && best.as_ref().is_none_or(|(d, _)| distance < *d) {
                best = Some((distance, name.to_owned()));
            }
        }
    }
    best.map(|(_, name)| name)
}

fn cased(text: &str) -> bool {
    text.chars().any(char::is_uppercase)
}

/// Where a name ends: after the capitals in scripts that have them; else before the next word that ends it.
fn name_end(looked: &Looked<'_>, from: usize, words: &MeetingWords) -> usize {
    let text = looked.folded.text.as_str();
    let rest = text.get(from..).unwrap_or("");
    let mut end = from;
    for (n, word) in rest.split(' ').enumerate().take(4) {
        let at = from + (word.as_ptr() as usize - rest.as_ptr() as usize);
        let printed = looked.printed.get(looked.folded.printed(at)..).unwrap_or("");
        let first = printed.chars().next().unwrap_or(' ');
        if !first.is_uppercase() && !first.is_lowercase() {
            return uncased_name_end(text, from, words);
        }
        if !first.is_uppercase() && n > 0 || first.is_lowercase() {
            break;
        }
        end = at + word.len();
        if word.ends_with(NAME_STOPS) {
            break;
        }
    }
    end
}

/// Signs that end a name.
const NAME_STOPS: [char; 5] = [',', '،', '.', ';', ':'];

/// Where a name ends that no capitals show: before the word that goes on with the sentence, or at a comma. A name of
/// which no such end is seen within three words is its first word alone.
fn uncased_name_end(text: &str, from: usize, words: &MeetingWords) -> usize {
    let rest = text.get(from..).unwrap_or("");
    let mut ends = Vec::new();
    for word in rest.split(' ').take(4) {
        let at = from + (word.as_ptr() as usize - rest.as_ptr() as usize);
        if ends.len() > 1 && goes_on(text, at, words) {
            return ends.last().copied().unwrap_or(from);
        }
        if ends.len() == 1 && goes_on(text, at, words) {
            break;
        }
        ends.push(at + word.len());
        if word.ends_with(NAME_STOPS) && ends.len() <= 3 {
            return at + word.len();
        }
    }
    ends.first().copied().unwrap_or(from)
}

/// Whether the sentence goes on at `at` with words that belong to no name.
fn goes_on(text: &str, at: usize, words: &MeetingWords) -> bool {
    let rest = text.get(at..).unwrap_or("");
    let spaced = at.checked_sub(1).and_then(|k| text.get(k..)).unwrap_or("");
    let phrases = words
        .hosts_after
        .iter()
        .chain(&words.verbs)
        .chain(&words.nouns)
        .chain(&words.today)
        .chain(&words.yesterday);
    words.stops.iter().chain(&words.host_stops).any(|s| s.starts_with(' ') && spaced.starts_with(s.as_str()))
        || phrases.into_iter().any(|p| p.find(rest) == Some(0))
        || rest.starts_with(|c: char| c.is_numeric())
}

fn is_place_name(name: &str) -> bool {
    let folded = fold(name).text;
    let name = bare(&folded);
    name.chars().count() >= 2
        && !name.chars().any(char::is_numeric)
        && name.split_whitespace().count() <= 4
        && !KNOWLEDGE.languages.iter().any(|l| {
            l.meeting.nouns.iter().any(|n| n.find(name).is_some())
                || l.meeting.today.iter().any(|n| n.text == name)
        })
        && ![
            "اطار",
            "ختام",
            "ضوء",
            "ظل",
            "حين",
            "هذا",
            "اين",
            "يك",
            "رابطه",
            "the",
            "order",
            "ان",
            "بدايه",
            "عام",
            "سال",
            "روز",
            "تاريخ",
            "صيغه",
        ]
        .contains(&name)
}

/// Who hosted or invited.
fn hosts(looked: &Looked<'_>, words: &MeetingWords) -> Vec<String> {
    let text = looked.folded.text.as_str();
    let after = words
        .hosts_after
        .iter()
        .chain(&words.hosts_verb)
        .filter_map(|p| p.find(text).map(|at| (at, std::cmp::Reverse(at + p.text.len()))))
        .min()
        .map(|(at, end)| (at, end.0));
    if let Some((_, from)) = after {
        let end = host_end(text, from, &words.host_stops);
        let found = split_hosts(looked, from, end, words);
        if !found.is_empty() {
            return found;
        }
    }
    let before = words.hosts_before.iter().filter_map(|p| text.find(p.as_str())).min();
    if let Some(end) = before {
        let start = text.get(..end).and_then(|t| t.rfind(['.', ';', '؛', ':'])).map_or(0, |at| at + 1);
        // Words of time and place between the hosts and the verb are not theirs.
        let stop = words
            .today
            .iter()
            .chain(&words.yesterday)
            .filter_map(|p| p.find(text))
            .chain(words.where_before.iter().filter_map(|w| text.find(&format!(" {w} "))))
            .filter(|at| (start..end).contains(at))
            .min()
            .unwrap_or(end);
        return split_hosts(looked, start, stop, words);
    }
    Vec::new()
}

/// Where a list of hosts ends: at a stop, not at the comma inside a list.
fn host_end(text: &str, from: usize, stops: &[String]) -> usize {
    let rest = text.get(from..).unwrap_or("");
    let found = stops
        .iter()
        .filter(|s| s.as_str() != ".")
        .filter_map(|s| rest.find(s.as_str()))
        .filter(|at| *at > 0)
        .min()
        .unwrap_or(rest.len());
    let stop = rest
        .char_indices()
        .find(|(at, c)| *c == '.' && !is_initial(rest, *at))
        .map_or(rest.len(), |(at, _)| at);
    from + found.min(stop)
}

fn split_hosts(looked: &Looked<'_>, from: usize, to: usize, words: &MeetingWords) -> Vec<String> {
    let mut cuts = vec![from];
    let text = looked.folded.text.as_str();
    let Some(part) = text.get(from..to) else { return Vec::new() };
    for join in &words.join {
        for (at, _) in part.match_indices(join.as_str()) {
            cuts.push(from + at);
        }
    }
    cuts.sort_unstable();
    cuts.dedup();
    cuts.push(to);
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for pair in cuts.windows(2) {
        let [start, end] = pair else { continue };
        // `minister of affairs and cooperation NAME` and `NAME, minister of …` are one host each.
        let before = parts.last().and_then(|(s, e)| text.get(*s..*e)).unwrap_or("");
        let here = text.get(*start..*end).unwrap_or("");
        let titled = words.titles.iter().any(|t| t.find(before).is_some());
        let title_here = words.titles.iter().any(|t| t.find(here).is_some());
        let apposed = !titled && title_here && here.starts_with([',', '،']) && !before.is_empty();
        let goes_on = titled
            && !title_here
            && before.split_whitespace().count() <= 6
            && !KNOWLEDGE.is_territory(without_join(here, words));
        if (apposed || goes_on)
            && let Some(last) = parts.last_mut()
        {
            last.1 = *end;
        } else {
            parts.push((*start, *end));
        }
    }
    let mut out: Vec<String> = Vec::new();
    for (n, (start, end)) in parts.into_iter().enumerate() {
        let folded = text.get(start..end).unwrap_or("");
        // The first host has nothing before it that joins.
        let skipped = if n == 0 { 0 } else { folded.len() - without_join(folded, words).len() };
        let Some(name) = printed(looked, start + skipped, end) else { continue };
        let key = fold(name).text;
        if name.chars().count() >= 3
            && !words.not_hosts.contains(&key)
            && name.split_whitespace().count() <= 16
        {
            out.push(name.to_owned());
        }
    }
    out
}

/// A part of a list without the "and" or comma before it.
fn without_join<'a>(part: &'a str, words: &MeetingWords) -> &'a str {
    let trimmed = part.trim_start_matches([',', '،', ' ']);
    words
        .join
        .iter()
        .map(|j| j.trim_matches([',', '،', ' ']))
        .filter(|j| !j.is_empty())
        .find_map(|j| trimmed.strip_prefix(j).filter(|rest| j == "و" || rest.starts_with(' ')))
        .unwrap_or(trimmed)
        .trim_start()
}
