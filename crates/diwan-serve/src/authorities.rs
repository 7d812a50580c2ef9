//! Authority records kept in step with the store: made anew from all mentions where anything changed since.

use std::collections::BTreeMap;

use diwan_ledger::entities::{Authority, Decisions, Observation, resolve, scoped};
use diwan_store::{Action, MentionRow, Store, StoreError};

/// The version of the method: records made by another are made anew.
const METHOD: &str = "entities@2";

/// Makes the records anew where they are not those of what the archive holds. Whoever may not write (the archive is read
/// only, or busy) is shown the last ones.
///
/// # Errors
/// Where the archive cannot be read.
pub fn refresh(store: &mut Store) -> Result<(), StoreError> {
    if store.entities_current(METHOD)? {
        return Ok(());
    }
    let revision = store.revision()?;
    let mut observations = Vec::new();
    let mut scope: BTreeMap<String, String> = BTreeMap::new();
    store.for_each_mention(|row| {
        let one = observation(&row);
        scope.entry(one.key.clone()).or_insert_with(|| scoped(&one));
        observations.push(one);
        Ok::<(), StoreError>(())
    })?;
    let decisions = decisions(store)?;
    // One sentence proves little; a pair must stand opposite each other alone, and not against what names say.
    let opposite: Vec<(String, String)> = store
        .opposite_mentions()?
        .into_iter()
        .filter(|(a, b, _)| a.split(':').next() == b.split(':').next() && !a.starts_with("place:"))
        .map(|(a, b, _)| (scope.get(&a).cloned().unwrap_or(a), scope.get(&b).cloned().unwrap_or(b)))
        .collect();
    let entities = resolve(observations, &opposite, &decisions);
    match store.put_entities(&entities, revision, METHOD, |row| scoped(&observation(row))) {
        Err(error) if error.kind() == diwan_store::ErrorKind::Conflict => Ok(()),
        other => other,
    }
}

fn observation(row: &MentionRow) -> Observation {
    Observation {
        statement: row.statement,
        issuer: row.issuer.clone(),
        source: match row.sentence {
            Some(n) => format!("{}-{}/{n}", row.code, row.lang),
            None => format!("{}-{}", row.code, row.lang),
        },
        lang: row.lang.clone(),
        date: row.date.clone(),
        key: row.key.clone(),
        kind: row.kind,
        form: row.form,
        text: row.text.clone(),
        role: row.role.clone(),
    }
}

/// What people decided about entities.
fn decisions(store: &Store) -> Result<Decisions, StoreError> {
    let mut all = Decisions::default();
    for decision in store.entity_decisions()? {
        let Some(value) = decision.value.filter(|_| decision.action == Action::Correct) else { continue };
        match decision.field.as_str() {
            "authorities" => {
                let records: Vec<Authority> = serde_json::from_str(&value).unwrap_or_default();
                all.authorities.extend(records);
            }
            "same-as" => all.same.push((decision.subject, value)),
            "apart" => {
                all.apart.insert(decision.subject);
            }
            _ => {
                all.fields.entry(decision.subject).or_default().insert(decision.field, value);
            }
        }
    }
    Ok(all)
}

/// The records that the archive would have with these authority records beside its own.
///
/// # Errors
/// Where the archive cannot be read.
pub fn with_records(store: &Store, records: &[Authority]) -> Result<Vec<diwan_model::Entity>, StoreError> {
    let mut observations = Vec::new();
    store.for_each_mention(|row| {
        observations.push(observation(&row));
        Ok::<(), StoreError>(())
    })?;
    let mut decisions = decisions(store)?;
    decisions.authorities.extend_from_slice(records);
    Ok(resolve(observations, &[], &decisions))
}

/// Lets every fact name its entities by the records they belong to, so that a body that one statement names in full and
/// another in short, or in another script, is one.
///
/// # Errors
/// Where the archive cannot be read.
pub fn settle(store: &mut Store, facts: &mut [diwan_store::FactRecord]) -> Result<(), StoreError> {
    refresh(store)?;
    let mut of_key: BTreeMap<String, String> = BTreeMap::new();
    for entity in store.entities(None)? {
        let Some(first) = entity.keys.first() else { continue };
        for key in &entity.keys {
            of_key.insert(key.clone(), first.clone());
            // What only its issuer's pages call so: the key before the issuer's.
            if let Some((general, _)) = key.split_once('@') {
                of_key.entry(general.to_owned()).or_insert_with(|| first.clone());
            }
        }
    }
    let settled = |key: &mut String| {
        if let Some(first) = of_key.get(key) {
            key.clone_from(first);
        }
    };
    for record in facts {
        let fact = &mut record.fact;
        fact.subject_entity.iter_mut().chain(&mut fact.object_entity).for_each(settled);
        fact.entities.iter_mut().for_each(settled);
        for name in ["place_entity", "about_entity"] {
            fact.details.get_mut(name).into_iter().for_each(settled);
        }
    }
    Ok(())
}
