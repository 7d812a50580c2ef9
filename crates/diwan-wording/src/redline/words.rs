//! Which words two runs of words share, in order: a longest common subsequence in which marks weigh less than words and
//! unbroken runs win among equals.

use similar::{Algorithm, capture_diff_slices};

use crate::text::WordToken;

const WORD: u32 = 64;
const MARK: u32 = 8;
/// For a match that goes on from the one before.
const RUN: u32 = 1;

/// The largest table, in cells; longer runs are compared by Myers' method, which finds a shortest script without weights.
const CELLS: usize = 4_000_000;

/// Indices into both runs of what is the same, in order.
pub(super) fn common(a: &[WordToken], b: &[WordToken]) -> Vec<(usize, usize)> {
    let head = a.iter().zip(b).take_while(|(x, y)| x.key == y.key).count();
    let (mid_a, mid_b) = (a.get(head..).unwrap_or(&[]), b.get(head..).unwrap_or(&[]));
    let tail = mid_a.iter().rev().zip(mid_b.iter().rev()).take_while(|(x, y)| x.key == y.key).count();
    let mid_a = mid_a.get(..mid_a.len() - tail).unwrap_or(&[]);
    let mid_b = mid_b.get(..mid_b.len() - tail).unwrap_or(&[]);
    let mut out: Vec<(usize, usize)> = (0..head).map(|k| (k, k)).collect();
    let between = match mid_a.len().saturating_mul(mid_b.len()) {
        0 => Vec::new(),
        cells if cells <= CELLS => table(mid_a, mid_b),
        _ => long(mid_a, mid_b),
    };
    out.extend(between.into_iter().map(|(i, j)| (head + i, head + j)));
    out.extend((0..tail).map(|k| (head + mid_a.len() + k, head + mid_b.len() + k)));
    out
}

/// A cell: the best that ends here with a match, and the best up to here.
#[derive(Clone, Copy, Default)]
struct Cell {
    matched: u32,
    best: u32,
}

fn table(a: &[WordToken], b: &[WordToken]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut cells = vec![Cell::default(); (a.len() + 1) * width];
    let at = |cells: &[Cell], i: usize, j: usize| cells.get(i * width + j).copied().unwrap_or_default();
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            let mut cell = Cell::default();
            if x.key == y.key {
                let before = at(&cells, i, j);
                let on = if before.matched > 0 { before.matched + RUN } else { 0 };
                cell.matched = if x.counts { WORD } else { MARK } + before.best.max(on);
            }
            cell.best = cell.matched.max(at(&cells, i, j + 1).best).max(at(&cells, i + 1, j).best);
            if let Some(slot) = cells.get_mut((i + 1) * width + j + 1) {
                *slot = cell;
            }
        }
    }
    let mut out = Vec::new();
    let (mut i, mut j) = (a.len(), b.len());
    let mut running = false;
    while i > 0 && j > 0 {
        let cell = at(&cells, i, j);
        if cell.matched > 0 && (running || cell.matched == cell.best) {
            out.push((i - 1, j - 1));
            let before = at(&cells, i - 1, j - 1);
            running = before.matched > 0 && before.matched + RUN > before.best;
            (i, j) = (i - 1, j - 1);
        } else if at(&cells, i - 1, j).best == cell.best {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    out.reverse();
    out
}

/// The longest runs, in tokens of both sides together, that are compared at all; a "sentence" beyond that is no sentence.
const LONGEST: usize = 20_000;

fn long(a: &[WordToken], b: &[WordToken]) -> Vec<(usize, usize)> {
    if a.len() + b.len() > LONGEST {
        return Vec::new();
    }
    let keys = |tokens: &[WordToken]| -> Vec<u64> { tokens.iter().map(|t| t.key).collect() };
    let mut out = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &keys(a), &keys(b)) {
        if let similar::DiffOp::Equal { old_index, new_index, len } = op {
            out.extend((0..len).map(|k| (old_index + k, new_index + k)));
        }
    }
    out
}
