//! The map of places: a dot for each place that is named, on an outline of the land, drawn on the server.
//!
//! Coordinates and the outline are data (`data/coordinates.toml`, `data/land.svgpath`). The list below the map says the same
//! in words, and holds the places whose coordinates nobody put down.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use askama::Template;
use axum::http::StatusCode;
use diwan_model::{Entity, EntityKind};
use serde::Deserialize;

use super::entities::shown;
use super::html;
use crate::app::{Answer, App, Asked};
use crate::authorities;
use crate::ui::Ui;
use crate::view::Text;

/// The outline of the land: an SVG path, 720 wide and 360 high, two units a degree.
const LAND: &str = include_str!("../../data/land.svgpath");

const COORDINATES: &str = include_str!("../../data/coordinates.toml");

/// Places whose names are written beside their dots.
const NAMED: usize = 14;

/// Degrees kept around the dots.
const MARGIN: f64 = 16.0;

/// The smallest width shown, in degrees.
const NARROWEST: f64 = 60.0;

#[derive(Debug, Deserialize)]
struct File {
    countries: BTreeMap<String, [f64; 2]>,
    cities: BTreeMap<String, [f64; 2]>,
    regions: BTreeMap<String, [f64; 2]>,
}

/// Key of a place without `place:` → degrees north and east.
static PLACES: LazyLock<BTreeMap<String, [f64; 2]>> = LazyLock::new(|| {
    let file: Option<File> = toml::from_str(COORDINATES).ok();
    file.into_iter().flat_map(|f| f.countries.into_iter().chain(f.cities).chain(f.regions)).collect()
});

/// Where an entity lies, by the first of its keys that is known.
fn coordinates(entity: &Entity) -> Option<[f64; 2]> {
    let keys = entity.keys.iter().filter_map(|key| key.strip_prefix("place:"));
    // "northeast SY" lies in SY.
    let mut known = keys.filter_map(|key| PLACES.get(key).or_else(|| PLACES.get(key.rsplit(' ').next()?)));
    known.next().copied()
}

struct Dot {
    href: String,
    name: Text,
    about: String,
    x: String,
    y: String,
    radius: String,
    font: String,
    below: String,
    named: bool,
}

struct Row {
    href: String,
    name: Text,
    statements: String,
    placed: bool,
}

#[derive(Template)]
#[template(path = "map.html")]
struct MapPage<'a> {
    ui: &'a Ui,
    land: &'static str,
    dots: Vec<Dot>,
    rows: Vec<Row>,
    view: String,
    meridians: Vec<u32>,
    parallels: Vec<u32>,
    line: String,
}

/// `/map`
pub(crate) fn map(app: &App, _: &Asked, ui: &Ui) -> Answer {
    let mut all = app.with_store(|store| {
        authorities::refresh(store)?;
        Ok(store.entities(Some(EntityKind::Place))?)
    })?;
    all.retain(|entity| entity.statements > 0);
    all.sort_by(|a, b| b.statements.cmp(&a.statements).then_with(|| a.id.cmp(&b.id)));
    let placed: Vec<(&Entity, [f64; 2])> =
        all.iter().filter_map(|entity| Some((entity, coordinates(entity)?))).collect();
    let window = Window::around(placed.iter().map(|(_, at)| *at));
    let most = placed.first().map_or(1, |(entity, _)| entity.statements).max(1) as f64;
    let unit = window.width / 720.0;
    let mut taken: Vec<(f64, f64)> = Vec::new();
    let dots = placed.iter().map(|(entity, at)| {
        let (x, y) = ((at[1] + 180.0) * 2.0, (90.0 - at[0]) * 2.0);
        let radius = (3.0 + 9.0 * (entity.statements as f64 / most).sqrt()) * unit;
        // A name that would lie over another is left to the list and to the dot's own title.
        let free = !taken.iter().any(|(a, b)| (a - x).abs() < 90.0 * unit && (b - y).abs() < 18.0 * unit);
        let named = free && taken.len() < NAMED;
        if named {
            taken.push((x, y));
        }
        Dot {
            href: ui.href(&format!("/entities/{}", entity.id)),
            name: shown(ui, entity),
            about: ui.count("count-statements", &entity.statements),
            x: format!("{x:.1}"),
            y: format!("{y:.1}"),
            radius: format!("{radius:.2}"),
            font: format!("{:.2}", 13.0 * unit),
            below: format!("{:.2}", radius + 13.0 * unit),
            named,
        }
    });
    let dots = dots.collect();
    let rows = all.iter().map(|entity| Row {
        href: ui.href(&format!("/entities/{}", entity.id)),
        name: shown(ui, entity),
        statements: ui.count("count-statements", &entity.statements),
        placed: coordinates(entity).is_some(),
    });
    html(
        StatusCode::OK,
        &MapPage {
            ui,
            land: LAND,
            dots,
            rows: rows.collect(),
            view: format!("{:.1} {:.1} {:.1} {:.1}", window.left, window.top, window.width, window.height),
            meridians: (0..=24).map(|k| k * 30).collect(),
            parallels: (0..=12).map(|k| k * 30).collect(),
            line: format!("{:.2}", unit),
        },
    )
}

/// The part of the world that is shown, in units of the outline.
struct Window {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Window {
    /// Round all dots, with a margin, twice as wide as high or flatter, inside the world.
    fn around(dots: impl Iterator<Item = [f64; 2]>) -> Self {
        let mut bounds: Option<(f64, f64, f64, f64)> = None;
        for [north, east] in dots {
            let (w, e, s, n) = bounds.unwrap_or((east, east, north, north));
            bounds = Some((w.min(east), e.max(east), s.min(north), n.max(north)));
        }
        let Some((w, e, s, n)) = bounds else {
            return Self { left: 0.0, top: 0.0, width: 720.0, height: 360.0 };
        };
        let width = (e - w + 2.0 * MARGIN).max((n - s + 2.0 * MARGIN) * 2.0).clamp(NARROWEST, 360.0) * 2.0;
        let height = width / 2.0;
        let middle = ((w + e) / 2.0 + 180.0) * 2.0;
        let centre = (90.0 - f64::midpoint(s, n)) * 2.0;
        Self {
            left: (middle - width / 2.0).clamp(0.0, 720.0 - width),
            top: (centre - height / 2.0).clamp(0.0, 360.0 - height),
            width,
            height,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_coordinate_lies_on_the_globe() {
        assert!(PLACES.len() > 350, "{}", PLACES.len());
        for (key, [north, east]) in PLACES.iter() {
            assert!((-90.0..=90.0).contains(north) && (-180.0..=180.0).contains(east), "{key}");
        }
    }

    #[test]
    fn a_window_stays_in_the_world() {
        for dots in [vec![], vec![[80.0, 179.0]], vec![[-60.0, -170.0], [70.0, 170.0]], vec![[0.0, 0.0]]] {
            let w = Window::around(dots.into_iter());
            assert!(
                w.left >= 0.0 && w.top >= 0.0 && w.left + w.width <= 720.01 && w.top + w.height <= 360.01
            );
        }
    }
}
