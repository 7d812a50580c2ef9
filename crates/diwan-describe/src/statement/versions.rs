//! The versions that a page holds: one a language, with its sentences and with which of them counts.

use diwan_model::{Authority, LanguageTag, Page, Role, Sentence, Statement, Version};
use diwan_text::sentences::sentences;

use super::{locus, value_at};
use crate::fold::{bare, fold};
use crate::head::language_in;
use crate::knowledge::KNOWLEDGE;
use crate::regions::Region;
use crate::roles::Plan;

/// A version for each language that the page has text in.
pub(super) fn read(page: &Page, plan: &Plan) -> Vec<Version> {
    let notices: Vec<Notice> = notices(page, plan);
    let mut out: Vec<Version> = Vec::new();
    for region in &plan.regions {
        let at = out.iter().position(|v| v.lang.primary() == region.lang.primary());
        let index = at.unwrap_or_else(|| {
            out.push(new_version(page, plan, region, &notices));
            out.len() - 1
        });
        if let Some(version) = out.get_mut(index) {
            add_sentences(page, plan, region, version);
        }
    }
    out
}

/// An archive that prints a text in its own language and in another, without a notice, prints the original and its own
/// readers' translation.
pub(super) fn unmarked_translation(plan: &Plan, statement: &mut Statement) {
    let Some(own) = plan.panel.as_ref().and_then(|p| p.lang.as_ref()) else { return };
    if statement.versions.len() < 2 || statement.versions.iter().any(|v| v.authority != Authority::Unknown) {
        return;
    }
    for version in statement.versions.iter_mut().filter(|v| v.lang.primary() == own.primary()) {
        version.authority = Authority::CourtesyTranslation;
    }
}

fn line_of(page: &Page, block: Option<usize>) -> Option<u32> {
    Some(page.blocks.get(block?)?.line)
}

fn new_version(page: &Page, plan: &Plan, region: &Region, notices: &[Notice]) -> Version {
    let (authority, disclaimer_line) = authority(region, notices, plan);
    let to = region.begin.unwrap_or(region.first);
    let title = plan
        .head
        .iter()
        .filter(|(k, told)| {
            told.role == Role::Title
                && (**k < to || plan.regions.len() == 1)
                && page.blocks.get(**k).is_some_and(|b| b.lang.primary() == region.lang.primary())
        })
        .max_by_key(|(k, told)| (told.sure, std::cmp::Reverse(**k)))
        .and_then(|(k, told)| value_at(page, *k, told.from, f32::from(told.sure) / 100.0, "head-line@1"));
    Version {
        lang: region.lang.clone(),
        authority,
        disclaimer_line,
        begin_line: line_of(page, region.begin),
        end_line: line_of(page, region.end),
        title,
        sentences: Vec::new(),
        mentions: Vec::new(),
    }
}

/// The sentences of a region, the lede above its begin mark included.
fn add_sentences(page: &Page, plan: &Plan, region: &Region, version: &mut Version) {
    let lede = region.begin.and_then(|begin| {
        (begin.saturating_sub(4)..begin)
            .rev()
            .find(|k| page.blocks.get(*k).is_some_and(|b| b.role == Role::Lede))
    });
    let lede = lede.or_else(|| {
        (region.first.saturating_sub(3)..region.first)
            .rev()
            .find(|k| page.blocks.get(*k).is_some_and(|b| b.role == Role::Lede))
    });
    let until = plan
        .regions
        .iter()
        .find(|r| r.first > region.last)
        .map_or(page.blocks.len(), |r| r.begin.unwrap_or(r.first));
    let after = (region.last + 1..until)
        .filter(|k| page.blocks.get(*k).is_some_and(|b| matches!(b.role, Role::Signature | Role::Footnote)));
    for k in lede.into_iter().chain(region.first..=region.last).chain(after) {
        let Some(block) = page.blocks.get(k).filter(|b| b.role.is_text()) else { continue };
        for span in sentences(&block.text, &version.lang) {
            let text = span.of(&block.text);
            if text.trim().is_empty() {
                continue;
            }
            version.sentences.push(Sentence {
                n: u32::try_from(version.sentences.len() + 1).unwrap_or(u32::MAX),
                line: block.line,
                text: text.to_owned(),
                locus: Some(locus(page, k, span)),
            });
        }
    }
}

/// A notice of which text counts.
struct Notice {
    block: usize,
    line: u32,
    lang: LanguageTag,
    kind: String,
    /// Languages it names, without the one it may be translated into.
    named: Vec<LanguageTag>,
}

/// The languages that a notice speaks of. One that says which text counts may first say in which languages the text is
/// published ("published in A and B; only the B text is authentic"): there only the clause that says it speaks.
fn named_languages(folded: &str, kind: &str) -> Vec<LanguageTag> {
    let says_it = |clause: &str| {
        KNOWLEDGE.languages.iter().flat_map(|l| &l.cues).any(|cue| {
            cue.kind.as_deref() == Some("authoritative")
                && cue.groups.first().is_some_and(|g| g.iter().any(|p| p.find(clause).is_some()))
        })
    };
    if kind == "authoritative" {
        let named: Vec<_> =
            folded.split([';', '؛', '.']).filter(|clause| says_it(clause)).flat_map(language_in).collect();
        if !named.is_empty() {
            return named;
        }
    }
    language_in(folded)
}

fn notices(page: &Page, plan: &Plan) -> Vec<Notice> {
    page.blocks
        .iter()
        .enumerate()
        .filter(|(_, b)| b.role == Role::Disclaimer)
        .map(|(k, block)| {
            let line = plan.lines.get(k);
            let kind = line
                .and_then(|l| l.cue.as_ref())
                .and_then(|c| c.kind.clone())
                .unwrap_or_else(|| "translation".to_owned());
            let named = named_languages(&fold(bare(&block.text)).text, &kind);
            Notice { block: k, line: block.line, lang: block.lang.clone(), kind, named }
        })
        .collect()
}

/// Which text counts, for one version, and the line that says so.
fn authority(region: &Region, notices: &[Notice], plan: &Plan) -> (Authority, Option<u32>) {
    let several = plan.regions.iter().any(|r| r.lang.primary() != region.lang.primary());
    let mut result = (Authority::Unknown, None);
    // The notice in the version's own language speaks first, then the nearest one.
    let mut order: Vec<&Notice> = notices.iter().collect();
    order.sort_by_key(|n| (n.lang.primary() != region.lang.primary(), n.block.abs_diff(region.last)));
    for notice in order {
        let names_it = notice.named.iter().any(|l| l.primary() == region.lang.primary());
        let names_other = notice.named.iter().any(|l| l.primary() != region.lang.primary());
        let told = match notice.kind.as_str() {
            "authoritative" => match (names_it, names_other) {
                (true, _) => Some(Authority::Authoritative),
                (false, true) => Some(Authority::CourtesyTranslation),
                (false, false) if !several || notice.lang.primary() == region.lang.primary() => {
                    Some(Authority::Authoritative)
                }
                _ => None,
            },
            _ => match (names_it, names_other) {
                // "The Arabic text is a translation; the English one counts" names both: the one in another language counts,
                // unless the notice stands in this version's language alone.
                (true, false) if several || notice.lang.primary() != region.lang.primary() => {
                    Some(Authority::Authoritative)
                }
                (true, true) if several && notice.lang.primary() != region.lang.primary() => {
                    Some(Authority::Authoritative)
                }
                _ if several && notice.lang.primary() != region.lang.primary() && !names_other => None,
                _ => Some(Authority::CourtesyTranslation),
            },
        };
        if let Some(authority) = told {
            result = (authority, Some(notice.line));
            break;
        }
    }
    result
}
