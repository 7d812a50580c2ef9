//! Operations over words from passages over sentences: where sentences came or went, their words and those of their
//! neighbours are compared as one run, so that the operations are few.

use super::words::common;
use super::{Change, Characters, Operation, OperationKind, Passage};
use crate::text::{Document, WordToken};

/// The largest place, in words of one side times words of the other, that is compared word by word; in larger ones
/// everything is other words.
const CELLS: usize = 1_000_000;

/// What stands in one text of a place that has no sentence in common.
enum Item {
    /// A token that is free to be matched.
    Free(WordToken),
    /// Words that moved, or changed while moving.
    Fixed(OperationKind, String),
}

/// Operations of all passages in order.
pub(super) fn operations(before: &Document, after: &Document, passages: &[Passage]) -> Vec<Operation> {
    let mut out = Flat { operations: Vec::new(), at: (0, 0), passage: 0 };
    let mut k = 0;
    while let Some(passage) = passages.get(k) {
        out.passage = k;
        // From one sentence that stayed as it was to the next: where sentences come or go, words may have gone from one to
        // its neighbour.
        let changed = passages.iter().skip(k).take_while(|p| p.change != Change::Same).count();
        let run = passages.get(k..k + changed).unwrap_or(&[]);
        if run.iter().any(one_sided) && small(before, after, run) {
            place(before, after, run, &mut out);
            k += changed;
        } else if one_sided(passage) {
            let one_sided = passages.iter().skip(k).take_while(|p| one_sided(p)).count();
            place(before, after, passages.get(k..k + one_sided).unwrap_or(&[]), &mut out);
            k += one_sided;
        } else {
            for op in &passage.operations {
                out.push(op.op, op.before.clone(), op.after.clone());
            }
            k += 1;
        }
    }
    out.operations
}

fn one_sided(passage: &Passage) -> bool {
    passage.before.is_empty() || passage.after.is_empty()
}

/// Whether the words of a place are few enough to be compared with each other.
fn small(before: &Document, after: &Document, passages: &[Passage]) -> bool {
    let words = |document: &Document, of: fn(&Passage) -> &Vec<usize>| -> usize {
        passages.iter().flat_map(of).map(|n| document.range(n.saturating_sub(1)).len()).sum()
    };
    words(before, |p| &p.before).saturating_mul(words(after, |p| &p.after)) <= CELLS
}

struct Flat {
    operations: Vec<Operation>,
    /// Code points written of each text.
    at: (usize, usize),
    passage: usize,
}

impl Flat {
    fn push(&mut self, op: OperationKind, before: Option<String>, after: Option<String>) {
        let advance = |at: &mut usize, text: &Option<String>| {
            text.as_ref().map(|text| {
                let start = *at;
                *at += text.chars().count();
                Characters { start, end: *at }
            })
        };
        let before_span = advance(&mut self.at.0, &before);
        let after_span = advance(&mut self.at.1, &after);
        self.operations.push(Operation { op, before, after, before_span, after_span, passage: self.passage });
    }

    /// Words gone and words that came, where there are some.
    fn change(&mut self, gone: &mut String, come: &mut String) {
        let take = |text: &mut String| (!text.is_empty()).then(|| std::mem::take(text));
        match (take(gone), take(come)) {
            (None, None) => {}
            (gone, None) => self.push(OperationKind::Delete, gone, None),
            (None, come) => self.push(OperationKind::Insert, None, come),
            (gone, come) => self.push(OperationKind::Replace, gone, come),
        }
    }
}

/// A place where sentences were dropped, others are new, and some may have moved away or here.
fn place(before: &Document, after: &Document, passages: &[Passage], out: &mut Flat) {
    let a = items(before, passages, true);
    let b = items(after, passages, false);
    let free = |items: &[Item]| -> Vec<WordToken> {
        items
            .iter()
            .filter_map(|item| if let Item::Free(token) = item { Some(*token) } else { None })
            .collect()
    };
    let (tokens_a, tokens_b) = (free(&a), free(&b));
    let few = tokens_a.len().saturating_mul(tokens_b.len()) <= CELLS;
    let shared = if few { common(&tokens_a, &tokens_b) } else { Vec::new() };
    let (mut gone, mut come) = (String::new(), String::new());
    let (mut same, mut also) = (String::new(), String::new());
    let mut left = Side { items: &a, document: before, at: 0, free: 0, is_before: true };
    let mut right = Side { items: &b, document: after, at: 0, free: 0, is_before: false };
    for (i, j) in
        shared.into_iter().map(Some).chain([None]).map(|pair| pair.unwrap_or((usize::MAX, usize::MAX)))
    {
        let more = left.more(i) || right.more(j);
        if (more || i == usize::MAX) && !same.is_empty() {
            out.push(OperationKind::Equal, Some(std::mem::take(&mut same)), Some(std::mem::take(&mut also)));
        }
        left.until(i, &mut gone, &mut come, out);
        right.until(j, &mut gone, &mut come, out);
        out.change(&mut gone, &mut come);
        same.push_str(left.take());
        also.push_str(right.take());
    }
}

/// One text of a place, on the way through it.
struct Side<'a> {
    items: &'a [Item],
    document: &'a Document,
    at: usize,
    /// Free tokens passed.
    free: usize,
    is_before: bool,
}

impl Side<'_> {
    /// Whether something stands before the free token `k`.
    fn more(&self, k: usize) -> bool {
        self.free < k && self.at < self.items.len()
            || matches!(self.items.get(self.at), Some(Item::Fixed(..)))
    }

    /// Goes on to the free token `k`: what stands before it is gone, or came, or moved.
    fn until(&mut self, k: usize, gone: &mut String, come: &mut String, out: &mut Flat) {
        while let Some(item) = self.items.get(self.at) {
            match item {
                Item::Free(_) if self.free >= k => break,
                Item::Free(token) => {
                    let text = token.span.of(self.document.text());
                    if self.is_before {
                        gone.push_str(text)
                    } else {
                        come.push_str(text)
                    }
                    self.free += 1;
                }
                Item::Fixed(kind, text) => {
                    out.change(gone, come);
                    let (old, new) =
                        if self.is_before { (Some(text.clone()), None) } else { (None, Some(text.clone())) };
                    out.push(*kind, old, new);
                }
            }
            self.at += 1;
        }
    }

    /// The free token that stands next.
    fn take(&mut self) -> &str {
        match self.items.get(self.at) {
            Some(Item::Free(token)) => {
                self.at += 1;
                self.free += 1;
                token.span.of(self.document.text())
            }
            _ => "",
        }
    }
}

fn items(document: &Document, passages: &[Passage], is_before: bool) -> Vec<Item> {
    let mut out = Vec::new();
    for passage in passages {
        let numbers = if is_before { &passage.before } else { &passage.after };
        if passage.change == Change::Moved {
            let text = |op: &Operation| if is_before { op.before.clone() } else { op.after.clone() };
            let fixed = passage.operations.iter().filter_map(|op| Some(Item::Fixed(op.op, text(op)?)));
            if !numbers.is_empty() {
                out.extend(fixed);
            }
            continue;
        }
        for n in numbers {
            let tokens = document.tokens().get(document.range(n.saturating_sub(1))).unwrap_or(&[]);
            out.extend(tokens.iter().map(|token| Item::Free(*token)));
        }
    }
    out
}
