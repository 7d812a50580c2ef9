//! Where a meeting was held: a name after "in" that stands beside the day, the meeting or its verb.

use diwan_model::{LanguageTag, Page};

use super::{Looked, printed};
use crate::fold::{bare, fold};
use crate::knowledge::{KNOWLEDGE, MeetingWords};
use crate::lines::dates;

/// The place: a name after "in" that stands beside the day, the meeting or its verb.
pub(super) fn read(
    page: &Page,
    looked: &Looked<'_>,
    words: &MeetingWords,
    lang: &LanguageTag,
) -> Option<String> {
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
            let Some(name) = printed(looked, from, end).filter(|n| is_place_name(n, words)) else { continue };
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

fn is_place_name(name: &str, words: &MeetingWords) -> bool {
    let folded = fold(name).text;
    let name = bare(&folded);
    name.chars().count() >= 2
        && !name.chars().any(char::is_numeric)
        && name.split_whitespace().count() <= 4
        && !KNOWLEDGE.languages.iter().any(|l| {
            l.meeting.nouns.iter().any(|n| n.find(name).is_some())
                || l.meeting.today.iter().any(|n| n.text == name)
        })
        && !words.not_places.iter().any(|w| w == name)
}
