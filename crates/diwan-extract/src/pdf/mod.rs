//! PDF: the text of pages in the order of reading.
//!
//! [`glyphs`] asks the interpreter for letters and their places; [`lines`] puts them on lines and the lines in columns;
//! [`order`] brings each line from the order seen into the order read; [`flow`] makes paragraphs and sets running heads
//! and numbers of pages aside. A scan holds no letters: a finding says that it needs text recognition first.

mod flow;
mod glyphs;
mod guard;
mod lines;
mod order;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use diwan_model::{Block, BlockMark, Direction, Finding, LanguageTag, Page, PageEvidence, Role, Severity};

use flow::{Leaf, Paragraph, Place};
use glyphs::{About, GlyphSource, Hayro, NotRead, Piece};

use crate::finding;

/// How long a document is read; a book of a thousand pages takes a few seconds. What was read until then is kept.
const PATIENCE: Duration = Duration::from_secs(20);
/// Room for what nests, in bytes.
const STACK: usize = 32 << 20;
/// Pages that may wait to be put together.
const WAITING: usize = 64;

/// A document as lines.
#[derive(Debug, Default)]
struct Document {
    about: About,
    leaves: Vec<Leaf>,
    /// Pages of pictures without letters.
    scanned: usize,
    /// Signs of which no letter is known.
    unknown: usize,
    /// Pages that were not read to their end.
    cut: usize,
    /// Whether the time ran out.
    late: bool,
}

/// What the thread that reads tells.
enum Told {
    About(About),
    Page { leaf: Leaf, scanned: bool, unknown: usize, cut: bool },
    End(Result<(), NotRead>),
}

/// Reads a PDF.
pub(crate) fn read(bytes: &[u8], findings: &mut Vec<Finding>) -> Page {
    match document(bytes, PATIENCE) {
        Ok(document) => page(&document, findings),
        Err(why) => {
            let why = match why {
                NotRead::Locked => "It is locked by a password; unlock it and add it again.",
                NotRead::Broken => "It is broken: no page could be found in it.",
                NotRead::Swells => {
                    "A part of it unpacks to far more than a page can need; it was left packed."
                }
            };
            findings.push(finding("pdf-not-read", Severity::Medium, format!("The PDF was not read. {why}")));
            Page::default()
        }
    }
}

/// Reads beside this thread, and waits so long and no longer: nothing in the interpreter can be asked to end while it unpacks or
/// looks up, so one that does not end is left to itself, and told to end when it next draws.
fn document(bytes: &[u8], patience: Duration) -> Result<Document, NotRead> {
    if guard::swells(bytes) {
        return Err(NotRead::Swells);
    }
    let stop = Arc::new(AtomicBool::new(false));
    let (sender, receiver) = sync_channel(WAITING);
    let (asked, copy) = (Arc::clone(&stop), bytes.to_vec());
    let begun = Instant::now();
    let Ok(reader) = thread::Builder::new().stack_size(STACK).spawn(move || tell_all(&copy, &asked, &sender))
    else {
        return Err(NotRead::Broken);
    };
    let mut out = Document::default();
    let end = loop {
        // Asked first: a document whose pages are always ready would otherwise never be late.
        let Some(left) = patience.checked_sub(begun.elapsed()) else {
            stop.store(true, Ordering::Relaxed);
            out.late = true;
            break Ok(());
        };
        match receiver.recv_timeout(left) {
            Ok(Told::About(about)) => out.about = about,
            Ok(Told::Page { leaf, scanned, unknown, cut }) => {
                out.leaves.push(leaf);
                out.scanned += usize::from(scanned);
                out.unknown += unknown;
                out.cut += usize::from(cut);
            }
            Ok(Told::End(end)) => break end,
            Err(RecvTimeoutError::Timeout) => {}
            // Our own part of the work failed: that is told as any other failure is.
            Err(RecvTimeoutError::Disconnected) => match reader.join() {
                Ok(()) => break Ok(()),
                Err(panic) => std::panic::resume_unwind(panic),
            },
        }
    };
    end.map(|()| out)
}

fn tell_all(bytes: &[u8], stop: &AtomicBool, sender: &SyncSender<Told>) {
    // Nobody listens any more where the time ran out.
    let end = Hayro.pieces(bytes, stop, &mut |piece| {
        let _ = match piece {
            Piece::About(about) => sender.send(Told::About(about)),
            Piece::Page(sheet) => sender.send(Told::Page {
                leaf: Leaf { height: sheet.height, lines: lines::lines(&sheet) },
                scanned: sheet.units.is_empty() && sheet.pictures > 0,
                unknown: sheet.unknown,
                cut: sheet.cut,
            }),
        };
    });
    let _ = sender.send(Told::End(end));
}

fn page(document: &Document, findings: &mut Vec<Finding>) -> Page {
    let mut page = Page { encoding: "UTF-8".to_owned(), ..Page::default() };
    page.declared_lang =
        document.about.lang.as_deref().map(LanguageTag::new).filter(LanguageTag::is_language);
    let evidence = |(name, value): &(&'static str, String)| PageEvidence {
        name: (*name).to_owned(),
        value: value.clone(),
        line: 1,
    };
    page.evidence = document.about.evidence.iter().map(evidence).collect();
    page.blocks = flow::paragraphs(&document.leaves).into_iter().map(block).collect();
    tell(document, &page, findings);
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
fn tell(document: &Document, page: &Page, findings: &mut Vec<Finding>) {
    let (pages, read) = (document.about.pages, document.leaves.len());
    if read < pages {
        let why = if document.late { "reading it took too long" } else { "it is too long" };
        let message = format!("{} of {pages} pages of the PDF were left out: {why}.", pages - read);
        findings.push(finding("page-too-long", Severity::Medium, message));
    }
    if document.cut > 0 {
        let message = format!(
            "{} of {pages} pages of the PDF were not read to their end: they break off or draw too much.",
            document.cut
        );
        findings.push(finding("document-broken", Severity::Medium, message));
    }
    let scanned = document.scanned;
    if scanned > 0 {
        let message = format!(
            "{scanned} of {pages} pages are pictures without text (a scan); recognise their text (OCR) and add the result.",
        );
        findings.push(finding("pdf-without-text", Severity::Medium, message));
    }
    let unknown = document.unknown;
    let letters: usize = page.blocks.iter().map(|b| b.text.chars().count()).sum();
    if unknown > 0 {
        let message =
            format!("The PDF does not say which letters {unknown} of its {} signs are.", unknown + letters);
        let severity = if unknown * 50 > letters { Severity::Medium } else { Severity::Low };
        findings.push(finding("letters-not-known", severity, message));
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    /// A PDF of one page that draws `content`; `/X` is a form that draws `form`.
    fn pdf(content: &str, form: &str) -> Vec<u8> {
        let stream = |dict: &str, text: &str| {
            format!("<< {dict} /Length {} >>\nstream\n{text}\nendstream", text.len())
        };
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> \
             /XObject << /X 6 0 R >> >> >>"
                .to_owned(),
            stream("", content),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
            stream(
                "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /X 6 0 R >> >>",
                form,
            ),
        ];
        let mut out = "%PDF-1.7\n".to_owned();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
        for (object, n) in objects.iter().zip(1..) {
            table.push_str(&format!("{:010} 00000 n \n", out.len()));
            out.push_str(&format!("{n} 0 obj\n{object}\nendobj\n"));
        }
        let from = out.len();
        let size = objects.len() + 1;
        out.push_str(&format!("{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{from}\n%%EOF\n"));
        out.into_bytes()
    }

    fn kinds(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|finding| finding.kind.as_ref()).collect()
    }

    #[test]
    fn a_form_that_draws_itself_over_and_over_ends() {
        let begun = Instant::now();
        let bytes = pdf("/X Do", &"/X Do\n".repeat(64));
        let mut findings = Vec::new();
        let page = read(&bytes, &mut findings);
        assert!(page.blocks.is_empty());
        assert!(begun.elapsed() < PATIENCE + Duration::from_secs(5));
    }

    #[test]
    fn a_page_of_too_many_glyphs_keeps_the_first() {
        let line = format!("BT /F 1 Tf 1 {{}} Td ({}) Tj ET\n", "ab ".repeat(400));
        let content: String = (0..200).map(|k| line.replace("{}", &(k * 3).to_string())).collect();
        let mut findings = Vec::new();
        let page = read(&pdf(&content, ""), &mut findings);
        assert!(!page.blocks.is_empty());
        assert!(kinds(&findings).contains(&"document-broken"), "{findings:?}");
    }

    #[test]
    fn one_that_takes_too_long_keeps_what_came_until_then() {
        let bytes = pdf("/X Do", &"/X Do\n".repeat(64));
        let document = document(&bytes, Duration::ZERO).expect("it is a PDF");
        assert!(document.late);
        let mut findings = Vec::new();
        page(&document, &mut findings);
        assert!(findings.len() <= 1);
    }
}
