//! Learning a forest: gradient boosting of small trees on the logistic loss, over binned features.
//!
//! Nothing is drawn at random but by a fixed sequence: the same rows give the same forest.

use diwan_extract::main_text::forest::{Forest, Node};

/// The most bins of a feature.
const BINS: usize = 48;

/// How a forest is learnt.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) trees: usize,
    pub(crate) leaves: usize,
    pub(crate) rate: f32,
    /// Least weight of the rows of a leaf.
    pub(crate) least: f32,
    /// Pulls the values of leaves to zero.
    pub(crate) ridge: f32,
    /// The share of features and of rows that each tree sees.
    pub(crate) columns: f32,
    pub(crate) rows: f32,
}

/// Rows with their labels: the weight of right and of wrong words.
pub(crate) struct Table<'a> {
    pub(crate) rows: Vec<&'a [f32]>,
    pub(crate) labels: Vec<(f32, f32)>,
}

struct Draw(u64);

impl Draw {
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f32 / (1_u64 << 24) as f32
    }
}

#[derive(Clone, Copy, Default)]
struct Cell {
    gradient: f32,
    weight: f32,
}

struct Leaf {
    rows: Vec<u32>,
    histogram: Vec<Cell>,
    total: Cell,
    /// Gain, position of the feature among those seen, bin.
    best: (f32, usize, usize),
    node: usize,
}

/// Learns a forest from a table.
pub(crate) fn learn(table: &Table<'_>, plan: Plan) -> Forest {
    let width = table.rows.first().map_or(0, |r| r.len());
    let used: Vec<usize> =
        (0..table.rows.len()).filter(|k| table.labels[*k].0 + table.labels[*k].1 > 0.0).collect();
    let edges: Vec<Vec<f32>> = (0..width).map(|f| edges(&used, table, f)).collect();
    let bins: Vec<Vec<u8>> = (0..width)
        .map(|f| used.iter().map(|k| edges[f].partition_point(|e| *e <= table.rows[*k][f]) as u8).collect())
        .collect();
    let labels: Vec<(f32, f32)> = used.iter().map(|k| table.labels[*k]).collect();
    let (right, wrong) = labels.iter().fold((0.0, 0.0), |a, l| (a.0 + f64::from(l.0), a.1 + f64::from(l.1)));
    let mut forest = Forest { base: (right / wrong).ln() as f32, ..Forest::default() };
    let mut sums = vec![forest.base; used.len()];
    let mut draw = Draw(42);
    for _ in 0..plan.trees {
        let cells: Vec<Cell> = sums
            .iter()
            .zip(&labels)
            .map(|(s, (r, w))| {
                let p = 1.0 / (1.0 + (-s).exp());
                Cell { gradient: r * (1.0 - p) - w * p, weight: (r + w) * p * (1.0 - p) }
            })
            .collect();
        let rows: Vec<u32> = (0..used.len() as u32).filter(|_| draw.next() < plan.rows).collect();
        let columns: Vec<usize> = (0..width).filter(|_| draw.next() < plan.columns).collect();
        let from = forest.nodes.len();
        grow(&mut forest, &bins, &edges, &cells, rows, &columns, plan);
        // Nodes of this tree alone, for the sums.
        let tree = Forest { base: 0.0, nodes: forest.nodes[from..].to_vec(), roots: vec![0] };
        for (sum, k) in sums.iter_mut().zip(&used) {
            *sum += tree.sum(table.rows[*k]);
        }
    }
    forest
}

fn edges(used: &[usize], table: &Table<'_>, feature: usize) -> Vec<f32> {
    let mut values: Vec<f32> = used.iter().map(|k| table.rows[*k][feature]).collect();
    values.sort_by(f32::total_cmp);
    let mut out: Vec<f32> = Vec::new();
    let mut distinct = values.clone();
    distinct.dedup();
    if distinct.len() <= BINS {
        out.extend(distinct.windows(2).map(|w| (w[0] + w[1]) / 2.0));
    } else {
        for b in 1..BINS {
            let at = values.len() * b / BINS;
            let edge = (values[at - 1] + values[at]) / 2.0;
            if values[0] < edge && out.last().is_none_or(|l| *l < edge) {
                out.push(edge);
            }
        }
    }
    out
}

fn grow(
    forest: &mut Forest,
    bins: &[Vec<u8>],
    edges: &[Vec<f32>],
    cells: &[Cell],
    rows: Vec<u32>,
    columns: &[usize],
    plan: Plan,
) {
    // A tree with the indices of both branches, laid out in order at the end.
    let mut nodes: Vec<(usize, usize, usize, usize, f32)> = vec![(usize::MAX, 0, 0, 0, 0.0)];
    let mut leaves = vec![leaf(rows, 0, bins, cells, columns, plan, None)];
    while leaves.len() < plan.leaves {
        let Some(at) = (0..leaves.len()).max_by(|a, b| leaves[*a].best.0.total_cmp(&leaves[*b].best.0))
        else {
            break;
        };
        if leaves[at].best.0 <= 1e-3 {
            break;
        }
        let parent = leaves.swap_remove(at);
        let (column, bin) = (parent.best.1, parent.best.2);
        let feature = columns[column];
        let (left, right): (Vec<u32>, Vec<u32>) =
            parent.rows.iter().partition(|k| usize::from(bins[feature][**k as usize]) <= bin);
        let (l, r) = (nodes.len(), nodes.len() + 1);
        nodes.push((usize::MAX, 0, 0, 0, 0.0));
        nodes.push((usize::MAX, 0, 0, 0, 0.0));
        nodes[parent.node] = (feature, bin, l, r, 0.0);
        let left_is_small = left.len() < right.len();
        let (small, large) = if left_is_small { (left, right) } else { (right, left) };
        let (ns, nl) = if left_is_small { (l, r) } else { (r, l) };
        let small = leaf(small, ns, bins, cells, columns, plan, None);
        let rest = parent
            .histogram
            .iter()
            .zip(&small.histogram)
            .map(|(a, b)| Cell { gradient: a.gradient - b.gradient, weight: a.weight - b.weight })
            .collect();
        let large = leaf(large, nl, bins, cells, columns, plan, Some(rest));
        leaves.push(small);
        leaves.push(large);
    }
    for leaf in &leaves {
        nodes[leaf.node].4 = plan.rate * leaf.total.gradient / (leaf.total.weight + plan.ridge);
    }
    forest.roots.push(forest.nodes.len() as u32);
    lay(forest, &nodes, 0, edges);
}

fn lay(forest: &mut Forest, nodes: &[(usize, usize, usize, usize, f32)], at: usize, edges: &[Vec<f32>]) {
    let (feature, bin, left, right, value) = nodes[at];
    if feature == usize::MAX {
        forest.nodes.push(Node::leaf(value));
        return;
    }
    let here = forest.nodes.len();
    forest.nodes.push(Node::leaf(0.0));
    lay(forest, nodes, left, edges);
    let skip = (forest.nodes.len() - here) as u16;
    forest.nodes[here] = Node { feature: feature as u16, value: edges[feature][bin], skip };
    lay(forest, nodes, right, edges);
}

fn leaf(
    rows: Vec<u32>,
    node: usize,
    bins: &[Vec<u8>],
    cells: &[Cell],
    columns: &[usize],
    plan: Plan,
    known: Option<Vec<Cell>>,
) -> Leaf {
    let histogram = known.unwrap_or_else(|| {
        let mut out = vec![Cell::default(); columns.len() * BINS];
        for (c, feature) in columns.iter().enumerate() {
            let (column, out) = (&bins[*feature], &mut out[c * BINS..(c + 1) * BINS]);
            for k in &rows {
                let cell = cells[*k as usize];
                let bin = &mut out[usize::from(column[*k as usize])];
                bin.gradient += cell.gradient;
                bin.weight += cell.weight;
            }
        }
        out
    });
    let total = rows.iter().fold(Cell::default(), |a, k| {
        let c = cells[*k as usize];
        Cell { gradient: a.gradient + c.gradient, weight: a.weight + c.weight }
    });
    let score = |c: Cell| c.gradient * c.gradient / (c.weight + plan.ridge);
    let mut best = (0.0, 0, 0);
    for c in 0..columns.len() {
        let mut left = Cell::default();
        for b in 0..BINS - 1 {
            let cell = histogram[c * BINS + b];
            left = Cell { gradient: left.gradient + cell.gradient, weight: left.weight + cell.weight };
            let right = Cell { gradient: total.gradient - left.gradient, weight: total.weight - left.weight };
            if left.weight < plan.least || right.weight < plan.least {
                continue;
            }
            let gain = score(left) + score(right) - score(total);
            if gain > best.0 {
                best = (gain, c, b);
            }
        }
    }
    Leaf { rows, histogram, total, best, node }
}
