//! The zero-width non-joiner in Persian: found missing, and restored for display.
//!
//! Many pages lose U+200C on their way (تلاشهای for تلاش‌های, میماند for می‌ماند). Each word is taken apart by a small
//! grammar ([`analysis`]) over a lexicon that is data ([`lexicon`]); words that nothing explains stay as printed.
//! A ZWNJ is put only where it is seen: never behind a letter that does not join the next.
//!
//! Whether a text lost its ZWNJ is told by the text as a whole ([`Usage`]): one that has them nearly everywhere lost none, and
//! what its writer joined (بخشها, بزرگتر) stays joined, save what nobody writes joined (میشود, شدهاند).

mod analysis;
mod lexicon;

use diwan_model::Span;

/// A text with ZWNJ restored; the source is never written over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// With ZWNJ put back.
    pub text: String,
    /// The words of the printed text that lacked it.
    pub places: Vec<Span>,
    words: Vec<String>,
}

impl Restored {
    /// The restored words, one for each of `places`.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }
}

/// How a text uses the ZWNJ: counted over all its parts, for [`restore_in`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Words that have one.
    kept: usize,
    /// Words that could have one and do not.
    lacking: usize,
}

impl Usage {
    /// Counts the words of a part of the text.
    pub fn add(&mut self, text: &str) {
        let lexicon = lexicon::lexicon();
        for word in text.split(|c| !is_word(c)) {
            if word.contains('\u{200C}') {
                self.kept += 1;
            } else if restored(lexicon, word).is_some() {
                self.lacking += 1;
            }
        }
    }

    /// Whether the text kept its ZWNJ: it has them three times as often as it could have more, and not just a few.
    pub fn is_kept(self) -> bool {
        self.kept >= FEW && self.kept >= 3 * self.lacking
    }
}

/// So many words with ZWNJ say nothing yet.
const FEW: usize = 12;

/// Puts ZWNJ back into Persian words that lost it, whatever the rest of the text does. A word that has one is left alone.
///
/// ```
/// let restored = diwan_text::zwnj::restore("تلاشهای ما ادامه مییابد");
/// assert_eq!(restored.text, "تلاش‌های ما ادامه می‌یابد");
/// assert_eq!(restored.places.len(), 2);
/// ```
pub fn restore(text: &str) -> Restored {
    restore_in(text, Usage::default())
}

/// The same for a part of a text whose `usage` is known. Where the text kept its ZWNJ, only words are changed that nobody
/// writes joined: می and نمی before a verb, and what follows a silent ه.
///
/// ```
/// use diwan_text::zwnj::{Usage, restore_in};
/// let mut usage = Usage::default();
/// usage.add(&"می‌رود کتاب‌ها ".repeat(20));
/// assert_eq!(restore_in("بخشها میرسد", usage).text, "بخشها می‌رسد");
/// assert_eq!(restore_in("بخشها میرسد", Usage::default()).text, "بخش‌ها می‌رسد");
/// ```
pub fn restore_in(text: &str, usage: Usage) -> Restored {
    let lexicon = lexicon::lexicon();
    let slips_only = usage.is_kept();
    let mut out =
        Restored { text: String::with_capacity(text.len() + 32), places: Vec::new(), words: Vec::new() };
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|t| t.chars().next()) {
        if !is_word(c) {
            out.text.push(c);
            at += c.len_utf8();
            continue;
        }
        let rest = text.get(at..).unwrap_or("");
        let word = rest.get(..rest.find(|c| !is_word(c)).unwrap_or(rest.len())).unwrap_or("");
        match restored(lexicon, word).filter(|restored| !slips_only || is_slip(restored)) {
            Some(restored) => {
                out.text.push_str(&restored);
                out.places.extend(Span::new(text, at, at + word.len()));
                out.words.push(restored);
            }
            None => out.text.push_str(word),
        }
        at += word.len().max(c.len_utf8());
    }
    out
}

/// The word with its ZWNJ, where it lacks one.
fn restored(lexicon: &lexicon::Lexicon, word: &str) -> Option<String> {
    if word.len() < 8 || word.contains(['\u{200C}', '\u{200D}']) {
        return None;
    }
    // As looked up: without marks, in Persian letters; and where each of its letters stands in the word.
    let mut plain = String::with_capacity(word.len());
    let mut ends = Vec::new();
    for (at, c) in word.char_indices() {
        let folded = match c {
            'ي' | 'ى' => 'ی',
            'ك' => 'ک',
            'ۀ' | 'ە' | 'ہ' => 'ه',
            '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{640}' => continue,
            c => c,
        };
        plain.push(folded);
        ends.push((plain.len(), at + c.len_utf8()));
    }
    let joints = analysis::analyse(lexicon, &plain).filter(|j| !j.is_empty())?;
    let mut out = String::with_capacity(word.len() + 3 * joints.len());
    let mut from = 0;
    for joint in joints {
        let k = ends.iter().position(|(plain, _)| *plain == joint)?;
        // Marks behind the letter belong to it.
        let next = ends.get(k + 1).map(|(_, end)| *end)?;
        let end = word.get(..next)?.char_indices().next_back()?.0;
        out.push_str(word.get(from..end)?);
        out.push('\u{200C}');
        from = end;
    }
    out.push_str(word.get(from..)?);
    Some(out)
}

/// Whether the printed form of a restored word is wrong by any usage: its ZWNJ stand behind می, نمی or ه.
fn is_slip(restored: &str) -> bool {
    let mut parts = restored.split('\u{200C}').rev();
    parts.next();
    parts.all(|part| part.ends_with('ه') || part.ends_with("می") && part.chars().count() <= 5)
}

/// Letters of Arabic script, their marks, tatweel and joiners.
fn is_word(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{65F}' | '\u{670}'..='\u{6D3}' | '\u{6D5}' | '\u{200C}' | '\u{200D}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> String {
        restore(text).text.replace('\u{200C}', "|")
    }

    #[test]
    fn lost_joiners_come_back() {
        for right in [
            "رسانه|ای",
            "تلاش|های",
            "می|ماند",
            "شده|اند",
            "بین|المللی",
            "قائم|مقام",
            "خلل|ناپذیرشان",
            "جلسه|ای",
            "کارگروه|های",
            "نمی|توانند",
            "هیچ|گونه",
            "تثبیت|کننده",
            "جمعی|مان",
            "می|اندازند",
            "قابلیت|هایش",
            "فزاینده|ای",
            "بازداشت|شدگان",
            "برمی|گردد",
            "مهم|ترین",
            "سیاست|گذاری|های",
            "متعهدانه|شان",
            "می|آید",
        ] {
            assert_eq!(shown(&right.replace('|', "")), right);
        }
    }

    #[test]
    fn whole_words_stay() {
        for word in [
            "ماهی",
            "شاهان",
            "خواهان",
            "تنها",
            "بهای",
            "میدان",
            "میهن",
            "میزبان",
            "میانجی",
            "رهایی",
            "آنها",
            "کشورهای",
            "همکاری",
            "پیشبرد",
            "پیشنهادهای",
            "حمایتشان",
            "سازمان",
            "بیانیه",
            "بیشتر",
            "دختر",
            "میلیون",
            "نهایی",
        ] {
            assert_eq!(shown(word), word);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn only_joiners_are_added(text in prop_oneof![any::<String>(), "[آابپتجچخدرزسشعفقکگلمنوهی ّ‌ـ]{0,40}"]) {
            let restored = restore(&text);
            let without = |t: &str| t.replace('\u{200C}', "");
            prop_assert_eq!(without(&restored.text), without(&text));
            prop_assert_eq!(restored.places.len(), restored.words().count());
            prop_assert_eq!(&restore(&restored.text).text, &restored.text);
        }
    }
}
