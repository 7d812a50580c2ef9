//! What a person typed, read so that it can never fail.
//!
//! Words; `"words in this order"` (also «…» and “…”); `=word` and `="words"` for exactly these letters; `-word`
//! for a word that must not occur. An open quotation mark, a lone sign or an empty query mean nothing special.

use crate::LONGEST_QUERY;

/// More words than this are not searched for.
const MOST_WORDS: usize = 48;

/// One thing that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Clause {
    /// Words in any order.
    Words(String),
    /// Words in this order; `exact`: with exactly these letters.
    Phrase { text: String, exact: bool },
    /// A word that must not occur.
    Without(String),
}

fn closing(open: char) -> Option<char> {
    match open {
        '"' => Some('"'),
        '«' => Some('»'),
        '“' | '„' => Some('”'),
        '‹' => Some('›'),
        _ => None,
    }
}

/// The clauses of a typed query, in order.
pub(crate) fn parse(typed: &str) -> Vec<Clause> {
    let typed: String = typed.chars().take(LONGEST_QUERY).collect();
    let mut out: Vec<Clause> = Vec::new();
    let mut words = 0;
    let mut rest = typed.trim_start();
    while let (Some(first), true) = (rest.chars().next(), words < MOST_WORDS) {
        words += 1;
        let exact = first == '=';
        let body = if exact { rest.get(1..).unwrap_or("") } else { rest };
        let quoted = body.chars().next().and_then(|open| {
            let inner = body.get(open.len_utf8()..)?;
            let (text, after) = inner.split_once(closing(open)?)?;
            Some((text, after))
        });
        if let Some((text, after)) = quoted {
            let text: Vec<&str> = text.split_whitespace().take(MOST_WORDS).collect();
            if !text.is_empty() {
                out.push(Clause::Phrase { text: text.join(" "), exact });
            }
            rest = after.trim_start();
            continue;
        }
        let end = body.find(char::is_whitespace).unwrap_or(body.len());
        let (word, after) = body.split_at_checked(end).unwrap_or((body, ""));
        rest = after.trim_start();
        let without =
            word.strip_prefix(['-', '−']).filter(|w| w.chars().next().is_some_and(char::is_alphanumeric));
        match (exact, without, out.last_mut()) {
            (true, ..) => out.push(Clause::Phrase { text: word.to_owned(), exact: true }),
            (_, Some(word), _) => out.push(Clause::Without(word.to_owned())),
            (_, None, Some(Clause::Words(text))) => {
                text.push(' ');
                text.push_str(word);
            }
            _ => out.push(Clause::Words(word.to_owned())),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Clause {
        Clause::Words(text.to_owned())
    }

    #[test]
    fn what_is_typed_is_read() {
        let phrase = |text: &str, exact| Clause::Phrase { text: text.to_owned(), exact };
        assert_eq!(parse("  water of the lake "), [words("water of the lake")]);
        assert_eq!(parse("\"the lake\" water"), [phrase("the lake", false), words("water")]);
        assert_eq!(parse("«بيان صحفي»"), [phrase("بيان صحفي", false)]);
        assert_eq!(parse("=Lake =\"The Lake\""), [phrase("Lake", true), phrase("The Lake", true)]);
        assert_eq!(
            parse("lake -river - 2020-2021"),
            [words("lake"), Clause::Without("river".to_owned()), words("- 2020-2021"),]
        );
        assert_eq!(parse(""), []);
        assert_eq!(parse("\"open lake"), [words("\"open lake")]);
    }

    proptest::proptest! {
        #[test]
        fn nothing_typed_fails(text in "\\PC{0,80}") {
            parse(&text);
        }
    }
}
