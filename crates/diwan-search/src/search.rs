//! Searching: sentences with every word first, then sentences with some of them.
//!
//! Each word is looked for in its three forms at once, the exact one weighing most and the stem least; words that
//! stand together as they were typed weigh more again. A word without content of its own ("the", "في") must not
//! keep a sentence out.

use std::collections::BTreeSet;

use diwan_model::{LanguageTag, SentenceCode, Span, VersionCode};
use diwan_text::stem::{is_stop_word, stem};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, Searcher, TantivyDocument, Term};

use crate::SearchError;
use crate::analysis::{SearchWord, Token, analyse};
use crate::index::{SearchIndex, stem_term};
use crate::query::{Clause, parse};

const EXACT_WEIGHT: f32 = 0.6;
const FOLDED_WEIGHT: f32 = 1.0;
const STEM_WEIGHT: f32 = 0.7;
const PAIR_WEIGHT: f32 = 0.5;
const PHRASE_WEIGHT: f32 = 1.5;
/// Above the sum of all other weights of any query that is read.
const EVERY_WORD_WEIGHT: f32 = 4096.0;

/// What is searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchRequest {
    /// As typed. What cannot be read as a query is searched as words; see `docs/search.md`.
    pub query: String,
    /// Only versions in this language.
    pub lang: Option<LanguageTag>,
    /// Only statements of this year.
    pub year: Option<u16>,
    /// How many hits are left out at the beginning.
    pub offset: usize,
    /// At most so many hits; at least 1.
    pub limit: usize,
}

impl SearchRequest {
    /// The first twenty hits in every language.
    pub fn new(query: impl Into<String>) -> Self {
        Self { query: query.into(), lang: None, year: None, offset: 0, limit: 20 }
    }
}

/// A sentence or title that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The version.
    pub version: VersionCode,
    /// Number of the sentence, from 1; `None` for the title.
    pub n: Option<u32>,
    /// The version's title, where the hit is a sentence of it.
    pub title: Option<String>,
    /// The statement's date as indexed.
    pub date: Option<String>,
    /// The sentence or title as printed.
    pub text: String,
    /// What was found in `text`: in order, apart.
    pub highlights: Vec<Span>,
    /// Whether it has every word that was asked for.
    pub every_word: bool,
    /// Weight; comparable within one answer only.
    pub score: f32,
}

impl Hit {
    /// The sentence's code (`DW/2021/000123-fa/12`), or the version's for a title.
    pub fn code(&self) -> String {
        match self.n {
            Some(n) => SentenceCode { version: self.version.clone(), n }.to_string(),
            None => self.version.to_string(),
        }
    }
}

/// The answer to a search.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SearchResults {
    /// The hits asked for, best first.
    pub hits: Vec<Hit>,
    /// How many there are with every word.
    pub every_word: usize,
    /// How many there are in all, those with only some of the words included.
    pub total: usize,
    /// How many there are in each language, most first, whatever language was asked for.
    pub languages: Vec<(LanguageTag, usize)>,
}

/// The parts of the query as the index understands them.
#[derive(Default)]
struct Plan {
    required: Vec<Box<dyn Query>>,
    optional: Vec<Box<dyn Query>>,
    phrases: Vec<Box<dyn Query>>,
    excluded: Vec<Box<dyn Query>>,
    bonus: Vec<Box<dyn Query>>,
    marks: Marks,
}

/// The forms that a hit's words are compared with for highlighting.
#[derive(Default)]
struct Marks {
    exact: BTreeSet<String>,
    folded: BTreeSet<String>,
    stem: BTreeSet<String>,
    /// Forms of words without content; used only where nothing else was asked for.
    optional: BTreeSet<String>,
}

impl SearchIndex {
    /// Searches. No typed query fails: one without a word in it finds nothing.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResults, SearchError> {
        let searcher = self.reader.searcher();
        let languages = self.languages(&searcher)?;
        let chosen = request.lang.as_ref().map(|l| vec![l.primary().to_owned()]);
        let plan = self.plan(&request.query, chosen.as_deref().unwrap_or(&languages));
        if plan.required.is_empty() && plan.phrases.is_empty() && plan.optional.is_empty() {
            return Ok(SearchResults::default());
        }
        let year = request.year.map(|y| Term::from_field_u64(self.fields.year, y.into()));
        let lang = |l: &str| Term::from_field_text(self.fields.lang, l);
        let filter: Vec<Term> =
            year.iter().cloned().chain(chosen.iter().flatten().map(|l| lang(l))).collect();
        let every_word = searcher.search(&plan.every_word(&filter), &Count)?;
        let best = plan.best_first(&filter);
        let total = searcher.search(&best, &Count)?;
        let mut hits = Vec::with_capacity(request.limit.min(total));
        for (score, address) in top(&searcher, &best, request.offset, request.limit, total)? {
            let document: TantivyDocument = searcher.doc(address)?;
            let whole = plan.required.len() < 2 || score >= EVERY_WORD_WEIGHT;
            hits.extend(self.hit(&document, score, whole, &plan.marks));
        }
        let mut counts = Vec::new();
        for name in &languages {
            let filter: Vec<Term> = year.iter().cloned().chain([lang(name)]).collect();
            let count = searcher.search(&plan.best_first(&filter), &Count)?;
            if count > 0 {
                counts.push((LanguageTag::new(name), count));
            }
        }
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(SearchResults { hits, every_word, total, languages: counts })
    }

    /// The languages that the index has, sorted.
    fn languages(&self, searcher: &Searcher) -> Result<Vec<String>, SearchError> {
        let mut out = BTreeSet::new();
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.lang)?;
            let mut terms = inverted.terms().stream()?;
            while terms.advance() {
                out.extend(std::str::from_utf8(terms.key()).ok().map(str::to_owned));
            }
        }
        Ok(out.into_iter().collect())
    }

    fn plan(&self, typed: &str, languages: &[String]) -> Plan {
        let mut plan = Plan::default();
        let lang = match languages {
            [one] => LanguageTag::new(one),
            _ => LanguageTag::UNDETERMINED,
        };
        for clause in parse(typed) {
            match clause {
                Clause::Words(text) => self.plan_words(&mut plan, &analyse(&text, &lang), languages),
                Clause::Phrase { text, exact } => self.plan_phrase(&mut plan, &analyse(&text, &lang), exact),
                Clause::Without(text) => {
                    for word in analyse(&text, &lang) {
                        let token = word.whole.as_ref().or(word.parts.first());
                        plan.excluded.extend(token.map(|t| self.term(self.fields.folded, &t.folded, 1.0)));
                    }
                }
            }
        }
        plan
    }

    fn plan_words(&self, plan: &mut Plan, words: &[SearchWord], languages: &[String]) {
        let mut joined: Option<&Token> = None;
        for word in words {
            let mut ways: Vec<Box<dyn Query>> = Vec::new();
            let content = !is_stop(word, languages);
            let mut forms: Vec<&Token> = word.whole.iter().chain(joined).chain(&word.with_next).collect();
            match word.parts.as_slice() {
                [part] => forms.push(part),
                parts => ways.push(self.all_parts(parts)),
            }
            for token in forms {
                self.ways(token, languages, &mut ways);
                plan.marks.note(token, languages, content);
            }
            for token in &word.parts {
                plan.marks.note(token, &[], content && word.parts.len() > 1);
            }
            joined = word.with_next.as_ref();
            let slot = either(ways);
            if content { plan.required.push(slot) } else { plan.optional.push(slot) }
        }
        let parts: Vec<&Token> = words.iter().flat_map(|w| &w.parts).collect();
        for pair in parts.windows(2) {
            plan.bonus.extend(self.phrase(self.fields.folded, pair, PAIR_WEIGHT));
        }
        if parts.len() > 2 {
            plan.bonus.extend(self.phrase(self.fields.folded, &parts, PHRASE_WEIGHT));
        }
        if parts.len() > 1 {
            plan.bonus.extend(self.phrase(self.fields.exact, &parts, PHRASE_WEIGHT));
        }
    }

    fn plan_phrase(&self, plan: &mut Plan, words: &[SearchWord], exact: bool) {
        let parts: Vec<&Token> = words.iter().flat_map(|w| &w.parts).collect();
        let field = if exact { self.fields.exact } else { self.fields.folded };
        for token in &parts {
            if exact {
                plan.marks.exact.insert(token.exact.clone());
            } else {
                plan.marks.folded.insert(token.folded.clone());
            }
        }
        if !exact {
            plan.bonus.extend(self.phrase(self.fields.exact, &parts, PHRASE_WEIGHT));
        }
        plan.phrases.extend(self.phrase(field, &parts, 1.0));
    }

    /// The ways in which a token can be met, the most literal weighing most.
    fn ways(&self, token: &Token, languages: &[String], out: &mut Vec<Box<dyn Query>>) {
        out.push(self.term(self.fields.exact, &token.exact, EXACT_WEIGHT));
        out.push(self.term(self.fields.folded, &token.folded, FOLDED_WEIGHT));
        let stems = stems(token, languages);
        let stems = stems.iter().map(|s| self.term(self.fields.stem, s, STEM_WEIGHT)).collect();
        out.push(either(stems));
    }

    fn all_parts(&self, parts: &[Token]) -> Box<dyn Query> {
        let terms = parts.iter().map(|t| self.term(self.fields.folded, &t.folded, FOLDED_WEIGHT)).collect();
        Box::new(BooleanQuery::intersection(terms))
    }

    fn term(&self, field: Field, text: &str, weight: f32) -> Box<dyn Query> {
        let query = TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs);
        Box::new(BoostQuery::new(Box::new(query), weight))
    }

    fn phrase(&self, field: Field, parts: &[&Token], weight: f32) -> Option<Box<dyn Query>> {
        let form = |t: &Token| if field == self.fields.exact { t.exact.clone() } else { t.folded.clone() };
        let first = parts.first()?.position;
        if let [one] = parts {
            return Some(self.term(field, &form(one), weight));
        }
        let terms = parts
            .iter()
            .map(|t| (t.position.saturating_sub(first), Term::from_field_text(field, &form(t))))
            .collect();
        Some(Box::new(BoostQuery::new(Box::new(PhraseQuery::new_with_offset(terms)), weight)))
    }

    fn hit(&self, document: &TantivyDocument, score: f32, every_word: bool, marks: &Marks) -> Option<Hit> {
        let text = |field: Field| document.get_first(field).and_then(|v| v.as_str()).map(str::to_owned);
        let version: VersionCode = text(self.fields.version)?.parse().ok()?;
        let n = document.get_first(self.fields.n).and_then(|v| v.as_u64()).unwrap_or(0);
        let printed = text(self.fields.text).unwrap_or_default();
        Some(Hit {
            highlights: marks.of(&printed, &version.lang),
            version,
            n: u32::try_from(n).ok().filter(|n| *n > 0),
            title: text(self.fields.title),
            date: text(self.fields.date),
            text: printed,
            every_word,
            score,
        })
    }
}

impl Plan {
    /// Every word that has content, every phrase.
    fn every_word(&self, filter: &[Term]) -> BooleanQuery {
        let must: &[Box<dyn Query>] =
            if self.required.is_empty() && self.phrases.is_empty() { &self.optional } else { &self.required };
        let mut clauses = self.frame(filter);
        clauses.extend(must.iter().map(|q| (Occur::Must, q.box_clone())));
        BooleanQuery::new(clauses)
    }

    /// At least one word, of long queries one in eight and one more; those with every word weigh so much more that they come first.
    fn best_first(&self, filter: &[Term]) -> BooleanQuery {
        let all = || self.required.iter().map(|q| q.box_clone()).collect::<Vec<_>>();
        if self.required.len() < 2 {
            return self.every_word(filter);
        }
        let least = 1 + self.required.len() / 8;
        let mut clauses = self.frame(filter);
        clauses
            .push((Occur::Must, Box::new(BooleanQuery::union_with_minimum_required_clauses(all(), least))));
        let every = Box::new(BooleanQuery::intersection(all()));
        clauses.push((Occur::Should, Box::new(ConstScoreQuery::new(every, EVERY_WORD_WEIGHT))));
        BooleanQuery::new(clauses)
    }

    fn frame(&self, filter: &[Term]) -> Vec<(Occur, Box<dyn Query>)> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for term in filter {
            let query = TermQuery::new(term.clone(), IndexRecordOption::Basic);
            clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(Box::new(query), 0.0))));
        }
        clauses.extend(self.phrases.iter().map(|q| (Occur::Must, q.box_clone())));
        clauses.extend(self.excluded.iter().map(|q| (Occur::MustNot, q.box_clone())));
        clauses.extend(self.optional.iter().chain(&self.bonus).map(|q| (Occur::Should, q.box_clone())));
        clauses
    }
}

impl Marks {
    fn note(&mut self, token: &Token, languages: &[String], content: bool) {
        if content {
            self.folded.insert(token.folded.clone());
            self.stem.extend(stems(token, languages));
        } else {
            self.optional.insert(token.folded.clone());
        }
    }

    /// The words of `text` that were asked for: in order, those that touch as one.
    fn of(&self, text: &str, lang: &LanguageTag) -> Vec<Span> {
        let only_optional = self.exact.is_empty() && self.folded.is_empty();
        let meets = |t: &Token| {
            self.exact.contains(&t.exact)
                || self.folded.contains(&t.folded)
                || self.stem.contains(&stem_term(lang.primary(), &t.stem))
                || (only_optional && self.optional.contains(&t.folded))
        };
        let mut spans: Vec<Span> = analyse(text, lang)
            .iter()
            .flat_map(|w| w.tokens().filter(|t| meets(t)).map(|t| t.span).collect::<Vec<_>>())
            .collect();
        spans.sort_by_key(|s| (s.start(), std::cmp::Reverse(s.end())));
        let mut out: Vec<Span> = Vec::new();
        for span in spans {
            match out.last_mut() {
                Some(last) if span.start() <= last.end() => {
                    let end = last.end().max(span.end());
                    *last = Span::new(text, last.start(), end).unwrap_or(*last);
                }
                _ => out.push(span),
            }
        }
        out
    }
}

/// The best of a query from `offset` on; nothing is asked where nothing is left.
fn top(
    searcher: &Searcher,
    query: &BooleanQuery,
    offset: usize,
    limit: usize,
    count: usize,
) -> Result<Vec<(f32, DocAddress)>, SearchError> {
    let limit = limit.min(count.saturating_sub(offset));
    if limit == 0 {
        return Ok(Vec::new());
    }
    Ok(searcher.search(query, &TopDocs::with_limit(limit).and_offset(offset).order_by_score())?)
}

fn either(mut ways: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    if ways.len() == 1 {
        return ways.remove(0);
    }
    Box::new(BooleanQuery::union(ways))
}

/// Languages of the list that are written in the script of the word.
fn of_script<'a>(word: &'a str, languages: &'a [String]) -> impl Iterator<Item = LanguageTag> + 'a {
    let direction =
        word.chars().find_map(diwan_text::script::Script::of).map(diwan_text::script::Script::direction);
    languages
        .iter()
        .map(|l| LanguageTag::new(l))
        .filter(move |l| direction.is_none_or(|d| l.direction() == d))
}

/// The terms of the token's stem in each language it may be of.
fn stems(token: &Token, languages: &[String]) -> Vec<String> {
    of_script(&token.folded, languages)
        .map(|lang| stem_term(lang.primary(), &stem(&token.folded, &lang)))
        .collect()
}

fn is_stop(word: &SearchWord, languages: &[String]) -> bool {
    let folded = match (&word.whole, word.parts.as_slice()) {
        (Some(whole), _) => &whole.folded,
        (None, [part, ..]) => &part.folded,
        (None, []) => return true,
    };
    let mut any = false;
    for lang in of_script(folded, languages) {
        if !is_stop_word(folded, &lang) {
            return false;
        }
        any = true;
    }
    any
}
