//! Plain text: a block a line, hard-wrapped paragraphs joined.

use diwan_model::{Block, BlockMark, Direction, LanguageTag, Link, LinkKind, Page, Role};

use crate::space::is_blank;

/// The narrowest column at which people wrap text by hand; a line narrower than this ends where it ends.
const MIN_WRAP: usize = 48;
/// The widest such column.
const MAX_WRAP: usize = 120;

/// Reads the lines of a text.
pub(crate) fn read(text: &str) -> Page {
    let lines: Vec<&str> = text.split('\n').map(|l| l.strip_suffix('\r').unwrap_or(l)).collect();
    let wrapped_at = file_width(&lines);
    let mut page = Page::default();
    let mut parted = true;
    let mut k = 0;
    while let Some(line) = lines.get(k) {
        if is_blank(line) {
            // A line that holds something which is not seen is a line of its own: nobody left it empty.
            if line.chars().any(|c| !matches!(c, ' ' | '\t' | '\r' | '\u{000C}' | '\u{000B}' | '\0')) {
                page.blocks.push(block(k, (*line).to_owned(), Role::Blank, true));
            }
            parted = true;
            k += 1;
            continue;
        }
        let end = paragraph_end(&lines, k);
        let width = wrap_width(lines.get(k..end).unwrap_or(&[])).or(wrapped_at.filter(|_| end - k == 2));
        let mut at = k;
        while at < end {
            let next = width.map_or(at + 1, |width| wrapped_end(&lines, at, end, width));
            let joined = lines.get(at..next).unwrap_or(&[]).iter().enumerate().fold(
                String::new(),
                |mut all, (n, part)| {
                    if n > 0 {
                        all.truncate(all.trim_end().len());
                        all.push(' ');
                        all.push_str(part.trim_start());
                    } else {
                        all.push_str(part);
                    }
                    all
                },
            );
            page.blocks.push(block(at, joined, Role::Unknown, parted));
            add_links(&mut page.links, page.blocks.len() - 1, lines.get(at..next).unwrap_or(&[]), at);
            parted = false;
            at = next;
        }
        k = end;
    }
    page
}

fn block(index: usize, text: String, role: Role, parted: bool) -> Block {
    Block {
        line: number(index),
        page: None,
        role,
        lang: LanguageTag::UNDETERMINED,
        dir: Direction::LeftToRight,
        text,
        mark: BlockMark::None,
        hints: Vec::new(),
        parted,
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

/// The line after the paragraph that begins at `from`.
fn paragraph_end(lines: &[&str], from: usize) -> usize {
    lines.iter().skip(from).position(|l| is_blank(l)).map_or(lines.len(), |n| from + n)
}

fn width_of(line: &str) -> usize {
    line.trim_end()
        .chars()
        .filter(|c| !matches!(c, '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{0652}' | '\u{200B}'..='\u{200F}'))
        .count()
}

/// The column at which a paragraph was wrapped by hand, if it was: every line but the last is so full that the next
/// line's first word would not have gone in.
fn wrap_width(lines: &[&str]) -> Option<usize> {
    let width = lines.iter().map(|l| width_of(l)).max()?;
    if lines.len() < 3 || !(MIN_WRAP..=MAX_WRAP).contains(&width) {
        return None;
    }
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let full = pairs.clone().filter(|(a, b)| is_full(a, b, width)).count();
    (full * 10 >= (lines.len() - 1) * 7).then_some(width)
}

/// The column at which the paragraphs of a text were wrapped, as those of three lines and more tell; a paragraph of
/// two lines does not tell by itself (a title and a date look the same).
fn file_width(lines: &[&str]) -> Option<usize> {
    let mut best = None;
    let mut k = 0;
    while k < lines.len() {
        let end = paragraph_end(lines, k);
        best = best.max(wrap_width(lines.get(k..end).unwrap_or(&[])));
        k = end.max(k) + 1;
    }
    best
}

/// Whether `line` has no room for the first word of `next`; a few columns of slack, as wrappers differ.
fn is_full(line: &str, next: &str, width: usize) -> bool {
    let word = next.split_whitespace().next().map_or(0, |w| w.chars().count());
    width_of(line) + 1 + word + 3 > width
}

/// The line after the run of wrapped lines that begins at `from`. A line that is not full, or is followed by a bullet,
/// ends its run.
fn wrapped_end(lines: &[&str], from: usize, end: usize, width: usize) -> usize {
    let mut at = from;
    while at + 1 < end {
        let (Some(line), Some(next)) = (lines.get(at), lines.get(at + 1)) else { break };
        let bullet = next.trim_start().starts_with(['•', '-', '*', '–', '·', '◦', '▪']);
        if bullet || !is_full(line, next, width) {
            break;
        }
        at += 1;
    }
    at + 1
}

/// The addresses printed in the lines of a block.
fn add_links(links: &mut Vec<Link>, block: usize, lines: &[&str], from: usize) {
    for (n, line) in lines.iter().enumerate() {
        for address in addresses(line) {
            links.push(Link {
                block: u32::try_from(block).ok(),
                line: number(from + n),
                address: address.to_owned(),
                text: address.to_owned(),
                kind: LinkKind::Plain,
                lang: None,
            });
        }
    }
}

/// The web addresses of a line, without the punctuation round them.
pub(crate) fn addresses(line: &str) -> impl Iterator<Item = &str> {
    ["http://", "https://"].into_iter().flat_map(move |scheme| line.match_indices(scheme)).filter_map(
        |(at, scheme)| {
            let rest = line.get(at..)?;
            let end = rest
                .find(|c: char| {
                    c.is_whitespace()
                        || matches!(
                            c,
                            '<' | '>' | '"' | '«' | '»' | '،' | '؛' | '“' | '”' | '\u{200E}' | '\u{200F}'
                        )
                })
                .unwrap_or(rest.len());
            let mut address = rest.get(..end)?.trim_end_matches(['.', ',', ';', ':', '!', '\'', '*', ']']);
            // A closing bracket belongs to the address only with its opening one.
            while address.ends_with(')') && address.matches('(').count() < address.matches(')').count() {
                address = address.strip_suffix(')')?.trim_end_matches(['.', ',']);
            }
            let has_host = address.strip_prefix(scheme)?.starts_with(char::is_alphanumeric);
            has_host.then_some(address)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_numbered_and_blank_ones_kept_apart() {
        let page = read("a\r\n\r\n\u{00A0}\nb\n  c\n");
        let seen: Vec<(u32, &str, bool)> =
            page.blocks.iter().map(|b| (b.line, b.text.as_str(), b.parted)).collect();
        assert_eq!(seen, [(1, "a", true), (3, "\u{00A0}", true), (4, "b", true), (5, "  c", false)]);
    }

    #[test]
    fn hard_wrapped_paragraphs_are_joined() {
        let text = "The council of the lake met on Tuesday and decided that the\nlevel at which the gates are closed stays where it was set\nin spring.\n\nDone.\n";
        let page = read(text);
        assert_eq!(page.blocks.len(), 2);
        assert!(page.blocks[0].text.contains("that the level"));
        assert_eq!(page.blocks[1].line, 5);
    }

    #[test]
    fn head_lines_are_not_joined() {
        assert_eq!(read("Ministry of the Lake\nOffice of the Speaker\n3 May 2022\n").blocks.len(), 3);
    }

    #[test]
    fn addresses_lose_their_brackets() {
        let found: Vec<&str> =
            addresses("(https://example.org/a_(b)/ ) see https://example.org/c).").collect();
        assert_eq!(found, ["https://example.org/a_(b)/", "https://example.org/c"]);
    }
}
