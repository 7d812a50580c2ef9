//! Names that last: a family keeps its name while sentences come and go.

use std::collections::{BTreeMap, BTreeSet};

/// For each family made now, given by the keys of its members, the name it had before: that of the older family with which
/// it shares most members. Each name is given once, to the family that shares most; none to a family that is new.
///
/// ```
/// use diwan_wording::formula::keep_names;
/// let before = vec![("a".to_owned(), vec![1, 2, 3]), ("b".to_owned(), vec![7, 8])];
/// let now = [vec![7, 8, 9], vec![0, 1, 2, 3, 4], vec![3, 5]];
/// let names: Vec<Option<&str>> = vec![Some("b"), Some("a"), None];
/// assert_eq!(keep_names(&before, &now).iter().map(Option::as_deref).collect::<Vec<_>>(), names);
/// ```
pub fn keep_names(before: &[(String, Vec<u64>)], now: &[Vec<u64>]) -> Vec<Option<String>> {
    let mut old: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (k, (_, members)) in before.iter().enumerate() {
        members.iter().for_each(|member| old.entry(*member).or_default().push(k));
    }
    let mut shared: Vec<(usize, usize, usize)> = Vec::new();
    for (f, members) in now.iter().enumerate() {
        let mut counted: BTreeMap<usize, usize> = BTreeMap::new();
        for k in members.iter().filter_map(|member| old.get(member)).flatten() {
            *counted.entry(*k).or_default() += 1;
        }
        shared.extend(counted.into_iter().map(|(k, n)| (n, k, f)));
    }
    shared.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut out: Vec<Option<String>> = now.iter().map(|_| None).collect();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for (_, k, f) in shared {
        let Some((slot, (name, _))) = out.get_mut(f).zip(before.get(k)) else { continue };
        if slot.is_none() && taken.insert(k) {
            *slot = Some(name.clone());
        }
    }
    out
}
