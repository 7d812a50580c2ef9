//! Pictures of wording: drawn on the server as SVG, readable without colour, right in both directions.
//!
//! No styles and no scripts inside: colours are attributes that read on light and dark paper, words are text, every mark
//! has a `<title>`. The same bytes stand in a page and are given as a file.

use std::fmt::Write as _;

/// The direction in which time runs in a picture: with the interface.
#[derive(Debug, Clone, Copy)]
struct Canvas {
    width: f64,
    height: f64,
    right_to_left: bool,
}

impl Canvas {
    /// Where `x` counted from the beginning of a line stands.
    fn x(self, x: f64) -> f64 {
        if self.right_to_left { self.width - x } else { x }
    }

    /// The left edge of a box that begins at `x` in reading direction.
    fn left(self, x: f64, width: f64) -> f64 {
        if self.right_to_left { self.width - x - width } else { x }
    }

    fn open(self, title: &str, about: &str) -> String {
        let dir = if self.right_to_left { "rtl" } else { "ltr" };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w:.0} {h:.0}\" width=\"{w:.0}\" height=\"{h:.0}\" role=\"img\" direction=\"{dir}\" \
             font-family=\"system-ui, 'Noto Sans', 'Noto Sans Arabic', Vazirmatn, Tahoma, sans-serif\" font-size=\"11\">\
             <title>{}</title><desc>{}</desc>",
            escape(title),
            escape(about),
            w = self.width,
            h = self.height
        )
    }
}

/// Text inside markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The colour of words on either paper.
const INK: &str = "#7b838a";
/// What was kept.
const KEPT: &str = "#2e8b90";
/// What is not there before.
const NEW: &str = "#b57a1e";
/// Colours of families, told apart also by where they stand.
const FAMILIES: [&str; 8] =
    ["#2e8b90", "#b57a1e", "#7a68b3", "#5b9a4b", "#b8605c", "#4f7fb8", "#94863a", "#a0628f"];

/// A sentence in a column.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    /// Its family, where it has one.
    pub(crate) family: Option<usize>,
    /// How long it is, in words.
    pub(crate) words: usize,
    /// What it says.
    pub(crate) text: String,
    /// Where it is.
    pub(crate) href: String,
}

/// A statement as a column of sentences.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    /// Its date, short.
    pub(crate) label: String,
    pub(crate) href: String,
    pub(crate) cells: Vec<Cell>,
}

/// A series: a column for each statement, a box for each sentence, as high as it is long; bands link what was kept.
pub(crate) fn columns(columns: &[Column], right_to_left: bool, title: &str, about: &str) -> String {
    const BOX: f64 = 26.0;
    const STEP: f64 = 64.0;
    const TOP: f64 = 22.0;
    let longest = columns.iter().map(|c| c.cells.iter().map(|cell| cell.words + 3).sum::<usize>()).max();
    let scale = (520.0 / longest.unwrap_or(1).max(1) as f64).clamp(0.25, 2.0);
    let height = TOP + longest.unwrap_or(1) as f64 * scale + 12.0;
    let canvas = Canvas { width: columns.len().max(1) as f64 * STEP + 8.0, height, right_to_left };
    let mut out = canvas.open(title, about);
    let mut bands = String::new();
    let mut boxes = String::new();
    let mut before: Vec<(usize, f64, f64)> = Vec::new();
    for (k, column) in columns.iter().enumerate() {
        let x = k as f64 * STEP + 8.0;
        let mut y = TOP;
        let mut here: Vec<(usize, f64, f64)> = Vec::new();
        let _ = write!(
            boxes,
            "<a href=\"{}\"><text x=\"{:.1}\" y=\"14\" text-anchor=\"middle\" fill=\"{INK}\">{}</text></a>",
            escape(&column.href),
            canvas.x(x + BOX / 2.0),
            escape(&column.label)
        );
        for cell in &column.cells {
            let h = cell.words.max(1) as f64 * scale;
            let known = cell.family.and_then(|f| before.iter().find(|(other, _, _)| *other == f));
            let colour =
                cell.family.map_or(INK, |f| FAMILIES.get(f % FAMILIES.len()).copied().unwrap_or(KEPT));
            if let Some((_, from, tall)) = known {
                let (a, b) = (canvas.x(x - STEP + BOX), canvas.x(x));
                let mid = (a + b) / 2.0;
                let _ = write!(
                    bands,
                    "<path d=\"M{a:.1} {:.1}C{mid:.1} {:.1} {mid:.1} {y:.1} {b:.1} {y:.1}V{:.1}C{mid:.1} {:.1} {mid:.1} {:.1} {a:.1} {:.1}Z\" fill=\"{colour}\" fill-opacity=\".28\"/>",
                    from,
                    from,
                    y + h,
                    y + h,
                    from + tall,
                    from + tall
                );
            }
            let opacity = if cell.family.is_some() { ".85" } else { ".25" };
            // What enters here has an edge.
            let edge = if known.is_none() && cell.family.is_some() { " stroke=\"#7b838a\"" } else { "" };
            let _ = write!(
                boxes,
                "<a href=\"{}\"><rect x=\"{:.1}\" y=\"{y:.1}\" width=\"{BOX}\" height=\"{h:.1}\" fill=\"{colour}\" fill-opacity=\"{opacity}\"{edge}><title>{}</title></rect></a>",
                escape(&cell.href),
                canvas.left(x, BOX),
                escape(&cell.text)
            );
            here.extend(cell.family.map(|f| (f, y, h)));
            y += h + 3.0 * scale;
        }
        before = here;
    }
    out.push_str(&bands);
    out.push_str(&boxes);
    out.push_str("</svg>");
    out
}

/// A point of a curve: label, value, its words.
#[derive(Debug, Clone)]
pub(crate) struct Point {
    pub(crate) label: String,
    pub(crate) value: f64,
    pub(crate) words: String,
    pub(crate) href: String,
}

/// Bars over time, with their highest value above them. `most`: the value of a full bar.
pub(crate) fn bars(points: &[Point], most: f64, right_to_left: bool, title: &str, about: &str) -> String {
    const STEP: f64 = 26.0;
    const TALL: f64 = 120.0;
    let canvas = Canvas {
        width: (points.len().max(1) as f64 * STEP + 16.0).max(120.0),
        height: TALL + 74.0,
        right_to_left,
    };
    let mut out = canvas.open(title, about);
    for share in [0.5, 1.0] {
        let y = 16.0 + TALL * (1.0 - share);
        let _ = write!(
            out,
            "<line x1=\"0\" x2=\"{:.0}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"{INK}\" stroke-opacity=\".35\" stroke-dasharray=\"2 4\"/>",
            canvas.width
        );
    }
    for (k, point) in points.iter().enumerate() {
        let x = k as f64 * STEP + 8.0;
        let h = (point.value / most.max(f64::EPSILON)).clamp(0.0, 1.0) * TALL;
        let y = 16.0 + TALL - h;
        let middle = canvas.x(x + 9.0);
        let colour = if point.value / most.max(f64::EPSILON) < 0.5 { NEW } else { KEPT };
        let _ = write!(
            out,
            "<a href=\"{}\"><rect x=\"{:.1}\" y=\"{y:.1}\" width=\"18\" height=\"{:.1}\" fill=\"{colour}\" fill-opacity=\".8\"><title>{}</title></rect></a>\
             <text transform=\"translate({:.1} {:.1}) rotate(-60)\" text-anchor=\"end\" direction=\"ltr\" fill=\"{INK}\">{}</text>",
            escape(&point.href),
            canvas.left(x, 18.0),
            h.max(0.5),
            escape(&point.words),
            middle + 4.0,
            TALL + 28.0,
            escape(&point.label)
        );
    }
    out.push_str("</svg>");
    out
}

/// A row of a timeline: a wording, and the places (0 to 1 along time) where it was used.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) label: String,
    pub(crate) uses: Vec<(f64, String, String)>,
}

/// The life of a formula: a row for each wording, a dot for each use, a line from the first to the last.
pub(crate) fn timeline(
    rows: &[Row],
    ends: (&str, &str),
    right_to_left: bool,
    title: &str,
    about: &str,
) -> String {
    const WIDTH: f64 = 640.0;
    const SIDE: f64 = 44.0;
    const STEP: f64 = 22.0;
    let canvas = Canvas { width: WIDTH, height: rows.len() as f64 * STEP + 34.0, right_to_left };
    let mut out = canvas.open(title, about);
    let place = |at: f64| canvas.x(SIDE + at.clamp(0.0, 1.0) * (WIDTH - 2.0 * SIDE));
    for (k, row) in rows.iter().enumerate() {
        let y = k as f64 * STEP + 14.0;
        let colour = FAMILIES.get(k % FAMILIES.len()).copied().unwrap_or(KEPT);
        let _ = write!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"{INK}\">{}</text>",
            canvas.x(16.0),
            y + 4.0,
            escape(&row.label)
        );
        if let (Some(first), Some(last)) = (row.uses.first(), row.uses.last()) {
            let _ = write!(
                out,
                "<line x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{y}\" y2=\"{y}\" stroke=\"{colour}\" stroke-width=\"2\" stroke-opacity=\".5\"/>",
                place(first.0),
                place(last.0)
            );
        }
        for (at, words, href) in &row.uses {
            let _ = write!(
                out,
                "<a href=\"{}\"><circle cx=\"{:.1}\" cy=\"{y}\" r=\"5\" fill=\"{colour}\"><title>{}</title></circle></a>",
                escape(href),
                place(*at),
                escape(words)
            );
        }
    }
    let y = rows.len() as f64 * STEP + 24.0;
    for (at, label) in [(0.0, ends.0), (1.0, ends.1)] {
        let _ = write!(
            out,
            "<text x=\"{:.1}\" y=\"{y:.1}\" text-anchor=\"middle\" direction=\"ltr\" fill=\"{INK}\">{}</text>",
            place(at),
            escape(label)
        );
    }
    out.push_str("</svg>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captured_words_stay_words() {
        let column = Column {
            label: "<script>".to_owned(),
            href: "/s/A\"onload=x".to_owned(),
            cells: vec![Cell {
                family: Some(0),
                words: 3,
                text: "a < b & \"c\"".to_owned(),
                href: "/x".to_owned(),
            }],
        };
        let svg = columns(&[column], true, "T", "D");
        assert!(svg.contains("&lt;script&gt;") && !svg.contains("<script"));
        assert!(svg.contains("a &lt; b &amp; &quot;c&quot;") && !svg.contains("\"onload"));
    }

    #[test]
    fn time_runs_with_the_reader() {
        let point =
            |v| Point { label: "2021".to_owned(), value: v, words: String::new(), href: "/".to_owned() };
        let points = [point(1.0), point(0.2), point(0.5), point(0.5), point(0.5)];
        let first_x = |svg: &str| -> f64 {
            svg.split("<rect x=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().parse().unwrap()
        };
        assert!(first_x(&bars(&points, 1.0, false, "", "")) < first_x(&bars(&points, 1.0, true, "", "")));
    }

    #[test]
    fn empty_pictures_are_pictures() {
        for svg in [
            columns(&[], false, "", ""),
            bars(&[], 1.0, false, "", ""),
            timeline(&[], ("", ""), true, "", ""),
        ] {
            assert!(svg.starts_with("<svg") && svg.ends_with("</svg>"));
        }
    }
}
