//! Learning from verdicts: what brokers said of matches makes the next better, at once and without training.
//!
//! Each verdict is kept with what the texts alone had let expect, so that it tells by how much they were wrong. For
//! another offer three things follow: how wrong they are for this need on the whole (its prior), how wrong they were for
//! like offers of this need (near), and for like offers of like needs (across). Where there are verdicts in numbers, an
//! [`Ordinal`] model weighs these against the texts; it is fitted on the platform's own verdicts, in a second, and none
//! is shipped.

mod item;
mod ordinal;

pub use item::Item;
pub use ordinal::{LEVELS, Ordinal, expected_level};

use serde::{Deserialize, Serialize};

use crate::table::Vector;

/// Why a match was judged as it was: one of eight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It solves what is asked (切题).
    Fits,
    /// Another field (领域不符).
    OtherField,
    /// The same field, another problem (问题不同).
    OtherProblem,
    /// Not mature enough (成熟度不够).
    TooEarly,
    /// Beyond the budget (价格超预算).
    TooDear,
    /// Another way of working together is wanted (合作方式不合).
    OtherMode,
    /// No longer to be had: lapsed, sold, under exclusive licence (已不可得).
    Unavailable,
    /// They know each other already, or it was answered by another (已对接).
    KnownAlready,
}

impl Why {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::Fits,
        Self::OtherField,
        Self::OtherProblem,
        Self::TooEarly,
        Self::TooDear,
        Self::OtherMode,
        Self::Unavailable,
        Self::KnownAlready,
    ];

    /// Whether it is about the matter, so that it says something of like offers; a price or a lapsed patent does not.
    #[must_use]
    pub fn is_of_the_matter(self) -> bool {
        matches!(self, Self::Fits | Self::OtherField | Self::OtherProblem)
    }
}

/// A verdict with what is needed to learn of it.
#[derive(Debug, Clone)]
pub struct Judged {
    /// Which need, by any number that tells needs apart.
    pub need: u128,
    /// The need's vector.
    pub need_vector: Vector,
    /// The offer.
    pub offer: Item,
    /// What was said, 1 to 4.
    pub level: f32,
    /// What the texts alone had let expect, 1 to 4.
    pub expected: f32,
}

/// What verdicts say of an offer for a need.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Says {
    /// How many verdicts this need has.
    pub count: f32,
    /// The mean of what was said of this need's offers, drawn to that of all.
    pub level: f32,
    /// The share of them above the lowest level.
    pub share: f32,
    /// By how much the texts were wrong for this need, in levels.
    pub prior: f32,
    /// What was said of like offers of this need, for likeness taken ever more strictly.
    pub near_level: [f32; 3],
    /// By how much the texts were wrong for them.
    pub near: [f32; 3],
    /// By how much the texts were wrong for like offers of like needs.
    pub across: [f32; 3],
    /// How like the most like judged offer of this need is, 0 to 1.
    pub nearest: f32,
}

/// How many verdicts of average say it takes to move a need's prior halfway.
const PRIOR_WEIGHT: f32 = 4.0;
/// How strictly likeness is taken: the weight of a verdict falls by e where likeness falls by one over this.
const STRICTNESS: [f32; 3] = [4.0, 8.0, 14.0];
/// What a verdict that is all alike must outweigh before its word counts in full.
const NEAR_WEIGHT: f32 = 0.05;
/// The same for the mean of levels, which is drawn to that of all verdicts.
const NEAR_LEVEL_WEIGHT: f32 = 0.08;
/// Strictness for needs and for offers, across needs.
const ACROSS: [(f32, f32); 3] = [(6.0, 6.0), (10.0, 10.0), (14.0, 8.0)];
/// The same as [`NEAR_WEIGHT`] across needs.
const ACROSS_WEIGHT: f32 = 0.01;
/// What a level is worth in the fused score, where the mean is 0 and the ten best are near 2.
const FUSED_A_LEVEL: f32 = 0.7;

impl Says {
    /// By how much the fused score is to be moved where no model is fitted: by the word on like offers of this need, and
    /// by half of what like needs say.
    #[must_use]
    pub fn shift(&self) -> f32 {
        FUSED_A_LEVEL * (self.near[1] + 0.5 * self.across[1])
    }

    /// As features of an [`Ordinal`] model.
    #[must_use]
    pub fn features(&self) -> [f32; 14] {
        let [n0, n1, n2] = self.near_level;
        let [m0, m1, m2] = self.near;
        let [a0, a1, a2] = self.across;
        [
            self.level,
            self.prior,
            n0,
            n1,
            n2,
            m0,
            m1,
            m2,
            a0,
            a1,
            a2,
            self.nearest,
            self.count.ln_1p(),
            self.share,
        ]
    }
}

/// The verdicts.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    judged: Vec<Judged>,
    level_mean: f32,
}

impl Memory {
    /// Of verdicts about the matter (see [`Why::is_of_the_matter`]).
    #[must_use]
    pub fn new(judged: Vec<Judged>) -> Self {
        let level_mean = judged.iter().map(|one| one.level).sum::<f32>() / judged.len().max(1) as f32;
        Self { judged, level_mean }
    }

    /// The verdicts.
    #[must_use]
    pub fn judged(&self) -> &[Judged] {
        &self.judged
    }

    /// What they say of an offer for a need; `except` leaves one out, by its place, so that a model can be fitted.
    #[must_use]
    pub fn says(&self, need: u128, need_vector: &Vector, offer: &Item, except: Option<usize>) -> Says {
        let mut own = Own::default();
        let mut across = [Weighted::default(); 3];
        for (at, one) in self.judged.iter().enumerate() {
            if Some(at) == except {
                continue;
            }
            let like = one.offer.likeness(offer);
            let wrong = one.level - one.expected;
            let like_need = one.need_vector.cosine(need_vector);
            for (sum, (by_need, by_offer)) in across.iter_mut().zip(ACROSS) {
                sum.add((by_need * (like_need - 1.0) + by_offer * (like - 1.0)).exp(), wrong);
            }
            if one.need == need {
                own.add(one, like);
            }
        }
        let all = self.level_mean;
        Says {
            count: own.count,
            level: (own.levels + PRIOR_WEIGHT * all) / (own.count + PRIOR_WEIGHT),
            share: own.above / (own.count + PRIOR_WEIGHT / 2.0),
            prior: own.wrongs / (own.count + PRIOR_WEIGHT),
            near_level: own.near_level.map(|sum| sum.mean(NEAR_LEVEL_WEIGHT, all)),
            near: own.near.map(|sum| sum.mean(NEAR_WEIGHT, 0.0)),
            across: across.map(|sum| sum.mean(ACROSS_WEIGHT, 0.0)),
            nearest: own.nearest,
        }
    }
}

/// Sums over the verdicts of one need.
#[derive(Default)]
struct Own {
    count: f32,
    levels: f32,
    wrongs: f32,
    above: f32,
    nearest: f32,
    near: [Weighted; 3],
    near_level: [Weighted; 3],
}

impl Own {
    fn add(&mut self, one: &Judged, like: f32) {
        self.count += 1.0;
        self.levels += one.level;
        self.wrongs += one.level - one.expected;
        self.above += if one.level >= 2.0 { 1.0 } else { 0.0 };
        self.nearest = self.nearest.max(like);
        for (strictness, (wrong, level)) in STRICTNESS.iter().zip(self.near.iter_mut().zip(&mut self.near_level)) {
            let weight = (strictness * (like - 1.0)).exp();
            wrong.add(weight, one.level - one.expected);
            level.add(weight, one.level);
        }
    }
}

/// A weighted mean in the making.
#[derive(Debug, Clone, Copy, Default)]
struct Weighted {
    weight: f32,
    sum: f32,
}

impl Weighted {
    fn add(&mut self, weight: f32, value: f32) {
        self.weight += weight;
        self.sum += weight * value;
    }

    /// The mean, drawn to a value as by a verdict of some weight.
    fn mean(self, drawn_by: f32, to: f32) -> f32 {
        (self.sum + drawn_by * to) / (self.weight + drawn_by)
    }
}

#[cfg(test)]
mod tests;
