//! Reads every page of the samples with `diwan read --json` and compares with `samples/expected.toml`.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use diwan_testing::samples;
use serde::Deserialize;
use serde_json::Value;

use crate::outcome::Outcome;
use crate::{folder, plain};

#[derive(Deserialize)]
struct Expectations {
    page: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    path: String,
    statements: Option<usize>,
    #[serde(default)]
    roles: Vec<(String, String, String)>,
    title: Option<String>,
    issuer: Option<String>,
    office: Option<String>,
    r#type: Option<String>,
    place: Option<String>,
    date_iso: Option<String>,
    date_printed: Option<String>,
    original_url: Option<String>,
    meeting_where: Option<String>,
    meeting_format: Option<String>,
    #[serde(default)]
    meeting_hosts: Vec<String>,
    #[serde(default)]
    findings: Vec<String>,
    #[serde(default)]
    findings_none: Vec<String>,
    record: Option<BTreeMap<String, toml::Value>>,
    #[serde(default)]
    versions: Vec<ExpectedVersion>,
}

#[derive(Deserialize)]
struct ExpectedVersion {
    lang: String,
    authority: Option<String>,
    sentences: Option<usize>,
    begin: Option<String>,
    end: Option<String>,
    notice: Option<String>,
}

/// What was looked at on one page: the check's name, and what was wrong with it.
#[derive(Default)]
struct Checks(Vec<(String, Result<(), String>)>);

impl Checks {
    fn add(&mut self, name: impl Into<String>, ok: bool, got: impl FnOnce() -> String) {
        self.0.push((name.into(), if ok { Ok(()) } else { Err(got()) }));
    }

    fn same(&mut self, name: &str, expected: Option<&String>, got: &Value) {
        if let Some(expected) = expected {
            let right = got.as_str().is_some_and(|got| plain(got) == plain(expected));
            self.add(name, right, || format!("expected {expected:?}, read {got}"));
        }
    }
}

fn read(path: &str, address: &str) -> Result<Value, String> {
    let output = Command::new(env!("CARGO_BIN_EXE_diwan"))
        .args(["read", "--json", "--address", address])
        .arg(folder().join(path))
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())
}

fn check(expected: &Expected, reading: &Value) -> Checks {
    let mut checks = Checks::default();
    let statements = reading["statements"].as_array().map_or(&[][..], Vec::as_slice);
    if let Some(count) = expected.statements {
        checks.add("statements", statements.len() == count, || format!("{} read", statements.len()));
    }
    check_roles(expected, reading, &mut checks);
    check_findings(expected, reading, &mut checks);
    let nothing = Value::Null;
    let statement = statements.first().unwrap_or(&nothing);
    checks.same("title", expected.title.as_ref(), &statement["title"]["text"]);
    checks.same("issuer", expected.issuer.as_ref(), &statement["issuer"]["text"]);
    checks.same("office", expected.office.as_ref(), &statement["office"]["text"]);
    checks.same("type", expected.r#type.as_ref(), &statement["type"]["text"]);
    checks.same("place", expected.place.as_ref(), &statement["place"]["text"]);
    checks.same("date_iso", expected.date_iso.as_ref(), &statement["date"]["iso"]);
    checks.same("date_printed", expected.date_printed.as_ref(), &statement["date"]["printed"]);
    checks.same("original_url", expected.original_url.as_ref(), &statement["original_url"]["url"]);
    checks.same("meeting_where", expected.meeting_where.as_ref(), &statement["meeting"]["where"]);
    checks.same("meeting_format", expected.meeting_format.as_ref(), &statement["meeting"]["format"]);
    let hosts = &statement["meeting"]["hosts"];
    for host in &expected.meeting_hosts {
        let found = hosts.as_array().is_some_and(|hosts| {
            hosts.iter().filter_map(Value::as_str).any(|printed| plain(printed).contains(host))
        });
        checks.add(format!("meeting_hosts {host}"), found, || format!("read {hosts}"));
    }
    if let Some(record) = &expected.record {
        check_record(record, &statement["archive_record"], &mut checks);
    }
    check_versions(expected, statement, reading, &mut checks);
    checks
}

fn check_roles(expected: &Expected, reading: &Value, checks: &mut Checks) {
    let blocks = reading["blocks"].as_array().map_or(&[][..], Vec::as_slice);
    // Lines are printed in order, and the same words may stand twice (a person, a country).
    let mut from = 0;
    for (role, start, lang) in &expected.roles {
        let start = plain(start);
        let text = |block: &Value| plain(block["text"].as_str().unwrap_or(""));
        let later =
            (from..blocks.len()).find(|i| blocks.get(*i).is_some_and(|b| text(b).starts_with(&start)));
        // Links of a menu may stand on one line with others, or be a line each.
        let within = || {
            let holds = |i: &usize| blocks.get(*i).is_some_and(|b| text(b).contains(&start));
            let furniture = role == "furniture" || is_furniture(role);
            (0..blocks.len()).filter(holds).filter(|_| furniture).min_by_key(|i| blocks.get(*i).map(&text))
        };
        let again = || blocks.iter().position(|b| text(b).starts_with(&start));
        // A title may begin with the word of a menu: an item is looked for as a line of its own, then in a menu's line.
        let exact = (from..blocks.len()).find(|i| blocks.get(*i).is_some_and(|b| text(b) == start));
        let in_menu = || {
            let menu = |b: &Value| b["role"] == "navigation" && text(b).contains(&start);
            (0..blocks.len()).find(|i| role == "navigation" && blocks.get(*i).is_some_and(menu))
        };
        let later = exact.or_else(in_menu).or(later);
        let Some(index) = later.or_else(within).or_else(again) else {
            checks.add(format!("role {role}: {start}"), false, || "no such line was read".to_owned());
            continue;
        };
        if later.is_some() {
            from = from.max(index + 1);
        }
        let Some(block) = blocks.get(index) else { continue };
        let read = block["role"].as_str().unwrap_or("");
        let right = if role == "furniture" { is_furniture(read) } else { read == role };
        checks.add(format!("role {role}: {start}"), right, || format!("read as {read}"));
        if !lang.is_empty() {
            checks.add(format!("lang {lang}: {start}"), block["lang"] == **lang, || {
                format!("read as {}", block["lang"])
            });
        }
    }
}

fn is_furniture(role: &str) -> bool {
    diwan_model::Role::parse(role).is_some_and(diwan_model::Role::is_furniture)
}

fn check_findings(expected: &Expected, reading: &Value, checks: &mut Checks) {
    let kinds: Vec<&str> = reading["findings"]
        .as_array()
        .map_or(&[][..], Vec::as_slice)
        .iter()
        .filter_map(|f| f["kind"].as_str())
        .collect();
    for part in &expected.findings {
        let found = kinds.iter().any(|kind| kind.contains(part));
        checks.add(format!("finding {part}"), found, || format!("findings: {kinds:?}"));
    }
    for part in &expected.findings_none {
        let none = !kinds.iter().any(|kind| kind.contains(part));
        checks.add(format!("no finding {part}"), none, || format!("findings: {kinds:?}"));
    }
}

fn check_record(expected: &BTreeMap<String, toml::Value>, record: &Value, checks: &mut Checks) {
    for (field, value) in expected {
        let got = if field == "issue_date" { &record["issue_date"]["iso"] } else { &record[field.as_str()] };
        let wanted = serde_json::to_value(value).unwrap_or_default();
        checks.add(format!("record {field}"), *got == wanted, || format!("expected {wanted}, read {got}"));
    }
}

fn check_versions(expected: &Expected, statement: &Value, reading: &Value, checks: &mut Checks) {
    let versions = statement["versions"].as_array().map_or(&[][..], Vec::as_slice);
    if !expected.versions.is_empty() {
        checks.add("versions", versions.len() == expected.versions.len(), || {
            let langs: Vec<&Value> = versions.iter().map(|v| &v["lang"]).collect();
            format!("read {langs:?}")
        });
    }
    let nothing = Value::Null;
    for wanted in &expected.versions {
        let lang = &wanted.lang;
        let version = versions.iter().find(|v| v["lang"] == **lang).unwrap_or(&nothing);
        checks.add(format!("version {lang}"), !version.is_null(), || "no such version".to_owned());
        checks.same(&format!("version {lang} authority"), wanted.authority.as_ref(), &version["authority"]);
        if let Some(count) = wanted.sentences {
            let read = version["sentences"].as_array().map_or(0, Vec::len);
            checks.add(format!("version {lang} sentences"), read == count, || {
                format!("expected {count}, read {read}")
            });
        }
        let lines = [("begin", &wanted.begin), ("end", &wanted.end), ("disclaimer", &wanted.notice)];
        for (name, text) in lines {
            if let Some(text) = text {
                let line = &version[format!("{name}_line")];
                let right = line_text(reading, line).is_some_and(|printed| plain(&printed) == plain(text));
                checks.add(format!("version {lang} {name}"), right, || format!("line {line}"));
            }
        }
    }
}

/// The text of the blocks on a line.
fn line_text(reading: &Value, line: &Value) -> Option<String> {
    let line = line.as_u64()?;
    let blocks = reading["blocks"].as_array()?;
    let texts: Vec<&str> =
        blocks.iter().filter(|b| b["line"] == line).filter_map(|b| b["text"].as_str()).collect();
    Some(texts.join(" "))
}

#[test]
fn every_page_reads_as_expected() {
    let text = fs::read_to_string(folder().join("expected.toml")).expect("expected.toml");
    let expectations: Expectations = toml::from_str(&text).expect("expected.toml is what it should be");
    let pages = samples::pages(&folder()).expect("the manifest");
    assert_eq!(pages.len(), expectations.page.len(), "a page without expectation");
    let described = pages.first().and_then(|p| read(&p.path, &p.address).ok());
    if described.is_none_or(|reading| reading["statements"].as_array().is_none_or(Vec::is_empty)) {
        Outcome::skip("this build does not describe pages yet");
        return;
    }
    let mut outcome = Outcome::new();
    for (page, expected) in pages.iter().zip(&expectations.page) {
        assert_eq!(page.path, expected.path, "the lists differ in order");
        let checks = match read(&page.path, &page.address) {
            Ok(reading) => check(expected, &reading),
            Err(error) => Checks(vec![("read".to_owned(), Err(error))]),
        };
        for (name, result) in checks.0 {
            outcome.add(&page.path, &name, result);
        }
    }
    outcome.end("reading");
}
