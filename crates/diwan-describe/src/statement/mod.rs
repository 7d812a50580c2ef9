//! From roles to a statement: its fields and its versions.

mod versions;

use diwan_model::{
    DateValue, Field, LinkKind, Locus, OriginalAddress, Page, Role, Span, Statement, StatementDate,
};
use diwan_text::dates::DateMention;

use crate::fold::{bare, fold};
use crate::head::{HeadLine, is_date_word};
use crate::knowledge::KNOWLEDGE;
use crate::lines::{dates, head_dates};
use crate::roles::Plan;

/// Where the printed bytes `from..` of a block stand.
pub(crate) fn locus(page: &Page, block: usize, span: Span) -> Locus {
    Locus {
        block: u32::try_from(block).unwrap_or(u32::MAX),
        line: page.blocks.get(block).map_or(1, |b| b.line),
        span,
    }
}

/// The value of a block from a byte on, without the spaces and punctuation round it.
pub(crate) fn value_at(
    page: &Page,
    block: usize,
    from: usize,
    sure: f32,
    method: &'static str,
) -> Option<Field> {
    let text = &page.blocks.get(block)?.text;
    let part = text
        .get(from..)?
        .trim()
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200E}' | '\u{200F}'));
    let span = Span::of_slice(text, part)?;
    (!part.is_empty()).then(|| Field::at(part, locus(page, block, span), sure, method))
}

/// The statement of a page that has a text.
pub(crate) fn read(page: &Page, plan: &Plan) -> Statement {
    let mut statement = Statement::default();
    for (k, told) in &plan.head {
        head_field(page, &mut statement, *k, told);
    }
    if statement.title.is_none() {
        statement.title = outside_title(page);
    }
    if statement.issuer.is_none() {
        statement.issuer = outside_issuer(page);
    }
    if statement.r#type.is_none() {
        statement.r#type = type_in_title(page, &statement);
    }
    if statement.date.is_none() {
        statement.date = date_elsewhere(page, plan, &statement);
    }
    statement.versions = versions::read(page, plan);
    versions::unmarked_translation(plan, &mut statement);
    statement.original_url = original(page);
    if statement.title.is_none() {
        statement.title = title_from_address(&statement);
    }
    statement
}

fn head_field(page: &Page, statement: &mut Statement, k: usize, told: &HeadLine) {
    let sure = f32::from(told.sure) / 100.0;
    let slot = match told.role {
        Role::Title => &mut statement.title,
        Role::Issuer => &mut statement.issuer,
        Role::Office => &mut statement.office,
        Role::DocumentType => &mut statement.r#type,
        Role::Place => &mut statement.place,
        Role::Date => {
            if statement.date.is_none() {
                statement.date = date_of(page, k, sure);
            }
            return;
        }
        Role::Dateline => {
            if statement.date.is_none() {
                statement.date = date_of(page, k, sure);
            }
            if statement.place.is_none() {
                statement.place = place_before_date(page, k);
            }
            return;
        }
        _ => return,
    };
    // A heading outranks a line that only looks like a title; else the first one stands.
    let better = slot.as_ref().is_none_or(|old| old.confidence.value() + 0.1 < sure);
    if better {
        *slot = value_at(page, k, told.from, sure, "head-line@1");
    }
}

/// The date of a head line.
fn date_of(page: &Page, k: usize, sure: f32) -> Option<StatementDate> {
    let block = page.blocks.get(k)?;
    let found = head_dates(block);
    let best = found.iter().find(|d| iso(&d.value).is_some_and(|i| i.len() == 10)).or(found.first())?;
    let mut date = statement_date(page, k, best, sure)?;
    // A line that gives the day in two calendars is printed whole.
    if let [first, .., last] = found.as_slice()
        && is_date_rest(block.text.get(first.span.end()..last.span.start())?)
        && let Some(span) = Span::new(&block.text, first.span.start(), date_end(&block.text, last.span.end()))
    {
        date.printed = span.of(&block.text).to_owned();
        date.locus = Some(locus(page, k, span));
    }
    Some(date)
}

/// Whether between two dates stand only words that belong to dates ("corresponding to").
fn is_date_rest(between: &str) -> bool {
    let folded = fold(between).text;
    folded.split_whitespace().map(bare).filter(|w| !w.is_empty()).all(is_date_word)
}

/// The end of a date with the sign of its era, where that ends the line.
fn date_end(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or("");
    if is_date_rest(rest) { end + rest.trim_end().len() } else { end }
}

fn statement_date(page: &Page, k: usize, mention: &DateMention, sure: f32) -> Option<StatementDate> {
    let block = page.blocks.get(k)?;
    Some(StatementDate {
        iso: iso(&mention.value)?,
        value: mention.value,
        printed: mention.span.of(&block.text).to_owned(),
        line: Some(block.line),
        locus: Some(locus(page, k, mention.span)),
        confidence: diwan_model::Confidence::new(sure.min(mention.confidence.value().max(0.5))),
    })
}

/// `YYYY-MM-DD`, `YYYY-MM` or `YYYY` of a Gregorian date with a year.
pub(crate) fn iso(value: &DateValue) -> Option<String> {
    let date = match value {
        DateValue::Single(date) => date,
        DateValue::Interval(_, to) => to,
    };
    (date.calendar == diwan_model::Calendar::Gregorian && date.year.is_some() && date.quarter.is_none())
        .then(|| date.to_string())
}

/// What stands before the date of `Port Selm, 3 May 2022`.
fn place_before_date(page: &Page, k: usize) -> Option<Field> {
    let block = page.blocks.get(k)?;
    let found = head_dates(block);
    let start = found.first()?.span.start();
    let before = block.text.get(..start)?;
    let part = before.trim().trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '،' | '-' | '–' | '—' | ':' | '(' | '/')
    });
    // Words such as a day of the week may stand between: the place is the first part.
    let part = part.split([',', '،', '–', '—']).map(str::trim).next().filter(|p| !p.is_empty())?;
    let words = part.split_whitespace().count();
    let span = Span::of_slice(&block.text, part)?;
    (words <= 5).then(|| Field::at(part, locus(page, k, span), 0.8, "dateline@1"))
}

/// The page's own title, without the site's name.
fn outside_title(page: &Page) -> Option<Field> {
    let name = ["og:title", "jsonld:headline", "dc.title", "citation_title", "html:title"]
        .iter()
        .find_map(|n| page.evidence(n))?;
    let mut text = name.value.trim();
    if name.name == "html:title" {
        for mark in [" | ", " – ", " — ", " - ", " » ", " :: "] {
            if let Some((first, _)) = text.split_once(mark)
                && first.split_whitespace().count() >= 3
            {
                text = first.trim();
                break;
            }
        }
    }
    (text.split_whitespace().count() >= 2).then(|| Field::outside(text, 0.7, "page-title@1"))
}

/// The publisher that the page's metadata names, where it is a body.
fn outside_issuer(page: &Page) -> Option<Field> {
    ["og:site_name", "jsonld:publisher", "dc.publisher", "publisher"].iter().find_map(|name| {
        let value = &page.evidence(name)?.value;
        let folded = fold(value).text;
        let body =
            KNOWLEDGE.languages.iter().any(|l| l.bodies.issuer.iter().any(|p| p.find(&folded).is_some()));
        body.then(|| Field::outside(value.trim(), 0.6, "page-publisher@1"))
    })
}

/// The type that a title names, at its beginning.
fn type_in_title(page: &Page, statement: &Statement) -> Option<Field> {
    let title = statement.title.as_ref()?;
    let folded = fold(&title.text);
    let lang = title
        .locus
        .and_then(|l| page.blocks.get(l.block as usize))
        .map_or(diwan_model::LanguageTag::UNDETERMINED, |b| b.lang.clone());
    let (start, end) = KNOWLEDGE.first(&lang).find_map(|language| {
        let mut best: Option<(usize, usize)> = None;
        // Types are ordered longest first; the one nearest the beginning counts.
        for phrase in &language.bodies.types {
            if let Some(at) = phrase.find(&folded.text)
                && best.is_none_or(|(b, _)| at < b)
                && is_word(&folded.text, at, at + phrase.text.len())
            {
                best = Some((at, at + phrase.text.len()));
            }
        }
        best
    })?;
    let printed = (folded.printed(start), folded.printed(end));
    let text = title.text.get(printed.0..printed.1)?.trim();
    let sure = if start == 0 { 0.8 } else { 0.5 };
    match title.locus {
        Some(at) => {
            let block = page.blocks.get(at.block as usize)?;
            let span = Span::new(
                &block.text,
                at.span.start() + printed.0,
                at.span.start() + printed.0 + text.len(),
            )?;
            Some(Field::at(text, Locus { span, ..at }, sure, "title-type@1"))
        }
        None => Some(Field::outside(text, sure * 0.7, "title-type@1")),
    }
}

fn is_word(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|s| s.chars().next_back());
    let after = text.get(end..).and_then(|s| s.chars().next());
    let article = text.get(..start).is_some_and(|s| s.ends_with("ال"));
    (before.is_none_or(|c| !c.is_alphabetic()) || article) && after.is_none_or(|c| !c.is_alphabetic())
}

/// A date that no head line gives: in the title, in the page's metadata, at the beginning of the text.
fn date_elsewhere(page: &Page, plan: &Plan, statement: &Statement) -> Option<StatementDate> {
    if let Some(at) = statement.title.as_ref().and_then(|t| t.locus) {
        let k = at.block as usize;
        let found = page.blocks.get(k).map(head_dates).unwrap_or_default();
        if let Some(mention) = found.iter().find(|d| iso(&d.value).is_some_and(|i| i.len() == 10)) {
            return statement_date(page, k, mention, 0.7);
        }
    }
    const NAMES: &[(&str, f32)] = &[
        ("jsonld:datePublished", 0.85),
        ("article:published_time", 0.85),
        ("dc.date", 0.8),
        ("dcterms.date", 0.8),
        ("dc.date.issued", 0.8),
        ("dcterms.issued", 0.8),
        ("citation_publication_date", 0.8),
        ("date", 0.7),
        ("time", 0.6),
        ("og:updated_time", 0.4),
    ];
    for (name, sure) in NAMES {
        if let Some(evidence) = page.evidence(name)
            && let Some(day) = evidence.value.get(..10)
            && let Ok(value) = day.replace('/', "-").parse::<DateValue>()
            && let Some(iso) = iso(&value)
        {
            return Some(StatementDate {
                iso,
                value,
                printed: evidence.value.clone(),
                line: Some(evidence.line),
                locus: None,
                confidence: diwan_model::Confidence::new(*sure),
            });
        }
    }
    // A dateline glued to the first sentence: "Port Selm, 3 May 2022 – The council …".
    for region in &plan.regions {
        let first =
            (region.first..=region.last).find(|k| page.blocks.get(*k).is_some_and(|b| b.role.is_text()))?;
        let block = page.blocks.get(first)?;
        let found = dates(block, &block.lang);
        if let Some(mention) = found.first()
            && mention.span.start() < 70
            && iso(&mention.value).is_some_and(|i| i.len() == 10)
            && block.text.get(mention.span.end()..).is_some_and(|rest| {
                let rest = rest.trim_start();
                rest.starts_with(['-', '–', '—', ')', ':', '/'])
            })
        {
            return statement_date(page, first, mention, 0.75);
        }
    }
    None
}

/// The address of the original: that of the line that leads to it, else the one in the notice.
fn original(page: &Page) -> Option<OriginalAddress> {
    for role in [Role::SourceLink, Role::Disclaimer] {
        for (k, _) in page.blocks.iter().enumerate().filter(|(_, b)| b.role == role) {
            let linked = page.links.iter().find(|l| {
                l.block.is_some_and(|b| b as usize == k)
                    && l.address.starts_with("http")
                    && l.kind != LinkKind::Canonical
            });
            if let Some(link) = linked {
                return Some(OriginalAddress { url: link.address.clone(), line: link.line });
            }
            // The address may stand in a line of its own below.
            if role == Role::SourceLink
                && let Some(next) = page.blocks.get(k + 1)
                && let Some(link) = page
                    .links
                    .iter()
                    .find(|l| l.block.is_some_and(|b| b as usize == k + 1) && l.address.starts_with("http"))
                && next.text.trim().starts_with("http")
            {
                return Some(OriginalAddress { url: link.address.clone(), line: link.line });
            }
        }
    }
    None
}

/// A title from the last part of the original's address: its words, without hyphens.
fn title_from_address(statement: &Statement) -> Option<Field> {
    let url = &statement.original_url.as_ref()?.url;
    let path = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let path = path.split(['?', '#']).next()?;
    let slug = path.split('/').skip(1).filter(|p| !p.is_empty()).last()?;
    let slug = slug.split_once('.').map_or(slug, |(name, _)| name);
    let words: Vec<&str> = slug.split(['-', '_', '+']).filter(|w| !w.is_empty()).collect();
    if words.len() < 3
        || !slug.is_ascii()
        || words.iter().filter(|w| w.chars().all(|c| c.is_ascii_alphabetic())).count() < 3
    {
        return None;
    }
    let mut text = words.join(" ");
    if let Some(first) = text.get(..1).map(str::to_ascii_uppercase) {
        text.replace_range(..1, &first);
    }
    Some(Field::outside(text, 0.4, "address@1"))
}
