//! One word of a name, compiled for comparison.

use std::sync::OnceLock;

use super::knowledge::knowledge;
use super::letters::{Alphabet, Letter};
use super::weights::{Profile, Room, Target, WHOLE, Weights};

/// Longer words are cut: no name's word is longer, and the time of a comparison grows with the square.
const LONGEST_WORD: usize = 32;

/// What a word costs that lost a letter which may have been a clitic, or part of the name.
const DOUBTFUL_CLITIC: f32 = 0.48;

/// The same for the first clitic of the list, "and", which begins fewer names than it is put before.
const LIKELY_CLITIC: f32 = 0.08;

/// What an article costs that only one of two words has.
const LONE_ARTICLE: f32 = 0.02;

/// What it costs to read a printed alef maqsura as alef: too little to matter but between equals.
const OTHER_FINAL: f32 = 0.001;

/// What it costs to read an adjective as the place that it is made of (العراقية – عراق).
const ADJECTIVE: f32 = 0.1;

/// A word of a name in one alphabet, with the ways to read it: as printed, without article, without clitic.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) alphabet: Alphabet,
    pub(crate) variants: Vec<Variant>,
}

/// One way to read a word.
#[derive(Debug, Clone)]
pub(crate) struct Variant {
    pub(crate) folded: String,
    letters: Vec<Letter>,
    /// What reading it so takes from the similarity.
    cost: f32,
    /// Whether an article was taken off.
    definite: bool,
    compiled: Box<Compiled>,
}

#[derive(Debug, Clone, Default)]
struct Compiled {
    as_left: OnceLock<Profile>,
    across: OnceLock<Profile>,
    as_right: OnceLock<Target>,
    from_across: OnceLock<Target>,
}

impl Word {
    /// Compiles a folded word; `without_article`: the same without an article that was written apart; `hamza`: it
    /// is printed with a hamza or madda on its first alef, so that this is none of the article.
    pub(crate) fn new(folded: &str, alphabet: Alphabet, without_article: Option<&str>, hamza: bool) -> Self {
        let mut variants = vec![Variant::new(folded, alphabet, 0.0, false)];
        if let Some(bare) = without_article {
            variants.push(Variant::new(bare, alphabet, 0.0, true));
        }
        if alphabet == Alphabet::Arabic && !hamza {
            let known = knowledge();
            let long = |rest: &str| rest.chars().nth(1).is_some();
            let definite =
                known.definite.iter().find_map(|d| folded.strip_prefix(d.as_str()).filter(|r| long(r)));
            if let Some(bare) = definite {
                variants.push(Variant::new(bare, alphabet, 0.0, true));
                let place = ["يه", "ي"].iter().find_map(|end| bare.strip_suffix(end));
                if let Some(place) = place.filter(|p| p.chars().nth(2).is_some()) {
                    variants.push(Variant::new(place, alphabet, ADJECTIVE, true));
                }
            }
            let single = known.single.iter().enumerate();
            let single = single.filter_map(|(k, d)| Some((k, folded.strip_prefix(d.as_str())?))).next();
            if let Some((place, bare)) = single.filter(|(_, rest)| rest.chars().nth(2).is_some()) {
                let cost = if place == 0 { LIKELY_CLITIC } else { DOUBTFUL_CLITIC };
                variants.push(Variant::new(bare, alphabet, cost, false));
            }
        }
        Self { alphabet, variants }
    }

    /// Adds the readings in which a last ya is alef: it is printed as alef maqsura.
    pub(crate) fn read_with_final_alef(&mut self) {
        let with_alef = |variant: &Variant| {
            let stem = variant.folded.strip_suffix('ي').filter(|s| !s.is_empty())?;
            Some(Variant::new(
                &format!("{stem}ا"),
                self.alphabet,
                variant.cost + OTHER_FINAL,
                variant.definite,
            ))
        };
        let more: Vec<Variant> = self.variants.iter().filter_map(with_alef).collect();
        self.variants.extend(more);
    }

    /// The word as printed, folded.
    pub(crate) fn folded(&self) -> &str {
        self.variants.first().map_or("", |v| v.folded.as_str())
    }

    /// The shortest sure reading: without article, with doubtful clitics.
    pub(crate) fn bare(&self) -> &str {
        let sure = self.variants.iter().filter(|v| v.cost == 0.0);
        sure.map(|v| v.folded.as_str()).min_by_key(|f| f.len()).unwrap_or("")
    }

    /// How many letters carry it.
    pub(crate) fn weight(&self) -> f32 {
        let sure = self.variants.iter().filter(|v| v.cost == 0.0);
        sure.map(|v| v.letters.len()).min().unwrap_or(0) as f32
    }

    /// How likely two words are the same name's, from 0 to 1.
    pub(crate) fn similarity(&self, other: &Self, room: &mut Room) -> f32 {
        let mut best = 0.0f32;
        for mine in &self.variants {
            for theirs in &other.variants {
                let lone = if mine.definite == theirs.definite { 0.0 } else { LONE_ARTICLE };
                let cost = mine.cost + theirs.cost + lone;
                let likeness = if self.alphabet == other.alphabet && mine.folded == theirs.folded {
                    1.0
                } else {
                    1.0 / (1.0 + (-mine.evidence((self.alphabet, other.alphabet), theirs, room)).exp())
                };
                best = best.max(likeness - cost);
            }
        }
        best
    }
}

impl Variant {
    fn new(folded: &str, alphabet: Alphabet, cost: f32, definite: bool) -> Self {
        let mut letters = alphabet.letters(folded);
        letters.truncate(LONGEST_WORD);
        Self { folded: folded.to_owned(), letters, cost, definite, compiled: Box::default() }
    }

    /// The logarithm of the odds that the two are one.
    fn evidence(&self, alphabets: (Alphabet, Alphabet), other: &Self, room: &mut Room) -> f32 {
        let known = knowledge();
        let size = 0.5 * (self.letters.len() + other.letters.len()) as f32;
        match alphabets {
            (Alphabet::Latin, Alphabet::Arabic) => {
                ACROSS.odds(self.across(other, &known.latin_arabic, room), size)
            }
            (Alphabet::Arabic, Alphabet::Latin) => {
                ACROSS.odds(other.across(self, &known.latin_arabic, room), size)
            }
            (Alphabet::Latin, Alphabet::Latin) => {
                LATIN.odds(self.within(other, &known.latin_latin, room), size)
            }
            (Alphabet::Arabic, Alphabet::Arabic) => {
                ARABIC.odds(self.within(other, &known.arabic_arabic, room), size)
            }
        }
    }

    fn across(&self, right: &Self, weights: &Weights, room: &mut Room) -> f32 {
        let profile = self.compiled.across.get_or_init(|| weights.profile(&self.letters));
        let target = right.compiled.from_across.get_or_init(|| weights.target(&right.letters));
        profile.score(target, &WHOLE, room)
    }

    /// Between words of one alphabet the weights of both directions count alike.
    fn within(&self, other: &Self, weights: &Weights, room: &mut Room) -> f32 {
        let mut one = |left: &Self, right: &Self| {
            let profile = left.compiled.as_left.get_or_init(|| weights.profile(&left.letters));
            let target = right.compiled.as_right.get_or_init(|| weights.target(&right.letters));
            profile.score(target, &WHOLE, room)
        };
        let (there, back) = (one(self, other), one(other, self));
        0.5 * (there.min(back) + there.max(back))
    }
}

/// How a score becomes odds: fitted to pairs that were held back from learning, against the best of a thousand
/// wrong ones.
struct Scale {
    /// Score a letter at which it is one to one.
    even: f32,
    /// How fast the odds grow with the score a letter.
    steep: f32,
}

const ACROSS: Scale = Scale { even: 0.45, steep: 2.2 };
const LATIN: Scale = Scale { even: 0.75, steep: 2.2 };
const ARABIC: Scale = Scale { even: 0.6, steep: 2.2 };

impl Scale {
    fn odds(&self, score: f32, letters: f32) -> f32 {
        (self.steep * (score / letters.max(1.0) - self.even)).clamp(-12.0, 12.0)
    }
}
