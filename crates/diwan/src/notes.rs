//! What a list says of a page, held against what the page says itself.

use diwan_model::{Finding, LanguageTag, PartialDate, Quote, Reading, Severity};

/// Adds a finding where the list gives another date or language than the page. Nothing is decided.
pub(crate) fn compare(reading: &mut Reading, notes: &[(String, String)]) {
    let note = |names: &[&str]| {
        notes.iter().find(|(name, _)| names.contains(&name.as_str())).map(|(_, value)| value.trim())
    };
    // One page of one statement: otherwise nobody knows which one the list means.
    let [statement] = reading.statements.as_slice() else { return };
    let mut findings = Vec::new();
    let told = note(&["date"]).and_then(|text| text.get(..10).unwrap_or(text).parse::<PartialDate>().ok());
    if let (Some(told), Some(date)) = (told, &statement.date) {
        let (told, read) = (told.to_string(), &date.iso);
        if !read.starts_with(&told) && !told.starts_with(read.as_str()) {
            let quote = Quote { line: date.line.unwrap_or(1), text: date.printed.clone() };
            let message = format!("The list that names the page dates it {told}; the page says {read}.");
            findings.push(Finding::new("list-date-disagrees", Severity::Medium, message, vec![quote]));
        }
    }
    if let Some(told) = note(&["lang", "language"]).map(LanguageTag::new)
        && told.is_language()
        && !statement.versions.is_empty()
        && !statement.versions.iter().any(|version| version.lang.primary() == told.primary())
    {
        let langs: Vec<&str> = statement.versions.iter().map(|version| version.lang.primary()).collect();
        let message = format!(
            "The list that names the page says that it is in `{told}`; it reads as {}.",
            langs.join(", ")
        );
        findings.push(Finding::new("list-language-disagrees", Severity::Low, message, Vec::new()));
    }
    reading.findings.extend(findings);
}
