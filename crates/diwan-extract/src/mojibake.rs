//! Text that was decoded with the wrong table, and saved so: undone where that can be done without guessing.
//!
//! Two kinds occur. UTF-8 that was read as windows-1252 (`Ø¨ÙŠØ§Ù†`, `Itâ€™s`): each character was two or three, and only
//! very few texts have such sequences by chance. And a legacy encoding read as windows-1252 (`ÈíÇä`): there every word is made
//! of accented letters alone, which no language does.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, WINDOWS_1252};

/// What was undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The encoding that the text was in before it was read as windows-1252, by its WHATWG name.
    pub encoding: &'static str,
    /// In how many lines.
    pub lines: usize,
    /// The first of them: its number (from 1), a piece as it stood, and as it is now.
    pub first: (u32, String, String),
}

/// How many words of one script are enough evidence.
const ENOUGH_WORDS: usize = 5;

/// The text without mojibake; `None` where there is none.
pub(crate) fn undo(text: &str) -> Option<(String, Undone)> {
    // Most pages are spared a closer look: these letters begin every case.
    if !has_latin_letter(text) {
        return None;
    }
    undo_utf8(text).or_else(|| undo_legacy(text))
}

/// The byte with which UTF-8 begins the letters U+00C0 to U+00FF: a quick look at a line, before its characters are read.
const LATIN_LEAD: u8 = 0xC3;

/// Whether a text may hold a letter from U+00C0 to U+00FF.
fn has_latin_letter(text: &str) -> bool {
    text.as_bytes().contains(&LATIN_LEAD)
}

/// Whether a line may hold a sequence: a letter that begins one, and after it a character that goes on with it.
fn has_sequence(line: &str) -> bool {
    let mut rest = line;
    while let Some(at) = rest.as_bytes().iter().position(|b| *b == LATIN_LEAD) {
        let mut after = rest.get(at..).unwrap_or("").chars();
        after.next();
        rest = after.as_str();
        if after.next().and_then(byte).is_some_and(|b| (0x80..0xC0).contains(&b)) {
            return true;
        }
    }
    false
}

/// The byte that windows-1252 has for a character that is no ASCII.
fn byte(c: char) -> Option<u8> {
    Some(match c {
        '\u{80}'..='\u{FF}' => u8::try_from(u32::from(c)).ok()?,
        '€' => 0x80,
        '‚' => 0x82,
        'ƒ' => 0x83,
        '„' => 0x84,
        '…' => 0x85,
        '†' => 0x86,
        '‡' => 0x87,
        'ˆ' => 0x88,
        '‰' => 0x89,
        'Š' => 0x8A,
        '‹' => 0x8B,
        'Œ' => 0x8C,
        'Ž' => 0x8E,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        '˜' => 0x98,
        '™' => 0x99,
        'š' => 0x9A,
        '›' => 0x9B,
        'œ' => 0x9C,
        'ž' => 0x9E,
        'Ÿ' => 0x9F,
        _ => return None,
    })
}

/// One line with every sequence undone that can be, and the evidence for and against.
struct Line {
    text: String,
    good: usize,
    bad: usize,
}

fn line_of(line: &str) -> Line {
    let mut out = Line { text: String::with_capacity(line.len()), good: 0, bad: 0 };
    let chars: Vec<char> = line.chars().collect();
    let mut rest = chars.as_slice();
    while let Some((first, after)) = rest.split_first() {
        match sequence(rest) {
            Some((c, length)) => {
                out.text.push(c);
                // Three in a row hardly ever come about by chance.
                out.good += if length > 2 { 2 } else { 1 };
                rest = rest.get(length..).unwrap_or(&[]);
            }
            None => {
                out.bad += usize::from(byte(*first).is_some_and(|b| b >= 0xC0));
                out.text.push(*first);
                rest = after;
            }
        }
    }
    out
}

/// The character that the sequence at the beginning was, and of how many it was made.
fn sequence(chars: &[char]) -> Option<(char, usize)> {
    let lead = byte(*chars.first()?)?;
    let length = match lead {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let bytes: Option<Vec<u8>> = chars.get(..length)?.iter().map(|c| byte(*c)).collect();
    let c = std::str::from_utf8(&bytes?).ok()?.chars().next()?;
    // What comes out is a letter, a sign of its script or punctuation, or a step on the way of a text that went through it
    // twice; not a rarity.
    let likely = c.is_alphanumeric()
        || matches!(c, '\u{80}'..='\u{BF}' | '\u{60C}'..='\u{6ED}' | '\u{900}'..='\u{DFF}' | '\u{2000}'..='\u{20CF}')
        || matches!(c, '\u{2190}'..='\u{26FF}' | '\u{FD3E}'..='\u{FEFF}' | '\u{1F300}'..='\u{1FAFF}');
    likely.then_some((c, length))
}

fn undo_utf8(text: &str) -> Option<(String, Undone)> {
    if !has_sequence(text) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut undone: Option<Undone> = None;
    for (line, n) in text.split_inclusive('\n').zip(1..) {
        if !has_sequence(line) {
            out.push_str(line);
            continue;
        }
        let mut found = line_of(line);
        if found.good < 2 || found.good <= 2 * found.bad {
            out.push_str(line);
            continue;
        }
        // Some texts went through it twice.
        let again = line_of(&found.text);
        if again.good >= 2 && again.good > 2 * again.bad {
            found.text = again.text;
        }
        match &mut undone {
            Some(undone) => undone.lines += 1,
            None => {
                let first = (n, piece(line), piece_of(&found.text, line));
                undone = Some(Undone { encoding: "UTF-8", lines: 1, first });
            }
        }
        out.push_str(&found.text);
    }
    undone.map(|undone| (out, undone))
}

/// Whether a character is one that a wrongly read legacy text is made of.
fn is_high(c: char) -> bool {
    byte(c).is_some()
}

fn undo_legacy(text: &str) -> Option<(String, Undone)> {
    let (mut pure, mut mixed) = (0, 0);
    let lines = text.split_inclusive('\n').filter(|line| has_latin_letter(line));
    let parts = |c: char| c.is_whitespace() || c.is_ascii_punctuation() || c.is_ascii_digit();
    for word in lines.flat_map(|line| line.split(parts)).filter(|word| has_latin_letter(word)) {
        let high = word.chars().filter(|c| is_high(*c)).count();
        let letters = word.chars().filter(|c| matches!(c, '\u{C0}'..='\u{FF}')).count();
        if high == word.chars().count() && letters >= 2 {
            pure += 1;
        } else if high > 0 && letters > 0 {
            mixed += 1;
        }
    }
    if pure < ENOUGH_WORDS || pure < 4 * mixed {
        return None;
    }
    let bytes: Vec<u8> = text
        .chars()
        .filter_map(|c| if c.is_ascii() { u8::try_from(u32::from(c)).ok() } else { byte(c) })
        .collect();
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    if encoding == WINDOWS_1252 || !encoding.is_single_byte() {
        return None;
    }
    let mut undone: Option<Undone> = None;
    let mut out = String::with_capacity(text.len() * 2);
    for (line, n) in text.split_inclusive('\n').zip(1..) {
        let new = legacy_line(line, encoding)?;
        if new != line {
            match &mut undone {
                Some(undone) => undone.lines += 1,
                None => {
                    let first = (n, piece(line), piece_of(&new, line));
                    undone = Some(Undone { encoding: encoding.name(), lines: 1, first });
                }
            }
        }
        out.push_str(&new);
    }
    // The letters that come out are of a script that is not Latin: else nothing is won.
    let (other, latin) = out
        .chars()
        .filter(|c| c.is_alphabetic() && !c.is_ascii())
        .fold((0, 0), |(o, l), c| if c < '\u{370}' { (o, l + 1) } else { (o + 1, l) });
    undone.filter(|_| other > 9 * latin).map(|undone| (out, undone))
}

fn legacy_line(line: &str, encoding: &'static Encoding) -> Option<String> {
    let mut out = String::with_capacity(line.len() * 2);
    let mut run: Vec<u8> = Vec::new();
    let flush = |run: &mut Vec<u8>, out: &mut String| {
        let decoded = encoding.decode_without_bom_handling_and_without_replacement(run).map(|text| {
            out.push_str(&text);
        });
        run.clear();
        decoded
    };
    for c in line.chars() {
        match byte(c) {
            Some(byte) => run.push(byte),
            None => {
                flush(&mut run, &mut out)?;
                out.push(c);
            }
        }
    }
    flush(&mut run, &mut out)?;
    Some(out)
}

/// The first words that look odd, for a person to see.
fn piece(line: &str) -> String {
    let from = line.find(is_high).unwrap_or(0);
    line.get(from..).unwrap_or(line).chars().take(60).collect::<String>().trim().to_owned()
}

/// The same place in the line as it is now: what stands before it is the same in both.
fn piece_of(new: &str, old: &str) -> String {
    let from = old.find(is_high).unwrap_or(0);
    new.get(from..).unwrap_or(new).chars().take(40).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn spoilt(text: &str, encoding: &'static Encoding) -> String {
        let (bytes, _, unmappable) = encoding.encode(text);
        assert!(!unmappable);
        WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned()
    }

    const ARABIC: &str = "صدر بيان عن المجلس الوزاري في دورته السابعة حول مياه البحيرة";
    const PERSIAN: &str = "بیانیه وزیران پیمان دریاچه درباره چگونگی همکاری پژوهشی";

    #[test]
    fn utf8_read_as_windows_1252_is_undone() {
        for text in [ARABIC, PERSIAN, "«Déclaration conjointe» à l’été – œuvre", "It’s “agreed” – all of it…"]
        {
            let (undone, what) = undo(&spoilt(text, encoding_rs::UTF_8)).unwrap();
            assert_eq!((undone.as_str(), what.encoding), (text, "UTF-8"));
        }
        let twice = spoilt(&spoilt(ARABIC, encoding_rs::UTF_8), encoding_rs::UTF_8);
        assert_eq!(undo(&twice).unwrap().0, ARABIC);
        let mixed = format!("{ARABIC}\nand {}\n{PERSIAN}\n", spoilt(ARABIC, encoding_rs::UTF_8));
        let (undone, what) = undo(&mixed).unwrap();
        assert_eq!(undone, format!("{ARABIC}\nand {ARABIC}\n{PERSIAN}\n"));
        assert_eq!((what.lines, what.first.0), (1, 2));
        assert!(what.first.1.starts_with('Ø') && what.first.2.starts_with('ص'), "{what:?}");
    }

    #[test]
    fn legacy_encodings_read_as_windows_1252_are_undone() {
        for (text, encoding) in [
            (ARABIC, encoding_rs::WINDOWS_1256),
            (
                "Министры договора об озере встретились вчера и выступили с совместным заявлением",
                encoding_rs::WINDOWS_1251,
            ),
        ] {
            let (undone, what) = undo(&spoilt(text, encoding)).unwrap();
            assert_eq!((undone.as_str(), what.encoding), (text, encoding.name()));
        }
    }

    #[test]
    fn what_is_as_it_should_be_stays() {
        for text in [
            "Déclaration conjointe des ministres réunis à Évian, où l’été s’achève : « œuvre »",
            "Die Erklärung der SPÖ» wurde für gültig erklärt. Größe, Äther, ÖVP»",
            "ÀÉÎÕÜ",
            "LA DÉCLARATION À ÊTRE SIGNÉE À ÉVIAN",
            "Ã",
            ARABIC,
            "§ 5 – 10 € «…»",
        ] {
            assert_eq!(undo(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_looked_at(text in "[À-ÿ€-™ -~ا-ي\n]{0,60}") {
            undo(&text);
        }

        #[test]
        fn arabic_never_changes(text in "[ا-ي ]{0,60}") {
            prop_assert_eq!(undo(&text), None);
        }
    }
}
