//! Furniture learnt from a site: what stands round the text on ten of its pages belongs to the site, whatever it says.
//!
//! Rules know banners, menus and footers that are marked or worded as such. Many are neither, above all in plain text. What is
//! learnt here is only what stands *outside*: a run of lines from the top of the page down, or from its foot up, in which every
//! line is also on the other pages. What a body says again and again within its statements (a formula at the end, the line of
//! who signs, the name of who issues) is kept apart in three ways:
//!
//! - the run ends at the first line that is not repeated, and at the first that rules know to be part of a statement;
//! - of the run, the lines next to the text stay with the text until one comes that only a site would print: a link, a menu of
//!   short lines, another place in the structure of the page, another language than the text's;
//! - a line that is part of a statement on one page in five is never learnt.
//!
//! ```
//! use diwan_extract::furniture::host;
//! assert_eq!(host("https://News.Harbour.example:8080/a/b?c"), Some("news.harbour.example".to_owned()));
//! ```

use std::collections::{BTreeMap, BTreeSet};

use diwan_model::{Block, BlockMark, LanguageTag, Page, Reading, Role};

/// Pages of a site that must have a line in the same position before it is learnt.
pub const MIN_PAGES: usize = 10;
/// The share of the pages looked at that must have it.
const MIN_SHARE: f64 = 0.3;
/// The share of the pages with it on which it may be part of a statement by the rules.
const MAX_TOLD: f64 = 0.2;
/// The longest line that is looked at, in bytes.
const MAX_LINE: usize = 1_200;
/// Lines of a page that are looked at, from each end.
const REACH: usize = 120;
/// So many short lines, one after the other, are a menu.
const MENU: usize = 4;
/// Words of an item of a menu, at most.
const MENU_WORDS: usize = 4;

/// At which end of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Above the text.
    Head,
    /// Below it.
    Tail,
}

impl Side {
    /// Its spelling in JSON: `head`, `tail`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Tail => "tail",
        }
    }

    /// Reads [`Side::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "head" => Some(Self::Head),
            "tail" => Some(Self::Tail),
            _ => None,
        }
    }
}

/// A line that was learnt, with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Learnt {
    /// At which end of the page.
    pub side: Side,
    /// What lines are compared by.
    pub key: String,
    /// As the first of the pages prints it.
    pub text: String,
    /// On how many of the pages looked at it stood there.
    pub pages: usize,
    /// Which page printed `text`: its place among those given.
    pub example: usize,
}

/// What is known of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteFurniture {
    lines: BTreeSet<(Side, String)>,
}

impl SiteFurniture {
    /// Makes it known that a line is furniture at that end of a page; `key` as [`key`] makes it.
    pub fn insert(&mut self, side: Side, key: String) {
        self.lines.insert((side, key));
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    fn has(&self, side: Side, text: &str) -> bool {
        key(text).is_some_and(|key| self.lines.contains(&(side, key)))
    }
}

/// The site of an address: its host in small letters, without the port.
pub fn host(address: &str) -> Option<String> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    let host = host.split(':').next()?.trim_end_matches('.').to_ascii_lowercase();
    (!host.is_empty()).then_some(host)
}

/// What lines are compared by: without case, marks and odd spaces, figures alike. `None` for lines without letters and for those
/// that are too long.
pub fn key(text: &str) -> Option<String> {
    if text.len() > MAX_LINE || !text.chars().any(char::is_alphabetic) {
        return None;
    }
    let plain = diwan_text::normal::light(text);
    let words: Vec<&str> = plain.split_whitespace().collect();
    Some(words.join(" ").chars().map(|c| if c.is_numeric() { '#' } else { c }).collect())
}

/// A line as learning sees it.
#[derive(Debug)]
struct Seen {
    key: Option<String>,
    text: String,
    words: usize,
    /// Rules know it to be furniture.
    known: bool,
    /// Rules know it to be part of a statement, otherwise than as plain text.
    told: bool,
    /// It may be the text itself.
    text_role: bool,
    /// Something that a site prints and a statement hardly does.
    site_like: bool,
}

/// A page to learn from: what was extracted from it without anything learnt, and what rules made of it.
#[derive(Debug, Clone, Copy)]
pub struct Example<'a> {
    /// The page.
    pub page: &'a Page,
    /// What was read of it.
    pub reading: &'a Reading,
}

/// Learns from pages of one site, each of another address. Fewer than [`MIN_PAGES`] teach nothing.
pub fn learn(examples: &[Example<'_>]) -> Vec<Learnt> {
    if examples.len() < MIN_PAGES {
        return Vec::new();
    }
    let pages: Vec<Vec<Seen>> = examples.iter().map(seen).collect();
    let mut on: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for page in &pages {
        let mut mine: BTreeMap<&str, bool> = BTreeMap::new();
        for line in page {
            if let Some(key) = &line.key {
                *mine.entry(key).or_default() |= line.told;
            }
        }
        for (key, told) in mine {
            let count = on.entry(key).or_default();
            count.0 += 1;
            count.1 += usize::from(told);
        }
    }
    let repeated = |line: &Seen| {
        line.key.as_deref().and_then(|key| on.get(key)).is_some_and(|(pages_with, told)| {
            let (with, told, all) = (*pages_with as f64, *told as f64, pages.len() as f64);
            *pages_with >= MIN_PAGES && with >= MIN_SHARE * all && told <= MAX_TOLD * with
        })
    };
    let mut out: BTreeMap<(Side, String), Learnt> = BTreeMap::new();
    for (n, page) in pages.iter().enumerate() {
        // A page that holds nothing of its own tells nothing of where its text is.
        if page.iter().all(|line| line.known || repeated(line)) {
            continue;
        }
        let mut mine = BTreeSet::new();
        for side in [Side::Head, Side::Tail] {
            for line in outside(page, side, &repeated) {
                let Some(key) = &line.key else { continue };
                if line.known || !mine.insert((side, key.clone())) {
                    continue;
                }
                let learnt = out.entry((side, key.clone())).or_insert_with(|| Learnt {
                    side,
                    key: key.clone(),
                    text: line.text.clone(),
                    pages: 0,
                    example: n,
                });
                learnt.pages += 1;
            }
        }
    }
    out.into_values().filter(|learnt| learnt.pages >= MIN_PAGES).collect()
}

/// The lines outside the text at one end of a page, from the edge inwards.
fn outside<'a>(page: &'a [Seen], side: Side, repeated: &dyn Fn(&Seen) -> bool) -> Vec<&'a Seen> {
    let from_edge: Vec<&Seen> = match side {
        Side::Head => page.iter().take(REACH).collect(),
        Side::Tail => page.iter().rev().take(REACH).collect(),
    };
    let run = from_edge
        .iter()
        .take_while(|line| !line.told && (line.known || line.key.is_none() || repeated(line)));
    let run: Vec<&Seen> = run.copied().collect();
    // From the text outwards: what might be its own stays with it.
    let menus = menus(&run);
    let first = run
        .iter()
        .zip(menus)
        .rposition(|(line, menu)| line.site_like || menu || (line.known && line.key.is_some()));
    run.into_iter().take(first.map_or(0, |k| k + 1)).collect()
}

/// Which lines stand in a row of short ones.
fn menus(run: &[&Seen]) -> Vec<bool> {
    let mut out = vec![false; run.len()];
    let mut from = 0;
    for k in 0..=run.len() {
        let short = run.get(k).is_some_and(|line| line.words <= MENU_WORDS && line.key.is_some());
        if !short {
            if k - from >= MENU {
                out.iter_mut().take(k).skip(from).for_each(|menu| *menu = true);
            }
            from = k + 1;
        }
    }
    out
}

fn seen(example: &Example<'_>) -> Vec<Seen> {
    let Example { page, reading } = example;
    let mut roles: BTreeMap<(u32, &str), Role> = BTreeMap::new();
    for block in &reading.blocks {
        roles.insert((block.line, block.text.trim()), block.role);
    }
    let role_of =
        |block: &Block| roles.get(&(block.line, block.text.trim())).copied().unwrap_or(Role::Unknown);
    let linked: BTreeSet<u32> = page.links.iter().filter_map(|link| link.block).collect();
    let body = body(page, &role_of);
    let line = |(block, n): (&Block, u32)| {
        let role = role_of(block);
        let text_role = role == Role::Unknown || role.is_text();
        let known = role.is_furniture();
        let site_like =
            text_role && (linked.contains(&n) || prints_like_a_site(&block.text) || body.is_elsewhere(block));
        Seen {
            key: key(block.text.trim()),
            text: block.text.trim().to_owned(),
            words: block.text.split_whitespace().count(),
            known,
            told: !known && !text_role && role != Role::Contact && role != Role::Caption,
            text_role,
            site_like,
        }
    };
    let mut out: Vec<Seen> = page.blocks.iter().zip(0..).map(line).collect();
    out.retain(|line| line.key.is_some() || line.known || line.text_role);
    out
}

/// How and where the text of a page stands.
struct Body {
    lang: Option<LanguageTag>,
    /// How many elements stand round everything, and the one below them that holds the text.
    round_all: usize,
    holder: Option<String>,
}

impl Body {
    /// Whether a block stands at another place in the structure of the page, or speaks another language.
    fn is_elsewhere(&self, block: &Block) -> bool {
        let marked = matches!(
            block.mark,
            BlockMark::Navigation | BlockMark::Header | BlockMark::Footer | BlockMark::Aside
        );
        let foreign = self.lang.as_ref().is_some_and(|lang| {
            block.lang.is_language()
                && block.lang.primary() != lang.primary()
                && block.lang.direction() != lang.direction()
        });
        let apart = self.holder.is_some() && block.hints.get(self.round_all) != self.holder.as_ref();
        marked || foreign || apart
    }
}

/// Language and place of the longest lines together.
fn body(page: &Page, role_of: &dyn Fn(&Block) -> Role) -> Body {
    let (mut langs, mut places) = (BTreeMap::<&str, usize>::new(), BTreeMap::<&[String], usize>::new());
    for block in page.blocks.iter().filter(|block| role_of(block).is_text()) {
        let weight = block.text.len();
        if block.lang.is_language() {
            *langs.entry(block.lang.primary()).or_default() += weight;
        }
        *places.entry(&block.hints).or_default() += weight;
    }
    let lang = langs.into_iter().max_by_key(|(_, n)| *n).map(|(lang, _)| LanguageTag::new(lang));
    let mut round_all = page.blocks.first().map_or(0, |block| block.hints.len());
    for block in &page.blocks {
        let first = page.blocks.first().map(|first| first.hints.as_slice()).unwrap_or_default();
        let same = block.hints.iter().zip(first).take_while(|(a, b)| a == b).count();
        round_all = round_all.min(same);
    }
    let place = places.into_iter().max_by_key(|(_, n)| *n).map(|(place, _)| place);
    Body { lang, round_all, holder: place.and_then(|place| place.get(round_all).cloned()) }
}

/// Marks of menus, of rights, addresses of all kinds.
fn prints_like_a_site(text: &str) -> bool {
    let parted = text.matches(" | ").count() + text.matches(" · ").count() + text.matches(" » ").count();
    let mail = text.split_whitespace().any(|word| word.contains('@') && word.contains('.'));
    text.contains(['©', '℗']) || parted > 0 || mail || text.contains("www.") || text.contains("://")
}

/// Marks what is known of the site in a page that was just extracted: as a banner above the text, a footer below it. Returns the
/// lines that were marked, as places among the blocks.
pub fn mark(page: &mut Page, site: &SiteFurniture) -> Vec<usize> {
    let mut out = Vec::new();
    if site.is_empty() {
        return out;
    }
    let all = page.blocks.len();
    for side in [Side::Head, Side::Tail] {
        for step in 0..all.min(REACH) {
            let k = if side == Side::Head { step } else { all - 1 - step };
            let Some(block) = page.blocks.get_mut(k) else { break };
            let marked = matches!(block.mark, BlockMark::Navigation | BlockMark::Header | BlockMark::Footer);
            if site.has(side, block.text.trim()) {
                if !out.contains(&k) {
                    // The innermost word about a place counts most.
                    block.hints.push(if side == Side::Head { "banner" } else { "footer" }.to_owned());
                    block.mark = if side == Side::Head { BlockMark::Header } else { BlockMark::Footer };
                    out.push(k);
                }
            } else if !marked && key(block.text.trim()).is_some() {
                break;
            }
        }
    }
    // A page of nothing but furniture is more likely a page that was misjudged.
    if out.len() == all {
        for k in out.drain(..) {
            if let Some(block) = page.blocks.get_mut(k) {
                block.hints.pop();
                block.mark = BlockMark::None;
            }
        }
    }
    out.sort_unstable();
    out
}
