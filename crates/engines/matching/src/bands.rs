//! What a score means: probabilities of the four levels, and the band that is shown.
//!
//! The fused score ranks a need's offers among each other; of a need that nothing fits the best still stands out. So a
//! band also looks at what does not depend on the others: which part of the need's weight the offer's terms cover, and
//! how near the vectors are. The weights are fitted on our own graded pairs (`benchmark/`); the test there says when they
//! are no longer what the fit gives.

use serde::{Deserialize, Serialize};

use crate::learn::LEVELS;

/// How well an offer fits a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Band {
    /// 无
    None,
    /// 弱
    Weak,
    /// 较强
    Good,
    /// 强
    Strong,
}

/// What is known of a pair by its texts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Evidence {
    /// The fused score.
    pub fused: f32,
    /// The part of the need's weight that the offer's terms cover, about 0 to 1.
    pub coverage: f32,
    /// The cosine of the vectors, less what the corpus has in common.
    pub cosine: f32,
}

/// What each kind of evidence (fused score, coverage, cosine) weighs, and the constant, for reaching the levels 2, 3 and 4.
pub const WEIGHTS: [[f32; 4]; LEVELS - 1] = [
    [-0.201, 5.492, 4.616, -2.007],
    [0.894, 0.578, 1.907, -4.418],
    [1.143, -0.585, 1.039, -5.289],
];
/// The probability of at least "usable in part" from which a pair is in the two upper bands.
const GOOD: f32 = 0.35;
/// The same for the highest band.
const STRONG: f32 = 0.6;
/// The probability of at least "same field" below which nothing binds the two.
const WEAK: f32 = 0.5;

/// The probabilities of the levels, lowest first: unrelated, same field, usable in part, fits. They add to 1.
#[must_use]
pub fn probabilities(evidence: &Evidence) -> [f32; LEVELS] {
    let features = [evidence.fused, evidence.coverage, evidence.cosine, 1.0];
    let mut reached = 1.0;
    let mut out = [0.0; LEVELS];
    for (at, weights) in WEIGHTS.iter().enumerate() {
        let logit: f32 = weights.iter().zip(&features).map(|(w, x)| w * x).sum();
        let next = (1.0 / (1.0 + (-logit).exp())).min(reached);
        out[at] = reached - next;
        reached = next;
    }
    out[LEVELS - 1] = reached;
    out
}

impl Band {
    /// The band of these probabilities.
    #[must_use]
    pub fn of(probabilities: &[f32; LEVELS]) -> Self {
        let [_, field, part, fits] = *probabilities;
        if part + fits >= STRONG {
            Self::Strong
        } else if part + fits >= GOOD {
            Self::Good
        } else if field + part + fits >= WEAK {
            Self::Weak
        } else {
            Self::None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn more_evidence_is_a_higher_band() {
        let band = |fused, coverage, cosine| {
            Band::of(&probabilities(&Evidence {
                fused,
                coverage,
                cosine,
            }))
        };
        assert_eq!(band(0.0, 0.0, 0.0), Band::None);
        assert_eq!(band(2.0, 0.5, 0.4), Band::Weak);
        assert_eq!(band(3.2, 0.8, 0.7), Band::Good);
        assert_eq!(band(4.0, 0.8, 0.8), Band::Strong);
    }

    proptest! {
        #[test]
        fn probabilities_add_to_one(fused in -3_f32..9.0, coverage in 0_f32..1.5, cosine in -1_f32..1.0) {
            let p = probabilities(&Evidence { fused, coverage, cosine });
            prop_assert!((p.iter().sum::<f32>() - 1.0).abs() < 1e-5);
            prop_assert!(p.iter().all(|p| *p >= 0.0));
        }
    }
}
