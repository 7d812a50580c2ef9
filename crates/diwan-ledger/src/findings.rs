//! What does not fit on one page, as its names show: a name spelt in two ways, a body named in two ways, a title that breaks
//! off, an archive's record without a source.

use std::collections::BTreeMap;

use diwan_model::{
    Block, EntityKind, Finding, Mention, MentionForm, MentionPart, Quote, Role, Severity, Statement, Version,
};
use diwan_text::normal::strong;

use crate::entities::slip;

/// Findings on the names and the record of a page whose mentions were read.
pub fn findings(blocks: &[Block], statements: &[Statement]) -> Vec<Finding> {
    let mut out = Vec::new();
    for statement in statements {
        for version in &statement.versions {
            spelt_differently(version, &mut out);
            named_differently(version, &mut out);
            places_spelt_differently(version, &mut out);
        }
        if statement.archive_record.is_some() {
            title_cut(blocks, statement, &mut out);
            no_source(blocks, statement, &mut out);
            grade_not_chosen(blocks, statement, &mut out);
            coverage(blocks, statement, &mut out);
        }
    }
    out
}

fn quote(mention: &Mention) -> Quote {
    Quote { line: mention.line, text: mention.text.clone() }
}

fn of_text(mention: &&Mention) -> bool {
    matches!(mention.part, MentionPart::Text | MentionPart::Head) && mention.form == MentionForm::Name
}

/// A person whose name has a slip of the pen in one place.
fn spelt_differently(version: &Version, out: &mut Vec<Finding>) {
    let mut names: BTreeMap<&str, Vec<&Mention>> = BTreeMap::new();
    for mention in version.mentions.iter().filter(of_text).filter(|m| m.r#type == EntityKind::Person) {
        names.entry(&mention.entity).or_default().push(mention);
    }
    let list: Vec<(&&str, &Vec<&Mention>)> = names.iter().collect();
    for (k, (a, first)) in list.iter().enumerate() {
        for (b, second) in list.iter().skip(k + 1) {
            let bare = |key: &str| key.strip_prefix("person:").unwrap_or(key).to_owned();
            if !slip(&bare(a), &bare(b)) {
                continue;
            }
            // The rarer spelling is quoted first: it is likely the slip.
            let (rare, usual) = if first.len() <= second.len() { (first, second) } else { (second, first) };
            let quotes = rare.iter().take(1).chain(usual.iter().take(2)).map(|m| quote(m)).collect();
            out.push(Finding::new(
                "name-spelt-differently",
                Severity::High,
                "A person's name is spelt in two ways on one page.",
                quotes,
            ));
        }
    }
}

/// Whether the key of an entity is that of a country (`place:BE`).
fn country(entity: &str) -> Option<&str> {
    entity
        .strip_prefix("place:")
        .filter(|code| code.len() == 2 && code.chars().all(|c| c.is_ascii_uppercase()))
}

/// A place that is spelt in two ways in one language of a page (كوبنهاجن, كوبنهاغن).
fn places_spelt_differently(version: &Version, out: &mut Vec<Finding>) {
    let places: Vec<&Mention> = version
        .mentions
        .iter()
        .filter(of_text)
        .filter(|m| m.r#type == EntityKind::Place && !m.text.contains(' '))
        .collect();
    let mut told: Vec<String> = Vec::new();
    for (k, a) in places.iter().enumerate() {
        for b in places.iter().skip(k + 1) {
            let (x, y) = (bare(&a.text), bare(&b.text));
            // Two countries may well differ by a letter.
            let one = a.entity == b.entity || country(&a.entity).is_none() || country(&b.entity).is_none();
            let key = if x < y { format!("{x} {y}") } else { format!("{y} {x}") };
            if x == y || !one || !slip(&x, &y) || told.contains(&key) {
                continue;
            }
            told.push(key);
            let message = "A place's name is spelt in two ways on one page.";
            out.push(Finding::new(
                "name-spelt-differently",
                Severity::Medium,
                message,
                vec![quote(a), quote(b)],
            ));
        }
    }
}

/// A record leaves out countries of its text; from this many on it is worth saying.
const LEFT_OUT: usize = 2;
/// So many of them are quoted.
const QUOTED: usize = 6;

/// Countries that the text names and the archive's record does not.
fn coverage(blocks: &[Block], statement: &Statement, out: &mut Vec<Finding>) {
    let Some(record) = statement.archive_record.as_ref().filter(|r| !r.target_countries.is_empty()) else {
        return;
    };
    let Some(value) = blocks.iter().find(|b| {
        b.role == Role::ArchiveMetadataValue
            && record.target_countries.iter().all(|c| b.text.contains(c.as_str()))
    }) else {
        return;
    };
    let mut known: Vec<String> = record.target_countries.iter().map(|c| bare(c)).collect();
    for name in &record.target_countries {
        known.extend(crate::find(name, &value.lang).into_iter().map(|m| m.entity));
    }
    let Some(version) = statement.versions.iter().find(|v| v.lang == value.lang) else { return };
    let mut missing: Vec<&Mention> = Vec::new();
    for mention in
        version.mentions.iter().filter(|m| m.part == MentionPart::Text && m.form == MentionForm::Name)
    {
        if country(&mention.entity).is_some()
            && !known.contains(&mention.entity)
            && !known.contains(&bare(&mention.text))
            && !missing.iter().any(|m| m.entity == mention.entity)
        {
            missing.push(mention);
        }
    }
    if missing.len() >= LEFT_OUT {
        let mut quotes = vec![Quote { line: value.line, text: value.text.trim().to_owned() }];
        quotes.extend(missing.iter().take(QUOTED).map(|m| quote(m)));
        let message =
            format!("The text names {} countries that the archive's record does not.", missing.len());
        out.push(Finding::new("record-coverage", Severity::Low, message, quotes));
    }
}

/// A body or a state named in two ways in one language of a page.
fn named_differently(version: &Version, out: &mut Vec<Finding>) {
    let mut bodies: BTreeMap<String, Vec<&Mention>> = BTreeMap::new();
    for mention in version.mentions.iter().filter(of_text) {
        let made = mention.method.0.starts_with("phrase") || mention.method.0.starts_with("capitals");
        let kind = matches!(mention.r#type, EntityKind::Organisation | EntityKind::Place);
        if !made || !kind {
            continue;
        }
        // Parts that make no other body of it are left out: "the Coalition's group for …".
        let core: Vec<&str> =
            mention.entity.split(' ').filter(|p| !matches!(*p, "coalition" | "working" | "work")).collect();
        bodies.entry(core.join(" ")).or_default().push(mention);
    }
    for mentions in bodies.values() {
        let Some(first) = mentions.first() else { continue };
        let other = mentions.iter().find(|m| bare(&m.text) != bare(&first.text));
        if let Some(other) = other {
            out.push(Finding::new(
                "group-named-differently",
                // "The Iraqi Government" and "the Government of Iraq" are hardly two names.
                if first.r#type == EntityKind::Place || first.entity.contains("government") {
                    Severity::Low
                } else {
                    Severity::Medium
                },
                "One body or state is named in two ways on one page.",
                vec![quote(first), quote(other)],
            ));
        }
    }
}

/// A name without articles and small letters: the Arabic لل and ال do not make another name.
fn bare(text: &str) -> String {
    let words: Vec<String> = strong(text)
        .split_whitespace()
        .map(|w| w.strip_prefix("لل").or_else(|| w.strip_prefix("ال")).unwrap_or(w).to_owned())
        .filter(|w| !matches!(w.as_str(), "the" | "la" | "le"))
        .collect();
    words.join(" ")
}

/// A title that ends where a line of the text goes on.
fn title_cut(blocks: &[Block], statement: &Statement, out: &mut Vec<Finding>) {
    let Some((title, line)) = statement.title.as_ref().and_then(|t| Some((t.text.as_str(), t.line?))) else {
        return;
    };
    let words: Vec<&str> = title.split_whitespace().collect();
    let Some(tail) = words.len().checked_sub(4).and_then(|from| words.get(from..)).map(|t| t.join(" "))
    else {
        return;
    };
    for block in blocks.iter().filter(|b| b.role.is_text()) {
        let Some(at) = block.text.find(&tail) else { continue };
        let rest = block.text.get(at + tail.len()..).unwrap_or("");
        let Some(next) = rest.strip_prefix(' ').and_then(|r| r.split_whitespace().next()) else { continue };
        let from = words.len().saturating_sub(2);
        let last = words.get(from..).map(|w| w.join(" ")).unwrap_or_default();
        out.push(Finding::new(
            "record-title-cut",
            Severity::Medium,
            "The title ends where the text goes on; it seems to be cut.",
            vec![
                Quote { line, text: title.to_owned() },
                Quote { line: block.line, text: format!("{last} {next}") },
            ],
        ));
        return;
    }
}

/// An archive's record without the address of a source, of a text that no notice explains.
fn no_source(blocks: &[Block], statement: &Statement, out: &mut Vec<Finding>) {
    if statement.original_url.is_some() {
        return;
    }
    let Some(version) = statement.versions.iter().rev().find(|v| v.disclaimer_line.is_none()) else { return };
    let first = version.sentences.first().map(|s| Quote { line: s.line, text: s.text.clone() });
    let end =
        version.end_line.and_then(|line| blocks.iter().find(|b| b.line == line && b.role == Role::EndMark));
    let end = end.map(|b| Quote { line: b.line, text: b.text.trim().to_owned() });
    out.push(Finding::new(
        "record-source-missing",
        Severity::Medium,
        "The archive's record names no source, and no notice says which text counts.",
        first.into_iter().chain(end).collect(),
    ));
}

/// Grades that are offered, none of them marked: none is a value.
fn grade_not_chosen(blocks: &[Block], statement: &Statement, out: &mut Vec<Finding>) {
    let Some(record) =
        statement.archive_record.as_ref().filter(|r| r.grade.is_none() && r.grades_offered.len() > 1)
    else {
        return;
    };
    let options = blocks.iter().filter(|b| {
        b.role == Role::ArchiveMetadataOption
            && record.grades_offered.iter().any(|g| b.text.contains(g.as_str()))
    });
    let quotes: Vec<Quote> = options
        .map(|b| Quote { line: b.line, text: b.text.trim_start_matches([' ', '•']).trim().to_owned() })
        .collect();
    out.push(Finding::new(
        "record-grade-not-chosen",
        Severity::Low,
        "The archive's record offers grades of reliability and marks none.",
        quotes,
    ));
}

#[cfg(test)]
mod tests {
    use diwan_model::LanguageTag;

    use super::*;

    fn version(text: &str) -> Version {
        let lang = LanguageTag::new("ar");
        Version {
            authority: diwan_model::Authority::Unknown,
            disclaimer_line: None,
            begin_line: None,
            end_line: None,
            title: None,
            sentences: Vec::new(),
            mentions: crate::find(text, &lang),
            lang,
        }
    }

    fn found(text: &str) -> Vec<String> {
        let statement = Statement { versions: vec![version(text)], ..Statement::default() };
        findings(&[], &[statement]).into_iter().map(|f| f.kind.into_owned()).collect()
    }

    #[test]
    fn a_name_spelt_in_two_ways() {
        let text = "وصل السفير كارل لندكفيست.\nوتحدث السفير كارل لندكفست اليوم.";
        assert_eq!(found(text), ["name-spelt-differently"]);
        assert!(found("وصل السفير كارل لندكفيست.\nوتحدث السفير كارل لندكفيست اليوم.").is_empty());
    }

    #[test]
    fn a_state_named_in_two_ways() {
        assert_eq!(
            found("شكر الوزراء مملكة بلجيكا. واستضافت المملكة البلجيكية الاجتماع."),
            ["group-named-differently"]
        );
    }
}
