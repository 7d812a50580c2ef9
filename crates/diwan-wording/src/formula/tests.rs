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
        formulas(&self.said, &self.texts, renderings, &Dictionary::default())
            .into_iter()
            .map(|f| (f.kind, f.members))
            .collect()
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

#[test]
fn a_clause_that_recurs_in_other_sentences_is_a_formula() {
    let mut archive = Archive::new();
    archive.text(
        0,
        None,
        "en",
        &["Ministers met in Vosk and pledged to keep the harbour open to fishing boats throughout the season."],
    );
    archive.text(
        1,
        None,
        "en",
        &["After long talks about prices, quotas and tolls the delegates from all three shores of the lake agreed, as before, \
           to keep the harbour open to fishing boats throughout the season, and to meet again."],
    );
    let found = formulas(&archive.said, &archive.texts, &[], &Dictionary::default());
    assert_eq!(found.len(), 1);
    let clause = found[0].clauses[0].of(&archive.said[0].text);
    assert!(clause.contains("keep the harbour open to fishing boats throughout the season"), "{clause}");
    assert_eq!(found[0].members, [0, 1]);
}

#[test]
fn a_dictionary_leads_from_one_language_to_another() {
    let mut archive = Archive::new();
    let en = [
        "Ministers condemned the attacks on the harbour.",
        "The eastern shore needs clean water and money.",
        "They will meet again in the autumn of 2022 in Vosk.",
    ];
    let fr = [
        "La rive orientale manque toujours: argent, eau propre.",
        "Les ministres condamnent les attaques contre le port.",
        "Prochaine rencontre: automne 2022 à Vosk.",
    ];
    archive.text(0, Some((0, 0)), "en", &en);
    archive.text(1, Some((0, 1)), "fr", &fr);
    let (from, to) = (LanguageTag::new("en"), LanguageTag::new("fr"));
    let stem = |word: &str, lang: &LanguageTag| diwan_text::stem::stem(word, lang);
    let words = [
        ("ministers", "ministres"),
        ("condemned", "condamnent"),
        ("attacks", "attaques"),
        ("harbour", "port"),
        ("eastern", "orientale"),
        ("shore", "rive"),
        ("clean", "propre"),
        ("water", "eau"),
        ("money", "argent"),
        ("autumn", "automne"),
        ("meet", "rencontre"),
    ];
    let pairs: Vec<(String, String)> = words.iter().map(|(a, b)| (stem(a, &from), stem(b, &to))).collect();
    let mut dictionary = Dictionary::default();
    dictionary.add(&from, &to, pairs.iter().map(|(a, b)| (a.as_str(), b.as_str(), 1.0)));
    let found = formulas(&archive.said, &archive.texts, &[], &dictionary);
    let members: Vec<Vec<u32>> = found.into_iter().map(|f| f.members).collect();
    // Order does not matter: two of them changed places.
    assert_eq!(members, [vec![0, 4], vec![1, 3], vec![2, 5]]);
    assert!(formulas(&archive.said, &archive.texts, &[], &Dictionary::default()).is_empty());
}

#[test]
fn a_sentence_that_says_two_things_is_in_two_families() {
    let mut archive = Archive::new();
    archive.text(0, None, "en", &["Attacks were condemned.", "Help was promised to the shore."]);
    archive.text(0, None, "fr", &["Les attaques sont condamnées et une aide est promise à la rive."]);
    archive.text(1, None, "en", &["Attacks were condemned.", "Help was promised to the shore."]);
    let main = Rendering { a: 1, b: 2, confidence: 0.9, part: false };
    let part = Rendering { a: 0, b: 2, confidence: 0.9, part: true };
    let members: Vec<Vec<u32>> =
        formulas(&archive.said, &archive.texts, &[main, part], &Dictionary::default())
            .into_iter()
            .map(|f| f.members)
            .collect();
    assert_eq!(members, [vec![0, 2, 3], vec![1, 2, 4]]);
}
