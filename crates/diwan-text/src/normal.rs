//! Normal forms of a text, with a map back to what is printed.
//!
//! Two texts that a reader takes for the same are often different bytes: ي or ی, ك or ک, a ligature, a direction
//! mark, a narrow space. The *light* form mends what is only a matter of encoding and stays fit for reading; the
//! *strong* form folds what should match as well. Both are made in one pass over the text by a table of actions
//! (`table`), and keep a map in runs ([`Normal`]) so that every result can be shown where it is printed.
//!
//! *Invariant:* `normal(normal(x)) == normal(x)` for each form and language; the map is monotone and lies on
//! character boundaries of both texts.

mod map;
mod table;

use diwan_model::LanguageTag;

pub use map::Normal;

use crate::script::Script;
use map::{NoMap, Runs, Track};
use table::{Action, Table, table};

/// How far a normal form goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// For reading: presentation forms, odd spaces, direction marks and tatweel gone; letters, diacritics, digits,
    /// quotes and ZWNJ between letters kept.
    Light,
    /// For matching: letter variants, diacritics, ZWNJ, digits, quotes, dashes, case and accents folded as well.
    /// A ZWNJ is removed, not made a space, so that می‌ماند and میماند are the same.
    Strong,
}

/// The normal form of `text`. `lang` decides what depends on the language (`und`: nothing does).
///
/// Runs of spaces become one space, runs with a line break one line break (in the strong form a space); both go
/// at the ends of the text.
///
/// ```
/// use diwan_model::{LanguageTag, Span};
/// use diwan_text::normal::{Form, normal};
/// let printed = "مـي\u{200c}ماند ";
/// let strong = normal(printed, Form::Strong, &LanguageTag::new("fa"));
/// assert_eq!(strong.text, "میماند");
/// let span = Span::new(&strong.text, 4, 8).unwrap();
/// assert_eq!(strong.printed(printed, span).unwrap().of(printed), "ما");
/// assert_eq!(normal("Kadir IŞIK", Form::Strong, &LanguageTag::new("tr")).text, "kadir ışık");
/// ```
pub fn normal(text: &str, form: Form, lang: &LanguageTag) -> Normal {
    let mut runs = Runs::default();
    let out = fold(text, table(form, lang), form, &mut runs);
    runs.into_normal(out, text)
}

/// The strong form alone, for keys and comparisons.
pub fn strong(text: &str) -> String {
    strong_in(text, &LanguageTag::UNDETERMINED)
}

/// The strong form alone, in a language.
pub fn strong_in(text: &str, lang: &LanguageTag) -> String {
    fold(text, table(Form::Strong, lang), Form::Strong, &mut NoMap)
}

/// The light form alone, for display.
pub fn light(text: &str) -> String {
    fold(text, table(Form::Light, &LanguageTag::UNDETERMINED), Form::Light, &mut NoMap)
}

/// What waits until it is known that a character follows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Waiting {
    Nothing,
    Joiner(char),
    Space,
    Line,
}

struct Folder<'a, T> {
    out: String,
    last: Option<char>,
    waiting: Waiting,
    waiting_at: usize,
    /// The printed byte after the last character that is no space.
    content_end: usize,
    form: Form,
    track: &'a mut T,
}

fn fold<T: Track>(text: &str, table: &Table, form: Form, track: &mut T) -> String {
    let mut folder = Folder {
        out: String::with_capacity(text.len()),
        last: None,
        waiting: Waiting::Nothing,
        waiting_at: 0,
        content_end: 0,
        form,
        track,
    };
    for (at, c) in text.char_indices() {
        match table.action(c) {
            Action::Keep => folder.push(c, at, c.len_utf8()),
            Action::To(to) => folder.push(to, at, c.len_utf8()),
            Action::Many(many) => many.chars().for_each(|to| folder.push(to, at, 0)),
            Action::Drop => {}
            Action::Space => folder.wait(Waiting::Space, at),
            Action::Line => folder.wait(if form == Form::Light { Waiting::Line } else { Waiting::Space }, at),
            Action::Mark => folder.mark(c, at, table),
            Action::Joiner => folder.wait(Waiting::Joiner(c), at),
            Action::Tatweel => folder.tatweel(at, c.len_utf8()),
        }
        if folder.waiting == Waiting::Nothing {
            folder.content_end = at + c.len_utf8();
        }
    }
    folder.track.finish(folder.out.len(), folder.content_end);
    folder.out
}

impl<T: Track> Folder<'_, T> {
    /// One character of the normal form, from the `len` bytes printed at `at` (0: from a part of a character).
    #[inline]
    fn push(&mut self, c: char, at: usize, len: usize) {
        if self.waiting != Waiting::Nothing {
            self.settle(c, at);
        }
        self.track.at(self.out.len(), at, len == c.len_utf8());
        self.out.push(c);
        self.last = Some(c);
    }

    fn settle(&mut self, next: char, at: usize) {
        let between = match self.waiting {
            Waiting::Nothing => None,
            Waiting::Space => Some(' '),
            Waiting::Line => Some('\n'),
            Waiting::Joiner(joiner) => {
                let kept =
                    self.form == Form::Light && self.last.is_some_and(|last| joins(last, joiner, next));
                kept.then_some(joiner)
            }
        };
        self.waiting = Waiting::Nothing;
        if let (Some(between), true) = (between, self.last.is_some()) {
            self.track.at(self.out.len(), self.waiting_at, at - self.waiting_at == between.len_utf8());
            self.out.push(between);
            self.last = Some(between);
        }
    }

    fn wait(&mut self, what: Waiting, at: usize) {
        let wins = match (self.waiting, what) {
            (Waiting::Nothing, _) | (Waiting::Joiner(_), Waiting::Space | Waiting::Line) => true,
            (Waiting::Space, Waiting::Line) => {
                self.waiting = Waiting::Line;
                false
            }
            _ => false,
        };
        if wins {
            self.waiting = what;
            self.waiting_at = at;
        }
    }

    /// A combining mark: composed with the letter before it where there is such a letter; else kept for reading,
    /// dropped for matching.
    fn mark(&mut self, c: char, at: usize, table: &Table) {
        if matches!(self.waiting, Waiting::Joiner(_)) {
            self.waiting = Waiting::Nothing;
        }
        let composed = match (self.waiting, self.last) {
            (Waiting::Nothing, Some(last)) => table::compose(last, c),
            _ => None,
        };
        match (composed, self.form) {
            (Some(composed), Form::Light) => self.replace_last(composed),
            (Some(composed), Form::Strong) if table.action(composed) == Action::Keep => {
                self.replace_last(composed);
            }
            (None, Form::Light) => self.push(c, at, c.len_utf8()),
            (_, Form::Strong) => {}
        }
    }

    fn replace_last(&mut self, c: char) {
        let Some(last) = self.out.pop() else { return };
        self.track.widen(self.out.len(), last.len_utf8());
        self.out.push(c);
        self.last = Some(c);
    }

    /// A tatweel lengthens the letter before it and goes; alone it is a dash.
    fn tatweel(&mut self, at: usize, len: usize) {
        let after_letter =
            self.waiting == Waiting::Nothing && self.last.is_some_and(|c| c != '\n' && c != ' ');
        if !after_letter && !matches!(self.waiting, Waiting::Joiner(_)) {
            self.push('-', at, len);
        }
    }
}

/// Whether a joiner does something between two characters: ZWNJ parts letters, ZWJ joins what is not Arabic (where
/// letters join by themselves).
fn joins(last: char, joiner: char, next: char) -> bool {
    let last_ok = !last.is_whitespace() && !last.is_ascii_punctuation();
    match joiner {
        '\u{200C}' => last_ok && next.is_alphanumeric(),
        _ => last_ok && !next.is_whitespace() && Script::of(last) != Some(Script::Arabic),
    }
}

#[cfg(test)]
mod tests;
