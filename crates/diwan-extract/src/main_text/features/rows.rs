//! The features of one block, group by group, in the order in which the forests know them.

use super::super::claims::{ADDRESS_KINDS, run, words};
use super::super::outline::{Tag, TextBlock};
use super::{Study, Sums, Taker, log, share, shared};

impl Study<'_> {
    pub(super) fn own(&self, block: &TextBlock, out: &mut Taker<'_>) {
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

    pub(super) fn place(&self, k: usize, out: &mut Taker<'_>) {
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

    pub(super) fn containers(&self, block: &TextBlock, out: &mut Taker<'_>) {
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

    pub(super) fn claimed(&self, block: &TextBlock, out: &mut Taker<'_>) {
        // Words that are compared with titles, descriptions, the claimed body: read once.
        let all: Vec<u64> = words(&block.text).take(200).collect();
        let length = block.measures.words;
        let mut kinds = Vec::new();
        if length <= 120 {
            kinds.clone_from(&all);
            kinds.sort_unstable();
            kinds.dedup();
        }
        let (mine, theirs) = if length <= 40 { shared(&kinds, &self.claims.title) } else { (0.0, 0.0) };
        out.put("title_mine", mine);
        out.put("title_theirs", theirs);
        let (mine, theirs) = shared(&kinds, &self.claims.description);
        out.put("description_mine", mine);
        out.put("description_theirs", theirs);
        let claimed = if self.claims.runs.len() < 20 {
            -1.0
        } else {
            let runs = all.windows(4).count();
            if runs == 0 {
                -0.5
            } else {
                all.windows(4).filter(|w| self.claims.runs.contains(&run(w))).count() as f32 / runs as f32
            }
        };
        out.put("claimed", claimed);
    }

    pub(super) fn around(&self, k: usize, out: &mut Taker<'_>) {
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

    pub(super) fn page(&self, out: &mut Taker<'_>) {
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

pub(super) fn tag_group(tag: Tag) -> f32 {
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
pub(super) const PARTS: [&str; 4] = ["comments", "forum", "product", "body"];
const PAGE_PARTS: [&str; 4] = ["page_in_comments", "page_in_forum", "page_in_product", "page_in_body"];

/// Elements whose inside matters.
pub(super) const INSIDE: [(&str, Tag); 18] = [
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
