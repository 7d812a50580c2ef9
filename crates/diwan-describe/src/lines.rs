//! What can be seen of each block before anything is decided: its words, its shape, the cues it holds.

use diwan_model::{Block, BlockMark, LanguageTag, LinkKind, Page, Role};
use diwan_text::dates::{DateMention, DateOptions, find_dates};

use crate::fold::{Folded, bare, fold};
use crate::knowledge::{CueRole, KNOWLEDGE, line_key};

/// A line longer than this is no head line, label or menu.
pub(crate) const MAX_HEAD_WORDS: usize = 45;

/// What a cue told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) role: CueRole,
    /// Of a disclaimer: `translation` or `authoritative`.
    pub(crate) kind: Option<String>,
    /// The language of the cue.
    pub(crate) lang: LanguageTag,
    /// The whole line is the cue.
    pub(crate) whole: bool,
}

/// A block with what can be seen of it.
pub(crate) struct Line {
    pub(crate) folded: Folded,
    /// The folded line without spaces and punctuation round it.
    pub(crate) key: String,
    pub(crate) words: usize,
    pub(crate) letters: usize,
    /// Ends as a sentence does.
    pub(crate) ends_sentence: bool,
    /// Ends in a colon.
    pub(crate) ends_colon: bool,
    /// Long enough and shaped as running text.
    pub(crate) is_text: bool,
    /// Holds an address or a link.
    pub(crate) has_link: bool,
    /// All of it is links.
    pub(crate) all_link: bool,
    pub(crate) bullet: bool,
    pub(crate) cue: Option<Hit>,
}

/// The lines of a page.
pub(crate) fn read(page: &Page) -> Vec<Line> {
    let mut linked: Vec<(bool, usize)> = vec![(false, 0); page.blocks.len()];
    for link in &page.links {
        if link.kind == LinkKind::Canonical {
            continue;
        }
        if let Some(slot) = link.block.and_then(|k| linked.get_mut(k as usize)) {
            slot.0 = true;
            slot.1 += link.text.chars().filter(|c| c.is_alphanumeric()).count();
        }
    }
    page.blocks.iter().zip(linked).map(|(block, (has_link, linked))| line(block, has_link, linked)).collect()
}

fn line(block: &Block, has_link: bool, linked: usize) -> Line {
    let folded = fold(&block.text);
    let text = folded.text.as_str();
    let words = text.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let end = text.trim_end_matches([')', '"', '»', '”', '\'', ']', ' ']);
    let ends_sentence = end.ends_with(['.', '!', '?', '؟', '۔', '…', '。']);
    let ends_colon = end.ends_with([':', '：']);
    let trimmed = block.text.trim_start();
    let bullet = trimmed.starts_with(['•', '▪', '◦', '·', '*', '■', '●', '‣', '➢', '✓'])
        || (trimmed.starts_with(['-', '–', '—']) && trimmed.chars().nth(1).is_some_and(char::is_whitespace));
    let sentence_inside = [". ", "؟ ", "? ", "! ", "؛ ", "; "].iter().any(|p| text.contains(p));
    let is_text = (words >= 14 && (ends_sentence || sentence_inside || ends_colon))
        || words >= MAX_HEAD_WORDS
        || (block.mark == BlockMark::Paragraph && words >= 9 && ends_sentence);
    let has_address = text.contains("http://") || text.contains("https://") || text.contains("www.");
    Line {
        key: line_key(text),
        words,
        letters,
        ends_sentence,
        ends_colon,
        is_text,
        has_link: has_link || has_address,
        all_link: linked > 0 && linked + 2 >= letters,
        bullet,
        cue: find_cue(block, text, words, has_link || has_address),
        folded,
    }
}

/// The first cue that a line holds: of its own language first, in the order of the file.
fn find_cue(block: &Block, text: &str, words: usize, has_link: bool) -> Option<Hit> {
    if words > 120 || text.is_empty() {
        return None;
    }
    let key = line_key(text);
    let bare = bare(text);
    // `Original text: a link`
    let label =
        text.split_once(':').filter(|_| has_link).map(|(label, _)| line_key(label)).unwrap_or_default();
    for language in KNOWLEDGE.first(&block.lang) {
        for cue in &language.cues {
            if words > cue.max_words || words < cue.min_words || (cue.needs_link && !has_link) {
                continue;
            }
            let fits = if cue.whole.is_empty() {
                cue.groups.iter().all(|group| {
                    group.iter().any(|p| if cue.starts { p.starts(bare) } else { p.find(text).is_some() })
                }) && !cue.not.iter().any(|p| p.find(text).is_some())
            } else {
                words <= 12
                    && cue
                        .whole
                        .iter()
                        .any(|w| *w == key || undoubled(&key, w) || (cue.needs_link && *w == label))
            };
            if fits {
                return Some(Hit {
                    role: cue.role,
                    kind: cue.kind.clone(),
                    lang: language.lang.clone(),
                    whole: !cue.whole.is_empty(),
                });
            }
        }
    }
    None
}

/// Whether a line is one word or phrase printed twice (a picture's text and its caption).
fn undoubled(key: &str, phrase: &str) -> bool {
    !phrase.is_empty() && key.len() == 2 * phrase.len() && key.starts_with(phrase) && key.ends_with(phrase)
}

impl Line {
    /// Whether a cue gives it this role.
    pub(crate) fn is(&self, role: Role) -> bool {
        self.cue.as_ref().is_some_and(|hit| hit.role == CueRole::Role(role))
    }
}

/// The dates in a block; those of long blocks are looked for elsewhere.
pub(crate) fn dates(block: &Block, lang: &LanguageTag) -> Vec<DateMention> {
    find_dates(&block.text, &DateOptions { lang: lang.clone(), issued: None })
}

/// The dates of a head line, read as of its own language or, where that gives none, of the others.
pub(crate) fn head_dates(block: &Block) -> Vec<DateMention> {
    if !block.text.chars().any(char::is_numeric) && block.text.split_whitespace().count() > 12 {
        return Vec::new();
    }
    let found = dates(block, &block.lang);
    if !found.is_empty() {
        return found;
    }
    KNOWLEDGE
        .languages
        .iter()
        .filter(|l| l.lang.primary() != block.lang.primary() && l.lang.direction() == block.dir)
        .map(|l| dates(block, &l.lang))
        .find(|d| !d.is_empty())
        .unwrap_or_default()
}

/// The role that the markup round a block tells, where it tells one.
pub(crate) fn markup_role(block: &Block) -> Option<Role> {
    let inside_main = block.hints.iter().any(|h| h == "main" || h == "article");
    // The innermost hint speaks last; a class on the article itself says nothing of its parts.
    for hint in block.hints.iter().rev() {
        if inside_main && matches!(hint.as_str(), "main" | "article") {
            break;
        }
        let lower = hint.to_ascii_lowercase();
        let role = KNOWLEDGE
            .markup
            .get(&lower)
            .or_else(|| KNOWLEDGE.markup.get(&format!("={lower}")))
            .or_else(|| lower.split(['-', '_']).find_map(|part| KNOWLEDGE.markup.get(part)));
        if let Some(role) = role {
            return Some(*role);
        }
    }
    Some(match block.mark {
        BlockMark::Navigation => Role::Navigation,
        BlockMark::Header => Role::Banner,
        BlockMark::Footer => Role::Footer,
        BlockMark::Aside => Role::RelatedLink,
        BlockMark::Caption => Role::Caption,
        _ => return None,
    })
}
