//! ODT (OASIS OpenDocument 1.3, text documents).

use diwan_model::BlockMark;

use super::xml::{Event, value, walk};
use super::{Archive, Draft, Rows, Writer, describe, part};

/// The most spaces that one mark may stand for.
const MAX_SPACES: usize = 80;

/// Reads the parts of a document. Whether all were whole.
pub(crate) fn read(archive: &mut Archive<'_>, writer: &mut Writer) -> Option<bool> {
    if let Some(meta) = part(archive, "meta.xml") {
        const NAMES: &[(&str, &str)] = &[
            ("dc:title", "office:title"),
            ("meta:initial-creator", "office:author"),
            ("meta:creation-date", "office:created"),
            ("dc:date", "office:modified"),
        ];
        describe(&meta, NAMES, writer);
    }
    let content = part(archive, "content.xml")?;
    let mut whole = Reader::default().read(&content, writer);
    if let Some(styles) = part(archive, "styles.xml") {
        whole &= Reader::default().read(&styles, writer);
    }
    Some(whole)
}

#[derive(Debug, Default)]
struct Reader {
    /// Paragraphs that are open: a note stands inside the paragraph that it belongs to.
    open: Vec<Draft>,
    /// Inside something that is not text: changes, comments.
    gone: usize,
    /// Inside a note's number.
    citation: usize,
    /// Inside notes, running heads and feet.
    apart: Vec<(&'static str, BlockMark)>,
    items: usize,
    rows: Rows,
    link: Option<(String, usize)>,
}

impl Reader {
    fn read(mut self, text: &str, writer: &mut Writer) -> bool {
        let whole = walk(text, &mut |event| self.take(event, writer));
        while let Some(draft) = self.open.pop() {
            self.put(draft, writer);
        }
        whole
    }

    fn take(&mut self, event: Event<'_>, writer: &mut Writer) {
        match event {
            Event::Open { name, attributes } => self.open(name, attributes),
            Event::Text(text) => self.push(text),
            Event::Close { name } => self.close(name, writer),
        }
    }

    fn push(&mut self, text: &str) {
        if self.gone == 0
            && self.citation == 0
            && let Some(draft) = self.open.last_mut()
        {
            draft.text.push_str(text);
        }
    }

    fn open(&mut self, name: &str, attributes: &[(String, String)]) {
        match name {
            "text:p" | "text:h" if self.gone == 0 => {
                let level = value(attributes, "text:outline-level").and_then(|l| l.parse::<u8>().ok());
                let mark = match (name, level) {
                    ("text:h", level) => BlockMark::Heading(level.unwrap_or(2).clamp(1, 6)),
                    _ if self.items > 0 => BlockMark::ListItem,
                    _ => BlockMark::Paragraph,
                };
                self.open.push(Draft { mark, ..Draft::default() });
            }
            "text:tracked-changes" | "office:annotation" => self.gone += 1,
            "text:note-citation" => self.citation += 1,
            "text:note-body" => self.apart.push(("footnote", BlockMark::Paragraph)),
            "style:header" | "style:header-left" => self.apart.push(("page-header", BlockMark::Header)),
            "style:footer" | "style:footer-left" => self.apart.push(("page-footer", BlockMark::Footer)),
            "text:list-item" => self.items += 1,
            "text:s" => {
                let spaces = value(attributes, "text:c").and_then(|c| c.parse().ok()).unwrap_or(1_usize);
                self.push(&" ".repeat(spaces.min(MAX_SPACES)));
            }
            "text:tab" | "text:line-break" => self.push(" "),
            "text:a" => {
                let at = self.open.last().map_or(0, |draft| draft.text.len());
                self.link = value(attributes, "xlink:href").map(|address| (address.to_owned(), at));
            }
            "table:table-row" => self.rows.begin_row(),
            "table:table-cell" => self.rows.begin_cell(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str, writer: &mut Writer) {
        match name {
            "text:p" | "text:h" if self.gone == 0 => self.end_paragraph(writer),
            "text:tracked-changes" | "office:annotation" => self.gone = self.gone.saturating_sub(1),
            "text:note-citation" => self.citation = self.citation.saturating_sub(1),
            "text:note-body" | "style:header" | "style:header-left" | "style:footer"
            | "style:footer-left" => {
                self.apart.pop();
            }
            "text:list-item" => self.items = self.items.saturating_sub(1),
            "text:a" => {
                if let (Some((address, from)), Some(draft)) = (self.link.take(), self.open.last_mut()) {
                    let words = draft.text.get(from..).unwrap_or_default().trim().to_owned();
                    draft.links.push((address, words));
                }
            }
            "table:table-row" => {
                if let Some(row) = self.rows.end_row() {
                    self.put(row, writer);
                }
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self, writer: &mut Writer) {
        let Some(mut draft) = self.open.pop() else { return };
        draft.text = draft.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.apart.is_empty() && self.rows.take(&draft.text) {
            return;
        }
        self.put(draft, writer);
    }

    fn put(&self, mut draft: Draft, writer: &mut Writer) {
        if let Some((hint, mark)) = self.apart.last() {
            draft.hint = Some(hint);
            draft.mark = *mark;
            draft.apart = true;
        }
        writer.put(draft);
    }
}
