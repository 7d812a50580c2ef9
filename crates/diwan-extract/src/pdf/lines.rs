//! Units that stand on one base line become lines, and lines that stand in columns are read column by column.

use super::glyphs::{Sheet, Unit};
use super::order;

/// How far from a line's base, in sizes of its font, a unit stands on it.
const SAME_BASE: f64 = 0.3;
/// How far a mark or a small raised figure may stand from it.
const NEAR_BASE: f64 = 1.1;
const RAISED: f64 = 0.6;
/// A space between letters, in sizes of the font: where the page draws spaces, and where it does not.
const SPACE_DRAWN: f64 = 0.5;
const SPACE_BARE: f64 = 0.17;
/// A space that may part columns or cells.
const GUTTER: f64 = 1.2;
/// From this share on, the letters of the other direction may as well be the line's own: an address fills much of a line.
const MUCH: f64 = 0.2;
/// Rows that a column has at least, and letters that its rows have on average: cells of a table have fewer.
const COLUMN_ROWS: usize = 3;
const COLUMN_LETTERS: usize = 14;
/// Gaps of a page that are weighed when columns are looked for.
const MAX_GAPS: usize = 3_000;

/// A line, or the part of it that stands in one column or cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) base: f64,
    pub(crate) size: f64,
    /// Width of its first word, in the order of reading: what had no room on the line before.
    pub(crate) first_word: f64,
    /// Whether it runs from right to left.
    pub(crate) turned: bool,
    /// Which column of which group of rows it is in: lines of one number may belong to one paragraph.
    pub(crate) column: usize,
}

/// A row before it is read: its units from left to right.
#[derive(Debug, Clone)]
struct Row {
    base: f64,
    size: f64,
    units: Vec<Unit>,
}

/// The lines of a page, in the order of reading.
///
/// In a run from right to left a bracket is drawn turned round. Some programs say of such a sign which bracket is meant, some
/// which is seen; the page is read as makes more of its brackets open before they close.
pub(crate) fn lines(sheet: &Sheet) -> Vec<Line> {
    let seen = lines_with(sheet, true);
    let misplaced =
        |lines: &[Line]| lines.iter().map(|line| order::misplaced_brackets(&line.text)).sum::<usize>();
    let faults = misplaced(&seen);
    if faults == 0 {
        return seen;
    }
    let meant = lines_with(sheet, false);
    if misplaced(&meant) < faults { meant } else { seen }
}

/// The lines where signs for brackets say what is seen (`turn`), or what is meant.
fn lines_with(sheet: &Sheet, turn: bool) -> Vec<Line> {
    let letters = sheet.units.iter().flat_map(|u| u.text.chars());
    let page_turned = order::direction(letters).unwrap_or(false);
    let span = sheet.units.iter().filter(|u| !u.text.trim().is_empty()).fold(NOWHERE, wider);
    let rows: Vec<Vec<Row>> = rows(&sheet.units).into_iter().map(segments).collect();
    let mut out = Vec::new();
    let mut column = 0;
    in_columns(
        &rows,
        page_turned,
        0,
        &mut |row: &[Row]| row_line(row, page_turned, span, turn),
        &mut column,
        &mut out,
    );
    out.retain(|line| !line.text.trim().is_empty());
    out
}

/// Units by base line, from the top.
fn rows(units: &[Unit]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let is_mark = |u: &Unit| {
        u.right - u.left < 1e-3
            && !u.text.is_empty()
            && u.text.chars().all(|c| is_combining(c) || c == '\u{200C}')
    };
    for unit in units.iter().filter(|u| !is_mark(u) && !u.text.is_empty()) {
        // The last rows are the likeliest; a page has few hundred of them.
        let near = |row: &&mut Row| {
            (row.base - unit.base).abs()
                < SAME_BASE * row.size.max(unit.size).min(1.5 * row.size.min(unit.size))
        };
        match rows.iter_mut().rev().find(near) {
            Some(row) => {
                row.size = row.size.max(unit.size);
                row.units.push(unit.clone());
            }
            None => rows.push(Row { base: unit.base, size: unit.size, units: vec![unit.clone()] }),
        }
    }
    for mark in units.iter().filter(|u| is_mark(u)) {
        put_mark(&mut rows, mark);
    }
    for row in &mut rows {
        row.units.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    }
    rows.sort_by(|a, b| a.base.total_cmp(&b.base));
    lower_the_raised(rows)
}

fn is_combining(c: char) -> bool {
    unicode_bidi::bidi_class(c) == unicode_bidi::BidiClass::NSM
}

fn middle(unit: &Unit) -> f64 {
    f64::midpoint(unit.left, unit.right)
}

/// A mark goes to the letter over or under which it stands.
fn put_mark(rows: &mut [Row], mark: &Unit) {
    let mut best: Option<(f64, usize, usize)> = None;
    for (r, row) in rows.iter().enumerate() {
        let off = (row.base - mark.base).abs();
        if off > NEAR_BASE * row.size {
            continue;
        }
        for (k, unit) in row.units.iter().enumerate() {
            let beside = (unit.left - mark.left).max(mark.left - unit.right).max(0.0);
            let distance = beside * 4.0 + off;
            if beside < row.size && best.is_none_or(|(d, ..)| distance < d) {
                best = Some((distance, r, k));
            }
        }
    }
    let unit = best.and_then(|(_, r, k)| rows.get_mut(r)?.units.get_mut(k));
    if let Some(unit) = unit.filter(|u| !u.told) {
        unit.text.push_str(&mark.text);
    }
}

/// Small raised figures (of notes) go back to their line.
fn lower_the_raised(rows: Vec<Row>) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    for row in rows {
        let fits = |upper: &Row, lower: &Row| {
            let (small, large) = if upper.size < lower.size { (upper, lower) } else { (lower, upper) };
            let few = small.units.len() <= 4 && small.size < 0.85 * large.size;
            let touches = |u: &Unit| {
                large
                    .units
                    .iter()
                    .any(|w| u.left < w.right + large.size * 0.4 && u.right > w.left - large.size * 0.4)
            };
            few && (upper.base - lower.base).abs() < RAISED * large.size && small.units.iter().all(touches)
        };
        match out.last_mut().filter(|last| fits(last, &row)) {
            Some(last) => {
                if row.size > last.size {
                    (last.base, last.size) = (row.base, row.size);
                }
                last.units.extend(row.units);
                last.units.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
            }
            None => out.push(row),
        }
    }
    out
}

/// The parts of a row between wide spaces.
fn segments(row: Row) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    let mut edge = f64::NEG_INFINITY;
    for unit in row.units {
        let starts = unit.left - edge > GUTTER * row.size;
        edge = edge.max(unit.right);
        match out.last_mut().filter(|_| !starts) {
            Some(last) => last.units.push(unit),
            None => out.push(Row { base: row.base, size: row.size, units: vec![unit] }),
        }
    }
    out.retain(|part| part.units.iter().any(|u| !u.text.trim().is_empty()));
    out
}

/// No stretch at all.
const NOWHERE: (f64, f64) = (f64::INFINITY, f64::NEG_INFINITY);

fn wider(all: (f64, f64), unit: &Unit) -> (f64, f64) {
    (all.0.min(unit.left), all.1.max(unit.right))
}

/// From the first to the last letter: spaces that hang over the end of a line take no room.
fn edges(row: &Row) -> (f64, f64) {
    row.units.iter().filter(|u| !u.text.trim().is_empty()).fold(NOWHERE, wider)
}

/// Whether a line runs from right to left. Letters of both directions leave it open: a line that ends before the edge
/// of the page on one side begins on the other.
fn is_turned(row: &[Row], page_turned: bool, page: (f64, f64)) -> bool {
    let letters = || row.iter().flat_map(|part| part.units.iter()).flat_map(|u| u.text.chars());
    let Some(most) = order::direction(letters()) else { return page_turned };
    // Letters from right to left say so themselves; an address alone on its line does not.
    let fewer = order::share_of_fewer(letters());
    if fewer == 0.0 && (most || !page_turned) {
        return most;
    }
    let (left, right) = row.iter().map(edges).fold(NOWHERE, |all, one| (all.0.min(one.0), all.1.max(one.1)));
    let near = row.first().map_or(0.0, |part| part.size);
    match (left - page.0 < near, page.1 - right < near) {
        (false, true) => true,
        (true, false) => false,
        _ if fewer > MUCH => page_turned,
        // A full line of an address after a few words: on a page from right to left it begins with the words.
        _ if page_turned && begins_turned(row) => true,
        _ => most,
    }
}

/// Whether the first letter from the right runs from right to left.
fn begins_turned(row: &[Row]) -> bool {
    let units = row.iter().rev().flat_map(|part| part.units.iter().rev());
    units.filter_map(|unit| order::direction(unit.text.chars())).next() == Some(true)
}

/// Reads rows in columns where there are any; `read` makes a line of the parts of a row.
fn in_columns(
    rows: &[Vec<Row>],
    turned: bool,
    depth: usize,
    read: &mut dyn FnMut(&[Row]) -> Option<Line>,
    column: &mut usize,
    out: &mut Vec<Line>,
) {
    let gutter = if depth < 4 { gutter(rows) } else { None };
    let mut at = 0;
    while at < rows.len() {
        let run = gutter.map_or(0, |x| columned(rows.get(at..).unwrap_or(&[]), x));
        if let (Some(x), true) = (gutter, run > 0) {
            let region = rows.get(at..at + run).unwrap_or(&[]);
            let side = |left: bool| -> Vec<Vec<Row>> {
                let keep = |row: &Vec<Row>| -> Vec<Row> {
                    row.iter().filter(|part| (edges(part).1 <= x) == left).cloned().collect()
                };
                region.iter().map(keep).filter(|row: &Vec<Row>| !row.is_empty()).collect()
            };
            for left in if turned { [false, true] } else { [true, false] } {
                *column += 1;
                in_columns(&side(left), turned, depth + 1, read, column, out);
            }
            *column += 1;
            at += run;
        } else {
            if let Some(mut line) = rows.get(at).and_then(|row| read(row)) {
                line.column = *column;
                out.push(line);
            }
            at += 1;
        }
    }
}

/// Where the space lies that most rows leave open, if enough of them do.
fn gutter(rows: &[Vec<Row>]) -> Option<f64> {
    let mut gaps: Vec<(f64, f64)> = Vec::new();
    for row in rows {
        for pair in row.windows(2) {
            if let [a, b] = pair {
                gaps.push((edges(a).1, edges(b).0));
            }
        }
    }
    // Every gap is held against every other; a page of so many holds no columns of prose.
    gaps.truncate(MAX_GAPS);
    let middles = gaps.iter().map(|(from, to)| f64::midpoint(*from, *to));
    let count = |x: f64| gaps.iter().filter(|(from, to)| *from <= x && x <= *to).count();
    let best = middles.map(|x| (count(x), x)).max_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)))?;
    (best.0 >= COLUMN_ROWS).then_some(best.1)
}

/// How many of the first rows stand in two columns of prose on both sides of `x`.
fn columned(rows: &[Vec<Row>], x: f64) -> usize {
    let crosses = |row: &Vec<Row>| row.iter().any(|part| edges(part).0 < x && edges(part).1 > x);
    let run = rows.iter().take_while(|row| !crosses(row)).count();
    let region = rows.get(..run).unwrap_or(&[]);
    let prose = |left: bool| {
        let parts: Vec<&Row> = region.iter().flatten().filter(|part| (edges(part).1 <= x) == left).collect();
        let letters: usize =
            parts.iter().map(|p| p.units.iter().map(|u| u.text.chars().count()).sum::<usize>()).sum();
        parts.len() >= COLUMN_ROWS && letters >= COLUMN_LETTERS * parts.len()
    };
    if prose(true) && prose(false) { run } else { 0 }
}

/// The parts of a row as one line; cells are parted by a tabulator.
fn row_line(row: &[Row], page_turned: bool, page: (f64, f64), turn: bool) -> Option<Line> {
    let first = row.first()?;
    let turned = is_turned(row, page_turned, page);
    let parts: Vec<Vec<Unit>> = row.iter().map(spaced).collect();
    let mut texts: Vec<String> = parts.iter().map(|units| order::read(units, turned, turn)).collect();
    if turned {
        texts.reverse();
    }
    let (left, right) = row.iter().map(edges).fold(NOWHERE, |all, one| (all.0.min(one.0), all.1.max(one.1)));
    let text = texts.iter().map(|t| squeezed(t)).collect::<Vec<_>>().join("\t");
    let first_word = if turned {
        word_width(parts.last().into_iter().flatten().rev())
    } else {
        word_width(parts.first().into_iter().flatten())
    };
    let (base, size) = (first.base, first.size);
    Some(Line { text, left, right, base, size, first_word, turned, column: 0 })
}

/// The room that the first word takes.
fn word_width<'a>(units: impl Iterator<Item = &'a Unit>) -> f64 {
    let word = units.skip_while(|u| u.text.trim().is_empty()).take_while(|u| !u.text.trim().is_empty());
    let (left, right) = word.fold(NOWHERE, wider);
    (right - left).max(0.0)
}

fn squeezed(text: &str) -> String {
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The units with spaces where the page leaves room and draws none.
fn spaced(part: &Row) -> Vec<Unit> {
    let is_space = |unit: &Unit| unit.text.trim().is_empty();
    let drawn = part.units.iter().any(is_space);
    let least = if drawn { SPACE_DRAWN } else { SPACE_BARE } * part.size;
    let mut out: Vec<Unit> = Vec::new();
    let mut edge = f64::INFINITY;
    for unit in &part.units {
        if unit.left - edge > least && !is_space(unit) && !out.last().is_some_and(is_space) {
            out.push(Unit { text: " ".to_owned(), told: true, left: edge, right: unit.left, ..unit.clone() });
        }
        edge = if edge.is_finite() { edge.max(unit.right) } else { unit.right };
        out.push(unit.clone());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of one-unit letters at a place; a space is not drawn.
    fn put(sheet: &mut Sheet, text: &str, left: f64, base: f64) {
        for (k, c) in text.chars().enumerate().filter(|(_, c)| *c != ' ') {
            let left = left + k as f64 * 5.0;
            sheet.units.push(Unit {
                text: c.to_string(),
                told: false,
                left,
                right: left + 5.0,
                base,
                size: 10.0,
            });
        }
    }

    fn texts(sheet: &Sheet) -> Vec<String> {
        lines(sheet).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let mut sheet = Sheet::default();
        put(&mut sheet, "A title over both of the two columns of it", 0.0, 10.0);
        for (k, (left, right)) in [
            ("the council met today", "it will meet again in"),
            ("in the capital and it", "spring and then speak"),
            ("spoke of water, bread", "of roads, schools and"),
        ]
        .iter()
        .enumerate()
        {
            let base = 30.0 + 12.0 * k as f64;
            put(&mut sheet, left, 0.0, base);
            put(&mut sheet, right, 130.0, base);
        }
        assert_eq!(
            texts(&sheet),
            [
                "A title over both of the two columns of it",
                "the council met today",
                "in the capital and it",
                "spoke of water, bread",
                "it will meet again in",
                "spring and then speak",
                "of roads, schools and",
            ]
        );
    }

    #[test]
    fn cells_of_a_table_stay_in_their_rows() {
        let mut sheet = Sheet::default();
        for (k, (left, right)) in
            [("wheat", "120"), ("rice", "80"), ("maize", "15"), ("oats", "3")].iter().enumerate()
        {
            put(&mut sheet, left, 0.0, 10.0 + 12.0 * k as f64);
            put(&mut sheet, right, 90.0, 10.0 + 12.0 * k as f64);
        }
        assert_eq!(texts(&sheet), ["wheat\t120", "rice\t80", "maize\t15", "oats\t3"]);
    }

    #[test]
    fn a_raised_figure_belongs_to_its_line() {
        let mut sheet = Sheet::default();
        put(&mut sheet, "as agreed", 0.0, 20.0);
        sheet.units.push(Unit {
            text: "2".into(),
            told: false,
            left: 45.0,
            right: 48.0,
            base: 16.0,
            size: 6.0,
        });
        assert_eq!(texts(&sheet), ["as agreed2"]);
    }

    #[test]
    fn a_mark_goes_to_its_letter() {
        let mut sheet = Sheet::default();
        put(&mut sheet, "دم", 0.0, 20.0);
        let mark =
            Unit { text: "\u{651}".into(), told: false, left: 2.0, right: 2.0, base: 14.0, size: 10.0 };
        sheet.units.push(mark);
        assert_eq!(texts(&sheet), ["مد\u{651}"]);
    }
}
