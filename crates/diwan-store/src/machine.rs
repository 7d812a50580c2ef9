//! What one page says of a statement, as the archive keeps it; and the names of findings.

use diwan_model::{CaptureHash, Finding, LanguageTag, Reading, Statement};

use crate::Fingerprint;
use crate::records::{MachineRecord, MachineValue};

/// What the page says of the statement, as one of its versions sees it: the title in that version's language.
pub(crate) fn machine_record(
    reading: &Reading,
    statement: &Statement,
    version: &diwan_model::Version,
) -> MachineRecord {
    let lang_of = |field: &diwan_model::Field| {
        let block = field.locus.and_then(|locus| reading.blocks.get(locus.block as usize))?;
        block.lang.is_language().then(|| block.lang.clone())
    };
    let value = |field: &diwan_model::Field, lang: Option<LanguageTag>| MachineValue {
        text: field.text.clone(),
        lang: lang.or_else(|| Some(version.lang.clone())),
        capture: reading.capture.sha256,
        line: field.line,
        confidence: field.confidence.value(),
    };
    let mut record = MachineRecord {
        date: statement.date.clone(),
        meeting: statement.meeting.clone(),
        archive_record: statement.archive_record.clone(),
        ..MachineRecord::default()
    };
    let title = version.title.as_ref().map(|title| value(title, None));
    let title = title.or_else(|| statement.title.as_ref().map(|title| value(title, lang_of(title))));
    let fields = [
        ("issuer", &statement.issuer),
        ("office", &statement.office),
        ("type", &statement.r#type),
        ("place", &statement.place),
    ];
    let mut put = |name: &str, value| record.fields.insert(name.to_owned(), value);
    if let Some(title) = title {
        put("title", title);
    }
    for (name, field) in fields {
        if let Some(field) = field {
            put(name, value(field, lang_of(field)));
        }
    }
    let bare = |text: &str, line, confidence| MachineValue {
        text: text.to_owned(),
        lang: None,
        capture: reading.capture.sha256,
        line,
        confidence,
    };
    if let Some(date) = &statement.date {
        put("date", bare(&date.iso, date.line, date.confidence.value()));
    }
    if let Some(original) = &statement.original_url {
        put("original_url", bare(&original.url, Some(original.line), 1.0));
    }
    record
}

/// Depends on the page, the kind and the words quoted alone: not on the wording of the message, the lines, or the run.
pub(crate) fn fingerprint(capture: CaptureHash, finding: &Finding, turn: u32) -> Fingerprint {
    let mut text = format!("{capture}\n{}\n{turn}", finding.kind);
    for quote in &finding.quotes {
        text.push('\n');
        text.push_str(&quote.text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let mut hash = CaptureHash::of(text.as_bytes()).to_string();
    hash.truncate(16);
    Fingerprint(hash)
}
