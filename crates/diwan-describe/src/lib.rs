//! A page becomes statements: the role of every block, then fields, versions, the archive's record.
//!
//! The order of things: cues and markup tell what belongs to the site (`lines`, `roles`), marks and shape tell where
//! the text of each version is (`regions`), the short lines round it are told by their words and places (`head`), and
//! from the roles the statement is read (`statement`, `meeting`, `record`). What is known of languages stands in
//! `data/`; a language that has none there is read by position and shape.

mod checks;
mod fold;
mod glued;
mod head;
mod knowledge;
mod lines;
mod meeting;
mod panel;
mod published;
mod record;
mod regions;
mod roles;
mod statement;

use diwan_model::{Capture, Finding, Page, Quote, Role, Severity, Statement};

use crate::knowledge::KNOWLEDGE;
use crate::roles::Plan;

/// A text with fewer letters than this is no statement, unless head lines say so.
const MIN_LETTERS: usize = 60;

/// Gives every block of the page its role and reads the statements. The page's roles and languages are filled in.
pub fn describe(page: &mut Page, capture: &Capture) -> (Vec<Statement>, Vec<Finding>) {
    let mut findings = Vec::new();
    if page.blocks.iter().all(|b| b.role == Role::Blank) {
        findings.push(Finding::new("page-empty", Severity::Medium, "The page holds no text.", Vec::new()));
        return (Vec::new(), findings);
    }
    let plan = roles::assign(page);
    let cut = cut_short(page, &plan, capture);
    if !is_statement(page, &plan) {
        findings.push(Finding::new(
            "no-statement",
            Severity::Medium,
            "No statement was found on the page.",
            first_words(page),
        ));
        findings.extend(cut);
        return (Vec::new(), findings);
    }
    let mut statement = statement::read(page, &plan);
    statement.meeting = meeting::read(page, &plan, &statement);
    statement.archive_record = record::read(page, &plan, &mut findings);
    record::compare(page, &statement, &mut findings);
    published::compare(page, &statement, &mut findings);
    findings.extend(checks::find(page, &statement));
    findings.extend(unmarked(&statement));
    findings.extend(mark_findings(page, &plan));
    findings.extend(cut);
    (vec![statement], findings)
}

fn first_words(page: &Page) -> Vec<Quote> {
    page.blocks
        .iter()
        .find(|b| b.role != Role::Blank)
        .map(|b| Quote { line: b.line, text: b.text.trim().chars().take(200).collect() })
        .into_iter()
        .collect()
}

/// Whether what was found is what a body said: a text, with something that statements have.
fn is_statement(page: &Page, plan: &Plan) -> bool {
    let letters: usize = plan
        .regions
        .iter()
        .flat_map(|r| r.first..=r.last)
        .filter(|k| page.blocks.get(*k).is_some_and(|b| b.role.is_text()))
        .filter_map(|k| plan.lines.get(k))
        .map(|l| l.letters)
        .sum();
    if plan.regions.is_empty() || letters < MIN_LETTERS / 3 || plan.refused {
        return false;
    }
    let has = |role: Role| page.blocks.iter().any(|b| b.role == role);
    let typed = has(Role::DocumentType) || title_has_type(page, plan);
    let strong = [
        has(Role::BeginMark) && has(Role::EndMark),
        has(Role::BeginMark) || has(Role::EndMark),
        has(Role::Disclaimer),
        typed,
        has(Role::Issuer),
        has(Role::Office),
        has(Role::Lede),
        has(Role::SourceLink),
        has(Role::Reference),
        plan.panel.is_some(),
    ]
    .iter()
    .filter(|b| **b)
    .count();
    if letters < MIN_LETTERS && strong < 2 {
        return false;
    }
    let weak = usize::from(has(Role::Date) || has(Role::Dateline)) + usize::from(has(Role::Title));
    let verbs = body_verbs(page, plan);
    // A text alone, without any head line, is a statement when it does what bodies do.
    (2 * strong + weak + verbs.min(3) >= 3 && strong + verbs >= 1) || verbs >= 2
}

fn title_has_type(page: &Page, plan: &Plan) -> bool {
    plan.head.iter().filter(|(_, told)| told.role == Role::Title).any(|(k, _)| {
        let (Some(line), Some(block)) = (plan.lines.get(*k), page.blocks.get(*k)) else { return false };
        KNOWLEDGE
            .of(&block.lang)
            .is_some_and(|l| l.bodies.types.iter().any(|t| t.find(&line.folded.text).is_some()))
    })
}

/// How many different things the text does that bodies do.
fn body_verbs(page: &Page, plan: &Plan) -> usize {
    let Some(region) = plan.regions.first() else { return 0 };
    let Some(language) = KNOWLEDGE.of(&region.lang) else { return 1 };
    language
        .bodies
        .verbs
        .iter()
        .filter(|verb| {
            (region.first..=region.last).any(|k| {
                page.blocks.get(k).is_some_and(|b| b.role.is_text())
                    && plan.lines.get(k).is_some_and(|l| verb.find(&l.folded.text).is_some())
            })
        })
        .count()
}

/// A version taken for a translation though no notice says so.
fn unmarked(statement: &Statement) -> Option<Finding> {
    let taken = statement.versions.iter().find(|v| {
        v.authority == diwan_model::Authority::CourtesyTranslation && v.disclaimer_line.is_none()
    })?;
    let quotes = statement
        .versions
        .iter()
        .filter_map(|v| v.sentences.first())
        .map(|s| Quote { line: s.line, text: s.text.clone() })
        .collect();
    Some(Finding::new(
        "translation-not-marked",
        Severity::Info,
        format!(
            "The page does not say which text counts; the one in {} was taken for a translation, being in the archive's own language.",
            taken.lang
        ),
        quotes,
    ))
}

/// A text that ends in the middle.
fn cut_short(page: &Page, plan: &Plan, capture: &Capture) -> Option<Finding> {
    let region = plan.regions.last()?;
    let last =
        (region.first..=region.last).rev().find(|k| page.blocks.get(*k).is_some_and(|b| b.role.is_text()))?;
    let (line, block) = (plan.lines.get(last)?, page.blocks.get(last)?);
    let nothing_after = page.blocks.iter().skip(last + 1).all(|b| b.role == Role::Blank);
    let open_mark = region.begin.is_some() && region.end.is_none();
    let broken = line.words >= 6
        && !line.ends_sentence
        && !line.ends_colon
        && !matches!(block.role, Role::ListItem | Role::TableRow | Role::Heading | Role::Signature);
    let html_open = capture.media_type.contains("html") && nothing_after && broken;
    if nothing_after && (broken || open_mark || html_open) {
        let start = block.text.char_indices().rev().nth(120).map_or(0, |(at, _)| at);
        return Some(Finding::new(
            "text-cut-short",
            Severity::High,
            "The text ends in the middle; the page seems to be cut short.",
            vec![Quote { line: block.line, text: block.text.get(start..).unwrap_or("").trim().to_owned() }],
        ));
    }
    None
}

/// A begin mark without an end mark, or the other way round.
fn mark_findings(page: &Page, plan: &Plan) -> Vec<Finding> {
    plan.regions
        .iter()
        .filter_map(|region| {
            let (mark, message) = match (region.begin, region.end) {
                (Some(begin), None) => (begin, "The text has a mark where it begins and none where it ends."),
                (None, Some(end)) => (end, "The text has a mark where it ends and none where it begins."),
                _ => return None,
            };
            let block = page.blocks.get(mark)?;
            Some(Finding::new(
                "mark-without-partner",
                Severity::Low,
                message,
                vec![Quote { line: block.line, text: block.text.trim().to_owned() }],
            ))
        })
        .collect()
}
