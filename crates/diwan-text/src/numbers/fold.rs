//! One word's folded form: what two spellings of a word have in common.
//!
//! Lighter than the strong normal form and made for one purpose, the look-up of known words: case, diacritics,
//! vowel signs, ZWNJ, tatweel and the letters that Arabic and Persian write alike are folded away.

use std::sync::LazyLock;

use icu_normalizer::properties::{CanonicalDecompositionBorrowed, Decomposed};

/// The base letter of each Latin, Greek and Cyrillic character below U+0530 and of U+1E00 to U+1FFF, lower case.
static BASE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let decomposition = CanonicalDecompositionBorrowed::new();
    let base = |mut c: char| {
        while let Decomposed::Expansion(first, _) | Decomposed::Singleton(first) = decomposition.decompose(c)
        {
            c = first;
        }
        let lower = c.to_lowercase().next().unwrap_or(c);
        match lower {
            'ø' => 'o',
            'ł' => 'l',
            'đ' | 'ð' => 'd',
            'ı' => 'i',
            'ς' => 'σ',
            'ß' => 's',
            other => other,
        }
    };
    (0..0x530_u32).chain(0x1E00..0x2000).map(|code| char::from_u32(code).map_or('\u{FFFD}', base)).collect()
});

/// Whether `c` belongs to a word: a letter, a mark on one, or a joiner inside one.
pub(crate) fn in_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    // Arabic letters and marks first: the property takes a search.
    if matches!(c, '\u{0620}'..='\u{065F}' | '\u{066E}'..='\u{06D3}' | '\u{06D5}') {
        return true;
    }
    c.is_alphabetic() && !is_lone(c)
        || matches!(c,
            '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0487}' | '\u{0591}'..='\u{05C7}' | '\u{05F3}' | '\u{05F4}'
            | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06ED}' | '\u{0900}'..='\u{0903}'
            | '\u{093A}'..='\u{094F}' | '\u{0962}'..='\u{0963}' | '\u{0981}'..='\u{09CD}' | '\u{0E31}'..='\u{0E3A}'
            | '\u{0E47}'..='\u{0E4E}' | '\u{200C}' | '\u{200D}')
}

/// Whether `c` is a word by itself: a Han character, a sign of currency, of degree or of an ordinal.
pub(crate) fn is_lone(c: char) -> bool {
    matches!(c,
        '°' | 'º' | 'ª' | '№' | '$' | '€' | '£' | '¥' | '₽' | '₺' | '₹' | '%' | '٪' | '²' | '³'
        | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FA1F}')
}

/// Whether `c` only steers direction or is otherwise invisible, and stands between tokens as if it were not there.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{061C}')
}

/// The decimal value of a digit of any script that official texts use.
pub(crate) fn digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let zero = match c {
        '\u{0660}'..='\u{0669}' => 0x0660,
        '\u{06F0}'..='\u{06F9}' => 0x06F0,
        '\u{0966}'..='\u{096F}' => 0x0966,
        '\u{09E6}'..='\u{09EF}' => 0x09E6,
        '\u{0E50}'..='\u{0E59}' => 0x0E50,
        '\u{FF10}'..='\u{FF19}' => 0xFF10,
        _ => return None,
    };
    Some(u32::from(c) - zero)
}

/// The letters that one letter folds to: none for what is dropped.
fn letter(c: char) -> Option<char> {
    Some(match c {
        'a'..='z' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        '\u{0300}'..='\u{036F}'
        | '\u{0483}'..='\u{0487}'
        | '\u{0591}'..='\u{05C7}'
        | '\u{05F3}'
        | '\u{05F4}'
        | '\u{0640}'
        | '\u{064B}'..='\u{065F}'
        | '\u{0670}'
        | '\u{06D6}'..='\u{06ED}'
        | '\u{200C}'
        | '\u{200D}'
        | '\u{02B9}'..='\u{02BF}'
        | 'ء' => return None,
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ي' | 'ئ' | 'ې' | 'ۍ' | 'ێ' | 'ے' | 'ۓ' => 'ی',
        'ك' => 'ک',
        'ة' | 'ۀ' | 'ە' | 'ہ' | 'ھ' | 'ۃ' | 'ۂ' => 'ه',
        'ؤ' | 'ۆ' => 'و',
        'ڕ' => 'ر',
        'ڵ' => 'ل',
        'ګ' => 'گ',
        '\u{0080}'..='\u{052F}' => BASE.get(c as usize).copied().unwrap_or(c),
        '\u{1E00}'..='\u{1FFF}' => BASE.get(c as usize - 0x1E00 + 0x530).copied().unwrap_or(c),
        '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => presentation(c),
        other => other,
    })
}

/// The plain letter of an Arabic presentation form.
fn presentation(c: char) -> char {
    let plain = icu_normalizer::ComposingNormalizerBorrowed::new_nfkc();
    let mut buffer = [0; 4];
    let folded = plain.normalize(c.encode_utf8(&mut buffer));
    folded.chars().next().and_then(|p| if p == c { Some(c) } else { letter(p) }).unwrap_or(c)
}

/// Writes the folded form of `word` into `out`, which is emptied first. A word of which nothing is left stays as it is.
pub(crate) fn fold_into(word: &str, out: &mut String) {
    out.clear();
    out.extend(word.chars().filter_map(letter));
    if out.is_empty() {
        out.push_str(word);
    }
}

/// The byte of `word` at which its first `letters` folded letters end.
pub(crate) fn split_after(word: &str, letters: usize) -> usize {
    let mut left = letters;
    for (at, c) in word.char_indices() {
        if letter(c).is_some() {
            if left == 0 {
                return at;
            }
            left -= 1;
        }
    }
    word.len()
}
