//! The ledger as a table, the same for the page and for the command.

use std::io::{self, Write};

use diwan_formats::table::TableWriter;
use diwan_store::FactRecord;

/// The columns.
const HEADS: &[&str] = &[
    "id",
    "type",
    "subject",
    "predicate",
    "object",
    "date",
    "status",
    "confidence",
    "statement",
    "stated",
    "lang",
    "n",
    "line",
    "text",
];

/// Writes facts as comma-separated values, a line for each sentence that states one; gives back what it wrote to.
///
/// # Errors
/// Those of writing.
pub fn ledger_table<W: Write>(records: &[FactRecord], out: W) -> io::Result<W> {
    let mut table = TableWriter::new(out, HEADS)?;
    for record in records {
        let fact = &record.fact;
        let head = [
            record.id.as_str().to_owned(),
            fact.r#type.clone(),
            fact.subject.clone(),
            fact.predicate.clone(),
            fact.object.clone(),
            fact.date.clone().unwrap_or_default(),
            record.status.as_str().to_owned(),
            format!("{:.3}", fact.confidence.value()),
            record.statement.to_string(),
            record.stated.clone().unwrap_or_default(),
        ];
        let mut row = |rest: [String; 4]| table.put(&head.iter().cloned().chain(rest).collect::<Vec<_>>());
        if fact.provenance.is_empty() {
            row([const { String::new() }; 4])?;
        }
        for source in &fact.provenance {
            row([
                source.lang.to_string(),
                source.n.to_string(),
                source.line.to_string(),
                source.text.clone(),
            ])?;
        }
    }
    table.finish()
}
