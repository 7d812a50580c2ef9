//! Small pictures of time, drawn on the server: an axis with marks in rows, a line, bars. Each has a text alternative.

use crate::ui::Ui;

/// Width of a picture in its own units; it scales with the page.
const WIDTH: f64 = 720.0;
const LEFT: f64 = 24.0;

/// One mark on the axis of time.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    /// `YYYY-MM-DD`.
    pub(crate) day: String,
    /// The height, where it has one.
    pub(crate) value: Option<f64>,
    /// Whether it happened; else it was promised.
    pub(crate) filled: bool,
}

/// A row of marks.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) label: String,
    pub(crate) marks: Vec<Mark>,
}

/// A circle or a bar.
pub(crate) struct Shape {
    pub(crate) x: String,
    pub(crate) y: String,
    pub(crate) height: String,
    pub(crate) filled: bool,
    pub(crate) text: String,
}

/// A word on the picture.
pub(crate) struct Label {
    pub(crate) x: String,
    pub(crate) y: String,
    pub(crate) text: String,
}

/// A picture ready for its template.
pub(crate) struct Picture {
    pub(crate) title: String,
    pub(crate) alt: String,
    pub(crate) height: u32,
    pub(crate) circles: Vec<Shape>,
    pub(crate) bars: Vec<Shape>,
    pub(crate) labels: Vec<Label>,
    pub(crate) ticks: Vec<Label>,
    /// Points of a line, as SVG writes them; empty for none.
    pub(crate) line: String,
}

fn at(value: f64) -> String {
    format!("{value:.1}")
}

/// A day as a number of years.
fn years(day: &str) -> Option<f64> {
    let part = |from: usize, to: usize| day.get(from..to).and_then(|t| t.parse::<f64>().ok());
    Some(part(0, 4)? + (part(5, 7).unwrap_or(1.0) - 1.0) / 12.0 + (part(8, 10).unwrap_or(1.0) - 1.0) / 372.0)
}

/// The axis of time: from the first year to the end of the last; in right-to-left pages it runs from the right.
struct Axis {
    from: f64,
    to: f64,
    rtl: bool,
}

impl Axis {
    fn new<'a>(ui: &Ui, days: impl Iterator<Item = &'a str>) -> Option<Self> {
        let all: Vec<f64> = days.filter_map(years).collect();
        let from = all.iter().copied().fold(f64::INFINITY, f64::min).floor();
        let to = all.iter().copied().fold(f64::NEG_INFINITY, f64::max).floor() + 1.0;
        let rtl = ui.locale.dir().as_str() == "rtl";
        (!all.is_empty()).then_some(Self { from, to, rtl })
    }

    fn x(&self, years: f64) -> f64 {
        let part = (years - self.from) / (self.to - self.from).max(1.0);
        let part = if self.rtl { 1.0 - part } else { part };
        LEFT + part * (WIDTH - 2.0 * LEFT)
    }

    fn ticks(&self, ui: &Ui, y: f64) -> Vec<Label> {
        let step = ((self.to - self.from) / 8.0).ceil().max(1.0);
        let mut out = Vec::new();
        let mut year = self.from;
        while year <= self.to && out.len() < 40 {
            out.push(Label { x: at(self.x(year)), y: at(y), text: ui.locale.digits(&format!("{year:.0}")) });
            year += step;
        }
        out
    }
}

impl Picture {
    /// A row for each story.
    pub(crate) fn rows(ui: &Ui, title: String, alt: String, rows: Vec<Row>) -> Option<Self> {
        let axis = Axis::new(ui, rows.iter().flat_map(|r| r.marks.iter().map(|m| m.day.as_str())))?;
        let mut picture = Self::empty(title, alt, 40 + 40 * rows.len());
        for (k, row) in rows.iter().enumerate() {
            let y = 40.0 * k as f64 + 34.0;
            let text: String = row.label.chars().take(60).collect();
            picture.labels.push(Label {
                x: at(if axis.rtl { WIDTH - LEFT } else { LEFT }),
                y: at(y - 14.0),
                text,
            });
            for mark in &row.marks {
                let Some(x) = years(&mark.day).map(|v| axis.x(v)) else { continue };
                picture.circles.push(Shape {
                    x: at(x),
                    y: at(y),
                    height: String::new(),
                    filled: mark.filled,
                    text: ui.date(&mark.day),
                });
            }
        }
        picture.ticks = axis.ticks(ui, f64::from(picture.height) - 8.0);
        Some(picture)
    }

    /// Values over time, joined by a line.
    pub(crate) fn line(ui: &Ui, title: String, alt: String, mut marks: Vec<Mark>) -> Option<Self> {
        marks.retain(|m| m.value.is_some());
        marks.sort_by(|a, b| a.day.cmp(&b.day));
        let axis = Axis::new(ui, marks.iter().map(|m| m.day.as_str()))?;
        let most = marks.iter().filter_map(|m| m.value).fold(1.0, f64::max);
        let mut picture = Self::empty(title, alt, 180);
        for mark in &marks {
            let (Some(x), Some(value)) = (years(&mark.day).map(|v| axis.x(v)), mark.value) else { continue };
            let y = 140.0 - 110.0 * value / most;
            picture.line.push_str(&format!("{},{} ", at(x), at(y)));
            picture.circles.push(Shape {
                x: at(x),
                y: at(y),
                height: String::new(),
                filled: true,
                text: ui.date(&mark.day),
            });
            picture.labels.push(Label {
                x: at(x),
                y: at(y - 10.0),
                text: ui.locale.digits(&format!("{value:.0}")),
            });
        }
        picture.ticks = axis.ticks(ui, 172.0);
        Some(picture)
    }

    /// A bar for each name.
    pub(crate) fn bars(ui: &Ui, title: String, alt: String, counts: Vec<(String, f64)>) -> Option<Self> {
        let axis = Axis::new(ui, counts.iter().map(|(year, _)| year.as_str()))?;
        let most = counts.iter().map(|(_, n)| *n).fold(1.0, f64::max);
        let mut picture = Self::empty(title, alt, 120);
        for (year, n) in &counts {
            let Some(x) = years(year).map(|v| axis.x(v + 0.5)) else { continue };
            let height = 80.0 * n / most;
            picture.bars.push(Shape {
                x: at(x - 6.0),
                y: at(90.0 - height),
                height: at(height),
                filled: true,
                text: format!("{}: {}", ui.locale.digits(year), ui.locale.digits(&format!("{n:.0}"))),
            });
        }
        picture.ticks = axis.ticks(ui, 112.0);
        Some(picture)
    }

    fn empty(title: String, alt: String, height: usize) -> Self {
        Self {
            title,
            alt,
            height: u32::try_from(height).unwrap_or(u32::MAX),
            circles: Vec::new(),
            bars: Vec::new(),
            labels: Vec::new(),
            ticks: Vec::new(),
            line: String::new(),
        }
    }
}
