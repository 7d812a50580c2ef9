//! The second reading: what the chances of the first show round each block.

use super::super::outline::Tag;
use super::{Rows, Study};
use crate::numbers::NumberMap;

/// The names of the features that the second reading adds.
pub(in super::super) const SECOND: [&str; 22] = [
    "chance",
    "p1_chance",
    "n1_chance",
    "p2_chance",
    "n2_chance",
    "p3_chance",
    "n3_chance",
    "up1_chance",
    "up2_chance",
    "up4_chance",
    "group_chance",
    "best_chance",
    "mass_before",
    "mass_after",
    "mass",
    "mean_chance",
    "gap_sure_before",
    "gap_sure_after",
    "most_before",
    "most_after",
    "wide_chance",
    "card_chance",
];

/// The rows of the second reading: the first rows, and what the chances of the first reading show round each block.
/// Only blocks that `wanted` names get a row with anything in it.
pub(in super::super) fn second(
    study: &Study<'_>,
    first: &Rows,
    chances: &[f32],
    mut each: impl FnMut(usize, &[f32]),
    wanted: impl Fn(f32) -> bool,
) {
    let outline = study.outline;
    let n = outline.blocks.len();
    let weight: Vec<f32> = outline.blocks.iter().map(|b| (b.measures.letters as f32).min(2000.0)).collect();
    let mut mass = vec![(0.0_f32, 0.0_f32)];
    let mut groups: NumberMap<u64, (f32, f32)> = NumberMap::default();
    for (k, block) in outline.blocks.iter().enumerate() {
        let (w, c) = (weight.get(k).copied().unwrap_or(0.0), chances.get(k).copied().unwrap_or(0.0));
        let last = mass.last().copied().unwrap_or_default();
        mass.push((last.0 + w, last.1 + w * c));
        if let Some(element) = outline.element_of(block) {
            let group = groups.entry(element.path).or_default();
            *group = (group.0 + w, group.1 + w * c);
        }
    }
    let mean = |from: usize, to: usize| match (mass.get(from), mass.get(to)) {
        (Some(a), Some(b)) if b.0 > a.0 => (b.1 - a.1) / (b.0 - a.0),
        _ => 0.0,
    };
    let total = mass.last().copied().unwrap_or_default();
    let mean_of = |element: u32| {
        outline.elements.get(element as usize).map_or(0.0, |e| mean(e.blocks.0 as usize, e.blocks.1 as usize))
    };
    let sure =
        |k: usize| chances.get(k).is_some_and(|c| *c > 0.6) && weight.get(k).is_some_and(|w| *w > 60.0);
    let (mut gap_before, mut gap_after) = (vec![60.0_f32; n], vec![60.0_f32; n]);
    let mut distance = 60.0_f32;
    for k in 0..n {
        if let Some(gap) = gap_before.get_mut(k) {
            *gap = distance;
        }
        distance = if sure(k) { 0.0 } else { (distance + 1.0).min(60.0) };
    }
    distance = 60.0;
    for k in (0..n).rev() {
        if let Some(gap) = gap_after.get_mut(k) {
            *gap = distance;
        }
        distance = if sure(k) { 0.0 } else { (distance + 1.0).min(60.0) };
    }
    let at = |k: Option<usize>| k.and_then(|k| chances.get(k)).copied().unwrap_or(-0.1);
    let most = |from: usize, to: usize| {
        chances.get(from..to.min(n)).unwrap_or(&[]).iter().copied().fold(0.0, f32::max)
    };
    let best = mean_of(study.best);
    let mut values = Vec::with_capacity(first.width + SECOND.len());
    for (k, block) in outline.blocks.iter().enumerate() {
        if !wanted(at(Some(k))) {
            continue;
        }
        values.clear();
        values.extend_from_slice(first.row(k));
        let ups: Vec<f32> =
            outline.chain(block.element).skip(1).take(4).map(|(index, _)| mean_of(index)).collect();
        let up = |level: usize| ups.get(level).or(ups.last()).copied().unwrap_or(0.0);
        let group = outline.element_of(block).and_then(|e| groups.get(&e.path)).copied().unwrap_or_default();
        let before = mass.get(k).copied().unwrap_or_default().1;
        let here = mass.get(k + 1).copied().unwrap_or_default().1;
        let card = outline
            .chain(block.element)
            .take(8)
            .find(|(_, e)| {
                !e.tag.is_heading()
                    && !matches!(e.tag, Tag::Paragraph | Tag::Cell | Tag::Quote)
                    && study.alike.get(&(e.parent, e.shape)).is_some_and(|c| *c >= 3)
            })
            .map_or(-0.1, |(index, _)| mean_of(index));
        values.extend([
            at(Some(k)),
            at(k.checked_sub(1)),
            at(Some(k + 1)),
            at(k.checked_sub(2)),
            at(Some(k + 2)),
            at(k.checked_sub(3)),
            at(Some(k + 3)),
            up(0),
            up(1),
            up(3),
            if group.0 > 0.0 { group.1 / group.0 } else { 0.0 },
            best,
            before / total.1.max(1.0),
            (total.1 - here) / total.1.max(1.0),
            (total.1 + 1.0).ln(),
            total.1 / total.0.max(1.0),
            gap_before.get(k).copied().unwrap_or(60.0),
            gap_after.get(k).copied().unwrap_or(60.0),
            most(k.saturating_sub(10), k),
            most(k + 1, k + 11),
            mean(k.saturating_sub(4), (k + 5).min(n)),
            card,
        ]);
        each(k, &values);
    }
}
