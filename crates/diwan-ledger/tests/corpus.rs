//! The corpus cases of mentions: a text, and the names in it.

use std::fmt::Write as _;

use diwan_model::{LanguageTag, MentionForm};
use diwan_testing::Case;

fn main() {
    let root = diwan_testing::repository_root(env!("CARGO_MANIFEST_DIR"));
    diwan_testing::run(&root, &["mentions"], render)
}

/// A line a mention: its kind, its text in guillemets, its key; the office of a person; names inside, indented.
fn render(_kind: &str, case: &Case) -> String {
    let lang = LanguageTag::new(case.setting("lang", "und"));
    let mut out = String::new();
    for mention in diwan_ledger::find(&case.input, &lang) {
        let form = match mention.form {
            MentionForm::Name => "",
            MentionForm::Short => " short",
            MentionForm::Adjective => " adjective",
        };
        let _ = write!(out, "{}{form} «{}» {}", mention.r#type.as_str(), mention.text, mention.entity);
        if let Some(role) = &mention.role {
            let _ = write!(out, " | {role}");
        }
        out.push('\n');
        for inner in &mention.inner {
            let _ = writeln!(out, "  {} «{}» {}", inner.r#type.as_str(), inner.text, inner.entity);
        }
    }
    out
}
