//! The tree of a page, with the source line of every element and text.
//!
//! The tree is `dom_query`'s, built by html5ever through a sink of our own that notes line numbers and keeps two
//! limits: depth (a browser has one too; without it a page of open tags takes quadratic time) and number of nodes
//! (misnested formatting elements multiply).

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};

use dom_query::{Document, NodeId, NodeRef};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, QualName, TokenizerResult};
use serde_json::Value;

use crate::numbers::NumberMap;

/// Elements nested deeper than this are left out; their text stays.
pub(crate) const MAX_DEPTH: u32 = 512;
/// The most nodes of a tree.
const MAX_NODES: usize = 4_000_000;

/// Something kept for each node.
type ByNode = NumberMap<NodeId, u32>;

/// A parsed page.
pub(crate) struct Tree {
    /// The elements.
    pub(crate) document: Document,
    /// The line where each element and text begins, 1-based.
    lines: ByNode,
    /// Whether elements were left out for their depth.
    pub(crate) flattened: bool,
    /// Whether the rest of the page was left out.
    pub(crate) cut: bool,
    /// The elements that say something of the page, and the structured data among them.
    telling: OnceCell<Vec<(NodeId, Option<Value>)>>,
}

impl Tree {
    /// The line where a node begins.
    pub(crate) fn line(&self, node: &NodeRef<'_>) -> u32 {
        self.lines.get(&node.id).copied().unwrap_or(1)
    }

    /// The elements that say something of the page, in its order: those of the head, scripts, times, and whatever has a
    /// property or a value for machines; with a script of structured data its value, where it can be read.
    pub(crate) fn telling(&self) -> impl Iterator<Item = (NodeRef<'_>, Option<&Value>)> {
        let all = self.telling.get_or_init(|| {
            let Some(root) = self.document.tree.get(&self.document.tree.root_id()) else { return Vec::new() };
            root.descendants_it()
                .filter(tells)
                .map(|node| {
                    let data = is_structured_data(&node).then(|| lenient_json(&node.text())).flatten();
                    (node.id, data)
                })
                .collect()
        });
        all.iter().filter_map(|(id, data)| Some((self.document.tree.get(id)?, data.as_ref())))
    }
}

/// Whether an element may say something of the page.
fn tells(node: &NodeRef<'_>) -> bool {
    let Some(element) = node.element_ref() else { return false };
    matches!(&*element.name.local, "html" | "title" | "meta" | "link" | "script" | "time")
        || element
            .attrs
            .iter()
            .any(|a| matches!(&*a.name.local, "itemprop" | "title" | "content" | "datetime"))
}

/// Whether an element is a script of structured data.
fn is_structured_data(node: &NodeRef<'_>) -> bool {
    node.element_ref().is_some_and(|element| {
        &*element.name.local == "script"
            && element.attrs.iter().any(|a| {
                &*a.name.local == "type" && a.value.trim().eq_ignore_ascii_case("application/ld+json")
            })
    })
}

/// JSON, also where its strings hold raw line breaks.
fn lenient_json(text: &str) -> Option<Value> {
    let text = text.trim();
    serde_json::from_str(text).ok().or_else(|| {
        let cleaned: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(cleaned.trim().trim_end_matches(';')).ok()
    })
}

/// Parses a page.
pub(crate) fn parse(text: &str) -> Tree {
    let sink = LineSink::default();
    let options = TreeBuilderOpts { scripting_enabled: true, ..Default::default() };
    let gate = Gate {
        builder: TreeBuilder::new(sink, options),
        flattened: Cell::new(false),
        cut: Cell::new(false),
        line: Cell::new(1),
    };
    let tokenizer = Tokenizer::new(gate, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(text));
    while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
    tokenizer.end();
    let Gate { builder, flattened, cut, .. } = tokenizer.sink;
    let sink = builder.sink;
    Tree {
        document: sink.document,
        lines: sink.lines.into_inner(),
        flattened: flattened.get(),
        cut: cut.get(),
        telling: OnceCell::new(),
    }
}

/// Between tokens and tree: keeps the limits.
struct Gate {
    builder: TreeBuilder<NodeId, LineSink>,
    flattened: Cell<bool>,
    cut: Cell<bool>,
    /// The line where the next token begins.
    line: Cell<u64>,
}

impl TokenSink for Gate {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line_number: u64) -> TokenSinkResult<NodeId> {
        let start = self.line.replace(line_number);
        let sink = &self.builder.sink;
        sink.cursor.set(start);
        sink.end.set(line_number);
        if sink.lines.borrow().len() > MAX_NODES {
            self.cut.set(true);
            if token != Token::EOFToken {
                return TokenSinkResult::Continue;
            }
        }
        if let Token::TagToken(tag) = &token {
            let keeps_text = matches!(
                &*tag.name,
                "script"
                    | "style"
                    | "textarea"
                    | "title"
                    | "iframe"
                    | "noembed"
                    | "noframes"
                    | "noscript"
                    | "xmp"
                    | "plaintext"
                    | "br"
                    | "hr"
                    | "img"
                    | "input"
            );
            if tag.kind == TagKind::StartTag && !keeps_text && sink.depth.get() >= MAX_DEPTH {
                self.flattened.set(true);
                return TokenSinkResult::Continue;
            }
        }
        self.builder.process_token(token, line_number)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Builds `dom_query`'s tree and notes lines and depths.
#[derive(Default)]
struct LineSink {
    document: Document,
    lines: RefCell<ByNode>,
    depths: RefCell<ByNode>,
    /// The line where the text not yet appended begins.
    cursor: Cell<u64>,
    /// The line where the token being read ends.
    end: Cell<u64>,
    /// Depth of the innermost open element.
    depth: Cell<u32>,
}

impl LineSink {
    fn note(&self, node: NodeId, line: u64) {
        self.lines.borrow_mut().entry(node).or_insert(u32::try_from(line).unwrap_or(u32::MAX));
    }

    fn depth_of(&self, node: NodeId) -> u32 {
        self.depths.borrow().get(&node).copied().unwrap_or(0)
    }

    fn set_depth(&self, node: NodeId, depth: u32) {
        self.depths.borrow_mut().insert(node, depth);
        self.depth.set(depth);
    }

    /// Notes a child that comes under `parent`, and the line of a text.
    fn adopt(&self, parent: NodeId, child: &NodeOrText<NodeId>) -> Option<u64> {
        match child {
            NodeOrText::AppendNode(node) => {
                self.set_depth(*node, self.depth_of(parent) + 1);
                None
            }
            NodeOrText::AppendText(text) => {
                let newlines = text.bytes().filter(|b| *b == b'\n').count() as u64;
                // Text that waited (in a table) comes with a later token and cannot begin after that token's end.
                let start = self.cursor.get().min(self.end.get().saturating_sub(newlines)).max(1);
                self.cursor.set(start + newlines);
                self.depth.set(self.depth_of(parent));
                Some(start)
            }
        }
    }

    fn note_last_child(&self, parent: NodeId, line: Option<u64>) {
        if let (Some(line), Some(last)) = (line, self.document.tree.get(&parent).and_then(|n| n.last_child()))
        {
            self.note(last.id, line);
        }
    }
}

impl TreeSink for LineSink {
    type Handle = NodeId;
    type Output = Self;
    type ElemName<'a> = <Document as TreeSink>::ElemName<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.document.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        self.document.elem_name(target)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        let node = self.document.create_element(name, attrs, flags);
        self.note(node, self.cursor.get());
        node
    }

    fn create_comment(&self, _text: StrTendril) -> NodeId {
        self.document.create_comment(StrTendril::new())
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.document.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        let line = self.adopt(*parent, &child);
        self.document.append(parent, child);
        self.note_last_child(*parent, line);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        if self.document.tree.get(element).and_then(|n| n.parent()).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, name: StrTendril, public_id: StrTendril, system_id: StrTendril) {
        self.document.append_doctype_to_document(name, public_id, system_id);
    }

    fn pop(&self, node: &NodeId) {
        self.depth.set(self.depth_of(*node).saturating_sub(1));
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.document.get_template_contents(target)
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.document.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let parent = self.document.tree.get(sibling).and_then(|n| n.parent()).map(|n| n.id);
        let line = parent.and_then(|parent| self.adopt(parent, &child));
        self.document.append_before_sibling(sibling, child);
        if let (Some(line), Some(text)) =
            (line, self.document.tree.get(sibling).and_then(|n| n.prev_sibling()).filter(|n| n.is_text()))
        {
            self.note(text.id, line);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        self.document.add_attrs_if_missing(target, attrs);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.document.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.document.reparent_children(node, new_parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, target: &NodeId) -> bool {
        self.document.is_mathml_annotation_xml_integration_point(target)
    }

    fn allow_declarative_shadow_roots(&self, _parent: &NodeId) -> bool {
        false
    }
}

/// What is told of the nodes of a tree on the way through it.
pub(crate) trait Visit<'a> {
    /// Whether no more nodes are wanted.
    fn is_full(&self) -> bool {
        false
    }

    /// Whether the children of the node are to be read.
    fn enter(&mut self, node: &NodeRef<'a>) -> bool;

    /// The node was entered, and its children are read.
    fn leave(&mut self, node: &NodeRef<'a>);
}

/// Goes through everything below `root` in the order of the page, without recursion.
pub(crate) fn walk<'a>(root: NodeRef<'a>, visit: &mut impl Visit<'a>) {
    let mut node = Some(root);
    while let Some(current) = node {
        if visit.is_full() {
            return;
        }
        let enters = visit.enter(&current);
        if enters && let Some(child) = current.first_child() {
            node = Some(child);
            continue;
        }
        if enters {
            visit.leave(&current);
        }
        // Up until there is a next one.
        let mut at = current;
        node = loop {
            if let Some(next) = at.next_sibling() {
                break Some(next);
            }
            match at.parent() {
                Some(parent) => {
                    visit.leave(&parent);
                    if parent.id == root.id {
                        break None;
                    }
                    at = parent;
                }
                None => break None,
            }
        };
    }
}
