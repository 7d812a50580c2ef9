//! The pattern language of rules, and the matcher.
//!
//! A pattern is read from left to right. `word` is a word of the text in any spelling; `word*` any word that begins so;
//! `(a|b c)` one of these; `?` behind a word or bracket: it may be missing; `..` up to four words, `...` up to twenty-five;
//! `&(…)` words that must follow and are not passed over; `#` a number in digits; `ب+` a preposition written together with
//! the next word; `^` the beginning of the sentence; `<name>` or `<name:kind>` what is taken. Words that say little ("also", "today") may stand between any two elements: `common.toml` lists them.
//!
//! In Arabic a word of a pattern is also found with a conjunction, a preposition or the article before it.

use diwan_model::LanguageTag;
use diwan_text::normal::strong_in;
use diwan_text::words::{WordKind, words_in};

use super::sentence::{Prepared, forms};

/// Words between that `..` and `...` pass over.
const SHORT_GAP: usize = 4;
const LONG_GAP: usize = 25;
/// The longest text taken in the middle of a pattern, in tokens.
const LONGEST_CAPTURE: usize = 40;
/// Steps of one match before it is given up.
const MOST_STEPS: usize = 20_000;

/// What kind of text a slot takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SlotKind {
    /// A noun phrase.
    Phrase,
    /// Text to the end of its clause.
    Clause,
    /// A list of names: one fact each.
    Names,
    /// A list of people, without their offices.
    People,
    /// A place.
    Place,
    /// Text that names a place.
    Geo,
    /// Text that names a working group, committee or the like.
    Group,
    /// A number.
    Number,
    /// A number that counts in a row.
    Ordinal,
    /// An amount of money.
    Money,
    /// A rate of interest: a per cent or a range of them.
    Rate,
    /// A date.
    Date,
}

impl SlotKind {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "phrase" => Self::Phrase,
            "clause" => Self::Clause,
            "names" => Self::Names,
            "people" => Self::People,
            "place" => Self::Place,
            "geo" => Self::Geo,
            "group" => Self::Group,
            "number" => Self::Number,
            "ordinal" => Self::Ordinal,
            "money" => Self::Money,
            "rate" => Self::Rate,
            "date" => Self::Date,
            _ => return None,
        })
    }
}

/// A slot of a pattern.
#[derive(Debug, Clone)]
pub(crate) struct Slot {
    pub(crate) name: String,
    pub(crate) kind: SlotKind,
}

#[derive(Debug, Clone)]
struct Word {
    text: String,
    open: bool,
}

#[derive(Debug, Clone)]
enum Element {
    /// `ahead`: they must stand there, but are not passed over.
    Words {
        choices: Vec<Vec<Word>>,
        optional: bool,
        ahead: bool,
    },
    Gap(usize),
    Slot(usize),
    Prefix(String),
    Start,
}

/// A compiled pattern.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    /// A slot before everything else, read backwards.
    pub(crate) lead: Option<usize>,
    elements: Vec<Element>,
    pub(crate) slots: Vec<Slot>,
    /// Of each alternative of the longest element one literal: where none is in the sentence, the pattern cannot match.
    pub(crate) literals: Vec<String>,
    /// The same of every element that cannot be missing.
    pub(crate) groups: Vec<Vec<String>>,
}

/// What a slot took: bytes of the normal form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) slot: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// A match.
#[derive(Debug, Clone)]
pub(crate) struct Match {
    /// First token of the elements behind the leading slot.
    pub(crate) anchor: usize,
    pub(crate) taken: Vec<Taken>,
}

/// What the matcher asks of the language.
pub(crate) trait Surroundings {
    /// Whether the word says little.
    fn skips(&self, word: &str) -> bool;
    /// Whether a word that begins with the letters of a preposition has it as its own first letters.
    fn own(&self, word: &str) -> bool;
    /// The token at which a clause that begins at `from` ends.
    fn clause_end(&self, sentence: &Prepared<'_>, from: usize) -> usize;
}

impl Pattern {
    /// Reads a pattern of a language.
    pub(crate) fn parse(source: &str, lang: &LanguageTag) -> Result<Self, String> {
        let mut slots: Vec<Slot> = Vec::new();
        let mut elements = Vec::new();
        for part in parts(source)? {
            let element = element(&part, lang, &mut slots)?;
            // A slot takes all words up to what follows: a gap behind it has nothing left to pass over.
            if !(matches!(element, Element::Gap(_)) && matches!(elements.last(), Some(Element::Slot(_)))) {
                elements.push(element);
            }
        }
        let lead = match elements.first() {
            Some(Element::Slot(k)) => Some(*k),
            _ => None,
        };
        if lead.is_some() {
            elements.remove(0);
        }
        if elements.windows(2).any(|pair| matches!(pair, [Element::Slot(_), Element::Slot(_)])) {
            return Err("a slot needs words behind it or the end".to_owned());
        }
        let literals = literals(&elements).ok_or("a pattern needs a word that cannot be missing")?;
        let groups = groups(&elements);
        Ok(Self { lead, elements, slots, literals, groups })
    }

    /// Whether it matches at the token.
    pub(crate) fn matches_at(&self, sentence: &Prepared<'_>, at: usize, around: &impl Surroundings) -> bool {
        let mut run = Run { sentence, around, slots: &self.slots, steps: 0 };
        run.rest(&self.elements, At { token: at, offset: 0 }, true, &mut Vec::new()).is_some()
    }

    /// Whether it matches anywhere.
    pub(crate) fn is_in(&self, sentence: &Prepared<'_>, around: &impl Surroundings) -> bool {
        self.literals.iter().any(|l| sentence.text().contains(l.as_str()))
            && (0..sentence.tokens.len()).any(|at| self.matches_at(sentence, at, around))
    }

    /// Every match, by first token.
    pub(crate) fn matches(&self, sentence: &Prepared<'_>, around: &impl Surroundings) -> Vec<Match> {
        let mut out: Vec<Match> = Vec::new();
        let mut run = Run { sentence, around, slots: &self.slots, steps: 0 };
        for anchor in 0..sentence.tokens.len() {
            let mut taken = Vec::new();
            if run.rest(&self.elements, At { token: anchor, offset: 0 }, true, &mut taken).is_some() {
                out.push(Match { anchor, taken });
            }
            if run.steps > MOST_STEPS {
                break;
            }
        }
        out
    }
}

/// The elements as written.
fn parts(source: &str) -> Result<Vec<String>, String> {
    let mut out = Vec::new();
    let mut part = String::new();
    let mut depth = 0_u32;
    for c in source.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1).ok_or("a bracket is closed that was not opened")?,
            c if c.is_whitespace() && depth == 0 => {
                if !part.is_empty() {
                    out.push(std::mem::take(&mut part));
                }
                continue;
            }
            _ => {}
        }
        part.push(c);
    }
    if depth > 0 {
        return Err("a bracket is not closed".to_owned());
    }
    if !part.is_empty() {
        out.push(part);
    }
    Ok(out)
}

fn element(part: &str, lang: &LanguageTag, slots: &mut Vec<Slot>) -> Result<Element, String> {
    match part {
        "^" => return Ok(Element::Start),
        ".." => return Ok(Element::Gap(SHORT_GAP)),
        "..." => return Ok(Element::Gap(LONG_GAP)),
        _ => {}
    }
    if let Some(inside) = part.strip_prefix('<').and_then(|p| p.strip_suffix('>')) {
        let (name, kind) = inside.split_once(':').unwrap_or((inside, "clause"));
        let kind = SlotKind::parse(kind).ok_or_else(|| format!("`{kind}` is no kind of slot"))?;
        slots.push(Slot { name: name.to_owned(), kind });
        return Ok(Element::Slot(slots.len() - 1));
    }
    if let Some(letter) = part.strip_suffix('+') {
        return Ok(Element::Prefix(strong_in(letter, lang)));
    }
    let (part, ahead) = part.strip_prefix('&').filter(|p| !p.is_empty()).map_or((part, false), |p| (p, true));
    let (body, optional) = match part.strip_suffix('?') {
        Some(body) if !body.is_empty() => (body, true),
        _ => (part, false),
    };
    let inside = body.strip_prefix('(').and_then(|b| b.strip_suffix(')')).unwrap_or(body);
    let choices: Vec<Vec<Word>> = inside.split('|').map(|choice| words(choice, lang)).collect();
    if choices.iter().any(Vec::is_empty) {
        return Err(format!("`{part}` has an empty choice"));
    }
    Ok(Element::Words { choices, optional, ahead })
}

fn words(choice: &str, lang: &LanguageTag) -> Vec<Word> {
    let mut out = Vec::new();
    for word in choice.split_whitespace() {
        let (text, open) = word.strip_suffix('*').map_or((word, false), |text| (text, true));
        let text = strong_in(text, lang);
        let first = out.len();
        // A number is written `#`; an elided word keeps its apostrophe.
        if text == "#" || text.len() > 1 && text.ends_with('\'') {
            out.push(Word { text, open: false });
            continue;
        }
        out.extend(
            words_in(&text, lang)
                .into_iter()
                .map(|w| Word { text: without_article(w.span.of(&text), lang).to_owned(), open: false }),
        );
        if out.len() > first
            && let Some(last) = out.last_mut()
        {
            last.open = open;
        }
    }
    out
}

/// Of every element that cannot be missing the longest word of each choice.
fn groups(elements: &[Element]) -> Vec<Vec<String>> {
    let longest = |choice: &Vec<Word>| {
        choice.iter().filter(|w| w.text != "#").max_by_key(|w| w.text.len()).map(|w| w.text.clone())
    };
    let words = elements.iter().filter_map(|element| match element {
        Element::Words { choices, optional: false, .. } => {
            choices.iter().map(longest).collect::<Option<Vec<String>>>()
        }
        _ => None,
    });
    words.collect()
}

/// The literals that tell soonest that a pattern cannot match: those of the element whose shortest choice is longest.
fn literals(elements: &[Element]) -> Option<Vec<String>> {
    groups(elements).into_iter().max_by_key(|words| words.iter().map(|w| w.chars().count()).min())
}

#[derive(Clone, Copy)]
struct At {
    token: usize,
    offset: usize,
}

struct Run<'a, 'b, S> {
    sentence: &'a Prepared<'b>,
    around: &'a S,
    slots: &'a [Slot],
    steps: usize,
}

impl<S: Surroundings> Run<'_, '_, S> {
    /// Matches the elements from `at` on; the token behind them.
    fn rest(&mut self, elements: &[Element], at: At, first: bool, taken: &mut Vec<Taken>) -> Option<usize> {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return None;
        }
        let Some((element, rest)) = elements.split_first() else { return Some(at.token) };
        match element {
            Element::Start => (at.token == 0).then(|| self.rest(rest, at, true, taken)).flatten(),
            Element::Words { choices, optional, ahead } => {
                let skip = if first || at.offset > 0 { 0 } else { self.skippable(at.token) };
                for passed in 0..=skip {
                    let from =
                        At { token: at.token + passed, offset: if passed == 0 { at.offset } else { 0 } };
                    for choice in choices {
                        if let Some(next) = self.choice(choice, from)
                            && let Some(end) = self.rest(rest, if *ahead { from } else { next }, false, taken)
                        {
                            return Some(end);
                        }
                    }
                }
                if *optional { self.rest(rest, at, first, taken) } else { None }
            }
            Element::Gap(most) => (0..=*most).find_map(|n| {
                let from = At { token: at.token + n, offset: if n == 0 { at.offset } else { 0 } };
                let inside = at.token + n <= self.sentence.tokens.len() && !self.parted(at.token, from.token);
                inside.then(|| self.rest(rest, from, false, taken)).flatten()
            }),
            Element::Prefix(letters) => {
                let token = self.sentence.token(at.token, at.offset);
                let bare = token.strip_prefix('و').filter(|t| t.starts_with(letters.as_str()) && t.len() > 6);
                let word = bare.unwrap_or(token);
                let behind = word.strip_prefix(letters.as_str())?;
                if behind.chars().count() < 2 || self.around.own(word) {
                    return None;
                }
                // The fused article stays with its preposition: لل is no beginning of a word.
                let fused = behind.starts_with('ل') && letters == "ل";
                let offset = at.offset + token.len() - if fused { word.len() } else { behind.len() };
                self.rest(rest, At { token: at.token, offset }, true, taken)
            }
            Element::Slot(slot) => self.slot(*slot, rest, at, taken),
        }
    }

    fn slot(&mut self, slot: usize, rest: &[Element], at: At, taken: &mut Vec<Taken>) -> Option<usize> {
        let first = self.sentence.tokens.get(at.token)?;
        let start = first.start + at.offset;
        if rest.is_empty() {
            let end = self.around.clause_end(self.sentence, at.token);
            let end = match self.slots.get(slot).map(|s| s.kind) {
                Some(SlotKind::Place) => end.min(at.token + 5),
                // Lists of people go on behind semicolons and what is told of one of them.
                Some(SlotKind::People) => self.sentence.tokens.len(),
                _ => end,
            };
            let last = self.sentence.tokens.get(end.checked_sub(1)?)?;
            if last.end <= start {
                return None;
            }
            taken.push(Taken { slot, start, end: last.end });
            return Some(at.token);
        }
        for len in 1..=LONGEST_CAPTURE {
            let last = self.sentence.tokens.get(at.token + len - 1)?;
            if self.parted(at.token, at.token + len) {
                return None;
            }
            taken.push(Taken { slot, start, end: last.end });
            let depth = taken.len();
            if let Some(end) = self.rest(rest, At { token: at.token + len, offset: 0 }, false, taken) {
                return Some(end);
            }
            taken.truncate(depth - 1);
        }
        None
    }

    fn choice(&self, choice: &[Word], from: At) -> Option<At> {
        let mut at = from;
        for word in choice {
            let text = self.sentence.token(at.token, at.offset);
            let fits = match self.sentence.forms(at.token).filter(|_| at.offset == 0) {
                Some(mut forms) => forms.any(|form| matches(form, word)),
                None => forms(text, self.sentence.arabic).any(|form| matches(form, word)),
            };
            if text.is_empty() || !fits {
                return None;
            }
            at = At { token: at.token + 1, offset: 0 };
        }
        Some(at)
    }

    /// Tokens from `at` on that may stand between two elements.
    fn skippable(&self, at: usize) -> usize {
        (0..4)
            .take_while(|n| {
                let word = self.sentence.token(at + n, 0);
                !word.is_empty() && (matches!(word, "\"" | "'" | "«" | "»") || self.around.skips(word))
            })
            .count()
    }

    /// Whether a clause ends for good between two tokens.
    fn parted(&self, from: usize, to: usize) -> bool {
        self.sentence.tokens.get(from..to.min(self.sentence.tokens.len())).is_some_and(|tokens| {
            tokens.iter().any(|t| {
                t.kind == WordKind::Punctuation
                    && matches!(self.sentence.text().get(t.start..t.end), Some(";" | "؛"))
            })
        })
    }
}

/// An Arabic word of a pattern without its article: the text's word is tried without it too.
fn without_article<'a>(word: &'a str, lang: &LanguageTag) -> &'a str {
    match word.strip_prefix("ال") {
        Some(bare) if lang.primary() == "ar" && bare.chars().count() >= 3 && bare != "يوم" => bare,
        _ => word,
    }
}

fn matches(form: &str, word: &Word) -> bool {
    if word.text == "#" {
        return form.starts_with(|c: char| c.is_ascii_digit());
    }
    if word.open { form.starts_with(&word.text) } else { form == word.text }
}
