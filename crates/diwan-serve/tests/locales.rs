//! Every key in every language, none unknown, none unused.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "helpers of tests, on what the tests made"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use diwan_serve::{Locale, sources};

/// Keys with their variables and plural forms.
fn messages(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut key = String::new();
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        if let Some((name, _)) = line.split_once('=').filter(|_| !line.starts_with([' ', '}', '[', '*'])) {
            key = name.trim().to_owned();
            assert!(out.insert(key.clone(), BTreeSet::new()).is_none(), "`{key}` is there twice");
        }
        for variable in line.split("{ $").skip(1) {
            let name = variable.split([' ', '}']).next().unwrap_or_default();
            out.entry(key.clone()).or_default().insert(name.to_owned());
        }
    }
    out
}

#[test]
fn every_language_has_every_key_with_the_same_variables() {
    let english = messages(sources().find(|(tag, _)| *tag == "en").unwrap().1);
    assert!(english.len() > 150);
    for (tag, text) in sources() {
        let own = messages(text);
        let keys = |m: &BTreeMap<String, BTreeSet<String>>| m.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(keys(&english), keys(&own), "{tag}");
        for (key, variables) in &own {
            assert_eq!(variables, &english[key], "{tag}: {key}");
        }
        let locale = Locale::of(tag).unwrap();
        for key in own.keys() {
            assert!(locale.has(key), "{tag}: {key} cannot be read");
        }
    }
}

fn files(folder: &Path, out: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, out);
        } else {
            out.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

/// Keys that are put together while a page is made: what stands before the changing part.
const FAMILIES: &[&str] = &[
    "lang-",
    "kind-",
    "month-",
    "field-",
    "authority-",
    "severity-",
    "status-",
    "state-",
    "finding-",
    "says-",
    "action-",
    "format-",
    "error-",
    "link-",
    "fact-",
    "chain-",
    "ledger-state-",
    "ledger-sort-",
    "picture-",
    "change-",
    "way-",
];

#[test]
fn every_key_is_used_and_every_key_used_is_there() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut code = String::new();
    files(&here.join("src"), &mut code);
    files(&here.join("templates"), &mut code);
    let english = Locale::of("en").unwrap();
    let keys = messages(sources().find(|(tag, _)| *tag == "en").unwrap().1);
    for key in keys.keys().filter(|k| !FAMILIES.iter().any(|f| k.starts_with(f))) {
        assert!(code.contains(&format!("\"{key}\"")), "`{key}` is used nowhere");
    }
    for call in ["t(\"", "count(\"", "with(\"", "nth(\"", "text(\""] {
        for used in code.split(&format!("ui.{call}")).skip(1) {
            let key = used.split('"').next().unwrap_or_default();
            assert!(english.has(key) || key.contains('{'), "`{key}` is in no file");
        }
    }
}

#[test]
fn families_are_whole() {
    let english = Locale::of("en").unwrap();
    let mut wanted: Vec<String> = (1..=12).map(|m| format!("month-{m}")).collect();
    let fields = diwan_store::STATEMENT_FIELDS.iter().chain(diwan_store::VERSION_FIELDS);
    wanted.extend(fields.chain(&["status", diwan_store::BEADS]).map(|f| format!("field-{f}")));
    wanted.extend(["authoritative", "courtesy-translation", "unknown"].map(|a| format!("authority-{a}")));
    wanted.extend(["info", "low", "medium", "high"].map(|s| format!("severity-{s}")));
    wanted.extend(["all", "open", "confirmed", "dismissed"].map(|s| format!("status-{s}")));
    wanted.extend(["open", "confirmed", "dismissed"].map(|s| format!("state-{s}")));
    wanted.extend(["confirm", "correct", "dismiss", "undo"].map(|a| format!("action-{a}")));
    wanted.extend(diwan_model::EntityKind::ALL.iter().map(|k| format!("kind-{}", k.as_str())));
    let stops = ["read", "beside", "changed", "formulas", "names", "promised", "time", "findings"];
    wanted.extend(stops.iter().flat_map(|stop| [format!("way-{stop}"), format!("way-{stop}-text")]));
    for key in wanted {
        assert!(english.has(&key), "{key}");
    }
}

#[test]
fn plurals_numbers_and_dates() {
    let plain = |s: String| s.replace(['\u{2068}', '\u{2069}'], "");
    let say = |lang: &str, n| plain(Locale::of(lang).unwrap().count("count-statements", n));
    assert_eq!([say("ar", 0), say("ar", 1), say("ar", 2)], ["لا بيانات", "بيان واحد", "بيانان"]);
    assert_eq!([say("ar", 3), say("ar", 11), say("ar", 100)], ["٣ بيانات", "١١ بيانًا", "١٠٠ بيان"]);
    assert_eq!([say("en", 1), say("en", 1200)], ["1 statement", "1,200 statements"]);
    assert_eq!([say("fr", 0), say("fr", 2)], ["0 déclaration", "2 déclarations"]);
    assert_eq!(say("fa", 12), "۱۲ بیانیه");
    let date = |lang: &str, iso: &str| Locale::of(lang).unwrap().date(iso);
    assert_eq!(date("ar", "2021-06-28"), "٢٨ يونيو ٢٠٢١");
    assert_eq!(date("fa", "2021-06"), "ژوئن ۲۰۲۱");
    assert_eq!(date("en", "2021-06-28T10:00:00Z"), "28 June 2021");
    for odd in ["", "?", "20", "2021-13-01", "--02-18", "۲۰۲۱-۰۱", "j:1400-09"] {
        assert_eq!(date("en", odd), odd, "as it is");
    }
}
