//! Sentences of a paragraph.
//!
//! One pass over the text stops at every mark that may end a sentence and asks what stands before it (an initial, an
//! abbreviation, a number that counts a paragraph) and behind it (a small letter, a quotation mark, a number). What is
//! asked before never looks beyond the beginning of the sentence, so that splitting a sentence gives itself.

mod rules;
mod stop;

use diwan_model::{LanguageTag, Span};

use rules::Rules;
use stop::Stop;

/// The sentences of `text` in order, without the spaces between them.
///
/// A line break ends a sentence unless the next line goes on in small letters or the line ends in a comma. `lang`
/// chooses the abbreviations (`und`: the English ones).
///
/// ```
/// use diwan_model::LanguageTag;
/// let text = "It met. It spoke.";
/// let spans = diwan_text::sentences::sentences(text, &LanguageTag::new("en"));
/// assert_eq!(spans.iter().map(|s| s.of(text)).collect::<Vec<_>>(), ["It met.", "It spoke."]);
/// ```
pub fn sentences(text: &str, lang: &LanguageTag) -> Vec<Span> {
    let rules = Rules::of(lang);
    let mut out = Vec::new();
    let mut start = 0;
    let mut held = 0;
    let mut at = 0;
    while let Some(c) = after(text, at).chars().next() {
        let next = at + c.len_utf8();
        let cut = match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => line_ends(text, start, at).then_some((at, next)),
            '•' | '▪' | '●' | '◦' | '‣' | '■' | '□' | '▫' | '➢' | '➤' | '✓' => {
                (at >= held && bullet_begins(text, start, at, next)).then_some((at, at))
            }
            '(' | '[' | '（' if at >= held && !is_blank(text, start, at) => {
                held = closing(text, at).unwrap_or(held);
                None
            }
            c if stop::is_stop(c) => {
                let stop = Stop::read(text, at, rules);
                if at >= held && stop.ends_sentence(text, start, rules) {
                    Some((stop.end, stop.end))
                } else {
                    at = stop.marks_end;
                    continue;
                }
            }
            _ => None,
        };
        match cut {
            Some((end, resume)) => {
                push(&mut out, text, start, end);
                start = resume;
                at = resume.max(next);
            }
            None => at = next,
        }
    }
    push(&mut out, text, start, text.len());
    out
}

fn after(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or("")
}

fn push(out: &mut Vec<Span>, text: &str, start: usize, end: usize) {
    let part = text.get(start..end).unwrap_or("").trim_matches(is_space);
    if !part.is_empty() {
        out.extend(Span::of_slice(text, part));
    }
}

/// Spaces, and marks that print nothing.
fn is_space(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{61C}')
}

fn is_blank(text: &str, start: usize, at: usize) -> bool {
    text.get(start..at).unwrap_or("").chars().all(|c| is_space(c) || !c.is_alphanumeric())
}

/// Whether the line break at `at` ends the sentence that began at `start`.
fn line_ends(text: &str, start: usize, at: usize) -> bool {
    let before = text.get(start..at).unwrap_or("").trim_end_matches(is_space);
    let rest = after(text, at);
    let next = rest.trim_start_matches(is_space);
    let gap = rest.get(..rest.len() - next.len()).unwrap_or("");
    let breaks = gap.chars().filter(|c| matches!(c, '\n' | '\u{2028}' | '\u{2029}')).count();
    if breaks > 1 || before.is_empty() {
        return true;
    }
    let goes_on = before.ends_with([',', '،', '、', '.'])
        || next.chars().next().is_some_and(char::is_lowercase) && !stop::is_enumerator(next);
    !goes_on
}

/// Whether a bullet at `at` begins an item.
fn bullet_begins(text: &str, start: usize, at: usize, next: usize) -> bool {
    let before = text.get(start..at).unwrap_or("");
    !is_blank(text, start, at)
        && before.ends_with(char::is_whitespace)
        && after(text, next).starts_with(char::is_whitespace)
}

/// Where the bracket opened at `at` is closed on its line; brackets that stay open for long are not brackets.
fn closing(text: &str, at: usize) -> Option<usize> {
    const LONGEST: usize = 600;
    let mut depth = 0_i32;
    for (k, c) in after(text, at).char_indices() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth -= 1,
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(at + k);
        }
        if k > LONGEST {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests;
