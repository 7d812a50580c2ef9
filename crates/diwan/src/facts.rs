//! What statements state: rules read each version, alignment lays the versions beside each other.

use diwan_ledger::facts::{Aligned, across};
use diwan_model::{Finding, Statement, Version};
use diwan_relate::align::{Pair, align};

/// Fills in the facts of every statement; what its versions disagree on is a finding.
pub(crate) fn read(statements: &mut [Statement]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for statement in statements {
        let (facts, more) = across(statement, |first, second| {
            match (statement.versions.get(first), statement.versions.get(second)) {
                (Some(first), Some(second)) => beads(first, second),
                _ => Vec::new(),
            }
        });
        statement.facts = facts;
        findings.extend(more);
    }
    findings
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
