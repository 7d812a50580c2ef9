//! Which keys are one entity's.

use std::collections::{BTreeMap, BTreeSet};

use diwan_text::names::{Name, SAME_NAME, keys as name_keys};

/// Parts of a key that make no other body of it.
const LIGHT: &[&str] = &[
    "global",
    "international",
    "official",
    "recent",
    "defeat",
    "combating",
    "lasting",
    "general",
    "coalition",
    "group",
    "working",
    "work",
    "joint",
    "united",
    "special",
];

/// Concepts that together make no name by themselves: such keys mean the issuer's own.
pub(super) fn is_general(key: &str) -> bool {
    let Some(rest) = key.strip_prefix("organisation:") else { return false };
    if crate::mentions::known_of(key).is_some() {
        return false;
    }
    rest.split(' ').all(crate::mentions::is_concept)
}

/// Groups of numbers, with how sure each group is.
pub(super) struct Union {
    parent: Vec<usize>,
    sure: Vec<f32>,
    alone: BTreeSet<usize>,
}

impl Union {
    pub(super) fn new(len: usize) -> Self {
        Self { parent: (0..len).collect(), sure: vec![1.0; len], alone: BTreeSet::new() }
    }

    /// The group's number: its smallest member.
    pub(super) fn root(&self, of: usize) -> usize {
        let mut at = of;
        if self.alone.contains(&of) {
            return of;
        }
        while let Some(up) = self.parent.get(at).copied().filter(|up| *up != at) {
            at = up;
        }
        // A key that people put apart gives its group to the next one.
        if self.alone.contains(&at) {
            return (0..self.parent.len())
                .find(|k| !self.alone.contains(k) && self.top(*k) == at)
                .unwrap_or(at);
        }
        at
    }

    fn top(&self, of: usize) -> usize {
        let mut at = of;
        while let Some(up) = self.parent.get(at).copied().filter(|up| *up != at) {
            at = up;
        }
        at
    }

    pub(super) fn sure(&self, root: usize) -> f32 {
        self.sure.get(self.top(root)).copied().unwrap_or(1.0)
    }

    pub(super) fn join(&mut self, a: usize, b: usize, sure: f32) {
        // People's decision to join takes back that they put one apart.
        if sure >= 1.0 {
            self.alone.remove(&a);
            self.alone.remove(&b);
        }
        let (a, b) = (self.top(a), self.top(b));
        let (low, high) = (a.min(b), a.max(b));
        let both = self.sure.get(a).copied().unwrap_or(1.0).min(self.sure.get(b).copied().unwrap_or(1.0));
        if low != high
            && let Some(slot) = self.parent.get_mut(high)
        {
            *slot = low;
        }
        if let Some(slot) = self.sure.get_mut(low) {
            *slot = both.min(sure);
        }
    }

    pub(super) fn apart(&mut self, key: usize) {
        self.alone.insert(key);
    }
}

/// People: spellings of one name, in one script or two.
pub(super) fn people(keys: &[&str], statements: &[&BTreeSet<i64>], union: &mut Union) {
    let people: Vec<(usize, &str)> =
        keys.iter().enumerate().filter_map(|(k, key)| Some((k, key.strip_prefix("person:")?))).collect();
    let names: Vec<Name> = people.iter().map(|(_, name)| Name::new(name)).collect();
    let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, (_, name)) in people.iter().enumerate() {
        for key in name_keys(name) {
            blocks.entry(key.0).or_default().push(at);
        }
    }
    let mut compared: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut alike: Vec<(usize, usize, f32)> = Vec::new();
    for block in blocks.values().filter(|b| b.len() <= 400) {
        for (k, a) in block.iter().enumerate() {
            for b in block.iter().skip(k + 1).filter(|b| *b != a) {
                let pair = (*a.min(b), *a.max(b));
                if !compared.insert(pair) {
                    continue;
                }
                let (Some((_, x)), Some((_, y))) = (people.get(pair.0), people.get(pair.1)) else { continue };
                // A surname alone is a person only where its text says which.
                let words = |name: &str| name.split(' ').filter(|w| w.chars().count() > 1).count();
                if words(x) < 2 || words(y) < 2 {
                    continue;
                }
                let (Some(m), Some(n)) = (names.get(pair.0), names.get(pair.1)) else { continue };
                let mut likeness = m.similarity(n);
                let shared = match (people.get(pair.0), people.get(pair.1)) {
                    (Some((p, _)), Some((q, _))) => match (statements.get(*p), statements.get(*q)) {
                        (Some(s), Some(t)) => s.intersection(t).next().is_some(),
                        _ => false,
                    },
                    _ => false,
                };
                if shared && likeness < SAME_NAME && slip(x, y) {
                    likeness = SAME_NAME;
                }
                if likeness >= SAME_NAME {
                    alike.push((pair.0, pair.1, likeness));
                }
            }
        }
    }
    alike.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    for (a, b, likeness) in alike {
        if let (Some((a, _)), Some((b, _))) = (people.get(a), people.get(b)) {
            union.join(*a, *b, likeness.min(0.95));
        }
    }
}

/// Whether two names in one script differ by one letter of a longer word: a slip of the pen.
pub(crate) fn slip(a: &str, b: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        name.split(' ')
            .map(|w| w.trim_end_matches('.').to_owned())
            .filter(|w| w.chars().count() > 1)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    if a.len() != b.len() {
        return false;
    }
    let different: Vec<(&String, &String)> = a.iter().zip(&b).filter(|(x, y)| x != y).collect();
    matches!(different.as_slice(), [(x, y)] if x.chars().count().max(y.chars().count()) >= 5 && (distance(x, y) <= 1 || reordered(x, y)))
}

/// The same letters but for one, in another order, after the same first one.
fn reordered(a: &str, b: &str) -> bool {
    let mut left: Vec<char> = b.chars().collect();
    let mut extra = 0;
    for c in a.chars() {
        match left.iter().position(|l| *l == c) {
            Some(k) => {
                left.remove(k);
            }
            None => extra += 1,
        }
    }
    extra + left.len() <= 1 && a.chars().next() == b.chars().next()
}

/// Changes of letters between two words, neighbours that change places counting one.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(32).collect(), b.chars().take(32).collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let up = rows.last().and_then(|r| r.get(j + 1)).copied().unwrap_or(usize::MAX - 1) + 1;
            let left = row.last().copied().unwrap_or(usize::MAX - 1) + 1;
            let corner = rows.last().and_then(|r| r.get(j)).copied().unwrap_or(0) + usize::from(x != y);
            let mut best = up.min(left).min(corner);
            if i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x) {
                let before =
                    rows.len().checked_sub(2).and_then(|k| rows.get(k)).and_then(|r| r.get(j - 1)).copied();
                best = best.min(before.unwrap_or(usize::MAX - 1) + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows.last().and_then(|r| r.last()).copied().unwrap_or(0)
}

/// One of a head: its number, its proper parts, its scope.
type Member<'a> = (usize, BTreeSet<&'a str>, &'a str);

/// Bodies, events, instruments: the same head and the same proper parts; the rest may differ in what is light.
pub(super) fn bodies(keys: &[&str], union: &mut Union) {
    let mut by_head: BTreeMap<(&str, &str), Vec<Member<'_>>> = BTreeMap::new();
    for (k, key) in keys.iter().enumerate() {
        let Some((kind, rest)) = key.split_once(':') else { continue };
        if kind == "person" || crate::mentions::known_of(key).is_some() {
            continue;
        }
        let (made, scope) = rest.split_once('@').unwrap_or((rest, ""));
        let mut parts = made.split(' ');
        let Some(head) = parts.next() else { continue };
        by_head.entry((kind, head)).or_default().push((k, parts.collect(), scope));
    }
    for list in by_head.values() {
        // What is looked up: the parts without the light ones. A general name whose issuer is not known is that of the
        // only issuer that has one.
        let mut by_core: BTreeMap<(Vec<&str>, &str), usize> = BTreeMap::new();
        let mut unscoped: Vec<(Vec<&str>, usize)> = Vec::new();
        for (k, parts, scope) in list {
            let core: Vec<&str> = parts.iter().copied().filter(|p| !LIGHT.contains(p)).collect();
            if core.is_empty() {
                continue;
            }
            if scope.is_empty() && list.iter().any(|(_, p, s)| !s.is_empty() && *p == *parts) {
                unscoped.push((core, *k));
                continue;
            }
            match by_core.get(&(core.clone(), *scope)) {
                Some(first) => union.join(*first, *k, 0.85),
                None => {
                    by_core.insert((core, *scope), *k);
                }
            }
        }
        for (core, k) in unscoped {
            let held: Vec<usize> = by_core.iter().filter(|((c, _), _)| *c == core).map(|(_, n)| *n).collect();
            if let [only] = held.as_slice() {
                union.join(*only, k, 0.6);
            }
        }
    }
}

/// A spelling as it stands alone: the Arabic لل with its preposition taken off.
pub(super) fn preferred(text: &str, lang: &str) -> String {
    if lang == "ar"
        && let Some(rest) = text.strip_prefix("لل")
    {
        return format!("ال{rest}");
    }
    text.trim_matches(|c| matches!(c, '«' | '»' | '“' | '”')).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_letter_is_a_slip() {
        assert!(slip("انتونی ج بلکین", "انتونی ج بلینکن"));
        assert!(!slip("جون کیری", "جون کینی کیری"));
        assert!(!slip("john kerry", "john major"));
    }
}
