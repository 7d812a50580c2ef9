//! PDF: the text of pages in the order of reading.
//!
//! [`glyphs`] asks the interpreter for letters and their places; [`lines`] puts them on lines and the lines in columns;
//! [`order`] brings each line from the order seen into the order read; [`flow`] makes paragraphs and sets running heads
//! and numbers of pages aside. A scan holds no letters: a finding says that it needs text recognition first.

mod flow;
mod glyphs;
mod lines;
mod order;

use std::panic::{AssertUnwindSafe, catch_unwind};

use diwan_model::{Block, BlockMark, Direction, Finding, LanguageTag, Page, PageEvidence, Role, Severity};

use flow::{Leaf, Paragraph, Place};
use glyphs::{GlyphSource, Hayro, NotRead, Sheets};

use crate::finding;

/// Reads a PDF.
pub(crate) fn read(bytes: &[u8], findings: &mut Vec<Finding>) -> Page {
    // The interpreter is a large library, and a document that breaks it must not stop the rest.
    let sheets = catch_unwind(AssertUnwindSafe(|| Hayro.sheets(bytes))).unwrap_or(Err(NotRead::Broken));
    match sheets {
        Ok(sheets) => page(&sheets, findings),
        Err(why) => {
            let why = match why {
                NotRead::Locked => "It is locked by a password; unlock it and add it again.",
                NotRead::Broken => "It is broken: no page could be found in it.",
            };
            findings.push(finding("pdf-not-read", Severity::Medium, format!("The PDF was not read. {why}")));
            Page::default()
        }
    }
}

fn page(sheets: &Sheets, findings: &mut Vec<Finding>) -> Page {
    let mut page = Page { encoding: "UTF-8".to_owned(), ..Page::default() };
    page.declared_lang = sheets.lang.as_deref().map(LanguageTag::new).filter(LanguageTag::is_language);
    let evidence = |(name, value): &(&'static str, String)| PageEvidence {
        name: (*name).to_owned(),
        value: value.clone(),
        line: 1,
    };
    page.evidence = sheets.evidence.iter().map(evidence).collect();
    let leaves: Vec<Leaf> =
        sheets.pages.iter().map(|s| Leaf { height: s.height, lines: lines::lines(s) }).collect();
    page.blocks = flow::paragraphs(&leaves).into_iter().map(block).collect();
    tell(sheets, &page, findings);
    page
}

fn block(paragraph: Paragraph) -> Block {
    let (mark, hint) = match paragraph.place {
        Place::Body => (BlockMark::Paragraph, None),
        Place::Heading => (BlockMark::Heading(2), None),
        Place::Head => (BlockMark::Header, Some("page-header")),
        Place::Foot => (BlockMark::Footer, Some("page-footer")),
    };
    Block {
        line: paragraph.line,
        page: Some(paragraph.page),
        role: Role::Unknown,
        lang: LanguageTag::UNDETERMINED,
        dir: Direction::LeftToRight,
        text: paragraph.text,
        mark,
        hints: hint.map(str::to_owned).into_iter().collect(),
        parted: true,
    }
}

/// What a person should know of the reading.
fn tell(sheets: &Sheets, page: &Page, findings: &mut Vec<Finding>) {
    if sheets.left_out > 0 {
        let message = format!("{} pages of the PDF were left out: it is too long.", sheets.left_out);
        findings.push(finding("page-too-long", Severity::Medium, message));
    }
    let blank = |k: &usize| sheets.pages.get(*k).is_some_and(|s| s.units.is_empty() && s.pictures > 0);
    let scanned = (0..sheets.pages.len()).filter(blank).count();
    if scanned > 0 {
        let message = format!(
            "{scanned} of {} pages are pictures without text (a scan); recognise their text (OCR) and add the result.",
            sheets.pages.len()
        );
        findings.push(finding("pdf-without-text", Severity::Medium, message));
    }
    let unknown: usize = sheets.pages.iter().map(|s| s.unknown).sum();
    let letters: usize = page.blocks.iter().map(|b| b.text.chars().count()).sum();
    if unknown > 0 {
        let message =
            format!("The PDF does not say which letters {unknown} of its {} signs are.", unknown + letters);
        let severity = if unknown * 50 > letters { Severity::Medium } else { Severity::Low };
        findings.push(finding("letters-not-known", severity, message));
    }
}
