use std::collections::BTreeMap;

use diwan_model::{Confidence, Method};

use super::*;

fn fact(kind: &str, subject: &str, object: &str, date: Option<&str>, place: Option<&str>) -> Fact {
    let mut details = BTreeMap::new();
    if let Some(place) = place {
        details.insert("place".to_owned(), place.to_owned());
        details.insert("place_entity".to_owned(), format!("place:{place}"));
    }
    Fact {
        r#type: kind.to_owned(),
        subject: subject.to_owned(),
        subject_entity: None,
        predicate: "is".to_owned(),
        object: object.to_owned(),
        object_entity: None,
        date: date.map(str::to_owned),
        details,
        entities: place.map(|p| format!("place:{p}")).into_iter().collect(),
        confidence: Confidence::CERTAIN,
        method: Method::new("test"),
        provenance: Vec::new(),
    }
}

#[test]
fn a_meeting_promised_twice_is_held_and_another_is_overdue() {
    let first = fact("meeting-planned", "", "assembly", Some("2020-03/2020-05"), Some("Selm"));
    let second = fact("meeting-planned", "", "assembly", None, Some("Selm"));
    let mut held = fact("meeting-held", "Ministers", "meeting", Some("2021-06-28"), Some("Port Selm"));
    held.entities.push("place:Selm".to_owned());
    let other = fact("meeting-planned", "", "council", Some("2021-02"), Some("Tessa"));
    let entries = [
        ("a", "2020-01-29", &first),
        ("b", "2021-03-30", &second),
        ("c", "2021-06-28", &held),
        ("d", "2020-05-01", &other),
    ]
    .map(|(id, stated, fact)| Entry { id, statement: stated, stated: Some(stated), fact });
    let found = chains(&entries);
    let told: Vec<_> =
        found.iter().map(|c| (c.status, c.steps.iter().map(|s| s.id.as_str()).collect::<String>())).collect();
    assert_eq!(told, [(ChainStatus::Held, "abc".to_owned()), (ChainStatus::Overdue, "d".to_owned())]);
}

#[test]
fn members_on_a_day_have_joined_and_not_left() {
    let joined = fact("membership/joined", "Orvania", "Pact", Some("2020-01-29"), None);
    let other = fact("membership/joined", "Tessa", "Pact", Some("2021-08-01"), None);
    let left = fact("membership/left", "Orvania", "Pact", Some("2021-12-01"), None);
    let entries = [("a", &joined), ("b", &other), ("c", &left)].map(|(id, fact)| Entry {
        id,
        statement: "S",
        stated: None,
        fact,
    });
    let on = |day: &str| members(&entries, Some("pact"), day).into_iter().map(|m| m.name).collect::<Vec<_>>();
    assert_eq!(on("2021-07-01"), ["Orvania"]);
    assert_eq!(on("2021-09-01"), ["Orvania", "Tessa"]);
    assert_eq!(on("2022-01-01"), ["Tessa"]);
}

#[test]
fn dates_of_every_form_have_bounds() {
    let all = ["2021-12-03", "2021-12", "2021", "2021-Q4", "2021-09/2021-11", "", "x"].map(bounds);
    let text = |k: usize| all[k].clone().map(|(a, b)| format!("{a} {b}"));
    assert_eq!(text(0).as_deref(), Some("2021-12-03 2021-12-03"));
    assert_eq!(text(1).as_deref(), Some("2021-12-01 2021-12-31"));
    assert_eq!(text(2).as_deref(), Some("2021-01-01 2021-12-31"));
    assert_eq!(text(3).as_deref(), Some("2021-10-01 2021-12-31"));
    assert_eq!(text(4).as_deref(), Some("2021-09-01 2021-11-31"));
    assert!(text(5).is_none() && text(6).is_none());
}
