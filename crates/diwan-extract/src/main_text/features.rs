//! The features of each block: what it shows itself, where it stands, what stands round it, what the page claims.

mod rows;
mod second;

use super::claims::{Claims, words};
use super::cues::{CUES, PHRASE_COUNT, Parts};
use super::outline::{FAR, Outline, Tag, TextBlock};
use crate::numbers::{NumberMap, NumberSet};
use rows::{INSIDE, PARTS, tag_group};
pub(super) use second::{SECOND, second};

/// Rows of features, one a block, all of one length.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// Features in a row.
    pub width: usize,
    /// All values, row after row.
    pub values: Vec<f32>,
}

impl Rows {
    /// The row of a block.
    pub fn row(&self, k: usize) -> &[f32] {
        self.values.get(k * self.width..(k + 1) * self.width).unwrap_or(&[])
    }
}

/// Takes the features of a block one by one: either their values or their names.
struct Taker<'a> {
    values: &'a mut Vec<f32>,
    names: Option<&'a mut Vec<String>>,
}

impl Taker<'_> {
    fn put(&mut self, name: &str, value: f32) {
        if let Some(names) = &mut self.names {
            names.push(name.to_owned());
        }
        self.values.push(value);
    }

    fn flag(&mut self, name: &str, value: bool) {
        self.put(name, f32::from(u8::from(value)));
    }

    fn each(&mut self, prefix: &str, names: &[String], value: impl Fn(usize) -> f32) {
        for (k, name) in names.iter().enumerate() {
            if let Some(out) = &mut self.names {
                out.push(format!("{prefix}.{name}"));
            }
            self.values.push(value(k));
        }
    }
}

fn log(count: u32) -> f32 {
    (count as f32 + 1.0).ln()
}

fn share(part: u32, whole: u32) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

/// Sums over the blocks up to each.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    letters: u32,
    linked: u32,
    good: u32,
    good_blocks: u32,
    links: u32,
    sentences: u32,
}

impl Sums {
    fn minus(self, other: Self) -> Self {
        Self {
            letters: self.letters - other.letters,
            linked: self.linked - other.linked,
            good: self.good - other.good,
            good_blocks: self.good_blocks - other.good_blocks,
            links: self.links - other.links,
            sentences: self.sentences - other.sentences,
        }
    }
}

/// Whether a block looks like running text.
fn is_good(block: &TextBlock) -> bool {
    block.measures.letters >= 60 && block.linked * 3 < block.measures.letters
}

/// What is told once for a page.
pub(super) struct Study<'a> {
    pub(super) outline: &'a Outline,
    claims: &'a Claims,
    /// Sums before each block, and over all.
    sums: Vec<Sums>,
    /// A score for each element as the container of the text.
    scores: Vec<f32>,
    best: u32,
    /// How many elements of a shape a parent holds.
    alike: NumberMap<(u32, u64), u32>,
    /// Sums over the blocks whose elements have the same path.
    groups: NumberMap<u64, Sums>,
    /// How often the same letters stand on the page.
    prints: NumberMap<u64, u32>,
    /// What the words of each block tell.
    phrases: Vec<Parts>,
    /// The block of the main heading.
    pub(super) heading: Option<usize>,
    /// Letters of running text inside each of `PARTS`.
    in_parts: [u32; PARTS.len()],
    /// Index of the running text before and after each block.
    before: Vec<u32>,
    after: Vec<u32>,
}

impl<'a> Study<'a> {
    pub(super) fn new(outline: &'a Outline, claims: &'a Claims) -> Self {
        let mut sums = vec![Sums::default()];
        let mut groups: NumberMap<u64, Sums> = NumberMap::default();
        let mut prints = NumberMap::default();
        let mut running = Sums::default();
        for block in &outline.blocks {
            let m = &block.measures;
            let good = is_good(block);
            let one = Sums {
                letters: m.letters,
                linked: block.linked.min(m.letters),
                good: if good { m.letters } else { 0 },
                good_blocks: u32::from(good),
                links: u32::from(block.links),
                sentences: m.sentences,
            };
            running = add(running, one);
            sums.push(running);
            if let Some(element) = outline.element_of(block) {
                let group = groups.entry(element.path).or_default();
                *group = add(*group, one);
            }
            *prints.entry(m.print).or_insert(0) += 1;
        }
        let mut alike = NumberMap::default();
        for element in &outline.elements {
            *alike.entry((element.parent, element.shape)).or_insert(0) += 1;
        }
        let phrases = outline
            .blocks
            .iter()
            .map(|b| if b.measures.letters <= 140 { CUES.of_text(&b.text) } else { Parts::default() })
            .collect();
        let mut study = Self {
            outline,
            claims,
            sums,
            scores: Vec::new(),
            best: 0,
            alike,
            groups,
            prints,
            phrases,
            heading: None,
            in_parts: [0; PARTS.len()],
            before: Vec::new(),
            after: Vec::new(),
        };
        study.score_containers();
        study.find_heading();
        study.find_neighbours();
        study.count_parts();
        study
    }

    /// A container gets points for each paragraph right inside it, half for those one level down, and so on; links take
    /// points away.
    fn score_containers(&mut self) {
        let mut scores = vec![0.0_f32; self.outline.elements.len()];
        for block in &self.outline.blocks {
            if !is_good(block) {
                continue;
            }
            let points = 1.0 + block.measures.commas as f32 + (block.measures.letters as f32 / 80.0).min(4.0);
            let mut chain = self.outline.chain(block.element).peekable();
            if chain.peek().is_some_and(|(_, e)| {
                e.tag.is_heading()
                    || matches!(e.tag, Tag::Paragraph | Tag::Item | Tag::Preformatted | Tag::Term)
            }) {
                chain.next();
            }
            for (level, (index, _)) in chain.take(5).enumerate() {
                let part = match level {
                    0 => 1.0,
                    1 => 0.5,
                    _ => 1.0 / (level as f32 * 3.0),
                };
                if let Some(score) = scores.get_mut(index as usize) {
                    *score += points * part;
                }
            }
        }
        let mut best = (0.0, 0);
        for (k, score) in scores.iter_mut().enumerate() {
            if *score > 0.0 {
                let inside = self.inside(k);
                *score *= 1.0 - share(inside.linked, inside.letters);
                if *score > best.0 {
                    best = (*score, k);
                }
            }
        }
        self.best = u32::try_from(best.1).unwrap_or(0);
        self.scores = scores;
    }

    fn inside(&self, element: usize) -> Sums {
        let Some(element) = self.outline.elements.get(element) else { return Sums::default() };
        self.between(element.blocks.0 as usize, element.blocks.1 as usize)
    }

    fn between(&self, from: usize, to: usize) -> Sums {
        match (self.sums.get(from), self.sums.get(to.max(from))) {
            (Some(a), Some(b)) => b.minus(*a),
            _ => Sums::default(),
        }
    }

    /// The heading that shares most words with the titles of the page, `h1` before others.
    fn find_heading(&mut self) {
        let mut best = (0.0, None);
        for (k, block) in self.outline.blocks.iter().enumerate() {
            let Some(element) = self.outline.element_of(block) else { continue };
            let heading = element.inside & (1 << Tag::Heading1 as u32) != 0;
            if block.measures.words > 40 || !(heading || element.tag.is_heading()) {
                continue;
            }
            let (mine, _) = overlap(&block.text, &self.claims.title);
            let score = mine + if heading { 0.5 } else { 0.0 };
            if score > best.0 + 0.01 {
                best = (score, Some(k));
            }
        }
        self.heading = best.1;
    }

    fn count_parts(&mut self) {
        for (name, sum) in PARTS.iter().zip(&mut self.in_parts) {
            let Some(part) = CUES.part_names.iter().position(|p| p == name) else { continue };
            let inside = |b: &&TextBlock| {
                is_good(b)
                    && self.outline.element_of(b).is_some_and(|e| e.near.get(part).is_some_and(|n| *n < FAR))
            };
            *sum = self.outline.blocks.iter().filter(inside).map(|b| b.measures.letters).sum();
        }
    }

    fn find_neighbours(&mut self) {
        let far = 99;
        let mut distance = far;
        for block in &self.outline.blocks {
            self.before.push(distance);
            distance = if is_good(block) { 0 } else { (distance + 1).min(far) };
        }
        distance = far;
        for block in self.outline.blocks.iter().rev() {
            self.after.push(distance);
            distance = if is_good(block) { 0 } else { (distance + 1).min(far) };
        }
        self.after.reverse();
    }

    /// The features of all blocks.
    pub(super) fn rows(&self) -> Rows {
        let mut values = Vec::with_capacity(self.outline.blocks.len() * 192);
        let mut since = [60_u32; PHRASE_COUNT];
        for k in 0..self.outline.blocks.len() {
            self.row(k, &since, &mut Taker { values: &mut values, names: None });
            if let Some(told) = self.phrases.get(k) {
                for (kind, distance) in since.iter_mut().enumerate() {
                    let short = self.outline.blocks.get(k).is_some_and(|b| b.measures.letters < 50);
                    *distance = if told.has(kind) && short { 0 } else { (*distance + 1).min(60) };
                }
            }
        }
        let width = values.len().checked_div(self.outline.blocks.len()).unwrap_or(0);
        Rows { width, values }
    }

    fn row(&self, k: usize, since: &[u32; PHRASE_COUNT], out: &mut Taker<'_>) {
        let Some(block) = self.outline.blocks.get(k) else { return };
        let Some(element) = self.outline.element_of(block) else { return };
        self.own(block, out);
        let tag = element.tag;
        out.put("tag", tag_group(tag));
        for (name, wanted) in INSIDE {
            out.flag(name, element.inside & (1 << wanted as u32) != 0);
        }
        out.flag("hidden", element.hidden);
        out.put("depth", f32::from(element.depth));
        out.each("near", &CUES.part_names, |p| element.near.get(p).copied().map_or(0.0, f32::from));
        let phrases = self.phrases.get(k).copied().unwrap_or_default();
        out.each("says", &CUES.phrase_names, |p| f32::from(u8::from(phrases.has(p))));
        out.each("since", &CUES.phrase_names, |p| since.get(p).map_or(0.0, |d| *d as f32));
        self.place(k, out);
        self.containers(block, out);
        self.claimed(block, out);
        self.around(k, out);
        self.page(out);
    }
}

fn add(a: Sums, b: Sums) -> Sums {
    Sums {
        letters: a.letters + b.letters,
        linked: a.linked + b.linked,
        good: a.good + b.good,
        good_blocks: a.good_blocks + b.good_blocks,
        links: a.links + b.links,
        sentences: a.sentences + b.sentences,
    }
}

/// The share of a text's words that are among `known`, and of `known` that are in the text.
fn overlap(text: &str, known: &NumberSet) -> (f32, f32) {
    let mut mine: Vec<u64> = words(text).collect();
    mine.sort_unstable();
    mine.dedup();
    shared(&mine, known)
}

/// The share of words, each once, that are among `known`, and of `known` that are among them.
fn shared(mine: &[u64], known: &NumberSet) -> (f32, f32) {
    if known.is_empty() || mine.is_empty() {
        return (0.0, 0.0);
    }
    let both = mine.iter().filter(|w| known.contains(w)).count() as u32;
    (share(both, mine.len() as u32), share(both, known.len() as u32))
}

/// The names of the features of a row.
pub(super) fn names() -> Vec<String> {
    let mut outline = Outline::default();
    outline
        .elements
        .push(super::outline::Element { near: [FAR; super::cues::PART_COUNT], ..Default::default() });
    outline.blocks.push(TextBlock { text: "x".into(), ..TextBlock::default() });
    let claims = Claims::default();
    let study = Study::new(&outline, &claims);
    let (mut values, mut names) = (Vec::new(), Vec::new());
    study.row(0, &[0; PHRASE_COUNT], &mut Taker { values: &mut values, names: Some(&mut names) });
    names
}
