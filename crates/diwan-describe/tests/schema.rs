//! The schema of `diwan read --json` in `docs/` is current, and real readings fit it.

use std::fs;

use diwan_describe::describe;
use diwan_extract::extract;
use diwan_model::{Capture, CaptureHash, Reading};
use serde_json::Value;

fn schema() -> String {
    let schema = schemars::schema_for!(Reading);
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
    text.push('\n');
    text
}

fn read(text: &str) -> Value {
    let bytes = text.as_bytes();
    let capture = Capture {
        sha256: CaptureHash::of(bytes),
        media_type: diwan_extract::media_type(bytes).to_owned(),
        bytes: bytes.len() as u64,
        address: None,
        source: None,
        declared_encoding: None,
    };
    let (mut page, mut findings) = extract(bytes, &capture);
    let (statements, more) = describe(&mut page, &capture);
    findings.extend(more);
    serde_json::to_value(Reading::new(capture, page, statements, findings)).expect("a reading is JSON")
}

/// `DIWAN_BLESS=1` writes the schema.
#[test]
fn the_schema_is_current() {
    let path =
        diwan_testing::repository_root(env!("CARGO_MANIFEST_DIR")).join("docs").join("read.schema.json");
    if std::env::var_os("DIWAN_BLESS").is_some() {
        fs::write(&path, schema()).expect("the schema can be written");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == schema(), "{} is not current: run this test with DIWAN_BLESS=1", path.display());
}

#[test]
fn readings_fit_the_schema() {
    let schema: Value = serde_json::from_str(&schema()).expect("a schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let root = diwan_testing::repository_root(env!("CARGO_MANIFEST_DIR"));
    let mut seen = 0;
    for lang in ["ar", "en", "fa", "fr"] {
        let path = root.join("tests").join("corpus").join(lang).join("pages.read.txt");
        let (_, cases) = diwan_testing::parse(&fs::read_to_string(path).expect("a corpus file"));
        for case in cases {
            let reading = read(&case.input);
            let errors: Vec<String> = validator.iter_errors(&reading).map(|e| e.to_string()).collect();
            assert!(errors.is_empty(), "{lang} {}: {errors:?}", case.name);
            seen += 1;
        }
    }
    assert!(seen >= 150, "{seen} cases");
}

#[test]
fn what_is_absent_is_null() {
    let reading = read(
        "The council of the lake decided today to open the gates and announced that it will meet again in autumn.",
    );
    let statement = reading.pointer("/statements/0").expect("a statement");
    for key in ["title", "issuer", "office", "type", "place", "date", "original_url", "archive_record"] {
        assert_eq!(statement.get(key), Some(&Value::Null), "{key}");
    }
    assert_eq!(statement.pointer("/versions/0/disclaimer_line"), Some(&Value::Null));
}
