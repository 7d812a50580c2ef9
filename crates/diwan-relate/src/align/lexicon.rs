//! What is known of how words render each other: kept between runs, grown pair by pair.

use std::collections::BTreeMap;

use diwan_model::LanguageTag;
use diwan_text::stem::STEM_VERSION;

use super::seed;

/// Word pairs with how often they were seen to render each other.
///
/// ```
/// use diwan_relate::align::{Lexicon, Pair, align_with};
/// let (en, fr) = ("en".into(), "fr".into());
/// let mut lexicon = Lexicon::seed(&en, &fr);
/// let (beads, learnt) = align_with(&[Pair::default()], &en, &fr, &lexicon);
/// lexicon.grow(&learnt);
/// assert_eq!(Lexicon::read(&lexicon.write()), Ok(lexicon));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lexicon {
    /// Stem of the first language, stem of the second, weight from 0: about how many times the pair was seen. Sorted.
    pub pairs: Vec<(String, String, f32)>,
}

/// A text that is no lexicon of this version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LexiconError {
    /// Another format, or stems of another version: learn it anew.
    Version(String),
    /// A line that is not two words and a weight, by its number from 1.
    Line(usize),
}

impl std::fmt::Display for LexiconError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Version(found) => write!(f, "the lexicon is of version `{found}`; learn it anew"),
            Self::Line(line) => write!(f, "line {line} of the lexicon is not two words and a weight"),
        }
    }
}

impl std::error::Error for LexiconError {}

/// No pair counts for more than this, however often it was seen.
const MOST: f32 = 1000.0;

impl Lexicon {
    /// The first line of a written lexicon: format and version of the stems.
    fn version() -> String {
        format!("diwan-lexicon@1 stems {STEM_VERSION}")
    }

    /// The seed lexicon of official prose for two languages; empty where one of them is not in it.
    pub fn seed(from: &LanguageTag, to: &LanguageTag) -> Self {
        seed::seed(from, to)
    }

    /// Takes in what another lexicon of the same two languages knows: weights add up.
    pub fn grow(&mut self, learnt: &Self) {
        let mut all: BTreeMap<(String, String), f32> = BTreeMap::new();
        for (a, b, weight) in self.pairs.drain(..).chain(learnt.pairs.iter().cloned()) {
            let slot = all.entry((a, b)).or_default();
            *slot = (*slot + weight).min(MOST);
        }
        self.pairs = all.into_iter().map(|((a, b), weight)| (a, b, weight)).collect();
    }

    /// The same lexicon seen from the other language.
    pub fn turned(&self) -> Self {
        let mut pairs: Vec<_> = self.pairs.iter().map(|(a, b, w)| (b.clone(), a.clone(), *w)).collect();
        pairs.sort_by(|x, y| (&x.0, &x.1).cmp(&(&y.0, &y.1)));
        Self { pairs }
    }

    /// How a stem of the first language is rendered, most often first.
    pub fn renderings(&self, stem: &str) -> Vec<(&str, f32)> {
        let from = self.pairs.partition_point(|p| p.0.as_str() < stem);
        let rest = self.pairs.get(from..).unwrap_or_default();
        let mut out: Vec<(&str, f32)> =
            rest.iter().take_while(|p| p.0 == stem).map(|p| (p.1.as_str(), p.2)).collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        out
    }

    /// As text: a line with the version, then a pair a line, tabulators between; the same lexicon gives the same text.
    pub fn write(&self) -> String {
        let mut out = Self::version();
        out.push('\n');
        for (a, b, weight) in &self.pairs {
            out.push_str(&format!("{a}\t{b}\t{weight}\n"));
        }
        out
    }

    /// Reads what [`Self::write`] wrote.
    ///
    /// # Errors
    ///
    /// When the text is of another version, or a line is broken.
    pub fn read(text: &str) -> Result<Self, LexiconError> {
        let mut lines = text.lines();
        let version = lines.next().unwrap_or_default();
        if version != Self::version() {
            return Err(LexiconError::Version(version.to_owned()));
        }
        let row = |(number, line): (usize, &str)| {
            let mut cells = line.split('\t');
            let pair = (cells.next(), cells.next(), cells.next().and_then(|w| w.parse::<f32>().ok()));
            match pair {
                (Some(a), Some(b), Some(w)) if w.is_finite() && w >= 0.0 => {
                    Ok((a.to_owned(), b.to_owned(), w))
                }
                _ => Err(LexiconError::Line(number + 2)),
            }
        };
        let mut pairs = lines.enumerate().map(row).collect::<Result<Vec<_>, _>>()?;
        pairs.sort_by(|x, y| (&x.0, &x.1).cmp(&(&y.0, &y.1)));
        Ok(Self { pairs })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_grows_turns_and_refuses_other_versions() {
        let of = |pairs: &[(&str, &str, f32)]| Lexicon {
            pairs: pairs.iter().map(|(a, b, w)| ((*a).to_owned(), (*b).to_owned(), *w)).collect(),
        };
        let mut lexicon = of(&[("council", "conseil", 1.0)]);
        lexicon.grow(&of(&[("bank", "banqu", 2.0), ("council", "conseil", 3.5)]));
        assert_eq!(lexicon, of(&[("bank", "banqu", 2.0), ("council", "conseil", 4.5)]));
        assert_eq!(lexicon.renderings("council"), [("conseil", 4.5)]);
        assert_eq!(lexicon.turned().renderings("banqu"), [("bank", 2.0)]);
        assert!(matches!(Lexicon::read("other\n"), Err(LexiconError::Version(_))));
        let broken = lexicon.write().replace("4.5", "many");
        assert_eq!(Lexicon::read(&broken), Err(LexiconError::Line(3)));
    }
}
