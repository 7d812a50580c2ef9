//! The clock of the publisher: a page that gives the time of Greenwich means the day that its own clock had.
//!
//! What stands on a page as `2021-12-03T02:10:00Z` was published on the evening before where the publisher is in America.
//! His clock is told by other times on the page (`…-05:00`), else by the country of the address (`data/zones.toml`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::day::Day;
use super::evidence::{Kind, Witness};

/// Minutes of a day.
const DAY: i32 = 24 * 60;

/// Minutes by which the clocks of countries are before Greenwich in winter, by the last label of a host.
static ZONES: LazyLock<BTreeMap<String, i32>> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/zones.toml")).unwrap_or_default());

/// What the values of a page tell of clocks.
#[derive(Debug, Default)]
pub(super) struct Clock {
    /// Minutes before Greenwich that some value gives, the first that is not nought.
    offset: Option<i32>,
    /// Times of publication by Greenwich: day, minute of the day, line, as printed.
    greenwich: Vec<(Day, i32, u32, String)>,
}

impl Clock {
    /// Looks at a value; `published` where it tells a day of publication, with its line.
    pub(super) fn note(&mut self, value: &str, published: Option<(Day, u32)>) {
        let Some((minute, offset)) = time_of(value.trim()) else { return };
        if offset != 0 {
            self.offset.get_or_insert(offset);
        } else if let Some((day, line)) = published
            && self.greenwich.len() < 4
            && day.day > 0
        {
            self.greenwich.push((day, minute, line, value.trim().chars().take(120).collect()));
        }
    }

    /// What the clocks tell.
    pub(super) fn witnesses(&self, address: Option<&str>, out: &mut Vec<Witness>) {
        let offset = self.offset.or_else(|| address.and_then(zone));
        for (day, minute, line, value) in &self.greenwich {
            let mut add = |kind, days: i64| {
                if let Some(day) = day.beside(days) {
                    out.push(Witness { kind, day, value: value.clone(), line: *line });
                }
            };
            // Midnight is no time but a day without one.
            if *minute == 0 {
                continue;
            }
            if let Some(offset) = offset {
                add(Kind::ZoneLocal, i64::from((minute + offset).div_euclid(DAY)));
            } else if *minute < 10 * 60 {
                add(Kind::ZoneBeside, -1);
            } else if *minute >= 11 * 60 {
                add(Kind::ZoneBeside, 1);
            }
        }
    }
}

/// The minutes before Greenwich of the country of an address.
fn zone(address: &str) -> Option<i32> {
    let host = address.split("://").nth(1)?.split(['/', '?', '#', ':']).next()?;
    ZONES.get(host.rsplit('.').next()?).copied()
}

/// The minute of the day and the minutes before Greenwich of a time as machines write it.
fn time_of(value: &str) -> Option<(i32, i32)> {
    if value.bytes().all(|b| b.is_ascii_digit()) {
        let seconds: i64 = match value.len() {
            10 => value.parse().ok()?,
            13 => value.parse::<i64>().ok()? / 1000,
            _ => return None,
        };
        return Some((i32::try_from(seconds.rem_euclid(86_400) / 60).ok()?, 0));
    }
    let (_, time) = value.split_once(['T', ' '])?;
    let number = |text: Option<&str>| text?.parse::<i32>().ok();
    let (hour, minute) = (number(time.get(0..2))?, number(time.get(3..5))?);
    if time.get(2..3)? != ":" || hour > 23 || minute > 59 {
        return None;
    }
    let minute = hour * 60 + minute;
    let rest =
        time.get(5..)?.trim_start_matches(|c: char| matches!(c, ':' | '.' | ' ') || c.is_ascii_digit());
    let sign = match rest.chars().next()? {
        'Z' => return Some((minute, 0)),
        '+' => 1,
        '-' | '−' => -1,
        _ => return None,
    };
    let digits: String = rest.chars().skip(1).filter(char::is_ascii_digit).collect();
    let (hours, minutes) = (number(digits.get(0..2))?, number(digits.get(2..4)).unwrap_or(0));
    (hours <= 14 && minutes < 60).then_some((minute, sign * (hours * 60 + minutes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        for (value, want) in [
            ("2021-12-03T02:10:00Z", Some((130, 0))),
            ("2021-12-03T02:10:00.000+00:00", Some((130, 0))),
            ("2021-12-03 02:10:00 -0500", Some((130, -300))),
            ("2021-12-03T02:10+03:30", Some((130, 210))),
            ("1638489600", Some((0, 0))),
            ("2021-12-03", None),
            ("2021-12-03T02:10:00", None),
            ("T", None),
            ("2021-12-03Tب:10Z", None),
        ] {
            assert_eq!(time_of(value), want, "{value}");
        }
        assert!(ZONES.len() > 20 && ZONES.values().all(|m| m.abs() <= 14 * 60));
    }

    #[test]
    fn the_evening_before_in_america() {
        let day = crate::published::machine_day("2021-12-03");
        let mut clock = Clock::default();
        clock.note("2021-12-03T02:10:00Z", day.map(|d| (d, 7)));
        let mut out = Vec::new();
        clock.witnesses(Some("https://example.ca/x"), &mut out);
        assert_eq!(out.first().map(|w| w.day.to_string()).as_deref(), Some("2021-12-02"));
        clock.note("2021-12-03T02:10:00+03:00", None);
        out.clear();
        clock.witnesses(Some("https://example.ca/x"), &mut out);
        assert_eq!(
            out.first().map(|w| (w.kind, w.day.to_string())),
            Some((Kind::ZoneLocal, "2021-12-03".to_owned()))
        );
    }
}
