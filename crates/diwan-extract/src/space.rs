//! White space as a browser shows it.

/// White space that HTML collapses. The no-break spaces are not among them.
pub(crate) fn collapses(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{000C}')
}

/// Whether a reader sees nothing: any kind of space, joiners and marks of direction.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{00AD}')
            || (c.is_control())
    })
}

/// Adds `text` to `out` with runs of collapsible space made one.
pub(crate) fn push_collapsed(out: &mut String, text: &str) {
    for c in text.chars() {
        if !collapses(c) {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_break_spaces_stay() {
        let mut out = String::new();
        push_collapsed(&mut out, "  a \n\t b\u{00A0}\u{202F} c");
        assert_eq!(out, "a b\u{00A0}\u{202F} c");
        assert!(is_blank("\u{00A0}\u{200F} \t"));
    }
}
