//! What ties versions to their statement, said for people: the evidence of each link, translations that are missing, and
//! those that were made before the original changed.

use std::collections::BTreeSet;

use diwan_model::{ArchiveCode, LanguageTag};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::{Result, Store, StoreError, read};

/// What speaks for a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkEvidence {
    /// It stands on one page with another version.
    SamePage,
    /// It names the address of another version as the original's.
    NamesOriginal,
    /// Another version names its address as the original's.
    IsOriginal,
    /// It and another version name the same original.
    SameOriginal,
    /// It and another version name each other as themselves in another language.
    OtherLanguages,
    /// The same date stands in both.
    TextDate,
    /// The same number, which few others have.
    TextNumber,
    /// The same name, or word in the same letters.
    TextName,
    /// So many words of which a rendering is known.
    TextWords,
    /// So much of both is rendered in the other, in hundredths.
    TextAligned,
    /// As many lines.
    TextLines,
    /// Both are versions of the same others.
    TextThrough,
    /// A person said so.
    Person,
}

impl LinkEvidence {
    /// Its spelling in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SamePage => "same-page",
            Self::NamesOriginal => "names-original",
            Self::IsOriginal => "is-original",
            Self::SameOriginal => "same-original",
            Self::OtherLanguages => "other-languages",
            Self::TextDate => "text-date",
            Self::TextNumber => "text-number",
            Self::TextName => "text-name",
            Self::TextWords => "text-words",
            Self::TextAligned => "text-aligned",
            Self::TextLines => "text-lines",
            Self::TextThrough => "text-through",
            Self::Person => "person",
        }
    }

    /// How sure a link is that rests on it alone, 0 to 1. A page that names its original says so itself; what each side
    /// says of the other is weaker, because menus are copied. What texts share is weighed together with the link it belongs to, not
    /// by itself: 0.
    pub fn confidence(self) -> f32 {
        match self {
            Self::SamePage | Self::NamesOriginal | Self::IsOriginal => 0.99,
            Self::SameOriginal => 0.98,
            Self::OtherLanguages => 0.95,
            Self::Person => 1.0,
            _ => 0.0,
        }
    }
}

/// What ties a shown version to its statement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LinkRecord {
    /// `DW/2021/000123-fa`.
    pub version: String,
    /// Its language.
    pub lang: LanguageTag,
    /// What speaks for it, and the address it rests on, where it is one; empty for a version that stands alone or was tied
    /// by what its text says.
    pub evidence: Vec<(LinkEvidence, Option<String>)>,
    /// How sure, 0 to 1; `null` where nothing speaks for it.
    pub confidence: Option<f32>,
    /// The name of the link, for deciding about it.
    pub link: String,
    /// The decision that a person took about it, and its number.
    pub decision: Option<(crate::Action, i64)>,
    /// When the original came in that this translation is older than, RFC 3339.
    pub stale_since: Option<String>,
}

/// Method, how sure, evidence.
type Joined = (String, f32, Vec<(LinkEvidence, Option<String>)>);

struct Row {
    lang: String,
    capture: String,
    own: Option<String>,
    original: Option<String>,
    alternates: Vec<String>,
    authoritative: bool,
    replaces: bool,
    at: String,
    seq: i64,
    part: u32,
    /// What was joined by what it says, or by a person: method, how sure, evidence.
    joined: Option<Joined>,
    decision: Option<crate::Decision>,
}

/// Statements of a body of which a share must have a language before its absence is said, and the share.
const ENOUGH: u64 = 3;
const SHARE: f64 = 0.6;

impl Store {
    /// What ties each shown version of a statement to it.
    pub fn links(&self, code: &ArchiveCode) -> Result<Vec<LinkRecord>> {
        let Some(found) = read::surviving(&self.connection, code)? else { return Ok(Vec::new()) };
        let mut select = self.connection.prepare_cached(
            "SELECT v.lang, v.capture, v.own_address, v.original_address, v.alternates, v.authority, v.replaces, c.at, c.seq, v.part,
               j.method, j.confidence, j.evidence
             FROM version AS v JOIN capture AS c ON c.sha256 = v.capture
             LEFT JOIN joined AS j ON j.capture = v.capture AND j.part = v.part AND j.statement = v.statement
             WHERE v.statement = ?1 AND v.shown = 1 ORDER BY v.authority <> 'authoritative', v.lang",
        )?;
        let rows = select.query_map([found.id], |row| {
            let joined: Option<String> = row.get(10)?;
            Ok((
                row.get::<_, String>(4)?,
                joined.zip(Some((row.get::<_, Option<f64>>(11)?, row.get::<_, Option<String>>(12)?))),
                Row {
                    lang: row.get(0)?,
                    capture: row.get(1)?,
                    own: row.get(2)?,
                    original: row.get(3)?,
                    alternates: Vec::new(),
                    authoritative: row.get::<_, String>(5)? == "authoritative",
                    replaces: row.get::<_, Option<i64>>(6)?.is_some(),
                    at: row.get(7)?,
                    seq: row.get(8)?,
                    part: row.get(9)?,
                    joined: None,
                    decision: None,
                },
            ))
        })?;
        let mut all = Vec::new();
        for row in rows {
            let (alternates, joined, mut row) = row?;
            if let Some((method, (confidence, evidence))) = joined {
                let evidence = serde_json::from_str(evidence.as_deref().unwrap_or("[]"));
                let evidence = evidence.map_err(StoreError::json("a link"))?;
                row.joined = Some((method, confidence.unwrap_or(0.0) as f32, evidence));
            }
            if let Some(key) = key(&row, &found.code) {
                let subject = crate::Subject::Link(key);
                row.decision = crate::decide::current(&self.connection, &subject, crate::BELONGS)?;
            }
            row.alternates = serde_json::from_str(&alternates).map_err(StoreError::json("a version"))?;
            all.push(row);
        }
        let original = all.iter().find(|row| row.authoritative && row.replaces);
        let record = |row: &Row| {
            let mut evidence = BTreeSet::new();
            for other in all.iter().filter(|other| other.lang != row.lang) {
                evidence.extend(ties(row, other));
            }
            let mut evidence: Vec<(LinkEvidence, Option<String>)> = evidence.into_iter().collect();
            // What holds another version here holds this one beside it.
            let others = || {
                all.iter().filter(|other| other.lang != row.lang).filter_map(|other| other.joined.as_ref())
            };
            let own = row.joined.iter().filter(|j| j.0 == "content");
            let beside = others().filter(|j| j.0 == "content" && evidence.is_empty() && row.joined.is_none());
            let said = own.chain(beside).max_by(|a, b| a.1.total_cmp(&b.1));
            let mut doubt = 1.0;
            if let Some((_, confidence, more)) = said {
                doubt *= 1.0 - confidence;
                evidence.extend(more.iter().cloned());
            }
            if let Some(decision) = row.decision.as_ref().filter(|d| d.action == crate::Action::Confirm) {
                evidence.push((LinkEvidence::Person, Some(decision.who.clone())));
            }
            // Each speaks for the link by itself; together they leave less doubt.
            doubt *= evidence.iter().map(|(e, _)| 1.0 - e.confidence()).product::<f32>();
            let stale = original.filter(|original| !row.authoritative && row.seq < original.seq);
            LinkRecord {
                version: format!("{}-{}", found.code, row.lang),
                lang: LanguageTag::new(&row.lang),
                confidence: (!evidence.is_empty()).then_some(1.0 - doubt),
                evidence,
                link: key(row, &found.code).map(|key| key.to_string()).unwrap_or_default(),
                decision: row.decision.as_ref().map(|d| (d.action, d.id)),
                stale_since: stale.map(|original| original.at.clone()),
            }
        };
        Ok(all.iter().map(record).collect())
    }

    /// Languages in which most statements of the same body and type have a version, and this one has none.
    pub fn missing_translations(&self, code: &ArchiveCode) -> Result<Vec<LanguageTag>> {
        let Some(found) = read::surviving(&self.connection, code)? else { return Ok(Vec::new()) };
        let others = "FROM statement AS t JOIN statement AS s ON s.issuer = t.issuer AND s.type IS t.type AND s.id <> t.id
             WHERE t.id = ?1 AND s.merged_into IS NULL
               AND EXISTS (SELECT 1 FROM version AS v WHERE v.statement = s.id AND v.shown = 1)";
        let all: i64 = self
            .connection
            .prepare_cached(&format!("SELECT count(*) {others}"))?
            .query_row([found.id], |row| row.get(0))?;
        if u64::try_from(all).unwrap_or(0) < ENOUGH {
            return Ok(Vec::new());
        }
        let mut select = self.connection.prepare_cached(&format!(
            "SELECT w.lang FROM version AS w WHERE w.shown = 1 AND w.statement IN (SELECT s.id {others})
               AND w.lang NOT IN (SELECT lang FROM version WHERE statement = ?1 AND shown = 1)
             GROUP BY w.lang HAVING count(DISTINCT w.statement) >= ?2 ORDER BY w.lang"
        ))?;
        let rows = select.query_map(params![found.id, all as f64 * SHARE], |row| {
            Ok(LanguageTag::new(&row.get::<_, String>(0)?))
        })?;
        Ok(rows.collect::<Result<_, rusqlite::Error>>()?)
    }
}

/// The name of the link that holds a version in a statement.
fn key(row: &Row, code: &ArchiveCode) -> Option<crate::LinkKey> {
    Some(crate::LinkKey { capture: row.capture.parse().ok()?, part: row.part, statement: code.clone() })
}

/// What ties one version to another.
fn ties(row: &Row, other: &Row) -> Vec<(LinkEvidence, Option<String>)> {
    let mut out = Vec::new();
    let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
    if row.capture == other.capture {
        out.push((LinkEvidence::SamePage, None));
    }
    if same(&row.original, &other.own) {
        out.push((LinkEvidence::NamesOriginal, row.original.clone()));
    }
    if same(&row.own, &other.original) {
        out.push((LinkEvidence::IsOriginal, row.own.clone()));
    }
    if same(&row.original, &other.original) {
        out.push((LinkEvidence::SameOriginal, row.original.clone()));
    }
    let names = |a: &Row, b: &Row| b.own.as_ref().is_some_and(|own| a.alternates.contains(own));
    if names(row, other) && names(other, row) {
        out.push((LinkEvidence::OtherLanguages, other.own.clone()));
    }
    out
}
