//! What elements do to the text inside them.

use dom_query::NodeRef;

/// How an element's content is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Display {
    /// In the line.
    Inline,
    /// By itself.
    Block,
    /// Not at all.
    Hidden,
    /// Ends the line.
    Break,
}

/// How a browser sets this element, which its attributes may hide.
pub(crate) fn display(name: &str, node: &NodeRef<'_>) -> Display {
    match display_of(name) {
        Display::Break => Display::Break,
        Display::Hidden => Display::Hidden,
        _ if is_hidden(node) => Display::Hidden,
        other => other,
    }
}

/// How a browser sets an element of this name.
pub(crate) fn display_of(name: &str) -> Display {
    match name {
        "br" => Display::Break,
        "head" | "script" | "style" | "template" | "noscript" | "iframe" | "object" | "svg" | "math"
        | "canvas" | "audio" | "video" | "map" | "datalist" | "meta" | "link" | "title" | "base"
        | "noembed" | "noframes" | "textarea" | "dialog" | "input" | "img" | "picture" | "progress"
        | "meter" => Display::Hidden,
        "a" | "abbr" | "acronym" | "b" | "bdi" | "bdo" | "big" | "cite" | "code" | "data" | "del" | "dfn"
        | "em" | "font" | "i" | "ins" | "kbd" | "label" | "mark" | "q" | "rp" | "rt" | "ruby" | "s"
        | "samp" | "small" | "span" | "strike" | "strong" | "sub" | "sup" | "time" | "tt" | "u" | "var"
        | "wbr" | "nobr" => Display::Inline,
        _ => Display::Block,
    }
}

/// Whether its attributes hide an element.
fn is_hidden(node: &NodeRef<'_>) -> bool {
    if node.attr("hidden").is_some_and(|v| !v.eq_ignore_ascii_case("until-found")) {
        return true;
    }
    node.attr("style").is_some_and(|style| {
        let style: String =
            style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    })
}

/// Whether an element is set as a block whatever its attributes, for telling layout tables from tables of data.
pub(crate) fn holds_blocks(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "table"
            | "ul"
            | "ol"
            | "dl"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "article"
            | "section"
            | "blockquote"
            | "pre"
            | "form"
            | "nav"
            | "header"
            | "footer"
            | "main"
            | "aside"
            | "center"
            | "br"
            | "hr"
    )
}
