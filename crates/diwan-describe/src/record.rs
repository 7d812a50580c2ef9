//! The archive's record, read from its panel: glued values split, doubled ones merged, empty fields left empty.

use diwan_model::{ArchiveRecord, Finding, Page, Quote, RecordDate, Role, Severity, Statement};
use diwan_text::sentences::sentences;

use crate::fold::{fold, squeeze};
use crate::glued;
use crate::knowledge::{KNOWLEDGE, line_key};
use crate::lines::head_dates;
use crate::panel::{Entry, option_key};
use crate::roles::Plan;
use crate::statement::iso;

/// Reads the record and what does not fit in it.
pub(crate) fn read(page: &Page, plan: &Plan, findings: &mut Vec<Finding>) -> Option<ArchiveRecord> {
    let panel = plan.panel.as_ref()?;
    let mut record = ArchiveRecord::default();
    for entry in &panel.entries {
        field(page, entry, &mut record, findings);
    }
    record.feedback = feedback(page);
    Some(record)
}

fn printed(page: &Page, block: usize, from: usize) -> Option<&str> {
    page.blocks.get(block)?.text.get(from..).map(str::trim)
}

fn quote(page: &Page, block: usize) -> Option<Quote> {
    page.blocks.get(block).map(|b| Quote { line: b.line, text: b.text.trim().to_owned() })
}

fn field(page: &Page, entry: &Entry, record: &mut ArchiveRecord, findings: &mut Vec<Finding>) {
    let mut values: Vec<(usize, &str)> = Vec::new();
    for (block, from) in &entry.values {
        if let Some(value) = printed(page, *block, *from).filter(|v| !v.is_empty()) {
            values.push((*block, value));
        }
    }
    let all = values.len();
    values.retain(|(_, value)| !is_empty_value(value));
    let told_empty = all > values.len();
    let known = !matches!(entry.field.as_str(), "other" | "grade" | "grade_of" | "feedback");
    if known && values.is_empty() && entry.options.is_empty() {
        let mut quotes: Vec<Quote> = quote(page, entry.label).into_iter().collect();
        quotes.extend(
            entry.values.iter().filter(|(b, _)| *b != entry.label).filter_map(|(b, _)| quote(page, *b)),
        );
        let message = if told_empty {
            "A field of the archive's record says that it is empty."
        } else {
            "A field of the archive's record has a label and no value."
        };
        // What every statement could fill is missed; a diary or a collection need not be.
        let fills =
            matches!(entry.field.as_str(), "entities" | "persons" | "languages" | "issue_date" | "type");
        let severity = if fills { Severity::Medium } else { Severity::Info };
        findings.push(Finding::new("record-field-empty", severity, message, quotes));
        placeholder_glued(page, entry, findings);
        return;
    }
    match entry.field.as_str() {
        "code" => record.code = record.code.take().or_else(|| values.first().map(|(_, v)| (*v).to_owned())),
        "issue_date" => issue_date(page, &values, record, findings),
        "languages" => languages(page, &values, record, findings),
        "type" => {
            record.r#type = record.r#type.take().or_else(|| values.first().map(|(_, v)| (*v).to_owned()))
        }
        "target_countries" => countries(page, &values, record, findings),
        "collections" => merge(page, &values, &mut record.collections, findings),
        "persons" => merge(page, &values, &mut record.persons, findings),
        "entities" => merge(page, &values, &mut record.entities, findings),
        "diary" => merge(page, &values, &mut record.diary, findings),
        "grade" | "grade_of" => grade(page, entry, &values, record),
        _ => {}
    }
    // Options may stand below a label that is no grade's ("the document").
    if !matches!(entry.field.as_str(), "grade" | "grade_of") && !entry.options.is_empty() {
        grade(page, entry, &[], record);
    }
}

/// A word for "nothing there" that lost the blank between its words.
fn placeholder_glued(page: &Page, entry: &Entry, findings: &mut Vec<Finding>) {
    for (block, from) in &entry.values {
        let Some(value) = printed(page, *block, *from).filter(|v| is_empty_value(v)) else { continue };
        let folded = fold(value).text;
        let known = KNOWLEDGE.languages.iter().flat_map(|l| &l.record.empty_printed);
        let full =
            known.filter(|e| squeeze(e) == line_key(&folded)).map(|e| e.split_whitespace().count()).max();
        if full.is_some_and(|words| folded.split_whitespace().count() < words) {
            let message = "A placeholder of the archive's record lost the blank between its words.";
            let quotes = quote(page, *block).into_iter().collect();
            findings.push(Finding::new("record-placeholder-glued", Severity::Low, message, quotes));
        }
    }
}

fn is_empty_value(value: &str) -> bool {
    let folded = fold(value).text;
    let key = line_key(&folded);
    key.is_empty() || KNOWLEDGE.languages.iter().any(|l| l.record.empty.contains(&key))
}

fn issue_date(
    page: &Page,
    values: &[(usize, &str)],
    record: &mut ArchiveRecord,
    findings: &mut Vec<Finding>,
) {
    let Some((block, value)) = values.first() else { return };
    let Some(found) = page.blocks.get(*block) else { return };
    let dates = head_dates(found);
    match dates.iter().find_map(|d| iso(&d.value)) {
        Some(iso) if record.issue_date.is_none() => {
            record.issue_date = Some(RecordDate { iso, printed: (*value).to_owned(), line: found.line });
        }
        Some(_) => {}
        None => findings.push(Finding::new(
            "record-date-not-read",
            Severity::Low,
            "The date of the archive's record could not be read.",
            quote(page, *block).into_iter().collect(),
        )),
    }
}

fn languages(page: &Page, values: &[(usize, &str)], record: &mut ArchiveRecord, findings: &mut Vec<Finding>) {
    for (block, value) in values {
        let parts = glued::languages(value);
        if parts.tags.len() > 1 && parts.glued {
            note_glued(page, *block, findings);
        }
        for tag in parts.tags {
            if !record.languages.contains(&tag) {
                record.languages.push(tag);
            }
        }
    }
}

fn countries(page: &Page, values: &[(usize, &str)], record: &mut ArchiveRecord, findings: &mut Vec<Finding>) {
    for (block, value) in values {
        let (parts, was_glued) = glued::countries(value);
        if was_glued {
            note_glued(page, *block, findings);
        }
        for part in parts {
            if !record.target_countries.iter().any(|c| squeeze(&fold(c).text) == squeeze(&fold(&part).text)) {
                record.target_countries.push(part);
            }
        }
    }
}

fn note_glued(page: &Page, block: usize, findings: &mut Vec<Finding>) {
    // One finding for all fields of a record.
    if let Some(told) = findings.iter_mut().find(|f| f.kind == "record-values-glued") {
        told.quotes.extend(quote(page, block));
        return;
    }
    findings.push(Finding::new(
        "record-values-glued",
        Severity::Medium,
        "Values of the archive's record are printed without a space between them; they were split by known names.",
        quote(page, block).into_iter().collect(),
    ));
}

/// Adds values, each once; a value printed twice gives a finding.
fn merge(page: &Page, values: &[(usize, &str)], into: &mut Vec<String>, findings: &mut Vec<Finding>) {
    for (block, value) in values {
        let undoubled = glued::undouble(value);
        let shown = undoubled.unwrap_or(value);
        let parts = shown
            .split(['؛', ';', '|', '\t'])
            .flat_map(|p| split_commas(p))
            .map(str::trim)
            .filter(|p| !p.is_empty());
        for part in parts {
            let key = squeeze(&fold(part).text);
            let first = into.iter().position(|v| squeeze(&fold(v).text) == key);
            if first.is_none() {
                into.push(part.to_owned());
            }
            if first.is_some() || undoubled.is_some() {
                let mut quotes: Vec<Quote> = values
                    .iter()
                    .filter(|(b, v)| b < block && squeeze(&fold(v).text) == key)
                    .filter_map(|(b, _)| quote(page, *b))
                    .take(1)
                    .collect();
                quotes.extend(quote(page, *block));
                findings.push(Finding::new(
                    "record-value-doubled",
                    Severity::Low,
                    "A value of the archive's record is printed twice; it was taken once.",
                    quotes,
                ));
            }
        }
    }
}

/// Values between commas, where each part is a short name.
fn split_commas(value: &str) -> Vec<&str> {
    let parts: Vec<&str> = value.split(['،', ',']).map(str::trim).collect();
    if parts.len() > 1 && parts.iter().all(|p| (1..=5).contains(&p.split_whitespace().count())) {
        parts
    } else {
        vec![value]
    }
}

fn grade(page: &Page, entry: &Entry, values: &[(usize, &str)], record: &mut ArchiveRecord) {
    for block in &entry.options {
        let Some(text) = printed(page, *block, 0) else { continue };
        let folded = fold(text).text;
        let marked = folded.starts_with(['☑', '☒', '✓', '✔', '●', '◉', '⦿'])
            || folded.starts_with("[x]")
            || folded.starts_with("(x)")
            || page.blocks.get(*block).is_some_and(|b| b.hints.iter().any(|hint| hint == "checked"));
        let shown = text
            .trim_start_matches(|c: char| !c.is_alphabetic())
            .trim_start_matches("x]")
            .trim_start_matches("x)")
            .trim();
        let key = option_key(&folded);
        let plain = KNOWLEDGE.languages.iter().flat_map(|l| l.record.grades.iter()).any(|g| *g == key);
        let shown = if plain {
            shown.to_owned()
        } else {
            shown.split(['(', '[']).next().unwrap_or(shown).trim().to_owned()
        };
        if !record.grades_offered.contains(&shown) {
            record.grades_offered.push(shown.clone());
        }
        if (marked || !plain) && record.grade.is_none() {
            record.grade = Some(shown);
        }
    }
    // A grade that stands alone is the one that was given.
    if entry.options.is_empty()
        && let Some((_, value)) = values.first()
        && record.grade.is_none()
    {
        record.grade = Some((*value).to_owned());
    }
    if let [only] = entry.options.as_slice()
        && record.grade.is_none()
    {
        record.grade =
            printed(page, *only, 0).map(|t| t.trim_start_matches(|c: char| !c.is_alphabetic()).to_owned());
    }
}

/// The sentence that asks for comments.
fn feedback(page: &Page) -> Option<String> {
    let block = page
        .blocks
        .iter()
        .find(|b| b.role == Role::FeedbackPrompt)
        .or_else(|| page.blocks.iter().find(|b| b.role == Role::ArchiveMission))?;
    if block.role == Role::FeedbackPrompt {
        return Some(block.text.trim().to_owned());
    }
    let language = KNOWLEDGE.of(&block.lang)?;
    let cues: Vec<_> = language
        .cues
        .iter()
        .filter(|c| c.role == crate::knowledge::CueRole::Role(Role::FeedbackPrompt))
        .flat_map(|c| c.groups.iter().flatten())
        .collect();
    sentences(&block.text, &block.lang)
        .into_iter()
        .map(|s| s.of(&block.text))
        .find(|s| {
            let folded = fold(s).text;
            cues.iter().any(|p| p.find(&folded).is_some())
        })
        .map(str::to_owned)
}

/// What the record and the text say differently.
pub(crate) fn compare(page: &Page, statement: &Statement, findings: &mut Vec<Finding>) {
    let Some(record) = &statement.archive_record else { return };
    if let (Some(said), Some(text)) = (&record.issue_date, &statement.date) {
        let same = said.iso == text.iso || said.iso.starts_with(&text.iso) || text.iso.starts_with(&said.iso);
        if !same {
            let mut quotes = vec![Quote { line: said.line, text: said.printed.clone() }];
            if let Some(line) = text.line {
                quotes.push(Quote { line, text: text.printed.clone() });
            }
            findings.push(Finding::new(
                "record-date-disagrees",
                Severity::High,
                format!(
                    "The archive's record gives {} as the issue date; the text gives {}.",
                    said.iso, text.iso
                ),
                quotes,
            ));
        }
    }
    let label = page
        .blocks
        .iter()
        .find(|b| b.role == Role::ArchiveMetadataValue && !glued::languages(b.text.trim()).tags.is_empty())
        .map(|b| Quote { line: b.line, text: b.text.trim().to_owned() });
    for version in &statement.versions {
        if !record.languages.is_empty() && !record.languages.iter().any(|l| l == version.lang.primary()) {
            let mut quotes: Vec<Quote> = label.iter().cloned().collect();
            quotes.extend(version.sentences.first().map(|s| Quote { line: s.line, text: s.text.clone() }));
            findings.push(Finding::new(
                "record-language-missing",
                Severity::Medium,
                format!("The archive's record does not name {}, in which the page has text.", version.lang),
                quotes,
            ));
        }
    }
}
