//! Families of fictional bodies.

use super::*;

struct Archive {
    said: Vec<Said>,
    texts: Vec<TextOf>,
}

impl Archive {
    fn new() -> Self {
        Self { said: Vec::new(), texts: Vec::new() }
    }

    fn text(&mut self, statement: usize, place: Option<(usize, usize)>, lang: &str, sentences: &[&str]) {
        let text_of = self.texts.len();
        self.texts.push(TextOf { statement, place, furniture: false });
        for (n, text) in (1..).zip(sentences) {
            self.said.push(Said { text_of, n, lang: LanguageTag::new(lang), text: (*text).to_owned() });
        }
    }

    fn furniture(&mut self, statement: usize, lang: &str, lines: &[&str]) {
        let text_of = self.texts.len();
        self.texts.push(TextOf { statement, place: None, furniture: true });
        for text in lines {
            self.said.push(Said { text_of, n: 0, lang: LanguageTag::new(lang), text: (*text).to_owned() });
        }
    }

    fn formulas(&self, renderings: &[Rendering]) -> Vec<(FormulaKind, Vec<u32>)> {
        formulas(&self.said, &self.texts, renderings, &Dictionary::default()).into_iter().map(|f| (f.kind, f.members)).collect()
    }
}

#[test]
fn a_sentence_is_followed_through_time() {
    let mut archive = Archive::new();
    archive.text(
        0,
        Some((0, 0)),
        "en",
        &[
            "The Board decided to keep its key rate unchanged at two percent.",
            "The risks to growth are balanced.",
        ],
    );
    archive.text(
        1,
        Some((0, 1)),
        "en",
        &[
            "The Board decided today to raise its key rate to three percent.",
            "Prices of fish rose faster than in spring.",
        ],
    );
    archive.text(
        2,
        Some((0, 2)),
        "en",
        &[
            "The Board decided today to raise its key rate by a quarter to three percent.",
            "The risks to growth are balanced.",
        ],
    );
    assert_eq!(
        archive.formulas(&[]),
        [(FormulaKind::Formula, vec![0, 2, 4]), (FormulaKind::Formula, vec![1, 5])]
    );
}

#[test]
fn furniture_is_apart() {
    let mut archive = Archive::new();
    archive.furniture(0, "en", &["An official website of the Compact for Lake Orvane", "Updates by e-mail"]);
    archive.furniture(
        1,
        "en",
        &["An official website of the Compact for Lake Orvane", "All rights reserved"],
    );
    assert_eq!(archive.formulas(&[]), [(FormulaKind::Boilerplate, vec![0, 2])]);
}

#[test]
fn renderings_join_languages() {
    let mut archive = Archive::new();
    archive.text(0, Some((0, 0)), "en", &["The Ministers remain united in their outrage at the floods."]);
    archive.text(
        0,
        Some((0, 0)),
        "fr",
        &["Les ministres demeurent unis dans leur indignation face aux inondations."],
    );
    archive.text(
        1,
        Some((0, 1)),
        "fr",
        &["Les ministres demeurent unis dans leur indignation face à ces inondations."],
    );
    let tie = Rendering { a: 0, b: 1, confidence: 0.9, part: false };
    assert_eq!(archive.formulas(&[tie]), [(FormulaKind::Formula, vec![0, 1, 2])]);
    // A rendering alone is one statement in two languages, no formula.
    let mut alone = Archive::new();
    alone.text(0, None, "en", &["The Ministers met."]);
    alone.text(0, None, "fr", &["Les ministres se sont réunis."]);
    assert_eq!(alone.formulas(&[tie]), []);
}

#[test]
fn two_sentences_of_one_text_stay_two() {
    let mut archive = Archive::new();
    let a = "Ministers welcomed the report of the technical group on water in the three districts.";
    let b = "Ministers welcomed the report of the technical group on fish in the two harbours.";
    let between = "Nothing else was said about either of these matters at the table.";
    archive.text(0, Some((0, 0)), "en", &[a, between, b]);
    archive.text(1, Some((0, 1)), "en", &[a, "The weather was discussed at some length as well.", b]);
    assert_eq!(
        archive.formulas(&[]),
        [(FormulaKind::Formula, vec![0, 3]), (FormulaKind::Formula, vec![2, 5])]
    );
}

#[test]
fn names_are_stable_and_differ() {
    let mut archive = Archive::new();
    archive.text(
        0,
        None,
        "en",
        &["The next meeting will be held in Vosk.", "Water is a common good of all."],
    );
    archive.text(
        1,
        None,
        "en",
        &["The next meeting will be held in Vosk.", "Water is a common good of all."],
    );
    let before = formulas(&archive.said, &archive.texts, &[], &Dictionary::default());
    archive.text(2, None, "en", &["The next meeting will be held in Orvane."]);
    let after = formulas(&archive.said, &archive.texts, &[], &Dictionary::default());
    assert_eq!(
        before.iter().map(|f| &f.id).collect::<Vec<_>>(),
        after.iter().map(|f| &f.id).collect::<Vec<_>>()
    );
    assert_ne!(after[0].id, after[1].id);
    assert_eq!(after[0].members.len(), 3);
}
