//! From a tree to blocks: one walk, without recursion.

use diwan_model::{Block, BlockMark, Direction, LanguageTag, Link, LinkKind, Page, Role};
use dom_query::NodeRef;

use super::elements::{Display, display, holds_blocks};
use super::evidence;
use super::tree::{Tree, Visit, walk as walk_tree};
use crate::space::{collapses, is_blank, push_collapsed};

/// Reads the blocks and links of a page's body.
pub(crate) fn read(tree: &Tree, base: Option<&str>) -> Page {
    let mut walk = Walk { tree, base, page: Page::default(), open: Vec::new(), text: Pending::default() };
    if let Some(root) = tree.document.tree.get(&tree.document.tree.root_id()) {
        walk_tree(root, &mut walk);
    }
    walk.flush(true);
    walk.page
}

/// What an open element gives to the blocks inside it.
struct Open {
    name: String,
    display: Display,
    mark: Option<BlockMark>,
    hints: Vec<String>,
    lang: Option<LanguageTag>,
    /// White space is kept.
    pre: bool,
    /// A row whose cells are joined.
    joins: bool,
    /// Index of the link that this element opened.
    link: Option<usize>,
}

/// The text of the block that is being read.
#[derive(Default)]
struct Pending {
    text: String,
    /// Line of its first visible letter.
    line: Option<u32>,
    /// Whether a boundary of markup was crossed since the last block.
    parted: bool,
    /// Language and mark where its first letter stood.
    lang: Option<LanguageTag>,
    mark: BlockMark,
    hints: Vec<String>,
    links: Vec<usize>,
}

struct Walk<'a> {
    tree: &'a Tree,
    base: Option<&'a str>,
    page: Page,
    open: Vec<Open>,
    text: Pending,
}

/// Whether a label holds a chosen radio button or check box.
fn has_checked_input(label: &NodeRef<'_>) -> bool {
    label.children().iter().any(|child| child.has_name("input") && child.has_attr("checked"))
}

impl<'a> Visit<'a> for Walk<'a> {
    fn enter(&mut self, node: &NodeRef<'a>) -> bool {
        if node.is_text() {
            self.add_text(node);
            return false;
        }
        if !node.is_element() {
            return node.is_document() || node.is_fragment();
        }
        let name = node.node_name().map(|n| n.to_string()).unwrap_or_default();
        let display = display(&name, node);
        match display {
            Display::Hidden => return false,
            Display::Break => {
                self.flush(false);
                return false;
            }
            Display::Block => self.begin_block(&name),
            Display::Inline => {}
        }
        let open = self.opened(name, display, node);
        self.open.push(open);
        true
    }

    fn leave(&mut self, node: &NodeRef<'a>) {
        if !node.is_element() {
            return;
        }
        let Some(open) = self.open.pop() else { return };
        if open.display == Display::Block {
            let in_row = self.in_row();
            if open.joins || !in_row {
                self.flush(true);
            }
        }
        if let Some(link) = open.link.and_then(|index| self.page.links.get_mut(index)) {
            link.text.truncate(link.text.trim_end().len());
        }
    }
}

impl<'a> Walk<'a> {
    fn begin_block(&mut self, name: &str) {
        let in_row = self.open.iter().rev().any(|o| o.joins);
        if in_row && matches!(name, "td" | "th") {
            if !self.text.text.is_empty() {
                self.text.text.truncate(self.text.text.trim_end_matches([' ', '\t']).len());
                self.text.text.push('\t');
            }
        } else if !in_row {
            self.flush(true);
        }
    }

    fn opened(&mut self, name: String, display: Display, node: &NodeRef<'a>) -> Open {
        let mut hints = Vec::new();
        let class = node.class();
        let classes = class.iter().flat_map(|c| c.split_ascii_whitespace());
        let id = node.id_attr();
        let role = node.attr("role");
        if matches!(
            name.as_str(),
            "nav" | "header" | "footer" | "aside" | "main" | "article" | "button" | "form" | "select"
        ) {
            hints.push(name.clone());
        }
        // A menu whose items lead nowhere (a script opens them) still is a list of links.
        if name == "a" && node.attr("href").is_some() {
            hints.push("link".to_owned());
        }
        if name == "label" && has_checked_input(node) {
            hints.push("checked".to_owned());
        }
        hints.extend(classes.map(str::to_owned));
        hints.extend(id.iter().map(|v| v.to_string()));
        hints.extend(role.iter().map(|v| v.to_string()));
        hints.extend(node.attr("itemprop").iter().map(|v| v.to_string()));
        let lang = node
            .attr("lang")
            .or_else(|| node.attr("xml:lang"))
            .map(|l| LanguageTag::new(&l))
            .filter(LanguageTag::is_language);
        let link = (name == "a").then(|| self.open_link(node)).flatten();
        let joins = name == "tr" && is_data_row(node);
        let mark = self.mark_of(&name, role.as_deref(), node, joins);
        Open {
            pre: matches!(name.as_str(), "pre" | "listing"),
            name,
            display,
            mark,
            hints,
            lang,
            joins,
            link,
        }
    }

    fn mark_of(&self, name: &str, role: Option<&str>, node: &NodeRef<'a>, joins: bool) -> Option<BlockMark> {
        let inside_text = self.open.iter().any(|o| matches!(o.name.as_str(), "article" | "main"));
        Some(match (name, role) {
            (_, Some("navigation" | "menu" | "menubar" | "search" | "tablist")) | ("nav" | "menu", _) => {
                BlockMark::Navigation
            }
            (_, Some("banner")) => BlockMark::Header,
            (_, Some("contentinfo")) => BlockMark::Footer,
            (_, Some("complementary")) => BlockMark::Aside,
            ("header", _) if !inside_text => BlockMark::Header,
            ("footer", _) if !inside_text => BlockMark::Footer,
            ("aside", _) => BlockMark::Aside,
            ("h1", _) => BlockMark::Heading(1),
            ("h2", _) => BlockMark::Heading(2),
            ("h3", _) => BlockMark::Heading(3),
            ("h4", _) => BlockMark::Heading(4),
            ("h5", _) => BlockMark::Heading(5),
            ("h6", _) => BlockMark::Heading(6),
            ("p", _) => BlockMark::Paragraph,
            ("li", _) => BlockMark::ListItem,
            ("dt", _) => BlockMark::Label,
            ("dd", _) => BlockMark::Value,
            ("th", _) if !self.in_row() => BlockMark::Label,
            ("td", _) if !self.in_row() && node.prev_element_sibling().is_some_and(|s| s.has_name("th")) => {
                BlockMark::Value
            }
            ("tr", _) if joins => BlockMark::TableRow,
            ("blockquote", _) => BlockMark::Quote,
            ("figcaption" | "caption", _) => BlockMark::Caption,
            ("time", _) => BlockMark::Time,
            _ => return None,
        })
    }

    fn in_row(&self) -> bool {
        self.open.iter().any(|o| o.joins)
    }

    fn open_link(&mut self, node: &NodeRef<'a>) -> Option<usize> {
        let href = node.attr("href")?;
        let href = href.trim();
        if href.is_empty()
            || href.starts_with('#')
            || href.get(..11).is_some_and(|h| h.eq_ignore_ascii_case("javascript:"))
        {
            return None;
        }
        let lang = node.attr("hreflang").map(|l| LanguageTag::new(&l));
        self.page.links.push(Link {
            block: None,
            line: self.tree.line(node),
            address: evidence::absolute(href, self.base),
            text: String::new(),
            kind: if lang.is_some() { LinkKind::Alternate } else { LinkKind::Plain },
            lang,
        });
        Some(self.page.links.len() - 1)
    }

    fn add_text(&mut self, node: &NodeRef<'a>) {
        let raw = node.text();
        let pre = self.open.iter().any(|o| o.pre);
        if !pre {
            self.add_run(node, &raw, 0);
            return;
        }
        for (n, line) in (0_u32..).zip(raw.split('\n')) {
            if n > 0 {
                self.flush(is_blank(line));
            }
            self.add_run(node, line, n);
        }
    }

    /// Adds a run of text that begins `newlines` lines after the node.
    fn add_run(&mut self, node: &NodeRef<'a>, run: &str, newlines: u32) {
        let visible = run.find(|c: char| !collapses(c));
        if let Some(at) = visible {
            if self.text.line.is_none() {
                let before = run.get(..at).map_or(0, |s| s.bytes().filter(|b| *b == b'\n').count());
                self.text.line = Some(self.tree.line(node) + newlines + u32::try_from(before).unwrap_or(0));
                self.text.lang = self.open.iter().rev().find_map(|o| o.lang.clone());
                self.text.mark = self.mark();
                self.text.hints = self.open.iter().flat_map(|o| o.hints.iter().cloned()).collect();
            }
            for index in self.open.iter().filter_map(|o| o.link) {
                if !self.text.links.contains(&index) {
                    self.text.links.push(index);
                }
                if let Some(link) = self.page.links.get_mut(index)
                    && link.text.len() < 2000
                {
                    push_collapsed(&mut link.text, run);
                }
            }
        }
        push_collapsed(&mut self.text.text, run);
    }

    /// The mark of the block at this place: the part of the page outranks the element, except that a heading inside a
    /// header is a heading.
    fn mark(&self) -> BlockMark {
        let mut inner = BlockMark::None;
        let mut part = BlockMark::None;
        for mark in self.open.iter().filter_map(|o| o.mark) {
            match mark {
                BlockMark::Navigation | BlockMark::Header | BlockMark::Footer | BlockMark::Aside => {
                    part = mark
                }
                BlockMark::Paragraph
                    if matches!(
                        inner,
                        BlockMark::ListItem
                            | BlockMark::Quote
                            | BlockMark::Label
                            | BlockMark::Value
                            | BlockMark::Caption
                    ) => {}
                _ => inner = mark,
            }
        }
        match (part, inner) {
            (BlockMark::Header, BlockMark::Heading(_)) => inner,
            (BlockMark::None, _) => inner,
            _ => part,
        }
    }

    /// Ends the block that is being read. `parted`: by more than a line break.
    fn flush(&mut self, parted: bool) {
        let pending = std::mem::take(&mut self.text);
        let text = pending.text.trim_matches(|c: char| collapses(c));
        if text.is_empty() || pending.line.is_none() {
            self.text.parted = pending.parted || parted;
            // Links without words (a picture) stay without a block.
            return;
        }
        let index = u32::try_from(self.page.blocks.len()).ok();
        for link in pending.links {
            if let Some(link) = self.page.links.get_mut(link)
                && link.block.is_none()
            {
                link.block = index;
            }
        }
        let blank = is_blank(text);
        self.page.blocks.push(Block {
            line: pending.line.unwrap_or(1),
            page: None,
            role: if blank { Role::Blank } else { Role::Unknown },
            lang: pending.lang.unwrap_or(LanguageTag::UNDETERMINED),
            dir: Direction::LeftToRight,
            text: text.to_owned(),
            mark: pending.mark,
            hints: pending.hints,
            parted: pending.parted || self.page.blocks.is_empty(),
        });
        self.text.parted = parted;
    }
}

/// Whether the cells of a row are data, to be read in one line, and not the columns of a layout.
fn is_data_row(row: &NodeRef<'_>) -> bool {
    let cells = row.element_children();
    if cells.len() < 2 {
        return false;
    }
    // A label and its value stay two blocks.
    let heads = cells.iter().filter(|c| c.has_name("th")).count();
    if cells.len() == 2 && heads == 1 {
        return false;
    }
    !cells.iter().any(|cell| {
        cell.descendants_it().take(200).any(|n| n.node_name().is_some_and(|name| holds_blocks(&name)))
    })
}
