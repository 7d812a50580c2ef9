//! Names in running text, as well as they can be told without a model.
//!
//! Latin script: runs of capitalised words, with the particles between them. Arabic and Persian have no capitals:
//! there a name is what follows a title of office, and what opens with the word for a ministry, a state, a river.
//! The words are in `data/<lang>/names.toml`. The finder would rather miss a name than make one up.

use diwan_model::{LanguageTag, Span};

use super::knowledge::{Cues, knowledge};
use super::letters::Alphabet;
use super::{NameKind, NameMention};

/// A name after a title has no more words than this where nothing else ends it.
const MOST_AFTER_TITLE: usize = 3;

/// A title has no more words than this.
const LONGEST_TITLE: usize = 4;

/// A word of the text.
struct Token<'a> {
    text: &'a str,
    span: Span,
    folded: String,
    alphabet: Option<Alphabet>,
    /// Printed right after the word before, but for one space.
    close: bool,
    /// The first of a sentence or a line.
    first: bool,
    capital: bool,
}

/// The names of `text` in order; none overlap.
pub(crate) fn find_names(text: &str, lang: &LanguageTag) -> Vec<NameMention> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let name = match token.alphabet {
            Some(Alphabet::Latin) => latin(text, &tokens, at, lang),
            Some(Alphabet::Arabic) => arabic(text, &tokens, at, lang),
            None => None,
        };
        at = match name {
            Some((mention, next)) => {
                found.push(mention);
                next.max(at + 1)
            }
            None => at + 1,
        };
    }
    found
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let known = knowledge();
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut start = None;
    let ends = text.char_indices().map(Some).chain([None]);
    let mut last_end = 0;
    for item in ends {
        let (at, c) = item.unwrap_or((text.len(), ' '));
        let word = start.and_then(|from| text.get(from..at)).unwrap_or("");
        let inside = c.is_alphanumeric() || joins(c) && !elided(word, c);
        match (start, inside) {
            (None, true) if c.is_alphabetic() => start = Some(at),
            (Some(from), false) => {
                start = None;
                let Some(word) = text.get(from..at) else { continue };
                let word = word.trim_end_matches(joins);
                let Some(span) = Span::of_slice(text, word) else { continue };
                let gap = text.get(last_end..from).unwrap_or("");
                let initial = tokens.last().is_some_and(|t| t.text.chars().count() == 1);
                let close = matches!(gap, " " | "\u{a0}" | "\u{202f}" | "\u{2009}" | "-" | "\u{200c}")
                    || initial && matches!(gap.trim_end(), ".") && gap.len() <= 4;
                let mut folded = String::new();
                let mut alphabet = None;
                for letter in word.chars() {
                    alphabet = known.fold_char(letter, &mut folded).or(alphabet);
                }
                let ended = gap.contains(['.', '!', '?', '؟', ':', '\n', '«', '"', '“', '•', '*']);
                tokens.push(Token {
                    text: word,
                    span,
                    folded,
                    alphabet,
                    close,
                    first: tokens.is_empty() || ended && !close,
                    capital: word.chars().next().is_some_and(char::is_uppercase),
                });
                last_end = span.end();
            }
            _ => {}
        }
    }
    tokens
}

/// Whether an apostrophe ends the word: French `l’ambassadeur`, `d’Alger`.
fn elided(word: &str, c: char) -> bool {
    matches!(c, '\'' | '’')
        && word.len() == 1
        && word.contains(['l', 'd', 's', 'n', 'j', 'm', 'c', 't', 'L', 'D', 'S', 'N', 'J', 'C', 'T'])
}

/// Characters inside a word.
fn joins(c: char) -> bool {
    matches!(c, '\'' | '’' | '\u{200c}' | '\u{200d}' | '\u{0640}' | '\u{064B}'..='\u{0652}' | '\u{0670}')
}

/// Cues of the language asked for, or of those whose script it is.
fn cues(lang: &LanguageTag, others: &[&str]) -> Vec<&'static Cues> {
    let known = knowledge();
    match known.cues(lang.primary()) {
        Some(cues) => vec![cues],
        None => others.iter().filter_map(|l| known.cues(l)).collect(),
    }
}

fn latin(text: &str, tokens: &[Token<'_>], at: usize, lang: &LanguageTag) -> Option<(NameMention, usize)> {
    let cues = cues(lang, &["en", "fr"]);
    let any = |pick: fn(&Cues) -> &std::collections::BTreeSet<String>, word: &str| {
        cues.iter().any(|c| pick(c).contains(word))
    };
    let first = tokens.get(at)?;
    if !first.capital || any(|c| &c.common, &first.folded) {
        return None;
    }
    if let Some(used) = title(tokens, at, &cues) {
        // The name after a title is a person; the title is none, unless it opens an institution ("Office of …").
        let next = tokens.get(at + used)?;
        let (mention, end) = latin_run(text, tokens, at + used, &any)?;
        let person = next.close || tokens.get(at + used - 1).is_some_and(|t| t.text.len() <= 4);
        let kind = if person && mention.kind == NameKind::Other { NameKind::Person } else { mention.kind };
        return Some((NameMention { kind, ..mention }, end));
    }
    let (mut mention, end) = latin_run(text, tokens, at, &any)?;
    let words = tokens.get(at..end).unwrap_or(&[]);
    if words.len() == 1 && first.text.chars().count() == 1 {
        return None;
    }
    // One capitalised word at the beginning of a sentence may be any word.
    if words.len() == 1
        && first.first
        && first.text.chars().any(char::is_lowercase)
        && !repeated(tokens, first)
    {
        return None;
    }
    if mention.kind == NameKind::Other && first.close && after_title(tokens, at, &cues) {
        mention.kind = NameKind::Person;
    }
    if mention.kind == NameKind::Other {
        let before = at.checked_sub(1).and_then(|k| tokens.get(k));
        if before.is_some_and(|b| any(|c| &c.before_place, &b.folded) && first.close) {
            mention.kind = NameKind::Place;
        }
    }
    Some((mention, end))
}

/// Whether the words right before are a title, as where titles are written small.
fn after_title(tokens: &[Token<'_>], at: usize, cues: &[&'static Cues]) -> bool {
    (1..=LONGEST_TITLE.min(at)).any(|n| title(tokens, at - n, cues).is_some_and(|used| used == n))
}

/// Whether the word stands capitalised within a sentence as well.
fn repeated(tokens: &[Token<'_>], word: &Token<'_>) -> bool {
    tokens.iter().any(|t| !t.first && t.capital && t.folded == word.folded)
}

type Any<'a> = dyn Fn(fn(&Cues) -> &std::collections::BTreeSet<String>, &str) -> bool + 'a;

/// A run of capitalised words from `at`, with particles between them.
fn latin_run(text: &str, tokens: &[Token<'_>], at: usize, any: &Any<'_>) -> Option<(NameMention, usize)> {
    let first = tokens.get(at)?;
    if !first.capital || any(|c| &c.common, &first.folded) {
        return None;
    }
    let mut end = at + 1;
    let mut look = at + 1;
    while let Some(token) = tokens.get(look).filter(|t| t.close && t.alphabet == Some(Alphabet::Latin)) {
        if token.capital {
            look += 1;
            end = look;
        } else if any(|c| &c.particles, &token.folded) && look < end + 2 && token.folded != "and" {
            look += 1;
        } else {
            break;
        }
    }
    let words = tokens.get(at..end)?;
    let kind = kind_of(words, any);
    let span = Span::new(text, first.span.start(), words.last()?.span.end())?;
    Some((NameMention { span, kind }, end))
}

fn kind_of(words: &[Token<'_>], any: &Any<'_>) -> NameKind {
    let has =
        |pick: fn(&Cues) -> &std::collections::BTreeSet<String>| words.iter().any(|w| any(pick, &w.folded));
    if has(|c| &c.organisation) {
        NameKind::Organisation
    } else if has(|c| &c.place) {
        NameKind::Place
    } else {
        NameKind::Other
    }
}

/// How many words of a title stand at `at`: the longest.
fn title(tokens: &[Token<'_>], at: usize, cues: &[&'static Cues]) -> Option<usize> {
    let close =
        tokens.iter().skip(at).take(LONGEST_TITLE).enumerate().take_while(|(k, t)| *k == 0 || t.close);
    let words: Vec<String> = close.map(|(_, t)| t.folded.clone()).collect();
    longest_title(&words, cues)
}

fn longest_title(words: &[String], cues: &[&'static Cues]) -> Option<usize> {
    (1..=words.len())
        .rev()
        .find(|n| words.get(..*n).is_some_and(|w| cues.iter().any(|c| c.person.contains(w))))
}

fn arabic(text: &str, tokens: &[Token<'_>], at: usize, lang: &LanguageTag) -> Option<(NameMention, usize)> {
    let persian = lang.primary() == "fa" || lang.primary() != "ar" && looks_persian(text);
    let cues = cues(lang, if persian { &["fa"] } else { &["ar"] });
    if let Some(found) = before_title(text, tokens, at, &cues) {
        return Some(found);
    }
    let without = without_clitic(tokens.get(at)?, &cues);
    if let Some(used) =
        title(tokens, at, &cues).or_else(|| without.and_then(|_| title_with(tokens, at, without, &cues)))
    {
        let from = at + used + if persian { 0 } else { office(tokens, at + used, &cues) };
        // A Persian office is followed by its field, and only titles of courtesy by the name itself.
        let courtesy = |t: &Token<'_>| cues.iter().any(|c| c.courtesy.contains(&t.folded));
        if (!persian || tokens.get(from - 1).is_some_and(courtesy))
            && let Some(end) = person_run(tokens, from, &cues)
        {
            let span = Span::new(text, tokens.get(from)?.span.start(), tokens.get(end - 1)?.span.end())?;
            return Some((NameMention { span, kind: NameKind::Person }, end));
        }
    }
    opened(text, tokens, at, &cues, persian)
}

/// Whether the text has letters that Arabic has not.
fn looks_persian(text: &str) -> bool {
    text.contains(['پ', 'چ', 'ژ', 'گ', 'ی', 'ک'])
}

/// The token's folded word without a clitic of one letter, if it is a cue word then.
fn without_clitic<'a>(token: &'a Token<'_>, cues: &[&'static Cues]) -> Option<&'a str> {
    let known = knowledge();
    let bare = known.single.iter().find_map(|c| token.folded.strip_prefix(c.as_str()))?;
    let cue = |c: &&Cues| c.organisation.contains(bare) || c.place.contains(bare) || c.titles.contains(bare);
    cues.iter().any(cue).then_some(bare)
}

/// As `title`, with another reading of the first word.
fn title_with(tokens: &[Token<'_>], at: usize, first: Option<&str>, cues: &[&'static Cues]) -> Option<usize> {
    let mut words = vec![first?.to_owned()];
    words.extend(
        tokens.iter().skip(at + 1).take(LONGEST_TITLE - 1).take_while(|t| t.close).map(|t| t.folded.clone()),
    );
    longest_title(&words, cues)
}

fn has_article(word: &str) -> bool {
    let bare = knowledge().definite.iter().find_map(|d| word.strip_prefix(d.as_str()));
    bare.is_some_and(|rest| rest.chars().nth(1).is_some())
}

/// How many words after a title tell of which office it is: «وزير [الخارجية الأمريكي]», «وزير [خارجية بلجيكا]».
fn office(tokens: &[Token<'_>], from: usize, cues: &[&'static Cues]) -> usize {
    let mut at = from;
    while let Some(token) = tokens.get(at).filter(|t| t.close) {
        let field = cues.iter().any(|c| c.offices.contains(&token.folded));
        let state = at > from && !has_article(&token.folded) && !field && {
            let before = tokens.get(at - 1).map_or("", |t| t.folded.as_str());
            // A field without article stands before its state.
            !has_article(before) && cues.iter().any(|c| c.offices.contains(before))
        };
        if !(field || state || has_article(&token.folded)) {
            break;
        }
        at += 1;
    }
    at - from
}

/// Where the name of a person that begins at `from` ends.
fn person_run(tokens: &[Token<'_>], from: usize, cues: &[&'static Cues]) -> Option<usize> {
    let mut end = from;
    let mut words = 0;
    while let Some(token) = tokens.get(end).filter(|t| t.close && t.alphabet == Some(Alphabet::Arabic)) {
        let word = token.folded.as_str();
        let letters = word.chars().count();
        let particle = letters > 1 && cues.iter().any(|c| c.particles.contains(word));
        if words >= MOST_AFTER_TITLE || ends_name(token, cues) {
            break;
        }
        // A word with article ends most names; it is a surname where nothing else can follow it.
        if has_article(word) {
            let next = tokens.get(end + 1).filter(|t| t.close);
            if words == 1 && next.is_none_or(|n| ends_name(n, cues)) {
                end += 1;
            }
            break;
        }
        words += usize::from(!particle && letters > 1);
        end += 1;
    }
    (words > 0).then_some(end)
}

fn ends_name(token: &Token<'_>, cues: &[&'static Cues]) -> bool {
    let word = token.folded.as_str();
    cues.iter().any(|c| {
        c.common.contains(word)
            || c.offices.contains(word)
            || c.organisation.contains(word)
            || c.place.contains(word)
            || c.titles.contains(word)
    }) || without_clitic(token, cues).is_some()
        || word == "و"
}

/// «سوفی ویلمز، وزیر …»: a few words at the beginning of a clause, a comma, a title.
fn before_title(
    text: &str,
    tokens: &[Token<'_>],
    at: usize,
    cues: &[&'static Cues],
) -> Option<(NameMention, usize)> {
    let first = tokens.get(at)?;
    let before = at.checked_sub(1).and_then(|k| tokens.get(k));
    let clause = first.first || before.is_none_or(|b| b.folded == "و" || !first.close);
    if !clause {
        return None;
    }
    let mut end = at;
    while let Some(token) = tokens.get(end).filter(|t| end == at || t.close) {
        if ends_name(token, cues) || has_article(&token.folded) || end - at > MOST_AFTER_TITLE {
            return None;
        }
        end += 1;
    }
    let after = tokens.get(end)?;
    let last = tokens.get(end - 1)?;
    let gap = text.get(last.span.end()..after.span.start())?;
    if !matches!(gap, "، " | ", ") || title(tokens, end, cues).is_none() {
        return None;
    }
    let span = Span::new(text, first.span.start(), last.span.end())?;
    Some((NameMention { span, kind: NameKind::Person }, end))
}

/// A name that its first word opens: «وزارة الخارجية الأمريكية», «مملكة بلجيكا», «دولت عراق».
fn opened(
    text: &str,
    tokens: &[Token<'_>],
    at: usize,
    cues: &[&'static Cues],
    persian: bool,
) -> Option<(NameMention, usize)> {
    let first = tokens.get(at)?;
    let opens = |word: &str| {
        if cues.iter().any(|c| c.organisation.contains(word)) {
            Some(NameKind::Organisation)
        } else if cues.iter().any(|c| c.place.contains(word)) {
            Some(NameKind::Place)
        } else {
            None
        }
    };
    let plain = opens(&first.folded);
    let kind = plain.or_else(|| without_clitic(first, cues).and_then(opens))?;
    let skip = if plain.is_some() { 0 } else { first.text.chars().next().map_or(0, char::len_utf8) };
    let mut end = at + 1;
    while let Some(token) = tokens.get(end).filter(|t| t.close && t.alphabet == Some(Alphabet::Arabic)) {
        let field = cues.iter().any(|c| c.offices.contains(&token.folded));
        let common = cues.iter().any(|c| c.common.contains(&token.folded)) && !field || token.folded == "و";
        let goes_on = if persian {
            // Fields («امور خارجه»), then the one word that they are the fields of.
            field
                || tokens
                    .get(at + 1..end)
                    .is_some_and(|t| t.iter().all(|t| cues.iter().any(|c| c.offices.contains(&t.folded))))
        } else {
            end == at + 1 || has_article(&token.folded)
        };
        if common || !goes_on || without_clitic(token, cues).is_some() || end - at > 5 {
            break;
        }
        end += 1;
    }
    if end == at + 1 {
        return None;
    }
    let span = Span::new(text, first.span.start() + skip, tokens.get(end - 1)?.span.end())?;
    Some((NameMention { span, kind }, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lang: &str, text: &str) -> Vec<(String, NameKind)> {
        let names = find_names(text, &LanguageTag::new(lang));
        names.into_iter().map(|n| (n.span.of(text).to_owned(), n.kind)).collect()
    }

    #[test]
    fn a_person_after_a_title() {
        assert_eq!(
            found("ar", "التقى السفير نيكولاس نيهون اليوم"),
            [("نيكولاس نيهون".to_owned(), NameKind::Person)]
        );
        assert_eq!(
            found("en", "We met Ambassador Nicolas Nihon."),
            [("Nicolas Nihon".to_owned(), NameKind::Person)]
        );
    }

    #[test]
    fn a_clitic_is_no_part_of_the_name() {
        assert_eq!(found("ar", "شكر لوزارة المالية"), [("وزارة المالية".to_owned(), NameKind::Organisation)]);
    }
}
