//! What a page says against itself: a weekday against its date, the number of a title against the text, the type that an
//! archive's record gives against the one that the text calls itself, words that are not the author's, a notice that
//! leads nowhere. Each is reported with its words and decided by nobody.

use diwan_model::{Authority, Block, Finding, LanguageTag, Page, Quote, Role, Severity, Statement};
use diwan_text::dates::{DateOptions, find_dates};
use diwan_text::normal::strong_in;
use diwan_text::numbers::{NumberKind, NumberMention, find_numbers};
use diwan_text::stem::stem;
use diwan_text::words::{WordKind, words_in};

use crate::fold::fold;
use crate::knowledge::{KNOWLEDGE, Language};

/// Words in brackets beyond this many are a note and no insertion.
const MOST_IN_BRACKETS: usize = 8;

/// Letters that may be glued before a word in Arabic (`وال`).
const GLUED: usize = 3;

/// Everything of this room that does not fit on a page.
pub(crate) fn find(page: &Page, statement: &Statement) -> Vec<Finding> {
    let mut out = Vec::new();
    let told = |b: &&Block| {
        b.role.is_text() || matches!(b.role, Role::Title | Role::Date | Role::Dateline | Role::Lede)
    };
    for block in page.blocks.iter().filter(told) {
        weekdays(block, &mut out);
        if block.role.is_text() {
            brackets(block, &mut out);
        }
    }
    title_numbers(page, statement, &mut out);
    record_type(page, statement, &mut out);
    no_link(page, statement, &mut out);
    out
}

/// A weekday that is not the one of its date.
fn weekdays(block: &Block, out: &mut Vec<Finding>) {
    for date in find_dates(&block.text, &DateOptions { lang: block.lang.clone(), issued: None }) {
        let Some(note) = date.notes.iter().find(|n| n.starts_with("the weekday printed")) else { continue };
        let quote = Quote { line: block.line, text: date.span.of(&block.text).to_owned() };
        let message = format!("A weekday does not fit its date: {note}.");
        out.push(Finding::new("weekday-disagrees", Severity::Medium, message, vec![quote]));
    }
}

/// Words in square brackets inside a text: somebody else put them there.
fn brackets(block: &Block, out: &mut Vec<Finding>) {
    let mut rest = block.text.as_str();
    let mut first = true;
    while let Some(open) = rest.find('[') {
        let Some(len) = rest.get(open..).and_then(|t| t.find(']')) else { return };
        let (inside, after) = (rest.get(open..=open + len), rest.get(open + len + 1..));
        let (Some(inside), Some(after)) = (inside, after) else { return };
        let words = words_in(inside, &block.lang);
        let count = words.iter().filter(|w| w.kind == WordKind::Word).count();
        // A text that begins with brackets is a label; letters and figures alone mark notes.
        let label = first && rest.get(..open).is_some_and(|t| t.trim().is_empty());
        let long = words.iter().any(|w| w.span.of(inside).chars().count() >= 3);
        if (1..=MOST_IN_BRACKETS).contains(&count) && long && !label {
            let message = "Words stand in square brackets in the text: they are not the author's own.";
            let quote = Quote { line: block.line, text: inside.to_owned() };
            out.push(Finding::new("words-in-brackets", Severity::Low, message, vec![quote]));
        }
        rest = after;
        first = false;
    }
}

/// What a number counts: the word after it, by its stem.
fn counted(text: &str, number: &NumberMention, lang: &LanguageTag) -> Option<String> {
    let after = text.get(number.span.end()..)?;
    let word = words_in(after, lang).into_iter().next().filter(|w| w.kind == WordKind::Word)?;
    // Nothing but a blank between the two.
    let close = after.get(..word.span.start()).is_some_and(|gap| gap.chars().all(char::is_whitespace));
    let stem = stem(&strong_in(word.span.of(after), lang), lang);
    (close && stem.chars().count() >= 3).then_some(stem)
}

/// A number of the title that the text gives otherwise for the same thing.
fn title_numbers(page: &Page, statement: &Statement, out: &mut Vec<Finding>) {
    let Some((title, line)) = statement.title.as_ref().and_then(|t| Some((t.text.as_str(), t.line?))) else {
        return;
    };
    let Some(lang) = page.blocks.iter().find(|b| b.line == line).map(|b| b.lang.clone()) else { return };
    let plain = |text: &str, n: &NumberMention| {
        !matches!(n.kind, NumberKind::Ordinal)
            && n.unit.is_none()
            && n.value >= 2.0
            && !find_dates(text, &DateOptions { lang: lang.clone(), issued: None })
                .iter()
                .any(|d| d.span.overlaps(n.span))
    };
    for number in find_numbers(title, &lang).into_iter().filter(|n| plain(title, n)) {
        let Some(what) = counted(title, &number, &lang) else { continue };
        let mut other: Option<Quote> = None;
        let mut same = false;
        for block in page.blocks.iter().filter(|b| b.role.is_text() && b.lang == lang) {
            for n in find_numbers(&block.text, &lang).into_iter().filter(|n| plain(&block.text, n)) {
                if counted(&block.text, &n, &lang).as_deref() != Some(what.as_str()) {
                    continue;
                }
                if (n.value - number.value).abs() < 1e-9 {
                    same = true;
                } else if other.is_none() {
                    other = Some(Quote { line: block.line, text: n.span.of(&block.text).to_owned() });
                }
            }
        }
        if let (false, Some(other)) = (same, other) {
            let quotes = vec![Quote { line, text: number.span.of(title).to_owned() }, other];
            let message = "A number of the title is another one in the text.";
            out.push(Finding::new("title-number-disagrees", Severity::High, message, quotes));
        }
    }
}

/// The kind of document that a line calls itself, the longest name first; without the article.
fn type_in<'a>(text: &str, language: &'a Language) -> Option<(&'a str, usize)> {
    let folded = fold(text).text;
    let found = language.bodies.types.iter().filter_map(|t| Some((t.text.as_str(), t.find(&folded)?)));
    // Whole words, with the article and what is glued before it.
    let found = found.filter(|(name, at)| {
        let before = folded.get(..*at).unwrap_or_default();
        let glued = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let after = folded.get(at + name.len()..).and_then(|t| t.chars().next());
        glued.chars().count() <= GLUED && !after.is_some_and(char::is_alphabetic)
    });
    // What stands first names the document; of names that begin at one place the longest.
    found.min_by_key(|(text, at)| (*at, usize::MAX - text.len()))
}

fn bare(name: &str) -> &str {
    name.strip_prefix("ال").unwrap_or(name)
}

/// The record's type against what the text calls itself.
fn record_type(page: &Page, statement: &Statement, out: &mut Vec<Finding>) {
    let Some(said) = statement.archive_record.as_ref().and_then(|r| r.r#type.as_deref()) else { return };
    let Some(value) =
        page.blocks.iter().find(|b| b.text.trim() == said && b.role == Role::ArchiveMetadataValue)
    else {
        return;
    };
    let Some(language) = KNOWLEDGE.of(&value.lang) else { return };
    let Some((of_record, 0)) = type_in(said, language) else { return };
    let heads = [Role::Lede, Role::Title, Role::DocumentType];
    for role in heads {
        for block in page.blocks.iter().filter(|b| b.role == role && b.lang == value.lang) {
            let Some((of_text, _)) = type_in(&block.text, language) else { continue };
            let (a, b) = (bare(of_record), bare(of_text));
            // "A joint statement" is a statement: the more general of the two does not disagree when it is the record's.
            if b.split_whitespace().next().map(bare) == Some(a) || a == b {
                return;
            }
            let quotes = vec![
                Quote { line: value.line, text: said.to_owned() },
                Quote { line: block.line, text: block.text.trim().to_owned() },
            ];
            let message = "The archive's record gives another type of document than the text calls itself.";
            out.push(Finding::new("record-type-disagrees", Severity::Low, message, quotes));
            return;
        }
    }
}

/// A translation whose notice says that another text counts, on a page that does not lead there.
fn no_link(page: &Page, statement: &Statement, out: &mut Vec<Finding>) {
    // The text that counts may stand on the page itself.
    if statement.original_url.is_some()
        || statement.versions.iter().any(|v| v.authority == Authority::Authoritative)
    {
        return;
    }
    for version in &statement.versions {
        let Some(line) = version.disclaimer_line else { continue };
        if version.authority != Authority::CourtesyTranslation {
            continue;
        }
        let Some(block) = page.blocks.iter().find(|b| b.line == line) else { continue };
        let quote = Quote { line, text: block.text.trim().to_owned() };
        let message = "The notice says that another text counts, and nothing on the page leads to it.";
        out.push(Finding::new("original-link-missing", Severity::Low, message, vec![quote]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str, lang: &str, role: Role) -> Block {
        let lang = LanguageTag::new(lang);
        Block {
            line: 1,
            page: None,
            role,
            dir: lang.direction(),
            lang,
            text: text.to_owned(),
            mark: diwan_model::BlockMark::None,
            hints: Vec::new(),
            parted: false,
        }
    }

    fn kinds(text: &str, lang: &str) -> Vec<String> {
        let mut out = Vec::new();
        let block = block(text, lang, Role::Body);
        weekdays(&block, &mut out);
        brackets(&block, &mut out);
        out.into_iter().map(|f| f.kind.into_owned()).collect()
    }

    #[test]
    fn a_weekday_is_held_against_its_date() {
        // 3 May 2022 was a Tuesday.
        for (text, lang) in [
            ("They met on Monday, 3 May 2022 in Selm.", "en"),
            ("Ils se sont réunis le lundi 3 mai 2022 à Selm.", "fr"),
            ("اجتمعوا يوم الاثنين 3 أيار/مايو 2022 في سلم.", "ar"),
            ("آنان دوشنبه ۳ مه ۲۰۲۲ در سلم گرد آمدند.", "fa"),
        ] {
            assert_eq!(kinds(text, lang), ["weekday-disagrees"], "{text}");
        }
        for (text, lang) in [
            ("They met on Tuesday, 3 May 2022 in Selm.", "en"),
            ("Ils se sont réunis le mardi 3 mai 2022 à Selm.", "fr"),
            ("اجتمعوا يوم الثلاثاء 3 أيار/مايو 2022 في سلم.", "ar"),
            ("آنان سه‌شنبه ۳ مه ۲۰۲۲ در سلم گرد آمدند.", "fa"),
        ] {
            assert!(kinds(text, lang).is_empty(), "{text}");
        }
    }

    #[test]
    fn words_in_brackets_are_told_and_notes_are_not() {
        for (text, lang) in [
            ("They treat them [the fishers] with respect.", "en"),
            ("Ils les traitent [les pêcheurs] avec respect.", "fr"),
            ("ويعاملونهم [الصيادين] باحترام.", "ar"),
            ("با آنان [ماهیگیران] با احترام رفتار می‌کنند.", "fa"),
        ] {
            assert_eq!(kinds(text, lang), ["words-in-brackets"], "{text}");
        }
        for text in ["See the annex [1] and [b].", "[Photo] The lake in spring.", "An open [ bracket."] {
            assert!(kinds(text, "en").is_empty(), "{text}");
        }
    }
}
