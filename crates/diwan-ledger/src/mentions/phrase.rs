//! Names that their first word opens: «وزارة الخارجية», «ائتلاف جهانی برای …», `Conseil de …`.
//!
//! A head noun is followed by what names are made of, word by word: what a body is over, adjectives, well-known names,
//! and words that tie those to it. It is a name where one of them is proper, or tells of which body it is.

use diwan_model::EntityKind;

use super::knowledge::Item;
use super::line::{Found, Key, Line};
use super::token::Gap;

/// A name has no more parts than this.
const MOST_PARTS: usize = 9;

/// Heads after which one word that the data do not know is taken for the name.
const STRICT: &[&str] = &[
    "ministry",
    "organization",
    "agency",
    "party",
    "movement",
    "front",
    "university",
    "institute",
    "court",
    "company",
    "foundation",
    "city",
    "river",
    "lake",
    "province",
    "camp",
    "commission",
    "association",
    "fund",
    "airport",
    "port",
    "village",
    "island",
    "strait",
    "valley",
    "gulf",
    "sea",
    "mountain",
    "observatory",
    "compact",
    "bank",
    "council",
    "office",
    "committee",
    "authority",
    "league",
    "centre",
    "treaty",
    "convention",
    "bay",
    "basin",
];
/// Of these, heads of places and the like, after which in Arabic script any noun may follow without article.
const BARE: &[&str] = &[
    "city", "river", "lake", "province", "camp", "port", "village", "island", "strait", "valley", "gulf",
    "mountain", "bay",
];

/// What a phrase gathered so far.
#[derive(Default)]
struct Parts {
    parts: Vec<String>,
    inner: Vec<Found>,
    proper: bool,
    weak: bool,
    naming: bool,
    fields: usize,
    number: bool,
}

impl Line<'_> {
    /// The name that a head opens at a word.
    pub(super) fn phrase(&self, at: usize, depth: usize) -> Option<Found> {
        let (hit, kind, concept) = self.head(at)?;
        if depth > 2 {
            return None;
        }
        if self.lexicon.latin && !self.latin_head(at, concept) {
            return None;
        }
        let mut gathered = Parts::default();
        let mut next = at + hit.len;
        let mut end = next;
        for _ in 0..MOST_PARTS {
            match self.part(at, next, kind, concept, depth, &mut gathered) {
                Some(after) => {
                    next = after;
                    end = after;
                }
                None => break,
            }
        }
        let head = self.knowledge.concept(concept).to_owned();
        if !self.is_name(kind, &head, &gathered, hit.way.definite) {
            return None;
        }
        let key = self.key(kind, &head, &gathered);
        // Quotes that close the name do not belong to it, those inside do.
        let mut finish = self.end(end);
        if gathered.inner.iter().any(|f| f.end > finish) {
            finish = gathered.inner.iter().map(|f| f.end).max().unwrap_or(finish);
        }
        Some(Found {
            kind,
            start: self.start(at, &hit.way),
            end: finish,
            next: end,
            key,
            adjective: false,
            role: None,
            inner: gathered.inner,
            confidence: if gathered.proper { 0.85 } else { 0.7 },
            method: "phrase@1",
        })
    }

    /// In French, heads of bodies are names with a capital or with what follows.
    fn latin_head(&self, at: usize, concept: u16) -> bool {
        let upper = self.tokens.get(at).is_some_and(|t| t.upper);
        let name = self.knowledge.concept(concept);
        upper
            || matches!(
                name,
                "ministry"
                    | "government"
                    | "resolution"
                    | "elections"
                    | "region"
                    | "parliament"
                    | "forces"
                    | "northeast"
                    | "northwest"
                    | "southeast"
                    | "southwest"
                    | "embassy"
                    | "river"
                    | "lake"
                    | "sea"
                    | "city"
                    | "gulf"
                    | "pandemic"
                    | "kingdom"
            )
    }

    /// One more part of the name: the word after it.
    fn part(
        &self,
        head_at: usize,
        at: usize,
        kind: EntityKind,
        head: u16,
        depth: usize,
        parts: &mut Parts,
    ) -> Option<usize> {
        let concept = self.knowledge.concept(head);
        let first = at == head_at + 1 || parts.parts.is_empty();
        if matches!(self.gap(at), Gap::Open)
            && first
            && matches!(kind, EntityKind::Organisation | EntityKind::Programme)
        {
            return None;
        }
        if !self.close(at) {
            return None;
        }
        let token = self.tokens.get(at)?;
        if token.number {
            // "the resolution of 12 March 2019" has a date and no number.
            let year = self.tokens.get(at + 2).is_some_and(|t| t.number && t.word.chars().count() == 4);
            if year && token.word.chars().count() <= 2 {
                return None;
            }
            let numbered = matches!(kind, EntityKind::Legal | EntityKind::Programme) && !parts.number;
            return numbered.then(|| {
                parts.number = true;
                parts.parts.push(token.word.clone());
                at + 1
            });
        }
        let link = self.link(at);
        if let Some((hit, sort @ (3 | 4))) = link
            && let Some(next) = self.glued(at + hit.len, if sort == 3 { 'ب' } else { 'ل' }, depth, parts)
        {
            return Some(next);
        }
        // A longer link ("de la", «تابعة ل») wins over a shorter part.
        if let Some(found) = self.known_found(at) {
            let way = self.known(at).map(|h| h.way)?;
            let takes = matches!(
                concept,
                "coalition"
                    | "group"
                    | "council"
                    | "committee"
                    | "fund"
                    | "forum"
                    | "compact"
                    | "union"
                    | "organization"
                    | "bank"
                    | "agency"
                    | "mission"
                    | "assembly"
                    | "association"
            );
            let tied = way.preposition.is_none() || way.preposition == Some('ل') && takes;
            // In Arabic only adjectives follow a head with article.
            let directly = at == head_at + 1 && parts.parts.is_empty();
            let bare = directly
                && !self.lexicon.latin
                && !self.persian
                && self.plain(head_at).definite
                && !found.adjective;
            if way.conjunction || !tied || bare && way.preposition.is_none() {
                return None;
            }
            if kind == EntityKind::Place
                && matches!(concept, "region" | "state" | "city" | "province")
                && found.adjective
            {
                return None;
            }
            let org_in_org = kind == EntityKind::Organisation
                && found.kind == EntityKind::Organisation
                && !parts.parts.is_empty()
                && !matches!(self.known_key(&found), "un" | "eu" | "daesh");
            if org_in_org {
                return None;
            }
            parts.proper = true;
            parts.parts.push(self.known_key(&found).to_owned());
            let mut next = found.next;
            // "…/ISIS": the same name again after a slash.
            if self.gap(next) == Gap::Slash
                && let Some(again) = self.known_found(next).filter(|a| a.key == found.key)
            {
                next = again.next;
            }
            parts.inner.push(found);
            return Some(next);
        }
        if let Some((hit, field)) = self.field(at)
            && link.is_none_or(|(l, _)| l.len < hit.len + 1)
        {
            let joins = !hit.way.conjunction
                || parts.fields > 0 && concept == "ministry" && self.knowledge.concept(field) != "general";
            let tied = hit.way.preposition.is_none() || hit.way.preposition == Some('ل');
            if !joins
                || !tied
                || kind == EntityKind::Place
                    && !matches!(
                        self.knowledge.concept(field),
                        "democratic"
                            | "islamic"
                            | "arab"
                            | "federal"
                            | "hashemite"
                            | "united"
                            | "greater"
                            | "great"
                            | "federal-state"
                    )
            {
                return None;
            }
            if hit.way.preposition.is_some() && matches!(kind, EntityKind::Event) {
                return None;
            }
            parts.fields += 1;
            parts.naming |= self.lexicon.naming.contains(&field);
            parts.parts.push(self.knowledge.concept(field).to_owned());
            return Some(at + hit.len);
        }
        if let Some((hit, sort)) = link
            && !hit.way.conjunction
            && (token.word != "علی" || parts.parts.last().is_some_and(|p| p == "focus"))
            && let Some(next) = self.after_link(head_at, at + hit.len, kind, concept, sort, depth, parts)
        {
            return Some(next);
        }
        let definite = !self.lexicon.latin && !self.persian && self.plain(head_at).definite;
        let nested = if definite { None } else { self.nested(at, kind, concept, depth, parts) };
        nested.or_else(|| self.unknown(at, concept, first, parts))
    }

    /// What «تابعة ل» and «خاصة ب» tie to the name: a word with that letter glued before it.
    fn glued(&self, at: usize, letter: char, depth: usize, parts: &mut Parts) -> Option<usize> {
        if !self.close(at) || depth > 2 {
            return None;
        }
        if let Some(hit) = self.known(at).filter(|h| h.way.preposition == Some(letter))
            && let Some(found) = self.known_found(at)
        {
            parts.proper = true;
            parts.parts.push(self.known_key(&found).to_owned());
            parts.inner.push(found);
            return Some(at + hit.len);
        }
        let (hit, kind, concept) = self.head(at).filter(|(h, ..)| h.way.preposition == Some(letter))?;
        if kind != EntityKind::Organisation {
            return None;
        }
        match self.phrase(at, depth + 1).filter(|_| !hit.way.definite) {
            Some(found) => {
                parts.parts.push(self.part_key(&found));
                let next = found.next;
                parts.inner.push(found);
                Some(next)
            }
            None => {
                parts.parts.push(self.knowledge.concept(concept).to_owned());
                Some(at + hit.len)
            }
        }
    }

    /// What a link ties to the name.
    #[expect(clippy::too_many_arguments, reason = "the state of one pass over a phrase")]
    fn after_link(
        &self,
        head_at: usize,
        at: usize,
        kind: EntityKind,
        concept: &str,
        sort: u8,
        depth: usize,
        parts: &mut Parts,
    ) -> Option<usize> {
        if !self.close(at) {
            return None;
        }
        let place = self.known_found(at).filter(|f| f.kind == EntityKind::Place && !f.adjective);
        if sort == 1 {
            let held = matches!(concept, "mission" | "elections" | "embassy");
            let found = place.filter(|_| held)?;
            parts.proper = true;
            parts.parts.push(self.known_key(&found).to_owned());
            let next = found.next;
            parts.inner.push(found);
            return Some(next);
        }
        if sort == 2 && self.tokens.get(at).is_some_and(|t| t.number) {
            parts.number = true;
            parts.parts.push(self.tokens.get(at)?.word.clone());
            return Some(at + 1);
        }
        if !self.lexicon.latin && (sort == 2 || kind == EntityKind::Place) {
            return None;
        }
        let before = parts.parts.len();
        let next = self.part(head_at, at, kind, self.knowledge.concept_number(concept)?, depth, parts)?;
        (parts.parts.len() > before).then_some(next)
    }

    /// A name inside a name: an instrument of a body, a body of a place, a direction of a country.
    fn nested(
        &self,
        at: usize,
        kind: EntityKind,
        concept: &str,
        depth: usize,
        parts: &mut Parts,
    ) -> Option<usize> {
        let (hit, inner, _) = self.head(at)?;
        let allowed = match kind {
            EntityKind::Legal => inner == EntityKind::Organisation,
            EntityKind::Organisation => {
                inner == EntityKind::Place
                    || matches!(concept, "office" | "embassy" | "secretariat" | "presidency")
                        && inner == EntityKind::Organisation
            }
            EntityKind::Place => inner == EntityKind::Place,
            EntityKind::Event => inner == EntityKind::Place,
            _ => false,
        };
        if !allowed || hit.way.conjunction || hit.way.preposition.is_some_and(|p| p != 'ل') {
            return None;
        }
        let found = self.phrase(at, depth + 1)?;
        parts.proper = true;
        parts.parts.push(self.part_key(&found));
        let next = found.next;
        parts.inner.push(found);
        Some(next)
    }

    /// A word that the data do not know, right after a head that calls for one.
    fn unknown(&self, at: usize, concept: &str, first: bool, parts: &mut Parts) -> Option<usize> {
        let token = self.tokens.get(at)?;
        if self.is_stop(at) || self.title(at).is_some() || self.head(at).is_some() && !self.lexicon.latin {
            return None;
        }
        let letters = token.word.chars().count();
        if self.lexicon.latin {
            // French: a capital inside a name.
            if !token.upper || letters < 2 {
                return None;
            }
            parts.proper = true;
            parts.weak = true;
            parts.parts.push(token.word.clone());
            return Some(at + 1);
        }
        let way = self.plain(at);
        // What a body is against or for: «لمكافحة القرصنة».
        let purpose = parts.parts.last().is_some_and(|p| matches!(p.as_str(), "combating" | "defeat"));
        if purpose && (way.definite || self.persian) && letters >= 3 {
            parts.proper = true;
            parts.parts.push(token.bare(&way).to_owned());
            return Some(at + 1);
        }
        if !first {
            // Arabic: adjectives with the article go on.
            let ends = token.word.ends_with(['ي']) || token.word.ends_with("يه");
            let goes_on = !self.persian && way.definite && ends && parts.weak;
            return goes_on.then(|| {
                parts.parts.push(token.bare(&way).to_owned());
                at + 1
            });
        }
        if !STRICT.contains(&concept) || letters < 3 {
            return None;
        }
        let bare = BARE.contains(&concept);
        if !self.persian && !way.definite && (!bare || way.conjunction || token.word.starts_with('و')) {
            return None;
        }
        if self.persian
            && !bare
            && !matches!(
                concept,
                "ministry"
                    | "party"
                    | "university"
                    | "company"
                    | "foundation"
                    | "movement"
                    | "front"
                    | "organization"
                    | "sea"
            )
        {
            return None;
        }
        parts.proper = true;
        parts.weak = true;
        parts.parts.push(token.bare(&way).to_owned());
        Some(at + 1)
    }

    fn is_name(&self, kind: EntityKind, head: &str, parts: &Parts, definite: bool) -> bool {
        let _ = definite;
        if parts.parts.is_empty() {
            return false;
        }
        match kind {
            EntityKind::Organisation => match head {
                "group" | "forces" | "authority" | "network" | "centre" | "mission" | "office" | "team"
                | "department" => parts.proper && !parts.weak || parts.naming && head != "forces",
                "government" | "embassy" | "presidency" | "secretariat" => parts.proper && !parts.weak,
                "coalition" => {
                    parts.proper
                        || parts.naming
                        || parts.parts.iter().any(|p| p == "global" || p == "international")
                }
                "ministry" => parts.fields > 0 || parts.proper,
                _ => parts.proper || parts.naming || parts.fields > usize::from(!self.lexicon.latin),
            },
            EntityKind::Place => parts.proper,
            EntityKind::Legal => match head {
                "resolution" => parts.number || parts.proper && !parts.weak,
                "law" | "agreement" | "act" => false,
                _ => parts.proper || parts.fields > 0,
            },
            EntityKind::Event => match head {
                "elections" => parts.proper && !parts.weak,
                "war" => parts.proper && !parts.weak,
                _ => parts.proper,
            },
            EntityKind::Programme => match head {
                "pledge-drive" => parts.number || parts.fields > 0,
                _ => false,
            },
            EntityKind::Document | EntityKind::Person => false,
        }
    }

    fn key(&self, kind: EntityKind, head: &str, parts: &Parts) -> Key {
        // A kingdom of a country is the country.
        let frame = matches!(
            head,
            "kingdom" | "republic" | "state" | "sultanate" | "emirate" | "principality" | "region"
        );
        if kind == EntityKind::Place && frame && !parts.weak {
            let known: Vec<&Found> = parts.inner.iter().filter(|f| matches!(f.key, Key::Known(_))).collect();
            if let [only] = known.as_slice() {
                return only.key.clone();
            }
        }
        let mut made = parts.parts.clone();
        made.sort();
        made.dedup();
        Key::Made { head: head.to_owned(), parts: made }
    }

    /// Whether a longer name has more proper parts than the well-known one it begins with.
    pub(super) fn grows(&self, known: &Found, longer: &Found) -> bool {
        longer.kind != known.kind || longer.inner.iter().any(|f| f.start >= known.end)
    }

    pub(super) fn known_key(&self, found: &Found) -> &str {
        match &found.key {
            Key::Known(number) => self.knowledge.known.get(*number as usize).map_or("", |k| k.key.as_str()),
            _ => "",
        }
    }

    /// A name inside another, as a part of the other's key.
    pub(super) fn part_key(&self, found: &Found) -> String {
        match &found.key {
            Key::Known(_) => self.known_key(found).to_owned(),
            Key::Made { head, parts } => format!("{head} {}", parts.join(" ")),
            Key::Words(words) => words.clone(),
        }
    }

    /// A quoted name after a head in the plural or singular («کارگروه‌های «ارتباطات»، «…»»).
    pub(super) fn quoted(&self, at: usize, text: &str) -> Option<Vec<Found>> {
        let (hit, kind, concept) = self.head(at)?;
        let head = self.knowledge.concept(concept).to_owned();
        if !matches!(kind, EntityKind::Organisation | EntityKind::Programme) {
            return None;
        }
        let mut out = Vec::new();
        let mut next = at + hit.len;
        while self.gap(next) == Gap::Open || !out.is_empty() && self.opens(next, text) {
            let end = (next + 1..=self.len().min(next + 8)).find(|k| self.closes(*k, text))?;
            let words: Vec<String> = (next..end)
                .map(|k| {
                    self.field(k).map_or_else(
                        || self.tokens.get(k).map(|t| t.word.clone()).unwrap_or_default(),
                        |(_, c)| self.knowledge.concept(c).to_owned(),
                    )
                })
                .collect();
            let mut parts = words;
            parts.sort();
            let first = self.tokens.get(next)?;
            let last = self.tokens.get(end - 1)?;
            let open = text.get(..first.start).and_then(|t| t.chars().next_back()).map_or(0, char::len_utf8);
            let close = text.get(last.end..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
            out.push(Found {
                kind,
                start: first.start - open,
                end: last.end + close,
                next: end,
                key: Key::Made { head: head.clone(), parts },
                adjective: false,
                role: None,
                inner: Vec::new(),
                confidence: 0.7,
                method: "quoted@1",
            });
            next = end;
            // «…»، «…»، و «…»
            if self.tokens.get(next).is_some_and(|t| matches!(t.word.as_str(), "و" | "et" | "and")) {
                next += 1;
            }
        }
        (!out.is_empty()).then_some(out)
    }

    fn opens(&self, at: usize, text: &str) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        text.get(..token.start).is_some_and(|t| t.ends_with(['«', '“']))
    }

    fn closes(&self, at: usize, text: &str) -> bool {
        let Some(token) = at.checked_sub(1).and_then(|k| self.tokens.get(k)) else { return false };
        text.get(token.end..).is_some_and(|t| t.starts_with(['»', '”']))
    }

    /// Whether a word is one that the data know in no sort.
    pub(super) fn is_plain_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| !t.number)
            && self.hits(at).iter().all(|h| matches!(h.item, Item::Given | Item::Particle))
    }
}
