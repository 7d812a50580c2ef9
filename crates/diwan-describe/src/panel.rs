//! An archive's record panel: labels, each followed by its values.

use diwan_model::{LanguageTag, Page, Role};

use crate::fold::fold;
use crate::knowledge::{KNOWLEDGE, Language, line_key};
use crate::lines::{Line, markup_role};

/// A label of the panel with the blocks of its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Which field, by the names of `record.toml`.
    pub(crate) field: String,
    /// The block of the label.
    pub(crate) label: usize,
    /// The blocks of its values: (block, first printed byte of the value).
    pub(crate) values: Vec<(usize, usize)>,
    /// The options offered.
    pub(crate) options: Vec<usize>,
}

/// A record panel.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Panel {
    pub(crate) entries: Vec<Entry>,
    /// First and last block.
    pub(crate) range: (usize, usize),
    /// The language of its labels.
    pub(crate) lang: Option<LanguageTag>,
}

/// A panel needs this many labels of different fields.
const MIN_LABELS: usize = 3;
/// Labels further apart than this are not of one panel.
const MAX_GAP: usize = 14;

/// Finds the panel and gives its blocks their roles.
pub(crate) fn find(page: &mut Page, lines: &[Line]) -> Option<Panel> {
    let labels: Vec<(usize, String, usize)> = (0..lines.len())
        .filter_map(|k| label_of(page, lines, k).map(|(field, from)| (k, field, from)))
        .collect();
    let run = longest_run(&labels);
    let fields: std::collections::BTreeSet<&str> = run.iter().map(|(_, f, _)| f.as_str()).collect();
    let telling = fields
        .iter()
        .filter(|f| !matches!(**f, "other" | "issue_date" | "type" | "languages" | "grade_of"))
        .count();
    let first = run.first()?.0;
    let heading = first.checked_sub(1).filter(|k| is_heading(page, lines, *k));
    let enough = fields.len() >= MIN_LABELS && (telling >= 2 || heading.is_some());
    let enough = enough || (heading.is_some() && fields.len() >= 2);
    if !enough {
        return None;
    }
    let mut panel = Panel { entries: Vec::new(), range: (heading.unwrap_or(first), first), lang: None };
    panel.lang = run
        .iter()
        .filter(|(_, field, _)| field != "other")
        .find_map(|(k, ..)| page.blocks.get(*k).zip(lines.get(*k)))
        .and_then(|(block, line)| {
            KNOWLEDGE.first(&block.lang).find(|l| l.record.labels.contains_key(&line.key))
        })
        .map(|l| l.lang.clone());
    if let Some(k) = heading {
        set(page, k, Role::ArchiveMetadataHeading);
    }
    for (n, (k, field, from)) in run.iter().enumerate() {
        let next = run.get(n + 1).map(|r| r.0);
        read_entry(page, lines, &mut panel, (*k, field, *from), next);
    }
    Some(panel)
}

fn set(page: &mut Page, k: usize, role: Role) {
    if let Some(block) = page.blocks.get_mut(k)
        && block.role != Role::Blank
    {
        block.role = role;
    }
}

fn read_entry(
    page: &mut Page,
    lines: &[Line],
    panel: &mut Panel,
    label: (usize, &String, usize),
    next: Option<usize>,
) {
    let (k, field, from) = label;
    let mut entry = Entry { field: field.clone(), label: k, values: Vec::new(), options: Vec::new() };
    panel.range.1 = panel.range.1.max(k);
    // A label and its value in one line.
    if from > 0 {
        entry.values.push((k, from));
        set(page, k, Role::ArchiveMetadataValue);
    } else {
        set(page, k, Role::ArchiveMetadataLabel);
    }
    let grading = field == "grade"
        || field == "grade_of"
        || panel.entries.last().is_some_and(|e| e.field == "grade" && !e.options.is_empty());
    let limit = next.unwrap_or(lines.len()).min(k + MAX_GAP);
    for at in k + 1..limit {
        let (Some(block), Some(line)) = (page.blocks.get(at), lines.get(at)) else { break };
        if block.role == Role::Blank {
            continue;
        }
        let option = is_option(block, line);
        if option && (grading || line.bullet) {
            entry.options.push(at);
            set(page, at, Role::ArchiveMetadataOption);
            panel.range.1 = at;
            continue;
        }
        // A value in the label's own line is the whole of it.
        if from > 0 {
            break;
        }
        // After the last label only one short value follows: the rest of the page is not the archive's.
        let last = next.is_none();
        if line.is_text
            || line.words > 25
            || line.cue.as_ref().is_some_and(|c| !c.whole || last)
            || (last && (grading || !entry.values.is_empty()))
        {
            break;
        }
        entry.values.push((at, 0));
        set(page, at, Role::ArchiveMetadataValue);
        panel.range.1 = at;
    }
    panel.entries.push(entry);
}

fn is_heading(page: &Page, lines: &[Line], k: usize) -> bool {
    let (Some(block), Some(line)) = (page.blocks.get(k), lines.get(k)) else { return false };
    KNOWLEDGE.first(&block.lang).any(|l| l.record.heading.contains(&line.key))
}

/// Whether a line is one of the grades that archives offer.
pub(crate) fn is_option(block: &diwan_model::Block, line: &Line) -> bool {
    let key = option_key(&line.folded.text);
    KNOWLEDGE
        .first(&block.lang)
        .any(|l| l.record.grades.contains(&key) || l.record.grades.iter().any(|g| marked_is(l, &key, g)))
}

fn marked_is(language: &Language, key: &str, grade: &str) -> bool {
    key.strip_prefix(grade).is_some_and(|rest| {
        language.record.marked.iter().any(|m| rest.trim_matches(['(', ')']) == m.as_str())
    })
}

/// A grade without the sign that marks it.
pub(crate) fn option_key(folded: &str) -> String {
    let text = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    // `[x] authentic`, `(x) authentic`
    let text = text.strip_prefix("x]").or_else(|| text.strip_prefix("x)")).unwrap_or(text);
    line_key(text)
}

/// The field that a line is the label of, and where its value begins in the line (0: not in this line).
fn label_of(page: &Page, lines: &[Line], k: usize) -> Option<(String, usize)> {
    let (block, line) = (page.blocks.get(k)?, lines.get(k)?);
    if block.role != Role::Unknown || line.words == 0 || line.words > 14 {
        return None;
    }
    // A menu of an archive names its collections and persons, too.
    if matches!(markup_role(block), Some(Role::Navigation | Role::Footer)) {
        return None;
    }
    let languages = || {
        KNOWLEDGE
            .first(&block.lang)
            .filter(|l| l.lang.direction() == block.dir || block.dir == l.lang.direction())
    };
    for language in languages() {
        if !line.key.contains(':')
            && let Some(field) = field_of(language, &line.key)
        {
            return Some((field, 0));
        }
    }
    // `Code: AB/12` or two cells of a row.
    let text = line.folded.text.as_str();
    let at = block.text.find('\t').map_or_else(
        || text.find(':'),
        |_| {
            let cell = block.text.split('\t').next().unwrap_or("");
            Some(fold(cell).text.len())
        },
    )?;
    let label = line_key(text.get(..at)?);
    let value = text.get(at..)?.trim_start_matches([':', ' ']);
    if value.is_empty() || value.starts_with("//") || label.is_empty() {
        return None;
    }
    let from = line.folded.printed(text.len() - value.len());
    languages().find_map(|l| field_of(l, &label)).map(|field| (field, from))
}

/// The field of a label. A code's label may go on with the archive's name (`كود الذاكرة …`).
fn field_of(language: &Language, key: &str) -> Option<String> {
    if let Some(field) = language.record.labels.get(key) {
        return Some(field.clone());
    }
    language
        .record
        .labels
        .iter()
        .filter(|(label, field)| field.as_str() == "code" && label.chars().count() >= 3)
        .find(|(label, _)| {
            key.starts_with(label.as_str()) && key.chars().count() <= label.chars().count() + 24
        })
        .map(|(_, field)| field.clone())
}

/// The run of labels without a long gap that has most of them.
fn longest_run(labels: &[(usize, String, usize)]) -> Vec<(usize, String, usize)> {
    let mut best: &[(usize, String, usize)] = &[];
    let mut start = 0;
    for end in 1..=labels.len() {
        let broken = match (labels.get(end - 1), labels.get(end)) {
            (Some(a), Some(b)) => b.0 - a.0 > MAX_GAP,
            _ => true,
        };
        if broken {
            if let Some(run) = labels.get(start..end)
                && run.len() > best.len()
            {
                best = run;
            }
            start = end;
        }
    }
    best.to_vec()
}
