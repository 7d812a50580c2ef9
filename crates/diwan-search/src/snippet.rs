//! The words of a sentence round what was found.

use diwan_model::Span;

/// A part of a text with its highlights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// Runs of the text in order, and whether each was found.
    pub runs: Vec<(String, bool)>,
    /// Whether text was left out before.
    pub cut_before: bool,
    /// Whether text was left out after.
    pub cut_after: bool,
}

/// At most about `width` characters of `text` round the place with the most of `highlights` (sorted, apart),
/// cut between words.
///
/// ```
/// use diwan_model::Span;
/// let text = "the water of the lake";
/// let found = [Span::new(text, 4, 9).unwrap()];
/// let snippet = diwan_search::snippet(text, &found, 100);
/// assert_eq!(snippet.runs, [("the ".into(), false), ("water".into(), true), (" of the lake".into(), false)]);
/// ```
pub fn snippet(text: &str, highlights: &[Span], width: usize) -> Snippet {
    let window = window(text, highlights, width);
    let mut runs: Vec<(String, bool)> = Vec::new();
    let mut at = window.start();
    let mut push = |from: usize, to: usize, found: bool| {
        if let Some(run) = text.get(from..to).filter(|r| !r.is_empty()) {
            runs.push((run.to_owned(), found));
        }
    };
    for span in highlights.iter().filter(|s| window.contains(**s) && !s.is_empty()) {
        push(at, span.start(), false);
        push(span.start().max(at), span.end(), true);
        at = at.max(span.end());
    }
    push(at, window.end(), false);
    Snippet { runs, cut_before: window.start() > 0, cut_after: window.end() < text.len() }
}

/// The bytes of the best window, on boundaries of words.
fn window(text: &str, highlights: &[Span], width: usize) -> Span {
    let whole = Span::whole(text);
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    if ends.len() <= width + 1 {
        return whole;
    }
    let index = |byte: usize| ends.partition_point(|at| *at < byte);
    let counted = |from: usize| {
        highlights.iter().filter(|s| index(s.start()) >= from && index(s.end()) <= from + width).count()
    };
    let lead = width / 5;
    let start = highlights
        .iter()
        .map(|s| index(s.start()).saturating_sub(lead))
        .map(|from| (counted(from), std::cmp::Reverse(from)))
        .max()
        .map_or(0, |(_, from)| from.0)
        .min(ends.len() - 1 - width);
    let byte = |k: usize| ends.get(k).copied().unwrap_or(text.len());
    let mut from = byte(start);
    let mut to = byte(start + width);
    if from > 0 {
        from += text.get(from..to).and_then(|t| t.find(char::is_whitespace)).map_or(0, |k| k + 1);
    }
    if to < text.len() {
        to = text.get(from..to).and_then(|t| t.rfind(char::is_whitespace)).map_or(to, |k| from + k);
    }
    // What the trimming would cut off or out is put back.
    let (rough_from, rough_to) = (byte(start), byte(start + width));
    for span in highlights.iter().filter(|s| s.start() < rough_to && s.end() > rough_from) {
        from = from.min(span.start());
        to = to.max(span.end());
    }
    let start = text.get(from..).map_or(from, |t| from + t.len() - t.trim_start().len());
    Span::new(text, start.min(to), to).unwrap_or(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn runs_are_the_text(text in "[ابت a-c ]{0,80}", at in 0usize..40, width in 5usize..60) {
            let spans: Vec<Span> = text.char_indices().nth(at)
                .and_then(|(k, c)| Span::new(&text, k, k + c.len_utf8())).into_iter().collect();
            let cut = snippet(&text, &spans, width);
            let joined: String = cut.runs.iter().map(|(r, _)| r.as_str()).collect();
            proptest::prop_assert!(text.contains(&joined));
            if !spans.is_empty() && !text.trim().is_empty() {
                proptest::prop_assert!(cut.runs.iter().any(|(_, found)| *found) || spans[0].of(&text) == " ");
            }
        }
    }
}
