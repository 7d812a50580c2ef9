//! Runs the corpus cases of reading pages.
//!
//! What is shown of a case: a line for each block (`role language text…`), then, after `=`, the fields and versions
//! (`@` is the line, `–` what is not there), and after `!` the findings with the lines they quote. The setting
//! `address` is the page's address.

use std::fmt::Write as _;

use diwan_describe::describe;
use diwan_extract::extract;
use diwan_model::{Capture, CaptureHash, Finding, Page, Statement};
use diwan_testing::Case;

fn main() {
    let root = diwan_testing::repository_root(env!("CARGO_MANIFEST_DIR"));
    diwan_testing::run(&root, &["read"], render);
}

fn render(_: &str, case: &Case) -> String {
    let bytes = case.input.as_bytes();
    let capture = Capture {
        sha256: CaptureHash::of(bytes),
        media_type: diwan_extract::media_type(bytes).to_owned(),
        bytes: bytes.len() as u64,
        address: Some(case.setting("address", "https://body.example/page").to_owned()),
        source: None,
        declared_encoding: None,
    };
    let (mut page, mut findings) = extract(bytes, &capture);
    let (statements, more) = describe(&mut page, &capture);
    findings.extend(more);
    let mut out = String::new();
    roles(&mut out, &page);
    for statement in &statements {
        fields(&mut out, statement);
    }
    told(&mut out, &findings);
    out
}

fn short(text: &str) -> String {
    let text = text.trim();
    let cut: String = text.chars().take(40).collect();
    if cut.len() < text.len() { format!("{}…", cut.trim_end()) } else { cut }
}

fn line(n: Option<u32>) -> String {
    n.map_or_else(|| "–".to_owned(), |n| n.to_string())
}

fn roles(out: &mut String, page: &Page) {
    for block in &page.blocks {
        let _ = writeln!(out, "{} {} {}", block.role, block.lang, short(&block.text));
    }
}

fn fields(out: &mut String, statement: &Statement) {
    for (name, field) in [
        ("title", &statement.title),
        ("issuer", &statement.issuer),
        ("office", &statement.office),
        ("type", &statement.r#type),
        ("place", &statement.place),
    ] {
        if let Some(field) = field {
            let _ = writeln!(out, "= {name} @{} {}", line(field.line), field.text);
        }
    }
    if let Some(date) = &statement.date {
        let _ = writeln!(out, "= date @{} {} «{}»", line(date.line), date.iso, date.printed);
    }
    if let Some(original) = &statement.original_url {
        let _ = writeln!(out, "= original @{} {}", original.line, original.url);
    }
    if let Some(meeting) = &statement.meeting {
        let format = meeting.format.map_or_else(|| "–".to_owned(), |f| format!("{f:?}"));
        let _ = writeln!(out, "= meeting @{:?} {}", meeting.lines, meeting.what.as_deref().unwrap_or("–"));
        let _ = writeln!(
            out,
            "= meeting {} · {} · {format} · {}",
            meeting.when.as_deref().unwrap_or("–"),
            meeting.r#where.as_deref().unwrap_or("–"),
            meeting.hosts.join(" + ")
        );
    }
    record(out, statement);
    for version in &statement.versions {
        let _ = writeln!(
            out,
            "= version {} {} notice @{} marks @{} @{} sentences {}",
            version.lang,
            version.authority.as_str(),
            line(version.disclaimer_line),
            line(version.begin_line),
            line(version.end_line),
            version.sentences.len()
        );
    }
}

fn record(out: &mut String, statement: &Statement) {
    let Some(record) = &statement.archive_record else { return };
    let date = record.issue_date.as_ref().map(|d| d.iso.clone());
    for (name, value) in [
        ("code", &record.code),
        ("date", &date),
        ("type", &record.r#type),
        ("grade", &record.grade),
        ("feedback", &record.feedback),
    ] {
        if let Some(value) = value {
            let _ = writeln!(out, "= record {name}: {value}");
        }
    }
    for (name, values) in [
        ("languages", &record.languages),
        ("countries", &record.target_countries),
        ("collections", &record.collections),
        ("persons", &record.persons),
        ("entities", &record.entities),
        ("diary", &record.diary),
        ("grades", &record.grades_offered),
    ] {
        if !values.is_empty() {
            let _ = writeln!(out, "= record {name}: {}", values.join(" | "));
        }
    }
}

fn told(out: &mut String, findings: &[Finding]) {
    for finding in findings {
        let lines: Vec<String> = finding.quotes.iter().map(|q| format!(" @{}", q.line)).collect();
        let _ = writeln!(out, "! {}{}", finding.kind, lines.concat());
    }
}
