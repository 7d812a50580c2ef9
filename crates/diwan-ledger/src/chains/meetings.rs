//! Meetings promised and held.
//!
//! Promises of one place belong together until the meeting is held; a promise without a place waits for a meeting of its
//! level in its time. A meeting fulfils a promise that was made before it, where the promised place is the place of the
//! meeting or is named with it ("the Italian minister", in Rome), and the time promised is not long past.

use super::{Chain, ChainKind, ChainStatus, Entry, bounds, step};

/// How long after the promised time a meeting still counts, in months: meetings are put off.
const LATE: u32 = 18;

/// How long after a promise without a time.
const WAITED: u32 = 30;

struct Promise<'a> {
    made: Vec<&'a Entry<'a>>,
    held: Option<&'a Entry<'a>>,
}

pub(super) fn chains(entries: &[Entry<'_>]) -> Vec<Chain> {
    let of_type = |name: &str| {
        let mut all: Vec<&Entry<'_>> = entries.iter().filter(|e| e.fact.r#type == name).collect();
        all.sort_by_key(|e| (e.stated.map(str::to_owned), e.when().map(str::to_owned), e.id.to_owned()));
        all
    };
    let held: Vec<&Entry<'_>> =
        of_type("meeting-held").into_iter().filter(|e| e.fact.predicate != "held recent meetings").collect();
    let newest = entries.iter().filter_map(|e| e.stated).max().unwrap_or("");
    let mut promises: Vec<Promise<'_>> = Vec::new();
    for entry in of_type("meeting-planned") {
        let again =
            promises.iter_mut().find(|p| p.made.last().is_some_and(|last| repeats(last, entry, &held)));
        match again {
            Some(promise) => promise.made.push(entry),
            None => promises.push(Promise { made: vec![entry], held: None }),
        }
    }
    let mut taken: Vec<&str> = Vec::new();
    for promise in &mut promises {
        let Some(last) = promise.made.last() else { continue };
        let fits = |e: &&&Entry<'_>| !taken.contains(&e.id) && fulfils(e, last);
        let best = held.iter().filter(fits).min_by_key(|e| e.when());
        if let Some(found) = best {
            taken.push(found.id);
            promise.held = Some(found);
        }
    }
    promises.iter().map(|promise| told(promise, newest)).collect()
}

fn told(promise: &Promise<'_>, newest: &str) -> Chain {
    let last = promise.made.last();
    let due = last.and_then(|e| e.fact.date.as_deref()).and_then(bounds).map(|(_, end)| end);
    let status = match (&promise.held, due) {
        (Some(_), _) => ChainStatus::Held,
        (None, Some(due)) if due.as_str() < newest => ChainStatus::Overdue,
        _ => ChainStatus::Open,
    };
    let fact = promise.made.first().map(|e| e.fact);
    let title = fact.map_or(String::new(), |fact| {
        let name = if fact.object == "next meeting" || fact.object.is_empty() {
            &fact.subject
        } else {
            &fact.object
        };
        match fact.details.get("place") {
            Some(place) if !name.contains(place.as_str()) => format!("{name} · {place}"),
            _ => name.clone(),
        }
    });
    Chain {
        kind: ChainKind::Meeting,
        title,
        status,
        steps: promise.made.iter().chain(promise.held.iter()).map(|e| step(e)).collect(),
    }
}

/// Whether a later promise is of the same meeting: of the same place, and no meeting there in between.
fn repeats(earlier: &Entry<'_>, later: &Entry<'_>, held: &[&Entry<'_>]) -> bool {
    let (Some(a), Some(b)) = (earlier.place(), later.place()) else {
        return false;
    };
    let (Some(first), Some(second)) = (earlier.stated, later.stated) else { return false };
    let between =
        held.iter().any(|e| at_place(e, a) && e.when().is_some_and(|when| first < when && when < second));
    a == b && first < second && second <= later_by(first, WAITED).as_str() && !between
}

fn at_place(held: &Entry<'_>, place: &str) -> bool {
    held.place() == Some(place) || held.fact.entities.iter().any(|e| e == place)
}

fn fulfils(held: &Entry<'_>, promise: &Entry<'_>) -> bool {
    let (Some(when), Some(made)) = (held.when(), promise.stated) else { return false };
    if when <= made {
        return false;
    }
    let time = promise.fact.date.as_deref().and_then(bounds);
    match (promise.place(), time) {
        (Some(place), Some((_, end))) => at_place(held, place) && when <= later_by(&end, LATE).as_str(),
        (Some(place), None) => at_place(held, place) && when <= later_by(made, WAITED).as_str(),
        (None, Some((start, end))) => {
            let level = promise.detail("level").is_some() && promise.detail("level") == held.detail("level");
            level && start.as_str() <= when && when <= end.as_str()
        }
        (None, None) => false,
    }
}

/// A day so many months later, for comparing.
fn later_by(day: &str, months: u32) -> String {
    let part = |from: usize, to: usize| day.get(from..to).and_then(|t| t.parse::<u32>().ok());
    let (year, month) = (part(0, 4).unwrap_or(0), part(5, 7).unwrap_or(1));
    let all = year * 12 + month.saturating_sub(1) + months;
    format!("{:04}-{:02}-{}", all / 12, all % 12 + 1, day.get(8..).filter(|d| !d.is_empty()).unwrap_or("31"))
}
