//! How far two lengths speak for a bead.

use std::collections::HashMap;
use std::sync::LazyLock;

use diwan_model::LanguageTag;

use super::features::Side;
use super::path::Found;

/// `data/lengths.toml`: letters that the same text takes in each language.
static USUAL: LazyLock<HashMap<String, f32>> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/lengths.toml")).unwrap_or_default());

/// The ratio of lengths of two languages and how much it spreads, learnt from the pairs at hand.
#[derive(Debug, Clone)]
pub(super) struct Lengths {
    /// Mean of the logarithm of target over source length.
    mean: f32,
    /// Spread that stays however long the sentences are.
    spread: f32,
    /// Spread that falls with the root of the length.
    short: f32,
}

/// Spread of the logarithm of the ratio of two sentences picked at random.
const CHANCE: f32 = 0.9;
const CHANCE_LN: f32 = -0.105_360_52;

/// No further from what is usual are lengths believed to be at first, as a logarithm.
const FAR: f32 = 0.3;

/// The natural logarithm to about one in a thousand, which is enough for weighing and takes no call.
fn quick_ln(value: f32) -> f32 {
    let bits = value.to_bits();
    let exponent = (bits >> 23) as f32 - 127.0;
    let m = f32::from_bits(bits & 0x007f_ffff | 0x3f80_0000);
    let log2 = ((-0.344_848_43 * m + 2.024_665_8) * m - 0.674_877_6) - 1.0;
    (exponent + log2) * std::f32::consts::LN_2
}

impl Lengths {
    /// A first guess: the ratio of all characters, leaning on what is usual between the two languages, because in a short
    /// text one sentence left out would change it much.
    pub(super) fn of(sides: &[(Side, Side)], from: &LanguageTag, to: &LanguageTag) -> Self {
        const LEANING: f32 = 2000.0;
        let total = |side: &Side| side.sentences.iter().map(|s| s.length).sum::<f32>();
        let usual = |lang: &LanguageTag| USUAL.get(lang.primary()).copied().unwrap_or(1.0);
        let (mut a, mut b) = (LEANING * usual(from), LEANING * usual(to));
        for (left, right) in sides {
            a += total(left);
            b += total(right);
        }
        // Where one text is much longer than usual, something was left out or put in; what is left is as long as usual.
        let known = (usual(to) / usual(from)).ln();
        Self { mean: (b / a).ln().clamp(known - FAR, known + FAR), spread: 0.2, short: 1.2 }
    }

    /// The logarithm of how much likelier these lengths are in a bead than by chance. Of either side: the logarithm of the
    /// length, and one over its root.
    pub(super) fn score(&self, source: (f32, f32), target: (f32, f32)) -> f32 {
        let off = target.0 - source.0 - self.mean;
        let variance = self.spread * self.spread + self.short * self.short * source.1 * target.1;
        let ratio = CHANCE_LN
            - 0.5 * quick_ln(variance)
            - off * off / 2.0 * (1.0 / variance - 1.0 / (CHANCE * CHANCE));
        ratio.max(-10.0)
    }

    /// Learns from sure beads of one sentence each.
    pub(super) fn learn(&mut self, sides: &[(Side, Side)], found: &[Vec<Found>]) {
        let mut rows: Vec<(f32, f32)> = Vec::new();
        for ((a, b), beads) in sides.iter().zip(found) {
            for bead in
                beads.iter().filter(|f| f.source.len() == 1 && f.target.len() == 1 && f.confidence > 0.8)
            {
                if let (Some(s), Some(t)) =
                    (a.sentences.get(bead.source.start), b.sentences.get(bead.target.start))
                {
                    rows.push(((t.length / s.length).ln(), (s.length * t.length).sqrt()));
                }
            }
        }
        if rows.len() < 12 {
            return;
        }
        let weight = |size: f32| size.min(200.0);
        let total: f32 = rows.iter().map(|r| weight(r.1)).sum();
        self.mean = rows.iter().map(|r| r.0 * weight(r.1)).sum::<f32>() / total;
        let long: Vec<f32> = rows.iter().filter(|r| r.1 > 60.0).map(|r| (r.0 - self.mean).powi(2)).collect();
        if long.len() >= 8 {
            let variance = long.iter().sum::<f32>() / long.len() as f32;
            self.spread = (variance * 0.6).sqrt().clamp(0.08, 0.4);
        }
    }
}
