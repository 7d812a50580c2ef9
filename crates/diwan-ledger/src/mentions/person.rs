//! People: a name after an office, before one, or with a given name that is known.

use std::collections::BTreeSet;

use diwan_model::EntityKind;

use super::knowledge::Item;
use super::line::{Found, Key, Line};
use super::token::Gap;

/// A name has no more words than this, particles and initials not counted.
const MOST_WORDS: usize = 4;

/// The office of a person, in words.
pub(super) struct Office {
    /// First word.
    pub(super) from: usize,
    /// The word after the last.
    pub(super) next: usize,
    /// Printed bytes.
    pub(super) span: (usize, usize),
    /// Names inside.
    pub(super) inner: Vec<Found>,
    /// Words or names that it has beside its head.
    more: usize,
    definite: bool,
}

impl Line<'_> {
    /// The office that begins at a word.
    pub(super) fn office(&self, at: usize) -> Option<Office> {
        let mut next = at;
        let mut start = None;
        let mut inner = Vec::new();
        let mut more = 0;
        let mut titles = 0;
        let mut definite = false;
        if self.english() {
            // "U.S. Acting Special Envoy": what stands before the head.
            while next < at + 4 {
                if let Some(found) = self.known_found(next).filter(|_| next == at) {
                    start = Some(found.start);
                    next = found.next;
                    inner.push(found);
                } else if self.title_more(next).is_some() && self.title(next).is_none() {
                    start = start.or(Some(self.start(next, &self.plain(next))));
                    next += 1;
                } else {
                    break;
                }
                more += 1;
            }
        }
        loop {
            let joined = next == at || self.close(next);
            if !joined {
                break;
            }
            if let Some(hit) = self.title(next) {
                if titles > 0 && hit.way.preposition.is_some() || titles == 0 && next != at && !self.english()
                {
                    break;
                }
                start = start.or(Some(self.start(next, &hit.way)));
                definite |= hit.way.definite;
                more += usize::from(titles > 0);
                titles += 1;
                next += hit.len;
                continue;
            }
            if titles == 0 {
                return None;
            }
            match self.office_part(next, &mut inner) {
                Some(after) => {
                    more += 1;
                    next = after;
                }
                None => break,
            }
        }
        let end = self.end(next);
        (titles > 0).then(|| Office {
            from: at,
            next,
            span: (start.unwrap_or(end), end),
            inner,
            more,
            definite,
        })
    }

    fn english(&self) -> bool {
        self.lexicon.latin && self.lexicon_is_english()
    }

    /// One more part of an office.
    fn office_part(&self, at: usize, inner: &mut Vec<Found>) -> Option<usize> {
        if let Some(phrase) =
            self.phrase(at, 1).filter(|p| p.kind == EntityKind::Organisation || p.kind == EntityKind::Place)
        {
            let next = phrase.next;
            inner.push(phrase);
            return Some(next);
        }
        if let Some(hit) = self.known(at)
            && !hit.way.conjunction
            && hit.way.preposition.is_none_or(|p| p == 'ل')
            && let Some(found) = self.known_found(at)
        {
            let next = found.next;
            inner.push(found);
            return Some(next);
        }
        let more = self.title_more(at).filter(|h| !h.way.conjunction);
        let field = self.field(at).map(|(h, _)| h);
        if let Some(hit) = more.into_iter().chain(field).max_by_key(|h| h.len) {
            return Some(at + hit.len);
        }
        if let Some((hit, _, _)) =
            self.head(at).filter(|(h, ..)| !h.way.conjunction && h.way.preposition.is_none_or(|p| p == 'ل'))
        {
            let after = at + hit.len;
            return (self.close(after) && self.is_office_word(after)).then_some(after);
        }
        let token = self.tokens.get(at)?;
        let joins = matches!(token.word.as_str(), "و" | "and" | "et" | "در" | "the" | "لدى")
            || self.link(at).is_some_and(|(h, _)| h.way.cut == 0);
        if joins {
            let after = at + self.link(at).map_or(1, |(h, _)| h.len);
            let tied = self.close(after)
                && (self.is_office_word(after) || self.title(after).is_some() && token.word != "در");
            return tied
                .then(|| self.office_part(after, inner).or_else(|| self.title(after).map(|h| after + h.len)))
                .flatten();
        }
        None
    }

    fn is_office_word(&self, at: usize) -> bool {
        self.known(at).is_some()
            || self.field(at).is_some()
            || self.head(at).is_some()
            || self.title_more(at).is_some()
    }

    /// A person after an office, or with the office behind the name.
    pub(super) fn person(&self, at: usize, surnames: &BTreeSet<String>) -> Option<Found> {
        self.after_office(at, surnames)
            .or_else(|| self.before_office(at, surnames))
            .or_else(|| self.with_given(at))
    }

    fn after_office(&self, at: usize, surnames: &BTreeSet<String>) -> Option<Found> {
        let office = self.office(at)?;
        let from = office.next;
        let comma = self.gap(from) == Gap::Comma && self.lexicon.latin && office.more > 0;
        if !(self.close(from) || comma) {
            return None;
        }
        let next = self.name_run(from, surnames)?;
        let words = next - from;
        let given = self.hits(from).iter().any(|h| h.item == Item::Given);
        let known = self.tokens.get(from).is_some_and(|t| surnames.contains(&t.word));
        let sure = office.more > 0 || office.definite || given || known || words >= 2 || self.lexicon.latin;
        if !sure || comma && !(given || words >= 2) {
            return None;
        }
        // «الأمين العام بتقديم تقرير»: one word with a preposition before it says what is done, not who.
        let led = !self.lexicon.latin
            && !self.persian
            && self
                .tokens
                .get(from)
                .is_some_and(|t| t.word.starts_with(['ب', 'ل']) && t.word.chars().count() > 3);
        if words == 1 && led && !given && !known {
            return None;
        }
        let mut found = self.named(from, next, 0.85, "after-office@1");
        found.role = Some(office.span);
        found.inner = office.inner;
        Some(found)
    }

    fn before_office(&self, at: usize, surnames: &BTreeSet<String>) -> Option<Found> {
        let first = self.tokens.get(at)?;
        let known = surnames.contains(&first.word);
        let open = at == 0
            || !self.close(at)
            || self.is_stop(at - 1)
            || self.tokens.get(at - 1).is_some_and(|t| matches!(t.word.as_str(), "و" | "and" | "et"))
            || self.link(at - 1).is_some();
        if !(open || known) {
            return None;
        }
        let next = self.name_run(at, surnames)?;
        if next - at < 2 && !known {
            return None;
        }
        let comma = self.gap(next) == Gap::Comma;
        if !(comma || self.close(next) && self.persian) {
            return None;
        }
        // "…, the Chairman"
        let mut from = next;
        if self.lexicon.latin
            && self.tokens.get(from).is_some_and(|t| matches!(t.word.as_str(), "the" | "le" | "la"))
        {
            from += 1;
        }
        let office = self.office(from)?;
        if !comma && office.more == 0 {
            return None;
        }
        let mut found = self.named(at, next, 0.85, "before-office@1");
        found.role = Some(office.span);
        found.inner = office.inner;
        found.next = office.next;
        debug_assert!(office.from >= next);
        Some(found)
    }

    /// A name with a given name that is known, or an initial, where letters have capitals.
    fn with_given(&self, at: usize) -> Option<Found> {
        if !self.lexicon.latin || !self.tokens.get(at)?.upper {
            return None;
        }
        let next = self.name_run(at, &BTreeSet::new())?;
        let given = self.hits(at).iter().any(|h| h.item == Item::Given);
        let initial = (at + 1..next)
            .any(|k| self.tokens.get(k).is_some_and(|t| t.text.trim_end_matches('.').chars().count() == 1));
        let words = next - at;
        if self.known(at).is_some_and(|h| matches!(h.item, Item::Known(_))) {
            return None;
        }
        (words >= 2 && (given || initial && words >= 3)).then(|| self.named(at, next, 0.75, "given-name@1"))
    }

    fn named(&self, from: usize, next: usize, confidence: f32, method: &'static str) -> Found {
        let words: Vec<&str> =
            self.tokens.get(from..next).unwrap_or(&[]).iter().map(|t| t.word.trim_end_matches('.')).collect();
        Found {
            kind: EntityKind::Person,
            start: self.tokens.get(from).map_or(0, |t| t.start),
            end: self.end(next),
            next,
            key: Key::Words(words.join(" ")),
            adjective: false,
            role: None,
            inner: Vec::new(),
            confidence,
            method,
        }
    }

    /// Where the name of a person that begins at a word ends.
    fn name_run(&self, from: usize, surnames: &BTreeSet<String>) -> Option<usize> {
        let mut at = from;
        let mut words = 0;
        let mut end = from;
        while at < self.len() && (at == from || self.close(at)) && words < MOST_WORDS {
            let token = self.tokens.get(at)?;
            let letters = token.text.trim_end_matches('.').chars().filter(|c| c.is_alphabetic()).count();
            if token.number {
                break;
            }
            let initial = letters == 1 || letters == 2 && self.stopped(at);
            if initial
                && words > 0
                && (!self.lexicon.latin || token.upper)
                && !self.is_stop(at)
                && token.word != "و"
            {
                at += 1;
                continue;
            }
            let particle = self.is(at, Item::Particle) && (words > 0 || token.upper || !self.lexicon.latin);
            if particle
                && self.tokens.get(at + 1).is_some()
                && self.close(at + 1)
                && self.name_word(at + 1, words + 1)
            {
                at += 1;
                continue;
            }
            if !self.name_word(at, words) {
                break;
            }
            words += 1;
            at += 1;
            end = at;
            // A surname that stands alone elsewhere in the text stands alone here.
            if words == 1
                && surnames.contains(&token.word)
                && !self.tokens.get(at).is_some_and(|t| surnames.contains(&t.word))
            {
                break;
            }
        }
        (words > 0).then_some(end)
    }

    /// Whether a stop follows the word: «جی.».
    fn stopped(&self, at: usize) -> bool {
        let (Some(a), Some(b)) = (self.tokens.get(at), self.tokens.get(at + 1)) else { return false };
        a.text.ends_with('.') || b.gap == Gap::Space && b.start > a.end + 1
    }

    /// Whether a word may be one of a person's name, after so many others.
    fn name_word(&self, at: usize, words: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let letters = token.word.chars().count();
        if letters < 2 || token.number {
            return false;
        }
        if self.lexicon.latin {
            let plain = self.hits(at).iter().all(|h| {
                matches!(h.item, Item::Given | Item::Particle)
                    || matches!(h.item, Item::Known(_)) && words > 0
            });
            return token.upper
                && (plain
                    || words > 0
                        && self.hits(at).iter().any(|h| {
                            matches!(h.item, Item::Modifier(_) | Item::Field(_) | Item::TitleMore)
                        })
                        && !self.is_stop(at))
                && !(token.caps && letters > 3 && words == 0);
        }
        if self.hits(at).iter().any(|h| h.item == Item::Given && h.way.cut == 0) {
            return true;
        }
        if !self.is_plain_word(at) {
            return false;
        }
        if self.persian {
            return true;
        }
        let next_plain = self.close(at + 1) && self.is_plain_word(at + 1);
        let article = |w: &super::token::Way| {
            // A surname may begin like ف and the article (فالدر).
            w.definite && !(w.conjunction && token.word.starts_with('ف') && w.preposition.is_none())
        };
        let definite = token.ways.iter().any(article);
        if definite {
            let surname = token.ways.first().is_some_and(|w| w.definite) && words == 1 && !next_plain;
            return surname;
        }
        let suffixed = ["هم", "ها", "هما", "هن", "نا"].iter().any(|s| token.word.ends_with(s)) && letters > 4;
        let conjoined = token.word.starts_with('و') && (words != 1 || suffixed);
        let verb = words >= 2 && (token.word.starts_with("است") || token.word.starts_with("ان"));
        !conjoined && !verb
    }
}
