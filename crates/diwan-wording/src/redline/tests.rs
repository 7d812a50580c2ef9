//! What every comparison must do, whatever the texts.

use diwan_model::LanguageTag;
use diwan_text::normal::light;
use proptest::prelude::*;

use super::*;
use crate::text::Blindness;

fn read(text: &str) -> Document {
    Document::new(text, &LanguageTag::new("en"), Blindness::Looks)
}

fn changes(a: &str, b: &str) -> Vec<Change> {
    compare(&read(a), &read(b)).passages.iter().map(|p| p.change).collect()
}

#[test]
fn each_kind_of_change_is_told() {
    use Change::*;
    let a = "The Council met in Orvane today. It will keep its rate at three percent. Water levels have risen since spring.";
    assert_eq!(changes(a, a), [Same, Same, Same]);
    assert_eq!(
        changes(a, "The Council met in Orvane today. Water levels have risen since spring."),
        [Same, Dropped, Same]
    );
    assert_eq!(
        changes(
            a,
            "The Council met in Vosk today. It will keep its rate at three percent. Water levels have risen since spring."
        ),
        [Reworded, Same, Same]
    );
    assert_eq!(
        changes(
            a,
            "Water levels have risen since spring. The Council met in Orvane today. It will keep its rate at three percent."
        ),
        [Moved, Same, Same, Moved]
    );
    assert_eq!(
        changes(
            a,
            "The Council met in Orvane today, and it will keep its rate at three percent. Water levels have risen since spring."
        ),
        [Merged, Same]
    );
    assert_eq!(changes("", a), [New, New, New]);
}

#[test]
fn the_summary_reads_as_a_sentence() {
    let summary = Summary { new: 3, dropped: 2, reworded: 5, moved: 1, kept: 0.71, ..Summary::default() };
    assert_eq!(
        summary.to_string(),
        "3 sentences new, 2 dropped, 5 reworded, 1 moved; share of wording kept 71 %"
    );
    assert_eq!(
        compare(&read("A b."), &read("A b.")).summary.to_string(),
        "no sentence changed; share of wording kept 100 %"
    );
}

/// A text of sentences over few words, so that they resemble each other.
fn texts() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "rates",
        "growth",
        "council",
        "committee",
        "water",
        "the",
        "of",
        "and",
        "risk",
        "۸",
        "8",
        "می‌ماند",
        "أن",
        "3.5",
        "«lake»",
    ]);
    let sentence = prop::collection::vec(word, 1..12).prop_map(|words| format!("The {}.", words.join(" ")));
    prop::collection::vec(sentence, 0..8).prop_map(|all| all.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn both_texts_are_rebuilt(a in texts(), b in texts()) {
        let redline = compare(&read(&a), &read(&b));
        prop_assert_eq!(redline.rebuild_before(), a);
        prop_assert_eq!(redline.rebuild_after(), b);
    }

    #[test]
    fn any_two_strings_are_rebuilt(a in "\\PC{0,80}", b in "[\\s\\S]{0,80}") {
        let redline = compare(&read(&a), &read(&b));
        prop_assert_eq!(redline.rebuild_before(), a);
        prop_assert_eq!(redline.rebuild_after(), b);
    }

    #[test]
    fn nothing_changed_in_equal_texts(a in texts()) {
        let redline = compare(&read(&a), &read(&a));
        prop_assert!(redline.summary.is_unchanged());
        prop_assert!(redline.operations().all(|op| op.op == OperationKind::Equal));
    }

    #[test]
    fn it_is_the_same_from_both_sides(a in texts(), b in texts()) {
        let (there, back) = (compare(&read(&a), &read(&b)), compare(&read(&b), &read(&a)));
        let (s, t) = (there.summary, back.summary);
        prop_assert_eq!(
            (s.same, s.reworded, s.moved, s.merged, s.split, s.new, s.dropped, s.words_kept),
            (t.same, t.reworded, t.moved, t.split, t.merged, t.dropped, t.new, t.words_kept)
        );
        let mut pairs: Vec<_> = back.pairs().into_iter().map(|(x, y)| (y, x)).collect();
        pairs.sort_unstable();
        let mut own = there.pairs();
        own.sort_unstable();
        prop_assert_eq!(own, pairs);
    }

    #[test]
    fn the_normal_form_changes_nothing(a in texts(), b in texts()) {
        let plain = compare(&read(&a), &read(&b)).summary;
        let normal = compare(&read(&light(&a)), &read(&light(&b))).summary;
        prop_assert_eq!(plain, normal);
        prop_assert!(compare(&read(&a), &read(&light(&a))).summary.is_unchanged());
    }

    #[test]
    fn every_sentence_is_told_once(a in texts(), b in texts()) {
        let redline = compare(&read(&a), &read(&b));
        let mut before: Vec<usize> = redline.passages.iter().flat_map(|p| p.before.clone()).collect();
        before.sort_unstable();
        prop_assert_eq!(before, (1..=redline.summary.sentences_before).collect::<Vec<_>>());
        for (k, passage) in redline.passages.iter().enumerate() {
            if let Some(other) = passage.elsewhere {
                prop_assert_eq!(redline.passages[other].elsewhere, Some(k));
            }
        }
    }
}
