//! Numbers, units and hedges that differ across a bead.

use diwan_text::numbers::{Hedge, NumberKind};

use super::cues::{Cue, cues};
use super::days::year_of;
use super::figures::{Figure, Said, digits_of, is_year, read, same};
use super::{Both, ComparedSide, Difference, DifferenceKind, quote, range};
use crate::align::Bead;

/// Whether two figures may be one measure in two units; `None` where nothing says that they are measures of one kind.
fn in_other_unit(a: &Figure, b: &Figure) -> Option<bool> {
    a.measure.zip(b.measure).and_then(|(x, y)| x.same(a.value, y, b.value))
}

/// So many digits in a row are not there by chance.
const GROUPED: usize = 3;

/// Whether two numbers may be one year or one hour: `53` for `1953`, `2 pm` for `14`.
fn abridged(a: f64, b: f64) -> bool {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    (is_year(large) && small < 100.0 && same(large % 100.0, small))
        || (large < 25.0 && same(small + 12.0, large))
}

/// The same number but for a power of a thousand that one reading may have missed, or a share in per cent.
fn akin(a: f64, b: f64) -> bool {
    same(a, b) || [1e2, 1e3, 1e6, 1e9, 1e12].iter().any(|k| same(a * k, b) || same(a, b * k))
}

/// Compares the numbers of a bead.
pub(super) fn find(
    both: &Both<'_>,
    bead: &Bead,
    said: (&Said, &Said),
    confidence: f32,
    out: &mut Vec<Difference>,
) {
    let (left, right) = (&said.0.figures, &said.1.figures);
    let mut taken = vec![false; right.len()];
    let mut partner: Vec<Option<usize>> = vec![None; left.len()];
    for (figure, slot) in left.iter().zip(&mut partner) {
        // The same unit first, then the same hedge, so that repeated numbers pair up.
        let best = (0..right.len())
            .filter(|k| !taken.get(*k).copied().unwrap_or(true))
            .filter_map(|k| right.get(k).map(|r| (k, r)))
            .filter(|(_, r)| same(figure.value, r.value))
            .min_by_key(|(k, r)| (r.unit != figure.unit, r.hedge != figure.hedge, *k))
            .map(|(k, _)| k);
        if let Some(t) = best.and_then(|k| taken.get_mut(k)) {
            *t = true;
        }
        *slot = best;
    }
    for (figure, other) in left.iter().zip(&partner).filter_map(|(f, p)| Some((f, right.get((*p)?)?))) {
        units_and_hedges(both, figure, other, confidence, out);
    }
    let open = |side: ComparedSide, figure: &Figure, there: &Said| {
        let printed: String = digits_of(figure.span.of(both.sentence(side, figure.sentence))).collect();
        let year = || there.days.iter().any(|d| year_of(&d.value) == Some(figure.value as i32));
        let satisfied = there.loose.iter().any(|v| akin(figure.value, *v) || abridged(figure.value, *v))
            || (figure.year && year())
            || (printed.len() >= GROUPED && there.digits.contains(&printed));
        figure.firm && !satisfied
    };
    let lone_left: Vec<&Figure> = left
        .iter()
        .zip(&partner)
        .filter(|(_, p)| p.is_none())
        .map(|(f, _)| f)
        .filter(|f| open(ComparedSide::Source, f, said.1) || repeated(f, left, right))
        .collect();
    let lone_right: Vec<&Figure> = right
        .iter()
        .zip(&taken)
        .filter(|(_, t)| !**t)
        .map(|(f, _)| f)
        .filter(|f| open(ComparedSide::Target, f, said.0) || repeated(f, right, left))
        .collect();
    let mut used = vec![false; lone_right.len()];
    for figure in lone_left {
        let turned = lone_right
            .iter()
            .zip(&used)
            .position(|(r, used)| !used && in_other_unit(figure, r).unwrap_or(false));
        if let Some(slot) = turned.and_then(|k| used.get_mut(k)) {
            *slot = true;
            continue;
        }
        let best = (0..lone_right.len())
            .filter(|k| !used.get(*k).copied().unwrap_or(true))
            .filter_map(|k| lone_right.get(k).map(|r| (k, *r)))
            .min_by_key(|(k, r)| (r.kind != figure.kind, r.unit != figure.unit, *k));
        match best {
            Some((k, other)) => {
                if let Some(u) = used.get_mut(k) {
                    *u = true;
                }
                let kind = if figure.year && other.year {
                    DifferenceKind::DateDiffers
                } else {
                    DifferenceKind::NumberDiffers
                };
                let message =
                    format!("{} in one version, {} in the other.", print(figure.value), print(other.value));
                let quotes = vec![
                    quote(ComparedSide::Source, figure.sentence, Some(figure.span)),
                    quote(ComparedSide::Target, other.sentence, Some(other.span)),
                ];
                out.push(both.difference(kind, confidence * 0.95, message, quotes));
            }
            None => missing(both, bead, ComparedSide::Source, figure, right, confidence, out),
        }
    }
    for (figure, _) in lone_right.iter().zip(&used).filter(|(_, used)| !**used) {
        missing(both, bead, ComparedSide::Target, figure, left, confidence, out);
    }
}

/// A number that stands more often here than opposite, where something else stands opposite instead.
fn repeated(figure: &Figure, here: &[Figure], there: &[Figure]) -> bool {
    let count = |list: &[Figure]| list.iter().filter(|f| same(f.value, figure.value)).count();
    let firm = |list: &[Figure]| list.iter().filter(|f| f.firm).count();
    figure.firm && count(here) != count(there) && count(there) > 0 && firm(here) == firm(there)
}

fn missing(
    both: &Both<'_>,
    bead: &Bead,
    side: ComparedSide,
    figure: &Figure,
    opposite: &[Figure],
    confidence: f32,
    out: &mut Vec<Difference>,
) {
    // Small ordinals and years are often said otherwise; what stands in a neighbour was moved, not lost.
    let telling = figure.digits && figure.value >= 10.0 && figure.kind != NumberKind::Ordinal;
    let turned = opposite.iter().any(|o| in_other_unit(figure, o).unwrap_or(false));
    if confidence < 0.7 || !telling || turned || moved(both, bead, side.other(), figure.value) {
        return;
    }
    let text = both.sentence(side, figure.sentence);
    if in_brackets(text, figure) {
        return;
    }
    let kind = if figure.year { DifferenceKind::DateMissing } else { DifferenceKind::NumberMissing };
    let message = format!("{} stands in one version only.", print(figure.value));
    let mut quotes = vec![quote(side, figure.sentence, Some(figure.span))];
    quotes.extend(range(bead, side.other()).next().map(|at| quote(side.other(), at, None)));
    out.push(both.difference(kind, confidence * 0.7, message, quotes));
}

/// What stands in brackets after a measure is the same measure in another unit, and so is what stands before brackets.
fn in_brackets(text: &str, figure: &Figure) -> bool {
    let before = text.get(..figure.span.start()).unwrap_or_default();
    before.trim_end().ends_with('(')
        || text.get(figure.span.end()..).unwrap_or_default().trim_start().starts_with('(')
}

/// Whether a number stands in the sentences just before or after the bead.
fn moved(both: &Both<'_>, bead: &Bead, side: ComparedSide, value: f64) -> bool {
    let range = range(bead, side);
    let around = [range.start.checked_sub(1), Some(range.end)];
    around.into_iter().flatten().any(|at| {
        let mut said = Said::default();
        read(both.sentence(side, at), at, both.side(side).lang, None, &mut said);
        said.loose.iter().any(|v| akin(value, *v))
    })
}

fn units_and_hedges(both: &Both<'_>, a: &Figure, b: &Figure, confidence: f32, out: &mut Vec<Difference>) {
    let quotes = || {
        vec![
            quote(ComparedSide::Source, a.sentence, Some(a.span)),
            quote(ComparedSide::Target, b.sentence, Some(b.span)),
        ]
    };
    if let (Some(left), Some(right)) = (&a.unit, &b.unit)
        && left != right
    {
        let message = format!("The same number in {left} in one version, in {right} in the other.");
        out.push(both.difference(DifferenceKind::UnitDiffers, confidence * 0.9, message, quotes()));
    }
    if !a.firm && !b.firm {
        return;
    }
    let translated = both.original().other();
    let (original, translation) = (side_of(translated.other(), a, b).hedge, side_of(translated, a, b).hedge);
    let (kind, message) = match (original, translation) {
        // "Up to" is said in many ways, of a verb as often as of a number.
        (Some(Hedge::AtMost), None) | (None, Some(Hedge::AtMost)) => return,
        (Some(_), None) if hedged(both, translated, side_of(translated, a, b).sentence) => return,
        (None, Some(_)) if hedged(both, translated.other(), side_of(translated.other(), a, b).sentence) => {
            return;
        }
        (Some(hedge), None) => (
            DifferenceKind::HedgeDropped,
            format!("The number is hedged ({}) in one version only.", hedge.as_str()),
        ),
        (None, Some(hedge)) => (
            DifferenceKind::HedgeAdded,
            format!("The number is hedged ({}) in one version only.", hedge.as_str()),
        ),
        (Some(x), Some(y)) if opposed(x, y) => (
            DifferenceKind::HedgeDiffers,
            format!("The number is hedged otherwise: {}, {}.", x.as_str(), y.as_str()),
        ),
        _ => return,
    };
    out.push(both.difference(kind, confidence * 0.8, message, quotes()));
}

/// The figure of a side.
fn side_of<'f>(side: ComparedSide, source: &'f Figure, target: &'f Figure) -> &'f Figure {
    if side == ComparedSide::Source { source } else { target }
}

/// Whether a sentence hedges something: the hedge may stand apart from its number.
fn hedged(both: &Both<'_>, side: ComparedSide, sentence: usize) -> bool {
    let lang = both.side(side).lang;
    cues(lang).is_some_and(|c| {
        c.find(both.sentence(side, sentence), lang).iter().any(|f| matches!(f.cue, Cue::Hedge | Cue::Doubt))
    })
}

/// Whether two hedges set different bounds; "about" and "nearly" do not.
fn opposed(a: Hedge, b: Hedge) -> bool {
    let side = |h| match h {
        Hedge::About => 0,
        Hedge::Nearly | Hedge::LessThan | Hedge::AtMost => -1,
        Hedge::MoreThan | Hedge::AtLeast => 1,
    };
    side(a) * side(b) < 0
}

fn print(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 { format!("{value:.0}") } else { format!("{value}") }
}
