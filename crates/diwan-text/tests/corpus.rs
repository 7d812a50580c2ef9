//! Runs the corpus cases of the readers of text.

use diwan_model::LanguageTag;
use diwan_testing::Case;
use diwan_text::sentences::sentences;

fn main() {
    let root = diwan_testing::repository_root(env!("CARGO_MANIFEST_DIR"));
    diwan_testing::run(&root, &["sentences"], render);
}

fn render(kind: &str, case: &Case) -> String {
    let lang = LanguageTag::new(case.setting("lang", "und"));
    match kind {
        "sentences" => lines(sentences(&case.input, &lang).iter().map(|s| s.of(&case.input).to_owned())),
        _ => format!("no reader for {kind}"),
    }
}

fn lines(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("\n")
}
