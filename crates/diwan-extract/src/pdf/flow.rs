//! Lines become paragraphs; what repeats at the head and foot of pages is set aside.

use std::collections::BTreeMap;

use super::lines::Line;

/// The part of a page, from its top and from its bottom, in which running heads and feet stand.
const MARGIN: f64 = 0.13;
/// A paragraph's lines stand at most this many times the usual distance apart.
const PITCH: f64 = 1.3;
/// The room that a word needs beside its own width, in sizes of the font: a space, and what rounding leaves.
const ROOM: f64 = 0.6;
/// Fonts of one paragraph differ by at most this share.
const SIZE: f64 = 0.08;

/// A page as lines.
#[derive(Debug, Clone, Default)]
pub(crate) struct Leaf {
    pub(crate) height: f64,
    pub(crate) lines: Vec<Line>,
}

/// Where a block stands on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Body,
    /// Set larger than the body of the document.
    Heading,
    /// Repeated at the head of pages.
    Head,
    /// Repeated at the foot of pages, or a page's number.
    Foot,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Paragraph {
    pub(crate) text: String,
    /// 1-based page and line of the document where it begins.
    pub(crate) page: u32,
    pub(crate) line: u32,
    pub(crate) place: Place,
}

/// Puts the lines of all pages together.
pub(crate) fn paragraphs(leaves: &[Leaf]) -> Vec<Paragraph> {
    let furniture = furniture(leaves);
    let pitch = usual_pitch(leaves);
    let body = body_size(leaves);
    // Lines of larger letters stand further apart.
    let apart = if body > 0.0 { (pitch / body).max(1.0) } else { 1.0 };
    let mut out: Vec<Paragraph> = Vec::new();
    // Set aside until the paragraph that runs over the end of a page is closed.
    let mut aside: Vec<Paragraph> = Vec::new();
    let mut open: Option<(Paragraph, Line, usize)> = None;
    let mut number = 0_u32;
    let edges: Vec<BTreeMap<usize, (f64, f64)>> = leaves.iter().map(column_edges).collect();
    let edges_of = |page: usize, line: &Line| {
        edges.get(page).and_then(|of| of.get(&line.column)).copied().unwrap_or((line.left, line.right))
    };
    for (n, leaf) in leaves.iter().enumerate() {
        let page = u32::try_from(n + 1).unwrap_or(u32::MAX);
        for (k, line) in leaf.lines.iter().enumerate() {
            number = number.saturating_add(1);
            if let Some(place) = furniture.get(&(n, k)) {
                aside.push(Paragraph { text: line.text.clone(), page, line: number, place: *place });
                continue;
            }
            let joins = open.as_ref().is_some_and(|(paragraph, last, at)| {
                let over = *at != n;
                let near = over || (line.base - last.base).abs() < PITCH * apart * line.size;
                if near && last.column == line.column && is_address_open(&paragraph.text) {
                    return true;
                }
                near && continues(last, line, edges_of(*at, last), over, edges_of(n, line))
            });
            match open.as_mut().filter(|_| joins) {
                Some((paragraph, last, at)) => {
                    join(&mut paragraph.text, line);
                    (*last, *at) = (line.clone(), n);
                }
                None => {
                    out.extend(open.take().map(|(paragraph, ..)| paragraph));
                    out.append(&mut aside);
                    let place = if line.size > body * 1.15 { Place::Heading } else { Place::Body };
                    let paragraph = Paragraph { text: line.text.clone(), page, line: number, place };
                    open = Some((paragraph, line.clone(), n));
                }
            }
        }
    }
    out.extend(open.map(|(paragraph, ..)| paragraph));
    out.append(&mut aside);
    out
}

/// Left and right edge of each column of a page.
fn column_edges(leaf: &Leaf) -> BTreeMap<usize, (f64, f64)> {
    let mut out: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for line in &leaf.lines {
        let edges = out.entry(line.column).or_insert((line.left, line.right));
        *edges = (edges.0.min(line.left), edges.1.max(line.right));
    }
    out
}

/// Whether `line` goes on with the paragraph of `last`. The best witness is the line before: a paragraph breaks its lines
/// where the next word has no room.
fn continues(last: &Line, line: &Line, column: (f64, f64), over: bool, next_column: (f64, f64)) -> bool {
    if (last.size - line.size).abs() > SIZE * last.size
        || last.turned != line.turned
        || begins_item(&line.text)
    {
        return false;
    }
    if last.text.contains('\t') || line.text.contains('\t') {
        return false;
    }
    // Over the end of a page or column, a sentence that is complete is the end of a paragraph.
    let apart = over || line.base <= last.base;
    if apart && (ends_sentence(&last.text) || (column.1 - column.0) * 0.5 > next_column.1 - next_column.0) {
        return false;
    }
    let room = if last.turned { last.left - column.0 } else { column.1 - last.right };
    // A centred line leaves room on both sides.
    let other = if last.turned { column.1 - last.right } else { last.left - column.0 };
    let room = if other > 2.0 * last.size && (room - other).abs() < last.size { room + other } else { room };
    room < line.first_word + ROOM * line.size
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', '؟', ':', '۔', '…', '»', '”'])
}

/// A bullet, or a number with its mark.
fn begins_item(text: &str) -> bool {
    let text = text.trim_start();
    if text.starts_with(['•', '·', '▪', '◦', '–', '—', '●', '■', '○', '*']) {
        return true;
    }
    let digits = text.chars().take_while(|c| c.is_numeric()).count();
    let after = text.chars().nth(digits);
    (1..=3).contains(&digits)
        && matches!(after, Some('.' | ')' | '-'))
        && text.chars().nth(digits + 1) == Some(' ')
}

/// Adds a line; a word parted by a hyphen at the end of the line becomes one again.
fn join(text: &mut String, line: &Line) {
    let next = line.text.trim_start();
    let kept = text.trim_end().len();
    text.truncate(kept);
    let mut back = text.chars().rev();
    let (last, before) = (back.next(), back.next());
    let parted = match last {
        Some('\u{AD}') => true,
        Some('-' | '\u{2010}') if !is_address_open(text) => {
            before.is_some_and(char::is_lowercase) && next.chars().next().is_some_and(char::is_lowercase)
        }
        _ => false,
    };
    if parted {
        text.pop();
    } else if !is_address_open(text) {
        text.push(' ');
    }
    text.push_str(next);
}

/// Whether the text ends within an address: those break after a hyphen or a slash, and hold no spaces.
fn is_address_open(text: &str) -> bool {
    let word = text.rsplit(' ').next().unwrap_or_default();
    word.contains("://") && word.ends_with(['-', '/', '_', '?', '&', '=', '.'])
}

/// The usual distance of lines of one paragraph: the smallest that is common.
fn usual_pitch(leaves: &[Leaf]) -> f64 {
    let mut all: Vec<f64> = Vec::new();
    for leaf in leaves {
        for pair in leaf.lines.windows(2) {
            if let [a, b] = pair
                && a.column == b.column
                && b.base - a.base > 0.8 * a.size
            {
                all.push(b.base - a.base);
            }
        }
    }
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 10).copied().unwrap_or(0.0)
}

/// The size in which most letters are set.
fn body_size(leaves: &[Leaf]) -> f64 {
    let mut letters: BTreeMap<i64, usize> = BTreeMap::new();
    for line in leaves.iter().flat_map(|leaf| &leaf.lines) {
        // Tenths of a point are the key, so that sizes that differ by a rounding error are one.
        #[expect(clippy::cast_possible_truncation, reason = "sizes of fonts are small")]
        let key = (line.size * 10.0).round() as i64;
        *letters.entry(key).or_default() += line.text.chars().count();
    }
    letters.into_iter().max_by_key(|(size, n)| (*n, -size)).map_or(0.0, |(size, _)| size as f64 / 10.0)
}

/// Lines at the head or foot of pages that repeat on others, figures apart, and numbers of pages.
fn furniture(leaves: &[Leaf]) -> BTreeMap<(usize, usize), Place> {
    let mut seen: BTreeMap<(String, bool), Vec<(usize, usize)>> = BTreeMap::new();
    let mut out = BTreeMap::new();
    for (n, leaf) in leaves.iter().enumerate() {
        for (k, line) in leaf.lines.iter().enumerate() {
            let head = line.base < MARGIN * leaf.height;
            if !head && line.base < (1.0 - MARGIN) * leaf.height {
                continue;
            }
            let key: String = line.text.chars().map(|c| if c.is_numeric() { '#' } else { c }).collect();
            if is_page_number(&key) && leaves.len() > 1 {
                out.insert((n, k), if head { Place::Head } else { Place::Foot });
            }
            seen.entry((key, head)).or_default().push((n, k));
        }
    }
    for ((_, head), places) in seen {
        let mut pages: Vec<usize> = places.iter().map(|(n, _)| *n).collect();
        pages.dedup();
        if pages.len() >= 3 || (pages.len() == 2 && leaves.len() <= 3) {
            out.extend(places.into_iter().map(|at| (at, if head { Place::Head } else { Place::Foot })));
        }
    }
    out
}

/// A number alone, perhaps with dashes or "of N" signs round it.
fn is_page_number(key: &str) -> bool {
    key.contains('#')
        && key.chars().all(|c| matches!(c, '#' | ' ' | '-' | '–' | '/' | '|' | '[' | ']' | '(' | ')'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, left: f64, right: f64, base: f64) -> Line {
        Line {
            text: text.to_owned(),
            left,
            right,
            base,
            size: 10.0,
            first_word: 30.0,
            turned: false,
            column: 0,
        }
    }

    #[test]
    fn a_line_with_room_for_the_next_word_ends_its_paragraph() {
        let lines = vec![
            line("The council met in the capital and it de-", 0.0, 200.0, 20.0),
            line("cided.", 0.0, 30.0, 32.0),
            line("It will meet again.", 0.0, 95.0, 44.0),
        ];
        let texts: Vec<String> =
            paragraphs(&[Leaf { height: 800.0, lines }]).into_iter().map(|p| p.text).collect();
        assert_eq!(texts, ["The council met in the capital and it decided.", "It will meet again."]);
    }

    #[test]
    fn running_heads_and_numbers_do_not_part_a_paragraph() {
        let leaf = |n: usize, first: &str| Leaf {
            height: 800.0,
            lines: vec![
                line("Gazette of the Council", 0.0, 100.0, 20.0),
                line(first, 0.0, 200.0, 200.0),
                line(&format!("- {n} -"), 90.0, 110.0, 780.0),
            ],
        };
        let all = paragraphs(&[
            leaf(1, "The council met in the capital and"),
            leaf(2, "spoke of water and roads and bread"),
            leaf(3, "and of nothing else until evening."),
        ]);
        let body: Vec<&str> =
            all.iter().filter(|p| p.place == Place::Body).map(|p| p.text.as_str()).collect();
        assert_eq!(
            body,
            [
                "The council met in the capital and spoke of water and roads and bread and of nothing else until evening."
            ]
        );
        assert_eq!(all.len(), 7);
        // The head of the first page comes first: no paragraph was open yet.
        assert_eq!(all[0].place, Place::Head);
        assert_eq!((all[1].page, all[1].place), (1, Place::Body));
    }
}
