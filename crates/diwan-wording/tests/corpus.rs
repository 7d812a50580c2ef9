//! Runs the corpus cases of comparisons: two texts with a line `~~~` between them.

use diwan_model::LanguageTag;
use diwan_testing::Case;
use diwan_wording::redline::{OperationKind, compare};
use diwan_wording::{Blindness, Document};

fn main() {
    let root = diwan_testing::repository_root(env!("CARGO_MANIFEST_DIR"));
    diwan_testing::run(&root, &["redline"], render);
}

/// A line for each passage: numbers, what became of it, its words with what went in `[-…-]` and what came in `{+…+}`.
fn render(_: &str, case: &Case) -> String {
    let lang = LanguageTag::new(case.setting("lang", "und"));
    let blind = if case.setting("exact", "no") == "yes" { Blindness::Nothing } else { Blindness::Looks };
    let (a, b) = case.input.split_once("\n~~~\n").unwrap_or((&case.input, ""));
    let redline = compare(&Document::new(a, &lang, blind), &Document::new(b, &lang, blind));
    let mut out = String::new();
    for passage in &redline.passages {
        let numbers = |list: &[usize]| list.iter().map(usize::to_string).collect::<Vec<_>>().join("+");
        let mut words = String::new();
        for operation in &passage.operations {
            let mut put = |text: &Option<String>, open: &str, close: &str| {
                if let Some(text) = text {
                    words.push_str(&format!("{open}{}{close} ", text.trim()));
                }
            };
            match operation.op {
                OperationKind::Equal => put(&operation.after, "", ""),
                OperationKind::Move => {
                    put(&operation.before, "<-", "->");
                    put(&operation.after, "<+", "+>");
                }
                _ => {
                    put(&operation.before, "[-", "-]");
                    put(&operation.after, "{+", "+}");
                }
            }
        }
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let (old, new) = (numbers(&passage.before), numbers(&passage.after));
        out.push_str(&format!("{old}/{new} {}: {words}\n", passage.change.as_str()));
    }
    out.push_str(&format!("= {}\n", redline.summary));
    out
}
