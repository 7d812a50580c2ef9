//! What differs between two versions of one statement.
//!
//! From two aligned versions to differences: a sentence that has no counterpart; a number, date, unit or name that is
//! another one opposite, or missing; a negation, an obligation, an "and", a hedge or a strong verb that became something
//! else; a name or term that is rendered otherwise than before. Every difference quotes both sides. Nothing is decided:
//! a translation that departs from its original may be a slip or a choice.
//!
//! What is looked for is what can be seen without a model, and only where the alignment is sure of the bead: few false
//! alarms come before many finds. Cue words are data (`data/<lang>/differ.toml`).

mod amounts;
mod cues;
mod days;
mod figures;
mod measures;
mod names;
mod negation;
mod omitted;
mod ranks;
mod terms;
mod usage;
mod wording;

use std::ops::Range;

use diwan_model::{Authority, Confidence, LanguageTag, PartialDate, Severity, Span};

use crate::align::Bead;

pub use usage::{Earlier, Usage};

/// The version of the method, to be stored with what it finds.
pub const DIFFER_METHOD: &str = "differ@3";

/// A version as it is compared.
#[derive(Debug, Clone, Copy)]
pub struct ComparedVersion<'a> {
    /// Its language.
    pub lang: &'a LanguageTag,
    /// Whether it is the text that counts.
    pub authority: Authority,
    /// The Gregorian day on which the statement was issued, for words such as "today".
    pub issued: Option<PartialDate>,
    /// Its sentences in order, furniture left out; the same that were aligned.
    pub sentences: &'a [String],
}

/// One of the two versions that were compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ComparedSide {
    /// The first.
    Source,
    /// The second.
    Target,
}

impl ComparedSide {
    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Source => Self::Target,
            Self::Target => Self::Source,
        }
    }
}

/// Words that show a difference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DifferenceQuote {
    /// In which version.
    pub side: ComparedSide,
    /// In which of its sentences, from 0.
    pub sentence: usize,
    /// The words themselves, bytes of the sentence; none where the whole sentence is meant, or, when something is
    /// missing, the sentence that should hold it.
    pub span: Option<Span>,
}

/// What kind of difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DifferenceKind {
    /// A sentence of the first version (of the authoritative one, where one is) has no counterpart.
    SentenceOmitted,
    /// A sentence stands only in the translation.
    SentenceAdded,
    /// A number is another one opposite.
    NumberDiffers,
    /// A number has no counterpart.
    NumberMissing,
    /// A date is another one opposite.
    DateDiffers,
    /// A date has no counterpart.
    DateMissing,
    /// The same number in another unit or currency.
    UnitDiffers,
    /// A name is another one opposite.
    NameDiffers,
    /// A name has no counterpart.
    NameMissing,
    /// One side says that something is not so.
    NegationDiffers,
    /// An obligation, permission or recommendation became another of these.
    ModalityDiffers,
    /// "And" against "or".
    AndOr,
    /// A hedge of a number or statement was dropped.
    HedgeDropped,
    /// A hedge was added.
    HedgeAdded,
    /// A hedge became another ("nearly", "more than").
    HedgeDiffers,
    /// A strong verb became a weak one of the same field ("condemn", "regret").
    VerbSoftened,
    /// A weak verb became a strong one.
    VerbStrengthened,
    /// A term is rendered otherwise than before by the same body.
    TermOtherwise,
    /// A name is spelt otherwise than before by the same body.
    NameOtherwise,
    /// A word of rank of the original has no counterpart.
    WordsOmitted,
    /// A word of rank stands only in the translation.
    WordsAdded,
}

impl DifferenceKind {
    /// All kinds.
    pub const ALL: [Self; 21] = [
        Self::SentenceOmitted,
        Self::SentenceAdded,
        Self::NumberDiffers,
        Self::NumberMissing,
        Self::DateDiffers,
        Self::DateMissing,
        Self::UnitDiffers,
        Self::NameDiffers,
        Self::NameMissing,
        Self::NegationDiffers,
        Self::ModalityDiffers,
        Self::AndOr,
        Self::HedgeDropped,
        Self::HedgeAdded,
        Self::HedgeDiffers,
        Self::VerbSoftened,
        Self::VerbStrengthened,
        Self::TermOtherwise,
        Self::NameOtherwise,
        Self::WordsOmitted,
        Self::WordsAdded,
    ];

    /// Its short stable name, as in `Finding::kind`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SentenceOmitted => "sentence-omitted",
            Self::SentenceAdded => "sentence-added",
            Self::NumberDiffers => "number-differs",
            Self::NumberMissing => "number-missing",
            Self::DateDiffers => "date-differs",
            Self::DateMissing => "date-missing",
            Self::UnitDiffers => "unit-differs",
            Self::NameDiffers => "name-differs",
            Self::NameMissing => "name-missing",
            Self::NegationDiffers => "negation-differs",
            Self::ModalityDiffers => "modality-differs",
            Self::AndOr => "and-or",
            Self::HedgeDropped => "hedge-dropped",
            Self::HedgeAdded => "hedge-added",
            Self::HedgeDiffers => "hedge-differs",
            Self::VerbSoftened => "verb-softened",
            Self::VerbStrengthened => "verb-strengthened",
            Self::TermOtherwise => "term-otherwise",
            Self::NameOtherwise => "name-otherwise",
            Self::WordsOmitted => "words-omitted",
            Self::WordsAdded => "words-added",
        }
    }

    /// How much it matters where nothing else is known.
    pub fn severity(self) -> Severity {
        match self {
            Self::NumberDiffers
            | Self::DateDiffers
            | Self::UnitDiffers
            | Self::NameDiffers
            | Self::NegationDiffers
            | Self::AndOr => Severity::High,
            Self::SentenceOmitted
            | Self::SentenceAdded
            | Self::NumberMissing
            | Self::DateMissing
            | Self::ModalityDiffers
            | Self::HedgeDropped
            | Self::HedgeDiffers
            | Self::VerbSoftened
            | Self::VerbStrengthened
            | Self::NameOtherwise
            | Self::WordsOmitted
            | Self::WordsAdded => Severity::Medium,
            Self::NameMissing | Self::HedgeAdded | Self::TermOtherwise => Severity::Low,
        }
    }
}

/// Something in which two versions differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// What kind.
    pub kind: DifferenceKind,
    /// How much it matters.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// One sentence in English for people; the words are in the quotes.
    pub message: String,
    /// Which of the two versions is authoritative, where one is.
    pub authoritative: Option<ComparedSide>,
    /// The words of both sides, the authoritative or first one first.
    pub quotes: Vec<DifferenceQuote>,
    /// What the same body wrote before, where that is what differs.
    pub earlier: Option<Earlier>,
}

/// In what two aligned versions differ, in the order of the first.
///
/// `usage` holds what the same body did before ([`Usage::default`] where nothing is known); what this pair itself does
/// twice is compared as well.
///
/// ```
/// use diwan_model::Authority;
/// use diwan_relate::align::{Pair, align};
/// use diwan_relate::differ::{ComparedVersion, DifferenceKind, Usage, differ};
///
/// let (en, fr) = ("en".into(), "fr".into());
/// let pair = Pair {
///     source: vec!["The Council met in May.".into(), "It pledged 85 million euros.".into()],
///     target: vec!["Le Conseil s’est réuni en mai.".into(), "Il a promis 58 millions d’euros.".into()],
/// };
/// let beads = align(std::slice::from_ref(&pair), &en, &fr).remove(0);
/// let version = |lang, authority, sentences| ComparedVersion { lang, authority, issued: None, sentences };
/// let source = version(&en, Authority::Authoritative, &pair.source);
/// let target = version(&fr, Authority::CourtesyTranslation, &pair.target);
/// let found = differ(&source, &target, &beads, &Usage::default());
/// assert_eq!(found[0].kind, DifferenceKind::NumberDiffers);
/// assert_eq!(found[0].quotes[1].span.unwrap().of(&pair.target[1]), "58 millions d’euros");
/// ```
pub fn differ(
    source: &ComparedVersion<'_>,
    target: &ComparedVersion<'_>,
    beads: &[Bead],
    usage: &Usage,
) -> Vec<Difference> {
    let both = Both { source, target, beads };
    let mut out = omitted::find(&both);
    let names = names::Names::read(&both);
    for bead in beads.iter().filter(|b| !b.source.is_empty() && !b.target.is_empty()) {
        if bead.confidence.value() < SURE {
            continue;
        }
        figures::find(&both, bead, &mut out);
        wording::find(&both, bead, &mut out);
    }
    names.find(&both, &mut out);
    usage::find(&both, &names, usage, &mut out);
    terms::find(&both, usage, &mut out);
    out.sort_by(|a, b| (place(a), a.kind, &a.quotes).cmp(&(place(b), b.kind, &b.quotes)));
    out.dedup_by(|a, b| a.kind == b.kind && a.quotes == b.quotes);
    out
}

/// A bead that the aligner is less sure of says nothing.
const SURE: f32 = 0.5;

/// Both versions with their alignment.
struct Both<'a> {
    source: &'a ComparedVersion<'a>,
    target: &'a ComparedVersion<'a>,
    beads: &'a [Bead],
}

impl<'a> Both<'a> {
    fn side(&self, side: ComparedSide) -> &'a ComparedVersion<'a> {
        match side {
            ComparedSide::Source => self.source,
            ComparedSide::Target => self.target,
        }
    }

    fn sentence(&self, side: ComparedSide, at: usize) -> &'a str {
        self.side(side).sentences.get(at).map_or("", String::as_str)
    }

    /// The side that counts, where one does.
    fn authoritative(&self) -> Option<ComparedSide> {
        match (self.source.authority, self.target.authority) {
            (Authority::Authoritative, Authority::Authoritative) => None,
            (Authority::Authoritative, _) => Some(ComparedSide::Source),
            (_, Authority::Authoritative) => Some(ComparedSide::Target),
            _ => None,
        }
    }

    /// The side from which the other is seen: the authoritative one, else the first.
    fn original(&self) -> ComparedSide {
        self.authoritative().unwrap_or(ComparedSide::Source)
    }

    fn difference(
        &self,
        kind: DifferenceKind,
        confidence: f32,
        message: impl Into<String>,
        mut quotes: Vec<DifferenceQuote>,
    ) -> Difference {
        let original = self.original();
        quotes.sort_by_key(|q| q.side != original);
        Difference {
            kind,
            severity: kind.severity(),
            confidence: Confidence::new(confidence),
            message: message.into(),
            authoritative: self.authoritative(),
            quotes,
            earlier: None,
        }
    }
}

/// The sentences of one side of a bead.
fn range(bead: &Bead, side: ComparedSide) -> Range<usize> {
    match side {
        ComparedSide::Source => bead.source.clone(),
        ComparedSide::Target => bead.target.clone(),
    }
}

fn quote(side: ComparedSide, sentence: usize, span: Option<Span>) -> DifferenceQuote {
    DifferenceQuote { side, sentence, span }
}

/// Order of printing: by the first sentence that is quoted of the first version, then of the second.
fn place(difference: &Difference) -> (usize, usize) {
    let first = |side| {
        difference.quotes.iter().filter(|q| q.side == side).map(|q| q.sentence).min().unwrap_or(usize::MAX)
    };
    (first(ComparedSide::Source), first(ComparedSide::Target))
}

#[cfg(test)]
mod tests;
