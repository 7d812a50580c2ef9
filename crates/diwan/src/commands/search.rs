//! `diwan search`: sentences with the words, in every language.

use std::fmt::Write as _;
use std::io::{self, BufRead, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use diwan_model::{ArchiveCode, LanguageTag, VersionCode};
use diwan_search::{Hit, IndexedVersion, SearchIndex, SearchRequest, SearchResults, snippet};
use diwan_store::Store;
use serde::{Deserialize, Serialize};

use crate::commands::serve::{told, told_search};
use crate::output;

/// Characters of a sentence that are shown.
const WIDTH: usize = 220;

/// Find sentences across all versions: letter variants, articles, endings, accents and digits need not match.
///
/// Quotation marks keep words together, `=word` finds exactly these letters, `-word` leaves a word out. Sentences with
/// every word come first, then those with some of them. docs/search.md says more.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diwan search lake pledge\n  diwan search '\"joint statement\"' -ports --lang en\n  diwan search اجتماع --year 2021 --json"
)]
pub(crate) struct SearchCommand {
    /// The words.
    #[arg(required_unless_present = "batch")]
    words: Vec<String>,
    /// Only versions in this language (`fa`).
    #[arg(long)]
    lang: Option<String>,
    /// Only statements of this year.
    #[arg(long)]
    year: Option<u16>,
    /// At most so many.
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// Leave out so many of the first.
    #[arg(long, default_value_t = 0, value_name = "N")]
    skip: usize,
    /// Print one JSON object; offsets count code points.
    #[arg(long)]
    json: bool,
    /// Search these documents instead of the archive: a JSON object a line with `id`, `lang`, `text`.
    #[arg(long, value_name = "FILE", requires = "batch")]
    docs: Option<PathBuf>,
    /// Answer these queries: a JSON object a line with `qid`, `lang`, `q`; prints `qid` and `hits` of each.
    #[arg(long, value_name = "FILE", conflicts_with = "words")]
    batch: Option<PathBuf>,
}

#[derive(Serialize)]
struct HitJson<'a> {
    code: String,
    lang: &'a LanguageTag,
    n: Option<u32>,
    date: Option<&'a str>,
    title: Option<&'a str>,
    text: &'a str,
    highlights: Vec<(usize, usize)>,
    every_word: bool,
}

#[derive(Serialize)]
struct LanguageJson<'a> {
    lang: &'a LanguageTag,
    hits: usize,
}

#[derive(Serialize)]
struct ResultsJson<'a> {
    query: &'a str,
    every_word: usize,
    total: usize,
    languages: Vec<LanguageJson<'a>>,
    hits: Vec<HitJson<'a>>,
}

#[derive(Deserialize)]
struct BatchDocument {
    id: String,
    lang: String,
    text: String,
}

#[derive(Deserialize)]
struct BatchQuery {
    qid: String,
    lang: Option<String>,
    q: String,
}

#[derive(Serialize)]
struct BatchAnswer<'a> {
    qid: &'a str,
    hits: Vec<String>,
}

impl SearchCommand {
    /// Runs it on the archive in `folder`.
    pub(crate) fn run(self, folder: &Path) -> anyhow::Result<()> {
        let out = match &self.batch {
            Some(queries) => self.answer_batch(folder, queries)?,
            None => {
                let index = diwan_serve::indexing::open(&Store::open(folder)?).map_err(told)?;
                let query = self.words.join(" ");
                let results =
                    index.search(&self.request(&query, self.lang.as_deref())).map_err(told_search)?;
                if self.json {
                    as_json(&query, &results)?
                } else {
                    as_text(&results, io::stdout().is_terminal())
                }
            }
        };
        output::put(&out)
    }

    fn request(&self, query: &str, lang: Option<&str>) -> SearchRequest {
        SearchRequest {
            query: query.to_owned(),
            lang: lang.map(LanguageTag::new),
            year: self.year,
            offset: self.skip,
            limit: self.limit.max(1),
        }
    }

    fn answer_batch(&self, folder: &Path, queries: &Path) -> anyhow::Result<String> {
        let (index, from_file) = match &self.docs {
            Some(docs) => (index_documents(docs)?, true),
            None => (diwan_serve::indexing::open(&Store::open(folder)?).map_err(told)?, false),
        };
        let mut out = String::new();
        for query in lines::<BatchQuery>(queries)? {
            let lang = query.lang.as_deref().or(self.lang.as_deref());
            let results = index.search(&self.request(&query.q, lang)).map_err(told_search)?;
            let name = |hit: &Hit| if from_file { hit.version.statement.to_string() } else { hit.code() };
            let answer = BatchAnswer { qid: &query.qid, hits: results.hits.iter().map(name).collect() };
            out.push_str(&serde_json::to_string(&answer)?);
            out.push('\n');
        }
        Ok(out)
    }
}

/// The objects of a file, one a line.
fn lines<T: serde::de::DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<T>> {
    let file = std::fs::File::open(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let mut out = Vec::new();
    for (k, line) in io::BufReader::new(file).lines().enumerate() {
        let line = line.with_context(|| format!("cannot read `{}`", path.display()))?;
        if !line.trim().is_empty() {
            let place = || format!("`{}`, line {}", path.display(), k + 1);
            out.push(serde_json::from_str(&line).with_context(place)?);
        }
    }
    Ok(out)
}

fn index_documents(path: &Path) -> anyhow::Result<SearchIndex> {
    let index = SearchIndex::in_memory().map_err(told_search)?;
    let mut writer = index.writer().map_err(told_search)?;
    for document in lines::<BatchDocument>(path)? {
        let version = IndexedVersion {
            code: VersionCode {
                statement: ArchiveCode::new(document.id),
                lang: LanguageTag::new(LanguageTag::new(&document.lang).primary()),
            },
            title: None,
            date: None,
            sentences: vec![(1, document.text)],
        };
        writer.add(&version).map_err(told_search)?;
    }
    writer.commit("documents").map_err(told_search)?;
    Ok(index)
}

fn as_json(query: &str, results: &SearchResults) -> anyhow::Result<String> {
    let hits = results.hits.iter().map(|hit| HitJson {
        code: hit.code(),
        lang: &hit.version.lang,
        n: hit.n,
        date: hit.date.as_deref(),
        title: hit.title.as_deref(),
        text: &hit.text,
        highlights: hit.highlights.iter().map(|span| span.code_points(&hit.text)).collect(),
        every_word: hit.every_word,
    });
    let languages = results.languages.iter().map(|(lang, hits)| LanguageJson { lang, hits: *hits });
    let mut out = serde_json::to_string_pretty(&ResultsJson {
        query,
        every_word: results.every_word,
        total: results.total,
        languages: languages.collect(),
        hits: hits.collect(),
    })?;
    out.push('\n');
    Ok(out)
}

/// A hit in two lines: where it is; the words, bold on a terminal. First-strong isolates keep the directions apart.
fn as_text(results: &SearchResults, terminal: bool) -> String {
    let (bold, plain) = if terminal { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let mut out = String::new();
    let mut some = false;
    for hit in &results.hits {
        if !hit.every_word && !some {
            some = true;
            if results.every_word > 0 {
                out.push_str("with some of the words:\n");
            }
        }
        let place = if hit.n.is_none() { "  (title)" } else { "" };
        let _ = writeln!(
            out,
            "{}  {}  {}{place}",
            hit.code(),
            hit.version.lang,
            hit.date.as_deref().unwrap_or("-")
        );
        let cut = snippet(&hit.text, &hit.highlights, WIDTH);
        out.push_str("  \u{2068}");
        out.push_str(if cut.cut_before { "… " } else { "" });
        for (run, found) in &cut.runs {
            if *found {
                let _ = write!(out, "{bold}{run}{plain}");
            } else {
                out.push_str(run);
            }
        }
        out.push_str(if cut.cut_after { " …\u{2069}\n" } else { "\u{2069}\n" });
    }
    let _ = match results.total {
        0 => writeln!(out, "nothing was found"),
        total => {
            writeln!(out, "{} of {total} shown, {} with every word", results.hits.len(), results.every_word)
        }
    };
    out
}
