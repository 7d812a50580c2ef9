#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail loudly")]

use super::*;

/// Two communiqués of one body on one day, with the same furniture, each in two languages; and a third in one only.
const POOL: [(&str, &str); 5] = [
    (
        "en",
        "Ministry of Foreign Affairs of Velmar\nOctober 10, 2024\nThe ministers met in Brennholm and welcomed the accession of Sorrenia as the fifth chair of the group on fisheries. \
         They noted that 14 treatment plants are at work and that 79 million euros have been paid. They condemned the attack on the observation vessel.",
    ),
    (
        "fr",
        "Ministère des Affaires étrangères de Velmar\n10 octobre 2024\nLes ministres se sont réunis à Brennholm et ont salué l’adhésion de Sorrenia comme cinquième président du groupe sur la pêche. \
         Ils ont noté que 14 stations d’épuration fonctionnent et que 79 millions d’euros ont été versés. Ils ont condamné l’attaque contre le navire d’observation.",
    ),
    (
        "en",
        "Ministry of Foreign Affairs of Velmar\nOctober 10, 2024\nRemarks to the press by the minister of state in Brennholm. Thank you all for coming. I will take two questions on the budget of the secretariat \
         and on the elections in Tashmere. The secretariat has 23 staff.",
    ),
    (
        "fr",
        "Ministère des Affaires étrangères de Velmar\n10 octobre 2024\nPropos du ministre d’État à la presse à Brennholm. Merci à tous d’être venus. Je prendrai deux questions sur le budget du secrétariat \
         et sur les élections en Tashmere. Le secrétariat compte 23 agents.",
    ),
    (
        "fr",
        "Ministère des Affaires étrangères de Velmar\n10 octobre 2024\nAvis de marché. Le ministère achète 40 véhicules. Les offres sont reçues jusqu’au 2 novembre 2024.",
    ),
];

fn linker() -> Linker {
    let mut linker = Linker::default();
    linker.add_all(&POOL.map(|(lang, text)| (LanguageTag::new(lang), text.to_owned())));
    linker
}

fn text(at: usize) -> Option<String> {
    POOL.get(at).map(|p| p.1.to_owned())
}

#[test]
fn decoys_of_one_day_and_body_stay_apart() {
    let links = linker().link_all(&text, &LinkOptions::default());
    let mut pairs: Vec<(usize, usize)> = links.iter().map(|l| (l.first, l.second)).collect();
    pairs.sort_unstable();
    assert_eq!(pairs, [(0, 1), (2, 3)]);
    assert!(links.iter().all(|l| !l.evidence.is_empty() && l.confidence.value() >= 0.5), "{links:?}");
}

#[test]
fn a_new_document_is_tied_to_what_is_there() {
    let linker = linker();
    let links = linker.tie(&[3], &text, &LinkOptions::default());
    assert_eq!(links.iter().map(|l| (l.first, l.second)).collect::<Vec<_>>(), [(2, 3)]);
}

#[test]
fn nothing_and_noise_give_no_links() {
    let mut linker = Linker::default();
    assert!(linker.link_all(&|_| None, &LinkOptions::default()).is_empty());
    for text in ["", " \n", "12", "\u{200c}"] {
        linker.add(&"ar".into(), text);
        linker.add(&"en".into(), text);
    }
    assert!(linker.link_all(&|_| None, &LinkOptions::default()).is_empty());
}
