//! Statements of fictional bodies find their series and their order.

use super::*;

fn statement(code: &str, date: Option<&str>, lang: &str, title: &str, text: &[&str]) -> Statement {
    Statement {
        code: code.to_owned(),
        date: date.map(str::to_owned),
        versions: vec![Version {
            lang: LanguageTag::new(lang),
            title: Some(title.to_owned()),
            sentences: text.iter().map(|s| (*s).to_owned()).collect(),
        }],
        ..Statement::default()
    }
}

const RATE: [&str; 3] = [
    "The Board of the Bank of Meridale decided today to keep its key rate unchanged at 2 percent.",
    "Inflation remains close to the target, and activity in the ports expands at a moderate pace.",
    "Voting for the decision were A. Castellan, Governor; B. Naim; and C. Vosk.",
];
const LAKE: [&str; 3] = [
    "Ministers of the Compact for Lake Orvane met in Vosk to review the restoration of the eastern shore.",
    "They welcomed new members and reaffirmed their shared determination to protect the water.",
    "They committed to strengthening cooperation along all lines of effort of the Compact.",
];

fn years() -> Vec<Statement> {
    let mut all = Vec::new();
    for year in [2023, 2020, 2021, 2024] {
        let rate: Vec<String> = RATE.iter().map(|s| s.replace('2', &(year % 10).to_string())).collect();
        let rate: Vec<&str> = rate.iter().map(String::as_str).collect();
        all.push(statement(
            &format!("R{year}"),
            Some(&format!("{year}-03-17")),
            "en",
            "Rate decision",
            &rate,
        ));
        let lake: Vec<String> = LAKE.iter().map(|s| s.replace("Vosk", &format!("town {year}"))).collect();
        let lake: Vec<&str> = lake.iter().map(String::as_str).collect();
        all.push(statement(
            &format!("L{year}"),
            Some(&format!("{year}-06")),
            "en",
            "Communiqué of the Compact",
            &lake,
        ));
    }
    all
}

fn codes(all: &[Statement], series: &Series) -> Vec<String> {
    series.places.iter().map(|p| all[p.statement].code.clone()).collect()
}

#[test]
fn statements_find_their_series_and_order() {
    let all = years();
    let found = series(&all);
    assert_eq!(found.len(), 2);
    assert_eq!(codes(&all, &found[0]), ["R2020", "R2021", "R2023", "R2024"]);
    assert_eq!(codes(&all, &found[1]), ["L2020", "L2021", "L2023", "L2024"]);
    assert_eq!(found[0].name, "Rate decision");
}

#[test]
fn a_person_decides() {
    let mut all = years();
    all[0].decided = Some("Rates".to_owned());
    all[1].decided = Some(String::new());
    let found = series(&all);
    assert_eq!(found[0].name, "Rates");
    assert!(found[0].named_by_person);
    assert_eq!(found[0].places.len(), 4);
    assert!(!found.iter().any(|s| codes(&all, s).contains(&"L2023".to_owned())));
}

#[test]
fn a_long_silence_is_a_gap() {
    let mut all: Vec<Statement> = Vec::new();
    for day in ["2020-01-10", "2020-03-10", "2020-05-10", "2020-07-10", "2020-09-10", "2021-06-10"] {
        all.push(statement(day, Some(day), "en", "Rate decision", &RATE));
    }
    let found = series(&all);
    let gaps: Vec<bool> = found[0].places.iter().map(|p| p.gap_before).collect();
    assert_eq!(gaps, [false, false, false, false, false, true]);
}

#[test]
fn strangers_are_in_no_series() {
    let all = [
        statement("A", None, "en", "On harbours", &["All parties agreed that the harbour must remain open."]),
        statement("B", None, "en", "On schools", &["Children will return to class in September."]),
        statement("C", None, "fr", "Sur les écoles", &["Les enfants retourneront en classe."]),
    ];
    assert_eq!(series(&all), []);
    assert_eq!(series(&[]), []);
}
