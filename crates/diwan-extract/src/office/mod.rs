//! Word-processor documents (DOCX, ODT): paragraphs in order, with headings, lists, tables, notes and links.
//!
//! Only text, language and structure are wanted, so both are read straight from their XML. Text that was struck out while
//! changes were tracked, and comments, are not part of the document.

mod docx;
mod odt;
mod xml;

use std::io::{Cursor, Read};

use diwan_model::{
    Block, BlockMark, Direction, Finding, LanguageTag, Link, LinkKind, Page, PageEvidence, Role, Severity,
};
use zip::ZipArchive;

use crate::finding;

/// The most bytes of one part of a document, unpacked.
const MAX_PART: u64 = 64 << 20;

/// Which of the two a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Docx,
    Odt,
}

/// What kind of document a ZIP file is, by what it holds.
pub(crate) fn kind(bytes: &[u8]) -> Option<Kind> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    if archive.index_for_name("word/document.xml").is_some() {
        return Some(Kind::Docx);
    }
    let told = part(&mut archive, "mimetype")?;
    (told.trim() == "application/vnd.oasis.opendocument.text").then_some(Kind::Odt)
}

/// Reads a document.
pub(crate) fn read(bytes: &[u8], kind: Kind, findings: &mut Vec<Finding>) -> Page {
    let mut writer = Writer::default();
    writer.page.encoding = "UTF-8".to_owned();
    let done = ZipArchive::new(Cursor::new(bytes)).ok().and_then(|mut archive| match kind {
        Kind::Docx => docx::read(&mut archive, &mut writer),
        Kind::Odt => odt::read(&mut archive, &mut writer),
    });
    let broken = done != Some(true);
    let Writer { page, notes, .. } = &mut writer;
    page.blocks.append(notes);
    if broken {
        let message = "The document is broken; it was read as far as it goes.".to_owned();
        findings.push(finding("document-broken", Severity::Medium, message));
    }
    writer.page
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// A part of the document as text; `None` where it is missing or cannot be unpacked.
fn part(archive: &mut Archive<'_>, name: &str) -> Option<String> {
    let file = archive.by_name(name).ok()?;
    let mut bytes = Vec::new();
    // What a broken part gave before it broke is still read.
    let _ = file.take(MAX_PART).read_to_end(&mut bytes);
    let text = match bytes.as_slice() {
        [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] => {
            let (encoding, _) = encoding_rs::Encoding::for_bom(&bytes)?;
            encoding.decode(&bytes).0.into_owned()
        }
        _ => String::from_utf8_lossy(&bytes).into_owned(),
    };
    (!text.is_empty()).then_some(text)
}

/// Takes paragraphs and makes blocks.
#[derive(Debug, Default)]
struct Writer {
    page: Page,
    /// Notes, running heads and feet come after the text.
    notes: Vec<Block>,
    count: u32,
}

/// A paragraph on its way.
#[derive(Debug, Clone, Default)]
struct Draft {
    text: String,
    mark: BlockMark,
    lang: Option<LanguageTag>,
    links: Vec<(String, String)>,
    hint: Option<&'static str>,
    /// A note or running head: after the text.
    apart: bool,
}

impl Writer {
    fn put(&mut self, draft: Draft) {
        let text = draft.text.trim();
        if text.is_empty() {
            return;
        }
        self.count = self.count.saturating_add(1);
        let block = Block {
            line: self.count,
            page: None,
            role: Role::Unknown,
            lang: draft.lang.unwrap_or(LanguageTag::UNDETERMINED),
            dir: Direction::LeftToRight,
            text: text.to_owned(),
            mark: draft.mark,
            hints: draft.hint.map(str::to_owned).into_iter().collect(),
            parted: true,
        };
        if draft.apart {
            self.notes.push(block);
            return;
        }
        let index = u32::try_from(self.page.blocks.len()).ok();
        self.page.blocks.push(block);
        for (address, text) in draft.links {
            let kind = LinkKind::Plain;
            self.page.links.push(Link { block: index, line: self.count, address, text, kind, lang: None });
        }
    }

    fn evidence(&mut self, name: &str, value: &str) {
        let value = value.trim();
        if !value.is_empty() {
            let evidence = PageEvidence { name: name.to_owned(), value: value.to_owned(), line: 1 };
            self.page.evidence.push(evidence);
        }
    }
}

/// The rows of tables that are open, innermost last, as their cells.
#[derive(Debug, Default)]
struct Rows(Vec<Vec<String>>);

impl Rows {
    fn begin_row(&mut self) {
        self.0.push(Vec::new());
    }

    fn begin_cell(&mut self) {
        if let Some(row) = self.0.last_mut() {
            row.push(String::new());
        }
    }

    fn cell(&mut self) -> Option<&mut String> {
        self.0.last_mut().and_then(|row| row.last_mut())
    }

    /// Puts a paragraph into the cell that is open; false where none is.
    fn take(&mut self, text: &str) -> bool {
        let Some(cell) = self.cell() else { return false };
        if !cell.is_empty() && !text.is_empty() {
            cell.push(' ');
        }
        cell.push_str(text);
        true
    }

    /// Ends a row. A row of a table within a cell is a line of the cell; any other is a paragraph of its own.
    fn end_row(&mut self) -> Option<Draft> {
        let text = self.0.pop().unwrap_or_default().join("\t");
        if let Some(cell) = self.cell() {
            cell.push_str(&text.replace('\t', " "));
            return None;
        }
        Some(Draft { text, mark: BlockMark::TableRow, ..Draft::default() })
    }
}

/// Reads `dc:title` and the like from a part that describes the document.
fn describe(text: &str, names: &[(&str, &str)], writer: &mut Writer) {
    let mut open: Option<&str> = None;
    let _ = xml::walk(text, &mut |event| match event {
        xml::Event::Open { name, .. } => open = names.iter().find(|(n, _)| *n == name).map(|(_, to)| *to),
        xml::Event::Text(text) => {
            if let Some(name) = open {
                writer.evidence(name, text);
            }
        }
        xml::Event::Close { .. } => open = None,
    });
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn texts(page: &Page) -> Vec<&str> {
        page.blocks.iter().map(|b| b.text.as_str()).collect()
    }

    #[test]
    fn a_word_document_is_read() {
        let body = r#"<w:document xmlns:w="w" xmlns:r="r"><w:body>
          <w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>بيان </w:t></w:r><w:r><w:t>المجلس</w:t></w:r></w:p>
          <w:p><w:r><w:rPr><w:lang w:bidi="fa-IR"/><w:rtl/></w:rPr><w:t>نشست</w:t></w:r><w:del><w:r><w:delText>نه</w:delText></w:r></w:del></w:p>
          <w:p><w:r><w:t>See</w:t><w:tab/><w:t>note</w:t><w:footnoteReference w:id="2"/></w:r><w:hyperlink r:id="a"><w:r><w:t> here &amp; there</w:t></w:r></w:hyperlink></w:p>
          <w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
        </w:body></w:document>"#;
        let rels = r#"<Relationships><Relationship Id="a" Target="https://example.org/x"/></Relationships>"#;
        let notes = r#"<w:footnotes><w:footnote w:id="2"><w:p><w:r><w:t>As agreed.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
        let core = "<c><dc:title>T</dc:title><dcterms:created>2021-12-03T00:00:00Z</dcterms:created></c>";
        let bytes = zipped(&[
            ("word/document.xml", body),
            ("word/_rels/document.xml.rels", rels),
            ("word/footnotes.xml", notes),
            ("docProps/core.xml", core),
        ]);
        assert_eq!(kind(&bytes), Some(Kind::Docx));
        let mut findings = Vec::new();
        let page = read(&bytes, Kind::Docx, &mut findings);
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(texts(&page), ["بيان المجلس", "نشست", "See note here & there", "a\tb", "As agreed."]);
        assert_eq!(page.blocks[0].mark, BlockMark::Heading(1));
        assert_eq!(page.blocks[1].lang.as_str(), "fa-IR");
        assert_eq!(page.links[0].address, "https://example.org/x");
        assert_eq!(page.evidence("office:created").map(|e| e.value.as_str()), Some("2021-12-03T00:00:00Z"));
    }

    #[test]
    fn an_open_document_is_read() {
        let content = r#"<office:document-content><office:body><office:text>
          <text:tracked-changes><text:changed-region><text:p>old</text:p></text:changed-region></text:tracked-changes>
          <text:h text:outline-level="2">Communiqué<text:s text:c="2"/>final</text:h>
          <text:list><text:list-item><text:p>un</text:p></text:list-item></text:list>
          <text:p>le 1<text:span>er</text:span> mars<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Voir.</text:p></text:note-body></text:note> 2021</text:p>
          <table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>
        </office:text></office:body></office:document-content>"#;
        let bytes =
            zipped(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content)]);
        assert_eq!(kind(&bytes), Some(Kind::Odt));
        let mut findings = Vec::new();
        let page = read(&bytes, Kind::Odt, &mut findings);
        assert_eq!(texts(&page), ["Communiqué final", "un", "le 1er mars 2021", "a\tb", "Voir."]);
        assert_eq!(page.blocks[1].mark, BlockMark::ListItem);
    }

    #[test]
    fn broken_documents_give_what_they_have() {
        let bytes = zipped(&[("word/document.xml", "<w:p><w:r><w:t>half")]);
        let mut findings = Vec::new();
        let page = read(&bytes, Kind::Docx, &mut findings);
        assert_eq!(texts(&page), ["half"]);
        assert_eq!(findings.len(), 1);
        assert_eq!(kind(b"PK\x03\x04nothing"), None);
    }
}
