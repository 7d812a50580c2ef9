//! The language and direction of each block: what the markup says, checked against what the letters show.

use std::collections::BTreeMap;

use diwan_model::{Direction, LanguageTag, Page, Role};
use diwan_text::language::identify;
use diwan_text::script::Script;

/// A block with at least this many letters tells its language by itself.
const LONG: usize = 60;

/// Fills in language and direction. Blocks come with the language that their markup declares, or `und`.
pub(crate) fn fill(page: &mut Page) {
    let mut seen: BTreeMap<LanguageTag, (Option<Script>, usize)> = BTreeMap::new();
    let shapes: Vec<(usize, Option<Script>)> = page.blocks.iter().map(|b| shape(&b.text)).collect();
    for (block, (letters, script)) in page.blocks.iter_mut().zip(&shapes) {
        if *letters < LONG {
            continue;
        }
        let guess = identify(&block.text, &[]);
        if guess.lang.is_language() {
            let declared = block.lang.is_language()
                && declared_fits(&block.lang, *script)
                && guess.confidence.value() < 0.8;
            if !declared {
                block.lang = guess.lang;
            }
            let entry = seen.entry(block.lang.clone()).or_insert((*script, 0));
            entry.1 += letters;
        }
    }
    let declared_page = page.declared_lang.clone();
    for (block, (letters, script)) in page.blocks.iter_mut().zip(&shapes) {
        if *letters < LONG {
            block.lang = short_language(&block.text, &block.lang, *script, &seen, declared_page.as_ref());
        }
        if block.role == Role::Blank {
            block.lang = LanguageTag::NO_LANGUAGE;
        }
        block.dir = script.map_or_else(
            || if block.lang.is_language() { block.lang.direction() } else { Direction::LeftToRight },
            Script::direction,
        );
    }
}

/// Number of letters, and the script of most of them. Addresses are in no language: they do not make a line long.
fn shape(text: &str) -> (usize, Option<Script>) {
    let mut counts: BTreeMap<Script, usize> = BTreeMap::new();
    for word in text.split_whitespace().filter(|word| !word.contains("://")) {
        for script in word.chars().filter_map(Script::of) {
            *counts.entry(script).or_default() += 1;
        }
    }
    let total = counts.values().sum();
    // On a tie the first of the order of scripts, so that the result never changes.
    let most = counts.into_iter().rev().max_by_key(|(_, n)| *n).map(|(script, _)| script);
    (total, most)
}

fn declared_fits(lang: &LanguageTag, script: Option<Script>) -> bool {
    script.is_none_or(|script| script.direction() == lang.direction())
}

/// The language of a short block: the one that the long blocks of its script are in, the declared one, or what its
/// letters show.
fn short_language(
    text: &str,
    declared: &LanguageTag,
    script: Option<Script>,
    seen: &BTreeMap<LanguageTag, (Option<Script>, usize)>,
    page: Option<&LanguageTag>,
) -> LanguageTag {
    let Some(script) = script else { return LanguageTag::NO_LANGUAGE };
    if declared.is_language() && declared_fits(declared, Some(script)) {
        return declared.clone();
    }
    let mut here: Vec<(&LanguageTag, usize)> =
        seen.iter().filter(|(_, (s, _))| *s == Some(script)).map(|(lang, (_, n))| (lang, *n)).collect();
    here.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let guess = identify(text, &[]);
    let letters = text.chars().filter(|c| Script::of(*c).is_some()).count();
    if let [(only, _)] = here.as_slice() {
        // A line of some length that is plainly in another language is a piece of the site.
        let other = guess.lang.is_language() && letters >= 18 && guess.confidence.value() >= 0.85;
        return if other { guess.lang } else { (*only).clone() };
    }
    let mut candidates: Vec<LanguageTag> = here.iter().map(|(lang, _)| (*lang).clone()).collect();
    if candidates.is_empty() {
        candidates.extend(page.filter(|p| declared_fits(p, Some(script))).cloned());
    }
    if candidates.is_empty() || (guess.confidence.value() >= 0.9 && candidates.contains(&guess.lang)) {
        return guess.lang;
    }
    if candidates.contains(&guess.lang) { guess.lang } else { candidates.swap_remove(0) }
}
