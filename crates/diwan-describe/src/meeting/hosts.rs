//! Who hosted a meeting or invited to it.

use super::{Looked, is_initial, printed};
use crate::fold::fold;
use crate::knowledge::{KNOWLEDGE, MeetingWords};

/// Who hosted or invited.
pub(super) fn read(looked: &Looked<'_>, words: &MeetingWords) -> Vec<String> {
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
