//! What is shown of a statement, made anew after anything about it changed: which version of each language, with
//! what authority, which values of its record, with decisions over all of it.

use std::collections::{BTreeMap, BTreeSet};

use diwan_model::{ArchiveCode, Authority, LanguageTag, VersionCode};
use rusqlite::{Connection, params};

use crate::records::MachineRecord;
use crate::{Action, Result, STATEMENT_FIELDS, StoreError, Subject, decide, put};

struct Row {
    id: i64,
    lang: String,
    authority: Authority,
    read: Authority,
    own: Option<String>,
    original: Option<String>,
    record: String,
    /// Order of coming in.
    order: (i64, i64, i64),
}

/// Marks that what is shown changed, so that an index knows that it is stale.
pub(crate) fn bump(connection: &Connection) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE meta SET value = CAST (CAST (value AS INTEGER) + 1 AS TEXT) WHERE name = 'revision'",
        )?
        .execute([])?;
    Ok(())
}

/// Makes anew what is shown of a statement.
pub(crate) fn statement(connection: &Connection, id: i64) -> Result<()> {
    let code: String = connection
        .prepare_cached("SELECT code FROM statement WHERE id = ?1")?
        .query_row([id], |row| row.get(0))?;
    let code = ArchiveCode::new(code);
    let mut versions = rows(connection, id)?;
    set_authority(&mut versions);
    let shown = set_shown(connection, &versions)?;
    for version in &versions {
        let mut authority = version.authority;
        if shown.contains(&version.id) {
            let subject = Subject::Version(VersionCode {
                statement: code.clone(),
                lang: LanguageTag::new(&version.lang),
            });
            if let Some(decision) = decide::current(connection, &subject, "authority")? {
                authority = decision.value.as_deref().and_then(decide::authority).unwrap_or_default();
            }
        }
        connection
            .prepare_cached("UPDATE version SET authority = ?2 WHERE id = ?1 AND authority <> ?2")?
            .execute(params![version.id, authority.as_str()])?;
    }
    versions.retain(|version| shown.contains(&version.id));
    versions.sort_by_key(|version| (rank(version.authority), version.order));
    set_record(connection, id, &code, &versions)?;
    bump(connection)
}

fn rows(connection: &Connection, statement: i64) -> Result<Vec<Row>> {
    let mut select = connection.prepare_cached(
        "SELECT v.id, v.lang, v.authority_read, v.own_address, v.original_address, v.record, c.seq, v.part, v.position
         FROM version AS v JOIN capture AS c ON c.sha256 = v.capture
         WHERE v.statement = ?1 ORDER BY c.seq, v.part, v.position",
    )?;
    let rows = select.query_map([statement], |row| {
        let read = decide::authority(&row.get::<_, String>(2)?).unwrap_or_default();
        Ok(Row {
            id: row.get(0)?,
            lang: row.get(1)?,
            authority: read,
            read,
            own: row.get(3)?,
            original: row.get(4)?,
            record: row.get(5)?,
            order: (row.get(6)?, row.get(7)?, row.get(8)?),
        })
    })?;
    Ok(rows.collect::<Result<_, rusqlite::Error>>()?)
}

/// A page at the address that others name as the original's is the text that counts, unless it says of itself that it is
/// a translation.
fn set_authority(versions: &mut [Row]) {
    let originals: BTreeSet<String> = versions.iter().filter_map(|v| v.original.clone()).collect();
    for version in versions {
        let is_original = version.own.as_ref().is_some_and(|own| originals.contains(own));
        if version.read == Authority::Unknown && is_original {
            version.authority = Authority::Authoritative;
        }
    }
}

/// Of each language the authoritative version is shown, else the newest; each replaces the next in that order.
fn set_shown(connection: &Connection, versions: &[Row]) -> Result<BTreeSet<i64>> {
    let mut by_lang: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for version in versions {
        by_lang.entry(&version.lang).or_default().push(version);
        // The unique index knows one shown version a language; it must never see two on the way.
        connection
            .prepare_cached("UPDATE version SET shown = 0 WHERE id = ?1 AND shown = 1")?
            .execute([version.id])?;
    }
    let mut shown = BTreeSet::new();
    for list in by_lang.values_mut() {
        list.sort_by_key(|v| (v.authority == Authority::Authoritative, v.order));
        list.reverse();
        for (k, version) in list.iter().enumerate() {
            let replaces = list.get(k + 1).map(|v| v.id);
            connection
                .prepare_cached("UPDATE version SET shown = ?2, replaces = ?3 WHERE id = ?1")?
                .execute(params![version.id, k == 0, replaces])?;
        }
        shown.extend(list.first().map(|v| v.id));
    }
    Ok(shown)
}

fn rank(authority: Authority) -> u8 {
    match authority {
        Authority::Authoritative => 0,
        Authority::Unknown => 1,
        Authority::CourtesyTranslation => 2,
    }
}

/// Each field from the first version that has it, in the order given; then decisions over it.
fn set_record(connection: &Connection, id: i64, code: &ArchiveCode, versions: &[Row]) -> Result<()> {
    let mut record = MachineRecord::default();
    for version in versions {
        let one: MachineRecord =
            serde_json::from_str(&version.record).map_err(StoreError::json("a version"))?;
        for (name, value) in one.fields {
            record.fields.entry(name).or_insert(value);
        }
        record.date = record.date.or(one.date);
        record.meeting = record.meeting.or(one.meeting);
        record.archive_record = record.archive_record.or(one.archive_record);
    }
    let mut shown: BTreeMap<&str, Option<String>> = BTreeMap::new();
    for field in STATEMENT_FIELDS {
        let machine = record.fields.get(*field).map(|value| value.text.clone());
        let value = match put::decided(connection, code, field)? {
            Some(decision) if decision.action == Action::Dismiss => None,
            Some(decision) => decision.value,
            None => machine,
        };
        shown.insert(field, value);
    }
    let lang = record.fields.get("title").and_then(|title| title.lang.as_ref()).map(LanguageTag::as_str);
    let get = |field: &str| shown.get(field).and_then(Option::as_deref);
    connection
        .prepare_cached(
            "UPDATE statement SET record = ?2, title = ?3, lang = ?4, date = ?5, issuer = ?6, office = ?7, type = ?8, place = ?9
             WHERE id = ?1",
        )?
        .execute(params![
            id,
            serde_json::to_string(&record).map_err(StoreError::json("a statement"))?,
            get("title"),
            lang,
            get("date"),
            get("issuer"),
            get("office"),
            get("type"),
            get("place"),
        ])?;
    Ok(())
}

/// The authority that the machine gives the shown version of a language.
pub(crate) fn machine_authority(
    connection: &Connection,
    statement: i64,
    lang: &LanguageTag,
) -> Result<Option<String>> {
    let mut versions = rows(connection, statement)?;
    set_authority(&mut versions);
    versions.retain(|version| version.lang == lang.as_str());
    versions.sort_by_key(|v| (v.authority == Authority::Authoritative, v.order));
    Ok(versions.last().map(|version| version.authority.as_str().to_owned()))
}
