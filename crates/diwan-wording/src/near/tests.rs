//! Planted variants are found, strangers are not.

use diwan_model::LanguageTag;
use proptest::prelude::*;

use super::*;

fn en() -> LanguageTag {
    LanguageTag::new("en")
}

const SENTENCES: [&str; 4] = [
    "The Council of the Compact reaffirmed its commitment to the restoration of the eastern shore of the lake.",
    "Ministers welcomed the report of the technical group on the quality of drinking water in the three districts.",
    "The next meeting of senior officials will be held in Vosk in the autumn, circumstances permitting.",
    "All parties agreed that the harbour must remain open to fishing boats throughout the closed season.",
];

#[test]
fn variants_make_a_family_and_strangers_none() {
    let en = en();
    let all: Vec<String> = SENTENCES
        .iter()
        .flat_map(|s| [(*s).to_owned(), s.replace("the ", ""), s.replacen(" of", " within", 1) + " Indeed."])
        .collect();
    let given: Vec<(&str, &LanguageTag)> = all.iter().map(|s| (s.as_str(), &en)).collect();
    assert_eq!(families(&given), [vec![0, 1, 2], vec![3, 4, 5], vec![6, 7, 8], vec![9, 10, 11]]);
}

#[test]
fn languages_are_apart_and_short_sentences_must_be_the_same() {
    let (en, fr) = (en(), LanguageTag::new("fr"));
    let all =
        [("Agreed.", &en), ("AGREED", &en), ("Agreed.", &fr), ("Agreed now.", &en), ("...", &en), ("!", &en)];
    assert_eq!(families(&all), [vec![0, 1]]);
}

#[test]
fn what_is_added_later_is_found() {
    let en = en();
    let mut index = Index::build(&[(SENTENCES[0], &en), (SENTENCES[1], &en)]);
    let n = index.add(SENTENCES[2], &en);
    let near = index.near(&SENTENCES[2].replace("Vosk", "Orvane"), &en);
    assert_eq!(near.iter().map(|x| x.sentence).collect::<Vec<_>>(), [n]);
    assert!(near[0].likeness > 0.8 && near[0].likeness < 1.0);
    assert_eq!(index.near(SENTENCES[0], &en)[0], Near { sentence: 0, likeness: 1.0 });
}

#[test]
fn hashes_are_for_all_time() {
    // Stored in archives: when this fails, METHOD must change, and with it what was stored.
    let item = Item::new("The Council met in Orvane today.", &en());
    let sample = item.sample();
    assert_eq!(sample.len(), 5);
    assert!(sample.is_sorted());
    let sum = sample.iter().fold(0_u32, |sum, hash| sum.wrapping_add(*hash));
    assert_eq!(sum, SUM_OF_SAMPLE);
}

/// Of the sentence above; written down when the method was made.
const SUM_OF_SAMPLE: u32 = 2_713_316_518;

proptest! {
    #[test]
    fn likeness_is_a_likeness(a in "[a-e ]{0,40}", b in "[a-e ]{0,40}") {
        let (x, y) = (Item::new(&a, &en()), Item::new(&b, &en()));
        let like = likeness(&x, &y);
        prop_assert_eq!(like, likeness(&y, &x));
        prop_assert!((0.0..=1.0).contains(&like));
        prop_assert!(super::item::may_be_alike(&x, &y, like), "the quick look says no to {like}");
        prop_assert_eq!(likeness(&x, &x), 1.0);
        prop_assert!(x.sample().len() <= SAMPLE && x.sample().is_sorted());
    }
}
