//! Runs the corpus cases of the readers of text.

use diwan_model::LanguageTag;
use diwan_testing::Case;
use diwan_text::normal::{Form, normal, strong_in};
use diwan_text::sentences::sentences;
use diwan_text::stem::{is_stop_word, stem};
use diwan_text::words::{WordKind, clitics, words_in};
use diwan_text::zwnj;

fn main() {
    let root = diwan_testing::repository_root(env!("CARGO_MANIFEST_DIR"));
    diwan_testing::run(&root, &["sentences", "normal", "zwnj", "words"], render);
}

fn render(kind: &str, case: &Case) -> String {
    let lang = LanguageTag::new(case.setting("lang", "und"));
    match kind {
        "sentences" => lines(sentences(&case.input, &lang).iter().map(|s| s.of(&case.input).to_owned())),
        "normal" => {
            let form = if case.setting("form", "strong") == "light" { Form::Light } else { Form::Strong };
            normal(&case.input, form, &lang).text
        }
        "zwnj" => zwnj::restore(&case.input).text.replace('\u{200c}', "|"),
        "words" => {
            lines(words_in(&case.input, &lang).iter().map(|w| word(w.span.of(&case.input), w.kind, &lang)))
        }
        _ => format!("no reader for {kind}"),
    }
}

/// A token as `printed kind normal stem`, with the clitics peeled off and whether it is a stop word.
fn word(printed: &str, kind: WordKind, lang: &LanguageTag) -> String {
    if kind != WordKind::Word {
        return format!("{printed} {}", kind.as_str());
    }
    let normal = strong_in(printed, lang);
    let clitics = clitics(printed, lang).prefixes;
    let glued = if clitics.is_empty() { String::new() } else { format!(" glued {}", clitics.join("+")) };
    let stop = if is_stop_word(&normal, lang) { " stop" } else { "" };
    format!("{printed} stem {}{glued}{stop}", stem(&normal, lang))
}

fn lines(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("\n")
}
