//! Values printed without anything between them, split by the names of countries and languages.

use crate::fold::{Folded, fold};
use crate::knowledge::KNOWLEDGE;

/// What a field of languages names.
pub(crate) struct Languages {
    pub(crate) tags: Vec<String>,
    /// Some names were not parted by anything.
    pub(crate) glued: bool,
}

fn parts(value: &str) -> impl Iterator<Item = &str> {
    value.split(['،', ',', '؛', ';', '|', '/', '\n', '\t', '·', '•']).map(str::trim).filter(|p| !p.is_empty())
}

/// The languages named in a value.
pub(crate) fn languages(value: &str) -> Languages {
    let mut out = Languages { tags: Vec::new(), glued: false };
    for part in parts(value) {
        let folded = fold(part);
        if let Some(tag) = KNOWLEDGE.language_named(&folded.text) {
            push(&mut out.tags, tag);
            continue;
        }
        if part.len() == 2 && KNOWLEDGE.language_names.iter().any(|(_, tag)| *tag == folded.text) {
            push(&mut out.tags, &folded.text);
            continue;
        }
        if let Some(found) = split(&folded, |name| KNOWLEDGE.language_named(name).is_some()) {
            out.glued |= found.len() > 1;
            for (start, end) in found {
                if let Some(tag) = folded.text.get(start..end).and_then(|n| KNOWLEDGE.language_named(n)) {
                    push(&mut out.tags, tag);
                }
            }
        }
    }
    out
}

fn push(tags: &mut Vec<String>, tag: &str) {
    if !tags.iter().any(|t| t == tag) {
        tags.push(tag.to_owned());
    }
}

/// The countries named in a value, as printed, and whether they had to be split.
pub(crate) fn countries(value: &str) -> (Vec<String>, bool) {
    let mut out = Vec::new();
    let mut glued = false;
    for part in parts(value) {
        let folded = fold(part);
        if KNOWLEDGE.is_territory(&folded.text) {
            out.push(part.to_owned());
            continue;
        }
        match split(&folded, |name| KNOWLEDGE.is_territory(name)) {
            Some(found) if found.len() > 1 => {
                glued = true;
                for (start, end) in found {
                    if let Some(name) = part.get(folded.printed(start)..folded.printed(end)) {
                        out.push(name.trim().to_owned());
                    }
                }
            }
            _ => out.push(part.to_owned()),
        }
    }
    (out, glued)
}

/// Splits the whole of a folded text into known names, as few as possible; `None` where it cannot be.
fn split(folded: &Folded, known: impl Fn(&str) -> bool) -> Option<Vec<(usize, usize)>> {
    let text = &folded.text;
    if text.len() > 600 {
        return None;
    }
    let mut ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    ends.push(text.len());
    // For each boundary: the fewest names up to it and where the last of them begins.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; ends.len()];
    if let Some(first) = best.first_mut() {
        *first = Some((0, 0));
    }
    for i in 0..ends.len() {
        let Some(Some((count, _))) = best.get(i).copied() else { continue };
        for j in i + 1..ends.len().min(i + 60) {
            let (Some(start), Some(end)) = (ends.get(i), ends.get(j)) else { break };
            let Some(name) = text.get(*start..*end) else { continue };
            let trimmed = name.trim();
            if trimmed.chars().count() < 3 || !known(trimmed) {
                continue;
            }
            if let Some(slot) = best.get_mut(j)
                && slot.is_none_or(|(c, _)| count + 1 < c)
            {
                *slot = Some((count + 1, i));
            }
        }
    }
    let mut out = Vec::new();
    let mut at = ends.len() - 1;
    while at > 0 {
        let (_, from) = (*best.get(at)?)?;
        let (start, end) = (*ends.get(from)?, *ends.get(at)?);
        let name = text.get(start..end)?;
        let lead = name.len() - name.trim_start().len();
        out.push((start + lead, start + name.trim_end().len()));
        at = from;
    }
    out.reverse();
    Some(out)
}

/// A value printed twice without anything between (`Jane DoeJane Doe`): once.
pub(crate) fn undouble(value: &str) -> Option<&str> {
    let value = value.trim();
    let half = value.len() / 2;
    [half, half.saturating_sub(1), half + 1].into_iter().find_map(|at| {
        let (first, second) = (value.get(..at)?.trim(), value.get(at..)?.trim());
        (first == second && first.contains(char::is_whitespace)).then_some(first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glued_names_are_split() {
        assert_eq!(languages("العربيةالإنجليزية").tags, ["ar", "en"]);
        assert_eq!(languages("EnglishFrench").tags, ["en", "fr"]);
        assert_eq!(languages("فارسی، عربی").tags, ["fa", "ar"]);
        assert_eq!(
            countries("العراقسوريةالولايات المتحدة الأميركية").0,
            ["العراق", "سورية", "الولايات المتحدة الأميركية"]
        );
        assert_eq!(countries("FranceIraqUnited States").0, ["France", "Iraq", "United States"]);
        assert_eq!(countries("Selmland"), (vec!["Selmland".to_owned()], false));
        assert_eq!(undouble("Jane DoeJane Doe"), Some("Jane Doe"));
        assert_eq!(undouble("Jane Doe"), None);
    }
}
