//! The lines above a text: what words tell, then title, place and menu by where they stand.

use diwan_model::{BlockMark, Page, Role};

use super::{Plan, give, is_free};
use crate::head::{self, HeadLine};
use crate::lines::Line;

/// The lines above a text.
pub(super) fn read(page: &mut Page, plan: &mut Plan, index: usize) {
    let Some(region) = plan.regions.get(index).cloned() else { return };
    let previous = index.checked_sub(1).and_then(|n| plan.regions.get(n)).cloned();
    let from = previous.as_ref().map_or(0, |r| r.end.unwrap_or(r.last) + 1);
    let to = region.begin.unwrap_or(region.first);
    let mut rest: Vec<usize> = Vec::new();
    for k in from..to {
        let (Some(block), Some(line)) = (page.blocks.get(k), plan.lines.get(k)) else { continue };
        if !is_free(block) {
            continue;
        }
        // Between two versions a line in the first one's language belongs to its foot.
        if let Some(previous) = &previous
            && block.lang.primary() == previous.lang.primary()
            && block.lang.primary() != region.lang.primary()
        {
            continue;
        }
        if block.dir != region.lang.direction()
            && !matches!(block.mark, BlockMark::Heading(1))
            && line.letters > 0
            && previous.is_none()
        {
            let role = match head::by_words(block, line) {
                Some(told) if matches!(told.role, Role::Reference | Role::Date | Role::LanguageSwitch) => {
                    plan.head.insert(k, told.clone());
                    told.role
                }
                _ if line.words <= 3 => Role::Navigation,
                _ => Role::Banner,
            };
            give(page, k, role);
            continue;
        }
        if line.is(Role::Lede) && (line.is_text || line.ends_colon) {
            give(page, k, Role::Lede);
            continue;
        }
        if in_menu(page, &plan.lines, k) {
            give(page, k, Role::Navigation);
            continue;
        }
        let heading = matches!(block.mark, BlockMark::Heading(1) | BlockMark::Title);
        match head::by_words(block, line) {
            Some(told) if !heading || told.role == Role::Title => {
                give(page, k, told.role);
                plan.head.insert(k, told);
            }
            Some(told) if told.role == Role::DocumentType && has_other_title(page, k, from, to) => {
                give(page, k, told.role);
                plan.head.insert(k, told);
            }
            _ => rest.push(k),
        }
    }
    titles(page, plan, &rest, to);
    second_issuer(page, plan, from, to);
}

/// Whether a line is one of three or more short links under one another: a menu, whatever its items are called.
pub(super) fn in_menu(page: &Page, lines: &[Line], k: usize) -> bool {
    let item = |n: usize| {
        page.blocks.get(n).zip(lines.get(n)).is_some_and(|(block, line)| {
            let linked = line.all_link || block.hints.iter().any(|hint| hint == "link");
            linked && (1..=4).contains(&line.words) && !matches!(block.mark, BlockMark::Heading(_))
        })
    };
    if !item(k) {
        return false;
    }
    let above = (0..k).rev().take_while(|n| item(*n)).count();
    let below = (k + 1..lines.len()).take_while(|n| item(*n)).count();
    above + below >= 2
}

/// Of two lines that name bodies, under one another and without a title, the lower one is the title ("A v. Ministry of B").
fn second_issuer(page: &mut Page, plan: &mut Plan, from: usize, to: usize) {
    let with = |role: Role| -> Vec<usize> {
        (from..to).filter(|k| page.blocks.get(*k).is_some_and(|b| b.role == role)).collect()
    };
    if !with(Role::Title).is_empty() {
        return;
    }
    if let [_, .., last] = with(Role::Issuer).as_slice() {
        let last = *last;
        give(page, last, Role::Title);
        plan.head.insert(last, HeadLine { role: Role::Title, from: 0, sure: 60 });
    }
}

/// Whether another line of the head is marked as a heading.
fn has_other_title(page: &Page, k: usize, from: usize, to: usize) -> bool {
    (from..to).any(|n| {
        n != k
            && page.blocks.get(n).is_some_and(|b| is_free(b) && matches!(b.mark, BlockMark::Heading(1 | 2)))
    })
}

/// Title, place and menu among the head lines that no word told.
fn titles(page: &mut Page, plan: &mut Plan, rest: &[usize], to: usize) {
    let marked = rest
        .iter()
        .copied()
        .find(|k| page.blocks.get(*k).is_some_and(|b| matches!(b.mark, BlockMark::Heading(1))));
    let words = |k: usize| plan.lines.get(k).map_or(0, |l| l.words);
    let first_told = plan.head.keys().copied().find(|k| *k < to);
    let longest = rest
        .iter()
        .copied()
        .filter(|k| words(*k) >= 2 && !plan.lines.get(*k).is_some_and(|l| l.all_link && l.words <= 3))
        .max_by_key(|k| (words(*k).min(8), std::cmp::Reverse(*k)));
    let title = marked.or(longest);
    let mut told: Vec<(usize, Role, u8)> = Vec::new();
    for k in rest.iter().copied() {
        let (Some(block), Some(line)) = (page.blocks.get(k), plan.lines.get(k)) else { continue };
        let beside_head = [k.wrapping_sub(1), k + 1].iter().any(|n| {
            page.blocks.get(*n).is_some_and(|b| {
                matches!(
                    b.role,
                    Role::Date | Role::Office | Role::Issuer | Role::DocumentType | Role::Reference
                )
            })
        });
        let (role, sure) = if title == Some(k) {
            if marked.is_none()
                && line.words <= 3
                && beside_head
                && head::may_be_place(block, line)
                && first_told.is_some_and(|f| f < k)
            {
                (Role::Place, 60)
            } else {
                (Role::Title, if marked == Some(k) { 95 } else { 80 })
            }
        } else if title.is_some_and(|t| t < k || words(t) > 6)
            && beside_head
            && head::may_be_place(block, line)
        {
            (Role::Place, 65)
        } else if line.all_link && line.words <= 6 {
            (Role::Navigation, 50)
        } else if line.words >= 4 && title.is_some_and(|t| k.abs_diff(t) <= 2) {
            (Role::Title, 60)
        } else if title.is_none_or(|t| k < t) && line.words <= 3 {
            (Role::Navigation, 40)
        } else if line.words >= 4 {
            (if k + 1 == to && line.ends_sentence { Role::Body } else { Role::Title }, 40)
        } else {
            (Role::Unknown, 0)
        };
        told.push((k, role, sure));
    }
    for (k, role, sure) in told {
        give(page, k, role);
        if matches!(role, Role::Title | Role::Place) {
            plan.head.insert(k, HeadLine { role, from: 0, sure });
        }
    }
}
