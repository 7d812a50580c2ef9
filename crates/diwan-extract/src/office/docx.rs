//! DOCX (ECMA-376, WordprocessingML).

use std::collections::BTreeMap;

use diwan_model::{BlockMark, LanguageTag};

use super::xml::{Event, value, walk};
use super::{Archive, Draft, Rows, Writer, describe, part};

/// Reads the parts of a document. Whether all were whole.
pub(crate) fn read(archive: &mut Archive<'_>, writer: &mut Writer) -> Option<bool> {
    if let Some(core) = part(archive, "docProps/core.xml") {
        const NAMES: &[(&str, &str)] = &[
            ("dc:title", "office:title"),
            ("dc:creator", "office:author"),
            ("dcterms:created", "office:created"),
            ("dcterms:modified", "office:modified"),
        ];
        describe(&core, NAMES, writer);
    }
    let links = part(archive, "word/_rels/document.xml.rels").map(|text| targets(&text)).unwrap_or_default();
    let body = part(archive, "word/document.xml")?;
    let mut whole = Reader::new(&links, None).read(&body, writer);
    for (name, hint, mark) in [
        ("word/footnotes.xml", "footnote", BlockMark::Paragraph),
        ("word/endnotes.xml", "footnote", BlockMark::Paragraph),
        ("word/header1.xml", "page-header", BlockMark::Header),
        ("word/header2.xml", "page-header", BlockMark::Header),
        ("word/header3.xml", "page-header", BlockMark::Header),
        ("word/footer1.xml", "page-footer", BlockMark::Footer),
        ("word/footer2.xml", "page-footer", BlockMark::Footer),
        ("word/footer3.xml", "page-footer", BlockMark::Footer),
    ] {
        if let Some(text) = part(archive, name) {
            whole &= Reader::new(&links, Some((hint, mark))).read(&text, writer);
        }
    }
    Some(whole)
}

/// Where the links of the document lead.
fn targets(text: &str) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    walk(text, &mut |event| {
        if let Event::Open { name: "Relationship", attributes } = event
            && let (Some(id), Some(target)) = (value(attributes, "Id"), value(attributes, "Target"))
            && target.contains("://")
        {
            out.insert(id.to_owned(), target.to_owned());
        }
    });
    out
}

struct Reader<'a> {
    links: &'a BTreeMap<String, String>,
    /// Notes and running heads: how they are marked.
    apart: Option<(&'static str, BlockMark)>,
    draft: Draft,
    /// Inside `w:t`.
    text: bool,
    /// Inside something struck out.
    gone: usize,
    /// The address and the beginning of the link that is open.
    link: Option<(String, usize)>,
    rows: Rows,
}

impl<'a> Reader<'a> {
    fn new(links: &'a BTreeMap<String, String>, apart: Option<(&'static str, BlockMark)>) -> Self {
        let draft = Draft::default();
        Self { links, apart, draft, text: false, gone: 0, link: None, rows: Rows::default() }
    }

    fn read(mut self, text: &str, writer: &mut Writer) -> bool {
        let whole = walk(text, &mut |event| self.take(event, writer));
        self.end_paragraph(writer);
        whole
    }

    fn take(&mut self, event: Event<'_>, writer: &mut Writer) {
        match event {
            Event::Open { name, attributes } => self.open(name, attributes),
            Event::Text(text) if self.text && self.gone == 0 => self.draft.text.push_str(text),
            Event::Text(_) => {}
            Event::Close { name } => self.close(name, writer),
        }
    }

    fn open(&mut self, name: &str, attributes: &[(String, String)]) {
        match name {
            "w:t" => self.text = true,
            "w:del" | "w:moveFrom" | "mc:Fallback" => self.gone += 1,
            "w:tab" | "w:br" | "w:cr" if self.gone == 0 && !self.draft.text.is_empty() => {
                self.draft.text.push(' ');
            }
            "w:noBreakHyphen" if self.gone == 0 => self.draft.text.push('\u{2011}'),
            "w:pStyle" => self.draft.mark = style(value(attributes, "w:val").unwrap_or_default()),
            "w:numPr" if self.draft.mark == BlockMark::None => self.draft.mark = BlockMark::ListItem,
            "w:lang" => {
                // Of the languages of a run, that of its script: `w:bidi` for Arabic and Persian.
                let told = value(attributes, "w:bidi").or_else(|| value(attributes, "w:val"));
                self.draft.lang = self.draft.lang.take().or_else(|| told.map(LanguageTag::new));
            }
            "w:hyperlink" => {
                let target = value(attributes, "r:id").and_then(|id| self.links.get(id));
                self.link = target.map(|target| (target.clone(), self.draft.text.len()));
            }
            "w:tr" => self.rows.begin_row(),
            "w:tc" => self.rows.begin_cell(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str, writer: &mut Writer) {
        match name {
            "w:t" => self.text = false,
            "w:del" | "w:moveFrom" | "mc:Fallback" => self.gone = self.gone.saturating_sub(1),
            "w:hyperlink" => {
                if let Some((address, from)) = self.link.take() {
                    let words = self.draft.text.get(from..).unwrap_or_default().trim().to_owned();
                    self.draft.links.push((address, words));
                }
            }
            "w:p" => self.end_paragraph(writer),
            "w:tr" => {
                if let Some(row) = self.rows.end_row() {
                    self.put(row, writer);
                }
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self, writer: &mut Writer) {
        let mut draft = std::mem::take(&mut self.draft);
        self.link = None;
        draft.text = draft.text.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
        if draft.mark == BlockMark::None {
            draft.mark = BlockMark::Paragraph;
        }
        if self.rows.take(&draft.text) {
            return;
        }
        self.put(draft, writer);
    }

    fn put(&self, mut draft: Draft, writer: &mut Writer) {
        if let Some((hint, mark)) = self.apart {
            draft.hint = Some(hint);
            draft.mark = mark;
            draft.apart = true;
        }
        writer.put(draft);
    }
}

/// How a style's name marks its paragraph up. Identifiers of styles are not translated.
fn style(name: &str) -> BlockMark {
    let lower = name.to_ascii_lowercase();
    if lower == "title" {
        return BlockMark::Title;
    }
    if let Some(level) = lower.strip_prefix("heading") {
        return BlockMark::Heading(level.trim().parse().unwrap_or(2).clamp(1, 6));
    }
    match lower.as_str() {
        "quote" | "intensequote" => BlockMark::Quote,
        "caption" => BlockMark::Caption,
        _ if lower.starts_with("list") => BlockMark::ListItem,
        _ => BlockMark::None,
    }
}
