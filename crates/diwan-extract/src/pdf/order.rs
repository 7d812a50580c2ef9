//! From the order seen to the order read.
//!
//! A PDF keeps letters where they are drawn. A line that holds Arabic and figures is drawn from right to left with the
//! figures from left to right; to be read it must be put back. The Unicode Bidirectional Algorithm (UAX #9) goes from the
//! order read to the order seen and cannot be turned round in general, but a line as seen, taken for a line as read in the
//! same direction, gives the right answer almost always. Where showing that answer would not give the line
//! that is seen, other readings of the marks between figures are tried.

use icu_properties::CodePointMapData;
use icu_properties::props::{BidiMirroringGlyph, BidiPairedBracketType};
use unicode_bidi::{BidiClass, BidiInfo, Level};

use super::glyphs::Unit;

/// Whether most letters run from right to left; `None` without letters.
pub(crate) fn direction(text: impl Iterator<Item = char>) -> Option<bool> {
    let (mut right, mut left) = (0_usize, 0_usize);
    for c in text {
        match unicode_bidi::bidi_class(c) {
            BidiClass::R | BidiClass::AL => right += 1,
            BidiClass::L => left += 1,
            _ => {}
        }
    }
    (right + left > 0).then_some(right >= left)
}

/// The share of the letters that run in the direction of fewer of them: 0 to 0.5.
pub(crate) fn share_of_fewer(text: impl Iterator<Item = char>) -> f64 {
    let (mut right, mut left) = (0_u32, 0_u32);
    for c in text {
        match unicode_bidi::bidi_class(c) {
            BidiClass::R | BidiClass::AL => right += 1,
            BidiClass::L => left += 1,
            _ => {}
        }
    }
    f64::from(right.min(left)) / f64::from((right + left).max(1))
}

/// Brackets that close before they open, and those that open and are followed by the same.
pub(crate) fn misplaced_brackets(text: &str) -> usize {
    const PAIRS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('«', '»'), ('{', '}')];
    let mut faults = 0;
    for (open, close) in PAIRS {
        let mut is_open = false;
        for c in text.chars().filter(|c| *c == open || *c == close) {
            faults += usize::from((c == open) == is_open);
            is_open = c == open;
        }
        faults += usize::from(is_open);
    }
    faults
}

/// The text of a line whose units stand from left to right as given; with `turn`, brackets in runs from right to left are turned.
pub(crate) fn read(units: &[Unit], right_to_left: bool, turn: bool) -> String {
    let mut shown: Vec<char> = units.iter().map(|u| head(&u.text)).collect();
    hold_addresses(&mut shown);
    let level = if right_to_left { Level::rtl() } else { Level::ltr() };
    let plain = order(&shown, level);
    let answer = if shows(&shown, &plain, level) {
        plain
    } else {
        let tried = [joined(&shown, '0'), joined(&shown, '؟')];
        let other = tried.iter().map(|s| order(s, level)).find(|o| shows(&shown, o, level));
        other.unwrap_or(plain)
    };
    let mut out = String::new();
    for (k, turned) in answer {
        let Some(unit) = units.get(k) else { continue };
        match (turn && turned && !unit.told).then(|| mirrored(&unit.text)).flatten() {
            Some(other) => out.push(other),
            None => out.push_str(&unit.text),
        }
    }
    out
}

/// A mark at the end of an address belongs to it: the address goes on in the next line, and the direction of its marks was
/// settled before the line was broken (UAX #9, L1).
fn hold_addresses(shown: &mut [char]) {
    let text: String = shown.iter().collect();
    let mut from = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if word.contains("://") {
            let marks = shown.iter_mut().skip(from).take(length).rev();
            let marks = marks.take_while(|c| matches!(c, '-' | '/' | '_' | '?' | '&' | '=' | '.'));
            marks.for_each(|c| *c = 'a');
        }
        from += length + 1;
    }
}

/// The letter that stands for a unit: the first that is no mark.
fn head(text: &str) -> char {
    let class = |c: &char| unicode_bidi::bidi_class(*c);
    text.chars().find(|c| !matches!(class(c), BidiClass::NSM | BidiClass::BN)).unwrap_or('\u{FFFC}')
}

/// The order of the line, each place with whether it runs from right to left.
fn order(shown: &[char], base: Level) -> Vec<(usize, bool)> {
    let levels = levels(shown, base);
    BidiInfo::reorder_visual(&levels)
        .into_iter()
        .map(|k| (k, levels.get(k).is_some_and(Level::is_rtl)))
        .collect()
}

/// A level for each letter.
fn levels(letters: &[char], base: Level) -> Vec<Level> {
    let text: String = letters.iter().map(|c| if is_break(*c) { ' ' } else { *c }).collect();
    let info = BidiInfo::new(&text, Some(base));
    let Some(paragraph) = info.paragraphs.first() else { return vec![base; letters.len()] };
    let by_byte = info.reordered_levels(paragraph, paragraph.range.clone());
    text.char_indices().map(|(at, _)| by_byte.get(at).copied().unwrap_or(base)).collect()
}

fn is_break(c: char) -> bool {
    unicode_bidi::bidi_class(c) == BidiClass::B
}

/// Whether the line, read in this order, would be shown as it is seen.
fn shows(shown: &[char], order: &[(usize, bool)], base: Level) -> bool {
    let read: Vec<char> = order.iter().filter_map(|(k, _)| shown.get(*k).copied()).collect();
    let levels = levels(&read, base);
    let seen = BidiInfo::reorder_visual(&levels);
    seen.iter().filter_map(|k| order.get(*k)).map(|(k, _)| *k).eq(0..shown.len())
}

/// The line with every mark between two figures taken for `instead`.
fn joined(shown: &[char], instead: char) -> Vec<char> {
    let figure = |c: Option<&char>| {
        c.is_some_and(|c| matches!(unicode_bidi::bidi_class(*c), BidiClass::EN | BidiClass::AN))
    };
    let mark = |c: char| {
        matches!(unicode_bidi::bidi_class(c), BidiClass::ES | BidiClass::CS | BidiClass::ET | BidiClass::ON)
    };
    (0..shown.len())
        .filter_map(|k| {
            let c = *shown.get(k)?;
            let between = k > 0 && figure(shown.get(k - 1)) && figure(shown.get(k + 1));
            Some(if between && mark(c) { instead } else { c })
        })
        .collect()
}

/// The bracket that is meant by one seen in a run from right to left.
fn mirrored(text: &str) -> Option<char> {
    let mut chars = text.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return None };
    let glyph: BidiMirroringGlyph = CodePointMapData::<BidiMirroringGlyph>::new().get(c);
    let bracket =
        glyph.paired_bracket_type != BidiPairedBracketType::None || matches!(c, '«' | '»' | '<' | '>');
    glyph.mirroring_glyph.filter(|_| glyph.mirrored && bracket)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A line as it is seen: each letter a unit, from left to right.
    fn seen(read: &str, right_to_left: bool) -> Vec<Unit> {
        let letters: Vec<char> = read.chars().collect();
        let base = if right_to_left { Level::rtl() } else { Level::ltr() };
        let levels = levels(&letters, base);
        let unit = |(n, k): (usize, usize)| {
            let c = letters[k];
            let shown = if levels[k].is_rtl() { mirrored(&c.to_string()).unwrap_or(c) } else { c };
            Unit {
                text: shown.to_string(),
                told: false,
                left: n as f64,
                right: n as f64 + 1.0,
                base: 0.0,
                size: 1.0,
            }
        };
        BidiInfo::reorder_visual(&levels).into_iter().enumerate().map(unit).collect()
    }

    #[test]
    fn lines_are_read_back() {
        for (line, right_to_left) in [
            ("اجتمع المجلس في 3/12/2021 (الأربعاء) بحضور 84 عضوا.", true),
            ("اجتمع في ٣/١٢/٢٠٢١ وناقش القرار ٢١٧٠ (٢٠١٤).", true),
            ("نشست در ۱۴۰۰/۹/۱۲ با «گروه کوچک» برگزار شد.", true),
            ("قرار NATO رقم 12-5 بشأن EU AM و 4.5% منه", true),
            ("The council (المجلس) met on 3 December 2021.", false),
            ("موقع https://example.org/a-b?c=1 الرسمي", true),
            ("خلال ٢٠١٩-٢٠٢١", true),
            ("", true),
        ] {
            assert_eq!(read(&seen(line, right_to_left), right_to_left, true), line);
        }
    }

    #[test]
    fn an_address_keeps_the_mark_at_its_end() {
        // The address is broken after its hyphen, and the hyphen is shown beside it.
        let units: Vec<Unit> = "https://a.example/b- :طبارلا"
            .chars()
            .enumerate()
            .map(|(n, c)| Unit {
                text: c.to_string(),
                told: false,
                left: n as f64,
                right: n as f64 + 1.0,
                base: 0.0,
                size: 1.0,
            })
            .collect();
        assert_eq!(read(&units, true, true), "الرابط: https://a.example/b-");
    }

    proptest! {
        #[test]
        fn every_unit_is_read_once(line in "[a-c ا-ث0-2٠-٢()./ -]{0,40}", right in any::<bool>()) {
            let units = seen(&line, right);
            let mut all: Vec<char> = read(&units, right, true).chars().collect();
            let mut want: Vec<char> = line.chars().collect();
            // A bracket may be turned, never lost.
            let same = |c: &mut char| if *c == ')' { *c = '(' };
            all.iter_mut().for_each(same);
            want.iter_mut().for_each(same);
            all.sort_unstable();
            want.sort_unstable();
            prop_assert_eq!(all, want);
        }
    }
}
