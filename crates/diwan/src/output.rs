//! Speaking: data to standard output, talk to standard error.

use std::io::{self, Write};

use serde::Serialize;

/// Writes text to standard output. A reader that has read enough is told to the caller as an error of that kind, which
/// ends the program without a word.
pub(crate) fn put(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Writes a value as indented JSON and a line feed.
pub(crate) fn put_json(value: &impl Serialize) -> anyhow::Result<()> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    put(&text)
}

/// Says something to the person, on standard error. Nobody may be listening any more (`2>&1 | head`): `eprintln!` would
/// panic then, so the line is written and what becomes of it is not asked. Standard output is held meanwhile: where both
/// streams are one terminal, a line of talk never stands inside a line of data.
pub(crate) fn say(text: &str) {
    let _data = io::stdout().lock();
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Text of any direction inside a line of ours: first-strong isolates keep it from pulling the line about. Line breaks
/// and other controls become blanks.
pub(crate) fn isolated(text: &str) -> String {
    let flat: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("\u{2068}{flat}\u{2069}")
}

/// `1 page`, `2 pages`.
pub(crate) fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
