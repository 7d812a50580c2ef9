//! Where else something was said: by the index that the archive keeps, which grows as versions come in.

use diwan_model::LanguageTag;
use diwan_store::{Store, StoreError};
use diwan_wording::near::{ALIKE, Item, METHOD, likeness};
use diwan_wording::series::day_of;

use super::Member;

/// Versions filed at once.
const BATCH: u32 = 500;

/// How many sentences are compared word by word: those that share most hashes.
const CANDIDATES: u32 = 1_000;

/// Files the sentences of versions that came in since.
///
/// # Errors
/// Whatever the store says.
pub fn file_sentences(store: &mut Store) -> Result<u64, StoreError> {
    let mut filed = 0;
    loop {
        let versions = store.unfiled_versions(METHOD, BATCH)?;
        if versions.is_empty() {
            return Ok(filed);
        }
        let hashes = |(n, text): &(u32, String), lang: &LanguageTag| (*n, Item::new(text, lang).sample());
        let rows: Vec<diwan_store::FiledVersion> = versions
            .iter()
            .map(|v| (v.id, v.sentences.iter().map(|sentence| hashes(sentence, &v.lang)).collect()))
            .collect();
        store.file_versions(METHOD, &rows)?;
        filed += rows.len() as u64;
    }
}

/// Where else nearly the same was said: the most alike first, each with how alike, 0 to 1.
///
/// # Errors
/// Whatever the store says.
pub fn said(store: &Store, text: &str, lang: &LanguageTag) -> Result<Vec<(Member, f32)>, StoreError> {
    let item = Item::new(text, lang);
    let found = store.filed_under(&item.sample(), lang, CANDIDATES)?;
    let mut out: Vec<(Member, f32)> = found
        .into_iter()
        .map(|filed| {
            let like = likeness(&item, &Item::new(&filed.text, &filed.lang));
            let member = Member {
                date: day_of(filed.date.as_deref(), &filed.source).map(|day| day.iso),
                code: filed.statement,
                lang: filed.lang,
                n: Some(filed.n),
                line: filed.line,
                source: filed.source,
                text: filed.text,
            };
            (member, like)
        })
        .filter(|(_, like)| *like >= ALIKE)
        .collect();
    out.sort_by(|a, b| {
        b.1.total_cmp(&a.1).then_with(|| (&a.0.date, &a.0.code, a.0.n).cmp(&(&b.0.date, &b.0.code, b.0.n)))
    });
    Ok(out)
}
