//! The parallel reader: two or three versions side by side, bead by bead.
//!
//! A row is a bead, or, with three versions, the least that both alignments keep together. Everything works without the
//! script of the page; that adds the keyboard and the way from a selection to its renderings.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use diwan_model::{LanguageTag, SentenceCode, Span};
use diwan_store::{
    AlignmentRecord, BeadRecord, Decision, FindingStatus, Run, StatementRecord, Store, VersionRecord,
};

use super::findings::FindingView;
use super::html;
use super::statement::{chips, date, title};
use crate::Failure;
use crate::app::Answer;
use crate::light::Light;
use crate::ui::{Ui, encode};
use crate::view::{Chip, Text, VersionView, code_path};

/// Versions that are shown beside each other at most.
const WIDEST: usize = 3;

/// Confidence, in hundredths, below which a bead is shown as doubtful, and as a guess.
const DOUBTFUL: u64 = 85;
const GUESS: u64 = 55;

/// A piece of a sentence: words, and whether they are what was searched for (1) or render it (2).
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) lit: u8,
}

struct SentenceCell {
    id: String,
    href: String,
    shown: String,
    label: String,
    pieces: Vec<Piece>,
}

struct Cell {
    lang: String,
    dir: &'static str,
    /// The language's name, for a narrow page.
    name: String,
    sentences: Vec<SentenceCell>,
}

/// What can be done to a bead, where a person may.
struct EditView {
    bead: String,
    /// Ways to split: how many sentences of each side go to the first part, and words for it.
    splits: Vec<(String, String)>,
    first: bool,
    last: bool,
    /// Sentences that can move: side, and language.
    sides: Vec<(&'static str, String, bool)>,
}

struct RowView {
    href: String,
    label: String,
    /// Begins a paragraph of the first column.
    paragraph: bool,
    /// `sure`, `doubtful`, `guess` or `decided`.
    standing: &'static str,
    confidence: String,
    cells: Vec<Cell>,
    findings: Vec<FindingView>,
    edit: Option<EditView>,
}

#[derive(Template)]
#[template(path = "parallel.html")]
struct ParallelPage<'a> {
    ui: &'a Ui,
    statement: &'a str,
    statement_href: String,
    title: Text,
    date: String,
    iso: String,
    chips: Vec<Chip>,
    /// Versions that can stand beside, each with the address that adds or removes it.
    beside: Vec<Chip>,
    alone: String,
    columns: Vec<VersionView>,
    wide: bool,
    rows: Vec<RowView>,
    query: Option<&'a str>,
    first_lang: String,
    second_lang: String,
    /// Notes on the translations: missing, stale.
    notes: Vec<String>,
    history: Vec<super::decisions::DecisionView>,
    decisions: u64,
    unsure: u64,
}

/// A row before it is put into words: which sentences of each column, and what stands behind it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) runs: Vec<Run>,
    pub(crate) confidence: f32,
    pub(crate) decisions: Vec<i64>,
    /// The bead itself, where the row is one.
    pub(crate) bead: Option<(Run, Run)>,
}

/// The columns asked for: the version itself and those of `with`; `None` where they are not there.
pub(crate) fn languages(
    record: &StatementRecord,
    lang: &LanguageTag,
    with: &str,
) -> Option<Vec<LanguageTag>> {
    let there = |l: &LanguageTag| record.versions.iter().any(|v| v.lang == *l);
    let mut out = vec![lang.clone()];
    if with == "auto" {
        out.extend(record.versions.iter().map(|v| v.lang.clone()).find(|l| l != lang));
        return Some(out);
    }
    for tag in with.split(',').filter(|tag| !tag.trim().is_empty()) {
        let tag = LanguageTag::new(tag);
        if !there(&tag) || out.contains(&tag) || out.len() == WIDEST {
            return None;
        }
        out.push(tag);
    }
    Some(out)
}

/// The rows of these columns; `None` where the kept alignments do not tie all of them.
pub(crate) fn rows(langs: &[LanguageTag], alignments: &[AlignmentRecord]) -> Option<Vec<Row>> {
    let mut alignments = alignments.iter().filter(|a| a.current);
    let middle = alignments.clone().next()?.source.clone();
    let of = |lang: &LanguageTag| alignments.clone().find(|a| a.source == middle && a.target == *lang);
    let wings: Vec<&LanguageTag> = langs.iter().filter(|l| **l != middle).collect();
    let lists: Vec<&AlignmentRecord> = wings.iter().map(|l| of(l)).collect::<Option<_>>()?;
    alignments.next()?;
    let mut groups: Vec<(Run, Vec<Run>, Vec<&BeadRecord>)> = match lists.first() {
        None => return None,
        Some(first) => first.beads.iter().map(|b| (b.source, vec![b.target], vec![b])).collect(),
    };
    for list in lists.iter().skip(1) {
        groups = together(groups, &list.beads);
    }
    let place = |lang: &LanguageTag| wings.iter().position(|l| *l == lang);
    let out = groups.into_iter().map(|(source, targets, beads)| Row {
        runs: langs
            .iter()
            .map(|l| place(l).map_or(source, |k| targets.get(k).copied().unwrap_or_default()))
            .collect(),
        confidence: beads.iter().map(|b| b.confidence).fold(1.0, f32::min),
        decisions: beads.iter().filter_map(|b| b.decision).collect(),
        bead: match beads.as_slice() {
            [one] if langs.len() == 2 && langs.contains(&middle) => Some((one.source, one.target)),
            _ => None,
        },
    });
    Some(out.filter(|row| row.runs.iter().any(|run| !run.is_empty())).collect())
}

/// The sentences of these columns row by row; `None` where the kept alignments do not tie all of them.
pub fn parallel_rows(langs: &[LanguageTag], alignments: &[AlignmentRecord]) -> Option<Vec<Vec<Run>>> {
    Some(rows(langs, alignments)?.into_iter().map(|row| row.runs).collect())
}

/// Rows of the middle text with some others, and beads of one more: merged where they overlap in the middle.
fn together<'a>(
    rows: Vec<(Run, Vec<Run>, Vec<&'a BeadRecord>)>,
    beads: &'a [BeadRecord],
) -> Vec<(Run, Vec<Run>, Vec<&'a BeadRecord>)> {
    let mut out: Vec<(Run, Vec<Run>, Vec<&BeadRecord>)> = Vec::new();
    let (mut left, mut right) = (rows.into_iter().peekable(), beads.iter().peekable());
    let join = |a: Run, b: Run| {
        if a.is_empty() {
            b
        } else if b.is_empty() {
            a
        } else {
            Run::new(a.first, b.end().saturating_sub(a.first))
        }
    };
    loop {
        if let Some(row) = left.next_if(|row| row.0.is_empty()) {
            let (source, mut targets, beads) = row;
            targets.push(Run::default());
            out.push((source, targets, beads));
        } else if let Some(bead) = right.next_if(|bead| bead.source.is_empty()) {
            let width = out.first().map_or(1, |row| row.1.len() - 1);
            let mut targets = vec![Run::default(); width];
            targets.push(bead.target);
            out.push((bead.source, targets, vec![bead]));
        } else if let (Some((mut source, mut targets, mut behind)), Some(bead)) = (left.next(), right.next())
        {
            let mut other = (bead.source, bead.target);
            behind.push(bead);
            while source.end() != other.0.end() {
                if source.end() < other.0.end() {
                    let Some((more, runs, beads)) = left.next() else { break };
                    source = join(source, more);
                    for (run, more) in targets.iter_mut().zip(runs) {
                        *run = join(*run, more);
                    }
                    behind.extend(beads);
                } else {
                    let Some(more) = right.next() else { break };
                    other = (join(other.0, more.source), join(other.1, more.target));
                    behind.push(more);
                }
            }
            targets.push(other.1);
            out.push((source, targets, behind));
        } else {
            return out;
        }
    }
}

/// The page; `None` where these versions are not aligned.
pub(crate) fn page(
    store: &Store,
    ui: &Ui,
    record: &StatementRecord,
    langs: &[LanguageTag],
    query: Option<&str>,
) -> Option<Answer> {
    let alignments = match store.alignments(&record.code) {
        Ok(alignments) => alignments,
        Err(error) => return Some(Err(error.into())),
    };
    let rows = rows(langs, &alignments)?;
    Some(show(store, ui, record, langs, query, rows))
}

fn show(
    store: &Store,
    ui: &Ui,
    record: &StatementRecord,
    langs: &[LanguageTag],
    query: Option<&str>,
    rows: Vec<Row>,
) -> Answer {
    let version = |lang: &LanguageTag| record.versions.iter().find(|v| v.lang == *lang);
    let versions: Vec<&VersionRecord> = langs.iter().filter_map(version).collect();
    let (Some(first), Some(second)) = (versions.first(), versions.get(1)) else {
        return Err(Failure::not_found());
    };
    let path = code_path(&first.code);
    let with = |langs: &[&LanguageTag]| {
        let tags: Vec<&str> = langs.iter().map(|l| l.as_str()).collect();
        let query = query.map(|q| format!("&q={}", encode(q))).unwrap_or_default();
        ui.href(&format!("{path}?with={}{query}", tags.join(",")))
    };
    let others: Vec<&LanguageTag> = langs.iter().skip(1).collect();
    let beside = record.versions.iter().filter(|v| v.lang != first.lang).map(|v| {
        let current = others.contains(&&v.lang);
        let mut wanted = others.clone();
        if current {
            wanted.retain(|l| **l != v.lang);
        } else {
            wanted.push(&v.lang);
            if wanted.len() >= WIDEST {
                wanted.remove(0);
            }
        }
        let href = if wanted.is_empty() { ui.href(&path) } else { with(&wanted) };
        Chip { href, current, ..Chip::new(ui, &v.code, &v.lang, v.authority) }
    });
    let beside = beside.collect();
    let light = Light::new(store, query, langs)?;
    let history = store.bead_history(&record.code)?;
    let found = findings(ui, record);
    let here = with(&others);
    let mut views = Vec::with_capacity(rows.len());
    let mut last_block = None;
    for (k, row) in rows.iter().enumerate() {
        let block = row.runs.first().and_then(|run| run.of(&first.sentences).first()).map(block);
        let paragraph = block.is_some() && block != last_block;
        last_block = block.or(last_block);
        let edges = (k == 0, k + 1 == rows.len());
        let mut view = row_view(ui, &versions, row, &light, &here, &history, edges);
        view.paragraph = paragraph;
        view.findings =
            found.iter().filter(|(places, _)| stands_in(places, langs, row)).map(|(_, f)| f()).collect();
        views.push(view);
    }
    let (iso, date) = date(ui, record);
    let unsure =
        rows.iter().filter(|r| r.decisions.is_empty() && hundredths(r.confidence) < DOUBTFUL).count();
    html(
        StatusCode::OK,
        &ParallelPage {
            ui,
            statement: record.code.as_str(),
            statement_href: ui.href(&code_path(record.code.as_str())),
            title: title(ui, record, &first.lang),
            date,
            iso,
            chips: chips(ui, record, None),
            beside,
            alone: ui.href(&path),
            columns: versions.iter().map(|v| VersionView::new(ui, v, "")).collect(),
            wide: versions.len() > 2,
            rows: views,
            query,
            first_lang: first.lang.as_str().to_owned(),
            second_lang: second.lang.as_str().to_owned(),
            notes: super::statement::notes(ui, store, record)?,
            decisions: u64::try_from(history.iter().filter(|d| d.counts).count()).unwrap_or(0),
            history: history.iter().rev().map(|d| super::decisions::DecisionView::new(ui, d)).collect(),
            unsure: u64::try_from(unsure).unwrap_or(0),
        },
    )
}

fn block(sentence: &diwan_store::SentenceRecord) -> (u32, u32) {
    sentence.locus.map_or((u32::MAX, sentence.line), |locus| (locus.block, 0))
}

fn hundredths(confidence: f32) -> u64 {
    (confidence.clamp(0.0, 1.0) * 100.0).round() as u64
}

fn row_view(
    ui: &Ui,
    versions: &[&VersionRecord],
    row: &Row,
    light: &Light,
    here: &str,
    history: &[Decision],
    edges: (bool, bool),
) -> RowView {
    let lit =
        light.row(&versions.iter().zip(&row.runs).map(|(v, run)| run.of(&v.sentences)).collect::<Vec<_>>());
    let mut lit = lit.into_iter();
    let cells: Vec<Cell> = versions
        .iter()
        .zip(&row.runs)
        .map(|(version, run)| {
            let marks: Vec<Vec<(Span, u8)>> = lit.next().unwrap_or_default();
            let mut marks = marks.into_iter();
            let path = code_path(&version.code);
            let sentence = |s: &diwan_store::SentenceRecord| SentenceCell {
                id: format!("{}-{}", version.lang, s.n),
                href: ui.href(&format!("{path}#{}", s.n)),
                shown: ui.digits(&s.n),
                label: ui.nth("sentence", &s.n),
                pieces: pieces(&s.text, &marks.next().unwrap_or_default()),
            };
            Cell {
                lang: version.lang.as_str().to_owned(),
                dir: version.dir.as_str(),
                name: ui.language(&version.lang),
                sentences: run.of(&version.sentences).iter().map(sentence).collect(),
            }
        })
        .collect();
    let id = cells.iter().find_map(|cell| cell.sentences.first()).map(|s| s.id.clone()).unwrap_or_default();
    let n = hundredths(row.confidence);
    let decided = row.decisions.last().and_then(|id| history.iter().find(|d| d.id == *id));
    let (standing, confidence) = match decided {
        Some(decision) => ("decided", ui.with("bead-decided", "who", &decision.who)),
        None if n < GUESS => ("guess", ui.count("bead-guess", &n)),
        None if n < DOUBTFUL => ("doubtful", ui.count("bead-doubtful", &n)),
        None => ("sure", ui.count("confidence", &n)),
    };
    let numbers: Vec<String> = cells
        .iter()
        .filter(|cell| !cell.sentences.is_empty())
        .map(|cell| {
            let shown: Vec<&str> = cell.sentences.iter().map(|s| s.shown.as_str()).collect();
            format!("{} {}", cell.name, shown.join("، "))
        })
        .collect();
    RowView {
        href: format!("{here}#{id}"),
        label: numbers.join(" · "),
        paragraph: false,
        standing,
        confidence,
        findings: Vec::new(),
        edit: row.bead.filter(|_| ui.editor.is_some()).map(|_| edit_view(ui, versions, row, edges)),
        cells,
    }
}

fn edit_view(ui: &Ui, versions: &[&VersionRecord], row: &Row, edges: (bool, bool)) -> EditView {
    let (left, right) =
        (row.runs.first().copied().unwrap_or_default(), row.runs.get(1).copied().unwrap_or_default());
    let name = |k: usize| versions.get(k).map(|v| ui.language(&v.lang)).unwrap_or_default();
    let mut splits = Vec::new();
    for a in 0..=left.count.min(6) {
        for b in 0..=right.count.min(6) {
            let (rest_a, rest_b) = (left.count - a, right.count - b);
            if a + b > 0 && rest_a + rest_b > 0 {
                let part = |a: u32, b: u32| format!("{}–{}", ui.digits(&a), ui.digits(&b));
                splits.push((format!("{a},{b}"), format!("{} | {}", part(a, b), part(rest_a, rest_b))));
            }
        }
    }
    EditView {
        bead: format!("{}+{},{}+{}", left.first, left.count, right.first, right.count),
        splits,
        first: edges.0,
        last: edges.1,
        sides: vec![("first", name(0), !left.is_empty()), ("second", name(1), !right.is_empty())],
    }
}

/// A text cut where something is lit.
pub(super) fn pieces(text: &str, marks: &[(Span, u8)]) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut put = |from: usize, to: usize, lit: u8| {
        if let Some(words) = text.get(from..to).filter(|words| !words.is_empty()) {
            out.push(Piece { text: words.to_owned(), lit });
        }
    };
    for (span, lit) in marks {
        if span.start() >= at {
            put(at, span.start(), 0);
            put(span.start(), span.end(), *lit);
            at = span.end();
        }
    }
    put(at, text.len(), 0);
    out
}

/// Findings that rest on sentences of this statement, each with the sentences.
type Placed<'a> = (BTreeMap<LanguageTag, Vec<u32>>, Box<dyn Fn() -> FindingView + 'a>);

fn findings<'a>(ui: &'a Ui, record: &'a StatementRecord) -> Vec<Placed<'a>> {
    let mut out: Vec<Placed<'a>> = Vec::new();
    for finding in record.findings.iter().filter(|f| f.status != FindingStatus::Dismissed) {
        let mut places: BTreeMap<LanguageTag, Vec<u32>> = BTreeMap::new();
        for quote in &finding.quotes {
            if let Some(code) = quote.code.as_ref().and_then(|code| code.parse::<SentenceCode>().ok()) {
                places.entry(code.version.lang).or_default().push(code.n);
            }
        }
        if !places.is_empty() {
            out.push((places, Box::new(move || FindingView::new(ui, finding))));
        }
    }
    out
}

/// Whether a finding belongs to a row: the first sentence it quotes stands there, and its languages are shown.
fn stands_in(places: &BTreeMap<LanguageTag, Vec<u32>>, langs: &[LanguageTag], row: &Row) -> bool {
    if !places.keys().all(|lang| langs.contains(lang)) {
        return false;
    }
    langs.iter().zip(&row.runs).find_map(|(lang, run)| Some(places.get(lang)?.iter().any(|n| run.holds(*n))))
        == Some(true)
}

#[cfg(test)]
mod tests {
    use diwan_model::ArchiveCode;

    use super::*;

    fn alignment(target: &str, beads: &[(u32, u32, u32, u32)]) -> AlignmentRecord {
        let bead = |(k, b): (usize, &(u32, u32, u32, u32))| BeadRecord {
            n: k as u32 + 1,
            source: Run::new(b.0, b.1),
            target: Run::new(b.2, b.3),
            confidence: 0.9,
            decision: None,
        };
        let beads = beads.iter().enumerate().map(bead).collect();
        AlignmentRecord::new(ArchiveCode::new("DW/1"), "en".into(), target.into(), beads)
    }

    fn tags(list: &[&'static str]) -> Vec<LanguageTag> {
        list.iter().map(|t| LanguageTag::new(t)).collect()
    }

    fn shape(rows: &[Row]) -> Vec<Vec<(u32, u32)>> {
        rows.iter()
            .map(|r| {
                r.runs
                    .iter()
                    .map(|run| if run.is_empty() { (0, 0) } else { (run.first, run.count) })
                    .collect()
            })
            .collect()
    }

    #[test]
    fn two_columns_are_the_beads_in_either_order() {
        let all = [alignment("fa", &[(1, 1, 1, 1), (2, 2, 2, 1), (4, 0, 3, 1)])];
        let there = rows(&tags(&["en", "fa"]), &all).unwrap();
        assert_eq!(shape(&there), [[(1, 1), (1, 1)], [(2, 2), (2, 1)], [(0, 0), (3, 1)]]);
        let back = rows(&tags(&["fa", "en"]), &all).unwrap();
        assert_eq!(shape(&back), [[(1, 1), (1, 1)], [(2, 1), (2, 2)], [(3, 1), (0, 0)]]);
        assert!(there.iter().all(|r| r.bead.is_some()));
        assert!(rows(&tags(&["en", "ar"]), &all).is_none());
    }

    #[test]
    fn three_columns_keep_together_what_either_keeps_together() {
        let all = [
            alignment("ar", &[(1, 1, 1, 1), (2, 1, 2, 1), (3, 1, 3, 2), (4, 0, 5, 1), (4, 1, 6, 1)]),
            alignment("fa", &[(1, 2, 1, 1), (3, 1, 2, 1), (4, 1, 3, 0)]),
        ];
        let three = rows(&tags(&["en", "ar", "fa"]), &all).unwrap();
        assert_eq!(
            shape(&three),
            [
                [(1, 2), (1, 2), (1, 1)],
                [(3, 1), (3, 2), (2, 1)],
                [(0, 0), (5, 1), (0, 0)],
                [(4, 1), (6, 1), (0, 0)]
            ]
        );
        // Without the text in the middle; what neither renders is left out.
        let two = rows(&tags(&["ar", "fa"]), &all).unwrap();
        assert_eq!(shape(&two).first(), Some(&vec![(1, 2), (1, 1)]));
        assert!(two.iter().all(|r| r.bead.is_none()));
    }
}
