//! What statements state: rules read each version, alignment lays the versions beside each other.

use diwan_ledger::facts::{Aligned, across};
use diwan_model::{Capture, Finding, Statement, Version};
use diwan_relate::align::{Pair, align};

/// Fills in the facts of every statement; what its versions disagree on is a finding.
pub(crate) fn read(statements: &mut [Statement], capture: &Capture) -> Vec<Finding> {
    let mut findings = Vec::new();
    let named = capture.source.as_deref().and_then(day_in_name);
    for statement in statements {
        let (mut facts, more) = across(statement, |first, second| {
            match (statement.versions.get(first), statement.versions.get(second)) {
                (Some(first), Some(second)) => beads(first, second),
                _ => Vec::new(),
            }
        });
        if statement.date.is_none() {
            for fact in
                facts.iter_mut().filter(|fact| fact.date.is_none() && fact.r#type.starts_with("decision"))
            {
                fact.date.clone_from(&named);
            }
        }
        statement.facts = facts;
        findings.extend(more);
    }
    findings
}

/// The day that a file is named by (`20050503.txt`, `2005-05-03-statement.html`): a decision is dated so where its text
/// and its page say nothing.
fn day_in_name(source: &str) -> Option<String> {
    let name = source.rsplit(['/', '\\']).next()?;
    let digits: String = name.chars().filter(|c| *c != '-').take_while(char::is_ascii_digit).collect();
    let (year, month, day) = (digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?);
    let within = |text: &str, last: u32| text.parse::<u32>().is_ok_and(|n| (1..=last).contains(&n));
    let fits = digits.len() == 8 && ("1800".."2200").contains(&year) && within(month, 12) && within(day, 31);
    fits.then(|| format!("{year}-{month}-{day}"))
}

/// Which sentences of two versions render each other.
pub(crate) fn beads(first: &Version, second: &Version) -> Vec<Aligned> {
    let texts = |v: &Version| v.sentences.iter().map(|s| s.text.clone()).collect::<Vec<_>>();
    let pair = Pair { source: texts(first), target: texts(second) };
    let numbers = |v: &Version, range: std::ops::Range<usize>| {
        v.sentences.get(range).unwrap_or_default().iter().map(|s| s.n).collect::<Vec<_>>()
    };
    let found = align(&[pair], &first.lang, &second.lang).pop().unwrap_or_default();
    found
        .into_iter()
        .filter(|bead| !bead.source.is_empty() && !bead.target.is_empty())
        .map(|bead| Aligned { first: numbers(first, bead.source), second: numbers(second, bead.target) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::day_in_name;

    #[test]
    fn a_file_may_be_named_by_its_day() {
        assert_eq!(day_in_name("a/b/20050503.txt").as_deref(), Some("2005-05-03"));
        assert_eq!(day_in_name("2005-05-03-statement.html").as_deref(), Some("2005-05-03"));
        for name in ["seed-000.txt", "20051503.txt", "2005.txt", "123456789.txt", ""] {
            assert_eq!(day_in_name(name), None, "{name}");
        }
    }
}
