//! Names of one text laid together: surnames that stand for people named in full, "the Coalition" for the one named.

use std::collections::{BTreeMap, BTreeSet};

use diwan_model::{EntityKind, MentionForm};

use super::Named;
use super::key_text;
use super::line::{Found, Key, Line};

/// The names of a text seen so far.
#[derive(Default)]
pub(super) struct Names {
    /// Last words of people named in full.
    surnames: BTreeSet<String>,
    /// Full names of people → how often.
    people: BTreeMap<String, usize>,
    /// Surname → full name.
    by_surname: BTreeMap<String, String>,
    /// Head concept → keys with that head → how often.
    heads: BTreeMap<u16, BTreeMap<String, usize>>,
    /// Head concept → the key that the head alone means.
    alone: BTreeMap<u16, (EntityKind, String)>,
}

impl Names {
    pub(super) fn surnames(&self) -> &BTreeSet<String> {
        &self.surnames
    }

    /// Takes note of a name.
    pub(super) fn see(&mut self, line: &Line<'_>, found: &Found) {
        for inner in &found.inner {
            self.see(line, inner);
        }
        match (&found.key, found.kind) {
            (Key::Words(words), EntityKind::Person) => {
                let list: Vec<&str> = words.split(' ').filter(|w| w.chars().count() > 1).collect();
                if list.len() > 1 {
                    *self.people.entry(words.clone()).or_default() += 1;
                    if let Some(last) = list.last().filter(|w| w.chars().count() > 2) {
                        self.surnames.insert((*last).to_owned());
                    }
                }
            }
            (Key::Made { head, parts }, EntityKind::Organisation) => {
                if let Some(concept) = line.knowledge.concept_number(head)
                    && !Key::is_weak(parts, head)
                {
                    let key = key_text(head, &Key::strong(parts, head));
                    *self.heads.entry(concept).or_default().entry(key).or_default() += 1;
                }
            }
            (Key::Known(number), EntityKind::Organisation) if !found.adjective => {
                let from = (0..line.len()).find(|k| line.tokens.get(*k).is_some_and(|t| t.end > found.start));
                let Some(from) = from else { return };
                let mut heads = (from..found.next.max(from))
                    .filter_map(|k| line.head(k))
                    .filter(|(_, kind, _)| *kind == EntityKind::Organisation);
                let head = if line.lexicon_is_english() { heads.next_back() } else { heads.next() };
                if let (Some((_, _, concept)), Some(known)) =
                    (head, line.knowledge.known.get(*number as usize))
                {
                    *self.heads.entry(concept).or_default().entry(known.key.clone()).or_default() += 1;
                }
            }
            _ => {}
        }
    }

    /// After the first pass: which full name a short one means.
    pub(super) fn settle(&mut self) {
        for name in self.people.keys() {
            let Some(last) = name.split(' ').next_back() else { continue };
            // The fullest name wins; where two people share a surname the more frequent one does.
            let better = self.by_surname.get(last).is_none_or(|old| {
                let count = |n: &String| self.people.get(n).copied().unwrap_or(0);
                (count(name), name.len()) > (count(old), old.len())
            });
            if better {
                self.by_surname.insert(last.to_owned(), name.clone());
            }
        }
        for (concept, keys) in &self.heads {
            if let Some((key, _)) = keys.iter().max_by_key(|(key, n)| (**n, std::cmp::Reverse(key.len()))) {
                self.alone.insert(*concept, (EntityKind::Organisation, key.clone()));
            }
        }
    }

    /// The key of a name, and whether it is a short form of another.
    pub(super) fn key(&self, line: &Line<'_>, found: &Found) -> (String, bool) {
        match &found.key {
            Key::Known(number) => {
                (line.knowledge.known.get(*number as usize).map(|k| k.key.clone()).unwrap_or_default(), false)
            }
            Key::Words(words) => {
                let single = !words.contains(' ');
                match self.by_surname.get(words).filter(|_| single) {
                    Some(full) => (full.clone(), true),
                    None => (words.clone(), false),
                }
            }
            Key::Made { head, parts } => {
                if Key::is_weak(parts, head)
                    && let Some((_, key)) =
                        line.knowledge.concept_number(head).and_then(|c| self.alone.get(&c))
                {
                    return (key.clone(), true);
                }
                (key_text(head, &Key::strong(parts, head)), false)
            }
        }
    }

    /// Heads and surnames that stand alone, outside the names already found.
    pub(super) fn alone(&self, line: &Line<'_>, named: &[Named]) -> Vec<Named> {
        let covered = |start: usize, end: usize| {
            named.iter().any(|n| {
                n.found.start < end && start < n.found.end
                    || n.found.role.is_some_and(|(from, to)| from < end && start < to)
            })
        };
        let mut out = Vec::new();
        for at in 0..line.len() {
            let Some(token) = line.tokens.get(at) else { continue };
            if covered(token.start, token.end) {
                continue;
            }
            let found = self.surname(line, at).or_else(|| self.head_alone(line, at));
            out.extend(found.map(|(found, key)| Named {
                found,
                key,
                form: MentionForm::Short,
                inner: Vec::new(),
            }));
        }
        out
    }

    fn surname(&self, line: &Line<'_>, at: usize) -> Option<(Found, String)> {
        let token = line.tokens.get(at)?;
        if line.lexicon.latin && !token.upper {
            return None;
        }
        let way = token
            .ways
            .iter()
            .find(|w| self.by_surname.contains_key(token.bare(w)) && (!w.definite || w.from == 0))?;
        let full = self.by_surname.get(token.bare(way))?;
        let mut found = short(line, at, way.cut, EntityKind::Person, "surname@1");
        // What stands before it of the full name belongs to it; initials may be left out.
        let mut first = at;
        let mut left: Vec<&str> = full.split(' ').collect();
        left.pop();
        while way.cut == 0
            && line.close(first)
            && let Some(before) = first.checked_sub(1).and_then(|k| line.tokens.get(k))
            && let Some(place) = left.iter().rposition(|word| *word == before.word.as_str())
        {
            left.truncate(place);
            found.start = before.start;
            first -= 1;
        }
        Some((found, full.clone()))
    }

    fn head_alone(&self, line: &Line<'_>, at: usize) -> Option<(Found, String)> {
        let token = line.tokens.get(at)?;
        let (hit, kind, concept) = line.head(at)?;
        if hit.len != 1 || kind != EntityKind::Organisation || !line.lexicon.short.contains(&concept) {
            return None;
        }
        let definite = if line.lexicon.latin { token.upper } else { line.persian || hit.way.definite };
        if !definite {
            return None;
        }
        let (kind, key) = self.alone.get(&concept)?;
        Some((short(line, at, hit.way.cut, *kind, "head-alone@1"), key.clone()))
    }
}

fn short(line: &Line<'_>, at: usize, cut: usize, kind: EntityKind, method: &'static str) -> Found {
    let (start, end) = line.tokens.get(at).map_or((0, 0), |t| (t.start + cut, t.end));
    Found {
        kind,
        start,
        end,
        next: at + 1,
        key: Key::Words(String::new()),
        adjective: false,
        role: None,
        inner: Vec::new(),
        confidence: 0.75,
        method,
    }
}
