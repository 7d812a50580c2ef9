//! Every rule's example, run; and the data files read whole.

use diwan_model::{LanguageTag, Sentence, Statement, Version};

use super::rules::Language;
use super::*;

fn found(language: &Language, rule: usize, text: &str) -> Vec<String> {
    let issued = "2023-04-01".parse().ok();
    let sentence = Prepared::new(text, &language.lang, issued);
    let speaking = Speaking { issuer: String::new(), topic: None, own: None };
    let one = language.rules.get(rule).unwrap();
    let around = Around { language, rule: one };
    let mut out: Vec<Found> = Vec::new();
    for (p, pattern) in one.patterns.iter().enumerate() {
        for hit in pattern.matches(&sentence, &around) {
            if one.unless.iter().any(|u| u.is_in(&sentence, &around))
                || !one.needs.is_empty() && !one.needs.iter().any(|n| n.is_in(&sentence, &around))
            {
                continue;
            }
            for f in read_match(&sentence, language, (rule, one), pattern, &hit, &speaking, None) {
                let f = Found { of: p * 1000 + hit.anchor, ..f };
                if !covered(&out, &f, language) {
                    out.push(f);
                }
            }
        }
    }
    out.into_iter()
        .map(|f| {
            let date = f.date.map(|d| format!(" | {d}")).unwrap_or_default();
            format!("{} | {}{date}", f.subject_text, f.object_text).trim().to_owned()
        })
        .collect()
}

/// The files as they are on the disk, so that a person who writes rules need not build anew.
fn on_disk() -> Vec<RuleFiles> {
    let mut files = built_in();
    for language in &mut files {
        let folder =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(&language.lang).join("facts");
        let read = |name: &str| std::fs::read_to_string(folder.join(format!("{name}.toml"))).unwrap();
        language.common = read("common");
        for (name, text) in &mut language.topics {
            *text = read(name);
        }
    }
    files
}

#[test]
fn examples_hold() {
    let mut wrong = Vec::new();
    for sources in on_disk() {
        let language = Language::read(&sources).unwrap_or_else(|e| panic!("{e}"));
        for (k, rule) in language.rules.iter().enumerate() {
            for example in &rule.source.example {
                let got = found(&language, k, &example.text);
                let want: Vec<String> = example.facts.iter().map(|f| f.trim().to_owned()).collect();
                if got != want {
                    wrong.push(format!(
                        "{}/{}: {}\n  want {want:?}\n  got  {got:?}",
                        language.lang, rule.source.id, example.text
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} examples:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn rules_have_names_of_their_own() {
    for sources in on_disk() {
        let language = Language::read(&sources).unwrap_or_else(|e| panic!("{e}"));
        let mut ids: Vec<&str> = language.rules.iter().map(|r| r.source.id.as_str()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{}", language.lang);
    }
}

pub(super) fn statement(versions: &[(&str, &[&str])]) -> Statement {
    let versions = versions.iter().map(|(lang, texts)| Version {
        lang: LanguageTag::new(lang),
        authority: diwan_model::Authority::Unknown,
        disclaimer_line: None,
        begin_line: None,
        end_line: None,
        title: None,
        mentions: Vec::new(),
        sentences: texts
            .iter()
            .zip(1..)
            .map(|(text, n)| Sentence { n, line: n, text: (*text).to_owned(), locus: None })
            .collect(),
    });
    Statement { versions: versions.collect(), ..Statement::default() }
}

#[test]
fn versions_that_agree_are_surer_and_figures_that_differ_are_found() {
    let both = statement(&[
        ("en", &["They welcomed Orvania as the 84th member of the Alliance."]),
        ("ar", &["ورحّب كلا المسؤولين بأورفانيا بصفتها العضو الخامس والثمانين في التحالف."]),
    ]);
    let (facts, findings) = across(&both, |_, _| vec![Aligned { first: vec![1], second: vec![1] }]);
    let joined = facts.iter().find(|f| f.r#type == "membership/joined").unwrap();
    assert_eq!(joined.provenance.len(), 2);
    assert!(joined.confidence.value() > 0.9);
    assert_eq!(findings.iter().map(|f| f.kind.as_ref()).collect::<Vec<_>>(), ["versions-figure-differs"]);
}
