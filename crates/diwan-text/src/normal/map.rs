//! The map of a normal form: runs that moved together, not a number for each byte.

use diwan_model::Span;

/// A normal form of a text, with its map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normal {
    /// The normal form.
    pub text: String,
    runs: Vec<Run>,
    printed_len: u32,
}

/// From `normal` on, the text came from `printed` on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    normal: u32,
    printed: u32,
    /// Whether every character has as many bytes as where it came from, so that offsets inside map by adding.
    even: bool,
}

impl Normal {
    /// The characters of the printed text that `span` (of the normal form) came from. Marks, joiners and tatweel
    /// that were dropped after a letter belong to it.
    ///
    /// `None` only where `span` is not a span of this normal form.
    pub fn printed(&self, printed: &str, span: Span) -> Option<Span> {
        let start = self.printed_start(span.start())?;
        let end = if span.is_empty() { start } else { self.printed_end(span.end())? };
        Span::new(printed, start, end.max(start))
    }

    /// Where the characters of the printed text's `span` stand in the normal form; empty where all were dropped.
    pub fn normal(&self, span: Span) -> Option<Span> {
        let start = self.normal_at(span.start(), false)?;
        let end = self.normal_at(span.end(), true)?;
        Span::new(&self.text, start, end.max(start))
    }

    fn printed_start(&self, at: usize) -> Option<usize> {
        let k = self.runs.partition_point(|r| r.normal as usize <= at).checked_sub(1)?;
        let run = self.runs.get(k)?;
        Some(run.printed as usize + if run.even { at - run.normal as usize } else { 0 })
    }

    /// The end of what came before `at`: inside an uneven run its end.
    fn printed_end(&self, at: usize) -> Option<usize> {
        let k = self.runs.partition_point(|r| (r.normal as usize) < at).checked_sub(1)?;
        let run = self.runs.get(k)?;
        let next = self.runs.get(k + 1);
        match next {
            Some(next) if next.normal as usize <= at || !run.even => Some(self.run_end(k)),
            _ if run.even => Some(run.printed as usize + at - run.normal as usize),
            _ => Some(self.printed_len as usize),
        }
    }

    /// Where the printed text of run `k` ends: where the next that is printed later begins.
    fn run_end(&self, k: usize) -> usize {
        let here = self.runs.get(k).map_or(0, |r| r.printed);
        self.runs
            .get(k + 1..)
            .and_then(|rest| rest.iter().find(|r| r.printed > here))
            .map_or(self.printed_len, |r| r.printed) as usize
    }

    fn normal_at(&self, at: usize, end: bool) -> Option<usize> {
        if at > self.printed_len as usize {
            return None;
        }
        // The first run of those that share a printed place.
        let k = self.runs.partition_point(|r| r.printed as usize <= at);
        let Some(k) = k.checked_sub(1) else { return Some(0) };
        let run = self.runs.get(k)?;
        let limit = self.runs.get(k + 1).map_or(self.text.len(), |r| r.normal as usize);
        let inside = at - run.printed as usize;
        if inside == 0 {
            let first = self.runs.partition_point(|r| r.printed < run.printed);
            return self.runs.get(first).map(|r| r.normal as usize);
        }
        let mut to = if run.even { (run.normal as usize + inside).min(limit) } else { limit };
        if !end && !run.even {
            to = limit;
        }
        to = to.min(self.text.len());
        while !self.text.is_char_boundary(to) {
            to += 1;
        }
        Some(to)
    }
}

/// What is told where each character of a normal form came from.
pub(super) trait Track {
    /// The character at `normal` came from `printed`; `even`: with as many bytes.
    fn at(&mut self, normal: usize, printed: usize, even: bool);
    /// The last character, at `normal` and `len` bytes long, changed its length.
    fn widen(&mut self, normal: usize, len: usize);
    /// The normal form ends here, and what it came from at `printed`.
    fn finish(&mut self, normal: usize, printed: usize);
}

/// Keeps no map.
pub(super) struct NoMap;

impl Track for NoMap {
    #[inline]
    fn at(&mut self, _: usize, _: usize, _: bool) {}
    fn widen(&mut self, _: usize, _: usize) {}
    fn finish(&mut self, _: usize, _: usize) {}
}

/// Keeps runs.
#[derive(Default)]
pub(super) struct Runs {
    runs: Vec<Run>,
    even: bool,
    shift: i64,
}

impl Runs {
    fn open(&mut self, normal: usize, printed: usize, even: bool) {
        self.even = even;
        self.shift = printed as i64 - normal as i64;
        self.runs.push(Run { normal: normal as u32, printed: printed as u32, even });
    }

    pub(super) fn into_normal(self, text: String, printed: &str) -> Normal {
        Normal { text, runs: self.runs, printed_len: u32::try_from(printed.len()).unwrap_or(u32::MAX) }
    }
}

impl Track for Runs {
    #[inline]
    fn at(&mut self, normal: usize, printed: usize, even: bool) {
        if even && self.even && self.shift == printed as i64 - normal as i64 && !self.runs.is_empty() {
            return;
        }
        self.open(normal, printed, even);
    }

    fn widen(&mut self, normal: usize, _len: usize) {
        let Some(run) = self.runs.last().copied() else { return };
        if run.normal as usize == normal {
            if let Some(run) = self.runs.last_mut() {
                run.even = false;
            }
            self.even = false;
        } else {
            // The letter stood inside an even run: it becomes a run of its own.
            let printed = run.printed as usize + if run.even { normal - run.normal as usize } else { 0 };
            self.open(normal, printed, false);
        }
    }

    fn finish(&mut self, normal: usize, printed: usize) {
        self.open(normal, printed, false);
    }
}
