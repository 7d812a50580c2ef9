//! The day of a statement: from its record, else from the name of its file or address.

/// Where a day was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayFrom {
    /// The statement's record.
    Record,
    /// The name of its file, or its address.
    Source,
}

/// A day, or a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// `YYYY-MM-DD`, or `YYYY-MM` where only the month is known.
    pub iso: String,
    /// Where it was read.
    pub from: DayFrom,
}

impl Day {
    /// Days since the beginning of the Gregorian count, for differences; the middle of a month where the day is not known.
    pub fn number(&self) -> i64 {
        let mut parts = self.iso.split('-').map(|part| part.parse::<i64>().unwrap_or(0));
        let (year, month, day) = (
            parts.next().unwrap_or(0),
            parts.next().unwrap_or(6).clamp(1, 12),
            parts.next().unwrap_or(15).clamp(1, 31),
        );
        // Counted from March, so that the leap day is the last of its year.
        let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        365 * y + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + (153 * m + 2) / 5 + day - 1
    }
}

/// The day of a statement whose record has `date` and that came from `source`.
///
/// ```
/// use diwan_wording::series::day_of;
/// assert_eq!(day_of(Some("2021-06-28"), "x").unwrap().iso, "2021-06-28");
/// assert_eq!(day_of(None, "corpus/19940204.txt").unwrap().iso, "1994-02-04");
/// assert_eq!(day_of(None, "https://bank.example/2021/03/rate-2021-03-17.html").unwrap().iso, "2021-03-17");
/// assert_eq!(day_of(None, "page-123456789.html"), None);
/// ```
pub fn day_of(date: Option<&str>, source: &str) -> Option<Day> {
    if let Some(date) = date.filter(|date| date.len() >= 4) {
        return Some(Day { iso: date.to_owned(), from: DayFrom::Record });
    }
    // The name of the file says more than the folders round it.
    let mut parts: Vec<&str> = source.split('/').collect();
    let name = parts.pop().unwrap_or("");
    let iso = in_name(name).or_else(|| in_name(source))?;
    Some(Day { iso, from: DayFrom::Source })
}

/// The first day in a name: eight digits that are one, or a year, a month and a day with one sign between them.
fn in_name(name: &str) -> Option<String> {
    let mut runs: Vec<(&str, Option<char>)> = Vec::new();
    let mut rest = name;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let tail = rest.get(start..).unwrap_or("");
        let end = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
        let run = tail.get(..end).unwrap_or("");
        rest = tail.get(end..).unwrap_or("");
        let mut behind = rest.chars();
        let sign = behind.next().filter(|c| matches!(c, '-' | '_' | '/' | '.'));
        let goes_on = sign.filter(|_| behind.next().is_some_and(|c| c.is_ascii_digit()));
        runs.push((run, goes_on));
    }
    let whole = runs.iter().filter(|(run, _)| run.len() == 8);
    let of_whole = whole.filter_map(|(run, _)| day(run.get(..4)?, run.get(4..6)?, run.get(6..)?)).next();
    of_whole.or_else(|| {
        runs.windows(3).find_map(|w| match w {
            [(y, Some(_)), (m, Some(_)), (d, _)] if y.len() == 4 && m.len() <= 2 && d.len() <= 2 => {
                day(y, m, d)
            }
            _ => None,
        })
    })
}

fn day(year: &str, month: &str, day: &str) -> Option<String> {
    let (y, m, d): (u16, u8, u8) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    ((1850..=2150).contains(&y) && (1..=12).contains(&m) && (1..=31).contains(&d))
        .then(|| format!("{y:04}-{m:02}-{d:02}"))
}
