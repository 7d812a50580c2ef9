//! Where the text of each version stands: between its marks, or the longest run of running text in a language.

use diwan_model::{Block, BlockMark, LanguageTag, Page, Role};

use crate::lines::Line;

/// The text of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) lang: LanguageTag,
    /// First and last block of the text, both included.
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// The marks.
    pub(crate) begin: Option<usize>,
    pub(crate) end: Option<usize>,
}

/// A second language needs this share of the letters of the first to be a version and not a notice.
const SECOND_SHARE: f32 = 0.3;

/// Finds the regions, in order.
pub(crate) fn find(page: &Page, lines: &[Line]) -> Vec<Region> {
    let mut regions = marked(page, lines);
    let free = segments(page, lines, &regions, is_running);
    let mut free = if free.is_empty() && regions.is_empty() {
        segments(page, lines, &regions, is_sentence)
    } else {
        free
    };
    free.sort_by_key(|s| std::cmp::Reverse(letters(lines, s.first, s.last)));
    let mut main = regions.iter().map(|r| letters(lines, r.first, r.last)).max().unwrap_or(0);
    for segment in free {
        let size = letters(lines, segment.first, segment.last);
        if regions.is_empty() {
            main = size;
            regions.push(segment);
        } else if regions.iter().all(|r| r.lang.primary() != segment.lang.primary())
            && segment.lang.is_language()
            && size as f32 >= SECOND_SHARE * main as f32
            && !is_notice(page, lines, &segment)
        {
            regions.push(segment);
        }
    }
    regions.sort_by_key(|r| r.first);
    for k in 0..regions.len() {
        let from = if k == 0 { 0 } else { regions.get(k - 1).map_or(0, |r| r.end.unwrap_or(r.last) + 1) };
        let to = regions.get(k + 1).map_or(lines.len(), |r| r.begin.unwrap_or(r.first));
        if let Some(region) = regions.get_mut(k) {
            stretch(page, lines, region, from, to);
        }
    }
    regions
}

fn letters(lines: &[Line], first: usize, last: usize) -> usize {
    lines.get(first..=last).unwrap_or(&[]).iter().map(|l| l.letters).sum()
}

/// Text in another language that the page puts above or below everything: one short paragraph, far from the other.
fn is_notice(page: &Page, lines: &[Line], segment: &Region) -> bool {
    let paragraphs =
        (segment.first..=segment.last).filter(|k| lines.get(*k).is_some_and(|l| l.is_text)).count();
    let headed = segment.first > 0
        && (segment.first.saturating_sub(4)..segment.first).any(|k| {
            page.blocks
                .get(k)
                .is_some_and(|b| b.role == Role::Unknown && b.lang.primary() == segment.lang.primary())
        });
    let size = letters(lines, segment.first, segment.last);
    paragraphs <= 1 && !headed && size < 260
}

fn text_role(block: &Block) -> bool {
    block.role == Role::Unknown
}

fn is_running(block: &Block, line: &Line) -> bool {
    text_role(block) && line.is_text && !line.all_link
}

fn is_sentence(block: &Block, line: &Line) -> bool {
    text_role(block) && line.ends_sentence && line.words >= 4 && !line.all_link
}

/// Regions between "begin text" and "end text".
fn marked(page: &Page, lines: &[Line]) -> Vec<Region> {
    let mut out: Vec<Region> = Vec::new();
    let mut k = 0;
    while k < lines.len() {
        match page.blocks.get(k).map(|b| b.role) {
            Some(Role::BeginMark) => {
                let end = (k + 1..lines.len()).find(|n| {
                    page.blocks.get(*n).is_some_and(|b| matches!(b.role, Role::EndMark | Role::BeginMark))
                });
                let closed = end.filter(|n| page.blocks.get(*n).is_some_and(|b| b.role == Role::EndMark));
                let limit =
                    closed.unwrap_or_else(|| open_end(page, lines, k + 1, end.unwrap_or(lines.len())));
                if let Some(region) = between(page, lines, k + 1, limit, Some(k), closed) {
                    out.push(region);
                }
                k = limit.max(k + 1);
            }
            Some(Role::EndMark) if out.last().is_none_or(|r| r.end != Some(k)) => {
                let from = out.last().map_or(0, |r| r.end.unwrap_or(r.last) + 1);
                let first = (from..k)
                    .find(|n| page.blocks.get(*n).zip(lines.get(*n)).is_some_and(|(b, l)| is_running(b, l)));
                if let Some(region) = first.and_then(|first| between(page, lines, first, k, None, Some(k))) {
                    out.push(region);
                }
                k += 1;
            }
            _ => k += 1,
        }
    }
    out
}

/// Where a text ends that begins with a mark and has none at its end.
fn open_end(page: &Page, lines: &[Line], from: usize, to: usize) -> usize {
    let lang = (from..to)
        .find(|k| lines.get(*k).is_some_and(|l| l.is_text))
        .and_then(|k| page.blocks.get(k))
        .map(|b| b.lang.clone());
    (from..to)
        .find(|k| {
            let (Some(block), Some(line)) = (page.blocks.get(*k), lines.get(*k)) else { return true };
            ends_text(block.role)
                || (line.is_text && lang.as_ref().is_some_and(|l| l.primary() != block.lang.primary()))
        })
        .unwrap_or(to)
}

fn between(
    page: &Page,
    lines: &[Line],
    from: usize,
    to: usize,
    begin: Option<usize>,
    end: Option<usize>,
) -> Option<Region> {
    let inside: Vec<usize> =
        (from..to).filter(|k| page.blocks.get(*k).is_some_and(|b| b.role != Role::Blank)).collect();
    let biggest = inside.iter().copied().max_by_key(|k| lines.get(*k).map_or(0, |l| l.letters))?;
    let lang = page.blocks.get(biggest)?.lang.clone();
    Some(Region { lang, first: *inside.first()?, last: *inside.last()?, begin, end })
}

/// Roles that no text goes on after.
fn ends_text(role: Role) -> bool {
    matches!(
        role,
        Role::Disclaimer
            | Role::SourceLink
            | Role::Footer
            | Role::Subscription
            | Role::FeedbackPrompt
            | Role::RelatedLink
            | Role::EndMark
            | Role::BeginMark
    ) || role.is_archive_metadata()
}

/// Runs of text in one language, outside the regions already found.
fn segments(page: &Page, lines: &[Line], taken: &[Region], counts: fn(&Block, &Line) -> bool) -> Vec<Region> {
    let mut out: Vec<Region> = Vec::new();
    let mut open: Option<Region> = None;
    let mut links = 0;
    for (k, (block, line)) in page.blocks.iter().zip(lines).enumerate() {
        let inside = taken.iter().any(|r| r.begin.unwrap_or(r.first) <= k && k <= r.end.unwrap_or(r.last));
        if inside || ends_text(block.role) {
            out.extend(open.take());
            continue;
        }
        links = if line.all_link && text_role(block) { links + 1 } else { 0 };
        if links >= 3 {
            out.extend(open.take());
        }
        if !counts(block, line) {
            continue;
        }
        match &mut open {
            Some(region) if region.lang.primary() == block.lang.primary() => region.last = k,
            _ => {
                out.extend(open.take());
                open = Some(Region { lang: block.lang.clone(), first: k, last: k, begin: None, end: None });
            }
        }
    }
    out.extend(open);
    out
}

/// Takes in the short sentences just before and after, and the items of a list that ends the text.
fn stretch(page: &Page, lines: &[Line], region: &mut Region, from: usize, to: usize) {
    let same = |k: usize| {
        page.blocks.get(k).is_some_and(|b| text_role(b) && b.lang.primary() == region.lang.primary())
    };
    if region.begin.is_none() {
        while region.first > from {
            let k = region.first - 1;
            let (Some(line), Some(block)) = (lines.get(k), page.blocks.get(k)) else { break };
            let heading = matches!(block.mark, BlockMark::Heading(_) | BlockMark::Title);
            if !same(k) || heading || !line.ends_sentence || line.words < 4 || line.all_link {
                break;
            }
            region.first = k;
        }
    }
    if region.end.is_none() {
        while region.last + 1 < to {
            let k = region.last + 1;
            let (Some(line), Some(block), Some(before)) =
                (lines.get(k), page.blocks.get(k), lines.get(region.last))
            else {
                break;
            };
            let item = line.bullet || block.mark == BlockMark::ListItem || block.mark == BlockMark::TableRow;
            let goes_on = (line.ends_sentence && line.words >= 2)
                || (item && !line.all_link && (before.ends_colon || before.bullet || item_before(page, k)));
            // The last line of a page that was cut.
            let cut = line.words >= 9
                && !line.ends_colon
                && block.parted
                && before.is_text
                && page.blocks.iter().skip(k + 1).all(|b| b.role == Role::Blank);
            if !same(k) || line.all_link || !(goes_on || cut) {
                break;
            }
            region.last = k;
        }
    }
}

fn item_before(page: &Page, k: usize) -> bool {
    k.checked_sub(1)
        .and_then(|n| page.blocks.get(n))
        .is_some_and(|b| matches!(b.mark, BlockMark::ListItem | BlockMark::TableRow))
}
