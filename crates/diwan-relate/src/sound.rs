//! The sound of a word in any script, coarse enough that a name meets its transliteration.
//!
//! Consonants fall into classes that languages confuse when they write each other's names; vowels are left out.
//! One word may have several sounds (`g` is غ, ج or گ; `c` is ك or س), so that each is tried.

/// The sounds of a word in strong normal form: consonant classes as text, at least two of them; none for short words.
pub fn sounds(word: &str) -> Vec<String> {
    let latin = word.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
    let mut out = Vec::new();
    if latin {
        for soft in [false, true] {
            out.push(squeeze(latin_classes(word, soft)));
        }
    } else if word.chars().any(is_arabic) {
        out.push(squeeze(word.chars().filter_map(arabic_class).collect()));
        let bare = without_clitics(word);
        if bare != word {
            out.push(squeeze(bare.chars().filter_map(arabic_class).collect()));
        }
    }
    out.retain(|s| s.len() >= 2);
    out.sort();
    out.dedup();
    out
}

fn is_arabic(c: char) -> bool {
    ('\u{0620}'..='\u{06ff}').contains(&c)
}

/// Doubled classes are one: `ss`, شدّة.
fn squeeze(classes: String) -> String {
    let mut out = String::with_capacity(classes.len());
    for c in classes.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

fn without_clitics(word: &str) -> &str {
    let mut rest = word;
    for clitic in ["و", "ف", "ب", "ك", "ک", "ل", "ال"] {
        if let Some(after) = rest.strip_prefix(clitic)
            && after.chars().count() >= 3
        {
            rest = after;
        }
    }
    rest
}

fn arabic_class(c: char) -> Option<char> {
    Some(match c {
        'ب' | 'پ' => 'p',
        'ت' | 'ط' | 'د' | 'ض' | 'ة' => 't',
        'ث' | 'س' | 'ص' | 'ش' | 'ز' | 'ذ' | 'ظ' | 'ژ' | 'چ' => 's',
        'ج' | 'غ' | 'گ' | 'ق' | 'ك' | 'ک' | 'خ' => 'k',
        'ف' | 'ڤ' => 'f',
        'ل' => 'l',
        'م' => 'm',
        'ن' => 'n',
        'ر' => 'r',
        _ => return None,
    })
}

/// `soft`: `c`, `g`, `j`, `ch`, `v` as the other of their two sounds.
fn latin_classes(word: &str, soft: bool) -> String {
    let letters: Vec<char> = word.chars().map(|c| c.to_ascii_lowercase()).collect();
    let mut out = String::new();
    let mut k = 0;
    while let Some(&c) = letters.get(k) {
        let next = letters.get(k + 1).copied().unwrap_or(' ');
        let mut width = 1;
        match (c, next) {
            ('p', 'h') | ('s', 'h') | ('t', 'h') | ('k', 'h') | ('g', 'h') | ('d', 'h') | ('z', 'h') => {
                width = 2;
                out.push(match c {
                    'p' => 'f',
                    's' | 'z' => 's',
                    't' if soft => 's',
                    't' | 'd' => 't',
                    _ => 'k',
                });
            }
            ('c', 'h') => {
                width = 2;
                out.push(if soft { 's' } else { 'k' });
            }
            ('c', 'e' | 'i' | 'y') => out.push('s'),
            ('b' | 'p', _) => out.push('p'),
            ('t' | 'd', _) => out.push('t'),
            ('s' | 'z', _) => out.push('s'),
            ('x', _) => out.push_str("ks"),
            ('c' | 'k' | 'q' | 'g' | 'j', _) => out.push('k'),
            ('f', _) => out.push('f'),
            ('v', _) if !soft => out.push('f'),
            ('l', _) => out.push('l'),
            ('m', _) => out.push('m'),
            ('n', _) => out.push('n'),
            ('r', _) => out.push('r'),
            _ => {}
        }
        k += width;
    }
    out
}
