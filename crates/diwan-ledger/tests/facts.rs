//! Runs the corpus cases of facts: a line of input is a sentence; shown are type, subject, predicate, object and date of each
//! fact.

use diwan_ledger::facts::facts_of_version;
use diwan_model::{
    Authority, Confidence, LanguageTag, Locus, Sentence, Span, Statement, StatementDate, Version,
};
use diwan_testing::Case;

fn main() {
    let root = diwan_testing::repository_root(env!("CARGO_MANIFEST_DIR"));
    diwan_testing::run(&root, &["facts"], render);
}

fn render(_: &str, case: &Case) -> String {
    let sentences = case.input.lines().zip(1..);
    let lang = LanguageTag::new(case.setting("lang", "en"));
    let mut mentions = diwan_ledger::find(&case.input, &lang);
    for mention in &mut mentions {
        mention.sentence = Some(mention.line);
    }
    let place =
        |text: &str, n: u32| Some(Locus { block: n - 1, line: n, span: Span::new(text, 0, text.len())? });
    let version = Version {
        lang,
        authority: Authority::Unknown,
        disclaimer_line: None,
        begin_line: None,
        end_line: None,
        title: None,
        mentions,
        sentences: sentences
            .map(|(text, n)| Sentence { n, line: n, text: text.to_owned(), locus: place(text, n) })
            .collect(),
    };
    let iso = case.setting("issued", "2023-04-01").to_owned();
    let Ok(value) = iso.parse() else { return format!("`{iso}` is no date") };
    let date = StatementDate {
        iso: iso.clone(),
        value,
        printed: iso,
        line: None,
        locus: None,
        confidence: Confidence::CERTAIN,
    };
    let statement = Statement { date: Some(date), ..Statement::default() };
    let facts = facts_of_version(&statement, &version);
    let lines = facts.iter().map(|fact| {
        let date = fact.date.as_deref().unwrap_or("–");
        format!("{} | {} | {} | {} | {date}", fact.r#type, fact.subject, fact.predicate, fact.object)
    });
    lines.collect::<Vec<_>>().join("\n")
}
