//! Runs the corpus cases of the readers of text.

use diwan_model::LanguageTag;
use diwan_testing::Case;
use diwan_text::dates::{DateMention, DateOptions, find_dates};
use diwan_text::language::{identify, segments};
use diwan_text::names::{SAME_NAME, find_names, similarity};
use diwan_text::normal::{Form, normal, strong_in};
use diwan_text::numbers::{NumberMention, find_numbers};
use diwan_text::sentences::sentences;
use diwan_text::stem::{is_stop_word, stem};
use diwan_text::words::{WordKind, clitics, words_in};
use diwan_text::zwnj;

fn main() {
    let root = diwan_testing::repository_root(env!("CARGO_MANIFEST_DIR"));
    diwan_testing::run(
        &root,
        &["sentences", "normal", "zwnj", "words", "dates", "numbers", "language", "names", "match-names"],
        render,
    );
}

fn render(kind: &str, case: &Case) -> String {
    let lang = LanguageTag::new(case.setting("lang", "und"));
    match kind {
        "language" => language(case),
        "sentences" => lines(sentences(&case.input, &lang).iter().map(|s| s.of(&case.input).to_owned())),
        "normal" => {
            let form = if case.setting("form", "strong") == "light" { Form::Light } else { Form::Strong };
            normal(&case.input, form, &lang).text
        }
        "zwnj" => zwnj::restore(&case.input).text.replace('\u{200c}', "|"),
        "words" => {
            lines(words_in(&case.input, &lang).iter().map(|w| word(w.span.of(&case.input), w.kind, &lang)))
        }
        "dates" => {
            let options = DateOptions { lang, issued: case.setting("issued", "").parse().ok() };
            lines(find_dates(&case.input, &options).iter().map(|d| date(d, &case.input)))
        }
        "numbers" => lines(find_numbers(&case.input, &lang).iter().map(|n| number(n, &case.input))),
        "names" => lines(
            find_names(&case.input, &lang)
                .iter()
                .map(|n| format!("{} «{}»", format!("{:?}", n.kind).to_lowercase(), n.span.of(&case.input))),
        ),
        "match-names" => lines(case.input.lines().map(|line| {
            let (a, b) = line.split_once('|').unwrap_or((line, ""));
            if similarity(a, b) >= SAME_NAME { "same" } else { "apart" }.to_owned()
        })),
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

/// A date as `value calendar «text»`, then `= value` resolved, `~ text` of the same day in another calendar and `one value`
/// of them all, `! note`.
fn date(date: &DateMention, text: &str) -> String {
    let mut out = format!("{} {:?} «{}»", date.value, date.calendar, date.span.of(text));
    if let Some(resolved) = date.resolved.filter(|r| *r != date.value) {
        out.push_str(&format!(" = {resolved}"));
    }
    if let Some(same) = date.same_day {
        out.push_str(&format!(" ~ «{}»", same.of(text)));
    }
    if let Some(one) = date.one {
        out.push_str(&format!(" one {}", one.value));
    }
    for note in &date.notes {
        out.push_str(&format!(" ! {note}"));
    }
    out
}

/// A number as `value kind unit hedge «text»`.
fn number(number: &NumberMention, text: &str) -> String {
    let unit = number.unit.as_deref().map(|u| format!(" {u}")).unwrap_or_default();
    let hedge = number.hedge.map(|h| format!(" {}", h.as_str())).unwrap_or_default();
    format!("{} {}{unit}{hedge} «{}»", number.value, number.kind.as_str(), number.span.of(text))
}

fn lines(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("\n")
}

fn language(case: &Case) -> String {
    let candidates: Vec<LanguageTag> =
        case.setting("candidates", "").split(',').filter(|c| !c.is_empty()).map(LanguageTag::new).collect();
    if case.setting("mode", "") == "segments" {
        let found = segments(&case.input, &candidates);
        return lines(found.iter().map(|(span, guess)| format!("{} «{}»", guess.lang, span.of(&case.input))));
    }
    let guess = identify(&case.input, &candidates);
    format!("{} {} {}", guess.lang, guess.script.map_or("-", |s| s.code()), guess.dir.as_str())
}
