//! The outline of a page: its elements as a flat list with what their names and classes tell, and its text blocks.
//!
//! Everything that follows looks at this list instead of the tree: an element knows its parent, the blocks inside it
//! and how far away the nearest ancestor of each kind of part (comments, navigation, …) is.

use dom_query::NodeRef;

use super::cues::{CUES, PART_COUNT, Parts};
use super::measure::Measures;
use crate::html::{Display, Tree, Visit, display_of as display, walk as walk_tree};
use crate::numbers::NumberMap;
use crate::space::{collapses, push_collapsed};

/// The most blocks of an outline.
const MAX_OUTLINE_BLOCKS: usize = 20_000;
/// Nothing of a kind is this near or nearer.
pub(super) const FAR: u8 = 12;

/// The ids of the bars that web archives put over a page: what they say is not the page's, and their dates are those of
/// captures.
const ARCHIVE_BARS: [&str; 4] = ["wm-ipp", "wm-ipp-base", "wm-ipp-print", "donato"];

/// What an element is called, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub(super) enum Tag {
    #[default]
    Other,
    Paragraph,
    Heading1,
    Heading2,
    Heading3,
    HeadingLow,
    Item,
    Cell,
    Term,
    Quote,
    Caption,
    Preformatted,
    Control,
    Division,
    Section,
    Article,
    Main,
    Header,
    Footer,
    Navigation,
    Aside,
    Form,
    Figure,
    Table,
    List,
    Address,
    Details,
    Link,
    Body,
}

impl Tag {
    fn of(name: &str) -> Self {
        match name {
            "p" => Self::Paragraph,
            "h1" => Self::Heading1,
            "h2" => Self::Heading2,
            "h3" => Self::Heading3,
            "h4" | "h5" | "h6" => Self::HeadingLow,
            "li" => Self::Item,
            "td" | "th" | "tr" => Self::Cell,
            "dt" | "dd" => Self::Term,
            "blockquote" => Self::Quote,
            "figcaption" | "caption" => Self::Caption,
            "pre" => Self::Preformatted,
            "button" | "label" | "select" | "option" | "legend" => Self::Control,
            "div" | "span" => Self::Division,
            "section" => Self::Section,
            "article" => Self::Article,
            "main" => Self::Main,
            "header" => Self::Header,
            "footer" => Self::Footer,
            "nav" | "menu" => Self::Navigation,
            "aside" => Self::Aside,
            "form" => Self::Form,
            "figure" => Self::Figure,
            "table" => Self::Table,
            "ul" | "ol" | "dl" => Self::List,
            "address" => Self::Address,
            "details" => Self::Details,
            "a" => Self::Link,
            "body" => Self::Body,
            _ => Self::Other,
        }
    }

    /// Whether it is a heading.
    pub(super) fn is_heading(self) -> bool {
        matches!(self, Self::Heading1 | Self::Heading2 | Self::Heading3 | Self::HeadingLow)
    }
}

/// One element that holds text.
#[derive(Debug, Clone, Default)]
pub(super) struct Element {
    /// Index of its parent; its own index for the first.
    pub(super) parent: u32,
    pub(super) tag: Tag,
    pub(super) depth: u16,
    /// Tags of itself and its ancestors, a bit each.
    pub(super) inside: u32,
    /// Whether it or an ancestor is hidden.
    pub(super) hidden: bool,
    /// For each kind of part, how many elements up the nearest one stands that is called so; `FAR` where none does.
    pub(super) near: [u8; PART_COUNT],
    /// Its classes as written.
    pub(super) class: String,
    /// Name and classes, as a number.
    pub(super) shape: u64,
    /// Shapes of itself and its ancestors, as a number.
    pub(super) path: u64,
    /// The blocks inside it: from, up to.
    pub(super) blocks: (u32, u32),
}

impl Element {
    /// What its children need to know of it.
    fn without_class(&self) -> Self {
        Self { class: String::new(), ..*self }
    }
}

/// A run of text that stands by itself.
#[derive(Debug, Clone, Default)]
pub(super) struct TextBlock {
    /// As printed, white space as a browser shows it.
    pub(super) text: String,
    /// Line in the source, 1-based.
    pub(super) line: u32,
    /// Index of the innermost block element.
    pub(super) element: u32,
    /// Number of links in it.
    pub(super) links: u16,
    /// Letters and digits inside links.
    pub(super) linked: u32,
    /// Letters and digits in bold or strong type.
    pub(super) strong: u32,
    /// Letters and digits in italics.
    pub(super) slanted: u32,
    /// What its letters show.
    pub(super) measures: Measures,
}

/// A page laid flat.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) elements: Vec<Element>,
    pub(super) blocks: Vec<TextBlock>,
}

impl Outline {
    /// An element and its ancestors, innermost first.
    pub(super) fn chain(&self, from: u32) -> impl Iterator<Item = (u32, &Element)> {
        let mut at = Some(from);
        std::iter::from_fn(move || {
            let here = at?;
            let element = self.elements.get(here as usize)?;
            at = (element.parent != here).then_some(element.parent);
            Some((here, element))
        })
    }

    /// The element that holds a block.
    pub(super) fn element_of(&self, block: &TextBlock) -> Option<&Element> {
        self.elements.get(block.element as usize)
    }
}

/// Lays a page flat.
pub(super) fn outline(tree: &Tree) -> Outline {
    let mut walk = Walk {
        tree,
        out: Outline::default(),
        open: Vec::new(),
        text: Pending::default(),
        breaks: 0,
        names: NumberMap::default(),
    };
    walk.out.elements.push(Element { near: [FAR; PART_COUNT], ..Element::default() });
    if let Some(root) = tree.document.tree.get(&tree.document.tree.root_id()) {
        walk_tree(root, &mut walk);
    }
    walk.flush();
    if let Some(first) = walk.out.elements.first_mut() {
        first.blocks.1 = u32::try_from(walk.out.blocks.len()).unwrap_or(u32::MAX);
    }
    walk.out
}

/// What an element's name and attributes tell.
struct Named {
    tag: Tag,
    shape: u64,
    own: Parts,
    hidden: bool,
    class: String,
}

/// An open element.
struct Open {
    /// Its index, or its innermost block ancestor's for elements in the line.
    element: u32,
    block: bool,
    link: bool,
    strong: bool,
    slanted: bool,
    pre: bool,
    row: bool,
}

#[derive(Default)]
struct Pending {
    text: String,
    line: u32,
    element: u32,
    links: u16,
    linked: u32,
    strong: u32,
    slanted: u32,
}

struct Walk<'a> {
    tree: &'a Tree,
    out: Outline,
    open: Vec<Open>,
    text: Pending,
    /// Line breaks since the last letter.
    breaks: u8,
    /// What names tell that were seen before, by their hashes.
    names: NumberMap<u64, Parts>,
}

impl<'a> Visit<'a> for Walk<'a> {
    fn is_full(&self) -> bool {
        self.out.blocks.len() >= MAX_OUTLINE_BLOCKS
    }

    fn enter(&mut self, node: &NodeRef<'a>) -> bool {
        if node.is_text() {
            self.add_text(node);
            return false;
        }
        let Some(element) = node.element_ref() else { return node.is_document() || node.is_fragment() };
        let name: &str = &element.name.local;
        if element.attrs.iter().any(|a| &*a.name.local == "id" && ARCHIVE_BARS.contains(&&*a.value)) {
            return false;
        }
        let kind = display(name);
        match kind {
            Display::Hidden => {
                return false;
            }
            Display::Break => {
                self.breaks = self.breaks.saturating_add(1);
                if self.breaks == 2 {
                    self.flush();
                } else if !self.text.text.is_empty() {
                    self.text.text.push('\n');
                }
                return false;
            }
            Display::Block | Display::Inline => {}
        }
        let outer = self.open.last();
        let parent = outer.map_or(0, |o| o.element);
        let mut open = Open {
            element: parent,
            block: false,
            link: outer.is_some_and(|o| o.link),
            strong: outer.is_some_and(|o| o.strong),
            slanted: outer.is_some_and(|o| o.slanted),
            pre: outer.is_some_and(|o| o.pre),
            row: outer.is_some_and(|o| o.row),
        };
        match name {
            "a" => {
                open.link = true;
                self.text.links = self.text.links.saturating_add(1);
            }
            "b" | "strong" => open.strong = true,
            "i" | "em" => open.slanted = true,
            "pre" => open.pre = true,
            _ => {}
        }
        if kind == Display::Block {
            if open.row && matches!(name, "td" | "th") {
                if !self.text.text.is_empty() {
                    self.text.text.push('\t');
                }
                drop(element);
                self.open.push(open);
                return true;
            }
            let tag = Tag::of(name);
            let (mut shape, mut own, mut hidden) = (hash(name.as_bytes(), 0), Parts::default(), false);
            let mut class = String::new();
            for attr in &element.attrs {
                let attr_name: &str = &attr.name.local;
                match attr_name {
                    "class" => {
                        shape = hash(attr.value.as_bytes(), shape);
                        own |= self.named(&attr.value);
                        class = attr.value.to_string();
                    }
                    "id" | "itemprop" | "role" | "data-testid" | "data-component" | "aria-label" => {
                        own |= self.named(&attr.value)
                    }
                    "itemtype" => own |= self.named(attr.value.rsplit('/').next().unwrap_or("")),
                    "hidden" => hidden = true,
                    "aria-hidden" => hidden |= &*attr.value == "true",
                    "style" => hidden |= hides(&attr.value),
                    _ => {}
                }
            }
            open.block = true;
            open.row = name == "tr" && is_row_of_data(node);
            drop(element);
            self.flush();
            open.element = self.add_element(parent, Named { tag, shape, own, hidden, class });
        } else {
            drop(element);
        }
        self.open.push(open);
        true
    }

    fn leave(&mut self, node: &NodeRef<'a>) {
        if !node.is_element() {
            return;
        }
        let Some(open) = self.open.pop() else { return };
        if open.block {
            self.flush();
            let end = u32::try_from(self.out.blocks.len()).unwrap_or(u32::MAX);
            if let Some(element) = self.out.elements.get_mut(open.element as usize) {
                element.blocks.1 = end;
            }
        }
    }
}

impl<'a> Walk<'a> {
    /// What a class, an id or a role tells; the same name stands on many elements of a page.
    fn named(&mut self, name: &str) -> Parts {
        *self.names.entry(hash(name.as_bytes(), 0)).or_insert_with(|| CUES.of_name(name))
    }

    fn add_element(&mut self, parent: u32, named: Named) -> u32 {
        let Named { tag, shape, own, hidden, class } = named;
        let index = u32::try_from(self.out.elements.len()).unwrap_or(u32::MAX);
        let outer =
            self.out.elements.get(parent as usize).map_or_else(Element::default, Element::without_class);
        let mut near = outer.near;
        for (k, distance) in near.iter_mut().enumerate() {
            *distance = if own.has(k) { 0 } else { (*distance + 1).min(FAR) };
        }
        let at = u32::try_from(self.out.blocks.len()).unwrap_or(u32::MAX);
        self.out.elements.push(Element {
            parent,
            tag,
            depth: outer.depth.saturating_add(1),
            inside: outer.inside | 1 << tag as u32,
            hidden: outer.hidden || hidden,
            near,
            class,
            shape,
            path: outer.path.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(17) ^ shape,
            blocks: (at, at),
        });
        index
    }

    fn add_text(&mut self, node: &NodeRef<'a>) {
        let raw = node.text();
        let raw: &str = &raw;
        let Some(at) = raw.find(|c: char| !collapses(c)) else {
            push_collapsed(&mut self.text.text, raw);
            return;
        };
        let Some(open) = self.open.last() else { return };
        if self.text.line == 0 {
            let before = raw.get(..at).map_or(0, |s| s.bytes().filter(|b| *b == b'\n').count());
            self.text.line = self.tree.line(node) + u32::try_from(before).unwrap_or(0);
            self.text.element = open.element;
        }
        self.breaks = 0;
        if open.link || open.strong || open.slanted {
            let letters = u32::try_from(raw.chars().filter(|c| c.is_alphanumeric()).count()).unwrap_or(0);
            self.text.linked += if open.link { letters } else { 0 };
            self.text.strong += if open.strong { letters } else { 0 };
            self.text.slanted += if open.slanted { letters } else { 0 };
        }
        if open.pre {
            self.text.text.push_str(raw);
        } else {
            push_collapsed(&mut self.text.text, raw);
        }
    }

    fn flush(&mut self) {
        let inside_link = self.open.last().is_some_and(|o| o.link);
        let pending = std::mem::take(&mut self.text);
        self.text.links = u16::from(inside_link);
        let text = pending.text.trim();
        if pending.line == 0 || text.is_empty() {
            return;
        }
        let measures = Measures::of(text);
        if measures.letters == 0 {
            return;
        }
        self.out.blocks.push(TextBlock {
            text: text.to_owned(),
            line: pending.line,
            element: pending.element,
            links: pending.links,
            linked: pending.linked,
            strong: pending.strong,
            slanted: pending.slanted,
            measures,
        });
    }
}

/// Whether a style attribute hides its element.
fn hides(style: &str) -> bool {
    let bare: String = style.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    bare.contains("display:none") || bare.contains("visibility:hidden")
}

/// Whether the cells of a row hold no blocks, so that they are read in one line.
fn is_row_of_data(row: &NodeRef<'_>) -> bool {
    let cells = row.element_children();
    cells.len() >= 2
        && !cells.iter().any(|cell| {
            cell.descendants_it().take(60).any(|n| {
                n.element_ref()
                    .is_some_and(|e| display(&e.name.local) != Display::Inline && &*e.name.local != "img")
            })
        })
}

/// Where FNV-1a begins, and by what it multiplies.
pub(super) const START: u64 = 0xCBF2_9CE4_8422_2325;
pub(super) const PRIME: u64 = 0x0100_0000_01B3;

/// A number for some bytes (FNV-1a), going on from `seed`.
pub(super) fn hash(bytes: &[u8], seed: u64) -> u64 {
    bytes.iter().fold(seed ^ START, |h, b| (h ^ u64::from(*b)).wrapping_mul(PRIME))
}
