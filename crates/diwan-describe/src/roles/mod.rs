//! The role of every block: cues first, then where the text is, then what stands round it.

mod heads;

use std::collections::BTreeMap;

use diwan_model::{Block, BlockMark, Page, Role};

use crate::head::{self, HeadLine};
use crate::knowledge::{CueRole, KNOWLEDGE};
use crate::lines::{self, Line};
use crate::panel::{self, Panel};
use crate::regions::{self, Region};

/// What was found out about the blocks of a page.
pub(crate) struct Plan {
    pub(crate) lines: Vec<Line>,
    pub(crate) regions: Vec<Region>,
    pub(crate) panel: Option<Panel>,
    /// Head lines with where their values begin.
    pub(crate) head: BTreeMap<usize, HeadLine>,
    /// The page itself says that it is no statement.
    pub(crate) refused: bool,
}

/// Gives every block its role.
pub(crate) fn assign(page: &mut Page) -> Plan {
    let lines = lines::read(page);
    let panel = panel::find(page, &lines);
    let mut plan = Plan { lines, regions: Vec::new(), panel, head: BTreeMap::new(), refused: false };
    marks(page, &plan.lines);
    furniture(page, &mut plan);
    plan.regions = regions::find(page, &plan.lines);
    for k in 0..plan.regions.len() {
        body(page, &plan, k);
    }
    for k in 0..plan.regions.len() {
        heads::read(page, &mut plan, k);
    }
    tail(page, &mut plan);
    if plan.regions.is_empty() {
        loose(page, &mut plan);
    }
    languages(page, &plan);
    plan
}

fn is_free(block: &Block) -> bool {
    block.role == Role::Unknown
}

fn give(page: &mut Page, k: usize, role: Role) {
    if let Some(block) = page.blocks.get_mut(k) {
        block.role = role;
    }
}

/// Marks of begin and end. An end needs text before it.
fn marks(page: &mut Page, lines: &[Line]) {
    let mut text_seen = false;
    for (k, line) in lines.iter().enumerate() {
        let Some(block) = page.blocks.get_mut(k) else { continue };
        text_seen |= line.is_text || (line.ends_sentence && line.words >= 4);
        if !is_free(block) || block.mark == BlockMark::Navigation {
            continue;
        }
        let text_follows = lines
            .get(k + 1..(k + 4).min(lines.len()))
            .unwrap_or(&[])
            .iter()
            .any(|l| l.ends_sentence || l.is_text);
        if line.is(Role::BeginMark) && text_follows && !line.all_link {
            block.role = Role::BeginMark;
        } else if line.is(Role::EndMark) && text_seen && !line.all_link {
            block.role = Role::EndMark;
        }
    }
}

/// What belongs to the site and not to the statement, as far as cues and markup tell.
fn furniture(page: &mut Page, plan: &mut Plan) {
    let lines = &plan.lines;
    let last_text = lines.iter().rposition(|l| l.is_text && l.cue.is_none()).unwrap_or(0);
    let first_text =
        lines.iter().position(|l| l.is_text && (l.cue.is_none() || l.is(Role::Lede))).unwrap_or(lines.len());
    let mut related = false;
    let mut notes = false;
    let mut open_mark = false;
    for k in 0..lines.len() {
        let (Some(block), Some(line)) = (page.blocks.get(k), lines.get(k)) else { continue };
        match block.role {
            Role::BeginMark => open_mark = closes(page, k),
            Role::EndMark => open_mark = false,
            _ => {}
        }
        if open_mark || !is_free(block) {
            continue;
        }
        let after = k > last_text;
        if line.cue.as_ref().is_some_and(|c| c.role == CueRole::NotAStatement) && k <= first_text + 1 {
            plan.refused = true;
        }
        let role = one(block, line, k, (first_text, last_text), &mut related, &mut notes);
        let role = role.or_else(|| (related && (line.all_link || after)).then_some(Role::RelatedLink));
        let role = role.or_else(|| (notes && after).then_some(Role::Footnote));
        if let Some(role) = role {
            give(page, k, role);
        }
    }
}

/// Whether a begin mark has its end.
fn closes(page: &Page, k: usize) -> bool {
    page.blocks
        .iter()
        .skip(k + 1)
        .find(|b| matches!(b.role, Role::BeginMark | Role::EndMark))
        .is_some_and(|b| b.role == Role::EndMark)
}

fn one(
    block: &Block,
    line: &Line,
    k: usize,
    text: (usize, usize),
    related: &mut bool,
    notes: &mut bool,
) -> Option<Role> {
    let (first_text, last_text) = text;
    let quoted = block.text.trim_start().starts_with(['«', '“', '"', '„']);
    if line.words <= 14
        && head::is_language_list(&line.folded.text)
        && (line.words > 1 || line.has_link || k > last_text || k < first_text)
    {
        return Some(Role::LanguageSwitch);
    }
    let cue = line.cue.as_ref();
    let cued = match cue.map(|c| c.role) {
        Some(CueRole::RelatedHeading) if line.words <= 6 => {
            if k > first_text {
                *related = true;
                return Some(Role::RelatedLink);
            }
            return (line.has_link || block.mark == BlockMark::Navigation || k == 0)
                .then_some(Role::Navigation);
        }
        Some(CueRole::Role(role)) => Some(role),
        _ => None,
    };
    match cued {
        // These outrank the markup: a notice in a footer is a notice.
        Some(role @ (Role::Disclaimer | Role::SourceLink))
            if !quoted
                && (k <= first_text || k >= last_text || role != Role::SourceLink || !line.is_text) =>
        {
            return Some(role);
        }
        Some(role @ (Role::Subscription | Role::FeedbackPrompt))
            if !quoted && (k < first_text || k >= last_text || line.words <= 12) =>
        {
            return Some(role);
        }
        Some(role @ Role::Banner) if k <= first_text || k >= last_text => return Some(role),
        Some(role @ Role::ArchiveMission) if k <= first_text => return Some(role),
        _ => {}
    }
    if let Some(role) = lines::markup_role(block) {
        let heading = matches!(block.mark, BlockMark::Heading(1));
        if !heading {
            return Some(role);
        }
    }
    match cued {
        Some(role @ (Role::Share | Role::Tags | Role::Navigation)) => Some(role),
        Some(Role::Contact) if k > last_text || line.words <= 12 => Some(Role::Contact),
        Some(Role::Footer) if k > last_text => {
            *related = false;
            *notes = false;
            Some(Role::Footer)
        }
        Some(Role::Footnote) if k > first_text => {
            *notes = true;
            Some(Role::Footnote)
        }
        _ => None,
    }
}

/// Roles inside a text.
fn body(page: &mut Page, plan: &Plan, index: usize) {
    let Some(region) = plan.regions.get(index) else { return };
    let between_marks = region.begin.is_some() && region.end.is_some();
    for k in region.first..=region.last {
        let (Some(block), Some(line)) = (page.blocks.get(k), plan.lines.get(k)) else { continue };
        if !is_free(block) && (!between_marks || block.role == Role::Blank) {
            continue;
        }
        let next_is_text = plan.lines.get(k + 1).is_some_and(|l| l.words > line.words);
        let role = if block.mark == BlockMark::TableRow {
            Role::TableRow
        } else if line.bullet || block.mark == BlockMark::ListItem {
            Role::ListItem
        } else if matches!(block.mark, BlockMark::Heading(_))
            || (line.words <= 12
                && !line.ends_sentence
                && !line.is_text
                && k < region.last
                && next_is_text
                && !line.ends_colon)
        {
            Role::Heading
        } else if k == region.first && region.begin.is_none() && line.is(Role::Lede) && k < region.last {
            Role::Lede
        } else {
            Role::Body
        };
        give(page, k, role);
    }
    // The sentence above a begin mark introduces the text.
    if let Some(begin) = region.begin {
        let above = (begin.saturating_sub(4)..begin)
            .rev()
            .find(|k| page.blocks.get(*k).is_some_and(|b| b.role != Role::Blank));
        if let Some(k) = above
            && page.blocks.get(k).is_some_and(is_free)
            && plan.lines.get(k).is_some_and(|l| l.is(Role::Lede) || l.ends_colon || l.is_text)
        {
            give(page, k, Role::Lede);
        }
    }
}

/// Whether a line below the text is the site's own: its parts, set off by signs, begin with a body's name, or it is
/// a line in another script than the text.
fn is_imprint(block: &Block, line: &Line, foreign: bool) -> bool {
    if line.has_link || !(3..=30).contains(&line.words) {
        return false;
    }
    let text = line.folded.text.as_str();
    let parted = text.contains(['·', '|', '•']);
    let body = parted
        && text.split(['·', '|', '•']).next().is_some_and(|first| {
            KNOWLEDGE.first(&block.lang).any(|l| l.bodies.issuer.iter().any(|p| p.starts(first.trim())))
        });
    body || foreign && (parted || line.ends_sentence)
}

/// The lines below the texts.
fn tail(page: &mut Page, plan: &mut Plan) {
    let Some(last) = plan.regions.iter().map(|r| r.end.unwrap_or(r.last)).max() else { return };
    let first_region = plan.regions.first().map_or(0, |r| r.first);
    let mut adjacent = true;
    for k in first_region..page.blocks.len() {
        let (Some(block), Some(line)) = (page.blocks.get(k), plan.lines.get(k)) else { continue };
        if !is_free(block) {
            if k > last && !matches!(block.role, Role::Blank | Role::EndMark | Role::Share) {
                adjacent = false;
            }
            continue;
        }
        let region = plan.regions.iter().rfind(|r| r.last < k);
        let same_language = region
            .is_some_and(|r| r.lang.primary() == block.lang.primary() || r.lang.direction() == block.dir);
        let told = head::by_words(block, line);
        let has = |role: Role| page.blocks.iter().any(|b| b.role == role);
        let at_foot = adjacent && same_language && region.is_some_and(|r| r.end.is_none());
        let signed = k
            .checked_sub(1)
            .and_then(|n| page.blocks.get(n))
            .is_some_and(|b| b.role == Role::Signature && !block.parted);
        let role = match told {
            Some(ref told) if signed && at_foot && matches!(told.role, Role::Issuer | Role::Office) => {
                Role::Signature
            }
            Some(told)
                if at_foot
                    && matches!(
                        told.role,
                        Role::Date | Role::Dateline | Role::Place | Role::Issuer | Role::Office
                    ) =>
            {
                let wanted = if told.role == Role::Dateline {
                    !has(Role::Date) && !has(Role::Dateline)
                } else {
                    !has(told.role)
                };
                let role = told.role;
                if wanted {
                    plan.head.insert(k, HeadLine { sure: told.sure.saturating_sub(20), ..told });
                    role
                } else {
                    Role::Signature
                }
            }
            Some(told) if matches!(told.role, Role::Issuer | Role::Office) => Role::Footer,
            Some(told) if told.role == Role::LanguageSwitch => Role::LanguageSwitch,
            _ if is_imprint(block, line, region.is_some_and(|r| r.lang.direction() != block.dir)) => {
                Role::Footer
            }
            _ if is_footnote(&line.folded.text) => Role::Footnote,
            _ if at_foot
                && line.words <= 10
                && !line.all_link
                && !line.has_link
                && block.mark != BlockMark::ListItem =>
            {
                Role::Signature
            }
            _ if line.is_text => Role::Footer,
            _ if line.words <= 2 && !line.has_link && line.letters == 0 => Role::Footer,
            _ if line.words <= 2 => Role::Navigation,
            _ => Role::RelatedLink,
        };
        if role == Role::RelatedLink || role == Role::Footer || role == Role::Navigation {
            adjacent = false;
        }
        give(page, k, role);
    }
}

fn is_footnote(folded: &str) -> bool {
    let text = folded.trim_start();
    let digits: usize = text.trim_start_matches(['[', '(']).chars().take_while(char::is_ascii_digit).count();
    (text.starts_with(['[', '(']) && digits > 0 && digits <= 2)
        || text.starts_with(['¹', '²', '³', '†', '‡'])
        || text.starts_with("* ")
}

/// A page without a text: what the lines are by themselves.
fn loose(page: &mut Page, plan: &mut Plan) {
    for k in 0..page.blocks.len() {
        let (Some(block), Some(line)) = (page.blocks.get(k), plan.lines.get(k)) else { continue };
        if !is_free(block) {
            continue;
        }
        if heads::in_menu(page, &plan.lines, k) {
            give(page, k, Role::Navigation);
        } else if let Some(told) = head::by_words(block, line) {
            give(page, k, told.role);
            plan.head.insert(k, told);
        } else if matches!(block.mark, BlockMark::Heading(1)) {
            give(page, k, Role::Title);
            plan.head.insert(k, HeadLine { role: Role::Title, from: 0, sure: 70 });
        } else if line.is_text {
            give(page, k, Role::Body);
        }
    }
}

/// The language of short lines: that of the cue they hold, or of the text they stand by.
fn languages(page: &mut Page, plan: &Plan) {
    let panel_lang = plan.panel.as_ref().and_then(|p| p.lang.clone());
    for (k, line) in plan.lines.iter().enumerate() {
        let Some(block) = page.blocks.get_mut(k) else { continue };
        if line.letters == 0
            || (line.letters > 70 && block.role != Role::SourceLink)
            || block.role == Role::Blank
        {
            continue;
        }
        if block.role == Role::LanguageSwitch {
            if line.words > 1 && head::language_in(&line.folded.text).len() > 1 {
                block.lang = diwan_model::LanguageTag::MULTIPLE;
            }
            continue;
        }
        // The signs of footers are the same in every language of a script: there the letters tell more.
        let by_cue =
            block.dir == diwan_model::Direction::RightToLeft || line.letters < 20 || !line.is(Role::Footer);
        let hit = line.cue.as_ref().filter(|_| by_cue).map(|c| &c.lang);
        let near = plan
            .head
            .get(&k)
            .and_then(|_| plan.regions.iter().find(|r| r.last >= k).or(plan.regions.last()))
            .map(|r| &r.lang);
        let panel = panel_lang.as_ref().filter(|_| block.role.is_archive_metadata());
        if let Some(lang) = panel.or(near).or(hit)
            && lang.direction() == block.dir
            && lang.is_language()
        {
            block.lang = lang.clone();
        }
    }
}
