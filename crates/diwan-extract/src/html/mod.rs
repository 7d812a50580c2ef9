//! HTML: parsed as a browser does, then read as a browser shows it.

mod blocks;
mod elements;
mod evidence;
mod tree;

pub(crate) use elements::{Display, display_of};
pub(crate) use evidence::each_object;
pub(crate) use tree::{Tree, Visit, parse, walk};

use diwan_model::{Capture, Finding, Page, Severity};

/// Reads an HTML page. Blocks come without language, unless markup declares it.
pub(crate) fn read(text: &str, capture: &Capture, findings: &mut Vec<Finding>) -> Page {
    let tree = tree::parse(text);
    limits(&tree, findings);
    let base = evidence::base(&tree, capture);
    let mut page = blocks::read(&tree, base.as_deref());
    evidence::read(&tree, base.as_deref(), &mut page);
    page
}

/// Reads what an HTML page says of itself, and no blocks.
pub(crate) fn claims(tree: &Tree, capture: &Capture) -> Page {
    let base = evidence::base(tree, capture);
    let mut page = Page::default();
    evidence::read(tree, base.as_deref(), &mut page);
    page
}

/// Findings where a limit cut the page.
pub(crate) fn limits(tree: &Tree, findings: &mut Vec<Finding>) {
    if tree.cut {
        findings.push(Finding::new(
            "page-too-long",
            Severity::Medium,
            "The page's markup is larger than what is read; the rest was left out.",
            Vec::new(),
        ));
    }
    if tree.flattened {
        findings.push(Finding::new(
            "markup-too-deep",
            Severity::Low,
            format!("Elements nested deeper than {} were read as if they were not there.", tree::MAX_DEPTH),
            Vec::new(),
        ));
    }
}
