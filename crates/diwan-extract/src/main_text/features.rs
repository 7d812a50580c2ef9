//! The features of each block: what it shows itself, where it stands, what stands round it, what the page claims.

use std::collections::{HashMap, HashSet};

use super::claims::{ADDRESS_KINDS, Claims, run, words};
use super::cues::{CUES, PHRASE_COUNT, Parts};
use super::outline::{FAR, Outline, Tag, TextBlock};

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
    alike: HashMap<(u32, u64), u32>,
    /// Sums over the blocks whose elements have the same path.
    groups: HashMap<u64, Sums>,
    /// How often the same letters stand on the page.
    prints: HashMap<u64, u32>,
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
        let mut groups: HashMap<u64, Sums> = HashMap::new();
        let mut prints = HashMap::new();
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
        let mut alike = HashMap::new();
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

    fn own(&self, block: &TextBlock, out: &mut Taker<'_>) {
        let m = &block.measures;
        out.put("letters", log(m.letters));
        out.put("words", m.words as f32);
        out.put("word_length", share(m.letters, m.words));
        out.put("linked", share(block.linked, m.letters));
        out.put("links", f32::from(block.links));
        out.put("commas", share(m.commas, m.words) * 20.0);
        out.put("sentences", m.sentences as f32);
        out.put("sentence_length", share(m.words, m.sentences.max(1)));
        out.flag("ends", m.ends);
        out.flag("begins_small", m.begins_small);
        out.flag("begins_quote", m.begins_quote);
        out.put("digits", share(m.digits, m.letters));
        out.put("capitals", share(m.capitals, m.letters));
        out.put("capital_words", share(m.capital_words, m.words));
        out.put("separators", share(m.separators, m.words));
        out.put("breaks", m.breaks as f32);
        out.flag("year", m.year);
        out.put("strong", share(block.strong, m.letters));
        out.put("slanted", share(block.slanted, m.letters));
        out.put("repeats", self.prints.get(&m.print).map_or(1.0, |n| *n as f32));
    }

    fn place(&self, k: usize, out: &mut Taker<'_>) {
        let all = self.sums.last().copied().unwrap_or_default();
        let before = self.between(0, k);
        out.put("blocks_before", share(k as u32, self.outline.blocks.len() as u32));
        out.put("letters_before", share(before.letters, all.letters));
        out.put("good_before", share(before.good, all.good));
        out.put("good_blocks_before", before.good_blocks as f32);
        let from_heading = self.heading.map_or(-200.0, |h| (k as f32 - h as f32).clamp(-100.0, 100.0));
        out.put("from_heading", from_heading);
        let good_since =
            self.heading.filter(|h| *h <= k).map_or(-1.0, |h| self.between(h, k).good_blocks as f32);
        out.put("good_since_heading", good_since);
        out.put("good_blocks_after", all.good_blocks as f32 - self.between(0, k + 1).good_blocks as f32);
        out.put("gap_before", self.before.get(k).map_or(0.0, |d| *d as f32));
        out.put("gap_after", self.after.get(k).map_or(0.0, |d| *d as f32));
    }

    fn containers(&self, block: &TextBlock, out: &mut Taker<'_>) {
        let all = self.sums.last().copied().unwrap_or_default();
        let best = self.scores.get(self.best as usize).copied().unwrap_or(0.0).max(0.001);
        let levels: Vec<(u32, Sums)> = self
            .outline
            .chain(block.element)
            .take(6)
            .map(|(index, _)| (index, self.inside(index as usize)))
            .collect();
        for (level, names) in LEVELS.iter().enumerate() {
            let (index, sums) = levels.get(level).or(levels.last()).copied().unwrap_or_default();
            let [letters, linked, part, good, score] = names;
            out.put(letters, log(sums.letters));
            out.put(linked, share(sums.linked, sums.letters));
            out.put(part, share(sums.letters, all.letters));
            out.put(good, share(sums.good, all.good));
            out.put(score, self.scores.get(index as usize).copied().unwrap_or(0.0) / best);
        }
        let in_best = self.outline.chain(block.element).position(|(index, _)| index == self.best);
        out.put("below_best", in_best.map_or(-1.0, |n| n.min(20) as f32));
        let best_chain: Vec<u32> = self.outline.chain(self.best).map(|(i, _)| i).take(40).collect();
        let apart = self
            .outline
            .chain(block.element)
            .find_map(|(index, _)| best_chain.iter().position(|b| *b == index))
            .map_or(40.0, |n| n as f32);
        out.put("above_best", apart);
        let range = self.outline.elements.get(self.best as usize).map_or((0, 0), |e| e.blocks);
        let at = self.outline.elements.get(block.element as usize).map_or(0, |e| e.blocks.0);
        out.put("after_best", (at as f32 - range.1 as f32).clamp(-30.0, 30.0));
        out.put("before_best", (range.0 as f32 - at as f32).clamp(-30.0, 30.0));
        let group = self
            .outline
            .element_of(block)
            .and_then(|e| self.groups.get(&e.path))
            .copied()
            .unwrap_or_default();
        out.put("group_letters", log(group.letters));
        out.put("group_linked", share(group.linked, group.letters));
        out.put("group_good", share(group.good, all.good));
        out.put("group_sentences", group.sentences as f32);
        // The nearest ancestor that has others like it beside it: a card of a list, a post of a thread.
        let card =
            self.outline.chain(block.element).take(8).enumerate().find_map(|(level, (index, element))| {
                let single = element.tag.is_heading()
                    || matches!(element.tag, Tag::Paragraph | Tag::Cell | Tag::Quote);
                let count = self.alike.get(&(element.parent, element.shape)).copied().unwrap_or(1);
                (!single && count >= 3).then(|| (level, count, self.inside(index as usize)))
            });
        let (level, count, sums) = card.unwrap_or((9, 1, Sums::default()));
        out.put("card_level", level as f32);
        out.put("cards", (count as f32).min(60.0));
        out.put("card_letters", log(sums.letters));
        out.put("card_linked", share(sums.linked, sums.letters));
        out.put("card_links", sums.links as f32);
    }

    fn claimed(&self, block: &TextBlock, out: &mut Taker<'_>) {
        let short = block.measures.words <= 40;
        let (mine, theirs) = if short { overlap(&block.text, &self.claims.title) } else { (0.0, 0.0) };
        out.put("title_mine", mine);
        out.put("title_theirs", theirs);
        let (mine, theirs) = if block.measures.words <= 120 {
            overlap(&block.text, &self.claims.description)
        } else {
            (0.0, 0.0)
        };
        out.put("description_mine", mine);
        out.put("description_theirs", theirs);
        let claimed = if self.claims.runs.len() < 20 {
            -1.0
        } else {
            let all: Vec<u64> = words(&block.text).take(200).collect();
            let runs = all.windows(4).count();
            if runs == 0 {
                -0.5
            } else {
                all.windows(4).filter(|w| self.claims.runs.contains(&run(w))).count() as f32 / runs as f32
            }
        };
        out.put("claimed", claimed);
    }

    fn around(&self, k: usize, out: &mut Taker<'_>) {
        let path = self.outline.blocks.get(k).and_then(|b| self.outline.element_of(b)).map_or(0, |e| e.path);
        for (names, offset) in AROUND {
            let other = k.checked_add_signed(offset).and_then(|at| self.outline.blocks.get(at));
            let [letters, linked, tag, ends, same, commas] = names;
            let m = other.map(|b| b.measures).unwrap_or_default();
            let element = other.and_then(|b| self.outline.element_of(b));
            out.put(letters, log(m.letters));
            out.put(linked, other.map_or(1.0, |b| share(b.linked, b.measures.letters)));
            out.put(tag, element.map_or(-1.0, |e| tag_group(e.tag)));
            out.flag(ends, m.ends);
            out.flag(same, element.is_some_and(|e| e.path == path));
            out.put(commas, m.commas as f32);
        }
        for (letters, linked, reach) in [("wide3", "wide3_linked", 3), ("wide8", "wide8_linked", 8)] {
            let sums = self.between(k.saturating_sub(reach), (k + reach + 1).min(self.outline.blocks.len()));
            out.put(letters, log(sums.good));
            out.put(linked, share(sums.linked, sums.letters));
        }
    }

    fn page(&self, out: &mut Taker<'_>) {
        let all = self.sums.last().copied().unwrap_or_default();
        out.put("page_letters", log(all.letters));
        out.put("page_good", log(all.good));
        out.put("page_good_share", share(all.good, all.letters));
        out.put("page_good_blocks", all.good_blocks as f32);
        out.put("page_linked", share(all.linked, all.letters));
        out.flag("page_og_article", self.claims.og_article);
        for (name, kind) in
            ["page_article", "page_product", "page_discussion", "page_list"].iter().zip(self.claims.kinds)
        {
            out.flag(name, kind);
        }
        let best = self.inside(self.best as usize);
        out.put("page_best_good", share(best.good, all.good));
        out.put("page_best_linked", share(best.linked, best.letters));
        for (name, kind) in ADDRESS_NAMES.iter().zip(self.claims.address.kinds) {
            out.flag(name, kind);
        }
        out.put("address_depth", self.claims.address.depth as f32);
        out.put("address_words", self.claims.address.words as f32);
        out.put("address_digits", self.claims.address.digits as f32);
        for (name, letters) in PAGE_PARTS.iter().zip(self.in_parts) {
            out.put(name, share(letters, all.good));
        }
        out.put("page_body", log(self.claims.runs.len() as u32));
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
fn overlap(text: &str, known: &HashSet<u64>) -> (f32, f32) {
    if known.is_empty() {
        return (0.0, 0.0);
    }
    let mine: HashSet<u64> = words(text).collect();
    let both = mine.iter().filter(|w| known.contains(w)).count() as u32;
    (share(both, mine.len() as u32), share(both, known.len() as u32))
}

fn tag_group(tag: Tag) -> f32 {
    match tag {
        Tag::Paragraph => 0.0,
        Tag::Quote => 1.0,
        Tag::Preformatted => 2.0,
        Tag::Item => 3.0,
        Tag::Term => 4.0,
        Tag::Cell => 5.0,
        Tag::Heading2 => 6.0,
        Tag::Heading3 => 7.0,
        Tag::HeadingLow => 8.0,
        Tag::Heading1 => 9.0,
        Tag::Article | Tag::Main | Tag::Section => 10.0,
        Tag::Division => 11.0,
        Tag::Caption => 12.0,
        Tag::Control => 13.0,
        _ => 14.0,
    }
}

const ADDRESS_NAMES: [&str; ADDRESS_KINDS.len()] = [
    "address_forum",
    "address_product",
    "address_list",
    "address_article",
    "address_document",
    "address_service",
];

/// Parts whose share of the running text of a page tells its kind.
const PARTS: [&str; 4] = ["comments", "forum", "product", "body"];
const PAGE_PARTS: [&str; 4] = ["page_in_comments", "page_in_forum", "page_in_product", "page_in_body"];

/// Elements whose inside matters.
const INSIDE: [(&str, Tag); 18] = [
    ("in_article", Tag::Article),
    ("in_main", Tag::Main),
    ("in_header", Tag::Header),
    ("in_footer", Tag::Footer),
    ("in_nav", Tag::Navigation),
    ("in_aside", Tag::Aside),
    ("in_form", Tag::Form),
    ("in_figure", Tag::Figure),
    ("in_caption", Tag::Caption),
    ("in_table", Tag::Table),
    ("in_list", Tag::List),
    ("in_section", Tag::Section),
    ("in_quote", Tag::Quote),
    ("in_control", Tag::Control),
    ("in_address", Tag::Address),
    ("in_details", Tag::Details),
    ("in_link", Tag::Link),
    ("in_paragraph", Tag::Paragraph),
];

const LEVELS: [[&str; 5]; 4] = [
    ["up0_letters", "up0_linked", "up0_part", "up0_good", "up0_score"],
    ["up1_letters", "up1_linked", "up1_part", "up1_good", "up1_score"],
    ["up2_letters", "up2_linked", "up2_part", "up2_good", "up2_score"],
    ["up4_letters", "up4_linked", "up4_part", "up4_good", "up4_score"],
];

const AROUND: [([&str; 6], isize); 4] = [
    (["p1_letters", "p1_linked", "p1_tag", "p1_ends", "p1_same", "p1_commas"], -1),
    (["n1_letters", "n1_linked", "n1_tag", "n1_ends", "n1_same", "n1_commas"], 1),
    (["p2_letters", "p2_linked", "p2_tag", "p2_ends", "p2_same", "p2_commas"], -2),
    (["n2_letters", "n2_linked", "n2_tag", "n2_ends", "n2_same", "n2_commas"], 2),
];

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

/// The names of the features that the second reading adds.
pub(super) const SECOND: [&str; 22] = [
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
pub(super) fn second(
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
    let mut groups: HashMap<u64, (f32, f32)> = HashMap::new();
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
