//! Which statement a newly read one is a version of.
//!
//! Only addresses tie; titles, dates and furniture that are alike do not, because the communiqués of one body are alike.
//! What a tie cannot mean is refused and reported: one body's page in one language about two different days is two
//! statements, whatever address both name.

use diwan_model::{ArchiveCode, LanguageTag};

use crate::AddressKey;

/// A statement just read from a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Incoming {
    /// The page's own address. Leave it out where the page holds several statements: it then names none of them.
    pub own: Option<AddressKey>,
    /// The original's address, as the page names it.
    pub original: Option<AddressKey>,
    /// Addresses where the page says that it is in other languages.
    pub alternates: Vec<AddressKey>,
    /// Languages of its versions.
    pub langs: Vec<LanguageTag>,
    /// Its date, `YYYY-MM-DD` where the day is known.
    pub date: Option<String>,
}

/// A statement of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its code.
    pub code: ArchiveCode,
    /// Its number; lower came earlier.
    pub number: i64,
    /// Addresses of its pages.
    pub own: Vec<AddressKey>,
    /// Addresses that its pages name as the original's.
    pub originals: Vec<AddressKey>,
    /// Addresses where its pages say that they are in other languages.
    pub alternates: Vec<AddressKey>,
    /// Languages of its versions.
    pub langs: Vec<LanguageTag>,
    /// Its date, `YYYY-MM-DD` where the day is known.
    pub date: Option<String>,
}

/// Why two statements are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tie {
    /// Both pages have the same address: one page, captured anew.
    SamePage,
    /// One names the other's address as the original's.
    Original,
    /// Both name the same original.
    SameOriginal,
    /// Each page names the other as itself in another language.
    Alternates,
}

/// A tie that cannot be: the same language, another day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The statement that was not joined.
    pub code: ArchiveCode,
    /// What tied them.
    pub tie: Tie,
}

/// Where a statement goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TiedPlacement {
    /// The statement it joins, and by what; `None`: it is a new one.
    pub into: Option<(ArchiveCode, Tie)>,
    /// Other statements that now turn out to be the same as `into`.
    pub merge: Vec<ArchiveCode>,
    /// Joined, although the days differ: another language may well be dated otherwise, but someone should look.
    pub dates_differ: bool,
    /// What would have tied and was refused.
    pub conflicts: Vec<Conflict>,
}

/// Finds the statement that `incoming` belongs to among those that share an address with it. The order of `known` does
/// not matter.
///
/// ```
/// use diwan_model::{ArchiveCode, LanguageTag};
/// use diwan_relate::{AddressKey, Incoming, Known, Tie, place};
/// let original = AddressKey::new("https://ministry.example/en/note").unwrap();
/// let arabic = Known {
///     code: ArchiveCode::new("DW/2021/000001"), number: 1, own: vec![], originals: vec![original.clone()],
///     alternates: vec![], langs: vec![LanguageTag::new("ar")], date: None,
/// };
/// let persian = Incoming { original: Some(original), langs: vec![LanguageTag::new("fa")], ..Incoming::default() };
/// assert_eq!(place(&persian, &[arabic]).into, Some((ArchiveCode::new("DW/2021/000001"), Tie::SameOriginal)));
/// ```
pub fn place(incoming: &Incoming, known: &[Known]) -> TiedPlacement {
    let mut out = TiedPlacement::default();
    let mut tied: Vec<(&Known, Tie)> = Vec::new();
    for candidate in known {
        let Some(tie) = tie(incoming, candidate) else { continue };
        if clash((&incoming.langs, &incoming.date), (&candidate.langs, &candidate.date)) {
            out.conflicts.push(Conflict { code: candidate.code.clone(), tie });
        } else {
            tied.push((candidate, tie));
        }
    }
    // Of the same day first; then the one that has its code longest.
    tied.sort_by_key(|(candidate, _)| (different_days(&incoming.date, &candidate.date), candidate.number));
    let mut tied = tied.into_iter();
    if let Some((into, tie)) = tied.next() {
        out.into = Some((into.code.clone(), tie));
        out.dates_differ = different_days(&incoming.date, &into.date);
        out.merge = tied
            .map(|(other, _)| other)
            .filter(|other| !clash((&into.langs, &into.date), (&other.langs, &other.date)))
            .map(|other| other.code.clone())
            .collect();
    }
    out.conflicts.sort_by(|a, b| a.code.cmp(&b.code));
    out
}

/// What ties the two, if anything does.
fn tie(incoming: &Incoming, candidate: &Known) -> Option<Tie> {
    let page = |key: &Option<AddressKey>| key.clone().filter(AddressKey::names_a_page);
    let (own, original) = (page(&incoming.own), page(&incoming.original));
    let among =
        |key: &Option<AddressKey>, keys: &[AddressKey]| key.as_ref().is_some_and(|key| keys.contains(key));
    if among(&own, &candidate.own) {
        return Some(Tie::SamePage);
    }
    if among(&original, &candidate.own) || among(&own, &candidate.originals) {
        return Some(Tie::Original);
    }
    if among(&original, &candidate.originals) {
        return Some(Tie::SameOriginal);
    }
    // A switch of languages often leads to the start page of the other language, and many pages have it; so both must
    // name each other, and have no language in common.
    let named = candidate.own.iter().any(|own| own.names_a_page() && incoming.alternates.contains(own));
    let apart = incoming.langs.iter().all(|lang| !candidate.langs.contains(lang));
    (named && apart && among(&own, &candidate.alternates)).then_some(Tie::Alternates)
}

/// A language in common, and another day.
fn clash(a: (&[LanguageTag], &Option<String>), b: (&[LanguageTag], &Option<String>)) -> bool {
    different_days(a.1, b.1) && a.0.iter().any(|lang| b.0.contains(lang))
}

/// Both days are known and differ.
fn different_days(a: &Option<String>, b: &Option<String>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a.len() == 10 && b.len() == 10 && a != b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(path: &str) -> AddressKey {
        AddressKey::new(&format!("https://ministry.example/{path}")).unwrap()
    }

    fn known(number: i64, lang: &str, date: &str) -> Known {
        Known {
            code: ArchiveCode::new(format!("DW/{number}")),
            number,
            own: Vec::new(),
            originals: Vec::new(),
            alternates: Vec::new(),
            langs: vec![LanguageTag::new(lang)],
            date: Some(date.to_owned()),
        }
    }

    fn incoming(lang: &str, date: &str) -> Incoming {
        Incoming { langs: vec![LanguageTag::new(lang)], date: Some(date.to_owned()), ..Incoming::default() }
    }

    fn into(placement: &TiedPlacement) -> Option<(&str, Tie)> {
        placement.into.as_ref().map(|(code, tie)| (code.as_str(), *tie))
    }

    #[test]
    fn the_original_and_its_translations_are_one_in_any_order() {
        let translation = Incoming { original: Some(key("en/a")), ..incoming("fa", "2021-12-03") };
        let original = Incoming { own: Some(key("en/a")), ..incoming("en", "2021-12-03") };
        let known_original = Known { own: vec![key("en/a")], ..known(1, "en", "2021-12-03") };
        let known_translation = Known { originals: vec![key("en/a")], ..known(1, "fa", "2021-12-03") };
        assert_eq!(into(&place(&translation, &[known_original])), Some(("DW/1", Tie::Original)));
        assert_eq!(into(&place(&original, &[known_translation])), Some(("DW/1", Tie::Original)));
    }

    #[test]
    fn what_is_only_alike_stays_apart() {
        let note =
            Incoming { original: Some(key("en/a")), own: Some(key("fa/a")), ..incoming("fa", "2021-12-03") };
        let other =
            Known { originals: vec![key("en/b")], own: vec![key("fa/b")], ..known(1, "fa", "2021-12-03") };
        assert_eq!(place(&note, &[other]), TiedPlacement::default());
        // Both name the start page of the site as "the original".
        let site = AddressKey::new("https://ministry.example/").unwrap();
        let note = Incoming { original: Some(site.clone()), ..incoming("fa", "2021-12-03") };
        let other = Known { originals: vec![site], ..known(1, "ar", "2021-12-03") };
        assert_eq!(place(&note, &[other]), TiedPlacement::default());
    }

    #[test]
    fn one_language_on_two_days_is_two_statements() {
        let weekly = Incoming { original: Some(key("weekly")), ..incoming("fa", "2021-12-10") };
        let last_week = Known { originals: vec![key("weekly")], ..known(1, "fa", "2021-12-03") };
        let placement = place(&weekly, std::slice::from_ref(&last_week));
        assert_eq!(placement.into, None);
        assert_eq!(placement.conflicts.len(), 1);
        // A translation goes to the one of its day, and does not make the two one.
        let this_week = Known { originals: vec![key("weekly")], ..known(2, "fa", "2021-12-10") };
        let arabic = Incoming { original: Some(key("weekly")), ..incoming("ar", "2021-12-10") };
        let placement = place(&arabic, &[last_week, this_week]);
        assert_eq!(into(&placement), Some(("DW/2", Tie::SameOriginal)));
        assert!(placement.merge.is_empty());
    }

    #[test]
    fn a_page_can_show_that_two_statements_are_one() {
        let names_original = Known { originals: vec![key("en/a")], ..known(1, "fa", "2021-12-03") };
        let names_translation = Known { originals: vec![key("ar/a")], ..known(2, "ckb", "2021-12-03") };
        let between =
            Incoming { own: Some(key("ar/a")), original: Some(key("en/a")), ..incoming("ar", "2021-12-03") };
        let placement = place(&between, &[names_translation, names_original]);
        assert_eq!(into(&placement), Some(("DW/1", Tie::SameOriginal)));
        assert_eq!(placement.merge, [ArchiveCode::new("DW/2")]);
    }

    #[test]
    fn alternates_tie_when_each_names_the_other() {
        let french = Incoming {
            own: Some(key("fr/a")),
            alternates: vec![key("en/a")],
            ..incoming("fr", "2021-03-17")
        };
        let english = Known { own: vec![key("en/a")], ..known(1, "en", "2021-03-17") };
        assert_eq!(place(&french, std::slice::from_ref(&english)).into, None, "only one names the other");
        let english = Known { alternates: vec![key("fr/a")], ..english };
        assert_eq!(into(&place(&french, &[english])), Some(("DW/1", Tie::Alternates)));
    }

    #[test]
    fn another_language_may_be_dated_otherwise_and_that_is_said() {
        let french = Incoming { original: Some(key("en/a")), ..incoming("fr", "2021-03-18") };
        let english = Known { own: vec![key("en/a")], ..known(1, "en", "2021-03-17") };
        let placement = place(&french, &[english]);
        assert!(placement.into.is_some() && placement.dates_differ);
    }
}
