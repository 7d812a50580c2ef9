//! Names in English: runs of capitalised words, told by their heads.

use diwan_model::EntityKind;

use super::line::{Found, Key, Line};
use super::token::Gap;

/// A run has no more words than this.
const LONGEST: usize = 16;

impl Line<'_> {
    /// The name that a run of capitals from a word on is.
    pub(super) fn capitals(&self, at: usize) -> Option<Found> {
        let token = self.tokens.get(at)?;
        let opens = token.upper
            || token.number && self.tokens.get(at + 1).is_some_and(|t| t.upper) && self.close(at + 1);
        if !opens {
            return self.adjective_head(at);
        }
        if self.is_stop(at) && self.known(at).is_none() {
            return None;
        }
        let end = self.run_end(at);
        match (self.in_run(at, end), self.adjective_head(at)) {
            (Some(run), Some(other)) if other.next > run.next => Some(other),
            (None, other) => other,
            (run, _) => run,
        }
    }

    /// Where the run that begins at a word ends.
    fn run_end(&self, at: usize) -> usize {
        let mut next = at;
        let mut linked = false;
        while next < self.len() && next - at < LONGEST {
            if next > at && !(self.close(next) || self.gap(next) == Gap::Slash) {
                break;
            }
            let Some(token) = self.tokens.get(next) else { break };
            if let Some(hit) = self.known(next) {
                next += hit.len;
                continue;
            }
            if next > at
                && self.title(next).is_some()
                && token.upper
                && self.head(next).is_none()
                && self.field(next).is_none()
            {
                break;
            }
            if token.upper
                && !(self.is_stop(next)
                    && token.first
                    && self.head(next).is_none()
                    && self.field(next).is_none()
                    && next > at)
            {
                next += 1;
                continue;
            }
            if token.number {
                let after = next > at
                    && self.tokens.get(next - 1).is_some_and(|t| {
                        matches!(t.word.as_str(), "resolution" | "resolutions" | "no" | "no." | "number")
                    });
                if after || next == at {
                    next += 1;
                    continue;
                }
                break;
            }
            if let Some((hit, _)) = self.link(next) {
                let after = next + hit.len;
                let joined = self.close(after) && self.tokens.get(after).is_some_and(|t| t.upper);
                if joined && next > at && (token.word != "in" || self.mission(at, next)) {
                    linked = true;
                    next = after;
                    continue;
                }
                break;
            }
            if token.word == "and" && next > at && self.close(next + 1) && self.and_goes_on(at, next, linked)
            {
                next += 1;
                continue;
            }
            break;
        }
        next
    }

    fn mission(&self, from: usize, to: usize) -> bool {
        (from..to).any(|k| self.head(k).is_some_and(|(_, _, c)| self.knowledge.concept(c) == "mission"))
    }

    /// "Foreign Affairs and Trade": both are what the body is over.
    fn and_goes_on(&self, from: usize, and: usize, linked: bool) -> bool {
        let upper = self.tokens.get(and + 1).is_some_and(|t| t.upper);
        let before = self.field(and - 1).is_some() || self.field(and.saturating_sub(2)).is_some();
        let headed = (from..and).any(|k| self.head(k).is_some());
        let after = self.field(and + 1).is_some() && self.title(and + 1).is_none();
        upper
            && before
            && after
            && (linked && headed || self.head(and + 2).is_some() || self.head(and + 3).is_some())
    }

    /// What a run names.
    fn in_run(&self, at: usize, end: usize) -> Option<Found> {
        let known = self.known_found(at);
        if let Some(found) = known.as_ref().filter(|f| f.next >= end) {
            return Some(found.clone());
        }
        let first_link = (at..end).find(|k| {
            self.tokens.get(*k).is_some_and(|t| !t.upper && !t.number)
                && self.link(*k).is_some()
                && self.known(*k).is_none()
        });
        let before = first_link.unwrap_or(end);
        let mut head = None;
        let mut k = at;
        while k < before {
            if let Some(hit) = self.known(k).filter(|h| h.len > 1) {
                k += hit.len;
                continue;
            }
            if let Some((hit, kind, concept)) =
                self.head(k).filter(|(h, ..)| k + h.len <= end && self.tokens.get(k).is_some_and(|t| t.upper))
            {
                head = Some((k, k + hit.len, kind, concept));
                k += hit.len;
                continue;
            }
            k += 1;
        }
        let Some((_, after_head, kind, concept)) = head else { return known };
        // Capitals after the head that are no part of it: "Coalition Ministers".
        let mut finish = end;
        if first_link.is_none() || after_head < before {
            finish = finish.min(self.after_head(after_head, before, end, first_link));
        }
        let name = self.knowledge.concept(concept).to_owned();
        let (parts, inner, proper) = self.run_parts(at, finish);
        let words = finish - at;
        let named = match kind {
            EntityKind::Organisation => words >= 2,
            EntityKind::Place => words >= 2 && proper,
            EntityKind::Legal => words >= 2 && (proper || name != "resolution" && name != "agreement"),
            EntityKind::Event => match name.as_str() {
                "elections" | "war" => proper,
                _ => words >= 3 || words == 2 && proper,
            },
            EntityKind::Programme => words >= 2,
            EntityKind::Document | EntityKind::Person => false,
        };
        if !named {
            return known;
        }
        let frame =
            matches!(name.as_str(), "kingdom" | "republic" | "state" | "sultanate" | "region" | "emirate");
        let key = match inner.iter().filter(|f| matches!(f.key, Key::Known(_))).collect::<Vec<_>>().as_slice()
        {
            [only] if kind == EntityKind::Place && frame && parts.len() <= 2 => only.key.clone(),
            _ => {
                let mut parts: Vec<String> = parts.into_iter().filter(|p| *p != name).collect();
                parts.sort();
                parts.dedup();
                Key::Made { head: name, parts }
            }
        };
        Some(Found {
            kind,
            start: self.tokens.get(at)?.start,
            end: self.end(finish),
            next: finish,
            key,
            adjective: false,
            role: None,
            inner,
            confidence: 0.85,
            method: "capitals@1",
        })
    }

    /// After the head a name goes on only over a link or a number.
    fn after_head(&self, after: usize, before: usize, end: usize, link: Option<usize>) -> usize {
        let numbers = (after..before)
            .take_while(|k| {
                self.tokens.get(*k).is_some_and(|t| t.number || t.word == "no" || t.word == "no.")
            })
            .count();
        let stop = after + numbers;
        if link == Some(stop) { end } else { stop }
    }

    fn run_parts(&self, at: usize, end: usize) -> (Vec<String>, Vec<Found>, bool) {
        let (mut parts, mut inner, mut proper) = (Vec::new(), Vec::new(), false);
        let mut k = at;
        while k < end {
            if let Some(found) = self.known_found(k).filter(|f| f.next <= end) {
                proper = true;
                parts.push(self.known_key(&found).to_owned());
                k = found.next;
                inner.push(found);
                continue;
            }
            let field = self.field(k).filter(|(h, _)| k + h.len <= end);
            let head = self.head(k).filter(|(h, ..)| k + h.len <= end);
            let (concept, len) = match (field, head) {
                (Some((h, c)), None) => (Some(c), h.len),
                (None, Some((h, _, c))) => (Some(c), h.len),
                (Some((f, c)), Some((h, _, d))) => {
                    if f.len >= h.len {
                        (Some(c), f.len)
                    } else {
                        (Some(d), h.len)
                    }
                }
                (None, None) => (None, 1),
            };
            if let Some(concept) = concept {
                parts.push(self.knowledge.concept(concept).to_owned());
            } else if let Some(token) = self.tokens.get(k) {
                let small = !token.upper && !token.number || self.is_stop(k);
                if !small {
                    proper = true;
                    parts.push(token.word.clone());
                }
            }
            k += len;
        }
        (parts, inner, proper)
    }

    /// "Iraqi forces", "Iraqi elections", "northeast Syria": small letters after or before a well-known name.
    fn adjective_head(&self, at: usize) -> Option<Found> {
        if let Some((hit, EntityKind::Place, concept)) = self.head(at)
            && let Some(place) = self
                .known_found(at + hit.len)
                .filter(|f| f.kind == EntityKind::Place && !f.adjective && self.close(at + hit.len))
            && self.is_direction(concept)
        {
            return Some(Found {
                kind: EntityKind::Place,
                start: self.tokens.get(at)?.start,
                end: place.end,
                next: place.next,
                key: Key::Made {
                    head: self.knowledge.concept(concept).to_owned(),
                    parts: vec![self.known_key(&place).to_owned()],
                },
                inner: vec![place],
                adjective: false,
                role: None,
                confidence: 0.85,
                method: "direction@1",
            });
        }
        let known = self
            .known_found(at)
            .filter(|f| matches!(f.kind, EntityKind::Place | EntityKind::Organisation))?;
        let mut next = known.next;
        let mut parts = vec![self.known_key(&known).to_owned()];
        while let Some((hit, concept)) = self.field(next).filter(|_| self.close(next)) {
            if self.head(next).is_some() {
                break;
            }
            parts.push(self.knowledge.concept(concept).to_owned());
            next += hit.len;
        }
        let (hit, kind, concept) = self.head(next).filter(|_| self.close(next))?;
        let name = self.knowledge.concept(concept);
        let held = matches!(
            name,
            "forces"
                | "government"
                | "authority"
                | "parliament"
                | "elections"
                | "police"
                | "ministry"
                | "embassy"
                | "cabinet"
                | "senate"
                | "congress"
        );
        let of_body = known.kind == EntityKind::Organisation;
        if of_body {
            return self.resolutions(known, next, hit.len, kind);
        }
        if !held || !(known.adjective || self.tokens.get(known.next - 1).is_some_and(|t| t.text.len() <= 4)) {
            return None;
        }
        parts.sort();
        Some(Found {
            kind,
            start: known.start,
            end: self.end(next + hit.len),
            next: next + hit.len,
            key: Key::Made { head: name.to_owned(), parts },
            adjective: false,
            role: None,
            inner: vec![known],
            confidence: 0.8,
            method: "adjective-head@1",
        })
    }

    /// "UN Security Council resolutions", "… resolution 2254".
    fn resolutions(&self, body: Found, head: usize, len: usize, kind: EntityKind) -> Option<Found> {
        if kind != EntityKind::Legal || head != body.next {
            return None;
        }
        let mut next = head + len;
        let mut parts = vec![self.known_key(&body).to_owned()];
        if let Some(number) = self.tokens.get(next).filter(|t| t.number && self.close(next)) {
            parts.push(number.word.clone());
            next += 1;
        }
        parts.sort();
        Some(Found {
            kind,
            start: body.start,
            end: self.end(next),
            next,
            key: Key::Made { head: "resolution".to_owned(), parts },
            adjective: false,
            role: None,
            inner: vec![body],
            confidence: 0.85,
            method: "adjective-head@1",
        })
    }

    fn is_direction(&self, concept: u16) -> bool {
        matches!(
            self.knowledge.concept(concept),
            "north"
                | "south"
                | "east"
                | "west"
                | "northeast"
                | "northwest"
                | "southeast"
                | "southwest"
                | "centre"
        )
    }

    pub(super) fn lexicon_is_english(&self) -> bool {
        self.lexicon.english
    }
}
